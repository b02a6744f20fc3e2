package layout

import "slices"

// Limits of the effort for one gap. Beyond the first, runs are ordered by a rule of
// thumb; beyond the second, the greedy order is not improved.
const (
	maxScored   = 2000
	maxImproved = 500
)

// assign orders the runs and gives each the first track behind those that it
// overlaps or that must come before it. It returns the number of tracks.
func (c *channel) assign() int {
	least := make([]int, len(c.runs))
	var placed []int
	tracks := 0
	for _, i := range c.sequence() {
		track := least[i]
		for _, j := range placed {
			if c.runs[i].overlaps(&c.runs[j]) {
				track = max(track, c.runs[j].track+1)
			}
		}
		c.runs[i].track = track
		for _, j := range c.before[i] {
			least[j] = max(least[j], track+1)
		}
		placed = append(placed, i)
		tracks = max(tracks, track+1)
	}
	return tracks
}

// crossings is how often two runs' wires cross when a is on the earlier track.
func crossings(a, b *run) int {
	n := 0
	for _, e := range b.ends {
		if !e.far && a.within(e.row) {
			n++
		}
	}
	for _, e := range a.ends {
		if e.far && b.within(e.row) {
			n++
		}
	}
	return n
}

// excess is the number of crossings that putting i before j costs, compared with
// the other way round.
func (c *channel) excess(i, j int) int {
	a, b := &c.runs[i], &c.runs[j]
	if !a.overlaps(b) {
		return 0
	}
	return crossings(a, b) - crossings(b, a)
}

// sequence is a topological order of the runs under the hard constraints with few
// crossings.
func (c *channel) sequence() []int {
	if len(c.runs) > maxScored {
		return c.greedy(c.thumbScores(), false)
	}
	order := c.greedy(c.scores(), true)
	if len(c.runs) <= maxImproved {
		c.improve(order)
	}
	return order
}

// scores says for each run how many crossings it costs to put it before all others.
func (c *channel) scores() []int {
	score := make([]int, len(c.runs))
	for i := range c.runs {
		for j := range i {
			d := c.excess(i, j)
			score[i] += d
			score[j] -= d
		}
	}
	return score
}

// thumbScores order runs as in a drawing without crossings: those that lead up from
// the top, then those that lead down from the bottom.
func (c *channel) thumbScores() []int {
	top, bottom := c.runs[0].lo, c.runs[0].hi
	for _, r := range c.runs {
		top, bottom = min(top, r.lo), max(bottom, r.hi)
	}
	score := make([]int, len(c.runs))
	for i, r := range c.runs {
		score[i] = r.ends[0].row - bottom
		if r.ends[1].row > r.ends[0].row {
			score[i] = top + bottom - r.ends[0].row
		}
	}
	return score
}

// greedy takes, of the runs that may come next, always the one of least score.
// If update is set, scores count the remaining runs only.
func (c *channel) greedy(score []int, update bool) []int {
	waits, left := make([]int, len(c.runs)), make([]int, len(c.runs))
	for i := range c.runs {
		left[i] = i
		for _, j := range c.before[i] {
			waits[j]++
		}
	}
	order := make([]int, 0, len(c.runs))
	for len(left) > 0 {
		best := -1
		for k, i := range left {
			if waits[i] == 0 && (best < 0 || score[i] < score[left[best]]) {
				best = k
			}
		}
		i := left[best]
		left = slices.Delete(left, best, best+1)
		order = append(order, i)
		for _, j := range c.before[i] {
			waits[j]--
		}
		if !update {
			continue
		}
		for _, j := range left {
			score[j] -= c.excess(j, i)
		}
	}
	return order
}

// improve moves single runs to better places in the order, as far as the hard
// constraints let them.
func (c *channel) improve(order []int) {
	for range maxSift {
		gained := false
		for _, i := range slices.Clone(order) {
			gained = c.improveRun(order, i) || gained
		}
		if !gained {
			return
		}
	}
}

func (c *channel) improveRun(order []int, i int) bool {
	from := slices.Index(order, i)
	best, to, sum := 0, from, 0
	for k := from - 1; k >= 0 && !slices.Contains(c.before[order[k]], i); k-- {
		if sum += c.excess(i, order[k]); sum < best {
			best, to = sum, k
		}
	}
	sum = 0
	for k := from + 1; k < len(order) && !slices.Contains(c.before[i], order[k]); k++ {
		if sum -= c.excess(i, order[k]); sum < best {
			best, to = sum, k
		}
	}
	if to < from {
		copy(order[to+1:from+1], order[to:from])
	} else {
		copy(order[from:to], order[from+1:to+1])
	}
	order[to] = i
	return to != from
}
