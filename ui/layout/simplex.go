package layout

// simplex minimizes the total length of bonds over ranks with the network simplex
// method (Gansner et al. 1993, section 2). The tree of tight bonds is rooted at
// box 0; low and lim are its postorder numbering, so that "below" is a comparison
// of numbers.
type simplex struct {
	bonds    []bond
	in, out  [][]int // bonds by head and by tail
	rank     []int
	topo     []int // boxes in topological order
	inTree   []bool
	cut      []int // cut value per tree bond
	parent   []int // tree bond towards the root, -1 at the root
	low, lim []int
	tree     [][]int // tree bonds per box
}

func newSimplex(n int, bonds []bond) *simplex {
	s := &simplex{
		bonds: bonds, in: make([][]int, n), out: make([][]int, n), rank: make([]int, n),
		inTree: make([]bool, len(bonds)), cut: make([]int, len(bonds)),
		parent: make([]int, n), low: make([]int, n), lim: make([]int, n), tree: make([][]int, n),
	}
	for i, b := range bonds {
		s.out[b.tail] = append(s.out[b.tail], i)
		s.in[b.head] = append(s.in[b.head], i)
	}
	s.longestPath()
	return s
}

func (s *simplex) slack(e int) int {
	b := s.bonds[e]
	return s.rank[b.head] - s.rank[b.tail] - b.length
}

func (s *simplex) across(e, v int) int { return s.bonds[e].tail + s.bonds[e].head - v }

// optimize exchanges tree bonds until none has a negative cut value. Campaigns
// need a few dozen exchanges; the cap is for graphs on which the method cycles,
// where any feasible ranking will do.
func (s *simplex) optimize() {
	if len(s.rank) < 2 {
		return
	}
	s.tightTree()
	s.number(0, -1, 1)
	s.cutValues()
	next := 0
	for range 4*len(s.rank) + 100 {
		leave := s.leaving(&next)
		if leave < 0 {
			return
		}
		s.exchange(leave, s.entering(leave))
	}
}

// tightTree makes a spanning tree of bonds without slack, by shifting what it has
// so far towards the nearest box that is not yet in it.
func (s *simplex) tightTree() {
	joined := make([]bool, len(s.rank))
	members := []int{0}
	joined[0] = true
	for grown := 0; ; {
		for ; grown < len(members); grown++ {
			v := members[grown]
			for _, e := range append(s.out[v][:len(s.out[v]):len(s.out[v])], s.in[v]...) {
				if w := s.across(e, v); !joined[w] && s.slack(e) == 0 {
					joined[w] = true
					s.link(e)
					members = append(members, w)
				}
			}
		}
		if len(members) == len(s.rank) {
			return
		}
		e := s.nearest(joined)
		shift := s.slack(e)
		if joined[s.bonds[e].head] {
			shift = -shift
		}
		for _, v := range members {
			s.rank[v] += shift
		}
		grown = 0
	}
}

// nearest is the bond of least slack between the tree and the rest.
func (s *simplex) nearest(joined []bool) int {
	best := -1
	for e, b := range s.bonds {
		if joined[b.tail] != joined[b.head] && (best < 0 || s.slack(e) < s.slack(best)) {
			best = e
		}
	}
	return best
}

func (s *simplex) link(e int) {
	s.inTree[e] = true
	b := s.bonds[e]
	s.tree[b.tail] = append(s.tree[b.tail], e)
	s.tree[b.head] = append(s.tree[b.head], e)
}

func (s *simplex) unlink(e int) {
	s.inTree[e] = false
	for _, v := range []int{s.bonds[e].tail, s.bonds[e].head} {
		list := s.tree[v]
		for i := range list {
			if list[i] == e {
				s.tree[v] = append(list[:i], list[i+1:]...)
				break
			}
		}
	}
}

// number gives the subtree of v its postorder numbers from first on.
func (s *simplex) number(v, parent, first int) {
	type frame struct{ v, next int }
	s.parent[v], s.low[v] = parent, first
	lim := first
	stack := []frame{{v, 0}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(s.tree[top.v]) {
			s.lim[top.v] = lim
			lim++
			stack = stack[:len(stack)-1]
			continue
		}
		e := s.tree[top.v][top.next]
		top.next++
		if e == s.parent[top.v] {
			continue
		}
		w := s.across(e, top.v)
		s.parent[w], s.low[w] = e, lim
		stack = append(stack, frame{w, 0})
	}
}

// below tells whether v is in the subtree of top.
func (s *simplex) below(v, top int) bool { return s.low[top] <= s.lim[v] && s.lim[v] <= s.lim[top] }

// lower is the end of a tree bond that is farther from the root.
func (s *simplex) lower(e int) int {
	if b := s.bonds[e]; s.lim[b.tail] < s.lim[b.head] {
		return b.tail
	}
	return s.bonds[e].head
}

// cutValues computes the cut value of every tree bond: the number of bonds that
// cross the cut which its removal makes in its own direction, less those in the
// other. Bonds within a subtree cancel out, so sums of degrees suffice.
func (s *simplex) cutValues() {
	order := make([]int, len(s.rank))
	for v := range s.rank {
		order[s.lim[v]-1] = v
	}
	net := make([]int, len(s.rank)) // bonds that leave the subtree less those that enter it
	for _, v := range order {
		net[v] += len(s.out[v]) - len(s.in[v])
		e := s.parent[v]
		if e < 0 {
			continue
		}
		s.cut[e] = net[v]
		if s.bonds[e].head == v {
			s.cut[e] = -net[v]
		}
		net[s.across(e, v)] += net[v]
	}
}

// leaving finds a tree bond of negative cut value, searching on from where the
// last search ended, which is fast and spreads the exchanges over the graph. It
// takes the least of a few candidates. -1 means that the ranks are optimal.
func (s *simplex) leaving(next *int) int {
	const candidates = 30
	best, found := -1, 0
	for range s.bonds {
		e := *next
		*next = (e + 1) % len(s.bonds)
		if !s.inTree[e] || s.cut[e] >= 0 {
			continue
		}
		if best < 0 || s.cut[e] < s.cut[best] {
			best = e
		}
		if found++; found == candidates {
			break
		}
	}
	return best
}

// entering finds the bond of least slack that reconnects the tree against the
// direction of the leaving one. There is always one, or the cut value of the
// leaving one would not be negative.
func (s *simplex) entering(leave int) int {
	top := s.lower(leave)
	fromBelow := s.bonds[leave].head == top // the entering bond has its tail below
	best := -1
	for e, b := range s.bonds {
		if s.inTree[e] || s.below(b.tail, top) != fromBelow || s.below(b.head, top) == fromBelow {
			continue
		}
		if best < 0 || s.slack(e) < s.slack(best) {
			best = e
			if s.slack(e) == 0 {
				break
			}
		}
	}
	return best
}

// exchange replaces a tree bond by another and keeps ranks, cut values and
// numbering up to date.
func (s *simplex) exchange(leave, enter int) {
	top := s.lower(leave)
	if shift := s.slack(enter); shift > 0 {
		if s.below(s.bonds[enter].head, top) {
			shift = -shift
		}
		for v := range s.rank {
			if s.below(v, top) {
				s.rank[v] += shift
			}
		}
	}
	value, b := s.cut[leave], s.bonds[enter]
	common := s.updatePath(b.tail, b.head, value, true)
	s.updatePath(b.head, b.tail, value, false)
	s.cut[enter], s.cut[leave] = -value, 0
	s.unlink(leave)
	s.link(enter)
	s.number(common, s.parent[common], s.low[common])
}

// updatePath adds a value to the cut values between v and the lowest box that is
// above both v and w, with the sign of the bonds' directions, and returns that box.
func (s *simplex) updatePath(v, w, value int, up bool) int {
	for !s.below(w, v) {
		e := s.parent[v]
		if (s.bonds[e].tail == v) == up {
			s.cut[e] += value
		} else {
			s.cut[e] -= value
		}
		v = s.across(e, v)
	}
	return v
}
