package population

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rendezvous/engine/flow"
)

// Tables whose names and values are as awkward as those of real databases.
const (
	peopleTable = `my "people" ; --`
	peopleKey   = `Key "No."`
	nameColumn  = `Fir"st 'name'`
	buysTable   = `bu'ys of`
	awkward     = `
tables:
  - name: 'my "people" ; --'
    file: people.csv
    key: 'Key "No."'
    columns:
      - {name: 'Key "No."', type: %s}
      - {name: 'Fir"st ''name''', type: text}
      - {name: tier, type: text}
      - {name: age, type: integer}
      - {name: score, type: decimal}
      - {name: ok, type: boolean}
      - {name: 'Mail, "at"', type: text}
      - {name: phone, type: text}
    links:
      - {name: buys, target: 'bu''ys of', from: 'Key "No."', to: 'who "bought"', cardinality: 1-N}
    addresses:
      - {channel: email, column: 'Mail, "at"', consent: ok}
      - {channel: sms, column: phone, consent: ok}
  - name: 'bu''ys of'
    file: buys.csv
    key: id
    columns:
      - {name: id, type: integer}
      - {name: 'who "bought"', type: %s}
      - {name: amount, type: decimal}
    links:
      - {name: buyer, target: 'my "people" ; --', from: 'who "bought"', to: 'Key "No."', cardinality: N-1}
`
)

var peopleColumns = []string{peopleKey, nameColumn, "tier", "age", "score", "ok", `Mail, "at"`, "phone"}

// drawPeople draws the rows of the two tables.
func drawPeople(t *rapid.T, textKeys bool) world {
	w := world{}
	n := rapid.IntRange(0, 12).Draw(t, "people")
	for i := range n {
		id := strconv.Itoa(i*7 - 20)
		if textKeys {
			id = rapid.SampledFrom([]string{"k", `q"`, "é", "'; --", "𝄞"}).Draw(t, "key") + strconv.Itoa(i)
		}
		w[peopleTable] = append(w[peopleTable], row{
			peopleKey:    id,
			nameColumn:   rapid.SampledFrom([]string{"", "Émile", "émile", `O"Hara`, "O'Hara", "Ω mega", "100%", "line\nbreak", "a_b"}).Draw(t, "name"),
			"tier":       rapid.SampledFrom([]string{"", "gold", "silver", "Gold"}).Draw(t, "tier"),
			"age":        rapid.SampledFrom([]string{"", "-3", "0", "17", "18", "18", "64"}).Draw(t, "age"),
			"score":      rapid.SampledFrom([]string{"", "0", "-1.5", "2.25", "2.25", "1000000"}).Draw(t, "score"),
			"ok":         rapid.SampledFrom([]string{"", "true", "true", "true", "false"}).Draw(t, "ok"),
			`Mail, "at"`: rapid.SampledFrom([]string{"", "a@x.org", "A@X.org", " a@x.org ", "é@x.org", "É@X.ORG", "a@x", "@x.org", "a b@x.org", "a@x..org", "a@b@x.org"}).Draw(t, "mail"),
			"phone":      rapid.SampledFrom([]string{"", "+33612345678", "+33 6 12 34 56 78", "+33-6.12345678", "0612345678", "+0612345678", "+49 151", "phone"}).Draw(t, "phone"),
		})
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "buys") {
		who := ""
		if n > 0 && rapid.IntRange(0, 4).Draw(t, "known") > 0 {
			who = rapid.SampledFrom(w[peopleTable]).Draw(t, "who")[peopleKey]
		}
		w[buysTable] = append(w[buysTable], row{"id": strconv.Itoa(i), `who "bought"`: who, "amount": rapid.SampledFrom([]string{"", "1", "2.5", "-2.5", "40"}).Draw(t, "amount")})
	}
	slices.SortFunc(w[peopleTable], func(a, b row) int {
		if textKeys {
			return strings.Compare(a[peopleKey], b[peopleKey])
		}
		return compareValues(a[peopleKey], b[peopleKey])
	})
	return w
}

// importWorld writes the tables as CSV files, rows and columns in any order, and opens them.
func importWorld(t *rapid.T, folder string, w world, textKeys bool) *Dataset {
	typ := map[bool]string{true: "text", false: "integer"}[textKeys]
	files := map[string][]byte{
		"schema.yaml": fmt.Appendf(nil, awkward, typ, typ),
		"people.csv":  asCSV(rapid.Permutation(peopleColumns).Draw(t, "columns"), rapid.Permutation(w[peopleTable]).Draw(t, "order")),
		"buys.csv":    asCSV([]string{"amount", "extra", "id", `who "bought"`}, w[buysTable]),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := Open(context.Background(), folder, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func asCSV(columns []string, rows []row) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write(columns)
	for _, r := range rows {
		var values []string
		for _, c := range columns {
			values = append(values, r[c])
		}
		_ = out.Write(values)
	}
	out.Flush()
	return b.Bytes()
}

// A condition is a rule and what it means.
type condition struct {
	rule string
	fits func(row) bool
}

func conditions(w world) []condition {
	amounts := func(r row) (count int, sum float64) {
		for _, b := range w[buysTable] {
			if b[`who "bought"`] != "" && b[`who "bought"`] == r[peopleKey] {
				count++
				n, _ := b.number("amount")
				sum += n
			}
		}
		return count, sum
	}
	return []condition{
		{"true", func(row) bool { return true }},
		{"false", func(row) bool { return false }},
		{`tier == "gold"`, func(r row) bool { return r["tier"] == "gold" }},
		{`tier != "gold"`, func(r row) bool { return r["tier"] != "" && r["tier"] != "gold" }},
		{`tier == nil`, func(r row) bool { return r["tier"] == "" }},
		{`tier not in ["gold", "silver"]`, func(r row) bool { return r["tier"] != "gold" && r["tier"] != "silver" }},
		{`age >= 18`, func(r row) bool { n, ok := r.number("age"); return ok && n >= 18 }},
		{`age < score`, func(r row) bool {
			a, okA := r.number("age")
			s, okS := r.number("score")
			return okA && okS && a < s
		}},
		{`ok`, func(r row) bool { return r["ok"] == "true" }},
		{`ok == false`, func(r row) bool { return r["ok"] == "false" }},
		{`$["Fir\"st 'name'"] startsWith "é"`, func(r row) bool { return strings.HasPrefix(strings.ToLower(r[nameColumn]), "é") }},
		{`$["Fir\"st 'name'"] contains "%"`, func(r row) bool { return strings.Contains(r[nameColumn], "%") }},
		{`$["Fir\"st 'name'"] in ["O\"Hara", "O'Hara"]`, func(r row) bool { return r[nameColumn] == `O"Hara` || r[nameColumn] == "O'Hara" }},
		{`any(buys, .amount >= 2)`, func(r row) bool {
			return slices.ContainsFunc(w[buysTable], func(b row) bool {
				n, ok := b.number("amount")
				return b[`who "bought"`] == r[peopleKey] && ok && n >= 2
			})
		}},
		{`count(buys) >= 2`, func(r row) bool { n, _ := amounts(r); return n >= 2 }},
		{`sum(buys, .amount) > 2`, func(r row) bool { _, sum := amounts(r); return sum > 2 }},
		{`any(buys, .buyer.tier == "silver")`, func(r row) bool { n, _ := amounts(r); return n > 0 && r["tier"] == "silver" }},
	}
}

// drawCondition combines conditions.
func drawCondition(t *rapid.T, w world) condition {
	a := rapid.SampledFrom(conditions(w)).Draw(t, "rule")
	b := rapid.SampledFrom(conditions(w)).Draw(t, "rule")
	switch rapid.IntRange(0, 3).Draw(t, "combine") {
	case 0:
		return condition{"(" + a.rule + ") and (" + b.rule + ")", func(r row) bool { return a.fits(r) && b.fits(r) }}
	case 1:
		return condition{"(" + a.rule + ") or (" + b.rule + ")", func(r row) bool { return a.fits(r) || b.fits(r) }}
	case 2:
		return condition{"not (" + a.rule + ")", func(r row) bool { return !a.fits(r) }}
	}
	return a
}

// eachWorld runs a property on random datasets. The datasets are many and small, so the cache is emptied after each.
func eachWorld(t *testing.T, check func(t *rapid.T, d *Dataset, w world)) {
	cache, folder := t.TempDir(), t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	rapid.Check(t, func(t *rapid.T) {
		textKeys := rapid.Bool().Draw(t, "text keys")
		w := drawPeople(t, textKeys)
		check(t, importWorld(t, folder, w, textKeys), w)
		if err := os.RemoveAll(filepath.Join(cache, "rendezvous")); err != nil {
			t.Fatal(err)
		}
	})
}

func TestRandomAudience(t *testing.T) {
	eachWorld(t, func(t *rapid.T, d *Dataset, w world) {
		a, b := drawCondition(t, w), drawCondition(t, w)
		s := newStore(t, loadCampaign(t, peopleTable, fmt.Sprintf("- {id: a, kind: build-audience, rule: %q}\n- {id: b, kind: build-audience, from: a, rule: %q}\n", a.rule, b.rule)), d, 0)
		defer func() { _ = s.Close() }()
		people := w[peopleTable]
		for _, step := range []struct {
			id string
			condition
		}{{"a", a}, {"b", b}} {
			people = where(people, step.fits)
			if n := compute(t, s, step.id); n[0] != len(people) {
				t.Fatalf("%s: %d people, want %d", step.rule, n[0], len(people))
			}
			if diff := cmp.Diff(keysOf(people, peopleKey), keys(t, s, step.id, "result", peopleKey)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", step.rule, diff)
			}
		}
	})
}

func TestRandomSplit(t *testing.T) {
	eachWorld(t, func(t *rapid.T, d *Dataset, w world) {
		var pieces []piece
		for range rapid.IntRange(1, 4).Draw(t, "subsets") {
			c := drawCondition(t, w)
			p := piece{rule: c.rule, fits: c.fits, limit: rapid.SampledFrom([]string{"", "", "0", "1", "3", "0%", "10%", "50%", "100%"}).Draw(t, "limit")}
			if p.limit != "" {
				p.order = rapid.SampledFrom([]string{"", "age", "score", "tier", "ok", "phone"}).Draw(t, "order")
			}
			p.descending = rapid.Bool().Draw(t, "descending")
			pieces = append(pieces, p)
		}
		checkSplit(t, d, peopleTable, peopleKey, w[peopleTable], pieces, rapid.Bool().Draw(t, "overlap"), rapid.Int64Range(-2, 2).Draw(t, "seed"))
	})
}

func TestRandomDelivery(t *testing.T) {
	eachWorld(t, func(t *rapid.T, d *Dataset, w world) {
		c := drawCondition(t, w)
		s := newStore(t, loadCampaign(t, peopleTable, fmt.Sprintf(`
- {id: a, kind: build-audience, rule: %q}
- {id: f, kind: fork, from: a, outputs: [{id: x}, {id: y}]}
- {id: email, kind: email, from: f.x, subject: S}
- {id: sms, kind: sms, from: f.y, text: T}
`, c.rule)), d, 0)
		defer func() { _ = s.Close() }()
		compute(t, s, "a")
		people := where(w[peopleTable], c.fits)
		for channel, column := range map[string]string{"email": `Mail, "at"`, "sms": "phone"} {
			got, err := s.Deliver(context.Background(), channel, now)
			if err != nil {
				t.Fatal(err)
			}
			sent, dropped := reach(people, channel, column, "ok")
			if diff := cmp.Diff(flow.Delivery{Targeted: len(people), Sent: len(sent), Dropped: dropped}, got); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", channel, diff)
			}
			if diff := cmp.Diff(keysOf(sent, peopleKey), keys(t, s, channel, "sent", peopleKey)); diff != "" {
				t.Fatalf("who gets the %s (-want +got):\n%s", channel, diff)
			}
			lost := 0
			for _, n := range got.Dropped {
				lost += n
			}
			if got.Sent+lost != got.Targeted {
				t.Fatalf("%s loses people: %+v", channel, got)
			}
		}
	})
}

// Every value of a row comes back as it was written.
func TestRandomRows(t *testing.T) {
	eachWorld(t, func(t *rapid.T, d *Dataset, w world) {
		s := newStore(t, loadCampaign(t, peopleTable, "- {id: a, kind: build-audience}\n"), d, 0)
		defer func() { _ = s.Close() }()
		compute(t, s, "a")
		for _, column := range peopleColumns {
			if diff := cmp.Diff(keysOf(w[peopleTable], column), keys(t, s, "a", "result", column)); diff != "" {
				t.Fatalf("%s (-written +read):\n%s", column, diff)
			}
		}
	})
}
