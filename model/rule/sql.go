package rule

import (
	"strconv"
	"strings"
	"time"

	"rendezvous/model/schema"
)

// SQL compiles the rule to a condition for SQLite's WHERE, with its arguments in the order of the question marks. The
// caller selects from the rule's table under the alias t; the tables that the rule links to are read from the attached
// schema "data" under the aliases t1, t2 …
//
// Names come from the schema only and are quoted; every value is an argument. The statement needs the functions of
// [Functions]. Values are held as texts, integers, reals, booleans as 0 and 1, days as 2026-01-05 and instants as
// 2026-01-05T08:00:00Z.
func (r Rule) SQL(c Context) (where string, args []any) {
	table := r.schema.Table(r.table)
	w := &compiler{schema: r.schema, clock: c.clock(), root: place{"t", table}, row: place{"t", table}}
	w.condition(r.Root(), false)
	return w.String(), w.args
}

// place is a table of the statement.
type place struct {
	alias string
	table *schema.Table
}

// compiler writes a condition. Every value is written exactly once: writing one twice would double the statement at
// each level of nesting.
type compiler struct {
	strings.Builder
	args    []any
	schema  schema.Schema
	clock   clock
	root    place // of names without a dot
	row     place // of names with one
	aliases int
}

func (w *compiler) write(parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}

// bind writes a question mark for an argument.
func (w *compiler) bind(v any) {
	w.write("?")
	w.args = append(w.args, v)
}

func (w *compiler) alias() string {
	w.aliases++
	return "t" + strconv.Itoa(w.aliases)
}

// identifier quotes a name.
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// truth is a condition that holds or doesn't. A word such as TRUE would mean the column of that name, if there is one;
// so it is not written here nor behind IS NOT.
func truth(v bool) string {
	if v {
		return "1 = 1"
	}
	return "1 = 0"
}

// condition writes a condition or, when negated, its opposite. Negation goes down to the single comparison, which is then
// asked whether it is anything but true, so that empty values fall on exactly one side.
func (w *compiler) condition(n Node, negated bool) {
	switch n := n.(type) {
	case Not:
		w.condition(n.Of, !negated)
	case Group:
		word := " AND "
		if n.Or != negated {
			word = " OR "
		}
		w.join(n.Of, word, negated)
	case Literal:
		w.write(truth(n.Value != negated))
	case Empty:
		w.empty(n, negated)
	case Some:
		if n.None != negated {
			w.write("NOT ")
		}
		w.write("EXISTS (SELECT 1")
		w.rows(n.List, n.Where, nil)
		w.write(")")
	default:
		if negated {
			w.write("(")
		}
		w.leaf(n)
		if negated {
			w.write(") IS NOT 1")
		}
	}
}

// join writes conditions with a word between them. Long ones become a balanced tree: SQLite refuses a row of a thousand.
func (w *compiler) join(of []Node, word string, negated bool) {
	const row = 16
	if len(of) > row {
		middle := len(of) / 2
		w.write("(")
		w.join(of[:middle], word, negated)
		w.write(")", word, "(")
		w.join(of[middle:], word, negated)
		w.write(")")
		return
	}
	for i, n := range of {
		if i > 0 {
			w.write(word)
		}
		if grouped(n) {
			w.write("(")
			w.condition(n, negated)
			w.write(")")
		} else {
			w.condition(n, negated)
		}
	}
}

// grouped reports whether a condition becomes several with a word between them.
func grouped(n Node) bool {
	if not, ok := n.(Not); ok {
		n = not.Of
	}
	_, ok := n.(Group)
	return ok
}

func (w *compiler) empty(n Empty, negated bool) {
	switch text := n.Of.Type() == schema.Text; {
	case text && negated:
		w.value(n.Of)
		w.write(" <> ''")
	case text:
		w.write("COALESCE(")
		w.value(n.Of)
		w.write(", '') = ''")
	case negated:
		w.value(n.Of)
		w.write(" IS NOT NULL")
	default:
		w.value(n.Of)
		w.write(" IS NULL")
	}
}

// leaf writes a single comparison.
func (w *compiler) leaf(n Node) {
	switch n := n.(type) {
	case Compare:
		w.compare(n)
	case In:
		w.in(n)
	case Match:
		w.write("ulower(")
		w.value(n.Of)
		w.write(") LIKE ")
		w.bind(n.pattern())
		w.write(` ESCAPE '\'`)
	default:
		w.value(n)
		w.write(" = 1")
	}
}

var operators = map[Op]string{
	Equal: "=", NotEqual: "<>", Less: "<", LessOrEqual: "<=", Greater: ">", GreaterOrEqual: ">=",
}

func (w *compiler) compare(n Compare) {
	l, r, op := n.Left, n.Right, n.Op
	if l.Type() == schema.Date && r.Type() == schema.DateTime {
		l, r, op = r, l, op.mirrored()
	}
	if l.Type() == schema.DateTime && r.Type() == schema.Date {
		w.instantAndDay(l, op, r)
		return
	}
	w.value(l)
	w.write(" ", operators[op], " ")
	w.value(r)
}

// instantAndDay compares an instant with a day, as days. A fixed day becomes its first and last second, so that an index
// on the instants serves.
func (w *compiler) instantAndDay(instant Node, op Op, day Node) {
	if constant(instant) || !constant(day) {
		w.day(instant)
		w.write(" ", operators[op], " ")
		w.value(day)
		return
	}
	d := w.clock.constant(day).(Day)
	first, last := instantOf(d.start(w.clock.zone)), instantOf(d.end(w.clock.zone))
	w.value(instant)
	switch op {
	case Equal, NotEqual:
		if op == NotEqual {
			w.write(" NOT")
		}
		w.write(" BETWEEN ")
		w.bind(first)
		w.write(" AND ")
		w.bind(last)
	case Less, GreaterOrEqual:
		w.write(" ", operators[op], " ")
		w.bind(first)
	case LessOrEqual, Greater:
		w.write(" ", operators[op], " ")
		w.bind(last)
	}
}

// day writes the calendar day of a date or an instant.
func (w *compiler) day(n Node) {
	switch {
	case n.Type() == schema.Date:
		w.value(n)
	case constant(n):
		w.bind(string(w.clock.day(w.clock.constant(n))))
	default:
		w.write("uday(")
		w.value(n)
		w.write(", ")
		w.bind(zoneName(w.clock.now))
		w.write(")")
	}
}

func (w *compiler) in(n In) {
	asDays := n.Of.Type() == schema.DateTime && n.List[0].Type() == schema.Date
	if asDays {
		w.day(n.Of)
	} else {
		w.value(n.Of)
	}
	w.write(" IN (")
	for i, item := range n.List {
		if i > 0 {
			w.write(", ")
		}
		if n.Of.Type() == schema.Date {
			w.day(item)
		} else {
			w.value(item)
		}
	}
	w.write(")")
}

// value writes a value.
func (w *compiler) value(n Node) {
	if constant(n) {
		w.bind(stored(w.clock.constant(n)))
		return
	}
	switch n := n.(type) {
	case Attribute:
		at, names := w.at(n.Path)
		w.column(at, names[:len(names)-1], names[len(names)-1])
	case Call:
		w.call(n)
	case Aggregate:
		w.aggregate(n)
	case Negate:
		w.write("(- ")
		w.value(n.Of)
		w.write(")")
	case Arithmetic:
		w.arithmetic(n)
	}
}

// stored is a fixed value as the database holds it.
func stored(v any) any {
	switch v := v.(type) {
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case Day:
		return string(v)
	case time.Time:
		return instantOf(v)
	}
	return v
}

func (w *compiler) arithmetic(n Arithmetic) {
	w.write("(")
	if n.Op == Divide {
		w.write("CAST(")
	}
	w.value(n.Left)
	if n.Op == Divide {
		w.write(" AS DOUBLE PRECISION)")
	}
	w.write(" ", string(n.Op), " ")
	w.value(n.Right)
	w.write(")")
}

// call writes a helper that depends on the row.
func (w *compiler) call(n Call) {
	arg := n.Args[0]
	around := func(before, after string) {
		w.write(before)
		w.value(arg)
		w.write(after)
	}
	part := func(from, length string) {
		w.write("CAST(substr(")
		w.day(arg)
		w.write(", ", from, ", ", length, ") AS INTEGER)")
	}
	switch n.Func {
	case "lower", "upper":
		around("u"+n.Func+"(", ")")
	case "trim":
		around("trim(", ", ")
		w.bind(spaces)
		w.write(")")
	case "length":
		around("length(", ")")
	case "abs":
		w.abs(arg)
	case "round", "floor", "ceil":
		if arg.Type() == schema.Integer {
			w.value(arg)
			return
		}
		around(n.Func+"(", ")")
	case "year":
		part("1", "4")
	case "month":
		part("6", "2")
	case "day":
		part("9", "2")
	case "age":
		// Days as numbers, 20260105 - 19900610: their distance in ten thousands is the full years.
		w.write("((")
		w.bind(w.clock.today.number())
		w.write(" - CAST(replace(")
		w.day(arg)
		w.write(", '-', '') AS INTEGER)) / 10000)")
	}
}

// abs keeps clear of the one integer that has no opposite, for which SQLite stops with an error.
func (w *compiler) abs(arg Node) {
	if arg.Type() != schema.Integer {
		w.write("abs(")
		w.value(arg)
		w.write(")")
		return
	}
	w.write("abs(max(")
	w.value(arg)
	w.write(", ")
	w.bind(int64(smallest))
	w.write("))")
}

// at returns where a path starts.
func (w *compiler) at(p Path) (place, []string) {
	if p.Inner {
		return w.row, p.Names
	}
	return w.root, p.Names
}

// column writes a column of a row, or of the row that links lead to.
func (w *compiler) column(at place, links []string, name string) {
	if len(links) == 0 {
		w.write(at.alias, ".", identifier(name))
		return
	}
	var tables strings.Builder
	var first string
	for i, step := range links {
		link := at.table.Link(step)
		next := place{w.alias(), w.schema.Table(link.Target)}
		join := next.alias + "." + identifier(link.To) + " = " + at.alias + "." + identifier(link.From)
		table := `"data".` + identifier(next.table.Name) + " " + next.alias
		if i == 0 {
			first = join
			tables.WriteString(table)
		} else {
			tables.WriteString(" JOIN " + table + " ON " + join)
		}
		at = next
	}
	w.write("(SELECT ", at.alias, ".", identifier(name), " FROM ", tables.String(), " WHERE ", first, " LIMIT 1)")
}

// rows writes FROM and WHERE for the rows of a list. The value, if any, is written with names meaning those rows, before
// the FROM.
func (w *compiler) rows(list Path, where Node, value func()) {
	at, names := w.at(list)
	owner := at.table
	for _, step := range names[:len(names)-1] {
		owner = w.schema.Table(owner.Link(step).Target)
	}
	link := owner.Link(names[len(names)-1])
	outer := w.row
	inner := place{w.alias(), w.schema.Table(link.Target)}
	w.row = inner
	if value != nil {
		value()
	}
	w.row = outer
	w.write(` FROM "data".`, identifier(link.Target), " ", inner.alias, " WHERE ", inner.alias, ".", identifier(link.To), " = ")
	w.column(at, names[:len(names)-1], link.From)
	if where != nil {
		w.row = inner
		w.write(" AND (")
		w.condition(where, false)
		w.write(")")
		w.row = outer
	}
}

// aggregate writes a subquery that makes one value of a list. Other values than its columns come from a table of
// their own, because an aggregate of nothing but outer columns would belong to the outer query.
func (w *compiler) aggregate(n Aggregate) {
	if n.Func == Count {
		w.write("(SELECT COUNT(*)")
		w.rows(n.List, n.Where, nil)
		w.write(")")
		return
	}
	before, after := "MIN(", ")"
	switch n.Func {
	case Maximum:
		before = "MAX("
	case Sum:
		before, after = "COALESCE(SUM(", "), 0.0)"
	case Average:
		before = "AVG("
	}
	open, end := "", ""
	if n.Func == Sum || n.Func == Average {
		// As decimals, because a sum of integers can end in an overflow.
		open, end = "CAST(", " AS DOUBLE PRECISION)"
	}
	if simple(n.Value) {
		w.write("(SELECT ", before, open)
		w.rows(n.List, n.Where, func() {
			w.value(n.Value)
			w.write(end, after)
		})
		w.write(")")
		return
	}
	v := w.alias()
	w.write("(SELECT ", before, v, ".v", after, " FROM (SELECT ", open)
	w.rows(n.List, n.Where, func() {
		w.value(n.Value)
		w.write(end, " AS v")
	})
	w.write(") ", v, ")")
}

// simple reports whether a value is a column of the row of the list.
func simple(n Node) bool {
	a, ok := n.(Attribute)
	return ok && a.Path.Inner && len(a.Path.Names) == 1
}
