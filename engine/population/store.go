package population

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"

	"database/sql/driver"

	"rendezvous/model"
	"rendezvous/model/rule"
	"rendezvous/model/schema"
)

func init() {
	for _, f := range rule.Functions() {
		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args), onTexts(f.Call))
	}
	sqlite.MustRegisterDeterministicScalarFunction("chance", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		return chance(fmt.Sprint(args[0]), fmt.Sprint(args[1])), nil
	})
	sqlite.MustRegisterDeterministicScalarFunction("normal_address", 2, onTexts(func(args []string) any { return normalAddress(args[0], args[1]) }))
	sqlite.MustRegisterDeterministicScalarFunction("valid_address", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		return validAddress(fmt.Sprint(args[0]), fmt.Sprint(args[1])), nil
	})
}

// onTexts makes a function of the database that is nil when an argument is not a text.
func onTexts(call func([]string) any) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		texts := make([]string, len(args))
		for i, a := range args {
			text, ok := a.(string)
			if !ok {
				return nil, nil
			}
			texts[i] = text
		}
		return call(texts), nil
	}
}

// chance gives every row its place in a draw. It depends on the seed of the draw and the row's key alone, so a draw can
// be repeated in any order, and on any database.
func chance(seed, key string) int64 {
	h := fnv.New64a()
	h.Write([]byte(seed + "\x00" + key))
	x := h.Sum64()
	// The last step of SplitMix64 (Steele, Lea, Flood 2014) spreads what FNV leaves close together.
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	x ^= x >> 31
	return int64(x >> 1)
}

// A Store holds the work tables of one run of a campaign.
type Store struct {
	campaign model.Campaign
	data     *Dataset
	seed     int64
	db       *sql.DB
}

// NewStore returns an empty store in memory. The seed is where all chance of the run comes from.
func NewStore(ctx context.Context, c model.Campaign, d *Dataset, seed int64) (*Store, error) {
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one connection, because the memory belongs to it
	if _, err := db.ExecContext(ctx, "ATTACH DATABASE ? AS data", fileURL(d.file, "mode=ro&immutable=1")); err != nil {
		return nil, errors.Join(fmt.Errorf("the dataset %s can’t be opened: %w", d.Name, err), db.Close())
	}
	return &Store{campaign: c, data: d, seed: seed, db: db}, nil
}

// fileURL is how SQLite wants a database file with options to be named, whatever characters its path has.
func fileURL(file, options string) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: options}).String()
}

// Close gives the work tables up.
func (s *Store) Close() error { return s.db.Close() }

// table returns the name of the work table that holds the population of a transition. Activities that hand people on
// make none: theirs is that of the transition the people came by. It is empty when nobody came: behind a fork that
// begins the campaign.
func (s *Store) table(r model.Ref) string {
	for {
		a, ok := s.campaign.Activity(r.Activity)
		if !ok {
			return ""
		}
		if a.Kind.Role == model.Query || a.Kind.Role == model.Deliver {
			return r.String()
		}
		from, ok := s.campaign.Inbound(a)
		if !ok {
			return ""
		}
		r = from
	}
}

// nobody stands for a work table without rows.
const nobody = "(SELECT NULL AS key WHERE 0)"

// arrivals is the population of a transition, as SQL.
func (s *Store) arrivals(r model.Ref) string {
	if table := s.table(r); table != "" {
		return quote(table)
	}
	return nobody
}

// dimension returns the table whose keys the population of a transition holds.
func (s *Store) dimension(name string) (*schema.Table, error) {
	t := s.data.Schema.Table(name)
	if t == nil {
		return nil, fmt.Errorf("the dataset %s has no table %s", s.data.Name, name)
	}
	return t, nil
}

// A query is one activity being computed.
type query struct {
	store    *Store
	ctx      context.Context
	tx       *sql.Tx
	activity model.Activity
	table    *schema.Table // the dimension of what leaves
	inbound  string        // who arrives, as SQL; empty at the start of a campaign
	now      time.Time
}

// queries compute the outputs of an activity, by kind. Each returns the people on every output.
var queries = map[string]func(*query) ([]int, error){
	"build-audience": (*query).buildAudience,
	"split":          (*query).split,
	"save-audience":  (*query).saveAudience,
}

// Compute makes the work tables of an activity's outputs and returns how many people are in each. Doing it again is
// harmless: it leads to the same tables.
func (s *Store) Compute(ctx context.Context, id string, now time.Time) ([]int, error) {
	var counts []int
	err := s.run(ctx, id, now, func(q *query) (err error) {
		compute, ok := queries[q.activity.Kind.Name]
		if !ok {
			return fmt.Errorf("%s can’t be computed", q.activity.Kind.Title)
		}
		counts, err = compute(q)
		return err
	})
	return counts, err
}

// run prepares a query for an activity and carries it out in one transaction.
func (s *Store) run(ctx context.Context, id string, now time.Time, do func(*query) error) error {
	a, ok := s.campaign.Activity(id)
	if !ok {
		return fmt.Errorf("there is no activity %s", id)
	}
	q := &query{store: s, ctx: ctx, activity: a, now: now}
	table, err := s.dimension(s.campaign.Dimension(a))
	if err != nil {
		return err
	}
	q.table = table
	if from, ok := s.campaign.Inbound(a); ok {
		q.inbound = s.arrivals(from)
		// Behind a fork that begins the campaign, what can begin one does.
		if q.inbound == nobody && a.Kind.MinIn == 0 {
			q.inbound = ""
		}
	}
	if q.tx, err = s.db.BeginTx(ctx, nil); err != nil {
		return err
	}
	if err := do(q); err != nil {
		return errors.Join(err, q.tx.Rollback())
	}
	return q.tx.Commit()
}

// create makes the empty work table of an output.
func (q *query) create(output string) (table string, err error) {
	table = quote(model.Ref{Activity: q.activity.ID, Output: output}.String())
	if _, err = q.tx.ExecContext(q.ctx, "DROP TABLE IF EXISTS "+table); err == nil {
		_, err = q.tx.ExecContext(q.ctx, fmt.Sprintf("CREATE TABLE %s (key %s PRIMARY KEY NOT NULL)", table, sqlTypes[q.table.Column(q.table.Key).Type]))
	}
	return table, err
}

// fill makes the work table of an output from a statement that selects keys, and returns how many there are.
func (q *query) fill(output, statement string, args ...any) (int, error) {
	table, err := q.create(output)
	if err != nil {
		return 0, err
	}
	result, err := q.tx.ExecContext(q.ctx, "INSERT INTO "+table+" "+statement, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// where compiles a rule on the rows of the dimension.
func (q *query) where(text string) (string, []any, error) {
	r, err := rule.Parse(text, q.store.data.Schema, q.table.Name)
	if err != nil {
		return "", nil, err
	}
	where, args := r.SQL(rule.Context{Now: q.now})
	return where, args, nil
}

// people is the FROM clause that gives the rows of who arrives, or of everybody, as t.
func (q *query) people() string {
	base := `"data".` + quote(q.table.Name) + " t"
	if q.inbound == "" {
		return base
	}
	return fmt.Sprintf("%s w CROSS JOIN %s ON t.%s = w.key", q.inbound, base, quote(q.table.Key))
}

// key is the expression of the row's key.
func (q *query) key() string { return "t." + quote(q.table.Key) }

// Rows is the population of a transition, row by row.
type Rows struct {
	Columns []string
	types   []schema.Type
	rows    *sql.Rows
}

// Rows returns the rows of the people on an activated transition, in the order of their keys.
func (s *Store) Rows(ctx context.Context, r model.Ref) (*Rows, error) {
	a, ok := s.campaign.Activity(r.Activity)
	if !ok {
		return nil, fmt.Errorf("there is no activity %s", r.Activity)
	}
	t, err := s.dimension(s.campaign.Dimension(a))
	if err != nil {
		return nil, err
	}
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, "t."+quote(c.Name))
	}
	rows, err := s.db.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM %s w JOIN "data".%s t ON t.%s = w.key ORDER BY w.key`,
		strings.Join(columns, ", "), s.arrivals(r), quote(t.Name), quote(t.Key)))
	if err != nil {
		return nil, err
	}
	out := &Rows{rows: rows}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, c.Name)
		out.types = append(out.types, c.Type)
	}
	return out, nil
}

// Next returns the next row as text, as a CSV file of the dataset would have it, or nil behind the last one. A missing
// value is an empty text.
func (r *Rows) Next() ([]string, error) {
	if !r.rows.Next() {
		return nil, r.rows.Err()
	}
	values := make([]any, len(r.Columns))
	into := make([]any, len(values))
	for i := range values {
		into[i] = &values[i]
	}
	if err := r.rows.Scan(into...); err != nil {
		return nil, err
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = text(v, r.types[i])
	}
	return out, nil
}

// text writes a value of the database.
func text(v any, t schema.Type) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int64:
		if t == schema.Boolean {
			return strconv.FormatBool(v != 0)
		}
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// Close ends the reading.
func (r *Rows) Close() error { return r.rows.Close() }

// CountRule returns how many rows of a table fit a rule, for a form that shows it while the rule is typed.
func (d *Dataset) CountRule(ctx context.Context, table, text string, now time.Time) (int, error) {
	s, err := NewStore(ctx, model.Campaign{}, d, 0)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	t, err := s.dimension(table)
	if err != nil {
		return 0, err
	}
	q := query{store: s, table: t, now: now}
	where, args, err := q.where(text)
	if err != nil {
		return 0, err
	}
	return count(ctx, s.db, fmt.Sprintf(`SELECT count(*) FROM %s WHERE %s`, q.people(), where), args...)
}

// Size returns the number of rows of a table.
func (d *Dataset) Size(ctx context.Context, table string) (int, error) {
	return d.CountRule(ctx, table, "", time.Time{})
}
