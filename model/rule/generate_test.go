package rule

import (
	"math"
	"time"

	"pgregory.net/rapid"

	"rendezvous/model/schema"
)

// The pools are small, so that values meet, and hold what goes wrong.
var (
	texts = []string{
		"", " ", "a", "A", "gold", "Gold", "go", "é", "É", "ß", "ẞ", "İ", "i", "日本", "%", "_", "100%", `\`, `a\`, "'", `"`,
		"'; DROP TABLE customers; --", `" OR 1=1 --`, "\t x\u00a0", "line\nbreak", "𝄞", "\uffff",
	}
	patterns = []string{"", "%", "_", "a%", "%o%", `\%`, `%\_%`, `\\`, `__`, "É%", "g_ld", "%%", `go\ld`, "İ", "日_"}
	integers = []int64{
		0, 1, 2, 3, -1, -7, 18, 100, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 1 << 53, 1<<53 + 1, -(1<<53 + 1),
	}
	decimals = []float64{
		0, 0.1, 0.2, 0.3, 0.5, 1, 2.5, -2.5, -0.5, 0.49999999999999994, 100.25, 1e300, -1e300, 9.2e18, 1 << 53, 1e-9, 18,
	}
	days = []string{
		"2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01", "2026-01-04", "2026-01-05", "2026-01-06", "2026-03-29",
		"2026-10-25", "2018-11-04", "2018-11-03", "0001-01-01", "9999-12-31", "2008-02-29", "2027-12-31",
	}
	moments = []string{
		"2024-02-28T23:59:59Z", "2024-02-29T00:00:00Z", "2026-01-04T22:59:59Z", "2026-01-04T23:00:00Z", "2026-01-05T00:00:00Z",
		"2026-01-05T22:59:59Z", "2026-01-05T23:00:00Z", "2026-01-05T23:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z",
		"2018-11-04T02:59:59Z", "2018-11-04T03:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "9999-12-31T23:59:59Z",
		"0001-01-02T00:00:00Z", "2018-02-18T01:59:59Z", "2018-02-18T03:00:00Z",
	}
	zoneNames = []string{"UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kolkata"}
)

func pick[T any](t *rapid.T, of []T) T { return rapid.SampledFrom(of).Draw(t, "pick") }

func roll(t *rapid.T, n int) int { return rapid.IntRange(0, n-1).Draw(t, "roll") }

func moment(text string) time.Time {
	m, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return m.UTC()
}

func civil(text string) time.Time {
	m, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return m
}

// drawContext draws the moment of a run, in a zone with a name or only an offset.
func drawContext(t *rapid.T) Context {
	now := moment(pick(t, moments[1:14])).Add(time.Duration(roll(t, 2)) * 300 * time.Millisecond)
	if roll(t, 3) == 0 {
		return Context{now.In(time.FixedZone("", 3600*(roll(t, 25)-12)+1800))}
	}
	return Context{now.In(location(pick(t, zoneNames)))}
}

// drawCell draws the value of a column, often none.
func drawCell(t *rapid.T, c schema.Column) any {
	if pick(t, []bool{false, false, false, true}) {
		return nil
	}
	switch c.Type {
	case schema.Text:
		return pick(t, texts)
	case schema.Integer:
		if n := len(c.Name); n > 3 && c.Name[n-3:] == "_id" {
			return int64(roll(t, 5))
		}
		return pick(t, integers)
	case schema.Decimal:
		return pick(t, decimals)
	case schema.Boolean:
		return roll(t, 2) == 0
	case schema.Date:
		return civil(pick(t, days))
	}
	return moment(pick(t, moments))
}

func drawWorld(t *rapid.T) world {
	w := world{}
	for _, table := range sound.Tables {
		for id := range pick(t, []int{6, 5, 4, 8, 3, 1, 0}) {
			row := map[string]any{}
			for _, c := range table.Columns {
				row[c.Name] = drawCell(t, c)
			}
			row["id"] = int64(id)
			w[table.Name] = append(w[table.Name], row)
		}
	}
	return w
}

// gen draws well-typed trees.
type gen struct {
	t    *rapid.T
	root *schema.Table
	row  *schema.Table
}

// path draws a path to a column of a type, or to a list when wantList. It may fail.
func (g gen) path(fits func(at *schema.Table) []string) (Path, bool) {
	inner := g.row != nil && roll(g.t, 4) > 0
	at := g.root
	if inner {
		at = g.row
	}
	var names []string
	for range pick(g.t, []int{0, 0, 0, 1, 2}) {
		var to []schema.Link
		for _, l := range at.Links {
			if l.Cardinality == schema.ManyToOne {
				to = append(to, l)
			}
		}
		if len(to) == 0 {
			break
		}
		l := pick(g.t, to)
		names = append(names, l.Name)
		at = sound.Table(l.Target)
	}
	last := fits(at)
	if len(last) == 0 {
		return Path{}, false
	}
	return Path{inner, append(names, pick(g.t, last))}, true
}

func columnsOf(kind schema.Type) func(*schema.Table) []string {
	return func(at *schema.Table) []string {
		var out []string
		for _, c := range at.Columns {
			if c.Type == kind {
				out = append(out, c.Name)
			}
		}
		return out
	}
}

// list draws a list and the generator for its rows.
func (g gen) list() (Path, gen, bool) {
	p, ok := g.path(func(at *schema.Table) []string { return linkNames(at, true) })
	if !ok {
		return p, g, false
	}
	at := g.root
	if p.Inner {
		at = g.row
	}
	for _, name := range p.Names {
		at = sound.Table(at.Link(name).Target)
	}
	return p, gen{g.t, g.root, at}, true
}

func (g gen) condition(depth int) Node {
	n := roll(g.t, 12)
	switch {
	case depth > 0 && n < 3:
		of := []Node{}
		for range 2 + roll(g.t, 2) {
			of = append(of, g.condition(depth-1))
		}
		return Group{roll(g.t, 2) == 0, of}
	case depth > 0 && n < 5:
		return Not{g.condition(depth - 1)}
	case depth > 0 && n < 7:
		if list, inside, ok := g.list(); ok {
			return Some{roll(g.t, 2) == 0, list, inside.where(depth)}
		}
	case n == 7:
		return Empty{g.value(pick(g.t, kinds), depth)}
	case n == 8:
		kind := pick(g.t, []MatchKind{StartsWith, EndsWith, Contains, Like})
		if kind == Like {
			return Match{kind, g.value(schema.Text, depth), pick(g.t, patterns)}
		}
		return Match{kind, g.value(schema.Text, depth), pick(g.t, texts)}
	case n == 9:
		return g.in(depth)
	case n == 10:
		return g.value(schema.Boolean, depth)
	}
	return g.compare(depth)
}

func (g gen) where(depth int) Node {
	if roll(g.t, 4) == 0 {
		return nil
	}
	return g.condition(depth - 1)
}

var kinds = []schema.Type{schema.Text, schema.Integer, schema.Decimal, schema.Boolean, schema.Date, schema.DateTime}

// comparable draws a type that can be compared with another.
func (g gen) comparable(kind schema.Type) schema.Type {
	switch {
	case kind.Numeric():
		return pick(g.t, []schema.Type{schema.Integer, schema.Decimal})
	case kind.Temporal():
		return pick(g.t, []schema.Type{schema.Date, schema.DateTime})
	}
	return kind
}

func (g gen) compare(depth int) Node {
	kind := pick(g.t, kinds)
	ops := []Op{Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual}
	if kind == schema.Boolean {
		ops = ops[:2]
	}
	return Compare{pick(g.t, ops), g.value(kind, depth), g.value(g.comparable(kind), depth)}
}

func (g gen) in(depth int) Node {
	kind := pick(g.t, kinds)
	of := g.value(kind, depth)
	items := []Node{}
	other := g.comparable(kind)
	for range 1 + roll(g.t, 3) {
		items = append(items, g.constant(other))
	}
	return In{of, items}
}

// constant draws a fixed value, or one that the clock fixes.
func (g gen) constant(kind schema.Type) Node {
	switch kind {
	case schema.Text:
		return Literal{pick(g.t, texts)}
	case schema.Integer:
		return Literal{max(pick(g.t, integers), smallest)} // the smallest integer can't be written
	case schema.Decimal:
		return Literal{pick(g.t, decimals)}
	case schema.Boolean:
		return Literal{roll(g.t, 2) == 0}
	case schema.Date:
		n := Literal{int64(roll(g.t, 60) - 20)}
		switch roll(g.t, 4) {
		case 0:
			return Call{"daysAgo", []Node{n}, schema.Date}
		case 1:
			return Call{"monthsAgo", []Node{n}, schema.Date}
		case 2:
			return Call{"today", nil, schema.Date}
		}
		return Literal{Day(pick(g.t, days))}
	}
	if roll(g.t, 4) == 0 {
		return Call{"now", nil, schema.DateTime}
	}
	return Literal{moment(pick(g.t, moments))}
}

func (g gen) value(kind schema.Type, depth int) Node {
	n := roll(g.t, 10)
	if depth > 0 && n < 4 {
		if v := g.computed(kind, depth-1); v != nil {
			return v
		}
	}
	if n < 9 {
		if p, ok := g.path(columnsOf(kind)); ok {
			return Attribute{p, kind}
		}
	}
	return g.constant(kind)
}

// computed draws a helper, a calculation or an aggregate; nil when there is none for the type.
func (g gen) computed(kind schema.Type, depth int) Node {
	if roll(g.t, 3) == 0 {
		return g.aggregate(kind, depth)
	}
	switch kind {
	case schema.Text:
		return Call{pick(g.t, []string{"lower", "upper", "trim"}), []Node{g.value(schema.Text, depth)}, kind}
	case schema.Integer:
		switch roll(g.t, 4) {
		case 0:
			return Call{"length", []Node{g.value(schema.Text, depth)}, kind}
		case 1:
			return Call{pick(g.t, []string{"age", "day", "month", "year"}), []Node{g.value(g.comparable(schema.Date), depth)}, kind}
		}
		return g.calculated(kind, []ArithmeticOp{Add, Subtract, Multiply, Remainder}, depth)
	case schema.Decimal:
		return g.calculated(kind, []ArithmeticOp{Add, Subtract, Multiply, Divide}, depth)
	}
	return nil
}

func (g gen) calculated(kind schema.Type, ops []ArithmeticOp, depth int) Node {
	switch roll(g.t, 4) {
	case 0:
		return Call{pick(g.t, []string{"abs", "round", "floor", "ceil"}), []Node{g.value(kind, depth)}, kind}
	case 1:
		return Negate{g.value(kind, depth)}
	}
	return Arithmetic{pick(g.t, ops), g.value(kind, depth), g.value(kind, depth)}
}

func (g gen) aggregate(kind schema.Type, depth int) Node {
	if kind == schema.Boolean {
		return nil
	}
	list, inside, ok := g.list()
	if !ok {
		return nil
	}
	f, of := pick(g.t, []AggregateFunc{Minimum, Maximum}), kind
	switch {
	case kind == schema.Integer && roll(g.t, 2) == 0:
		return Aggregate{Count, list, nil, inside.where(depth)}
	case kind == schema.Decimal && roll(g.t, 2) == 0:
		f, of = pick(g.t, []AggregateFunc{Sum, Average}), g.comparable(kind)
	}
	return Aggregate{f, list, inside.value(of, depth), inside.where(depth)}
}
