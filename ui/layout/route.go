package layout

import "slices"

// router turns rows and tracks into cells.
type router struct {
	*graph
	gaps  []gap
	rankU []int    // first cell of each rank
	bends [][]bend // of each hop, from the near side on
	depth int
}

// bend is where a hop leaves its row for another.
type bend struct{ track, from, to int }

// route places ranks and edges along the flow.
func (g *graph) route() piece {
	r := &router{graph: g, bends: make([][]bend, len(g.hops)), rankU: make([]int, len(g.ranks))}
	r.assignTracks()
	for i := range r.gaps {
		r.gaps[i].start = r.depth
		r.depth += r.gaps[i].width()
		if i < len(g.ranks) {
			r.rankU[i] = r.depth
			r.depth += g.depths[i]
		}
	}
	return r.piece()
}

func (r *router) assignTracks() {
	tracks := make([]int, len(r.nets))
	for i, nets := range r.nets {
		c := r.newChannel(nets)
		tracks[i] = c.assign()
		for _, run := range c.runs {
			for _, l := range run.legs {
				if l.a.row == l.b.row && l.a.far != l.b.far {
					continue
				}
				r.bends[l.hop] = append(r.bends[l.hop], bend{run.track, l.a.row, l.b.row})
			}
		}
	}
	r.gaps = r.measure(tracks)
}

func (r *router) piece() piece {
	p := piece{graph: r.graph, depth: r.depth}
	hi := 0
	cover := func(from, to int) {
		p.lo, hi = min(p.lo, from), max(hi, to)
	}
	if len(r.row) > 0 {
		p.lo, hi = r.row[0], r.row[0]
	}
	for v := range r.boxes {
		p.boxes = append(p.boxes, cell{r.rankU[r.vertices[v].rank], r.row[v]})
	}
	for v, x := range r.vertices {
		cover(r.row[v]+x.lo, r.row[v]+x.hi)
	}
	for i := range r.edges {
		e := r.path(i)
		for _, c := range e.points {
			cover(c.v, c.v+1)
		}
		p.paths = append(p.paths, e)
	}
	p.size = hi - p.lo
	return p
}

// path is the way of one wire.
func (r *router) path(i int) path {
	w := r.edges[i]
	hops := r.hops[r.first[i]:r.first[i+1]]
	start := cell{r.rankU[r.vertices[w.from].rank] + r.vertices[w.from].depth, r.at(hops[0].a)}
	tip := cell{r.rankU[r.vertices[w.to].rank] - 1, r.at(hops[len(hops)-1].b)}
	points := []cell{start}
	for k, h := range hops {
		bends := r.bends[r.first[i]+k]
		if h.a.far && !h.b.far {
			slices.Reverse(bends)
			for n, b := range bends {
				bends[n].from, bends[n].to = b.to, b.from
			}
		}
		for _, b := range bends {
			u := r.gaps[h.gap].firstTrack() + b.track*r.opt.TrackGap
			points = append(points, cell{u, b.from}, cell{u, b.to})
		}
	}
	if tip != start {
		points = append(points, tip)
	}
	p := path{points: points}
	r.decorate(&p, w, hops)
	return p
}

// decorate places the chip and the insertion mark.
func (r *router) decorate(p *path, w wire, hops []hop) {
	start, tip := p.points[0], p.points[len(p.points)-1]
	from, to := r.gaps[hops[0].gap], r.gaps[hops[len(hops)-1].gap]
	depth, size := r.chipSize(w)
	afterChip := depth + 1
	if r.opt.Direction == TopDown {
		afterChip = depth
	}
	beforeArrow := cell{tip.u - (markRoom - 1), tip.v}
	chip := cell{}
	switch w.site {
	case noChip:
		p.insert = start
		if to.target >= markRoom && !w.shared {
			p.insert = beforeArrow
		} else if from.source >= markRoom {
			p.insert.u++
		}
		return
	case atSource:
		chip = cell{start.u + stub, start.v}
	case atTarget:
		chip = cell{to.targetStart() + line, tip.v}
	case between:
		for _, h := range hops {
			if v := r.vertices[h.b.v]; v.box < 0 && v.depth > 0 {
				chip = cell{r.rankU[v.rank] + stub, r.at(h.b)}
			}
		}
	}
	p.insert = cell{chip.u + afterChip, chip.v}
	if w.site != between && r.markBeforeArrow(w, to, hops[0], hops[len(hops)-1]) {
		p.insert = beforeArrow
	}
	p.chip = cell{chip.u, chip.v - size/2}
}
