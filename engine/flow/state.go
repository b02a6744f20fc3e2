package flow

import (
	"maps"
	"slices"
	"time"

	"rendezvous/model"
)

// A Status is the state of a run.
type Status string

// The states of a run (SPEC section 6).
const (
	Running   Status = "running"
	Paused    Status = "paused"
	Completed Status = "completed"
	Stalled   Status = "stalled" // nothing can move, a join is blocked
	Failed    Status = "failed"
	Stopped   Status = "stopped"
)

// A Phase is the state of an activity.
type Phase int

// The states of an activity (SPEC section 6).
const (
	Idle    Phase = iota
	Waiting       // a join with arrivals, or messages held for confirmation
	Active        // running
	Held          // could start, but the run is paused
	Done
	Broken // failed
	Blocked
	Skipped
)

// Word returns the state as SPEC section 6 calls it.
func (p Phase) Word() string {
	return [...]string{"idle", "waiting", "running", "paused", "done", "failed", "blocked", "skipped"}[p]
}

// A Passage is the state of a transition.
type Passage int

// The states of a transition.
const (
	Open   Passage = iota // nobody knows yet
	Passed                // activated, perhaps by nobody
	Closed                // can no longer be activated
)

// A State is where a run stands: the fold of its events. Read it through its methods; only the package changes it.
type State struct {
	plan   *Plan
	Status Status // empty before the run has started
	Reason string // why it is paused
	At     time.Time
	Seq    int // of the last event
	nodes  []nodeState
	edges  []edgeState
}

type nodeState struct {
	phase     Phase
	since     time.Time // when the phase began
	confirmed bool
	delivery  Delivery
	err       string
	reason    string
	variables model.Settings
}

type edgeState struct {
	passage   Passage
	at        time.Time
	count     int
	reason    string
	variables model.Settings
}

func newState(p *Plan) *State {
	return &State{plan: p, nodes: make([]nodeState, len(p.nodes)), edges: make([]edgeState, len(p.edges))}
}

// Replay returns the state after a sequence of events of a run of the plan.
func Replay(p *Plan, events []Event) *State {
	s := newState(p)
	for _, e := range events {
		s.apply(e)
	}
	return s
}

// Apply takes one more event of the run into the state.
func (s *State) Apply(e Event) { s.apply(e) }

// apply is the only thing that changes a state.
func (s *State) apply(e Event) {
	s.Seq, s.At = e.Seq, e.At
	switch e.Name {
	case RunStarted:
		s.Status, s.Reason = Running, ""
		s.skipEnds(e.At)
		return
	case RunResumed:
		s.Status, s.Reason = Running, ""
		return
	case RunPaused:
		s.Status, s.Reason = Paused, e.Reason
		return
	case RunFinished:
		s.Status, s.Reason = e.Status, ""
		return
	}
	i, ok := s.plan.index[e.Activity]
	if !ok {
		return
	}
	n := &s.nodes[i]
	switch e.Name {
	case ActivityStarted:
		n.enter(Active, e.At)
		n.err, n.confirmed = "", true
		n.variables, _ = s.inherit(i)
	case TransitionActivated:
		s.pass(model.Ref{Activity: e.Activity, Output: e.Output}, edgeState{passage: Passed, at: e.At, count: e.Count})
	case TransitionSkipped:
		s.pass(model.Ref{Activity: e.Activity, Output: e.Output}, edgeState{passage: Closed, at: e.At, reason: e.Reason})
		s.skip(i, e)
	case JoinArrived:
		if n.phase == Idle {
			n.enter(Waiting, e.At)
		}
	case JoinBlocked:
		n.enter(Blocked, e.At)
		n.reason = e.Reason
	case Delivered:
		n.delivery = e.Delivery
	case ActivityFinished:
		n.enter(Done, e.At)
	case ActivityFailed:
		n.enter(Broken, e.At)
		n.err = e.Error
	}
}

func (n *nodeState) enter(p Phase, at time.Time) { n.phase, n.since = p, at }

func (s *State) pass(r model.Ref, to edgeState) {
	e, ok := s.plan.edgeOf[r]
	if !ok {
		return
	}
	if to.passage == Passed {
		to.variables = s.nodes[s.plan.edges[e].from].variables
		if set := s.plan.edges[e].variables; len(set) > 0 {
			to.variables = maps.Clone(to.variables)
			if to.variables == nil {
				to.variables = model.Settings{}
			}
			maps.Copy(to.variables, set)
		}
	}
	s.edges[e] = to
	if next := s.plan.edges[e].to; to.passage == Closed && next >= 0 && len(s.plan.nodes[next].out) == 0 {
		s.nodes[next].enter(Skipped, to.at)
		s.nodes[next].reason = ReasonInbound
	}
}

// skip marks an activity that closes its outputs without having run.
func (s *State) skip(i int, e Event) {
	if n := &s.nodes[i]; n.phase == Idle && (e.Reason == ReasonInbound || e.Reason == ReasonDisabled) {
		n.enter(Skipped, e.At)
		n.reason = e.Reason
	}
}

// skipEnds marks the disabled activities that have no output whose closing would tell.
func (s *State) skipEnds(at time.Time) {
	for i, n := range s.plan.nodes {
		if n.disabled && len(n.out) == 0 {
			s.nodes[i].enter(Skipped, at)
			s.nodes[i].reason = ReasonDisabled
		}
	}
}

// inherit returns the variables that an activity starts with: the campaign's, or those of its inbound transitions
// united. Where these differ the first one's value wins, a join's primary being first; the names are returned.
func (s *State) inherit(i int) (variables model.Settings, conflicts []string) {
	n := s.plan.nodes[i]
	if len(n.in) == 0 {
		return s.plan.Campaign.Settings.Group("variables"), nil
	}
	if len(n.in) == 1 {
		return s.edges[n.in[0]].variables, nil
	}
	variables = model.Settings{}
	for _, e := range primaryFirst(n) {
		if s.edges[e].passage != Passed {
			continue
		}
		for name, value := range s.edges[e].variables {
			if old, ok := variables[name]; !ok {
				variables[name] = value
			} else if old != value && !slices.Contains(conflicts, name) {
				conflicts = append(conflicts, name)
			}
		}
	}
	slices.Sort(conflicts)
	return variables, conflicts
}

func primaryFirst(n node) []int {
	if n.primary < 0 {
		return n.in
	}
	order := []int{n.primary}
	for _, e := range n.in {
		if e != n.primary {
			order = append(order, e)
		}
	}
	return order
}

// An Activity is where an activity of a run stands.
type Activity struct {
	Phase     Phase
	Since     time.Time // when the phase began
	Delivery  Delivery  // of a channel activity that is done
	Error     string    // of one that failed
	Reason    string    // why it is blocked or skipped
	Variables model.Settings
	In        int // people who have arrived
}

// Activity returns where an activity stands.
func (s *State) Activity(id string) Activity {
	i, ok := s.plan.index[id]
	if !ok {
		return Activity{}
	}
	n := s.nodes[i]
	a := Activity{Phase: n.phase, Since: n.since, Delivery: n.delivery, Error: n.err, Reason: n.reason, Variables: n.variables}
	for _, e := range s.plan.nodes[i].in {
		a.In += s.edges[e].count
	}
	if n.phase == Idle && s.Status != "" && s.ready(i) && (s.held(i) || s.Status == Paused) {
		if a.Phase = Held; s.held(i) {
			a.Phase = Waiting
		}
		a.Since = s.At
		if in := s.plan.nodes[i].in; len(in) > 0 {
			a.Since = s.edges[in[0]].at
		}
	}
	return a
}

// A Transition is where a transition of a run stands.
type Transition struct {
	Passage Passage
	At      time.Time // when it was activated or closed
	Count   int       // people
	Reason  string    // why it is closed
}

// Transition returns where a transition stands.
func (s *State) Transition(r model.Ref) Transition {
	e, ok := s.plan.edgeOf[r]
	if !ok {
		return Transition{}
	}
	st := s.edges[e]
	return Transition{Passage: st.passage, At: st.at, Count: st.count, Reason: st.reason}
}

// Missing returns the branches that a join still waits for, and those that can't arrive.
func (s *State) Missing(join string) (open, closed []model.Ref) {
	i, ok := s.plan.index[join]
	if !ok {
		return nil, nil
	}
	for _, e := range s.plan.nodes[i].in {
		switch s.edges[e].passage {
		case Open:
			open = append(open, s.plan.edges[e].ref)
		case Closed:
			closed = append(closed, s.plan.edges[e].ref)
		}
	}
	return open, closed
}

// Because returns the chain of activities that keeps a closed transition closed, nearest first: the last one closed its
// output of its own accord.
func (s *State) Because(r model.Ref) []string {
	e, ok := s.plan.edgeOf[r]
	if !ok || s.edges[e].passage != Closed {
		return nil
	}
	return s.because(e)
}

func (s *State) because(e int) []string {
	var chain []string
	for e >= 0 {
		i := s.plan.edges[e].from
		chain = append(chain, s.plan.nodes[i].id)
		reason := s.edges[e].reason
		e = -1
		if reason == ReasonInbound || reason == ReasonBlocked {
			e = s.firstClosed(i)
		}
	}
	return chain
}

// firstClosed returns the closed inbound transition that an activity's fate hangs on, or -1.
func (s *State) firstClosed(i int) int {
	for _, e := range primaryFirst(s.plan.nodes[i]) {
		if s.edges[e].passage == Closed {
			return e
		}
	}
	return -1
}

// ready reports whether everything that an activity needs to start has arrived.
func (s *State) ready(i int) bool {
	n := s.plan.nodes[i]
	passed, closed := 0, 0
	for _, e := range n.in {
		switch s.edges[e].passage {
		case Passed:
			passed++
		case Closed:
			closed++
		}
	}
	if n.role == model.Join && n.lenient {
		return passed+closed == len(n.in) && s.edges[n.primary].passage == Passed
	}
	return passed == len(n.in)
}

// held reports whether an activity waits for someone to confirm its messages.
func (s *State) held(i int) bool { return s.plan.nodes[i].confirm && !s.nodes[i].confirmed }
