package population

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"

	"rendezvous/model/schema"
)

// importFormat changes when the same files lead to a different database.
const importFormat = 1

// maxBadRows is how many rows with errors are named before an import gives up.
const maxBadRows = 20

// importAll writes all tables into a new database file.
func (d *Dataset) importAll(ctx context.Context, file string, folder fs.FS, progress func(string)) error {
	db, err := sql.Open("sqlite", fileURL(file, "_pragma=journal_mode(off)&_pragma=synchronous(off)"))
	if err != nil {
		return err
	}
	for i := range d.Schema.Tables {
		t := &d.Schema.Tables[i]
		if progress != nil {
			progress("importing " + t.Name + " …")
		}
		if err := importTable(ctx, db, folder, t); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	for _, statement := range d.indexes() {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}

// indexes makes the links of the schema fast to follow.
func (d *Dataset) indexes() []string {
	var statements []string
	seen := map[[2]string]bool{}
	for _, t := range d.Schema.Tables {
		for _, l := range t.Links {
			target := d.Schema.Table(l.Target)
			at := [2]string{l.Target, l.To}
			if seen[at] || target.Key == l.To {
				continue
			}
			seen[at] = true
			statements = append(statements, fmt.Sprintf("CREATE INDEX %s ON %s (%s)", quote("by "+l.Target+"."+l.To), quote(l.Target), quote(l.To)))
		}
	}
	return append(statements, "ANALYZE")
}

var sqlTypes = map[schema.Type]string{
	schema.Text: "TEXT", schema.Integer: "INTEGER", schema.Decimal: "REAL",
	schema.Boolean: "INTEGER", schema.Date: "TEXT", schema.DateTime: "TEXT",
}

// importTable reads a CSV file with a header line into a table. Columns may stand in any order.
func importTable(ctx context.Context, db *sql.DB, folder fs.FS, t *schema.Table) error {
	f, err := folder.Open(t.File)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(skipMark(bufio.NewReaderSize(f, 1<<16)))
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: no header line can be read: %w", t.File, err)
	}
	places, err := columnPlaces(t, header)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := insertRows(ctx, tx, t, r, places); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// skipMark drops the byte order mark that spreadsheets put in front of a file.
func skipMark(r *bufio.Reader) io.Reader {
	if mark, err := r.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = r.Discard(3) // what was peeked can be discarded
	}
	return r
}

// columnPlaces returns, for each column of the schema, its place in the file.
func columnPlaces(t *schema.Table, header []string) ([]int, error) {
	var missing []string
	var places []int
	for _, c := range t.Columns {
		at := slices.IndexFunc(header, func(h string) bool { return strings.TrimSpace(h) == c.Name })
		if at < 0 {
			missing = append(missing, c.Name)
		}
		places = append(places, at)
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("%s: the schema names columns that the file does not have: %s", t.File, strings.Join(missing, ", "))
	}
	return places, nil
}

func insertRows(ctx context.Context, tx *sql.Tx, t *schema.Table, r *csv.Reader, places []int) error {
	insert, err := createTable(ctx, tx, t)
	if err != nil {
		return err
	}
	defer insert.Close()
	var bad []error
	values := make([]any, len(t.Columns))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return errors.Join(bad...)
		}
		if err == nil {
			err = convertRow(t, record, places, values)
		}
		if err == nil {
			_, err = insert.ExecContext(ctx, values...)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if bad = append(bad, badRow(t, r, values, err)); len(bad) == maxBadRows {
				return errors.Join(append(bad, errors.New("… and perhaps more"))...)
			}
		}
	}
}

// duplicateKey is what SQLite calls a second row with the same primary key (SQLITE_CONSTRAINT_PRIMARYKEY).
const duplicateKey = 1555

// badRow says what is wrong with a row, and where it begins.
func badRow(t *schema.Table, r *csv.Reader, values []any, err error) error {
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		// Such a row may have no fields whose place the reader could tell.
		return fmt.Errorf("%s:%d: %w", t.File, syntax.StartLine, syntax.Err)
	}
	line, _ := r.FieldPos(0)
	var refused *sqlite.Error
	if errors.As(err, &refused) && refused.Code() == duplicateKey {
		key := values[slices.IndexFunc(t.Columns, func(c schema.Column) bool { return c.Name == t.Key })]
		return fmt.Errorf("%s:%d: %s: a row above has the same key, %v", t.File, line, t.Key, key)
	}
	return fmt.Errorf("%s:%d: %w", t.File, line, err)
}

func createTable(ctx context.Context, tx *sql.Tx, t *schema.Table) (*sql.Stmt, error) {
	var columns, marks []string
	for _, c := range t.Columns {
		column := quote(c.Name) + " " + sqlTypes[c.Type]
		if c.Name == t.Key {
			column += " PRIMARY KEY NOT NULL"
		}
		columns, marks = append(columns, column), append(marks, "?")
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("CREATE TABLE %s (%s)", quote(t.Name), strings.Join(columns, ", "))); err != nil {
		return nil, err
	}
	return tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s VALUES (%s)", quote(t.Name), strings.Join(marks, ", ")))
}

func convertRow(t *schema.Table, record []string, places []int, values []any) error {
	for i, c := range t.Columns {
		v, err := convert(record[places[i]], c.Type)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		if v == nil && c.Name == t.Key {
			return fmt.Errorf("%s, the key, is empty", c.Name)
		}
		values[i] = v
	}
	return nil
}

// convert reads a value of a CSV file; an empty one is no value.
func convert(text string, typ schema.Type) (any, error) {
	if text == "" {
		return nil, nil
	}
	var v any
	var err error
	switch typ {
	case schema.Integer:
		v, err = strconv.ParseInt(text, 10, 64)
	case schema.Decimal:
		v, err = parseDecimal(text)
	case schema.Boolean:
		v, err = strconv.ParseBool(text)
	case schema.Date:
		_, err = time.Parse("2006-01-02", text)
		v = text
	case schema.DateTime:
		var at time.Time
		at, err = parseDateTime(text)
		v = at.UTC().Format("2006-01-02T15:04:05Z")
	default:
		return text, nil
	}
	if err != nil {
		return nil, fmt.Errorf("“%s” is not %s", text, article(typ))
	}
	return v, nil
}

// parseDecimal reads a number that can be compared and added: neither infinite nor none.
func parseDecimal(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsInf(v, 0) || math.IsNaN(v)) {
		err = strconv.ErrRange
	}
	return v, err
}

func article(t schema.Type) string {
	switch t {
	case schema.Integer:
		return "an integer"
	case schema.Boolean:
		return "true or false"
	case schema.Date:
		return "a date like 2026-01-05"
	case schema.DateTime:
		return "a date and time like 2026-01-05T09:00:00Z"
	}
	return "a decimal number"
}

func parseDateTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	return time.Time{}, errors.New("no date and time")
}
