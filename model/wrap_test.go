package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	forked := func(from ...string) string {
		return lines(append(append([]string{"+  - id: fork", "+    kind: fork"}, from...), "+    outputs:", "+      - {id: a, label: A}", "+      - {id: b, label: B}")...)
	}
	joined := func(primary string) string {
		return lines("+  - id: and-join", "+    kind: and-join", "+    from: ["+primary+", fork.b]", "+    primary: "+primary)
	}
	tests := []struct{ name, ids, want string }{
		{"one", "sms", lines(line("-", "sms"), line("-", "late"), forked("+    from: meet"), line("+", "sms", "from: meet", "from: fork.a"), joined("sms"), line("+", "late", "from: sms", "from: and-join"))},
		{"a chain before a join", "week mail", lines(line("-", "mail"), forked("+    from: ways.a"), line("+", "mail", "ways.a", "fork.a"),
			line("-", "meet"), joined("week"), line("+", "meet", "week", "and-join"))},
		{"an open end", "late", lines(line("-", "late"), forked("+    from: sms"), line("+", "late", "from: sms", "from: fork.a"), joined("late"))},
		{"one open end of a split", "two stop", lines(line("-", "two"), forked("+    from: ways.c"), line("+", "two", "ways.c", "fork.a"), joined("two.z"))},
		{"the start of a flow", "more bye", lines(line("-", "more"), forked(), line("+", "more", "audience}", "audience, from: fork.a}"), joined("bye"))},
		{"an end", "stop", "End can’t be wrapped: nothing leads on from there to a join"},
		{"two branches", "mail two", "this can’t be wrapped: Email and Split don’t follow each other: select one branch"},
		{"a join with a branch from elsewhere", "meet", "this can’t be wrapped: AND-join also waits for Fork → B: untick that first"},
		{"nothing", "", "this can’t be wrapped: nothing is selected"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ids := strings.Fields(tt.ids)
			if c := load(t, branches).Campaign; c.CanWrap(ids) != nil {
				if _, _, _, err := c.Wrap(ids); err == nil || err.Error() != tt.want {
					t.Errorf("got  %v\nwant %s", err, tt.want)
				}
				return
			}
			got := edited(t, branches, func(c Campaign) (Campaign, error) {
				c, f, j, err := c.Wrap(ids)
				if f != "fork" || j != "and-join" {
					t.Errorf("the new ids are %s and %s", f, j)
				}
				if join, _ := c.Activity(j); c.PrimaryProblem(join) != "" {
					t.Error(c.PrimaryProblem(join))
				}
				return c, err
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
