package canvas

import (
	"slices"
	"time"

	"rendezvous/engine/flow"
	"rendezvous/model"
)

// A Target is something on the canvas that can be pointed at: an activity, or a transition.
type Target struct {
	Activity string
	Output   string // of the activity, when the target is the transition
}

// Ref returns the transition that a target is.
func (t Target) Ref() (model.Ref, bool) {
	return model.Ref{Activity: t.Activity, Output: t.Output}, t.Output != ""
}

// TargetOf is a transition as a target.
func TargetOf(r model.Ref) Target { return Target{r.Activity, r.Output} }

// A Finding is what a card says is wrong.
type Finding struct {
	Error   bool
	Message string
}

// A View is everything besides the scene that a picture depends on.
type View struct {
	Selected, Hover Target
	Marked          map[string]bool    // activities chosen together
	Off             map[string]bool    // activities that can't run, because they or what leads to them is disabled
	Matches         map[string]bool    // activities that a search has found; nil when nothing is searched for
	Letters         map[Target]string  // to jump to what they stand on
	Findings        map[string]Finding // by activity
	Run             *Run               // nil while the campaign is edited
}

// matches reports whether a search has found an activity, or one that its card stands for.
func (v View) matches(k card) bool {
	return v.Matches[k.activity.ID] || slices.ContainsFunc(k.folded, func(id string) bool { return v.Matches[id] })
}

// A Run is a run at one moment.
type Run struct {
	State   *flow.State
	Largest int // population of the run, which all shares are of
	// Progress says how much of its work a running activity has done, from 0 to 1.
	Progress func(id string) float64
	// Grown says how much of a transition's band is there, from 0 to 1.
	Grown func(model.Ref) float64
	// Fired says how long ago a join has fired, and is at least FireTime when that is over.
	Fired func(id string) time.Duration
	// Traced says how much of the way from a blocked join back to the cause is shown, from 0 to 1.
	Traced func(id string) float64
	// Clock moves marks and breathing; it stands still when nothing moves.
	Clock  time.Duration
	Moving bool
}

// FireTime is how long a join's firing is shown.
const FireTime = 1200 * time.Millisecond
