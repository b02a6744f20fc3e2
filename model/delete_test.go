package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeleteAll(t *testing.T) {
	text := head + `  - {id: all, kind: build-audience}
  - {id: ways, kind: fork, from: all, outputs: [{id: a}, {id: b}]}
  - {id: mail, kind: email, from: ways.a, subject: Hi}
  - {id: week, kind: wait, from: mail, for: 7d}
  - {id: sms, kind: sms, from: ways.b, text: Hi}
  - {id: meet, kind: and-join, from: [week, sms], primary: sms}
  - {id: end, kind: end, from: meet}
`
	gone := func(ids ...string) string {
		var out []string
		for line := range strings.Lines(text) {
			if id, _, _ := strings.Cut(strings.TrimPrefix(line, "  - {id: "), ","); slices.Contains(ids, id) {
				out = append(out, "-"+strings.TrimSuffix(line, "\n"))
			}
		}
		return lines(out...)
	}
	tests := []struct{ ids, want string }{
		{"", ""},
		{"mail week", lines(gone("mail", "week"), "-  - {id: meet, kind: and-join, from: [week, sms], primary: sms}", "+  - {id: meet, kind: and-join, from: [ways.a, sms], primary: sms}")},
		{"sms meet", lines(gone("sms", "meet"), "-  - {id: end, kind: end, from: meet}", "+  - {id: end, kind: end, from: ways.b}")},
		{"ways mail sms", lines(gone("ways", "mail"), "-  - {id: week, kind: wait, from: mail, for: 7d}", gone("sms"), "-  - {id: meet, kind: and-join, from: [week, sms], primary: sms}",
			"+  - {id: week, kind: wait, from: all, for: 7d}", "+  - {id: meet, kind: and-join, from: week, primary: sms}")},
		{"all ways mail week sms meet", lines(gone("all", "ways", "mail", "week", "sms", "meet"), "-  - {id: end, kind: end, from: meet}", "+  - {id: end, kind: end}")},
		{"end end", gone("end")},
	}
	for _, tt := range tests {
		t.Run(tt.ids, func(t *testing.T) {
			ids := strings.Fields(tt.ids)
			got := edited(t, text, func(c Campaign) (Campaign, error) { return c.DeleteAll(ids) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			slices.Reverse(ids)
			if again := edited(t, text, func(c Campaign) (Campaign, error) { return c.DeleteAll(ids) }); again != got {
				t.Errorf("in another order:\n%s", again)
			}
		})
	}
	if c, err := load(t, text).Campaign.DeleteAll([]string{"end", "zz"}); err == nil || err.Error() != "there is no activity “zz”" || len(c.Activities) != 7 {
		t.Errorf("deleting what does not exist: %v", err)
	}
}

func TestSetDisabled(t *testing.T) {
	text := head + `  - {id: a, kind: build-audience}
  - {id: b, kind: build-audience, disabled: true}
  - {id: c, kind: build-audience, disabled: false}
`
	tests := []struct {
		name string
		off  bool
		want string
	}{
		{"off", true, lines("-  - {id: a, kind: build-audience}", "+  - {id: a, kind: build-audience, disabled: true}",
			"-  - {id: c, kind: build-audience, disabled: false}", "+  - {id: c, kind: build-audience, disabled: true}")},
		{"on", false, lines("-  - {id: b, kind: build-audience, disabled: true}", "+  - {id: b, kind: build-audience}")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := edited(t, text, func(c Campaign) (Campaign, error) { return c.SetDisabled([]string{"a", "b", "c"}, tt.off) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if _, err := load(t, text).Campaign.SetDisabled([]string{"zz"}, true); err == nil || err.Error() != "there is no activity “zz”" {
		t.Errorf("disabling what does not exist: %v", err)
	}
}
