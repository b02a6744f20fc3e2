package layout

import (
	"cmp"
	"slices"
)

// piece is the drawing of one component in abstract directions.
type piece struct {
	*graph
	boxes []cell
	paths []path
	lo    int // least v of any cell
	size  int // number of cells across, from lo
	depth int // number of cells along
	// before is where its top was in the earlier drawing. If it is anchored, its
	// rows count from the same origin as that drawing's.
	before   int
	anchored bool
	shift    int // from its rows to those of the plan
}

// plan collects pieces.
type plan struct {
	boxes []cell
	paths []path
	depth int
	size  int
}

func newPlan(nodes, edges int) *plan {
	return &plan{boxes: make([]cell, nodes), paths: make([]path, edges)}
}

// maxBlank is the greatest distance between two pieces, in node gaps, that is left
// when what was between them shrinks.
const maxBlank = 4

// stackAll stacks pieces across the direction of flow: those of an earlier drawing
// in the order in which they were, new ones behind them.
func (p *plan) stackAll(pieces []piece, gap int) {
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Compare(a.before, b.before) })
	origin := 0
	for i := range pieces {
		c := &pieces[i]
		at := 0
		if i > 0 {
			at = p.size + gap
			if want := c.lo + origin; c.anchored && want > at && want-p.size <= maxBlank*gap {
				at = want
			}
		} else if c.anchored {
			origin = -c.lo
		}
		p.put(c, at)
	}
}

// put places a piece so that it begins at a row.
func (p *plan) put(c *piece, at int) {
	c.shift = at - c.lo
	for i, n := range c.nodes {
		p.boxes[n] = cell{c.boxes[i].u, c.boxes[i].v + c.shift}
	}
	for i, w := range c.edges {
		e := c.paths[i]
		for k := range e.points {
			e.points[k].v += c.shift
		}
		e.chip.v += c.shift
		e.insert.v += c.shift
		p.paths[w.id] = e
	}
	p.size = at + c.size
	p.depth = max(p.depth, c.depth)
}
