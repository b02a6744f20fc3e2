package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSetOutput(t *testing.T) {
	const text = head + `  - id: all # everyone
    kind: build-audience
  - id: tiers
    kind: split
    from: all
    subsets:
      - {id: gold, label: Gold}   # the best
      - {id: rest}
    complement: true
    outputs:
      - {id: gold, label: Or, variables: {x: 1}}
      - {id: complement, code: none}
  - {id: worth, kind: test, from: tiers.gold, conditions: [{id: many, label: Many, when: count > 5}]}
  - {id: ways, kind: fork, from: worth.many, outputs: [{id: a, label: A}, {id: b}]}
  - {id: mail, kind: email, from: ways.a}
`
	tests := []struct {
		name, at, key string
		v             any
		want          string
		label, code   string
	}{
		{"the only output", "all.result", "label", "Everyone", lines("+    outputs:", "+      - {id: result, label: Everyone}"), "Everyone", ""},
		{"in one line", "mail.sent", "code", "m1", lines("-  - {id: mail, kind: email, from: ways.a}", "+  - {id: mail, kind: email, from: ways.a, outputs: [{id: sent, code: m1}]}"), "Ok", "m1"},
		{"a subset", "tiers.rest", "label", "Others", lines("-      - {id: rest}", "+      - {id: rest, label: Others}"), "Others", ""},
		{"a subset's label, gone", "tiers.rest", "label", nil, "", "Subset", ""},
		{"a subset that is described as well", "tiers.gold", "label", "Au", lines("-      - {id: gold, label: Gold}   # the best", "+      - {id: gold, label: Au}   # the best",
			"-      - {id: gold, label: Or, variables: {x: 1}}", "+      - {id: gold, variables: {x: 1}}"), "Au", ""},
		{"a complement", "tiers.complement", "label", "Nobody", lines("-      - {id: complement, code: none}", "+      - {id: complement, label: Nobody, code: none}"), "Nobody", "none"},
		{"the last word on an output", "tiers.complement", "code", "", lines("-      - {id: complement, code: none}"), "Complement", ""},
		{"a condition", "worth.many", "code", "m", lines("-  - {id: worth, kind: test, from: tiers.gold, conditions: [{id: many, label: Many, when: count > 5}]}",
			"+  - {id: worth, kind: test, from: tiers.gold, conditions: [{id: many, label: Many, code: m, when: count > 5}]}"), "Many", "m"},
		{"a default", "worth.default", "label", "Few", lines("-  - {id: worth, kind: test, from: tiers.gold, conditions: [{id: many, label: Many, when: count > 5}]}",
			"+  - {id: worth, kind: test, from: tiers.gold, conditions: [{id: many, label: Many, when: count > 5}], outputs: [{id: default, label: Few}]}"), "Few", ""},
		{"a fork's output without a label", "ways.a", "label", "", lines("-  - {id: ways, kind: fork, from: worth.many, outputs: [{id: a, label: A}, {id: b}]}",
			"+  - {id: ways, kind: fork, from: worth.many, outputs: [{id: a}, {id: b}]}"), "Transition", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := edited(t, text, func(c Campaign) (Campaign, error) {
				c, err := c.SetOutput(ref(tt.at), tt.key, tt.v)
				if o, ok := c.Output(ref(tt.at)); !ok || o.Label != tt.label || o.Code != tt.code {
					t.Errorf("the output says %q, %q, want %q, %q", o.Label, o.Code, tt.label, tt.code)
				}
				return c, err
			})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for _, tt := range []struct{ at, key, want string }{
		{"tiers.zz", "label", "there is no transition “tiers.zz”"},
		{"tiers.gold", "colour", "an output has no colour"},
	} {
		if _, err := load(t, text).Campaign.SetOutput(ref(tt.at), tt.key, "x"); err == nil || err.Error() != tt.want {
			t.Errorf("%s of %s: %v, want %s", tt.key, tt.at, err, tt.want)
		}
	}
}

// TestSetOutputTakesBack sets a label and takes it away again: the file is as it was.
func TestSetOutputTakesBack(t *testing.T) {
	got := edited(t, flow, func(c Campaign) (Campaign, error) {
		c, err := c.SetOutput(ref("mail.sent"), "label", "Out")
		if err != nil {
			return c, err
		}
		return c.SetOutput(ref("mail.sent"), "label", nil)
	})
	if got != "" {
		t.Errorf("the file differs:\n%s", got)
	}
}

// TestOutputDescriptionKeepsVariables describes a subset that sets variables.
func TestOutputDescriptionKeepsVariables(t *testing.T) {
	c := load(t, head+"  - {id: s, kind: split, subsets: [{id: a, variables: {x: 1}}], outputs: [{id: a, label: A}]}\n").Campaign
	if o, _ := c.Output(ref("s.a")); o.Label != "A" || o.Variables["x"] != 1 {
		t.Errorf("the output is %+v", o)
	}
}
