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
	"rendezvous/ui/narrate"
)

// Options say how a scene is laid out.
type Options struct {
	TopDown bool
	Compact bool // one row a card, for small screens
}

// A Scene is a campaign laid out on an endless grid that begins at 0, 0.
type Scene struct {
	Campaign model.Campaign
	Options  Options
	W, H     int
	cards    []card  // of the activities, in their order
	routes   []route // of the transitions, activity by activity
	byID     map[string]int
	byRef    map[model.Ref]int
	// thin reports that some band would touch a card or another band if it were wider than a row, so that all stay thin.
	thin func() bool
}

// A card is an activity's place.
type card struct {
	activity model.Activity
	box      cell.Rect
	label    string
	summary  string
	sockets  []socket
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

// Sizes, from the visual language: cards are 14 to 28 columns wide, and 7 wider than their longest line.
const (
	minCard, maxCard = 14, 28
	cardPadding      = 7
	slotW, slotH     = 5, 3
)

// NewScene lays a campaign out.
func NewScene(c model.Campaign, o Options) *Scene {
	s := &Scene{Campaign: c, Options: o, byID: map[string]int{}, byRef: map[model.Ref]int{}}
	var nodes []layout.Node
	for i, a := range c.Activities {
		s.byID[a.ID] = i
		k, node := s.measure(a)
		s.cards = append(s.cards, k)
		nodes = append(nodes, node)
	}
	nodes, edges := s.wire(nodes)
	s.place(layout.Layout(nodes, edges, s.spacing()))
	s.thin = sync.OnceValue(s.crowded)
	return s
}

func (s *Scene) spacing() layout.Options {
	o := layout.Options{Direction: layout.LeftRight, RankGap: 11, NodeGap: 3, TrackGap: 5}
	if s.Options.TopDown {
		o = layout.Options{Direction: layout.TopDown, RankGap: 3, NodeGap: 4, TrackGap: 2}
	} else if s.Options.Compact {
		o.RankGap = 5
	}
	return o
}

// measure finds the size and the ports of a card.
func (s *Scene) measure(a model.Activity) (card, layout.Node) {
	k := card{activity: a, label: a.Label(), summary: a.Card()}
	lines := []string{k.label}
	if !s.Options.Compact {
		lines = append(lines, a.Kind.Title)
		if k.summary != "" {
			lines = append(lines, k.summary)
		}
	}
	longest := 0
	for _, line := range lines {
		longest = max(longest, cell.Width(line))
	}
	rows := len(lines)
	if a.Kind.Role == model.Join {
		rows = s.addSockets(&k, rows)
		for _, socket := range k.sockets {
			longest = max(longest, cell.Width(socket.title)+2) // room for “62%” behind it
		}
	}
	if !s.Options.TopDown {
		rows = max(rows, s.portRows(len(a.Outputs())))
	}
	k.box = cell.Rect{W: min(max(longest+cardPadding, minCard), maxCard), H: rows + 2}
	return k, s.ports(k)
}

// addSockets gives each branch of a join its row below the text, and returns how many rows the card has then. Up to four
// are set apart, which leaves room for bands.
func (s *Scene) addSockets(k *card, rows int) int {
	step := 2
	if len(k.activity.From) > 4 || s.Options.Compact || s.Options.TopDown {
		step = 1
	}
	primary, hasPrimary := s.Campaign.Primary(k.activity)
	for i, r := range k.activity.From {
		k.sockets = append(k.sockets, socket{ref: r, row: rows + 1 + i*step, title: s.Campaign.BranchTitle(r), primary: hasPrimary && r == primary})
	}
	if n := len(k.sockets); n > 0 {
		rows += (n-1)*step + 1
	}
	return rows
}

// portRows is how many rows the outputs of a card take.
func (s *Scene) portRows(outputs int) int {
	switch {
	case outputs < 2:
		return 1
	case outputs > 4 || s.Options.Compact:
		return outputs
	}
	return 2*outputs - 1
}

// ports says where transitions meet a card.
func (s *Scene) ports(k card) layout.Node {
	n := layout.Node{W: k.box.W, H: k.box.H}
	outputs, inbound := len(k.activity.Outputs()), len(k.activity.From)
	if s.Options.TopDown {
		n.In, n.Out = spread(inbound, k.box.W), spread(outputs, k.box.W)
		return n
	}
	middle := min(2, k.box.H-2)
	if k.activity.Kind.Role != model.Join {
		middle = (k.box.H - 1) / 2
	}
	for i := range inbound {
		at := middle
		if i < len(k.sockets) {
			at = k.sockets[i].row
		}
		n.In = append(n.In, layout.Port{At: at})
	}
	step := 1
	if outputs > 1 && s.portRows(outputs) > outputs {
		step = 2
	}
	first := middle
	if outputs > 1 {
		first = 1 + (k.box.H-2-s.portRows(outputs))/2
	}
	for i := range outputs {
		n.Out = append(n.Out, layout.Port{At: first + i*step})
	}
	return n
}

// spread puts n ports along a side.
func spread(n, width int) []layout.Port {
	var ports []layout.Port
	for i := range n {
		ports = append(ports, layout.Port{At: (i + 1) * width / (n + 1)})
	}
	return ports
}

// wire adds a slot for every open end, and an edge for every transition.
func (s *Scene) wire(nodes []layout.Node) ([]layout.Node, []layout.Edge) {
	g := s.Campaign.Graph()
	var edges []layout.Edge
	for i, k := range s.cards {
		for port, o := range k.activity.Outputs() {
			r := route{ref: model.Ref{Activity: k.activity.ID, Output: o.ID}, from: i, to: -1, output: o}
			e := layout.Edge{From: i, FromPort: port, Label: chipWidth(o)}
			if to, ok := g.Follower(r.ref); ok {
				r.to, e.To = to, to
				e.ToPort = inPort(s.cards[to].activity, r.ref)
			} else {
				e.To = len(nodes)
				nodes = append(nodes, slotNode(s.Options))
			}
			s.byRef[r.ref] = len(s.routes)
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

func slotNode(o Options) layout.Node {
	if o.TopDown {
		return layout.Node{W: slotW, H: slotH, In: []layout.Port{{At: slotW / 2}}}
	}
	return layout.Node{W: slotW, H: slotH, In: []layout.Port{{At: slotH / 2}}}
}

// chipWidth is the room for a transition's label, and for a count before a label that a person chose.
func chipWidth(o model.Output) int {
	w := cell.Width(chipLabel(o)) + 2
	if o.Named {
		return min(w+7, 26)
	}
	return max(w, 8)
}

// place takes over where the layout has put everything.
func (s *Scene) place(d layout.Drawing) {
	margin := 2
	s.W, s.H = d.W+2*margin, d.H+2*margin
	for i := range s.cards {
		r := d.Nodes[i]
		s.cards[i].box = cell.Rect{X: r.X + margin, Y: r.Y + margin, W: r.W, H: r.H}
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
}

// Box returns where an activity's card lies.
func (s *Scene) Box(id string) (cell.Rect, bool) {
	i, ok := s.byID[id]
	if !ok {
		return cell.Rect{}, false
	}
	return s.cards[i].box, true
}

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

// chipLabel is what a transition is called on the canvas: nothing, when it is only called a transition.
func chipLabel(o model.Output) string {
	if o.Label == model.PlainLabel {
		return ""
	}
	return o.Label
}

// chipText is what a chip says: the label, behind the count when there is room for both.
func chipText(r route, people int, counted bool) (count, label string) {
	label = chipLabel(r.output)
	if !counted {
		return "", cell.Cut(label, r.chip.W-2)
	}
	count = narrate.Count(people)
	room := r.chip.W - 2 - cell.Width(count) - 1
	if !r.output.Named || room < 2 {
		return count, ""
	}
	return count, cell.Cut(label, room)
}
