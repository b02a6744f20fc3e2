package source

import (
	"slices"
	"strings"
	"testing"
)

// at follows keys and indexes into a value.
func at(v Value, path ...any) Value {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = v.(*Map).Get(step)
		case int:
			v = v.([]Value)[step]
		}
	}
	return v
}

func mapAt(m *Map, path ...any) *Map { return at(m, path...).(*Map) }

// drop takes a key away.
func (m *Map) drop(key string) {
	i := slices.Index(m.keys, key)
	m.keys, m.values = slices.Delete(m.keys, i, i+1), slices.Delete(m.values, i, i+1)
}

// first puts a key before all others.
func (m *Map) first(key string, v Value) {
	m.keys, m.values = slices.Insert(m.keys, 0, key), slices.Insert(m.values, 0, v)
}

// group makes a mapping of keys and values in turn.
func group(pairs ...any) *Map {
	m := &Map{}
	for i := 0; i < len(pairs); i += 2 {
		m.Set(pairs[i].(string), pairs[i+1])
	}
	return m
}

// insert puts a value into the list of a key.
func insert(m *Map, key string, i int, v Value) {
	m.Set(key, slices.Insert(slices.Clone(m.Get(key).([]Value)), i, v))
}

// remove takes a value out of the list of a key.
func remove(m *Map, key string, i int) {
	m.Set(key, slices.Delete(slices.Clone(m.Get(key).([]Value)), i, i+1))
}

// read parses a text. Items of “activities” get an identity and stand in paragraphs, as those of a campaign.
func read(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) (*Document, *Map) {
	t.Helper()
	d := parse(t, text)
	m := decode(d.Root).(*Map)
	if list, ok := m.Get("activities").([]Value); ok {
		for i, v := range list {
			if item, ok := v.(*Map); ok {
				item.Identity, item.Paragraph = i+1, true
			}
		}
	}
	return d, m
}

// paragraph is a new activity.
func paragraph(pairs ...any) *Map {
	m := group(pairs...)
	m.Paragraph = true
	return m
}

type patchTest struct {
	name, text string
	edit       func(m *Map)
	want       string
}

func runPatches(t *testing.T, tests []patchTest) {
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, variant := range []struct {
				name string
				of   func(string) string
			}{
				{"as written", func(s string) string { return s }},
				{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
			} {
				d, before := read(t, variant.of(tt.text))
				_, after := read(t, variant.of(tt.text))
				if got := string(d.Patch(before, after)); got != string(d.Text) {
					t.Errorf("%s: without an edit, the text changed to\n%s", variant.name, got)
				}
				tt.edit(after)
				got := string(d.Patch(before, after))
				if want := variant.of(tt.want); got != want {
					t.Errorf("%s: got\n%s\nwant\n%s", variant.name, got, want)
				}
				if says := decode(parse(t, got).Root); !equal(says, after) {
					t.Errorf("%s: the text does not say what it should:\n%s", variant.name, got)
				}
			}
		})
	}
}

func TestPatchValues(t *testing.T) {
	set := func(v Value) func(*Map) { return func(m *Map) { m.Set("a", v) } }
	runPatches(t, []patchTest{
		{"plain", "a: gold # tier\nb: 1\n", set("silver"), "a: silver # tier\nb: 1\n"},
		{"single quotes stay", "a: 'gold' # tier\n", set("it's"), "a: 'it''s' # tier\n"},
		{"double quotes stay", "a: \"gold\" # tier\n", set("the \"best\""), "a: \"the \\\"best\\\"\" # tier\n"},
		{"a quoted number becomes another", "a: \"5\"\n", set("6"), "a: \"6\"\n"},
		{"plain that needs quotes", "a: gold # tier\n", set("true"), "a: \"true\" # tier\n"},
		{"plain that looks like a comment", "a: gold\n", set("x # y"), "a: 'x # y'\n"},
		{"empty text", "a: gold\n", set(""), "a: \"\"\n"},
		{"number", "a: 5 # five\n", set(6), "a: 6 # five\n"},
		{"switch", "a: true\n", set(false), "a: false\n"},
		{"decimal", "a: 1.50\n", set(2.5), "a: 2.5\n"},
		{"several lines for one", "a: gold\nb: 1\n", set("one\ntwo\n"), "a: |\n  one\n  two\nb: 1\n"},
		{"several lines keep the comment", "a: gold # tier\nb: 1\n", set("one\ntwo"), "a: |- # tier\n  one\n  two\nb: 1\n"},
		{"one line for several", "a: |\n  one\n  two\nb: 1\n", set("gold"), "a: gold\nb: 1\n"},
		{"literal for folded", "a: >-\n  one\n  two\nb: 1\n", set("one\ntwo\n"), "a: |\n  one\n  two\nb: 1\n"},
		{"text that no literal can hold", "a: gold\n", set(" one\ntwo"), "a: \" one\\ntwo\"\n"},
		{"plain of two lines", "a: one\n  two # note\nb: 1\n", set("gold"), "a: gold # note\nb: 1\n"},
		{"value for a key without one", "a:\nb: 1\n", set("gold"), "a: gold\nb: 1\n"},
		{"value for a key with a comment", "a: # tier\nb: 1\n", set("gold"), "a: gold # tier\nb: 1\n"},
		{"value for null", "a: ~ # tier\nb: 1\n", set("gold"), "a: gold # tier\nb: 1\n"},
		{"value with no-break spaces around it", "a: \u00a0gold\u00a0\nb: 1\n", set("silver"), "a: silver\nb: 1\n"},
		{"list for a text", "a: gold\nb: 1\n", set([]Value{"x", 1, true}), "a: [x, 1, true]\nb: 1\n"},
		{"list for an empty list", "a: []\nb: 1\n", set([]Value{"x"}), "a: [x]\nb: 1\n"},
		{"empty list", "a: [x]\nb: 1\n", set([]Value{}), "a: []\nb: 1\n"},
		{"empty list for a block", "a:\n  - x\n  - y\nb: 1\n", set([]Value{}), "a: []\nb: 1\n"},
		{"groups for a text", "a: gold # tier\nb: 1\n", set([]Value{group("id", "x", "of", 1), group("id", "z")}),
			"a: # tier\n  - {id: x, of: 1}\n  - {id: z}\nb: 1\n"},
		{"group for a group", "a: {x: 1}\nb: 1\n", set(group("z", "2")), "a:\n  z: \"2\"\nb: 1\n"},
		{"empty group", "a: {x: 1}\nb: 1\n", set(group()), "a: {}\nb: 1\n"},
		{"wide characters", "a: 日本 # 名\nb: 1\n", set("東京"), "a: 東京 # 名\nb: 1\n"},
		{"byte order mark", "\ufeffa: gold\nb: 1\n", set("silver"), "\ufeffa: silver\nb: 1\n"},
		{"no final line break", "b: 1\na: gold", set("silver"), "b: 1\na: silver"},
	})
}

func TestPatchKeys(t *testing.T) {
	runPatches(t, []patchTest{
		{"added at the end", "a: 1\nb: 2\n", func(m *Map) { m.Set("c", 3) }, "a: 1\nb: 2\nc: 3\n"},
		{"added without a final line break", "a: 1\nb: 2", func(m *Map) { m.Set("c", 3) }, "a: 1\nb: 2\nc: 3\n"},
		{"added behind a literal that ends the file", "a: 1\nb: |\n  two", func(m *Map) { m.Set("c", 3) }, "a: 1\nb: |-\n  two\nc: 3\n"},
		{"added behind a folded text that ends the file", "a: 1\nb: > # note\n  two", func(m *Map) { m.Set("c", 3) }, "a: 1\nb: >- # note\n  two\nc: 3\n"},
		{"added behind a comment", "a: 1 # one\n\n# two\nb: 2\n", func(m *Map) { m.drop("b"); m.Set("c", 3); m.Set("b", 2) },
			"a: 1 # one\nc: 3\n\n# two\nb: 2\n"},
		{"added at the front", "a: 1\n", func(m *Map) { m.first("z", 0) }, "a: 1\nz: 0\n"},
		{"added behind nothing", "a:\nb: 2\n", func(m *Map) { m.drop("b"); m.Set("a", 1); m.Set("c", 3); m.Set("b", 2) }, "a: 1\nc: 3\nb: 2\n"},
		{"added behind a literal that keeps", "a: |+\n  one\n\nb: 2\n", func(m *Map) { m.drop("b"); m.Set("c", 3); m.Set("b", 2) },
			"a: |+\n  one\n\nc: 3\nb: 2\n"},
		{"several added", "a: 1\nb: 2\n", func(m *Map) { m.Set("c", 3); m.Set("d", group("x", 1)) }, "a: 1\nb: 2\nc: 3\nd:\n  x: 1\n"},
		{"key that needs quotes", "a: 1\n", func(m *Map) { m.Set("no", 1) }, "a: 1\n\"no\": 1\n"},
		{"removed, with its comment", "a: 1\n# two\n# more\nb: 2 # behind\nc: 3\n", func(m *Map) { m.drop("b") }, "a: 1\nc: 3\n"},
		{"removed, first", "a: 1\nb: 2\n", func(m *Map) { m.drop("a") }, "b: 2\n"},
		{"removed, last", "a: 1\nb: 2\n", func(m *Map) { m.drop("b") }, "a: 1\n"},
		{"removed, last, no final line break", "a: 1\nb: 2", func(m *Map) { m.drop("b") }, "a: 1\n"},
		{"removed, a block", "a: 1\nb:\n  - x\n  - y\n\nc: 3\n", func(m *Map) { m.drop("b") }, "a: 1\n\nc: 3\n"},
		{"removed, without a value", "a: 1\nb: 2\nc:\n", func(m *Map) { m.drop("b") }, "a: 1\nc:\n"},
		{"several removed and added", "a: 1\nb: 2\nc: 3\nd: 4\n", func(m *Map) { m.drop("b"); m.drop("d"); m.Set("e", 5); m.Set("a", 9) },
			"a: 9\nc: 3\ne: 5\n"},
		{"nested, changed", "a:\n  x: 1 # one\n  y: 2\nb: 2\n", func(m *Map) { mapAt(m, "a").Set("x", 3) }, "a:\n  x: 3 # one\n  y: 2\nb: 2\n"},
		{"nested, added", "a:\n    x: 1\n    y: 2\nb: 2\n", func(m *Map) { mapAt(m, "a").Set("z", "1\n2\n") },
			"a:\n    x: 1\n    y: 2\n    z: |\n      1\n      2\nb: 2\n"},
		{"nested, removed", "a:\n  x: 1\n  y: 2\nb: 2\n", func(m *Map) { mapAt(m, "a").drop("x") }, "a:\n  y: 2\nb: 2\n"},
		{"nested, all removed", "a:\n  x: 1\n  y: 2\nb: 2\n", func(m *Map) { m.Set("a", group()) }, "a: {}\nb: 2\n"},
		{"first key of an item, removed", "a:\n  - x: 1 # one\n    y: 2\n  - x: 3\n", func(m *Map) { mapAt(m, "a", 0).drop("x") },
			"a:\n  - y: 2\n  - x: 3\n"},
		{"first two keys of an item, removed", "a:\n  - x: 1\n    y: 2\n    z: 3\n  - x: 3\n",
			func(m *Map) { mapAt(m, "a", 0).drop("x"); mapAt(m, "a", 0).drop("y") }, "a:\n  - z: 3\n  - x: 3\n"},
		{"keys of an item behind its dash, removed", "a:\n  -\n    x: 1\n    y: 2\n", func(m *Map) { mapAt(m, "a", 0).drop("x") },
			"a:\n  -\n    y: 2\n"},
		{"first key of an item, removed, next with a comment", "a:\n  - x: 1\n    # why\n    y: 2\n", func(m *Map) { mapAt(m, "a", 0).drop("x") },
			"a:\n  - # why\n    y: 2\n"},
		{"flow, changed", "a: {x: 1, 'y': two} # note\n", func(m *Map) { mapAt(m, "a").Set("y", "a, b") }, "a: {x: 1, 'y': 'a, b'} # note\n"},
		{"flow, added", "a: {x: 1}\n", func(m *Map) { mapAt(m, "a").Set("z", []Value{"[", 1}) }, "a: {x: 1, z: ['[', 1]}\n"},
		{"flow, added with spaces", "a: { x: 1 }\n", func(m *Map) { mapAt(m, "a").Set("z", 2) }, "a: { x: 1, z: 2 }\n"},
		{"flow, added at the front", "a: {x: 1}\n", func(m *Map) { mapAt(m, "a").first("w", 0) }, "a: {w: 0, x: 1}\n"},
		{"flow, first removed", "a: {x: 1, y: 2, z: 3}\n", func(m *Map) { mapAt(m, "a").drop("x") }, "a: {y: 2, z: 3}\n"},
		{"flow, middle removed", "a: {x: 1, y: 2, z: 3}\n", func(m *Map) { mapAt(m, "a").drop("y") }, "a: {x: 1, z: 3}\n"},
		{"flow, last removed", "a: {x: 1, y: 2, z: 3}\n", func(m *Map) { mapAt(m, "a").drop("z") }, "a: {x: 1, y: 2}\n"},
		{"flow, first and last removed, one added", "a: {x: 1, y: 2, z: 3}\n",
			func(m *Map) { mapAt(m, "a").drop("x"); mapAt(m, "a").drop("z"); mapAt(m, "a").Set("w", 4) }, "a: {y: 2, w: 4}\n"},
		{"flow of lines", "a: {\n  x: 1, # one\n  y: 2,\n}\n", func(m *Map) { mapAt(m, "a").Set("y", 3); mapAt(m, "a").Set("z", 4) },
			"a: {\n  x: 1, # one\n  y: 3, z: 4,\n}\n"},
		{"flow, key without a value stays", "a: {x, y: 2}\n", func(m *Map) { mapAt(m, "a").Set("y", 3) }, "a: {x, y: 3}\n"},
		{"flow, key without a value gets one", "a: {x, y: , z: 2}\n", func(m *Map) { mapAt(m, "a").first("x", 1); mapAt(m, "a").Set("y", 3) },
			"a: {x: 1, y: 3 , z: 2}\n"},
		{"flow in flow", "a: [{x: 1, y: {z: [1, 2]}}]\n", func(m *Map) { mapAt(m, "a", 0, "y").Set("z", []Value{1}) }, "a: [{x: 1, y: {z: [1]}}]\n"},
	})
}

func TestPatchLists(t *testing.T) {
	const flows = "a:\n  # first\n  - {id: x, n: 1} # one\n  - {id: y, n: 2}\n\n  # third\n  - {id: z}\nb: 1\n"
	runPatches(t, []patchTest{
		{"flow, appended", "a: [x, y] # note\n", func(m *Map) { insert(m, "a", 2, "z") }, "a: [x, y, z] # note\n"},
		{"flow, inserted first", "a: [x, y]\n", func(m *Map) { insert(m, "a", 0, "w") }, "a: [w, x, y]\n"},
		{"flow, inserted between", "a: [x, y]\n", func(m *Map) { insert(m, "a", 1, "w: 1") }, "a: [x, 'w: 1', y]\n"},
		{"flow, first removed", "a: [x, y, z]\n", func(m *Map) { remove(m, "a", 0) }, "a: [y, z]\n"},
		{"flow, last removed", "a: [x, y, z]\n", func(m *Map) { remove(m, "a", 2) }, "a: [x, y]\n"},
		{"flow, one changed", "a: [x, 'y', z]\n", func(m *Map) { m.Set("a", []Value{"x", "w", "z"}) }, "a: [x, 'w', z]\n"},
		{"flow, all others", "a: [x, y]\n", func(m *Map) { m.Set("a", []Value{"1", "2", "3"}) }, "a: [\"1\", \"2\", \"3\"]\n"},
		{"flow of lines", "a: [\n  x, # it's\n  'y',\n]\nb: 1\n", func(m *Map) { insert(m, "a", 2, "z"); remove(m, "a", 0) }, "a: [\n  'y', z,\n]\nb: 1\n"},
		{"flow, no final line break", "a: [x, y]", func(m *Map) { remove(m, "a", 0) }, "a: [y]"},
		{"block, appended", "a:\n  - x\n  - y # note\nb: 1\n", func(m *Map) { insert(m, "a", 2, "z") }, "a:\n  - x\n  - y # note\n  - z\nb: 1\n"},
		{"block, inserted first", "a:\n  # x\n  - x\n", func(m *Map) { insert(m, "a", 0, "w") }, "a:\n  - w\n  # x\n  - x\n"},
		{"block, not indented", "a:\n- x\n- y\nb: 1\n", func(m *Map) { insert(m, "a", 1, "w") }, "a:\n- x\n- w\n- y\nb: 1\n"},
		{"block, first removed", "a:\n  - x\n  - y\n", func(m *Map) { remove(m, "a", 0) }, "a:\n  - y\n"},
		{"block, last removed, no final line break", "a:\n  - x\n  - y", func(m *Map) { remove(m, "a", 1) }, "a:\n  - x\n"},
		{"block, one changed", "a:\n  - x # note\n  - 'y'\n", func(m *Map) { m.Set("a", []Value{"w", "y"}) }, "a:\n  - w # note\n  - 'y'\n"},
		{"groups, appended", flows, func(m *Map) { insert(m, "a", 3, group("id", "w")) }, strings.Replace(flows, "{id: z}\n", "{id: z}\n  - {id: w}\n", 1)},
		{"groups, inserted", flows, func(m *Map) { insert(m, "a", 1, group("id", "w")) }, strings.Replace(flows, "# one\n", "# one\n  - {id: w}\n", 1)},
		{"groups, first removed", flows, func(m *Map) { remove(m, "a", 0) }, "a:\n  - {id: y, n: 2}\n\n  # third\n  - {id: z}\nb: 1\n"},
		{"groups, middle removed", flows, func(m *Map) { remove(m, "a", 1) }, "a:\n  # first\n  - {id: x, n: 1} # one\n\n  # third\n  - {id: z}\nb: 1\n"},
		{"groups, last removed", flows, func(m *Map) { remove(m, "a", 2) }, "a:\n  # first\n  - {id: x, n: 1} # one\n  - {id: y, n: 2}\nb: 1\n"},
		{"groups, last removed and a key added", flows, func(m *Map) { remove(m, "a", 2); m.drop("b"); m.Set("c", 1); m.Set("b", 1) },
			"a:\n  # first\n  - {id: x, n: 1} # one\n  - {id: y, n: 2}\nc: 1\nb: 1\n"},
		{"groups, one with another id", flows, func(m *Map) { mapAt(m, "a", 2).Set("id", "w") }, strings.Replace(flows, "id: z", "id: w", 1)},
		{"groups, first removed and one added", flows, func(m *Map) { remove(m, "a", 0); insert(m, "a", 2, group("id", "w")) },
			"a:\n  - {id: y, n: 2}\n\n  # third\n  - {id: z}\n  - {id: w}\nb: 1\n"},
		{"groups, all but one removed", flows, func(m *Map) { remove(m, "a", 0); remove(m, "a", 0) }, "a:\n  # third\n  - {id: z}\nb: 1\n"},
		{"groups, all replaced", "a:\n  - {id: x}\n  - {id: y}\nb: 1\n", func(m *Map) { m.Set("a", []Value{group("id", "v"), group("id", "w")}) },
			"a:\n  - {id: v}\n  - {id: w}\nb: 1\n"},
		{"groups, one changed", flows, func(m *Map) { mapAt(m, "a", 1).Set("n", 5) }, strings.Replace(flows, "n: 2", "n: 5", 1)},
		{"groups behind their dashes", "a:\n  -\n    id: x\n  - # why\n    id: y\n", func(m *Map) { remove(m, "a", 1) }, "a:\n  -\n    id: x\n"},
		{"groups behind their dashes, first", "a:\n  -\n    id: x\n  - # why\n    id: y\n", func(m *Map) { remove(m, "a", 0) }, "a:\n  - # why\n    id: y\n"},
		{"groups behind their dashes, inserted", "a:\n  -\n    id: x\n", func(m *Map) { insert(m, "a", 0, group("id", "w")) }, "a:\n  - {id: w}\n  -\n    id: x\n"},
		{"long group", "a:\n  - {id: x}\n", func(m *Map) { insert(m, "a", 1, group("id", "w", "text", strings.Repeat("word ", 20)+"end")) },
			"a:\n  - {id: x}\n  - {id: w, text: " + strings.Repeat("word ", 20) + "end}\n"},
	})
}

func TestPatchActivities(t *testing.T) {
	const text = `version: 1

activities:
  # The start.
  - id: members
    kind: build-audience # all of them

  - id: tiers
    kind: split
    subsets:
      - {id: gold}
      - {id: silver}

  # One line.
  - {id: week, kind: wait}
# The end.
`
	replace := func(old, new string) string { return strings.Replace(text, old, new, 1) }
	runPatches(t, []patchTest{
		{"inserted first", text, func(m *Map) { insert(m, "activities", 0, paragraph("id", "new", "kind", "end")) },
			replace("  # The start.\n", "  - id: new\n    kind: end\n\n  # The start.\n")},
		{"inserted between", text, func(m *Map) { insert(m, "activities", 1, paragraph("id", "new", "kind", "end")) },
			replace("# all of them\n", "# all of them\n\n  - id: new\n    kind: end\n")},
		{"inserted last", text, func(m *Map) { insert(m, "activities", 3, paragraph("id", "new", "subsets", []Value{group("id", "a")})) },
			replace("kind: wait}\n", "kind: wait}\n\n  - id: new\n    subsets:\n      - {id: a}\n")},
		{"first removed", text, func(m *Map) { remove(m, "activities", 0) },
			replace("  # The start.\n  - id: members\n    kind: build-audience # all of them\n\n", "")},
		{"middle removed", text, func(m *Map) { remove(m, "activities", 1) },
			replace("\n  - id: tiers\n    kind: split\n    subsets:\n      - {id: gold}\n      - {id: silver}\n", "")},
		{"last removed", text, func(m *Map) { remove(m, "activities", 2) }, replace("\n  # One line.\n  - {id: week, kind: wait}\n", "")},
		{"all removed but one", text, func(m *Map) { remove(m, "activities", 0); remove(m, "activities", 0) },
			"version: 1\n\nactivities:\n  # One line.\n  - {id: week, kind: wait}\n# The end.\n"},
		{"moved up", text, func(m *Map) {
			week := mapAt(m, "activities", 2)
			remove(m, "activities", 2)
			insert(m, "activities", 0, week)
		}, strings.Replace(replace("\n  # One line.\n  - {id: week, kind: wait}\n", ""), "  # The start.\n", "  - id: week\n    kind: wait\n\n  # The start.\n", 1)},
		{"renamed", text, func(m *Map) { mapAt(m, "activities", 0).Set("id", "folks") }, replace("members", "folks")},
		{"last subset removed and a key added", text, func(m *Map) {
			tiers := mapAt(m, "activities", 1)
			remove(tiers, "subsets", 1)
			tiers.Set("overlap", true)
		}, replace("      - {id: silver}\n", "    overlap: true\n")},
		{"everything at once", text, func(m *Map) {
			mapAt(m, "activities", 0).Set("label", "Folks")
			remove(mapAt(m, "activities", 1), "subsets", 0)
			remove(m, "activities", 2)
			insert(m, "activities", 1, paragraph("id", "new"))
			m.Set("tags", []Value{"x"})
		}, `version: 1

activities:
  # The start.
  - id: members
    kind: build-audience # all of them
    label: Folks

  - id: new

  - id: tiers
    kind: split
    subsets:
      - {id: silver}
tags: [x]
# The end.
`},
	})
}
