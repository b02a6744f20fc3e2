package canvas

import (
	"math"
	"time"

	"rendezvous/engine/flow"
	"rendezvous/ui/cell"
)

// Speeds and sizes of what moves.
const (
	markSpeed   = 30.0 // cells a second along a band
	markSpacing = 22   // cells between two marks
	markLength  = 5    // cells
	glowRadius  = 5.0  // rows
)

// band draws a transition that has carried people as a band with the count written on it.
func (d *drawing) band(a cell.Area, r route, t flow.Transition) {
	l, run := d.look, d.view.Run
	w := d.weight(t.Count)
	path := r.path
	grown := len(path)
	if g := run.Grown(r.ref); g < 1 {
		grown = int(g * float64(len(path)))
	}
	if l.Colourless {
		d.plainBand(a, path, w)
	} else {
		paintBand(a, d.scene.bandOf(d.scene.byRef[r.ref], w), grown, d.light(len(path)), func(x, y int) bool { return d.covered(r, x, y) }, l.Outlined)
	}
	if grown < len(path) {
		return
	}
	d.dock(a, r, w)
	end := d.end(r)
	tip := '›'
	if d.scene.Options.TopDown {
		tip = '▾'
	}
	style := cell.Style{Fg: l.FlowText, Bg: cell.Keep, Attr: cell.Bold}
	a.Set(end.x, end.y, tip, style)
	if r.chip.W < 3 {
		return
	}
	count, label := d.chipText(r, t)
	ground := cell.Style{Fg: l.FlowText, Bg: l.Flow}
	if l.Colourless {
		ground = cell.Style{}
	}
	d.writeChip(a, r, count, label, ground)
}

// dock leads a band that runs down to the cards at both of its ends, across the half rows at their edges.
func (d *drawing) dock(a cell.Area, r route, w weight) {
	if !d.scene.Options.TopDown || d.look.Outlined {
		return
	}
	first, last := r.path[0].y, d.end(r).y
	for _, c := range d.scene.bandOf(d.scene.byRef[r.ref], w) {
		if above := a.At(c.x, c.y-1); c.y == first && above.Rune == '▄' {
			a.Restyle(c.x, c.y-1, cell.Style{Fg: d.look.Flow, Bg: cell.Keep})
		}
		if below := a.At(c.x, c.y+1); c.y == last && below.Rune == '▄' && r.to >= 0 {
			a.Restyle(c.x, c.y+1, cell.Style{Fg: cell.Keep, Bg: d.look.Flow})
		}
	}
}

// plainBand draws a band's weight without colour.
func (d *drawing) plainBand(a cell.Area, path []step, w weight) {
	switch w {
	case some:
		line(a, path, double, cell.Style{})
	default:
		char := map[weight]rune{many: '▒', most: '█'}[w]
		for _, c := range path {
			a.Set(c.x, c.y, char, cell.Style{})
		}
	}
}

// covered reports whether a card lies over a cell, so that a band must not be painted there. Cards that are raised reach
// one row further.
func (d *drawing) covered(r route, x, y int) bool {
	for _, i := range []int{r.from, r.to} {
		if i < 0 {
			continue
		}
		if d.scene.cards[i].box.Contains(x, y) {
			return true
		}
	}
	return false
}

// light returns the colour of a band's cells: that of the flow, brighter where a mark travels.
func (d *drawing) light(length int) func(along int) cell.Color {
	l, run := d.look, d.view.Run
	if !run.Moving || l.Still || l.Outlined {
		return func(int) cell.Color { return l.Flow }
	}
	spacing := max(markSpacing, length)
	head := math.Mod(run.Clock.Seconds()*markSpeed, float64(spacing))
	return func(along int) cell.Color {
		behind := math.Mod(head-float64(along)+float64(spacing), float64(spacing))
		if behind >= markLength {
			return l.Flow
		}
		// Sixteen steps of brightness are as many as can be told apart.
		step := math.Round(0.9 * math.Pow(1-behind/markLength, 1.4) * 16)
		return cell.Mix(l.FlowMark, l.Flow, step/16)
	}
}

// mote is the mark that travels on a line that is no band.
func (d *drawing) mote(a cell.Area, r route) {
	run := d.view.Run
	if !run.Moving || d.look.Still || len(r.path) < 3 {
		return
	}
	at := int(run.Clock.Seconds()*markSpeed) % max(markSpacing, len(r.path))
	if at < len(r.path)-1 {
		a.Set(r.path[at].x, r.path[at].y, '•', cell.Style{Fg: d.look.FlowMark, Bg: cell.Keep, Attr: cell.Bold})
	}
}

// glow lights the surroundings of a join that has just fired. Half rows double its resolution.
func (d *drawing) glow(i int) {
	k := d.scene.cards[i]
	if d.view.Run == nil || d.look.Outlined || d.look.Still || d.view.Run.State.Activity(k.activity.ID).Phase != flow.Done {
		return
	}
	since := d.view.Run.Fired(k.activity.ID)
	if since >= FireTime {
		return
	}
	radius, strength := glowAt(since)
	reach := int(radius) + 1
	halo := cell.Rect{X: k.box.X - 2*reach, Y: k.box.Y - 1 - reach, W: k.box.W + 4*reach, H: k.box.H + 2 + 2*reach}
	v := d.area.Visible().Intersect(halo)
	for y := v.Y; y < v.Y+v.H; y++ {
		for x := v.X; x < v.X+v.W; x++ {
			d.glowCell(k.box, x, y, radius, strength)
		}
	}
	d.sparks(k.box, since)
}

// glowAt is how far a glow reaches, in rows, and how strong it is: it grows for 300 ms and fades from 500 ms on.
func glowAt(since time.Duration) (radius, strength float64) {
	t := since.Seconds()
	radius = 1 + (glowRadius-1)*min(1, t/0.3)
	strength = 0.75
	if t > 0.5 {
		strength *= max(0, 1-(t-0.5)/0.7)
	}
	return radius, strength
}

func (d *drawing) glowCell(box cell.Rect, x, y int, radius, strength float64) {
	upper := glowStrength(box, x, 2*y, radius) * strength
	lower := glowStrength(box, x, 2*y+1, radius) * strength
	if upper == 0 && lower == 0 {
		return
	}
	c := d.area.At(x, y)
	mix := func(over cell.Color, t float64) cell.Color {
		return cell.Mix(d.look.Glow, over, math.Round(t*16)/16)
	}
	if c.Rune == ' ' || c.Rune == '·' {
		d.area.Own(c.Owner).Set(x, y, '▄', cell.Style{Fg: mix(c.Style.Bg, lower), Bg: mix(c.Style.Bg, upper)})
		return
	}
	style := c.Style
	style.Bg = mix(style.Bg, (upper+lower)/2)
	if c.Rune == '▄' {
		style.Fg, style.Bg = mix(c.Style.Fg, lower), mix(c.Style.Bg, upper)
	}
	d.area.Restyle(x, y, style)
}

// glowStrength falls off with the distance from the card, in half rows; a column counts as half a row. On the card itself
// there is no glow.
func glowStrength(box cell.Rect, x, halfRow int, radius float64) float64 {
	dx := float64(max(box.X-x, x-(box.X+box.W-1), 0)) / 2
	dy := float64(max(2*box.Y-halfRow, halfRow-(2*(box.Y+box.H)-1), 0)) / 2
	if dx == 0 && dy == 0 {
		return 0
	}
	return max(0, 1-(math.Hypot(dx, dy)-0.5)/radius)
}

// sparks fly outwards from a firing join.
func (d *drawing) sparks(box cell.Rect, since time.Duration) {
	t := since.Seconds()
	if t > 0.8 {
		return
	}
	chars := []rune{'✦', '✧', '·'}
	for i := range 12 {
		angle := float64(i)*2.399963 + 0.4 // the golden angle spreads them evenly
		reach := 1.5 + 6*math.Sqrt(t)*(0.6+0.4*math.Sin(float64(i*7)))
		x := box.X + box.W/2 + int((float64(box.W)/2+2*reach)*math.Cos(angle))
		y := box.Y + box.H/2 + int((float64(box.H)/2+reach/2)*math.Sin(angle))
		under := d.area.At(x, y)
		if r := under.Rune; box.Contains(x, y) || r != '▄' && r != ' ' && r != '·' {
			continue
		}
		ground := under.Style.Bg
		d.area.Own(under.Owner).Set(x, y, chars[min(2, int(t*3.5)+i%2)], cell.Style{Fg: d.look.FlowMark, Bg: ground})
	}
}
