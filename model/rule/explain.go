package rule

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rendezvous/model/schema"
)

// Explain says in a sentence without a full stop whom the rule selects: "Tier is one of gold, silver and country is FR".
// Attributes and links go by their labels.
func (r Rule) Explain() string {
	if r.Everyone() {
		return "Everyone"
	}
	table := r.schema.Table(r.table)
	e := explainer{schema: r.schema, root: table, row: table}
	text := e.condition(r.Root(), false)
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// explainer puts conditions and values in words.
type explainer struct {
	schema schema.Schema
	root   *schema.Table
	row    *schema.Table
}

// comparisons are the words between two values: of any kind, and between dates.
var comparisons = map[Op][2]string{
	Equal: {"is", "is"}, NotEqual: {"is other than", "is other than"},
	Less: {"is less than", "is before"}, LessOrEqual: {"is at most", "is on or before"},
	Greater: {"is more than", "is after"}, GreaterOrEqual: {"is at least", "is on or after"},
}

// searches are the words before a text, and those of the opposite.
var searches = map[MatchKind][2]string{
	StartsWith: {"starts with", "does not start with"}, EndsWith: {"ends with", "does not end with"},
	Contains: {"contains", "does not contain"}, Like: {"is like", "is not like"},
}

// calls are the words around the value of a helper.
var calls = map[string]string{
	"lower": "%s in small letters", "upper": "%s in capitals", "trim": "%s without spaces around it", "length": "the length of %s",
	"abs": "the size of %s", "round": "%s rounded", "floor": "%s rounded down", "ceil": "%s rounded up",
	"age": "the full years since %s", "day": "the day of the month of %s", "month": "the month of %s", "year": "the year of %s",
}

// aggregates are the words before the value of an aggregate.
var aggregates = map[AggregateFunc]string{
	Count: "the number", Sum: "the sum", Average: "the average", Minimum: "the minimum", Maximum: "the maximum",
}

func (e explainer) condition(n Node, negated bool) string {
	is := map[bool]string{false: "is", true: "is not"}[negated]
	switch n := n.(type) {
	case Not:
		return e.condition(n.Of, !negated)
	case Group:
		if negated {
			return "not (" + e.condition(n, false) + ")"
		}
		return e.group(n)
	case Compare:
		text := e.value(n.Left) + " " + comparisons[n.Op][index(n.Left.Type().Temporal())] + " " + e.value(n.Right)
		if negated {
			return "not (" + text + ")"
		}
		return text
	case In:
		var items []string
		for _, item := range n.List {
			items = append(items, e.value(item))
		}
		of := map[bool]string{false: " is one of ", true: " is none of "}[negated]
		return e.value(n.Of) + of + strings.Join(items, ", ")
	case Empty:
		return e.value(n.Of) + " " + is + " empty"
	case Match:
		return e.value(n.Of) + " " + searches[n.Kind][index(negated)] + " " + plain(n.Text)
	case Some:
		found := map[bool]string{false: "there is at least one of ", true: "there is none of "}[n.None != negated]
		return found + e.list(n.List, n.Where)
	case Literal:
		return map[bool]string{true: "everyone", false: "no one"}[n.Value != negated]
	}
	return e.value(n) + " " + is + " true"
}

func index(second bool) int {
	if second {
		return 1
	}
	return 0
}

func (e explainer) group(g Group) string {
	var parts []string
	for _, n := range g.Of {
		text := e.condition(n, false)
		if _, ok := n.(Group); ok {
			text = "(" + text + ")"
		}
		parts = append(parts, text)
	}
	if g.Or {
		return strings.Join(parts, " or ")
	}
	return strings.Join(parts, " and ")
}

// list names the rows of a list that satisfy a sub-rule.
func (e explainer) list(list Path, where Node) string {
	text := e.path(list)
	if where == nil {
		return text
	}
	return text + " where (" + e.inside(list).condition(where, false) + ")"
}

// inside is the explainer for the rows of a list.
func (e explainer) inside(list Path) explainer {
	at := e.start(list)
	for _, name := range list.Names {
		at = e.schema.Table(at.Link(name).Target)
	}
	e.row = at
	return e
}

func (e explainer) start(p Path) *schema.Table {
	if p.Inner {
		return e.row
	}
	return e.root
}

// path names an attribute or a list with the labels of its parts. An attribute of the rule's own row inside a sub-rule is
// told from those of the list.
func (e explainer) path(p Path) string {
	at := e.start(p)
	var words []string
	for i, name := range p.Names {
		link, column := at.Link(name), at.Column(name)
		switch {
		case i == len(p.Names)-1 && column != nil:
			words = append(words, label(column.Label, name))
		case link != nil:
			words = append(words, label(link.Label, name))
			at = e.schema.Table(link.Target)
		}
	}
	text := strings.Join(words, " ")
	if !p.Inner && e.row != e.root {
		text = "their own " + text
	}
	return text
}

// label is a label inside a sentence, or a name made readable.
func label(label, name string) string {
	if label == "" {
		return strings.ReplaceAll(name, "_", " ")
	}
	first, size := utf8.DecodeRuneInString(label)
	if next, _ := utf8.DecodeRuneInString(label[size:]); unicode.IsUpper(next) {
		return label // an abbreviation
	}
	return string(unicode.ToLower(first)) + label[size:]
}

func (e explainer) value(n Node) string {
	switch n := n.(type) {
	case Literal:
		return spoken(n.Value)
	case Attribute:
		return e.path(n.Path)
	case Call:
		return e.call(n)
	case Arithmetic:
		return "(" + e.value(n.Left) + " " + string(n.Op) + " " + e.value(n.Right) + ")"
	case Negate:
		return "minus " + e.value(n.Of)
	case Aggregate:
		text := aggregates[n.Func] + " of "
		if n.Value != nil {
			text += e.inside(n.List).value(n.Value) + " of "
		}
		return text + e.list(n.List, n.Where)
	}
	return ""
}

func (e explainer) call(n Call) string {
	if form, ok := calls[n.Func]; ok {
		return fmt.Sprintf(form, e.value(n.Args[0]))
	}
	unit := map[string]string{"daysAgo": "days", "monthsAgo": "months"}[n.Func]
	if unit == "" {
		return n.Func // today, now
	}
	count, _ := n.Args[0].(Literal).Value.(int64)
	if count < 0 {
		return fmt.Sprintf("%d %s from now", -count, unit)
	}
	return fmt.Sprintf("%d %s ago", count, unit)
}

// spoken is a fixed value in a sentence.
func spoken(v any) string {
	switch v := v.(type) {
	case string:
		return plain(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.Format("2006-01-02 15:04:05 UTC")
	}
	return fmt.Sprint(v)
}

// plain writes a text without quotes where it can't be mistaken.
func plain(text string) string {
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.@", r) {
			return strconv.Quote(text)
		}
	}
	if text == "" {
		return `""`
	}
	return text
}
