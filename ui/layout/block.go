package layout

import (
	"cmp"
	"slices"
)

// chains tells for each hop whether it should be exactly straight: it is the only
// one that leaves its left vertex and the only one that arrives at its right one.
// That holds for the inner part of every long edge and for boxes in sequence.
// Where two such hops cross, only one can be straight. Hops that may not be straight
// are left out.
func (g *graph) chains(may func(hop int) bool) []bool {
	leave, arrive := make([]int, len(g.vertices)), make([]int, len(g.vertices))
	for _, h := range g.hops {
		for _, e := range []end{h.a, h.b} {
			if e.far {
				arrive[e.v]++
			} else {
				leave[e.v]++
			}
		}
	}
	chain := make([]bool, len(g.hops))
	gaps := make([][]int, len(g.ranks)+1)
	for i, h := range g.hops {
		if !h.turns() && leave[h.left().v] == 1 && arrive[h.right().v] == 1 && may(i) {
			gaps[h.gap] = append(gaps[h.gap], i)
		}
	}
	pos := g.positions()
	for _, candidates := range gaps {
		for _, i := range g.heaviestUncrossed(candidates, pos) {
			chain[i] = true
		}
	}
	return chain
}

// positions is the index of each vertex in its rank.
func (g *graph) positions() []int {
	pos := make([]int, len(g.vertices))
	for _, rank := range g.ranks {
		for i, v := range rank {
			pos[v] = i
		}
	}
	return pos
}

// heaviestUncrossed picks hops of one gap that don't cross, preferring long edges:
// the heaviest rising subsequence, with a Fenwick tree of prefix maxima.
func (g *graph) heaviestUncrossed(hops, pos []int) []int {
	if len(hops) == 0 {
		return nil
	}
	slices.SortFunc(hops, func(a, b int) int {
		return cmp.Compare(pos[g.hops[a].left().v], pos[g.hops[b].left().v])
	})
	width := 0
	for _, i := range hops {
		width = max(width, pos[g.hops[i].right().v]+1)
	}
	type best struct{ weight, last int } // of a subsequence that ends with hops[last]
	tree := make([]best, width+1)
	before := make([]int, len(hops))
	top := best{0, -1}
	for n, i := range hops {
		h := g.hops[i]
		found := best{0, -1}
		for k := pos[h.right().v]; k > 0; k -= k & -k {
			if tree[k].weight > found.weight {
				found = tree[k]
			}
		}
		before[n] = found.last
		weight := weightPlain
		if g.vertices[h.a.v].box < 0 && g.vertices[h.b.v].box < 0 {
			weight = weightChain
		}
		found = best{found.weight + weight, n}
		for k := pos[h.right().v] + 1; k <= width; k += k & -k {
			if found.weight > tree[k].weight {
				tree[k] = found
			}
		}
		if found.weight > top.weight {
			top = found
		}
	}
	var picked []int
	for n := top.last; n >= 0; n = before[n] {
		picked = append(picked, hops[n])
	}
	return picked
}

// bound says that another block keeps a distance: its position is at least
// (or, seen from below, at most) this far away.
type bound struct{ block, distance int }

// blocks are maximal sequences of vertices along straight chains. A block moves as
// a whole, so a chain stays straight whatever happens to it. Because the chains
// don't cross, the blocks are partially ordered from top to bottom.
type blocks struct {
	*placer
	of           []int // block of each vertex
	offset       []int // row of each vertex less the position of its block
	count        int
	pos          []float64
	links        [][]link // between blocks; link.v is a block
	above, below [][]bound
	sorted       []int // from top to bottom
	// Where a block should stay and how much so, if an earlier drawing says.
	anchor, hold []float64
}

func newBlocks(p *placer) *blocks {
	b := &blocks{placer: p, of: make([]int, len(p.vertices)), offset: make([]int, len(p.vertices))}
	b.gather()
	b.links = make([][]link, b.count)
	b.above, b.below = make([][]bound, b.count), make([][]bound, b.count)
	for i, h := range p.hops {
		x, y := b.of[h.a.v], b.of[h.b.v]
		if x == y {
			continue
		}
		delta := float64(b.offset[h.b.v] + h.b.at - b.offset[h.a.v] - h.a.at)
		b.links[x] = append(b.links[x], link{y, delta, p.weight(i), p.trunk[i]})
		b.links[y] = append(b.links[y], link{x, -delta, p.weight(i), p.trunk[i]})
	}
	for _, rank := range p.ranks {
		for i := 1; i < len(rank); i++ {
			v, w := rank[i-1], rank[i]
			d := p.separation(v, w) + b.offset[v] - b.offset[w]
			b.below[b.of[v]] = append(b.below[b.of[v]], bound{b.of[w], d})
			b.above[b.of[w]] = append(b.above[b.of[w]], bound{b.of[v], d})
		}
	}
	for x := range b.count {
		b.above[x], b.below[x] = widest(b.above[x]), widest(b.below[x])
	}
	b.sortBlocks()
	return b
}

// widest keeps the greatest distance to each block: chains that run beside each
// other are neighbours in many ranks.
func widest(bounds []bound) []bound {
	slices.SortFunc(bounds, func(a, b bound) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(b.distance, a.distance))
	})
	return slices.CompactFunc(bounds, func(a, b bound) bool { return a.block == b.block })
}

// gather follows the chains from their left ends.
func (b *blocks) gather() {
	ahead := make([]int, len(b.vertices)) // hop of the chain to the right, plus 1
	inside := make([]bool, len(b.vertices))
	for i, h := range b.hops {
		if b.chain[i] {
			ahead[h.left().v] = i + 1
			inside[h.right().v] = true
		}
	}
	for v := range b.vertices {
		if inside[v] {
			continue
		}
		b.of[v] = b.count
		for w := v; ahead[w] > 0; {
			h := b.hops[ahead[w]-1]
			next := h.right().v
			b.of[next] = b.count
			b.offset[next] = b.offset[w] + h.left().at - h.right().at
			w = next
		}
		b.count++
	}
}

// sortBlocks finds an order from top to bottom.
func (b *blocks) sortBlocks() {
	waits := make([]int, b.count)
	for x := range b.above {
		waits[x] = len(b.above[x])
		if waits[x] == 0 {
			b.sorted = append(b.sorted, x)
		}
	}
	for i := 0; i < len(b.sorted); i++ {
		for _, d := range b.below[b.sorted[i]] {
			if waits[d.block]--; waits[d.block] == 0 {
				b.sorted = append(b.sorted, d.block)
			}
		}
	}
}

// start puts each block at the mean of where its vertices were, then separates the
// blocks: once by pushing down, once by pushing up. Both results keep all
// distances, hence their mean does, which favours neither side.
func (b *blocks) start() {
	want, members := make([]float64, b.count), make([]float64, b.count)
	for v, x := range b.of {
		want[x] += b.at[v] - float64(b.offset[v])
		members[x]++
	}
	for x := range want {
		want[x] /= members[x]
	}
	down, up := slices.Clone(want), slices.Clone(want)
	for _, x := range b.sorted {
		for _, d := range b.above[x] {
			down[x] = max(down[x], down[d.block]+float64(d.distance))
		}
	}
	for _, x := range slices.Backward(b.sorted) {
		for _, d := range b.below[x] {
			up[x] = min(up[x], up[d.block]-float64(d.distance))
		}
	}
	b.pos = down
	for x := range b.pos {
		b.pos[x] = (down[x] + up[x]) / 2
	}
}

// rows are the final rows of the vertices.
func (b *blocks) rows() []int {
	row := make([]int, len(b.vertices))
	for v, x := range b.of {
		row[v] = nearestCell(b.pos[x]) + b.offset[v]
	}
	return row
}
