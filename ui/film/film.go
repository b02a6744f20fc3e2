// Package film turns the record of a run into something to watch: it gives every event its moment on a film, so that a
// wait of seven days passes in two seconds and a join still takes its time to fire. It is pure: the same record is the
// same film, and where the film stands is a fold of the events shown so far.
package film

import (
	"math"
	"time"

	"rendezvous/engine/flow"
	"rendezvous/model"
)

// A Beat is a few events that are shown together.
type Beat struct {
	Start  float64   // seconds of film
	Length float64   // seconds until the clock moves on
	At     time.Time // virtual instant
	First  int       // index of its first event
	End    int       // index behind its last one
	Main   flow.Name // the event that it is about
}

// A Film is a record with its beats. Its events are appended to and never changed.
type Film struct {
	Plan   *flow.Plan
	Events []flow.Event
	Beats  []Beat

	started, finished map[string]int // beat in which an activity has started, has finished
	activated         map[model.Ref]int
	fired, blocked    map[string]int
	Largest           int // population on any transition
}

// New returns the film of a run that has not begun.
func New(p *flow.Plan) *Film {
	return &Film{Plan: p, started: map[string]int{}, finished: map[string]int{}, activated: map[model.Ref]int{}, fired: map[string]int{}, blocked: map[string]int{}}
}

// Append adds the events that came next.
func (f *Film) Append(events []flow.Event) {
	for _, e := range events {
		if len(f.Beats) == 0 || begins(e) || !e.At.Equal(f.Beats[len(f.Beats)-1].At) {
			f.open(e)
		}
		f.add(e)
	}
}

// Cut forgets everything behind the first n events.
func (f *Film) Cut(n int) {
	events := f.Events[:n:n]
	*f = *New(f.Plan)
	f.Append(events)
}

// begins reports whether an event is the first of a beat.
func begins(e flow.Event) bool {
	switch e.Name {
	case flow.RunStarted, flow.ActivityStarted, flow.JoinArrived, flow.JoinBlocked, flow.Delivered, flow.ActivityFailed, flow.RunPaused, flow.RunResumed, flow.RunFinished:
		return true
	}
	return false
}

func (f *Film) open(e flow.Event) {
	b := Beat{At: e.At, First: len(f.Events), End: len(f.Events), Main: e.Name}
	if n := len(f.Beats); n > 0 {
		last := f.Beats[n-1]
		b.Start = last.Start + last.Length + gap(e.At.Sub(last.At))
	}
	f.Beats = append(f.Beats, b)
}

// gap is how long the film takes for a stretch of virtual time in which nothing happens: longer for longer ones, but far
// from as long.
func gap(d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return 0.4 + 0.35*math.Log10(1+d.Seconds())
}

// lengths are how long beats are shown, by what happens in them; the longest counts.
var lengths = map[flow.Name]float64{
	flow.RunStarted: 0.3, flow.ActivityStarted: 0.08, flow.TransitionActivated: 0.5, flow.TransitionSkipped: 0.3, flow.JoinArrived: 0.4,
	flow.JoinFired: 1.6, flow.JoinBlocked: 0.9, flow.Delivered: 0.4, flow.ActivityFailed: 0.5, flow.RunPaused: 0.2, flow.RunFinished: 0.3,
}

func (f *Film) add(e flow.Event) {
	n := len(f.Beats) - 1
	b := &f.Beats[n]
	b.End++
	f.Events = append(f.Events, e)
	if l := lengths[e.Name]; l > b.Length {
		b.Length, b.Main = l, e.Name
	}
	switch e.Name {
	case flow.ActivityStarted:
		f.started[e.Activity] = n
		delete(f.finished, e.Activity)
	case flow.ActivityFinished:
		f.finished[e.Activity] = n
	case flow.TransitionActivated:
		f.activated[model.Ref{Activity: e.Activity, Output: e.Output}] = n
		f.Largest = max(f.Largest, e.Count)
	case flow.JoinFired:
		f.fired[e.Activity] = n
	case flow.JoinBlocked:
		f.blocked[e.Activity] = n
	}
}

// Length returns the length of the film in seconds.
func (f *Film) Length() float64 {
	if len(f.Beats) == 0 {
		return 0
	}
	last := f.Beats[len(f.Beats)-1]
	return last.Start + last.Length
}

// Beat returns the index of the beat that is being shown at a moment, or -1 before the first.
func (f *Film) Beat(at float64) int {
	lo, hi := 0, len(f.Beats)
	for lo < hi {
		mid := (lo + hi) / 2
		if f.Beats[mid].Start <= at+1e-9 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

// Shown returns how many events have been shown at a moment.
func (f *Film) Shown(at float64) int {
	if b := f.Beat(at); b >= 0 {
		return f.Beats[b].End
	}
	return 0
}

// Moment returns the moment at which an event is shown, given its sequence number.
func (f *Film) Moment(seq int) float64 {
	for _, b := range f.Beats {
		if b.End >= seq {
			return b.Start
		}
	}
	return f.Length()
}

// Clock returns the virtual instant at a moment. Between two beats it runs evenly.
func (f *Film) Clock(at float64) time.Time {
	i := f.Beat(at)
	if i < 0 {
		return time.Time{}
	}
	b := f.Beats[i]
	if i+1 == len(f.Beats) || at <= b.Start+b.Length {
		return b.At
	}
	next := f.Beats[i+1]
	part := (at - b.Start - b.Length) / (next.Start - b.Start - b.Length)
	return b.At.Add(time.Duration(part * float64(next.At.Sub(b.At))).Truncate(time.Second))
}

// Progress returns how much of its work an activity has done at a moment, from 0 to 1.
func (f *Film) Progress(id string, at float64) float64 {
	from, ok := f.started[id]
	if !ok || f.Beats[from].Start > at {
		return 0
	}
	to, ok := f.finished[id]
	if !ok {
		return 0
	}
	start, end := f.Beats[from].At, f.Beats[to].At
	if !end.After(start) || f.Beats[to].Start <= at {
		return 1
	}
	return min(1, max(0, f.Clock(at).Sub(start).Seconds()/end.Sub(start).Seconds()))
}

// Since returns how many seconds ago, at a moment, a transition was activated; it is endless when it was not.
func (f *Film) Since(r model.Ref, at float64) float64 {
	b, ok := f.activated[r]
	if !ok {
		return math.Inf(1)
	}
	return f.since(b, at)
}

// SinceFired is Since for the firing of a join.
func (f *Film) SinceFired(id string, at float64) float64 { return f.sinceIn(f.fired, id, at) }

// SinceBlocked is Since for a join that is blocked.
func (f *Film) SinceBlocked(id string, at float64) float64 { return f.sinceIn(f.blocked, id, at) }

func (f *Film) sinceIn(beats map[string]int, id string, at float64) float64 {
	b, ok := beats[id]
	if !ok {
		return math.Inf(1)
	}
	return f.since(b, at)
}

func (f *Film) since(beat int, at float64) float64 {
	if beat >= len(f.Beats) || f.Beats[beat].Start > at {
		return math.Inf(1)
	}
	return at - f.Beats[beat].Start
}

// Fires reports whether a join fires in a beat.
func (f *Film) Fires(beat int) bool {
	return beat >= 0 && beat < len(f.Beats) && f.Beats[beat].Main == flow.JoinFired
}
