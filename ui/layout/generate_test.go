package layout

import "math/rand/v2"

// chooser makes the choices of a generator: rapid's in properties, a seeded one's
// in benchmarks.
type chooser func(n int) int

func seeded(seed uint64) chooser { return rand.New(rand.NewPCG(seed, 7)).IntN }

// shape is a graph without sizes.
type shape struct {
	n     int
	pairs [][2]int
}

func (s *shape) node() int {
	s.n++
	return s.n - 1
}

func (s *shape) edge(from, to int) { s.pairs = append(s.pairs, [2]int{from, to}) }

// campaign grows a graph the way a campaign is built: sequences, splits, joins of
// open branches, and ends.
func campaign(n int, pick chooser) shape {
	var s shape
	ends := []int{s.node()}
	for s.n < n {
		if len(ends) == 0 {
			ends = append(ends, s.node())
			continue
		}
		at := pick(len(ends))
		from := ends[at]
		switch kind := pick(20); {
		case kind < 11:
			ends[at] = s.node()
			s.edge(from, ends[at])
		case kind < 14:
			ends = append(ends[:at], ends[at+1:]...)
			for range 2 + pick(3) {
				ends = append(ends, s.node())
				s.edge(from, ends[len(ends)-1])
			}
		case kind < 18 && len(ends) > 1:
			ends = s.join(ends, 2+pick(2), pick)
		case kind == 18:
			ends = append(ends[:at], ends[at+1:]...)
		default:
			ends = append(ends, s.node())
		}
	}
	return s
}

// join merges a few neighbouring open branches.
func (s *shape) join(ends []int, k int, pick chooser) []int {
	k = min(k, len(ends))
	at := pick(len(ends) - k + 1)
	to := s.node()
	for _, from := range ends[at : at+k] {
		s.edge(from, to)
	}
	return append(append(append([]int{}, ends[:at]...), to), ends[at+k:]...)
}

// digraph is any graph: cycles, self-loops, parallel edges, unconnected parts.
func digraph(n, edges int, pick chooser) shape {
	s := shape{n: n}
	for range edges {
		s.edge(pick(n), pick(n))
	}
	return s
}

// sized gives a shape boxes with one port per edge, in order, and chips to some of
// the edges. Ports are a row apart, LeftRight, and apart columns, TopDown.
func (s shape) sized(dir Direction, apart int, pick chooser) ([]Node, []Edge) {
	if dir == LeftRight {
		apart = 1
	}
	nodes, edges := make([]Node, s.n), make([]Edge, 0, len(s.pairs))
	for _, p := range s.pairs {
		from, to := &nodes[p[0]], &nodes[p[1]]
		e := Edge{From: p[0], FromPort: len(from.Out), To: p[1], ToPort: len(to.In)}
		if pick(3) > 0 {
			e.Label = 3 + pick(12)
		}
		from.Out = append(from.Out, Port{1 + apart*len(from.Out)})
		to.In = append(to.In, Port{1 + apart*len(to.In)})
		edges = append(edges, e)
	}
	for i := range nodes {
		n := &nodes[i]
		side := 2 + apart*max(len(n.In), len(n.Out))
		n.W, n.H = 5+pick(20), max(3, side)
		if dir == TopDown {
			n.W, n.H = max(3+pick(20), side), 3+pick(3)
		}
	}
	return nodes, edges
}
