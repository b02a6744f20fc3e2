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
		if m.drag != nil && at.Button != tea.MouseNone {
			m.dragTo(at.X, at.Y)
			return nil
		}
		m.drag = nil // the button was released where the program could not see it
		m.hover = canvas.Target{}
		if _, picking := m.top().(*pick); len(m.dialogs) == 0 || picking {
			m.hover = under.target
		}
	case tea.MouseReleaseMsg:
		if m.drag != nil {
			return m.drop(at.X, at.Y)
		}
	case tea.MouseWheelMsg:
		return m.wheel(msg)
	case tea.MouseClickMsg:
		return m.button(at, under)
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

// button acts on a button of the mouse that is pressed.
func (m *Model) button(at tea.Mouse, under hit) tea.Cmd {
	switch at.Button {
	case tea.MouseLeft:
		return m.click(under, at)
	case tea.MouseMiddle:
		m.press(canvas.Target{}, at.X, at.Y, theCanvas)
	case tea.MouseRight:
		return m.rightClick(under, at.X, at.Y)
	case tea.MouseBackward:
		return m.giveNamed("back")
	case tea.MouseForward:
		return m.giveNamed("forward")
	}
	return nil
}

func (m *Model) click(h hit, at tea.Mouse) tea.Cmd {
	if top := m.top(); top != nil {
		if p, picking := top.(*pick); picking {
			return p.click(m, h.target)
		}
		if h.kind != nil {
			m.press(canvas.Target{}, at.X, at.Y, aNewOne)
			m.drag.kind = h.kind
			return nil
		}
		if h.click != nil {
			return h.click(m)
		}
		if !top.rect(m).Contains(at.X, at.Y) {
			return m.cancel()
		}
		return nil
	}
	switch {
	case h.click != nil:
		return h.click(m)
	case h.at != nil:
		return h.at(m, at.X, at.Y)
	}
	m.endInput(true)
	if m.screen().canvas.Contains(at.X, at.Y) {
		m.focus = onCanvas
		m.clickCanvas(h.target, at)
	}
	return nil
}

// clickCanvas selects what is pressed on the canvas; what else a click or a drag means is known when the button is released.
func (m *Model) clickCanvas(t canvas.Target, at tea.Mouse) {
	_, transition := t.Ref()
	several := at.Mod.Contains(tea.ModCtrl) || at.Mod.Contains(tea.ModShift)
	switch {
	case t.Activity == "":
		if !several {
			m.marked = nil
		}
		m.press(t, at.X, at.Y, aBand)
		return
	case several && !transition && m.session == nil:
		m.mark([]string{t.Activity})
		m.choose(t)
		return
	}
	again := m.selected == t
	if !again {
		m.visit(t)
	}
	switch {
	case transition:
		m.press(t, at.X, at.Y, anEnd)
		if _, open := m.openEnd(); !open {
			m.drag.what = aClick
		}
	default:
		if !m.marked[t.Activity] {
			m.marked = nil
		}
		m.press(t, at.X, at.Y, aCard)
	}
	m.drag.again = again
	if m.session != nil && m.drag.what != aBand {
		m.drag.what = aClick
	}
}

// onMark reports whether a click is on the insertion mark of a transition, or on its open end.
func (m *Model) onMark(t canvas.Target, x, y int) bool {
	place, ok := m.placeOf(t)
	view := m.screen().canvas
	return ok && place.Contains(x-view.X-m.panX, y-view.Y-m.panY)
}

// rightClick offers what can be done with what lies under the pointer.
func (m *Model) rightClick(h hit, x, y int) tea.Cmd {
	if m.top() != nil {
		return m.cancel()
	}
	if !m.screen().canvas.Contains(x, y) {
		return nil
	}
	m.endInput(true)
	m.focus = onCanvas
	if h.target.Activity != "" && h.target != m.selected {
		m.visit(h.target)
	}
	m.open(newContext(m, h.target, x, y))
	return nil
}

func (m *Model) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	by := map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelLeft: -1, tea.MouseWheelDown: 1, tea.MouseWheelRight: 1}[msg.Button]
	s := m.screen()
	switch {
	case len(m.dialogs) > 0:
		m.top().scroll(m, by)
	case s.inspector.Contains(msg.X, msg.Y):
		m.form.scroll = max(0, m.form.scroll+2*by)
	case s.outline.Contains(msg.X, msg.Y):
		m.outline.scroll = max(0, m.outline.scroll+2*by)
	case s.panel.Contains(msg.X, msg.Y):
		m.panel.scroll = max(0, m.panel.scroll+by)
	case msg.Mod.Contains(tea.ModCtrl):
		m.setZoom(m.zoom() + canvas.Zoom(by))
	case msg.Button == tea.MouseWheelLeft || msg.Button == tea.MouseWheelRight || msg.Mod.Contains(tea.ModShift):
		m.pan(-6*by, 0)
	default:
		m.pan(0, -2*by)
	}
	return nil
}
