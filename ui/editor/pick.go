package editor

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
)

// A pick puts letters on things of the canvas; typing one, or clicking the thing, chooses it.
type pick struct {
	title   string
	letters map[canvas.Target]string
	typed   string
	run     func(*Model, canvas.Target) tea.Cmd
}

// pickLetters are in the order in which fingers find them.
const pickLetters = "asdfghjklqwertyuiopzxcvbnm"

// newPick lets one choose among targets: those in view have the shortest letters.
func newPick(m *Model, title string, among []canvas.Target, run func(*Model, canvas.Target) tea.Cmd) dialog {
	view := m.screen().canvas
	var near, far []canvas.Target
	for _, t := range among {
		box, ok := m.placeOf(t)
		if !ok {
			continue
		}
		box.X, box.Y = box.X+m.panX, box.Y+m.panY
		if seen := box.Intersect(cell.Rect{W: view.W, H: view.H}); seen.W > 0 && seen.H > 0 {
			near = append(near, t)
		} else {
			far = append(far, t)
		}
	}
	d := &pick{title: title, letters: map[canvas.Target]string{}, run: run}
	all := append(near, far...)
	for i, t := range all {
		d.letters[t] = letterOf(i, len(all))
	}
	return d
}

// letterOf is the ith of n codes, none of which begins another: the first ones are single letters as long as the rest
// fits behind the letters that are left.
func letterOf(i, n int) string {
	const all = len(pickLetters)
	single := all
	for single > 0 && single+(all-single)*all < n {
		single--
	}
	if i < single {
		return pickLetters[i : i+1]
	}
	i -= single
	if first := single + i/all; first < all {
		return pickLetters[first:first+1] + pickLetters[i%all:i%all+1]
	}
	return "" // more than can be told apart; they can be clicked
}

// shown are the letters that may still be typed.
func (d *pick) shown() map[canvas.Target]string {
	left := map[canvas.Target]string{}
	for t, code := range d.letters {
		if code != "" && strings.HasPrefix(code, d.typed) {
			left[t] = code[len(d.typed):]
		}
	}
	return left
}

func (d *pick) key(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key := press.String(); key {
	case "esc", "ctrl+c":
		m.pop()
	case "backspace":
		d.typed = ""
	default:
		return d.take(m, strings.ToLower(key))
	}
	return nil
}

// take takes one letter.
func (d *pick) take(m *Model, letter string) tea.Cmd {
	typed := d.typed + letter
	left := 0
	for t, code := range d.letters {
		if code == typed {
			return d.choose(m, t)
		}
		if strings.HasPrefix(code, typed) {
			left++
		}
	}
	if left > 0 {
		d.typed = typed
	}
	return nil
}

func (d *pick) choose(m *Model, t canvas.Target) tea.Cmd {
	m.pop()
	return d.run(m, t)
}

// click chooses what is clicked, if it is among those to choose from.
func (d *pick) click(m *Model, t canvas.Target) tea.Cmd {
	if _, ok := d.letters[t]; ok {
		return d.choose(m, t)
	}
	if _, ok := d.letters[canvas.Target{Activity: t.Activity}]; ok {
		return d.choose(m, canvas.Target{Activity: t.Activity})
	}
	m.pop()
	return nil
}

func (d *pick) scroll(m *Model, by int) { m.pan(0, -2*by) }

func (d *pick) hints(*Model) []keyHint {
	return []keyHint{{key: "a–z", title: "choose"}, {key: "esc", title: "never mind"}}
}

func (d *pick) rect(m *Model) cell.Rect {
	return m.prompt()
}

func (d *pick) draw(m *Model, a cell.Area) {
	m.drawPrompt(a, d.title, "type a letter, or click")
}

// newJump puts a letter on every activity in view.
func newJump(m *Model) dialog {
	var all []canvas.Target
	for _, a := range m.campaign().Activities {
		if m.scene.Shown(a.ID) == a.ID {
			all = append(all, canvas.Target{Activity: a.ID})
		}
	}
	return newPick(m, "Jump to", all, func(m *Model, t canvas.Target) tea.Cmd { m.visit(t); return nil })
}
