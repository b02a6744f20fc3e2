package layout

// bond says that the head of a wire ranks at least length after its tail.
type bond struct{ tail, head, length int }

// rankBoxes gives each box a rank from 0 on, such that wires lead from lower to
// higher ranks (back edges from higher to lower ones) and are short in total.
func rankBoxes(p part, back []bool) []int {
	bonds := bondsOf(p, back)
	s := newSimplex(len(p.boxes), bonds)
	s.optimize()
	s.preferEarly()
	return s.normalized()
}

func bondsOf(p part, back []bool) []bond {
	var bonds []bond
	for i, w := range p.edges {
		b := bond{tail: w.from, head: w.to, length: 1}
		switch {
		case w.from == w.to:
			continue
		case back[i]:
			b.tail, b.head = b.head, b.tail
		case w.site == between:
			b.length = 2 // room for the vertex that carries the chip
		}
		bonds = append(bonds, b)
	}
	return bonds
}

// longestPath gives each box the least rank that its bonds allow, and returns the
// boxes in topological order.
func (s *simplex) longestPath() {
	waits := make([]int, len(s.rank))
	for _, b := range s.bonds {
		waits[b.head]++
	}
	for v := range s.rank {
		if waits[v] == 0 {
			s.topo = append(s.topo, v)
		}
	}
	for i := 0; i < len(s.topo); i++ {
		v := s.topo[i]
		for _, e := range s.out[v] {
			b := s.bonds[e]
			s.rank[b.head] = max(s.rank[b.head], s.rank[v]+b.length)
			if waits[b.head]--; waits[b.head] == 0 {
				s.topo = append(s.topo, b.head)
			}
		}
	}
}

// earliest is the least rank that the bonds of a box allow where their tails are.
func (s *simplex) earliest(v int, rank []int) int {
	early := 0
	for i, e := range s.in[v] {
		at := rank[s.bonds[e].tail] + s.bonds[e].length
		if i == 0 || at > early {
			early = at
		}
	}
	return early
}

// preferEarly moves boxes that could as well be earlier to the earliest place, so
// that branches of different length start together and the slack is before their
// join.
func (s *simplex) preferEarly() {
	for _, v := range s.topo {
		if len(s.in[v]) == 0 || len(s.in[v]) < len(s.out[v]) {
			continue
		}
		s.rank[v] = s.earliest(v, s.rank)
	}
}

// normalized returns the ranks, the least of them being 0.
func (s *simplex) normalized() []int {
	if len(s.rank) == 0 {
		return nil
	}
	low := s.rank[0]
	for _, r := range s.rank {
		low = min(low, r)
	}
	for v := range s.rank {
		s.rank[v] -= low
	}
	return s.rank
}
