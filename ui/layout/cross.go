package layout

import "slices"

// counter counts crossings between two layers with an accumulator tree, as
// Barth, Jünger and Mutzel (2002) describe.
type counter struct {
	tree  []int
	slots []int // per vertex, first slot of its ports on the side under count
	ends  []int
}

// crossings is the number of crossings in the whole drawing. Edges at one port
// don't cross, edges at one vertex may.
func (s *sorter) crossings() int {
	total := 0
	for l := range len(s.layers) - 1 {
		total += s.crossingsBehind(l)
	}
	return total
}

// crossingsBehind counts the crossings between layer l and the next.
func (s *sorter) crossingsBehind(l int) int {
	c := &s.counter
	if len(c.slots) < len(s.size) {
		c.slots = make([]int, len(s.size))
	}
	n := 0
	for _, v := range s.layers[l+1] {
		c.slots[v] = n
		n += distinct(s.up[v])
	}
	size := 1
	for size < n {
		size *= 2
	}
	if len(c.tree) < 2*size {
		c.tree = make([]int, 2*size)
	}
	clear(c.tree[:2*size])
	crossings := 0
	for _, v := range s.layers[l] {
		links := s.down[v]
		for i := 0; i < len(links); {
			c.ends = c.ends[:0]
			own := links[i].own
			for ; i < len(links) && links[i].own == own; i++ {
				c.ends = append(c.ends, c.slots[links[i].v]+links[i].port)
			}
			slices.Sort(c.ends)
			crossings += c.insert(size)
		}
	}
	return crossings
}

// insert counts how many of the slots used so far lie behind each of ends, then
// marks these as used. Ends of one port are counted first: they don't cross.
func (c *counter) insert(size int) int {
	crossings := 0
	for _, e := range c.ends {
		for i := size + e; i > 1; i /= 2 {
			if i%2 == 0 {
				crossings += c.tree[i+1]
			}
		}
	}
	for _, e := range c.ends {
		for i := size + e; i > 0; i /= 2 {
			c.tree[i]++
		}
	}
	return crossings
}

// distinct is the number of ports in a list that is sorted by own offset.
func distinct(links []neighbor) int {
	n := 0
	for i := range links {
		if i == 0 || links[i].own != links[i-1].own {
			n++
		}
	}
	return n
}

// portsBefore is the number of ports before the one at an offset.
func portsBefore(links []neighbor, at int) int {
	n := 0
	for i := range links {
		if links[i].own >= at {
			break
		}
		if i == 0 || links[i].own != links[i-1].own {
			n++
		}
	}
	return n
}

// transpose exchanges neighbours in a layer as long as that removes crossings. It
// compares the two neighbour lists only and never recounts a layer. In the first
// round it also exchanges neighbours that cross either way, which leads out of many
// dead ends.
func (s *sorter) transpose() {
	t := newTransposer(s)
	for i := range maxTranspose {
		changed := false
		for l := range s.layers {
			if !t.stale[l+1] {
				continue
			}
			t.stale[l+1] = false
			if t.layer(l, i == 0) {
				t.stale[l], t.stale[l+1], t.stale[l+2] = true, true, true
				changed = true
			}
		}
		if !changed {
			return
		}
	}
}

// transposer caches, per vertex, the sorted keys of its neighbours on both sides
// while one layer is being worked on.
type transposer struct {
	*sorter
	keys  [2][][]int
	stale []bool // layers worth another look, from the one before the first on
}

func newTransposer(s *sorter) *transposer {
	t := &transposer{sorter: s, keys: s.keys, stale: make([]bool, len(s.layers)+2)}
	for l := range t.stale {
		t.stale[l] = true
	}
	return t
}

// load caches the keys for one layer.
func (t *transposer) load(l int) {
	for side, links := range [2][][]neighbor{t.up, t.down} {
		for _, v := range t.layers[l] {
			keys := t.keys[side][v][:0]
			for _, n := range links[v] {
				keys = append(keys, t.pos[n.v]*portResolution+n.at)
			}
			if len(keys) > 1 {
				slices.Sort(keys)
			}
			t.keys[side][v] = keys
		}
	}
}

// gain is the number of crossings that go away when w, now behind v, comes before
// it; crossed tells whether they cross now.
func (t *transposer) gain(v, w int) (gain int, crossed bool) {
	for side := range t.keys {
		a, b := t.keys[side][v], t.keys[side][w]
		switch n, m := len(a), len(b); {
		case n == 0 || m == 0:
		case a[n-1] < b[0]:
			gain -= n * m
		case b[m-1] < a[0]:
			gain += n * m
			crossed = true
		default:
			now := inversions(a, b)
			gain += now - inversions(b, a)
			crossed = crossed || now > 0
		}
	}
	return gain, crossed
}

func (t *transposer) layer(l int, restless bool) (changed bool) {
	t.load(l)
	vs := t.layers[l]
	for i := 0; i+1 < len(vs); i++ {
		v, w := vs[i], vs[i+1]
		if gain, crossed := t.gain(v, w); gain > 0 || restless && crossed && gain == 0 {
			vs[i], vs[i+1] = w, v
			t.pos[v], t.pos[w] = i+1, i
			changed = true
		}
	}
	return changed
}

// sift moves single vertices to the best place in their layer, past any number of
// others (Matuszewski, Schönfeld and Molitor 1999). It finds what exchanging
// neighbours can't, where several steps don't pay singly.
func (s *sorter) sift() {
	t := newTransposer(s)
	for round := range maxSift {
		gained := 0
		for l := range s.layers {
			if s.sifting(l) > maxSiftWork {
				continue
			}
			t.load(l)
			for _, v := range slices.Clone(s.layers[l]) {
				gained += t.siftVertex(l, v, round%2 == 0)
			}
		}
		if gained == 0 {
			return
		}
	}
}

// sifting estimates the work of sifting a layer.
func (s *sorter) sifting(l int) int {
	links := 0
	for _, v := range s.layers[l] {
		links += len(s.up[v]) + len(s.down[v])
	}
	return links * len(s.layers[l])
}

func (t *transposer) siftVertex(l, v int, restless bool) int {
	vs, from := t.layers[l], t.pos[v]
	best, to, sum := 0, from, 0
	for i := from - 1; i >= 0; i-- {
		gain, _ := t.gain(vs[i], v)
		if sum += gain; sum > best || restless && sum == best && sum >= 0 {
			best, to = sum, i
		}
	}
	sum = 0
	for i := from + 1; i < len(vs); i++ {
		gain, _ := t.gain(v, vs[i])
		if sum += gain; sum > best || restless && sum == best && sum >= 0 {
			best, to = sum, i
		}
	}
	if to == from {
		return 0
	}
	vs = slices.Delete(vs, from, from+1)
	t.layers[l] = slices.Insert(vs, to, v)
	t.renumber(l)
	return best
}

// inversions counts the pairs of one key from each sorted list of which the first
// is greater.
func inversions(a, b []int) int {
	n, j := 0, 0
	for _, x := range a {
		for j < len(b) && b[j] < x {
			j++
		}
		n += j
	}
	return n
}
