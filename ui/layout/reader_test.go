package layout

import "fmt"

// A reader knows where the boxes and their ports are, as a person does who looks at
// them, but nothing of the edges: it follows the lines.
type reader struct {
	*picture
	nodes []Node
	rects []Rect
	owner map[Point]int
}

func newReader(p *picture, nodes []Node, rects []Rect) *reader {
	r := &reader{picture: p, nodes: nodes, rects: rects, owner: map[Point]int{}}
	for i, b := range rects {
		for y := range b.H {
			for x := range b.W {
				r.owner[Point{b.X + x, b.Y + y}] = i
			}
		}
	}
	return r
}

// seen is what a reader found at the end of a line: an edge and the cells of its chip.
type seen struct {
	edge Edge
	chip Rect
	mark rune // rune in the cells of the chip
}

// edges follows the line that leaves each out-port, if there is one.
func (r *reader) edges() ([]seen, error) {
	var all []seen
	for n, node := range r.nodes {
		for p := range node.Out {
			at, heading := r.outside(n, p)
			if r.at(at.X, at.Y) == ' ' {
				continue
			}
			found, err := r.follow(at, heading, seen{}, 0)
			if err != nil {
				return nil, fmt.Errorf("from node %d port %d: %w", n, p, err)
			}
			for _, s := range found {
				s.edge.From, s.edge.FromPort, s.edge.Label = n, p, s.chip.W
				all = append(all, s)
			}
		}
	}
	return all, nil
}

func (r *reader) outside(n, port int) (Point, byte) {
	b, off := r.rects[n], r.nodes[n].Out[port].At
	if r.opt.Direction == TopDown {
		return Point{b.X + off, b.Y + b.H}, down
	}
	return Point{b.X + b.W, b.Y + off}, right
}

func step(at Point, heading byte) Point {
	switch heading {
	case up:
		at.Y--
	case down:
		at.Y++
	case left:
		at.X--
	case right:
		at.X++
	}
	return at
}

func opposite(side byte) byte {
	return map[byte]byte{up: down, down: up, left: right, right: left}[side]
}

// follow walks along a line to arrows and into the boxes behind them. Where lines
// come together at a junction it tries each; one that leads back to where another
// edge leaves its box is not a way.
func (r *reader) follow(at Point, heading byte, s seen, steps int) ([]seen, error) {
	for ; steps < 4*len(r.cells); steps++ {
		g := r.at(at.X, at.Y)
		switch {
		case g == '▶' || g == '▼':
			s, err := r.arrive(s, at)
			return []seen{s}, err
		case g >= 0xE000:
			s.mark, s.chip = g, r.chipAt(at)
		default:
			ways := r.turn(g, heading)
			if len(ways) == 0 {
				return nil, fmt.Errorf("at %v a line comes to %q", at, g)
			}
			if len(ways) > 1 {
				return r.fork(at, ways, s, steps+1)
			}
			heading = ways[0]
		}
		at = step(at, heading)
		if _, box := r.owner[at]; box {
			return nil, nil
		}
	}
	return nil, fmt.Errorf("goes round in a circle")
}

func (r *reader) fork(at Point, ways []byte, s seen, steps int) ([]seen, error) {
	var all []seen
	for _, heading := range ways {
		found, err := r.follow(step(at, heading), heading, s, steps)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// turn is where a line goes on that enters a cell under a heading.
func (r *reader) turn(g rune, heading byte) []byte {
	if g == '┼' {
		return []byte{heading}
	}
	var ways []byte
	for mask, glyph := range glyphs {
		if glyph != g || mask&opposite(heading) == 0 {
			continue
		}
		for _, side := range []byte{up, right, down, left} {
			if mask&side != 0 && side != opposite(heading) {
				ways = append(ways, side)
			}
		}
	}
	return ways
}

func (r *reader) chipAt(at Point) Rect {
	g := r.at(at.X, at.Y)
	x := at.X
	for r.at(x-1, at.Y) == g {
		x--
	}
	w := 1
	for r.at(x+w, at.Y) == g {
		w++
	}
	return Rect{x, at.Y, w, 1}
}

func (r *reader) arrive(s seen, at Point) (seen, error) {
	to := step(at, right)
	if r.opt.Direction == TopDown {
		to = step(at, down)
	}
	n, ok := r.owner[to]
	if !ok {
		return s, fmt.Errorf("the arrow at %v points at nothing", at)
	}
	off := to.Y - r.rects[n].Y
	if r.opt.Direction == TopDown {
		off = to.X - r.rects[n].X
	}
	for i, p := range r.nodes[n].In {
		if p.At == off {
			s.edge.To, s.edge.ToPort = n, i
			return s, nil
		}
	}
	return s, fmt.Errorf("the arrow at %v points at no port of node %d", at, n)
}
