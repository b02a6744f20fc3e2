package layout

import (
	"fmt"
	"strings"
)

// picture is a drawing painted as text: the proof that a reader can see in it what
// was meant.
type picture struct {
	w, h  int
	opt   Options
	cells []rune
}

// Sides of a cell that a line leaves it by.
const (
	up = 1 << iota
	right
	down
	left
)

var glyphs = map[byte]rune{
	left | right: '─', up | down: '│', left | right | up | down: '┼',
	down | right: '╭', down | left: '╮', up | right: '╰', up | left: '╯',
	// Only where edges share a port.
	up | down | right: '├', up | down | left: '┤', left | right | down: '┬', left | right | up: '┴',
}

// chipRune stands for the chip of edge i in a picture without texts.
func chipRune(i int) rune { return 0xE000 + rune(i) }

// paint paints a drawing and complains about everything that is painted twice.
// Names are the texts of boxes and chips; nil leaves boxes empty and fills chips
// with their edge's number.
func paint(d Drawing, opt Options, names, chips []string) (*picture, error) {
	p := &picture{w: d.W, h: d.H, opt: opt, cells: []rune(strings.Repeat(" ", d.W*d.H))}
	for i, r := range d.Nodes {
		if err := p.box(r); err != nil {
			return p, fmt.Errorf("box %d: %w", i, err)
		}
		if names != nil && r.H > 2 && r.W > 2 {
			p.text(r.X+1, r.Y+1, r.W-2, names[i])
		}
	}
	for i, e := range d.Edges {
		for x := range e.Label.W {
			if err := p.put(e.Label.X+x, e.Label.Y, chipRune(i)); err != nil {
				return p, fmt.Errorf("chip %d: %w", i, err)
			}
		}
	}
	if err := p.lines(d); err != nil {
		return p, err
	}
	for i, e := range d.Edges {
		if chips != nil {
			p.text(e.Label.X, e.Label.Y, e.Label.W, chips[i])
		}
	}
	return p, nil
}

func (p *picture) put(x, y int, r rune) error {
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return fmt.Errorf("%d,%d is outside the drawing of %d×%d", x, y, p.w, p.h)
	}
	if c := &p.cells[y*p.w+x]; *c != ' ' {
		return fmt.Errorf("%d,%d is taken by %q", x, y, *c)
	}
	p.cells[y*p.w+x] = r
	return nil
}

func (p *picture) at(x, y int) rune {
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return ' '
	}
	return p.cells[y*p.w+x]
}

func (p *picture) box(r Rect) error {
	for y := range r.H {
		for x := range r.W {
			g := '·'
			switch top, bottom := y == 0, y == r.H-1; {
			case r.W == 1 || r.H == 1:
				g = '█'
			case top && x == 0:
				g = '┌'
			case top && x == r.W-1:
				g = '┐'
			case bottom && x == 0:
				g = '└'
			case bottom && x == r.W-1:
				g = '┘'
			case top || bottom:
				g = '━'
			case x == 0 || x == r.W-1:
				g = '┃'
			}
			if err := p.put(r.X+x, r.Y+y, g); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *picture) text(x, y, w int, s string) {
	for i, r := range []rune(s) {
		if i < w {
			p.cells[y*p.w+x+i] = r
		}
	}
}

// lines paints the routes, each cell as a mask of the sides it connects.
func (p *picture) lines(d Drawing) error {
	masks, arrows := make([]byte, len(p.cells)), make([]bool, len(p.cells))
	for i, e := range d.Edges {
		cells, err := routeCells(e)
		if err != nil {
			return fmt.Errorf("edge %d: %w", i, err)
		}
		for k, c := range cells {
			if c.X < 0 || c.Y < 0 || c.X >= p.w || c.Y >= p.h {
				return fmt.Errorf("edge %d: %v is outside the drawing", i, c)
			}
			at := c.Y*p.w + c.X
			if inside(e.Label, c) {
				continue
			}
			if p.cells[at] != ' ' {
				return fmt.Errorf("edge %d: %v is taken by %q", i, c, p.cells[at])
			}
			masks[at] |= p.mask(cells, k)
			arrows[at] = arrows[at] || k == len(cells)-1
		}
	}
	for i, m := range masks {
		switch {
		case arrows[i] && p.opt.Direction == TopDown:
			p.cells[i] = '▼'
		case arrows[i]:
			p.cells[i] = '▶'
		case m != 0:
			p.cells[i] = glyphs[m]
		}
	}
	return nil
}

// mask is the sides by which a route enters and leaves its k-th cell.
func (p *picture) mask(cells []Point, k int) byte {
	in, out := byte(left), byte(right)
	if p.opt.Direction == TopDown {
		in, out = up, down
	}
	if k > 0 {
		in = sideTowards(cells[k], cells[k-1])
	}
	if k < len(cells)-1 {
		out = sideTowards(cells[k], cells[k+1])
	}
	return in | out
}

func sideTowards(from, to Point) byte {
	switch {
	case to.X > from.X:
		return right
	case to.X < from.X:
		return left
	case to.Y > from.Y:
		return down
	}
	return up
}

// routeCells are all cells of a route, in order.
func routeCells(e Route) ([]Point, error) {
	if len(e.Points) == 0 {
		return nil, fmt.Errorf("has no points")
	}
	cells := []Point{e.Points[0]}
	for _, to := range e.Points[1:] {
		at := cells[len(cells)-1]
		if (at.X == to.X) == (at.Y == to.Y) {
			return nil, fmt.Errorf("from %v to %v is no run", at, to)
		}
		for at != to {
			at.X += sign(to.X - at.X)
			at.Y += sign(to.Y - at.Y)
			cells = append(cells, at)
		}
	}
	return cells, nil
}

func sign(n int) int { return max(-1, min(1, n)) }

func inside(r Rect, c Point) bool {
	return c.X >= r.X && c.X < r.X+r.W && c.Y >= r.Y && c.Y < r.Y+r.H
}

// markInserts paints the insertion marks. They may only cover straight pieces of line.
func (p *picture) markInserts(d Drawing) error {
	for i, e := range d.Edges {
		switch r := p.at(e.Insert.X, e.Insert.Y); r {
		case '─', '│':
			p.cells[e.Insert.Y*p.w+e.Insert.X] = '⊕'
		default:
			return fmt.Errorf("edge %d: its mark at %v covers %q", i, e.Insert, r)
		}
	}
	return nil
}

// String is the picture, without trailing blanks.
func (p *picture) String() string {
	var b strings.Builder
	for y := range p.h {
		b.WriteString(strings.TrimRight(string(p.cells[y*p.w:(y+1)*p.w]), " "))
		b.WriteByte('\n')
	}
	return strings.ReplaceAll(b.String(), "·", " ")
}
