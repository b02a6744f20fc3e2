package layout

// backEdges tells for each wire whether it closes a cycle. Self-loops do. The
// search is depth-first in document order, so that a loop is entered where its
// author entered it.
func backEdges(p part) []bool {
	d := dfs{
		edges: p.edges,
		out:   make([][]int, len(p.boxes)),
		state: make([]visit, len(p.boxes)),
		back:  make([]bool, len(p.edges)),
	}
	for i, w := range p.edges {
		d.out[w.from] = append(d.out[w.from], i)
	}
	for n := range p.boxes {
		d.from(n)
	}
	return d.back
}

type visit byte

const (
	unseen visit = iota
	open
	done
)

type dfs struct {
	edges []wire
	out   [][]int
	state []visit
	back  []bool
}

// from visits everything that can be reached from a node. The stack is explicit
// because a chain may be longer than a goroutine's stack should grow.
func (d *dfs) from(start int) {
	if d.state[start] != unseen {
		return
	}
	type frame struct{ node, next int }
	stack := []frame{{start, 0}}
	d.state[start] = open
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(d.out[top.node]) {
			d.state[top.node] = done
			stack = stack[:len(stack)-1]
			continue
		}
		e := d.out[top.node][top.next]
		top.next++
		to := d.edges[e].to
		switch d.state[to] {
		case open:
			d.back[e] = true
		case unseen:
			d.state[to] = open
			stack = append(stack, frame{to, 0})
		}
	}
}
