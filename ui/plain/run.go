package plain

import (
	"errors"
	"fmt"
	"strings"

	"rendezvous/engine"
	"rendezvous/engine/flow"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/narrate"
)

// A run is a run that is being told. The engine may be ahead of what has been told; where the run stands is the fold of
// the events told, so that going back is folding fewer.
type run struct {
	engine   *engine.Run
	campaign model.Campaign
	events   []flow.Event
	lines    []narrate.Line // of the events
	told     int            // events
	day      string         // of the line that was told last
}

// state is where the run stands.
func (r *run) state() *flow.State { return flow.Replay(r.engine.Plan(), r.events[:r.told]) }

// line returns the number of lines told.
func (r *run) line() int {
	n := 0
	for n < len(r.lines) && r.lines[n].Seq <= r.told {
		n++
	}
	return n
}

func (r *run) know(events []flow.Event) {
	r.events = append(r.events, events...)
	r.lines = narrate.Lines(r.campaign, r.events)
}

// advance lets the engine go on until there is a line that has not been told. It reports false when nothing more happens;
// everything counts as told then.
func (s *Session) advance() (narrate.Line, bool, error) {
	r := s.run
	for {
		if n := r.line(); n < len(r.lines) {
			return r.lines[n], true, nil
		}
		events, err := r.engine.Next(s.ctx)
		if err != nil {
			return narrate.Line{}, false, err
		}
		if len(events) == 0 {
			r.told = len(r.events)
			return narrate.Line{}, false, nil
		}
		r.know(events)
	}
}

// start begins a run, unless there is one that can go on.
func (s *Session) start() error {
	if s.run != nil && !s.run.state().Over() {
		return nil
	}
	s.endRun()
	if why := s.cantRun(); why != "" {
		return errors.New("the run can’t start: " + why)
	}
	c := s.campaign()
	e, err := engine.NewRun(s.ctx, c, s.data.open, engine.Defaults(c))
	if err != nil {
		return err
	}
	s.run, s.counts = &run{engine: e, campaign: c}, map[model.Ref]int{}
	return nil
}

func (s *Session) endRun() {
	if s.run != nil {
		_ = s.run.engine.Close() // a temporary file that can't be removed is no news here
		s.run = nil
	}
}

// step tells the next line. It reports false when there is none.
func (s *Session) step() (narrate.Line, bool, error) {
	line, ok, err := s.advance()
	if err != nil || !ok {
		s.count()
		return line, false, err
	}
	s.run.told = line.Seq
	s.count()
	s.tellLine(line)
	return line, true, nil
}

// count remembers the people on the transitions of the run, as far as it has been told.
func (s *Session) count() {
	s.counts = map[model.Ref]int{}
	for _, e := range s.run.events[:s.run.told] {
		if e.Name == flow.TransitionActivated {
			s.counts[model.Ref{Activity: e.Activity, Output: e.Output}] = e.Count
		}
	}
}

func (s *Session) tellLine(line narrate.Line) {
	if day := line.At.Format("Monday 2 January 2006"); day != s.run.day {
		s.run.day = day
		s.say("%s.", day)
	}
	text := line.Who
	if line.What != "" {
		text += ": " + line.What
	}
	switch {
	case line.Mark == narrate.Failed:
		text = "Failed: " + text
	case strings.Contains(line.Number, "/"):
		text += "; " + strings.ReplaceAll(line.Number, "/", " of ") + " arrived"
	case line.Number != "":
		text += "; " + line.Number + map[bool]string{true: " person", false: " people"}[line.Number == "1"]
	}
	s.say("%s %s", line.At.Format("15:04:05"), text)
}

// runAll runs to the end, or to a line about something: “to join”, “to 5”.
func (s *Session) runAll(text string) error {
	reached, err := s.until(text)
	if err != nil {
		return err
	}
	if err := s.start(); err != nil {
		return err
	}
	if state := s.run.state(); state.Status == flow.Paused && state.Reason != flow.ReasonConfirm {
		return s.act(flow.Resume{}, reached)
	}
	return s.goOn(reached)
}

// until reads how far a run is to go.
func (s *Session) until(text string) (func(narrate.Line) bool, error) {
	if rest, ok := behindWord(text, "to"); ok {
		text = rest
	}
	switch text {
	case "", "end":
		return func(narrate.Line) bool { return false }, nil
	case "join":
		return s.aboutJoin, nil
	}
	a, err := s.activity(text)
	return func(l narrate.Line) bool { return l.Activity == a.ID }, err
}

func (s *Session) aboutJoin(l narrate.Line) bool {
	a, ok := s.run.campaign.Activity(l.Activity)
	return ok && a.Kind.Role == model.Join
}

// goOn tells lines until one is reached, or to the end, and says where the run stands then.
func (s *Session) goOn(reached func(narrate.Line) bool) error {
	for {
		line, ok, err := s.step()
		if err != nil {
			return err
		}
		if !ok || reached(line) {
			s.standing()
			return nil
		}
	}
}

// act goes back to what has been told, does what the person wants, and goes on from there.
func (s *Session) act(in flow.Input, reached func(narrate.Line) bool) error {
	r := s.run
	if err := r.engine.Rewind(s.ctx, r.told); err != nil {
		return err
	}
	r.events = r.events[:r.told:r.told]
	events, err := r.engine.Do(s.ctx, in)
	if err != nil {
		return err
	}
	r.know(events)
	return s.goOn(reached)
}

// stepOn tells one line.
func (s *Session) stepOn(string) error {
	if s.run != nil && s.run.state().Over() {
		s.standing()
		return nil
	}
	if err := s.start(); err != nil {
		return err
	}
	_, ok, err := s.step()
	if err == nil && !ok {
		s.standing()
	}
	return err
}

// back takes the last line back.
func (s *Session) back(string) error {
	r := s.run
	n := r.line()
	if n < 2 {
		r.told = 0
		s.count()
		s.say("Back at the beginning; nothing has happened yet.")
		return nil
	}
	r.told = r.lines[n-2].Seq
	s.count()
	s.say("Back to:")
	s.tellLine(r.lines[n-2])
	return nil
}

// standing says where the run stands.
func (s *Session) standing() {
	r, state := s.run, s.run.state()
	s.say("%s", sentence("The run "+statusWord(state.Status)))
	for _, id := range narrate.Held(r.campaign, state) {
		s.say("The messages of %s wait to be confirmed: confirm lets them go.", s.numbered(id))
	}
	for _, a := range r.campaign.Activities {
		switch stands := state.Activity(a.ID); {
		case a.Kind.Role == model.Join && stands.Phase == flow.Waiting:
			if open, _ := state.Missing(a.ID); len(open) > 0 {
				s.say("%s waits for %s since %s.", s.numbered(a.ID), narrate.List(s.titles(open)), stands.Since.Format("15:04"))
			}
		case stands.Phase == flow.Blocked:
			s.say("%s is blocked: why says what keeps it.", s.numbered(a.ID))
		case stands.Phase == flow.Broken:
			s.say("%s has failed: %s.", s.numbered(a.ID), stands.Error)
		}
	}
}

func statusWord(status flow.Status) string {
	switch status {
	case "":
		return "has not begun"
	case flow.Running:
		return "goes on"
	case flow.Paused:
		return "is paused"
	case flow.Stalled:
		return "has stalled: nothing can move, and a join is blocked"
	case flow.Failed:
		return "has failed"
	}
	return "is " + string(status)
}

// whyBlocked says why a join can't fire: the chain of causes, and the edits that would help.
func (s *Session) whyBlocked(text string) error {
	c, state := s.run.campaign, s.run.state()
	join, blocked := narrate.BlockedJoin(c, state)
	if text != "" {
		a, err := s.activity(text)
		if err != nil {
			return err
		}
		join, blocked = a.ID, state.Activity(a.ID).Phase == flow.Blocked
	}
	if !blocked {
		s.say("Nothing is blocked.")
		s.standing()
		return nil
	}
	a, _ := c.Activity(join)
	missing, cause := narrate.Cause(c, state, join)
	s.say("%s can never fire in this run: %s will not arrive.", s.numbered(join), c.BranchTitle(missing))
	for i, link := range narrate.Chain(c, state, join) {
		lead := "then "
		if i == 0 {
			lead = "cause: "
		}
		if link.Activity == a.ID {
			lead = "so "
		}
		s.say("  %d. %s%s: %s", i+1, lead, link.Title, link.Reason)
	}
	s.fixes = nil
	s.offer(check.Unblock(s.campaign(), join, missing, cause))
	return nil
}

// confirm lets held messages go.
func (s *Session) confirm(text string) error {
	held := narrate.Held(s.run.campaign, s.run.state())
	id := held[0]
	switch {
	case text != "":
		a, err := s.activity(text)
		if err != nil {
			return err
		}
		id = a.ID
	case len(held) > 1:
		var names []string
		for _, id := range held {
			names = append(names, s.numbered(id))
		}
		return fmt.Errorf("say which to confirm: %s", either(names))
	}
	if s.run.state().Activity(id).Phase != flow.Waiting {
		return fmt.Errorf("%s has no messages that wait to be confirmed", s.numbered(id))
	}
	return s.act(flow.Confirm{Activity: id}, func(narrate.Line) bool { return false })
}

// stop ends the run for good.
func (s *Session) stop(string) error {
	return s.act(flow.Stop{}, func(narrate.Line) bool { return false })
}

// restart runs again from the beginning.
func (s *Session) restart(text string) error {
	s.endRun()
	return s.runAll(text)
}

// population says how many people took each transition.
func (s *Session) population(text string) error {
	only := ""
	if text != "" {
		a, err := s.activity(text)
		if err != nil {
			return err
		}
		only = a.ID
	}
	state := s.run.state()
	for _, row := range s.rows() {
		a, ok := s.run.campaign.Activity(row.Activity)
		if !ok || row.Again || only != "" && a.ID != only {
			continue
		}
		for _, o := range a.Outputs() {
			r := model.Ref{Activity: a.ID, Output: o.ID}
			s.say("%s: %s", s.campaign().BranchTitle(r), passage(a, r, state.Transition(r)))
		}
	}
	return nil
}

// passage says what became of a transition.
func passage(a model.Activity, r model.Ref, t flow.Transition) string {
	switch t.Passage {
	case flow.Passed:
		return narrate.Counted(t.Count, "person", "people")
	case flow.Closed:
		return "closed, " + narrate.Skip(a, r.Output, t.Reason)
	}
	return "nobody yet"
}

func (s *Session) noRun() string {
	if s.run == nil {
		return "there is no run yet; run begins one"
	}
	return ""
}

func (s *Session) noHeld() string {
	if why := s.noRun(); why != "" {
		return why
	}
	if len(narrate.Held(s.run.campaign, s.run.state())) == 0 {
		return "no messages wait to be confirmed"
	}
	return ""
}

func (s *Session) noOpenRun() string {
	if why := s.noRun(); why != "" {
		return why
	}
	if s.run.state().Over() {
		return "the run is over"
	}
	return ""
}
