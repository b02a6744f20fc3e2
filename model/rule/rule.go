// Package rule is the rule language: the text that selects rows of a table (SPEC section 3). It parses a rule and checks
// it against a schema, prints it back, compiles it to SQL and evaluates it in plain Go.
//
// It never opens a database or reads the clock: the moment of the run comes in with [Context], the rows of [Rule.Eval]
// come in as [Row], and the SQL goes out as text with bound arguments.
//
// # The language
//
// A rule is a condition on one row of a table. A blank rule selects every row; so does `true`.
//
//	tier in ["gold", "silver"] and country == "FR"
//	age >= 18 and not (email endsWith "example.org")
//	any(purchases, .amount >= 100 and .product.name == "Espresso machine")
//	sum(purchases, .amount, .bought_at >= daysAgo(30)) >= 1000
//
// Conditions:
//
//	a == b   a != b   a < b   a <= b   a > b   a >= b
//	a in ["x", "y"]   a not in ["x", "y"]     the list holds fixed values only
//	a == nil   a != nil                       is empty, is not empty; an empty text counts as empty
//	a startsWith "x"   a endsWith "x"   a contains "x"   and   a not startsWith "x" …
//	like(a, "pat%")   not like(a, "pat%")     % is any text, _ any character, \ takes the next one as it is
//	a                                         a boolean attribute alone
//	true   false
//
// They combine with `and`, `or`, `not` and round brackets; "except" is `and not`. `not` binds tighter than a comparison,
// so a comparison under it needs brackets; forgetting them is an error, never another meaning.
//
// Values:
//
//	tier   product.name         an attribute, by its name or through links to one row (1-1, N-1)
//	.amount   .product.name     in a sub-rule: an attribute of the row of the innermost list; without the dot it is
//	                            an attribute of the rule's own row
//	$["First name"]   product["Unit price"]   #["Total"]
//	                            names that are no plain words: after a path, of the rule's own row, of the list's row
//	"text"   'text'   12   1.5   true   false
//	+ - * / %                   on numbers; / always gives a decimal, % wants integers, division by zero is empty
//	lower(t)  upper(t)  trim(t)  length(t)    abs(n)  round(n)  floor(n)  ceil(n)
//	today()  now()  daysAgo(n)  monthsAgo(n)  of the run's clock; negative n lies ahead
//	age(d)                      full years from d to today       day(d)  month(d)  year(d)
//	date("2026-01-05")          a day; date("2026-01-05T09:00:00+01:00") an instant
//
// Lists (links to many rows, 1-N) are asked with a helper, each with an optional sub-rule:
//
//	any(list)     any(list, rule)       at least one row          none(list) …       no row
//	count(list)   count(list, rule)     how many
//	sum(list, value)   sum(list, value, rule)   and avg, min, max: of the value over the rows that have one
//
// The sum of nothing is 0, its count 0, its average, minimum and maximum empty.
//
// # Meaning
//
// Logic has two values. A comparison with an empty side is false, whichever operator it has; so `country != "FR"` selects
// the rows with another country, and `not (country == "FR")` also those without one. `a not in […]`, `a not contains …`
// and their like are negations: they hold for an empty a. A rule and its negation therefore split every table in two.
//
// Texts are equal when they are the same characters, and ordered by code point. startsWith, endsWith, contains and like
// ignore case. Numbers are compared exactly, integers and decimals with each other too.
//
// A text compared with a date or a datetime is read as one. Days are calendar days in the zone of the run's clock, and a
// day compared with an instant is compared with the instant's day: `bought_at == "2026-01-05"` is all of that day,
// `bought_at > "2026-01-05"` starts when it is over.
package rule

import (
	"fmt"
	"strings"
	"time"

	"rendezvous/model/schema"
)

// Limits that keep every rule within what a database accepts in one statement.
const (
	// MaxLength is the longest text of a rule, in bytes.
	MaxLength = 64 << 10
	// MaxDepth is how deep groups and calculations nest.
	MaxDepth = 100
	// MaxLists is how deep sub-rules nest.
	MaxLists = 8
	// MaxLinks is how many links one path follows.
	MaxLinks = 8
	// MaxListed is how many values all the lists after in hold together.
	MaxListed = 20_000
	// MaxPattern is the longest text, in characters, that contains, like and their kin look for.
	MaxPattern = 1000
)

// A Rule selects rows of one table. It is a value: it never changes, and copies are cheap. The zero Rule selects
// every row.
type Rule struct {
	root   Node
	schema schema.Schema
	table  string
}

// Context is what a rule takes from the run.
type Context struct {
	// Now is the run's clock. today, daysAgo and their kin are calendar days in its zone; its seconds are whole.
	Now time.Time
}

// A Row is one row of a table, for [Rule.Eval].
type Row interface {
	// Value returns the value of a column: nil, string, int64, float64, bool or time.Time. The day of a date column is
	// the calendar day of its time.Time in the zone that it carries. A value of another type counts as empty.
	Value(column string) any
	// Linked returns the rows that a link leads to.
	Linked(link string) []Row
}

// Parse reads text as a rule on rows of a table and checks it against the schema. The error is [Errors]. The schema must
// not change while the rule is in use.
func Parse(text string, s schema.Schema, table string) (Rule, error) {
	root, problems := parse(text, s, table)
	if len(problems) > 0 {
		return Rule{}, problems
	}
	return Rule{root, s, table}, nil
}

// Build makes a rule of a tree, under the same checks as [Parse]. The positions of its errors are those in the text of
// the tree, [Format].
func Build(root Node, s schema.Schema, table string) (Rule, error) {
	return Parse(Format(root), s, table)
}

// Root returns the typed tree in its canonical form: groups of the same kind are merged, fixed values stand on the right,
// and double negations are gone. It must not be changed.
func (r Rule) Root() Node {
	if r.root == nil {
		return Literal{true}
	}
	return r.root
}

// Table returns the table whose rows the rule selects.
func (r Rule) Table() string { return r.table }

// Everyone reports whether the rule is plainly `true`.
func (r Rule) Everyone() bool { return r.Root() == Node(Literal{true}) }

// Not returns the rule that selects exactly the other rows.
func (r Rule) Not() Rule {
	r.root = negate(r.Root())
	return r
}

// String returns the canonical text: parsing it gives an equal tree.
func (r Rule) String() string { return Format(r.Root()) }

// An Error is one thing that is wrong with the text of a rule.
type Error struct {
	Column  int // the first character it is about, counted in runes from 1 over the whole text, line ends included
	End     int // the character after the last one it is about
	Message string
}

// Error returns the message behind its column.
func (e Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Message) }

// Errors is everything that is wrong with the text of a rule, in the order of the text.
type Errors []Error

// Error returns one line for each error.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single errors.
func (e Errors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}
