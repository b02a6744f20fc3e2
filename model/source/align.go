package source

import "slices"

// align returns, for each value of a list after an edit, the index of the value before it that it comes from, or -1.
// As many values as possible that kept their order are found by identity; what is left between two of them corresponds by
// its place.
func align(before, after []Value) []int {
	partner := inOrder(before, after)
	if moved := outOfOrder(before, after); found(moved) > found(partner) {
		partner = moved
	}
	taken := map[int]bool{}
	for _, i := range partner {
		taken[i] = true
	}
	previous := -1
	for j, v := range after {
		if partner[j] < 0 {
			if i := previous + 1; i < len(before) && !taken[i] && anonymous(before[i]) && anonymous(v) {
				partner[j] = i
			}
		}
		if partner[j] >= 0 {
			previous = partner[j]
		}
	}
	return partner
}

func found(partner []int) int {
	n := 0
	for _, i := range partner {
		if i >= 0 {
			n++
		}
	}
	return n
}

// inOrder looks for each value behind the one that was found last. Values may stand in the list more than once.
func inOrder(before, after []Value) []int {
	partner := make([]int, len(after))
	next := 0
	for j, v := range after {
		partner[j] = -1
		if i := slices.IndexFunc(before[next:], func(b Value) bool { return same(b, v) }); i >= 0 {
			partner[j], next = next+i, next+i+1
		}
	}
	return partner
}

// outOfOrder looks for each value anywhere and keeps a longest run of those in order, so that one that moved up does not
// cost the others their place. It takes values to stand in the list once.
func outOfOrder(before, after []Value) []int {
	partner := make([]int, len(after))
	length := make([]int, len(after)) // of the longest run that ends with each
	back := make([]int, len(after))
	best := -1
	for j, v := range after {
		partner[j] = slices.IndexFunc(before, func(b Value) bool { return same(b, v) })
		back[j] = -1
		for k := range j {
			if partner[k] >= 0 && partner[k] < partner[j] && length[k] > length[j] {
				length[j], back[j] = length[k], k
			}
		}
		if partner[j] >= 0 {
			length[j]++
			if best < 0 || length[j] > length[best] {
				best = j
			}
		}
	}
	for j := len(after) - 1; j >= 0; j-- {
		if j == best {
			best = back[j]
			continue
		}
		partner[j] = -1
	}
	return partner
}

// same reports whether two values of a list are the same thing.
func same(a, b Value) bool {
	x, xMap := a.(*Map)
	y, yMap := b.(*Map)
	switch {
	case !xMap || !yMap:
		return equal(a, b)
	case x.Identity != nil || y.Identity != nil:
		return x.Identity == y.Identity
	}
	return x.Get("id") != nil && equal(x.Get("id"), y.Get("id"))
}

// anonymous reports whether a value may correspond to another by its place alone.
func anonymous(v Value) bool {
	m, ok := v.(*Map)
	return !ok || m.Identity == nil && !m.Paragraph
}
