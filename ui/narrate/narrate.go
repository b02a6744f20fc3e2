// Package narrate tells what happens in a run in plain words. Logs, the run bar and the command line all speak with its
// voice; it draws nothing.
package narrate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"rendezvous/engine/flow"
	"rendezvous/model"
)

// A Mark is the kind of news that a line brings; glyph and colour follow from it.
type Mark int

// The marks.
const (
	Started Mark = iota
	Finished
	Moved
	Waiting
	Arrived
	Fired
	Blocked
	Skipped
	Failed
	Paused
)

// A Line is one line of a log.
type Line struct {
	Seq      int // of the event that it tells
	At       time.Time
	Mark     Mark
	Activity string // id; empty when the line is about the run
	Who      string // label of the activity, or "Run started"
	What     string
	Number   string
}

// Lines tells a record of events. One line may stand for several events: a split tells all its subsets at once.
func Lines(c model.Campaign, events []flow.Event) []Line {
	t := &teller{campaign: c, in: map[string]int{}, out: map[string][]flow.Event{}, told: map[string]bool{},
		closed: map[string]bool{}, blocked: map[string]bool{}}
	for _, e := range events {
		t.tell(e)
	}
	return t.lines
}

// A teller remembers what later lines need.
type teller struct {
	campaign model.Campaign
	in       map[string]int          // people who have arrived at an activity
	out      map[string][]flow.Event // transitions that an activity has activated
	told     map[string]bool         // activities whose skipping has been told
	closed   map[string]bool         // branches that can't arrive any more
	blocked  map[string]bool         // joins
	lines    []Line
}

func (t *teller) add(e flow.Event, mark Mark, what, number string) {
	a, _ := t.campaign.Activity(e.Activity)
	t.lines = append(t.lines, Line{Seq: e.Seq, At: e.At, Mark: mark, Activity: e.Activity, Who: a.Label(), What: what, Number: number})
}

func (t *teller) run(e flow.Event, mark Mark, who, what string) {
	t.lines = append(t.lines, Line{Seq: e.Seq, At: e.At, Mark: mark, Who: who, What: what})
}

func (t *teller) tell(e flow.Event) {
	switch e.Name {
	case flow.RunStarted:
		t.run(e, Started, "Run started", fmt.Sprintf("seed %d, %s, %s run", e.Seed, e.Data, e.Mode))
	case flow.ActivityStarted:
		t.started(e)
	case flow.TransitionActivated:
		t.in[e.To] += e.Count
		t.out[e.Activity] = append(t.out[e.Activity], e)
	case flow.TransitionSkipped:
		t.skipped(e)
	case flow.JoinArrived:
		t.arrived(e)
	case flow.JoinFired:
		t.add(e, Fired, t.fired(e), Count(e.Count))
	case flow.JoinBlocked:
		t.blocked[e.Activity] = true
		t.add(e, Blocked, "can never fire in this run: "+List(t.titles(e.Missing))+" will not arrive", "")
	case flow.Delivered:
		t.add(e, Finished, "sent"+Dropped(e.Delivery), Count(e.Delivery.Sent))
	case flow.ActivityFinished:
		t.finished(e)
	case flow.ActivityFailed:
		t.add(e, Failed, e.Error, "")
	case flow.RunPaused:
		t.run(e, Paused, "Run paused", pauses[e.Reason])
	case flow.RunResumed:
		t.run(e, Started, "Run resumed", "")
	case flow.RunFinished:
		t.run(e, endings[e.Status].mark, "Run "+string(e.Status), endings[e.Status].what)
	}
}

var pauses = map[string]string{
	flow.ReasonError:   "an activity failed: mend it and resume",
	flow.ReasonConfirm: "messages are held until someone confirms",
	flow.ReasonUser:    "nothing new starts; what runs ends",
}

var endings = map[flow.Status]struct {
	mark Mark
	what string
}{
	flow.Completed: {Finished, "every activity that could run has run"},
	flow.Stalled:   {Blocked, "nothing can move, and a join is blocked"},
	flow.Failed:    {Failed, "an activity failed"},
	flow.Stopped:   {Paused, "someone ended it"},
}

func (t *teller) started(e flow.Event) {
	a, _ := t.campaign.Activity(e.Activity)
	switch a.Kind.Role {
	case model.Deliver:
		t.add(e, Started, "started", Count(t.in[e.Activity]))
	case model.Delay:
		t.add(e, Started, strings.ToLower(a.Card()[:1])+a.Card()[1:], Count(t.in[e.Activity]))
	}
}

// finished tells the outputs of an activity whose work is to choose or to compute.
func (t *teller) finished(e flow.Event) {
	a, _ := t.campaign.Activity(e.Activity)
	out := t.out[e.Activity]
	switch {
	case a.Kind.Role == model.Join || a.Kind.Role == model.Deliver:
	case len(a.Outputs()) == 0:
		t.add(e, Finished, "ends here", Count(t.in[e.Activity]))
	case len(out) == 0:
	case len(a.Outputs()) == 1:
		what := a.Card()
		if a.Kind.Role == model.Delay {
			what = "is over"
		}
		t.add(e, Finished, what, Count(out[0].Count))
	default:
		t.add(e, Moved, t.ways(a, out), Count(t.total(a, out)))
	}
}

// ways lists the outputs that people took: "Gold 1,204, Silver 3,006".
func (t *teller) ways(a model.Activity, out []flow.Event) string {
	var parts []string
	for _, e := range out {
		o, _ := a.Output(e.Output)
		parts = append(parts, o.Label+" "+Count(e.Count))
	}
	return strings.Join(parts, ", ")
}

func (t *teller) total(a model.Activity, out []flow.Event) int {
	if len(a.From) > 0 {
		return t.in[a.ID]
	}
	return out[0].Count
}

// skipped tells a closed transition, once for each activity that it keeps from running.
func (t *teller) skipped(e flow.Event) {
	a, _ := t.campaign.Activity(e.Activity)
	t.closed[t.campaign.Short(model.Ref{Activity: e.Activity, Output: e.Output})] = true
	own := e.Reason == flow.ReasonEmpty || e.Reason == flow.ReasonNotChosen
	if e.Reason == flow.ReasonBlocked || !own && t.told[e.Activity] {
		return
	}
	t.told[e.Activity] = true
	t.add(e, Skipped, Skip(a, e.Output, e.Reason), "")
}

// Skip says why a transition stays unactivated.
func Skip(a model.Activity, output, reason string) string {
	o, _ := a.Output(output)
	switch reason {
	case flow.ReasonEmpty:
		if len(a.Outputs()) > 1 {
			return o.Label + " is empty, and “skip empty” is on"
		}
		return "nobody fits, and an empty audience stops here"
	case flow.ReasonNotChosen:
		return o.Label + " is not taken"
	case flow.ReasonDisabled:
		return "is disabled"
	case flow.ReasonErrorIgnored:
		return "failed, and the error is ignored"
	case flow.ReasonBlocked:
		return "is blocked"
	}
	return "never started: what leads here was skipped"
}

func (t *teller) arrived(e flow.Event) {
	var open, closed []string
	for _, m := range e.Missing {
		if t.closed[m] {
			closed = append(closed, m)
		} else {
			open = append(open, m)
		}
	}
	mark, what := Arrived, Branch(t.campaign, e.From)+" arrived"
	if len(open) > 0 && !t.blocked[e.Activity] {
		mark = Waiting
		what += "; waits for " + List(t.titles(open))
	}
	if len(closed) > 0 {
		what += "; " + List(t.titles(closed)) + " will not arrive"
	}
	t.add(e, mark, what, fmt.Sprintf("%d/%d", e.Arrived, e.Needed))
}

func (t *teller) fired(e flow.Event) string {
	a, _ := t.campaign.Activity(e.Activity)
	branches := "all branches arrived"
	switch len(a.From) {
	case 1:
		branches = "its branch arrived"
	case 2:
		branches = "both branches arrived"
	}
	if slices.ContainsFunc(a.From, func(r model.Ref) bool { return t.closed[t.campaign.Short(r)] }) {
		branches = "no more branches can arrive"
	}
	what := fmt.Sprintf("fired: %s; the people of %s go on", branches, Branch(t.campaign, e.Primary))
	if len(e.Conflicts) > 0 {
		what += "; its value of " + List(e.Conflicts) + " wins"
	}
	return what
}

func (t *teller) titles(branches []string) []string {
	var titles []string
	for _, b := range branches {
		titles = append(titles, Branch(t.campaign, b))
	}
	return titles
}

// Branch returns what a branch is called on the canvas, given what the record calls it.
func Branch(c model.Campaign, branch string) string {
	r, _ := c.Resolve(branch)
	return c.BranchTitle(r)
}

// Dropped says why people got no message: "; dropped 12 no consent, 5 no address". It is empty when everybody got one.
func Dropped(d flow.Delivery) string {
	if len(d.Dropped) == 0 {
		return ""
	}
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(d.Dropped)) {
		parts = append(parts, Count(d.Dropped[reason])+" "+reason)
	}
	return "; dropped " + strings.Join(parts, ", ")
}

// Count writes a number of people with thousands separators.
func Count(n int) string {
	digits := strconv.Itoa(n)
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	return out.String()
}

// List joins names as a sentence does: "A, B and C".
func List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
