package editor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rendezvous/ui/editor"
	"rendezvous/ui/file"
)

// focusIn is what a terminal says when its window gets the focus.
const focusIn = "\x1b[I"

// Another program writes the file while it is edited: both sets of changes are kept.
func TestFileChangedOnDiskIsMerged(t *testing.T) {
	before := sample(t, "gold-silver")
	s := open(t, 120, 36, before)
	s.ready()
	s.press("n")
	s.write("!")
	s.press("enter")
	s.see("● unsaved")
	theirs := strings.Replace(strings.Replace(before, "for: 7d", "for: 9d", 1), "version: 1\n", "version: 1  # as Zoë wants it\n", 1)
	if !strings.Contains(theirs, "for: 9d") {
		t.Fatal("the sample has no wait of seven days")
	}
	if err := os.WriteFile(s.file, []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	s.press(focusIn)
	s.see("has changed on disk", "● unsaved")
	s.press("ctrl+s")
	s.gone("● unsaved")
	got := s.saved()
	for _, want := range []string{"for: 9d", "# as Zoë wants it", "members!"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the file:\n%s", want, got)
		}
	}
}

// Where both changed the same thing, the person is asked.
func TestConflictWithTheFileIsAskedAbout(t *testing.T) {
	before := sample(t, "gold-silver")
	s := open(t, 120, 36, before)
	s.ready()
	s.press("n")
	s.write("!")
	s.press("enter")
	s.see("● unsaved")
	theirs := strings.Replace(before, "label: Gold and Silver members", "label: Members", 1)
	if err := os.WriteFile(s.file, []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	s.press(focusIn)
	s.see("Both have changed", "“Gold and Silver members!”", "“Members” in the file", "Merge, keep mine m")
	s.press("t")
	s.see("Members")
	s.gone("● unsaved")
	s.press("u")
	s.see("members!")
}

func TestFileBrokenOnDiskIsSaid(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	if err := os.WriteFile(s.file, []byte("version: [1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.press(focusIn)
	s.see("has changed on", "can’t be read as it is")
}

// What was edited and not saved when the program was killed is offered the next time.
func TestRecovery(t *testing.T) {
	state := file.State(t.TempDir())
	keep := func(o *editor.Options) { o.State = state }
	text := sample(t, "gold-silver")
	s := open(t, 120, 36, text, keep)
	s.ready()
	s.press("d")
	s.see("● unsaved")
	s.until("the edits to be kept", func(string) bool { _, ok := state.Recovery(s.file); return ok })
	again := open(t, 120, 36, text, keep, func(o *editor.Options) { o.File, o.Name = s.file, s.file })
	again.see("Edits that were not saved", "Recover r")
	again.press("r")
	again.see("⊘ disabled", "● unsaved")
	again.file = s.file
	again.press("ctrl+s")
	again.see("Saved ")
	again.until("nothing to be left to recover", func(string) bool { _, ok := state.Recovery(s.file); return !ok })
	if !strings.Contains(again.saved(), "disabled: true") {
		t.Error("the recovered edit was not saved")
	}
}

// What is copied in one program is pasted in another, and its joins join the copies.
func TestPasteInAnotherEditor(t *testing.T) {
	state := file.State(t.TempDir())
	keep := func(o *editor.Options) { o.State = state }
	from := open(t, 120, 36, sample(t, "gold-silver"), keep)
	from.ready()
	from.press("right", "right", "v", "y")
	from.see("Copied 6 activities")
	from.until("the clipboard to be written", func(string) bool { text, _ := state.Clipboard(); return len(text) > 0 })
	to := open(t, 120, 36, sample(t, "three-way"), keep)
	to.ready()
	to.press("/")
	to.write("keep")
	to.press("enter")
	to.see("Save audience")
	to.press("p")
	to.see("Added 6 activities", "of 17")
	to.press("ctrl+s")
	to.see("Saved ")
	for _, want := range []string{"from: [email-gold, email-silver]", "primary: email-gold", "from: keep"} {
		if !strings.Contains(to.saved(), want) {
			t.Errorf("%q is not in the file:\n%s", want, to.saved())
		}
	}
}

// Activities can come from anywhere as text.
func TestPasteText(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("\x1b[200~- id: pause\n  kind: wait\n  for: 2d\n\x1b[201~")
	s.see("Added 1 activity", "of 8")
	s.press("\x1b[200~not: [yaml\x1b[201~")
	s.see("clipboard:")
}

func TestKeymap(t *testing.T) {
	keys := func(text string) func(*editor.Options) {
		return func(o *editor.Options) { o.Keys = editor.Keymap{File: "keys.yaml", Text: []byte(text)} }
	}
	s := open(t, 120, 36, sample(t, "gold-silver"), keys("insert: e\nturn: []\n"))
	s.ready()
	s.see("e insert")
	s.press("e")
	s.see("Insert after")
	for _, c := range []struct{ text, want string }{
		{"inser: e", "keys.yaml:1:1: there is no command “inser”: did you mean “insert”?"},
		{"insert: e\nzoom: e", "keys.yaml:2:7: the key e is that of “insert” already"},
		{"insert: [[e]]", "keys.yaml:1:10: a key was expected"},
		{"- insert", "keys.yaml:1:1: a list of “command: key” was expected"},
		{"insert: [e", "keys.yaml: yaml"},
	} {
		s := open(t, 200, 36, sample(t, "gold-silver"), keys(c.text))
		s.see(fmt.Sprintf("%.40s", c.want))
		s.ready()
		s.see("a insert")
	}
}

// What was copied is nobody else’s business.
func TestFilesOfTheStateAreTheOwnersAlone(t *testing.T) {
	dir := t.TempDir()
	state := file.State(filepath.Join(dir, "state"))
	if err := state.SetClipboard([]byte("x")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "state", "clipboard.yaml"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}
