// Package widget holds the pieces that forms and dialogs are made of. They keep what a person is doing with them and draw
// into cells; they know nothing of campaigns.
package widget

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/cell"
)

// An Input is a line of text being edited. The editing itself is that of the Bubbles library.
type Input struct{ model textinput.Model }

// NewInput begins to edit a text, with the cursor at its end.
func NewInput(text string) Input {
	m := textinput.New()
	m.Prompt = ""
	m.SetValue(text)
	m.CursorEnd()
	m.Focus()
	return Input{m}
}

// Value returns the text.
func (i Input) Value() string { return i.model.Value() }

// Set returns the input with another text, and the cursor at its end.
func (i Input) Set(text string) Input {
	i.model.SetValue(text)
	i.model.CursorEnd()
	return i
}

// Update takes a key or a paste.
func (i Input) Update(msg tea.Msg) Input {
	i.model, _ = i.model.Update(msg)
	return i
}

// Draw draws the text on one line, scrolled so that the cursor can be seen, and returns the cursor's column.
func (i Input) Draw(a cell.Area, x, y, width int, s cell.Style) (cursor int) {
	runes := []rune(i.model.Value())
	position := min(i.model.Position(), len(runes))
	start := 0
	for start < position && cell.Width(string(runes[start:position])) >= width {
		start++
	}
	a.Fill(cell.Rect{X: x, Y: y, W: width, H: 1}, ' ', s)
	a.Sub(cell.Rect{X: x, Y: y, W: width, H: 1}).Text(0, 0, string(runes[start:]), s)
	return x + cell.Width(string(runes[start:position]))
}
