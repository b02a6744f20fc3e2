package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lineDiff returns the lines that differ between two texts, in order: “-” before what is gone, “+” before what is new.
func lineDiff(before, after string) string {
	a, b := strings.Split(strings.TrimSuffix(before, "\n"), "\n"), strings.Split(strings.TrimSuffix(after, "\n"), "\n")
	common := make([][]int, len(a)+1) // length of the longest common rest
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out []string
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out, i = append(out, "-"+a[i]), i+1
		default:
			out, j = append(out, "+"+b[j]), j+1
		}
	}
	return strings.Join(out, "\n")
}

func kind(t testing.TB, name string) *Kind {
	t.Helper()
	k, _ := FindKind(name)
	if k == nil {
		t.Fatalf("no kind %s", name)
	}
	return k
}

func ref(s string) Ref { return parseRef(s) }

// edits are edits of samples, and the lines of the file that each changes.
var edits = []struct {
	name, sample string
	edit         func(t testing.TB, c Campaign) (Campaign, error)
	want         string
}{
	{"insert on a transition", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, id, err := c.Insert(kind(t, "wait"), ref("tiers.gold"))
		if id != "wait" {
			t.Errorf("the new id is %s", id)
		}
		return c, err
	}, lines("+  - id: wait", "+    kind: wait", "+    from: tiers.gold", "+    for: 7d", "+", "-    from: tiers.gold            # activity.output", "+    from: wait            # activity.output")},
	{"insert a split before a join moves its primary set", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, _, err := c.Insert(kind(t, "split"), ref("email-gold.sent"))
		return c, err
	}, lines("+  - id: split", "+    kind: split", "+    from: email-gold", "+    subsets:", "+      - {id: a, label: A}", "+      - {id: b, label: B}", "+",
		"-    from: [email-gold, email-silver]", "-    primary: email-gold", "+    from: [split.a, email-silver]", "+    primary: split.a")},
	{"insert at an open end", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, _, err := c.Insert(kind(t, "end"), ref("sms.sent"))
		return c, err
	}, lines("+", "+  - id: end", "+    kind: end", "+    from: sms")},
	{"insert a join on a branch", "gold-silver-start", func(t testing.TB, c Campaign) (Campaign, error) {
		c, _, err := c.Insert(kind(t, "and-join"), ref("email-gold.sent"))
		return c, err
	}, lines("+", "+  - id: and-join", "+    kind: and-join", "+    from: email-gold", "+    primary: email-gold")},
	{"insert first", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, id, err := c.InsertFirst(kind(t, "build-audience"))
		if id != "build-audience" {
			t.Errorf("the new id is %s", id)
		}
		return c, err
	}, lines("+", "+  - id: build-audience", "+    kind: build-audience")},
	{"tick", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, _, err := c.InsertFirst(kind(t, "build-audience"))
		if err != nil {
			return c, err
		}
		return c.Tick("meet", ref("build-audience.result"))
	}, lines("-    from: [email-gold, email-silver]", "+    from: [email-gold, email-silver, build-audience]", "+", "+  - id: build-audience", "+    kind: build-audience")},
	{"untick", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Untick("meet", ref("email-silver.sent")) },
		lines("-    from: [email-gold, email-silver]", "+    from: email-gold")},
	{"untick the primary set", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, err := c.Untick("meet", ref("email-gold.sent"))
		meet, _ := c.Activity("meet")
		if got, want := c.PrimaryProblem(meet), "the primary set E-mail Gold is not ticked"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		return c, err
	}, lines("-    from: [email-gold, email-silver]", "+    from: email-silver")},
	{"choose the primary set", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) {
		return c.SetPrimary("meet", ref("email-silver.sent"))
	},
		lines("-    primary: email-gold", "+    primary: email-silver")},
	{"set a text", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("email-gold", "Hi", "subject") },
		lines(`-    subject: "{{ first_name }}, your Gold week starts now"`, `+    subject: "Hi"`)},
	{"set a text in one line of an activity", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("week", "2w", "for") },
		lines("-  - {id: week, kind: wait, label: Wait 7 d, from: meet, for: 7d}", "+  - {id: week, kind: wait, label: Wait 7 d, from: meet, for: 2w}")},
	{"set keeps the comment", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("members", "stop", "when-empty") },
		lines("-    when-empty: continue        # even nobody travels on, so the join below always fires", "+    when-empty: stop        # even nobody travels on, so the join below always fires")},
	{"set a long text", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("email-gold", "One\nTwo\n", "body") },
		lines("-      Dear {{ first_name }},", "-", "-      for one week, everything roasted is yours at half price.", "+      One", "+      Two")},
	{"set a switch", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("tiers", true, "complement") }, "+    complement: true"},
	{"set a value of an entry", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("tiers", 500, "subsets", 1, "limit") },
		lines(`-      - {id: silver, label: Silver, rule: tier == "silver"}`, `+      - {id: silver, label: Silver, rule: tier == "silver", limit: 500}`)},
	{"take a value away", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("meet", nil, "label") }, "-    label: Rendez-vous"},
	{"take a followed output away", "three-way", func(_ testing.TB, c Campaign) (Campaign, error) {
		return c.Set("ways", []Settings{{"id": "news", "label": "News"}}, "outputs")
	},
		lines("-      - {id: coffee, label: Coffee}", "-      - {id: thanks, label: Thanks}", "-    from: ways.coffee",
			"-  - {id: two-days, kind: wait, label: Wait 2 d, from: ways.thanks, for: 2d}", "+  - {id: two-days, kind: wait, label: Wait 2 d, for: 2d}")},
	{"set a campaign-wide value", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.SetCampaign("7d", "simulate", "start") },
		lines("-  start: 2026-01-05T09:00:00+01:00", "+  start: 7d")},
	{"set a value deep in the campaign", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) {
		return c.SetCampaign("3%", "simulate", "email", "open")
	},
		lines("-  email: {rate: 200/min, bounce: 2%, open: 30%, click: 5%}", "+  email: {rate: 200/min, bounce: 2%, open: 3%, click: 5%}")},
	{"take a campaign-wide value away", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.SetCampaign(nil, "tags") }, "-tags: [loyalty, demo]"},
	{"add an entry", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, at, err := c.AddRecord("tiers", "subsets")
		if at != 2 {
			t.Errorf("the new entry is at %d", at)
		}
		return c, err
	}, "+      - {id: subset-3}"},
	{"add an entry with what it needs", "three-way", func(t testing.TB, c Campaign) (Campaign, error) {
		c, _, err := c.AddRecord("worth", "conditions")
		return c, err
	}, "+      - {id: condition-2, when: count > 10000}"},
	{"add an output where the name alone was enough", "gold-silver", func(t testing.TB, c Campaign) (Campaign, error) {
		c, _, err := c.InsertFirst(kind(t, "fork"))
		if err != nil {
			return c, err
		}
		return c.Set("fork", []Settings{{"id": "a"}, {"id": "b"}}, "outputs")
	}, lines("+", "+  - id: fork", "+    kind: fork", "+    outputs:", "+      - {id: a}", "+      - {id: b}")},
	{"remove an entry", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.RemoveRecord("tiers", "subsets", 1) },
		lines(`-      - {id: silver, label: Silver, rule: tier == "silver"}`, "-    from: tiers.silver")},
	{"rename", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Rename("email-gold", "gold") },
		lines("-  - id: email-gold", "+  - id: gold", "-    from: [email-gold, email-silver]", "-    primary: email-gold", "+    from: [gold, email-silver]", "+    primary: gold")},
	{"rename what has several outputs", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Rename("tiers", "levels") },
		lines("-  - id: tiers", "+  - id: levels", "-    from: tiers.gold            # activity.output", "+    from: levels.gold            # activity.output", "-    from: tiers.silver", "+    from: levels.silver")},
	{"rename an output", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Set("tiers", "or", "subsets", 0, "id") },
		lines(`-      - {id: gold, label: Gold, rule: tier == "gold"}`, `+      - {id: or, label: Gold, rule: tier == "gold"}`,
			"-    from: tiers.gold            # activity.output", "+    from: tiers.or            # activity.output")},
	{"delete closes the branch", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Delete("week") },
		lines("-  - {id: week, kind: wait, label: Wait 7 d, from: meet, for: 7d}", "-", "-    from: week", "+    from: meet")},
	{"delete a ticked primary set", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Delete("email-gold") },
		lines("-  - id: email-gold", "-    kind: email", "-    label: E-mail Gold", "-    from: tiers.gold            # activity.output",
			`-    subject: "{{ first_name }}, your Gold week starts now"`, "-    body: |", "-      Dear {{ first_name }},", "-",
			"-      for one week, everything roasted is yours at half price.", "-",
			"-    from: [email-gold, email-silver]", "-    primary: email-gold", "+    from: [tiers.gold, email-silver]", "+    primary: tiers.gold")},
	{"delete a join keeps its primary set's branch", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Delete("meet") },
		lines("-  # Waits until both e-mails are out. The people of the primary set go on.", "-  - id: meet", "-    kind: and-join", "-    label: Rendez-vous",
			"-    from: [email-gold, email-silver]", "-    primary: email-gold", "-",
			"-  - {id: week, kind: wait, label: Wait 7 d, from: meet, for: 7d}", "+  - {id: week, kind: wait, label: Wait 7 d, from: email-gold, for: 7d}")},
	{"delete the first", "gold-silver", func(_ testing.TB, c Campaign) (Campaign, error) { return c.Delete("members") },
		lines("-  - id: members", "-    kind: build-audience", "-    label: Gold and Silver members", `-    rule: tier in ["gold", "silver"]`,
			"-    when-empty: continue        # even nobody travels on, so the join below always fires", "-", "-    from: members")},
}

func TestEditsChangeOnlyTheirLines(t *testing.T) {
	for _, tt := range edits {
		t.Run(tt.name, func(t *testing.T) {
			for _, newline := range []string{"\n", "\r\n"} {
				_, text := sample(t, tt.sample)
				text = strings.ReplaceAll(text, "\n", newline)
				d := load(t, text)
				c, err := tt.edit(t, d.Campaign)
				if err != nil {
					t.Fatal(err)
				}
				got := string(d.patch(c))
				if diff := cmp.Diff(tt.want, lineDiff(strings.ReplaceAll(text, newline, "\n"), strings.ReplaceAll(got, newline, "\n"))); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
				if want := strings.Count(got, "\n"); strings.Count(got, newline) != want {
					t.Errorf("%d line breaks of %d are %q", strings.Count(got, newline), want, newline)
				}
				// A date that is none is an edit that a file can't hold; everything else reads back.
				if tt.name != "set a campaign-wide value" && !load(t, got).Campaign.Equal(c) {
					t.Errorf("reads back as another campaign:\n%s", got)
				}
				if saved := string(d.Save(d.Campaign)); saved != text {
					t.Errorf("undone, the file differs:\n%s", lineDiff(text, saved))
				}
			}
		})
	}
}

func TestEditErrors(t *testing.T) {
	d, _ := sample(t, "gold-silver")
	three, _ := sample(t, "three-way")
	only, err := d.Campaign.Untick("meet", ref("email-silver.sent"))
	if err != nil {
		t.Fatal(err)
	}
	one := func(c Campaign, _ string, err error) (Campaign, error) { return c, err }
	two := func(c Campaign, _ int, err error) (Campaign, error) { return c, err }
	tests := []struct {
		name, want string
		edit       func(c Campaign) (Campaign, error)
	}{
		{"insert nowhere", "AND-join can’t be inserted here: there is no transition “zz”", func(c Campaign) (Campaign, error) { return one(c.Insert(kind(t, "and-join"), ref("zz"))) }},
		{"insert an end before something", "End can’t be inserted here: E-mail Gold follows, and nothing can follow it",
			func(c Campaign) (Campaign, error) { return one(c.Insert(kind(t, "end"), ref("tiers.gold"))) }},
		{"begin with what needs people", "Wait needs an activity before it", func(c Campaign) (Campaign, error) { return one(c.InsertFirst(kind(t, "wait"))) }},
		{"tick what leads elsewhere", "Tiers → Gold can’t be ticked: it leads elsewhere", func(c Campaign) (Campaign, error) { return c.Tick("meet", ref("tiers.gold")) }},
		{"tick what is behind", "SMS can’t be ticked: would make a cycle", func(c Campaign) (Campaign, error) { return c.Tick("meet", ref("sms.sent")) }},
		{"tick at no join", "there is no AND-join “week”", func(c Campaign) (Campaign, error) { return c.Tick("week", ref("sms.sent")) }},
		{"untick the only one", "E-mail Gold can’t be unticked: the only branch", func(Campaign) (Campaign, error) { return only.Untick("meet", ref("email-gold.sent")) }},
		{"primary set that is not ticked", "SMS can’t be the primary set: it is not ticked", func(c Campaign) (Campaign, error) { return c.SetPrimary("meet", ref("sms.sent")) }},
		{"primary set of nothing", "there is no activity “zz”", func(c Campaign) (Campaign, error) { return c.SetPrimary("zz", ref("sms.sent")) }},
		{"set of nothing", "there is no activity “zz”", func(c Campaign) (Campaign, error) { return c.Set("zz", "x", "label") }},
		{"set of no entry", "Tiers: subsets has no entry 6", func(c Campaign) (Campaign, error) { return c.Set("tiers", "x", "subsets", 5, "rule") }},
		{"rename an output to a taken id", "the id silver is taken: give each output its own", func(c Campaign) (Campaign, error) { return c.Set("tiers", "silver", "subsets", 0, "id") }},
		{"rename an output badly", "the id must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold",
			func(c Campaign) (Campaign, error) { return c.Set("tiers", "Gold!", "subsets", 0, "id") }},
		{"rename an output of no entry", "subsets has no entry 6", func(c Campaign) (Campaign, error) { return c.Set("tiers", "x", "subsets", 5, "id") }},
		{"rename what the kind names", "Email names its outputs itself", func(Campaign) (Campaign, error) {
			c, err := three.Campaign.Set("news", []Settings{{"id": "sent", "label": "Out"}}, "outputs")
			if err != nil {
				t.Fatal(err)
			}
			return c.Set("news", "out", "outputs", 0, "id")
		}},
		{"add to no list", "Wait 7 d has no list subsets", func(c Campaign) (Campaign, error) { return two(c.AddRecord("week", "subsets")) }},
		{"add what the kind names", "SMS has no list outputs", func(c Campaign) (Campaign, error) { return two(c.AddRecord("sms", "outputs")) }},
		{"add to nothing", "there is no activity “zz”", func(c Campaign) (Campaign, error) { return two(c.AddRecord("zz", "subsets")) }},
		{"remove the only entry", "Worth it? needs at least one condition", func(Campaign) (Campaign, error) { return three.Campaign.RemoveRecord("worth", "conditions", 0) }},
		{"remove no entry", "subsets has no entry 3", func(c Campaign) (Campaign, error) { return c.RemoveRecord("tiers", "subsets", 2) }},
		{"remove from nothing", "there is no activity “zz”", func(c Campaign) (Campaign, error) { return c.RemoveRecord("zz", "subsets", 0) }},
		{"rename nothing", "there is no activity “zz”", func(c Campaign) (Campaign, error) { return c.Rename("zz", "a") }},
		{"rename to a taken id", "the id sms is taken by SMS", func(c Campaign) (Campaign, error) { return c.Rename("week", "sms") }},
		{"rename badly", "the id must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold",
			func(c Campaign) (Campaign, error) { return c.Rename("week", "a.b") }},
		{"delete nothing", "there is no activity “zz”", func(c Campaign) (Campaign, error) { return c.Delete("zz") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := tt.edit(d.Campaign); err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestCandidates(t *testing.T) {
	d, _ := sample(t, "gold-silver")
	c, _, err := d.Campaign.InsertFirst(kind(t, "fork"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Candidate{
		{Ref: ref("email-gold.sent"), Label: "E-mail Gold", Output: "Ok", Ticked: true},
		{Ref: ref("email-silver.sent"), Label: "E-mail Silver", Output: "Ok", Ticked: true},
		{Ref: ref("sms.sent"), Label: "SMS", Output: "Ok", Reason: "would make a cycle"},
		{Ref: ref("fork.a"), Label: "Fork", Output: "A"},
		{Ref: ref("fork.b"), Label: "Fork", Output: "B"},
	}
	if diff := cmp.Diff(want, c.Candidates("meet")); diff != "" {
		t.Error(diff)
	}
	c, err = c.Untick("meet", ref("email-gold.sent"))
	if err != nil {
		t.Fatal(err)
	}
	want[0].Ticked, want[1].Reason = false, "the only branch"
	if diff := cmp.Diff(want, c.Candidates("meet")); diff != "" {
		t.Error(diff)
	}
	if c.Candidates("zz") != nil {
		t.Error("a join that does not exist has candidates")
	}
}

// TestPrimarySurvives makes edits beside a join's primary set: it stays the same transition.
func TestPrimarySurvives(t *testing.T) {
	d := load(t, head+lines("  - {id: all, kind: fork, outputs: [{id: x}, {id: z}]}", "  - {id: one, kind: split, from: all.x, subsets: [{id: s}]}",
		"  - {id: mail, kind: email, from: all.z, subject: Hi}", "  - {id: meet, kind: and-join, from: [one, mail], primary: one}", ""))
	join := func(c Campaign) string {
		meet, _ := c.Activity("meet")
		primary, ok := c.Primary(meet)
		if !ok || !slices.Contains(meet.From, primary) {
			return "none"
		}
		return primary.String()
	}
	tests := []struct {
		name, want string
		edit       func(c Campaign) (Campaign, error)
	}{
		{"another output, ticked", "one.s", func(c Campaign) (Campaign, error) {
			c, _, err := c.AddRecord("one", "subsets")
			if err != nil {
				return c, err
			}
			return c.Tick("meet", ref("one.subset-2"))
		}},
		{"two deletions that make its branches leave one activity", "all.x", func(c Campaign) (Campaign, error) {
			c, err := c.Delete("one")
			if err != nil {
				return c, err
			}
			return c.Delete("mail")
		}},
		{"a deletion that makes two branches leave its activity", "s.x", func(Campaign) (Campaign, error) {
			return load(t, head+lines("  - {id: s, kind: fork, outputs: [{id: x}, {id: y}]}", "  - {id: mail, kind: email, from: s.y, subject: Hi}",
				"  - {id: meet, kind: and-join, from: [s.x, mail], primary: s}", "")).Campaign.Delete("mail")
		}},
		{"renamed output", "one.t", func(c Campaign) (Campaign, error) { return c.Set("one", "t", "subsets", 0, "id") }},
		{"renamed activity", "uno.s", func(c Campaign) (Campaign, error) { return c.Rename("one", "uno") }},
		{"complement", "one.s", func(c Campaign) (Campaign, error) {
			c, err := c.Set("one", true, "complement")
			if err != nil {
				return c, err
			}
			return c.Tick("meet", ref("one.complement"))
		}},
		{"its activity gone, and no other", "none", func(c Campaign) (Campaign, error) {
			c, err := c.Delete("all")
			if err != nil {
				return c, err
			}
			return c.Untick("meet", ref("one.s"))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := tt.edit(d.Campaign)
			if err != nil {
				t.Fatal(err)
			}
			if got := join(c); got != tt.want {
				t.Errorf("the primary set is %s, want %s", got, tt.want)
			}
			if again := load(t, string(d.patch(c))); join(again.Campaign) != tt.want {
				t.Errorf("read back, the primary set is %s, want %s", join(again.Campaign), tt.want)
			}
		})
	}
}
