package rule

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Any text is either refused, with errors that lie within it, or is a rule that prints, compiles and can be evaluated.
func FuzzParse(f *testing.F) {
	for _, test := range canonical {
		f.Add(test.text)
	}
	for _, test := range mistakes {
		f.Add(test.text)
	}
	c := Context{moment("2026-01-05T09:00:00Z").In(location("Europe/Paris"))}
	w := world{
		"customers": {{"id": int64(1), "tier": "gold", "age": int64(30)}},
		"purchases": {{"id": int64(1), "customer_id": int64(1), "amount": 12.5}},
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text, shop, "customers")
		if err != nil {
			checkErrors(t, text, err)
			return
		}
		again, err := Parse(r.String(), shop, "customers")
		if err != nil {
			t.Fatalf("%q was printed as %q: %v", text, r, err)
		}
		if diff := cmp.Diff(r.Root(), again.Root()); diff != "" {
			t.Fatalf("%q was printed as %q: %s", text, r, diff)
		}
		where, args := r.SQL(c)
		if n := strings.Count(where, "?"); n != len(args) {
			t.Fatalf("%q has %d arguments for %d marks: %s", text, len(args), n, where)
		}
		if got, not := len(w.selected(r, c)), len(w.selected(r.Not(), c)); got+not != 1 {
			t.Fatalf("%q and its negation select %d and %d of 1 row", text, got, not)
		}
	})
}

func checkErrors(t *testing.T, text string, err error) {
	var problems Errors
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("%q: %#v is no list of errors", text, err)
	}
	for i, e := range problems {
		length := len([]rune(text))
		if e.Column < 1 || e.End <= e.Column || e.Column > length+1 || e.End > length+2 || e.Message == "" {
			t.Fatalf("%q: error %+v lies outside", text, e)
		}
		if i > 0 && e.Column < problems[i-1].Column {
			t.Fatalf("%q: errors out of order: %v", text, problems)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"short": `tier in ["gold", "silver"] and country == "FR"`,
		"list":  `any(purchases, .amount >= 100 and .product.name == "Espresso machine") and count(purchases, .bought_at >= daysAgo(30)) >= 2`,
		"long":  "age == 1" + strings.Repeat(" or age == 2", 5_000),
		"wrong": "aeg == 1" + strings.Repeat(" or aeg == 2", 5_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(text, shop, "customers")
			}
		})
	}
}
