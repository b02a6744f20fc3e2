package rule

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// canonical are rules as people write them and as they are printed.
var canonical = []struct{ text, printed string }{
	{"", `true`},
	{`score - (score - 1) > 2 * (3 + score)`, `score - (score - 1) > 2 * (3 + score)`},
	{`score - score - 1 > score / (score * 2) / 3`, `score - score - 1 > score / (score * 2) / 3`},
	{`score - (score + 1) > -(-score) * 3`, `score - (score + 1) > -(-score) * 3`},
	{" \t\n// everyone", `true`},
	{"\u00a0tier == /* which? */\n'gold'\n", `tier == "gold"`},
	{`true`, `true`},
	{`tier in ["gold", "silver"] and country == "FR"`, `tier in ["gold", "silver"] and country == "FR"`},
	{`age >= 18 and not (tier endsWith "example.org")`, `age >= 18 and tier not endsWith "example.org"`},
	{`any(purchases, .amount >= 100 and .product.name == "Espresso machine")`, `any(purchases, .amount >= 100 and .product.name == "Espresso machine")`},
	{`count(purchases, .bought_at >= daysAgo(30)) >= 2`, `count(purchases, .bought_at >= daysAgo(30)) >= 2`},
	{`sum(purchases, .amount, .bought_at >= daysAgo(30)) >= 1000`, `sum(purchases, .amount, .bought_at >= daysAgo(30)) >= 1000`},
	{`tier != nil and last_visit < daysAgo(90)`, `tier != nil and last_visit < daysAgo(90)`},
	{`any(purchases, any(.product["My reviews"], .stars < 3 and country == "FR"))`, `any(purchases, any(.product["My reviews"], .stars < 3 and country == "FR"))`},
	{`count >= 3 and count(purchases) > 1`, `count >= 3 and count(purchases) > 1`},
	{`18 <= age`, `age >= 18`},
	{`not email_opt_in`, `not email_opt_in`},
	{`favourite.name == "x"`, `favourite.name == "x"`},
	{`last_visit == "2026-01-05"`, `last_visit == "2026-01-05"`},
	{`birth_date == "2026-01-05" and last_visit > "2026-01-05T09:00:00+01:00"`, `birth_date == "2026-01-05" and last_visit > "2026-01-05T08:00:00Z"`},
	{`like(tier, "x%") and not like(tier, "%y")`, `like(tier, "x%") and not like(tier, "%y")`},
	{`age == nil or nil != age`, `age == nil or age != nil`},
	{`date("2026-01-05") < birth_date`, `birth_date > "2026-01-05"`},
	{`max(purchases, .bought_at) > daysAgo(3)`, `max(purchases, .bought_at) > daysAgo(3)`},
	{`age > 0x10`, `age > 16`},
	{`!email_opt_in && age > 3 || false`, `(not email_opt_in and age > 3) or false`},
	{`"gold" == tier`, `tier == "gold"`},
	{`-age > -3`, `-age > -3`},
	{`- - age > 3`, `-(-age) > 3`},
	{`any(purchases, sum(purchases, .amount) > .amount)`, `any(purchases, sum(purchases, .amount) > .amount)`},
	{`tier == "x" // y`, `tier == "x"`},
	{`last_visit in ["2026-01-05", today()]`, `last_visit in ["2026-01-05", today()]`},
	{`round(age) == 3 and abs(score) < 3`, `round(age) == 3 and abs(score) < 3`},
	{`score == 9007199254740993`, `score == 9007199254740992.0`},
	{`age(birth_date) >= 18 and day(last_visit) == 3`, `age(birth_date) >= 18 and day(last_visit) == 3`},
	{`none(purchases) and not none(purchases)`, `none(purchases) and not none(purchases)`},
	{`tier == 'say "hi"'`, `tier == "say \"hi\""`},
	{"tier == `raw` and $[\"First name\"] == nil", `tier == "raw" and $["First name"] == nil`},
	{`count(favourite["My reviews"], .day >= "2026-01-05") > 0`, `count(favourite["My reviews"], .day >= "2026-01-05") > 0`},
	{`sum(purchases, age) > 3 and avg(purchases, .product["Unit price"]) < 5`, `sum(purchases, age) > 3 and avg(purchases, .product["Unit price"]) < 5`},
	{`tier not in ["a"] and tier not contains "%_\\" and tier startsWith "É"`, `tier not in ["a"] and tier not contains "%_\\" and tier startsWith "É"`},
	{`1 == 2.5`, `1 == 2.5`},
	{`"a" == "b" and date("2026-01-05") == date("2026-01-06")`, `"a" == "b" and date("2026-01-05") == date("2026-01-06")`},
	{`birth_date == last_visit and birth_date < now()`, `birth_date == last_visit and birth_date < now()`},
	{`last_visit > today() and last_visit <= "2026-01-05" and last_visit != "2026-01-05"`, `last_visit > today() and last_visit <= "2026-01-05" and last_visit != "2026-01-05"`},
	{`trim(upper(tier)) == "X" and length(tier) > 3`, `trim(upper(tier)) == "X" and length(tier) > 3`},
	{`not (tier == "a" or age > 3 and tier == nil)`, `not (tier == "a" or (age > 3 and tier == nil))`},
	{`not not email_opt_in and not true`, `email_opt_in and false`},
	{`$["true"] and $["we\"ird"] / 2 > 1`, `$["true"] and $["we\"ird"] / 2 > 1`},
	{`score * (2 + 3) - -1 > -(score + 1)`, `score * (2 + 3) - -1 > -(score + 1)`},
	{`ceil(score) == floor(score) and -5 % age == 0`, `ceil(score) == floor(score) and -5 % age == 0`},
	{`"2026-01-05" <= last_visit`, `last_visit >= "2026-01-05"`},
	{`now() > "2026-01-05T00:00:00Z"`, `now() > "2026-01-05T00:00:00Z"`},
	{`tier == "a" // gold`, `tier == "a"`},
	{`any(purchases, age(.bought_at) > 1 and .customer.tier == tier)`, `any(purchases, age(.bought_at) > 1 and .customer.tier == tier)`},
}

func TestCanonicalText(t *testing.T) {
	for _, test := range canonical {
		r, err := Parse(test.text, shop, "customers")
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if diff := cmp.Diff(test.printed, r.String()); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
		again, err := Parse(r.String(), shop, "customers")
		if err != nil {
			t.Errorf("%s: %v", r, err)
			continue
		}
		if diff := cmp.Diff(r.Root(), again.Root()); diff != "" {
			t.Errorf("%s is read back as something else: %s", r, diff)
		}
	}
}
