package narrate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rendezvous/engine"
	"rendezvous/engine/flow"
	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/samples"
)

// glyphs stand for the marks in the texts of the tests.
var glyphs = map[Mark]string{Started: ">", Finished: "+", Moved: "/", Waiting: "~", Arrived: "=", Fired: "!", Blocked: "#", Skipped: "-", Failed: "x", Paused: "|"}

// text writes a log, the instant where it changes.
func text(lines []Line) string {
	var b strings.Builder
	var last time.Time
	for _, l := range lines {
		if !l.At.Equal(last) {
			b.WriteString(l.At.Format("Mon 02 Jan 15:04:05\n"))
			last = l.At
		}
		fmt.Fprintf(&b, "  %2d %s %s: %s", l.Seq, glyphs[l.Mark], l.Who, l.What)
		if l.Number != "" {
			b.WriteString(" (" + l.Number + ")")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSamples(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	data, err := population.Open(t.Context(), "demo", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range samples.Names() {
		want, ok := logs[name]
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			source, err := samples.Campaign(name)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := model.Load(name, source)
			if err != nil {
				t.Fatal(err)
			}
			r, err := engine.NewRun(t.Context(), doc.Campaign, data, engine.Defaults(doc.Campaign))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.Close() }()
			if err := r.Finish(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimLeft(want, "\n"), text(Lines(doc.Campaign, r.Events()))); diff != "" {
				t.Errorf("log (-want +got):\n%s", diff)
			}
		})
	}
}

var logs = map[string]string{
	"gold-silver": `
Mon 05 Jan 09:00:00
   1 > Run started: seed 42, demo, test run
   4 + Gold and Silver members: tier in ["gold", "silver"] (4,210)
   8 / Tiers: Gold 1,204, Silver 3,006 (4,210)
   9 > E-mail Gold: started (1,204)
  10 > E-mail Silver: started (3,006)
Mon 05 Jan 09:05:49
  11 + E-mail Gold: sent; dropped 6 duplicate address, 6 invalid address, 6 no address, 24 no consent (1,162)
  14 ~ Rendez-vous: E-mail Gold arrived; waits for E-mail Silver (1/2)
Mon 05 Jan 09:14:22
  15 + E-mail Silver: sent; dropped 54 duplicate address, 18 invalid address, 17 no address, 46 no consent (2,871)
  18 = Rendez-vous: E-mail Silver arrived (2/2)
  20 ! Rendez-vous: fired: both branches arrived; the people of E-mail Gold go on (1,162)
  23 > Wait 7 d: wait for: 7d (1,162)
Mon 12 Jan 09:14:22
  25 + Wait 7 d: is over (1,162)
  26 > SMS: started (1,162)
Mon 12 Jan 09:17:56
  27 + SMS: sent; dropped 7 invalid address, 100 no address, 343 no consent (712)
  30 + Run completed: every activity that could run has run
`,
	"blocked-join": `
Mon 05 Jan 09:00:00
   1 > Run started: seed 42, demo, test run
   4 + Gold members: tier == "gold" (1,204)
   7 - Tiers: Silver is empty, and “skip empty” is on
   8 / Tiers: Gold 1,204 (1,204)
   9 > E-mail Gold: started (1,204)
  10 - E-mail Silver: never started: what leads here was skipped
  11 # Rendez-vous: can never fire in this run: E-mail Silver will not arrive
  13 - Wait 7 d: never started: what leads here was skipped
  14 - SMS: never started: what leads here was skipped
Mon 05 Jan 09:05:49
  15 + E-mail Gold: sent; dropped 6 duplicate address, 6 invalid address, 6 no address, 24 no consent (1,162)
  18 = Rendez-vous: E-mail Gold arrived; E-mail Silver will not arrive (1/2)
  19 # Run stalled: nothing can move, and a join is blocked
`,
	"three-way": `
Mon 05 Jan 09:00:00
   1 > Run started: seed 7, demo, test run
   4 + Recent buyers: any(purchases, .bought_at >= daysAgo(30)) (2,753)
   9 / Three ways: News 2,753, Coffee 2,753, Thanks 2,753 (2,753)
  10 > Newsletter: started (2,753)
  12 > Wait 2 d: wait for: 2d (2,753)
  14 + Coffee lovers: 1 subset (997)
  17 - Worth it?: Default is not taken
  18 / Worth it?: Enough 997 (997)
  19 > Tasting: started (997)
Mon 05 Jan 09:02:20
  20 + Tasting: sent; dropped 6 duplicate address, 4 invalid address, 3 no address, 52 no consent (932)
  23 ~ Rendez-vous: Tasting arrived; waits for Newsletter and Thanks (1/3)
Mon 05 Jan 09:05:42
  24 + Newsletter: sent; dropped 40 duplicate address, 12 invalid address, 8 no address, 415 no consent (2,278)
  27 ~ Rendez-vous: Newsletter arrived; waits for Thanks (2/3)
Wed 07 Jan 09:00:00
  29 + Wait 2 d: is over (2,753)
  30 > Thanks: started (2,753)
Wed 07 Jan 09:02:20
  31 + Thanks: sent; dropped 12 invalid address, 168 no address, 1,180 no consent (1,393)
  34 = Rendez-vous: Thanks arrived (3/3)
  36 ! Rendez-vous: fired: all branches arrived; the people of Thanks go on (1,393)
  41 + Keep them: January buyers (1,393)
  42 + Run completed: every activity that could run has run
`,
}

// story drives a machine through a campaign and tells it.
func story(t *testing.T, activities string, inputs ...flow.Input) string {
	t.Helper()
	doc, err := model.Load("test.yaml", []byte("version: 1\nname: T\ndata: demo\ndimension: customers\nvariables: {v: 0}\nactivities:\n"+activities))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := flow.Compile(doc.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	m := flow.New(plan)
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	events, _ := m.Step(at, flow.Start{Data: "demo", Mode: "test"})
	for _, in := range inputs {
		more, _ := m.Step(at, in)
		events = append(events, more...)
	}
	_, out, _ := strings.Cut(text(Lines(doc.Campaign, events)), "test run\n")
	return out
}

const three = `
- {id: people, kind: build-audience}
- {id: f, kind: fork, from: people, outputs: [{id: x, variables: {v: 1}}, {id: y, variables: {v: 2}}, {id: z}]}
- {id: a, kind: email, label: A, from: f.x, subject: S}
- {id: b, kind: email, label: B, from: f.y, subject: S, on-error: ignore}
- {id: c, kind: email, label: C, from: f.z, subject: S, confirm: true}
- {id: j, kind: and-join, label: Meet, from: [a, b, c], primary: a, when-missing: continue}
- {id: e, kind: end, from: j}
`

func sent(id string, n int) flow.Input {
	return flow.Sent{Activity: id, Delivery: flow.Delivery{Targeted: n + 1, Sent: n, Dropped: map[string]int{"no consent": 1}}}
}

func TestStories(t *testing.T) {
	people := flow.Computed{Activity: "people", Counts: []int{1000}}
	for _, test := range []struct {
		name, activities string
		inputs           []flow.Input
		want             string
	}{
		{"a join that continues", three, []flow.Input{people, sent("a", 990), flow.Failure{Activity: "b", Error: "the post is closed"},
			flow.Confirm{Activity: "c"}, sent("c", 5)}, `
   4 + Build audience: everyone (1,000)
   9 / Fork: Transition 1,000, Transition 1,000, Transition 1,000 (1,000)
  10 > A: started (1,000)
  11 > B: started (1,000)
  12 + A: sent; dropped 1 no consent (990)
  15 ~ Meet: A arrived; waits for B and C (1/3)
  16 x B: the post is closed
  17 - B: failed, and the error is ignored
  18 | Run paused: messages are held until someone confirms
  19 > Run resumed: 
  20 > C: started (1,000)
  21 + C: sent; dropped 1 no consent (5)
  24 = Meet: C arrived; B will not arrive (2/3)
  26 ! Meet: fired: no more branches can arrive; the people of A go on; its value of v wins (990)
  30 + End: ends here (990)
  31 + Run completed: every activity that could run has run
`},
		{"one that continues and misses nothing", three, []flow.Input{people, sent("a", 1), sent("b", 2), flow.Confirm{Activity: "c"}, sent("c", 3)}, `
   4 + Build audience: everyone (1,000)
   9 / Fork: Transition 1,000, Transition 1,000, Transition 1,000 (1,000)
  10 > A: started (1,000)
  11 > B: started (1,000)
  12 + A: sent; dropped 1 no consent (1)
  15 ~ Meet: A arrived; waits for B and C (1/3)
  16 + B: sent; dropped 1 no consent (2)
  19 ~ Meet: B arrived; waits for C (2/3)
  20 | Run paused: messages are held until someone confirms
  21 > Run resumed: 
  22 > C: started (1,000)
  23 + C: sent; dropped 1 no consent (3)
  26 = Meet: C arrived (3/3)
  28 ! Meet: fired: all branches arrived; the people of A go on; its value of v wins (1)
  32 + End: ends here (1)
  33 + Run completed: every activity that could run has run
`},
		{"an error", three, []flow.Input{people, flow.Pause{}, flow.Resume{}, flow.Failure{Activity: "a", Error: "no wires"}, flow.Abandon{}}, `
   4 + Build audience: everyone (1,000)
   9 / Fork: Transition 1,000, Transition 1,000, Transition 1,000 (1,000)
  10 > A: started (1,000)
  11 > B: started (1,000)
  12 | Run paused: nothing new starts; what runs ends
  13 > Run resumed: 
  14 x A: no wires
  15 | Run paused: an activity failed: mend it and resume
  16 x Run failed: an activity failed
`},
		{"nobody, and what is disabled", `
- {id: people, kind: build-audience, rule: tier == nil}
- {id: a, kind: email, from: people, subject: S}
- {id: d, kind: build-audience, disabled: true}
- {id: j, kind: and-join, from: a, primary: a}
`, []flow.Input{flow.Computed{Activity: "people", Counts: []int{0}}}, `
   2 - Build audience: is disabled
   4 - Build audience: nobody fits, and an empty audience stops here
   6 - Email: never started: what leads here was skipped
   7 # AND-join: can never fire in this run: Email will not arrive
   9 # Run stalled: nothing can move, and a join is blocked
`},
		{"stopped", "- {id: people, kind: build-audience}\n", []flow.Input{flow.Stop{}}, "   3 | Run stopped: someone ended it\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimLeft(test.want, "\n"), story(t, test.activities, test.inputs...)); diff != "" {
				t.Errorf("log (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 12500: "12,500", 999999: "999,999", 1234567890: "1,234,567,890",
		-1: "-1", -999: "-999", -1000: "-1,000", -123456: "-123,456"} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestList(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "A": {"A"}, "A and B": {"A", "B"}, "A, B and C": {"A", "B", "C"}} {
		if got := List(names); got != want {
			t.Errorf("List(%v) = %s, want %s", names, got, want)
		}
	}
}

func TestDropped(t *testing.T) {
	d := flow.Delivery{Dropped: map[string]int{"no consent": 1200, "duplicate address": 3}}
	if got := Dropped(d); got != "; dropped 3 duplicate address, 1,200 no consent" {
		t.Errorf("Dropped = %q", got)
	}
	if got := Dropped(flow.Delivery{}); got != "" {
		t.Errorf("nobody is dropped: %q", got)
	}
}
