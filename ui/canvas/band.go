package canvas

import (
	"rendezvous/ui/cell"
	"rendezvous/ui/layout"
)

// A weight is how wide a transition that has carried people is drawn: by its share of the largest population.
type weight int

const (
	nobody weight = iota // a hairline
	few                  // a heavy line, under 5 %
	some                 // a band of one row, 5 to 33 %
	many                 // one and a half, 33 to 67 %
	most                 // two
)

func weigh(people, largest int, thin bool) weight {
	switch share := float64(people) / float64(max(1, largest)); {
	case people == 0:
		return nobody
	case share < 0.05:
		return few
	case share < 0.33 || thin:
		return some
	case share < 0.67:
		return many
	}
	return most
}

// rows returns the half rows that a band takes above and below the upper half of its row.
func (w weight) rows() (above, below int) {
	switch w {
	case many:
		return 1, 1
	case most:
		return 1, 2
	}
	return 0, 1
}

// columns returns the columns that a band takes left and right of its own where it runs vertically, given how many free
// ones there are on each side.
func (w weight) columns(west, east int) (left, right int) {
	width := map[weight]int{some: 2, many: 3, most: 4}[w]
	right = min(width/2, east)
	left = min(width-1-right, west)
	return left, min(width-1-left, east)
}

// A half is half of a cell, and how far along the path it lies.
type half struct{ upper, lower bool }

// A bandCell is a cell of a band.
type bandCell struct {
	x, y  int
	half  half
	along int // cells from the start of the path
}

// band returns the cells of a path drawn at a weight. Half rows give it widths between one and two rows; the outer half
// of each corner is left out, which rounds it.
func band(path []step, w weight) []bandCell {
	b := bandMaker{weight: w, index: map[layout.Point]int{}}
	above, below := w.rows()
	for i, c := range path {
		horizontal := c.mask&(left|right) != 0
		vertical := c.mask&(up|down) != 0
		if vertical {
			b.west, b.east = w.columns(free(path, i))
		}
		switch {
		case horizontal && vertical:
			b.corner(c, i)
		case horizontal:
			for h := 2*c.y - above; h <= 2*c.y+below; h++ {
				b.add(c.x, h, i)
			}
		default:
			for x := c.x - b.west; x <= c.x+b.east; x++ {
				b.add(x, 2*c.y, i)
				b.add(x, 2*c.y+1, i)
			}
		}
	}
	return b.cells
}

// free returns how many columns left and right of a vertical run the path itself takes before and after it; a band may
// spread over these without touching a card. The cell of the arrow stays free.
func free(path []step, i int) (west, east int) {
	from, to := i, i
	for from > 0 && path[from-1].x == path[i].x {
		from--
	}
	for to+1 < len(path) && path[to+1].x == path[i].x {
		to++
	}
	for k := from - 1; k >= 0 && path[k].y == path[from].y; k-- {
		west++
	}
	for k := to + 1; k < len(path)-1 && path[k].y == path[to].y; k++ {
		east++
	}
	if from > 0 && path[from-1].x > path[from].x {
		return east, west // a run that goes back
	}
	return west, east
}

type bandMaker struct {
	weight     weight
	west, east int // columns that the present vertical run takes left and right of its own
	cells      []bandCell
	index      map[layout.Point]int
}

// add takes a half row of a column into the band.
func (b *bandMaker) add(x, halfRow, along int) {
	y := halfRow >> 1
	at, ok := b.index[layout.Point{X: x, Y: y}]
	if !ok {
		at = len(b.cells)
		b.index[layout.Point{X: x, Y: y}] = at
		b.cells = append(b.cells, bandCell{x: x, y: y, along: along})
	}
	if halfRow&1 == 0 {
		b.cells[at].half.upper = true
	} else {
		b.cells[at].half.lower = true
	}
}

// corner fills where a horizontal and a vertical run meet, but for the outermost half cell.
func (b *bandMaker) corner(c step, along int) {
	above, below := b.weight.rows()
	outerX, outerH := c.x-b.west, 2*c.y-above
	if c.mask&left != 0 {
		outerX = c.x + b.east
	}
	if c.mask&up != 0 {
		outerH = 2*c.y + below
	}
	for x := c.x - b.west; x <= c.x+b.east; x++ {
		for h := 2*c.y - above; h <= 2*c.y+below; h++ {
			if x != outerX || h != outerH {
				b.add(x, h, along)
			}
		}
	}
}

// bandOf returns the cells of a transition's band.
func (s *Scene) bandOf(route int, w weight) []bandCell {
	r := &s.routes[route]
	if r.bands[w] == nil {
		r.bands[w] = band(r.path, w)
	}
	return r.bands[w]
}

// crowded reports whether bands wider than a row would touch cards or each other somewhere in the scene.
func (s *Scene) crowded() bool {
	if s.Options.Zoom == Dot {
		return true
	}
	taken := make([]int, 2*s.W*s.H) // half cells, by cards: their index from 1 on; by bands: minus their index
	for i, k := range s.cards {
		for y := 2 * k.box.Y; y < 2*(k.box.Y+k.box.H); y++ {
			for x := k.box.X; x < k.box.X+k.box.W; x++ {
				taken[y*s.W+x] = i + 1
			}
		}
	}
	for i := range s.routes {
		for _, c := range s.bandOf(i, most) {
			for k, covers := range []bool{c.half.upper, c.half.lower} {
				at := (2*c.y+k)*s.W + c.x
				if !covers || c.x < 0 || c.x >= s.W || at < 0 || at >= len(taken) {
					continue
				}
				own := taken[at] == s.routes[i].from+1 || taken[at] == s.routes[i].to+1
				if taken[at] != 0 && !own && taken[at] != -i-1 {
					return true
				}
				if taken[at] == 0 {
					taken[at] = -i - 1
				}
			}
		}
	}
	return false
}

// paintBand draws the cells of a band on what is free, as far as it has grown: those up to a distance along its path.
func paintBand(a cell.Area, cells []bandCell, grown int, light func(along int) cell.Color, blocked func(x, y int) bool, whole bool) {
	for _, c := range cells {
		if whole { // grounds of few colours have no half cells
			c.half = half{true, true}
		}
		if c.along > grown || blocked(c.x, c.y) {
			continue
		}
		color := light(c.along)
		under := a.At(c.x, c.y)
		meets := under.Rune == '▄' && under.Style.Fg == color // the other half belongs to another band
		switch {
		case c.half.upper && c.half.lower || c.half.upper && meets:
			a.Set(c.x, c.y, ' ', cell.Style{Fg: color, Bg: color})
		case c.half.lower:
			a.Set(c.x, c.y, '▄', cell.Style{Fg: color, Bg: under.Style.Bg})
		default:
			a.Set(c.x, c.y, '▄', cell.Style{Fg: under.Style.Bg, Bg: color})
		}
	}
}
