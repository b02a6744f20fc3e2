package canvas

import (
	"rendezvous/engine/flow"
	"rendezvous/ui/cell"
	"rendezvous/ui/look"
)

// Sizes of the minimap.
const (
	leastMapW, leastMapH = 24, 5
	mostMapW, mostMapH   = 32, 9
	mapPad               = 1
)

// MapSize returns the size of the scene's minimap: larger for larger scenes.
func (s *Scene) MapSize() (w, h int) {
	return max(leastMapW, min(s.W/12, mostMapW)), max(leastMapH, min(s.H/10+2, mostMapH))
}

// MapPoint returns the point of the scene that a cell of the minimap stands for.
func (s *Scene) MapPoint(x, y int) (int, int) {
	w, h := s.MapSize()
	return (x - mapPad) * s.W / (w - 2*mapPad), y * s.H / h
}

// mapCell is the cell of the minimap that stands for a point.
func (s *Scene) mapCell(x, y int) (int, int) {
	w, h := s.MapSize()
	return mapPad + x*(w-2*mapPad)/max(1, s.W), min(h-1, y*h/max(1, s.H))
}

// DrawMap draws the whole scene small: each activity in its category's colour, or in a run in that of its state, and what
// of it is in view.
func (s *Scene) DrawMap(a cell.Area, l *look.Look, v View, view cell.Rect) {
	w, h := s.MapSize()
	a.Fill(cell.Rect{W: w, H: h}, ' ', cell.Style{Fg: l.Muted, Bg: l.Raised})
	x1, y1 := s.mapCell(max(0, view.X), max(0, view.Y))
	x2, y2 := s.mapCell(min(s.W, view.X+view.W), min(s.H, view.Y+view.H))
	if view.X+view.W >= s.W {
		x2 = w
	}
	if view.X <= 0 {
		x1 = 0
	}
	window := cell.Rect{X: x1, Y: y1, W: x2 - x1, H: y2 - y1 + 1}
	if l.Outlined {
		a.Fill(window, '·', cell.Style{Fg: l.Faint, Bg: l.Raised})
	} else {
		a.Tint(window, l.Viewport())
	}
	d := &drawing{scene: s, area: a, look: l, view: v}
	for _, k := range s.cards {
		x, y := s.mapCell(k.box.X+k.box.W/2, k.box.Y+k.box.H/2)
		color, char := l.Category(k.activity.Kind.Category), '━'
		if v.Run != nil {
			color = d.mapColor(k)
		}
		if v.Selected.Activity == k.activity.ID {
			color = l.Accent
		}
		for i := range 2 {
			a.Set(x+i-1, y, char, cell.Style{Fg: color, Bg: cell.Keep, Attr: cell.Bold})
		}
	}
}

// mapColor is the colour of an activity's state.
func (d *drawing) mapColor(k card) cell.Color {
	l := d.look
	switch d.view.Run.State.Activity(k.activity.ID).Phase {
	case flow.Waiting:
		return l.Waiting
	case flow.Active:
		return l.Accent
	case flow.Done:
		return l.Success
	case flow.Broken, flow.Blocked:
		return l.Danger
	}
	return l.Track
}
