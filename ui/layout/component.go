package layout

// part is a connected part of a grid. Its boxes and wires are numbered anew, in
// document order; nodes holds the boxes' indices in the whole.
type part struct {
	grid
	nodes []int
}

// parts splits a grid into its connected parts, in the order of their first nodes.
func (in grid) parts() []part {
	root := make([]int, len(in.boxes))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, w := range in.edges {
		a, b := find(w.from), find(w.to)
		root[max(a, b)] = min(a, b)
	}
	// The root of a part is its least node, so roots come before their members.
	number, local := make([]int, len(root)), make([]int, len(root))
	var all []part
	for i := range root {
		if root[i] == i {
			number[i] = len(all)
			all = append(all, part{grid: grid{opt: in.opt}})
		}
		p := &all[number[find(i)]]
		local[i] = len(p.boxes)
		p.boxes = append(p.boxes, in.boxes[i])
		p.nodes = append(p.nodes, i)
	}
	for _, w := range in.edges {
		p := &all[number[find(w.from)]]
		w.from, w.to = local[w.from], local[w.to]
		p.edges = append(p.edges, w)
	}
	return all
}
