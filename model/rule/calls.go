package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"rendezvous/model/schema"
	"rendezvous/model/suggest"
)

// wants is what a helper takes as its argument.
type wants int

const (
	wantsNothing  wants = iota
	wantsText           // any text
	wantsNumber         // an integer or a decimal
	wantsTime           // a date or a datetime
	wantsCount          // a fixed whole number
	wantsDateText       // a text that is a date
)

// helper describes a helper function: its argument, an example for messages and its result.
type helper struct {
	wants   wants
	example string
	result  schema.Type
	limit   int64 // of a wantsCount, either way
}

// helpers are the functions on single values. abs, round, floor and ceil keep the type of their number.
var helpers = map[string]helper{
	"today":     {wantsNothing, "today()", schema.Date, 0},
	"now":       {wantsNothing, "now()", schema.DateTime, 0},
	"daysAgo":   {wantsCount, "daysAgo(30)", schema.Date, 100_000},
	"monthsAgo": {wantsCount, "monthsAgo(6)", schema.Date, 3_000},
	"age":       {wantsTime, "age(birth_date)", schema.Integer, 0},
	"day":       {wantsTime, "day(birth_date)", schema.Integer, 0},
	"month":     {wantsTime, "month(birth_date)", schema.Integer, 0},
	"year":      {wantsTime, "year(birth_date)", schema.Integer, 0},
	"date":      {wantsDateText, `date("2026-01-05")`, schema.Date, 0},
	"lower":     {wantsText, "lower(email)", schema.Text, 0},
	"upper":     {wantsText, "upper(email)", schema.Text, 0},
	"trim":      {wantsText, "trim(email)", schema.Text, 0},
	"length":    {wantsText, "length(email)", schema.Integer, 0},
	"abs":       {wantsNumber, "abs(balance)", schema.Decimal, 0},
	"round":     {wantsNumber, "round(amount)", schema.Decimal, 0},
	"floor":     {wantsNumber, "floor(amount)", schema.Decimal, 0},
	"ceil":      {wantsNumber, "ceil(amount)", schema.Decimal, 0},
}

// listHelpers are the functions on lists, with the form that messages show.
var listHelpers = map[string]string{
	"any":   "any(list) or any(list, rule)",
	"none":  "none(list) or none(list, rule)",
	"count": "count(list) or count(list, rule)",
	"sum":   "sum(list, .attribute) or sum(list, .attribute, rule)",
	"avg":   "avg(list, .attribute) or avg(list, .attribute, rule)",
	"min":   "min(list, .attribute) or min(list, .attribute, rule)",
	"max":   "max(list, .attribute) or max(list, .attribute, rule)",
}

// elsewhere says how to write what other languages have a function for.
var elsewhere = map[string]string{
	"all":      "none(list, not (rule))",
	"exists":   "any(list, rule)",
	"filter":   "any(list, rule) or count(list, rule)",
	"map":      "any(list, rule)",
	"len":      "length(text) or count(list)",
	"average":  "avg(list, .attribute)",
	"mean":     "avg(list, .attribute)",
	"isempty":  "x == nil",
	"isnull":   "x == nil",
	"curdate":  "today()",
	"ceiling":  "ceil(number)",
	"matches":  `like(text, "pattern%")`,
	"contains": `text contains "part"`,
}

// callee returns the name of the function that is called, or reports that there is none.
func (c *checker) callee(n *ast.CallNode) (string, bool) {
	if id, ok := n.Callee.(*ast.IdentifierNode); ok {
		return id.Value, true
	}
	c.fail(n, "%s is not a helper: helpers stand alone, such as lower(email).", c.quoted(n.Callee))
	return "", false
}

// callCondition checks the helpers whose result is true or false. It is not ok for the others.
func (c *checker) callCondition(n *ast.CallNode) (Node, bool) {
	id, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return nil, false
	}
	switch id.Value {
	case "any", "none":
		return c.some(n, id.Value), true
	case "like":
		if len(n.Arguments) != 2 {
			c.fail(n, `like takes a text and a pattern: like(email, "%%.org").`)
			return nil, true
		}
		return c.match(Like, "like", n.Arguments[0], n.Arguments[1]), true
	}
	return nil, false
}

// call checks the helpers whose result is a value.
func (c *checker) call(n *ast.CallNode) Node {
	name, ok := c.callee(n)
	if !ok {
		return nil
	}
	if name == "any" || name == "none" || name == "like" {
		c.fail(n, "%s(…) is a condition, and a value is needed here.", name)
		return nil
	}
	if _, ok := listHelpers[name]; ok {
		return c.aggregate(n, AggregateFunc(name))
	}
	h, ok := helpers[name]
	if !ok {
		c.fail(n.Callee, "There is no helper %s%s", name, c.otherHelper(name))
		return nil
	}
	want := 1
	if h.wants == wantsNothing {
		want = 0
	}
	if len(n.Arguments) != want {
		c.fail(n, "%s is written %s.", name, h.example)
		return nil
	}
	if want == 0 {
		return Call{name, nil, h.result}
	}
	arg := c.argument(n.Arguments[0], name, h)
	if arg == nil {
		return nil
	}
	if h.wants == wantsDateText {
		return arg
	}
	return Call{name, []Node{arg}, resultOf(h, arg)}
}

// resultOf is the type of a helper applied to a value.
func resultOf(h helper, arg Node) schema.Type {
	if h.wants == wantsNumber {
		return arg.Type()
	}
	return h.result
}

// otherHelper is the end of a sentence about a helper that doesn't exist.
func (c *checker) otherHelper(name string) string {
	if form, ok := elsewhere[strings.ToLower(name)]; ok {
		return "; write " + form + "."
	}
	var known []string
	for k := range helpers {
		known = append(known, k)
	}
	for k := range listHelpers {
		known = append(known, k)
	}
	known = append(known, "like")
	slices.Sort(known)
	if near, ok := suggest.Nearest(name, known); ok {
		return "; did you mean " + near + "?"
	}
	return ". The helpers are " + strings.Join(known, ", ") + "."
}

// argument checks the argument of a helper.
func (c *checker) argument(n ast.Node, name string, h helper) Node {
	v := c.value(n, false)
	if v == nil {
		return nil
	}
	l, literal := v.(Literal)
	t := v.Type()
	switch h.wants {
	case wantsTime:
		if v = c.asTime(v, n); v == nil || v.Type().Temporal() {
			return v
		}
	case wantsText:
		if t == schema.Text {
			return v
		}
	case wantsNumber:
		if t.Numeric() {
			return v
		}
	case wantsDateText:
		if literal && t == schema.Text {
			return c.asTime(v, n)
		}
		if literal && t.Temporal() {
			return v
		}
	case wantsCount:
		if i, ok := l.Value.(int64); ok {
			if i > h.limit || i < -h.limit {
				c.fail(n, "%s counts up to %d.", name, h.limit)
				return nil
			}
			return v
		}
	}
	c.fail(n, "%s", fmt.Sprintf("%s needs %s, such as %s, and %s is %s.", name, h.wants, h.example, c.quoted(n), article(t)))
	return nil
}

// String names what is wanted in a sentence.
func (w wants) String() string {
	return [...]string{"nothing", "a text", "a number", "a date", "a fixed whole number", "a date in quotes"}[w]
}

// some checks any and none.
func (c *checker) some(n *ast.CallNode, name string) Node {
	if len(n.Arguments) != 1 && len(n.Arguments) != 2 {
		c.fail(n, "%s is written %s.", name, listHelpers[name])
		return nil
	}
	list, where, ok := c.subRule(n, name, 1, nil)
	if !ok {
		return nil
	}
	return Some{name == "none", list, where}
}

// aggregate checks count, sum, avg, min and max.
func (c *checker) aggregate(n *ast.CallNode, f AggregateFunc) Node {
	valued := 0
	if f != Count {
		valued = 1
	}
	if extra := len(n.Arguments) - 1 - valued; extra != 0 && extra != 1 {
		c.fail(n, "%s is written %s.", f, listHelpers[string(f)])
		return nil
	}
	var value Node
	list, where, ok := c.subRule(n, string(f), 1+valued, func() bool {
		if valued == 0 {
			return true
		}
		value = c.aggregated(n.Arguments[1], f)
		return value != nil
	})
	if !ok {
		return nil
	}
	return Aggregate{f, list, value, where}
}

// aggregated checks the value that is aggregated.
func (c *checker) aggregated(n ast.Node, f AggregateFunc) Node {
	v := c.value(n, false)
	if v == nil {
		return nil
	}
	switch t := v.Type(); {
	case t == schema.Boolean:
		c.fail(n, "%s can't work with %s, which is a boolean: use count(list, rule).", f, c.quoted(n))
	case (f == Sum || f == Average) && !t.Numeric():
		c.fail(n, "%s calculates with numbers, and %s is %s.", f, c.quoted(n), article(t))
	default:
		return v
	}
	return nil
}

// subRule checks the list of a helper and, with names meaning its rows, what the function inside checks and the rule at
// an index of the arguments.
func (c *checker) subRule(n *ast.CallNode, name string, index int, inside func() bool) (Path, Node, bool) {
	list, rows := c.list(n.Arguments[0], name)
	if rows == nil {
		return Path{}, nil, false
	}
	if c.lists == MaxLists {
		c.fail(n, "Lists are nested too deeply: at most %d levels are allowed.", MaxLists)
		return Path{}, nil, false
	}
	before := c.row
	c.row = rows
	c.lists++
	defer func() { c.row = before; c.lists-- }()
	ok := inside == nil || inside()
	if index >= len(n.Arguments) {
		return list, nil, ok
	}
	where := c.condition(n.Arguments[index])
	return list, where, ok && where != nil
}
