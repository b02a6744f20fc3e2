package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rendezvous/samples"
)

// flow is a campaign that two people edit at once.
const flow = `version: 1
name: Test
data: demo
simulate: {seed: 1, start: 2026-01-05T09:00:00+01:00}
activities:
  - {id: all, kind: build-audience}   # everyone
  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B}]}
  # The first mail.
  - {id: mail, kind: email, from: ways.a, subject: Hi}
  - {id: sms, kind: sms, from: ways.b, text: Hi}
  - {id: meet, kind: and-join, from: [mail, sms], primary: mail}
  - {id: week, kind: wait, from: meet, for: 7d}   # a week
`

func TestMerge(t *testing.T) {
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(flow) }
	const (
		mail  = "  # The first mail.\n  - {id: mail, kind: email, from: ways.a, subject: Hi}\n"
		sms   = "  - {id: sms, kind: sms, from: ways.b, text: Hi}\n"
		meet  = "  - {id: meet, kind: and-join, from: [mail, sms], primary: mail}\n"
		week  = "  - {id: week, kind: wait, from: meet, for: 7d}   # a week\n"
		added = "  - id: new\n    kind: wait\n"
	)
	tests := []struct {
		name, ours, theirs string
		want               string // the lines of theirs that the merge changes
		conflicts          []Conflict
	}{
		{"nothing", flow, flow, "", nil},
		{"only theirs", flow, replace("7d", "2w", "# a week", "# two"), "", nil},
		{"only ours", replace("7d", "2w"), flow, lines("-"+week[:len(week)-1], "+"+strings.Replace(week[:len(week)-1], "7d", "2w", 1)), nil},
		{"the same", replace("7d", "2w"), replace("7d", "2w"), "", nil},
		{"different fields of an activity", replace("subject: Hi", "subject: Hi, label: Mail"), replace("subject: Hi", "subject: Hello"),
			lines("-  - {id: mail, kind: email, from: ways.a, subject: Hello}", "+  - {id: mail, kind: email, label: Mail, from: ways.a, subject: Hello}"), nil},
		{"one field of an activity", replace("7d", "2w"), replace("7d", "3w"), lines("-"+strings.Replace(week[:len(week)-1], "7d", "3w", 1), "+"+strings.Replace(week[:len(week)-1], "7d", "2w", 1)),
			[]Conflict{{Activity: "week", Field: "Wait for", Ours: "2w", Theirs: "3w"}}},
		{"values of a group", replace("seed: 1", "seed: 2"), replace("2026-01-05", "2026-02-05"), lines("-simulate: {seed: 1, start: 2026-02-05T09:00:00+01:00}", "+simulate: {seed: 2, start: 2026-02-05T09:00:00+01:00}"), nil},
		{"a value of a group", replace("seed: 1", "seed: 2"), replace("seed: 1", "seed: 3"), lines("-simulate: {seed: 3, start: 2026-01-05T09:00:00+01:00}", "+simulate: {seed: 2, start: 2026-01-05T09:00:00+01:00}"),
			[]Conflict{{Field: "Seed", Ours: "2", Theirs: "3"}}},
		{"a campaign-wide value", replace("name: Test", "name: Ours\ndescription: Text"), replace("name: Test", "name: Theirs"), lines("-name: Theirs", "+name: Ours", "+description: Text"),
			[]Conflict{{Field: "Name", Ours: "Ours", Theirs: "Theirs"}}},
		{"entries of a list", replace("label: A", "label: Gold"), replace("label: B", "label: Silver, code: s"),
			lines("-  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: Silver, code: s}]}",
				"+  - {id: ways, kind: split, from: all, subsets: [{id: a, label: Gold}, {id: b, label: Silver, code: s}]}"), nil},
		{"lists of other entries", replace("{id: b, label: B}]", "{id: b, label: B}, {id: c}]"), replace("{id: b, label: B}]", "{id: b, label: B}, {id: d}]"),
			lines("-  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B}, {id: d}]}",
				"+  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B}, {id: c}]}"), []Conflict{{Activity: "ways", Field: "Subsets", Ours: "3 subsets", Theirs: "3 subsets"}}},
		{"additions", replace(mail, mail+added), replace(week, week+"  - {id: bye, kind: end, from: week}\n"), lines("+  - id: new", "+    kind: wait"), nil},
		{"the same addition", replace(mail, mail+added), replace(week, week+"  - {id: new, kind: wait, for: 1d}\n"), "", nil},
		{"additions with one id", replace(week, week+"  - {id: new, kind: wait, for: 2d}\n"), replace(week, week+"  - {id: new, kind: wait, for: 1d}\n"),
			lines("-  - {id: new, kind: wait, for: 1d}", "+  - {id: new, kind: wait, for: 2d}"), []Conflict{{Activity: "new", Field: "Wait for", Ours: "2d", Theirs: "1d"}}},
		{"another order", replace("7d", "2w"), strings.Replace(replace(sms, ""), mail, sms+mail, 1), lines("-"+week[:len(week)-1], "+"+strings.Replace(week[:len(week)-1], "7d", "2w", 1)), nil},
		{"deleted by both", replace(mail, "", "[mail, sms], primary: mail", "[ways.a, sms], primary: ways.a"), replace(mail, "", "[mail, sms], primary: mail", "[ways.a, sms], primary: ways.a"), "", nil},
		{"neighbours deleted, ours the first", replace(mail, "", "[mail, sms], primary: mail", "[ways.a, sms], primary: ways.a"), replace(week, ""),
			lines("-"+strings.ReplaceAll(mail[:len(mail)-1], "\n", "\n-"), "-"+meet[:len(meet)-1], "+  - {id: meet, kind: and-join, from: [ways.a, sms], primary: ways.a}"), nil},
		{"deleted by ours, edited by theirs", replace(week, ""), replace("7d", "2w"), "", []Conflict{{Activity: "week", Ours: "deleted", Theirs: "edited"}}},
		{"edited by ours, deleted by theirs", replace("7d", "2w"), replace(week, ""), lines("+  - id: week", "+    kind: wait", "+    from: meet", "+    for: 2w"),
			[]Conflict{{Activity: "week", Ours: "edited", Theirs: "deleted"}}},
		{"deleted by ours, inserted before by theirs", replace(mail, "", "[mail, sms], primary: mail", "[ways.a, sms], primary: ways.a"),
			replace(mail, "  - {id: new, kind: wait, from: ways.a, for: 1d}\n"+strings.Replace(mail, "ways.a", "new", 1)),
			lines("-  - {id: new, kind: wait, from: ways.a, for: 1d}", "-"+strings.ReplaceAll(strings.Replace(mail[:len(mail)-1], "ways.a", "new", 1), "\n", "\n-"),
				"+  - {id: new, kind: wait, for: 1d}", "-"+meet[:len(meet)-1], "+  - {id: meet, kind: and-join, from: [ways.a, sms], primary: ways.a}"),
			[]Conflict{{Activity: "new", Field: "Follows", Ours: "nothing", Theirs: "Split → A", Reason: "Split → A can lead to one activity only"}}},
		{"added by theirs behind what ours deleted", replace(week, ""), replace(week, week+"  - {id: bye, kind: end, from: week}\n"),
			lines("-"+week[:len(week)-1], "-  - {id: bye, kind: end, from: week}", "+  - {id: bye, kind: end, from: meet}"), nil},
		{"added by both at one end", replace(week, week+"  - {id: one, kind: end, from: week}\n"), replace(week, week+"  - {id: two, kind: end, from: week}\n"),
			lines("-  - {id: two, kind: end, from: week}", "+  - id: one", "+    kind: end", "+    from: week", "+  - {id: two, kind: end}"),
			[]Conflict{{Activity: "two", Field: "Follows", Ours: "nothing", Theirs: "Wait", Reason: "Wait can lead to one activity only"}}},
		{"an output that ours took away", replace(", {id: b, label: B}", "", "from: ways.b, ", ""),
			replace(sms, "  - {id: new, kind: wait, from: ways.b, for: 1d}\n"+strings.Replace(sms, "ways.b", "new", 1)),
			lines("-  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B}]}", "+  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}]}",
				"-  - {id: new, kind: wait, from: ways.b, for: 1d}", "-  - {id: sms, kind: sms, from: new, text: Hi}", "+  - {id: new, kind: wait, for: 1d}", "+  - {id: sms, kind: sms, text: Hi}"),
			[]Conflict{{Activity: "sms", Field: "Follows", Ours: "nothing", Theirs: "Wait"},
				{Activity: "new", Field: "Follows", Ours: "nothing", Theirs: "Split → B", Reason: "what it follows is gone"}}},
		{"both tick", replace(week, week+"  - {id: x, kind: build-audience}\n  - {id: y, kind: build-audience}\n", "[mail, sms]", "[mail, sms, x]"),
			replace(week, week+"  - {id: x, kind: build-audience}\n  - {id: y, kind: build-audience}\n", "[mail, sms]", "[mail, sms, y]"),
			lines("-  - {id: meet, kind: and-join, from: [mail, sms, y], primary: mail}", "+  - {id: meet, kind: and-join, from: [mail, sms, x], primary: mail}"),
			[]Conflict{{Activity: "meet", Field: "Follows", Ours: "Email, SMS, Build audience", Theirs: "Email, SMS, Build audience"}}},
		{"both choose a primary set", replace("primary: mail", "primary: sms"), replace(", primary: mail", ""),
			lines("-  - {id: meet, kind: and-join, from: [mail, sms]}", "+  - {id: meet, kind: and-join, from: [mail, sms], primary: sms}"),
			[]Conflict{{Activity: "meet", Field: "Primary set", Ours: "SMS", Theirs: "nothing"}}},
		{"a primary set that theirs unticked", replace("primary: mail", "primary: sms"), replace("[mail, sms]", "mail"),
			lines("-  - {id: meet, kind: and-join, from: mail, primary: mail}", "+  - {id: meet, kind: and-join, from: mail, primary: sms}"),
			[]Conflict{{Activity: "meet", Field: "Primary set", Ours: "SMS", Theirs: "Email", Reason: "the primary set SMS is not ticked"}}},
		{"another kind", replace("subject: Hi", "subject: Hello"), replace("kind: email, from: ways.a, subject: Hi", "kind: wait, from: ways.a, for: 1d"),
			lines("-  - {id: mail, kind: wait, from: ways.a, for: 1d}", "+  - {id: mail, kind: email, from: ways.a, subject: Hello}"), []Conflict{{Activity: "mail", Field: "Kind", Ours: "Email", Theirs: "Wait"},
				{Activity: "meet", Field: "Follows", Ours: "Email, SMS", Theirs: "Wait, SMS", Reason: "what it follows is gone"}}},
		{"another kind, from theirs alone", flow, replace("kind: email, from: ways.a, subject: Hi", "kind: wait, from: ways.a, for: 1d"), "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, conflicts := mergeTexts(t, flow, tt.ours, tt.theirs)
			if diff := cmp.Diff(tt.conflicts, conflicts); diff != "" {
				t.Errorf("conflicts (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestMergeMakesNoCycle(t *testing.T) {
	base := flow + "  - {id: x, kind: wait, for: 1d}\n  - {id: z, kind: wait, for: 1d}\n"
	got, conflicts := mergeTexts(t, base, strings.Replace(base, "{id: x, kind: wait", "{id: x, kind: wait, from: z", 1), strings.Replace(base, "{id: z, kind: wait", "{id: z, kind: wait, from: x", 1))
	want := lines("-  - {id: x, kind: wait, for: 1d}", "-  - {id: z, kind: wait, from: x, for: 1d}", "+  - {id: x, kind: wait, from: z, for: 1d}", "+  - {id: z, kind: wait, for: 1d}")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]Conflict{{Activity: "z", Field: "Follows", Ours: "nothing", Theirs: "Wait", Reason: "both changes together would make a cycle"}}, conflicts); diff != "" {
		t.Errorf("conflicts (-want +got)\n%s", diff)
	}
}

// mergeTexts returns the lines of theirs that a merge changes.
func mergeTexts(t *testing.T, base, ours, theirs string) (string, []Conflict) {
	t.Helper()
	d := load(t, base)
	n, err := d.Reload([]byte(theirs))
	if err != nil {
		t.Fatal(err)
	}
	merged, conflicts := Merge(d.Campaign, load(t, ours).Campaign, n.Campaign)
	if err := wellFormed(merged); err != nil {
		t.Fatalf("%v:\n%s", err, Render(merged))
	}
	saved := string(n.patch(merged))
	if !load(t, saved).Campaign.Equal(merged) {
		t.Errorf("reads back as another campaign:\n%s", saved)
	}
	return lineDiff(theirs, saved), conflicts
}

// TestMergeOfRandomEdits lets two sides make random edits. Whatever they do, the merge is well formed and its text says
// what it says; a side that did nothing, or the same as the other, leaves no trace.
func TestMergeOfRandomEdits(t *testing.T) {
	names := samples.Names()
	rapid.Check(t, func(t *rapid.T) {
		text, err := samples.Campaign(rapid.SampledFrom(names).Draw(t, "sample"))
		if err != nil {
			t.Fatal(err)
		}
		d, err := Load("f.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		h := NewHistory(d.Campaign)
		theirs := d.Campaign
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			h = h.Do("edit", "", randomEdit(t, h.Now()))
			theirs = randomEdit(t, theirs)
		}
		n, err := d.Reload(d.patch(theirs))
		if err != nil {
			t.Fatal(err)
		}
		ours := h.Now()
		merged, _ := Merge(d.Campaign, ours, n.Campaign)
		check := func(c Campaign) {
			t.Helper()
			if err := wellFormed(c); err != nil {
				t.Fatalf("%v:\n%s\nfrom ours:\n%s\nand theirs:\n%s", err, Render(c), Render(ours), Render(theirs))
			}
			saved := n.patch(c)
			if again, err := Load("f.yaml", saved); err != nil || !again.Campaign.Equal(c) {
				t.Fatalf("%v: the text of\n%s\nin place of\n%s\nis\n%s", err, Render(c), n.source.Text, saved)
			}
		}
		check(merged)
		check(n.Campaign)
		for name := "edit"; name != ""; {
			check(h.Now())
			h, name = h.Undo()
		}
		for _, one := range []struct{ base, ours, theirs, want Campaign }{
			{d.Campaign, ours, d.Campaign, ours}, {d.Campaign, d.Campaign, n.Campaign, n.Campaign}, {d.Campaign, ours, ours, ours},
		} {
			c, conflicts := Merge(one.base, one.ours, one.theirs)
			if diff := cmp.Diff(plainly(one.want), plainly(c)); diff != "" || len(conflicts) > 0 {
				t.Fatalf("%v: merged with nothing new:\n%s", conflicts, diff)
			}
		}
	})
}

// plainly writes all primary sets the same way, and activities in one order: one that was deleted and came anew under its
// old id keeps its old place.
func plainly(c Campaign) string {
	before := c
	c = c.clone()
	for i, a := range c.Activities {
		if r, ok := before.Primary(a); ok {
			c.Activities[i] = a.with("primary", r.String())
		}
	}
	slices.SortFunc(c.Activities, func(a, b Activity) int { return strings.Compare(a.ID, b.ID) })
	return string(Render(c))
}
