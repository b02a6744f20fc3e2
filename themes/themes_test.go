package themes

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// folder writes theme files, by name, and returns where they are.
func folder(t *testing.T, texts map[string]string) string {
	t.Helper()
	path := t.TempDir()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(path, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func find(t *testing.T, folder, name string) Theme {
	t.Helper()
	theme, err := Find(folder, name)
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

// Every file of the program's own is listed, and the other way round.
func TestNames(t *testing.T) {
	found, err := fs.Glob(files, "*"+suffix)
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range found {
		found[i] = nameOf(file)
	}
	slices.Sort(found)
	want := slices.Sorted(slices.Values(Names()))
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("(-listed +embedded):\n%s", diff)
	}
}

// Every theme of the program's own is whole, says what it is for, and says so for every role.
func TestOwn(t *testing.T) {
	all, err := All("")
	if err != nil || len(all) != len(Names()) {
		t.Fatalf("%d themes, %v", len(all), err)
	}
	for i, theme := range all {
		if theme.Name != Names()[i] || theme.File != "" || strings.Contains(theme.Description, suffix) {
			t.Errorf("%s is %+q", Names()[i], theme)
		}
		if n := len(theme.Colors); n != 0 && n != len(Roles) || len(theme.Ansi16) != len(Roles) {
			t.Errorf("%s has %d colours, %d of sixteen", theme.Name, n, len(theme.Ansi16))
		}
		pins := map[string]uint8{} // one colour can't become two
		for _, role := range Roles {
			pin, ok := theme.Ansi256[role]
			if other, has := pins[theme.Colors[role]]; ok && has && other != pin {
				t.Errorf("%s: %s is pinned to %d, and to %d elsewhere", theme.Name, theme.Colors[role], pin, other)
			} else if ok {
				pins[theme.Colors[role]] = pin
			}
		}
	}
}

// In sixteen colours, what is written on a ground of its own differs from it.
func TestSixteenColors(t *testing.T) {
	all, _ := All("")
	for _, theme := range all {
		for ink, ground := range map[string]string{"on-accent": "accent", "flow-text": "flow", "on-waiting": "waiting-fill", "on-status": "danger",
			"text": "canvas-dot", "flow": "flow-mark", "text-muted": "canvas", "accent": "text", "waiting": "danger", "success": "danger"} {
			a, b := theme.Ansi16[ink], theme.Ansi16[ground]
			bare := func(s string) string { return strings.TrimPrefix(s, "bg ") }
			if bare(a.Dark) == bare(b.Dark) || bare(a.Light) == bare(b.Light) {
				t.Errorf("%s: %s is %v and %s is %v", theme.Name, ink, a, ground, b)
			}
		}
	}
}

func TestUnknown(t *testing.T) {
	const rest = "; there are dark, light, terminal, paper, dusk, contrast, contrast-light, colorblind, colorblind-light"
	for name, want := range map[string]string{
		"":         "there is no theme “”" + rest,
		"drak":     "there is no theme “drak”: did you mean “dark”? T" + rest[3:],
		"DARK":     "there is no theme “DARK”" + rest,
		"contrats": "there is no theme “contrats”: did you mean “contrast”? T" + rest[3:],
		"da*":      "there is no theme “da*”" + rest,
		"a\x1b[m":  "there is no theme “a�[m”" + rest,
		"../dark":  "there is no theme file ../dark",
		"no.yaml":  "there is no theme file no.yaml",
		"x/\x1b":   "there is no theme file x/�",
	} {
		if _, err := Find("", name); err == nil || err.Error() != want {
			t.Errorf("%q: %v, not %s", name, err, want)
		}
	}
}

// A theme of one's own is found by name and by path, and needs to say no more than what differs.
func TestOneOfYourOwn(t *testing.T) {
	path := folder(t, map[string]string{"mine.yaml": "base: dark\ncolors:\n  accent: \"#FFCC00\"\n  card: \"#222222\"\n", "notes.txt": "no theme"})
	if err := os.Mkdir(filepath.Join(path, "more.yaml"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(path, "mine.yaml")
	theme, dark := find(t, path, "mine"), find(t, "", "dark")
	if theme.Name != "mine" || theme.File != file || theme.Description != file || theme.Ground != "dark" {
		t.Errorf("%+q", theme)
	}
	if theme.Colors["accent"] != "#ffcc00" || theme.Colors["text"] != dark.Colors["text"] {
		t.Errorf("%v", theme.Colors)
	}
	if _, pinned := theme.Ansi256["card"]; pinned || theme.Ansi256["panel"] != dark.Ansi256["panel"] {
		t.Errorf("256 colours of another theme: %v", theme.Ansi256)
	}
	if diff := cmp.Diff(theme, find(t, "", file)); diff != "" {
		t.Errorf("by name and by path (-name +path):\n%s", diff)
	}
	if diff := cmp.Diff(dark, find(t, path, "dark")); diff != "" {
		t.Errorf("dark has changed:\n%s", diff)
	}
	all, err := All(path)
	if err != nil || len(all) != len(Names())+1 || all[len(all)-1].Name != "mine" {
		t.Errorf("%d themes, %v", len(all), err)
	}
	if _, err := Find(path, "mien"); err == nil || !strings.Contains(err.Error(), "did you mean “mine”?") || !strings.Contains(err.Error(), "colorblind-light, mine") {
		t.Errorf("%v", err)
	}
	if _, err := Find("", "mine"); err == nil {
		t.Error("found without a folder")
	}
}

// What is pinned stays pinned, in whatever order the file says it.
func TestOrderOfKeys(t *testing.T) {
	theme, err := Read("x.yaml", []byte("ansi256: {card: 17}\ncolors: {card: \"#000050\"}\nansi16: {line: {dark: 7, light: bg 8}}\nbase: dark\n"))
	if err != nil || theme.Ansi256["card"] != 17 || theme.Ansi16["line"] != (Pair{"7", "bg 8"}) {
		t.Errorf("%v, %v", theme, err)
	}
}

// A name of the program's own means its own theme, and All says that a file has no chance.
func TestTakenName(t *testing.T) {
	path := folder(t, map[string]string{"light.yaml": "base: dark\n", "bad.yaml": "base: drak\n", "good.yaml": "base: dusk\n"})
	if theme := find(t, path, "light"); theme.File != "" || theme.Ground != "light" {
		t.Errorf("%+q", theme)
	}
	if theme := find(t, path, filepath.Join(path, "light.yaml")); theme.Ground != "dark" {
		t.Errorf("by its path: %+q", theme)
	}
	all, err := All(path)
	if len(all) != len(Names())+1 || err == nil {
		t.Fatalf("%d themes, %v", len(all), err)
	}
	for _, want := range []string{
		"bad.yaml:1:7: there is no theme “drak”: did you mean “dark”?",
		"light.yaml: the program has a theme called light itself; give the file another name",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%s", want, err)
		}
	}
}

// All that is wrong is said at once, with its place.
func TestProblems(t *testing.T) {
	const everything, orBase = "base: dark\n", "; give all of them, or begin with another theme, like “base: dark”"
	for _, c := range []struct{ text, want string }{
		{"", "1:1: the file is empty"},
		{"# nothing\n", "1:1: the file is empty"},
		{"dark", "1:1: a theme must be keys with values"},
		{"- base: dark\n", "1:1: a theme must be keys with values"},
		{"base: [\n", "1:1: this is not YAML: did not find expected node content"},
		{"base: dark\n---\nbase: light\n", "1:1: there is more than one document in the file"},
		{"\xff", "1:1: the file is not UTF-8 text"},
		{strings.Repeat("#", maxSize+1), "1:1: the file is larger than a theme can be, which is 64 KB"},
		{"base: drak\n", "1:7: there is no theme “drak”: did you mean “dark”? There are " + strings.Join(Names(), ", ")},
		{"base: {a: b}\n", "1:7: “base” must have a text"},
		{"base: dark\nbase: light\n", "2:1: “base” stands here for the second time; the first is on line 1"},
		{everything + "colours: {}\n", "2:1: “colours” is not a key of a theme: did you mean “colors”?"},
		{everything + "ground: twilight\n", "2:9: the ground must be dark, light or any, not “twilight”"},
		{everything + "ground: any\n", "2:1: a theme with colours is for a dark or a light ground, not for any"},
		{everything + "ground:\n", "2:8: “ground” must have a text"},
		{"base: terminal\nground: dark\n", "2:1: a theme for a dark ground has colours; one without is for any ground"},
		{everything + "description: \"a\\nb\"\n", "2:14: the description must be one line of at most 120 characters"},
		{everything + "description: \"\\e[31m\"\n", "2:14: the description must be one line of at most 120 characters"},
		{everything + "description: " + strings.Repeat("é", 121) + "\n", "2:14: the description must be one line of at most 120 characters"},
		{everything + "colors:\n  acent: \"#000000\"\n  card: \"#12131\"\n  text: red\n  edge: #123456\n  line: [1]\n", strings.Join([]string{
			"3:3: “acent” is not a key of colors: did you mean “accent”?",
			"4:9: card must be a colour like \"#12131a\", not “#12131”",
			"5:9: text must be a colour like \"#12131a\", not “red”",
			"6:8: edge has no colour; a # begins a comment unless the colour stands in quotes, like \"#12131a\"",
			"7:9: line must be a colour like \"#12131a\", not “”"}, "\n")},
		{everything + "colors: \"#000000\"\n", "2:9: colors must be keys with values"},
		{everything + "colors: {\"a\\e[m\": \"#000000\", card: \"\\e[m\"}\n", "2:10: “a�[m” is not a key of colors\n2:36: card must be a colour like \"#12131a\", not “�[m”"},
		{everything + "colors: {card: &a \"#000000\", text: *a}\n", "2:36: text must be a colour like \"#12131a\", not “a”"},
		{everything + "ansi256: {card: 256, text: -1, edge: 1.5, line: x}\n", strings.Join([]string{
			"2:17: card must be one of the 256 colours, a number from 0 to 255, not “256”",
			"2:28: text must be one of the 256 colours, a number from 0 to 255, not “-1”",
			"2:38: edge must be one of the 256 colours, a number from 0 to 255, not “1.5”",
			"2:49: line must be one of the 256 colours, a number from 0 to 255, not “x”"}, "\n")},
		{everything + "ansi16: {card: 16, text: {dark: 7}, edge: {dark: 7, light: bold}}\n", strings.Join([]string{
			"2:16: card must be default, none, reverse, a number from 0 to 15, or bg and a number, not “16”",
			"2:26: text must have a value for dark and one for light",
			"2:60: light must be default, none, reverse, a number from 0 to 15, or bg and a number, not “bold”"}, "\n")},
		{"colors: {card: \"#000000\"}\n", "1:1: colors says nothing of " + strings.Join(slices.DeleteFunc(slices.Clone(Roles), func(r string) bool { return r == "card" }), ", ") + orBase +
			"\n1:1: ansi16 says nothing of " + strings.Join(Roles, ", ") + orBase + "\n1:1: the theme must say for which ground it is: dark, light or any"},
	} {
		_, err := Read("x.yaml", []byte(c.text))
		if err == nil {
			t.Errorf("%.60q is fine", c.text)
			continue
		}
		got := strings.TrimPrefix(strings.ReplaceAll("\n"+err.Error(), "\nx.yaml:", "\n"), "\n")
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%.60q (-want +got):\n%s", c.text, diff)
		}
	}
}

// No text makes the reader panic, or say something that a terminal would obey.
func FuzzRead(f *testing.F) {
	for _, name := range Names() {
		text, err := files.ReadFile(name + suffix)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{"", "a", "base: dark", "base: *a", "? [a]\n: b", "<<: {base: dark}", "colors: &a {card: *a}", "{{{", "ansi16: {card: {dark: 1, dark: 2}}", "!!x y", "\x00"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		theme, err := Read("x.yaml", text)
		said := theme.Description
		if err != nil {
			said = strings.ReplaceAll(err.Error(), "\n", "")
		} else if len(theme.Ansi16) != len(Roles) {
			t.Error("a theme without some role")
		}
		if strings.ContainsFunc(said, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("it says %q", said)
		}
	})
}
