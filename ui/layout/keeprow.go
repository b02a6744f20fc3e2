package layout

import (
	"cmp"
	"math"
	"slices"
)

// place leaves everything old in its row that need not make room, and finds rows
// for what is new.
func (k *keeper) place() {
	if !k.old.rows {
		k.graph.place()
		return
	}
	p := newPlacer(k.graph, k.chains(k.mayBeStraight))
	k.breakChains(p.chain)
	b := &keptBlocks{blocks: newBlocks(p)}
	b.recall(k)
	b.makeRoom()
	b.insertAll()
	for v, x := range b.of {
		p.at[v] = b.pos[x] + float64(b.offset[v])
	}
	b.refine(b.loose())
	k.graph.row = b.rows()
}

// mayBeStraight tells whether a hop may tie its ends together: not if it was bent.
func (k *keeper) mayBeStraight(hop int) bool {
	h := k.hops[hop]
	return k.bends[hop] == wasStraight || k.hold[h.a.v] == 0 || k.hold[h.b.v] == 0 ||
		k.bends[hop] == isNew && k.row[h.a.v]+h.a.at == k.row[h.b.v]+h.b.at
}

// breakChains takes a hop out of each chain that would tie together what was in
// different rows. Where a hop was straight, ports have moved, and the chain holds.
func (k *keeper) breakChains(chain []bool) {
	byGap := make([][]int, len(k.ranks)+1)
	for i, in := range chain {
		if in {
			byGap[k.hops[i].gap] = append(byGap[k.hops[i].gap], i)
		}
	}
	base, tied := slices.Clone(k.row), make([]bool, len(k.vertices))
	for v, hold := range k.hold {
		tied[v] = hold > 0
	}
	for _, hops := range byGap {
		for _, i := range hops {
			l, r := k.hops[i].left(), k.hops[i].right()
			row := base[l.v] + l.at - r.at
			switch {
			case !tied[l.v]:
			case !tied[r.v]:
				base[r.v], tied[r.v] = row, true
			case row != base[r.v] && k.bends[i] != wasStraight:
				chain[i] = false
			}
		}
	}
}

// keptBlocks are blocks of which most have been placed before.
type keptBlocks struct {
	*blocks
	placed []bool
	old    []bool
	index  []int // in sorted
	need   []float64
	needs  []bool
	moves  []move
}

type move struct {
	block int
	to    float64
}

// recall gives each block that has old vertices the weighted median of their rows.
func (b *keptBlocks) recall(k *keeper) {
	type vote struct{ at, weight float64 }
	votes := make([][]vote, b.count)
	b.anchor, b.hold = make([]float64, b.count), make([]float64, b.count)
	for v, x := range b.of {
		if k.hold[v] > 0 {
			votes[x] = append(votes[x], vote{float64(k.row[v] - b.offset[v]), k.hold[v]})
			b.hold[x] += k.hold[v]
		}
	}
	b.placed, b.old, b.index = make([]bool, b.count), make([]bool, b.count), make([]int, b.count)
	b.need, b.needs = make([]float64, b.count), make([]bool, b.count)
	b.pos = make([]float64, b.count)
	for i, x := range b.sorted {
		b.index[x] = i
	}
	for x, list := range votes {
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b vote) int { return cmp.Compare(a.at, b.at) })
		sum := 0.0
		for _, v := range list {
			if sum += v.weight; 2*sum >= b.hold[x] {
				b.anchor[x] = v.at
				break
			}
		}
		b.pos[x], b.placed[x], b.old[x] = b.anchor[x], true, true
	}
}

// makeRoom separates old blocks that have come too near to each other, each time on
// the side where less has to move.
func (b *keptBlocks) makeRoom() {
	low := make([]float64, b.count)
	for _, x := range b.sorted {
		low[x] = math.Inf(-1)
		for _, d := range b.above[x] {
			at := low[d.block]
			if b.placed[d.block] {
				at = b.pos[d.block]
			}
			low[x] = max(low[x], at+float64(d.distance))
		}
		if !b.placed[x] || low[x] <= b.pos[x] {
			continue
		}
		down := b.push(x, low[x], 1)
		moves := slices.Clone(b.moves)
		if b.push(x, b.pos[x], -1) < down {
			moves = b.moves
		}
		b.apply(moves)
	}
}

// push finds what must move when a block goes to a position, below it (sign 1) or
// above it (-1), and returns what that costs. Blocks that have no place yet pass
// the push on.
func (b *keptBlocks) push(x int, to float64, sign int) float64 {
	bounds := b.below
	if sign < 0 {
		bounds = b.above
	}
	s, cost := float64(sign), 0.0
	b.moves = b.moves[:0]
	b.need[x], b.needs[x] = to, true
	for i, waiting := b.index[x], 1; waiting > 0; i += sign {
		y := b.sorted[i]
		if !b.needs[y] {
			continue
		}
		b.needs[y] = false
		waiting--
		at := b.need[y]
		switch {
		case y == x, b.placed[y] && s*(at-b.pos[y]) > 0:
			cost += b.cost(y, at)
			b.moves = append(b.moves, move{y, at})
		case b.placed[y]:
			continue
		}
		for _, d := range bounds[y] {
			next := at + s*float64(d.distance)
			switch {
			case !b.needs[d.block]:
				b.needs[d.block], b.need[d.block] = true, next
				waiting++
			case s*(next-b.need[d.block]) > 0:
				b.need[d.block] = next
			}
		}
	}
	return cost
}

// cost is what it costs to move a block away from its anchor.
func (b *keptBlocks) cost(x int, to float64) float64 {
	if !b.placed[x] {
		return 0
	}
	return max(1, b.hold[x]) * (math.Abs(to-b.anchor[x]) - math.Abs(b.pos[x]-b.anchor[x]))
}

func (b *keptBlocks) apply(moves []move) {
	for _, m := range moves {
		b.pos[m.block] = m.to
	}
}

// insertAll places the new blocks, those first that lead to placed ones.
func (b *keptBlocks) insertAll() {
	var left []int
	for x := range b.count {
		if !b.placed[x] {
			left = append(left, x)
		}
	}
	for len(left) > 0 {
		i := max(0, slices.IndexFunc(left, func(x int) bool {
			return slices.ContainsFunc(b.links[x], func(l link) bool { return b.placed[l.v] })
		}))
		b.insert(left[i])
		left = slices.Delete(left, i, i+1)
	}
}

// insert places a block where its links and what it pushes aside cost least.
func (b *keptBlocks) insert(x int) {
	best, least := 0.0, math.Inf(1)
	for _, at := range b.places(x) {
		cost := b.linkCost(x, at) + b.push(x, at, 1) + b.push(x, at, -1)
		if cost < least-touching {
			best, least = at, cost
		}
	}
	for _, sign := range [2]int{1, -1} {
		b.push(x, best, sign)
		b.apply(b.moves)
	}
	b.placed[x], b.anchor[x] = true, best
}

// places are positions worth a try: the middle of the links, where one of them is
// straight, and where nothing above or below has to move.
func (b *keptBlocks) places(x int) []float64 {
	first, last := math.Inf(1), math.Inf(-1)
	list := []float64{0}
	for _, l := range b.links[x] {
		if !b.placed[l.v] {
			continue
		}
		at := b.pos[l.v] + l.delta
		first, last = min(first, at), max(last, at)
		if len(list) < maxCandidates {
			list = append(list, at)
		}
	}
	if first <= last {
		list[0] = float64(nearestCell((first + last) / 2))
	}
	for _, limit := range [2]float64{
		b.limit(x, b.above, 1, map[int]float64{}), b.limit(x, b.below, -1, map[int]float64{}),
	} {
		if !math.IsInf(limit, 0) {
			list = append(list, limit)
		}
	}
	return list
}

// limit is where a block comes to touch those above it (sign 1) or below it (-1).
func (b *keptBlocks) limit(x int, bounds [][]bound, sign float64, known map[int]float64) float64 {
	if at, ok := known[x]; ok {
		return at
	}
	at := math.Inf(-1)
	for _, d := range bounds[x] {
		from := b.pos[d.block]
		if !b.placed[d.block] {
			from = b.limit(d.block, bounds, sign, known)
		}
		at = max(at, sign*from+float64(d.distance))
	}
	known[x] = sign * at
	return sign * at
}

func (b *keptBlocks) linkCost(x int, at float64) float64 {
	cost := 0.0
	for _, l := range b.links[x] {
		if b.placed[l.v] {
			cost += l.cost(b.pos[l.v] + l.delta - at)
		}
	}
	return cost
}

// loose are the blocks that are new or have been pushed.
func (b *keptBlocks) loose() []int {
	var some []int
	for _, x := range b.sorted {
		if !b.old[x] || b.pos[x] != b.anchor[x] {
			some = append(some, x)
		}
	}
	return some
}
