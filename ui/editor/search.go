package editor

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/widget"
)

// A search finds activities by what they are called and what is configured. What it finds stays lit on the canvas while
// one types.
type search struct {
	input widget.Input
	from  canvas.Target // what was selected before
}

func newSearch(m *Model) dialog {
	return &search{input: widget.NewInput(""), from: m.selected}
}

// found are the activities that fit every word that was typed, in the order of the file.
func (d *search) found(m *Model) []string { return m.campaign().Find(d.input.Value()) }

// matches are what the canvas keeps lit; nil as long as nothing is typed.
func (d *search) matches(m *Model) map[string]bool {
	if strings.TrimSpace(d.input.Value()) == "" {
		return nil
	}
	lit := map[string]bool{}
	for _, id := range d.found(m) {
		lit[id] = true
	}
	return lit
}

func (d *search) key(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		d.input = d.input.Update(msg)
		return nil
	}
	switch press.String() {
	case "esc", "ctrl+c":
		m.pop()
		m.choose(d.from)
	case "enter":
		m.pop()
		if found := m.selected; found != d.from {
			m.selected = d.from
			m.visit(found)
		}
	case "down", "tab", "ctrl+n":
		d.next(m, 1)
	case "up", "shift+tab", "ctrl+p":
		d.next(m, -1)
	default:
		before := d.input.Value()
		d.input = d.input.Update(msg)
		if d.input.Value() != before {
			d.first(m)
		}
	}
	return nil
}

// first goes to the nearest thing found, from where the search began on.
func (d *search) first(m *Model) {
	m.selected = d.from
	d.next(m, 0)
}

// next goes to another thing found; by 0 stays if the selection is one.
func (d *search) next(m *Model, by int) {
	ids := d.found(m)
	if len(ids) == 0 {
		m.choose(d.from)
		return
	}
	at := d.place(m, ids)
	m.unfoldTo(ids[(at+by+len(ids))%len(ids)])
	m.choose(canvas.Target{Activity: ids[(at+by+len(ids))%len(ids)]})
}

// place is which of the things found is selected; the next one in the file, if none is.
func (d *search) place(m *Model, ids []string) int {
	now := m.campaign().Index(m.selected.Activity)
	for i, id := range ids {
		if m.campaign().Index(id) >= now {
			return i
		}
	}
	return 0
}

func (d *search) scroll(m *Model, by int) { d.next(m, by) }

func (d *search) hints(*Model) []keyHint {
	return []keyHint{{key: "⏎", title: "go there"}, {key: "↑↓", title: "next"}, {key: "esc", title: "back"}}
}

func (d *search) rect(m *Model) cell.Rect {
	return m.prompt()
}

func (d *search) draw(m *Model, a cell.Area) {
	l, r := m.look, d.rect(m)
	style := cell.Style{Fg: l.Text, Bg: l.Raised}
	area := a.Own(m.clickable(func(*Model) tea.Cmd { return nil })).Sub(r)
	area.Fill(cell.Rect{W: r.W, H: 1}, ' ', style)
	ids := d.found(m)
	count := "type what to find: a label, a kind, a rule, a note"
	switch {
	case len(ids) > 0:
		count = fmt.Sprintf("%d of %d", d.place(m, ids)+1, len(ids))
	case d.input.Value() != "":
		count = "nothing like that"
	}
	count = cell.Cut(count, r.W/2)
	area.Text(r.W-2-cell.Width(count), 0, count, cell.Style{Fg: l.Muted, Bg: l.Raised})
	x := area.Text(2, 0, "/ ", cell.Style{Fg: l.Accent, Bg: l.Raised, Attr: cell.Bold})
	m.cursor(area, d.input.Draw(area, x, 0, max(4, r.W-x-cell.Width(count)-4), style), 0)
}
