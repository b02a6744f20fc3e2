package canvas

import (
	"rendezvous/ui/cell"
	"rendezvous/ui/layout"
)

// Directions in which a line leaves a cell, to be combined.
const (
	up uint8 = 1 << iota
	down
	left
	right
)

// A step is one cell of a path.
type step struct {
	x, y int
	mask uint8 // of the path itself
	line uint8 // of the line that is drawn, which may branch where paths share a port; 0 for mask
}

// steps walks a path cell by cell. The first cell is joined to the box before it, the last to what comes after it.
func steps(points []layout.Point, topDown bool) []step {
	if len(points) == 0 {
		return nil
	}
	cells := []step{{x: points[0].X, y: points[0].Y}}
	for i := 1; i < len(points); i++ {
		x, y := points[i-1].X, points[i-1].Y
		dx, dy := sign(points[i].X-x), sign(points[i].Y-y)
		for x != points[i].X || y != points[i].Y {
			x, y = x+dx, y+dy
			cells = append(cells, step{x: x, y: y})
		}
	}
	for i := 1; i < len(cells); i++ {
		d := direction(cells[i].x-cells[i-1].x, cells[i].y-cells[i-1].y)
		cells[i-1].mask |= d
		cells[i].mask |= opposite(d)
	}
	in, out := left, right
	if topDown {
		in, out = up, down
	}
	cells[0].mask |= in
	cells[len(cells)-1].mask |= out
	return cells
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

func direction(dx, dy int) uint8 {
	switch {
	case dx > 0:
		return right
	case dx < 0:
		return left
	case dy > 0:
		return down
	}
	return up
}

func opposite(d uint8) uint8 {
	if d&(up|down) != 0 {
		return d ^ (up | down)
	}
	return d ^ (left | right)
}

// A pen is a set of line characters.
type pen struct{ horizontal, vertical, downRight, downLeft, upRight, upLeft, right, left, down, up rune }

var (
	hairline = pen{'─', '│', '╭', '╮', '╰', '╯', '├', '┤', '┬', '┴'}
	heavy    = pen{'━', '┃', '┏', '┓', '┗', '┛', '┣', '┫', '┳', '┻'}
	dashed   = pen{'╌', '╎', '╭', '╮', '╰', '╯', '├', '┤', '┬', '┴'}
	double   = pen{'═', '║', '╔', '╗', '╚', '╝', '╠', '╣', '╦', '╩'}
)

func (p pen) rune(mask uint8) rune {
	switch mask {
	case down | right:
		return p.downRight
	case down | left:
		return p.downLeft
	case up | right:
		return p.upRight
	case up | left:
		return p.upLeft
	case up | down:
		return p.vertical
	case up | down | right:
		return p.right
	case up | down | left:
		return p.left
	case down | left | right:
		return p.down
	case up | left | right:
		return p.up
	}
	return p.horizontal
}

// line draws a path. Where it crosses another line at a right angle, both go on.
func line(a cell.Area, path []step, p pen, s cell.Style) {
	for _, c := range path {
		r := p.rune(c.line | c.mask)
		switch under := a.At(c.x, c.y).Rune; {
		case r == p.horizontal && isVertical(under), r == p.vertical && isHorizontal(under):
			r = '┼'
		}
		a.Set(c.x, c.y, r, s)
	}
}

func isVertical(r rune) bool { return r == '│' || r == '╎' || r == '┃' || r == '║' }

func isHorizontal(r rune) bool { return r == '─' || r == '╌' || r == '━' || r == '═' }

// bounds is the rectangle that a path lies in.
func bounds(path []step) cell.Rect {
	if len(path) == 0 {
		return cell.Rect{}
	}
	first, last := path[0], path[len(path)-1]
	x1, y1, x2, y2 := first.x, first.y, last.x, last.y
	for _, p := range path {
		x1, y1, x2, y2 = min(x1, p.x), min(y1, p.y), max(x2, p.x), max(y2, p.y)
	}
	return cell.Rect{X: x1, Y: y1, W: x2 - x1 + 1, H: y2 - y1 + 1}
}
