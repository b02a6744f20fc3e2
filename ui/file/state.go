package file

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A State is the folder in which the program keeps what outlives a session and is no campaign: files opened lately, what
// has been copied, edits that were not saved. The empty State keeps nothing.
type State string

// DefaultState returns the folder that the system has for it: $XDG_STATE_HOME, or what comes nearest.
func DefaultState() State {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return State(filepath.Join(dir, "rendezvous"))
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	if home, err := os.UserHomeDir(); err == nil && dir == filepath.Join(home, ".config") {
		dir = filepath.Join(home, ".local", "state")
	}
	return State(filepath.Join(dir, "rendezvous"))
}

// Names inside of the folder.
const (
	recentName    = "recent"
	clipboardName = "clipboard.yaml"
	recoveryDir   = "recovery"
)

// read returns a small file of the folder; nil when it is not there.
func (s State) read(name string) ([]byte, error) {
	if s == "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(string(s), name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// write replaces a file of the folder, which only its owner may read.
func (s State) write(name string, content []byte) error {
	if s == "" {
		return nil
	}
	name = filepath.Join(string(s), name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			return err
		}
	}
	return Replace(name, content)
}

// Clipboard returns what was copied last, in any editor of this person; nil when nothing was.
func (s State) Clipboard() ([]byte, error) { return s.read(clipboardName) }

// SetClipboard makes a text what was copied last.
func (s State) SetClipboard(text []byte) error { return s.write(clipboardName, text) }

// mostRecent is how many files are remembered.
const mostRecent = 20

// Recent returns the files opened lately that still exist, the latest first.
func (s State) Recent() []string {
	text, err := s.read(recentName)
	if err != nil {
		return nil
	}
	var names []string
	for name := range strings.Lines(string(text)) {
		name = strings.TrimSuffix(name, "\n")
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && filepath.IsAbs(name) {
			names = append(names, name)
		}
	}
	return names
}

// Opened remembers that a file was opened.
func (s State) Opened(name string) error {
	name, err := filepath.Abs(name)
	if err != nil || strings.Contains(name, "\n") {
		return err
	}
	names := slices.DeleteFunc(s.Recent(), func(n string) bool { return n == name })
	names = append([]string{name}, names...)
	return s.write(recentName, []byte(strings.Join(names[:min(len(names), mostRecent)], "\n")+"\n"))
}

// A Recovery is a campaign as it was last edited and not saved.
type Recovery struct {
	Text []byte
	At   time.Time
}

// recoveryName is where the unsaved edits of a file are kept; of a campaign without a file when the name is empty.
func recoveryName(name string) string {
	if abs, err := filepath.Abs(name); err == nil && name != "" {
		name = abs
	}
	sum := sha256.Sum256([]byte(name))
	return filepath.Join(recoveryDir, hex.EncodeToString(sum[:8])+".yaml")
}

// Recovery returns the unsaved edits of a file, and whether there are any.
func (s State) Recovery(name string) (Recovery, bool) {
	text, err := s.read(recoveryName(name))
	if err != nil || len(text) == 0 {
		return Recovery{}, false
	}
	r := Recovery{Text: text}
	if info, err := os.Stat(filepath.Join(string(s), recoveryName(name))); err == nil {
		r.At = info.ModTime()
	}
	return r, true
}

// Keep writes down the unsaved edits of a file.
func (s State) Keep(name string, text []byte) error {
	if err := s.write(recoveryName(name), text); err != nil {
		return fmt.Errorf("unsaved edits can’t be kept for a crash: %w", err)
	}
	return nil
}

// Forget drops the unsaved edits of a file.
func (s State) Forget(name string) error {
	if s == "" {
		return nil
	}
	err := os.Remove(filepath.Join(string(s), recoveryName(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
