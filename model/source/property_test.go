package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// texts are values that YAML or the patcher may trip over.
var texts = []string{
	"gold", "true", "~", "5", "1.0", "2026-01-05", "it's", `the "best"`, "a: b", "a #b", "#a", "- a", "[a", "{a}", "a, b", "&a", "*a", "!a",
	"%a", "@a", "`a", "?", "a:", ":a", " a ", "a\tb", "é 日本", "\u00a0", "\\n", "a\nb", "a\nb\n", "a\n\n b\n\n", "\na", "a\n ", "\ta\nb",
	"a\r\nb", "\x01", "\ufeff", "a\u2028b", "<<", "=", "", "null", "y", "{{ name }}, hi", "---", "...", "a\n---\nb", strings.Repeat("long ", 40),
}

// A writer makes up documents in all the styles that a person may use.
type writer struct{ t *rapid.T }

func (w writer) choose(label string, n int) int { return rapid.IntRange(0, n-1).Draw(w.t, label) }

func (w writer) document() string {
	text := w.pick("", "# head\n", "# head\n\n", "---\n", "\ufeff") + "version: 1" + w.behind() + "\n"
	text += w.pairs(0, 2, []string{"name", "tags", "data", "blank"})
	text += "activities:" + w.behind() + "\n"
	indent := strings.Repeat(" ", w.choose("activities indent", 3))
	for i := range 1 + w.choose("activities", 3) {
		text += w.above(indent)
		if w.choose("flow activity", 3) == 0 {
			text += fmt.Sprintf("%s- {id: a%d, label: %s, of: %s}%s\n", indent, i, w.inFlow(), w.flow(1), w.behind())
			continue
		}
		text += indent + "-" + w.pick(" ", " ", " # dash\n"+indent+"  ", "\n"+indent+"  ") + fmt.Sprintf("id: a%d%s\n", i, w.behind())
		text += w.pairs(len(indent)+2, 1, []string{"label", "of", "subsets", "more"})
	}
	if w.choose("after the list", 2) == 0 {
		text += w.pairs(0, 1, []string{"last"})
	}
	text += w.pick("", "", "\n\n", "# tail\n")
	if w.choose("line breaks", 3) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if w.choose("final line break", 3) == 0 {
		text = strings.TrimRight(text, "\r\n")
	}
	return text
}

func (w writer) pick(of ...string) string { return of[w.choose("style", len(of))] }

// behind is what stands behind a value on its line.
func (w writer) behind() string { return w.pick("", "", " # note", "  ") }

// above is what stands above a key or an item.
func (w writer) above(indent string) string {
	return w.pick("", "", "\n", indent+"# about\n", "\n"+indent+"# about\n"+indent+"# more\n", "# elsewhere\n\n")
}

func (w writer) pairs(indent, depth int, keys []string) string {
	pad := strings.Repeat(" ", indent)
	var out strings.Builder
	for _, key := range keys {
		if w.choose("absent", 4) == 0 {
			continue
		}
		out.WriteString(w.above(pad) + pad + key + ":" + w.value(indent, depth))
	}
	return out.String()
}

// value is the rest of the line of a key, and the lines that belong to it.
func (w writer) value(indent, depth int) string {
	pad := strings.Repeat(" ", indent)
	switch w.choose("value", 9) {
	case 0:
		return w.behind() + "\n"
	case 1:
		return " " + w.pick("|", ">", "|-", ">-", "| # note") + "\n" + pad + "  one\n" + w.pick("", "\n", pad+"    deep\n") + pad + "  two # text\n" + w.pick("", "\n")
	case 2:
		return " one\n" + pad + "  two" + w.behind() + "\n"
	case 3:
		return " \"one\n" + pad + "  # two\"" + w.behind() + "\n"
	case 4:
		return " " + w.flow(2) + w.behind() + "\n"
	case 5:
		out := w.behind() + "\n"
		for i := range 1 + w.choose("items", 3) {
			out += w.above(pad+"  ") + pad + "  - " + w.pick(w.plain(), fmt.Sprintf("{id: s%d, n: %s}", i, w.inFlow()), fmt.Sprintf("id: s%d\n%s    n: %s", i, pad, w.plain())) + w.behind() + "\n"
		}
		return out
	case 6:
		if depth > 0 {
			if nested := w.pairs(indent+1+w.choose("indent", 3), depth-1, []string{"p", "q", "r"}); strings.Contains(nested, ":") {
				return w.behind() + "\n" + nested
			}
		}
	}
	return " " + w.plain() + w.behind() + "\n"
}

func (w writer) plain() string {
	return w.pick("gold", "two words", "5", "true", "1.5", "a#b", "it's", "'it''s'", `"say \"x\""`, "日本", "http://x/y", "2026-01-05", "''", `"\n"`, "'# ] }'")
}

func (w writer) inFlow() string {
	return w.pick("gold", "two words", "5", "true", "it's", "'a, ]'", `"\"}"`, "日本", "a#b", "''")
}

func (w writer) flow(depth int) string {
	switch w.choose("flow", 4) {
	case 0:
		return w.pick("[]", "[x]", "[x, y, "+w.inFlow()+"]", "[ x, ]", "["+w.inFlow()+", "+w.inFlow()+"]")
	case 1:
		return w.pick("{}", "{x: 1}", "{ x: "+w.inFlow()+", z: 2 }", "{x, z: 2}", "{x: , z: "+w.inFlow()+"}")
	case 2:
		if depth > 0 {
			return "[{id: s0, of: " + w.flow(depth-1) + "}, {id: s1}]"
		}
	}
	return w.inFlow()
}

// edit changes one thing somewhere in a value; root is whether it is the document.
func edit(t *rapid.T, m *Map, root bool) {
	key := rapid.SampledFrom(append([]string{"new", "blank", "x", "label"}, m.keys...)).Draw(t, "key")
	if root && (key == "version" || key == "activities" && rapid.Bool().Draw(t, "not the list")) {
		key = "name"
	}
	switch old := m.Get(key).(type) {
	case *Map:
		if rapid.IntRange(0, 4).Draw(t, "inside") > 0 {
			edit(t, old, false)
			return
		}
	case []Value:
		if key == "activities" || rapid.IntRange(0, 4).Draw(t, "inside") > 0 {
			m.Set(key, editList(t, old, key == "activities"))
			return
		}
	}
	switch {
	case rapid.IntRange(0, 3).Draw(t, "drop") == 0 && m.Get(key) != nil:
		m.drop(key)
	case m.Get(key) == nil && rapid.Bool().Draw(t, "first") && !root:
		m.first(key, newValue(t))
	default:
		m.Set(key, newValue(t))
	}
}

func editList(t *rapid.T, list []Value, activities bool) []Value {
	list = append([]Value{}, list...)
	i := rapid.IntRange(0, len(list)).Draw(t, "index")
	switch kind := rapid.IntRange(0, 3).Draw(t, "edit of list"); {
	case kind == 3 && len(list) > 1:
		return append(list[1:], list[0])
	case kind == 0 && i < len(list):
		return append(list[:i], list[i+1:]...)
	case kind == 1 && i < len(list):
		if m, ok := list[i].(*Map); ok {
			edit(t, m, false)
			return list
		}
		if !activities {
			list[i] = rapid.SampledFrom(texts).Draw(t, "text")
			return list
		}
	}
	item := Value(group("id", "n"+rapid.StringMatching("[a-z]{3}").Draw(t, "id"), "text", rapid.SampledFrom(texts).Draw(t, "text")))
	if activities {
		item.(*Map).Paragraph = true
	} else if rapid.Bool().Draw(t, "scalar") {
		item = rapid.SampledFrom(texts).Draw(t, "text")
	}
	return append(list[:i:i], append([]Value{item}, list[i:]...)...)
}

func newValue(t *rapid.T) Value {
	text := rapid.SampledFrom(texts).Draw(t, "text")
	switch rapid.IntRange(0, 5).Draw(t, "new value") {
	case 0:
		return []Value{text, 5, true}
	case 1:
		return []Value{group("id", "u", "text", text), group("id", "v")}
	case 2:
		return group("u", text, "v", 5)
	case 3:
		return rapid.SampledFrom([]Value{7, false, 2.5}).Draw(t, "scalar")
	}
	return text
}

// TestPatchSaysWhatItShould edits made-up documents: the result says what the edit says, and what the edit did not touch
// still stands there as it was.
func TestPatchSaysWhatItShould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := writer{t}.document()
		d, before := read(t, text)
		_, after := read(t, text)
		if got := string(d.Patch(before, after)); got != text {
			t.Fatalf("without an edit, this changed\n%s\nto\n%s", text, got)
		}
		for range rapid.IntRange(1, 3).Draw(t, "edits") {
			edit(t, after, true)
		}
		got := string(d.Patch(before, after))
		patched, err := Parse("f.yaml", []byte(got))
		if err != nil {
			t.Fatalf("%v: from\n%s\nto\n%s", err, text, got)
		}
		if says := decode(patched.Root); !equal(says, after) {
			t.Fatalf("from\n%s\nto\n%s\n%s", text, got, cmp.Diff(plainly(after), plainly(says)))
		}
		for i := 0; i < len(d.Root.Content); i += 2 {
			key := d.Root.Content[i].Value
			p := patcher{d: d}
			start, end := p.pairSpan(d.Root, i)
			lines := text[p.lineStart(start):end]
			if equal(before.Get(key), after.Get(key)) && !strings.Contains(got, lines) && end < len(text) {
				t.Fatalf("%q is gone: from\n%s\nto\n%s", lines, text, got)
			}
		}
	})
}

// TestRenderSaysWhatItShould writes made-up values and reads them back.
func TestRenderSaysWhatItShould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := group("version", 1)
		for i := range rapid.IntRange(0, 6).Draw(t, "keys") {
			m.Set(fmt.Sprint("key", i), newValue(t))
		}
		m.Set(rapid.SampledFrom(texts).Draw(t, "odd key"), rapid.String().Draw(t, "odd text"))
		m.Set("activities", []Value{paragraph("id", "a", "of", newValue(t)), paragraph("id", "b", "of", newValue(t))})
		text := Render(m)
		d, err := Parse("f.yaml", text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if says := decode(d.Root); !equal(says, m) {
			t.Fatalf("%s\n%s", text, cmp.Diff(plainly(m), plainly(says)))
		}
	})
}

// plainly turns a value into Go maps, for diffs.
func plainly(v Value) any {
	switch v := v.(type) {
	case *Map:
		out := map[string]any{}
		for i, k := range v.keys {
			out[k] = plainly(v.values[i])
		}
		return out
	case []Value:
		var out []any
		for _, item := range v {
			out = append(out, plainly(item))
		}
		return out
	}
	return v
}
