package check

import (
	"fmt"
	"slices"

	"rendezvous/model"
)

// Which joins fire is decided without searching states. No activity merges alternative branches, so whether one runs is
// a conjunction of choices that must have gone its way: this subset was not empty, that Test took this way. Two ways of
// one Test in a conjunction exclude each other. (An OR-join would end this; workflow-net soundness would then need a
// search, as van der Aalst describes.)

// A choice is one thing that can keep an output unactivated although its activity runs.
type choice struct {
	test    int    // the activity whose outputs exclude each other; -1 if the choice stands alone
	output  string // of that test
	against string // what happens when it goes the other way, as a clause
	fix     Fix
}

// A fate says under which conditions something happens.
type fate struct {
	choices []int  // indexes into liveness.choices, ascending: all must go its way
	never   string // why it can't happen at all, as a clause
	blame   int    // the disabled activity behind never; -1
}

// liveness is the fate of every activity and every transition.
type liveness struct {
	campaign    model.Campaign
	graph       *model.Graph
	choices     []choice
	activities  []fate
	transitions map[model.Ref]fate
}

func analyse(c model.Campaign, g *model.Graph) *liveness {
	l := &liveness{campaign: c, graph: g, activities: make([]fate, len(c.Activities)), transitions: map[model.Ref]fate{}}
	for _, i := range g.Order() {
		l.activity(i)
	}
	return l
}

func (l *liveness) activity(i int) {
	a := l.campaign.Activities[i]
	f := l.started(a)
	l.activities[i] = f
	if a.Disabled() {
		f = fate{never: a.Label() + " is disabled", blame: i}
	}
	if f.never == "" && l.ignoresErrors(a) && (a.Kind.Role == model.Query || a.Kind.Role == model.Deliver) {
		f = l.with(f, choice{test: -1, against: a.Label() + " fails, and its error is ignored"})
	}
	for _, o := range a.Outputs() {
		l.transitions[model.Ref{Activity: a.ID, Output: o.ID}] = l.leaves(f, i, o)
	}
}

func (l *liveness) ignoresErrors(a model.Activity) bool {
	policy := a.Settings.Text("on-error")
	if policy == "" || policy == "inherit" {
		policy = l.campaign.Settings.Text("on-error")
	}
	return policy == "ignore"
}

// started returns when an activity runs: when all that leads to it is activated, and for a join that continues without
// missing branches, when its primary set is.
func (l *liveness) started(a model.Activity) fate {
	if len(a.From) == 1 {
		if f, ok := l.transitions[a.From[0]]; ok {
			return f
		}
	}
	from := a.From
	if primary, ok := l.campaign.Primary(a); ok && a.Settings.Text("when-missing") == "continue" {
		from = []model.Ref{primary}
	}
	return l.all(from)
}

// all returns when several transitions are all activated.
func (l *liveness) all(refs []model.Ref) fate {
	f := fate{blame: -1}
	for _, r := range refs {
		other, ok := l.transitions[r]
		switch {
		case !ok || f.never != "":
		case other.never != "":
			f.never, f.blame = other.never, other.blame
		default:
			f.choices = append(f.choices, other.choices...)
		}
	}
	slices.Sort(f.choices)
	f.choices = slices.Compact(f.choices)
	if f.never == "" {
		f.never = l.contradiction(f.choices)
	}
	return f
}

// contradiction names two ways of one Test that would both have to be taken.
func (l *liveness) contradiction(choices []int) string {
	taken := map[int]string{}
	for _, i := range choices {
		c := l.choices[i]
		if c.test < 0 {
			continue
		}
		if other, ok := taken[c.test]; ok && other != c.output {
			return fmt.Sprintf("%s takes either %s or %s, never both", l.campaign.Activities[c.test].Label(), other, c.output)
		}
		taken[c.test] = c.output
	}
	return ""
}

// leaves returns when an output is activated, given when its activity's work succeeds.
func (l *liveness) leaves(f fate, i int, o model.Output) fate {
	a := l.campaign.Activities[i]
	switch {
	case f.never != "":
		return f
	case a.Kind.Role == model.Choose && len(a.Outputs()) > 1:
		return l.with(f, choice{test: i, output: o.Label, against: a.Label() + " does not take " + o.Label})
	case o.CanSkip != "":
		return l.with(f, choice{test: -1, against: fmt.Sprintf("%s: %s", a.Label(), o.CanSkip), fix: keepEmpty(a, o)})
	}
	return f
}

func (l *liveness) with(f fate, c choice) fate {
	l.choices = append(l.choices, c)
	return fate{choices: append(slices.Clone(f.choices), len(l.choices)-1), blame: -1}
}

// keepEmpty is the edit that lets an empty population travel on.
func keepEmpty(a model.Activity, o model.Output) Fix {
	for i, s := range a.Settings.Records("subsets") {
		if s.Text("id") == o.ID {
			return Fix{fmt.Sprintf("Turn off “skip empty” on %s", o.Label), func(c model.Campaign) (model.Campaign, error) {
				return c.Set(a.ID, nil, "subsets", i, "skip-empty")
			}}
		}
	}
	return Fix{fmt.Sprintf("Let an empty %s continue", a.Label()), func(c model.Campaign) (model.Campaign, error) {
		return c.Set(a.ID, "continue", "when-empty")
	}}
}
