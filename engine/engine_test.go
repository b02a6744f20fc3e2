package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rendezvous/engine/flow"
	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/samples"
)

// TestMain keeps the tests away from the machine's own cache.
func TestMain(m *testing.M) {
	cache, err := os.MkdirTemp("", "rendezvous-test-*")
	if err != nil {
		panic(err)
	}
	if err := os.Setenv("XDG_CACHE_HOME", cache); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(cache)
	os.Exit(code)
}

var demo = sync.OnceValues(func() (*population.Dataset, error) {
	return population.Open(context.Background(), "demo", "", nil)
})

func openDemo(t testing.TB) *population.Dataset {
	t.Helper()
	d, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sample(t testing.TB, name string, replace ...string) model.Campaign {
	t.Helper()
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(string(text), replace[i]) {
			t.Fatalf("%s does not say %q", name, replace[i])
		}
	}
	return load(t, strings.NewReplacer(replace...).Replace(string(text)))
}

func load(t testing.TB, text string) model.Campaign {
	t.Helper()
	doc, err := model.Load("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Campaign
}

// campaign reads a campaign on the demo data, given its activities.
func campaign(t testing.TB, activities string) model.Campaign {
	t.Helper()
	return load(t, "version: 1\nname: Test\ndata: demo\ndimension: customers\nactivities:\n"+activities)
}

func newRun(t testing.TB, c model.Campaign, o Options) *Run {
	t.Helper()
	r, err := NewRun(t.Context(), c, openDemo(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// finish runs a campaign to its end.
func finish(t testing.TB, c model.Campaign, o Options) *Run {
	t.Helper()
	r := newRun(t, c, o)
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// record writes events as the public record has them.
func record(t testing.TB, events []flow.Event) string {
	t.Helper()
	var b strings.Builder
	for _, e := range events {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func pick(events []flow.Event, name flow.Name, activity string) []flow.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e flow.Event) bool { return e.Name != name || e.Activity != activity })
}

// one returns the only event of a name and an activity.
func one(t testing.TB, events []flow.Event, name flow.Name, activity string) flow.Event {
	t.Helper()
	found := pick(events, name, activity)
	if len(found) != 1 {
		t.Fatalf("%d events %s of %s, want one", len(found), name, activity)
	}
	return found[0]
}

func TestGoldSilver(t *testing.T) {
	c := sample(t, "gold-silver")
	r := finish(t, c, Defaults(c))
	events := r.Events()
	gold, silver := one(t, events, flow.TransitionActivated, "email-gold"), one(t, events, flow.TransitionActivated, "email-silver")
	fired := one(t, events, flow.JoinFired, "meet")
	if gold.Count == 0 || gold.Count == silver.Count || gold.At.Equal(silver.At) {
		t.Fatalf("the branches can't be told apart: %d at %v, %d at %v", gold.Count, gold.At, silver.Count, silver.At)
	}
	if fired.Count != gold.Count || fired.Primary != "email-gold" {
		t.Errorf("%d people of %s leave the join, want the %d of email-gold", fired.Count, fired.Primary, gold.Count)
	}
	later := gold.At
	if silver.At.After(later) {
		later = silver.At
	}
	if !fired.At.Equal(later) {
		t.Errorf("the join fires at %v, the later branch arrives at %v", fired.At, later)
	}
	if sms := one(t, events, flow.ActivityStarted, "sms"); !sms.At.Equal(fired.At.Add(7 * 24 * time.Hour)) {
		t.Errorf("the SMS starts at %v, want 7 days after %v", sms.At, fired.At)
	}
	sms := one(t, events, flow.Delivered, "sms")
	if sms.Delivery.Targeted != fired.Count {
		t.Errorf("the SMS is for %d people, want the %d who left the join", sms.Delivery.Targeted, fired.Count)
	}
	if r.State().Status != flow.Completed {
		t.Errorf("the run is %s", r.State().Status)
	}
	checkDeliveries(t, c, events)
	checkPopulations(t, r)
}

// checkDeliveries looks at every delivery: nobody is lost without a reason, and it takes as long as its rate says.
func checkDeliveries(t *testing.T, c model.Campaign, events []flow.Event) {
	t.Helper()
	for _, e := range events {
		if e.Name != flow.Delivered {
			continue
		}
		dropped := 0
		for _, n := range e.Delivery.Dropped {
			dropped += n
		}
		if e.Delivery.Sent+dropped != e.Delivery.Targeted {
			t.Errorf("%s: %d sent and %v dropped of %d", e.Activity, e.Delivery.Sent, e.Delivery.Dropped, e.Delivery.Targeted)
		}
		a, _ := c.Activity(e.Activity)
		started := one(t, events, flow.ActivityStarted, e.Activity)
		took := e.At.Sub(started.At).Seconds()
		if exact := float64(e.Delivery.Sent) / population.Rate(c, a); took < exact-1e-6 || took >= exact+1 {
			t.Errorf("%s: %d messages take %vs, at their rate it is %vs", e.Activity, e.Delivery.Sent, took, exact)
		}
	}
}

// checkPopulations reads the rows of every transition and compares their number with the record.
func checkPopulations(t *testing.T, r *Run) {
	t.Helper()
	for _, e := range r.Events() {
		if e.Name != flow.TransitionActivated {
			continue
		}
		keys := keysOf(t, r, model.Ref{Activity: e.Activity, Output: e.Output})
		if len(keys) != e.Count {
			t.Errorf("%s.%s has %d rows, the record says %d", e.Activity, e.Output, len(keys), e.Count)
		}
	}
}

func keysOf(t testing.TB, r *Run, ref model.Ref) []string {
	t.Helper()
	rows, err := r.Population(t.Context(), ref)
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	defer func() { _ = rows.Close() }()
	var keys []string
	for {
		row, err := rows.Next()
		if err != nil {
			t.Fatal(err)
		}
		if row == nil {
			return keys
		}
		keys = append(keys, row[0])
	}
}

// The people who leave a join are those of its primary set, each of them.
func TestPrimarySetLeaves(t *testing.T) {
	r := finish(t, sample(t, "gold-silver", "primary: email-gold", "primary: email-silver"), Options{Start: DefaultStart})
	want := keysOf(t, r, model.Ref{Activity: "email-silver", Output: "sent"})
	for _, id := range []string{"meet", "week"} {
		if diff := cmp.Diff(want, keysOf(t, r, model.Ref{Activity: id, Output: "out"})); diff != "" {
			t.Errorf("who leaves %s (-primary set +got):\n%s", id, diff)
		}
	}
}

func TestSameRunTwice(t *testing.T) {
	for _, name := range samples.Names() {
		c := sample(t, name)
		first, second := finish(t, c, Defaults(c)), finish(t, c, Defaults(c))
		if diff := cmp.Diff(record(t, first.Events()), record(t, second.Events())); diff != "" {
			t.Errorf("%s: two runs differ:\n%s", name, diff)
		}
	}
}

// without returns a record as a set: no order, no sequence numbers.
func without(t testing.TB, events []flow.Event) []string {
	t.Helper()
	var lines []string
	for _, e := range events {
		e.Seq = 0
		lines = append(lines, record(t, []flow.Event{e}))
	}
	slices.Sort(lines)
	return lines
}

// The order of the branches in the file decides about the order of events of one instant, and about nothing else.
func TestOrderOfBranches(t *testing.T) {
	c := sample(t, "gold-silver")
	swapped := c
	swapped.Activities = slices.Clone(c.Activities)
	i, j := c.Index("email-gold"), c.Index("email-silver")
	swapped.Activities[i], swapped.Activities[j] = swapped.Activities[j], swapped.Activities[i]
	if diff := cmp.Diff(without(t, finish(t, c, Defaults(c)).Events()), without(t, finish(t, swapped, Defaults(c)).Events())); diff != "" {
		t.Errorf("the order of the branches changes what happens:\n%s", diff)
	}
}

// Without chance in a campaign, the seed is on the first line of the record and nowhere else. With it, the same number
// of people are drawn, and others.
func TestSeed(t *testing.T) {
	c := sample(t, "gold-silver")
	o := Defaults(c)
	first := finish(t, c, o)
	o.Seed++
	if diff := cmp.Diff(record(t, first.Events()[1:]), record(t, finish(t, c, o).Events()[1:])); diff != "" {
		t.Errorf("another seed changes a run without chance:\n%s", diff)
	}
	c = campaign(t, `
- {id: people, kind: build-audience, rule: tier == "gold"}
- {id: s, kind: split, from: people, subsets: [{id: some, limit: 10%}], complement: true}
`)
	o = Options{Seed: 1, Start: DefaultStart}
	one := finish(t, c, o)
	o.Seed = 2
	other := finish(t, c, o)
	if diff := cmp.Diff(record(t, one.Events()[1:]), record(t, other.Events()[1:])); diff != "" {
		t.Errorf("another seed draws other numbers:\n%s", diff)
	}
	drawn := model.Ref{Activity: "s", Output: "some"}
	if cmp.Equal(keysOf(t, one, drawn), keysOf(t, other, drawn)) {
		t.Error("another seed draws the same people")
	}
}

func TestBlockedJoin(t *testing.T) {
	c := sample(t, "blocked-join")
	r := finish(t, c, Defaults(c))
	blocked := one(t, r.Events(), flow.JoinBlocked, "meet")
	if fmt.Sprintf("%v %s %v", blocked.Missing, blocked.Reason, blocked.Because) != "[email-silver] missing-branch [email-silver tiers]" {
		t.Errorf("blocked: %v %s %v", blocked.Missing, blocked.Reason, blocked.Because)
	}
	if split := one(t, r.Events(), flow.ActivityFinished, "tiers"); !split.At.Equal(blocked.At) {
		t.Errorf("the split is done at %v, and the join blocked at %v", split.At, blocked.At)
	}
	if len(pick(r.Events(), flow.JoinFired, "meet")) > 0 || len(pick(r.Events(), flow.ActivityStarted, "sms")) > 0 || r.State().Status != flow.Stalled {
		t.Errorf("the run went on, and is %s", r.State().Status)
	}
}

func TestThreeWay(t *testing.T) {
	c := sample(t, "three-way")
	r := finish(t, c, Defaults(c))
	fired, thanks := one(t, r.Events(), flow.JoinFired, "meet"), one(t, r.Events(), flow.ActivityFinished, "thanks")
	if !fired.At.Equal(thanks.At) || fired.At.Sub(r.Events()[0].At) < 48*time.Hour || r.State().Status != flow.Completed {
		t.Errorf("the join fires at %v, the longest branch is done at %v, the run is %s", fired.At, thanks.At, r.State().Status)
	}
	if r.State().Activity("too-few").Phase != flow.Skipped {
		t.Error("the way not taken is not skipped")
	}
	checkDeliveries(t, c, r.Events())
	checkPopulations(t, r)

	c = sample(t, "three-way", "enough: 400", "enough: 40000")
	r = finish(t, c, Defaults(c))
	blocked := one(t, r.Events(), flow.JoinBlocked, "meet")
	if fmt.Sprint(blocked.Missing, blocked.Because) != "[tasting] [tasting worth]" || r.State().Status != flow.Stalled {
		t.Errorf("with too few: missing %v because %v, the run is %s", blocked.Missing, blocked.Because, r.State().Status)
	}
}

func BenchmarkGoldSilver(b *testing.B) {
	c := sample(b, "gold-silver")
	openDemo(b)
	for b.Loop() {
		d, err := population.Open(b.Context(), "demo", "", nil)
		if err != nil {
			b.Fatal(err)
		}
		r, err := NewRun(b.Context(), c, d, Defaults(c))
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Finish(b.Context()); err != nil || r.State().Status != flow.Completed {
			b.Fatalf("%v, %s", err, r.State().Status)
		}
		_ = r.Close()
	}
}
