package plain

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"rendezvous/model"
	"rendezvous/samples"
	"rendezvous/ui/file"
)

// hold holds a session on a text, with lines that are typed, and says what is wrong with how it went.
func hold(folder string, text []byte, lines string) (s *Session, said, wrong string) {
	name := filepath.Join(folder, "campaign.yaml")
	if err := os.WriteFile(name, text, 0o644); err != nil {
		return nil, "", err.Error()
	}
	var out, errOut bytes.Buffer
	s = newSession(context.Background(), strings.NewReader(lines), &out, &errOut, Options{File: name, State: file.State(filepath.Join(folder, "state"))})
	defer s.close()
	err := s.converse()
	said = out.String() + errOut.String()
	for _, r := range said {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return s, said, "said a control character"
		}
	}
	if s.document == nil {
		return s, said, "did not open: " + err.Error()
	}
	saved := s.document.Save(s.campaign())
	again, err := model.Load("f.yaml", saved)
	if err != nil || !again.Campaign.Equal(s.campaign()) {
		return s, said, "the campaign reads back as something else:\n" + string(saved)
	}
	for name := "edit"; name != ""; {
		s.history, name = s.history.Undo()
	}
	if got := s.document.Save(s.campaign()); !bytes.Equal(got, text) {
		return s, said, "undone, the file differs:\n" + string(got)
	}
	return s, said, ""
}

// words are what random lines are made of.
var words = []string{"1", "2", "3", "4", "5", "7", "12", "0", "-1", "3-5", "all", "branch", "after", "before", "to", "from", "in", "campaign", "join",
	"email", "and-join", "split", "wait", "end", "fork", "test", "build-audience", "email-gold", "silver", "gold", "Tiers", "tiers.gold", "Tiers → Gold",
	"label", "subject", "rule", "id", "note", "subsets.gold.rule", "2.1.4", "variables", "simulate.seed", "when-missing", "primary", "data", "dimension",
	"tier ==", `"gold"`, "count > 3", "yes", "no", "on", "off", "-", ".", "?", "", "add", "edit", "enough = 4", "x\x1b[31m", "\x00", "日本", "é: {", "# a", "'", "\u202e", "\xff"}

// phrases are commands that mean something on most samples; % stands for a line of the outline.
var phrases = []string{"%", "show %", "edit %", "set % label A - b", "set % on-error ignore", "set % confirm on", "set % note x", "set % disabled on", "set % id a-%",
	"insert wait after %", "insert and-join before %", "insert split after %", "insert test at %", "begin fork", "copy %-%", "cut %", "paste after %", "paste", "duplicate % %",
	"move % to %", "move %-% before %", "connect % to %", "disconnect %", "disconnect after %", "wrap %", "delete %", "disable branch %", "enable all", "rename % to -", "rename % B",
	"note % hm", "tick % in %", "tick %", "untick %", "primary %", "add to %", "remove % from %", "campaign edit", "campaign variables a%=%", "campaign name -", "fix %", "fix 1",
	"undo", "redo", "undo\nundo\nredo\nredo", "run\nwhy\npopulation\nback\nback\nstep\nstop", "restart to join\nback\nconfirm\nwhy %\npopulation %\nrun", "restart\noutline", "show tiers -> gold", "run to %", "step", "back", "why", "population", "population %", "confirm", "stop", "restart", "findings", "explain %", "kinds before %", "help set"}

// line draws what someone may type.
func line(t *rapid.T, commands []string) string {
	if rapid.IntRange(0, 2).Draw(t, "makes sense") > 0 {
		line := rapid.SampledFrom(phrases).Draw(t, "phrase")
		for strings.Contains(line, "%") {
			line = strings.Replace(line, "%", strconv.Itoa(rapid.IntRange(1, 14).Draw(t, "number")), 1)
		}
		return line
	}
	line := rapid.SampledFrom(commands).Draw(t, "command")
	if line == "save" {
		return line // it would write wherever it says
	}
	for range rapid.IntRange(0, 5).Draw(t, "words") {
		line += " " + rapid.SampledFrom(words).Draw(t, "word")
	}
	return line
}

// TestRandomLines types lines made of commands and what could stand behind them, and lines made of anything.
func TestRandomLines(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	folder := t.TempDir()
	var commands []string
	for _, c := range table() {
		commands = append(commands, c.name)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, err := samples.Campaign(rapid.SampledFrom(samples.Names()).Draw(t, "sample"))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for range rapid.IntRange(1, 20).Draw(t, "lines") {
			lines = append(lines, line(t, commands))
			for range rapid.IntRange(0, 3).Draw(t, "answers") {
				lines = append(lines, rapid.SampledFrom(words).Draw(t, "answer"))
			}
		}
		if _, said, wrong := hold(folder, text, strings.Join(lines, "\n")); wrong != "" {
			t.Fatalf("%s\n%s", wrong, said)
		}
	})
}

// FuzzLines types anything. The campaign has no data, so that nothing is slow.
func FuzzLines(f *testing.F) {
	text := []byte("version: 1\nname: Fuzz\ndata: nowhere\ndimension: people\nactivities:\n" +
		"  - {id: all, kind: build-audience}   # everybody\n  - {id: ways, kind: fork, from: all, outputs: [{id: a}, {id: b}]}\n" +
		"  - {id: mail, kind: email, from: ways.a, subject: Hi}\n  - {id: meet, kind: and-join, from: [mail, ways.b]}\n")
	for _, lines := range []string{"outline\n3\nedit 3\n\nHello\n.\nundo\n", "insert wait after 1\nset for 3d\ntick\nprimary mail\nfix\n",
		"copy 2-4\npaste\nwrap mail\ndelete all\nbegin split\nadd\nremove 1\n", "campaign edit\n-\ntwo\nlines\n.\na, b\nquit no\n", "show \x1b]0;x\x07\n\xff\xfe\n\n#\n"} {
		f.Add(lines)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, lines string) {
		if strings.Contains(strings.ToLower(lines), "sa") { // would write wherever it says
			return
		}
		if _, said, wrong := hold(folder, text, lines); wrong != "" {
			t.Fatalf("%s\n%s", wrong, said)
		}
	})
}

// TestEveryCommandIsTested reads the sessions of the command line's scripts: each command must be given in one of them.
func TestEveryCommandIsTested(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join("..", "cli", "testdata", "script", "plain_*.txtar"))
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	given := map[string]bool{}
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if typed, ok := strings.CutPrefix(line, "> "); ok {
				word, _, _ := strings.Cut(strings.TrimSpace(typed), " ")
				given[word] = true
			}
		}
	}
	for _, c := range table() {
		if !given[c.name] {
			t.Errorf("no script gives the command %s", c.name)
		}
	}
}

// TestTable checks that no two commands share a name, and that the help leaves none out.
func TestTable(t *testing.T) {
	taken := map[string]string{}
	for _, c := range table() {
		for _, name := range append(slices.Clone(c.short), c.name) {
			if taken[name] != "" {
				t.Errorf("%s is both %s and %s", name, taken[name], c.name)
			}
			taken[name] = c.name
		}
		if c.help == "" || c.run == nil || c.group == "" {
			t.Errorf("%s is not described", c.name)
		}
		if found, err := find(c.name); err != nil || found.name != c.name {
			t.Errorf("%s is not found: %v", c.name, err)
		}
	}
	text, err := samples.Campaign("gold-silver")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	_, said, wrong := hold(t.TempDir(), text, "help\n")
	if wrong != "" {
		t.Fatal(wrong)
	}
	for _, c := range table() {
		if !strings.Contains(said, "  "+c.usage()+"\n    "+c.help+"\n") {
			t.Errorf("the help leaves out %s", c.name)
		}
	}
}
