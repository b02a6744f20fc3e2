package narrate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rendezvous/engine"
	"rendezvous/engine/flow"
	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/samples"
)

// finish runs a sample to its end, as changed.
func finish(t *testing.T, name string, change func(model.Campaign) (model.Campaign, error)) (model.Campaign, *flow.State) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	data, err := population.Open(t.Context(), "demo", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = data.Close() })
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	document, err := model.Load(name, text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := change(document.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.NewRun(t.Context(), c, data, engine.Defaults(c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c, r.State()
}

func TestChain(t *testing.T) {
	for name, test := range map[string]struct {
		change func(model.Campaign) (model.Campaign, error)
		want   []Link
	}{
		"an empty subset": {func(c model.Campaign) (model.Campaign, error) { return c, nil }, []Link{
			{"tiers", "Tiers → Silver", "empty, and “skip empty” is on"},
			{"email-silver", "E-mail Silver", "its only inbound was skipped"},
			{"meet", "Rendez-vous", "when a branch can’t arrive: block"}}},
		"disabled": {func(c model.Campaign) (model.Campaign, error) { return c.Set("email-gold", true, "disabled") }, []Link{
			{"email-gold", "E-mail Gold", "it is disabled"},
			{"meet", "Rendez-vous", "when a branch can’t arrive: block"}}},
		"without its primary set": {func(c model.Campaign) (model.Campaign, error) {
			c, _ = c.Set("meet", "continue", "when-missing")
			return c.Set("email-gold", true, "disabled")
		}, []Link{
			{"email-gold", "E-mail Gold", "it is disabled"},
			{"meet", "Rendez-vous", "it can’t do without its primary set"}}},
	} {
		t.Run(name, func(t *testing.T) {
			c, state := finish(t, "blocked-join", test.change)
			join, ok := BlockedJoin(c, state)
			if !ok || join != "meet" {
				t.Fatalf("blocked: %s, %v", join, ok)
			}
			if diff := cmp.Diff(test.want, Chain(c, state, join)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestJoinWords(t *testing.T) {
	text, err := samples.Campaign("blocked-join")
	if err != nil {
		t.Fatal(err)
	}
	document, err := model.Load("f.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	c := document.Campaign
	join, _ := c.Activity("meet")
	gold, silver := model.Ref{Activity: "email-gold", Output: "sent"}, model.Ref{Activity: "email-silver", Output: "sent"}
	for want, counts := range map[string]map[model.Ref]int{
		"Its people leave the join, and only they.":                 {gold: 1204},
		"1,204 of the 4,210 people who arrive go on (E-mail Gold).": {gold: 1204, silver: 3006},
	} {
		if got := Leaves(c, join, counts); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	verdict := func(c model.Campaign) string { return Verdict(check.Join(c, "meet"), len(join.From)) }
	if got, want := verdict(c), "It can be blocked: when Tiers: nobody is in Silver, it never fires"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	always, err := c.Set("tiers", nil, "subsets", 1, "skip-empty")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := verdict(always), "Both branches always arrive"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	off, err := c.Set("meet", true, "disabled")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := verdict(off), "It can never fire: it is disabled"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
