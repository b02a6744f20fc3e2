package rule

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/expr-lang/expr/parser/utils"
)

// Format writes a tree as text. For a tree in canonical form, parsing the text gives the tree back.
func Format(n Node) string {
	var p printer
	p.node(n)
	return p.String()
}

type printer struct{ strings.Builder }

func (p *printer) write(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// wrapped writes a node in round brackets.
func (p *printer) wrapped(n Node) {
	p.write("(")
	p.node(n)
	p.write(")")
}

func (p *printer) node(n Node) {
	switch n := n.(type) {
	case nil:
		p.write("true")
	case Group:
		p.group(n)
	case Not:
		p.not(n.Of)
	case Compare:
		p.beside(n.Left, n.Right)
		p.write(" ", string(n.Op), " ")
		p.beside(n.Right, n.Left)
	case In:
		p.in(n, " in ")
	case Empty:
		p.node(n.Of)
		p.write(" == nil")
	case Match:
		p.match(n, "")
	case Some:
		name := "any"
		if n.None {
			name = "none"
		}
		p.list(name, n.List, nil, n.Where)
	case Aggregate:
		p.list(string(n.Func), n.List, n.Value, n.Where)
	case Literal:
		p.write(literal(n.Value, false))
	case Attribute:
		p.write(n.Path.String())
	case Call:
		p.call(n)
	case Arithmetic:
		p.arithmetic(n)
	case Negate:
		p.write("-")
		p.operand(n.Of, 3)
	}
}

func (p *printer) group(g Group) {
	word := " and "
	if g.Or {
		word = " or "
	}
	for i, n := range g.Of {
		if i > 0 {
			p.write(word)
		}
		if _, ok := n.(Group); ok {
			p.wrapped(n)
		} else {
			p.node(n)
		}
	}
}

// not writes a negation the way people say it.
func (p *printer) not(of Node) {
	switch n := of.(type) {
	case Empty:
		p.node(n.Of)
		p.write(" != nil")
		return
	case In:
		p.in(n, " not in ")
		return
	case Match:
		p.match(n, "not ")
		return
	case Attribute, Some, Literal:
		p.write("not ")
		p.node(n)
		return
	}
	p.write("not ")
	p.wrapped(of)
}

func (p *printer) in(n In, word string) {
	p.node(n.Of)
	p.write(word, "[")
	for i, item := range n.List {
		if i > 0 {
			p.write(", ")
		}
		p.beside(item, n.Of)
	}
	p.write("]")
}

func (p *printer) match(n Match, not string) {
	if n.Kind == Like {
		p.write(not, "like(")
		p.node(n.Of)
		p.write(", ", strconv.Quote(n.Text), ")")
		return
	}
	p.node(n.Of)
	p.write(" ", not, string(n.Kind), " ", strconv.Quote(n.Text))
}

func (p *printer) list(name string, list Path, value, where Node) {
	p.write(name, "(", list.String())
	for _, arg := range []Node{value, where} {
		if arg != nil {
			p.write(", ")
			p.node(arg)
		}
	}
	p.write(")")
}

func (p *printer) call(n Call) {
	p.write(n.Func, "(")
	for i, arg := range n.Args {
		if i > 0 {
			p.write(", ")
		}
		p.node(arg)
	}
	p.write(")")
}

// beside writes a side of a comparison. A fixed date needs no date(…) beside a value that is known to be one.
func (p *printer) beside(n, other Node) {
	l, fixed := n.(Literal)
	_, otherFixed := other.(Literal)
	if fixed && l.Type().Temporal() && !otherFixed && other.Type().Temporal() {
		p.write(literal(l.Value, true))
		return
	}
	p.node(n)
}

func (p *printer) arithmetic(n Arithmetic) {
	level := precedence(n.Op)
	p.operand(n.Left, level)
	p.write(" ", string(n.Op), " ")
	p.operand(n.Right, level+1)
}

func precedence(op ArithmeticOp) int {
	if op == Add || op == Subtract {
		return 1
	}
	return 2
}

// operand writes a side of a calculation, in brackets when it binds less than level.
func (p *printer) operand(n Node, level int) {
	a, ok := n.(Arithmetic)
	_, signed := n.(Negate)
	if ok && precedence(a.Op) < level || signed && level > 2 {
		p.wrapped(n)
		return
	}
	p.node(n)
}

// literal writes a fixed value; a date as bare text where it is read as one.
func literal(v any, bareDate bool) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return decimal(v)
	case bool:
		return strconv.FormatBool(v)
	case Day:
		return dateLiteral(string(v), bareDate)
	case time.Time:
		return dateLiteral(v.Format(time.RFC3339), bareDate)
	}
	return "nil"
}

func dateLiteral(text string, bare bool) string {
	if bare {
		return strconv.Quote(text)
	}
	return "date(" + strconv.Quote(text) + ")"
}

// decimal writes a number so that it is read back as the same decimal, not as an integer.
func decimal(f float64) string {
	format := byte('f')
	if f != 0 && (f < 1e-6 && f > -1e-6 || f >= 1e21 || f <= -1e21) {
		format = 'e'
	}
	text := strconv.FormatFloat(f, format, -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// String writes the path as a rule does.
func (p Path) String() string {
	var b strings.Builder
	for i, name := range p.Names {
		plain := plainName(name)
		switch {
		case plain && (i > 0 || p.Inner):
			b.WriteString(".")
		case i == 0 && p.Inner:
			b.WriteString("#")
		case i == 0 && !plain:
			b.WriteString("$")
		}
		if plain {
			b.WriteString(name)
		} else {
			b.WriteString("[" + strconv.Quote(name) + "]")
		}
	}
	return b.String()
}

// reserved are the words that can't be names without quotes.
var reserved = []string{
	"true", "false", "nil", "and", "or", "not", "in", "let", "matches", "contains", "startsWith", "endsWith",
}

// plainName reports whether a name can be written as a plain word.
func plainName(name string) bool {
	return utils.IsValidIdentifier(name) && !strings.Contains(name, "$") && !slices.Contains(reserved, name)
}
