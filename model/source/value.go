package source

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Value is what a text says, without its style: a string, bool, int or float64, a []Value, or a *Map.
type Value any

// A Map is a mapping in the order in which its keys are to be written.
type Map struct {
	// Identity tells that a mapping in a list is the same one before and after an edit, even if every value in it has
	// changed. Without it, mappings of a list correspond by their “id”, then by their place. A mapping that is new in a
	// list of mappings with identities has none.
	Identity any
	// Paragraph mappings are written one key a line and set off from their neighbours in a list by a blank line.
	Paragraph bool

	keys   []string
	values []Value
}

// Set gives a key a value; a new key goes to the end.
func (m *Map) Set(key string, v Value) {
	if i := slices.Index(m.keys, key); i >= 0 {
		m.values[i] = v
		return
	}
	m.keys, m.values = append(m.keys, key), append(m.values, v)
}

// Get returns the value of a key, or nil.
func (m *Map) Get(key string) Value {
	if i := slices.Index(m.keys, key); i >= 0 {
		return m.values[i]
	}
	return nil
}

// Equal reports whether two mappings say the same, in whatever order.
func (m *Map) Equal(other *Map) bool { return equal(m, other) }

// equal compares what two values say.
func equal(a, b Value) bool {
	switch a := a.(type) {
	case *Map:
		b, ok := b.(*Map)
		if !ok || len(a.keys) != len(b.keys) {
			return false
		}
		for i, k := range a.keys {
			if !slices.Contains(b.keys, k) || !equal(a.values[i], b.Get(k)) {
				return false
			}
		}
		return true
	case []Value:
		b, ok := b.([]Value)
		return ok && slices.EqualFunc(a, b, equal)
	}
	return reflect.DeepEqual(a, b)
}

// Render writes a mapping as a new text.
func Render(m *Map) []byte {
	r := renderer{newline: "\n"}
	return []byte(strings.TrimPrefix(r.pairs(m, 0), "\n") + "\n")
}

// lineWidth is how long a mapping may get before it is written one key a line.
const lineWidth = 100

// A renderer writes values as YAML.
type renderer struct{ newline string }

// pairs writes a mapping one key a line, each preceded by a line break.
func (r renderer) pairs(m *Map, indent int) string {
	var b strings.Builder
	for i, k := range m.keys {
		b.WriteString(r.newline + strings.Repeat(" ", indent) + r.scalar(k, false) + ":" + r.block(m.values[i], indent))
	}
	return b.String()
}

// block writes a value behind the colon of a key that is indented by indent.
func (r renderer) block(v Value, indent int) string {
	switch v := v.(type) {
	case *Map:
		if len(v.keys) == 0 {
			return " {}"
		}
		return r.pairs(v, indent+2)
	case []Value:
		if !slices.ContainsFunc(v, isMap) {
			return " " + r.flow(v)
		}
		var b strings.Builder
		for i, item := range v {
			if m, ok := item.(*Map); ok && m.Paragraph && i > 0 {
				b.WriteString(r.newline)
			}
			b.WriteString(r.item(item, indent+2, false))
		}
		return b.String()
	case string:
		if strings.Contains(v, "\n") {
			return " " + r.text(v, indent)
		}
	}
	return " " + r.flow(v)
}

func isMap(v Value) bool { _, ok := v.(*Map); return ok }

// item writes an item of a list with its dash at column indent, preceded by a line break.
func (r renderer) item(v Value, indent int, forceFlow bool) string {
	dash := r.newline + strings.Repeat(" ", indent) + "- "
	m, ok := v.(*Map)
	if !ok {
		return dash + r.flow(v)
	}
	flow := r.flow(m)
	if !m.Paragraph && (forceFlow || len(flow)+indent < lineWidth) && !strings.Contains(flow, `\n`) {
		return dash + flow
	}
	pairs := strings.TrimPrefix(r.pairs(m, indent+2), r.newline)
	return dash + strings.TrimLeft(pairs, " ")
}

// flow writes a value on one line.
func (r renderer) flow(v Value) string {
	var parts []string
	switch v := v.(type) {
	case *Map:
		for i, k := range v.keys {
			parts = append(parts, r.pair(k, v.values[i]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []Value:
		for _, item := range v {
			parts = append(parts, r.inFlow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return r.scalar(v, false)
}

// pair writes a key and its value inside a flow mapping.
func (r renderer) pair(key string, v Value) string {
	return r.scalar(key, true) + ": " + r.inFlow(v)
}

func (r renderer) inFlow(v Value) string {
	switch v.(type) {
	case *Map, []Value:
		return r.flow(v)
	}
	return r.scalar(v, true)
}

// scalar writes a scalar, with quotes where the YAML library wants them.
func (r renderer) scalar(v Value, inFlow bool) string {
	if s, ok := v.(string); ok && plain(s) {
		return s
	}
	node := scalarNode(v)
	var out strings.Builder
	if !inFlow {
		encode(&out, &node)
		return strings.TrimSuffix(out.String(), "\n")
	}
	encode(&out, &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: []*yaml.Node{&node}})
	return strings.TrimSuffix(strings.TrimPrefix(out.String(), "["), "]\n")
}

var (
	word     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*$`)
	reserved = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null)$`)
)

// plain reports whether a text needs no quotes anywhere. It spares most texts the library's encoder, which is slow.
func plain(s string) bool { return word.MatchString(s) && !reserved.MatchString(s) }

// scalarNode returns the node of a scalar. The library's own encoder can't read back every text of several lines that it
// writes, so those are always quoted.
func scalarNode(v Value) yaml.Node {
	var node yaml.Node
	text, ok := v.(string)
	text = strings.ToValidUTF8(text, "\ufffd")
	switch {
	case ok && strings.ContainsAny(text, lineBreaks):
		return yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: yaml.DoubleQuotedStyle}
	case ok:
		v = text
	}
	if err := node.Encode(v); err != nil {
		return yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle}
	}
	return node
}

// encode writes a node. Writing to memory can't fail, and a node of ours is well formed.
func encode(out *strings.Builder, n *yaml.Node) {
	e := yaml.NewEncoder(out)
	_ = e.Encode(n)
	_ = e.Close()
}

// text writes a text of several lines as a literal block below a key that is indented by indent.
func (r renderer) text(s string, indent int) string {
	body := strings.TrimRight(s, "\n")
	breaks := len(s) - len(body)
	if breaks > 1 || !literal(body) {
		return r.scalar(s, false)
	}
	header := "|-"
	if breaks == 1 {
		header = "|"
	}
	pad := r.newline + strings.Repeat(" ", indent+2)
	out := header
	for line := range strings.SplitSeq(body, "\n") {
		if line == "" {
			out += r.newline
			continue
		}
		out += pad + line
	}
	return out
}

// literal reports whether a text survives as the content of a literal block.
func literal(s string) bool {
	if s == "" || s[0] == ' ' || s[0] == '\n' || s[0] == '\t' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && printable(r) != r || r == '\ufeff' || r == '\u2028' || r == '\u2029'
	})
}
