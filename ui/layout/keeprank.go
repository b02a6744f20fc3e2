package layout

import "slices"

// backEdges tells for each wire whether it closes a cycle. What ran forward does so
// still; of the others, those that would close a cycle run backwards.
func (o *recollection) backEdges(p part) []bool {
	r := reacher{out: make([][]int, len(p.boxes)), seen: make([]int, len(p.boxes))}
	back := make([]bool, len(p.edges))
	var doubtful []int
	for i, w := range p.edges {
		if o.knows(w.from) && o.knows(w.to) && o.spots[w.from].part == o.spots[w.to].part &&
			o.spots[w.from].rank < o.spots[w.to].rank {
			r.out[w.from] = append(r.out[w.from], w.to)
		} else {
			doubtful = append(doubtful, i)
		}
	}
	for _, i := range doubtful {
		w := p.edges[i]
		if back[i] = r.reaches(w.to, w.from); !back[i] {
			r.out[w.from] = append(r.out[w.from], w.to)
		}
	}
	return back
}

// reacher answers whether a way leads from one box to another.
type reacher struct {
	out   [][]int
	seen  []int // number of the search that met a box last
	count int
	stack []int
}

func (r *reacher) reaches(from, to int) bool {
	r.count++
	r.stack = append(r.stack[:0], from)
	for len(r.stack) > 0 {
		v := r.stack[len(r.stack)-1]
		r.stack = r.stack[:len(r.stack)-1]
		if v == to {
			return true
		}
		if r.seen[v] == r.count {
			continue
		}
		r.seen[v] = r.count
		r.stack = append(r.stack, r.out[v]...)
	}
	return false
}

// ranker moves ranks no more than the bonds demand.
type ranker struct {
	*recollection
	*simplex
	floor []int // the least rank of each box: where it was
}

// rankBoxes gives each box a rank as near as possible to the one it had. Boxes make
// room to the right. They come back only where a chain closes up, and where a rank
// has nothing left in it. If whole is set, all of a rank makes room together.
func (o *recollection) rankBoxes(p part, back []bool, whole bool) []int {
	r := &ranker{o, newSimplex(len(p.boxes), bondsOf(p, back)), make([]int, len(p.boxes))}
	for v, s := range o.spots {
		r.floor[v] = s.rank
	}
	r.closeUp(p)
	r.pushParts()
	if whole {
		r.pushRanks()
	}
	r.pullNew()
	return r.withoutEmpty()
}

// closeUp moves boxes to the left whose predecessor was deleted and had kept them
// where they were, and what followed them closely.
func (r *ranker) closeUp(p part) {
	if len(r.gone) == 0 {
		return
	}
	freed := map[string]bool{}
	for _, t := range r.edges {
		if r.gone[t.from] && r.nodes[t.to].rank == r.nodes[t.from].rank+1 {
			freed[t.to] = true
		}
	}
	for _, v := range r.topo {
		if !r.knows(v) || len(r.in[v]) == 0 {
			continue
		}
		free := freed[p.boxes[v].key]
		for _, e := range r.in[v] {
			b := r.bonds[e]
			moved := r.floor[b.tail] < r.spots[b.tail].rank
			free = free || moved && r.spots[v].rank == r.spots[b.tail].rank+b.length
		}
		if early := r.earliest(v, r.floor); free && r.sameGroup(v) {
			r.floor[v] = min(r.floor[v], early)
		}
	}
}

// sameGroup tells whether all predecessors of a box were in its part before.
func (r *ranker) sameGroup(v int) bool {
	for _, e := range r.in[v] {
		if r.group(r.bonds[e].tail) != r.group(v) {
			return false
		}
	}
	return true
}

// group is the part to which a box belonged, -1 for a new one.
func (r *ranker) group(v int) int {
	if !r.knows(v) {
		return -1
	}
	return r.spots[v].part
}

// push moves boxes to the right as far as their bonds demand. It returns, for each
// box, the group from which the push came, -1 for none.
func (r *ranker) push() []int {
	copy(r.rank, r.floor)
	from := make([]int, len(r.rank))
	for _, v := range r.topo {
		from[v] = r.group(v)
		for _, e := range r.in[v] {
			b := r.bonds[e]
			if at := r.rank[b.tail] + b.length; at > r.rank[v] || at == r.rank[v] && from[v] < 0 {
				r.rank[v], from[v] = at, from[b.tail]
			}
		}
	}
	return from
}

// pushParts pushes, and where parts have come together, moves each as a whole.
func (r *ranker) pushParts() {
	groups := map[int]bool{}
	for v := range r.rank {
		if r.knows(v) {
			groups[r.group(v)] = true
		}
	}
	from := r.push()
	for range len(groups) - 1 {
		shift := map[int]int{}
		for v := range r.rank {
			if g := r.group(v); g >= 0 && from[v] != g {
				shift[g] = max(shift[g], r.rank[v]-r.floor[v])
			}
		}
		if len(shift) == 0 {
			break
		}
		for v := range r.floor {
			if g := r.group(v); g >= 0 {
				r.floor[v] += shift[g]
			}
		}
		from = r.push()
	}
	if len(groups) > 1 {
		r.pullParts(groups)
	}
}

// pushRanks pushes, with each old box, all that were in its rank or behind it.
func (r *ranker) pushRanks() {
	last := slices.Max(r.floor)
	shift := make([]int, last+1)
	for v, at := range r.floor {
		if r.knows(v) {
			shift[at] = max(shift[at], r.rank[v]-at)
		}
	}
	for at := range last {
		shift[at+1] = max(shift[at+1], shift[at])
	}
	for v, at := range r.floor {
		if r.knows(v) {
			r.floor[v] += shift[at]
		}
	}
	r.push()
}

// pullParts moves parts to the right that only lead into others, so that the wires
// in between are short.
func (r *ranker) pullParts(groups map[int]bool) {
	slack, held := map[int]int{}, map[int]bool{}
	for e, b := range r.bonds {
		tail, head := r.group(b.tail), r.group(b.head)
		if tail == head {
			continue
		}
		held[head] = true
		if s, ok := slack[tail]; !ok || r.slack(e) < s {
			slack[tail] = r.slack(e)
		}
	}
	for v := range r.rank {
		if g := r.group(v); groups[g] && !held[g] {
			r.rank[v] += slack[g]
		}
	}
}

// pullNew moves new boxes that have nothing but new ones before them next to what
// they lead to.
func (r *ranker) pullNew() {
	floats := make([]bool, len(r.rank))
	for _, v := range r.topo {
		floats[v] = !r.knows(v)
		for _, e := range r.in[v] {
			floats[v] = floats[v] && floats[r.bonds[e].tail]
		}
	}
	for _, v := range slices.Backward(r.topo) {
		if !floats[v] || len(r.out[v]) == 0 {
			continue
		}
		room := r.slack(r.out[v][0])
		for _, e := range r.out[v][1:] {
			room = min(room, r.slack(e))
		}
		r.rank[v] += room
	}
}

// withoutEmpty leaves out ranks in which there is no box, unless a chip needs one
// between the boxes of its wire.
func (r *ranker) withoutEmpty() []int {
	last := 0
	for _, at := range r.rank {
		last = max(last, at)
	}
	used := make([]bool, last+1)
	for _, at := range r.rank {
		used[at] = true
	}
	for _, b := range r.bonds {
		if from := r.rank[b.tail] + 1; b.length > 1 && !slices.Contains(used[from:r.rank[b.head]], true) {
			used[from] = true
		}
	}
	compact := make([]int, last+1)
	for at := range last {
		compact[at+1] = compact[at]
		if used[at] {
			compact[at+1]++
		}
	}
	for v, at := range r.rank {
		r.rank[v] = compact[at]
	}
	return r.rank
}
