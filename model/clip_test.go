package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCopy(t *testing.T) {
	tests := []struct{ name, ids, want string }{
		{"one", "mail", lines("activities:", "  - id: mail", "    kind: email", "    subject: Hi", "")},
		{"in the order of the file", "week mail", lines("activities:", "  - id: mail", "    kind: email", "    subject: Hi", "",
			"  - id: week", "    kind: wait", "    from: mail", "    for: 7d", "")},
		{"a join with its primary set", "week meet", lines("activities:", "  - id: week", "    kind: wait", "    for: 7d", "",
			"  - id: meet", "    kind: and-join", "    from: week", "    primary: week", "")},
		{"a join without its primary set", "ways meet", lines("activities:", "  - id: ways", "    kind: fork", "    outputs:",
			"      - {id: a, label: A}", "      - {id: b, label: B}", "      - {id: c, label: C}", "",
			"  - id: meet", "    kind: and-join", "    from: ways.b", "")},
		{"nothing", "zz", "activities: []\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := load(t, branches).Campaign.Copy(strings.Fields(tt.ids))
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			load(t, "version: 1\n"+string(got))
		})
	}
}

// TestPaste pastes what was copied from branches; the text after the colon of a test's copy is pasted as it is.
func TestPaste(t *testing.T) {
	clip := func(ids ...string) string { return string(load(t, branches).Campaign.Copy(ids)) }
	mail := lines("+  - id: mail-2", "+    kind: email", "+    subject: Hi")
	tests := []struct{ name, text, at, want string }{
		{"by itself", clip("mail"), "", lines(mail)},
		{"at an open end", clip("mail"), "two.z", lines("+  - id: mail-2", "+    kind: email", "+    from: two.z", "+    subject: Hi")},
		{"between", clip("mail", "week"), "ways.b", lines("+  - id: mail-2", "+    kind: email", "+    from: ways.b", "+    subject: Hi",
			"+  - id: week-2", "+    kind: wait", "+    from: mail-2", "+    for: 7d",
			line("-", "meet"), line("+", "meet", "ways.b", "week-2"))},
		{"a join, between", clip("week", "meet"), "meet.out", lines(line("-", "sms"), "+  - id: week-2", "+    kind: wait", "+    from: meet", "+    for: 7d",
			"+  - id: meet-2", "+    kind: and-join", "+    from: week-2", "+    primary: week-2", line("+", "sms", "from: meet", "from: meet-2"))},
		{"a join that comes without branches", clip("meet"), "late.out", lines("+  - id: meet-2", "+    kind: and-join", "+    from: late", "+    primary: late")},
		{"a list by hand", "- {id: mail, kind: email, subject: Hi}\n", "", lines(mail)},
		{"an open end of two", clip("two"), "all.result", lines(line("-", "ways"), "+  - id: two-2", "+    kind: split", "+    from: all", "+    subsets:", "+      - {id: x}", "+      - {id: z}",
			line("+", "ways", "from: all", "from: two-2.x"))},
		{"a whole campaign", head + "  - {id: all, kind: build-audience}\n  - {id: new, kind: wait, for: 1d, from: all}\n", "", lines("+  - id: all-2", "+    kind: build-audience",
			"+  - id: new", "+    kind: wait", "+    from: all-2", "+    for: 1d")},
		{"a primary set that names something only here", "- {id: j, kind: and-join, primary: week}\n", "", lines("+  - id: j", "+    kind: and-join")},
		{"ids that copies would take", "- {id: mail, kind: fork}\n- {id: mail-2, kind: fork}\n", "", lines("+  - id: mail-3", "+    kind: fork", "+  - id: mail-2", "+    kind: fork")},
		{"long ids", "- {id: " + strings.Repeat("x", 60) + ", kind: fork}\n", "", lines("+  - id: "+strings.Repeat("x", 60), "+    kind: fork")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := edited(t, branches, func(c Campaign) (Campaign, error) {
				var at *Ref
				if tt.at != "" {
					r := ref(tt.at)
					at = &r
				}
				c, ids, err := c.Paste([]byte(tt.text), at)
				for _, id := range ids {
					if a, ok := c.Activity(id); !ok || a.origin != 0 {
						t.Errorf("%s is not new", id)
					}
				}
				return c, err
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestPasteAgain(t *testing.T) {
	long := strings.Repeat("x", 60)
	text := []byte("- {id: mail, kind: email}\n- {id: " + long + ", kind: fork}\n")
	c := load(t, head+"  - {id: mail, kind: fork}\n").Campaign
	var all []string
	for range 3 {
		var ids []string
		var err error
		if c, ids, err = c.Paste(text, nil); err != nil {
			t.Fatal(err)
		}
		all = append(all, ids...)
	}
	_, ids, err := c.Duplicate([]string{"mail-3"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"mail-2", long, "mail-3", long[:54], "mail-4", long[:54] + "-2", "mail-5"}
	if diff := cmp.Diff(want, append(all, ids...)); diff != "" {
		t.Error(diff)
	}
	if err := wellFormed(c); err != nil {
		t.Error(err)
	}
}

func TestPasteErrors(t *testing.T) {
	tests := []struct{ name, text, at, want string }{
		{"nothing", " \n", "", "there is nothing to paste"},
		{"prose", "Hello world", "", "clipboard:1:1: this is no activity: “Hello world”"},
		{"no activities", "activities: []\n", "", "clipboard:1:1: there is no activity in it"},
		{"no list", "activities: {}\n", "", "clipboard:1:13: activities must be a list, not a group of keys"},
		{"an empty list", "[]", "", "clipboard: there is no activity in it"},
		{"another key", "colour: red\n", "", "clipboard:1:1: a campaign has no key “colour”"},
		{"another version", "version: 2\n", "", "clipboard:1:10: version must be 1, not “2”"},
		{"what is wrong with an activity", "- {id: a, kind: emial}\n- {id: b, kind: end, from: zz}\n", "",
			"clipboard:1:17: there is no kind “emial”: did you mean “email”?\nclipboard:2:28: there is no activity “zz”"},
		{"binary", "\x00", "", "clipboard: the file is not UTF-8 text"},
		{"too much", "# " + strings.Repeat("x", 4<<20), "", "clipboard: the file is larger than 4 MB, which no campaign needs"},
		{"nowhere", "- {id: a, kind: fork}\n", "zz.a", "there is no transition “zz.a”"},
		{"an end between", "- {id: a, kind: wait}\n- {id: b, kind: end, from: a}\n", "ways.a",
			"Email follows Fork → A, and nothing can follow what is pasted: paste it at an open end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := ref(tt.at)
			into := &at
			if tt.at == "" {
				into = nil
			}
			before := load(t, branches).Campaign
			c, ids, err := before.Paste([]byte(tt.text), into)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			if !c.Equal(before) || ids != nil {
				t.Error("it was pasted all the same")
			}
		})
	}
}

func TestDuplicate(t *testing.T) {
	got := edited(t, branches, func(c Campaign) (Campaign, error) {
		c, ids, err := c.Duplicate([]string{"week", "mail"})
		if !slices.Equal(ids, []string{"mail-2", "week-2"}) {
			t.Errorf("the copies are %s", ids)
		}
		return c, err
	})
	want := lines("+  - id: mail-2", "+    kind: email", "+    subject: Hi", "+  - id: week-2", "+    kind: wait", "+    from: mail-2", "+    for: 7d")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, _, err := load(t, branches).Campaign.Duplicate([]string{"zz"}); err == nil || err.Error() != "there is no activity “zz”" {
		t.Errorf("duplicating what does not exist: %v", err)
	}
}
