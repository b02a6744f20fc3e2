package layout

import (
	"math"
	"slices"
)

// Memory is what a drawing needs to know of an earlier one to stay like it. The
// zero value remembers nothing. A Memory never changes, so an undo can keep it.
type Memory struct {
	opt   Options
	nodes map[string]spot
	edges map[string]trail
	last  *lastDrawing
}

// lastDrawing is a drawing and what it was made of: most edits of a campaign change
// no size, and need no other.
type lastDrawing struct {
	nodes   []Node
	edges   []Edge
	opt     Options
	drawing Drawing
}

// shows tells whether the drawing is that of an input.
func (l *lastDrawing) shows(nodes []Node, edges []Edge, opt Options) bool {
	return l != nil && l.opt == opt && slices.Equal(l.edges, edges) && slices.EqualFunc(l.nodes, nodes, func(a, b Node) bool {
		return a.W == b.W && a.H == b.H && a.Key == b.Key && slices.Equal(a.In, b.In) && slices.Equal(a.Out, b.Out)
	})
}

// spot is where a box was. Ranks count from the beginning of its part, rows from
// that of the drawing.
type spot struct{ part, rank, row, size int }

// trail is the way of a wire: the keys of its boxes, and its rows where it leaves
// the first, passes ranks and arrives at the second.
type trail struct {
	from, to string
	rows     []int
}

// remember collects the memory of finished pieces.
func remember(opt Options, pieces []piece) Memory {
	m := Memory{opt: opt, nodes: map[string]spot{}, edges: map[string]trail{}}
	for i, c := range pieces {
		for v, b := range c.graph.boxes {
			if _, taken := m.nodes[b.key]; b.key != "" && !taken {
				m.nodes[b.key] = spot{i, c.vertices[v].rank, c.row[v] + c.shift, b.size}
			}
		}
		for k, w := range c.edges {
			if _, taken := m.edges[w.key]; w.key != "" && !taken {
				m.edges[w.key] = c.trail(k)
			}
		}
	}
	return m
}

func (c piece) trail(i int) trail {
	hops := c.hops[c.first[i]:c.first[i+1]]
	w := c.edges[i]
	t := trail{c.graph.boxes[w.from].key, c.graph.boxes[w.to].key, make([]int, 0, len(hops)+1)}
	t.rows = append(t.rows, c.at(hops[0].a)+c.shift)
	for _, h := range hops {
		t.rows = append(t.rows, c.at(h.b)+c.shift)
	}
	return t
}

// recall is a memory seen from a new input.
type recall struct {
	Memory
	rows bool                // rows still mean something
	gone map[string]bool     // boxes that are no more
	lost map[[2]string]trail // wires that are no more, by their boxes
}

// recall compares a memory with a new input. It is nil if nothing is known.
func (m Memory) recall(in grid) *recall {
	if len(m.nodes) == 0 {
		return nil
	}
	r := &recall{Memory: m, gone: map[string]bool{}, lost: map[[2]string]trail{}}
	known, same := 0, 0
	seen := make(map[string]bool, len(in.boxes))
	for _, b := range in.boxes {
		s, ok := m.nodes[b.key]
		if !ok {
			continue
		}
		seen[b.key] = true
		known++
		if s.size == b.size {
			same++
		}
	}
	r.rows = m.opt == in.opt && 2*same >= known
	for key := range m.nodes {
		if !seen[key] {
			r.gone[key] = true
		}
	}
	r.findLost(in)
	return r
}

// findLost finds the wires that are no more. Of several between the same boxes, it
// takes the first by key.
func (r *recall) findLost(in grid) {
	kept := make(map[string]bool, len(in.edges))
	for _, w := range in.edges {
		if t, ok := r.edges[w.key]; ok && t.from == in.boxes[w.from].key && t.to == in.boxes[w.to].key {
			kept[w.key] = true
		}
	}
	if len(kept) == len(r.edges) {
		return
	}
	first := map[[2]string]string{}
	for key, t := range r.edges {
		pair := [2]string{t.from, t.to}
		if k, ok := first[pair]; !kept[key] && (!ok || key < k) {
			first[pair] = key
			r.lost[pair] = t
		}
	}
}

// recollection is what is known of the boxes and wires of one part.
type recollection struct {
	*recall
	spots  []spot // by box; its size is 0 if it is new
	trails []trail
	known  int  // number of boxes
	top    int  // least row
	fresh  bool // there are new boxes or wires
}

// of finds what is known of a part. It is nil if none of its boxes is known.
func (r *recall) of(p part) *recollection {
	if r == nil {
		return nil
	}
	o := &recollection{recall: r, spots: make([]spot, len(p.boxes)), trails: make([]trail, len(p.edges)), top: math.MaxInt}
	for v, b := range p.boxes {
		if s, ok := r.nodes[b.key]; ok {
			o.spots[v] = s
			o.top = min(o.top, s.row)
			o.known++
		}
	}
	if o.known == 0 {
		return nil
	}
	o.fresh = o.known < len(p.boxes)
	for i, w := range p.edges {
		t, ok := r.edges[w.key]
		if ok && t.from == p.boxes[w.from].key && t.to == p.boxes[w.to].key {
			o.trails[i] = t
		} else {
			o.fresh = true
		}
	}
	return o
}

func (o *recollection) knows(box int) bool { return o.spots[box].size > 0 }
