package canvas

import (
	"fmt"

	"rendezvous/model"
	"rendezvous/ui/cell"
	"rendezvous/ui/layout"
	"rendezvous/ui/narrate"
)

// A Zoom is how much a card says.
type Zoom int

// The levels of zoom, from near to far.
const (
	Full    Zoom = iota // label, kind, what is configured
	Compact             // one row
	Dot                 // the glyph alone
)

// Zooms is the number of levels.
const Zooms = 3

// sizes are the measures of a level of zoom, in cells.
type sizes struct {
	lines            int  // of text on a card
	minCard, maxCard int  // width
	padding          int  // columns of a card besides its longest line
	text             int  // column at which the label begins
	named            bool // whether joins name their branches, row by row
	chips            bool // whether transitions carry labels
	apart            bool // whether the ports of a card are two rows apart, which leaves room for bands
	edges            int  // rows above and below the text together
	slotW, slotH     int
	gaps             layout.Options
}

func (o Options) sizes() sizes {
	z := sizes{lines: 3, minCard: 14, maxCard: 28, padding: 7, text: 5, named: true, chips: true, apart: true, edges: 2, slotW: 5, slotH: 3,
		gaps: layout.Options{Direction: layout.LeftRight, RankGap: 11, NodeGap: 3, TrackGap: 5}}
	if o.TopDown {
		z.gaps = layout.Options{Direction: layout.TopDown, RankGap: 3, NodeGap: 4, TrackGap: 2}
		z.apart = false
	}
	switch {
	case o.Zoom == Dot:
		z = sizes{minCard: 3, maxCard: 3, padding: 3, slotW: 2, slotH: 1, gaps: z.gaps}
		z.gaps.RankGap, z.gaps.NodeGap, z.gaps.TrackGap = 4, 1, 2
		if o.TopDown {
			z.gaps.RankGap, z.gaps.NodeGap, z.slotW = 2, 3, 3
		}
	case o.Zoom == Compact && o.TopDown:
		z.lines = 1
	case o.Zoom == Compact:
		z.lines, z.minCard, z.maxCard, z.padding, z.text = 1, 8, 18, 6, 3
		z.named, z.chips, z.apart = false, false, false
		z.slotW, z.slotH = 2, 1
		z.gaps.RankGap, z.gaps.NodeGap, z.gaps.TrackGap = 4, 2, 2
	}
	return z
}

// busPorts is how many transitions one side of a card has ports for; more of them share one.
const busPorts = 8

// measure finds the size of a card, and says where transitions meet it.
func (s *Scene) measure(k *card) layout.Node {
	lines := []string{k.label, k.activity.Kind.Title, k.summary}
	if n := len(k.folded); n > 0 {
		k.summary = fmt.Sprintf("⊞ %d more", n)
		lines[2] = fmt.Sprintf("⊞ %d of %d done", n+1, n+1) // in a run
	}
	if k.summary == "" {
		lines = lines[:2]
	}
	lines = lines[:min(len(lines), s.sizes.lines)]
	longest := 0
	for _, line := range lines {
		longest = max(longest, cell.Width(line))
	}
	rows := max(len(lines), 1)
	if k.activity.Kind.Role == model.Join {
		rows, longest = s.joinRows(k, rows, longest)
	}
	inbound, outputs := ports(len(k.activity.From)), ports(len(k.outs))
	if s.sizes.lines == 0 {
		inbound, outputs = min(inbound, 1), min(outputs, 1)
	}
	if !s.Options.TopDown {
		rows = max(rows, s.portRows(outputs))
		if !s.sizes.named {
			rows = max(rows, inbound)
		}
	}
	k.box = cell.Rect{W: min(max(longest+s.sizes.padding, s.sizes.minCard), s.sizes.maxCard), H: rows + s.sizes.edges}
	if s.sizes.lines == 0 {
		k.box.W = s.sizes.minCard
	}
	n := s.ports(k, inbound, outputs)
	s.addNote(k, &n)
	return n
}

// ports is how many ports a side needs for some transitions.
func ports(transitions int) int {
	if transitions > busPorts {
		return 1
	}
	return transitions
}

// joinRows makes room for what the card of a join says of its branches.
func (s *Scene) joinRows(k *card, rows, longest int) (int, int) {
	switch n := len(k.activity.From); {
	case s.sizes.lines == 0:
		return rows, longest
	case !s.sizes.named:
		return rows + 1, max(longest, cell.Width("2/3 waiting"))
	case n > busPorts:
		k.summary = fmt.Sprintf("%d branches", n)
		return max(rows, s.sizes.lines), max(longest, cell.Width(k.summary))
	}
	rows = s.addSockets(k, rows)
	for _, socket := range k.sockets {
		longest = max(longest, cell.Width(socket.title)+2) // room for “62%” behind it
	}
	return rows, longest
}

// addSockets gives each branch of a join its row below the text, and returns how many rows the card has then. Up to four
// are set apart, which leaves room for bands.
func (s *Scene) addSockets(k *card, rows int) int {
	step := 2
	if len(k.activity.From) > 4 || !s.sizes.apart {
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
	case outputs > 4 || !s.sizes.apart:
		return outputs
	}
	return 2*outputs - 1
}

// ports says where transitions meet a card.
func (s *Scene) ports(k *card, inbound, outputs int) layout.Node {
	n := layout.Node{Key: k.activity.ID, W: k.box.W, H: k.box.H}
	if s.Options.TopDown {
		n.In, n.Out = spread(inbound, k.box.W), spread(outputs, k.box.W)
		return n
	}
	middle := (k.box.H - 1) / 2
	if k.activity.Kind.Role == model.Join {
		middle = min(2, max(0, k.box.H-2))
	}
	for i := range inbound {
		at := middle
		switch {
		case i < len(k.sockets):
			at = k.sockets[i].row
		case inbound > 1:
			at = 1 + i
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

// Notes stand below a card, or to its right where the flow runs down.
const (
	noteLines  = 3
	noteWidth  = 22
	noteMargin = 2 // the bar before it, and a space
)

// addNote makes room for the note of an activity.
func (s *Scene) addNote(k *card, n *layout.Node) {
	text := k.activity.Settings.Text("note")
	if text == "" || s.Options.Zoom != Full {
		return
	}
	width := k.box.W - noteMargin
	if s.Options.TopDown {
		width = noteWidth
	}
	k.note = cell.Wrap(text, width)
	if len(k.note) > noteLines {
		k.note = k.note[:noteLines]
		k.note[noteLines-1] = cell.Cut(k.note[noteLines-1]+" …", width)
	}
	if s.Options.TopDown {
		n.W += 1 + noteMargin + noteWidth
		return
	}
	n.H += 1 + len(k.note)
}

// noteBox is where the note of a card stands.
func (s *Scene) noteBox(k card) cell.Rect {
	if s.Options.TopDown {
		return cell.Rect{X: k.box.X + k.box.W + 1, Y: k.box.Y + 1, W: noteMargin + noteWidth, H: len(k.note)}
	}
	return cell.Rect{X: k.box.X, Y: k.box.Y + k.box.H + 1, W: k.box.W, H: len(k.note)}
}

// slot is the place of an open end.
func (s *Scene) slot(r model.Ref) layout.Node {
	n := layout.Node{Key: r.String() + " open", W: s.sizes.slotW, H: s.sizes.slotH, In: []layout.Port{{At: s.sizes.slotH / 2}}}
	if s.Options.TopDown {
		n.In[0].At = n.W / 2
	}
	return n
}

// chip is the room for a transition's label, and for a count before a label that a person chose.
func (z sizes) chip(o model.Output) int {
	if !z.chips {
		return 0
	}
	w := cell.Width(chipLabel(o)) + 2
	if o.Named {
		return min(w+7, 26)
	}
	return max(w, 8)
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
