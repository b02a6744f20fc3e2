package engine

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rendezvous/engine/flow"
)

// held is a campaign with messages that wait to be confirmed, beside a branch that takes three days.
const held = `
- {id: people, kind: build-audience, rule: tier == "gold"}
- {id: f, kind: fork, from: people, outputs: [{id: x}, {id: y}, {id: z}]}
- {id: a, kind: email, from: f.x, subject: A, confirm: true, rate: 10/s}
- {id: b, kind: email, from: f.y, subject: B, confirm: true, rate: 10/s}
- {id: w, kind: wait, from: f.z, for: 3d}
- {id: j, kind: and-join, from: [a, b, w], primary: a}
`

func TestRewindAnywhere(t *testing.T) {
	for _, name := range []string{"gold-silver", "blocked-join"} {
		c := sample(t, name)
		r := finish(t, c, Defaults(c))
		whole := r.Events()
		for n := len(whole); n >= 0; n-- {
			if err := r.Rewind(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(whole[:n], r.Events()[:n]); diff != "" {
				t.Fatalf("%s: rewinding to %d changes what came before:\n%s", name, n, diff)
			}
			if err := r.Finish(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(record(t, whole), record(t, r.Events())); diff != "" {
				t.Fatalf("%s: rewound to %d, the run goes elsewhere:\n%s", name, n, diff)
			}
		}
	}
}

// Next hands out every event once, also after a rewind to the middle of an instant.
func TestRewindHandsOut(t *testing.T) {
	c := sample(t, "gold-silver")
	r := finish(t, c, Defaults(c))
	whole := r.Events()
	for n := range whole {
		if err := r.Rewind(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		got := whole[:n:n]
		for {
			events, err := r.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(events) == 0 {
				break
			}
			got = append(got, events...)
		}
		if diff := cmp.Diff(record(t, whole), record(t, got)); diff != "" {
			t.Fatalf("rewound to %d, Next returns something else:\n%s", n, diff)
		}
	}
}

func TestRewindAndStop(t *testing.T) {
	c := sample(t, "gold-silver")
	r := finish(t, c, Defaults(c))
	whole := r.Events()
	fired := one(t, whole, flow.JoinFired, "meet").Seq
	for n := fired - 1; n > 0; n-- {
		if err := r.Rewind(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		events, err := r.Do(t.Context(), flow.Stop{})
		if err != nil {
			t.Fatal(err)
		}
		last := events[len(events)-1]
		if events[0].Seq != n+1 || last.Status != flow.Stopped || last.Seq != len(r.Events()) {
			t.Fatalf("rewound to %d and stopped: events %d to %d, the last is %s %s", n, events[0].Seq, last.Seq, last.Name, last.Status)
		}
		if !last.At.Equal(r.Events()[n-1].At) {
			t.Fatalf("rewound to %v, and stopped at %v", r.Events()[n-1].At, last.At)
		}
		if more, err := r.Next(t.Context()); len(more) > 0 || err != nil {
			t.Fatalf("a run that is stopped goes on: %v, %v", more, err)
		}
		if diff := cmp.Diff(record(t, whole[:last.Seq-1]), record(t, r.Events()[:last.Seq-1])); diff != "" {
			t.Fatalf("what came before the stop has changed:\n%s", diff)
		}
	}
}

// A run that is rewound and confirmed in the middle of an instant loses nothing of that instant.
func TestRewindAndConfirm(t *testing.T) {
	for n := 1; n < 12; n++ {
		r := newRun(t, campaign(t, held), Options{Start: DefaultStart})
		for len(r.Events()) < 12 {
			if events, err := r.Next(t.Context()); err != nil || len(events) == 0 {
				t.Fatal(len(events), err)
			}
		}
		if err := r.Rewind(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		for {
			for _, id := range []string{"a", "b"} {
				if _, err := r.Do(t.Context(), flow.Confirm{Activity: id}); err != nil {
					t.Fatal(err)
				}
			}
			if events, err := r.Next(t.Context()); err != nil || len(events) == 0 {
				break
			}
		}
		if r.State().Status != flow.Completed {
			t.Fatalf("rewound to %d, the run is %s:\n%s", n, r.State().Status, record(t, r.Events()))
		}
	}
}

func TestRewindBeyond(t *testing.T) {
	r := finish(t, sample(t, "blocked-join"), Options{Start: DefaultStart})
	n := len(r.Events())
	if err := r.Rewind(t.Context(), n+5); err != nil || len(r.Events()) != n {
		t.Errorf("rewound to behind the end: %d events, %v", len(r.Events()), err)
	}
}

func TestConfirmOption(t *testing.T) {
	r := finish(t, campaign(t, held), Options{Start: DefaultStart, Confirm: true})
	if r.State().Status != flow.Completed {
		t.Fatalf("the run is %s:\n%s", r.State().Status, record(t, r.Events()))
	}
	for _, id := range []string{"a", "b"} {
		if e := one(t, r.Events(), flow.ActivityStarted, id); !e.At.Equal(DefaultStart) {
			t.Errorf("%s is held until %v, want it to leave at once", id, e.At)
		}
	}
	if fired := one(t, r.Events(), flow.JoinFired, "j"); !fired.At.Equal(DefaultStart.Add(72 * time.Hour)) {
		t.Errorf("the join fires at %v", fired.At)
	}
}

func TestHeldRunIsStopped(t *testing.T) {
	r := finish(t, campaign(t, held), Options{Start: DefaultStart})
	events := r.Events()
	paused, last := events[len(events)-2], events[len(events)-1]
	if paused.Name != flow.RunPaused || paused.Reason != flow.ReasonConfirm || last.Status != flow.Stopped {
		t.Errorf("the run ends with %s %s, %s %s", paused.Name, paused.Reason, last.Name, last.Status)
	}
	if !paused.At.Equal(DefaultStart.Add(72 * time.Hour)) {
		t.Errorf("it pauses at %v, when nothing else is left it is three days later", paused.At)
	}
}

func TestPauseAndResume(t *testing.T) {
	c := sample(t, "gold-silver")
	r := newRun(t, c, Defaults(c))
	for len(pick(r.Events(), flow.ActivityStarted, "email-gold")) == 0 {
		if _, err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.Do(t.Context(), flow.Pause{}); err != nil {
		t.Fatal(err)
	}
	for {
		events, err := r.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(events) == 0 {
			break
		}
	}
	if s := r.State(); s.Status != flow.Paused || s.Activity("email-silver").Phase != flow.Done || s.Activity("week").Phase != flow.Idle {
		t.Fatalf("paused, the run is %s, the e-mail %s, the wait %s", s.Status, s.Activity("email-silver").Phase.Word(), s.Activity("week").Phase.Word())
	}
	if _, err := r.Do(t.Context(), flow.Resume{}); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(t.Context()); err != nil || r.State().Status != flow.Completed {
		t.Errorf("resumed, the run is %s, %v", r.State().Status, err)
	}
}

// What fails is on the record, with words; the run waits for someone to mend it, and fails when nobody does.
func TestFailure(t *testing.T) {
	for _, test := range []struct{ name, activities, activity string }{
		{"a table that is not there", "- {id: people, kind: build-audience, dimension: nobody}\n", "people"},
		{"a rule that makes no sense", "- {id: people, kind: build-audience, rule: teir == 1}\n", "people"},
		{"a split in the middle", "- {id: people, kind: build-audience}\n- {id: s, kind: split, from: people, subsets: [{id: x, limit: 1, order: nothing}]}\n", "s"},
		{"messages to things without an address", "- {id: things, kind: build-audience, dimension: products}\n- {id: mail, kind: email, from: things, subject: S}\n", "mail"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := finish(t, campaign(t, test.activities), Options{Start: DefaultStart})
			failed := one(t, r.Events(), flow.ActivityFailed, test.activity)
			if failed.Error == "" || !failed.At.Equal(DefaultStart) || r.State().Status != flow.Failed || r.State().Activity(test.activity).Phase != flow.Broken {
				t.Errorf("failed at %v: %q; the run is %s", failed.At, failed.Error, r.State().Status)
			}
		})
	}
}

// A store that is gone fails the activities, and never more than that.
func TestClosedStore(t *testing.T) {
	c := sample(t, "gold-silver")
	r := newRun(t, c, Defaults(c))
	for len(pick(r.Events(), flow.ActivityFinished, "members")) == 0 {
		if _, err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if one(t, r.Events(), flow.ActivityFailed, "tiers").Error == "" || r.State().Status != flow.Failed {
		t.Errorf("the run is %s", r.State().Status)
	}
}

// However often a run is interrupted, its record is the same in the end.
func TestCancelled(t *testing.T) {
	c := sample(t, "gold-silver")
	want := record(t, finish(t, c, Defaults(c)).Events())
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	r := newRun(t, c, Defaults(c))
	for !r.State().Over() {
		seq := len(r.Events())
		if events, err := r.Next(cancelled); len(events) > 0 && err != nil || err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled behind %d: %d events, %v", seq, len(events), err)
		}
		if events, err := r.Next(t.Context()); err != nil || len(events) == 0 && !r.State().Over() {
			t.Fatalf("behind %d, the run does not go on: %v\n%s", seq, err, record(t, r.Events()))
		}
	}
	if diff := cmp.Diff(want, record(t, r.Events())); diff != "" {
		t.Errorf("an interrupted run differs:\n%s", diff)
	}
	if _, err := NewRun(cancelled, c, openDemo(t), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that starts cancelled: %v", err)
	}
}

func TestRefused(t *testing.T) {
	_, err := NewRun(t.Context(), sample(t, "gold-silver", "    primary: email-gold\n", ""), openDemo(t), Options{})
	if err == nil || err.Error() != "the run can’t start: Rendez-vous: no primary set is chosen" {
		t.Errorf("without a primary set: %v", err)
	}
}

func TestWaitUntil(t *testing.T) {
	zone := time.FixedZone("", -5*3600)
	begin := time.Date(2026, 1, 5, 9, 0, 0, 0, zone)
	c := campaign(t, "- {id: people, kind: build-audience}\n- {id: w, kind: wait, from: people, until: 2026-02-01 08:30}\n- {id: v, kind: wait, from: w, until: 2026-01-01}\n")
	r := finish(t, c, Options{Start: begin})
	want := time.Date(2026, 2, 1, 8, 30, 0, 0, zone)
	for _, id := range []string{"w", "v"} {
		if e := one(t, r.Events(), flow.ActivityFinished, id); !e.At.Equal(want) || e.At.Format("-0700") != "-0500" {
			t.Errorf("%s ends at %v, want %v", id, e.At, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		messages int
		perSec   float64
		want     time.Duration
	}{
		{0, 10, 0},
		{1, 10, time.Second},
		{10, 10, time.Second},
		{11, 10, 2 * time.Second},
		{200, 200.0 / 60, time.Minute},
		{201, 200.0 / 60, 61 * time.Second},
		{22, 11.0 / 60, 2 * time.Minute}, // no exact number of messages a second
		{7, 7.0 / 3600, time.Hour},
		{1, 1.0 / 3600, time.Hour},
	} {
		if got := duration(test.messages, test.perSec); got != test.want {
			t.Errorf("%d messages at %v a second take %v, want %v", test.messages, test.perSec, got, test.want)
		}
	}
}

// The activity's own rate goes before that of the campaign, which goes before 200 a minute.
func TestRates(t *testing.T) {
	for _, test := range []struct {
		simulate, own string
		want          time.Duration
	}{
		{"", "", 6 * time.Second},
		{"simulate: {email: {rate: 10/s}}\n", "", 2 * time.Second},
		{"simulate: {email: {rate: 10/s}}\n", ", rate: 20/h", time.Hour},
		{"simulate: {sms: {rate: 10/s}}\n", "", 6 * time.Second},
	} {
		c := load(t, "version: 1\nname: T\ndata: demo\ndimension: customers\n"+test.simulate+`activities:
- {id: people, kind: build-audience, rule: email_opt_in and email endsWith "@example.com" and tier == "gold"}
- {id: s, kind: split, from: people, subsets: [{id: some, limit: 20, order: id}]}
- {id: mail, kind: email, from: s.some, subject: S`+test.own+"}\n")
		r := finish(t, c, Options{Start: DefaultStart})
		d := one(t, r.Events(), flow.Delivered, "mail")
		if d.Delivery.Sent != 20 {
			t.Fatalf("%d are sent (%v), the test wants 20", d.Delivery.Sent, d.Delivery.Dropped)
		}
		if took := d.At.Sub(DefaultStart); took != test.want {
			t.Errorf("%s%s: 20 messages take %v, want %v", test.simulate, test.own, took, test.want)
		}
	}
}

// What is over at one instant is told in the order of the file.
func TestOrderInFile(t *testing.T) {
	r := finish(t, campaign(t, `
- {id: people, kind: build-audience, rule: tier == "gold"}
- {id: f, kind: fork, from: people, outputs: [{id: x}, {id: y}, {id: z}]}
- {id: third, kind: wait, from: f.z, for: 1d}
- {id: first, kind: wait, from: f.x, for: 1d}
- {id: second, kind: wait, from: f.y, for: 1d}
`), Options{Start: DefaultStart})
	var order []string
	for _, e := range r.Events() {
		if e.Name == flow.ActivityFinished && e.At.After(DefaultStart) {
			order = append(order, e.Activity)
		}
	}
	if diff := cmp.Diff([]string{"third", "first", "second"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestDefaults(t *testing.T) {
	o := Defaults(sample(t, "gold-silver"))
	if want := time.Date(2026, 1, 5, 9, 0, 0, 0, time.FixedZone("", 3600)); o.Seed != 42 || !o.Start.Equal(want) || o.Confirm {
		t.Errorf("the sample's defaults are %+v", o)
	}
	if o := Defaults(campaign(t, " []\n")); o.Seed != 0 || !o.Start.Equal(DefaultStart) {
		t.Errorf("the defaults of a campaign that says nothing are %+v", o)
	}
}
