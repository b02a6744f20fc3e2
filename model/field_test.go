package model

import (
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	const day = 24 * time.Hour
	tests := []struct {
		text string
		want time.Duration
	}{
		{"45s", 45 * time.Second}, {"90min", 90 * time.Minute}, {"12h", 12 * time.Hour}, {"7d", 7 * day}, {"2w", 14 * day},
		{"1d 12h", 36 * time.Hour}, {"1d12h", 36 * time.Hour}, {" 7 d ", 7 * day}, {"0s", 0}, {"007d", 7 * day}, {"36500d", 36500 * day},
	}
	for _, tt := range tests {
		if got, err := ParseDuration(tt.text); err != nil || got != tt.want {
			t.Errorf("%q: %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
	const bad, long = "must be a number and a unit (s, min, h, d, w), like 7d", "must be less than 100 years"
	for text, want := range map[string]string{
		"": bad, " ": bad, "7": bad, "d": bad, "-7d": bad, "7 days": bad, "7m": bad, "1.5d": bad, "7D": bad, "7d,": bad, "٣d": bad, "99999999999999999999d": bad,
		"36501d": long, "36500d 1s": long, "9223372036854775807w": long, "36500d 36500d": long,
	} {
		if got, err := ParseDuration(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestParseRate(t *testing.T) {
	for text, want := range map[string]float64{"10/s": 10, "120/min": 2, "7200/h": 2, "90 / min": 1.5} {
		if got, err := ParseRate(text); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "5", "/s", "5/", "0/s", "-5/s", "+5/s", "1.5/s", "5/d", "5/s/s", "1 0/s", "5 s", "99999999999999999999/s"} {
		if got, err := ParseRate(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestParsePercent(t *testing.T) {
	for text, want := range map[string]float64{"0%": 0, "2%": 0.02, "100%": 1, " 2.5 % ": 0.025, "0.1%": 0.001} {
		if got, err := ParsePercent(text); err != nil || got != want {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "%", "2", "-1%", "100.1%", "NaN%", "Inf%", "2%%", "two%"} {
		if got, err := ParsePercent(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestLimit(t *testing.T) {
	limit := Field{Type: Limit}
	tests := []struct {
		text  string
		of    int
		want  int
		limit RowLimit
	}{
		{"500", 1000, 500, RowLimit{Rows: 500, Set: true}},
		{"500", 100, 100, RowLimit{Rows: 500, Set: true}},
		{"0", 100, 0, RowLimit{Set: true}},
		{"10%", 1000, 100, RowLimit{Percent: 0.1, Set: true}},
		{"10%", 19, 1, RowLimit{Percent: 0.1, Set: true}},
		{"29%", 100, 29, RowLimit{Percent: 0.29, Set: true}},
		{"100%", 7, 7, RowLimit{Percent: 1, Set: true}},
		{"0%", 7, 0, RowLimit{Set: true}},
	}
	for _, tt := range tests {
		v, err := limit.Parse(tt.text)
		got := Settings{"limit": v}.Limit("limit")
		if err != nil || got != tt.limit || got.Of(tt.of) != tt.want {
			t.Errorf("%s of %d: %+v, %d, %v, want %+v, %d", tt.text, tt.of, got, got.Of(tt.of), err, tt.limit, tt.want)
		}
	}
	if none := (Settings{}).Limit("limit"); none.Set || none.Of(7) != 7 {
		t.Errorf("without a limit, %d of 7", none.Of(7))
	}
}

func TestParseOrder(t *testing.T) {
	for text, want := range map[string]struct {
		column string
		desc   bool
	}{"age": {"age", false}, "age asc": {"age", false}, " age  desc ": {"age", true}} {
		if column, desc, err := ParseOrder(text); err != nil || column != want.column || desc != want.desc {
			t.Errorf("%q: %s, %v, %v", text, column, desc, err)
		}
	}
	for _, text := range []string{"", " ", "age down", "age desc desc", "desc age"} {
		if column, _, err := ParseOrder(text); err == nil {
			t.Errorf("%q is %s", text, column)
		}
	}
}

func TestParseInstant(t *testing.T) {
	paris := time.FixedZone("", 3600)
	for text, want := range map[string]string{
		"2026-01-05T09:00:00+02:00": "2026-01-05T09:00:00+02:00", "2026-01-05T09:00:00Z": "2026-01-05T09:00:00Z",
		"2026-01-05 09:00": "2026-01-05T09:00:00+01:00", "2026-01-05 09:00:30": "2026-01-05T09:00:30+01:00", "2026-01-05T09:00": "2026-01-05T09:00:00+01:00",
		"2026-01-05T09:00:30": "2026-01-05T09:00:30+01:00", "2026-01-05": "2026-01-05T00:00:00+01:00", "2024-02-29": "2024-02-29T00:00:00+01:00",
	} {
		if got, err := ParseInstant(text, paris); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "tomorrow", "2026-02-29", "2026-1-5", "09:00", "2026-01-05 25:00", "05/01/2026"} {
		if got, err := ParseInstant(text, paris); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestFieldShow(t *testing.T) {
	choice := Field{Type: Choice, Options: []Option{{Value: "block"}, {Value: "continue"}}}
	tests := []struct {
		field Field
		value any
		want  string
	}{
		{choice, nil, "block"}, {choice, "continue", "continue"}, {Field{}, nil, ""}, {Field{Type: Number}, 5, "5"},
		{Field{Type: Switch}, true, "true"}, {Field{Type: Words}, []string{"a", "b"}, "a, b"},
	}
	for _, tt := range tests {
		if got := tt.field.Show(tt.value); got != tt.want {
			t.Errorf("%v shows as %q, want %q", tt.value, got, tt.want)
		}
	}
}

// TestKindsAreComplete holds every kind to what forms, menus and files take from its description.
func TestKindsAreComplete(t *testing.T) {
	for _, k := range Kinds() {
		if k.Title == "" || k.Glyph == "" || len(k.ASCII) != 1 || k.Summary == "" || k.Help == "" || k.outputs == nil || k.card == nil {
			t.Errorf("%s is not described in full", k.Name)
		}
		seen := map[string]bool{"id": true, "kind": true, "from": true}
		for _, f := range k.AllFields() {
			if seen[f.Key] {
				t.Errorf("%s has two fields %s", k.Name, f.Key)
			}
			seen[f.Key] = true
			if _, err := f.Parse(f.Example); f.Example != "" && f.Type != Words && err != nil {
				t.Errorf("the example of %s.%s: %v", k.Name, f.Key, err)
			}
		}
		c, id, err := Campaign{}.InsertFirst(buildAudience)
		if err != nil {
			t.Fatal(err)
		}
		c, id, err = c.Insert(k, Ref{id, "result"})
		if err != nil {
			t.Errorf("%s can't be inserted: %v", k.Name, err)
			continue
		}
		if again := load(t, string(Render(c))); !again.Campaign.Equal(c) {
			t.Errorf("a new %s does not survive its file:\n%s", id, Render(c))
		}
	}
}
