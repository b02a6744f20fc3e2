package source

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Patch returns the text that says what after says, given that the document's text says before. Where the two agree,
// the text stays as it is, byte for byte: comments, order of keys, quotes, blank lines.
func (d *Document) Patch(before, after *Map) []byte {
	p := patcher{d: d, renderer: renderer{newline: d.newline()}}
	p.mapping(d.Root, before, after)
	p.closeText()
	return p.apply()
}

// closeText ends a file that had no final line break with one when lines are added or taken away at its end, since a
// literal text says whether a line break ends it. If it was such a text that ended the file, it goes on saying that there
// was none.
func (p *patcher) closeText() {
	size := len(p.d.Text)
	n, text := lastNode(p.d.Root), string(p.d.Text)
	moved := func(s splice) bool { return s.end == size && strings.Contains(text[s.start:]+s.text, "\n") }
	if strings.HasSuffix(text, "\n") || !slices.ContainsFunc(p.splices, moved) {
		return
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		header := strings.FieldsFunc(text[p.d.offset(n):], isSpace)[0]
		at := p.d.offset(n) + len(header)
		replaced := func(s splice) bool { return s.start < at && at <= s.end }
		if !strings.Contains(header, "-") && !slices.ContainsFunc(p.splices, replaced) {
			p.splice(at, at, "-")
		}
	}
	p.splice(size, size, p.newline)
}

// lastNode returns the scalar or flow collection that ends a tree.
func lastNode(n *yaml.Node) *yaml.Node {
	for n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle == 0 {
		n = n.Content[len(n.Content)-1]
	}
	return n
}

// A splice replaces a stretch of the text.
type splice struct {
	start, end int
	text       string
}

// A patcher collects the splices that turn one text into another.
type patcher struct {
	renderer
	d       *Document
	splices []splice
}

func (p *patcher) splice(start, end int, text string) {
	p.splices = append(p.splices, splice{start, end, text})
}

func (p *patcher) apply() []byte {
	sort.SliceStable(p.splices, func(i, j int) bool { return p.splices[i].start < p.splices[j].start })
	var out bytes.Buffer
	at := 0
	for _, s := range p.splices {
		if s.start > at {
			out.Write(p.d.Text[at:s.start])
		}
		out.WriteString(s.text)
		at = max(at, s.end)
	}
	out.Write(p.d.Text[at:])
	return out.Bytes()
}

// mapping writes the difference of two mappings into the text of a node.
func (p *patcher) mapping(n *yaml.Node, before, after *Map) {
	if n.Style&yaml.FlowStyle != 0 {
		p.flowMapping(n, before, after)
		return
	}
	indent := n.Content[0].Column - 1
	var removed []int
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		was, is := before.Get(key.Value), after.Get(key.Value)
		switch {
		case equal(was, is):
		case is == nil:
			removed = append(removed, i)
		default:
			p.value(key, value, was, is)
		}
	}
	p.removePairs(n, removed)
	previous := 2 * slices.IndexFunc(keyNodes(n), func(key *yaml.Node) bool { return after.Get(key.Value) != nil })
	for _, key := range after.keys {
		if i := pairIndex(n, key); i >= 0 {
			previous = i
			continue
		}
		_, end := p.pairSpan(n, previous)
		at := p.contentEnd(end)
		p.splice(at, at, p.newline+strings.Repeat(" ", indent)+p.scalar(key, false)+":"+p.block(after.Get(key), indent))
	}
}

// keyNodes returns the keys of a mapping.
func keyNodes(n *yaml.Node) []*yaml.Node {
	var keys []*yaml.Node
	for i := 0; i < len(n.Content); i += 2 {
		keys = append(keys, n.Content[i])
	}
	return keys
}

// contentEnd returns the end of the line that holds a byte, without its line break.
func (p *patcher) contentEnd(offset int) int {
	line := p.d.lineOf(offset)
	return p.d.lines[line-1] + len(p.d.lineText(line))
}

func pairIndex(n *yaml.Node, key string) int {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// pairSpan returns the text of the pair whose key is n.Content[i].
func (p *patcher) pairSpan(n *yaml.Node, i int) (start, end int) {
	key, value := n.Content[i], n.Content[i+1]
	start = p.d.offset(key)
	if _, end = p.d.span(value, key.Column-1); p.isBlank(value) {
		end = p.colon(key)
	}
	return start, end
}

// isBlank reports whether a value is not there at all ("key:").
func (p *patcher) isBlank(value *yaml.Node) bool {
	return value.Kind == yaml.ScalarNode && value.Value == "" && value.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// colon returns the offset behind the colon of a key, or behind a key of a flow mapping that has none (“{a}”).
func (p *patcher) colon(key *yaml.Node) int {
	_, end := p.d.span(key, 0)
	rest := bytes.TrimLeft(p.d.Text[end:], " \t\r\n")
	if !bytes.HasPrefix(rest, []byte(":")) {
		return end
	}
	return len(p.d.Text) - len(rest) + 1
}

// removePairs takes pairs out of a block mapping. The first key of an item shares its line with the dash, so there the
// next pair that stays moves up to its place, behind the comment above it.
func (p *patcher) removePairs(n *yaml.Node, removed []int) {
	next := 0 // the pair that took the place of the first
	for _, i := range removed {
		if i < next {
			continue
		}
		start, end := p.pairSpan(n, i)
		lineStart := p.lineStart(start)
		if len(bytes.TrimSpace(p.d.Text[lineStart:start])) == 0 {
			p.removeLines(p.headStart(lineStart), end)
			continue
		}
		for next = i + 2; slices.Contains(removed, next); {
			next += 2
		}
		head := p.headStart(p.lineStart(p.d.offset(n.Content[next])))
		p.splice(start, head+n.Column-1, "")
	}
}

// lineStart returns the start of the line that holds a byte.
func (p *patcher) lineStart(offset int) int { return p.d.lines[p.d.lineOf(offset)-1] }

// removeLines takes whole lines out. It takes the line break before them, not the one behind, so that what another
// splice puts behind the last line still ends up on a line of its own.
func (p *patcher) removeLines(start, end int) {
	if start == 0 {
		p.splice(0, p.d.lineEnd(end), "")
		return
	}
	p.splice(p.contentEnd(start-1), p.contentEnd(end), "")
}

// headStart returns the start of the comment that stands directly above a line and at its indentation, or the line's own
// start.
func (p *patcher) headStart(lineStart int) int {
	line := p.d.lineOf(lineStart)
	indent := indentation(p.d.lineText(line))
	for line > 1 {
		above := p.d.lineText(line - 1)
		if !strings.HasPrefix(strings.TrimLeft(above, " "), "#") || indentation(above) != indent {
			break
		}
		line--
	}
	return p.d.lines[line-1]
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// value writes the difference of two values of a key that stands in a block mapping.
func (p *patcher) value(key, n *yaml.Node, before, after Value) {
	if p.inside(n, before, after) {
		return
	}
	start, end := p.d.span(n, key.Column-1)
	_, scalar := after.(string)
	if n.Kind == yaml.ScalarNode && scalar && !p.isBlank(n) && !strings.Contains(after.(string), "\n") && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		p.splice(start, end, p.like(n, after.(string), false))
		return
	}
	start, end = p.colon(key), max(end, p.colon(key))
	head, body, several := strings.Cut(p.block(after, key.Column-1), p.newline)
	if !several {
		p.splice(start, end, head)
		return
	}
	// A comment behind the old value stays on the line of the key.
	behind := p.contentEnd(end)
	p.splice(start, behind, head+string(p.d.Text[end:behind])+p.newline+body)
}

// inside patches collections in place, where node and values are of one kind.
func (p *patcher) inside(n *yaml.Node, before, after Value) bool {
	switch after := after.(type) {
	case *Map:
		before, ok := before.(*Map)
		if !ok || n.Kind != yaml.MappingNode || !shareKeys(n, after) {
			return false
		}
		p.mapping(n, before, after)
		return true
	case []Value:
		before, ok := before.([]Value)
		if !ok || n.Kind != yaml.SequenceNode || len(n.Content) != len(before) {
			return false
		}
		partner := align(before, after)
		if !slices.ContainsFunc(partner, func(i int) bool { return i >= 0 }) {
			return false
		}
		p.sequence(n, before, after, partner)
		return true
	}
	return false
}

// shareKeys reports whether a key of a mapping stays.
func shareKeys(n *yaml.Node, after *Map) bool {
	return slices.ContainsFunc(keyNodes(n), func(key *yaml.Node) bool { return after.Get(key.Value) != nil })
}

// like writes a text with the quotes of the scalar that it replaces.
func (p *patcher) like(n *yaml.Node, s string, inFlow bool) string {
	style := n.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle)
	if style == 0 || strings.Contains(s, "\n") {
		return p.scalar(s, inFlow)
	}
	var out strings.Builder
	encode(&out, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: style})
	return strings.TrimSuffix(out.String(), "\n")
}

// flowMapping writes the difference of two mappings into "{a: 1, b: 2}".
func (p *patcher) flowMapping(n *yaml.Node, before, after *Map) {
	var list flowList
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		start, end := p.pairSpan(n, i)
		was, is := before.Get(key.Value), after.Get(key.Value)
		list.add(start, end, is != nil || was == nil)
		if is != nil && !equal(was, is) {
			p.flowValue(value, was, is, end)
		}
	}
	at := -1
	for _, key := range after.keys {
		if i := pairIndex(n, key); i >= 0 {
			at = i / 2
			continue
		}
		list.insert(at, p.pair(key, after.Get(key)))
	}
	p.flowList(n, list)
}

// flowValue writes the difference of two values inside a flow collection; end is where the text of the old one ends.
func (p *patcher) flowValue(n *yaml.Node, before, after Value, end int) {
	if p.inside(n, before, after) {
		return
	}
	if p.isBlank(n) {
		text := " " + p.inFlow(after)
		if p.d.Text[end-1] != ':' {
			text = ":" + text
		}
		p.splice(end, end, text)
		return
	}
	start, end := p.d.span(n, 0)
	if s, ok := after.(string); ok && n.Kind == yaml.ScalarNode {
		p.splice(start, end, p.like(n, s, true))
		return
	}
	p.splice(start, end, p.inFlow(after))
}

// sequence writes the difference of two lists into the text of a node.
func (p *patcher) sequence(n *yaml.Node, before, after []Value, partner []int) {
	if n.Style&yaml.FlowStyle != 0 {
		p.flowSequence(n, before, after, partner)
		return
	}
	kept := make([]bool, len(before))
	last := -1
	for j, v := range after {
		if i := partner[j]; i >= 0 {
			kept[i], last = true, i
			p.itemValue(n, n.Content[i], before[i], v)
			continue
		}
		p.insertItem(n, last, v)
	}
	leading := true
	for i := range before {
		if leading = leading && !kept[i]; !kept[i] {
			p.removeItem(n, i, leading)
		}
	}
}

func (p *patcher) itemValue(list, n *yaml.Node, before, after Value) {
	if equal(before, after) || p.inside(n, before, after) {
		return
	}
	start, end := p.d.span(n, list.Column-1)
	p.splice(start, end, p.inFlow(after))
}

// insertItem puts a new item behind an old one, or at the top of the list.
func (p *patcher) insertItem(n *yaml.Node, last int, v Value) {
	m, _ := v.(*Map)
	spaced := m != nil && m.Paragraph && p.spaced(n)
	neighbour := n.Content[max(last, 0)]
	item := p.item(v, n.Column-1, neighbour.Style&yaml.FlowStyle != 0)
	if last < 0 {
		start, _ := p.itemSpan(n, 0)
		at := p.headStart(start)
		item = strings.TrimPrefix(item, p.newline) + p.newline
		if spaced {
			item += p.newline
		}
		p.splice(at, at, item)
		return
	}
	if spaced {
		item = p.newline + item
	}
	_, end := p.itemSpan(n, last)
	p.splice(end, end, item)
}

// itemSpan returns the lines of an item, from the start of the line of its dash to the end of its last line.
func (p *patcher) itemSpan(n *yaml.Node, i int) (start, end int) {
	start, end = p.d.span(n.Content[i], n.Column-1)
	line := p.d.lineOf(start)
	for line > n.Line && !p.dashed(line, n.Column-1) {
		line--
	}
	return p.d.lines[line-1], p.contentEnd(end)
}

// dashed reports whether the first thing on a line is a dash at an indentation.
func (p *patcher) dashed(line, indent int) bool {
	text := p.d.lineText(line)
	return indentation(text) == indent && strings.HasPrefix(text[indent:], "-")
}

// spaced reports whether blank lines stand between the items of a list; a list of one item counts as spaced.
func (p *patcher) spaced(n *yaml.Node) bool {
	for i := 1; i < len(n.Content); i++ {
		_, end := p.itemSpan(n, i-1)
		if line := p.d.lineOf(end) + 1; line <= len(p.d.lines) && p.blankLine(line) {
			return true
		}
	}
	return len(n.Content) < 2
}

// removeItem takes an item out, with the comment above it and the blank lines that set it off: those above it, or, for
// an item that none that stays precedes (leading), those below.
func (p *patcher) removeItem(n *yaml.Node, i int, leading bool) {
	start, end := p.itemSpan(n, i)
	start = p.headStart(start)
	if leading {
		end = p.d.lineEnd(end)
		for end < len(p.d.Text) && p.blankLine(p.d.lineOf(end)) {
			end = p.d.lineEnd(end)
		}
		p.splice(start, end, "")
		return
	}
	for line := p.d.lineOf(start) - 1; line > 1 && p.blankLine(line); line-- {
		start = p.d.lines[line-1]
	}
	p.removeLines(start, end)
}

func (p *patcher) blankLine(line int) bool { return strings.TrimSpace(p.d.lineText(line)) == "" }

// flowSequence writes the difference of two lists into "[a, b]".
func (p *patcher) flowSequence(n *yaml.Node, before, after []Value, partner []int) {
	var list flowList
	for i, c := range n.Content {
		start, end := p.d.span(c, 0)
		list.add(start, end, slices.Contains(partner, i))
	}
	last := -1
	for j, v := range after {
		if i := partner[j]; i >= 0 {
			last = i
			if !equal(before[i], v) {
				p.flowValue(n.Content[i], before[i], v, list.spans[i].end)
			}
			continue
		}
		list.insert(last, p.inFlow(v))
	}
	p.flowList(n, list)
}

// A flowList is the items of a flow collection: what stands there, what stays, and what comes behind each (index 0: at
// the front).
type flowList struct {
	spans   []splice
	kept    []bool
	inserts [][]string
}

func (l *flowList) add(start, end int, kept bool) {
	l.spans, l.kept = append(l.spans, splice{start: start, end: end}), append(l.kept, kept)
}

func (l *flowList) insert(behind int, text string) {
	for len(l.inserts) <= len(l.spans) {
		l.inserts = append(l.inserts, nil)
	}
	l.inserts[behind+1] = append(l.inserts[behind+1], text)
}

// flowList writes the commas: each kept or new item but the first has one before it.
func (p *patcher) flowList(n *yaml.Node, l flowList) {
	first := slices.Index(l.kept, true)
	lead := func(at int) []string {
		if at < len(l.inserts) {
			return l.inserts[at]
		}
		return nil
	}
	if first < 0 {
		start, _ := p.d.span(n, 0)
		var all []string
		for i := range len(l.spans) + 1 {
			all = append(all, lead(i)...)
		}
		p.splice(start+1, p.d.flowEnd(start)-1, strings.Join(all, ", "))
		return
	}
	for i, s := range l.spans {
		switch {
		case !l.kept[i] && i < first:
			p.splice(s.start, l.spans[i+1].start, "")
		case !l.kept[i]:
			p.splice(l.spans[i-1].end, s.end, "")
		}
	}
	for i := range len(l.spans) + 1 {
		for _, text := range lead(i) {
			if i <= first {
				p.splice(l.spans[first].start, l.spans[first].start, text+", ")
				continue
			}
			p.splice(l.spans[i-1].end, l.spans[i-1].end, ", "+text)
		}
	}
}
