package layout

import (
	"cmp"
	"slices"
)

const (
	keepRounds = 6  // of finding places for new vertices
	repairNear = 2  // ranks on either side of an edit in which old vertices may change places
	repairGain = 2  // crossings that this must remove
	tolerable  = 10 // the part of the boxes that may move, inverted
	aFew       = 3  // boxes that may move all the same
)

// keeper gives the vertices of a graph the order and the rows that they had.
type keeper struct {
	*graph
	old    *recollection
	row    []int      // of each vertex in the earlier drawing
	hold   []float64  // how much it should stay there, 0 if it is new
	center []float64  // of each vertex there
	bends  []tristate // of each hop there
}

// tristate says of a hop what it was in the earlier drawing.
type tristate byte

const (
	isNew tristate = iota
	wasStraight
	wasBent
)

// Weights that hold vertices in their rows, against those of hops.
const (
	holdBox       = 16
	holdInvisible = 4
)

// redraw finds ranks, order and rows of a part. Where boxes that make room to the
// right get into the way of many others, whole ranks make room instead.
func (o *recollection) redraw(p part) *graph {
	back := o.backEdges(p)
	k := newKeeper(newGraph(p, back, o.rankBoxes(p, back, false)), o)
	if moved := k.arrange(); o.rows && moved > max(aFew, len(p.boxes)/tolerable) {
		wide := newKeeper(newGraph(p, back, o.rankBoxes(p, back, true)), o)
		if 2*wide.arrange() < moved {
			return wide.graph
		}
	}
	return k.graph
}

// arrange finds order and rows and returns how many boxes have moved.
func (k *keeper) arrange() int {
	k.order()
	k.place()
	shifts := map[int]int{}
	most, known := 0, 0
	for v := range k.boxes {
		if k.old.knows(v) {
			shift := k.graph.row[v] - k.old.spots[v].row
			shifts[shift]++
			most = max(most, shifts[shift])
			known++
		}
	}
	return known - most
}

func newKeeper(g *graph, old *recollection) *keeper {
	k := &keeper{
		graph: g, old: old, row: make([]int, len(g.vertices)), hold: make([]float64, len(g.vertices)),
		center: make([]float64, len(g.vertices)), bends: make([]tristate, len(g.hops)),
	}
	for v := range g.boxes {
		if s := old.spots[v]; old.knows(v) {
			k.row[v], k.hold[v], k.center[v] = s.row, holdBox, float64(s.row)+float64(s.size)/2
		}
	}
	for i := range g.edges {
		if rows := old.trails[i].rows; rows != nil {
			k.follow(g.first[i], g.first[i+1], rows)
		}
	}
	k.followSplit()
	return k
}

// follow leads the hops from one to another along a trail.
func (k *keeper) follow(from, to int, rows []int) {
	rows, ok := fitted(rows, to-from)
	for n := from; n < to; n++ {
		e := k.hops[n].b
		if ok && (n+1 < to || e.v >= len(k.boxes) || !k.old.knows(e.v)) {
			k.anchor(e, rows[n-from+1])
		}
		if !ok {
			continue
		}
		if k.bends[n] = wasBent; rows[n-from] == rows[n-from+1] {
			k.bends[n] = wasStraight
		}
	}
}

// anchor holds an invisible vertex, or a box in the place of one, on a row.
func (k *keeper) anchor(e end, row int) {
	k.row[e.v], k.hold[e.v], k.center[e.v] = row-e.at, holdInvisible, float64(row)+0.5
}

// fitted makes a trail fit a number of hops: at its end if its wire has become
// longer, because its target was pushed, at its beginning if it has become shorter,
// because its source was. A trail that passed no rank can't become longer.
func fitted(rows []int, hops int) ([]int, bool) {
	last := len(rows) - 1
	switch {
	case hops == last:
		return rows, true
	case last == 1:
		return nil, false
	}
	fit := make([]int, hops+1)
	fit[0], fit[hops] = rows[0], rows[last]
	for i := 1; i < hops; i++ {
		from := min(i, last-1)
		if hops < last {
			from = last - hops + i
		}
		fit[i] = rows[from]
	}
	return fit, true
}

// followSplit keeps what was inserted into a wire on the way of that wire.
func (k *keeper) followSplit() {
	if len(k.old.lost) == 0 {
		return
	}
	into := make([]int, len(k.boxes)) // a wire that arrives at each box, plus 1
	for i, w := range k.edges {
		into[w.to] = i + 1
	}
	for i, w := range k.edges {
		if k.old.knows(w.from) || into[w.from] == 0 {
			continue
		}
		before := into[w.from] - 1
		t, ok := k.old.lost[[2]string{k.boxes[k.edges[before].from].key, k.boxes[w.to].key}]
		if !ok {
			continue
		}
		first := k.first[before+1] - k.first[before]
		rows, ok := fitted(t.rows, first+k.first[i+1]-k.first[i])
		if ok {
			k.follow(k.first[before], k.first[before+1], rows[:first+1])
			k.follow(k.first[i], k.first[i+1], rows[first:])
		}
	}
}

// order sorts the vertices of every rank as they were; new ones come where they
// cross little, near the median of their neighbours.
func (k *keeper) order() {
	s := newSorter(k.graph)
	o := &keptOrder{sorter: s, keeper: k, fresh: make([]bool, len(s.size)), key: make([]float64, len(s.size))}
	copy(o.key, k.center)
	for v := range o.fresh {
		o.fresh[v] = v >= len(k.vertices) || k.hold[v] == 0
	}
	o.sortLayers()
	if k.old.fresh {
		o.threadAll()
		o.improve()
	}
	k.adopt(s.layers)
}

// keptOrder is an order in which only new vertices move freely.
type keptOrder struct {
	*sorter
	*keeper
	fresh []bool
	key   []float64 // by which a layer is sorted
}

// sortLayers sorts the layers by the rows of old vertices and, for new ones, those of
// their neighbours.
func (o *keptOrder) sortLayers() {
	found := make([]bool, len(o.fresh))
	for v := range found {
		found[v] = !o.fresh[v]
	}
	find := func(l int) (progress bool) {
		for _, v := range o.layers[l] {
			if !found[v] {
				found[v] = o.fromNeighbors(v, found)
				progress = progress || found[v]
			}
		}
		return progress
	}
	for again := true; again; {
		again = false
		for l := range o.layers {
			again = find(l) || again
		}
		for l := len(o.layers) - 1; l >= 0; l-- {
			again = find(l) || again
		}
	}
	for l, vs := range o.layers {
		slices.SortStableFunc(vs, func(a, b int) int { return cmp.Compare(o.key[a], o.key[b]) })
		o.renumber(l)
	}
}

// fromNeighbors gives a vertex the median of the rows where its neighbours would
// have it, as far as these have been found.
func (o *keptOrder) fromNeighbors(v int, found []bool) bool {
	var at []float64
	for _, links := range [2][]neighbor{o.up[v], o.down[v]} {
		for _, n := range links {
			if found[n.v] {
				at = append(at, o.key[n.v]+float64(n.at)-float64(o.size[n.v]-1)/2)
			}
		}
	}
	if len(at) == 0 {
		return false
	}
	o.key[v] = center(at, true)
	return true
}

// improve moves new vertices to where they cross least and repairs what the edit
// has done to the old ones near it.
func (o *keptOrder) improve() {
	near := o.nearEdit()
	t := newTransposer(o.sorter)
	for range keepRounds {
		changed := false
		for l := range o.layers {
			t.load(l)
			for _, v := range slices.Clone(o.layers[l]) {
				if o.fresh[v] && t.siftVertex(l, v, false) > 0 {
					changed = true
				}
			}
			changed = near[l] && o.exchange(t, l) || changed
		}
		if !changed {
			return
		}
	}
}

// nearEdit marks the layers around new vertices and the ends of new wires.
func (o *keptOrder) nearEdit() []bool {
	near := make([]bool, len(o.layers))
	mark := func(v int) {
		l := o.vertices[v].rank + 1
		for i := max(0, l-repairNear); i <= min(len(near)-1, l+repairNear); i++ {
			near[i] = true
		}
	}
	for v := range o.boxes {
		if !o.old.knows(v) {
			mark(v)
		}
	}
	for i, w := range o.edges {
		if o.old.trails[i].rows == nil {
			mark(w.from)
			mark(w.to)
		}
	}
	return near
}

// exchange swaps neighbours in a layer: new ones for any crossing less, old ones for
// several. These give up their rows.
func (o *keptOrder) exchange(t *transposer, l int) (changed bool) {
	vs := o.layers[l]
	for i := 0; i+1 < len(vs); i++ {
		v, w := vs[i], vs[i+1]
		least := 1
		if !o.fresh[v] && !o.fresh[w] {
			least = repairGain
		}
		if gain, _ := t.gain(v, w); gain < least {
			continue
		}
		if least > 1 {
			o.hold[v], o.hold[w] = 0, 0
		}
		vs[i], vs[i+1] = w, v
		o.pos[v], o.pos[w] = i+1, i
		changed = true
	}
	return changed
}
