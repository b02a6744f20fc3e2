package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rendezvous/model"
)

// A world is one way in which everything that the check can't foresee may turn out. It is worked out here from SPEC 4
// and 5 alone, without the notions of the code under test.
type world struct {
	taken  map[string]string  // Test: the label of the way that it takes
	empty  map[model.Ref]bool // outputs whose population is empty
	failed map[string]bool    // activities that fail, and whose errors are ignored
}

// happens reports whether a clause of a counterexample holds in the world.
func (w world) happens(c model.Campaign, clause string) bool {
	for _, a := range c.Activities {
		for _, o := range a.Outputs() {
			if w.empty[model.Ref{Activity: a.ID, Output: o.ID}] && clause == a.Label()+": "+o.CanSkip {
				return true
			}
			if way, ok := w.taken[a.ID]; ok && way != o.Label && clause == a.Label()+" does not take "+o.Label {
				return true
			}
		}
		if w.failed[a.ID] && clause == a.Label()+" fails, and its error is ignored" {
			return true
		}
	}
	return false
}

// worlds returns every world of a campaign, or none if there are more than most.
func worlds(c model.Campaign, most int) []world {
	all := []world{{map[string]string{}, map[model.Ref]bool{}, map[string]bool{}}}
	branch := func(n int, set func(w *world, i int)) {
		var more []world
		for _, w := range all {
			for i := range n {
				next := world{cloned(w.taken), cloned(w.empty), cloned(w.failed)}
				set(&next, i)
				more = append(more, next)
			}
		}
		all = more
	}
	for _, a := range c.Activities {
		if len(all) > most {
			return nil
		}
		outputs := a.Outputs()
		if a.Kind.Name == "test" {
			branch(len(outputs), func(w *world, i int) { w.taken[a.ID] = outputs[i].Label })
		}
		for _, o := range outputs {
			if skips(a, o) {
				branch(2, func(w *world, i int) { w.empty[model.Ref{Activity: a.ID, Output: o.ID}] = i == 1 })
			}
		}
		if ignores(c, a) {
			branch(2, func(w *world, i int) { w.failed[a.ID] = i == 1 })
		}
	}
	if len(all) > most {
		return nil
	}
	return all
}

func cloned[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

func skips(a model.Activity, o model.Output) bool {
	if a.Kind.Name == "build-audience" {
		return a.Settings.Text("when-empty") != "continue"
	}
	return slices.ContainsFunc(a.Settings.Records("subsets"), func(s model.Settings) bool { return s.Text("id") == o.ID && s.Bool("skip-empty") })
}

func ignores(c model.Campaign, a model.Activity) bool {
	policy := a.Settings.Text("on-error")
	if policy == "" || policy == "inherit" {
		policy = c.Settings.Text("on-error")
	}
	return policy == "ignore" && slices.Contains([]string{"build-audience", "split", "save-audience", "email", "sms"}, a.Kind.Name)
}

// run plays a world and returns which activities run, and which transitions are activated. Activities stand in the order
// in which they follow each other.
func (w world) run(c model.Campaign) (runs map[string]bool, active map[model.Ref]bool) {
	runs, active = map[string]bool{}, map[model.Ref]bool{}
	for _, a := range c.Activities {
		missing := slices.ContainsFunc(a.From, func(r model.Ref) bool { return !active[r] })
		if a.Kind.Name == "and-join" && a.Settings.Text("when-missing") == "continue" {
			primary, _ := c.Resolve(a.Settings.Text("primary"))
			missing = !active[primary]
		}
		if missing || a.Disabled() {
			continue
		}
		runs[a.ID] = true
		if w.failed[a.ID] {
			continue
		}
		for _, o := range a.Outputs() {
			r := model.Ref{Activity: a.ID, Output: o.ID}
			if way, ok := w.taken[a.ID]; !w.empty[r] && (!ok || way == o.Label) {
				active[r] = true
			}
		}
	}
	return runs, active
}

// randomCampaign makes up a campaign of tests, splits, audiences, forks, messages and joins.
func randomCampaign(t *rapid.T) string {
	var text strings.Builder
	text.WriteString("version: 1\nname: Test\ndata: demo\ndimension: customers\n")
	text.WriteString(rapid.SampledFrom([]string{"", "", "", "on-error: ignore\n"}).Draw(t, "campaign on-error") + "activities:\n")
	var open []string
	take := func() string {
		i := rapid.IntRange(0, len(open)-1).Draw(t, "open")
		r := open[i]
		open = slices.Delete(open, i, i+1)
		return r
	}
	common := func() string {
		return rapid.SampledFrom([]string{"", "", "", "", "", "", ", disabled: true", ", on-error: ignore", ", on-error: suspend"}).Draw(t, "common")
	}
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	for i := range rapid.IntRange(2, 9).Draw(t, "activities") {
		id := fmt.Sprintf("a%d", i)
		kind := rapid.SampledFrom([]string{"build-audience", "split", "test", "fork", "email", "wait", "and-join", "and-join", "and-join", "fork"}).Draw(t, "kind")
		if len(open) == 0 {
			kind = "build-audience"
		}
		fmt.Fprintf(&text, "  - {id: %s, label: L%d, kind: %s%s", id, i, kind, common())
		switch kind {
		case "build-audience":
			if len(open) > 0 && flag("inbound") {
				fmt.Fprintf(&text, ", from: %s", take())
			}
			if flag("continue") {
				text.WriteString(", when-empty: continue")
			}
			open = append(open, id+".result")
		case "split":
			fmt.Fprintf(&text, ", from: %s, subsets: [{id: x, label: X, skip-empty: %v}, {id: z, label: Z, skip-empty: %v}], complement: true", take(), flag("skip x"), flag("skip z"))
			open = append(open, id+".x", id+".z", id+".complement")
		case "test":
			fmt.Fprintf(&text, ", from: %s, conditions: [{id: x, label: X, when: count > 1}]", take())
			open = append(open, id+".x", id+".default")
		case "fork":
			fmt.Fprintf(&text, ", from: %s, outputs: [{id: x}, {id: z}]", take())
			open = append(open, id+".x", id+".z")
		case "email":
			fmt.Fprintf(&text, ", from: %s, subject: Hi", take())
			open = append(open, id+".sent")
		case "wait":
			fmt.Fprintf(&text, ", from: %s, for: 1d", take())
			open = append(open, id+".out")
		case "and-join":
			var from []string
			for range rapid.IntRange(1, min(3, len(open))).Draw(t, "branches") {
				from = append(from, take())
			}
			fmt.Fprintf(&text, ", from: [%s], primary: %s, when-missing: %s", strings.Join(from, ", "), rapid.SampledFrom(from).Draw(t, "primary"),
				rapid.SampledFrom([]string{"block", "block", "continue"}).Draw(t, "when-missing"))
			open = append(open, id+".out")
		}
		text.WriteString("}\n")
	}
	return text.String()
}

// TestJoinIsExact compares the verdict on every join with what happens in every world.
func TestJoinIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := randomCampaign(t)
		d, err := model.Load("f.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		c := d.Campaign
		all := worlds(c, 4096)
		if all == nil {
			t.Skip("too many worlds")
		}
		for _, a := range c.Activities {
			if a.Kind.Name != "and-join" {
				continue
			}
			report := Join(c, a.ID)
			want := CannotFire
			fires, starves, stranded := 0, 0, 0 // stranded: somebody arrives, and it does not fire
			real := false                       // the counterexample happens, and the join does not fire
			for _, w := range all {
				runs, active := w.run(c)
				if runs[a.ID] {
					fires++
					if report.Counterexample != nil && happen(w, c, report.Counterexample) {
						t.Fatalf("%s fires although %q in\n%s", a.ID, report.Counterexample, text)
					}
					continue
				}
				starves++
				if slices.ContainsFunc(a.From, func(r model.Ref) bool { return active[r] }) {
					stranded++
				}
				real = real || happen(w, c, report.Counterexample)
			}
			switch {
			case fires > 0 && starves == 0:
				want = MustFire
			case fires > 0 && stranded == 0:
				want = MayNotReach
			case fires > 0:
				want = MayNotFire
			}
			if report.Verdict != want {
				t.Fatalf("%s: verdict %d, want %d (%d fires, %d starves, %d stranded) in\n%s", a.ID, report.Verdict, want, fires, starves, stranded, text)
			}
			maybe := want == MayNotFire || want == MayNotReach
			if maybe != (len(report.Counterexample) > 0) || maybe && !real {
				t.Fatalf("%s: the counterexample %q never happens in\n%s", a.ID, report.Counterexample, text)
			}
			if (want == CannotFire) != (report.Reason != "") {
				t.Fatalf("%s: reason %q in\n%s", a.ID, report.Reason, text)
			}
			for _, fix := range report.Fixes {
				if _, err := fix.Edit(c); err != nil {
					t.Fatalf("%s: %s: %v in\n%s", a.ID, fix.Title, err, text)
				}
			}
		}
	})
}

func happen(w world, c model.Campaign, clauses []string) bool {
	for _, clause := range clauses {
		if !w.happens(c, clause) {
			return false
		}
	}
	return true
}

// TestNeverRunsIsExact compares what is said of the other activities: those that run in no world, and only those, are
// called dead or stand behind something disabled.
func TestNeverRunsIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := randomCampaign(t)
		d, err := model.Load("f.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		c := d.Campaign
		all := worlds(c, 4096)
		if all == nil {
			t.Skip("too many worlds")
		}
		ever := map[string]bool{}
		for _, w := range all {
			runs, _ := w.run(c)
			for id := range runs {
				ever[id] = true
			}
		}
		l := analyse(c, c.Graph())
		for i, a := range c.Activities {
			if dead := l.activities[i].never != "" || a.Disabled(); dead == ever[a.ID] {
				t.Fatalf("%s: said to be dead: %v (%s), runs in some world: %v in\n%s", a.ID, dead, l.activities[i].never, ever[a.ID], text)
			}
		}
	})
}
