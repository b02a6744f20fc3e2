package layout

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// stretch is a straight run of an edge: the cells from..to of a row or a column.
type stretch struct{ edge, from, to int }

// runsApart checks on coordinates, which scales to drawings too large to paint,
// that runs in one row or column don't overlap unless their edges may share cells,
// and that none enters a box. Two edges that pass this check can only cross at
// right angles: a corner belongs to a run in its row and to one in its column.
func runsApart(d Drawing, mayShare func(i, j int) bool) error {
	rows, columns := map[int][]stretch{}, map[int][]stretch{}
	for i, e := range d.Edges {
		if len(e.Points) == 1 {
			p := e.Points[0]
			rows[p.Y] = append(rows[p.Y], stretch{i, p.X, p.X})
		}
		for k := 1; k < len(e.Points); k++ {
			a, b := e.Points[k-1], e.Points[k]
			if a.Y == b.Y {
				rows[a.Y] = append(rows[a.Y], stretch{i, min(a.X, b.X), max(a.X, b.X)})
			} else {
				columns[a.X] = append(columns[a.X], stretch{i, min(a.Y, b.Y), max(a.Y, b.Y)})
			}
			run := Rect{min(a.X, b.X), min(a.Y, b.Y), max(a.X, b.X) - min(a.X, b.X) + 1, max(a.Y, b.Y) - min(a.Y, b.Y) + 1}
			for n, box := range d.Nodes {
				if overlap(run, box) {
					return fmt.Errorf("edge %d enters box %d", i, n)
				}
			}
		}
	}
	for _, lines := range []map[int][]stretch{rows, columns} {
		for at, line := range lines {
			if err := stretchesApart(line, mayShare); err != nil {
				return fmt.Errorf("in line %d: %w", at, err)
			}
		}
	}
	return nil
}

func stretchesApart(line []stretch, mayShare func(i, j int) bool) error {
	slices.SortFunc(line, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	for i, a := range line {
		for _, b := range line[i+1:] {
			if b.from > a.to {
				break
			}
			if a.edge != b.edge && !mayShare(a.edge, b.edge) {
				return fmt.Errorf("edges %d and %d overlap", a.edge, b.edge)
			}
		}
	}
	return nil
}

func overlap(a, b Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func never(int, int) bool { return false }

// fanOut leads from one box to n others.
func fanOut(n int) shape {
	s := shape{n: n + 1}
	for i := range n {
		s.edge(0, i+1)
	}
	return s
}

// complete leads from each of n boxes to each of n others.
func complete(n int) shape {
	s := shape{n: 2 * n}
	for i := range n {
		for j := range n {
			s.edge(i, n+j)
		}
	}
	return s
}

func TestLargeFan(t *testing.T) {
	for _, opt := range []Options{fullLR, fullTD} {
		nodes, edges := fanOut(500).sized(opt.Direction, 3, seeded(1))
		if err := verify(nodes, edges, Layout(nodes, edges, opt), opt); err != nil {
			t.Error(err)
		}
	}
}

// A fan has no crossing, whatever its size, so the tracks must be nested.
func TestFanIsPlanar(t *testing.T) {
	for _, n := range []int{4, 60, maxImproved + 20, maxScored + 20} {
		nodes, edges := fanOut(n).sized(LeftRight, 1, seeded(1))
		d := Layout(nodes, edges, fullLR)
		if err := runsApart(d, never); err != nil {
			t.Error(err)
		}
		strangers := make([]Edge, n)
		for i := range strangers {
			strangers[i] = Edge{From: 2 * i, To: 2*i + 1}
		}
		if c := d.Cost(strangers).Crossings; c > 0 {
			t.Errorf("a fan of %d has %d crossings", n, c)
		}
	}
}

// The total on a fixed set of campaigns may only fall: lower the figure when it does.
func TestFewCrossings(t *testing.T) {
	const most = 67
	total := 0
	for seed := range uint64(20) {
		pick := seeded(seed)
		nodes, edges := campaign(100, pick).sized(LeftRight, 1, pick)
		total += Layout(nodes, edges, fullLR).Cost(edges).Crossings
	}
	if total > most {
		t.Errorf("%d crossings, were %d", total, most)
	}
}

func TestCompleteBipartite(t *testing.T) {
	for _, opt := range []Options{fullLR, fullTD} {
		nodes, edges := complete(100).sized(opt.Direction, 3, seeded(1))
		if err := runsApart(Layout(nodes, edges, opt), never); err != nil {
			t.Error(err)
		}
	}
}

// Several edges at one port share cells next to it, and nothing else; their chips
// stay clear of one another.
func TestSharedPorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := drawChooser(t)
		opt := drawOptions(t)
		s := digraph(rapid.IntRange(1, 10).Draw(t, "nodes"), rapid.IntRange(0, 20).Draw(t, "edges"), pick)
		nodes, edges := onePort(s.sized(opt.Direction, 1, pick))
		d := Layout(nodes, edges, opt)
		p, err := paint(d, opt, nil, nil)
		if err == nil {
			err = chipsApart(p, d)
		}
		if err == nil {
			err = runsApart(d, func(i, j int) bool {
				return edges[i].From == edges[j].From || edges[i].To == edges[j].To
			})
		}
		if err != nil {
			t.Fatalf("%v\n%+v\n%s", err, edges, p)
		}
	})
}

// onePort leads all edges of a side to one port in its middle.
func onePort(nodes []Node, edges []Edge) ([]Node, []Edge) {
	for i := range nodes {
		nodes[i].In, nodes[i].Out = []Port{{1}}, []Port{{1}}
	}
	for i := range edges {
		edges[i].FromPort, edges[i].ToPort = 0, 0
	}
	return nodes, edges
}

func TestNothing(t *testing.T) {
	if d := Layout(nil, nil, Options{}); d.W != 0 || d.H != 0 || len(d.Nodes) != 0 || len(d.Edges) != 0 {
		t.Errorf("drew %+v", d)
	}
}

// What can't be drawn is left out or moved to the nearest valid place.
func TestInvalidInput(t *testing.T) {
	nodes := []Node{{W: -3, H: 0}, {W: 4, H: 4, In: []Port{{-5}, {99}}, Out: []Port{{99}}}}
	edges := []Edge{
		{From: 0, To: 7, Label: 3}, {From: -1, To: 0}, {From: 0, FromPort: 8, To: 1, ToPort: -1, Label: -4},
		{From: 0, To: 1, ToPort: 1, Label: 2}, {From: 1, To: 1, Label: 2},
	}
	for _, dir := range []Direction{LeftRight, TopDown} {
		d := Layout(nodes, edges, Options{Direction: dir, RankGap: -1, NodeGap: -1, TrackGap: -1})
		for i, e := range d.Edges {
			if drawn := len(e.Points) > 0; drawn != (i >= 2) {
				t.Errorf("edge %d drawn: %v", i, drawn)
			}
		}
		d.Edges = d.Edges[2:]
		if _, err := paint(d, Options{Direction: dir}, nil, nil); err != nil {
			t.Error(err)
		}
	}
}
