package editor

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/outline"
)

// An outlinePane shows the flow as a tree beside the canvas. What is selected there is selected on the canvas, and the
// commands are the same.
type outlinePane struct {
	shown  bool
	at     int // the row that has the focus
	scroll int
}

const outlineWidth = 34

// toggleOutline shows the outline and goes to it, or puts it away.
func (m *Model) toggleOutline() {
	m.outline.shown = !m.outline.shown
	m.focus = onCanvas
	if m.outline.shown {
		m.focus = onOutline
		m.outline.find(m)
	}
	m.reveal()
}

// targetOf is what a row of the outline stands for.
func rowTarget(r outline.Row) canvas.Target {
	if r.Activity == "" {
		return canvas.TargetOf(r.Via)
	}
	return canvas.Target{Activity: r.Activity}
}

// find goes to the row of the selection, unless the focus is on one of its rows already.
func (o *outlinePane) find(m *Model) {
	rows := outline.Rows(m.campaign())
	o.at = min(o.at, len(rows)-1)
	if o.at >= 0 && rowTarget(rows[o.at]) == m.selected {
		return
	}
	o.at = 0
	for i, r := range rows {
		if rowTarget(r) == m.selected && !r.Again {
			o.at = i
		}
	}
}

// outlineKey takes a key for the outline. It reports whether the key moved in it; others are commands.
func (m *Model) outlineKey(key string) bool {
	rows := outline.Rows(m.campaign())
	if len(rows) == 0 && key != "esc" {
		return false
	}
	at := max(0, min(m.outline.at, len(rows)-1))
	switch key {
	case "up", "k":
		at--
	case "down", "j":
		at++
	case "home":
		at = 0
	case "end":
		at = len(rows) - 1
	case "left", "h": // to where the branch begins
		for depth := rows[at].Depth; at > 0 && rows[at].Depth >= depth; {
			at--
		}
	case "right", "l":
		for at+1 < len(rows) && rows[at+1].Depth <= rows[at].Depth {
			at++
		}
		at++
	case "esc":
		m.focus = onCanvas
		return true
	default:
		return false
	}
	m.outline.at = max(0, min(at, len(rows)-1))
	t := rowTarget(rows[m.outline.at])
	m.unfoldTo(t.Activity)
	m.choose(t)
	return true
}

func (m *Model) drawOutline(a cell.Area, r cell.Rect) {
	if r.W == 0 || r.H == 0 {
		return
	}
	l, o := m.look, &m.outline
	base := cell.Style{Fg: l.Text, Bg: l.Panel}
	a.Fill(a.Visible(), ' ', base)
	if l.Outlined {
		for y := range r.H {
			a.Set(r.W-1, y, '│', cell.Style{Fg: l.Line, Bg: l.Panel})
		}
	}
	a.Text(2, 0, "Outline", base.With(cell.Bold))
	a.Own(m.clickable(func(m *Model) tea.Cmd { m.toggleOutline(); return nil })).Text(r.W-3, 0, "×", cell.Style{Fg: l.Faint, Bg: l.Panel})
	rows := outline.Rows(m.campaign())
	o.find(m)
	height := r.H - 2
	if m.focus == onOutline {
		o.scroll = max(min(o.scroll, o.at), o.at-height+1)
	}
	o.scroll = max(0, min(o.scroll, len(rows)-height))
	for y := 0; y < height && o.scroll+y < len(rows); y++ {
		m.drawOutlineRow(a.Sub(cell.Rect{Y: 2 + y, W: r.W, H: 1}), r.W, rows[o.scroll+y], o.scroll+y)
	}
}

func (m *Model) drawOutlineRow(a cell.Area, w int, r outline.Row, i int) {
	l := m.look
	t := rowTarget(r)
	ground, text := l.Panel, cell.Style{Fg: l.Text, Bg: l.Panel}
	if t == m.selected && i == m.outline.at {
		text = l.Highlight()
		if !l.Outlined && m.focus != onOutline {
			text.Bg = l.Focus()
		}
		ground = text.Bg
	}
	a = a.Own(m.own(hit{click: func(m *Model) tea.Cmd {
		m.outline.at, m.focus = i, onOutline
		m.visit(t)
		return nil
	}}))
	a.Fill(cell.Rect{W: w - 1, H: 1}, ' ', text)
	if t == m.selected && i == m.outline.at {
		a.Set(0, 0, '▎', cell.Style{Fg: l.Accent, Bg: ground, Attr: cell.Bold})
	}
	x := 2
	for range r.Depth {
		a.Text(x, 0, "│ ", cell.Style{Fg: l.Line, Bg: ground})
		x += 2
	}
	muted := cell.Style{Fg: l.Muted, Bg: ground, Attr: text.Attr &^ cell.Bold}
	activity, ok := m.campaign().Activity(r.Activity)
	room := func() int { return w - 2 - x }
	switch {
	case !ok:
		a.Text(x, 0, cell.Cut(strings.TrimSpace("⊕ "+r.Branch), room()), muted)
		return
	case r.Again:
		a.Text(x, 0, cell.Cut("→ "+activity.Label(), room()), muted)
		return
	}
	style := cell.Style{Fg: l.Category(activity.Kind.Category), Bg: ground, Attr: text.Attr | cell.Bold}
	if activity.Disabled() {
		style.Fg, text.Fg = l.Faint, l.Faint
		if ground != l.Panel {
			style.Fg, text.Fg = l.Muted, l.Muted
		}
	}
	x = a.Text(x, 0, activity.Kind.Glyph+" ", style)
	if r.Branch != "" {
		x = a.Text(x, 0, cell.Cut(r.Branch, 12)+" ", muted)
	}
	label := activity.Label()
	if n := m.scene.Folded(activity.ID); n > 0 && m.scene.Shown(activity.ID) == activity.ID {
		label += " ⊞"
	}
	if m.marked[activity.ID] {
		label = "✓ " + label
	}
	a.Text(x, 0, cell.Cut(label, room()), text)
}
