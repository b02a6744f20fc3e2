package layout

import "math"

// Weights of hops in the placement: an edge that passes a rank should stay
// straight more than one that ends there, and a chain most of all (Gansner et al.
// 1993 use 1, 2 and 8 likewise).
const (
	weightPlain = 1
	weightLong  = 2
	weightChain = 8
	weightTurn  = 0.25
)

// Rounds of isotonic sweeps.
const (
	directedSweeps = 4
	balancedSweeps = 8
)

// link is a hop seen from one of its ends: the vertex at the other end, and how far
// from its row the row of this one is when the hop is straight.
type link struct {
	v      int
	delta  float64
	weight float64
	trunk  bool // one of three or more at a port: it always bends
}

// cost is what a link costs over a distance across the ranks. A trunk that goes
// straight on as well would look like a crossing.
func (l link) cost(distance float64) float64 {
	d := math.Abs(distance)
	switch {
	case d > 0:
		return l.weight * (d + bendCost)
	case l.trunk:
		return l.weight * (bendCost + 4)
	}
	return 0
}

// placer finds rows, first for single vertices, with fractions.
type placer struct {
	*graph
	at         []float64
	prev, next [][]link
	chain      []bool // per hop: belongs to a chain, which is to be straight
	trunk      []bool // per hop: shares a trunk with several others
	fit        isotonic
}

// place gives each vertex a row. Sweeps of isotonic regression over single ranks
// find a good picture as a whole; then chains move as rigid blocks.
func (g *graph) place() {
	p := newPlacer(g, g.chains(func(int) bool { return true }))
	p.pack()
	for range directedSweeps {
		p.forward(p.prev)
		p.backward(p.next)
	}
	for range balancedSweeps {
		p.forward(p.prev, p.next)
		p.backward(p.prev, p.next)
	}
	b := newBlocks(p)
	b.start()
	b.relax()
	b.settle()
	g.row = b.rows()
}

func newPlacer(g *graph, chain []bool) *placer {
	p := &placer{
		graph: g, at: make([]float64, len(g.vertices)), chain: chain, trunk: g.trunks(),
		prev: make([][]link, len(g.vertices)), next: make([][]link, len(g.vertices)),
	}
	for i, h := range g.hops {
		ab := link{v: h.b.v, delta: float64(h.b.at - h.a.at), weight: p.weight(i), trunk: p.trunk[i]}
		ba := link{v: h.a.v, delta: float64(h.a.at - h.b.at), weight: p.weight(i), trunk: p.trunk[i]}
		if h.turns() {
			// Both ends are in one rank: whichever way a sweep goes, each sees the other.
			p.next[h.a.v], p.prev[h.a.v] = append(p.next[h.a.v], ab), append(p.prev[h.a.v], ab)
			p.next[h.b.v], p.prev[h.b.v] = append(p.next[h.b.v], ba), append(p.prev[h.b.v], ba)
			continue
		}
		if h.a.far {
			ab, ba, h.a, h.b = ba, ab, h.b, h.a
		}
		p.next[h.a.v] = append(p.next[h.a.v], ab)
		p.prev[h.b.v] = append(p.prev[h.b.v], ba)
	}
	return p
}

func (p *placer) weight(i int) float64 {
	h := p.hops[i]
	switch {
	case h.turns():
		return weightTurn
	case p.chain[i]:
		return weightChain
	case p.vertices[h.a.v].box < 0 || p.vertices[h.b.v].box < 0:
		return weightLong
	}
	return weightPlain
}

// pack starts with every rank stacked from row 0 on.
func (p *placer) pack() {
	for _, rank := range p.ranks {
		row := 0
		for i, v := range rank {
			if i > 0 {
				row += p.separation(rank[i-1], v)
			}
			p.at[v] = float64(row)
		}
	}
}

func (p *placer) forward(sides ...[][]link) {
	for _, rank := range p.ranks {
		p.sweep(rank, sides)
	}
}

func (p *placer) backward(sides ...[][]link) {
	for r := len(p.ranks) - 1; r >= 0; r-- {
		p.sweep(p.ranks[r], sides)
	}
}

// sweep moves the vertices of one rank as near as their separation allows to the
// mean of where their links on the given sides would have them.
func (p *placer) sweep(rank []int, sides [][][]link) {
	const still = 1e-3 // weight of a vertex without links: it stays unless pushed
	p.fit.reset()
	offset := 0
	for i, v := range rank {
		if i > 0 {
			offset += p.separation(rank[i-1], v)
		}
		sum, weight := 0.0, 0.0
		for _, links := range sides {
			for _, l := range links[v] {
				sum += l.weight * (p.at[l.v] + l.delta)
				weight += l.weight
			}
		}
		if weight == 0 {
			sum, weight = still*p.at[v], still
		}
		p.fit.add(sum/weight-float64(offset), weight)
	}
	offset = 0
	for i, v := range rank {
		if i > 0 {
			offset += p.separation(rank[i-1], v)
		}
		p.at[v] = p.fit.value(i) + float64(offset)
	}
}

// isotonic fits a rising sequence to weighted targets with the least sum of
// squares, by pooling adjacent violators.
type isotonic struct {
	pools []pool
	of    []int // pool of each target, valid after value was called
}

type pool struct {
	mean, weight float64
	count        int
}

func (f *isotonic) reset() { f.pools, f.of = f.pools[:0], f.of[:0] }

func (f *isotonic) add(target, weight float64) {
	f.of = f.of[:0]
	p := pool{target, weight, 1}
	for n := len(f.pools); n > 0 && f.pools[n-1].mean > p.mean; n-- {
		q := f.pools[n-1]
		sum := q.weight + p.weight
		p = pool{(q.mean*q.weight + p.mean*p.weight) / sum, sum, q.count + p.count}
		f.pools = f.pools[:n-1]
	}
	f.pools = append(f.pools, p)
}

// value is the fitted value of the i-th target.
func (f *isotonic) value(i int) float64 {
	if len(f.of) == 0 {
		for n, p := range f.pools {
			for range p.count {
				f.of = append(f.of, n)
			}
		}
	}
	return f.pools[f.of[i]].mean
}

// nearestCell rounds a row. Halves go up, for negative rows too, so that rounding
// keeps every separation.
func nearestCell(x float64) int { return int(math.Floor(x + 0.5)) }
