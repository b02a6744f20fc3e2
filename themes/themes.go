// Package themes holds the colours of the program. A theme gives each semantic role (text, accent, success, card …) a
// colour; how roles combine is not its business, and no widget has a colour of its own.
package themes

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml
var files embed.FS

// Roles are the names of all roles.
var Roles = []string{
	"canvas", "canvas-dot", "panel", "raised", "card", "card-hover", "card-selected", "field", "line", "edge", "track", "shadow",
	"text", "text-muted", "text-faint", "accent", "on-accent", "flow", "flow-text", "flow-mark", "glow",
	"success", "waiting", "waiting-fill", "on-waiting", "danger", "on-status", "targeting", "data", "channel", "control",
}

// A Theme is a set of colours.
type Theme struct {
	Name   string
	Ground string // dark, light, or any when it fits both
	// Colors are "#rrggbb" by role; empty when the theme keeps to the terminal's sixteen.
	Colors map[string]string
	// Ansi256 are numbers of the 256 colours by role, where the nearest is the wrong one.
	Ansi256 map[string]uint8
	// Ansi16 are "default", "none", "reverse", a number from 0 to 15, or "bg" and a number, by role.
	Ansi16 map[string]Pair
}

// A Pair is a value for dark and one for light terminals.
type Pair struct{ Dark, Light string }

// UnmarshalYAML reads one value for both, or {dark: …, light: …}.
func (p *Pair) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		p.Dark, p.Light = n.Value, n.Value
		return nil
	}
	var both struct{ Dark, Light string }
	err := n.Decode(&both)
	p.Dark, p.Light = both.Dark, both.Light
	return err
}

// Names returns the names of the themes.
func Names() []string {
	found, _ := fs.Glob(files, "*.yaml") // the pattern is well formed
	for i, f := range found {
		found[i] = strings.TrimSuffix(f, ".yaml")
	}
	return found
}

// Load returns the theme with a name.
func Load(name string) (Theme, error) {
	if !slices.Contains(Names(), name) {
		return Theme{}, fmt.Errorf("there is no theme “%s”; there are %s", name, strings.Join(Names(), ", "))
	}
	text, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return Theme{}, err
	}
	var t Theme
	if err := yaml.Unmarshal(text, &t); err != nil {
		return Theme{}, fmt.Errorf("theme %s: %w", name, err)
	}
	return t, nil
}
