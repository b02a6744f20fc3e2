package layout

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// verify checks everything that a drawing must keep, given that no edge shares both
// of its ports: cells are used once, what a reader sees is what was meant, chips
// and marks are where they belong.
func verify(nodes []Node, edges []Edge, d Drawing, opt Options) error {
	p, err := paint(d, opt, nil, nil)
	if err != nil {
		return err
	}
	all, err := newReader(p, nodes, d.Nodes).edges()
	if err != nil {
		return err
	}
	if err := sameEdges(all, edges, d); err != nil {
		return err
	}
	if err := boxesApart(nodes, d, opt); err != nil {
		return err
	}
	if err := chipsApart(p, d); err != nil {
		return err
	}
	return p.markInserts(d)
}

func sameEdges(all []seen, edges []Edge, d Drawing) error {
	if len(all) != len(edges) {
		return fmt.Errorf("read %d edges of %d", len(all), len(edges))
	}
	order := make([]int, len(edges))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return byEnds(edges[a], edges[b]) })
	slices.SortFunc(all, func(a, b seen) int { return byEnds(a.edge, b.edge) })
	for k, i := range order {
		want := edges[i]
		want.Key = ""
		if all[k].edge != want {
			return fmt.Errorf("read %+v instead of edge %d, %+v", all[k].edge, i, edges[i])
		}
		if edges[i].Label > 0 && (all[k].mark != chipRune(i) || all[k].chip != d.Edges[i].Label) {
			return fmt.Errorf("edge %d: read the chip %q at %v instead of %v", i, all[k].mark, all[k].chip, d.Edges[i].Label)
		}
	}
	return nil
}

func byEnds(a, b Edge) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.FromPort, b.FromPort),
		cmp.Compare(a.To, b.To), cmp.Compare(a.ToPort, b.ToPort))
}

// boxesApart checks that boxes of one rank keep their distance. (That they don't
// overlap is checked by painting.)
func boxesApart(nodes []Node, d Drawing, opt Options) error {
	for i, a := range d.Nodes {
		if a.W != nodes[i].W || a.H != nodes[i].H {
			return fmt.Errorf("box %d has another size: %v", i, a)
		}
		for j, b := range d.Nodes[:i] {
			sameRank, gap := a.X == b.X, max(a.Y-b.Y-b.H, b.Y-a.Y-a.H)
			if opt.Direction == TopDown {
				sameRank, gap = a.Y == b.Y, max(a.X-b.X-b.W, b.X-a.X-a.W)
			}
			if sameRank && gap < opt.NodeGap {
				return fmt.Errorf("boxes %d and %d are %d apart", i, j, gap)
			}
		}
	}
	return nil
}

// chipsApart checks that each chip has a cell of its own line before and after it
// and touches no other chip or box at its ends.
func chipsApart(p *picture, d Drawing) error {
	for i, e := range d.Edges {
		c := e.Label
		if c.W == 0 {
			continue
		}
		before, after, line := p.at(c.X-1, c.Y), p.at(c.X+c.W, c.Y), '─'
		if p.opt.Direction == TopDown {
			for _, r := range []rune{before, after} {
				if r != ' ' && r != '─' && r != '│' {
					return fmt.Errorf("chip %d touches %q", i, r)
				}
			}
			middle := c.X + c.W/2
			before, after, line = p.at(middle, c.Y-1), p.at(middle, c.Y+1), '│'
			if e.Insert.Y != c.Y+1 || e.Insert.X != middle {
				return fmt.Errorf("the mark of edge %d is at %v, not below its chip %v", i, e.Insert, c)
			}
		}
		if before != line || after != line {
			return fmt.Errorf("chip %d lies between %q and %q", i, before, after)
		}
	}
	return nil
}

func directions() *rapid.Generator[Direction] {
	return rapid.SampledFrom([]Direction{LeftRight, TopDown})
}

func drawOptions(t *rapid.T) Options {
	return Options{
		Direction: directions().Draw(t, "direction"),
		RankGap:   rapid.IntRange(1, 14).Draw(t, "rank gap"),
		NodeGap:   rapid.IntRange(1, 5).Draw(t, "node gap"),
		TrackGap:  rapid.IntRange(1, 5).Draw(t, "track gap"),
	}
}

func drawChooser(t *rapid.T) chooser {
	return seeded(rapid.Uint64().Draw(t, "seed"))
}

func checkShape(t *rapid.T, s shape, pick chooser) {
	opt := drawOptions(t)
	nodes, edges := s.sized(opt.Direction, rapid.IntRange(1, 8).Draw(t, "apart"), pick)
	d := Layout(nodes, edges, opt)
	if err := verify(nodes, edges, d, opt); err != nil {
		p, _ := paint(d, opt, nil, nil)
		t.Fatalf("%v\n%+v\n%s", err, s, p)
	}
	if again := Layout(nodes, edges, opt); !reflect.DeepEqual(d, again) {
		t.Fatal("a second layout differs")
	}
}

func TestCampaigns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := drawChooser(t)
		checkShape(t, campaign(rapid.IntRange(1, 60).Draw(t, "nodes"), pick), pick)
	})
}

func TestDigraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick := drawChooser(t)
		n := rapid.IntRange(1, 12).Draw(t, "nodes")
		checkShape(t, digraph(n, rapid.IntRange(0, 20).Draw(t, "edges"), pick), pick)
	})
}
