// Package themes holds the colours of the program. A theme gives each semantic role (text, accent, success, card …) a
// colour; how roles combine is not its business, and no widget has a colour of its own.
//
// A theme is a YAML file and is called what its file is called. Besides those of the program there are those that a
// person keeps in a folder; names of the program's own are never taken by them.
package themes

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// Roles are the names of all roles.
var Roles = []string{
	"canvas", "canvas-dot", "panel", "raised", "card", "card-hover", "card-selected", "field", "line", "edge", "track", "shadow",
	"text", "text-muted", "text-faint", "accent", "on-accent", "flow", "flow-text", "flow-mark", "glow",
	"success", "waiting", "waiting-fill", "on-waiting", "danger", "on-status", "targeting", "data", "channel", "control",
}

// names are the program's own themes, in the order in which one would try them.
var names = []string{"dark", "light", "terminal", "paper", "dusk", "contrast", "contrast-light", "colorblind", "colorblind-light"}

// A Theme is a set of colours.
type Theme struct {
	Name        string
	Description string // one line that says what it is for
	File        string // where it was read; "" for one of the program's own
	Ground      string // dark, light, or any when it fits both
	// Colors are "#rrggbb" by role; empty when the theme keeps to the terminal's sixteen.
	Colors map[string]string
	// Ansi256 are numbers of the 256 colours by role, where the nearest is the wrong one.
	Ansi256 map[string]uint8
	// Ansi16 are "default", "none", "reverse", a number from 0 to 15, or "bg" and a number, by role.
	Ansi16 map[string]Pair
}

// A Pair is a value for dark and one for light terminals.
type Pair struct{ Dark, Light string }

// Names returns the names of the program's own themes.
func Names() []string { return slices.Clone(names) }

// All returns the program's own themes and those in a folder, which need not exist. The error tells of the files in the
// folder that can't be used; the themes are right all the same.
func All(folder string) ([]Theme, error) {
	var all []Theme
	var wrong []error
	for _, name := range names {
		t, err := own(name)
		all, wrong = append(all, t), append(wrong, err)
	}
	for _, file := range listed(folder) {
		t, err := open(file)
		if err == nil && slices.Contains(names, t.Name) {
			err = fmt.Errorf("%s: the program has a theme called %s itself; give the file another name", printable(file), t.Name)
		}
		if wrong = append(wrong, err); err == nil {
			all = append(all, t)
		}
	}
	return all, errors.Join(wrong...)
}

// Find returns a theme by its name, or by the path of its file. A name is one of the program's own, or that of a file in
// a folder without its “.yaml”; a path ends with “.yaml” or has a separator in it.
func Find(folder, name string) (Theme, error) {
	if strings.HasSuffix(name, suffix) || strings.ContainsAny(name, `/\`) {
		return open(name)
	}
	if slices.Contains(names, name) {
		return own(name)
	}
	known := Names()
	for _, file := range listed(folder) {
		if nameOf(file) == name {
			return open(file)
		}
		known = append(known, printable(nameOf(file)))
	}
	return Theme{}, errors.New(unknown(name, known))
}

// Source returns the file of one of the program's own themes, to begin another one with.
func Source(name string) ([]byte, error) {
	if !slices.Contains(names, name) {
		return nil, errors.New(unknown(name, names))
	}
	return files.ReadFile(name + suffix)
}

// own reads one of the program's own themes.
func own(name string) (Theme, error) {
	text, err := files.ReadFile(name + suffix)
	if err != nil {
		return Theme{}, err
	}
	t, err := Read(name+suffix, text)
	t.File = ""
	return t, err
}

const suffix = ".yaml"

func nameOf(file string) string { return strings.TrimSuffix(filepath.Base(file), suffix) }

// listed are the theme files in a folder, by name.
func listed(folder string) []string {
	if folder == "" {
		return nil
	}
	entries, _ := os.ReadDir(folder) // a folder that can't be read has no themes
	var found []string
	for _, e := range entries {
		file := filepath.Join(folder, e.Name())
		info, err := os.Stat(file) // the entry itself may be a link
		if err == nil && info.Mode().IsRegular() && strings.HasSuffix(file, suffix) {
			found = append(found, file)
		}
	}
	return found
}

// open reads a theme from a file, no more of it than a theme can be.
func open(file string) (Theme, error) {
	f, err := os.Open(file)
	if err != nil {
		return Theme{}, plain(file, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return Theme{}, plain(file, err)
	}
	return Read(file, text)
}

// plain words a system error as a sentence about the file.
func plain(file string, err error) error {
	switch file = printable(file); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no theme file %s", file)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the theme file %s may not be read: permission denied", file)
	}
	return fmt.Errorf("the theme file %s can’t be read", file)
}
