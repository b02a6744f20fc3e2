package editor

import "rendezvous/ui/canvas"

// mostPlaces is how many places are remembered to go back to.
const mostPlaces = 100

// visit selects a target that may lie anywhere, and remembers where one came from.
func (m *Model) visit(t canvas.Target) {
	if t == m.selected {
		m.reveal()
		return
	}
	if m.selected.Activity != "" {
		m.visited = append(m.visited, m.selected)
		m.visited = m.visited[max(0, len(m.visited)-mostPlaces):]
	}
	m.ahead = nil
	m.unfoldTo(t.Activity)
	m.choose(t)
}

// back returns to the place from which one came to this one.
func (m *Model) back() { m.revisit(&m.visited, &m.ahead) }

// forward goes again to the place that one has come back from.
func (m *Model) forward() { m.revisit(&m.ahead, &m.visited) }

// revisit goes to the newest place of one list that still exists, and puts the present one on the other.
func (m *Model) revisit(from, onto *[]canvas.Target) {
	for n := len(*from); n > 0; n = len(*from) {
		t := (*from)[n-1]
		*from = (*from)[:n-1]
		if m.exists(t) && t != m.selected {
			*onto = append(*onto, m.selected)
			m.unfoldTo(t.Activity)
			m.choose(t)
			return
		}
	}
}

// exists reports whether a target is part of the campaign.
func (m *Model) exists(t canvas.Target) bool {
	if r, transition := t.Ref(); transition {
		_, ok := m.campaign().Output(r)
		return ok
	}
	return m.campaign().Index(t.Activity) >= 0
}
