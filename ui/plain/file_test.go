package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"rendezvous/ui/file"
)

const small = "version: 1\nname: Small\ndata: nowhere\ndimension: people\nactivities:\n  - {id: all, kind: build-audience}   # everybody\n  - {id: mail, kind: email, from: all, subject: Hi}\n"

// A meddler hands out lines, and lets another program change the file once the first ones have been taken.
type meddler struct {
	before, after string
	meddle        func()
}

func (m *meddler) Read(p []byte) (int, error) {
	if m.before == "" {
		m.meddle()
		m.before, m.after = m.after, ""
	}
	if m.before == "" {
		return 0, io.EOF
	}
	line, rest, _ := strings.Cut(m.before, "\n")
	m.before = rest
	return copy(p, line+"\n"), nil
}

// converse holds a session during which another program writes another text into the file.
func converse(t *testing.T, before, theirs, after string) (said, saved string, err error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(name, []byte(small), 0o644); err != nil {
		t.Fatal(err)
	}
	in := &meddler{before: before, after: after, meddle: func() {
		if theirs == "" {
			return
		}
		if err := os.WriteFile(name, []byte(theirs), 0o644); err != nil {
			t.Error(err)
		}
		theirs = ""
	}}
	var out bytes.Buffer
	err = Run(t.Context(), in, &out, &out, Options{File: name})
	text, readErr := os.ReadFile(name)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return out.String(), string(text), err
}

func TestSaveUnites(t *testing.T) {
	theirs := strings.Replace(small, "name: Small", "name: Theirs   # better", 1)
	said, saved, err := converse(t, "set mail subject Hello\n", theirs, "save\nquit\n")
	if want := strings.Replace(theirs, "subject: Hi", "subject: Hello", 1); saved != want || err != nil {
		t.Errorf("%v; saved\n%s\nafter\n%s", err, saved, said)
	}
	if !strings.Contains(said, "Another program has changed") {
		t.Errorf("nobody said so:\n%s", said)
	}
}

func TestSaveAsksAboutConflicts(t *testing.T) {
	theirs := strings.Replace(small, "subject: Hi", "subject: Dear", 1)
	said, saved, err := converse(t, "set mail subject Hello\n", theirs, "save\n")
	if saved != theirs || !errors.Is(err, ErrFailed) {
		t.Errorf("%v; saved\n%s", err, saved)
	}
	if !strings.Contains(said, "Email, Subject: “Hello” here, “Dear” in the file.") || !strings.Contains(said, "2 edits were not saved") && !strings.Contains(said, "1 edit was not saved") {
		t.Errorf("said\n%s", said)
	}
	_, saved, err = converse(t, "set mail subject Hello\n", theirs, "save\nsave\nquit\n")
	if want := strings.Replace(small, "subject: Hi", "subject: Hello", 1); saved != want || !errors.Is(err, ErrFailed) {
		t.Errorf("%v; saved\n%s", err, saved)
	}
}

func TestSaveLeavesWhatIsBroken(t *testing.T) {
	said, saved, err := converse(t, "set mail subject Hello\n", "version: 2\n", "save\nquit no\n")
	if saved != "version: 2\n" || !errors.Is(err, ErrFailed) || !strings.Contains(said, "can’t be read now") {
		t.Errorf("%v; saved\n%s\nafter\n%s", err, saved, said)
	}
}

func TestSaveAs(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for _, name := range []string{"a.yaml", "b.yaml"} {
		if err := os.WriteFile(name, []byte(small), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	err := Run(t.Context(), strings.NewReader("rename all Everybody\nsave b.yaml\nno\nsave b.yaml\nyes\nquit\n"), &out, &out, Options{File: "a.yaml"})
	a, _ := os.ReadFile("a.yaml")
	b, _ := os.ReadFile("b.yaml")
	if string(a) != small || !strings.Contains(string(b), "Everybody") || !errors.Is(err, ErrFailed) {
		t.Errorf("%v; a\n%s\nb\n%s\nafter\n%s", err, a, b, &out)
	}
}

// TestCancel ends a session from outside while it waits for a line.
func TestCancel(t *testing.T) {
	name := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(name, []byte(small), 0o644); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in, keep := io.Pipe()
		var out bytes.Buffer
		done := make(chan error)
		go func() { done <- Run(ctx, in, &out, &out, Options{File: name, Terminal: true}) }()
		if _, err := io.WriteString(keep, "rename all Everybody\n"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		cancel()
		if err := <-done; !errors.Is(err, ErrFailed) || !strings.Contains(out.String(), "1 edit was not saved") {
			t.Errorf("%v after\n%s", err, &out)
		}
		_ = keep.Close()
	})
}

// TestRecover lets a terminal go away before edits are saved, and takes them in afterwards.
func TestRecover(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "small.yaml")
	if err := os.WriteFile(name, []byte(small), 0o644); err != nil {
		t.Fatal(err)
	}
	talk := func(lines string) (string, error) {
		var out bytes.Buffer
		err := Run(t.Context(), strings.NewReader(lines), &out, &out, Options{File: name, Terminal: true, State: file.State(filepath.Join(folder, "state"))})
		return out.String(), err
	}
	if said, err := talk("rename all Everybody\n"); !errors.Is(err, ErrFailed) {
		t.Fatalf("%v after\n%s", err, said)
	}
	said, err := talk("recover\nsave\nquit\n")
	if err != nil || !strings.Contains(said, "There are edits that were not saved") {
		t.Errorf("%v after\n%s", err, said)
	}
	if text, _ := os.ReadFile(name); !strings.Contains(string(text), "label: Everybody") || !strings.Contains(string(text), "# everybody") {
		t.Errorf("saved\n%s", text)
	}
	if said, _ := talk("recover\n"); strings.Contains(said, "There are edits") || !strings.Contains(said, "nothing was left unsaved") {
		t.Errorf("offered again:\n%s", said)
	}
}
