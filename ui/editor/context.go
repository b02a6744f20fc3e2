package editor

import (
	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// place is where on the canvas a command makes sense, for the context menu; places are combined.
type place int

const (
	onActivity place = 1 << iota
	onTransition
	onGround
)

// placeUnder tells what sort of thing a target is.
func placeUnder(t canvas.Target) place {
	if _, transition := t.Ref(); transition {
		return onTransition
	}
	if t.Activity != "" {
		return onActivity
	}
	return onGround
}

// newContext is the menu of what can be done with one thing of the canvas.
func newContext(m *Model, t canvas.Target, x, y int) dialog {
	title := m.campaign().Name()
	switch r, _ := t.Ref(); placeUnder(t) {
	case onActivity:
		a, _ := m.campaign().Activity(t.Activity)
		title = a.Label()
		if len(m.marked) > 1 && m.marked[t.Activity] {
			title = m.chosenName()
		}
	case onTransition:
		title = m.campaign().BranchTitle(r)
	}
	style := cell.Style{Fg: m.look.Text, Bg: m.look.Raised, Attr: cell.Bold}
	d := newMenu([]span{{title, style}}, "type to search", 46, func(m *Model) []menuItem {
		var items []menuItem
		for _, c := range byScope(m) {
			if c.on&placeUnder(t) != 0 && c.applies(m) {
				items = append(items, m.commandItem(c))
			}
		}
		return items
	})
	d.short = true
	d.place = func(m *Model, w, h int) (int, int) {
		return max(0, min(x+1, m.w-w-2)), max(1, min(y, m.h-h-1))
	}
	return d
}

// openContext shows the context menu of the selection beside it.
func (m *Model) openContext() tea.Cmd {
	view := m.screen().canvas
	box, _ := m.placeOf(m.selected)
	m.open(newContext(m, m.selected, view.X+m.panX+box.X+box.W, view.Y+m.panY+box.Y))
	return nil
}

// commandItem is a command as a line of a menu.
func (m *Model) commandItem(c command) menuItem {
	item := menuItem{name: narrate.Capital(c.name), what: c.help, right: keyList(c.keys), foot: c.help, run: func(m *Model) tea.Cmd { return m.give(c) }}
	if !c.applies(m) {
		item.why = map[scope]string{editing: "only while editing", running: "only in a run"}[c.scope]
	} else if why := c.unavailable(m); why != "" {
		item.why = why
	}
	return item
}
