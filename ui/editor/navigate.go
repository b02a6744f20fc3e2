package editor

import (
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
)

// topDown reports how the flow is laid out: as the person chose, or from top to bottom on narrow screens.
func (m *Model) topDown() bool {
	if m.turned != nil {
		return *m.turned
	}
	return m.w < 100
}

// zoom is how much cards say: as the person chose, or what the screen has room for.
func (m *Model) zoom() canvas.Zoom {
	switch {
	case m.zoomed != nil:
		return *m.zoomed
	case m.w < wide || m.h < 28:
		return canvas.Compact
	}
	return canvas.Full
}

func (m *Model) turn() {
	turned := !m.topDown()
	m.turned = &turned
	m.relayout()
	m.overview()
}

// overview shows the whole scene where it fits, and the selection in the middle where it does not.
func (m *Model) overview() {
	view := m.screen().canvas
	if m.scene.W <= view.W && m.scene.H <= view.H {
		m.middle()
		return
	}
	m.centre()
	m.settle()
}

// relayout lays the campaign out again and keeps the selection where it is on the screen.
func (m *Model) relayout() {
	m.show(m.arrange(m.arranged()))
}

// show replaces the scene; the selection keeps its place on the screen.
func (m *Model) show(scene *canvas.Scene) {
	before, had := m.placeOf(m.selected)
	m.scene = scene
	now, has := m.placeOf(m.selected)
	if had && has {
		m.panX += before.X + before.W/2 - now.X - now.W/2
		m.panY += before.Y + before.H/2 - now.Y - now.H/2
	}
	if !m.seen(m.selected) {
		m.reveal()
	}
}

// seen reports whether a target lies on the screen as a whole.
func (m *Model) seen(t canvas.Target) bool {
	box, ok := m.placeOf(t)
	view := m.screen().canvas
	box.X, box.Y = box.X+m.panX, box.Y+m.panY
	return ok && box.Intersect(cell.Rect{W: view.W, H: view.H}) == box
}

// middle brings the scene as a whole to the middle of the canvas; where it is too large, its beginning.
func (m *Model) middle() {
	view := m.screen().canvas
	m.panX, m.panY = max(0, (view.W-m.scene.W)/2), (view.H-m.scene.H)/2
	if m.topDown() {
		m.panX, m.panY = (view.W-m.scene.W)/2, max(0, (view.H-m.scene.H)/2)
	}
	m.reveal()
}

// placeOf returns where a target lies in the scene.
func (m *Model) placeOf(t canvas.Target) (cell.Rect, bool) {
	if m.scene == nil {
		return cell.Rect{}, false
	}
	if r, ok := t.Ref(); ok {
		return m.scene.Place(r)
	}
	return m.scene.Box(t.Activity)
}

// choose selects a target and brings it into view.
func (m *Model) choose(t canvas.Target) {
	if t != m.selected {
		m.form = form{}
	}
	m.selected = t
	m.reveal()
}

func (m *Model) selectFirst() {
	m.selected = canvas.Target{}
	if activities := m.campaign().Activities; len(activities) > 0 {
		m.selected.Activity = activities[0].ID
	}
	m.form = form{}
	m.reveal()
}

// reveal pans as little as it takes to show the selection.
func (m *Model) reveal() {
	if m.scene == nil {
		return
	}
	if box, ok := m.placeOf(m.selected); ok {
		m.bring(box)
		return
	}
	m.settle()
}

// settle pans so that none of the view is beyond the ends of the scene, or all of the scene in view.
func (m *Model) settle() {
	view := m.screen().canvas
	m.panX, m.panY = fit(m.panX, m.scene.W, view.W), fit(m.panY, m.scene.H, view.H)
}

// bring pans as little as it takes to show a rectangle of the scene, and something of what surrounds it.
func (m *Model) bring(box cell.Rect) {
	view := m.screen().canvas
	m.panX = within(m.panX, box.X, box.W, m.scene.W, view.W, 26)
	m.panY = within(m.panY, box.Y, box.H, m.scene.H, view.H, 4)
}

// fit pans a scene that is smaller than the view so that all of it is seen, and a larger one so that none of the view is
// beyond its ends.
func fit(pan, scene, view int) int {
	if scene <= view {
		return max(0, min(pan, view-scene))
	}
	return max(min(pan, 0), view-scene)
}

// within pans so that a stretch of the scene, and a margin round it, is in the view; where it is already, nothing moves.
func within(pan, at, size, scene, view, margin int) int {
	margin = max(0, min(margin, (view-size)/2))
	if scene <= view {
		margin = 0
	}
	to := max(min(pan, view-at-size-margin), margin-at)
	if to == pan {
		return pan
	}
	return fit(to, scene, view)
}

// centre brings the selection to the middle of the canvas.
func (m *Model) centre() {
	view := m.screen().canvas
	if box, ok := m.placeOf(m.selected); ok {
		m.panX, m.panY = view.W/2-box.X-box.W/2, view.H/2-box.Y-box.H/2
	}
}

// A side is where a move goes on the screen.
type side int

const (
	toLeft side = iota
	toRight
	toTop
	toBottom
)

// goTowards goes along the flow or to a sibling, whichever lies on that side.
func (m *Model) goTowards(s side) {
	if m.topDown() {
		s = (s + 2) % 4 // the flow goes down, siblings lie beside each other
	}
	switch s {
	case toLeft:
		m.goBack()
	case toRight:
		m.goOn()
	default:
		m.goAside(s == toBottom)
	}
}

// pan moves the canvas by columns and rows.
func (m *Model) pan(x, y int) {
	m.panX, m.panY = m.panX+x, m.panY+y
	if m.session != nil {
		m.session.free = true
	}
}

// goOn follows the flow: from an activity to its first transition, from a transition to the next activity.
func (m *Model) goOn() {
	if r, ok := m.selected.Ref(); ok {
		if next, ok := m.campaign().Follower(r); ok {
			m.choose(canvas.Target{Activity: next.ID})
		}
		return
	}
	a, _ := m.campaign().Activity(m.selected.Activity)
	if a.Kind != nil && len(a.Refs()) > 0 {
		m.choose(canvas.TargetOf(a.Refs()[0]))
	}
}

// goBack follows the flow backwards.
func (m *Model) goBack() {
	if r, ok := m.selected.Ref(); ok {
		m.choose(canvas.Target{Activity: r.Activity})
		return
	}
	a, ok := m.campaign().Activity(m.selected.Activity)
	if !ok {
		return
	}
	if in, ok := m.campaign().Inbound(a); ok {
		m.choose(canvas.TargetOf(in))
	}
}

// goAside goes to the nearest target of the same sort on one side: a sibling transition, an activity above or below.
func (m *Model) goAside(forward bool) {
	from, ok := m.placeOf(m.selected)
	if !ok {
		return
	}
	best, bestCost := canvas.Target{}, 1<<30
	for _, t := range m.targets() {
		to, ok := m.placeOf(t)
		if !ok || t == m.selected {
			continue
		}
		aside, along := to.Y+to.H/2-from.Y-from.H/2, to.X+to.W/2-from.X-from.W/2
		if m.topDown() {
			aside, along = along/2, aside*2
		}
		if !forward {
			aside = -aside
		}
		if aside <= 0 {
			continue
		}
		if cost := aside*4 + abs(along); cost < bestCost {
			best, bestCost = t, cost
		}
	}
	if best.Activity != "" {
		m.choose(best)
	}
}

// targets are all targets of the same sort as the selected one.
func (m *Model) targets() []canvas.Target {
	_, transition := m.selected.Ref()
	var targets []canvas.Target
	for _, a := range m.campaign().Activities {
		if !transition {
			targets = append(targets, canvas.Target{Activity: a.ID})
			continue
		}
		for _, r := range a.Refs() {
			targets = append(targets, canvas.TargetOf(r))
		}
	}
	return targets
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// located are the findings with an activity, in the order of the file, then the others.
func (m *Model) located() []check.Finding {
	var here, elsewhere []check.Finding
	for _, a := range m.campaign().Activities {
		for _, f := range m.findings {
			if f.Activity == a.ID && f.Severity != check.Note {
				here = append(here, f)
			}
		}
	}
	for _, f := range m.findings {
		if f.Activity == "" {
			elsewhere = append(elsewhere, f)
		}
	}
	return append(here, elsewhere...)
}

// openOthers names the open ends besides one, for the foot of the insert menu.
func openOthers(c model.Campaign, r *model.Ref) []string {
	var names []string
	for _, a := range c.Activities {
		for _, other := range a.Refs() {
			if _, followed := c.Follower(other); !followed && (r == nil || other != *r) {
				names = append(names, c.BranchTitle(other))
			}
		}
	}
	return names
}
