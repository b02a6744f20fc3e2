package layout

import (
	"slices"
	"testing"
)

// small adds a box of one in-port and one out-port.
func (s *sketch) small(name string) int { return s.node(name, 10, 3, []int{1}, []int{1}) }

// insert puts a small box into the edge that leads from one box to another.
func (s *sketch) insert(name string, from, to int) int {
	i := slices.IndexFunc(s.edges, func(e Edge) bool { return e.From == from && e.To == to })
	x, e := s.small(name), s.edges[i]
	s.edges, s.chips = slices.Delete(s.edges, i, i+1), slices.Delete(s.chips, i, i+1)
	s.edge(e.From, e.FromPort, x, 0, "")
	s.edge(x, 0, e.To, e.ToPort, "")
	return x
}

// A branch that is inserted into, a third branch, its join, and a step before
// the split: each comes where there is room, and nothing else changes its row.
func TestCampaignGrows(t *testing.T) {
	s := &sketch{}
	audience := s.small("audience")
	split := s.node("tiers", 10, 5, []int{1}, []int{1, 3})
	gold, silver := s.small("gold"), s.small("silver")
	join := s.node("join", 10, 4, []int{1, 2}, []int{1})
	sms := s.small("sms")
	s.edge(audience, 0, split, 0, "")
	s.edge(split, 0, gold, 0, "")
	s.edge(split, 1, silver, 0, "")
	s.edge(gold, 0, join, 0, "")
	s.edge(silver, 0, join, 1, "")
	s.edge(join, 0, sms, 0, "")
	s.compare(t, compactLR, `
                              ┌━━━━━━━━┐
┌━━━━━━━━┐     ┌━━━━━━━━┐ ╭⊕─▶┃gold    ┃─╮
┃audience┃──⊕─▶┃tiers   ┃─╯   └━━━━━━━━┘ │   ┌━━━━━━━━┐     ┌━━━━━━━━┐
└━━━━━━━━┘     ┃        ┃                ╰⊕─▶┃join    ┃──⊕─▶┃sms     ┃
               ┃        ┃─╮              ╭⊕─▶┃        ┃     └━━━━━━━━┘
               └━━━━━━━━┘ │   ┌━━━━━━━━┐ │   └━━━━━━━━┘
                          ╰⊕─▶┃silver  ┃─╯
                              └━━━━━━━━┘
`)
	s.insert("mail", gold, join)
	s.nodes[split].Out = []Port{{1}, {2}, {3}}
	bronze := s.small("bronze")
	s.edge(split, 2, bronze, 0, "")
	s.compare(t, compactLR, `
                              ┌━━━━━━━━┐     ┌━━━━━━━━┐
┌━━━━━━━━┐     ┌━━━━━━━━┐ ╭──▶┃gold    ┃──⊕─▶┃mail    ┃─╮
┃audience┃──⊕─▶┃tiers   ┃⊕╯   └━━━━━━━━┘     └━━━━━━━━┘ │   ┌━━━━━━━━┐     ┌━━━━━━━━┐
└━━━━━━━━┘     ┃        ┃⊕──╮                           ╰⊕─▶┃join    ┃──⊕─▶┃sms     ┃
               ┃        ┃⊕╮ │                           ╭⊕─▶┃        ┃     └━━━━━━━━┘
               └━━━━━━━━┘ │ │ ┌━━━━━━━━┐                │   └━━━━━━━━┘
                          │ ╰▶┃silver  ┃────────────────╯
                          │   └━━━━━━━━┘
                          │
                          │
                          │   ┌━━━━━━━━┐
                          ╰──▶┃bronze  ┃
                              └━━━━━━━━┘
`)
	s.nodes[join].H, s.nodes[join].In = 5, []Port{{1}, {2}, {3}}
	s.edge(bronze, 0, join, 2, "")
	s.insert("call", bronze, join)
	s.insert("dedupe", audience, split)
	s.compare(t, compactLR, `
                                             ┌━━━━━━━━┐     ┌━━━━━━━━┐
┌━━━━━━━━┐     ┌━━━━━━━━┐     ┌━━━━━━━━┐ ╭──▶┃gold    ┃──⊕─▶┃mail    ┃⊕╮
┃audience┃──⊕─▶┃dedupe  ┃──⊕─▶┃tiers   ┃⊕╯   └━━━━━━━━┘     └━━━━━━━━┘ │   ┌━━━━━━━━┐     ┌━━━━━━━━┐
└━━━━━━━━┘     └━━━━━━━━┘     ┃        ┃⊕──╮                           ╰──▶┃join    ┃──⊕─▶┃sms     ┃
                              ┃        ┃⊕╮ │                           ╭──▶┃        ┃     └━━━━━━━━┘
                              └━━━━━━━━┘ │ │ ┌━━━━━━━━┐                │ ╭▶┃        ┃
                                         │ ╰▶┃silver  ┃⊕───────────────╯ │ └━━━━━━━━┘
                                         │   └━━━━━━━━┘                  │
                                         │                               │
                                         │                               │
                                         │   ┌━━━━━━━━┐     ┌━━━━━━━━┐   │
                                         ╰──▶┃bronze  ┃──⊕─▶┃call    ┃⊕──╯
                                             └━━━━━━━━┘     └━━━━━━━━┘
`)
}

// The same top-down.
func TestCampaignGrowsTopDown(t *testing.T) {
	s := &sketch{}
	audience := s.node("audience", 12, 3, nil, []int{5})
	split := s.node("tiers", 12, 3, []int{5}, []int{3, 8})
	gold, silver := s.node("gold", 12, 3, []int{5}, []int{5}), s.node("silver", 12, 3, []int{5}, []int{5})
	join := s.node("join", 12, 3, []int{3, 8}, nil)
	s.edge(audience, 0, split, 0, "")
	s.edge(split, 0, gold, 0, " Gold ")
	s.edge(split, 1, silver, 0, " Silver ")
	s.edge(gold, 0, join, 0, "")
	s.edge(silver, 0, join, 1, "")
	s.compare(t, fullTD, `
       ┌━━━━━━━━━━┐
       ┃audience  ┃
       └━━━━━━━━━━┘
            │
            │
            ⊕
            │
            ▼
       ┌━━━━━━━━━━┐
       ┃tiers     ┃
       └━━━━━━━━━━┘
          │    │
     ╭────╯    ╰────╮
     │              │
   Gold          Silver
     ⊕              ⊕
     │              │
     ▼              ▼
┌━━━━━━━━━━┐   ┌━━━━━━━━━━┐
┃gold      ┃   ┃silver    ┃
└━━━━━━━━━━┘   └━━━━━━━━━━┘
     │              │
     ╰────╮    ╭────╯
          ⊕    ⊕
          │    │
          ▼    ▼
       ┌━━━━━━━━━━┐
       ┃join      ┃
       └━━━━━━━━━━┘
`)
	s.insert("mail", silver, join)
	s.nodes[split].Out = []Port{{3}, {8}, {10}}
	s.edge(split, 2, s.small("bronze"), 0, " Bronze ")
	s.compare(t, fullTD, `
       ┌━━━━━━━━━━┐
       ┃audience  ┃
       └━━━━━━━━━━┘
            │
            │
            ⊕
            │
            ▼
       ┌━━━━━━━━━━┐
       ┃tiers     ┃
       └━━━━━━━━━━┘
          │    │ │
     ╭────╯    │ ╰──────────────╮
     │         │                │
     │         ╰────╮           │
     │              │           │
   Gold          Silver      Bronze
     ⊕              ⊕           ⊕
     │              │           │
     ▼              ▼           ▼
┌━━━━━━━━━━┐   ┌━━━━━━━━━━┐    ┌━━━━━━━━┐
┃gold      ┃   ┃silver    ┃    ┃bronze  ┃
└━━━━━━━━━━┘   └━━━━━━━━━━┘    └━━━━━━━━┘
     │              │
     │              │
     │              ⊕
     │              │
     │              ▼
     │             ┌━━━━━━━━┐
     │             ┃mail    ┃
     │             └━━━━━━━━┘
     │              │
     ╰────╮    ╭────╯
          ⊕    ⊕
          │    │
          ▼    ▼
       ┌━━━━━━━━━━┐
       ┃join      ┃
       └━━━━━━━━━━┘
`)
}

// A part that is connected to another one stays in its rows and moves next to what
// it leads to.
func TestPartsComeTogether(t *testing.T) {
	s := &sketch{}
	a, b, c := s.small("a"), s.small("b"), s.node("join", 10, 4, []int{1, 2}, nil)
	buyers := s.small("buyers")
	s.edge(a, 0, b, 0, "")
	s.edge(b, 0, c, 0, "")
	s.compare(t, compactLR, `
┌━━━━━━━━┐     ┌━━━━━━━━┐     ┌━━━━━━━━┐
┃a       ┃──⊕─▶┃b       ┃──⊕─▶┃join    ┃
└━━━━━━━━┘     └━━━━━━━━┘     ┃        ┃
                              └━━━━━━━━┘


┌━━━━━━━━┐
┃buyers  ┃
└━━━━━━━━┘
`)
	s.edge(buyers, 0, c, 1, " all ")
	s.compare(t, compactLR, `
┌━━━━━━━━┐     ┌━━━━━━━━┐           ┌━━━━━━━━┐
┃a       ┃──⊕─▶┃b       ┃─⊕────────▶┃join    ┃
└━━━━━━━━┘     └━━━━━━━━┘         ╭▶┃        ┃
                                  │ └━━━━━━━━┘
                                  │
                                  │
               ┌━━━━━━━━┐         │
               ┃buyers  ┃─ all ─⊕─╯
               └━━━━━━━━┘
`)
}
