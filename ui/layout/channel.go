package layout

// run is a straight piece of a hop across the ranks, in one gap. It reaches the
// rows of its two ends; an end is near when its other run goes on to the rank
// before the gap, far when it goes on to the rank after it.
type run struct {
	hop    int
	ends   [2]attach
	lo, hi int // the lesser and the greater row of the ends
	track  int
}

// attach is the row at one end of a run.
type attach struct {
	row int
	far bool
}

func newRun(hop int, a, b attach) run {
	return run{hop: hop, ends: [2]attach{a, b}, lo: min(a.row, b.row), hi: max(a.row, b.row)}
}

// within tells whether a row is strictly between the ends of a run, where a run
// along the ranks would cross it.
func (r *run) within(row int) bool { return r.lo < row && row < r.hi }

// overlaps tells whether two runs can't have the same track.
func (r *run) overlaps(o *run) bool { return r.lo <= o.hi && o.lo <= r.hi }

// channel is one gap with its runs: the problem of channel routing, turned by a
// right angle.
type channel struct {
	runs   []run
	before [][]int      // hard constraints: runs that must be on a later track
	used   map[int]bool // rows along which something passes in the gap
}

// newChannel collects the bent hops of a gap. Runs of two wires may not meet in one
// row, so where one ends on the far side of a row that another enters on the near
// side, the latter must turn off first. Where such demands form a cycle, a dogleg
// breaks it.
func (g *graph) newChannel(hops []int) *channel {
	c := &channel{used: map[int]bool{}}
	for _, i := range hops {
		h := g.hops[i]
		a, b := attach{g.at(h.a), h.a.far}, attach{g.at(h.b), h.b.far}
		c.used[a.row], c.used[b.row] = true, true
		if a.far && !b.far {
			a, b = b, a
		}
		if a.row != b.row || h.turns() {
			c.runs = append(c.runs, newRun(i, a, b))
		}
	}
	c.breakCycles()
	return c
}

// breakCycles finds the hard constraints and makes doglegs until they are free of
// cycles.
func (c *channel) breakCycles() {
	c.constrain()
	for hard := c.cycles(); len(hard) > 0; hard = c.cycles() {
		for _, i := range hard {
			c.split(i)
		}
		c.constrain()
	}
}

// constrain finds the hard constraints.
func (c *channel) constrain() {
	entering := map[int][]int{} // runs by the rows of their near ends
	for i, r := range c.runs {
		for _, e := range r.ends {
			if !e.far {
				entering[e.row] = append(entering[e.row], i)
			}
		}
	}
	c.before = make([][]int, len(c.runs))
	for i, r := range c.runs {
		for _, e := range r.ends {
			if !e.far {
				continue
			}
			for _, first := range entering[e.row] {
				switch {
				case c.runs[first].hop != r.hop:
					c.before[first] = append(c.before[first], i)
				case first != i: // the halves of a dogleg
					c.before[i] = append(c.before[i], first)
				}
			}
		}
	}
}

// cycles finds a run on each cycle of hard constraints that one search meets. Runs
// that turn and halves of doglegs are never on one: nothing must come before the
// former, and a dogleg's own row is used by nothing else.
func (c *channel) cycles() []int {
	var found []int
	closes := make([]bool, len(c.runs))
	state := make([]visit, len(c.runs))
	type frame struct{ run, next int }
	for start := range c.runs {
		if state[start] != unseen {
			continue
		}
		state[start] = open
		for stack := []frame{{run: start}}; len(stack) > 0; {
			top := &stack[len(stack)-1]
			if top.next == len(c.before[top.run]) {
				state[top.run] = done
				stack = stack[:len(stack)-1]
				continue
			}
			to := c.before[top.run][top.next]
			top.next++
			switch state[to] {
			case open:
				if !closes[to] {
					closes[to] = true
					found = append(found, to)
				}
			case unseen:
				state[to] = open
				stack = append(stack, frame{run: to})
			}
		}
	}
	return found
}

// split makes a dogleg: the run ends in a free row as near as possible to its way,
// and a second one goes on from there.
func (c *channel) split(i int) {
	r := c.runs[i]
	middle := (r.ends[0].row + r.ends[1].row) / 2
	row := middle
	for step := 1; c.used[row]; step++ {
		row = middle + step
		if c.used[row] {
			row = middle - step
		}
	}
	c.used[row] = true
	c.runs[i] = newRun(r.hop, r.ends[0], attach{row, true})
	c.runs = append(c.runs, newRun(r.hop, attach{row, false}, r.ends[1]))
}
