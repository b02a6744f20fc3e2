package layout

import (
	"cmp"
	"slices"
	"sort"
)

// Cost is how hard a drawing is to read. Less of each is better.
type Cost struct {
	Crossings int // cells where edges cross that have no box in common
	Bends     int
	Length    int // of all edges, in cells
}

// segment is a straight run of an edge: the cells from..to of a row or a column.
type segment struct{ edge, at, from, to int }

// Cost measures a drawing of these edges.
func (d Drawing) Cost(edges []Edge) Cost {
	var c Cost
	var flat, steep []segment
	for i, e := range d.Edges {
		for k := 1; k < len(e.Points); k++ {
			a, b := e.Points[k-1], e.Points[k]
			if a.Y == b.Y {
				flat = append(flat, segment{i, a.Y, min(a.X, b.X), max(a.X, b.X)})
			} else {
				steep = append(steep, segment{i, a.X, min(a.Y, b.Y), max(a.Y, b.Y)})
			}
		}
		c.Bends += max(0, len(e.Points)-2)
	}
	slices.SortFunc(flat, func(a, b segment) int { return cmp.Compare(a.at, b.at) })
	for _, f := range flat {
		c.Length += f.to - f.from
	}
	crossed := map[Point]bool{} // a bus is crossed once, however many edges it leads
	for _, s := range steep {
		c.Length += s.to - s.from
		first := sort.Search(len(flat), func(i int) bool { return flat[i].at > s.from })
		for _, f := range flat[first:] {
			if f.at >= s.to {
				break
			}
			if f.from < s.at && s.at < f.to && !related(edges[f.edge], edges[s.edge]) {
				crossed[Point{s.at, f.at}] = true
			}
		}
	}
	c.Crossings = len(crossed)
	return c
}

func related(a, b Edge) bool {
	return a.From == b.From || a.From == b.To || a.To == b.From || a.To == b.To
}
