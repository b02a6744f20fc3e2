package layout

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawGraph is a random graph with ranks, before the ordering.
func drawGraph(t *rapid.T) *graph {
	pick := drawChooser(t)
	opt := drawOptions(t)
	s := digraph(2+pick(12), pick(30), pick)
	nodes, edges := s.sized(opt.Direction, 1, pick)
	if pick(2) == 0 {
		nodes, edges = onePort(nodes, edges)
	}
	p := newGrid(nodes, edges, opt).parts()[0]
	back := backEdges(p)
	return newGraph(p, back, rankBoxes(p, back))
}

// slowCrossings compares all pairs of connections.
func slowCrossings(s *sorter) int {
	n := 0
	for _, vs := range s.layers {
		for _, v := range vs {
			for _, w := range vs {
				for _, a := range s.down[v] {
					for _, b := range s.down[w] {
						before := s.pos[v] < s.pos[w] || v == w && a.own < b.own
						after := s.pos[a.v] > s.pos[b.v] || a.v == b.v && a.at > b.at
						if before && after {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

func TestCrossingsAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSorter(drawGraph(t))
		s.startFromSources()
		if got, want := s.crossings(), slowCrossings(s); got != want {
			t.Fatalf("counted %d crossings of %d", got, want)
		}
	})
}

// Every step of the improvement must do what its name says, or at least no harm.
func TestExchangesRemoveCrossings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSorter(drawGraph(t))
		s.startFromSinks()
		before := s.crossings()
		s.transpose()
		between := s.crossings()
		s.sift()
		after := s.crossings()
		if between > before || after > between {
			t.Fatalf("%d crossings, then %d, then %d", before, between, after)
		}
	})
}

// The least squares fit of a rising sequence is known in closed form: the largest
// of the least means of the stretches around each target.
func TestIsotonicFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		target := rapid.SliceOfN(rapid.Float64Range(-50, 50), 1, 12).Draw(t, "target")
		weight := rapid.SliceOfN(rapid.Float64Range(0.5, 9), len(target), len(target)).Draw(t, "weight")
		var f isotonic
		for i := range target {
			f.add(target[i], weight[i])
		}
		for i := range target {
			want := math.Inf(-1)
			for j := 0; j <= i; j++ {
				least := math.Inf(1)
				for k := i; k < len(target); k++ {
					least = min(least, mean(target[j:k+1], weight[j:k+1]))
				}
				want = max(want, least)
			}
			if math.Abs(f.value(i)-want) > 1e-6 {
				t.Fatalf("fitted %v instead of %v to %v", f.value(i), want, target[i])
			}
		}
	})
}

func mean(at, weight []float64) float64 {
	sum, total := 0.0, 0.0
	for i := range at {
		sum, total = sum+weight[i]*at[i], total+weight[i]
	}
	return sum / total
}

// The order of runs keeps the hard constraints, and improving it removes crossings.
func TestTrackOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := drawChooser(t)
		c := &channel{used: map[int]bool{}}
		near, far := shuffled(pick, 12), shuffled(pick, 12)
		for i := range 1 + pick(10) {
			c.used[near[i]], c.used[far[i]] = true, true
			c.runs = append(c.runs, newRun([]leg{{i, attach{row: near[i]}, attach{row: far[i], far: true}}}))
		}
		c.breakCycles()
		order := c.greedy(c.scores(), true)
		before := c.total(order)
		c.improve(order)
		if after := c.total(order); after > before {
			t.Fatalf("%d crossings became %d", before, after)
		}
		for i := range c.runs {
			for _, j := range c.before[i] {
				if slices.Index(order, i) > slices.Index(order, j) {
					t.Fatalf("%d must come before %d in %v", i, j, order)
				}
			}
		}
	})
}

// shuffled is a random order of the numbers below n.
func shuffled(pick chooser, n int) []int {
	var p []int
	for i := range n {
		p = slices.Insert(p, pick(i+1), i)
	}
	return p
}

// total is the number of crossings in a channel.
func (c *channel) total(order []int) int {
	n := 0
	for k, i := range order {
		for _, j := range order[k+1:] {
			if c.runs[i].overlaps(&c.runs[j]) {
				n += crossings(&c.runs[i], &c.runs[j])
			}
		}
	}
	return n
}
