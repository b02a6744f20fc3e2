package rule

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mistakes are rules with all that is wrong with them: the columns from and to, and the message.
var mistakes = []struct{ text, errors string }{
	{`18 <= age < 30`, `1-15 A comparison has two sides: write a < b and b < c.`},
	{`not age >= 18`, `1-8 not takes age alone: put the whole condition in brackets, not (…).`},
	{`age`, `1-4 age is an integer, not a condition: compare it with a value.`},
	{`teir == "gold"`, `1-5 There is no attribute teir in customers; did you mean tier?`},
	{`tier == gold`, `9-13 There is no attribute gold in customers. If it is a text, put it in quotes.`},
	{`tier == 3`, `9-10 tier is a text and 3 is an integer: they can't be compared.`},
	{`age + tier > 3`, `7-11 + calculates with numbers, and tier is a text.`},
	{`frist_name == "x"`, `1-11 There is no attribute frist_name in customers; did you mean $["First name"]?`},
	{`tier = "gold" and teir == 3`, `6-7 Write == to compare.`},
	{`purchases`, `1-10 purchases is a list: use any(purchases, …), none, count, sum, avg, min or max.`},
	{`any(purchases, amount > 3)`, `16-22 There is no attribute amount in customers; purchases has it: write .amount.`},
	{`any(purchases, .amout > 3)`, `17-22 There is no attribute amout in purchases; did you mean .amount?`},
	{`any(purchases, .tier == "x")`, `17-21 There is no attribute tier in purchases; customers has it: write tier without the dot.`},
	{`.amount > 3`, `1-8 A name with a leading dot belongs to the rows of a list, inside any(…), count(…) and the like; here write amount.`},
	{`favourite == nil`, `1-10 favourite leads to a whole row: name one of its attributes, such as favourite.id.`},
	{`favourite.nmae == "x"`, `11-15 There is no attribute nmae in products; did you mean name?`},
	{`purchases.amount > 3`, `1-10 purchases is a list, so a path can't go through it: use any(purchases, …), count(purchases) and the like.`},
	{`tier.x == 3`, `1-5 tier is a text: it has no attributes of its own.`},
	{`any(tier, true)`, `5-9 any asks a list for its rows, and tier is a text.`},
	{`any(favourite)`, `5-14 favourite leads to one row, not to a list: compare its attributes, without any(…).`},
	{`any(purchase)`, `5-13 There is no list purchase in customers; did you mean purchases?`},
	{`last_visit > "yesterday"`, `14-25 "yesterday" is not a date: write "2026-01-05", or "2026-01-05T09:00:00+01:00" for an instant.`},
	{`last_visit > "2026-02-30"`, `14-26 "2026-02-30" is not a date: write "2026-01-05", or "2026-01-05T09:00:00+01:00" for an instant.`},
	{`age > 18 ? true : false`, `10-11 A rule has no ?: choice; combine conditions with and, or, not.
17-18 A rule has no slices and no ?: choice.`},
	{`tier | upper()`, `6-7 Write or; a rule has no pipes.`},
	{`let x = 1; x > 2`, `1-4 A rule has no variables.
7-8 Write == to compare.
10-11 A rule is one condition; combine conditions with and, or, not.`},
	{`tier[1:2] == "x"`, `7-8 A rule has no slices and no ?: choice.`},
	{`tier matches "^x"`, `6-13 A rule has no regular expressions; use contains, startsWith, endsWith or like.`},
	{`all(purchases, .amount > 3)`, `1-4 There is no helper all; write none(list, not (rule)).`},
	{`tier ==`, `8-9 Something is missing after "==".`},
	{`tier == "gold" and`, `19-20 Something is missing after "and".`},
	{`(tier == "gold"`, `1-2 This "(" is never closed.`},
	{`tier == "gold")`, `15-16 This ")" closes nothing.`},
	{`tier == "gold`, `9-14 This text has no closing quote.`},
	{`tier == “gold”`, `9-10 Use straight quotes around a text, such as "gold".`},
	{`tier == "gold" AND age > 3`, `16-19 Write and in small letters.`},
	{`tier == "gold" age > 3`, `16-19 age is unexpected here; is an operator such as == or and missing before it?`},
	{`tier like "x%"`, `6-10 Write like(attribute, "pattern%").`},
	{`tier in "gold"`, `9-15 After in comes a list in square brackets, such as tier in ["x", "y"].`},
	{`tier in []`, `9-11 This list is empty, so nothing could ever be in it.`},
	{`tier in ["a", nil, 3, age]`, `15-18 nil can't be in a list: add or tier == nil.
20-21 tier is a text and 3 is an integer: they can't be compared.
23-26 A list holds fixed values only, and age is none.`},
	{`tier contains country`, `15-22 contains looks for a text in quotes, and country is a text.`},
	{`tier contains 3`, `15-16 contains looks for a text in quotes, and 3 is an integer.`},
	{`nil == nil`, `1-11 nil means empty: write x == nil or x != nil.`},
	{`today() - 30 > birth_date`, `1-8 - calculates with numbers, and today() is a date; for days ago write daysAgo(30).`},
	{`5 % 2.5 > 1`, `5-8 % calculates with integers, and 2.5 is a decimal.`},
	{`email_opt_in > true`, `1-20 email_opt_in is true or false, which has no order: use == or !=.`},
	{`(age > 3) == true`, `2-9 age > 3 is a condition, and a value is needed here.`},
	{`foo(age) > 3`, `1-4 There is no helper foo. The helpers are abs, age, any, avg, ceil, count, date, day, daysAgo, floor, length, like, lower, max, min, month, monthsAgo, none, now, round, sum, today, trim, upper, year.`},
	{`lower(age) == "x"`, `7-10 lower needs a text, such as lower(email), and age is an integer.`},
	{`lower() == "x"`, `1-8 lower is written lower(email).`},
	{`tier.lower() == "x"`, `1-13 tier.lower is not a helper: helpers stand alone, such as lower(email).`},
	{`daysAgo(age) < birth_date`, `9-12 daysAgo needs a fixed whole number, such as daysAgo(30), and age is an integer.`},
	{`date("x") < birth_date`, `6-9 "x" is not a date: write "2026-01-05", or "2026-01-05T09:00:00+01:00" for an instant.`},
	{`sum(purchases) > 3`, `1-15 sum is written sum(list, .attribute) or sum(list, .attribute, rule).`},
	{`sum(purchases, .bought_at) > 3`, `16-26 sum calculates with numbers, and .bought_at is a datetime.`},
	{`max(purchases, .paid) == true`, `16-21 max can't work with .paid, which is a boolean: use count(list, rule).`},
	{`count(purchases, .amount) > 3`, `18-25 .amount is a decimal, not a condition: compare it with a value.`},
	{`any(purchases, .product.lost.name == "x")`, `25-29 lost leads to the table "nowhere", which is not in the dataset.`},
	{`$["First name"] == "x" and #["x"] == 3`, `28-34 A name with a leading dot belongs to the rows of a list, inside any(…), count(…) and the like; here write x.`},
	{`[1,2]`, `1-6 A list in square brackets goes after in only.`},
	{`{a: 1}`, `1-2 A rule has no curly brackets.
3-4 A rule has no slices and no ?: choice.
6-7 A rule has no curly brackets.`},
	{`a ?? b`, `3-5 A rule has no ??; ask with == nil whether a value is empty.`},
	{`1..5`, `2-4 A rule has no ranges; write x >= 1 and x <= 9.`},
	{`b"x" == tier`, `1-5 Write a text without the letter b before its quotes.`},
	{`99999999999999999999 > age`, `1-21 This number is too large or has no meaning.`},
	{`1e999 > age`, `1-6 This number is too large or has no meaning.`},
	{`true, true`, `5-6 A comma stands only between the values of a list or of a helper.`},
	{`true,`, `5-6 A comma stands only between the values of a list or of a helper.`},
	{`tier == NULL`, `9-13 There is no attribute NULL in customers; write nil for what is empty.`},
	{`email_opt_in == True`, `17-21 There is no attribute True in customers; write true in small letters.`},
	{`any(purchases, #index > 3)`, `17-22 Write .index for an attribute of a row of the list.`},
	{`any(purchases, # == 3)`, `16-17 # stands for a whole row: name one of its attributes.`},
	{`$ == 3`, `1-2 $ stands for a whole row: name one of its attributes.`},
	{`$["tier"]["x"] == 3`, `3-9 tier is a text: it has no attributes of its own.`},
	{`tier == "a\qb"`, `12-13 This backslash has no meaning here: write \\ for a backslash.`},
	{`tier @ 3`, `6-7 The character "@" has no meaning in a rule.`},
	{`tier <> "x"`, `6-7 Write != to say that two values differ.`},
	{`tier not "x"`, `10-13 "x" is unexpected here; is an operator such as == or and missing before it?`},
	{`and tier`, `1-4 Something is missing before "and".`},
	{`tier == "gold" or or age > 3`, `19-21 Something is missing before "or".`},
	{`tier /* x`, `6-10 This comment is never closed: */ is missing.`},
	{`age in [today()]`, `9-16 age is an integer and today() is a date: they can't be compared.`},
	{`last_visit in ["2026-01-05", "2026-01-05T09:00:00Z"]`, `15-53 This list mixes days and instants: write all of one kind.`},
	{`(((tier)`, `1-2 This "(" is never closed.
2-3 This "(" is never closed.`},
	{`if true { false } else { true }`, `9-10 A rule has no curly brackets.
17-18 A rule has no curly brackets.
24-25 A rule has no curly brackets.
31-32 A rule has no curly brackets.`},
	{`tier is "x"`, `6-8 Write == nil for “is empty” and == for “is equal to”.`},
	{`ag >= 18`, `1-3 There is no attribute ag in customers; did you mean age?`},
	{`ages >= 18`, `1-5 There is no attribute ages in customers; did you mean age?`},
	{`any(purchases, .amount > 3, .amount > 4)`, `1-41 any is written any(list) or any(list, rule).`},
	{`any()`, `1-6 any is written any(list) or any(list, rule).`},
	{`monthsAgo(99999999) < birth_date`, `11-19 monthsAgo counts up to 3000.`},
	{`tier == 'it''s'`, `13-16 's' is unexpected here; is an operator such as == or and missing before it?`},
	{`like(tier, "x\\")`, `12-17 The pattern ends with a backslash that takes no character: write \\\\ for one backslash.`},
	{`a.b.c.d.e.f.g.h.i.j.k == 3`, `1-22 This path follows too many links: at most 8 are allowed.`},
	{`(tier == "x").foo`, `2-18 This is not the name of an attribute.`},
	{`"x".foo`, `1-8 This is not the name of an attribute.`},
	{`tier?.x`, `5-7 Write a plain dot: a link that leads nowhere gives an empty value.`},
	{`amount`, `1-7 There is no attribute amount in customers; did you mean count?`},
	{`any(purchases, .product["Unit prise"] > 3)`, `25-37 There is no attribute Unit prise in products; did you mean ["Unit price"]?`},
	{`(tier = "x"`, `1-2 This "(" is never closed.
7-8 Write == to compare.`},
	{`round(score) % 2 == 0`, `1-13 % calculates with integers, and round(score) is a decimal.`},
	{`date(birth_date) == today()`, `6-16 date needs a date in quotes, such as date("2026-01-05"), and birth_date is a date.`},
	{`abs(tier) > 1`, `5-9 abs needs a number, such as abs(balance), and tier is a text.`},
	{`any(lower(tier))`, `5-16 any asks a list for its rows, and lower(tier) is none.`},
	{`any(purchases.product)`, `5-14 purchases is a list, so a path can't go through it: use any(purchases, …), count(purchases) and the like.`},
	{`null`, `1-5 There is no attribute null in customers; write nil for what is empty.`},
	{`lenght(tier) > 3`, `1-7 There is no helper lenght; did you mean length?`},
	{`tier in country`, `9-16 After in comes a list in square brackets, such as tier in ["x", "y"].`},
	{`5`, `1-2 5 is an integer, not a condition: compare it with a value.`},
	{`"gold"`, `1-7 "gold" is a text, not a condition: compare it with a value.`},
	{`tier == 'x' /* a */ /* b`, `21-25 This comment is never closed: */ is missing.`},
	{`tier == "x" ÷ 2`, `13-14 The character "÷" has no meaning in a rule.`},
	{`3x > age`, `1-3 This is not a number.`},
	{`any(purchases, .product == nil)`, `17-24 .product leads to a whole row: name one of its attributes, such as .product.id.`},
	{`age contains "x"`, `1-4 contains needs a text, and age is an integer.`},
	{`like(tier)`, `1-11 like takes a text and a pattern: like(email, "%.org").`},
	{`like(3, "x") and like(tier, 3)`, `6-7 like needs a text, and 3 is an integer.
29-30 like looks for a text in quotes, and 3 is an integer.`},
	{`date("2026-01-05T09:00:00.5Z") < now()`, `6-30 "2026-01-05T09:00:00.5Z" is too precise: instants have whole seconds.`},
	{`date("0000-01-01") < now()`, `6-18 "0000-01-01" is not a date: write "2026-01-05", or "2026-01-05T09:00:00+01:00" for an instant.`},
	{`date("9999-12-31T23:59:59-05:00") < now()`, `6-33 "9999-12-31T23:59:59-05:00" is out of range: years go from 1 to 9999.`},
	{`tier == "a" except age > 3`, `13-19 Write and not for “except”.`},
	{`tier not == "x"`, `10-12 not goes with in, contains, startsWith and endsWith; for others write != or not (…).`},
	{`tier not`, `9-10 Something is missing after "not".`},
	{`()`, `2-3 Something is missing before ")".`},
	{`age > * 3`, `7-8 Something is missing before "*".`},
	{`any(purchases, )`, `16-17 Something is missing before ")".`},
	{`any(, true)`, `5-6 Something is missing before ",".`},
	{`age in [1,,2]`, `11-12 Something is missing before ",".`},
	{`tier in (“a”)`, `10-11 Use straight quotes around a text, such as "gold".`},
	{`tier == "a very long text that goes on and on and on" + 1`, `9-54 + calculates with numbers, and "a very long text that goes on and on a… is a text.`},
	{`(tier).x == 3`, `2-6 tier is a text: it has no attributes of its own.`},
	{`age[0] == 3`, `1-7 This is not the name of an attribute.`},
	{`tier in ["a", true] or like(age, "x")`, `15-19 tier is a text and true is a boolean: they can't be compared.
29-32 like needs a text, and age is an integer.`},
	{`(tier == "a", age > 3)`, `13-14 A comma stands only between the values of a list or of a helper.`},
	{`nil in ["a"]`, `1-4 nil means empty and goes with == or != only.`},
	{`age > nil`, `1-10 nil means empty: write x == nil or x != nil.`},
	{`not nil`, `5-8 nil means empty and goes with == or != only.`},
	{`(purchases) == 3`, `2-11 purchases is a list: use any(purchases, …), none, count, sum, avg, min or max.`},
	{`length(3) > lower(tier)`, `8-9 length needs a text, such as length(email), and 3 is an integer.`},
	{`sum(purchases, true)`, `16-20 sum can't work with true, which is a boolean: use count(list, rule).`},
	{`like(tier, "x") == true`, `1-16 like(…) is a condition, and a value is needed here.`},
	{`date("2026-01-05", 3) == today()`, `1-22 date is written date("2026-01-05").`},
	{`today(3) == today()`, `1-9 today is written today().`},
	{`daysAgo(1.5) < now()`, `9-12 daysAgo needs a fixed whole number, such as daysAgo(30), and 1.5 is a decimal.`},
	{`monthsAgo(-3001) < now()`, `11-16 monthsAgo counts up to 3000.`},
	{`- tier > 3`, `3-7 - calculates with numbers, and tier is a text.`},
	{`tier startsWith`, `16-17 Something is missing after "startsWith".`},
	{`in ["a"]`, `1-3 Something is missing before "in".`},
	{`.tier`, `1-6 A name with a leading dot belongs to the rows of a list, inside any(…), count(…) and the like; here write tier.`},
	{`any(.purchases)`, `5-15 A name with a leading dot belongs to the rows of a list, inside any(…), count(…) and the like; here write purchases.`},
	{`tier == "x";`, `12-13 A rule is one condition; combine conditions with and, or, not.`},
	{`count() > 3`, `1-8 count is written count(list) or count(list, rule).`},
	{`purchases.count > 3`, `1-10 purchases is a list, so a path can't go through it: use any(purchases, …), count(purchases) and the like.`},
}

func TestMistakes(t *testing.T) {
	for _, test := range mistakes {
		_, err := Parse(test.text, shop, "customers")
		if diff := cmp.Diff(test.errors, listed(err)); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
}

// listed writes errors as mistakes does.
func listed(err error) string {
	var problems Errors
	if !errors.As(err, &problems) {
		return fmt.Sprintf("%v", err)
	}
	var lines []string
	for _, e := range problems {
		lines = append(lines, fmt.Sprintf("%d-%d %s", e.Column, e.End, e.Message))
	}
	return strings.Join(lines, "\n")
}

func TestLimits(t *testing.T) {
	nested := func(open, inside, end string, n int) string {
		return strings.Repeat(open, n) + inside + strings.Repeat(end, n)
	}
	for _, test := range []struct{ name, text, errors string }{
		{"length", strings.Repeat(" ", MaxLength+1), "1-2 The rule is too long: it has 65537 bytes, at most 65536 are allowed."},
		{"encoding", "tier == \"\xff\"", "1-2 The rule is not valid UTF-8 text."},
		{"nul", "tier == \"\\x00\"", "9-15 A text can't hold the character NUL."},
		{"round brackets alone don't nest", nested("(", "email_opt_in", ")", 10_000), ""},
		{"groups", nested("not (age > 3 and ", "age > 4", ")", 60), "839-846 The rule is nested too deeply: at most 100 levels are allowed."},
		{"calculations", "age > 3" + strings.Repeat("+1", 200), "7-210 The rule is nested too deeply: at most 100 levels are allowed."},
		{"signs", "age > " + strings.Repeat("-", 30_000) + "1", "106-30008 The rule is nested too deeply: at most 100 levels are allowed."},
		{"lists", nested("any(purchases, ", "true", ")", 9), "121-141 Lists are nested too deeply: at most 8 levels are allowed."},
		{"pattern", `tier contains "` + strings.Repeat("é", MaxPattern+1) + `"`, "15-1018 contains looks for at most 1000 characters."},
		{"values", "age in [" + strings.Repeat("1,", MaxListed) + "1]", "8-40011 The lists of this rule are too long: they may hold 20000 values together."},
	} {
		got := ""
		if _, err := Parse(test.text, shop, "customers"); err != nil {
			got = listed(err)
		}
		if diff := cmp.Diff(test.errors, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestUnknownTable(t *testing.T) {
	_, err := Parse("true", shop, "customer")
	if want := "1-5 There is no table customer; did you mean customers?"; listed(err) != want {
		t.Errorf("got %s, want %s", listed(err), want)
	}
	_, err = Parse("", shop, "zebras")
	if want := "1-2 There is no table zebras."; listed(err) != want {
		t.Errorf("got %s, want %s", listed(err), want)
	}
}

func TestErrorsAreErrors(t *testing.T) {
	_, err := Parse("teir == 3 and age > \"x\"", shop, "customers")
	want := "column 1: There is no attribute teir in customers; did you mean tier?\n" +
		`column 21: age is an integer and "x" is a text: they can't be compared.`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	var one Error
	if !errors.As(err, &one) || one.Column != 1 {
		t.Errorf("the first error is %v", one)
	}
}
