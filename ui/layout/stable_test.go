package layout

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// draft is a graph under edit. Its boxes and edges keep their keys.
type draft struct {
	boxes []draftBox
	edges []draftEdge
	next  int // number of the next key
}

type draftBox struct {
	key  string
	w, h int
}

type draftEdge struct {
	key, from, to string
	label         int
}

func (d *draft) key() string {
	d.next++
	return fmt.Sprint("k", d.next)
}

func (d *draft) box(pick chooser) string {
	b := draftBox{d.key(), 5 + pick(20), 3 + pick(3)}
	d.boxes = append(d.boxes, b)
	return b.key
}

func (d *draft) connect(from, to string, pick chooser) draftEdge {
	e := draftEdge{key: d.key(), from: from, to: to}
	if pick(3) > 0 {
		e.label = 3 + pick(12)
	}
	return e
}

func draftOf(s shape, pick chooser) draft {
	d := draft{}
	for range s.n {
		d.box(pick)
	}
	for _, p := range s.pairs {
		d.edges = append(d.edges, d.connect(d.boxes[p[0]].key, d.boxes[p[1]].key, pick))
	}
	return d
}

// clone is a copy to edit.
func (d draft) clone() draft {
	d.boxes, d.edges = slices.Clone(d.boxes), slices.Clone(d.edges)
	return d
}

// insert puts a new box into an edge.
func (d *draft) insert(i int, pick chooser) {
	x := d.box(pick)
	rest := d.connect(x, d.edges[i].to, pick)
	d.edges[i].to = x
	d.edges = slices.Insert(d.edges, i+1, rest)
}

// remove deletes a box. A chain through it closes up.
func (d *draft) remove(i int) {
	key := d.boxes[i].key
	var in, out []int
	for n, e := range d.edges {
		if e.to == key {
			in = append(in, n)
		}
		if e.from == key {
			out = append(out, n)
		}
	}
	if len(in) == 1 && len(out) == 1 && in[0] != out[0] {
		d.edges[in[0]].to = d.edges[out[0]].to
	}
	d.boxes = slices.Delete(d.boxes, i, i+1)
	d.edges = slices.DeleteFunc(d.edges, func(e draftEdge) bool { return e.from == key || e.to == key })
}

// input makes boxes with a port per edge, in the order of the edges.
func (d draft) input(dir Direction, apart int) ([]Node, []Edge) {
	if dir == LeftRight {
		apart = 1
	}
	nodes, edges, index := make([]Node, len(d.boxes)), make([]Edge, 0, len(d.edges)), map[string]int{}
	for i, b := range d.boxes {
		nodes[i] = Node{W: b.w, H: b.h, Key: b.key}
		index[b.key] = i
	}
	for _, e := range d.edges {
		from, to := index[e.from], index[e.to]
		edges = append(edges, Edge{
			From: from, FromPort: len(nodes[from].Out), To: to, ToPort: len(nodes[to].In), Label: e.label, Key: e.key,
		})
		nodes[from].Out = append(nodes[from].Out, Port{1 + apart*len(nodes[from].Out)})
		nodes[to].In = append(nodes[to].In, Port{1 + apart*len(nodes[to].In)})
	}
	for i := range nodes {
		n := &nodes[i]
		side := 2 + apart*max(len(n.In), len(n.Out))
		if dir == TopDown {
			n.W = max(n.W, side)
		} else {
			n.H = max(n.H, side)
		}
	}
	return nodes, edges
}

// across is the row of a box, TopDown its column, and along the other one.
func across(r Rect, dir Direction) (across, along int) {
	if dir == TopDown {
		return r.X, r.Y
	}
	return r.Y, r.X
}

// moved compares two drawings of a draft: how many of the boxes that are in both
// have another row, beyond the shift that is most frequent, and how many neighbours
// in a rank are in the opposite order.
func moved(before, after Drawing, old, now draft, dir Direction) (boxes, rows, pairs, swaps int) {
	index := map[string]int{}
	for i, b := range now.boxes {
		index[b.key] = i
	}
	type both struct{ rank, before, after int }
	var all []both
	shifts := map[int]int{}
	for i, b := range old.boxes {
		if j, ok := index[b.key]; ok {
			at, rank := across(before.Nodes[i], dir)
			to, _ := across(after.Nodes[j], dir)
			all = append(all, both{rank, at, to})
			shifts[to-at]++
		}
	}
	most := 0
	for _, n := range shifts {
		most = max(most, n)
	}
	slices.SortFunc(all, func(a, b both) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.before, b.before))
	})
	for i := range all {
		if i > 0 && all[i].rank == all[i-1].rank {
			pairs++
			if all[i].after < all[i-1].after {
				swaps++
			}
		}
	}
	return len(all), len(all) - most, pairs, swaps
}

// tally sums up what insertions have moved.
type tally struct{ boxes, rows, pairs, swaps, edits, many int }

// insertions makes single insertions into a drawing, each into the same one.
func (y *tally) insertions(d draft, opt Options, pick chooser) {
	nodes, edges := d.input(opt.Direction, 4)
	before := Layout(nodes, edges, opt)
	for range min(20, len(edges)) {
		e := d.clone()
		e.insert(pick(len(e.edges)), pick)
		nodes, edges := e.input(opt.Direction, 4)
		y.add(before, Update(before.Memory, nodes, edges, opt), d, e, opt.Direction)
	}
}

func (y *tally) add(before, after Drawing, old, now draft, dir Direction) {
	boxes, rows, pairs, swaps := moved(before, after, old, now, dir)
	y.boxes, y.rows, y.pairs, y.swaps = y.boxes+boxes, y.rows+rows, y.pairs+pairs, y.swaps+swaps
	if y.edits++; 10*rows > boxes {
		y.many++
	}
}

// check says what moved. On average it must be little, and rarely much.
func (y tally) check(t *testing.T, name string) {
	t.Helper()
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	t.Logf("%-42s rows moved %4.1f %%, neighbours swapped %4.2f %%, moved more than a tenth: %2.0f %%",
		name, percent(y.rows, y.boxes), percent(y.swaps, y.pairs), percent(y.many, y.edits))
	if 10*y.rows > y.boxes || 100*y.swaps > y.pairs {
		t.Errorf("%s: insertions move too much", name)
	}
}

func TestInsertionsMoveLittle(t *testing.T) {
	for _, opt := range []Options{fullLR, fullTD} {
		for _, n := range []int{20, 50, 100, 200} {
			var y tally
			for seed := range uint64(10) {
				pick := seeded(seed)
				y.insertions(draftOf(campaign(n, pick), pick), opt, pick)
			}
			y.check(t, fmt.Sprintf("%d boxes, direction %d", n, opt.Direction))
		}
	}
}

func TestUpdateWithoutEdit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick, opt := drawChooser(t), drawOptions(t)
		d := draftOf(digraph(1+pick(12), pick(20), pick), pick)
		nodes, edges := d.input(opt.Direction, 4)
		first := Layout(nodes, edges, opt)
		same(t, "unedited", first, redraw(first.Memory, nodes, edges, opt), opt)
		same(t, "remembered", first, Update(first.Memory, nodes, edges, opt), opt)
	})
}

// A turned or zoomed drawing has the same order in its ranks. (Chips may push boxes
// to other ranks: top-down, some need one of their own.)
func TestOtherOptionsKeepTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick, opt, other := drawChooser(t), drawOptions(t), drawOptions(t)
		d := draftOf(campaign(1+pick(40), pick), pick)
		for range pick(6) {
			d.edit(pick)
		}
		nodes, edges := d.input(opt.Direction, 4)
		before := Layout(nodes, edges, opt)
		for i := range d.boxes {
			d.boxes[i].w, d.boxes[i].h = 3, 3
		}
		nodes, edges = d.input(other.Direction, 4)
		after := Update(before.Memory, nodes, edges, other)
		if err := verify(nodes, edges, after, other); err != nil {
			t.Fatal(err)
		}
		for i := range nodes {
			for j := range nodes {
				a, rank := across(before.Nodes[i], opt.Direction)
				b, sameRank := across(before.Nodes[j], opt.Direction)
				c, rankNow := across(after.Nodes[i], other.Direction)
				d, sameRankNow := across(after.Nodes[j], other.Direction)
				if rank == sameRank && rankNow == sameRankNow && a < b && c >= d {
					t.Fatalf("boxes %d and %d have changed places\n%s\n%s", i, j, plain(before, opt), plain(after, other))
				}
			}
		}
	})
}

// What is inserted and deleted again leaves hardly a trace.
func TestDeletionTakesBackAnInsertion(t *testing.T) {
	var y tally
	equal := 0
	for seed := range uint64(10) {
		pick := seeded(seed)
		d := draftOf(campaign(60, pick), pick)
		nodes, edges := d.input(LeftRight, 1)
		before := Layout(nodes, edges, fullLR)
		for range 20 {
			e := d.clone()
			e.insert(pick(len(e.edges)), pick)
			more, moreEdges := e.input(LeftRight, 1)
			after := Update(Update(before.Memory, more, moreEdges, fullLR).Memory, nodes, edges, fullLR)
			y.add(before, after, d, d, LeftRight)
			if reflect.DeepEqual(before, after) {
				equal++
			}
		}
	}
	y.check(t, "inserted and deleted")
	if 2*equal < y.edits {
		t.Errorf("only %d of %d drawings are as before", equal, y.edits)
	}
}

// Whatever the edits, every drawing must be right, and an undo brings back the one
// before.
func TestEditSequences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick, opt := drawChooser(t), drawOptions(t)
		apart := rapid.IntRange(1, 8).Draw(t, "apart")
		bus := rapid.SampledFrom([]string{"", "in", "out"}).Draw(t, "bus")
		input := func(d draft) ([]Node, []Edge) {
			nodes, edges := d.input(opt.Direction, apart)
			if bus != "" {
				return merged(nodes, edges, bus == "in")
			}
			return nodes, edges
		}
		d := draftOf(campaign(rapid.IntRange(1, 30).Draw(t, "nodes"), pick), pick)
		nodes, edges := input(d)
		before := Layout(nodes, edges, opt)
		for range rapid.IntRange(1, 8).Draw(t, "edits") {
			d = d.clone()
			what := d.edit(pick)
			newNodes, newEdges := input(d)
			after := Update(before.Memory, newNodes, newEdges, opt)
			if err := verify(newNodes, newEdges, after, opt); err != nil {
				t.Fatalf("%s: %v\n%s", what, err, plain(after, opt))
			}
			same(t, what+", again", after, redraw(before.Memory, newNodes, newEdges, opt), opt)
			same(t, what+", unedited", after, redraw(after.Memory, newNodes, newEdges, opt), opt)
			same(t, what+", undone", before, redraw(before.Memory, nodes, edges, opt), opt)
			nodes, edges, before = newNodes, newEdges, after
		}
	})
}

func same(t *rapid.T, what string, want, got Drawing, opt Options) {
	t.Helper()
	want.Memory.last, got.Memory.last = nil, nil // which only tells how it came about
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%s: drew\n%s\ninstead of\n%s", what, plain(got, opt), plain(want, opt))
	}
}

// plain is a picture without texts.
func plain(d Drawing, opt Options) *picture {
	p, _ := paint(d, opt, nil, nil)
	return p
}

// edit makes a random edit.
func (d *draft) edit(pick chooser) string {
	switch kind := pick(12); {
	case kind < 4 && len(d.edges) > 0:
		d.insert(pick(len(d.edges)), pick)
		return "inserted"
	case kind < 6:
		from := d.boxes[pick(len(d.boxes))].key
		d.edges = append(d.edges, d.connect(from, d.box(pick), pick))
		return "branched"
	case kind < 8:
		n := len(d.boxes)
		d.edges = append(d.edges, d.connect(d.boxes[pick(n)].key, d.boxes[pick(n)].key, pick))
		return "connected"
	case kind == 8 && len(d.edges) > 0:
		i := pick(len(d.edges))
		d.edges = slices.Delete(d.edges, i, i+1)
		return "disconnected"
	case kind == 9:
		to := d.boxes[pick(len(d.boxes))].key
		d.edges = append(d.edges, d.connect(d.box(pick), to, pick))
		return "prefixed"
	case kind == 10:
		d.box(pick)
		return "added"
	case len(d.boxes) > 1:
		d.remove(pick(len(d.boxes)))
		return "removed"
	}
	return "nothing"
}

// A new wire takes the way of fewest crossings, so that many of them cost little
// more than a fresh layout.
func TestNewWiresCrossLittle(t *testing.T) {
	stable, fresh := 0, 0
	for seed := range uint64(15) {
		pick := seeded(seed)
		d := draftOf(campaign(60, pick), pick)
		nodes, edges := d.input(LeftRight, 1)
		before := Layout(nodes, edges, fullLR)
		for range 20 {
			i, j := pick(len(d.boxes)), pick(len(d.boxes))
			if before.Nodes[i].X >= before.Nodes[j].X {
				continue
			}
			e := d.clone()
			e.edges = append(e.edges, e.connect(e.boxes[i].key, e.boxes[j].key, pick))
			nodes, edges := e.input(LeftRight, 1)
			stable += Update(before.Memory, nodes, edges, fullLR).Cost(edges).Crossings
			fresh += Layout(nodes, edges, fullLR).Cost(edges).Crossings
		}
	}
	t.Logf("%d crossings, in fresh layouts %d", stable, fresh)
	if 3*stable > 4*fresh {
		t.Errorf("%d crossings, in fresh layouts %d", stable, fresh)
	}
}

// Keys that are not unique are a mistake of the caller, but no reason to fail.
func TestEqualKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pick, opt := drawChooser(t), drawOptions(t)
		d := draftOf(digraph(1+pick(12), pick(20), pick), pick)
		before := Memory{}
		for range 3 {
			d.edit(pick)
			nodes, edges := d.input(opt.Direction, 4)
			for i := range nodes {
				nodes[i].Key = fmt.Sprint(pick(4))
			}
			for i := range edges {
				edges[i].Key = fmt.Sprint(pick(4))
			}
			after := Update(before, nodes, edges, opt)
			if err := verify(nodes, edges, after, opt); err != nil {
				t.Fatal(err)
			}
			before = after.Memory
		}
	})
}
