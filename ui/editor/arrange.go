package editor

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/layout"
)

// arrangements remember how the flow was laid out at each step of the history, and what was selected there, so that an
// undo brings the picture back with the campaign. They belong to the program, not to the file.
type arrangements struct {
	steps  []arrangement
	latest map[view]layout.Memory
}

// An arrangement is what is remembered of a step.
type arrangement struct {
	pictures map[view]layout.Memory
	selected canvas.Target // when the edit was made that led on from it
}

// A view is a way to lay out; each has arrangements of its own.
type view struct {
	down bool
	zoom canvas.Zoom
}

func (m *Model) view() view { return view{m.topDown(), m.zoom()} }

// arranged returns what the next scene is to be like: the picture of this step in this view, or the last one in this view,
// or the present one.
func (m *Model) arranged() layout.Memory {
	if step := m.history.Step(); step < len(m.pictures.steps) {
		if memory, ok := m.pictures.steps[step].pictures[m.view()]; ok {
			return memory
		}
	}
	if memory, ok := m.pictures.latest[m.view()]; ok {
		return memory
	}
	if m.scene == nil {
		return layout.Memory{}
	}
	return m.scene.Memory
}

// arrange lays the campaign out, and remembers how for this step of the history.
func (m *Model) arrange(before layout.Memory) *canvas.Scene {
	scene := m.layOut(before)
	m.remember(scene)
	return scene
}

func (m *Model) layOut(before layout.Memory) *canvas.Scene {
	return canvas.NewScene(m.campaign(), canvas.Options{TopDown: m.topDown(), Zoom: m.zoom(), Folded: m.folded, Before: before})
}

func (m *Model) remember(scene *canvas.Scene) {
	p, step := &m.pictures, m.history.Step()
	for len(p.steps) <= step {
		p.steps = append(p.steps, arrangement{pictures: map[view]layout.Memory{}})
	}
	if p.latest == nil {
		p.latest = map[view]layout.Memory{}
	}
	p.steps[step].pictures[m.view()], p.latest[m.view()] = scene.Memory, scene.Memory
	if old := step - pictureBudget/max(1, len(m.campaign().Activities)); old >= 0 {
		clear(p.steps[old].pictures)
	}
}

// pictureBudget is how many activities all remembered pictures together may have, which keeps them within some 25 MiB. An
// undo further back than that is laid out as like the present picture as it can be.
const pictureBudget = 30_000

// leaveStep remembers what is selected when an edit leads on from the present step.
func (m *Model) leaveStep() {
	if step := m.history.Step(); step < len(m.pictures.steps) {
		m.pictures.steps[step].selected = m.selected
	}
}

// reselect selects what was selected at the present step: it is where the edit was made that an undo takes back. It reports
// whether that is still there.
func (m *Model) reselect() bool {
	step := m.history.Step()
	if step >= len(m.pictures.steps) || !m.exists(m.pictures.steps[step].selected) {
		return false
	}
	m.choose(m.pictures.steps[step].selected)
	return true
}

// forgetFrom drops the pictures of steps that a new edit has replaced.
func (p *arrangements) forgetFrom(step int) { p.steps = p.steps[:min(step, len(p.steps))] }

// A tidying shows the flow laid out anew, and what that saves, until it is kept or not.
type tidying struct{ before, after *canvas.Scene }

func newTidying(m *Model) dialog {
	d := &tidying{before: m.scene, after: m.layOut(layout.Memory{})}
	m.show(d.after)
	m.overview()
	return d
}

// saves says what is better in the new picture: “3 crossings, 12 bends and 240 cells less to follow”.
func (d *tidying) saves() string {
	was, is := d.before.Cost(), d.after.Cost()
	var less []string
	for _, c := range []struct {
		by        int
		one, many string
	}{{was.Crossings - is.Crossings, "crossing", "crossings"}, {was.Bends - is.Bends, "bend", "bends"}, {was.Length - is.Length, "cell", "cells"}} {
		if c.by > 0 {
			less = append(less, fmt.Sprintf("%d fewer %s", c.by, map[bool]string{true: c.one, false: c.many}[c.by == 1]))
		}
	}
	if len(less) == 0 {
		return "nothing gets simpler"
	}
	return strings.Join(less, ", ")
}

func (d *tidying) key(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch press.String() {
	case "enter", "y", "L":
		m.pop()
		m.history = m.history.Arrange("tidy")
		m.pictures.forgetFrom(m.history.Step())
		m.remember(d.after)
		m.say("Tidied; " + m.keyOf("undo") + " brings the old picture back")
	case "esc", "n", "ctrl+c":
		m.pop()
		m.show(d.before)
	}
	return nil
}

func (d *tidying) scroll(m *Model, by int) { m.pan(0, -2*by) }

func (d *tidying) hints(*Model) []keyHint {
	return []keyHint{{key: "⏎", title: "keep it"}, {key: "esc", title: "as it was"}}
}

func (d *tidying) rect(m *Model) cell.Rect { return m.prompt() }

func (d *tidying) draw(m *Model, a cell.Area) {
	m.drawPrompt(a, "Tidy", d.saves())
}

// drawPrompt draws what the canvas asks, on the line below it.
func (m *Model) drawPrompt(a cell.Area, title, text string) {
	l, r := m.look, m.prompt()
	area := a.Own(m.clickable(func(*Model) tea.Cmd { return nil })).Sub(r)
	area.Fill(cell.Rect{W: r.W, H: 1}, ' ', cell.Style{Fg: l.Text, Bg: l.Raised})
	x := area.Text(2, 0, cell.Cut(title, r.W-4), cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold})
	area.Text(x+2, 0, cell.Cut(text, r.W-x-4), cell.Style{Fg: l.Muted, Bg: l.Raised})
}
