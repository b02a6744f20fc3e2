// Package canvas draws a campaign, and the state of its run, into cells.
//
// A [Scene] is where everything lies: cards, transitions, open ends, measured and placed once per campaign. Drawing it is
// a function of the scene and a [View] and changes neither. The look is described by package look; what a run means is
// none of the package's business, it shows a flow.State.
package canvas

import (
	"sync"

	"rendezvous/model"
	"rendezvous/ui/cell"
	"rendezvous/ui/layout"
)

// Options say how a scene is laid out.
type Options struct {
	TopDown bool
	Zoom    Zoom
	// Folded activities stand for the branch behind them.
	Folded map[string]bool
	// Before is what an earlier scene remembers of itself; the new one stays as much like it as it can.
	Before layout.Memory
}

// A Scene is a campaign laid out on an endless grid that begins at 0, 0.
type Scene struct {
	Campaign model.Campaign
	Options  Options
	W, H     int
	sizes    sizes
	cards    []card  // of the activities that are not folded away, in their order
	routes   []route // of the transitions, card by card
	byID     map[string]int
	byRef    map[model.Ref]int
	// Memory is what the next scene needs to stay like this one.
	Memory layout.Memory
	cost   func() layout.Cost
	// thin reports that some band would touch a card or another band if it were wider than a row, so that all stay thin.
	thin func() bool
}

// A card is an activity's place.
type card struct {
	activity model.Activity
	box      cell.Rect
	label    string
	summary  string
	outs     []out    // the transitions that leave the card
	folded   []string // the activities behind it that it stands for
	sockets  []socket
	note     []string // lines beside the card
}

// An out is a transition that leaves a card.
type out struct {
	ref    model.Ref
	output model.Output
}

// A socket is the row of a join's card at which a branch enters.
type socket struct {
	ref     model.Ref
	row     int
	title   string
	primary bool
}

// A route is a transition's way.
type route struct {
	ref    model.Ref
	from   int // card
	to     int // card; -1 at an open end
	slot   cell.Rect
	path   []step
	bands  [most + 1][]bandCell // by weight, worked out when they are first drawn
	chip   cell.Rect
	insert layout.Point
	output model.Output
}

// NewScene lays a campaign out.
func NewScene(c model.Campaign, o Options) *Scene {
	s := &Scene{Campaign: c, Options: o, sizes: o.sizes(), byID: map[string]int{}, byRef: map[model.Ref]int{}}
	s.collect()
	var nodes []layout.Node
	for i := range s.cards {
		nodes = append(nodes, s.measure(&s.cards[i]))
	}
	nodes, edges := s.wire(nodes)
	d := layout.Update(o.Before, nodes, edges, s.sizes.gaps)
	s.Memory, s.cost = d.Memory, func() layout.Cost { return d.Cost(edges) }
	s.place(d)
	s.thin = sync.OnceValue(s.crowded)
	return s
}

// collect makes the cards: one for each activity that no folded one stands for.
func (s *Scene) collect() {
	g, all := s.Campaign.Graph(), s.Campaign.Activities
	within := map[int]int{} // a folded activity that stands for another
	for i, a := range all {
		if s.Options.Folded[a.ID] {
			for _, k := range g.Branch(a.ID)[1:] {
				within[k] = i
			}
		}
	}
	home := func(i int) int { // the activity whose card shows another: folded ones may be folded away themselves
		for {
			next, hidden := within[i]
			if !hidden {
				return i
			}
			i = next
		}
	}
	for i, a := range all {
		if home(i) == i {
			s.byID[a.ID] = len(s.cards)
			s.cards = append(s.cards, card{activity: a, label: a.Label(), summary: a.Card()})
		}
	}
	for i, a := range all {
		at := s.byID[all[home(i)].ID]
		k := &s.cards[at]
		if home(i) != i {
			s.byID[a.ID] = at
			k.folded = append(k.folded, a.ID)
		}
		folded := s.Options.Folded[k.activity.ID]
		for _, o := range a.Outputs() {
			r := model.Ref{Activity: a.ID, Output: o.ID}
			if next, followed := g.Follower(r); !folded || followed && home(next) != home(i) {
				k.outs = append(k.outs, out{r, o})
			}
		}
	}
}

// wire adds a slot for every open end, and an edge for every transition.
func (s *Scene) wire(nodes []layout.Node) ([]layout.Node, []layout.Edge) {
	g := s.Campaign.Graph()
	var edges []layout.Edge
	for i, k := range s.cards {
		for n, o := range k.outs {
			r := route{ref: o.ref, from: i, to: -1, output: o.output}
			e := layout.Edge{Key: o.ref.String(), From: i, FromPort: min(n, len(nodes[i].Out)-1), Label: s.sizes.chip(o.output)}
			if to, ok := g.Follower(o.ref); ok {
				follower := s.Campaign.Activities[to]
				r.to = s.byID[follower.ID]
				e.To, e.ToPort = r.to, min(inPort(follower, o.ref), len(nodes[r.to].In)-1)
			} else {
				e.To = len(nodes)
				nodes = append(nodes, s.slot(o.ref))
			}
			s.byRef[o.ref] = len(s.routes)
			s.routes, edges = append(s.routes, r), append(edges, e)
		}
	}
	return nodes, edges
}

func inPort(a model.Activity, r model.Ref) int {
	for i, from := range a.From {
		if from == r {
			return i
		}
	}
	return 0
}

// margin is how many cells of ground surround a scene.
const margin = 2

// place takes over where the layout has put everything.
func (s *Scene) place(d layout.Drawing) {
	s.W, s.H = d.W+2*margin, d.H+2*margin
	for i := range s.cards {
		s.cards[i].box.X, s.cards[i].box.Y = d.Nodes[i].X+margin, d.Nodes[i].Y+margin
	}
	slot := len(s.cards)
	for i := range s.routes {
		r, e := &s.routes[i], d.Edges[i]
		r.path = steps(e.Points, s.Options.TopDown)
		for k := range r.path {
			r.path[k].x, r.path[k].y = r.path[k].x+margin, r.path[k].y+margin
		}
		r.chip = cell.Rect{X: e.Label.X + margin, Y: e.Label.Y + margin, W: e.Label.W, H: e.Label.H}
		r.insert = layout.Point{X: e.Insert.X + margin, Y: e.Insert.Y + margin}
		if r.to < 0 {
			n := d.Nodes[slot]
			r.slot = cell.Rect{X: n.X + margin, Y: n.Y + margin, W: n.W, H: n.H}
			slot++
		}
	}
	s.branch()
}

// A port is where transitions meet a card: its row, or its column where the flow runs down.
type port struct {
	card, at int
	in       bool
}

// ends returns the ports of a transition.
func (s *Scene) ends(r route) [2]port {
	first, last := r.path[0], r.path[len(r.path)-1]
	if s.Options.TopDown {
		return [2]port{{r.from, first.x, false}, {r.to, last.x, true}}
	}
	return [2]port{{r.from, first.y, false}, {r.to, last.y, true}}
}

// branch makes the lines of transitions that share a port branch where they part.
func (s *Scene) branch() {
	sharing := map[port][]int{}
	for i, r := range s.routes {
		for _, p := range s.ends(r) {
			sharing[p] = append(sharing[p], i)
		}
	}
	for p, routes := range sharing {
		if len(routes) < 2 || p.card < 0 {
			continue
		}
		lines := map[layout.Point]uint8{}
		for _, i := range routes {
			for _, c := range s.routes[i].path {
				lines[layout.Point{X: c.x, Y: c.y}] |= c.mask
			}
		}
		for _, i := range routes {
			for k, c := range s.routes[i].path {
				s.routes[i].path[k].line |= lines[layout.Point{X: c.x, Y: c.y}]
			}
		}
	}
}

// Box returns where an activity's card lies, or that of the folded one that stands for it.
func (s *Scene) Box(id string) (cell.Rect, bool) {
	i, ok := s.byID[id]
	if !ok {
		return cell.Rect{}, false
	}
	return s.cards[i].box, true
}

// Shown returns the activity whose card shows an activity: itself, unless it is folded away.
func (s *Scene) Shown(id string) string {
	if i, ok := s.byID[id]; ok {
		return s.cards[i].activity.ID
	}
	return id
}

// Folded returns how many activities the card of an activity stands for, besides itself.
func (s *Scene) Folded(id string) int {
	if i, ok := s.byID[id]; ok {
		return len(s.cards[i].folded)
	}
	return 0
}

// Cost returns how much there is to follow with the eye: crossings, bends, the length of transitions.
func (s *Scene) Cost() layout.Cost { return s.cost() }

// LabelColumn returns the column of a card at which its label begins.
func (s *Scene) LabelColumn() int { return s.sizes.text }

// Place returns where a transition's insertion mark or open end lies.
func (s *Scene) Place(r model.Ref) (cell.Rect, bool) {
	i, ok := s.byRef[r]
	if !ok {
		return cell.Rect{}, false
	}
	if s.routes[i].to < 0 {
		return s.routes[i].slot, true
	}
	return cell.Rect{X: s.routes[i].insert.X, Y: s.routes[i].insert.Y, W: 1, H: 1}, true
}
