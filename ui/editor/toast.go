package editor

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// A toast is a short message that takes nothing away from what one is doing, and goes by itself.
type toast struct {
	text  string
	bad   bool // whether it is about something that went wrong
	id    int
	timed int // the id whose end has been asked for
}

// toastOver ends a toast.
type toastOver struct{ id int }

// How long toasts stay.
const (
	goodToast = 5 * time.Second
	badToast  = 10 * time.Second
)

// say tells what has happened; "" takes the last message away.
func (m *Model) say(text string) { m.tell(text, false) }

// complain tells what went wrong.
func (m *Model) complain(err error) { m.tell(narrate.Capital(err.Error()), true) }

func (m *Model) tell(text string, bad bool) {
	if text == m.toast.text && text == "" {
		return
	}
	m.toast = toast{text: text, bad: bad, id: m.toast.id + 1, timed: m.toast.timed}
}

// toastSoon asks for the end of a toast that has just appeared.
func (m *Model) toastSoon() tea.Cmd {
	t := &m.toast
	if t.text == "" || t.timed == t.id {
		return nil
	}
	t.timed = t.id
	over, after := toastOver{t.id}, goodToast
	if t.bad {
		after = badToast
	}
	return m.later(after, over)
}

func (m *Model) onToastOver(msg toastOver) {
	if msg.id == m.toast.id {
		m.say("")
	}
}

// drawToast draws the newest message above the status line, at the right end of the canvas.
func (m *Model) drawToast(all cell.Area, s areas) {
	t := m.toast
	if t.text == "" || s.canvas.W < 12 || s.canvas.H < 1 {
		return
	}
	l := m.look
	glyph, color := "● ", l.Accent
	if t.bad {
		glyph, color = "✗ ", l.Danger
	}
	lines := cell.Wrap(t.text, min(72, s.canvas.W-9))
	lines = lines[:min(len(lines), max(1, s.canvas.H-1))]
	w := 0
	for _, line := range lines {
		w = max(w, cell.Width(line))
	}
	r := cell.Rect{X: s.canvas.X + s.canvas.W - w - 8, Y: s.canvas.Y + s.canvas.H - len(lines), W: w + 6, H: len(lines)}
	if r.Y > s.canvas.Y {
		r.Y--
	}
	ground := l.Toast(color)
	area := all.Own(m.clickable(func(m *Model) tea.Cmd { m.say(""); return nil })).Sub(r)
	area.Fill(cell.Rect{W: r.W, H: r.H}, ' ', cell.Style{Fg: l.Text, Bg: ground})
	area.Text(2, 0, glyph, cell.Style{Fg: color, Bg: ground, Attr: cell.Bold})
	for i, line := range lines {
		area.Set(0, i, '▎', cell.Style{Fg: color, Bg: ground, Attr: cell.Bold})
		area.Text(4, i, line, cell.Style{Fg: l.Text, Bg: ground})
	}
}
