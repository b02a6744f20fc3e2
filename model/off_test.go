package model

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestOff(t *testing.T) {
	const text = head + `  - {id: join, kind: and-join, from: [mail, sms], primary: mail}
  - {id: after, kind: wait, from: join, for: 1d}
  - {id: all, kind: build-audience}
  - {id: ways, kind: fork, from: all, outputs: [{id: a}, {id: b}]}
  - {id: mail, kind: email, from: ways.a}
  - {id: sms, kind: sms, from: ways.b}
  - {id: late, kind: wait, for: 1d}
`
	lenient := strings.Replace(text, "primary: mail", "primary: mail, when-missing: continue", 1)
	undecided := strings.Replace(lenient, "primary: mail, ", "", 1)
	tests := []struct{ name, text, off, want string }{
		{"nothing is off", text, "", ""},
		{"alone", text, "late", "late"},
		{"the start", text, "all", "after all join mail sms ways"},
		{"a branch", text, "sms", "after join sms"},
		{"the primary set", text, "mail", "after join mail"},
		{"a branch that may be missing", lenient, "sms", "sms"},
		{"a primary set that can't be missing", lenient, "mail", "after join mail"},
		{"every branch", lenient, "ways", "after join mail sms ways"},
		{"a branch where no primary set is chosen", undecided, "mail", "mail"},
		{"every branch where no primary set is chosen", undecided, "mail sms", "after join mail sms"},
		{"the join itself", lenient, "join", "after join"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := load(t, tt.text).Campaign.SetDisabled(strings.Fields(tt.off), true)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(slices.Sorted(maps.Keys(c.Off())), " "); got != tt.want {
				t.Errorf("off are %q, want %q", got, tt.want)
			}
		})
	}
}
