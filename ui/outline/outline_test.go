package outline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rendezvous/model"
	"rendezvous/samples"
)

// text writes an outline as a person would.
func text(c model.Campaign) string {
	var out strings.Builder
	for _, r := range Rows(c) {
		out.WriteString(strings.Repeat("  ", r.Depth))
		if r.Branch != "" {
			out.WriteString(r.Branch + ": ")
		}
		a, ok := c.Activity(r.Activity)
		switch {
		case !ok:
			out.WriteString("(open)")
		case r.Again:
			out.WriteString("→ " + a.Label())
		default:
			out.WriteString(a.Label())
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func load(t *testing.T, name string) model.Campaign {
	t.Helper()
	content, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := model.Load(name, content)
	if err != nil {
		t.Fatal(err)
	}
	return d.Campaign
}

func TestRows(t *testing.T) {
	for sample, want := range map[string]string{
		"gold-silver": `
Gold and Silver members
Tiers
  Gold: E-mail Gold
  Rendez-vous
  Wait 7 d
  SMS
  (open)
  Silver: E-mail Silver
  → Rendez-vous
`,
		"three-way": `
Recent buyers
Three ways
  News: Newsletter
  Rendez-vous
  Keep them
  (open)
  Coffee: Coffee lovers
  Worth it?
    Enough: Tasting
    → Rendez-vous
    Default: Too few
  Thanks: Wait 2 d
  Thanks
  → Rendez-vous
`,
	} {
		if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), text(load(t, sample))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sample, diff)
		}
	}
}

// Every activity stands in the outline once, and every open end.
func TestRowsAreComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := model.Campaign{Settings: model.Settings{"name": "x"}}
		for range rapid.IntRange(0, 20).Draw(t, "edits") {
			k := rapid.SampledFrom(model.Kinds()).Draw(t, "kind")
			var refs []model.Ref
			for _, a := range c.Activities {
				refs = append(refs, a.Refs()...)
			}
			var id string
			var edited model.Campaign
			var err error
			if len(refs) == 0 {
				edited, id, err = c.InsertFirst(k)
			} else {
				edited, id, err = c.Insert(k, rapid.SampledFrom(refs).Draw(t, "at"))
			}
			if err != nil {
				continue
			}
			c = edited
			for _, candidate := range c.Candidates(id) {
				if edited, err = c.Tick(id, candidate.Ref); err == nil && rapid.Bool().Draw(t, "tick") {
					c = edited
				}
			}
		}
		stands, open := map[string]int{}, map[model.Ref]bool{}
		for _, r := range Rows(c) {
			if r.Activity == "" {
				open[r.Via] = true
			} else if !r.Again {
				stands[r.Activity]++
			}
		}
		for _, a := range c.Activities {
			if stands[a.ID] != 1 {
				t.Fatalf("%s stands there %d times", a.ID, stands[a.ID])
			}
			for _, r := range a.Refs() {
				if _, followed := c.Follower(r); open[r] == followed {
					t.Fatalf("%s is followed (%v) and open (%v)", r, followed, open[r])
				}
			}
		}
	})
}
