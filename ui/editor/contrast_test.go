package editor

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"unicode"

	"rendezvous/themes"
	"rendezvous/ui/cell"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c cell.Color) float64 {
	r, g, b, _ := c.Parts()
	linear := func(part uint8) float64 {
		v := float64(part) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// illegible are the letters and digits of a screen that have less than 4.5:1 on their ground: an example of each pair.
func illegible(m *Model) map[[2]cell.Color]string {
	found := map[[2]cell.Color]string{}
	for y := range m.h {
		row := ""
		for x := range m.w {
			c := m.grid.At(x, y)
			if row += string(c.Rune); !unicode.IsLetter(c.Rune) && !unicode.IsDigit(c.Rune) {
				continue
			}
			a, b := luminance(c.Style.Fg), luminance(c.Style.Bg)
			if got := (max(a, b) + 0.05) / (min(a, b) + 0.05); got < 4.5 {
				found[[2]cell.Color{c.Style.Fg, c.Style.Bg}] = fmt.Sprintf("%.2f:1 at %d,%d of %q", got, x, y, row)
			}
		}
	}
	return found
}

// Whatever the program shows can be read, in every theme with colours of its own. Shadows and veils, which take what lies
// below out of play, are left out, and so is the light of a firing join.
func TestEveryWordCanBeRead(t *testing.T) {
	states := maps.Clone(scenes)
	delete(states, "run hidden")
	for name, keys := range map[string][]string{
		"compact": {"z"}, "dots": {"z", "z"}, "compact run": {"z", "r", "space", "right", "right", "right"}, "top down": {"f"},
		"outline": {"O", "down"}, "disabled": {"right", "right", "d"}, "marked": {"space", "right", "right", "space"},
		"jump": {"g"}, "search": {"/", "g", "o"}, "rename": {"n", "x"}, "wrong value": {"right", "right", "right", "right", "right", "right", "right", "tab", "down", "enter", "x", "enter"},
	} {
		states[name] = keys
	}
	for _, veiled := range []string{"insert menu", "help", "explain", "findings", "unsaved", "save as", "text"} {
		delete(states, veiled)
	}
	for name, keys := range states {
		for _, sample := range []string{"gold-silver", "blocked-join"} {
			if sample == "blocked-join" && !slices.Contains(keys, "r") {
				continue
			}
			t.Run(name+" of "+sample, func(t *testing.T) {
				t.Parallel()
				m := start(t, sample, 120, 36)
				press(m, keys...)
				everyTheme(t, m)
			})
		}
	}
}

func everyTheme(t *testing.T, m *Model) {
	for _, theme := range themes.Names() {
		m.looks.Theme = theme
		if err := m.restyle(); err != nil {
			t.Fatal(err)
		}
		if m.look.Outlined {
			continue
		}
		m.frame = nil
		m.View()
		for _, what := range illegible(m) {
			t.Errorf("%s: %s", theme, what)
		}
	}
}
