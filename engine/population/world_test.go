package population

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rendezvous/model"
	"rendezvous/samples"
)

// TestMain keeps the tests away from the machine's own cache, and lets them share one.
func TestMain(m *testing.M) {
	cache, err := os.MkdirTemp("", "rendezvous-test-*")
	if err != nil {
		panic(err)
	}
	if err := os.Setenv("XDG_CACHE_HOME", cache); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(cache)
	os.Exit(code)
}

var now = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

var demo = sync.OnceValues(func() (*Dataset, error) { return Open(context.Background(), "demo", "", nil) })

func openDemo(t testing.TB) *Dataset {
	t.Helper()
	d, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// fataler is what testing.TB and rapid.T share.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func loadCampaign(t fataler, dimension, activities string) model.Campaign {
	t.Helper()
	text := fmt.Sprintf("version: 1\nname: Test\ndata: test\ndimension: %q\nactivities:\n%s", dimension, activities)
	doc, err := model.Load("test.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return doc.Campaign
}

func newStore(t fataler, c model.Campaign, d *Dataset, seed int64) *Store {
	t.Helper()
	s, err := NewStore(context.Background(), c, d, seed)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

// keys returns the keys of the people on a transition, in the order in which they are read.
func keys(t fataler, s *Store, activity, output, key string) []string {
	t.Helper()
	rows, err := s.Rows(context.Background(), model.Ref{Activity: activity, Output: output})
	if err != nil {
		t.Fatalf("%s.%s: %v", activity, output, err)
	}
	defer func() { _ = rows.Close() }()
	at := slices.Index(rows.Columns, key)
	out := []string{}
	for {
		row, err := rows.Next()
		if err != nil {
			t.Fatalf("%v", err)
		}
		if row == nil {
			return out
		}
		out = append(out, row[at])
	}
}

func compute(t fataler, s *Store, activity string) []int {
	t.Helper()
	counts, err := s.Compute(context.Background(), activity, now)
	if err != nil {
		t.Fatalf("%s: %v", activity, err)
	}
	return counts
}

// A row is a line of a CSV file: texts by the names of the columns. An empty one is no value.
type row map[string]string

// A world is the rows of the tables of a dataset, for computations in plain Go.
type world map[string][]row

// demoWorld is the demo dataset, read by nothing but the standard library.
var demoWorld = sync.OnceValue(func() world {
	w := world{}
	files, _ := fs.Glob(samples.Demo(), "*.csv")
	for _, file := range files {
		f, err := samples.Demo().Open(file)
		if err != nil {
			panic(err)
		}
		records, err := csv.NewReader(f).ReadAll()
		if err != nil {
			panic(err)
		}
		for _, r := range records[1:] {
			one := row{}
			for i, v := range r {
				one[records[0][i]] = v
			}
			table := strings.TrimSuffix(file, ".csv")
			w[table] = append(w[table], one)
		}
		_ = f.Close()
	}
	return w
})

// number reads a number; a missing one is not ok.
func (r row) number(column string) (float64, bool) {
	if r[column] == "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(r[column], 64)
	if err != nil {
		panic(err)
	}
	return n, true
}

// compareValues orders numbers as numbers, and texts, phone numbers and dates as texts.
func compareValues(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil || a[0] == '+' || b[0] == '+' {
		return strings.Compare(a, b)
	}
	return cmp.Compare(x, y)
}

// The computations in plain Go. They take people in the order of their keys, and return them so.

func where(people []row, fits func(row) bool) []row {
	var out []row
	for _, p := range people {
		if fits(p) {
			out = append(out, p)
		}
	}
	return out
}

// A piece is a subset of a split.
type piece struct {
	rule       string
	fits       func(row) bool
	limit      string // as the file says it; empty for none
	order      string // a column; empty for chance
	descending bool
}

// divide is what a split does; the last of what it returns is the complement.
func divide(people []row, pieces []piece, overlap bool, key string, chanceOf func(piece int, key string) int64) [][]row {
	var out [][]row
	taken := map[string]bool{}
	for i, p := range pieces {
		chosen := where(people, func(r row) bool { return (overlap || !taken[r[key]]) && p.fits(r) })
		if p.limit != "" {
			chosen = best(chosen, p, key, func(k string) int64 { return chanceOf(i, k) })
			chosen = chosen[:min(len(chosen), mostOf(p.limit, len(people)))]
			slices.SortFunc(chosen, func(a, b row) int { return compareValues(a[key], b[key]) })
		}
		for _, r := range chosen {
			taken[r[key]] = true
		}
		out = append(out, chosen)
	}
	return append(out, where(people, func(r row) bool { return !taken[r[key]] }))
}

func mostOf(limit string, people int) int {
	if share, ok := strings.CutSuffix(limit, "%"); ok {
		n, _ := strconv.Atoi(share)
		return people * n / 100
	}
	n, _ := strconv.Atoi(limit)
	return n
}

// best puts those first whom a limit keeps.
func best(people []row, p piece, key string, chance func(string) int64) []row {
	people = slices.Clone(people)
	slices.SortStableFunc(people, func(a, b row) int {
		if p.order == "" {
			return cmp.Compare(chance(a[key]), chance(b[key]))
		}
		x, y := a[p.order], b[p.order]
		switch {
		case x == "" || y == "":
			return cmp.Compare(y, x) // those without a value come last
		case p.descending:
			return compareValues(y, x)
		}
		return compareValues(x, y)
	})
	return people
}

// reach is what a delivery does: who gets a message, and how many do not, by reason.
func reach(people []row, channel, address, consent string) (sent []row, dropped map[string]int) {
	dropped = map[string]int{}
	seen := map[string]bool{}
	for _, p := range people {
		at := strings.TrimSpace(p[address])
		form := strings.ToLower(at)
		good := plainEmail
		if channel == "sms" {
			good = plainPhone
			form = strings.Join(strings.FieldsFunc(at, func(r rune) bool { return strings.ContainsRune(" -.", r) }), "")
		}
		switch {
		case p[consent] != "true":
			dropped["no consent"]++
		case at == "":
			dropped["no address"]++
		case !good(form):
			dropped["invalid address"]++
		case seen[form]:
			dropped["duplicate address"]++
		default:
			seen[form] = true
			sent = append(sent, p)
		}
	}
	return sent, dropped
}

func plainEmail(s string) bool {
	parts := strings.Split(s, "@")
	if len(parts) != 2 || parts[0] == "" || strings.ContainsAny(s, " \t\n") {
		return false
	}
	labels := strings.Split(parts[1], ".")
	return len(labels) > 1 && !slices.Contains(labels, "")
}

func plainPhone(s string) bool {
	digits, ok := strings.CutPrefix(s, "+")
	return ok && len(digits) >= 8 && len(digits) <= 15 && digits[0] != '0' && strings.Trim(digits, "0123456789") == ""
}

func keysOf(people []row, key string) []string {
	out := []string{}
	for _, p := range people {
		out = append(out, p[key])
	}
	return out
}

// writeFolder writes files into a new folder.
func writeFolder(t testing.TB, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
