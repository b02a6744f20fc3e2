package editor

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"

	"rendezvous/samples"
	"rendezvous/ui/file"
)

// typing is a keyboard on which some keys have been pressed.
type typing chan string

func (k typing) Read(p []byte) (int, error) { return copy(p, <-k), nil }

// A defect in the program neither leaves the terminal unusable nor loses what was edited.
func TestCrashRestoresTheTerminalAndKeepsEdits(t *testing.T) {
	text, err := samples.Campaign("gold-silver")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	o := Options{File: filepath.Join(dir, "x.yaml"), Name: "x.yaml", Text: text, Theme: "dark", State: file.State(dir)}
	term := vt.NewSafeEmulator(120, 36)
	go func() {
		buffer := make([]byte, 256)
		for {
			if _, err := term.Read(buffer); err != nil {
				return
			}
		}
	}()
	keys := make(typing, 8)
	keys <- "d"
	m, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	m.commands = append(m.commands, command{name: "crash", keys: []string{"K"}, run: func(*Model) tea.Cmd { panic("a defect") }})
	m.later = func(time.Duration, tea.Msg) tea.Cmd { keys <- "K"; return nil } // once the edit is made
	err = m.run(context.Background(), tea.WithInput(keys), tea.WithOutput(term), tea.WithWindowSize(120, 36), tea.WithoutSignalHandler())
	if !errors.Is(err, errCrashed) || !strings.Contains(err.Error(), "offered when you open") {
		t.Errorf("the program ended with %v", err)
	}
	if term.IsAltScreen() {
		t.Error("the terminal is still in its alternate screen")
	}
	if r, ok := o.State.Recovery(o.File); !ok || !strings.Contains(string(r.Text), "disabled: true") {
		t.Errorf("the edit is lost: %v, %s", ok, r.Text)
	}
}
