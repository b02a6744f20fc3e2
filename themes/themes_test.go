package themes

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func load(t *testing.T, name string) Theme {
	t.Helper()
	theme, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func TestNames(t *testing.T) {
	if got, want := strings.Join(Names(), " "), "dark light terminal"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestUnknown(t *testing.T) {
	for _, name := range []string{"", "drak", "../dark", "dark.yaml", "DARK", "da*"} {
		_, err := Load(name)
		if want := fmt.Sprintf("there is no theme “%s”; there are dark, light, terminal", name); err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
}

// Every theme says every role for 16 colours, and for all colours unless it keeps to the terminal's own; it names no
// other role.
func TestEveryRole(t *testing.T) {
	hex, sixteen := regexp.MustCompile(`^#[0-9a-f]{6}$`), regexp.MustCompile(`^(default|none|reverse|(bg )?([0-9]|1[0-5]))$`)
	for _, name := range Names() {
		theme := load(t, name)
		if theme.Name != name {
			t.Errorf("%s calls itself %s", name, theme.Name)
		}
		if !slices.Contains([]string{"dark", "light", "any"}, theme.Ground) {
			t.Errorf("%s is for %q grounds", name, theme.Ground)
		}
		if (theme.Ground == "any") != (len(theme.Colors) == 0) {
			t.Errorf("%s has %d colours and fits %s ground", name, len(theme.Colors), theme.Ground)
		}
		for _, role := range Roles {
			if c, ok := theme.Colors[role]; len(theme.Colors) > 0 && (!ok || !hex.MatchString(c)) {
				t.Errorf("%s: %s is %q", name, role, c)
			}
			pair := theme.Ansi16[role]
			if !sixteen.MatchString(pair.Dark) || !sixteen.MatchString(pair.Light) {
				t.Errorf("%s: %s in 16 colours is %q", name, role, pair)
			}
		}
		for role := range theme.Colors {
			if !slices.Contains(Roles, role) {
				t.Errorf("%s has a colour for %s", name, role)
			}
		}
		for role := range theme.Ansi256 {
			if !slices.Contains(Roles, role) {
				t.Errorf("%s has one of 256 colours for %s", name, role)
			}
		}
		for role := range theme.Ansi16 {
			if !slices.Contains(Roles, role) {
				t.Errorf("%s has one of 16 colours for %s", name, role)
			}
		}
	}
}

// A colour is red, green and blue from 0 to 255.
type color [3]float64

func parse(t *testing.T, text string) color {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(text, "#"), 16, 24)
	if err != nil {
		t.Fatal(err)
	}
	return color{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255)}
}

// over mixes a share of a colour over another, as the look does.
func (c color) over(ground color, share float64) color {
	var out color
	for i := range out {
		out[i] = math.Floor(c[i]*share + ground[i]*(1-share) + 0.5)
	}
	return out
}

// luminance is the relative luminance of WCAG 2.2.
func (c color) luminance() float64 {
	linear := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastFormula(t *testing.T) {
	if got := contrast(color{}, color{255, 255, 255}); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white is %v", got)
	}
	if got := contrast(color{0x76, 0x76, 0x76}, color{255, 255, 255}); math.Abs(got-4.54) > 0.005 {
		t.Errorf("#767676 on white is %v", got)
	}
}

// What the visual language promises about contrast: text 4.5:1, what only has to be seen 3:1.
func TestContrast(t *testing.T) {
	for _, name := range []string{"dark", "light"} {
		theme := load(t, name)
		c := map[string]color{}
		for role, text := range theme.Colors {
			c[role] = parse(t, text)
		}
		for name, card := range map[string]struct {
			role  string
			share float64
		}{"error card": {"danger", 0.14}, "blocked card": {"danger", 0.08}, "waiting card": {"waiting", 0.05}} {
			c[name] = c[card.role].over(c["card"], card.share)
		}
		c["focus"], c["chosen"] = c["accent"].over(c["panel"], 0.18), c["accent"].over(c["panel"], 0.15)
		c["idle card"] = c["card"].over(c["canvas"], 0.6)
		c["disabled card"] = c["card"].over(c["canvas"], 0.45)
		for status, share := range map[string]float64{"success": 0.16, "waiting": 0.16, "accent": 0.15} {
			c[status+" badge"] = c[status].over(c["card"], share)
		}
		c["neutral badge"] = c["edge"].over(c["card"], 0.25)

		surfaces := []string{"canvas", "panel", "raised", "card", "card-hover", "card-selected", "field"}
		tinted := []string{"error card", "blocked card", "waiting card", "focus", "chosen", "idle card"}
		check := func(least float64, ink string, grounds ...string) {
			for _, ground := range grounds {
				if got := contrast(c[ink], c[ground]); got < least {
					t.Errorf("%s: %s on %s is %.2f:1, not %.1f:1", name, ink, ground, got, least)
				}
			}
		}
		check(4.5, "text", append(surfaces, tinted...)...)
		check(4.5, "text-muted", append(surfaces, tinted...)...)
		check(4.5, "text-faint", "canvas", "panel", "raised", "card", "disabled card")
		check(4.5, "accent", "panel", "raised", "field")
		for _, status := range []string{"success", "waiting", "accent"} {
			check(4.5, status, status+" badge")
		}
		check(4.5, "text-muted", "neutral badge")
		check(4.5, "on-accent", "accent")
		check(4.5, "on-waiting", "waiting-fill")
		check(4.5, "on-status", "danger", "success")
		check(4.5, "flow-text", "flow")
		check(4.5, "danger", "error card", "blocked card")
		check(4.5, "success", "canvas", "panel", "raised", "card")
		check(4.5, "waiting", "canvas", "panel", "raised", "card")
		check(4.5, "danger", "canvas", "panel", "raised", "card")
		check(3, "edge", "canvas")
		check(3, "track", "panel", "raised", "card")
		check(3, "flow", "canvas")
		for _, category := range []string{"targeting", "data", "channel", "control"} {
			c["tile"] = c[category].over(c["card"], 0.24)
			check(3, category, "tile", "panel", "raised")
		}
	}
}
