package rule

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"modernc.org/sqlite"

	"rendezvous/model/schema"
)

// shop is the schema of the tests. Its names are as awkward as those of real databases.
var shop = schema.Schema{Tables: []schema.Table{
	{
		Name: "customers", Key: "id",
		Columns: []schema.Column{
			{Name: "id", Type: schema.Integer},
			{Name: "tier", Type: schema.Text},
			{Name: "country", Type: schema.Text},
			{Name: "First name", Type: schema.Text},
			{Name: "age", Type: schema.Integer},
			{Name: "count", Type: schema.Integer},
			{Name: `we"ird`, Type: schema.Decimal},
			{Name: "score", Type: schema.Decimal},
			{Name: "email_opt_in", Type: schema.Boolean},
			{Name: "true", Type: schema.Boolean},
			{Name: "birth_date", Type: schema.Date},
			{Name: "last_visit", Type: schema.DateTime},
			{Name: "favourite_id", Type: schema.Integer},
		},
		Links: []schema.Link{
			{Name: "purchases", Target: "purchases", From: "id", To: "customer_id", Cardinality: schema.OneToMany},
			{Name: "favourite", Target: "products", From: "favourite_id", To: "id", Cardinality: schema.ManyToOne},
		},
	},
	{
		Name: "purchases", Key: "id",
		Columns: []schema.Column{
			{Name: "id", Type: schema.Integer},
			{Name: "customer_id", Type: schema.Integer},
			{Name: "product_id", Type: schema.Integer},
			{Name: "amount", Type: schema.Decimal},
			{Name: "quantity", Type: schema.Integer},
			{Name: "bought_at", Type: schema.DateTime},
			{Name: "paid", Type: schema.Boolean},
		},
		Links: []schema.Link{
			{Name: "product", Target: "products", From: "product_id", To: "id", Cardinality: schema.ManyToOne},
			{Name: "customer", Target: "customers", From: "customer_id", To: "id", Cardinality: schema.ManyToOne},
		},
	},
	{
		Name: "products", Key: "id",
		Columns: []schema.Column{
			{Name: "id", Type: schema.Integer},
			{Name: "name", Type: schema.Text},
			{Name: "Unit price", Type: schema.Decimal},
			{Name: "launched", Type: schema.Date},
			{Name: "parent_id", Type: schema.Integer},
		},
		Links: []schema.Link{
			{Name: "parent", Target: "products", From: "parent_id", To: "id", Cardinality: schema.ManyToOne},
			{Name: "My reviews", Target: `rev"iews`, From: "id", To: "product_id", Cardinality: schema.OneToMany},
			{Name: "lost", Target: "nowhere", From: "id", To: "id", Cardinality: schema.ManyToOne},
		},
	},
	{
		Name: `rev"iews`, Key: "id",
		Columns: []schema.Column{
			{Name: "id", Type: schema.Integer},
			{Name: "product_id", Type: schema.Integer},
			{Name: "stars", Type: schema.Integer},
			{Name: "text", Type: schema.Text},
			{Name: "day", Type: schema.Date},
		},
	},
}}

// sound is shop without the link that leads nowhere.
var sound = func() schema.Schema {
	s := schema.Schema{Tables: append([]schema.Table(nil), shop.Tables...)}
	s.Tables[2].Links = s.Tables[2].Links[:2]
	return s
}()

// world is the rows of every table, by the names of the tables and columns.
type world map[string][]map[string]any

// record is one row of a world, as a rule sees it.
type record struct {
	world  world
	table  *schema.Table
	values map[string]any
}

func (r record) Value(column string) any { return r.values[column] }

func (r record) Linked(name string) []Row {
	link := r.table.Link(name)
	var out []Row
	for _, row := range r.world[link.Target] {
		if v := r.values[link.From]; v != nil && row[link.To] == v {
			out = append(out, record{r.world, sound.Table(link.Target), row})
		}
	}
	return out
}

// selected returns the keys of the rows that a rule selects, in plain Go.
func (w world) selected(r Rule, c Context) []int64 {
	out := []int64{}
	for _, row := range w[r.Table()] {
		if r.Eval(record{w, sound.Table(r.Table()), row}, c) {
			out = append(out, row["id"].(int64))
		}
	}
	return out
}

func init() {
	for _, f := range Functions() {
		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args),
			func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
				texts := make([]string, len(args))
				for i, a := range args {
					text, ok := a.(string)
					if !ok {
						return nil, nil
					}
					texts[i] = text
				}
				return f.Call(texts), nil
			})
	}
}

var sqlTypes = map[schema.Type]string{
	schema.Text: "TEXT", schema.Integer: "INTEGER", schema.Decimal: "REAL", schema.Boolean: "INTEGER",
	schema.Date: "TEXT", schema.DateTime: "TEXT",
}

// open returns a database with the tables of the test schema, empty, under the name data.
func open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	must(t, db, "ATTACH ':memory:' AS data")
	for _, table := range sound.Tables {
		var columns []string
		for _, c := range table.Columns {
			columns = append(columns, identifier(c.Name)+" "+sqlTypes[c.Type])
		}
		must(t, db, fmt.Sprintf(`CREATE TABLE "data".%s (%s)`, identifier(table.Name), strings.Join(columns, ", ")))
	}
	return db
}

// fataler is what testing.TB and rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must(t fataler, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// fill replaces the rows of a database.
func fill(t fataler, db *sql.DB, w world) {
	t.Helper()
	for _, table := range sound.Tables {
		must(t, db, `DELETE FROM "data".`+identifier(table.Name))
		for _, row := range w[table.Name] {
			var marks []string
			var values []any
			for _, c := range table.Columns {
				marks = append(marks, "?")
				values = append(values, dbValue(row[c.Name], c.Type))
			}
			must(t, db, fmt.Sprintf(`INSERT INTO "data".%s VALUES (%s)`, identifier(table.Name), strings.Join(marks, ", ")), values...)
		}
	}
}

func dbValue(v any, kind schema.Type) any {
	switch v := v.(type) {
	case time.Time:
		if kind == schema.Date {
			return v.Format("2006-01-02")
		}
		return v.UTC().Format("2006-01-02T15:04:05Z")
	case bool:
		if v {
			return 1
		}
		return 0
	}
	return v
}

// query returns the keys of the rows that a rule selects in the database.
func query(t fataler, db *sql.DB, r Rule, c Context) []int64 {
	t.Helper()
	where, args := r.SQL(c)
	rows, err := db.Query(fmt.Sprintf(`SELECT t."id" FROM "data".%s t WHERE %s ORDER BY t.rowid`, identifier(r.Table()), where), args...)
	if err != nil {
		t.Fatalf("%s\n%s\n%v", r, where, err)
	}
	defer func() { _ = rows.Close() }()
	out := []int64{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatalf("%v", err)
		}
		out = append(out, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s\n%s\n%v", r, where, err)
	}
	return out
}

func location(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}
