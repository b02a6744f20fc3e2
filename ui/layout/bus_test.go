package layout

import (
	"testing"

	"pgregory.net/rapid"
)

// merged leads all edges of one side of each box to one port in its middle.
func merged(nodes []Node, edges []Edge, in bool) ([]Node, []Edge) {
	for i := range nodes {
		n := &nodes[i]
		if in {
			n.In = []Port{{(n.H - 1) / 2}}
		} else {
			n.Out = []Port{{(n.H - 1) / 2}}
		}
	}
	for i := range edges {
		if in {
			edges[i].ToPort = 0
		} else {
			edges[i].FromPort = 0
		}
	}
	return nodes, edges
}

// Edges that share one port are told apart by where they go: each has its chip and
// its mark where it is alone.
func TestBuses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick, opt := drawChooser(t), drawOptions(t)
		s := campaign(rapid.IntRange(1, 40).Draw(t, "nodes"), pick)
		if pick(3) == 0 {
			s = digraph(1+pick(10), pick(20), pick)
		}
		nodes, edges := s.sized(opt.Direction, rapid.IntRange(1, 8).Draw(t, "apart"), pick)
		nodes, edges = merged(nodes, edges, rapid.Bool().Draw(t, "in"))
		d := Layout(nodes, edges, opt)
		if err := verify(nodes, edges, d, opt); err != nil {
			p, _ := paint(d, opt, nil, nil)
			t.Fatalf("%v\n%+v\n%s", err, s, p)
		}
	})
}

// A large fan from or to one port has one trunk.
func TestTrunk(t *testing.T) {
	for _, opt := range []Options{fullLR, compactLR, fullTD} {
		for _, n := range []int{12, 13, 30} {
			for _, in := range []bool{false, true} {
				s := fanOut(n)
				for i, p := range s.pairs {
					if in {
						s.pairs[i] = [2]int{p[1], p[0]}
					}
				}
				nodes, edges := s.sized(opt.Direction, 1, seeded(1))
				nodes[0].W, nodes[0].H = 11, 3
				nodes, edges = merged(nodes, edges, in)
				d := Layout(nodes, edges, opt)
				if err := verify(nodes, edges, d, opt); err != nil {
					t.Error(err)
				}
				tracks := map[int]bool{}
				for _, e := range d.Edges {
					for k := 1; k < len(e.Points); k++ {
						a, b := e.Points[k-1], e.Points[k]
						if opt.Direction == TopDown {
							a, b = Point{a.Y, a.X}, Point{b.Y, b.X}
						}
						if a.X == b.X && a.Y != b.Y {
							tracks[a.X] = true
						}
					}
				}
				if len(tracks) != 1 {
					t.Errorf("a fan of %d has %d tracks", n, len(tracks))
				}
			}
		}
	}
}

// One trunk leads from the split, one to the join. The split is a row off the middle:
// straight to the third branch, its line would seem to cross the trunk.
func TestBusesAreDrawn(t *testing.T) {
	s := &sketch{}
	split := s.small("split")
	join := s.node("join", 10, 3, []int{1}, nil)
	for i, name := range []string{"red", "green", "blue", "grey", "black"} {
		branch := s.small(name)
		s.edge(split, 0, branch, 0, " "+name+" ")
		if i < 4 {
			s.edge(branch, 0, join, 0, " ok ")
		}
	}
	s.compare(t, compactLR, `
                        ┌━━━━━━━━┐
           ╭─ red ───⊕─▶┃red     ┃─ ok ─⊕─╮
           │            └━━━━━━━━┘        │
           │                              │
           │                              │
           │            ┌━━━━━━━━┐        │
           ├─ green ─⊕─▶┃green   ┃─ ok ─⊕─┤
           │            └━━━━━━━━┘        │
           │                              │ ┌━━━━━━━━┐
┌━━━━━━━━┐ │                              ├▶┃join    ┃
┃split   ┃─┤            ┌━━━━━━━━┐        │ └━━━━━━━━┘
└━━━━━━━━┘ ├─ blue ──⊕─▶┃blue    ┃─ ok ─⊕─┤
           │            └━━━━━━━━┘        │
           │                              │
           │                              │
           │            ┌━━━━━━━━┐        │
           ├─ grey ──⊕─▶┃grey    ┃─ ok ─⊕─╯
           │            └━━━━━━━━┘
           │
           │
           │            ┌━━━━━━━━┐
           ╰─ black ─⊕─▶┃black   ┃
                        └━━━━━━━━┘
`)
}
