// Package look is the visual language: roles of a theme made into colours for the terminal at hand, glyphs, and the
// tints that are mixed from roles. Parts of the screen draw with a [Look] and invent nothing of their own.
package look

import (
	"strconv"
	"strings"

	"rendezvous/model"
	"rendezvous/themes"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// A Look is a theme on a terminal.
type Look struct {
	Theme  string
	Dark   bool
	Screen cell.Screen

	Canvas, Dot, Panel, Raised, Card, Hover, Selected, Field, Line, Edge, Track, Shadow cell.Color
	Text, Muted, Faint, Accent, OnAccent                                                cell.Color
	Flow, FlowText, FlowMark, Glow                                                      cell.Color
	Success, Waiting, WaitingFill, OnWaiting, Danger, OnStatus                          cell.Color
	Targeting, Data, Channel, Control                                                   cell.Color

	// Outlined cards are drawn with lines, because surfaces can't be told apart: in 16 colours and in none.
	Outlined bool
	// Colourless screens tell states apart by weight and word alone.
	Colourless bool
	// Still screens don't move, beyond showing what has changed.
	Still bool
}

// Options are what a person or a terminal asks for.
type Options struct {
	Theme    string // a name, the path of a theme file, or "auto": dark or light, by the terminal's ground
	ThemeDir string // where themes of one's own are; "" for nowhere
	Dark     bool   // whether the terminal's ground is dark
	Depth    cell.Depth
	ASCII    bool
	Still    bool
}

// New returns the look of a theme.
func New(o Options) (*Look, error) {
	name := o.Theme
	if name == "auto" || name == "" {
		name = map[bool]string{true: "dark", false: "light"}[o.Dark]
	}
	theme, err := themes.Find(o.ThemeDir, name)
	if err != nil {
		return nil, err
	}
	l := &Look{Theme: theme.Name, Dark: o.Dark, Still: o.Still}
	if theme.Ground != "any" {
		l.Dark = theme.Ground == "dark"
	}
	depth := o.Depth
	if len(theme.Colors) == 0 {
		depth = max(depth, cell.Colors16)
	}
	l.Screen = cell.Screen{Depth: depth, Pins: map[cell.Color]uint8{}}
	l.Outlined, l.Colourless = depth >= cell.Colors16 || o.ASCII, depth == cell.NoColor
	if o.ASCII {
		l.Screen.ASCII = ascii
	}
	fields := l.roles()
	for _, role := range themes.Roles {
		into := fields[role]
		*into = l.color(theme, role)
		if pin, ok := theme.Ansi256[role]; ok {
			l.Screen.Pins[*into] = pin
		}
	}
	return l, nil
}

func (l *Look) roles() map[string]*cell.Color {
	return map[string]*cell.Color{
		"canvas": &l.Canvas, "canvas-dot": &l.Dot, "panel": &l.Panel, "raised": &l.Raised, "card": &l.Card, "card-hover": &l.Hover,
		"card-selected": &l.Selected, "field": &l.Field, "line": &l.Line, "edge": &l.Edge, "track": &l.Track, "shadow": &l.Shadow,
		"text": &l.Text, "text-muted": &l.Muted, "text-faint": &l.Faint, "accent": &l.Accent, "on-accent": &l.OnAccent,
		"flow": &l.Flow, "flow-text": &l.FlowText, "flow-mark": &l.FlowMark, "glow": &l.Glow,
		"success": &l.Success, "waiting": &l.Waiting, "waiting-fill": &l.WaitingFill, "on-waiting": &l.OnWaiting,
		"danger": &l.Danger, "on-status": &l.OnStatus,
		"targeting": &l.Targeting, "data": &l.Data, "channel": &l.Channel, "control": &l.Control,
	}
}

// color returns the colour of a role for the terminal.
func (l *Look) color(t themes.Theme, role string) cell.Color {
	switch {
	case l.Screen.Depth == cell.NoColor:
		return cell.Default
	case l.Screen.Depth < cell.Colors16:
		rgb, err := strconv.ParseUint(strings.TrimPrefix(t.Colors[role], "#"), 16, 24)
		if err != nil {
			return cell.Default
		}
		return cell.RGB(uint8(rgb>>16), uint8(rgb>>8), uint8(rgb))
	}
	value := t.Ansi16[role].Dark
	if !l.Dark {
		value = t.Ansi16[role].Light
	}
	n, err := strconv.Atoi(strings.TrimPrefix(value, "bg "))
	if err != nil || n < 0 || n > 15 {
		return cell.Default
	}
	return cell.Indexed(uint8(n))
}

// Category returns the hue of a category.
func (l *Look) Category(c model.Category) cell.Color {
	return [...]cell.Color{l.Control, l.Targeting, l.Channel, l.Data}[c]
}

// Button is the style of the one filled button of a screen.
func (l *Look) Button() cell.Style {
	if l.Colourless {
		return cell.Style{Attr: cell.Bold | cell.Reverse}
	}
	return cell.Style{Fg: l.OnAccent, Bg: l.Accent, Attr: cell.Bold}
}

// Highlight is the style of the highlighted row of a list.
func (l *Look) Highlight() cell.Style {
	if l.Outlined {
		return cell.Style{Fg: l.Text, Bg: cell.Default, Attr: cell.Bold | cell.Reverse}
	}
	return cell.Style{Fg: l.Text, Bg: l.Selected, Attr: cell.Bold}
}

// Filled is the style of text on a filled ground, reversed where grounds have no colour.
func (l *Look) Filled(fg, bg cell.Color) cell.Style {
	if l.Colourless {
		return cell.Style{Attr: cell.Bold | cell.Reverse}
	}
	return cell.Style{Fg: fg, Bg: bg, Attr: cell.Bold}
}

// Mark returns glyph and colour of a kind of news.
func (l *Look) Mark(m narrate.Mark) (glyph rune, color cell.Color) {
	switch m {
	case narrate.Finished:
		return '✓', l.Success
	case narrate.Moved:
		return '→', l.Success
	case narrate.Waiting:
		return '◐', l.Waiting
	case narrate.Arrived:
		return '●', l.Success
	case narrate.Fired:
		return '✦', l.Success
	case narrate.Blocked, narrate.Skipped:
		return '⊘', l.Danger
	case narrate.Failed:
		return '✗', l.Danger
	case narrate.Paused:
		return '‖', l.Waiting
	}
	return '▶', l.Accent
}

// ascii stands for every glyph where the terminal has only ASCII.
var ascii = map[rune]rune{
	'◎': 'O', '◔': 'Q', '◧': 'Y', '∪': 'U', '≠': 'D', '≈': 'R', '⇄': 'X', '▣': 'S', '↧': 'L', '✉': '@', '≡': '#', '◉': 'P', '▤': 'M',
	'◆': '&', '⇉': 'F', '◷': 'W', '■': '.', '›': '>', '◂': '<', '▸': '>', '○': 'o', '●': '*', '◐': '~', '▶': '>', '▼': 'v', '‖': '=',
	'✓': 'v', '✗': 'x', '⊘': '/', '✦': '*', '✧': '*', '▲': '!', '★': '^', '⊕': '+', '▾': 'v', '▴': '^', '▎': '>', '▌': '|', '╋': '+',
	'─': '-', '│': '|', '╭': '.', '╮': '.', '╰': '\'', '╯': '\'', '┼': '+', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┣': '#', '┫': '#', '┳': '#', '┻': '#', '╠': '#', '╣': '#', '╦': '#', '╩': '#',
	'⊞': '+', '⊡': '#', '▦': '%', '¶': '"', '▪': '.',
	'━': '=', '┃': '#', '┏': '#', '┓': '#', '┗': '#', '┛': '#', '╌': '-', '╎': '|', '┄': '.', '═': '=', '║': '#', '╔': '#', '╗': '#', '╚': '#', '╝': '#', '▒': '=', '█': '=',
	'▄': ' ', '▁': ' ', '▔': ' ', '▏': ' ', '▕': ' ', '░': ' ', '·': ' ', '•': '*', '…': '.', '→': '>', '←': '<', '↑': '^', '↓': 'v', '⏎': '<', '⌃': '^',
	'↻': 'R', '“': '"', '”': '"', '’': '\'', '‘': '\'', '„': '"', '‚': '\'', '«': '"', '»': '"', '−': '-', '–': '-', '—': '-', '×': 'x', '⇧': '^', '\u00a0': ' ',
}
