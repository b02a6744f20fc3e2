package population

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rendezvous/engine/flow"
	"rendezvous/model"
)

// rules on the customers of the demo data, and what they mean in plain Go.
var rules = []struct {
	rule string
	fits func(w world, r row) bool
}{
	{"", func(world, row) bool { return true }},
	{`tier in ["gold", "silver"]`, func(_ world, r row) bool { return r["tier"] == "gold" || r["tier"] == "silver" }},
	{`tier != "gold"`, func(_ world, r row) bool { return r["tier"] != "" && r["tier"] != "gold" }},
	{`not (tier == "gold")`, func(_ world, r row) bool { return r["tier"] != "gold" }},
	{`tier == nil`, func(_ world, r row) bool { return r["tier"] == "" }},
	{`tier not in ["gold", "silver"]`, func(_ world, r row) bool { return r["tier"] != "gold" && r["tier"] != "silver" }},
	{`age >= 18 and country == "FR"`, func(_ world, r row) bool {
		n, ok := r.number("age")
		return ok && n >= 18 && r["country"] == "FR"
	}},
	{`not (age >= 40)`, func(_ world, r row) bool { n, ok := r.number("age"); return !ok || n < 40 }},
	{`first_name startsWith "é" or city contains "ü"`, func(_ world, r row) bool {
		return strings.HasPrefix(strings.ToLower(r["first_name"]), "é") || strings.Contains(strings.ToLower(r["city"]), "ü")
	}},
	{`email_opt_in and not sms_opt_in`, func(_ world, r row) bool { return r["email_opt_in"] == "true" && r["sms_opt_in"] != "true" }},
	{`last_visit < daysAgo(90)`, func(_ world, r row) bool {
		return r["last_visit"] != "" && r["last_visit"] < now.AddDate(0, 0, -90).Format("2006-01-02")
	}},
	{`any(purchases, .amount >= 400)`, func(w world, r row) bool {
		for _, p := range bought(w, r["id"]) {
			if n, ok := p.number("amount"); ok && n >= 400 {
				return true
			}
		}
		return false
	}},
	{`none(purchases)`, func(w world, r row) bool { return len(bought(w, r["id"])) == 0 }},
	{`count(purchases, .bought_at >= daysAgo(30)) >= 2`, func(w world, r row) bool {
		n := 0
		for _, p := range bought(w, r["id"]) {
			if p["bought_at"] != "" && p["bought_at"] >= now.AddDate(0, 0, -30).Format("2006-01-02") {
				n++
			}
		}
		return n >= 2
	}},
	{`any(purchases, .product.category == "machines")`, func(w world, r row) bool {
		for _, p := range bought(w, r["id"]) {
			if product(w, p["product_id"])["category"] == "machines" {
				return true
			}
		}
		return false
	}},
}

// bought returns the purchases of a customer.
func bought(w world, id string) []row {
	if purchasesOf == nil {
		purchasesOf = map[string][]row{}
		for _, p := range w["purchases"] {
			purchasesOf[p["customer_id"]] = append(purchasesOf[p["customer_id"]], p)
		}
	}
	return purchasesOf[id]
}

var purchasesOf map[string][]row

func product(w world, id string) row {
	for _, p := range w["products"] {
		if p["id"] == id {
			return p
		}
	}
	return nil
}

func TestBuildAudience(t *testing.T) {
	w := demoWorld()
	for _, test := range rules {
		c := loadCampaign(t, "customers", fmt.Sprintf(`
- {id: all, kind: build-audience, rule: %q}
- {id: old, kind: build-audience, from: all, rule: age > 60}
`, test.rule))
		s := newStore(t, c, openDemo(t), 0)
		want := where(w["customers"], func(r row) bool { return test.fits(w, r) })
		if got := compute(t, s, "all"); got[0] != len(want) {
			t.Errorf("%s: %d people, want %d", test.rule, got[0], len(want))
		}
		if diff := cmp.Diff(keysOf(want, "id"), keys(t, s, "all", "result", "id")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.rule, diff)
		}
		old := where(want, func(r row) bool { n, ok := r.number("age"); return ok && n > 60 })
		compute(t, s, "old")
		if diff := cmp.Diff(keysOf(old, "id"), keys(t, s, "old", "result", "id")); diff != "" {
			t.Errorf("%s, of those the older (-want +got):\n%s", test.rule, diff)
		}
		if n, err := openDemo(t).CountRule(context.Background(), "customers", test.rule, now); err != nil || n != len(want) {
			t.Errorf("CountRule(%s) = %d, %v, want %d", test.rule, n, err, len(want))
		}
		if share := float64(len(want)) / float64(len(w["customers"])); test.rule != "" && (share == 0 || share == 1) {
			t.Errorf("%s selects everybody or nobody and tests little", test.rule)
		}
		_ = s.Close()
	}
}

func TestOwnDimension(t *testing.T) {
	c := loadCampaign(t, "customers", "- {id: things, kind: build-audience, dimension: products, rule: in_stock}\n")
	s := newStore(t, c, openDemo(t), 0)
	compute(t, s, "things")
	want := where(demoWorld()["products"], func(r row) bool { return r["in_stock"] == "true" })
	if diff := cmp.Diff(keysOf(want, "id"), keys(t, s, "things", "result", "id")); diff != "" {
		t.Errorf("products (-want +got):\n%s", diff)
	}
}

func TestSplitDemo(t *testing.T) {
	people := demoWorld()["customers"]
	tier := func(name string) func(row) bool { return func(r row) bool { return r["tier"] == name } }
	anyone := func(row) bool { return true }
	adult := func(r row) bool { n, ok := r.number("age"); return ok && n >= 18 }
	for _, test := range []struct {
		name    string
		pieces  []piece
		overlap bool
	}{
		{"in order", []piece{{rule: `tier == "gold"`, fits: tier("gold")}, {rule: "age >= 18", fits: adult}, {fits: anyone}}, false},
		{"with overlap", []piece{{rule: `tier == "gold"`, fits: tier("gold")}, {rule: "age >= 18", fits: adult}}, true},
		{"the highest", []piece{{rule: "age >= 18", fits: adult, limit: "500", order: "points", descending: true}}, false},
		{"the lowest, those without a value last", []piece{{fits: anyone, limit: "90%", order: "age"}, {fits: anyone, limit: "5%", order: "last_visit"}}, false},
		{"the highest, those without a value last", []piece{{fits: anyone, limit: "99%", order: "birth_date", descending: true}}, false},
		{"by name", []piece{{fits: anyone, limit: "1000", order: "last_name"}, {fits: anyone, limit: "1000", order: "city", descending: true}}, false},
		{"by chance", []piece{{fits: anyone, limit: "10%"}, {fits: anyone, limit: "10%"}, {fits: tier("silver"), rule: `tier == "silver"`, limit: "3"}}, true},
		{"nobody", []piece{{fits: anyone, limit: "0"}, {fits: anyone, limit: "0%"}}, false},
		{"more than there are", []piece{{fits: anyone, limit: "99999"}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkSplit(t, openDemo(t), "customers", "id", people, test.pieces, test.overlap, 7)
		})
	}
}

// checkSplit compares a split of everybody with that in plain Go.
func checkSplit(t fataler, d *Dataset, dimension, key string, people []row, pieces []piece, overlap bool, seed int64) {
	t.Helper()
	var subsets []string
	for i, p := range pieces {
		text := fmt.Sprintf("{id: s%d, rule: %q", i, p.rule)
		if p.limit != "" {
			text += ", limit: " + p.limit
		}
		if p.order != "" {
			text += ", order: " + p.order + map[bool]string{true: " desc", false: " asc"}[p.descending]
		}
		subsets = append(subsets, text+"}")
	}
	s := newStore(t, loadCampaign(t, dimension, fmt.Sprintf(`
- {id: all, kind: build-audience}
- {id: s, kind: split, from: all, overlap: %v, complement: true, subsets: [%s]}
`, overlap, strings.Join(subsets, ", "))), d, seed)
	defer func() { _ = s.Close() }()
	compute(t, s, "all")
	counts := compute(t, s, "s")
	want := divide(people, pieces, overlap, key, func(i int, k string) int64 { return chance(fmt.Sprintf("%d/s/s%d", seed, i), k) })
	sum := 0
	for i, w := range want {
		output := fmt.Sprintf("s%d", i)
		if i == len(pieces) {
			output = "complement"
		}
		if diff := cmp.Diff(keysOf(w, key), keys(t, s, "s", output, key)); diff != "" || counts[i] != len(w) {
			t.Fatalf("%s: %d people, want %d (-want +got):\n%s", output, counts[i], len(w), diff)
		}
		sum += counts[i]
	}
	if !overlap && sum != len(people) {
		t.Fatalf("%d people come out of %d", sum, len(people))
	}
}

// A draw is spread over everybody, and another seed, activity or subset draws others.
func TestChance(t *testing.T) {
	draw := func(seed int64, id string) []string {
		c := loadCampaign(t, "customers", fmt.Sprintf("- {id: all, kind: build-audience}\n- {id: %s, kind: split, from: all, subsets: [{id: x, limit: 10%%}]}\n", id))
		s := newStore(t, c, openDemo(t), seed)
		defer func() { _ = s.Close() }()
		compute(t, s, "all")
		compute(t, s, id)
		return keys(t, s, id, "x", "id")
	}
	first := draw(1, "s")
	if !cmp.Equal(first, draw(1, "s")) {
		t.Error("the same draw is another")
	}
	if cmp.Equal(first, draw(2, "s")) || cmp.Equal(first, draw(1, "z")) {
		t.Error("another draw is the same")
	}
	tenth := map[int]int{} // of the drawn, by tenths of the population
	for i, p := range demoWorld()["customers"] {
		for _, k := range first {
			if k == p["id"] {
				tenth[i*10/len(demoWorld()["customers"])]++
			}
		}
	}
	for i := range 10 {
		// 125 are expected in each; six standard deviations are 64.
		if tenth[i] < 61 || tenth[i] > 189 {
			t.Errorf("of the %d. tenth of the customers, %d are drawn, 125 are fair", i+1, tenth[i])
		}
	}
}

func TestSaveAudience(t *testing.T) {
	c := loadCampaign(t, "customers", "- {id: all, kind: build-audience, rule: tier == \"gold\"}\n- {id: save, kind: save-audience, from: all, audience: A}\n")
	s := newStore(t, c, openDemo(t), 0)
	counts := compute(t, s, "all")
	if got := compute(t, s, "save"); !cmp.Equal(got, counts) {
		t.Errorf("%v people go on, of %v", got, counts)
	}
	if diff := cmp.Diff(keys(t, s, "all", "result", "id"), keys(t, s, "save", "result", "id")); diff != "" {
		t.Errorf("who goes on:\n%s", diff)
	}
}

func TestDeliveryDemo(t *testing.T) {
	c := loadCampaign(t, "customers", `
- {id: all, kind: build-audience, rule: points > 300}
- {id: mail, kind: email, from: all, subject: S}
- {id: text, kind: sms, from: mail, text: T}
`)
	s := newStore(t, c, openDemo(t), 0)
	compute(t, s, "all")
	people := where(demoWorld()["customers"], func(r row) bool { n, ok := r.number("points"); return ok && n > 300 })
	for _, step := range []struct{ id, channel, address, consent string }{
		{"mail", "email", "email", "email_opt_in"}, {"text", "sms", "phone", "sms_opt_in"},
	} {
		got, err := s.Deliver(context.Background(), step.id, now)
		if err != nil {
			t.Fatal(err)
		}
		sent, dropped := reach(people, step.channel, step.address, step.consent)
		if diff := cmp.Diff(flow.Delivery{Targeted: len(people), Sent: len(sent), Dropped: dropped}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.id, diff)
		}
		if diff := cmp.Diff(keysOf(sent, "id"), keys(t, s, step.id, "sent", "id")); diff != "" {
			t.Errorf("who gets %s (-want +got):\n%s", step.id, diff)
		}
		if step.id == "mail" && len(dropped) != 4 {
			t.Errorf("the demo data has not all reasons: %v", dropped)
		}
		people = sent
	}
}

// Behind a fork that begins the campaign, an audience is built of everybody, and nobody gets messages.
func TestForkAtTheStart(t *testing.T) {
	c := loadCampaign(t, "customers", `
- {id: f, kind: fork, outputs: [{id: x}, {id: y}, {id: z}, {id: v}]}
- {id: gold, kind: build-audience, from: f.x, rule: tier == "gold"}
- {id: mail, kind: email, from: f.y, subject: S}
- {id: s, kind: split, from: f.z, subsets: [{id: a, limit: 10%}, {id: b}], complement: true}
- {id: save, kind: save-audience, from: f.v, audience: A}
`)
	s := newStore(t, c, openDemo(t), 0)
	if got := compute(t, s, "gold"); got[0] != 1204 {
		t.Errorf("%d Gold members, want 1204", got[0])
	}
	d, err := s.Deliver(context.Background(), "mail", now)
	if err != nil || d.Targeted != 0 || d.Sent != 0 {
		t.Errorf("messages to nobody: %+v, %v", d, err)
	}
	if got := compute(t, s, "s"); !cmp.Equal(got, []int{0, 0, 0}) {
		t.Errorf("a split of nobody: %v", got)
	}
	if got := compute(t, s, "save"); !cmp.Equal(got, []int{0}) {
		t.Errorf("an audience of nobody: %v", got)
	}
	if got := keys(t, s, "f", "x", "id"); len(got) != 0 {
		t.Errorf("%d people leave a fork that nobody enters", len(got))
	}
}

// Computing again changes nothing, and neither does anything change the dataset.
func TestAgainAndReadOnly(t *testing.T) {
	d := openDemo(t)
	before, err := os.ReadFile(d.file)
	if err != nil {
		t.Fatal(err)
	}
	c := loadCampaign(t, "customers", "- {id: all, kind: build-audience, rule: age > 30}\n- {id: mail, kind: email, from: all, subject: S}\n")
	s := newStore(t, c, d, 0)
	for range 2 {
		compute(t, s, "all")
		if _, err := s.Deliver(context.Background(), "mail", now); err != nil {
			t.Fatal(err)
		}
	}
	if got, again := keys(t, s, "all", "result", "id"), compute(t, s, "all"); len(got) != again[0] {
		t.Errorf("computed again: %d, %d", len(got), again[0])
	}
	for _, statement := range []string{`DELETE FROM "data".customers`, `CREATE TABLE "data".mine (x)`, `UPDATE "data".products SET price = 0`} {
		if _, err := s.db.Exec(statement); err == nil {
			t.Errorf("%s is possible", statement)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(d.file)
	if err != nil || string(before) != string(after) {
		t.Errorf("the dataset has changed, %v", err)
	}
	if left, _ := filepath.Glob(d.file + "-*"); len(left) > 0 {
		t.Errorf("files beside the dataset: %v", left)
	}
}

func TestStoreErrors(t *testing.T) {
	c := loadCampaign(t, "customers", `
- {id: all, kind: build-audience, rule: teir == 1}
- {id: none, kind: build-audience, dimension: nowhere}
- {id: w, kind: wait, from: all, for: 1d}
- {id: s, kind: split, from: w, subsets: [{id: x, limit: 1, order: shoe desc}]}
`)
	s := newStore(t, c, openDemo(t), 0)
	for id, want := range map[string]string{"all": "teir", "none": "has no table nowhere", "w": "can’t be computed", "ghost": "there is no activity ghost", "s": ""} {
		if _, err := s.Compute(context.Background(), id, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := s.Rows(context.Background(), model.Ref{Activity: "ghost", Output: "x"}); err == nil {
		t.Error("there are rows of an activity that is not there")
	}
	if _, err := openDemo(t).CountRule(context.Background(), "nowhere", "", now); err == nil {
		t.Error("a table that is not there can be counted")
	}
	if n, err := openDemo(t).Size(context.Background(), "customers"); err != nil || n != len(demoWorld()["customers"]) {
		t.Errorf("Size = %d, %v", n, err)
	}
}

// Days are those of the run's clock and zone.
func TestClockOfTheRun(t *testing.T) {
	c := loadCampaign(t, "purchases", "- {id: day, kind: build-audience, rule: 'bought_at == \"2025-12-01\"'}\n")
	zone := time.FixedZone("", 5*3600+1800)
	s := newStore(t, c, openDemo(t), 0)
	counts, err := s.Compute(context.Background(), "day", now.In(zone))
	if err != nil {
		t.Fatal(err)
	}
	want := where(demoWorld()["purchases"], func(r row) bool {
		at, err := time.Parse(time.RFC3339, r["bought_at"])
		return err == nil && at.In(zone).Format("2006-01-02") == "2025-12-01"
	})
	if counts[0] != len(want) || len(want) == 0 {
		t.Errorf("%d purchases that day, want %d", counts[0], len(want))
	}
}
