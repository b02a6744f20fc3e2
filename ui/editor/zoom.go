package editor

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
)

// zoomNames are how much of its size a card keeps, as the toolbar says it.
var zoomNames = [canvas.Zooms]string{"100%", "50%", "10%"}

// setZoom shows the flow nearer or from further away; what is selected stays in the middle.
func (m *Model) setZoom(z canvas.Zoom) {
	z = max(canvas.Full, min(z, canvas.Dot))
	m.zoomed = &z
	m.relayout()
	m.overview()
}

// cycleZoom goes to the next level, and from the last one to the first.
func (m *Model) cycleZoom() { m.setZoom((m.zoom() + 1) % canvas.Zooms) }

// fitAll shows the whole flow at the nearest level of zoom at which it fits.
func (m *Model) fitAll() {
	view := m.screen().canvas
	for z := canvas.Full; z <= canvas.Dot; z++ {
		m.zoomed = &z
		m.relayout()
		if m.scene.W <= view.W && m.scene.H <= view.H {
			break
		}
	}
	m.overview()
}

// fold folds the branch behind the selected activity into its card, or unfolds it again.
func (m *Model) fold() {
	id := m.scene.Shown(m.selected.Activity)
	folded := map[string]bool{}
	for k := range m.folded {
		folded[k] = true
	}
	if folded[id] {
		delete(folded, id)
	} else {
		folded[id] = true
	}
	m.folded = folded
	m.selected = canvas.Target{Activity: id}
	m.relayout()
}

// cantFold says why nothing can be folded at the selection.
func cantFold(m *Model) string {
	if why := nothingSelected(m); why != "" {
		return why
	}
	if id := m.scene.Shown(m.selected.Activity); m.folded[id] || len(m.campaign().Graph().Branch(id)) > 1 {
		return ""
	}
	return "nothing follows it that others don’t lead to as well"
}

// unfoldTo unfolds what hides an activity.
func (m *Model) unfoldTo(id string) {
	for range len(m.folded) {
		shown := m.scene.Shown(id)
		if shown == id {
			return
		}
		m.selected.Activity = shown
		m.fold()
	}
}

// showsMap reports whether the minimap is on the screen: it is wanted, and there is more than the view can show.
func (m *Model) showsMap(s areas) bool {
	view := s.canvas
	return !m.mapless && m.w >= wide && view.H >= 16 && len(m.dialogs) == 0 && (m.scene.W > view.W || m.scene.H > view.H)
}

// mapRect is where the minimap lies: below on the left, or on the right when that would hide the selection.
func (m *Model) mapRect(s areas) cell.Rect {
	w, h := m.scene.MapSize()
	r := cell.Rect{X: 2, Y: s.canvas.H - h - 1, W: w, H: h}
	if box, ok := m.placeOf(m.selected); ok {
		box.X, box.Y = box.X+m.panX, box.Y+m.panY
		if over := box.Intersect(cell.Rect{X: r.X, Y: r.Y, W: r.W + 2, H: r.H + 1}); over.W > 0 && over.H > 0 {
			r.X = s.canvas.W - w - 2
		}
	}
	return r
}

func (m *Model) drawMap(a cell.Area, s areas, v canvas.View) {
	if !m.showsMap(s) {
		return
	}
	r := m.mapRect(s)
	view := cell.Rect{X: -m.panX, Y: -m.panY, W: s.canvas.W, H: s.canvas.H}
	own := a.Own(m.own(hit{at: func(m *Model, x, y int) tea.Cmd {
		px, py := m.scene.MapPoint(x-s.canvas.X-r.X, y-s.canvas.Y-r.Y)
		m.panX, m.panY = s.canvas.W/2-px, s.canvas.H/2-py
		return nil
	}}))
	m.scene.DrawMap(own.Sub(r), m.look, v, view)
}

// drawToolbar draws what the canvas can be told by mouse: direction, zoom, fit, map.
func (m *Model) drawToolbar(a cell.Area, s areas) {
	if m.w < wide || s.canvas.H < 12 || len(m.dialogs) > 0 {
		return
	}
	l := m.look
	base := cell.Style{Fg: l.Muted, Bg: l.Raised}
	strong, on := cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}, cell.Style{Fg: l.Accent, Bg: l.Raised, Attr: cell.Bold}
	lit := func(yes bool, s cell.Style) cell.Style {
		if yes {
			return s
		}
		return base
	}
	zoom := func(by canvas.Zoom) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd { m.setZoom(m.zoom() + by); return nil }
	}
	turn := func(down bool) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd {
			if m.topDown() != down {
				m.turn()
			}
			return nil
		}
	}
	command := func(name string) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd { return m.giveNamed(name) }
	}
	buttons := []struct {
		text  string
		style cell.Style
		click func(*Model) tea.Cmd
	}{
		{" →", lit(!m.topDown(), strong), turn(false)}, {" ↓  ", lit(m.topDown(), strong), turn(true)},
		{" − ", lit(m.zoom() < canvas.Dot, strong), zoom(1)}, {fmt.Sprintf("%4s", zoomNames[m.zoom()]), base, command("zoom")}, {" +  ", lit(m.zoom() > canvas.Full, strong), zoom(-1)},
		{" ⊡ fit  ", base, command("fit")}, {" ▦ map ", lit(!m.mapless, on), command("map")},
	}
	w := 0
	for _, b := range buttons {
		w += cell.Width(b.text)
	}
	x := s.canvas.W - w - 2
	for _, b := range buttons {
		x = a.Own(m.clickable(b.click)).Text(x, 1, b.text, b.style)
	}
}
