package look

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"rendezvous/model"
	"rendezvous/themes"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

func look(t *testing.T, o Options) *Look {
	t.Helper()
	l, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every role of every theme has a field of the look, and no field has another role.
func TestRoles(t *testing.T) {
	var roles []string
	for role := range (&Look{}).roles() {
		roles = append(roles, role)
	}
	slices.Sort(roles)
	want := slices.Sorted(slices.Values(themes.Roles))
	if !slices.Equal(roles, want) {
		t.Errorf("the look has %v, themes have %v", roles, want)
	}
}

func TestThemes(t *testing.T) {
	for _, name := range themes.Names() {
		for _, dark := range []bool{true, false} {
			for depth := cell.TrueColor; depth <= cell.NoColor; depth++ {
				l := look(t, Options{Theme: name, Dark: dark, Depth: depth})
				for role, c := range l.roles() {
					r, g, b, direct := c.Parts()
					switch {
					case l.Screen.Depth == cell.NoColor && *c != cell.Default:
						t.Errorf("%s has a colour for %s without colours", name, role)
					case l.Screen.Depth == cell.Colors16 && direct:
						t.Errorf("%s has %d %d %d for %s in 16 colours", name, r, g, b, role)
					case l.Screen.Depth < cell.Colors16 && !direct:
						t.Errorf("%s has no colour for %s", name, role)
					}
				}
				if l.Outlined != (l.Screen.Depth >= cell.Colors16) || l.Colourless != (depth == cell.NoColor) {
					t.Errorf("%s with %d: outlined %v, colourless %v", name, depth, l.Outlined, l.Colourless)
				}
				if l.Screen.ASCII != nil {
					t.Errorf("%s draws with ASCII", name)
				}
			}
		}
	}
}

func TestGround(t *testing.T) {
	for _, c := range []struct {
		theme      string
		dark       bool
		want       string
		wantGround bool
	}{
		{"auto", true, "dark", true}, {"auto", false, "light", false}, {"", true, "dark", true}, {"", false, "light", false},
		{"dark", false, "dark", true}, {"light", true, "light", false}, {"terminal", true, "terminal", true}, {"terminal", false, "terminal", false},
	} {
		if l := look(t, Options{Theme: c.theme, Dark: c.dark}); l.Theme != c.want || l.Dark != c.wantGround {
			t.Errorf("%q on dark %v is %s, dark %v", c.theme, c.dark, l.Theme, l.Dark)
		}
	}
	if l := look(t, Options{Theme: "terminal", Dark: true, Depth: cell.TrueColor}); l.Screen.Depth != cell.Colors16 || l.Success != cell.Indexed(10) || l.Muted != cell.Indexed(7) {
		t.Error("terminal, on dark, does not keep to the terminal's sixteen colours")
	}
	if l := look(t, Options{Theme: "terminal", Depth: cell.TrueColor}); l.Success != cell.Indexed(2) || l.Muted != cell.Indexed(8) {
		t.Error("terminal, on light, has the colours for dark grounds")
	}
	if l := look(t, Options{Theme: "dark"}); l.Screen.Pins[l.Selected] != 60 {
		t.Error("the selection of dark is not pinned")
	}
}

func TestUnknownTheme(t *testing.T) {
	if _, err := New(Options{Theme: "drak"}); err == nil || !strings.Contains(err.Error(), "“drak”: did you mean “dark”? There are dark, light, terminal") {
		t.Errorf("%v", err)
	}
}

// A state must be told from another one without colour: by attributes.
func TestColourless(t *testing.T) {
	l := look(t, Options{Depth: cell.NoColor})
	for name, s := range map[string]cell.Style{"button": l.Button(), "highlight": l.Highlight(), "filled": l.Filled(l.OnWaiting, l.WaitingFill)} {
		if s.Attr&cell.Reverse == 0 {
			t.Errorf("%s is not reversed", name)
		}
	}
}

// Every glyph takes one cell, and what stands for it in ASCII is one printable character.
func TestGlyphs(t *testing.T) {
	l := look(t, Options{ASCII: true})
	if !l.Outlined {
		t.Error("surfaces in ASCII")
	}
	for glyph, stand := range l.Screen.ASCII {
		if cell.RuneWidth(glyph) != 1 {
			t.Errorf("%c (%U) is %d wide", glyph, glyph, cell.RuneWidth(glyph))
		}
		if stand < ' ' || stand > '~' {
			t.Errorf("%U stands for %c", stand, glyph)
		}
		if glyph < 0x80 {
			t.Errorf("%c is ASCII", glyph)
		}
	}
	for _, k := range model.Kinds() {
		glyph := []rune(k.Glyph)
		if len(glyph) != 1 || cell.RuneWidth(glyph[0]) != 1 {
			t.Errorf("the glyph of %s is %q", k.Name, k.Glyph)
			continue
		}
		stand := string(glyph)
		if glyph[0] >= 0x80 {
			stand = string(l.Screen.ASCII[glyph[0]])
		}
		if stand != k.ASCII {
			t.Errorf("%s is %s in ASCII, not %s", k.Name, stand, k.ASCII)
		}
	}
	for m := narrate.Started; m <= narrate.Paused; m++ {
		glyph, _ := l.Mark(m)
		if _, ok := l.Screen.ASCII[glyph]; !ok {
			t.Errorf("%c has no stand-in", glyph)
		}
	}
}

// Every symbol that the program's code draws has a stand-in. Letters and numbers are what people write, and become question marks.
func TestEverySymbolHasAStandIn(t *testing.T) {
	for _, folder := range []string{"..", filepath.Join("..", "..", "model"), filepath.Join("..", "..", "engine")} {
		err := filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for n, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if !strings.ContainsAny(code, "\"'`") {
					continue
				}
				for _, r := range code {
					if r >= 0x80 && !unicode.IsLetter(r) && !unicode.IsNumber(r) && ascii[r] == 0 {
						t.Errorf("%s:%d: %c (%U) has no stand-in", path, n+1, r, r)
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
