package layout

// A gap has three zones from the rank before it to the rank after it: stubs and
// chips of the edges that leave, tracks, and chips, insertion marks and arrows of
// the edges that arrive. Nothing runs across the ranks outside the tracks, so
// chips and marks are never crossed, and a cell next to a box is never touched
// by an edge that isn't its own.
type gap struct {
	source, tracks, target int // widths in cells
	start                  int // first cell along the ranks
	arrives                bool
}

func (g gap) width() int       { return g.source + g.tracks + g.target }
func (g gap) firstTrack() int  { return g.start + g.source }
func (g gap) targetStart() int { return g.start + g.source + g.tracks }

// Cells of the zones. A chip has a cell of line before and after it. An insertion
// mark has one after it; LeftRight also one between it and the chip, TopDown it is
// directly below the chip.
const (
	stub     = 1 // keeps the cell next to a box free of runs
	arrow    = 1
	markRoom = 3 // mark, line, arrow: the least that shows a mark before an arrow
	line     = 1 // before and after a chip
)

// sourceZone is the room that a chip needs behind its source, with or without a mark.
func (g *graph) sourceZone(depth int, mark bool) int {
	zone := stub + depth + line
	switch {
	case g.opt.Direction == TopDown:
		return zone + 1 // the mark directly below the chip is part of it
	case mark:
		return zone + 2
	}
	return zone
}

// targetZone is the room that a chip needs before its target, mark and arrow included.
func (g *graph) targetZone(depth int) int {
	if g.opt.Direction == TopDown {
		return line + depth + markRoom
	}
	return line + depth + line + markRoom
}

// easyTarget is the room for a mark before an arrow that looks unforced.
func (g *graph) easyTarget() int {
	if g.opt.Direction == TopDown {
		return markRoom
	}
	return markRoom + 1
}

// measure finds the widths of all gaps. tracks is the number of tracks per gap.
func (g *graph) measure(tracks []int) []gap {
	gaps := make([]gap, len(tracks))
	inner := func(i int) bool { return i > 0 && i < len(gaps)-1 }
	for i := range gaps {
		if tracks[i] > 0 {
			gaps[i].tracks = (tracks[i]-1)*g.opt.TrackGap + 1
		}
		if inner(i) || tracks[i] > 0 {
			gaps[i].source, gaps[i].target = stub, arrow
		}
	}
	g.makeRoom(gaps, false)
	for i := range gaps {
		if slack := g.opt.RankGap - gaps[i].width(); inner(i) && gaps[i].arrives {
			gaps[i].target += min(max(0, slack), max(0, g.easyTarget()-gaps[i].target))
		}
	}
	g.makeRoom(gaps, true)
	for i := range gaps {
		if slack := g.opt.RankGap - gaps[i].width(); inner(i) && slack > 0 {
			gaps[i].source += slack / 2
			gaps[i].target += slack - slack/2
		}
	}
	return gaps
}

// makeRoom widens the outer zones for the chips. In the first round it leaves the
// marks of source-side chips out: they need room there only if there is none
// before the arrow.
func (g *graph) makeRoom(gaps []gap, marks bool) {
	for i, w := range g.edges {
		first, last := g.hops[g.first[i]], g.hops[g.first[i+1]-1]
		from, to := &gaps[first.gap], &gaps[last.gap]
		to.arrives = true
		depth, _ := g.chipSize(w)
		switch w.site {
		case noChip:
			if w.fromShared && !w.shared { // only there is it alone
				to.target = max(to.target, markRoom)
			}
		case atTarget:
			to.target = max(to.target, g.targetZone(depth))
		case atSource:
			if g.straight(first, last) && g.opt.Direction == LeftRight {
				to.target = max(to.target, markRoom)
			}
			mark := marks && !g.markBeforeArrow(w, *to, first, last)
			spare := g.depths[g.vertices[w.from].rank] - g.vertices[w.from].depth
			from.source = max(from.source, g.sourceZone(depth, mark)-spare)
		}
	}
}

// straight tells whether a wire, given by its first and last hop, has no bend.
func (g *graph) straight(first, last hop) bool {
	return first == last && g.at(first.a) == g.at(first.b)
}

// markBeforeArrow tells whether the mark of a wire with a chip at its source goes
// before the arrow all the same, as LeftRight it does where there is room.
func (g *graph) markBeforeArrow(w wire, to gap, first, last hop) bool {
	room := g.easyTarget()
	if g.straight(first, last) {
		room = markRoom
	}
	return g.opt.Direction == LeftRight && !w.shared && to.target >= room
}
