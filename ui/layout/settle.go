package layout

import "math"

const (
	settleRounds = 12
	// Costs of the final positions, per unit of weight: a cell of height costs 1, a
	// bend bendCost, a cell by which a fan is lopsided lopsidedCost.
	bendCost     = 2
	lopsidedCost = 1
	// maxCandidates bounds the positions that are tried for a block of many links.
	maxCandidates = 24
)

// fan is one side of a box with several edges: it should lie in the middle between
// the first and the last of them.
type fan struct {
	hub, first, last      int // blocks
	deltaFirst, deltaLast float64
}

// settler moves blocks by whole cells.
type settler struct {
	*blocks
	fans [][]fan   // by block that takes part
	list []float64 // scratch
}

// settle rounds the positions, then improves them one block at a time: it makes
// edges straight that are nearly so and fans symmetrical, without moving anything
// else.
func (b *blocks) settle() {
	for _, x := range b.sorted {
		b.pos[x] = float64(nearestCell(b.pos[x]))
		for _, d := range b.above[x] { // which a rounding error could bring nearer than allowed
			b.pos[x] = max(b.pos[x], b.pos[d.block]+float64(d.distance))
		}
	}
	b.refine(b.sorted)
}

// refine moves some of the blocks until nothing gets better.
func (b *blocks) refine(some []int) {
	s := settler{blocks: b, fans: b.findFans()}
	for range settleRounds {
		moved := false
		for _, x := range some {
			moved = s.improve(x) || moved
		}
		if !moved {
			return
		}
	}
}

func (b *blocks) findFans() [][]fan {
	fans := make([][]fan, b.count)
	for v := range b.boxes {
		for _, side := range [2][]link{b.prev[v], b.next[v]} {
			if len(side) < 2 {
				continue
			}
			f := b.fan(v, side)
			fans[f.hub] = append(fans[f.hub], f)
			if f.first != f.hub {
				fans[f.first] = append(fans[f.first], f)
			}
			if f.last != f.hub && f.last != f.first {
				fans[f.last] = append(fans[f.last], f)
			}
		}
	}
	return fans
}

func (b *blocks) fan(v int, side []link) fan {
	first, last := side[0], side[0]
	for _, l := range side[1:] {
		// A lower port has the smaller delta, so of two targets at one place the
		// one of the lower port comes last.
		if b.at[l.v] < b.at[first.v] {
			first = l
		}
		if b.at[l.v] >= b.at[last.v] {
			last = l
		}
	}
	delta := func(l link) float64 { return float64(b.offset[l.v]-b.offset[v]) + l.delta }
	return fan{
		hub: b.of[v], first: b.of[first.v], last: b.of[last.v],
		deltaFirst: delta(first), deltaLast: delta(last),
	}
}

// lopsided is by how much the distances to the first and the last edge differ.
func (b *blocks) lopsided(f fan) float64 {
	return b.pos[f.first] + f.deltaFirst + b.pos[f.last] + f.deltaLast - 2*b.pos[f.hub]
}

// improve moves a block to the best position within its room, if that is better
// than where it is.
func (s *settler) improve(x int) bool {
	low, high := math.Inf(-1), math.Inf(1)
	for _, d := range s.above[x] {
		low = max(low, s.pos[d.block]+float64(d.distance))
	}
	for _, d := range s.below[x] {
		high = min(high, s.pos[d.block]-float64(d.distance))
	}
	if low >= high {
		return false
	}
	old := s.pos[x]
	best, least := old, s.cost(x)
	for _, to := range s.candidates(x) {
		s.pos[x] = min(max(to, low), high)
		if c := s.cost(x); c < least-touching {
			best, least = s.pos[x], c
		}
	}
	s.pos[x] = best
	return best != old
}

// candidates are the positions where a link becomes straight or a fan symmetrical.
func (s *settler) candidates(x int) []float64 {
	at := s.pos[x]
	list := s.list[:0]
	if s.anchor != nil {
		list = append(list, s.anchor[x])
	}
	for _, f := range s.fans[x] {
		off := s.lopsided(f)
		if f.hub == x {
			list = append(list, at+math.Trunc(off/2))
		} else {
			list = append(list, at-off)
		}
	}
	for _, l := range s.links[x] {
		list = append(list, s.pos[l.v]+l.delta)
		if len(list) >= maxCandidates {
			break
		}
	}
	s.list = append(list, at-1, at+1)
	return s.list
}

func (s *settler) cost(x int) float64 {
	cost := 0.0
	if s.anchor != nil {
		cost = s.hold[x] * math.Abs(s.pos[x]-s.anchor[x])
	}
	for _, l := range s.links[x] {
		cost += l.cost(s.pos[l.v] + l.delta - s.pos[x])
	}
	for _, f := range s.fans[x] {
		cost += lopsidedCost * math.Abs(s.lopsided(f))
	}
	return cost
}
