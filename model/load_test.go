package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rendezvous/samples"
)

// head begins a campaign; activities follow at line 5.
const head = "version: 1\nname: Test\ndata: demo\nactivities:\n"

// load reads a campaign that must load.
func load(t testing.TB, text string) *Document {
	t.Helper()
	d, err := Load("f.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return d
}

// sample reads a sample campaign.
func sample(t testing.TB, name string) (*Document, string) {
	t.Helper()
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	return load(t, string(text)), string(text)
}

func lines(l ...string) string { return strings.Join(l, "\n") }

func TestLoadErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "f.yaml: the file is empty"},
		{"binary", "version: 1\x00", "f.yaml: the file is not UTF-8 text"},
		{"50 MB", "# " + strings.Repeat("x", 50<<20), "f.yaml: the file is larger than 4 MB, which no campaign needs"},
		{"deeply nested", "version: " + strings.Repeat("[", 70) + strings.Repeat("]", 70), "f.yaml:1:74: nested more than 64 levels deep"},
		{"two documents", "version: 1\n---\nversion: 1\n", "f.yaml:2:1: a second YAML document begins here: keep one per file"},
		{"anchor and alias", "version: 1\nname: &n Test\ndata: *n\n", lines(
			"f.yaml:2:7: the anchor &n can't be used here: write the value out where it is needed",
			"f.yaml:3:7: the alias *n can't be used here: write the value out")},
		{"tag", "version: 1\nname: !!str Test\n", "f.yaml:2:7: the tag !!str can't be used here: write the plain value"},

		{"no version", "name: Test\n", "f.yaml:1:1: no version: begin the file with “version: 1”"},
		{"another version", "version: 2\n", "f.yaml:1:10: version must be 1, not “2”"},
		{"version of another type", "version: [1]\n", "f.yaml:1:10: version must be 1, not a list"},
		{"unknown campaign key", "version: 1\nnmae: Test\n", "f.yaml:2:1: a campaign has no key “nmae”: did you mean “name”?"},
		{"unknown key, nothing near", "version: 1\ncolour: red\n", "f.yaml:2:1: a campaign has no key “colour”"},
		{"duplicate campaign key", "version: 1\nname: A\nname: B\n", "f.yaml:3:1: “name” stands here a second time"},
		{"key that is no word", "version: 1\n[a]: B\n", "f.yaml:2:1: a campaign has no key a list"},
		{"activities no list", "version: 1\nactivities: {id: a}\n", "f.yaml:2:13: activities must be a list, not a group of keys"},
		{"group of another type", "version: 1\nsimulate: 42\n", "f.yaml:2:11: simulate must be a group of keys, not “42”"},
		{"key inside a group", "version: 1\nsimulate: {email: {rat: 5/s}}\n", "f.yaml:2:20: email has no key “rat”: did you mean “rate”?"},
		{"duplicate key inside a group", "version: 1\nsimulate: {seed: 1, seed: 2}\n", "f.yaml:2:21: “seed” stands here a second time"},
		{"words of another type", "version: 1\ntags: loyalty\n", "f.yaml:2:7: tags must be a list, like [a, b], not “loyalty”"},
		{"word of another type", "version: 1\ntags: [a, [b], ]\n", "f.yaml:2:11: an entry of tags must be a word, not a list"},
		{"variables of another type", "version: 1\nvariables: [a]\n", "f.yaml:2:12: variables must be a group of names and values, not a list"},
		{"variable of another type", "version: 1\nvariables: {a: [1], b: }\n", lines(
			"f.yaml:2:16: the variable a must be a text, a number, true or false, not a list",
			"f.yaml:2:24: the variable b must be a text, a number, true or false, not nothing")},
		{"variable's name", "version: 1\nvariables: {count: 1, a-b: 2, 1a: 3, \u212aelvin: 4}\n", lines(
			"f.yaml:2:13: a variable's name must be made of letters, digits and _ and must not be “count”, not “count”",
			"f.yaml:2:23: a variable's name must be made of letters, digits and _ and must not be “count”, not “a-b”",
			"f.yaml:2:31: a variable's name must be made of letters, digits and _ and must not be “count”, not “1a”",
			"f.yaml:2:38: a variable's name must be made of letters, digits and _ and must not be “count”, not “\u212aelvin”")},
		{"variable twice", "version: 1\nvariables: {a: 1, a: 2}\n", "f.yaml:2:19: “a” stands here a second time"},

		{"activity of another type", head + "  - members\n", "f.yaml:5:5: an activity must be a group of keys, not “members”"},
		{"no id", head + "  - kind: end\n", "f.yaml:5:5: the activity has no id: add one, like “id: email-gold”"},
		{"no kind", head + "  - id: a\n", "f.yaml:5:5: the activity has no kind: add one, like “kind: email”"},
		{"unknown kind", head + "  - {id: a, kind: e-mail}\n", "f.yaml:5:19: there is no kind “e-mail”: did you mean “email”?"},
		{"kind of another type", head + "  - {id: a, kind: [email]}\n", "f.yaml:5:19: there is no kind a list"},
		{"bad id", head + "  - {id: E-mail Gold, kind: end}\n",
			"f.yaml:5:10: id must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold"},
		{"id of another type", head + "  - {id: [a], kind: end}\n",
			"f.yaml:5:10: id must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold"},
		{"duplicate id", head + "  - {id: a, kind: fork}\n\n  - {id: a, kind: fork}\n", "f.yaml:7:10: the id a is taken by the activity in line 5"},
		{"unknown key of a kind", head + "  - {id: a, kind: email, text: hi}\n", "f.yaml:5:26: an email has no key “text”"},
		{"duplicate key of an activity", head + "  - {id: a, kind: end, from: b, from: c}\n", lines(
			"f.yaml:5:30: there is no activity “b”",
			"f.yaml:5:33: “from” stands here a second time")},
		{"entry of another type", head + "  - {id: a, kind: split, subsets: [gold]}\n", "f.yaml:5:36: an entry of subsets must be a group of keys, not “gold”"},
		{"list of another type", head + "  - {id: a, kind: split, subsets: gold}\n", "f.yaml:5:35: subsets must be a list, not “gold”"},
		{"entry without an id", head + "  - {id: a, kind: split, subsets: [{rule: x}, {id: , rule: y}]}\n", lines(
			"f.yaml:5:36: an entry of subsets needs an id, so that “from” can name it",
			"f.yaml:5:47: an entry of subsets needs an id, so that “from” can name it")},
		{"entry with a bad key", head + "  - {id: a, kind: split, subsets: [{id: b, rul: x}]}\n", "f.yaml:5:44: an entry of subsets has no key “rul”: did you mean “rule”?"},

		{"dangling", head + "  - {id: a, kind: build-audience}\n  - {id: b, kind: end, from: aa}\n", "f.yaml:6:30: there is no activity “aa”: did you mean “a”?"},
		{"dangling output", head + "  - {id: a, kind: split, subsets: [{id: gold}]}\n  - {id: b, kind: end, from: a.glod}\n",
			"f.yaml:6:30: a has no output “glod”: did you mean “gold”?"},
		{"several outputs, none named", head + "  - {id: a, kind: split, subsets: [{id: gold}, {id: silver}]}\n  - {id: b, kind: end, from: a}\n",
			"f.yaml:6:30: a has several outputs: say which one, like “a.gold”"},
		{"no outputs", head + "  - {id: a, kind: end}\n  - {id: b, kind: end, from: a}\n", "f.yaml:6:30: nothing can follow a: an end has no outputs"},
		{"from of another type", head + "  - {id: b, kind: end, from: {a: b}}\n", "f.yaml:5:30: from must name an activity, not a group of keys"},
		{"followed twice", head + "  - {id: a, kind: build-audience}\n  - {id: b, kind: end, from: a}\n  - {id: c, kind: end, from: a.result}\n",
			"f.yaml:7:30: a.result already leads to b: an output leads to one activity; a fork sends people two ways"},
		{"ticked twice", head + "  - {id: a, kind: build-audience}\n  - {id: b, kind: and-join, from: [a, a.result]}\n", "f.yaml:6:39: a.result is ticked twice"},
		{"several followed by one", head + "  - {id: a, kind: fork, outputs: [{id: x}, {id: z}]}\n  - {id: b, kind: end, from: [a.x, a.z]}\n",
			"f.yaml:6:30: an end can follow only one activity; an and-join follows several"},
		{"follows itself", head + "  - {id: a, kind: wait, from: a}\n", "f.yaml:5:31: a follows itself in a circle: a campaign only goes forward"},
		{"cycle", head + "  - {id: a, kind: and-join, from: [c]}\n  - {id: b, kind: wait, from: a}\n  - {id: c, kind: wait, from: b}\n",
			"f.yaml:6:31: b follows itself in a circle: a campaign only goes forward"},

		{"followers of a broken activity are not blamed", head + "  - {id: a, kind: emial}\n  - {id: b, kind: end, from: a}\n  - {id: C, kind: wait}\n  - {id: d, kind: end, from: C}\n", lines(
			"f.yaml:5:19: there is no kind “emial”: did you mean “email”?",
			"f.yaml:7:10: id must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold")},
		{"all at once", lines(
			"name: [Test]", "tags: x", "activities:", "  - id: a", "    kind: wait", "    from: zz", "    for: 7 weeks",
			"  - {id: a, kind: end}", "  - {id: b, kind: sms, txt: hi}", "dat: demo"), lines(
			"f.yaml:1:1: no version: begin the file with “version: 1”",
			"f.yaml:1:7: name must be one value, not a list",
			"f.yaml:2:7: tags must be a list, like [a, b], not “x”",
			"f.yaml:6:11: there is no activity “zz”",
			"f.yaml:7:10: for must be a number and a unit (s, min, h, d, w), like 7d, not “7 weeks”",
			"f.yaml:8:10: the id a is taken by the activity in line 4",
			"f.yaml:9:24: an sms has no key “txt”: did you mean “text”?",
			"f.yaml:10:1: a campaign has no key “dat”: did you mean “data”?")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Load("f.yaml", []byte(tt.text))
			if err == nil {
				t.Fatalf("loaded as\n%s", Render(d.Campaign))
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLoadFieldTypes(t *testing.T) {
	const text = "must be a text: put %s in quotes"
	const instant = "must be a date and time, like 2026-12-01 09:00, not “%s”"
	const rate = "must be a number per s, min or h, like 200/min, not “%s”"
	const limit = "must be a number of people or a share, like 500 or 10%%, not “%s”"
	const percent = "must be between 0%% and 100%%, not “%s”"
	campaign := func(format string) string { return "version: 1\n" + format + "\n" }
	activity := func(format string) string { return head + "  - {id: a, kind: " + format + "}\n" }
	subset := func(format string) string { return activity("split, subsets: [{id: x, " + format + "}]") }
	tests := []struct {
		name, text, key string
		good            []string
		bad             map[string]string // value: message; %s is the value
	}{
		{"Line", campaign("name: %s"), "name", []string{"Test", `"true"`, "'5'", "2026-01-05", "yes", "~"},
			map[string]string{"true": text, "5": text, "1.0": text, "[a]": "must be one value, not a list", "{a: b}": "must be one value, not a group of keys"}},
		{"Text", campaign("description: %s"), "description", []string{"|\n  a\n  b", ">-\n  a"}, map[string]string{"12": text}},
		{"Rule", activity("build-audience, rule: '%s'"), "rule", []string{"age > 18"}, nil},
		{"Rule, plain", activity("build-audience, rule: %s"), "rule", nil, map[string]string{"true": text}},
		{"Condition", activity("test, conditions: [{id: x, when: %s}]"), "when", []string{"count > 5"}, map[string]string{"5": text}},
		{"Order", subset("order: %s"), "order", []string{"age", "age desc", "age asc"},
			map[string]string{"age down": "must be an attribute, and asc or desc, like age desc, not “%s”", "a b c": "must be an attribute, and asc or desc, like age desc, not “%s”"}},
		{"Identifier", activity("split, subsets: [{id: %s}]"), "id", []string{"gold", "1", "a_b-c"},
			map[string]string{"Gold": "must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold, not “%s”"}},
		{"Branch", activity("and-join, primary: %s"), "primary", []string{"b", "tiers.gold"}, nil},
		{"Switch", activity("end, disabled: %s"), "disabled", []string{"true", "false"},
			map[string]string{"yes": "must be true or false, not “%s”", "1": "must be true or false, not “%s”", "[a]": "must be true or false, not a list"}},
		{"Number", campaign("simulate: {seed: %s}"), "seed", []string{"42", "-1", "0"},
			map[string]string{"1.5": "must be a whole number, not “%s”", "x": "must be a whole number, not “%s”", "99999999999999999999": "must be a whole number, not “%s”", "[1]": "must be a whole number, not a list"}},
		{"Duration", activity("wait, for: %s"), "for", []string{"7d", "90min", "1d 12h"},
			map[string]string{"7": "must be a number and a unit (s, min, h, d, w), like 7d, not “%s”", "101w 99y": "must be a number and a unit (s, min, h, d, w), like 7d, not “%s”"}},
		{"Duration with limits", activity("save-audience, expiry: %s"), "expiry", []string{"1d", "90d", "12w"},
			map[string]string{"12h": "must be between 1 and 90 days, not “%s”", "91d": "must be between 1 and 90 days, not “%s”"}},
		{"Instant", campaign("simulate: {start: %s}"), "start", []string{"2026-01-05T09:00:00+01:00", "2026-12-01 09:00", "2026-12-01", "2026-12-01T09:00:00"},
			map[string]string{"tomorrow": instant, "2026-13-01": instant, "2026-02-30": instant}},
		{"Rate", activity("email, rate: %s"), "rate", []string{"200/min", "5/s", "5 / h"}, map[string]string{"200": rate, "0/s": rate, "-1/s": rate, "5/d": rate, "1.5/s": rate}},
		{"Limit", subset("limit: %s"), "limit", []string{"500", "10%", "0", "0%", "2.5 %"}, map[string]string{"-1": limit, "101%": limit, "many": limit, "1.5": limit}},
		{"Percent", campaign("simulate: {email: {bounce: %s}}"), "bounce", []string{"2%", "0%", "100%", "2.5%"},
			map[string]string{"2": percent, "-1%": percent, "101%": percent, "NaN%": percent, "Inf%": percent}},
		{"Choice", activity("and-join, when-missing: %s"), "when-missing", []string{"block", "continue"}, map[string]string{"wait": "must be one of block, continue, not “%s”"}},
		{"Words", campaign("tags: %s"), "tags", []string{"[]", "[a, 5, true]"}, map[string]string{"{a: b}": "must be a list, like [a, b], not a group of keys"}},
		{"Variables", campaign("variables: %s"), "variables", []string{"{}", "{a: 1, b: 2.5, c: true, d: text, e: 2026-01-05}"}, nil},
		{"List", activity("split, subsets: %s"), "subsets", []string{"[]", "[{id: x}]"}, map[string]string{"{id: x}": "must be a list, not a group of keys"}},
		{"Group", campaign("simulate: %s"), "simulate", []string{"{}", "{seed: 1}"}, map[string]string{"[a]": "must be a group of keys, not a list"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, good := range tt.good {
				text := fmt.Sprintf(tt.text, good)
				d := load(t, text)
				if got := string(d.Save(d.Campaign)); got != text {
					t.Errorf("%s: saved as\n%s", good, got)
				}
				if again := load(t, string(Render(d.Campaign))); !again.Campaign.Equal(d.Campaign) {
					t.Errorf("%s: rendered as\n%s", good, Render(d.Campaign))
				}
			}
			for bad, message := range tt.bad {
				_, err := Load("f.yaml", []byte(fmt.Sprintf(tt.text, bad)))
				want := tt.key + " " + message
				if strings.Contains(message, "%") {
					want = tt.key + " " + fmt.Sprintf(message, bad)
				}
				if err == nil || !strings.HasSuffix(err.Error(), ": "+want) {
					t.Errorf("%s: got %v, want %s", bad, err, want)
				}
			}
		})
	}
}

func TestPlace(t *testing.T) {
	d := load(t, lines("version: 1", "name: Test", "simulate:", "  email: {rate: 5/s}", "activities:", "  - id: a", "    kind: split",
		"    subsets:", "      - {id: gold, rule: 'tier == \"gold\"'}", "      - id: silver", "        rule: |", "          age > 1",
		"  - {id: b, kind: wait, from: a.gold, for: 7d}", ""))
	a, b := d.Campaign.Activities[0], d.Campaign.Activities[1]
	tests := []struct {
		name         string
		line, column int
		place        func() (int, int)
	}{
		{"activity", 6, 5, func() (int, int) { return d.Place(a) }},
		{"field", 13, 44, func() (int, int) { return d.Place(b, "for") }},
		{"entry", 10, 9, func() (int, int) { return d.Place(a, "subsets", 1) }},
		{"field of an entry", 9, 26, func() (int, int) { return d.Place(a, "subsets", 0, "rule") }},
		{"missing field", 13, 5, func() (int, int) { return d.Place(b, "until") }},
		{"missing entry", 9, 7, func() (int, int) { return d.Place(a, "subsets", 7, "rule") }},
		{"character of a quoted text", 9, 26 + 1 + 5, func() (int, int) { return d.PlaceIn(a, 5, "subsets", 0, "rule") }},
		{"character of a plain text", 13, 44 + 1, func() (int, int) { return d.PlaceIn(b, 1, "for") }},
		{"character of a literal text", 11, 15, func() (int, int) { return d.PlaceIn(a, 5, "subsets", 1, "rule") }},
		{"campaign", 1, 1, func() (int, int) { return d.CampaignPlace() }},
		{"campaign field", 4, 17, func() (int, int) { return d.CampaignPlace("simulate", "email", "rate") }},
		{"new activity", 0, 0, func() (int, int) { return d.Place(Activity{ID: "new"}) }},
	}
	for _, tt := range tests {
		if line, column := tt.place(); line != tt.line || column != tt.column {
			t.Errorf("%s: %d:%d, want %d:%d", tt.name, line, column, tt.line, tt.column)
		}
	}
}

func TestSamplesRoundTrip(t *testing.T) {
	for _, name := range samples.Names() {
		d, text := sample(t, name)
		if got := string(d.patch(d.Campaign)); got != text {
			t.Errorf("%s changed:\n%s", name, cmp.Diff(text, got))
		}
		if got := string(d.Save(d.Campaign)); got != text {
			t.Errorf("%s changed:\n%s", name, cmp.Diff(text, got))
		}
		if again := load(t, string(Render(d.Campaign))); !again.Campaign.Equal(d.Campaign) {
			t.Errorf("%s renders as another campaign:\n%s", name, Render(d.Campaign))
		}
	}
}
