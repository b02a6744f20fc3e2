package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// branches is a campaign with two branches that a join brings together, and a third that is open.
const branches = head + `  - {id: all, kind: build-audience}
  - {id: ways, kind: fork, from: all, outputs: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}]}
  - {id: mail, kind: email, from: ways.a, subject: Hi}
  - {id: week, kind: wait, from: mail, for: 7d}
  - {id: meet, kind: and-join, from: [week, ways.b], primary: week}
  - {id: sms, kind: sms, from: meet, text: Hi}
  - {id: late, kind: wait, from: sms, for: 1d}
  - {id: two, kind: split, from: ways.c, subsets: [{id: x}, {id: z}]}
  - {id: stop, kind: end, from: two.x}
  - {id: more, kind: build-audience}
  - {id: bye, kind: sms, from: more, text: Bye}
`

// line returns the line of branches that an activity is written in, with a change.
func line(sign, id string, change ...string) string {
	for l := range strings.Lines(branches) {
		if strings.HasPrefix(l, "  - {id: "+id+",") {
			return sign + strings.NewReplacer(change...).Replace(strings.TrimSuffix(l, "\n"))
		}
	}
	return "no " + id
}

func TestMove(t *testing.T) {
	tests := []struct{ name, ids, to, want string }{
		{"behind what follows", "mail", "week.out", lines(line("-", "mail"), line("-", "week"), line("-", "meet"),
			line("+", "mail", "ways.a", "week"), line("+", "week", "from: mail", "from: ways.a"), line("+", "meet", "week", "mail"))},
		{"a chain before its join, to an open end", "mail week", "late.out", lines(line("-", "mail"), line("+", "mail", "ways.a", "late"),
			line("-", "meet"), line("+", "meet", "week", "ways.a"))},
		{"between two others", "sms", "all.result", lines(line("-", "ways"), line("+", "ways", "from: all", "from: sms"),
			line("-", "sms"), line("-", "late"), line("+", "sms", "from: meet", "from: all"), line("+", "late", "from: sms", "from: meet"))},
		{"to the other branch of its join", "week", "ways.b", lines(line("-", "week"), line("-", "meet"), line("+", "week", "from: mail", "from: ways.b"),
			line("+", "meet", "[week, ways.b], primary: week", "[mail, week], primary: mail"))},
		{"a flow with a join in it", "ways mail week meet", "bye.sent", "the 4 activities can’t be moved here: it leads to SMS and to Split: select what follows too, up to where one way leads on"},
		{"a fork with all its branches", "ways mail week meet two stop", "bye.sent", lines(line("-", "ways"), line("+", "ways", "from: all", "from: bye"),
			line("-", "sms"), line("+", "sms", "from: meet", "from: all"))},
		{"the start of a flow", "more", "late.out", lines(line("-", "more"), line("-", "bye"), line("+", "more", "audience}", "audience, from: late}"), line("+", "bye", "from: more, ", ""))},
		{"a start with an open end, between", "more bye", "ways.a", lines(line("-", "mail"), line("+", "mail", "ways.a", "bye"), line("-", "more"), line("+", "more", "audience}", "audience, from: ways.a}"))},
		{"what ends, to an open end", "stop", "two.z", lines(line("-", "stop"), line("+", "stop", "two.x", "two.z"))},
		{"what ends, between", "stop", "ways.a", "End can’t be moved here: Email follows, and nothing can follow what is moved"},
		{"a join with a branch from elsewhere", "meet", "late.out", "this can’t be moved here: AND-join also waits for Fork → B: untick that first"},
		{"a join with one of its branches", "week meet", "late.out", "this can’t be moved here: AND-join also waits for Fork → B: untick that first"},
		{"two branches", "mail two", "late.out", "this can’t be moved here: Email and Split don’t follow each other: select one branch"},
		{"nothing", "", "late.out", "this can’t be moved here: nothing is selected"},
		{"no activity", "zz", "late.out", "this can’t be moved here: there is no activity “zz”"},
		{"nowhere", "mail", "zz.a", "Email can’t be moved here: there is no transition “zz.a”"},
		{"where it is", "mail", "ways.a", "Email can’t be moved here: it stands there already"},
		{"behind itself", "mail week", "week.out", "the 2 activities can’t be moved here: it would follow itself"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ids := strings.Fields(tt.ids)
			if c := load(t, branches).Campaign; c.CanMove(ids, ref(tt.to)) != nil {
				if _, err := c.Move(ids, ref(tt.to)); err == nil || err.Error() != tt.want {
					t.Errorf("got  %v\nwant %s", err, tt.want)
				}
				return
			}
			got := edited(t, branches, func(c Campaign) (Campaign, error) { return c.Move(ids, ref(tt.to)) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
