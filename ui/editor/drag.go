package editor

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// A drag is what a person does between pressing a button of the mouse and letting go of it.
type drag struct {
	fromX, fromY int
	x, y         int
	moved        bool
	what         dragged
	target       canvas.Target   // the activity or the open end that is dragged
	kind         *model.Kind     // of the new activity that is dragged from the palette
	again        bool            // whether the target was selected before it was pressed
	marked       map[string]bool // what was marked before
	panX, panY   int             // where the canvas was
}

type dragged int

const (
	aClick    dragged = iota // nothing that could be dragged
	aCard                    // to another transition
	anEnd                    // of a transition, to what it is to lead to
	aNewOne                  // from the palette, to a transition
	aBand                    // a rectangle, to mark what lies in it
	theCanvas                // to pan it
)

// press begins a drag on the canvas.
func (m *Model) press(t canvas.Target, x, y int, what dragged) {
	m.drag = &drag{fromX: x, fromY: y, x: x, y: y, what: what, target: t, marked: m.marked, panX: m.panX, panY: m.panY}
}

// dragTo follows the pointer.
func (m *Model) dragTo(x, y int) {
	d := m.drag
	d.x, d.y = x, y
	d.moved = d.moved || x != d.fromX || y != d.fromY
	if !d.moved {
		return
	}
	switch d.what {
	case theCanvas:
		m.panX, m.panY = d.panX+x-d.fromX, d.panY+y-d.fromY
		if m.session != nil {
			m.session.free = true
		}
	case aBand:
		m.markWithin(d.band(), d.marked)
	case aCard, anEnd, aNewOne:
		m.hover = m.under(x, y).target
		m.panAtEdge(x, y)
	}
}

// edgeWidth is how near to the edge of the canvas a drag pans it.
const edgeWidth = 2

func (m *Model) panAtEdge(x, y int) {
	view := m.screen().canvas
	switch {
	case x < view.X+edgeWidth:
		m.pan(4, 0)
	case x >= view.X+view.W-edgeWidth && x < view.X+view.W:
		m.pan(-4, 0)
	case y < view.Y+1:
		m.pan(0, 2)
	case y >= view.Y+view.H-1 && y < view.Y+view.H:
		m.pan(0, -2)
	}
}

// band is the rectangle between where a drag began and where it is, on the screen.
func (d *drag) band() cell.Rect {
	x, y := min(d.fromX, d.x), min(d.fromY, d.y)
	return cell.Rect{X: x, Y: y, W: max(d.fromX, d.x) - x + 1, H: max(d.fromY, d.y) - y + 1}
}

// markWithin marks what a rectangle of the screen touches, besides what was marked before.
func (m *Model) markWithin(r cell.Rect, before map[string]bool) {
	view := m.screen().canvas
	r.X, r.Y = r.X-view.X-m.panX, r.Y-view.Y-m.panY
	marked := maps.Clone(before)
	if marked == nil {
		marked = map[string]bool{}
	}
	for _, a := range m.campaign().Activities {
		if box, ok := m.scene.Box(a.ID); ok {
			if both := box.Intersect(r); both.W > 0 && both.H > 0 {
				marked[m.scene.Shown(a.ID)] = true
			}
		}
	}
	m.marked = marked
}

// drop ends a drag. One that has not moved is a click.
func (m *Model) drop(x, y int) tea.Cmd {
	m.dragTo(x, y) // motion that came too fast to be seen
	d := m.drag
	m.drag = nil
	if !d.moved {
		return m.clicked(d)
	}
	if m.session != nil {
		return nil
	}
	onto := m.under(x, y).target
	r, transition := onto.Ref()
	switch d.what {
	case aCard:
		if transition {
			m.selected = d.target
			m.moveTo(m.chosen(), r)
		}
	case anEnd:
		if from, ok := d.target.Ref(); ok && onto.Activity != "" && onto.Activity != from.Activity {
			m.connectTo(from, onto.Activity)
		}
	case aNewOne:
		if transition {
			m.pop()
			m.insert(d.kind, &r)
		}
	}
	return nil
}

// clicked does what a click on a target of the canvas means, once the button is released.
func (m *Model) clicked(d *drag) tea.Cmd {
	if d.what == aNewOne {
		at := m.top().(*menu).at
		m.pop()
		m.insert(d.kind, at)
		return nil
	}
	if m.session != nil || d.target.Activity == "" {
		return nil
	}
	if _, transition := d.target.Ref(); transition {
		if m.onMark(d.target, d.fromX, d.fromY) || d.again {
			return m.giveNamed("insert")
		}
		return nil
	}
	if d.again {
		return m.giveNamed("edit")
	}
	return nil
}

// saysDrag tells what letting go here would do, for the line below the canvas.
func (m *Model) saysDrag() (text string, ok bool) {
	d := m.drag
	onto := m.under(d.x, d.y).target
	r, transition := onto.Ref()
	c := m.history.Now()
	switch {
	case d.what == aBand:
		return narrate.Counted(len(m.marked), "activity", "activities") + " marked", true
	case d.what == theCanvas:
		return "", true
	case d.what == anEnd && onto.Activity == "":
		return "drop it on the activity that it is to lead to", true
	case d.what == anEnd:
		from, _ := d.target.Ref()
		a, _ := c.Activity(onto.Activity)
		if err := c.CanConnect(from, onto.Activity); err != nil {
			return err.Error(), false
		}
		return "leads to " + a.Label(), true
	case !transition:
		return "drop it on the transition where it is to go", true
	case d.what == aNewOne:
		if why := m.cantInsert(d.kind, &r); why != "" {
			return why, false
		}
	case d.what == aCard:
		if err := c.CanMove(m.chosen(), r); err != nil {
			return err.Error(), false
		}
	}
	return "goes behind " + c.BranchTitle(r), true
}

// drawDrag draws what is dragged beside the pointer, and the rectangle of a band.
func (m *Model) drawDrag(a cell.Area) {
	d, l := m.drag, m.look
	if d == nil || !d.moved || d.what == aClick || d.what == theCanvas {
		return
	}
	text, ok := m.saysDrag()
	if d.what == aBand {
		r := d.band()
		style := cell.Style{Fg: l.Accent, Bg: cell.Keep}
		for x := r.X; x < r.X+r.W; x++ {
			a.Set(x, r.Y, '╌', style)
			a.Set(x, r.Y+r.H-1, '╌', style)
		}
		for y := r.Y; y < r.Y+r.H; y++ {
			a.Set(r.X, y, '╎', style)
			a.Set(r.X+r.W-1, y, '╎', style)
		}
		a.Text(min(d.x+2, m.w-cell.Width(text)-2), d.y, " "+text+" ", l.Button())
		return
	}
	name := ""
	switch d.what {
	case aCard:
		name = m.chosenName()
	case aNewOne:
		name = d.kind.Title
	case anEnd:
		name = "⊕"
	}
	style := l.Button()
	if !ok {
		style = l.Filled(l.OnStatus, l.Danger)
	}
	x := min(d.x+2, max(0, m.w-cell.Width(name)-cell.Width(text)-6))
	x = a.Text(x, d.y, " "+name+" ", style)
	a.Text(x, d.y, " "+text+" ", cell.Style{Fg: l.Text, Bg: l.Raised})
}
