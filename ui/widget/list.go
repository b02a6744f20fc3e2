package widget

// A List is a choice among rows, of which some can't be chosen. It scrolls so that the chosen one can be seen.
type List struct {
	At     int // the highlighted row
	Offset int // the first visible row
}

// Move goes by a number of rows, passing over those that can't be chosen. It stops at the ends.
func (l List) Move(by, n int, can func(int) bool) List {
	step := 1
	if by < 0 {
		step = -1
	}
	for i := l.At + step; by != 0 && i >= 0 && i < n; i += step {
		if can(i) {
			l.At = i
			by -= step
		}
	}
	return l
}

// First goes to the first row that can be chosen.
func (l List) First(n int, can func(int) bool) List {
	l.At = -1
	l = l.Move(1, n, can)
	l.At = max(0, l.At)
	return l
}

// Show scrolls so that the highlighted row is among the visible ones.
func (l List) Show(visible int) List {
	l.Offset = max(min(l.Offset, l.At), l.At-visible+1, 0)
	return l
}
