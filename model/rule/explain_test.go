package rule

import (
	"testing"

	"pgregory.net/rapid"

	"rendezvous/model/schema"
)

func TestExplain(t *testing.T) {
	for text, want := range map[string]string{
		``: "Everyone",
		`tier in ["gold", "silver"] and country == "FR"`:                                       "Tier is one of gold, silver and country is FR",
		`age >= 18 and not (tier endsWith "example.org")`:                                      "Age is at least 18 and tier does not end with example.org",
		`any(purchases, .amount >= 100 and .product.name == "Espresso machine")`:               `There is at least one of purchases where (amount is at least 100 and product name is "Espresso machine")`,
		`count(purchases, .bought_at >= daysAgo(30)) >= 2`:                                     "The number of purchases where (bought at is on or after 30 days ago) is at least 2",
		`sum(purchases, .amount) >= 1000 or tier == nil`:                                       "The sum of amount of purchases is at least 1000 or tier is empty",
		`tier != nil and (last_visit < daysAgo(90) or email_opt_in)`:                           "Tier is not empty and (last visit is before 90 days ago or email opt in is true)",
		`none(purchases, .product.name == country)`:                                            "There is none of purchases where (product name is their own country)",
		`not (age > 3 and tier != "x")`:                                                        "Not (age is more than 3 and tier is other than x)",
		`not (age > 3) and not email_opt_in and not true`:                                      "Not (age is more than 3) and email opt in is not true and no one",
		`age(birth_date) >= 18 and monthsAgo(-3) > last_visit and -age < score / 2`:            "The full years since birth date is at least 18 and last visit is before 3 months from now and minus age is less than (score / 2)",
		`tier not in ["a b", ""] and like(tier, "x%") and last_visit > "2026-01-05T09:00:00Z"`: `Tier is none of "a b", "" and tier is like "x%" and last visit is after 2026-01-05 09:00:00 UTC`,
	} {
		r, err := Parse(text, sound, "customers")
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := r.Explain(); got != want {
			t.Errorf("%s\nis explained as %s\nand should be   %s", text, got, want)
		}
	}
}

func TestExplainUsesLabels(t *testing.T) {
	s := schema.Schema{Tables: []schema.Table{{Name: "c", Columns: []schema.Column{
		{Name: "opt", Label: "E-mail consent", Type: schema.Boolean}, {Name: "vip", Label: "VIP", Type: schema.Boolean}, {Name: "é", Label: "État", Type: schema.Text},
	}}}}
	r, err := Parse(`é == "x" and opt and vip`, s, "c")
	if want := "État is x and e-mail consent is true and VIP is true"; err != nil || r.Explain() != want {
		t.Errorf("got %q, %v, want %q", r.Explain(), err, want)
	}
}

// Every rule can be put in words, and different words stand for a rule and its opposite.
func TestExplainEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := Build(drawTree(t, "customers"), sound, "customers")
		if err != nil {
			t.Fatalf("%v", err)
		}
		if text, not := r.Explain(), r.Not().Explain(); text == "" || text == not {
			t.Fatalf("%s is explained as %q, its negation as %q", r, text, not)
		}
	})
}
