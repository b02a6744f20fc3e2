package layout

// box is a Node in abstract directions: depth is its size along the ranks, size
// its size across them; ports are clamped offsets across.
type box struct {
	key         string
	depth, size int
	in, out     []int
}

// wire is a valid Edge in abstract directions. id is its index in the input.
type wire struct {
	id           int
	key          string
	from, to     int
	fromAt, toAt int
	label        int
	site         site
	shared       bool // its in-port has other edges, too
	fromShared   bool // its out-port has
}

// site says where along a wire its chip goes.
type site int

const (
	noChip   site = iota
	atSource      // on the first run, before any bend
	atTarget      // on the last run, after every bend
	between       // on the run through an invisible vertex that is as large as the chip
)

// grid is the input in abstract directions.
type grid struct {
	boxes []box
	edges []wire
	opt   Options
}

func newGrid(nodes []Node, edges []Edge, opt Options) grid {
	opt.RankGap = max(1, opt.RankGap)
	opt.NodeGap = max(1, opt.NodeGap)
	opt.TrackGap = max(1, opt.TrackGap)
	in := grid{boxes: make([]box, len(nodes)), opt: opt}
	for i, n := range nodes {
		b := box{key: n.Key, depth: max(1, n.W), size: max(1, n.H)}
		if opt.Direction == TopDown {
			b.depth, b.size = b.size, b.depth
		}
		b.in, b.out = offsets(n.In, b.size), offsets(n.Out, b.size)
		in.boxes[i] = b
	}
	for i, e := range edges {
		if e.From < 0 || e.From >= len(nodes) || e.To < 0 || e.To >= len(nodes) {
			continue
		}
		from, to := in.boxes[e.From], in.boxes[e.To]
		in.edges = append(in.edges, wire{
			id: i, key: e.Key, from: e.From, to: e.To,
			fromAt: offset(from.out, e.FromPort, from.size),
			toAt:   offset(to.in, e.ToPort, to.size),
			label:  max(0, e.Label),
		})
	}
	in.chooseSites()
	return in
}

func offsets(ports []Port, size int) []int {
	at := make([]int, len(ports))
	for i, p := range ports {
		at[i] = min(max(p.At, 0), size-1)
	}
	return at
}

func offset(ports []int, i, size int) int {
	if i < 0 || i >= len(ports) {
		return (size - 1) / 2
	}
	return ports[i]
}

// chooseSites decides for each labelled wire where its chip has cells of its
// own. A chip sits at the source unless the source has several out-ports, whose
// chips read better behind the bends, next to where they lead. A run that
// several wires share can't carry the chip of one of them. In TopDown, chips
// lie across the runs, so a side with several ports has no room for them.
func (in grid) chooseSites() {
	type port struct{ node, at int }
	leaving, arriving := map[port]int{}, map[port]int{}
	for _, w := range in.edges {
		leaving[port{w.from, w.fromAt}]++
		arriving[port{w.to, w.toAt}]++
	}
	for i := range in.edges {
		w := &in.edges[i]
		ownSource := leaving[port{w.from, w.fromAt}] == 1
		ownTarget := arriving[port{w.to, w.toAt}] == 1
		w.shared, w.fromShared = !ownTarget, !ownSource
		if w.label == 0 {
			continue
		}
		oneOut, oneIn := len(in.boxes[w.from].out) <= 1, len(in.boxes[w.to].in) <= 1
		switch {
		case ownSource && oneOut:
			w.site = atSource
		case ownTarget && (oneIn || in.opt.Direction == LeftRight):
			w.site = atTarget
		case ownSource && in.opt.Direction == LeftRight:
			w.site = atSource
		default:
			w.site = between
		}
	}
}

// chipSize is the size of the chip of a wire along the ranks and across them.
func (in grid) chipSize(w wire) (depth, size int) {
	if in.opt.Direction == TopDown {
		return 1, w.label
	}
	return w.label, 1
}

// edgeGap is the least number of free cells between an edge that passes a rank
// and its neighbours there.
func (in grid) edgeGap() int { return (in.opt.NodeGap + 1) / 2 }

// cell is a cell in abstract directions.
type cell struct{ u, v int }

// path is a Route in abstract directions.
type path struct {
	points []cell
	chip   cell // first cell of the chip
	insert cell
}

// drawing turns a plan into the caller's coordinates.
func (in grid) drawing(p *plan) Drawing {
	d := Drawing{W: p.depth, H: p.size, Nodes: make([]Rect, len(in.boxes)), Edges: make([]Route, len(p.paths))}
	if in.opt.Direction == TopDown {
		d.W, d.H = d.H, d.W
	}
	for i, b := range in.boxes {
		at := in.point(p.boxes[i])
		d.Nodes[i] = Rect{X: at.X, Y: at.Y, W: b.depth, H: b.size}
		if in.opt.Direction == TopDown {
			d.Nodes[i].W, d.Nodes[i].H = b.size, b.depth
		}
	}
	for _, w := range in.edges {
		d.Edges[w.id] = in.finish(p.paths[w.id], w)
	}
	return d
}

func (in grid) finish(p path, w wire) Route {
	r := Route{Points: make([]Point, len(p.points)), Insert: in.point(p.insert)}
	for i, c := range p.points {
		r.Points[i] = in.point(c)
	}
	if w.site != noChip {
		at := in.point(p.chip)
		r.Label = Rect{X: at.X, Y: at.Y, W: w.label, H: 1}
	}
	return r
}

func (in grid) point(c cell) Point {
	if in.opt.Direction == TopDown {
		return Point{X: c.v, Y: c.u}
	}
	return Point{X: c.u, Y: c.v}
}
