package themes

import (
	"fmt"
	"regexp"
	"slices"
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
