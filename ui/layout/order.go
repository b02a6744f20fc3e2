package layout

import (
	"cmp"
	"slices"
)

// Limits of the ordering phase.
const (
	maxSweeps      = 24      // per start
	patience       = 6       // sweeps without improvement after which a start is given up
	maxTranspose   = 6       // rounds per sweep
	maxSift        = 6       // rounds per start
	maxSiftWork    = 1 << 18 // denser layers stay as the sweeps leave them
	maxStartWork   = 9000    // vertices times starts: larger graphs have fewer starts
	portResolution = 1 << 20 // larger than any offset of a port that matters
)

// neighbor is a connection of a vertex into the next or previous layer: the vertex
// there, the offsets of the ports at both ends, and how many ports come before the
// one there.
type neighbor struct{ v, at, own, port int }

// sorter orders the vertices within ranks. Its layers are the ranks, with one more
// before and one behind: a wire that turns is represented by one more vertex in
// the next layer, so that its crossings count like all others. These turning
// points are dropped again afterwards.
type sorter struct {
	layers   [][]int
	pos      []int
	size     []int
	up, down [][]neighbor // sorted by own offset
	counter  counter
	best     snapshot
	// Scratch of transposer and of sortLayer.
	keys    [2][][]int
	movable []keyed
	nearby  []float64
}

// keyed is a vertex with the position that it should have.
type keyed struct {
	v   int
	key float64
}

// order sorts the vertices of every rank such that few edges cross, ports counting
// in their fixed order.
func (g *graph) order() {
	s := newSorter(g)
	var best snapshot
	starts := []func(){
		s.startFromSources, s.startFromSinks, s.mirrored(s.startFromSinks), s.mirrored(s.startFromSources),
	}
	for i, start := range starts {
		if i > 0 && (best.crossings == 0 || i*len(s.size) > maxStartWork) {
			break
		}
		start()
		if s.sweep(); i == 0 || s.best.crossings < best.crossings {
			best, s.best = s.best, best
		}
	}
	g.adopt(best.layers)
}

// adopt takes the order of layers, without the turning points.
func (g *graph) adopt(layers [][]int) {
	for r := range g.ranks {
		g.ranks[r] = g.ranks[r][:0]
		for _, v := range layers[r+1] {
			if v < len(g.vertices) {
				g.ranks[r] = append(g.ranks[r], v)
			}
		}
	}
}

func newSorter(g *graph) *sorter {
	s := &sorter{layers: make([][]int, len(g.ranks)+2)}
	add := func(layer, size int) int {
		s.layers[layer] = append(s.layers[layer], len(s.size))
		s.size = append(s.size, size)
		s.up, s.down = append(s.up, nil), append(s.down, nil)
		return len(s.size) - 1
	}
	for _, v := range g.vertices {
		add(v.rank+1, v.size)
	}
	for _, h := range g.hops {
		switch {
		case !h.turns():
			s.connect(h.left(), h.right())
		case h.a.far:
			turn := end{v: add(h.gap, 1)}
			s.connect(turn, h.a)
			s.connect(turn, h.b)
		default:
			turn := end{v: add(h.gap+1, 1)}
			s.connect(h.a, turn)
			s.connect(h.b, turn)
		}
	}
	byOwn := func(a, b neighbor) int { return cmp.Compare(a.own, b.own) }
	for v := range s.size {
		slices.SortStableFunc(s.up[v], byOwn)
		slices.SortStableFunc(s.down[v], byOwn)
	}
	for v := range s.size {
		for i, n := range s.down[v] {
			s.down[v][i].port = portsBefore(s.up[n.v], n.at)
		}
	}
	s.pos = make([]int, len(s.size))
	s.keys = [2][][]int{make([][]int, len(s.size)), make([][]int, len(s.size))}
	return s
}

func (s *sorter) connect(left, right end) {
	s.down[left.v] = append(s.down[left.v], neighbor{v: right.v, at: right.at, own: left.at})
	s.up[right.v] = append(s.up[right.v], neighbor{v: left.v, at: left.at, own: right.at})
}

// startFromSources lists vertices as a depth-first search meets them that follows
// out-ports in order. It draws trees without a crossing.
func (s *sorter) startFromSources() { s.start(s.up, s.down) }

// startFromSinks does the same against the flow.
func (s *sorter) startFromSinks() { s.start(s.down, s.up) }

// mirrored turns a start upside down.
func (s *sorter) mirrored(start func()) func() {
	return func() {
		start()
		for l := range s.layers {
			slices.Reverse(s.layers[l])
			s.renumber(l)
		}
	}
}

func (s *sorter) start(behind, ahead [][]neighbor) {
	layer := make([]int, len(s.size))
	for l, vs := range s.layers {
		for _, v := range vs {
			layer[v] = l
		}
		s.layers[l] = vs[:0]
	}
	seen := make([]bool, len(s.size))
	type frame struct{ v, next int }
	visit := func(v int) {
		stack := []frame{{v: v}}
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == 0 && !seen[f.v] {
				seen[f.v] = true
				s.layers[layer[f.v]] = append(s.layers[layer[f.v]], f.v)
			}
			if f.next == len(ahead[f.v]) {
				stack = stack[:len(stack)-1]
				continue
			}
			to := ahead[f.v][f.next].v
			f.next++
			if !seen[to] {
				stack = append(stack, frame{v: to})
			}
		}
	}
	for v := range s.size {
		if len(behind[v]) == 0 {
			visit(v)
		}
	}
	for l := range s.layers {
		s.renumber(l)
	}
}

func (s *sorter) renumber(l int) {
	for i, v := range s.layers[l] {
		s.pos[v] = i
	}
}

// sweep goes up and down the layers, sorting each by its neighbours in the one
// before, and remembers the best order.
func (s *sorter) sweep() {
	s.remember(s.crossings(), true)
	idle := 0
	for i := 0; i < maxSweeps && idle < patience && s.best.crossings > 0; i++ {
		median := i%8 >= 2
		if i%2 == 0 {
			for l := 1; l < len(s.layers); l++ {
				s.sortLayer(l, s.up, median, i%8 >= 4)
			}
		} else {
			for l := len(s.layers) - 2; l >= 0; l-- {
				s.sortLayer(l, s.down, median, i%8 >= 4)
			}
		}
		s.transpose()
		idle++
		if s.remember(s.crossings(), false) {
			idle = 0
		}
	}
	if s.best.crossings > 0 {
		s.startFrom(s.best)
		s.sift()
		s.remember(s.crossings(), false)
	}
}

// snapshot is an order of all layers and its number of crossings.
type snapshot struct {
	layers    [][]int
	crossings int
}

// remember keeps the current order if it is the first one of a start or the best.
func (s *sorter) remember(crossings int, first bool) bool {
	if !first && crossings >= s.best.crossings {
		return false
	}
	s.best.crossings = crossings
	if s.best.layers == nil {
		s.best.layers = make([][]int, len(s.layers))
	}
	for l, vs := range s.layers {
		s.best.layers[l] = append(s.best.layers[l][:0], vs...)
	}
	return true
}

// startFrom starts with an order that was found before.
func (s *sorter) startFrom(order snapshot) {
	for l, vs := range order.layers {
		s.layers[l] = append(s.layers[l][:0], vs...)
		s.renumber(l)
	}
}

// sortLayer sorts one layer by the median or the mean of the neighbours'
// positions. Vertices without neighbours stay where they are; ties keep their order
// or reverse it, because either may be the dead end that a sweep can't leave.
func (s *sorter) sortLayer(l int, links [][]neighbor, median, reverse bool) {
	movable, nearby := s.movable[:0], s.nearby
	for _, v := range s.layers[l] {
		if len(links[v]) == 0 {
			continue
		}
		nearby = nearby[:0]
		for _, n := range links[v] {
			at := float64(s.pos[n.v]) + (float64(n.at)+0.5)/float64(s.size[n.v])
			nearby = append(nearby, at)
		}
		movable = append(movable, keyed{v, center(nearby, median)})
	}
	s.movable, s.nearby = movable, nearby
	if reverse {
		slices.Reverse(movable)
	}
	slices.SortStableFunc(movable, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	next := 0
	for i, v := range s.layers[l] {
		if len(links[v]) == 0 {
			continue
		}
		s.layers[l][i] = movable[next].v
		next++
	}
	s.renumber(l)
}

// center is the mean of positions or their weighted median, which leans to the
// side where they are denser (Gansner et al. 1993, section 3).
func center(at []float64, median bool) float64 {
	n := len(at)
	if !median || n == 2 {
		sum := 0.0
		for _, x := range at {
			sum += x
		}
		return sum / float64(n)
	}
	slices.Sort(at)
	m := n / 2
	if n%2 == 1 {
		return at[m]
	}
	left, right := at[m-1]-at[0], at[n-1]-at[m]
	if left+right == 0 {
		return (at[m-1] + at[m]) / 2
	}
	return (at[m-1]*right + at[m]*left) / (left + right)
}
