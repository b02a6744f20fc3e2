package rule

import (
	"cmp"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rendezvous/model/schema"
)

// Eval reports whether the rule selects a row. It means the same as the SQL, and shares no more with it than the tree:
// each is the other's test.
func (r Rule) Eval(row Row, c Context) bool {
	e := evaluator{clock: c.clock(), root: row, row: row}
	return e.holds(r.Root())
}

// evaluator computes conditions and values. Values are nil, string, int64, float64, bool, Day or time.Time.
type evaluator struct {
	clock clock
	root  Row // of names without a dot
	row   Row // of names with one
}

func (e evaluator) holds(n Node) bool {
	switch n := n.(type) {
	case Not:
		return !e.holds(n.Of)
	case Group:
		for _, one := range n.Of {
			if e.holds(one) == n.Or {
				return n.Or
			}
		}
		return !n.Or
	case Compare:
		return e.compare(n.Op, e.value(n.Left), e.value(n.Right))
	case In:
		v := e.value(n.Of)
		for _, item := range n.List {
			if e.compare(Equal, v, e.value(item)) {
				return true
			}
		}
		return false
	case Empty:
		v := e.value(n.Of)
		return v == nil || v == ""
	case Match:
		text, ok := e.value(n.Of).(string)
		return ok && matches(n.Kind, strings.ToLower(text), strings.ToLower(n.Text))
	case Some:
		for _, row := range e.rows(n.List) {
			if e.inside(row).accepts(n.Where) {
				return !n.None
			}
		}
		return n.None
	}
	v, _ := e.value(n).(bool)
	return v
}

// accepts reports whether the row of a list satisfies a sub-rule, if there is one.
func (e evaluator) accepts(where Node) bool { return where == nil || e.holds(where) }

// inside is the evaluator for the row of a list.
func (e evaluator) inside(row Row) evaluator {
	e.row = row
	return e
}

// compare compares two values; nothing is true of an empty one.
func (e evaluator) compare(op Op, a, b any) bool {
	if a == nil || b == nil {
		return false
	}
	order := e.order(a, b)
	switch op {
	case Equal:
		return order == 0
	case NotEqual:
		return order != 0
	case Less:
		return order < 0
	case LessOrEqual:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// order compares two values that are not empty, a day and an instant as days.
func (e evaluator) order(a, b any) int {
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	case bool:
		if b, ok := b.(bool); ok && a == b {
			return 0
		}
		return 1
	case time.Time:
		if b, ok := b.(time.Time); ok {
			return a.Compare(b)
		}
		return cmp.Compare(e.clock.day(a), e.clock.day(b))
	case Day:
		return cmp.Compare(a, e.clock.day(b))
	}
	return orderNumbers(a, b)
}

// day is the calendar day of a day or an instant.
func (c clock) day(v any) Day {
	switch v := v.(type) {
	case Day:
		return v
	case time.Time:
		return dayOf(v, c.zone)
	}
	return ""
}

// orderNumbers compares numbers exactly, also an integer with a decimal.
func orderNumbers(a, b any) int {
	switch a := a.(type) {
	case int64:
		switch b := b.(type) {
		case int64:
			return cmp.Compare(a, b)
		case float64:
			return orderMixed(a, b)
		}
	case float64:
		switch b := b.(type) {
		case int64:
			return -orderMixed(b, a)
		case float64:
			return cmp.Compare(a, b)
		}
	}
	return 1
}

func orderMixed(i int64, f float64) int {
	switch {
	case f < -(1 << 63):
		return 1
	case f >= 1<<63:
		return -1
	}
	whole := math.Trunc(f)
	if order := cmp.Compare(i, int64(whole)); order != 0 {
		return order
	}
	return cmp.Compare(0, f-whole)
}

// matches looks for a text in a text.
func matches(kind MatchKind, text, part string) bool {
	switch kind {
	case StartsWith:
		return strings.HasPrefix(text, part)
	case EndsWith:
		return strings.HasSuffix(text, part)
	case Contains:
		return strings.Contains(text, part)
	}
	return like([]rune(text), []rune(part))
}

// like matches a pattern of % and _, where a backslash takes the next character as it is. It goes back to the last % only,
// so that its time is bounded by the product of the lengths.
func like(text, pattern []rune) bool {
	t, p, star, mark := 0, 0, -1, 0
	for t < len(text) {
		width, any, wanted := 1, false, rune(0)
		if p < len(pattern) {
			any, wanted = pattern[p] == '_', pattern[p]
			if pattern[p] == '\\' && p+1 < len(pattern) {
				width, any, wanted = 2, false, pattern[p+1]
			}
		}
		switch {
		case p < len(pattern) && width == 1 && pattern[p] == '%':
			star, mark = p, t
			p++
		case p < len(pattern) && (any || text[t] == wanted):
			t++
			p += width
		case star >= 0:
			mark++
			t, p = mark, star+1
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '%' {
		p++
	}
	return p == len(pattern)
}

// value computes a value.
func (e evaluator) value(n Node) any {
	if constant(n) {
		return e.clock.constant(n)
	}
	switch n := n.(type) {
	case Attribute:
		return e.attribute(n)
	case Call:
		return e.call(n.Func, e.value(n.Args[0]))
	case Aggregate:
		return e.aggregate(n)
	case Negate:
		return calculate(Subtract, int64(0), e.value(n.Of))
	case Arithmetic:
		return calculate(n.Op, e.value(n.Left), e.value(n.Right))
	}
	return nil
}

// constant is the value of a constant.
func (c clock) constant(n Node) any {
	if l, ok := n.(Literal); ok {
		return l.Value
	}
	call := n.(Call)
	var count int64
	if len(call.Args) > 0 {
		count, _ = call.Args[0].(Literal).Value.(int64)
	}
	switch call.Func {
	case "daysAgo":
		return c.today.plus(int(-count))
	case "monthsAgo":
		return c.today.monthsBack(int(count))
	case "now":
		return c.now.UTC()
	}
	return c.today
}

// start returns the row at which a path starts.
func (e evaluator) start(p Path) Row {
	if p.Inner {
		return e.row
	}
	return e.root
}

// follow returns the row that links lead to, or nil.
func follow(row Row, links []string) Row {
	for _, link := range links {
		rows := row.Linked(link)
		if len(rows) == 0 {
			return nil
		}
		row = rows[0]
	}
	return row
}

// rows returns the rows of a list.
func (e evaluator) rows(list Path) []Row {
	last := len(list.Names) - 1
	row := follow(e.start(list), list.Names[:last])
	if row == nil {
		return nil
	}
	return row.Linked(list.Names[last])
}

func (e evaluator) attribute(n Attribute) any {
	last := len(n.Path.Names) - 1
	row := follow(e.start(n.Path), n.Path.Names[:last])
	if row == nil {
		return nil
	}
	return typed(row.Value(n.Path.Names[last]), n.Kind)
}

// typed is the value of a column, or nil when it is not of the column's type.
func typed(v any, kind schema.Type) any {
	fits := false
	switch v := v.(type) {
	case string:
		fits = kind == schema.Text
	case bool:
		fits = kind == schema.Boolean
	case int64, float64:
		fits = kind.Numeric()
	case time.Time:
		if kind == schema.Date {
			return dayOf(v, v.Location())
		}
		if kind == schema.DateTime {
			return v.UTC().Truncate(time.Second)
		}
	}
	if !fits {
		return nil
	}
	return v
}

// call computes a helper that depends on the row.
func (e evaluator) call(name string, v any) any {
	switch v := v.(type) {
	case string:
		return callText(name, v)
	case int64:
		if name == "abs" && v < 0 {
			return -max(v, smallest)
		}
		return v
	case float64:
		return callDecimal(name, v)
	case Day, time.Time:
		return e.callDay(name, e.clock.day(v))
	}
	return nil
}

func callText(name, v string) any {
	switch name {
	case "lower":
		return strings.ToLower(v)
	case "upper":
		return strings.ToUpper(v)
	case "trim":
		return strings.TrimFunc(v, unicode.IsSpace)
	}
	return int64(utf8.RuneCountInString(v))
}

func callDecimal(name string, v float64) any {
	switch name {
	case "abs":
		return math.Abs(v)
	case "floor":
		return math.Floor(v)
	case "ceil":
		return math.Ceil(v)
	}
	// The way of SQLite, which differs from math.Round just below one half.
	if v <= -(1<<52) || v >= 1<<52 {
		return v
	}
	return math.Trunc(v + math.Copysign(0.5, v))
}

func (e evaluator) callDay(name string, d Day) any {
	y, m, day := d.parts()
	switch name {
	case "year":
		return int64(y)
	case "month":
		return int64(m)
	case "day":
		return int64(day)
	}
	if d > e.clock.today {
		return -fullYears(e.clock.today, d)
	}
	return fullYears(d, e.clock.today)
}

// fullYears counts the years that have passed from one day to a later one.
func fullYears(from, to Day) int64 {
	y, m, d := from.parts()
	y2, m2, d2 := to.parts()
	if m2 < m || m2 == m && d2 < d {
		y2--
	}
	return int64(y2 - y)
}
