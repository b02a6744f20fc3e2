package layout

import (
	"fmt"
	"strings"
	"testing"
)

// sketch is a small graph in words. An edge is "from.port-to.port", ports from 0,
// with an optional ":chip".
type sketch struct {
	names []string
	nodes []Node
	edges []Edge
	chips []string
	drawn Memory // of the picture that was compared last
}

func (s *sketch) node(name string, w, h int, in, out []int) int {
	s.names = append(s.names, name)
	n := Node{W: w, H: h, Key: name}
	for _, at := range in {
		n.In = append(n.In, Port{at})
	}
	for _, at := range out {
		n.Out = append(n.Out, Port{at})
	}
	s.nodes = append(s.nodes, n)
	return len(s.nodes) - 1
}

func (s *sketch) edge(from, fromPort, to, toPort int, chip string) {
	s.chips = append(s.chips, chip)
	s.edges = append(s.edges, Edge{
		From: from, FromPort: fromPort, To: to, ToPort: toPort, Label: len([]rune(chip)),
		Key: fmt.Sprint(s.names[from], fromPort, s.names[to], toPort),
	})
}

// compare draws a sketch and compares it with the picture in the test, where ⊕ is
// the insertion mark. If it was compared before, it keeps to that picture.
func (s *sketch) compare(t *testing.T, opt Options, want string) {
	t.Helper()
	d := Update(s.drawn, s.nodes, s.edges, opt)
	s.drawn = d.Memory
	p, err := paint(d, opt, s.names, s.chips)
	if err != nil {
		t.Errorf("painting: %v", err)
	}
	if err := p.markInserts(d); err != nil {
		t.Error(err)
	}
	if got := p.String(); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("drew\n%s\nwant%s", got, want)
	}
}

var (
	fullLR    = Options{LeftRight, 11, 3, 5}
	compactLR = Options{LeftRight, 5, 2, 2}
	fullTD    = Options{TopDown, 5, 3, 2}
)

func TestGoldAndSilverLeftRight(t *testing.T) {
	s := &sketch{}
	one := []int{2}
	audience := s.node("audience", 20, 5, nil, one)
	split := s.node("tiers", 14, 5, one, []int{1, 3})
	gold := s.node("gold", 20, 5, one, one)
	silver := s.node("silver", 20, 5, one, one)
	join := s.node("rendez-vous", 20, 8, []int{3, 5}, []int{2})
	wait := s.node("wait", 16, 5, one, one)
	sms := s.node("sms", 16, 5, one, one)
	slot := s.node("slot", 5, 3, []int{1}, nil)
	s.edge(audience, 0, split, 0, "")
	s.edge(split, 0, gold, 0, " 1,204 Gold  ")
	s.edge(split, 1, silver, 0, " 3,006 Silver  ")
	s.edge(gold, 0, join, 0, " 1,187 ")
	s.edge(silver, 0, join, 1, " 2,968 ")
	s.edge(join, 0, wait, 0, "")
	s.edge(wait, 0, sms, 0, "")
	s.edge(sms, 0, slot, 0, "")
	s.compare(t, fullLR, `
                                                                   ┌━━━━━━━━━━━━━━━━━━┐
                                                                   ┃gold              ┃
                                              ╭─ 1,204 Gold  ───⊕─▶┃                  ┃─ 1,187 ─⊕─╮ ┌━━━━━━━━━━━━━━━━━━┐           ┌━━━━━━━━━━━━━━┐           ┌━━━━━━━━━━━━━━┐
                                              │                    ┃                  ┃           │ ┃rendez-vous       ┃           ┃wait          ┃           ┃sms           ┃           ┌━━━┐
┌━━━━━━━━━━━━━━━━━━┐           ┌━━━━━━━━━━━━┐ │                    └━━━━━━━━━━━━━━━━━━┘           │ ┃                  ┃────────⊕─▶┃              ┃────────⊕─▶┃              ┃────────⊕─▶┃slo┃
┃audience          ┃           ┃tiers       ┃─╯                                                   ╰▶┃                  ┃           ┃              ┃           ┃              ┃           └━━━┘
┃                  ┃────────⊕─▶┃            ┃                                                       ┃                  ┃           └━━━━━━━━━━━━━━┘           └━━━━━━━━━━━━━━┘
┃                  ┃           ┃            ┃─╮                                                   ╭▶┃                  ┃
└━━━━━━━━━━━━━━━━━━┘           └━━━━━━━━━━━━┘ │                    ┌━━━━━━━━━━━━━━━━━━┐           │ ┃                  ┃
                                              │                    ┃silver            ┃           │ └━━━━━━━━━━━━━━━━━━┘
                                              ╰─ 3,006 Silver  ─⊕─▶┃                  ┃─ 2,968 ─⊕─╯
                                                                   ┃                  ┃
                                                                   └━━━━━━━━━━━━━━━━━━┘
`)
}

func TestGoldAndSilverTopDown(t *testing.T) {
	s := &sketch{}
	middle := []int{9}
	audience := s.node("audience", 19, 3, nil, middle)
	split := s.node("tiers", 16, 3, []int{8}, []int{4, 12})
	gold := s.node("gold", 19, 3, middle, middle)
	silver := s.node("silver", 19, 3, middle, middle)
	join := s.node("rendez-vous", 23, 5, []int{7, 15}, []int{11})
	wait := s.node("wait", 13, 3, []int{6}, []int{6})
	sms := s.node("sms", 13, 3, []int{6}, []int{6})
	slot := s.node("slot", 5, 3, []int{2}, nil)
	s.edge(audience, 0, split, 0, "")
	s.edge(split, 0, gold, 0, " 1,204 Gold  ")
	s.edge(split, 1, silver, 0, " 3,006 Silver  ")
	s.edge(gold, 0, join, 0, " 1,187 ")
	s.edge(silver, 0, join, 1, " 2,968 ")
	s.edge(join, 0, wait, 0, "")
	s.edge(wait, 0, sms, 0, "")
	s.edge(sms, 0, slot, 0, "")
	s.compare(t, fullTD, `
           ┌━━━━━━━━━━━━━━━━━┐
           ┃audience         ┃
           └━━━━━━━━━━━━━━━━━┘
                    │
                    │
                    ⊕
                    │
                    ▼
            ┌━━━━━━━━━━━━━━┐
            ┃tiers         ┃
            └━━━━━━━━━━━━━━┘
                │       │
         ╭──────╯       ╰──────╮
         │                     │
    1,204 Gold           3,006 Silver
         ⊕                     ⊕
         │                     │
         ▼                     ▼
┌━━━━━━━━━━━━━━━━━┐   ┌━━━━━━━━━━━━━━━━━┐
┃gold             ┃   ┃silver           ┃
└━━━━━━━━━━━━━━━━━┘   └━━━━━━━━━━━━━━━━━┘
         │                     │
       1,187                 2,968
         ⊕                     ⊕
         │                     │
         ╰──────╮       ╭──────╯
                ▼       ▼
         ┌━━━━━━━━━━━━━━━━━━━━━┐
         ┃rendez-vous          ┃
         ┃                     ┃
         ┃                     ┃
         └━━━━━━━━━━━━━━━━━━━━━┘
                    │
                    │
                    ⊕
                    │
                    ▼
              ┌━━━━━━━━━━━┐
              ┃wait       ┃
              └━━━━━━━━━━━┘
                    │
                    │
                    ⊕
                    │
                    ▼
              ┌━━━━━━━━━━━┐
              ┃sms        ┃
              └━━━━━━━━━━━┘
                    │
                    │
                    ⊕
                    │
                    ▼
                  ┌━━━┐
                  ┃slo┃
                  └━━━┘
`)
}

// In a narrow chain without chips, the gap is as asked for.
func TestCompactChain(t *testing.T) {
	s := &sketch{}
	a := s.node("buyers", 10, 3, nil, []int{1})
	b := s.node("dedupe", 10, 4, []int{1}, []int{1})
	c := s.node("mail", 8, 3, []int{1}, nil)
	s.edge(a, 0, b, 0, "")
	s.edge(b, 0, c, 0, "")
	s.compare(t, compactLR, `
┌━━━━━━━━┐     ┌━━━━━━━━┐     ┌━━━━━━┐
┃buyers  ┃──⊕─▶┃dedupe  ┃──⊕─▶┃mail  ┃
└━━━━━━━━┘     ┃        ┃     └━━━━━━┘
               └━━━━━━━━┘
`)
}

// The join is in the middle of its branches, whose slack is before the join.
func TestJoinOfUnequalBranches(t *testing.T) {
	s := &sketch{}
	split := s.node("split", 9, 5, []int{2}, []int{1, 2, 3})
	a := s.node("a", 7, 3, []int{1}, []int{1})
	b := s.node("b", 7, 3, []int{1}, []int{1})
	c := s.node("c", 7, 3, []int{1}, []int{1})
	b2 := s.node("b2", 7, 3, []int{1}, []int{1})
	c2 := s.node("c2", 7, 3, []int{1}, []int{1})
	c3 := s.node("c3", 7, 3, []int{1}, []int{1})
	join := s.node("join", 9, 5, []int{1, 2, 3}, []int{2})
	end := s.node("end", 7, 3, []int{1}, nil)
	s.edge(split, 0, a, 0, " A ")
	s.edge(split, 1, b, 0, " B ")
	s.edge(split, 2, c, 0, " C ")
	s.edge(b, 0, b2, 0, "")
	s.edge(c, 0, c2, 0, "")
	s.edge(c2, 0, c3, 0, "")
	s.edge(a, 0, join, 0, "")
	s.edge(b2, 0, join, 1, "")
	s.edge(c3, 0, join, 2, "")
	s.edge(join, 0, end, 0, " Ok ")
	s.compare(t, compactLR, `
                   ┌━━━━━┐
          ╭─ A ─⊕─▶┃a    ┃─────────────────────────╮
          │        └━━━━━┘                         │
          │                                        │
┌━━━━━━━┐ │                                        │   ┌━━━━━━━┐
┃split  ┃─╯        ┌━━━━━┐     ┌━━━━━┐             ╰⊕─▶┃join   ┃         ┌━━━━━┐
┃       ┃─── B ─⊕─▶┃b    ┃──⊕─▶┃b2   ┃──────────────⊕─▶┃       ┃─ Ok ─⊕─▶┃end  ┃
┃       ┃─╮        └━━━━━┘     └━━━━━┘             ╭⊕─▶┃       ┃         └━━━━━┘
└━━━━━━━┘ │                                        │   └━━━━━━━┘
          │                                        │
          │        ┌━━━━━┐     ┌━━━━━┐     ┌━━━━━┐ │
          ╰─ C ─⊕─▶┃c    ┃──⊕─▶┃c2   ┃──⊕─▶┃c3   ┃─╯
                   └━━━━━┘     └━━━━━┘     └━━━━━┘
`)
}

func TestForkTopDown(t *testing.T) {
	s := &sketch{}
	fork := s.node("fork", 14, 3, []int{6}, []int{2, 6, 10})
	s.edge(s.node("start", 9, 3, nil, []int{4}), 0, fork, 0, " Ok ")
	for i, name := range []string{"left", "middle", "right"} {
		s.edge(fork, i, s.node(name, 9, 3, []int{4}, nil), 0, "")
	}
	s.compare(t, fullTD, `
            ┌━━━━━━━┐
            ┃start  ┃
            └━━━━━━━┘
                │
               Ok
                ⊕
                │
                ▼
          ┌━━━━━━━━━━━━┐
          ┃fork        ┃
          └━━━━━━━━━━━━┘
            │   │   │
    ╭───────╯   │   ╰───────╮
    ⊕           ⊕           ⊕
    │           │           │
    ▼           ▼           ▼
┌━━━━━━━┐   ┌━━━━━━━┐   ┌━━━━━━━┐
┃left   ┃   ┃middle ┃   ┃right  ┃
└━━━━━━━┘   └━━━━━━━┘   └━━━━━━━┘
`)
}

// A split that leads straight to a join has no room for chips at either end
// top-down: they get a place between the ranks.
func TestChipsBetweenRanks(t *testing.T) {
	s := &sketch{}
	split := s.node("split", 12, 3, nil, []int{3, 7})
	join := s.node("join", 12, 3, []int{3, 7}, nil)
	s.edge(split, 0, join, 0, " Gold ")
	s.edge(split, 1, join, 1, " Silver ")
	s.compare(t, fullTD, `
  ┌━━━━━━━━━━┐
  ┃split     ┃
  └━━━━━━━━━━┘
     │   │
     │   │
   ╭─╯   ╰──╮
   │        │
   │        │
   │        │
 Gold    Silver
   ⊕        ⊕
   │        │
   │        │
   ╰─╮   ╭──╯
     │   │
     │   │
     ▼   ▼
  ┌━━━━━━━━━━┐
  ┃join      ┃
  └━━━━━━━━━━┘
`)
}

// What runs against the flow goes round the boxes and enters where it should.
func TestCycleAndSelfLoop(t *testing.T) {
	s := &sketch{}
	a := s.node("a", 7, 4, []int{1, 2}, []int{1})
	b := s.node("b", 7, 4, []int{1}, []int{1, 2})
	c := s.node("c", 7, 4, []int{1, 2}, []int{1, 2})
	s.edge(a, 0, b, 0, "")
	s.edge(b, 0, c, 0, "")
	s.edge(c, 0, a, 0, " again ")
	s.edge(c, 1, c, 1, "")
	s.compare(t, compactLR, `
 ╭────────────────────────────────────────────╮
 │                                            │
 │            ┌━━━━━┐     ┌━━━━━┐     ┌━━━━━┐ │
 ╰─ again ─⊕─▶┃a    ┃──⊕─▶┃b    ┃──⊕─▶┃c    ┃─╯
              ┃     ┃     ┃     ┃ ╭⊕─▶┃     ┃─╮
              └━━━━━┘     └━━━━━┘ │   └━━━━━┘ │
                                  │           │
                                  ╰───────────╯
`)
}

// Parts without a connection are stacked in document order.
func TestUnconnectedParts(t *testing.T) {
	s := &sketch{}
	a := s.node("a", 7, 3, nil, []int{1})
	s.node("alone", 7, 3, nil, nil)
	b := s.node("b", 7, 3, []int{1}, nil)
	s.edge(a, 0, b, 0, " Ok ")
	s.compare(t, compactLR, `
┌━━━━━┐         ┌━━━━━┐
┃a    ┃─ Ok ─⊕─▶┃b    ┃
└━━━━━┘         └━━━━━┘


┌━━━━━┐
┃alone┃
└━━━━━┘
`)
}
