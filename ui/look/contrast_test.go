package look

import (
	"math"
	"strings"
	"testing"

	"rendezvous/model"
	"rendezvous/themes"
	"rendezvous/ui/cell"
)

// Least contrasts of WCAG 2.2, level AA: for what is read, and for what only has to be seen (lines, lamps, bold glyphs).
const (
	legible = 4.5
	visible = 3.0
)

// A pair is an ink on a ground on which the program draws it.
type pair struct {
	what        string
	ink, ground cell.Color
	least       float64
}

// A named color says what it is in messages.
type named struct {
	name  string
	color cell.Color
}

// measured are the pairs of a look.
type measured struct {
	look  *Look
	pairs []pair
}

func (m *measured) add(least float64, inks, grounds []named) {
	for _, ink := range inks {
		for _, ground := range grounds {
			m.pairs = append(m.pairs, pair{ink.name + " on " + ground.name, ink.color, ground.color, least})
		}
	}
}

func (m *measured) style(least float64, what string, s cell.Style) {
	m.pairs = append(m.pairs, pair{what, s.Fg, s.Bg, least})
}

// pairs are all inks of a look on all grounds on which the program draws them.
func pairs(l *Look) []pair {
	m := &measured{look: l}
	m.texts()
	m.states()
	m.badges()
	m.lines()
	m.categories()
	return m.pairs
}

func (m *measured) cards() []named {
	l := m.look
	return []named{{"card", l.Card}, {"hovered card", l.Hover}, {"selected card", l.Selected}, {"waiting card", l.WaitingCard()},
		{"blocked card", l.BlockedCard()}, {"wrong card", l.WrongCard()}, {"idle card", l.IdleCard()}}
}

func (m *measured) rows() []named {
	l := m.look
	return []named{{"canvas", l.Canvas}, {"panel", l.Panel}, {"raised", l.Raised}, {"field", l.Field}, {"focus", l.Focus()}, {"chosen", l.Chosen()},
		{"query", l.Query()}, {"foot", l.Foot()}, {"cause", l.Cause()}, {"remedy", l.Remedy()},
		{"good toast", l.Toast(l.Accent)}, {"bad toast", l.Toast(l.Danger)}}
}

func (m *measured) texts() {
	l := m.look
	m.add(legible, []named{{"text", l.Text}, {"muted", l.Muted}}, append(m.cards(), m.rows()...))
	m.add(legible, []named{{"faint", l.Faint}}, []named{{"canvas", l.Canvas}, {"panel", l.Panel}, {"raised", l.Raised}, {"field", l.Field},
		{"card", l.Card}, {"faded card", l.FadedCard()}, {"idle card", l.IdleCard()}, {"viewport", l.Raised}})
	m.add(legible, []named{{"accent", l.Accent}}, []named{{"canvas", l.Canvas}, {"panel", l.Panel}, {"raised", l.Raised}, {"field", l.Field},
		{"focus", l.Focus()}, {"chosen", l.Chosen()}})
	for name, s := range map[string]cell.Style{"button": l.Button(), "highlight": l.Highlight(), "choice": l.Choice(), "pointed chip": l.PointedChip()} {
		m.style(legible, name, s)
	}
	m.add(legible, []named{{"flow text", l.FlowText}}, []named{{"flow", l.Flow}})
	m.add(legible, []named{{"on status", l.OnStatus}}, []named{{"danger", l.Danger}, {"success", l.Success}})
	m.add(legible, []named{{"on waiting", l.OnWaiting}}, []named{{"waiting fill", l.WaitingFill}})
}

// states are the colours of success, waiting and danger, as words and as glyphs.
func (m *measured) states() {
	l := m.look
	status := []named{{"success", l.Success}, {"waiting", l.Waiting}, {"danger", l.Danger}}
	m.add(legible, status, []named{{"canvas", l.Canvas}, {"panel", l.Panel}, {"raised", l.Raised}, {"card", l.Card}, {"selected card", l.Selected}})
	m.add(legible, []named{{"waiting", l.Waiting}}, []named{{"waiting card", l.WaitingCard()}})
	m.add(legible, []named{{"danger", l.Danger}}, []named{{"blocked card", l.BlockedCard()}, {"wrong card", l.WrongCard()}, {"cause", l.Cause()}})
	m.add(visible, append(status, named{"accent", l.Accent}), append(m.cards(), m.rows()...))
	m.add(visible, append(status, named{"accent", l.Accent}, named{"track", l.Track}), []named{{"viewport", l.Viewport()}})
}

func (m *measured) badges() {
	l := m.look
	for name, c := range map[string]cell.Color{"done": l.Success, "warning": l.Waiting, "running": l.Accent} {
		m.style(legible, name+" badge", l.Badge(c))
	}
	m.style(legible, "neutral badge", l.NeutralBadge())
	m.style(legible, "firing badge", l.FiringBadge())
	m.style(legible, "chip of a closed transition", l.ClosedChip())
	m.style(visible, "slot", l.Slot())
	for name, c := range map[string]cell.Color{"success": l.Success, "waiting": l.Waiting, "danger": l.Danger, "accent": l.Accent, "muted": l.Muted} {
		m.add(visible, []named{{name, c}}, []named{{name + " spot", l.Spot(c)}})
	}
	for over := 0.0; over <= 1; over += 1.0 / 16 { // for a third of a second
		m.style(visible, "fading card", l.FadingCard(over))
	}
}

func (m *measured) lines() {
	l := m.look
	m.add(visible, []named{{"edge", l.Edge}, {"track", l.Track}, {"flow", l.Flow}, {"accent", l.Accent}, {"breath", l.Breath(1)}}, []named{{"canvas", l.Canvas}})
	m.add(visible, []named{{"edge", l.Edge}}, []named{{"card", l.Card}})
	m.add(visible, []named{{"track", l.Track}}, []named{{"panel", l.Panel}, {"raised", l.Raised}, {"card", l.Card}, {"selected card", l.Selected}, {"hovered card", l.Hover}})
}

func (m *measured) categories() {
	l := m.look
	for _, c := range model.Categories {
		hue := named{c.Title(), l.Category(c)}
		for _, surface := range append(m.cards(), named{"panel", l.Panel}) {
			m.add(visible, []named{hue}, []named{{"its tile on " + surface.name, l.Tile(c, surface.color)}, surface})
		}
		m.add(visible, []named{hue}, []named{{"raised", l.Raised}, {"viewport", l.Viewport()}, {"focus", l.Focus()}, {"its tile on a highlight", l.HighlightTile(hue.color)}})
		m.style(visible, "idle "+hue.name, l.IdleTile(c))
	}
}

func TestContrastFormula(t *testing.T) {
	if got := contrast(cell.RGB(0, 0, 0), cell.RGB(255, 255, 255)); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white is %v", got)
	}
	if got := contrast(cell.RGB(0x76, 0x76, 0x76), cell.RGB(255, 255, 255)); math.Abs(got-4.54) > 0.005 {
		t.Errorf("#767676 on white is %v", got)
	}
}

// What the visual language promises about contrast holds in every theme that has colours of its own.
func TestContrast(t *testing.T) {
	for _, name := range themes.Names() {
		l := look(t, Options{Theme: name})
		if l.Screen.Depth != cell.TrueColor {
			continue
		}
		lowest := map[float64]pair{}
		for _, p := range pairs(l) {
			if strings.HasPrefix(name, "contrast") { // level AAA
				p.least = map[float64]float64{legible: 7, visible: legible}[p.least]
			}
			got := contrast(p.ink, p.ground)
			if got < p.least {
				t.Errorf("%s: %s is %.2f:1, not %.1f:1", name, p.what, got, p.least)
			}
			if low, ok := lowest[p.least]; !ok || got < contrast(low.ink, low.ground) {
				lowest[p.least] = p
			}
		}
		for least, p := range lowest {
			t.Logf("%s: of what needs %.1f:1, the lowest is %s with %.2f:1", name, least, p.what, contrast(p.ink, p.ground))
		}
	}
}
