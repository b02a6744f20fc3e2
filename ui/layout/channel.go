package layout

import "slices"

// run is a straight piece across the ranks, in one gap: of one hop, or of all that
// leave one port or arrive at one, which share it as their trunk.
type run struct {
	legs   []leg
	ends   []attach
	lo, hi int // the least and the greatest row of the ends
	track  int
}

// leg is the way of a hop along a run. Unless the hop turns, a is the near end.
type leg struct {
	hop  int
	a, b attach
}

// attach is the row at one end of a run. It is near when its wire goes on to the
// rank before the gap, far when to the rank after it.
type attach struct {
	row   int
	far   bool
	joint bool // between the halves of a dogleg
}

func newRun(legs []leg) run {
	r := run{legs: legs, lo: legs[0].a.row, hi: legs[0].a.row}
	for _, l := range legs {
		for _, e := range [2]attach{l.a, l.b} {
			r.lo, r.hi = min(r.lo, e.row), max(r.hi, e.row)
			if !slices.Contains(r.ends, e) {
				r.ends = append(r.ends, e)
			}
		}
	}
	return r
}

// within tells whether a row is strictly between the ends of a run, where a run
// along the ranks would cross it.
func (r *run) within(row int) bool { return r.lo < row && row < r.hi }

// overlaps tells whether two runs can't have the same track.
func (r *run) overlaps(o *run) bool { return r.lo <= o.hi && o.lo <= r.hi }

// fourWay tells whether a trunk would have wires on both sides of one cell, which
// looks like a crossing.
func (r *run) fourWay() bool {
	return slices.ContainsFunc(r.ends, func(e attach) bool {
		return r.within(e.row) && slices.Contains(r.ends, attach{e.row, !e.far, false})
	})
}

// channel is one gap with its runs: the problem of channel routing, turned by a
// right angle.
type channel struct {
	runs   []run
	before [][]int      // hard constraints: runs that must be on a later track
	used   map[int]bool // rows along which something passes in the gap
}

// newChannel collects the bent hops of a gap, net by net. Runs of two wires may not meet in one
// row, so where one ends on the far side of a row that another enters on the near
// side, the latter must turn off first. Where such demands form a cycle, a dogleg
// breaks it.
func (g *graph) newChannel(nets [][]int) *channel {
	c := &channel{used: map[int]bool{}}
	for _, net := range nets {
		var legs []leg
		bent := false
		for _, i := range net {
			h := g.hops[i]
			a, b := attach{row: g.at(h.a), far: h.a.far}, attach{row: g.at(h.b), far: h.b.far}
			c.used[a.row], c.used[b.row] = true, true
			if a.far && !b.far {
				a, b = b, a
			}
			legs = append(legs, leg{i, a, b})
			bent = bent || a.row != b.row || h.turns()
		}
		if bent {
			c.runs = append(c.runs, newRun(legs))
		}
	}
	for i := range c.runs {
		if c.runs[i].fourWay() {
			c.split(i)
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
			for _, near := range entering[e.row] {
				switch {
				case e.joint:
					c.before[i] = append(c.before[i], near)
				case near != i:
					c.before[near] = append(c.before[near], i)
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
	row := c.freeRow(r)
	c.used[row] = true
	var near, far []leg
	for _, l := range r.legs {
		switch {
		case l.a.far:
			far = append(far, l)
		case !l.b.far:
			near = append(near, l)
		default:
			near = append(near, leg{l.hop, l.a, attach{row, true, true}})
			far = append(far, leg{l.hop, attach{row, false, true}, l.b})
		}
	}
	c.runs[i] = newRun(near)
	c.runs = append(c.runs, newRun(far))
}

// freeRow is the row for a dogleg: next to the port of a trunk, else in the middle.
func (c *channel) freeRow(r run) int {
	middle := (r.legs[0].a.row + r.legs[0].b.row) >> 1 // rounds down on either side of 0
	if len(r.legs) > 1 {
		middle = r.legs[0].a.row
		if r.legs[1].a != r.legs[0].a {
			middle = r.legs[0].b.row
		}
	}
	row := middle
	for step := 1; c.used[row]; step++ {
		row = middle + step
		if c.used[row] {
			row = middle - step
		}
	}
	return row
}
