package editor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"rendezvous/engine"
	"rendezvous/engine/flow"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/film"
	"rendezvous/ui/look"
	"rendezvous/ui/narrate"
)

// A session is a run being watched: the engine computes it ahead, and the film of its record plays. Where it stands on
// the screen is the fold of the events shown so far, so that rewinding is folding fewer.
type session struct {
	run      *engine.Run
	campaign model.Campaign
	film     *film.Film
	whole    bool // nothing more will happen unless someone acts
	busy     bool // the engine is at work
	playing  bool
	speed    int // index of speeds
	at       float64
	clock    time.Duration // of the animation
	ticking  bool

	asked  flow.Input    // what the person wants of the engine while that is at work
	tail   bool          // whether the person wants to be at the end, wherever that will be
	before canvas.Target // what was selected when the run began
	free   bool          // whether the person has panned, so that the canvas no longer follows the run

	state  *flow.State // folded up to what is shown
	folded int
	lines  []narrate.Line
	fixes  []check.Fix
}

var speeds = []float64{0.25, 0.5, 1, 2, 4, 8, 16}

const normalSpeed = 2

// Messages of a run.
type (
	runStarted struct {
		run *engine.Run
		err error
	}
	runAdvanced struct {
		run    *engine.Run
		events []flow.Event
		cut    int // events to forget first; -1 for none
		err    error
	}
	tick struct{ run *engine.Run }
)

// frameTime is the time between two frames while something moves.
const frameTime = 40 * time.Millisecond

func (m *Model) runOptions() engine.Options { return engine.Defaults(m.history.Now()) }

func (m *Model) startRun() tea.Cmd {
	c, data, options := m.history.Now(), m.data.open, m.runOptions()
	m.say("Preparing the run …")
	return func() tea.Msg {
		run, err := engine.NewRun(context.Background(), c, data, options)
		return runStarted{run, err}
	}
}

func (m *Model) onRunStarted(msg runStarted) tea.Cmd {
	if msg.err != nil {
		m.complain(msg.err)
		return nil
	}
	m.say("")
	m.closeRun()
	m.endInput(false)
	m.focus, m.panel = onCanvas, panel{tab: logTab, hidden: m.panel.hidden}
	m.session = &session{run: msg.run, campaign: msg.run.Campaign, film: film.New(msg.run.Plan()), playing: true, speed: normalSpeed,
		state: flow.Replay(msg.run.Plan(), nil), before: m.selected}
	m.selected = canvas.Target{}
	m.relayout()
	m.middle()
	return tea.Batch(m.session.advance(), m.session.tickSoon())
}

// computeAhead is how long the engine works before it hands over what has happened.
const computeAhead = 50 * time.Millisecond

// advance lets the engine go on for a while.
func (s *session) advance() tea.Cmd {
	run := s.run
	s.busy = true
	return func() tea.Msg {
		return advance(run, nil)
	}
}

func advance(run *engine.Run, events []flow.Event) tea.Msg {
	deadline := time.Now().Add(computeAhead)
	for {
		more, err := run.Next(context.Background())
		events = append(events, more...)
		if err != nil || len(more) == 0 || time.Now().After(deadline) {
			return runAdvanced{run: run, events: events, cut: -1, err: err}
		}
	}
}

// act rewinds the engine to what is shown, does what the person wants, and goes on from there.
func (s *session) act(in flow.Input) tea.Cmd {
	if s.busy { // it is done as soon as the engine is free
		s.asked = in
		return nil
	}
	run, shown := s.run, s.shown()
	s.busy, s.whole = true, false
	return func() tea.Msg {
		err := run.Rewind(context.Background(), shown)
		if err != nil {
			return runAdvanced{run: run, cut: shown, err: err}
		}
		events, err := run.Do(context.Background(), in)
		if err != nil {
			return runAdvanced{run: run, events: events, cut: shown, err: err}
		}
		msg := advance(run, events).(runAdvanced)
		msg.cut = shown
		return msg
	}
}

func (m *Model) onRunAdvanced(msg runAdvanced) tea.Cmd {
	s := m.session
	if s == nil || s.run != msg.run {
		return nil
	}
	s.busy = false
	if msg.err != nil {
		m.complain(msg.err)
		return nil
	}
	if msg.cut >= 0 {
		s.film.Cut(msg.cut)
		s.folded = 0
	}
	s.film.Append(msg.events)
	s.lines = narrate.Lines(s.campaign, s.film.Events)
	if in := s.asked; in != nil {
		s.asked = nil
		return s.act(in)
	}
	if s.tail {
		m.seekTo(s.film.Length())
	}
	if s.whole = len(msg.events) == 0 || s.run.State().Over(); !s.whole {
		return tea.Batch(s.advance(), s.tickSoon())
	}
	return s.tickSoon()
}

// tickSoon asks for the next frame, unless one has been asked for or nothing moves.
func (s *session) tickSoon() tea.Cmd {
	if s.ticking || !s.moving() {
		return nil
	}
	s.ticking = true
	run := s.run
	return tea.Tick(frameTime, func(time.Time) tea.Msg { return tick{run} })
}

// moving reports whether the next frame differs from this one.
func (s *session) moving() bool { return s.playing }

func (m *Model) onTick(msg tick) tea.Cmd {
	s := m.session
	if s == nil || s.run != msg.run {
		return nil
	}
	s.ticking = false
	if !s.playing {
		return nil
	}
	s.clock += frameTime
	m.seekTo(s.at + frameTime.Seconds()*speeds[s.speed])
	if s.whole && s.at >= s.film.Length()+1.2 {
		s.playing = false
	}
	return s.tickSoon()
}

// seekTo shows another moment of the film.
func (m *Model) seekTo(at float64) {
	s := m.session
	end := s.film.Length()
	if s.playing && s.whole {
		end += 1.3 // what moves at the end comes to rest
	}
	s.at = max(0, min(at, end))
	s.fold()
	m.follow()
	m.followFilm()
}

// followFilm keeps in view what the film shows, or has shown last. At a stalled end that is the blocked join.
func (m *Model) followFilm() {
	s := m.session
	if s.free {
		return
	}
	if join, blocked := m.blocked(); blocked && s.state.Over() {
		box, _ := m.scene.Box(join)
		m.bring(box)
		return
	}
	for i := s.film.Beat(s.at); i >= 0; i-- {
		b := s.film.Beats[i]
		for _, e := range s.film.Events[b.First:b.End] {
			if box, ok := m.scene.Box(e.Activity); ok && e.Name != flow.TransitionSkipped {
				m.bring(box)
				return
			}
		}
	}
}

// fold brings the state to what is shown.
func (s *session) fold() {
	shown := s.shown()
	if shown < s.folded {
		s.state, s.folded = flow.Replay(s.run.Plan(), nil), 0
	}
	for ; s.folded < shown; s.folded++ {
		s.state.Apply(s.film.Events[s.folded])
	}
}

// shown is how many events have been shown.
func (s *session) shown() int { return s.film.Shown(s.at) }

// follow does what the newest events ask for: it shows why a join is blocked, and remembers populations.
func (m *Model) follow() {
	s := m.session
	for _, e := range s.film.Events[:s.shown()] {
		if e.Name == flow.TransitionActivated {
			m.counts[model.Ref{Activity: e.Activity, Output: e.Output}] = e.Count
		}
	}
	_, blocked := m.blocked()
	s.fixes = m.unblock()
	switch {
	case blocked && s.state.Over() && !m.panel.chosen:
		m.panel.tab = whyTab
	case !blocked && m.panel.tab == whyTab:
		m.panel.tab = logTab
	}
}

func (m *Model) play() tea.Cmd {
	s := m.session
	if s.playing {
		s.playing = false
		return nil
	}
	if s.state.Status == flow.Paused && s.whole && s.at >= s.film.Length() && s.state.Reason != flow.ReasonConfirm {
		s.playing = true
		return tea.Batch(s.act(flow.Resume{}), s.tickSoon())
	}
	if s.whole && s.at >= s.film.Length() {
		m.seekTo(0)
	}
	s.playing, s.free, s.tail = true, false, false
	return s.tickSoon()
}

// seek stops and shows a moment.
func (m *Model) seek(at float64) {
	m.session.playing, m.session.tail = false, at >= m.session.film.Length()
	m.seekTo(at)
}

// step goes by a number of beats.
func (m *Model) step(by int) {
	s := m.session
	i := max(0, min(s.film.Beat(s.at)+by, len(s.film.Beats)-1))
	if len(s.film.Beats) > 0 {
		m.seek(s.film.Beats[i].Start)
	}
}

// jump goes to the next thing that a join does.
func (m *Model) jump(by int) {
	s := m.session
	for i := s.film.Beat(s.at) + by; i >= 0 && i < len(s.film.Beats); i += by {
		switch s.film.Beats[i].Main {
		case flow.JoinArrived, flow.JoinFired, flow.JoinBlocked:
			m.seek(s.film.Beats[i].Start)
			return
		}
	}
	if by > 0 {
		m.seek(s.film.Length())
	} else {
		m.seek(0)
	}
}

func (s *session) faster(by int) { s.speed = max(0, min(s.speed+by, len(speeds)-1)) }

func (m *Model) restart() tea.Cmd {
	m.endRun()
	if why := cantRun(m); why != "" {
		m.complain(errors.New(why))
		return nil
	}
	return m.startRun()
}

func (m *Model) endRun() {
	if m.session == nil {
		return
	}
	if m.selected.Activity == "" {
		m.selected = m.session.before
	}
	m.closeRun()
	m.say("")
	m.relayout()
}

// close gives the engine's tables back. The engine may still be at work; it then ends with an error that nobody reads.
func (s *session) close() { _ = s.run.Close() }

func (m *Model) stopRun() tea.Cmd {
	m.session.playing, m.session.tail = false, true
	return m.session.act(flow.Stop{})
}

// held are the activities whose messages wait to be confirmed.
func (m *Model) held() []string { return narrate.Held(m.session.campaign, m.session.state) }

func (m *Model) confirmHeld() tea.Cmd {
	held := m.held()
	id := held[0]
	if slices.Contains(held, m.selected.Activity) {
		id = m.selected.Activity
	}
	m.session.playing = true
	return tea.Batch(m.session.act(flow.Confirm{Activity: id}), m.session.tickSoon())
}

// blocked returns the first join that is blocked.
func (m *Model) blocked() (string, bool) {
	return narrate.BlockedJoin(m.session.campaign, m.session.state)
}

// unblock returns the edits that would let the blocked join fire.
func (m *Model) unblock() []check.Fix {
	join, ok := m.blocked()
	if !ok {
		return nil
	}
	missing, cause := m.cause(join)
	return check.Unblock(m.history.Now(), join, missing, cause)
}

// cause returns the branch that a blocked join misses, and the output that was closed first.
func (m *Model) cause(join string) (missing, cause model.Ref) {
	return narrate.Cause(m.session.campaign, m.session.state, join)
}

func noFix(i int) func(*Model) string {
	return func(m *Model) string {
		if i >= len(m.session.fixes) {
			return "there is nothing to fix"
		}
		return ""
	}
}

// fix makes an edit that lets the join fire, and runs again.
func (m *Model) fix(i int) tea.Cmd {
	fix := m.session.fixes[i]
	m.endRun()
	if m.applyFix(fix); m.toast.bad {
		return nil
	}
	if why := cantRun(m); why != "" {
		m.complain(errors.New(why))
		return nil
	}
	return m.startRun()
}

func (m *Model) goToCause() {
	if join, ok := m.blocked(); ok && m.panel.tab == whyTab {
		_, cause := m.cause(join)
		m.choose(canvas.TargetOf(cause))
		return
	}
	if lines := m.shownLines(); len(lines) > 0 {
		line := lines[min(m.panel.scroll, len(lines)-1)]
		if line.Activity != "" {
			m.choose(canvas.Target{Activity: line.Activity})
		}
	}
}

// view is what the canvas shows of the run.
func (s *session) view(l *look.Look) *canvas.Run {
	beat := s.film.Beat(s.at)
	moving := s.playing && !l.Still
	return &canvas.Run{State: s.state, Largest: s.film.Largest, Clock: s.clock, Moving: s.playing,
		Progress: func(id string) float64 { return s.film.Progress(id, s.at) },
		Grown: func(r model.Ref) float64 {
			if !moving {
				return 1
			}
			return min(1, s.film.Since(r, s.at)/0.3)
		},
		Traced: func(id string) float64 {
			if !moving {
				return 1
			}
			return min(1, s.film.SinceBlocked(id, s.at)/0.4)
		},
		Fired: func(id string) time.Duration {
			since := s.film.SinceFired(id, s.at)
			if !moving {
				// A step shows end states only; the firing itself is one.
				if s.film.Fires(beat) && since <= s.film.Beats[beat].Length {
					return 350 * time.Millisecond
				}
				return canvas.FireTime
			}
			return time.Duration(min(since, 10) * float64(time.Second))
		}}
}

func (s *session) seed() int64 { return s.run.Options.Seed }

// status returns glyph, word and colour of where the run stands.
func (s *session) status(l *look.Look) (glyph, word string, color cell.Color) {
	switch s.state.Status {
	case flow.Completed:
		return "✓", "Completed", l.Success
	case flow.Stalled:
		return "⊘", "Stalled", l.Danger
	case flow.Failed:
		return "✗", "Failed", l.Danger
	case flow.Stopped:
		return "■", "Stopped", l.Muted
	case flow.Paused:
		return "‖", "Paused", l.Waiting
	}
	return "▶", "Test run", l.Accent
}

// button is the one thing that a person most likely wants next.
func (s *session) button(m *Model) (string, func(*Model) tea.Cmd) {
	switch {
	case s.playing:
		return " ‖ Pause ", func(m *Model) tea.Cmd { return m.giveNamed("play") }
	case s.state.Over():
		return " ↻ Restart " + m.keyOf("restart") + " ", func(m *Model) tea.Cmd { return m.giveNamed("restart") }
	case s.state.Reason == flow.ReasonConfirm && s.state.Status == flow.Paused:
		return " ✓ Confirm " + m.keyOf("confirm") + " ", func(m *Model) tea.Cmd { return m.giveNamed("confirm") }
	}
	return " ▶ Play ", func(m *Model) tea.Cmd { return m.giveNamed("play") }
}

// speedName writes the speed: "4×", "0.5×".
func (s *session) speedName() string {
	return fmt.Sprintf("%g×", speeds[s.speed])
}
