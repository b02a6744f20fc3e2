package layout

import (
	"testing"

	"pgregory.net/rapid"
)

// shortest finds the least total length of bonds by trying all ranks below a limit.
func shortest(n, limit int, bonds []bond) int {
	rank, best := make([]int, n), -1
	var try func(v int)
	try = func(v int) {
		if v == n {
			total := 0
			for _, b := range bonds {
				length := rank[b.head] - rank[b.tail]
				if length < b.length {
					return
				}
				total += length
			}
			if best < 0 || total < best {
				best = total
			}
			return
		}
		for rank[v] = 0; rank[v] < limit; rank[v]++ {
			try(v + 1)
		}
	}
	try(0)
	return best
}

// Ranks must keep every bond's length and be as short in total as an exhaustive
// search finds.
func TestRanksAreShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := drawChooser(t)
		n := 2 + pick(5)
		var bonds []bond
		for v := 1; v < n; v++ { // a spanning tree keeps it in one part
			bonds = append(bonds, bond{pick(v), v, 1})
		}
		for range pick(7) {
			a, b := pick(n), pick(n)
			if a != b {
				bonds = append(bonds, bond{min(a, b), max(a, b), 1 + pick(2)})
			}
		}
		s := newSimplex(n, bonds)
		s.optimize()
		s.preferEarly()
		rank, total, high := s.normalized(), 0, 0
		for _, b := range bonds {
			length := rank[b.head] - rank[b.tail]
			if length < b.length {
				t.Fatalf("%+v has length %d in %v", b, length, rank)
			}
			total += length
			high = max(high, rank[b.head])
		}
		if best := shortest(n, min(high+1, 8), bonds); best >= 0 && total != best {
			t.Fatalf("total length %d, possible %d: %v %v", total, best, bonds, rank)
		}
	})
}

// A box whose place makes no difference to the total comes as early as it can.
func TestBoxesComeEarly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := drawChooser(t)
		nodes, edges := campaign(80, pick).sized(LeftRight, 1, pick)
		for _, p := range newGrid(nodes, edges, fullLR).parts() {
			bonds := bondsOf(p, backEdges(p))
			rank := rankBoxes(p, backEdges(p))
			for v := range rank {
				slack, in, out := 1000, 0, 0
				for _, b := range bonds {
					if b.head == v {
						in++
						slack = min(slack, rank[v]-rank[b.tail]-b.length)
					}
					if b.tail == v {
						out++
					}
				}
				if in > 0 && in >= out && slack > 0 {
					t.Fatalf("box %d could be %d earlier", v, slack)
				}
			}
		}
	})
}
