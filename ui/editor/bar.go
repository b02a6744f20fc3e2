package editor

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rendezvous/engine/flow"
	"rendezvous/model"
	"rendezvous/ui/cell"
	"rendezvous/ui/film"
	"rendezvous/ui/narrate"
)

// drawBar draws the run bar: controls, clock and the one sentence that a spectator would ask for; below it the time line.
func (m *Model) drawBar(a cell.Area, r cell.Rect) {
	l, s := m.look, m.session
	base := cell.Style{Fg: l.Muted, Bg: l.Raised}
	strong := cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}
	a.Fill(a.Visible(), ' ', base)
	control := func(x int, text string, style cell.Style, name string) int {
		return a.Own(m.clickable(func(m *Model) tea.Cmd { return m.giveNamed(name) })).Text(x, 0, text, style)
	}
	button := " ▶ "
	if s.playing {
		button = " ‖ "
	}
	x := control(2, button, l.Button(), "play")
	x = control(x+1, " ◂ ", strong, "step back")
	x = control(x, " ▸ ", strong, "step on")
	x = control(x+1, " "+s.speedName()+" ", strong, "faster")
	x = a.Text(x+2, 0, s.film.Clock(s.at).Format("Mon 02 Jan 15:04:05"), strong)
	m.drawSentence(a, x+3, r.W-x-4)
	m.drawTimeline(a, r)
}

// drawSentence says what one would ask: who a join waits for, that it has fired, why nothing moves.
func (m *Model) drawSentence(a cell.Area, x, room int) {
	l := m.look
	mark, who, what := m.sentence()
	glyph, color := l.Mark(mark)
	head := cell.Style{Fg: color, Bg: l.Raised, Attr: cell.Bold}
	strong := cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}
	muted := cell.Style{Fg: l.Muted, Bg: l.Raised}
	if mark == narrate.Fired || mark == narrate.Blocked {
		strong = head
	}
	area := a.Sub(cell.Rect{X: x, W: max(0, room), H: 1})
	at := area.Text(0, 0, string(glyph)+" ", head)
	at = area.Text(at, 0, who+" ", strong)
	for i, part := range strings.Split(what, "*") { // what stands between stars is a name
		style := muted
		if i%2 == 1 {
			style = cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}
		}
		at = area.Text(at, 0, part, style)
	}
}

func (m *Model) sentence() (mark narrate.Mark, who, what string) {
	s := m.session
	switch {
	case s.state.Status == "":
		return narrate.Started, "Run", "starts"
	case s.state.Status == flow.Stalled:
		return narrate.Blocked, "Stalled", fmt.Sprintf("nothing can move; %s never ran", narrate.Counted(m.neverRan(), "activity", "activities"))
	case s.state.Over():
		return m.ending()
	case s.state.Status == flow.Paused && s.state.Reason == flow.ReasonConfirm:
		return narrate.Waiting, "Held", "press " + m.keyOf("confirm") + " to let the messages go"
	case s.state.Status == flow.Paused:
		return narrate.Failed, "Paused", "an activity failed; mend it and run again"
	}
	if beat := s.film.Beat(s.at); s.film.Fires(beat) {
		return m.firing(beat)
	}
	for _, a := range s.campaign.Activities {
		state := s.state.Activity(a.ID)
		if a.Kind.Role == model.Join && state.Phase == flow.Waiting {
			open, _ := s.state.Missing(a.ID)
			if len(open) == 0 {
				return narrate.Arrived, a.Label(), "has all of its branches"
			}
			return narrate.Waiting, a.Label(), fmt.Sprintf("waits for %s since %s", m.names(open), m.when(state.Since))
		}
	}
	return m.working()
}

// names lists branches, each between stars.
func (m *Model) names(refs []model.Ref) string {
	var names []string
	for _, r := range refs {
		names = append(names, "*"+m.session.campaign.BranchTitle(r)+"*")
	}
	return narrate.Few(names)
}

// when writes an instant as briefly as the clock allows.
func (m *Model) when(at time.Time) string {
	if sameDay(at, m.session.film.Clock(m.session.at)) {
		return at.Format("15:04")
	}
	return at.Format("Mon 02 Jan 15:04")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

func (m *Model) neverRan() int {
	n := 0
	for _, a := range m.session.campaign.Activities {
		if m.session.state.Activity(a.ID).Phase == flow.Skipped {
			n++
		}
	}
	return n
}

func (m *Model) ending() (narrate.Mark, string, string) {
	switch m.session.state.Status {
	case flow.Completed:
		return narrate.Finished, "Completed", "every activity that could run has run"
	case flow.Failed:
		return narrate.Failed, "Failed", "an activity failed, and that ends the run"
	}
	return narrate.Paused, "Stopped", m.keyOf("restart") + " runs again from the beginning"
}

// firing says that a join has fired, and what comes next.
func (m *Model) firing(beat int) (narrate.Mark, string, string) {
	s := m.session
	b := s.film.Beats[beat]
	for _, e := range s.film.Events[b.First:b.End] {
		if e.Name != flow.JoinFired {
			continue
		}
		a, _ := s.campaign.Activity(e.Activity)
		what := fmt.Sprintf(" %s people of *%s* go on", narrate.Count(e.Count), narrate.Branch(s.campaign, e.Primary))
		return narrate.Fired, a.Label() + " fired", what
	}
	return narrate.Fired, "A join", "fired"
}

// working says what is being done.
func (m *Model) working() (narrate.Mark, string, string) {
	s := m.session
	for _, a := range s.campaign.Activities {
		state := s.state.Activity(a.ID)
		if state.Phase != flow.Active {
			continue
		}
		switch a.Kind.Role {
		case model.Delay:
			return narrate.Started, a.Label(), "holds " + narrate.Count(state.In) + " people"
		case model.Deliver:
			return narrate.Started, a.Label(), "sends to " + narrate.Count(state.In) + " people"
		}
		return narrate.Started, a.Label(), "runs"
	}
	return narrate.Started, s.campaign.Name(), "runs"
}

// drawTimeline draws the film as a line: what has been shown, what happens when, and where time is folded.
func (m *Model) drawTimeline(a cell.Area, r cell.Rect) {
	l, s := m.look, m.session
	if len(s.film.Beats) == 0 || r.H < 2 {
		return
	}
	first, last := s.film.Beats[0].At, s.film.Beats[len(s.film.Beats)-1].At
	left, right := first.Format("15:04"), last.Format("15:04")
	if !sameDay(first, last) {
		right = last.Format("Mon 02 Jan")
	}
	base := cell.Style{Fg: l.Muted, Bg: l.Raised}
	a.Text(2, 1, left, base)
	a.Text(r.W-2-cell.Width(right), 1, right, base)
	x0, x1 := 3+cell.Width(left), r.W-4-cell.Width(right)
	if x1 <= x0 {
		return
	}
	t := timeline{m: m, area: a, from: x0, to: x1, length: max(0.1, s.film.Length())}
	t.draw()
}

type timeline struct {
	m        *Model
	area     cell.Area
	from, to int
	length   float64
}

// column is where a moment lies on the line.
func (t timeline) column(at float64) int {
	return t.from + int(min(at, t.length)/t.length*float64(t.to-t.from)+0.5)
}

func (t timeline) draw() {
	l, s := t.m.look, t.m.session
	head := t.column(s.at)
	for x := t.from; x <= t.to; x++ {
		moment := float64(x-t.from) / float64(t.to-t.from) * t.length
		style, char := cell.Style{Fg: l.Track, Bg: l.Raised}, '─'
		if x < head {
			style.Fg, char = l.Success, '━'
		}
		t.area.Own(t.m.clickable(func(m *Model) tea.Cmd { m.seek(moment); return nil })).Set(x, 1, char, style)
	}
	for i, b := range s.film.Beats {
		t.fold(i)
		t.mark(b, head)
	}
	t.area.Set(head, 1, '●', cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold})
}

// fold marks a stretch of time in which nothing happens and that is shown much shorter than it is.
func (t timeline) fold(i int) {
	beats := t.m.session.film.Beats
	if i+1 == len(beats) || beats[i+1].At.Sub(beats[i].At) < 12*time.Hour {
		return
	}
	from, to := t.column(beats[i].Start+beats[i].Length)+2, t.column(beats[i+1].Start)-2
	text := " " + stretch(beats[i+1].At.Sub(beats[i].At)) + " "
	if to-from < cell.Width(text)+2 {
		return
	}
	head := t.column(t.m.session.at)
	for x := from; x <= to; x++ {
		color := t.m.look.Track
		if x < head {
			color = t.m.look.Success
		}
		t.area.Set(x, 1, '┄', cell.Style{Fg: color, Bg: t.m.look.Raised})
	}
	t.area.Text((from+to-cell.Width(text))/2+1, 1, text, cell.Style{Fg: t.m.look.Muted, Bg: t.m.look.Raised})
}

// stretch writes a duration in its largest fitting unit: "7 d", "12 h".
func stretch(d time.Duration) string {
	if d >= 24*time.Hour {
		return fmt.Sprintf("%d d", int(d.Hours()/24+0.5))
	}
	return fmt.Sprintf("%d h", int(d.Hours()+0.5))
}

// mark puts what happens in a beat on the line.
func (t timeline) mark(b film.Beat, head int) {
	l := t.m.look
	x := t.column(b.Start)
	color, char := l.Track, '╋'
	if x <= head {
		color = l.Success
	}
	switch b.Main {
	case flow.JoinArrived:
		char, color = '◐', l.Waiting
	case flow.JoinFired:
		char, color = '✦', l.Success
	case flow.JoinBlocked:
		char, color = '⊘', l.Danger
	case flow.ActivityFailed:
		char, color = '✗', l.Danger
	case flow.ActivityStarted, flow.RunFinished, flow.RunPaused, flow.RunResumed, flow.RunStarted:
		return
	}
	t.area.Set(x, 1, char, cell.Style{Fg: color, Bg: l.Raised})
}
