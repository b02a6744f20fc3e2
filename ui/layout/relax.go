package layout

import "math"

const (
	relaxRounds = 24
	relaxed     = 0.02 // cells: no block moved farther in a round, so further ones won't show
	touching    = 1e-6
	maxGroup    = 24 // blocks pushed at once; a large group hardly moves
)

// relax moves blocks towards the weighted mean of where their links would have
// them, until they come to rest. A block that is in the way is pushed along as
// long as that serves the group as a whole.
func (b *blocks) relax() {
	r := relaxer{blocks: b, member: make([]int, b.count)}
	for round := range relaxRounds {
		farthest := 0.0
		for i := range b.sorted {
			if round%2 == 1 {
				i = len(b.sorted) - 1 - i
			}
			farthest = max(farthest, r.move(b.sorted[i]))
		}
		if farthest < relaxed {
			return
		}
	}
}

type relaxer struct {
	*blocks
	group  []int
	member []int // number of the group that a block was last in
	groups int
}

// pull is the weighted sum of the distances from a block to where its links would
// have it, and the sum of the weights.
func (b *blocks) pull(x int) (force, weight float64) {
	for _, l := range b.links[x] {
		force += l.weight * (b.pos[l.v] + l.delta - b.pos[x])
		weight += l.weight
	}
	return force, weight
}

// move moves one block and returns how far it went.
func (r *relaxer) move(x int) float64 {
	force, weight := r.pull(x)
	if weight == 0 || math.Abs(force/weight) < relaxed {
		return 0
	}
	sign, bounds := 1.0, r.below
	if force < 0 {
		sign, bounds = -1.0, r.above
	}
	r.groups++
	r.group = append(r.group[:0], x)
	r.member[x] = r.groups
	moved := 0.0
	for want := sign * force / weight; want > relaxed && len(r.group) < maxGroup; want = sign * force / weight {
		room := r.room(sign, bounds, want)
		if room > touching {
			for _, y := range r.group {
				r.pos[y] += sign * room
			}
			moved += room
			force -= sign * room * weight
			continue
		}
		grown := len(r.group)
		r.absorb(sign, bounds)
		for _, y := range r.group[grown:] {
			f, w := r.pull(y)
			force, weight = force+f, weight+w
		}
		if len(r.group) == grown {
			break
		}
	}
	return moved
}

// room is how far the group can move before it touches another block, but not more
// than it wants.
func (r *relaxer) room(sign float64, bounds [][]bound, want float64) float64 {
	for _, y := range r.group {
		for _, d := range bounds[y] {
			if r.member[d.block] != r.groups {
				want = min(want, sign*(r.pos[d.block]-r.pos[y])-float64(d.distance))
			}
		}
	}
	return want
}

// absorb takes the blocks that the group touches into it.
func (r *relaxer) absorb(sign float64, bounds [][]bound) {
	for _, y := range r.group {
		for _, d := range bounds[y] {
			if r.member[d.block] != r.groups && sign*(r.pos[d.block]-r.pos[y])-float64(d.distance) <= touching {
				r.member[d.block] = r.groups
				r.group = append(r.group, d.block)
			}
		}
	}
}
