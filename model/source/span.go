package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// span returns where the text of a node begins and ends. YAML's own tree knows only beginnings; indent is the number of
// columns before the key or the dash that the node belongs to, which is where a block scalar ends.
func (d *Document) span(n *yaml.Node, indent int) (start, end int) {
	start = d.offset(n)
	switch {
	case n.Kind == yaml.ScalarNode:
		return start, d.scalarEnd(n, start, indent)
	case n.Style&yaml.FlowStyle != 0:
		return start, d.flowEnd(start)
	case len(n.Content) == 0:
		return start, start
	case n.Kind == yaml.SequenceNode:
		_, end = d.span(n.Content[len(n.Content)-1], n.Column-1)
		return start, end
	}
	last := n.Content[len(n.Content)-2]
	_, end = d.span(n.Content[len(n.Content)-1], last.Column-1)
	if _, key := d.span(last, indent); end <= key {
		end = key + bytes.IndexByte(d.Text[key:], ':') + 1 // a key without a value ends at its colon
	}
	return start, end
}

func (d *Document) scalarEnd(n *yaml.Node, start, indent int) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return quotedEnd(d.Text, start)
	case n.Style&yaml.SingleQuotedStyle != 0:
		return quotedEnd(d.Text, start)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return d.blockScalarEnd(start, indent)
	case n.Value == "":
		return start
	}
	return d.plainEnd(n, start)
}

// Place returns where a character of a plain or quoted scalar's value, counted from 0, stands in the text.
func (d *Document) Place(n *yaml.Node, character int) (line, column int) {
	at := d.offset(n)
	quote := byte(0)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		quote = d.Text[at]
		at++
	}
	for range character {
		at += d.characterSize(at, quote)
	}
	line = d.lineOf(at)
	begin := d.lines[line-1]
	if line == 1 {
		begin += len(d.Text) - len(bytes.TrimPrefix(d.Text, []byte("\ufeff")))
	}
	return line, utf8.RuneCount(d.Text[begin:at]) + 1
}

// escapes are how many bytes escapes of a double-quoted scalar take, where it is not two.
var escapes = map[byte]int{'x': 4, 'u': 6, 'U': 10}

// characterSize returns how many bytes one character of a scalar takes in the text: an escape, or white space around a
// line break, which is one space, takes several.
func (d *Document) characterSize(at int, quote byte) int {
	rest := d.Text[at:]
	blanks := len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
	switch {
	case bytes.ContainsAny(rest[:blanks], "\r\n"):
		return blanks
	case quote == '\'' && bytes.HasPrefix(rest, []byte("''")):
		return 2
	case quote == '"' && len(rest) > 1 && rest[0] == '\\':
		return min(max(2, escapes[rest[1]]), len(rest))
	}
	_, size := utf8.DecodeRune(rest)
	return size
}

// quotedEnd returns the offset behind the closing quote of the quoted scalar at start.
func quotedEnd(text []byte, start int) int {
	quote := text[start]
	for i := start + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		default:
			return i + 1
		}
	}
	return len(text)
}

// blockScalarEnd returns the end of the last line of a literal or folded scalar, without its line break. Blank lines
// behind the text belong to it where the header says so (“|+”).
func (d *Document) blockScalarEnd(start, indent int) int {
	end := d.lineOf(start)
	keep := strings.Contains(strings.Fields(d.lineText(end)[start-d.lines[end-1]:])[0], "+")
	for line := end + 1; line <= len(d.lines); line++ {
		text := d.lineText(line)
		inner := strings.TrimLeft(text, " ")
		if inner == "" {
			if keep && line < len(d.lines) {
				end = line
			}
			continue
		}
		if len(text)-len(inner) <= indent {
			break
		}
		end = line
	}
	return d.lines[end-1] + len(d.lineText(end))
}

// plainEnd returns the end of a plain scalar. Its value, with white space folded, is what stands in the text, so walking
// both at once finds the end whatever the context allows in it.
func (d *Document) plainEnd(n *yaml.Node, start int) int {
	at := start
	for _, word := range strings.FieldsFunc(n.Value, isSpace) {
		found := bytes.Index(d.Text[at:], []byte(word))
		if found < 0 {
			return at
		}
		at += found + len(word)
	}
	return at
}

// flowEnd returns the offset behind the bracket that closes the flow collection at start.
func (d *Document) flowEnd(start int) int {
	depth := 0
	opens := false // whether a quote here opens a scalar, rather than standing inside a plain one
	for i := start; i < len(d.Text); i++ {
		switch c := d.Text[i]; {
		case isBlank(c):
		case c == '#' && isBlank(d.Text[i-1]):
			i = d.lineEnd(i) - 1
		case (c == '"' || c == '\'') && opens:
			i, opens = quotedEnd(d.Text, i)-1, false
		case c == '[' || c == '{':
			depth, opens = depth+1, true
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
			opens = false
		default:
			opens = c == ',' || c == ':' && d.endsKey(i)
		}
	}
	return len(d.Text)
}

// endsKey reports whether a colon stands behind a key, rather than inside a plain scalar.
func (d *Document) endsKey(at int) bool {
	before := d.Text[at-1]
	return before == '"' || before == '\'' || at+1 < len(d.Text) && isBlank(d.Text[at+1])
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// isSpace reports whether YAML folds a character together with its neighbours.
func isSpace(r rune) bool { return r == ' ' || r == '\t' || strings.ContainsRune(lineBreaks, r) }
