package flow

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rendezvous/model"
)

// success is the good outcome of a command.
func (c Command) success(counts []int) Input {
	switch c.Role {
	case model.Deliver:
		return Sent{c.Activity, Delivery{Targeted: counts[0], Sent: counts[0]}}
	case model.Delay:
		return Woke{c.Activity}
	}
	return Computed{c.Activity, counts}
}

// An order chooses what is next among the commands being carried out that are due first.
type order func(due []string) string

// finish runs a campaign to its end. Whatever pauses it is resumed or confirmed; interrupt may do something else before
// each step.
func (d *driver) finish(o outcomes, next order, interrupt func()) {
	d.t.Helper()
	failed := map[string]int{}
	d.feed(Start{})
	for steps := 0; !d.machine.Over(); steps++ {
		if steps > 1000 {
			d.t.Fatalf("the run does not end:\n%s", told(d.events))
		}
		interrupt()
		due := d.due()
		if len(due) > 0 {
			d.feed(o.of(d.running[next(due)], failed))
			continue
		}
		seq := d.machine.Seq
		d.feed(Resume{})
		for _, n := range d.plan.nodes {
			d.feed(Confirm{n.id})
		}
		if !d.machine.Over() && d.machine.Seq == seq {
			d.t.Fatalf("nothing moves, and the run is %s:\n%s", d.machine.Status, told(d.events))
		}
	}
}

// due lets time pass until something is due, and returns what is.
func (d *driver) due() []string {
	var due []string
	for _, id := range sorted(d.running) {
		at := d.running[id].Due // zero when it costs no time
		if at.IsZero() || !at.After(d.now) {
			due = append(due, id)
		}
	}
	if len(due) > 0 || len(d.running) == 0 {
		return due
	}
	first := slices.MinFunc(sorted(d.running), func(a, b string) int { return d.running[a].Due.Compare(d.running[b].Due) })
	d.now = d.running[first].Due
	return d.due()
}

func first(due []string) string { return due[0] }
func nothing()                  {}

// The outcome of a run is the same in whatever order things that happen at one instant are told.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compile(t, activitiesOf(t, true), "on-error: ignore", "variables: {v: 0}")
		o := outcomesOf(t, p)
		// Held messages are confirmed by whoever comes first, and so at an instant that depends on order only as much
		// as time passes in between; what becomes of activities does not.
		one, other := drive(t, p), drive(t, p)
		one.finish(o, first, nothing)
		other.finish(o, func(due []string) string { return rapid.SampledFrom(due).Draw(t, "next") }, nothing)
		if diff := cmp.Diff(facts(one), facts(other)); diff != "" {
			t.Fatalf("another order leads elsewhere (-first +other):\n%s\n%s\n%s", diff, told(one.events), told(other.events))
		}
	})
}

// facts are what became of each activity and transition, and how the run ended.
func facts(d *driver) []string {
	out := []string{"run " + string(d.machine.Status)}
	for _, n := range d.plan.nodes {
		a := d.machine.Activity(n.id)
		out = append(out, fmt.Sprintf("%s %s %s in %d with %v", n.id, a.Phase.Word(), a.Reason, a.In, a.Variables))
	}
	for _, e := range d.plan.edges {
		tr := d.machine.Transition(e.ref)
		out = append(out, fmt.Sprintf("%s %d %d %s", e.ref, tr.Passage, tr.Count, tr.Reason))
	}
	for _, e := range d.events {
		if e.Name == JoinFired {
			out = append(out, fmt.Sprintf("%s fires with %d of %s, %v", e.Activity, e.Count, e.Primary, e.Conflicts))
		}
	}
	slices.Sort(out)
	return out
}

// Whatever happens, in whatever order, what the record says holds.
func TestRunsKeepTheirPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compile(t, activitiesOf(t, true), "on-error: ignore", "variables: {v: 0}")
		d := drive(t, p)
		d.finish(outcomesOf(t, p), func(due []string) string { return rapid.SampledFrom(due).Draw(t, "next") }, func() {
			switch rapid.IntRange(0, 9).Draw(t, "interrupt") {
			case 0:
				d.feed(Pause{})
			case 1:
				d.feed(Resume{})
			case 2:
				d.feed(Confirm{rapid.SampledFrom(p.nodes).Draw(t, "whom").id})
			}
		})
		checkJoins(t, d)
		checkEnd(t, d)
	})
}

// checkJoins reads the record anew: a join fires at most once, and only when it may; one that is blocked has a cause.
func checkJoins(t fataler, d *driver) {
	t.Helper()
	passed, closed, fired := map[model.Ref]int{}, map[model.Ref]string{}, map[string]bool{}
	blocked := map[string]bool{}
	for _, e := range d.events {
		r := model.Ref{Activity: e.Activity, Output: e.Output}
		switch e.Name {
		case TransitionActivated:
			if _, twice := passed[r]; twice || closed[r] != "" {
				t.Fatalf("%s is activated, and had been decided on\n%s", r, told(d.events))
			}
			passed[r] = e.Count
		case TransitionSkipped:
			if _, late := passed[r]; late || closed[r] != "" {
				t.Fatalf("%s is skipped, and had been decided on\n%s", r, told(d.events))
			}
			closed[r] = e.Reason
		case JoinFired:
			if fired[e.Activity] || blocked[e.Activity] {
				t.Fatalf("%s fires a second time, or is blocked\n%s", e.Activity, told(d.events))
			}
			fired[e.Activity] = true
			checkFiring(t, d, e, passed, closed)
		case JoinBlocked:
			if fired[e.Activity] || blocked[e.Activity] {
				t.Fatalf("%s is blocked after it has fired or blocked\n%s", e.Activity, told(d.events))
			}
			blocked[e.Activity] = true
			checkCause(t, d, e, closed)
		}
	}
	for _, a := range d.plan.Campaign.Activities {
		if phase := d.machine.Activity(a.ID).Phase; a.Kind.Role == model.Join && (phase == Blocked) != blocked[a.ID] {
			t.Fatalf("%s ends %s, and its join-blocked event is there: %v", a.ID, phase.Word(), blocked[a.ID])
		}
	}
}

func checkFiring(t fataler, d *driver, e Event, passed map[model.Ref]int, closed map[model.Ref]string) {
	t.Helper()
	a, _ := d.plan.Campaign.Activity(e.Activity)
	primary, _ := d.plan.Campaign.Primary(a)
	if count, ok := passed[primary]; !ok || count != e.Count || d.plan.Campaign.Short(primary) != e.Primary {
		t.Fatalf("%s fires with %d of %s, its primary %s has %d\n%s", e.Activity, e.Count, e.Primary, primary, count, told(d.events))
	}
	for _, r := range a.From {
		_, arrived := passed[r]
		if !arrived && (a.Settings.Text("when-missing") != "continue" || closed[r] == "") {
			t.Fatalf("%s fires without %s\n%s", e.Activity, r, told(d.events))
		}
	}
}

// checkCause follows the chain of a blocked join: each link is closed because of the next, the last of its own accord.
func checkCause(t fataler, d *driver, e Event, closed map[model.Ref]string) {
	t.Helper()
	c := d.plan.Campaign
	if len(e.Missing) == 0 || len(e.Because) == 0 {
		t.Fatalf("%s is blocked without a cause", e.Activity)
	}
	for _, m := range e.Missing {
		if r, ok := c.Resolve(m); !ok || closed[r] == "" {
			t.Fatalf("%s misses %s, which is not closed\n%s", e.Activity, m, told(d.events))
		}
	}
	a, _ := c.Activity(e.Activity)
	for i, id := range e.Because {
		reason := closedTowards(a, id, closed)
		depends := reason == ReasonInbound || reason == ReasonBlocked
		if last := i == len(e.Because)-1; reason == "" || depends == last {
			t.Fatalf("%s: %v: %s is closed as “%s”\n%s", e.Activity, e.Because, id, reason, told(d.events))
		}
		a, _ = c.Activity(id)
	}
}

// closedTowards returns why a closed transition from one activity to another is closed, or "".
func closedTowards(a model.Activity, from string, closed map[model.Ref]string) string {
	for _, r := range a.From {
		if r.Activity == from && closed[r] != "" {
			return closed[r]
		}
	}
	return ""
}

// checkEnd looks at what a run leaves behind when it is over by itself.
func checkEnd(t fataler, d *driver) {
	t.Helper()
	blocked := false
	for _, a := range d.plan.Campaign.Activities {
		phase := d.machine.Activity(a.ID).Phase
		switch phase {
		case Blocked:
			blocked = true
		case Done, Skipped:
		case Broken:
			if d.plan.nodes[d.plan.index[a.ID]].onError != "ignore" {
				t.Fatalf("the run is over, and %s could be done again", a.ID)
			}
		default:
			t.Fatalf("the run is over, and %s is %s\n%s", a.ID, phase.Word(), told(d.events))
		}
		for _, r := range a.Refs() {
			if d.machine.Transition(r).Passage == Open {
				t.Fatalf("the run is over, and nobody knows about %s\n%s", r, told(d.events))
			}
		}
	}
	want := Completed
	if blocked {
		want = Stalled
	}
	if d.machine.Status != want {
		t.Fatalf("the run is %s, want %s\n%s", d.machine.Status, want, told(d.events))
	}
}

// A machine that continues from any place between two steps goes on as the first would have.
func TestContinueGoesOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := compile(t, activitiesOf(t, false), "on-error: ignore", "variables: {v: 0}")
		o := outcomesOf(t, p)
		whole := drive(t, p)
		whole.finish(o, first, nothing)

		part := drive(t, p)
		steps := rapid.IntRange(1, 10).Draw(t, "crash after")
		part.finish(o, first, func() {
			if steps--; steps == 0 {
				part.machine, _ = Continue(p, part.events)
			}
		})
		if diff := cmp.Diff(whole.events, part.events); diff != "" {
			t.Fatalf("the record after a crash differs (-whole +continued):\n%s", diff)
		}
	})
}
