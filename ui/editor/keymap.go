package editor

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"rendezvous/model/suggest"
)

// A Keymap is a file in which a person gives commands other keys, one command a line:
//
//	insert: i
//	explain: [ctrl+e, f1]
//	quit: []
//
// Keys are written as in the key reference. What another command had as its key goes to the one that is named.
type Keymap struct {
	File string // for messages
	Text []byte
}

// apply returns the commands with the keys of the file. All errors are returned together, each with its place; then the
// commands are as they were.
func (k Keymap) apply(table []command) ([]command, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(k.Text, &document); err != nil {
		return table, fmt.Errorf("%s: %w", k.File, err)
	}
	if len(document.Content) == 0 {
		return table, nil
	}
	r := keyReader{file: k.File, table: slices.Clone(table), given: map[string]*yaml.Node{}}
	r.read(document.Content[0])
	if len(r.errs) > 0 {
		return table, errors.Join(r.errs...)
	}
	return r.table, nil
}

type keyReader struct {
	file  string
	table []command
	given map[string]*yaml.Node // commands that the file gives keys
	errs  []error
}

func (r *keyReader) fail(n *yaml.Node, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d:%d: %s", r.file, n.Line, n.Column, fmt.Sprintf(format, args...)))
}

func (r *keyReader) read(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "a list of “command: key” was expected")
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		r.line(n.Content[i], n.Content[i+1])
	}
	for i, c := range r.table {
		if r.given[c.name] == nil {
			r.table[i].keys = slices.DeleteFunc(slices.Clone(c.keys), func(key string) bool { return r.taken(c, key) != "" })
		}
	}
}

// line reads the keys of one command.
func (r *keyReader) line(name, value *yaml.Node) {
	at := slices.IndexFunc(r.table, func(c command) bool { return c.name == name.Value })
	if at < 0 {
		r.fail(name, "there is no command “%s”%s", name.Value, r.didYouMean(name.Value))
		return
	}
	if r.given[name.Value] != nil {
		r.fail(name, "“%s” has its keys already", name.Value)
		return
	}
	nodes := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		nodes = value.Content
	}
	var keys []string
	for _, n := range nodes {
		key := n.Value
		switch {
		case n.Kind != yaml.ScalarNode || key == "":
			r.fail(n, "a key was expected, such as “i”, “ctrl+e” or “f5”")
			continue
		case slices.Contains(keys, key):
			r.fail(n, "the key %s stands here twice", key)
			continue
		}
		if other := r.taken(r.table[at], key); other != "" {
			r.fail(n, "the key %s is that of “%s” already", key, other)
		}
		keys = append(keys, key)
	}
	r.given[name.Value] = name
	r.table[at].keys = keys
}

// taken returns the command to which the file has given a key that another one would have at the same time.
func (r *keyReader) taken(c command, key string) string {
	for _, other := range r.table {
		together := c.scope == always || other.scope == always || c.scope == other.scope
		if r.given[other.name] != nil && other.name != c.name && together && slices.Contains(other.keys, key) {
			return other.name
		}
	}
	return ""
}

func (r *keyReader) didYouMean(name string) string {
	var names []string
	for _, c := range r.table {
		names = append(names, c.name)
	}
	if near, ok := suggest.Nearest(strings.ToLower(name), names); ok {
		return fmt.Sprintf(": did you mean “%s”?", near)
	}
	return ""
}
