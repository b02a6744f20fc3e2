package flow

import (
	"time"

	"rendezvous/model"
	"rendezvous/model/rule"
)

// An Input is something that happened outside the machine.
type Input interface{ input() }

// Start begins the run.
type Start struct {
	Seed       int64
	Data, Mode string
}

// Computed says that the populations of a Query are there.
type Computed struct {
	Activity string
	Counts   []int // people on each output, in the order of the outputs
}

// Sent says that the messages of a Deliver activity have left.
type Sent struct {
	Activity string
	Delivery Delivery
}

// Woke says that a Delay is over.
type Woke struct{ Activity string }

// Failure says that an activity could not do its work.
type Failure struct{ Activity, Error string }

// Confirm lets held messages go.
type Confirm struct{ Activity string }

// Pause lets nothing new start; what runs ends.
type Pause struct{}

// Resume lets a paused run go on. It starts failed activities again.
type Resume struct{}

// Stop ends the run for good.
type Stop struct{}

// Abandon ends a paused run that nobody will resume: as failed when an activity failed, as stopped otherwise.
type Abandon struct{}

func (Start) input()    {}
func (Computed) input() {}
func (Sent) input()     {}
func (Woke) input()     {}
func (Failure) input()  {}
func (Confirm) input()  {}
func (Pause) input()    {}
func (Resume) input()   {}
func (Stop) input()     {}
func (Abandon) input()  {}

// A Command is work for an activity that has started: compute its populations, send its messages, or wake it at Due.
// The outcome comes back as an [Input].
type Command struct {
	Activity string
	Role     model.Role
	Started  time.Time
	Due      time.Time // of a Delay
}

// A Machine runs a plan. It is not safe for concurrent use.
type Machine struct {
	*State
	now      time.Time
	events   []Event
	commands []Command
	moved    []int // edges that have been activated or closed and whose targets don't know yet
	touched  []int // joins to decide on
}

// New returns a machine before the start of a run.
func New(p *Plan) *Machine { return &Machine{State: newState(p)} }

// Continue returns a machine that stands where a record ends, and the commands that were being carried out there.
func Continue(p *Plan, events []Event) (*Machine, []Command) {
	m := &Machine{State: Replay(p, events)}
	for i, n := range m.nodes {
		if n.phase == Active {
			m.command(i)
		}
	}
	return m, m.commands
}

// Step takes what happened at an instant and returns the events that follow from it, all at that instant, and the
// commands to carry out. An input that says nothing new (an activity that is not running has finished, a run that is
// over is paused) leads to nothing.
func (m *Machine) Step(at time.Time, in Input) ([]Event, []Command) {
	m.events, m.commands = nil, nil
	if (m.Status == "") != isStart(in) || m.over() {
		return nil, nil
	}
	m.now = at
	m.take(in)
	m.settle()
	m.conclude()
	return m.events, m.commands
}

func isStart(in Input) bool { _, ok := in.(Start); return ok }

// over reports whether the run has ended.
func (s *State) over() bool {
	return s.Status == Completed || s.Status == Stalled || s.Status == Failed || s.Status == Stopped
}

// Over reports whether the run has ended.
func (s *State) Over() bool { return s.over() }

func (m *Machine) take(in Input) {
	switch in := in.(type) {
	case Start:
		m.start(in)
	case Computed:
		if i, ok := m.active(in.Activity, model.Query); ok && len(in.Counts) == len(m.plan.nodes[i].out) {
			m.computed(i, in.Counts)
		}
	case Sent:
		if i, ok := m.active(in.Activity, model.Deliver); ok {
			m.emit(Event{Name: Delivered, Activity: in.Activity, Delivery: in.Delivery})
			m.finish(i, in.Delivery.Sent)
		}
	case Woke:
		if i, ok := m.active(in.Activity, model.Delay); ok {
			m.finish(i, m.inbound(i))
		}
	case Failure:
		m.failed(in)
	case Confirm:
		m.confirm(in.Activity)
	case Pause:
		if m.Status == Running {
			m.emit(Event{Name: RunPaused, Reason: ReasonUser})
		}
	case Resume:
		m.resume()
	case Stop:
		m.emit(Event{Name: RunFinished, Status: Stopped})
	case Abandon:
		m.abandon()
	}
}

// emit puts an event on the record and into the state.
func (m *Machine) emit(e Event) {
	e.Seq, e.At = m.Seq+1, m.now
	m.apply(e)
	m.events = append(m.events, e)
}

// active returns an activity if it is running and has a role.
func (m *Machine) active(id string, role model.Role) (int, bool) {
	i, ok := m.plan.index[id]
	return i, ok && m.nodes[i].phase == Active && m.plan.nodes[i].role == role
}

func (m *Machine) start(in Start) {
	m.emit(Event{Name: RunStarted, Campaign: m.plan.Campaign.Name(), Seed: in.Seed, Data: in.Data, Mode: in.Mode})
	for i, n := range m.plan.nodes {
		if n.disabled {
			m.closeAll(i, ReasonDisabled)
		}
	}
	for i, n := range m.plan.nodes {
		if len(n.in) == 0 {
			m.begin(i)
		}
	}
}

// begin starts an activity, unless the run is paused, its messages are held, or it has started or will never start.
func (m *Machine) begin(i int) {
	phase := m.nodes[i].phase
	if m.Status != Running || m.held(i) || m.plan.nodes[i].disabled || phase != Idle && phase != Waiting {
		return
	}
	m.launch(i)
}

func (m *Machine) launch(i int) {
	n := m.plan.nodes[i]
	_, conflicts := m.inherit(i)
	m.emit(Event{Name: ActivityStarted, Activity: n.id})
	switch n.role {
	case model.Pass:
		m.finish(i, m.inbound(i))
	case model.Choose:
		m.choose(i)
	case model.Join:
		count := m.edges[n.primary].count
		m.emit(Event{Name: JoinFired, Activity: n.id, Primary: m.plan.edges[n.primary].name, Count: count, Conflicts: conflicts})
		m.finish(i, count)
	default:
		m.command(i)
	}
}

// command asks for the work of an activity that has started.
func (m *Machine) command(i int) {
	n := m.plan.nodes[i]
	c := Command{Activity: n.id, Role: n.role, Started: m.nodes[i].since}
	if n.role == model.Delay {
		c.Due = n.ends.due(c.Started)
	}
	m.commands = append(m.commands, c)
}

// due returns the instant at which a wait that began at an instant ends. A date without a zone is in the run's zone; one
// that has passed means no wait.
func (w wait) due(start time.Time) time.Time {
	if w.until == "" {
		return start.Add(w.length)
	}
	until, err := model.ParseInstant(w.until, start.Location())
	if err != nil || until.Before(start) {
		return start
	}
	return until.In(start.Location())
}

// inbound is the number of people who have arrived at an activity.
func (m *Machine) inbound(i int) int {
	total := 0
	for _, e := range m.plan.nodes[i].in {
		total += m.edges[e].count
	}
	return total
}

func (m *Machine) computed(i int, counts []int) {
	a, _ := m.plan.Campaign.Activity(m.plan.nodes[i].id)
	for k, o := range a.Outputs() {
		e := m.plan.nodes[i].out[k]
		if counts[k] == 0 && o.CanSkip != "" {
			m.close(e, ReasonEmpty)
			continue
		}
		m.activate(e, counts[k])
	}
	m.emit(Event{Name: ActivityFinished, Activity: a.ID})
}

// finish activates every output of an activity with the same people.
func (m *Machine) finish(i, count int) {
	for _, e := range m.plan.nodes[i].out {
		m.activate(e, count)
	}
	m.emit(Event{Name: ActivityFinished, Activity: m.plan.nodes[i].id})
}

// choose activates the output of the first condition that is true, or the default, which is the last output.
func (m *Machine) choose(i int) {
	n := m.plan.nodes[i]
	row := values{m.inbound(i), m.nodes[i].variables}
	chosen := len(n.out) - 1
	for k, condition := range n.choose {
		if condition.Eval(row, rule.Context{Now: m.now}) {
			chosen = k
			break
		}
	}
	for k, e := range n.out {
		if k == chosen {
			m.activate(e, row.count)
			continue
		}
		m.close(e, ReasonNotChosen)
	}
	m.emit(Event{Name: ActivityFinished, Activity: n.id})
}

func (m *Machine) activate(e, count int) {
	edge := m.plan.edges[e]
	event := Event{Name: TransitionActivated, Activity: edge.ref.Activity, Output: edge.ref.Output, Count: count}
	if edge.to >= 0 {
		event.To = m.plan.nodes[edge.to].id
	}
	m.emit(event)
	m.moved = append(m.moved, e)
}

func (m *Machine) close(e int, reason string) {
	if m.edges[e].passage != Open {
		return
	}
	edge := m.plan.edges[e]
	m.emit(Event{Name: TransitionSkipped, Activity: edge.ref.Activity, Output: edge.ref.Output, Reason: reason})
	m.moved = append(m.moved, e)
}

func (m *Machine) closeAll(i int, reason string) {
	for _, e := range m.plan.nodes[i].out {
		m.close(e, reason)
	}
}

// settle tells every activity what has happened to the transitions that lead to it, until nothing moves. Joins are
// decided on only when all that closes together has closed, so that they name all that is missing.
func (m *Machine) settle() {
	for len(m.moved) > 0 || len(m.touched) > 0 {
		for len(m.moved) > 0 {
			e := m.moved[0]
			m.moved = m.moved[1:]
			m.reach(e)
		}
		if len(m.touched) > 0 {
			i := m.touched[0]
			m.touched = m.touched[1:]
			m.decide(i)
		}
	}
}

// reach tells the activity at the end of a transition.
func (m *Machine) reach(e int) {
	i := m.plan.edges[e].to
	if i < 0 || m.plan.nodes[i].disabled {
		return
	}
	n := m.plan.nodes[i]
	switch passed := m.edges[e].passage == Passed; {
	case n.role == model.Join:
		if passed {
			m.arrive(i, e)
		}
		m.touched = append(m.touched, i)
	case !passed:
		m.closeAll(i, ReasonInbound)
	case m.ready(i):
		m.begin(i)
	}
}

// arrive records that a branch has reached a join.
func (m *Machine) arrive(i, e int) {
	n := m.plan.nodes[i]
	arrived := 0
	var missing []string
	for _, in := range n.in {
		if m.edges[in].passage == Passed {
			arrived++
			continue
		}
		missing = append(missing, m.plan.edges[in].name)
	}
	m.emit(Event{Name: JoinArrived, Activity: n.id, From: m.plan.edges[e].name, Arrived: arrived, Needed: len(n.in), Missing: missing})
}

// decide fires a join that has all it needs, and blocks one that will never have it.
func (m *Machine) decide(i int) {
	if phase := m.nodes[i].phase; phase != Idle && phase != Waiting {
		return
	}
	n := m.plan.nodes[i]
	if m.ready(i) {
		m.begin(i)
		return
	}
	var closed []int
	for _, e := range n.in {
		if m.edges[e].passage == Closed {
			closed = append(closed, e)
		}
	}
	switch {
	case len(closed) == 0:
	case !n.lenient:
		m.block(i, closed, ReasonMissingBranch)
	case m.edges[n.primary].passage == Closed:
		m.block(i, closed, ReasonMissingPrimary)
	}
}

func (m *Machine) block(i int, closed []int, reason string) {
	n := m.plan.nodes[i]
	var missing []string
	for _, e := range closed {
		missing = append(missing, m.plan.edges[e].name)
	}
	m.emit(Event{Name: JoinBlocked, Activity: n.id, Missing: missing, Reason: reason, Because: m.because(m.firstClosed(i))})
	m.closeAll(i, ReasonBlocked)
}

func (m *Machine) failed(in Failure) {
	i, ok := m.plan.index[in.Activity]
	if !ok || m.nodes[i].phase != Active {
		return
	}
	m.emit(Event{Name: ActivityFailed, Activity: in.Activity, Error: in.Error})
	switch m.plan.nodes[i].onError {
	case "ignore":
		m.closeAll(i, ReasonErrorIgnored)
	case "abort":
		m.emit(Event{Name: RunFinished, Status: Failed})
	default:
		if m.Status == Running {
			m.emit(Event{Name: RunPaused, Reason: ReasonError})
		}
	}
}

// confirm lets held messages go. It is refused while someone has paused the run.
func (m *Machine) confirm(id string) {
	i, ok := m.plan.index[id]
	if !ok || !m.held(i) || !m.ready(i) || m.nodes[i].phase != Idle {
		return
	}
	if m.Status == Paused && m.Reason == ReasonConfirm {
		m.emit(Event{Name: RunResumed, Reason: ReasonConfirm})
	}
	if m.Status == Running {
		m.launch(i)
	}
}

// resume starts again what failed, and starts what could not while the run was paused.
func (m *Machine) resume() {
	if m.Status != Paused || m.Reason == ReasonConfirm {
		return
	}
	m.emit(Event{Name: RunResumed, Reason: ReasonUser})
	for i := range m.plan.nodes {
		switch phase := m.nodes[i].phase; {
		case phase == Broken && m.plan.nodes[i].onError == "suspend":
			m.emit(Event{Name: ActivityStarted, Activity: m.plan.nodes[i].id})
			m.command(i)
		case (phase == Idle || phase == Waiting) && m.ready(i):
			m.begin(i)
		}
	}
}

func (m *Machine) abandon() {
	status := Stopped
	for i, n := range m.nodes {
		if n.phase == Broken && m.plan.nodes[i].onError == "suspend" {
			status = Failed
		}
	}
	m.emit(Event{Name: RunFinished, Status: status})
}

// conclude ends a run in which nothing can move any more, or pauses it when only held messages are left.
func (m *Machine) conclude() {
	if m.over() {
		return
	}
	blocked, held := false, false
	for i := range m.nodes {
		switch phase := m.nodes[i].phase; {
		case phase == Active, phase == Broken && m.plan.nodes[i].onError == "suspend":
			return
		case phase == Blocked:
			blocked = true
		case (phase == Idle || phase == Waiting) && m.ready(i) && !m.plan.nodes[i].disabled:
			if !m.held(i) {
				return
			}
			held = true
		}
	}
	switch {
	case held && m.Status == Running:
		m.emit(Event{Name: RunPaused, Reason: ReasonConfirm})
	case held:
	case blocked:
		m.emit(Event{Name: RunFinished, Status: Stalled})
	default:
		m.emit(Event{Name: RunFinished, Status: Completed})
	}
}
