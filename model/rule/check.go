package rule

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"rendezvous/model/schema"
)

// checker turns the parser's tree into ours. Its methods return nil for what they have reported.
type checker struct {
	*source
	schema  schema.Schema
	root    *schema.Table // of the rule
	row     *schema.Table // of the innermost list, nil outside of sub-rules
	depth   int
	lists   int
	listed  int  // values in lists after in
	tooDeep bool // has been reported
}

// deeper enters a level of nesting, and reports whether that is still allowed.
func (c *checker) deeper(n ast.Node) bool {
	c.depth++
	if c.depth <= MaxDepth {
		return true
	}
	if !c.tooDeep {
		c.fail(n, "The rule is nested too deeply: at most %d levels are allowed.", MaxDepth)
	}
	c.tooDeep = true
	return false
}

// condition checks a part that must be true or false.
func (c *checker) condition(n ast.Node) Node {
	defer func() { c.depth-- }()
	if !c.deeper(n) {
		return nil
	}
	switch n := n.(type) {
	case *ast.BinaryNode:
		if found, ok := c.binaryCondition(n); ok {
			return found
		}
	case *ast.UnaryNode:
		if n.Operator == "not" || n.Operator == "!" {
			if of := c.condition(n.Node); of != nil {
				return negate(of)
			}
			return nil
		}
	case *ast.CallNode:
		if found, ok := c.callCondition(n); ok {
			return found
		}
	}
	v := c.value(n, false)
	if v != nil && v.Type() != schema.Boolean {
		c.fail(n, "%s is %s, not a condition: compare it with a value.", c.quoted(n), article(v.Type()))
		return nil
	}
	return v
}

// logic is the group that an operator makes.
func logic(op string) (or, ok bool) {
	switch op {
	case "and", "&&":
		return false, true
	case "or", "||":
		return true, true
	}
	return false, false
}

// binaryCondition checks the operators whose result is true or false.
func (c *checker) binaryCondition(n *ast.BinaryNode) (Node, bool) {
	if _, ok := logic(n.Operator); ok {
		return c.group(n), true
	}
	switch n.Operator {
	case "==", "!=", "<", "<=", ">", ">=":
		return c.compare(n), true
	case "in":
		return c.in(n), true
	case "startsWith", "endsWith", "contains":
		return c.match(MatchKind(n.Operator), n.Operator, n.Left, n.Right), true
	}
	return nil, false
}

// chained reports whether the parser made n of a comparison with three sides.
func (c *checker) chained(n *ast.BinaryNode) bool {
	_, ok := logic(n.Operator)
	i, known := c.at[n.Location().From-len(wrapBefore)]
	return ok && known && c.tokens[i].Value != n.Operator
}

// group checks conditions joined by and or or. It walks along the left edge instead of down, so that a rule can have
// thousands of them.
func (c *checker) group(n *ast.BinaryNode) Node {
	or, _ := logic(n.Operator)
	var parts []ast.Node
	var rest ast.Node = n
	for {
		b, ok := rest.(*ast.BinaryNode)
		if !ok {
			break
		}
		if c.chained(b) {
			c.fail(b, "A comparison has two sides: write a < b and b < c.")
			return nil
		}
		if same, ok := logic(b.Operator); !ok || same != or {
			break
		}
		parts = append(parts, b.Right)
		rest = b.Left
	}
	parts = append(parts, rest)
	slices.Reverse(parts)
	var of []Node
	for _, part := range parts {
		if one := c.condition(part); one != nil {
			of = append(of, one)
		}
	}
	if len(of) < len(parts) {
		return nil
	}
	return group(or, of)
}

// compare checks a comparison and puts a fixed value on its right.
func (c *checker) compare(n *ast.BinaryNode) Node {
	op := Op(n.Operator)
	if isNil(n.Left) || isNil(n.Right) {
		return c.empty(n, op)
	}
	l, r := c.value(n.Left, false), c.value(n.Right, true)
	if l == nil || r == nil {
		return nil
	}
	if l, r = c.meet(l, r, n.Left, n.Right); l == nil {
		return nil
	}
	if op.ordered() && l.Type() == schema.Boolean {
		c.fail(n, "%s is true or false, which has no order: use == or !=.", c.quoted(n.Left))
		return nil
	}
	if constant(l) && !constant(r) {
		return Compare{op.mirrored(), r, l}
	}
	return Compare{op, l, r}
}

func isNil(n ast.Node) bool {
	_, ok := n.(*ast.NilNode)
	return ok
}

// empty checks a comparison with nil.
func (c *checker) empty(n *ast.BinaryNode, op Op) Node {
	of := n.Left
	if isNil(of) {
		of = n.Right
	}
	if op.ordered() || isNil(of) {
		c.fail(n, "nil means empty: write x == nil or x != nil.")
		return nil
	}
	v := c.value(of, false)
	if v == nil {
		return nil
	}
	if op == NotEqual {
		return Not{Empty{v}}
	}
	return Empty{v}
}

// meet makes two values comparable: it reads texts as dates where the other side is one. It returns nil when it can't.
func (c *checker) meet(l, r Node, left, right ast.Node) (Node, Node) {
	if l.Type().Temporal() {
		if r = c.asTime(r, right); r == nil {
			return nil, nil
		}
	}
	if r.Type().Temporal() {
		if l = c.asTime(l, left); l == nil {
			return nil, nil
		}
	}
	l, r = exact(l, r), exact(r, l)
	a, b := l.Type(), r.Type()
	if a == b || a.Numeric() && b.Numeric() || a.Temporal() && b.Temporal() {
		return l, r
	}
	at := right
	if constant(l) && !constant(r) {
		at = left
	}
	c.fail(at, "%s is %s and %s is %s: they can't be compared.", c.quoted(left), article(a), c.quoted(right), article(b))
	return nil, nil
}

// exact turns a fixed integer that a decimal can't hold exactly into the decimal next to it when it meets a decimal, so
// that every database compares the same two numbers.
func exact(n, other Node) Node {
	const limit = 1 << 53
	l, ok := n.(Literal)
	if !ok || other.Type() != schema.Decimal {
		return n
	}
	if i, ok := l.Value.(int64); ok && (i > limit || i < -limit) {
		return Literal{float64(i)}
	}
	return n
}

// asTime reads a fixed text as a date; other values stay as they are.
func (c *checker) asTime(n Node, at ast.Node) Node {
	l, ok := n.(Literal)
	if !ok || l.Type() != schema.Text {
		return n
	}
	v, problem := parseTime(l.Value.(string))
	if problem != "" {
		c.fail(at, "%s", problem)
		return nil
	}
	return Literal{v}
}

// in checks a list of fixed values.
func (c *checker) in(n *ast.BinaryNode) Node {
	list, ok := n.Right.(*ast.ArrayNode)
	of := c.value(n.Left, false)
	if !ok {
		c.fail(n.Right, `After in comes a list in square brackets, such as %s in ["x", "y"].`, c.quoted(n.Left))
		return nil
	}
	if len(list.Nodes) == 0 {
		c.fail(list, "This list is empty, so nothing could ever be in it.")
		return nil
	}
	if c.listed += len(list.Nodes); c.listed > MaxListed {
		c.fail(list, "The lists of this rule are too long: they may hold %d values together.", MaxListed)
		return nil
	}
	var items []Node
	for _, item := range list.Nodes {
		if v := c.item(item, of, n.Left); v != nil {
			items = append(items, v)
		}
	}
	if of == nil || len(items) < len(list.Nodes) {
		return nil
	}
	if of.Type() == schema.DateTime && mixed(items) {
		c.fail(list, "This list mixes days and instants: write all of one kind.")
		return nil
	}
	return In{of, items}
}

// mixed reports whether values are of more than one type.
func mixed(items []Node) bool {
	return slices.ContainsFunc(items, func(n Node) bool { return n.Type() != items[0].Type() })
}

// item checks a value of a list against the value that is looked up, unless that one is wrong itself.
func (c *checker) item(n ast.Node, of Node, left ast.Node) Node {
	if isNil(n) {
		c.fail(n, "nil can't be in a list: add or %s == nil.", c.quoted(left))
		return nil
	}
	v := c.value(n, true)
	if v == nil {
		return nil
	}
	if !constant(v) {
		c.fail(n, "A list holds fixed values only, and %s is none.", c.quoted(n))
		return nil
	}
	if of == nil {
		return nil
	}
	_, v = c.meet(of, v, left, n)
	return v
}

// match checks a search for a text.
func (c *checker) match(kind MatchKind, name string, left, right ast.Node) Node {
	of := c.text(left, name)
	pattern := c.value(right, true)
	if pattern == nil {
		return nil
	}
	l, ok := pattern.(Literal)
	if !ok || l.Type() != schema.Text {
		c.fail(right, "%s looks for a text in quotes, and %s is %s.", name, c.quoted(right), article(pattern.Type()))
		return nil
	}
	text := l.Value.(string)
	if len([]rune(text)) > MaxPattern {
		c.fail(right, "%s looks for at most %d characters.", name, MaxPattern)
		return nil
	}
	if kind == Like && openEscape(text) {
		c.fail(right, `The pattern ends with a backslash that takes no character: write \\\\ for one backslash.`)
		return nil
	}
	if of == nil {
		return nil
	}
	return Match{kind, of, text}
}

// openEscape reports whether a pattern ends with a backslash that is not itself taken as it is.
func openEscape(pattern string) bool {
	return (len(pattern)-len(strings.TrimRight(pattern, `\`)))%2 == 1
}

// text checks a value that must be a text.
func (c *checker) text(n ast.Node, name string) Node {
	v := c.value(n, false)
	if v != nil && v.Type() != schema.Text {
		c.fail(n, "%s needs a text, and %s is %s.", name, c.quoted(n), article(v.Type()))
		return nil
	}
	return v
}

// value checks a part that must have a value. On the right of an operator, an unknown
// word may be a text without quotes.
func (c *checker) value(n ast.Node, onRight bool) Node {
	defer func() { c.depth-- }()
	if !c.deeper(n) {
		return nil
	}
	switch n := n.(type) {
	case *ast.StringNode:
		return Literal{n.Value}
	case *ast.IntegerNode:
		return Literal{int64(n.Value)}
	case *ast.FloatNode:
		return Literal{n.Value}
	case *ast.BoolNode:
		return Literal{n.Value}
	case *ast.NilNode:
		c.fail(n, "nil means empty and goes with == or != only.")
		return nil
	case *ast.IdentifierNode, *ast.MemberNode, *ast.PointerNode:
		return c.attribute(n, onRight)
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.arithmetic(n)
	case *ast.CallNode:
		return c.call(n)
	case *ast.ArrayNode:
		c.fail(n, "A list in square brackets goes after in only.")
		return nil
	}
	return c.unknown(n)
}

// unknown reports a part that no rule may have, unless scan has done so.
func (c *checker) unknown(n ast.Node) Node {
	if !c.refused {
		c.fail(n, "This has no place in a rule.")
	}
	return nil
}

func (c *checker) unary(n *ast.UnaryNode) Node {
	if n.Operator == "not" || n.Operator == "!" {
		c.fail(n, "not takes %s alone: put the whole condition in brackets, not (…).", c.quoted(n.Node))
		return nil
	}
	of := c.number(n.Node, n.Operator)
	if of == nil || n.Operator == "+" {
		return of
	}
	if l, ok := of.(Literal); ok {
		switch v := l.Value.(type) {
		case int64:
			return Literal{-v}
		case float64:
			return Literal{0 - v} // never a negative zero
		}
	}
	return Negate{of}
}

// number checks a value that must be a number.
func (c *checker) number(n ast.Node, op string) Node {
	v := c.value(n, false)
	if v == nil || v.Type().Numeric() {
		return v
	}
	hint := ""
	if v.Type().Temporal() {
		hint = "; for days ago write daysAgo(30)"
	}
	c.fail(n, "%s calculates with numbers, and %s is %s%s.", op, c.quoted(n), article(v.Type()), hint)
	return nil
}

func (c *checker) arithmetic(n *ast.BinaryNode) Node {
	op := ArithmeticOp(n.Operator)
	switch op {
	case Add, Subtract, Multiply, Divide, Remainder:
	case "==", "!=", "<", "<=", ">", ">=", "in", "startsWith", "endsWith", "contains", "and", "or", "&&", "||":
		if c.chained(n) {
			c.fail(n, "A comparison has two sides: write a < b and b < c.")
		} else {
			c.fail(n, "%s is a condition, and a value is needed here.", c.quoted(n))
		}
		return nil
	default:
		return c.unknown(n)
	}
	l, r := c.number(n.Left, n.Operator), c.number(n.Right, n.Operator)
	if l == nil || r == nil {
		return nil
	}
	for i, side := range []Node{l, r} {
		if at := []ast.Node{n.Left, n.Right}[i]; op == Remainder && side.Type() != schema.Integer {
			c.fail(at, "%% calculates with integers, and %s is %s.", c.quoted(at), article(side.Type()))
			return nil
		}
	}
	return Arithmetic{op, l, r}
}

var articles = map[schema.Type]string{
	schema.Text: "a text", schema.Integer: "an integer", schema.Decimal: "a decimal", schema.Boolean: "a boolean",
	schema.Date: "a date", schema.DateTime: "a datetime",
}

// article names a type in a sentence.
func article(t schema.Type) string { return articles[t] }
