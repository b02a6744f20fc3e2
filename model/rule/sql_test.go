package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rendezvous/model/schema"
)

// compiled are rules with their SQL and its arguments on 5 January 2026 at nine.
var compiled = []struct{ text, where, args string }{
	{`tier in ["gold", "silver"] and country == "FR"`, `t."tier" IN (?, ?) AND t."country" = ?`, `[gold silver FR]`},
	{`age >= 18 and not (tier endsWith "example.org")`, `t."age" >= ? AND (ulower(t."tier") LIKE ? ESCAPE '\') IS NOT 1`, `[18 %example.org]`},
	{`any(purchases, .amount >= 100 and .product.name == "Espresso machine")`, `EXISTS (SELECT 1 FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id" AND (t1."amount" >= ? AND (SELECT t2."name" FROM "data"."products" t2 WHERE t2."id" = t1."product_id" LIMIT 1) = ?))`, `[100 Espresso machine]`},
	{`count(purchases, .bought_at >= daysAgo(30)) >= 2`, `(SELECT COUNT(*) FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id" AND (t1."bought_at" >= ?)) >= ?`, `[2025-12-06T00:00:00Z 2]`},
	{`sum(purchases, .amount, .bought_at >= daysAgo(30)) >= 1000`, `(SELECT COALESCE(SUM(CAST(t1."amount" AS DOUBLE PRECISION)), 0.0) FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id" AND (t1."bought_at" >= ?)) >= ?`, `[2025-12-06T00:00:00Z 1000]`},
	{`tier != nil and last_visit < daysAgo(90)`, `t."tier" <> '' AND t."last_visit" < ?`, `[2025-10-07T00:00:00Z]`},
	{`any(purchases, any(.product["My reviews"], .stars < 3 and country == "FR"))`, `EXISTS (SELECT 1 FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id" AND (EXISTS (SELECT 1 FROM "data"."rev""iews" t2 WHERE t2."product_id" = (SELECT t3."id" FROM "data"."products" t3 WHERE t3."id" = t1."product_id" LIMIT 1) AND (t2."stars" < ? AND t."country" = ?))))`, `[3 FR]`},
	{`last_visit == "2026-01-05"`, `t."last_visit" BETWEEN ? AND ?`, `[2026-01-05T00:00:00Z 2026-01-05T23:59:59Z]`},
	{`like(tier, "x%") and not like(tier, "%y")`, `ulower(t."tier") LIKE ? ESCAPE '\' AND (ulower(t."tier") LIKE ? ESCAPE '\') IS NOT 1`, `[x% %y]`},
	{`age == nil or nil != age`, `t."age" IS NULL OR t."age" IS NOT NULL`, `[]`},
	{`max(purchases, .bought_at) > daysAgo(3)`, `(SELECT MAX(t1."bought_at") FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id") > ?`, `[2026-01-02T23:59:59Z]`},
	{`!email_opt_in && age > 3 || false`, `((t."email_opt_in" = 1) IS NOT 1 AND t."age" > ?) OR 1 = 0`, `[3]`},
	{`last_visit in ["2026-01-05", today()]`, `uday(t."last_visit", ?) IN (?, ?)`, `[+00:00:00 2026-01-05 2026-01-05]`},
	{`round(age) == 3 and abs(score) < 3`, `t."age" = ? AND abs(t."score") < ?`, `[3 3]`},
	{`age(birth_date) >= 18 and day(last_visit) == 3`, `((? - CAST(replace(t."birth_date", '-', '') AS INTEGER)) / 10000) >= ? AND CAST(substr(uday(t."last_visit", ?), 9, 2) AS INTEGER) = ?`, `[20260105 18 +00:00:00 3]`},
	{`none(purchases) and not none(purchases)`, `NOT EXISTS (SELECT 1 FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id") AND EXISTS (SELECT 1 FROM "data"."purchases" t2 WHERE t2."customer_id" = t."id")`, `[]`},
	{`count(favourite["My reviews"], .day >= "2026-01-05") > 0`, `(SELECT COUNT(*) FROM "data"."rev""iews" t1 WHERE t1."product_id" = (SELECT t2."id" FROM "data"."products" t2 WHERE t2."id" = t."favourite_id" LIMIT 1) AND (t1."day" >= ?)) > ?`, `[2026-01-05 0]`},
	{`sum(purchases, age) > 3 and avg(purchases, .product["Unit price"]) < 5`, `(SELECT COALESCE(SUM(t1.v), 0.0) FROM (SELECT CAST(t."age" AS DOUBLE PRECISION) AS v FROM "data"."purchases" t2 WHERE t2."customer_id" = t."id") t1) > ? AND (SELECT AVG(t3.v) FROM (SELECT CAST((SELECT t5."Unit price" FROM "data"."products" t5 WHERE t5."id" = t4."product_id" LIMIT 1) AS DOUBLE PRECISION) AS v FROM "data"."purchases" t4 WHERE t4."customer_id" = t."id") t3) < ?`, `[3 5]`},
	{`tier not in ["a"] and tier not contains "%_\\" and tier startsWith "É"`, `(t."tier" IN (?)) IS NOT 1 AND (ulower(t."tier") LIKE ? ESCAPE '\') IS NOT 1 AND ulower(t."tier") LIKE ? ESCAPE '\'`, `[a %\%\_\\% é%]`},
	{`birth_date == last_visit and birth_date < now()`, `uday(t."last_visit", ?) = t."birth_date" AND ? > t."birth_date"`, `[+00:00:00 2026-01-05]`},
	{`last_visit > today() and last_visit <= "2026-01-05" and last_visit != "2026-01-05"`, `t."last_visit" > ? AND t."last_visit" <= ? AND t."last_visit" NOT BETWEEN ? AND ?`, `[2026-01-05T23:59:59Z 2026-01-05T23:59:59Z 2026-01-05T00:00:00Z 2026-01-05T23:59:59Z]`},
	{`not (tier == "a" or age > 3 and tier == nil)`, `(t."tier" = ?) IS NOT 1 AND ((t."age" > ?) IS NOT 1 OR t."tier" <> '')`, `[a 3]`},
	{`$["true"] and $["we\"ird"] / 2 > 1`, `t."true" = 1 AND (CAST(t."we""ird" AS DOUBLE PRECISION) / ?) > ?`, `[2 1]`},
	{`"2026-01-05" <= last_visit`, `t."last_visit" >= ?`, `[2026-01-05T00:00:00Z]`},
	{`any(purchases, age(.bought_at) > 1 and .customer.tier == tier)`, `EXISTS (SELECT 1 FROM "data"."purchases" t1 WHERE t1."customer_id" = t."id" AND (((? - CAST(replace(uday(t1."bought_at", ?), '-', '') AS INTEGER)) / 10000) > ? AND (SELECT t2."tier" FROM "data"."customers" t2 WHERE t2."id" = t1."customer_id" LIMIT 1) = t."tier"))`, `[20260105 +00:00:00 1]`},
}

func TestSQL(t *testing.T) {
	for _, test := range compiled {
		r, err := Parse(test.text, shop, "customers")
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		where, args := r.SQL(Context{moment("2026-01-05T09:00:00Z")})
		if diff := cmp.Diff(test.where, where); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
		if diff := cmp.Diff(test.args, fmt.Sprint(args)); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
}

// Whatever a rule or a schema says, it stays a value or a name.
func TestInjection(t *testing.T) {
	evil := []string{
		`'; DROP TABLE data.customers; --`, `" OR 1=1 --`, `x" OR "1"="1`, `') OR 1=1 --`, `?`, `\' OR 1=1 --`, "`; --", `/*`, `%' --`,
	}
	s := schema.Schema{Tables: []schema.Table{{Name: `t"; DROP TABLE x; --`}}}
	for _, name := range append(evil, "id", "true", "order", "rowid", "t1", "NULL", "ñandú") {
		s.Tables[0].Columns = append(s.Tables[0].Columns, schema.Column{Name: name, Type: schema.Text})
	}
	table := s.Tables[0]
	s.Tables[0].Links = []schema.Link{
		{Name: evil[1], Target: table.Name, From: evil[0], To: evil[1], Cardinality: schema.OneToMany},
		{Name: evil[2], Target: table.Name, From: evil[0], To: evil[0], Cardinality: schema.ManyToOne},
	}
	db := open(t)
	var columns, marks []string
	var values []any
	for _, c := range table.Columns {
		columns, marks, values = append(columns, identifier(c.Name)+" TEXT"), append(marks, "?"), append(values, "of "+c.Name)
	}
	must(t, db, fmt.Sprintf(`CREATE TABLE "data".%s (%s)`, identifier(table.Name), strings.Join(columns, ", ")))
	must(t, db, fmt.Sprintf(`INSERT INTO "data".%s VALUES (%s)`, identifier(table.Name), strings.Join(marks, ", ")), values...)
	count := func(root Node) (n int) {
		r, err := Build(root, s, table.Name)
		if err != nil {
			t.Fatalf("%s: %v", Format(root), err)
		}
		where, args := r.SQL(Context{})
		if err := db.QueryRow(fmt.Sprintf(`SELECT COUNT(*) FROM "data".%s t WHERE %s`, identifier(table.Name), where), args...).Scan(&n); err != nil {
			t.Fatalf("%s\n%s\n%v", r, where, err)
		}
		return n
	}
	for _, c := range table.Columns {
		column := Attribute{Path{false, []string{c.Name}}, schema.Text}
		linked := Attribute{Path{true, []string{evil[2], c.Name}}, schema.Text}
		for _, text := range append(evil, "of "+c.Name) {
			want := 0
			if text == "of "+c.Name {
				want = 1
			}
			for _, root := range []Node{
				Compare{Equal, column, Literal{text}},
				In{column, []Node{Literal{text}, Literal{"nothing"}}},
				Match{StartsWith, column, strings.ToUpper(text)},
				Match{EndsWith, column, text + text[:0]},
			} {
				if m, ok := root.(Match); ok && m.Kind == EndsWith && strings.HasSuffix(strings.ToLower("of "+c.Name), strings.ToLower(text)) {
					want = 1
				}
				if got := count(root); got != want {
					t.Errorf("%s selects %d rows, want %d", Format(root), got, want)
				}
				if got := count(Not{root}); got != 1-want {
					t.Errorf("not %s selects %d rows, want %d", Format(root), got, 1-want)
				}
			}
			if got := count(Some{List: Path{false, []string{evil[1]}}, Where: Compare{Equal, linked, Literal{text}}}); got != 0 {
				t.Errorf("a list without rows has %d", got)
			}
		}
	}
}

// No rule that is accepted is too much for SQLite.
func TestLargeRules(t *testing.T) {
	db := open(t)
	fill(t, db, world{"customers": {{"id": int64(1), "age": int64(1)}}, "purchases": {{"id": int64(1), "customer_id": int64(1)}}})
	nest := func(open, inside, end string, n int) string {
		return strings.Repeat(open, n) + inside + strings.Repeat(end, n)
	}
	for name, text := range map[string]string{
		"many values":               "age in [" + strings.Repeat("1,", MaxListed-1) + "1]",
		"many conditions":           "age==1" + strings.Repeat(" or age==2", 6_500),
		"many negations":            "age==1 and not(age==2" + strings.Repeat(" or age==2", 6_500) + ")",
		"deep groups":               nest("(age == 1 and (age == 2 or ", "age == 1", "))", 48),
		"deep calculations":         "age == " + nest("1 - (1 - ", "1", ")", 45) + " or age == 1",
		"deep helpers":              nest("abs(", "age", ")", 97) + " == 1",
		"many slow helpers":         "age == 1" + strings.Repeat(" and age(last_visit) != -9", 2_500) + " or age == 1",
		"deep lists":                nest("any(purchases, ", "true", ")", 8),
		"deep sums":                 nest("sum(purchases, 1 + ", "2", ")", 8) + " >= 0",
		"deep everything":           nest("count(purchases, (.id == 1 or .amount > 2) and .customer.id == 1 and not (.customer.age != 1 or ", "false", ")) == 1 and age == 1", 7),
		"deep lists in deep groups": nest("(age == 1 and (age == 2 or ", nest("any(purchases, ", "age == 1", ")", 8), "))", 40),
		"long patterns":             `age == 1 or tier contains "` + strings.Repeat("%", MaxPattern) + `"`,
	} {
		r, err := Parse(text, sound, "customers")
		if err != nil {
			t.Errorf("%s: %s", name, listed(err))
			continue
		}
		if got := query(t, db, r, Context{moment("2026-01-05T09:00:00Z")}); !slices.Equal(got, []int64{1}) {
			t.Errorf("%s selects %v", name, got)
		}
		if got := query(t, db, r.Not(), Context{moment("2026-01-05T09:00:00Z")}); len(got) > 0 {
			t.Errorf("not (%s) selects %v", name, got)
		}
	}
}
