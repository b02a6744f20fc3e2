package check

import (
	"fmt"
	"slices"

	"rendezvous/model"
)

// A Verdict is what is certain about a join before it runs.
type Verdict int

// The verdicts.
const (
	MustFire    Verdict = iota // it fires in every run
	MayNotReach                // it fires in every run in which anybody gets as far as its branches part
	MayNotFire                 // some branch can be missing while others arrive
	CannotFire                 // it never fires
)

// A JoinReport is what is certain about one join.
type JoinReport struct {
	Verdict        Verdict
	Reason         string   // why it can't fire, as a clause
	Counterexample []string // the smallest set of choices that keeps it from firing, as clauses
	Fixes          []Fix
	blame          int
}

// Join says whether a join fires.
func Join(c model.Campaign, id string) JoinReport {
	g := c.Graph()
	i, ok := g.Index(id)
	if !ok {
		return JoinReport{}
	}
	return analyse(c, g).join(i)
}

func (l *liveness) join(i int) JoinReport {
	a := l.campaign.Activities[i]
	f := l.activities[i]
	if a.Disabled() {
		f = fate{never: "it is disabled", blame: i}
	}
	switch {
	case f.never != "":
		return JoinReport{Verdict: CannotFire, Reason: f.never, blame: f.blame}
	case len(f.choices) == 0:
		return JoinReport{Verdict: MustFire}
	}
	// A choice that all branches hang on keeps everybody away; one that some hang on leaves the others waiting. The
	// latter is worse, and the last such choice is the nearest to the join.
	verdict, worst := MayNotReach, f.choices[len(f.choices)-1]
	for _, c := range f.choices {
		if !l.common(a, c) {
			verdict, worst = MayNotFire, c
		}
	}
	report := JoinReport{Verdict: verdict, Counterexample: []string{l.choices[worst].against}}
	if fix := l.choices[worst].fix; fix.Edit != nil {
		report.Fixes = append(report.Fixes, fix)
	}
	if verdict == MayNotFire {
		report.Fixes = append(report.Fixes, l.withoutBranch(a, worst)...)
	}
	return report
}

// common reports whether every branch of a join that can arrive hangs on a choice.
func (l *liveness) common(a model.Activity, choice int) bool {
	for _, r := range a.From {
		if f := l.transitions[r]; f.never == "" && !slices.Contains(f.choices, choice) {
			return false
		}
	}
	return true
}

// withoutBranch returns the edits that make a join do without the branches that hang on a choice.
func (l *liveness) withoutBranch(a model.Activity, choice int) []Fix {
	var fixes []Fix
	for _, r := range a.From {
		if slices.Contains(l.transitions[r].choices, choice) {
			fixes = append(fixes, Without(l.campaign, a.ID, r)...)
		}
	}
	return fixes
}

// Without returns the edits that make a join do without a branch: continue when it is missing, or untick it. The primary
// set can't be done without.
func Without(c model.Campaign, join string, r model.Ref) []Fix {
	a, ok := c.Activity(join)
	primary, hasPrimary := c.Primary(a)
	if !ok || hasPrimary && primary == r || len(a.From) < 2 {
		return nil
	}
	title := c.BranchTitle(r)
	var fixes []Fix
	if a.Settings.Text("when-missing") != "continue" {
		fixes = append(fixes, Fix{"Continue without " + title, func(c model.Campaign) (model.Campaign, error) {
			return c.Set(join, "continue", "when-missing")
		}})
	}
	return append(fixes, Fix{"Untick " + title, func(c model.Campaign) (model.Campaign, error) { return c.Untick(join, r) }})
}

// Unblock returns the edits that would let a blocked join fire: at the activity that closed its output, and at the join.
func Unblock(c model.Campaign, join string, missing, cause model.Ref) []Fix {
	var fixes []Fix
	if a, ok := c.Activity(cause.Activity); ok {
		o, _ := a.Output(cause.Output)
		switch {
		case a.Disabled():
			fixes = append(fixes, enable(a))
		case o.CanSkip != "":
			fixes = append(fixes, keepEmpty(a, o))
		}
	}
	return append(fixes, Without(c, join, missing)...)
}

// enable is the edit that switches an activity on again.
func enable(a model.Activity) Fix {
	return Fix{"Enable " + a.Label(), func(c model.Campaign) (model.Campaign, error) { return c.Set(a.ID, nil, "disabled") }}
}

// joins checks every join, and every activity that can never run.
func (k *checker) joins() {
	l := analyse(k.campaign, k.graph)
	for i, a := range k.campaign.Activities {
		if a.Kind.Role == model.Join {
			k.join(l, i)
		} else if never := l.activities[i].never; never != "" && l.activities[i].blame < 0 {
			k.add(Finding{Code: NeverRuns, Severity: Warning, Activity: a.ID, Message: "This never runs: " + never + "."})
		}
	}
}

func (k *checker) join(l *liveness, i int) {
	a := k.campaign.Activities[i]
	k.branches(a)
	report := l.join(i)
	finding := Finding{Activity: a.ID, Fixes: report.Fixes, Counterexample: report.Counterexample}
	switch report.Verdict {
	case CannotFire:
		finding.Code, finding.Severity, finding.Message = NeverFires, Error, "It can never fire: "+report.Reason+"."
		if report.blame >= 0 {
			finding.Code, finding.Severity = DisabledBranch, Warning
			finding.Fixes = []Fix{enable(k.campaign.Activities[report.blame])}
			finding.Message = "It can’t fire as long as " + report.Reason + "."
		}
	case MayNotFire:
		finding.Code, finding.Severity = MayBlock, Warning
		finding.Message = fmt.Sprintf("It can be blocked: when %s, it never fires.", report.Counterexample[0])
	case MayNotReach:
		finding.Code, finding.Severity = MayStarve, Note
		finding.Message = fmt.Sprintf("Nobody gets here when %s.", report.Counterexample[0])
	default:
		return
	}
	if report.blame >= 0 && report.Verdict == CannotFire && report.blame == i {
		return // a disabled join is meant to be off
	}
	k.add(finding)
}

// branches checks the merging options of a join.
func (k *checker) branches(a model.Activity) {
	if problem := k.campaign.PrimaryProblem(a); problem != "" && len(a.From) > 0 {
		var fixes []Fix
		for _, r := range a.From {
			fixes = append(fixes, Fix{"Choose " + k.campaign.BranchTitle(r), func(c model.Campaign) (model.Campaign, error) { return c.SetPrimary(a.ID, r) }})
		}
		k.add(Finding{Code: PrimaryMissing, Severity: Error, Activity: a.ID, Path: model.Path{"primary"}, Message: sentence(problem), Fixes: fixes})
	}
	if len(a.From) == 1 {
		k.add(Finding{Code: SingleBranch, Severity: Warning, Activity: a.ID, Path: model.Path{"from"}, Message: "Only one branch is ticked, so there is nothing to wait for."})
	}
	first := ""
	for _, r := range a.From {
		before, ok := k.campaign.Activity(r.Activity)
		if !ok {
			continue
		}
		switch dimension := k.dimension(before); {
		case first == "":
			first = dimension
		case dimension != first:
			k.add(Finding{Code: MixedDimensions, Severity: Error, Activity: a.ID, Path: model.Path{"from"},
				Message: fmt.Sprintf("Its branches are of different dimensions, %s and %s, and can’t be joined.", first, dimension)})
			return
		}
	}
}
