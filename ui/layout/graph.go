package layout

// vertex is a box or an invisible vertex: the place where a long edge passes a
// rank, or where an edge that runs backwards turns.
type vertex struct {
	box   int // index of the box, -1 for an invisible vertex
	rank  int
	size  int // cells across the ranks
	depth int // cells along the ranks
	// lo and hi bound the cells that belong to the vertex including its chips,
	// which may be wider than itself: from row+lo to row+hi-1.
	lo, hi int
}

// end is where a hop attaches to a vertex: an offset across the ranks, and on
// which side of the gap the vertex lies.
type end struct {
	v, at int
	far   bool // in the rank after the gap
}

// hop is the part of a wire in one gap. Gap g lies before rank g. Both ends lie on
// the same side where a wire that runs backwards turns.
type hop struct {
	wire int
	gap  int
	a, b end // in the direction of the wire
}

func (h hop) turns() bool { return h.a.far == h.b.far }

// left is the end before the gap, right the end after it, of a hop that does not turn.
func (h hop) left() end {
	if h.a.far {
		return h.b
	}
	return h.a
}

func (h hop) right() end {
	if h.a.far {
		return h.a
	}
	return h.b
}

// graph is a part with ranks: only neighbouring ranks are connected, through the
// gap between them. Vertices 0 to len(boxes)-1 are the boxes.
type graph struct {
	part
	vertices []vertex
	hops     []hop
	first    []int     // first hop of each wire; the hops of a wire are in order
	nets     [][][]int // of each gap, hops that share a port; others alone
	ranks    [][]int   // vertices of each rank, in order
	depths   []int     // the largest depth in each rank
	row      []int     // first cell across the ranks, by vertex
}

func newGraph(p part, back []bool, rank []int) *graph {
	g := &graph{part: p}
	last := 0
	for i, b := range p.boxes {
		g.vertices = append(g.vertices, vertex{box: i, rank: rank[i], size: b.size, depth: b.depth, hi: b.size})
		last = max(last, rank[i])
	}
	for i := range p.edges {
		g.first = append(g.first, len(g.hops))
		if back[i] {
			g.addBackward(i)
		} else {
			g.addForward(i)
		}
	}
	g.first = append(g.first, len(g.hops))
	g.ranks = make([][]int, last+1)
	for v := range g.vertices {
		r := g.vertices[v].rank
		g.ranks[r] = append(g.ranks[r], v)
	}
	g.findNets()
	g.reserveChips()
	g.depths = make([]int, len(g.ranks))
	for _, v := range g.vertices {
		g.depths[v.rank] = max(g.depths[v.rank], v.depth)
	}
	return g
}

// invisible adds an invisible vertex of a wire.
func (g *graph) invisible(rank int) int {
	g.vertices = append(g.vertices, vertex{box: -1, rank: rank, size: 1, hi: 1})
	return len(g.vertices) - 1
}

func (g *graph) addForward(i int) {
	w := g.edges[i]
	prev := end{v: w.from, at: w.fromAt}
	from, to := g.vertices[w.from].rank, g.vertices[w.to].rank
	for r := from + 1; r < to; r++ {
		d := g.invisible(r)
		at := 0
		if w.site == between && r == (from+to)/2 {
			at = g.carryChip(d, w)
		}
		g.hops = append(g.hops, hop{wire: i, gap: r, a: prev, b: end{v: d, at: at, far: true}})
		prev = end{v: d, at: at}
	}
	g.hops = append(g.hops, hop{wire: i, gap: to, a: prev, b: end{v: w.to, at: w.toAt, far: true}})
}

// addBackward leads a wire out of its source, round, back past all ranks down to
// that of its target, and round again.
func (g *graph) addBackward(i int) {
	w := g.edges[i]
	prev := end{v: w.from, at: w.fromAt}
	from, to := g.vertices[w.from].rank, g.vertices[w.to].rank
	for r := from; r >= to; r-- {
		d := g.invisible(r)
		at := 0
		if w.site == between && r == from {
			at = g.carryChip(d, w)
		}
		g.hops = append(g.hops, hop{wire: i, gap: r + 1, a: prev, b: end{v: d, at: at}})
		prev = end{v: d, at: at, far: true}
	}
	g.hops = append(g.hops, hop{wire: i, gap: to, a: prev, b: end{v: w.to, at: w.toAt, far: true}})
}

// carryChip makes an invisible vertex large enough for the chip of its wire and
// returns the offset of the wire in it.
func (g *graph) carryChip(d int, w wire) int {
	depth, size := g.chipSize(w)
	v := &g.vertices[d]
	v.size, v.hi, v.depth = size, size, g.sourceZone(depth, true)
	return size / 2
}

// reserveChips widens the extent of boxes by the chips in front of their ports, so
// that chips of neighbours keep clear of each other.
func (g *graph) reserveChips() {
	for _, w := range g.edges {
		_, size := g.chipSize(w)
		v, at := &g.vertices[w.from], w.fromAt
		switch w.site {
		case atTarget:
			v, at = &g.vertices[w.to], w.toAt
		case noChip, between:
			continue
		}
		v.lo = min(v.lo, at-size/2)
		v.hi = max(v.hi, at-size/2+size)
	}
}

// separation is the least distance between the rows of two neighbours in a rank.
func (g *graph) separation(a, b int) int {
	v, w := g.vertices[a], g.vertices[b]
	gap := g.opt.NodeGap
	if v.box < 0 || w.box < 0 {
		gap = g.edgeGap()
	}
	return max(v.size+gap, v.hi-w.lo+1)
}

// at is the row of an end.
func (g *graph) at(e end) int { return g.row[e.v] + e.at }
