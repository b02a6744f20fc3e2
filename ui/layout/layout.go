// Package layout places the boxes of a directed graph on an integer grid of
// cells and routes its edges as orthogonal polylines between them.
//
// It is a pure function from sizes to positions. It must never know what a box
// stands for, nor a terminal, a clock or a random source: the same input gives
// the same drawing, always.
//
// The method is the layered drawing of Sugiyama, Tagawa and Toda (1981), phase
// by phase, one file each:
//
//   - cycles.go: a depth-first search in document order finds the edges that
//     close a cycle; they run backwards, round the boxes.
//   - rank.go, simplex.go: ranks by longest path, then the network simplex of
//     Gansner, Koutsofios, North and Vo, "A technique for drawing directed
//     graphs" (1993).
//   - graph.go: long edges get an invisible vertex in each rank they cross.
//   - order.go, cross.go: the order within ranks by weighted medians and
//     barycentres with transpositions (same paper), then by sifting
//     (Matuszewski, Schönfeld and Molitor 1999); crossings are counted with the
//     accumulator tree of Barth, Jünger and Mutzel (2002).
//   - place.go, block.go, relax.go, settle.go: positions within ranks by
//     isotonic regression (pool adjacent violators), then by moving straight
//     chains as rigid blocks, as Brandes and Köpf (2001) do, against one another
//     (in the spirit of Dwyer, Marriott and Stuckey's separation constraints,
//     2006).
//   - net.go, channel.go, tracks.go, gap.go, route.go: channel routing between
//     ranks after Hashimoto and Stevens (1971), with the doglegs of Deutsch
//     (1976), laid out for layered drawings by Sander (2004), and the exact cells
//     of chips and insertion points. Edges that share a port share a trunk.
//
// component.go splits the graph into connected parts first, stack.go puts their
// drawings together, cost.go measures the result.
//
// After an edit, Update replaces the first phases by ones that keep to the earlier
// drawing, as far as memory.go remembers it by keys (Böhringer and Paulisch 1990;
// Misue, Eades, Lai and Sugiyama 1995; North 1995):
//
//   - keeprank.go: ranks only push to the right; where a chain closes up or
//     nothing is left in a rank, they come back.
//   - keeporder.go, keepwire.go: the order is that of the old rows. What is new
//     comes to the median of its neighbours; a new wire takes the shortest path
//     between the others. Old neighbours near the edit change places only if that
//     removes several crossings.
//   - keeprow.go: old blocks keep their rows; new ones come where their links and
//     what they push aside cost least. Then they settle.
//
// Routes are always found anew. A drawing that was not edited is reproduced exactly,
// because old vertices move only to make room.
//
// Inside the package directions are abstract: u runs along the ranks (to the
// right or down), v across them (down or to the right). Only grid.go knows
// which of them is X.
package layout

import (
	"math"
	"slices"
)

// Direction is the way in which the edges of a drawing run.
type Direction int

// The directions that Layout knows.
const (
	LeftRight Direction = iota
	TopDown
)

// Port is a place on a side of a box where edges attach. At is its offset along
// the side in cells: the row from the top of the box (LeftRight) or the column
// from its left (TopDown). An offset outside the box is moved to its edge.
type Port struct{ At int }

// Node is a box: its size in cells and its ports, in order. In-ports are on the
// side that faces the flow (left or top), out-ports on the other one. Key tells
// which node of an earlier drawing it is; a node without one is new.
type Node struct {
	W, H    int
	In, Out []Port
	Key     string
}

// Edge goes from an out-port to an in-port; nodes and ports are named by index.
// An edge whose port does not exist attaches to the middle of the side, an edge
// whose node does not exist is not drawn (its Route has no points). Label is the
// width in cells of the chip that the edge carries, 0 for none. Key tells which
// edge of an earlier drawing it is; an edge without one is new, and so is one whose
// ends are others than they were.
type Edge struct {
	From, FromPort, To, ToPort int
	Label                      int
	Key                        string
}

// Options are the measures of a drawing, in cells. Values below 1 count as 1.
type Options struct {
	Direction Direction
	RankGap   int // least number of free cells between two ranks
	NodeGap   int // least number of free cells between two boxes of one rank
	TrackGap  int // distance between two parallel runs in one gap
}

// Point is a cell.
type Point struct{ X, Y int }

// Rect is a rectangle of cells.
type Rect struct{ X, Y, W, H int }

// Route is the way of an edge over the grid.
type Route struct {
	// Points are the corners from the first cell outside the source box to the
	// cell of the arrow, the last one before the target box. Runs between them
	// are parallel to an axis.
	Points []Point
	// Label is the row of cells of the chip, of zero width when there is none.
	// No other route, box or chip touches it.
	Label Rect
	// Insert is where an insertion mark goes: a cell of the route outside the
	// chip. LeftRight it is two cells before the arrow when the final run has
	// room for it, TopDown it is the cell below the chip.
	Insert Point
}

// Drawing is the result of Layout or Update. Nodes and Edges are indexed as they
// were given; the drawing occupies the cells from 0,0 to W-1,H-1. Memory is for the
// Update after the next edit.
type Drawing struct {
	W, H   int
	Nodes  []Rect
	Edges  []Route
	Memory Memory
}

// Layout draws a graph. Connected components are laid out on their own and
// stacked across the direction of flow, in the order of their first nodes.
func Layout(nodes []Node, edges []Edge, opt Options) Drawing {
	return Update(Memory{}, nodes, edges, opt)
}

// Update draws a graph anew and keeps to an earlier drawing of it: what was there
// stays in its rank, unless it must make room to the right, and in its row, unless
// it must make room for something new. Without an edit, the same drawing results.
//
// If the options or most sizes are others than they were, ranks and order stay,
// and rows are found anew. Rows are relative: what comes in at the top shifts
// everything else down.
func Update(before Memory, nodes []Node, edges []Edge, opt Options) Drawing {
	if before.last.shows(nodes, edges, opt) {
		return before.last.drawing
	}
	d := redraw(before, nodes, edges, opt)
	last := &lastDrawing{nodes: slices.Clone(nodes), edges: slices.Clone(edges), opt: opt}
	d.Memory.last = last
	last.drawing = d
	return d
}

// redraw is Update for an input that may have changed.
func redraw(before Memory, nodes []Node, edges []Edge, opt Options) Drawing {
	in := newGrid(nodes, edges, opt)
	old := before.recall(in)
	var pieces []piece
	for _, p := range in.parts() {
		pieces = append(pieces, p.draw(old.of(p)))
	}
	out := newPlan(len(nodes), len(edges))
	out.stackAll(pieces, in.opt.NodeGap)
	d := in.drawing(out)
	d.Memory = remember(in.opt, pieces)
	return d
}

// draw runs the pipeline on one connected part, of which something may be known.
// One that is mostly new is better drawn afresh.
func (p part) draw(old *recollection) piece {
	if old != nil && 2*old.known >= len(p.boxes) {
		c := old.redraw(p).route()
		c.before, c.anchored = old.top, old.rows
		return c
	}
	back := backEdges(p)
	g := newGraph(p, back, rankBoxes(p, back))
	g.order()
	g.place()
	c := g.route()
	c.before = math.MaxInt
	if old != nil {
		c.before = old.top
	}
	return c
}
