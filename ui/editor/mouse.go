package editor

import (
	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
)

// mouse acts on what lies under the pointer: the frame on the screen says what that is.
func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	under := m.under(at.X, at.Y)
	switch msg := msg.(type) {
	case tea.MouseMotionMsg:
		m.hover = canvas.Target{}
		if len(m.dialogs) == 0 {
			m.hover = under.target
		}
	case tea.MouseWheelMsg:
		return m.wheel(msg)
	case tea.MouseClickMsg:
		if at.Button != tea.MouseLeft {
			return nil
		}
		return m.click(under, at.X, at.Y)
	}
	return nil
}

// under returns what lies under a cell.
func (m *Model) under(x, y int) hit {
	owner := m.grid.At(x, y).Owner
	if owner <= 0 || int(owner) >= len(m.hits) {
		return hit{}
	}
	return m.hits[owner]
}

func (m *Model) click(h hit, x, y int) tea.Cmd {
	if top := m.top(); top != nil {
		if p, picking := top.(*pick); picking {
			return p.click(m, h.target)
		}
		if h.click != nil {
			return h.click(m)
		}
		if !top.rect(m).Contains(x, y) {
			m.pop()
		}
		return nil
	}
	if h.click != nil {
		return h.click(m)
	}
	if h.at != nil {
		return h.at(m, x, y)
	}
	if h.target.Activity == "" {
		m.endInput(true)
		if m.screen().canvas.Contains(x, y) {
			m.focus = onCanvas
		}
		return nil
	}
	m.endInput(true)
	m.say("")
	again := m.selected == h.target
	m.choose(h.target)
	m.focus = onCanvas
	if _, transition := h.target.Ref(); transition && m.session == nil {
		if m.onMark(h.target, x, y) || again {
			return m.giveNamed("insert")
		}
		return nil
	}
	if again && m.session == nil {
		return m.giveNamed("edit")
	}
	return nil
}

// onMark reports whether a click is on the insertion mark of a transition, or on its open end.
func (m *Model) onMark(t canvas.Target, x, y int) bool {
	place, ok := m.placeOf(t)
	view := m.screen().canvas
	return ok && place.Contains(x-view.X-m.panX, y-view.Y-m.panY)
}

func (m *Model) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	by := map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelLeft: -1, tea.MouseWheelDown: 1, tea.MouseWheelRight: 1}[msg.Button]
	s := m.screen()
	switch {
	case len(m.dialogs) > 0:
		m.top().scroll(m, by)
	case s.inspector.Contains(msg.X, msg.Y):
		m.form.scroll = max(0, m.form.scroll+2*by)
	case s.panel.Contains(msg.X, msg.Y):
		m.panel.scroll = max(0, m.panel.scroll+by)
	case msg.Button == tea.MouseWheelLeft || msg.Button == tea.MouseWheelRight || msg.Mod.Contains(tea.ModShift):
		m.pan(-6*by, 0)
	default:
		m.pan(0, -2*by)
	}
	return nil
}
