package editor

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// keyNames are how keys are written on the screen.
var keyNames = strings.NewReplacer("enter", "⏎", "left", "◂", "right", "▸", "up", "↑", "down", "↓", "shift+", "⇧ ", "ctrl+", "⌃", "space", "space", "delete", "del")

func keyName(key string) string {
	name := keyNames.Replace(key)
	if at := strings.LastIndexByte(name, 'f'); at >= 0 && at < len(name)-1 {
		name = name[:at] + "F" + name[at+1:]
	}
	if i := strings.Index(name, "⌃"); i >= 0 {
		name = name[:i] + strings.ToUpper(name[i:])
	}
	return name
}

// drawFooter shows the keys that matter now, and where one is.
func (m *Model) drawFooter(a cell.Area) {
	l := m.look
	base := cell.Style{Fg: l.Muted, Bg: l.Panel}
	a.Fill(a.Visible(), ' ', base)
	where := m.where()
	if d, ok := m.top().(interface{ corner(*Model) string }); ok {
		where = d.corner(m)
	}
	a.Text(m.w-2-cell.Width(where), 0, where, base)
	room := m.w - cell.Width(where) - 6
	x := 2
	for _, h := range m.hints() {
		w := cell.Width(h.key) + 1 + cell.Width(h.title) + 3
		if x+w > room+3 {
			break
		}
		at := a
		if h.click != nil {
			at = a.Own(m.clickable(h.click))
		}
		at.Text(at.Text(x, 0, h.key+" ", cell.Style{Fg: l.Text, Bg: l.Panel, Attr: cell.Bold}), 0, h.title, base)
		x += w
	}
}

// mostHints is how many commands may ask for a place in the footer.
const mostHints = 9

// A keyHint is a key and what it does.
type keyHint struct {
	key, title string
	click      func(*Model) tea.Cmd
}

func (m *Model) hints() []keyHint {
	if n := len(m.dialogs); n > 0 {
		return m.dialogs[n-1].hints(m)
	}
	switch {
	case m.session == nil && m.focus == onInspector:
		return m.inspectorHints()
	case m.focus == onOutline:
		return append([]keyHint{{key: "↑↓", title: "go along"}, {key: "esc", title: "canvas"}}, keyHint{key: m.keyOf("edit"), title: "edit"}, keyHint{key: m.keyOf("outline"), title: "close"})
	}
	var hints []keyHint
	if m.session != nil && len(m.session.fixes) > 0 && m.panel.tab == whyTab {
		hints = append(hints, keyHint{key: "1 2 3", title: "fix"})
	}
	for place := 1; place <= mostHints && len(hints) < 6; place++ {
		for _, c := range m.commands {
			if c.applies(m) && c.hint == place && len(c.keys) > 0 && c.unavailable(m) == "" {
				hints = append(hints, m.hint(c))
			}
		}
	}
	return hints
}

func (m *Model) hint(c command) keyHint {
	h := keyHint{key: keyName(c.keys[0]), title: c.title, click: func(m *Model) tea.Cmd { return m.give(c) }}
	switch c.name {
	case "go left":
		h.key, h.title, h.click = "←↓↑→", "move", nil
	case "step back":
		h.key = "◂ ▸"
	case "jump on":
		h.key = "⇧ ◂ ▸"
	case "faster":
		h.key = "+ −"
	case "play":
		if !m.session.playing {
			h.title = "play"
		}
	}
	return h
}

// where says where one is: "6 of 7 · 1 join", "event 12".
func (m *Model) where() string {
	c := m.campaign()
	if m.session != nil {
		return fmt.Sprintf("event %d", m.session.shown())
	}
	joins := 0
	for _, a := range c.Activities {
		if a.Kind.Name == "and-join" {
			joins++
		}
	}
	text := fmt.Sprintf("%d of %d", c.Index(m.selected.Activity)+1, len(c.Activities))
	if joins > 0 && m.w >= wide {
		text += " · " + narrate.Counted(joins, "join", "joins")
	}
	return text
}
