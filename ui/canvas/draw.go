package canvas

import (
	"fmt"

	"rendezvous/engine/flow"
	"rendezvous/ui/cell"
	"rendezvous/ui/look"
)

// Draw draws the scene into an area whose coordinates are those of the scene; shifting the area pans. Each target is
// given the owner that own returns for it.
func (s *Scene) Draw(a cell.Area, l *look.Look, v View, own func(Target) int32) {
	d := &drawing{scene: s, area: a, look: l, view: v, own: own}
	d.dots()
	for i := range s.routes {
		d.route(i)
	}
	for i := range s.cards {
		d.card(i)
	}
	for i := range s.routes {
		d.over(i)
	}
	for i := range s.cards {
		d.glow(i)
	}
	d.letters()
}

// A drawing is one picture being drawn.
type drawing struct {
	scene *Scene
	area  cell.Area
	look  *look.Look
	view  View
	own   func(Target) int32
}

// dots are on the ground everywhere, and move with it.
func (d *drawing) dots() {
	v := d.area.Visible()
	d.area.Fill(v, ' ', cell.Style{Fg: d.look.Text, Bg: d.look.Canvas})
	if d.look.Outlined {
		return
	}
	for y := v.Y + mod(-v.Y, 3); y < v.Y+v.H; y += 3 {
		for x := v.X + mod(3-v.X, 6); x < v.X+v.W; x += 6 {
			d.area.Set(x, y, '·', cell.Style{Fg: d.look.Dot, Bg: d.look.Canvas})
		}
	}
}

func mod(n, m int) int { return (n%m + m) % m }

// visible reports whether any of a route can be seen.
func (d *drawing) visible(r route) bool {
	b := bounds(r.path)
	return d.area.Sees(cell.Rect{X: b.X - 2, Y: b.Y - 2, W: b.W + 4, H: b.H + 4}) || d.area.Sees(r.chip) || r.to < 0 && d.area.Sees(r.slot)
}

// transition returns where a transition stands; outside of a run, nowhere.
func (d *drawing) transition(r route) flow.Transition {
	if d.view.Run == nil {
		return flow.Transition{}
	}
	return d.view.Run.State.Transition(r.ref)
}

// weight is how wide a transition is drawn once it has carried people.
func (d *drawing) weight(people int) weight {
	return weigh(people, d.view.Run.Largest, !d.look.Colourless && (d.look.Outlined || d.scene.thin()))
}

// route draws what lies under the cards: the line of a transition, and its open end.
func (d *drawing) route(i int) {
	r := d.scene.routes[i]
	if !d.visible(r) {
		return
	}
	l := d.look
	a := d.area.Own(d.own(TargetOf(r.ref)))
	p, color := hairline, l.Edge
	switch t := d.transition(r); {
	case t.Passage == flow.Passed:
		p, color = hairline, l.Success
		if w := d.weight(t.Count); w == few {
			p = heavy
		} else if w > few {
			p = pen{}
		}
	case t.Passage == flow.Closed:
		p, color = dashed, l.Track
	case d.view.Off[r.ref.Activity]:
		p, color = dashed, l.Track
	}
	if d.pointedAt(r) {
		color = l.Accent
	}
	if p != (pen{}) {
		line(a, r.path, p, cell.Style{Fg: color, Bg: cell.Keep})
	}
	switch t := d.transition(r); {
	case t.Passage == flow.Closed && !d.pointedAt(r):
		d.trace(a, r)
	case t.Passage == flow.Passed && p == hairline:
		d.mote(a, r)
	}
	if r.to < 0 {
		d.slot(a, r, color)
	}
}

func (d *drawing) pointedAt(r route) bool {
	t := TargetOf(r.ref)
	return d.view.Selected == t || d.view.Hover == t
}

// blocks reports whether a closed transition is on the chain that blocks some join.
func (d *drawing) blocks(r route) bool {
	_, _, ok := d.chain(r)
	return ok
}

// chain returns the join that a closed transition blocks, and how many transitions lie between.
func (d *drawing) chain(r route) (join string, between int, ok bool) {
	state := d.view.Run.State
	for at, n := r, 0; at.to >= 0 && n <= len(d.scene.routes); n++ {
		next := d.scene.cards[at.to].activity
		if state.Activity(next.ID).Phase == flow.Blocked {
			return next.ID, n, true
		}
		outputs := next.Refs()
		if len(outputs) != 1 {
			return "", 0, false
		}
		i, ok := d.scene.byRef[outputs[0]]
		if !ok {
			return "", 0, false
		}
		at = d.scene.routes[i]
	}
	return "", 0, false
}

// traceHops is over how many transitions a chain of causes is traced back at once.
const traceHops = 4

// trace draws the part of a blocking transition that has been traced back from the join so far.
func (d *drawing) trace(a cell.Area, r route) {
	join, between, ok := d.chain(r)
	if !ok {
		return
	}
	part := max(0, min(1, d.view.Run.Traced(join)*traceHops-float64(min(between, traceHops-1))))
	line(a, r.path[len(r.path)-int(part*float64(len(r.path))):], dashed, cell.Style{Fg: d.look.Danger, Bg: cell.Keep})
}

// slot draws an open end: a dashed box to insert into.
func (d *drawing) slot(a cell.Area, r route, color cell.Color) {
	box, s := r.slot, cell.Style{Fg: color, Bg: cell.Keep}
	if box.H < slotRows {
		d.smallSlot(a, r, s)
		return
	}
	for x := box.X + 1; x < box.X+box.W-1; x++ {
		a.Set(x, box.Y, '╌', s)
		a.Set(x, box.Y+2, '╌', s)
	}
	a.Set(box.X, box.Y, '╭', s)
	a.Set(box.X+box.W-1, box.Y, '╮', s)
	a.Set(box.X, box.Y+2, '╰', s)
	a.Set(box.X+box.W-1, box.Y+2, '╯', s)
	a.Set(box.X, box.Y+1, '╎', s)
	a.Set(box.X+box.W-1, box.Y+1, '╎', s)
	if d.view.Run != nil {
		return
	}
	mark := cell.Style{Fg: d.look.Text, Bg: cell.Keep, Attr: cell.Bold}
	if d.pointedAt(r) {
		mark = d.look.Slot()
		if d.look.Outlined {
			mark.Attr |= cell.Reverse
		}
	}
	a.Text(box.X+1, box.Y+1, " ⊕ ", mark)
}

// slotRows is how many rows the box of an open end takes.
const slotRows = 3

// smallSlot draws an open end where there is no room for a box.
func (d *drawing) smallSlot(a cell.Area, r route, s cell.Style) {
	mark := s.With(cell.Bold)
	if d.view.Run == nil && !d.pointedAt(r) {
		mark.Fg = d.look.Text
	} else if d.pointedAt(r) && d.look.Outlined {
		mark = mark.With(cell.Reverse)
	}
	if d.scene.Options.TopDown {
		a.Set(r.slot.X+r.slot.W/2, r.slot.Y, '⊕', mark)
		return
	}
	a.Set(r.slot.X, r.slot.Y, '╌', s)
	a.Set(r.slot.X+1, r.slot.Y, '⊕', mark)
}

// letters draws the letters of a jump on what they lead to.
func (d *drawing) letters() {
	if len(d.view.Letters) == 0 {
		return
	}
	style := d.look.Filled(d.look.OnWaiting, d.look.WaitingFill)
	for i, k := range d.scene.cards {
		if text, ok := d.view.Letters[Target{Activity: k.activity.ID}]; ok {
			a := d.area.Own(d.own(Target{Activity: d.scene.cards[i].activity.ID}))
			a.Text(k.box.X+1, k.box.Y+min(1, k.box.H-1), " "+text+" ", style)
		}
	}
	for _, r := range d.scene.routes {
		if text, ok := d.view.Letters[TargetOf(r.ref)]; ok {
			place, _ := d.scene.Place(r.ref)
			a := d.area.Own(d.own(TargetOf(r.ref)))
			a.Text(place.X+place.W/2-1, place.Y+place.H/2, " "+text+" ", style)
		}
	}
}

// over draws what lies over the cards: bands, chips, insertion marks, arrows.
func (d *drawing) over(i int) {
	r := d.scene.routes[i]
	if !d.visible(r) || len(r.path) == 0 {
		return
	}
	a := d.area.Own(d.own(TargetOf(r.ref)))
	t := d.transition(r)
	if t.Passage == flow.Passed && d.weight(t.Count) > few {
		d.band(a, r, t)
		return
	}
	d.tab(a, r)
	d.chip(a, r, t)
	if d.view.Run == nil && r.to >= 0 && d.scene.sizes.lines > 0 {
		mark := cell.Style{Fg: d.look.Text, Bg: cell.Keep, Attr: cell.Bold}
		if d.pointedAt(r) {
			mark.Fg = d.look.Accent
		}
		a.Set(r.insert.X, r.insert.Y, '⊕', mark)
	}
	d.arrow(a, r, t)
}

func (d *drawing) end(r route) step { return r.path[len(r.path)-1] }

// arrow draws the end of a transition.
func (d *drawing) arrow(a cell.Area, r route, t flow.Transition) {
	at, color := d.end(r), d.look.Edge
	switch {
	case d.pointedAt(r):
		color = d.look.Accent
	case t.Passage == flow.Passed:
		color = d.look.Success
	case t.Passage == flow.Closed && d.blocks(r):
		color = d.look.Danger
	}
	s := cell.Style{Fg: color, Bg: cell.Keep}
	if !d.scene.Options.TopDown {
		a.Set(at.x, at.y, '▶', s)
		return
	}
	if r.to >= 0 && !d.look.Outlined && a.At(at.x, at.y+1).Rune == '▄' { // the arrow takes the cell of the card's upper edge
		a.Set(at.x, at.y+1, '▼', cell.Style{Fg: color, Bg: d.look.Canvas})
		return
	}
	a.Set(at.x, at.y, '▼', s)
}

// tab joins a transition to the lower edge of a card that lies above it.
func (d *drawing) tab(a cell.Area, r route) {
	if !d.scene.Options.TopDown || d.look.Outlined {
		return
	}
	first := r.path[0]
	under := a.At(first.x, first.y-1)
	switch edge := (cell.Style{Fg: d.look.Edge, Bg: under.Style.Bg}); {
	case under.Rune == '▄':
		a.Set(first.x, first.y-1, '│', edge)
	case a.At(first.x, first.y).Rune == '▔': // the outline of a raised card
		a.Set(first.x, first.y, '│', edge.On(cell.Keep))
	}
}

// chip draws the label of a transition, with the count when it has carried people.
func (d *drawing) chip(a cell.Area, r route, t flow.Transition) {
	if r.chip.W < 3 || d.view.Run != nil && t.Passage == flow.Open {
		return
	}
	l := d.look
	style := cell.Style{Fg: l.Muted, Bg: l.Raised}
	count, label := d.chipText(r, t)
	switch {
	case t.Passage == flow.Passed:
		style.Fg = l.Success
	case t.Passage == flow.Closed:
		if !d.ownReason(t) {
			return
		}
		count, label = "⊘ 0", ""
		if cell.Width(r.output.Label) <= r.chip.W-6 {
			label = r.output.Label
		}
		if style.Fg = l.Muted; d.blocks(r) {
			style = l.ClosedChip()
		}
	case d.pointedAt(r):
		style = l.PointedChip()
	}
	d.writeChip(a, r, count, label, style)
}

// chipText is what the chip of a transition says; when one points at it in a run, its share of those who came in.
func (d *drawing) chipText(r route, t flow.Transition) (count, label string) {
	count, label = chipText(r, t.Count, t.Passage == flow.Passed)
	if t.Passage != flow.Passed || !d.pointedAt(r) {
		return count, label
	}
	in := d.view.Run.State.Activity(r.ref.Activity).In
	if in == 0 {
		return count, label
	}
	share := fmt.Sprintf("%.0f %%", 100*float64(t.Count)/float64(in))
	if room := r.chip.W - 2; cell.Width(count)+1+cell.Width(share) > room {
		return share, ""
	}
	return count, share
}

// ownReason reports whether a transition was closed where it begins, and not by what lies before.
func (d *drawing) ownReason(t flow.Transition) bool {
	return t.Reason == flow.ReasonEmpty || t.Reason == flow.ReasonNotChosen || t.Reason == flow.ReasonErrorIgnored
}

func (d *drawing) writeChip(a cell.Area, r route, count, label string, style cell.Style) {
	if count+label == "" {
		return
	}
	text := count
	if label != "" && count != "" {
		text += " "
	}
	w := cell.Width(text) + cell.Width(label) + 2
	x := r.chip.X
	if d.scene.Options.TopDown {
		x += (r.chip.W - w) / 2
	}
	x = a.Text(x, r.chip.Y, " ", style)
	x = a.Text(x, r.chip.Y, text, style.With(cell.Bold))
	x = a.Text(x, r.chip.Y, label, style)
	a.Text(x, r.chip.Y, " ", style)
}
