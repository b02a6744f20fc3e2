package model

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"rendezvous/model/source"
	"rendezvous/model/suggest"
)

// A Document is a campaign as a text says it.
type Document struct {
	Campaign Campaign
	source   *source.Document
	nodes    map[int]*yaml.Node // of the activities, by origin
	last     int                // the greatest origin given so far, in this reading of the file and those before it
}

// Load reads a campaign. The name stands in messages. The error is [source.Errors]: all that is wrong with the text, in
// the order of places.
func Load(name string, text []byte) (*Document, error) {
	src, err := source.Parse(name, text)
	if err != nil {
		return nil, err
	}
	l := loader{doc: newDocument(src)}
	l.campaign(src.Root)
	if len(l.errs) > 0 {
		l.errs.Sort()
		return nil, l.errs
	}
	return l.doc, nil
}

func newDocument(src *source.Document) *Document {
	return &Document{source: src, nodes: map[int]*yaml.Node{}}
}

// A loader decodes nodes and collects what is wrong with them.
type loader struct {
	doc    *Document
	errs   source.Errors
	broken []string // ids of activities that are reported and left out: whatever follows them is not to blame
}

func (l *loader) fail(n *yaml.Node, format string, args ...any) {
	l.errs = append(l.errs, l.doc.source.ErrorAt(n, format, args...))
}

func (l *loader) campaign(root *yaml.Node) {
	l.version(root)
	l.content(root)
}

// content decodes everything but the version.
func (l *loader) content(root *yaml.Node) {
	activities := field(root, "activities")
	l.doc.Campaign.Settings = l.fields(root, CampaignFields, "a campaign", []string{"version", "activities"})
	switch {
	case activities == nil || activities.Tag == "!!null":
	case activities.Kind != yaml.SequenceNode:
		l.fail(activities, "activities must be a list, not %s", source.Describe(activities))
	default:
		for _, n := range activities.Content {
			l.activity(n)
		}
		l.transitions()
	}
}

func (l *loader) version(root *yaml.Node) {
	n := field(root, "version")
	switch {
	case n == nil:
		l.fail(root, "no version: begin the file with “version: %d”", Version)
	case n.Kind != yaml.ScalarNode || n.Value != fmt.Sprint(Version):
		l.fail(n, "version must be %d, not %s", Version, source.Describe(n))
	}
}

// field returns the value of a key of a mapping, or nil.
func field(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// activity decodes one item of the list. An activity that can't be told apart from others is reported and left out.
func (l *loader) activity(n *yaml.Node) {
	l.doc.last++
	l.doc.nodes[l.doc.last] = n
	if n.Kind != yaml.MappingNode {
		l.fail(n, "an activity must be a group of keys, not %s", source.Describe(n))
		return
	}
	a := Activity{origin: l.doc.last, Kind: l.kind(n)}
	a.ID = l.id(n)
	if id := field(n, "id"); id != nil && (a.ID == "" || a.Kind == nil) {
		l.broken = append(l.broken, id.Value)
	}
	if a.Kind == nil {
		return
	}
	a.Settings = l.fields(n, a.Kind.AllFields(), a.Kind.article(), []string{"id", "kind", "from"})
	if a.ID != "" {
		l.doc.Campaign.Activities = append(l.doc.Campaign.Activities, a)
	}
}

func (k *Kind) article() string {
	if strings.ContainsAny(k.Name[:1], "aeiou") || k.Name == sms.Name { // an S-M-S
		return "an " + k.Name
	}
	return "a " + k.Name
}

func (l *loader) kind(n *yaml.Node) *Kind {
	k := field(n, "kind")
	if k == nil {
		l.fail(n, "the activity has no kind: add one, like “kind: email”")
		return nil
	}
	kind, nearest := FindKind(k.Value)
	if k.Kind != yaml.ScalarNode || kind == nil {
		l.fail(k, "there is no kind %s%s", source.Describe(k), didYouMean(nearest))
	}
	return kind
}

func (l *loader) id(n *yaml.Node) string {
	id := field(n, "id")
	if id == nil {
		l.fail(n, "the activity has no id: add one, like “id: email-gold”")
		return ""
	}
	if err := identifier(id.Value); id.Kind != yaml.ScalarNode || err != nil {
		l.fail(id, "id %v", identifier(""))
		return ""
	}
	if other := l.doc.Campaign.Index(id.Value); other >= 0 {
		line, _ := l.doc.Place(l.doc.Campaign.Activities[other])
		l.fail(id, "the id %s is taken by the activity in line %d", id.Value, line)
		return ""
	}
	return id.Value
}

func didYouMean(name string) string {
	if name == "" {
		return ""
	}
	return ": did you mean “" + name + "”?"
}

// fields decodes a mapping. Keys in also are known and decoded elsewhere.
func (l *loader) fields(n *yaml.Node, fields []Field, owner string, also []string) Settings {
	settings := Settings{}
	seen := map[string]bool{}
	known := slices.Clone(also)
	for _, f := range fields {
		known = append(known, f.Key)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(fields, func(f Field) bool { return f.Key == key.Value })
		switch {
		case seen[key.Value]:
			l.fail(key, "%s stands here a second time", source.Describe(key))
		case at >= 0 && value.Tag != "!!null":
			if v := l.value(value, fields[at]); !isEmpty(v) {
				settings[key.Value] = v
			}
		case at < 0 && !slices.Contains(also, key.Value):
			nearest, _ := suggest.Nearest(key.Value, known)
			l.fail(key, "%s has no key %s%s", owner, source.Describe(key), didYouMean(nearest))
		}
		seen[key.Value] = true
	}
	return settings
}

// value decodes the value of a field, or reports it and returns nil.
func (l *loader) value(n *yaml.Node, f Field) any {
	switch f.Type {
	case Group:
		if l.is(n, yaml.MappingNode, f, "a group of keys") {
			return l.fields(n, f.Of, f.Key, nil)
		}
	case List:
		return l.list(n, f)
	case Words:
		return l.words(n, f)
	case Variables:
		return l.variables(n, f)
	default:
		return l.scalar(n, f)
	}
	return nil
}

func (l *loader) is(n *yaml.Node, kind yaml.Kind, f Field, want string) bool {
	if n.Kind != kind {
		l.fail(n, "%s must be %s, not %s", f.Key, want, source.Describe(n))
	}
	return n.Kind == kind
}

func (l *loader) list(n *yaml.Node, f Field) any {
	if !l.is(n, yaml.SequenceNode, f, "a list") {
		return nil
	}
	var records []Settings
	for _, item := range n.Content {
		if item.Kind != yaml.MappingNode {
			l.fail(item, "an entry of %s must be a group of keys, not %s", f.Key, source.Describe(item))
			continue
		}
		if id := field(item, "id"); (id == nil || id.Tag == "!!null") && slices.ContainsFunc(f.Of, func(f Field) bool { return f.Key == "id" }) {
			l.fail(item, "an entry of %s needs an id, so that “from” can name it", f.Key)
		}
		records = append(records, l.fields(item, f.Of, "an entry of "+f.Key, nil))
	}
	return records
}

func (l *loader) words(n *yaml.Node, f Field) any {
	if !l.is(n, yaml.SequenceNode, f, "a list, like [a, b]") {
		return nil
	}
	var words []string
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || item.Tag == "!!null" {
			l.fail(item, "an entry of %s must be a word, not %s", f.Key, source.Describe(item))
			continue
		}
		words = append(words, item.Value)
	}
	return words
}

func (l *loader) variables(n *yaml.Node, f Field) any {
	if !l.is(n, yaml.MappingNode, f, "a group of names and values") {
		return nil
	}
	values := Settings{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if field(n, key.Value) != value {
			l.fail(key, "%s stands here a second time", source.Describe(key))
			continue
		}
		var v any
		if err := value.Decode(&v); err != nil || value.Kind != yaml.ScalarNode || v == nil {
			l.fail(value, "the variable %s must be a text, a number, true or false, not %s", key.Value, source.Describe(value))
			continue
		}
		if !variableName(key.Value) {
			l.fail(key, "a variable's name must be made of letters, digits and _ and must not be “count”, not %s", source.Describe(key))
			continue
		}
		switch number := v.(type) {
		case string, bool, int:
		case float64:
			if math.IsNaN(number) || math.IsInf(number, 0) {
				v = value.Value
			}
		default:
			v = value.Value
		}
		values[key.Value] = v
	}
	return values
}

// variableName reports whether conditions can use a name; count is the inbound population.
func variableName(s string) bool {
	letters := strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
	return s != "" && letters && (s[0] < '0' || s[0] > '9') && s != "count"
}

func (l *loader) scalar(n *yaml.Node, f Field) any {
	if n.Kind != yaml.ScalarNode {
		l.fail(n, "%s must be %s, not %s", f.Key, f.Type.noun(), source.Describe(n))
		return nil
	}
	if f.Type.textual() && n.Tag != "!!str" && n.Tag != "!!timestamp" {
		l.fail(n, "%s must be a text: put %s in quotes", f.Key, n.Value)
		return nil
	}
	v, err := f.Parse(n.Value)
	if err != nil {
		l.fail(n, "%s %v, not %s", f.Key, err, source.Describe(n))
		return nil
	}
	return v
}

// textual reports whether values are texts of a person's own, which YAML may take for something else (“on”, 1.0).
func (t FieldType) textual() bool { return t <= Order }

func (t FieldType) noun() string {
	switch t {
	case Switch:
		return "true or false"
	case Number:
		return "a whole number"
	}
	return "one value"
}

// transitions decodes “from” of every activity, once all of them are known.
func (l *loader) transitions() {
	c := &l.doc.Campaign
	taken := map[Ref]string{}
	for i := range c.Activities {
		a := &c.Activities[i]
		n := field(l.doc.nodes[a.origin], "from")
		if n == nil || n.Tag == "!!null" {
			continue
		}
		for _, item := range l.fromItems(n, *a) {
			if r, ok := l.ref(item, *a); ok && l.free(item, r, a.ID, taken) {
				a.From = append(a.From, r)
				taken[r] = a.ID
			}
		}
	}
	for _, id := range c.cycle() {
		n := l.doc.nodes[c.Activities[c.Index(id)].origin]
		l.fail(field(n, "from"), "%s follows itself in a circle: a campaign only goes forward", id)
	}
}

func (l *loader) fromItems(n *yaml.Node, a Activity) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		return []*yaml.Node{n}
	}
	if a.Kind.MaxIn >= 0 && len(n.Content) > max(1, a.Kind.MaxIn) {
		l.fail(n, "%s can follow only one activity; an and-join follows several", a.Kind.article())
		return nil
	}
	return n.Content
}

// ref reads one entry of “from”.
func (l *loader) ref(n *yaml.Node, a Activity) (Ref, bool) {
	if n.Kind != yaml.ScalarNode {
		l.fail(n, "from must name an activity, not %s", source.Describe(n))
		return Ref{}, false
	}
	c := l.doc.Campaign
	r, ok := c.Resolve(n.Value)
	if ok {
		return r, true
	}
	source, found := c.Activity(r.Activity)
	switch {
	case !found && slices.Contains(l.broken, r.Activity):
	case !found:
		var ids []string
		for _, b := range c.Activities {
			if b.ID != a.ID {
				ids = append(ids, b.ID)
			}
		}
		nearest, _ := suggest.Nearest(r.Activity, ids)
		l.fail(n, "there is no activity “%s”%s", r.Activity, didYouMean(nearest))
	case len(source.Outputs()) == 0:
		l.fail(n, "nothing can follow %s: %s has no outputs", r.Activity, source.Kind.article())
	case r.Output == "":
		l.fail(n, "%s has several outputs: say which one, like “%s”", r.Activity, source.Refs()[0])
	default:
		var names []string
		for _, o := range source.Outputs() {
			names = append(names, o.ID)
		}
		nearest, _ := suggest.Nearest(r.Output, names)
		l.fail(n, "%s has no output “%s”%s", r.Activity, r.Output, didYouMean(nearest))
	}
	return r, false
}

// free reports whether an output is not followed yet, and says so if it is.
func (l *loader) free(n *yaml.Node, r Ref, by string, taken map[Ref]string) bool {
	other, used := taken[r]
	switch {
	case used && other == by:
		l.fail(n, "%s is ticked twice", r)
	case used:
		l.fail(n, "%s already leads to %s: an output leads to one activity; a fork sends people two ways", r, other)
	}
	return !used
}

// Place returns where an activity, or a value inside it, stands in the text: line and column from 1, or zeros for an
// activity that is not in the text. A path that leads nowhere ends at the last value that exists.
func (d *Document) Place(a Activity, path ...any) (line, column int) {
	n, ok := d.nodes[a.origin]
	if !ok {
		return 0, 0
	}
	return place(n, path)
}

// CampaignPlace is Place for a campaign-wide field.
func (d *Document) CampaignPlace(path ...any) (line, column int) {
	return place(d.source.Root, path)
}

func place(n *yaml.Node, path Path) (line, column int) {
	n = nodeAt(n, path)
	return n.Line, n.Column
}

func nodeAt(n *yaml.Node, path Path) *yaml.Node {
	for _, step := range path {
		next := (*yaml.Node)(nil)
		switch step := step.(type) {
		case string:
			next = field(n, step)
		case int:
			if n.Kind == yaml.SequenceNode && step < len(n.Content) {
				next = n.Content[step]
			}
		}
		if next == nil {
			break
		}
		n = next
	}
	return n
}

// PlaceIn is Place for a character inside a text, counting from 0. Inside a text of several lines, it is the text's place.
func (d *Document) PlaceIn(a Activity, offset int, path ...any) (line, column int) {
	line, column = d.Place(a, path...)
	n, ok := d.nodes[a.origin]
	if !ok {
		return line, column
	}
	n = nodeAt(n, path)
	if n.Kind != yaml.ScalarNode || strings.Contains(n.Value, "\n") || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return line, column
	}
	return d.source.Place(n, offset)
}
