package rule

import (
	"slices"

	"rendezvous/model/schema"
)

// A Node is a part of a rule: a condition or a value. Conditions are of type boolean.
type Node interface {
	// Type returns the type of the value; [schema.Boolean] for a condition.
	Type() schema.Type
}

// Conditions.
type (
	// A Group joins conditions. In canonical form it has at least two, none of them a group of the same kind.
	Group struct {
		Or bool // any of them rather than all
		Of []Node
	}
	// Not is the opposite of a condition: not in, not contains, is not empty, except.
	Not struct{ Of Node }
	// A Compare compares two values; it is false when one of them is empty.
	Compare struct {
		Op          Op
		Left, Right Node
	}
	// In holds when the value is one of the list, which holds constants only.
	In struct {
		Of   Node
		List []Node
	}
	// Empty holds when there is no value, or an empty text.
	Empty struct{ Of Node }
	// A Match looks for a text in a text, regardless of case.
	Match struct {
		Kind MatchKind
		Of   Node
		Text string
	}
	// Some holds when at least one row of a list satisfies a rule, or none does.
	Some struct {
		None  bool
		List  Path
		Where Node // nil for any row
	}
)

// Values.
type (
	// A Literal is a fixed value: string, int64, float64, bool, [Day] or a UTC time.Time of whole seconds.
	Literal struct{ Value any }
	// An Attribute is a column of a row, or of a row that it leads to.
	Attribute struct {
		Path Path // links, then the column
		Kind schema.Type
	}
	// A Call applies one of the helper functions.
	Call struct {
		Func string
		Args []Node
		Kind schema.Type
	}
	// An Arithmetic calculates with two numbers.
	Arithmetic struct {
		Op          ArithmeticOp
		Left, Right Node
	}
	// A Negate changes the sign of a number.
	Negate struct{ Of Node }
	// An Aggregate is one value made of the rows of a list.
	Aggregate struct {
		Func  AggregateFunc
		List  Path
		Value Node // nil for a count
		Where Node // nil for every row
	}
)

// A Path leads from a row through links.
type Path struct {
	Inner bool     // starts at the row of the innermost list, not at the rule's own row
	Names []string // links; for an attribute, the last one is the column
}

// An Op is a comparison.
type Op string

// The comparisons.
const (
	Equal          Op = "=="
	NotEqual       Op = "!="
	Less           Op = "<"
	LessOrEqual    Op = "<="
	Greater        Op = ">"
	GreaterOrEqual Op = ">="
)

// mirrored is the comparison with its sides exchanged.
func (o Op) mirrored() Op {
	switch o {
	case Less:
		return Greater
	case LessOrEqual:
		return GreaterOrEqual
	case Greater:
		return Less
	case GreaterOrEqual:
		return LessOrEqual
	}
	return o
}

// ordered reports whether the comparison asks for an order.
func (o Op) ordered() bool { return o != Equal && o != NotEqual }

// A MatchKind is a way to look for a text.
type MatchKind string

// The ways to look for a text.
const (
	StartsWith MatchKind = "startsWith"
	EndsWith   MatchKind = "endsWith"
	Contains   MatchKind = "contains"
	Like       MatchKind = "like"
)

// An ArithmeticOp is a calculation.
type ArithmeticOp string

// The calculations.
const (
	Add       ArithmeticOp = "+"
	Subtract  ArithmeticOp = "-"
	Multiply  ArithmeticOp = "*"
	Divide    ArithmeticOp = "/"
	Remainder ArithmeticOp = "%"
)

// An AggregateFunc makes one value of many.
type AggregateFunc string

// The aggregates.
const (
	Count   AggregateFunc = "count"
	Sum     AggregateFunc = "sum"
	Average AggregateFunc = "avg"
	Minimum AggregateFunc = "min"
	Maximum AggregateFunc = "max"
)

// A Day is a calendar day, written 2026-01-05.
type Day string

// Type returns boolean.
func (Group) Type() schema.Type { return schema.Boolean }

// Type returns boolean.
func (Not) Type() schema.Type { return schema.Boolean }

// Type returns boolean.
func (Compare) Type() schema.Type { return schema.Boolean }

// Type returns boolean.
func (In) Type() schema.Type { return schema.Boolean }

// Type returns boolean.
func (Empty) Type() schema.Type { return schema.Boolean }

// Type returns boolean.
func (Match) Type() schema.Type { return schema.Boolean }

// Type returns boolean.
func (Some) Type() schema.Type { return schema.Boolean }

// Type returns the type of the value.
func (l Literal) Type() schema.Type {
	switch l.Value.(type) {
	case int64:
		return schema.Integer
	case float64:
		return schema.Decimal
	case bool:
		return schema.Boolean
	case Day:
		return schema.Date
	case string:
		return schema.Text
	}
	return schema.DateTime
}

// Type returns the type of the column.
func (a Attribute) Type() schema.Type { return a.Kind }

// Type returns the type of the result.
func (c Call) Type() schema.Type { return c.Kind }

// Type returns integer when both sides are, except for a division, which is decimal.
func (a Arithmetic) Type() schema.Type {
	if a.Op == Divide || a.Left.Type() == schema.Decimal || a.Right.Type() == schema.Decimal {
		return schema.Decimal
	}
	return schema.Integer
}

// Type returns the type of the number.
func (n Negate) Type() schema.Type { return n.Of.Type() }

// Type returns the type of the aggregate: integer for a count, decimal for a sum and an average.
func (a Aggregate) Type() schema.Type {
	switch a.Func {
	case Count:
		return schema.Integer
	case Sum, Average:
		return schema.Decimal
	}
	return a.Value.Type()
}

// negate returns the opposite of a condition; the opposite of a negation is what it negates.
func negate(n Node) Node {
	switch n := n.(type) {
	case Not:
		return n.Of
	case Literal:
		if b, ok := n.Value.(bool); ok {
			return Literal{!b}
		}
	}
	return Not{n}
}

// group joins conditions, merging the groups of the same kind among them.
func group(or bool, of []Node) Node {
	var flat []Node
	for _, n := range of {
		if g, ok := n.(Group); ok && g.Or == or {
			flat = append(flat, g.Of...)
			continue
		}
		flat = append(flat, n)
	}
	if len(flat) == 1 {
		return flat[0]
	}
	return Group{or, flat}
}

// clockFuncs are the helpers whose value is fixed for a run.
var clockFuncs = []string{"today", "now", "daysAgo", "monthsAgo"}

// constant reports whether a value is the same for every row of a run.
func constant(n Node) bool {
	switch n := n.(type) {
	case Literal:
		return true
	case Call:
		return slices.Contains(clockFuncs, n.Func)
	}
	return false
}
