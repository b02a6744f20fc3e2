package editor

import (
	tea "charm.land/bubbletea/v2"

	"rendezvous/themes"
	"rendezvous/ui/cell"
)

// A themePicker is a menu of themes. The whole screen shows the highlighted one, until it is taken or not.
type themePicker struct {
	*menu
	before string
}

// themesRead brings the themes to choose from.
type themesRead struct {
	themes []themes.Theme
	err    error
}

func (m *Model) openThemes() tea.Cmd {
	folder := m.options.ThemeDir
	return func() tea.Msg {
		all, err := themes.All(folder)
		return themesRead{all, err}
	}
}

func (m *Model) onThemesRead(msg themesRead) tea.Cmd {
	if msg.err != nil { // those that can be read are there all the same
		m.complain(msg.err)
	}
	d := &themePicker{before: m.looks.Theme}
	d.menu = newMenu([]span{{"Theme", cell.Style{Fg: m.look.Text, Bg: m.look.Raised, Attr: cell.Bold}}}, "type to search", 60, func(m *Model) []menuItem {
		take := func(name string) func(*Model) tea.Cmd {
			return func(m *Model) tea.Cmd { m.setTheme(name); m.say("Theme: " + name); return nil }
		}
		items := []menuItem{{name: "auto", what: "dark or light, as the terminal is", foot: "Follows the ground of the terminal.", run: take("auto")}}
		for _, t := range msg.themes {
			items = append(items, menuItem{name: t.Name, what: t.Description, foot: t.Description, run: take(t.Name)})
		}
		return items
	})
	d.reset = false
	for i, item := range d.items(m) {
		if item.name == d.before {
			d.list.At = i
		}
	}
	m.open(d)
	return nil
}

func (m *Model) setTheme(name string) {
	before := m.looks.Theme
	m.looks.Theme = name
	if err := m.restyle(); err != nil {
		m.looks.Theme = before
		m.complain(err)
	}
}

func (d *themePicker) key(m *Model, msg tea.Msg) tea.Cmd {
	cmd := d.menu.key(m, msg)
	if m.top() != dialog(d) {
		if press, ok := msg.(tea.KeyPressMsg); ok && press.String() != "enter" {
			m.setTheme(d.before)
		}
		return cmd
	}
	d.preview(m)
	return cmd
}

func (d *themePicker) scroll(m *Model, by int) {
	d.menu.scroll(m, by)
	d.preview(m)
}

// preview shows the highlighted theme.
func (d *themePicker) preview(m *Model) {
	items := d.matching(m)
	if d.reset {
		d.list, d.reset = d.list.First(len(items), func(int) bool { return true }), false
	}
	if d.list.At < len(items) && items[d.list.At].name != m.looks.Theme {
		m.setTheme(items[d.list.At].name)
	}
}

// draw redraws the title too, which was made in the colours of another theme.
func (d *themePicker) draw(m *Model, a cell.Area) {
	d.title = []span{{"Theme", cell.Style{Fg: m.look.Text, Bg: m.look.Raised, Attr: cell.Bold}}}
	d.menu.draw(m, a)
}
