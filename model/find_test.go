package model

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	d, _ := sample(t, "gold-silver")
	for text, want := range map[string][]string{
		"":            nil,
		"  ":          nil,
		"silver":      {"members", "tiers", "email-silver"},
		"MAIL silver": {"email-silver"},
		"wait":        {"week"},
		"nothing":     nil,
	} {
		if got := d.Campaign.Find(text); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, not %v", text, got, want)
		}
	}
}

func TestTyped(t *testing.T) {
	for name, test := range map[string]struct {
		field Field
		text  string
		want  any
		wrong string
	}{
		"nothing":   {Field{Type: Duration}, "", nil, ""},
		"a line":    {Field{Type: Line}, "Hello, you", "Hello, you", ""},
		"words":     {Field{Type: Words}, " a, b c,,d ", []string{"a", "b c", "d"}, ""},
		"no words":  {Field{Type: Words}, ",", []string(nil), ""},
		"duration":  {Field{Type: Duration}, "7x", "7x", "must be a number and a unit (s, min, h, d, w), like 7d"},
		"a limit":   {Field{Type: Limit}, "500", 500, ""},
		"no number": {Field{Type: Number}, "x", nil, "must be a whole number"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := test.field.Typed(test.text)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if wrong := ""; err != nil || test.wrong != "" {
				if err != nil {
					wrong = err.Error()
				}
				if wrong != test.wrong {
					t.Errorf("%q, not %q", wrong, test.wrong)
				}
			}
		})
	}
}
