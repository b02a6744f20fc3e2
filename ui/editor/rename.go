package editor

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/widget"
)

// A rename edits the label of an activity or of a transition where it stands on the canvas.
type rename struct {
	target canvas.Target
	input  widget.Input
}

func newRename(m *Model) dialog {
	text := ""
	if r, transition := m.selected.Ref(); transition {
		if o, _ := m.campaign().Output(r); o.Named {
			text = o.Label
		}
	} else {
		a, _ := m.campaign().Activity(m.selected.Activity)
		text = a.Settings.Text("label")
	}
	return &rename{target: m.selected, input: widget.NewInput(text)}
}

func (d *rename) key(m *Model, msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "esc", "ctrl+c":
			m.pop()
			return nil
		case "enter", "tab":
			m.pop()
			m.label(d.target, strings.TrimSpace(d.input.Value()))
			return nil
		}
	}
	d.input = d.input.Update(msg)
	return nil
}

// label gives an activity or a transition another label; none gives it its usual one.
func (m *Model) label(t canvas.Target, text string) {
	var v any
	if text != "" {
		v = text
	}
	var c model.Campaign
	var err error
	if r, transition := t.Ref(); transition {
		c, err = m.history.Now().SetOutput(r, "label", v)
	} else {
		c, err = m.history.Now().Set(t.Activity, v, "label")
	}
	name := "rename to " + text
	if text == "" {
		name = "clear the label"
	}
	m.edit(name, c, err)
}

func (d *rename) scroll(*Model, int) {}

func (d *rename) hints(*Model) []keyHint {
	return []keyHint{{key: "⏎", title: "keep"}, {key: "esc", title: "leave as it was"}}
}

// renameWidth is the least room for a label.
const renameWidth = 24

// rect is where the label stands.
func (d *rename) rect(m *Model) cell.Rect {
	view := m.screen().canvas
	box, _ := m.placeOf(d.target)
	r := cell.Rect{X: view.X + m.panX + box.X + m.scene.LabelColumn() - 1, Y: view.Y + m.panY + box.Y + min(1, box.H-1), W: max(renameWidth, box.W-m.scene.LabelColumn()), H: 1}
	r.W = min(r.W, m.w)
	r.X, r.Y = max(0, min(r.X, m.w-r.W)), max(1, min(r.Y, m.h-2))
	return r
}

func (d *rename) draw(m *Model, a cell.Area) {
	l, r := m.look, d.rect(m)
	style := cell.Style{Fg: l.Text, Bg: l.Field}
	if l.Outlined {
		style.Attr = cell.Underline
	}
	area := a.Own(m.clickable(func(*Model) tea.Cmd { return nil })).Sub(r)
	area.Fill(cell.Rect{W: r.W, H: 1}, ' ', style)
	m.cursor(area, d.input.Draw(area, 1, 0, r.W-2, style), 0)
}

// editNote opens the note of the selected activity as a text of several lines.
func (m *Model) editNote() {
	for _, r := range m.rows() {
		if r.field.Key == "note" && len(r.path) == 1 {
			m.open(newTextEditor(m, r))
		}
	}
}
