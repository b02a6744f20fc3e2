package source

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestParseErrors(t *testing.T) {
	deep := strings.Repeat("[", 70) + strings.Repeat("]", 70)
	tests := []struct{ name, text, want string }{
		{"empty", "", "f.yaml: the file is empty"},
		{"blank", " \n\t\n", "f.yaml: the file is empty"},
		{"byte order mark alone", "\ufeff", "f.yaml: the file is empty"},
		{"comments alone", "# nothing\n# here\n", "f.yaml: the file is empty"},
		{"binary", "a: \x00", "f.yaml: the file is not UTF-8 text"},
		{"Latin-1", "a: caf\xe9", "f.yaml: the file is not UTF-8 text"},
		{"too large", "a: " + strings.Repeat("x", 50<<20), "f.yaml: the file is larger than 4 MB, which no campaign needs"},
		{"a list", "- a\n- b\n", "f.yaml:1:1: the file must be a list of “key: value” lines, not a list"},
		{"a word", "\n  hello", "f.yaml:2:3: the file must be a list of “key: value” lines, not “hello”"},
		{"null", "~", "f.yaml:1:1: the file must be a list of “key: value” lines, not “~”"},
		{"document start alone", "---\n", "f.yaml:2:1: the file must be a list of “key: value” lines, not nothing"},
		{"two documents", "a: 1\n---\nb: 2\n", "f.yaml:2:1: a second YAML document begins here: keep one per file"},
		{"broken second document", "a: 1\n---\nb: [\n", "f.yaml:4:1: not valid YAML: did not find expected node content"},
		{"syntax", "a: 1\nb: [1, 2\nc: 3\n", "f.yaml:2:1: not valid YAML: did not find expected ',' or ']'"},
		{"tab", "a:\n\tb: 1\n", "f.yaml:2:2: not valid YAML: found character that cannot start any token"},
		{"anchor", "a: &x 1\n", "f.yaml:1:4: the anchor &x can't be used here: write the value out where it is needed"},
		{"tag", "a: !!int 1\n", "f.yaml:1:4: the tag !!int can't be used here: write the plain value"},
		{"local tag", "a: !mine 1\n", "f.yaml:1:4: the tag !mine can't be used here: write the plain value"},
		{"merge key", "a: &x {b: 1}\nc:\n  <<: *x\n",
			"f.yaml:1:4: the anchor &x can't be used here: write the value out where it is needed\n" +
				"f.yaml:3:7: the alias *x can't be used here: write the value out"},
		{"deep", "a: " + deep, "f.yaml:1:68: nested more than 64 levels deep"},
		{"bottomless", "a: " + strings.Repeat("[", 20_000), "f.yaml:1:1: not valid YAML: exceeded max depth of 10000"},
		{"character columns", "é: {ü: &x 1}\n", "f.yaml:1:8: the anchor &x can't be used here: write the value out where it is needed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Parse("f.yaml", []byte(tt.text))
			if err == nil {
				t.Fatalf("parsed as %v", decode(d.Root))
			}
			if got := err.Error(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			var errs Errors
			if !errors.As(err, &errs) || len(errs) == 0 {
				t.Errorf("%T is not Errors", err)
			}
		})
	}
}

func TestErrorsSort(t *testing.T) {
	errs := Errors{{"f", 2, 1, "c"}, {"f", 1, 5, "b"}, {"f", 1, 2, "a"}, {"f", 2, 1, "d"}, {"f", 0, 0, "whole"}}
	errs.Sort()
	if got, want := errs.Error(), "f: whole\nf:1:2: a\nf:1:5: b\nf:2:1: c\nf:2:1: d"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDescribe(t *testing.T) {
	tests := []struct{ yaml, want string }{
		{"{a: 1}", "a group of keys"},
		{"[a]", "a list"},
		{`""`, "nothing"},
		{"gold", "“gold”"},
		{`"a\tb\x1bc"`, "“a\ufffdb\ufffdc”"},
		{strings.Repeat("é", 40), "“" + strings.Repeat("é", 40) + "”"},
		{strings.Repeat("é", 41), "“" + strings.Repeat("é", 39) + "…”"},
	}
	for _, tt := range tests {
		d := parse(t, "a: "+tt.yaml+"\n")
		if got := Describe(d.Root.Content[1]); got != tt.want {
			t.Errorf("%s is %s, want %s", tt.yaml, got, tt.want)
		}
	}
}

// spanned returns the text that the span of a key's value covers.
func spanned(d *Document, key string) string {
	i := pairIndex(d.Root, key)
	start, end := d.span(d.Root.Content[i+1], d.Root.Content[i].Column-1)
	return string(d.Text[start:end])
}

func TestSpan(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "a: gold tier # note\n", "gold tier"},
		{"plain, several lines", "a: gold\n  tier\n\n  silver # note\nb: 1\n", "gold\n  tier\n\n  silver"},
		{"plain with no-break space", "a: gold\u00a0\n", "gold\u00a0"},
		{"plain with hash", "a: b#c\n", "b#c"},
		{"plain with quotes", "a: it's \"so\" # note\n", `it's "so"`},
		{"single quoted", "a: 'it''s' # note\n", "'it''s'"},
		{"double quoted", `a: "say \"hi\" \\" # note` + "\n", `"say \"hi\" \\"`},
		{"double quoted, several lines", "a: \"one\n  two\" # note\n", "\"one\n  two\""},
		{"quotes hold markers", "a: '# [x] {y}'\n", "'# [x] {y}'"},
		{"literal", "a: |\n  one\n\n  two\n\nb: 1\n", "|\n  one\n\n  two"},
		{"literal with comment", "a: | # note\n  one\n# behind\nb: 1\n", "| # note\n  one"},
		{"literal that keeps line breaks", "a: |+\n  one\n\nb: 1\n", "|+\n  one\n"},
		{"literal with deep indent", "a: |2\n    one\n  two\nb: 1\n", "|2\n    one\n  two"},
		{"literal at the end", "a: |\n  one", "|\n  one"},
		{"folded", "a: >-\n  one\n  two\nb: 1\n", ">-\n  one\n  two"},
		{"empty literal", "a: |\nb: 1\n", "|"},
		{"flow list", "a: [x, 'y]', \"z]\", {b: it's}] # note\n", "[x, 'y]', \"z]\", {b: it's}]"},
		{"flow list of lines", "a: [\n  x, # it's ]\n  'y]',\n] # note\nb: 1\n", "[\n  x, # it's ]\n  'y]',\n]"},
		{"flow map", "a: {x: it's, y: 'a}', z: \"}\"} # note\n", "{x: it's, y: 'a}', z: \"}\"}"},
		{"block list", "a:\n  - x\n  - y # note\n\nb: 1\n", "- x\n  - y"},
		{"unindented list", "a:\n- x\n- y\nb: 1\n", "- x\n- y"},
		{"block map", "a:\n  x: 1\n  y: 2\nb: 1\n", "x: 1\n  y: 2"},
		{"ends without a value", "a:\n  x: 1\n  y:\nb: 1\n", "x: 1\n  y:"},
		{"ends with an item without a value", "a:\n  - x\n  - y:\nb: 1\n", "- x\n  - y:"},
		{"nothing", "a:\nb: 1\n", ""},
		{"wide characters before", "ключ: 1\na: 日本\n", "日本"},
		{"byte order mark", "\ufeffa: gold\n", "gold"},
		{"windows line breaks", "a: |\r\n  one\r\n  two\r\nb: 1\r\n", "|\r\n  one\r\n  two"},
		{"old Macintosh line breaks", "b: 1\ra: gold\rc: 1\r", "gold"},
		{"Unicode line breaks", "b: 1\u2028a: gold\u0085c: 1\u2029", "gold"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := spanned(parse(t, tt.text), "a"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlaceOfCharacters(t *testing.T) {
	tests := []struct{ name, value, what, want string }{
		{"plain", `tier and age`, "age", "1:13"},
		{"plain of two lines", "tier and\n  age", "age", "2:3"},
		{"single quoted", `'it''s age'`, "age", "1:11"},
		{"double quoted", `"\"it\" \x41 \u00e9 age"`, "age", "1:24"},
		{"quoted, of two lines", "'tier \n   and age'", "age", "2:8"},
		{"wide characters", `日本 age`, "age", "1:7"},
	}
	for _, tt := range tests {
		for _, mark := range []string{"", "\ufeff"} {
			d := parse(t, mark+"a: "+tt.value+"\n")
			n := d.Root.Content[1]
			line, column := d.Place(n, len([]rune(n.Value[:strings.Index(n.Value, tt.what)])))
			if got := fmt.Sprintf("%d:%d", line, column); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
			}
		}
	}
}

func parse(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) *Document {
	t.Helper()
	d, err := Parse("f.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return d
}

// decode reads a node as a campaign's loader does: values that are not there are left out.
func decode(n *yaml.Node) Value {
	switch n.Kind {
	case yaml.MappingNode:
		m := &Map{}
		for i := 0; i < len(n.Content); i += 2 {
			if v := decode(n.Content[i+1]); v != nil {
				m.Set(n.Content[i].Value, v)
			}
		}
		return m
	case yaml.SequenceNode:
		list := []Value{}
		for _, c := range n.Content {
			list = append(list, decode(c))
		}
		return list
	}
	var v any
	if err := n.Decode(&v); err != nil {
		panic(err)
	}
	return v
}
