package flow

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rendezvous/model"
)

// start is the instant at which the runs of the tests begin.
var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.FixedZone("", 3600))

// load reads a campaign, given its activities and more campaign-wide keys.
func load(t fataler, activities string, keys ...string) model.Campaign {
	t.Helper()
	text := "version: 1\nname: Test\ndata: demo\ndimension: customers\n" + strings.Join(keys, "\n") + "\nactivities:\n" + activities
	doc, err := model.Load("test.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return doc.Campaign
}

func compile(t fataler, activities string, keys ...string) *Plan {
	t.Helper()
	p, err := Compile(load(t, activities, keys...))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return p
}

// fataler is what testing.TB and rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// A driver feeds a machine, keeps its record, and checks with every step what must always hold.
type driver struct {
	t       fataler
	plan    *Plan
	machine *Machine
	now     time.Time
	events  []Event
	running map[string]Command
}

func drive(t fataler, p *Plan) *driver {
	return &driver{t: t, plan: p, machine: New(p), now: start, running: map[string]Command{}}
}

func (d *driver) feed(in Input) []Event {
	d.t.Helper()
	events, commands := d.machine.Step(d.now, in)
	for i, e := range events {
		if e.Seq != len(d.events)+i+1 || !e.At.Equal(d.now) {
			d.t.Fatalf("event %d has seq %d at %v, it is %v", len(d.events)+i+1, e.Seq, e.At, d.now)
		}
		if e.Name == ActivityFinished || e.Name == ActivityFailed {
			delete(d.running, e.Activity)
		}
	}
	d.events = append(d.events, events...)
	for _, c := range commands {
		if _, twice := d.running[c.Activity]; twice {
			d.t.Fatalf("%s is asked for twice", c.Activity)
		}
		d.running[c.Activity] = c
	}
	d.checkFold()
	return events
}

// checkFold compares the machine with one that continues from the record, and what is being carried out with what that
// one asks for.
func (d *driver) checkFold() {
	d.t.Helper()
	again, commands := Continue(d.plan, d.events)
	if diff := cmp.Diff(d.machine.State, again.State, cmp.AllowUnexported(State{}, nodeState{}, edgeState{}), cmp.Comparer(samePlan)); diff != "" {
		d.t.Fatalf("the fold of the events is not the state (-state +fold):\n%s", diff)
	}
	asked := map[string]Command{}
	for _, c := range commands {
		asked[c.Activity] = c
	}
	if diff := cmp.Diff(d.running, asked); diff != "" && !d.machine.Over() {
		d.t.Fatalf("the commands that are being carried out (-) are not those that a restart asks for (+):\n%s", diff)
	}
}

func samePlan(a, b *Plan) bool { return a == b }

// play feeds a script: inputs separated by semicolons. "start", "pause", "resume", "stop", "abandon" and "confirm ID"
// are what they say, "+5m" lets time pass, "ID! text" is a failure, "ID 3 4" an outcome: counts of a query, messages
// sent and targeted, or the end of a wait.
func (d *driver) play(script string) *driver {
	d.t.Helper()
	for part := range strings.SplitSeq(script, ";") {
		words := strings.Fields(part)
		switch id := words[0]; {
		case id[0] == '+':
			pass, err := model.ParseDuration(id[1:])
			if err != nil {
				d.t.Fatalf("%s: %v", id, err)
			}
			d.now = d.now.Add(pass)
		case strings.HasSuffix(id, "!"):
			d.feed(Failure{strings.TrimSuffix(id, "!"), strings.Join(words[1:], " ")})
		case id == "confirm":
			d.feed(Confirm{words[1]})
		case signals[id] != nil:
			d.feed(signals[id])
		default:
			d.feed(d.outcome(id, words[1:]))
		}
	}
	return d
}

var signals = map[string]Input{"start": Start{Seed: 42, Data: "demo", Mode: "test"}, "pause": Pause{}, "resume": Resume{}, "stop": Stop{}, "abandon": Abandon{}}

func (d *driver) outcome(id string, words []string) Input {
	d.t.Helper()
	a, ok := d.plan.Campaign.Activity(id)
	if !ok {
		d.t.Fatalf("the script names %s, which is no activity", id)
	}
	var counts []int
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil {
			d.t.Fatalf("%v", err)
		}
		counts = append(counts, n)
	}
	switch a.Kind.Role {
	case model.Deliver:
		return Sent{id, Delivery{Sent: counts[0], Targeted: counts[len(counts)-1], Dropped: map[string]int{}}}
	case model.Delay:
		return Woke{id}
	}
	return Computed{id, counts}
}

// told writes events one a line, in short; the quiet ones say no more than those that follow.
func told(events []Event) string {
	var b strings.Builder
	last := start
	for _, e := range events {
		line := short(e)
		if line == "" {
			continue
		}
		if !e.At.Equal(last) {
			fmt.Fprintf(&b, "+%s\n", e.At.Sub(start))
			last = e.At
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func short(e Event) string {
	switch e.Name {
	case ActivityStarted:
		return "start " + e.Activity
	case TransitionActivated:
		return strings.TrimSpace(fmt.Sprintf("%s.%s %d %s", e.Activity, e.Output, e.Count, e.To))
	case TransitionSkipped:
		return fmt.Sprintf("skip %s.%s: %s", e.Activity, e.Output, e.Reason)
	case JoinArrived:
		return fmt.Sprintf("%s %d/%d by %s, missing %v", e.Activity, e.Arrived, e.Needed, e.From, e.Missing)
	case JoinFired:
		text := fmt.Sprintf("%s FIRES with %d of %s", e.Activity, e.Count, e.Primary)
		if len(e.Conflicts) > 0 {
			text += fmt.Sprintf(", conflicts %v", e.Conflicts)
		}
		return text
	case JoinBlocked:
		return fmt.Sprintf("%s BLOCKED: %s %v because %v", e.Activity, e.Reason, e.Missing, e.Because)
	case ActivityFailed:
		return e.Activity + " failed: " + e.Error
	case RunPaused:
		return "run paused: " + e.Reason
	case RunResumed:
		return "run resumed: " + e.Reason
	case RunFinished:
		return "run " + string(e.Status)
	}
	return ""
}

// phases writes where activities stand: "a done, b idle".
func phases(s *State) string {
	var parts []string
	for _, n := range s.plan.nodes {
		parts = append(parts, n.id+" "+s.Activity(n.id).Phase.Word())
	}
	return strings.Join(parts, ", ")
}

// A story is a campaign, what happens to it, and what is told of the last part of the script.
type story struct {
	name       string
	activities string
	keys       string
	before     string // script whose events are not compared
	script     string
	want       string
	phases     string
}

func (s story) run(t *testing.T) {
	d := drive(t, compile(t, s.activities, s.keys))
	if s.before != "" {
		d.play(s.before)
	}
	quiet := len(d.events)
	d.play(s.script)
	if diff := cmp.Diff(strings.TrimSpace(s.want), strings.TrimSpace(told(d.events[quiet:]))); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if got := phases(d.machine.State); s.phases != "" && got != s.phases {
		t.Errorf("phases:\n%s\nwant:\n%s", got, s.phases)
	}
}

func tell(t *testing.T, stories []story) {
	for _, s := range stories {
		t.Run(s.name, s.run)
	}
}

// sorted returns the keys of a map in their order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
