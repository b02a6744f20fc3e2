// Package source reads YAML text into nodes that know where they stand, and changes text without touching the rest of it.
//
// It is what makes two promises of SPEC section 1 hold: every error names file, line and column, and saving one edit is
// a diff of the few lines that it means. It knows nothing of campaigns: [Parse] gives nodes, the caller decodes them into
// [Value] trees, and [Document.Patch] writes the difference between two such trees into the text.
//
// Anchors, aliases, tags and several documents in one file are refused: a file that a person reads from top to bottom
// says each thing where it stands.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxSize is the largest text, in bytes, that is read. A campaign of 500 activities takes about a tenth of it.
const MaxSize = 4 << 20

// maxDepth is how deep mappings and sequences may nest; the format itself needs five.
const maxDepth = 64

// An Error is a problem at one place of a text. Line and Column count from 1 (columns in characters); both are 0 for a
// problem of the text as a whole.
type Error struct {
	File         string
	Line, Column int
	Message      string
}

// Error returns "file:line:column: message".
func (e Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Errors are all the problems of a text, in the order of their places.
type Errors []Error

// Error returns one problem a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Sort puts the problems into the order of their places.
func (e Errors) Sort() {
	sort.SliceStable(e, func(i, j int) bool {
		if e[i].Line != e[j].Line {
			return e[i].Line < e[j].Line
		}
		return e[i].Column < e[j].Column
	})
}

// A Document is YAML text and the node tree read from it.
type Document struct {
	File  string
	Text  []byte
	Root  *yaml.Node // the top-level mapping
	lines []int      // byte offset of each line's start
}

// Parse reads a text whose top level is a mapping. The error is [Errors].
func Parse(file string, text []byte) (*Document, error) {
	d, err := ParseAny(file, text)
	if err == nil && d.Root.Kind != yaml.MappingNode {
		return nil, Errors{d.ErrorAt(d.Root, "the file must be a list of “key: value” lines, not %s", Describe(d.Root))}
	}
	return d, err
}

// ParseAny reads a text with anything at its top level. The error is [Errors].
func ParseAny(file string, text []byte) (*Document, error) {
	d := &Document{File: file, Text: text, lines: lineStarts(text)}
	if err := d.refuse(); err != "" {
		return nil, Errors{{File: file, Message: err}}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, Errors{{File: file, Message: "the file is empty"}}
	} else if err != nil {
		return nil, d.syntaxErrors(err)
	}
	if err := decoder.Decode(&more); err == nil {
		return nil, Errors{d.ErrorAt(&more, "a second YAML document begins here: keep one per file")}
	} else if !errors.Is(err, io.EOF) {
		return nil, d.syntaxErrors(err)
	}
	d.Root = doc.Content[0]
	if errs := d.unsupported(d.Root, 0, nil); len(errs) > 0 {
		return nil, errs
	}
	return d, nil
}

// refuse says why a text can't be YAML that a person wrote, or nothing.
func (d *Document) refuse() string {
	switch {
	case len(d.Text) > MaxSize:
		return fmt.Sprintf("the file is larger than %d MB, which no campaign needs", MaxSize>>20)
	case bytes.IndexByte(d.Text, 0) >= 0 || !utf8.Valid(d.Text):
		return "the file is not UTF-8 text"
	case len(bytes.TrimSpace(bytes.TrimPrefix(d.Text, []byte("\ufeff")))) == 0:
		return "the file is empty"
	}
	return ""
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?(?:line (\d+): )?(?s:(.*))$`)

// countedFromZero matches the messages of the YAML library's parser, which counts lines from 0; its scanner counts from 1.
var countedFromZero = regexp.MustCompile(`^did not find expected (node content|key|'-' indicator|',' or|<)`)

// syntaxErrors turns the YAML library's message into a problem with a place.
func (d *Document) syntaxErrors(err error) Errors {
	parts := yamlLine.FindStringSubmatch(err.Error())
	line, _ := strconv.Atoi(parts[1])
	if line > 0 && countedFromZero.MatchString(parts[2]) {
		line++
	}
	line = min(max(line, 1), len(d.lines))
	text := d.lineText(line)
	column := utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeft(text, " \t")) + 1
	return Errors{{File: d.File, Line: line, Column: column, Message: "not valid YAML: " + strings.TrimPrefix(parts[2], "yaml: ")}}
}

// unsupported finds anchors, aliases, tags, merge keys and bottomless nesting.
func (d *Document) unsupported(n *yaml.Node, depth int, errs Errors) Errors {
	switch {
	case depth > maxDepth:
		return append(errs, d.ErrorAt(n, "nested more than %d levels deep", maxDepth))
	case n.Kind == yaml.AliasNode:
		return append(errs, d.ErrorAt(n, "the alias *%s can't be used here: write the value out", n.Value))
	case n.Anchor != "":
		return append(errs, d.ErrorAt(n, "the anchor &%s can't be used here: write the value out where it is needed", n.Anchor))
	case n.Style&yaml.TaggedStyle != 0:
		return append(errs, d.ErrorAt(n, "the tag %s can't be used here: write the plain value", n.Tag))
	}
	for _, c := range n.Content {
		if errs = d.unsupported(c, depth+1, errs); len(errs) > 100 {
			break
		}
	}
	return errs
}

// ErrorAt is a problem at a node.
func (d *Document) ErrorAt(n *yaml.Node, format string, args ...any) Error {
	return Error{File: d.File, Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)}
}

// Describe names what a node is, as a person would: "a list", "the text “x”".
func Describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.SequenceNode:
		return "a list"
	}
	if n.Value == "" {
		return "nothing"
	}
	value := n.Value
	if r := []rune(value); len(r) > 40 {
		value = string(r[:39]) + "…"
	}
	return "“" + strings.Map(printable, value) + "”"
}

// printable keeps control characters of a file out of messages.
func printable(r rune) rune {
	if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
		return '\ufffd'
	}
	return r
}

// lineBreaks are the characters that end a line in YAML; \r\n is one break.
const lineBreaks = "\r\n\u0085\u2028\u2029"

func lineStarts(text []byte) []int {
	starts := []int{0}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		i += size
		if strings.ContainsRune(lineBreaks, r) && !(r == '\r' && i < len(text) && text[i] == '\n') {
			starts = append(starts, i)
		}
	}
	return starts
}

// lineText returns a line (from 1) without its line break.
func (d *Document) lineText(line int) string {
	end := len(d.Text)
	if line < len(d.lines) {
		end = d.lines[line]
	}
	return strings.TrimRight(string(d.Text[d.lines[line-1]:end]), lineBreaks)
}

// offset returns the byte at which a node starts.
func (d *Document) offset(n *yaml.Node) int {
	at := d.lines[min(n.Line, len(d.lines))-1]
	if n.Line == 1 {
		at += len(d.Text) - len(bytes.TrimPrefix(d.Text, []byte("\ufeff")))
	}
	for range n.Column - 1 {
		_, size := utf8.DecodeRune(d.Text[at:])
		at += size
	}
	return at
}

// lineOf returns the line (from 1) that holds a byte.
func (d *Document) lineOf(offset int) int {
	return sort.Search(len(d.lines), func(i int) bool { return d.lines[i] > offset })
}

// lineEnd returns the offset behind the line break of the line that holds a byte.
func (d *Document) lineEnd(offset int) int {
	if line := d.lineOf(offset); line < len(d.lines) {
		return d.lines[line]
	}
	return len(d.Text)
}

// newline is the line break that the text uses.
func (d *Document) newline() string {
	if i := bytes.IndexByte(d.Text, '\n'); i > 0 && d.Text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
