package rule

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rendezvous/model/schema"
)

// What rules mean, said once more by hand, for both ways to run them.
func TestMeaning(t *testing.T) {
	paris := location("Europe/Paris")
	noon := Context{time.Date(2026, 3, 30, 12, 0, 0, 5e8, paris)}
	row := func(values ...any) world {
		w := world{"customers": {{"id": int64(1)}}}
		for i := 0; i < len(values); i += 2 {
			w["customers"][0][values[i].(string)] = values[i+1]
		}
		return w
	}
	db := open(t)
	for _, test := range []struct {
		text  string
		world world
		want  bool
	}{
		{"", row(), true},
		{"true", row(), true},
		{"false", row(), false},
		{`tier == "gold"`, row("tier", "gold"), true},
		{`tier == "gold"`, row("tier", "Gold"), false},
		{`tier != "gold"`, row(), false},
		{`not (tier == "gold")`, row(), true},
		{`tier not in ["gold"]`, row(), true},
		{`tier not contains "x"`, row(), true},
		{`tier == nil`, row(), true},
		{`tier == nil`, row("tier", ""), true},
		{`tier != nil`, row("tier", ""), false},
		{`tier == nil`, row("tier", " "), false},
		{`tier == ""`, row(), false},
		{`age == nil`, row("age", int64(0)), false},
		{`email_opt_in`, row("email_opt_in", true), true},
		{`email_opt_in`, row(), false},
		{`not email_opt_in`, row(), true},
		{`email_opt_in == false`, row(), false},
		{`tier < "a"`, row("tier", "Z"), true},
		{`tier < "z"`, row("tier", "é"), false},
		{`tier contains "ÉTÉ"`, row("tier", "un été"), true},
		{`tier startsWith "ß"`, row("tier", "ẞ"), true},
		{`tier endsWith "_%"`, row("tier", "a_%"), true},
		{`tier endsWith "_%"`, row("tier", "abc"), false},
		{`like(tier, "g_l%")`, row("tier", "GOLDEN"), true},
		{`like(tier, "日_")`, row("tier", "日本"), true},
		{`like(tier, "100\\%")`, row("tier", "100%"), true},
		{`like(tier, "100\\%")`, row("tier", "1000"), false},
		{`score == 0.5 and age / 2 == 0.5`, row("score", 0.5, "age", int64(1)), true},
		{`age / 0 == nil and age % 0 == nil`, row("age", int64(1)), true},
		{`(age + age) % 10 == 7 and (-age - age - 9) % 10 == -8`, row("age", int64(math.MaxInt64)), true},
		{`age % 3 == -1`, row("age", int64(-7)), true},
		{`age + 1 > 9e18`, row("age", int64(math.MaxInt64)), true},
		{`age > 9007199254740992.0`, row("age", int64(1<<53+1)), true},
		{`abs(age) == 9223372036854775807`, row("age", int64(math.MinInt64)), true},
		{`round(score) == 3 and floor(score) == 2 and ceil(score) == 3`, row("score", 2.5), true},
		{`round(score) == 1`, row("score", 0.49999999999999994), true},
		{`round(score) == -3`, row("score", -2.5), true},
		{`length(tier) == 2 and upper(tier) == "日É" and lower(tier) == "日é"`, row("tier", "日é"), true},
		{`trim(tier) == "a b"`, row("tier", "\t\u00a0a b \n"), true},

		{`today() == "2026-03-30"`, row(), true},
		{`daysAgo(1) == "2026-03-29" and daysAgo(-2) == "2026-04-01"`, row(), true},
		{`monthsAgo(1) == "2026-02-28" and monthsAgo(-1) == "2026-04-30"`, row(), true},
		{`now() == "2026-03-30T10:00:00Z"`, row(), true},
		{`birth_date < "2008-03-31" and age(birth_date) == 18`, row("birth_date", civil("2008-03-30")), true},
		{`age(birth_date) == 17`, row("birth_date", civil("2008-03-31")), true},
		{`age(birth_date) == 0`, row("birth_date", civil("2026-12-31")), true},
		{`age(birth_date) == nil`, row(), true},
		{`day(birth_date) == 29 and month(birth_date) == 2 and year(birth_date) == 2024`, row("birth_date", civil("2024-02-29")), true},
		// The clocks of Paris went forward on the 29th, a day of 23 hours.
		{`last_visit == "2026-03-29"`, row("last_visit", moment("2026-03-28T23:00:00Z")), true},
		{`last_visit == "2026-03-29"`, row("last_visit", moment("2026-03-29T21:59:59Z")), true},
		{`last_visit > "2026-03-29"`, row("last_visit", moment("2026-03-29T22:00:00Z")), true},
		{`last_visit < "2026-03-29"`, row("last_visit", moment("2026-03-28T22:59:59Z")), true},
		{`day(last_visit) == 30 and last_visit >= today()`, row("last_visit", moment("2026-03-29T22:00:00Z")), true},
		{`last_visit in ["2026-03-01", "2026-03-30"]`, row("last_visit", moment("2026-03-29T22:00:00Z")), true},
		{`last_visit > "2026-03-29T23:59:59+02:00"`, row("last_visit", moment("2026-03-29T22:00:00Z")), true},
		{`birth_date == last_visit`, row("last_visit", moment("2026-03-29T22:00:00Z"), "birth_date", civil("2026-03-30")), true},

		{`none(purchases) and count(purchases) == 0 and sum(purchases, .amount) == 0`, row(), true},
		{`avg(purchases, .amount) == nil and min(purchases, .amount) == nil and max(purchases, .bought_at) == nil`, row(), true},
		{`favourite.name == nil and not (favourite.name == "x")`, row("favourite_id", int64(9)), true},
	} {
		r, err := Parse(test.text, sound, "customers")
		if err != nil {
			t.Errorf("%s: %s", test.text, listed(err))
			continue
		}
		if got := len(test.world.selected(r, noon)) == 1; got != test.want {
			t.Errorf("%s on %v is %v", test.text, test.world, got)
		}
		if got := len(test.world.selected(r.Not(), noon)) == 1; got == test.want {
			t.Errorf("not (%s) on %v is %v", test.text, test.world, got)
		}
		fill(t, db, test.world)
		if got := len(query(t, db, r, noon)) == 1; got != test.want {
			t.Errorf("%s on %v is %v in SQL", test.text, test.world, got)
		}
		if got := len(query(t, db, r.Not(), noon)) == 1; got == test.want {
			t.Errorf("not (%s) on %v is %v in SQL", test.text, test.world, got)
		}
	}
}

func TestLists(t *testing.T) {
	w := world{
		"customers": {{"id": int64(1), "country": "FR"}, {"id": int64(2), "country": "DE"}, {"id": int64(3)}},
		"purchases": {
			{"id": int64(1), "customer_id": int64(1), "amount": 10.0, "product_id": int64(1), "paid": true},
			{"id": int64(2), "customer_id": int64(1), "amount": 20.0, "product_id": int64(2)},
			{"id": int64(3), "customer_id": int64(2), "amount": 20.0, "product_id": int64(1)},
			{"id": int64(4), "customer_id": int64(2), "product_id": int64(1)},
		},
		"products": {
			{"id": int64(1), "name": "Espresso machine", "Unit price": 9.0},
			{"id": int64(2), "name": "FR", "Unit price": 1.0, "parent_id": int64(1)},
		},
		`rev"iews`: {{"id": int64(1), "product_id": int64(2), "stars": int64(1)}},
	}
	db := open(t)
	fill(t, db, w)
	c := Context{moment("2026-01-05T09:00:00Z")}
	for text, want := range map[string]int64{
		`any(purchases)`:                                               12,
		`any(purchases, .paid)`:                                        1,
		`none(purchases, .amount >= 10)`:                               3,
		`count(purchases) == 2`:                                        12,
		`count(purchases, .amount != nil) == 2`:                        1,
		`sum(purchases, .amount) == 30`:                                1,
		`sum(purchases, .amount, .paid) == 0`:                          23,
		`avg(purchases, .amount) == 20`:                                2,
		`min(purchases, .amount) == 10`:                                1,
		`max(purchases, .product.name) == "FR"`:                        1,
		`sum(purchases, .product["Unit price"] - .amount) == -20`:      1,
		`any(purchases, .product.name == country)`:                     1,
		`any(purchases, .product.parent.name startsWith "espresso")`:   1,
		`any(purchases, any(.product["My reviews"], .stars == 1))`:     1,
		`any(purchases, none(.product["My reviews"]))`:                 12,
		`any(purchases, count(purchases, .amount == 20) == 1)`:         12,
		`sum(purchases, id) == 4`:                                      2,
		`any(purchases, any(purchases, .id == 1) and .amount == 20.0)`: 1,
	} {
		r, err := Parse(text, sound, "customers")
		if err != nil {
			t.Errorf("%s: %s", text, listed(err))
			continue
		}
		for from, ids := range map[string][]int64{"Go": w.selected(r, c), "SQL": query(t, db, r, c)} {
			var got int64
			for _, id := range ids {
				got = got*10 + id
			}
			if got != want {
				t.Errorf("%s selects %d in %s, want %d", text, got, from, want)
			}
		}
	}
}

// Sums keep what additions lose, and survive what overflows.
func TestSums(t *testing.T) {
	w := world{"customers": {{"id": int64(1)}}}
	for i := range 10 {
		w["purchases"] = append(w["purchases"], map[string]any{"id": int64(i), "customer_id": int64(1), "amount": 0.1, "quantity": int64(math.MaxInt64)})
	}
	db := open(t)
	fill(t, db, w)
	for _, text := range []string{
		`sum(purchases, .amount) == 1.0`, `avg(purchases, .amount) == 0.1`, `sum(purchases, .quantity) > 9e19`,
		`sum(purchases, .amount * 1e308 * 1000) > 1e308`, `sum(purchases, .amount * 1e308 * 1000 * (4.5 - .id)) == 0`, `avg(purchases, .amount * 1e308 * 1000 * (4.5 - .id)) == nil`,
	} {
		r, err := Parse(text, sound, "customers")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if len(w.selected(r, Context{})) != 1 {
			t.Errorf("%s is false", text)
		}
		if len(query(t, db, r, Context{})) != 1 {
			t.Errorf("%s is false in SQL", text)
		}
	}
}

// A Test activity asks its count and variables through a schema made for it.
func TestTestConditions(t *testing.T) {
	s := schema.Schema{Tables: []schema.Table{{Name: "test", Columns: []schema.Column{
		{Name: "count", Type: schema.Integer}, {Name: "sum", Type: schema.Decimal}, {Name: "age", Type: schema.Integer}, {Name: "day", Type: schema.Date},
		{Name: "if", Type: schema.Text}, {Name: "like", Type: schema.Text}, {Name: "map", Type: schema.Text}, {Name: "in", Type: schema.Text},
	}}}}
	row := record{table: s.Table("test"), values: map[string]any{
		"count": int64(10_001), "sum": 1.5, "age": int64(3), "day": civil("2026-01-05"), "if": "x", "like": "y", "map": "z", "in": "q",
	}}
	c := Context{moment("2026-01-05T09:00:00Z")}
	for text, want := range map[string]bool{
		"count > 10000": true, "count > 10001": false, "sum + count == 10002.5": true, "day == today() and day(day) == 5": true,
		"age == 3 and age(day) == 0": true, `if == "x" and like(like, "Y") and map == "z" and $["in"] == "q"`: true,
	} {
		r, err := Parse(text, s, "test")
		if err != nil {
			t.Errorf("%s: %s", text, listed(err))
		} else if got := r.Eval(row, c); got != want {
			t.Errorf("%s is %v", text, got)
		}
	}
}

// A value that is not of its column's type counts as empty.
func TestStrangeValues(t *testing.T) {
	row := record{table: sound.Table("customers"), values: map[string]any{"tier": 3, "age": "3", "email_opt_in": int64(1), "birth_date": "2026-01-05"}}
	for _, text := range []string{"tier == nil", "age == nil", "not email_opt_in", "birth_date == nil", "favourite.name == nil"} {
		r, err := Parse(text, sound, "customers")
		if err != nil || !r.Eval(row, Context{}) {
			t.Errorf("%s is false: %v", text, err)
		}
	}
}

func TestZeroRule(t *testing.T) {
	var r Rule
	where, args := r.SQL(Context{})
	if r.String() != "true" || where != "1 = 1" || len(args) > 0 || !r.Eval(record{}, Context{}) || !r.Everyone() {
		t.Errorf("the zero rule is %s, in SQL %s %v", r, where, args)
	}
	if r.Not().Everyone() || r.Not().Eval(record{}, Context{}) {
		t.Errorf("its negation is %s", r.Not())
	}
}

// A day is the instants of that calendar day, in every zone and also where clocks change at midnight.
func TestDayBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := location(pick(t, append([]string{"Asia/Beirut", "Pacific/Apia", "America/New_York", "Africa/Cairo"}, zoneNames...)))
		at := time.Unix(rapid.Int64Range(0, 2_500_000_000).Draw(t, "at"), 0)
		if _, change := at.In(zone).ZoneBounds(); !change.IsZero() && roll(t, 3) > 0 {
			at = change.Add(pick(t, []time.Duration{0, -time.Second, time.Hour, -time.Hour, 2 * time.Hour, 24 * time.Hour, -24 * time.Hour}))
		}
		day := dayOf(at, zone)
		if at.Before(day.start(zone)) || at.After(day.end(zone)) {
			t.Fatalf("%s is not between %s and %s", at.In(zone), day.start(zone).In(zone), day.end(zone).In(zone))
		}
		for _, d := range []Day{dayOf(day.start(zone), zone), dayOf(day.end(zone), zone)} {
			if d != day {
				t.Fatalf("%s in %s starts at %s and ends at %s", day, zone, day.start(zone), day.end(zone))
			}
		}
		if got := localDay(instantOf(at), zoneName(at.In(zone))); got != string(day) {
			t.Fatalf("uday is %v, want %s", got, day)
		}
	})
}

func TestFunctionsOnStrangeInput(t *testing.T) {
	for _, args := range [][2]string{{"", "UTC"}, {"2026-01-05", "UTC"}, {"2026-01-05T00:00:00Z", "Mars/Olympus"}, {"2026-01-05T00:00:00Z", "+x"}} {
		if got := localDay(args[0], args[1]); got != nil {
			t.Errorf("uday%v is %v", args, got)
		}
	}
}
