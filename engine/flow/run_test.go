package flow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rendezvous/model"
)

func TestPause(t *testing.T) {
	tell(t, []story{
		{
			name: "nothing new starts, what runs ends", activities: join + week,
			before: "start; people 10; s 4 6; a 4", script: "pause; pause; b 6",
			want:   "run paused: user\nb.sent 6 j\nj 2/2 by b, missing []",
			phases: "people done, s done, a done, b done, j waiting, w idle",
		},
		{
			name: "resume starts what could have started, at that instant", activities: join + week,
			before: "start; people 10; s 4 6; a 4; pause; b 6", script: "+1h; resume; resume",
			want:   "+1h0m0s\nrun resumed: user\nstart j\nj FIRES with 4 of a\nj.out 4 w\nstart w",
			phases: "people done, s done, a done, b done, j done, w running",
		},
		{
			name: "an activity that could start is paused", activities: branches,
			before: "start; people 10; pause", script: "s 4 6",
			want:   "s.x 4 a\ns.y 6 b",
			phases: "people done, s done, a paused, b paused",
		},
		{
			name: "a join is blocked even then", activities: join,
			before: "start; people 10; pause", script: "s 4 0; resume",
			want: `
s.x 4 a
skip s.y: empty
skip b.sent: inbound
j BLOCKED: missing-branch [b] because [b s]
skip j.out: blocked
run resumed: user
start a`,
			phases: "people done, s done, a running, b skipped, j blocked",
		},
		{
			name: "a paused run in which nothing is left is over", activities: "- {id: people, kind: build-audience}\n",
			before: "start", script: "pause; people 1",
			want: "run paused: user\npeople.result 1\nrun completed",
		},
		{
			name: "stop is final", activities: join,
			before: "start; people 10", script: "stop; s 4 6; resume; pause; stop; start",
			want:   "run stopped",
			phases: "people done, s running, a idle, b idle, j idle",
		},
		{
			name: "stop while paused", activities: join, before: "start; pause", script: "stop", want: "run stopped",
		},
		{
			name: "abandoning a paused run stops it", activities: join, before: "start; pause", script: "abandon", want: "run stopped",
		},
		{
			name: "nothing happens before the start, and there is one start", activities: join, before: "start",
			script: "start", want: "",
		},
		{
			name: "a campaign of nothing is done", activities: " []\n", script: "start", want: "run completed",
		},
	})
}

func TestErrors(t *testing.T) {
	tell(t, []story{
		{
			name: "suspend: the run pauses, the rest ends, resume does the failed one again and nothing before it", activities: join,
			before: "start; people 10; s 4 6", script: "a! lost; +1min; b 6; resume; a 4",
			want: `
a failed: lost
run paused: error
+1m0s
b.sent 6 j
j 1/2 by b, missing [a]
run resumed: user
start a
a.sent 4 j
j 2/2 by a, missing []
start j
j FIRES with 4 of a
j.out 4
run completed`,
		},
		{
			name: "it may fail again", activities: join,
			before: "start; people 10; s 4 6; b 6; a! lost; resume", script: "a! lost again",
			want:   "a failed: lost again\nrun paused: error",
			phases: "people done, s done, a failed, b done, j waiting",
		},
		{
			name: "two that failed are both done again", activities: join,
			before: "start; people 10; s 4 6", script: "a! lost; b! lost; resume",
			want:   "a failed: lost\nrun paused: error\nb failed: lost\nrun resumed: user\nstart a\nstart b",
			phases: "people done, s done, a running, b running, j idle",
		},
		{
			name: "a failure while someone has paused the run", activities: join,
			before: "start; people 10; s 4 6; pause", script: "a! lost; b 6; resume",
			want: "a failed: lost\nb.sent 6 j\nj 1/2 by b, missing [a]\nrun resumed: user\nstart a",
		},
		{
			name: "abandoning a run that has failed", activities: join,
			before: "start; people 10; s 4 6; a! lost", script: "abandon", want: "run failed",
		},
		{
			name: "abort", activities: join, keys: "on-error: abort",
			before: "start; people 10; s 4 6", script: "b! lost; a 4; resume",
			want:   "b failed: lost\nrun failed",
			phases: "people done, s done, a running, b failed, j idle",
		},
		{
			name: "the activity's own policy goes before the campaign's, inherit is the campaign's", keys: "on-error: abort",
			activities: `
- {id: people, kind: build-audience}
- {id: f, kind: fork, from: people, outputs: [{id: x}, {id: y}, {id: z}]}
- {id: a, kind: email, from: f.x, subject: A, on-error: ignore}
- {id: b, kind: email, from: f.y, subject: B, on-error: suspend}
- {id: c, kind: email, from: f.z, subject: C, on-error: inherit}
`,
			before: "start; people 10", script: "a! 1; b! 2; c! 3",
			want: "a failed: 1\nskip a.sent: error-ignored\nb failed: 2\nrun paused: error\nc failed: 3\nrun failed",
		},
		{
			name: "resume leaves ignored failures alone", activities: fork3, keys: "on-error: ignore",
			before: "start; people 1; a! lost; pause", script: "resume; b 1; c 1",
			want: "run resumed: user\nb.sent 1\nc.sent 1\nrun completed",
		},
		{
			name: "what does not run can't fail", activities: join, before: "start", script: "a! lost; people 1", want: "people.result 1 s\nstart s",
		},
	})
}

func TestConfirm(t *testing.T) {
	held := `
- {id: people, kind: build-audience}
- {id: f, kind: fork, from: people, outputs: [{id: x}, {id: y}]}
- {id: a, kind: email, from: f.x, subject: A, confirm: true}
- {id: b, kind: email, from: f.y, subject: B}
- {id: j, kind: and-join, from: [a, b], primary: a}
`
	tell(t, []story{
		{
			name: "held messages wait, the run pauses when nothing else is left", activities: held,
			before: "start", script: "people 10; b 9",
			want: `
people.result 10 f
start f
f.x 10 a
f.y 10 b
start b
b.sent 9 j
j 1/2 by b, missing [a]
run paused: confirm`,
			phases: "people done, f done, a waiting, b done, j waiting",
		},
		{
			name: "resume does not let them go", activities: held, before: "start; people 10; b 9", script: "resume", want: "",
		},
		{
			name: "confirm does, and resumes the run", activities: held,
			before: "start; people 10; b 9", script: "+2h; confirm a; a 8",
			want: `
+2h0m0s
run resumed: confirm
start a
a.sent 8 j
j 2/2 by a, missing []
start j
j FIRES with 8 of a
j.out 8
run completed`,
		},
		{
			name: "confirm while the run goes on", activities: held, before: "start; people 10", script: "confirm a; confirm a; b 9",
			want: "start a\nb.sent 9 j\nj 1/2 by b, missing [a]",
		},
		{
			name: "confirm is for what waits", activities: held, before: "start", script: "confirm a; confirm b; people 10; confirm b; confirm nobody",
			want: "people.result 10 f\nstart f\nf.x 10 a\nf.y 10 b\nstart b",
		},
		{
			name: "confirm is refused while someone has paused the run", activities: held,
			before: "start; people 10; pause", script: "confirm a; b 9; confirm a; resume",
			want:   "b.sent 9 j\nj 1/2 by b, missing [a]\nrun resumed: user\nrun paused: confirm",
			phases: "people done, f done, a waiting, b done, j waiting",
		},
		{
			name: "one of two", activities: strings.ReplaceAll(held, "subject: B", "subject: B, confirm: true"),
			before: "start", script: "people 10; confirm b; b 9; confirm a",
			want: `
people.result 10 f
start f
f.x 10 a
f.y 10 b
run paused: confirm
run resumed: confirm
start b
b.sent 9 j
j 1/2 by b, missing [a]
run paused: confirm
run resumed: confirm
start a`,
		},
		{
			name: "what failed after it was confirmed is not held again", activities: held,
			before: "start; people 10; b 9; confirm a; a! lost", script: "resume", want: "run resumed: user\nstart a",
		},
		{
			name: "a held run that is abandoned is stopped", activities: held, before: "start; people 10; b 9", script: "abandon", want: "run stopped",
		},
	})
}

func TestVariables(t *testing.T) {
	decides := `
- {id: q, kind: test, from: j, conditions: [{id: gold, when: tier == "gold" and level >= 3}, {id: silver, when: tier == "silver"}]}
`
	activities := func(more string) string {
		return `
- {id: people, kind: build-audience, when-empty: continue}
- {id: s, kind: split, from: people, subsets: [{id: x, variables: {tier: gold, level: 3}}, {id: y, variables: {tier: silver, night: true}}]}
- {id: j, kind: and-join, from: [s.x, s.y], primary: ` + more + `}
` + decides
	}
	tell(t, []story{
		{
			name: "the primary's value wins, and the event says so", activities: activities("s.x"), keys: "variables: {level: 1, tier: none}",
			before: "start; people 3", script: "s 1 2",
			want: `
s.x 1 j
s.y 2 j
j 2/2 by s.x, missing []
j 2/2 by s.y, missing []
start j
j FIRES with 1 of s.x, conflicts [level tier]
j.out 1 q
start q
q.gold 1
skip q.silver: not-chosen
skip q.default: not-chosen
run completed`,
		},
		{
			name: "so it does when it is not the first", activities: activities("s.y"), keys: "variables: {level: 1, tier: none}",
			before: "start; people 3; +1s", script: "s 1 2",
			want: `
+1s
s.x 1 j
s.y 2 j
j 2/2 by s.x, missing []
j 2/2 by s.y, missing []
start j
j FIRES with 2 of s.y, conflicts [level tier]
j.out 2 q
start q
skip q.gold: not-chosen
q.silver 2
skip q.default: not-chosen
run completed`,
		},
	})
	d := drive(t, compile(t, activities("s.y"), "variables: {level: 1, tier: none}")).play("start; people 3; s 1 2")
	want := model.Settings{"level": 1, "tier": "silver", "night": true}
	if diff := cmp.Diff(want, d.machine.Activity("q").Variables); diff != "" {
		t.Errorf("united variables (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(model.Settings{"level": 1, "tier": "none"}, d.machine.Activity("s").Variables); diff != "" {
		t.Errorf("variables before the split (-want +got):\n%s", diff)
	}
}

// The values of a branch that did not arrive count for nothing.
func TestVariablesOfMissingBranch(t *testing.T) {
	p := compile(t, `
- {id: people, kind: build-audience}
- {id: s, kind: split, from: people, subsets: [{id: x, variables: {v: 1}}, {id: y, skip-empty: true, variables: {v: 2, only: 3}}]}
- {id: j, kind: and-join, from: [s.x, s.y], primary: s.x, when-missing: continue}
`)
	d := drive(t, p).play("start; people 3; s 3 0")
	if diff := cmp.Diff(model.Settings{"v": 1}, d.machine.Activity("j").Variables); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
	for _, e := range d.events {
		if e.Name == JoinFired && len(e.Conflicts) > 0 {
			t.Errorf("conflicts %v with a branch that did not arrive", e.Conflicts)
		}
	}
}

func TestWait(t *testing.T) {
	for _, test := range []struct{ setting, want string }{
		{"for: 7d", "2026-01-12T10:30:00+01:00"},
		{"for: 90s", "2026-01-05T10:31:30+01:00"},
		{"until: 2026-02-01 09:00", "2026-02-01T09:00:00+01:00"},          // in the run's zone
		{"until: 2026-02-01", "2026-02-01T00:00:00+01:00"},                // midnight there
		{"until: 2026-02-01T09:00:00-05:00", "2026-02-01T15:00:00+01:00"}, // elsewhere
		{"until: 2026-01-05 10:30", "2026-01-05T10:30:00+01:00"},          // now
		{"until: 2026-01-05 10:29", "2026-01-05T10:30:00+01:00"},          // has passed
		{"until: 2026-01-05T09:45:00Z", "2026-01-05T10:45:00+01:00"},      // has not
	} {
		p := compile(t, branches+"- {id: j, kind: and-join, from: [a, b], primary: a}\n- {id: w, kind: wait, from: j, "+test.setting+"}\n")
		d := drive(t, p).play("start; people 2; s 1 1; +5min; b 1; +85min; a 1")
		c, ok := d.running["w"]
		if got := c.Due.Format(time.RFC3339); !ok || got != test.want {
			t.Errorf("%s: a wait behind a join that fired at 10:30 is over at %s, want %s", test.setting, got, test.want)
		}
	}
}

// A wait that began before a restart ends when it would have.
func TestDueSurvives(t *testing.T) {
	d := drive(t, compile(t, join+week)).play("start; people 2; s 1 1; a 1; +1h; b 1; +3d; pause")
	_, commands := Continue(d.plan, d.events)
	if len(commands) != 1 || !commands[0].Due.Equal(start.Add(time.Hour+7*24*time.Hour)) {
		t.Errorf("commands after a restart: %+v", commands)
	}
}

func TestRestart(t *testing.T) {
	p := compile(t, join)
	drive(t, p).play("start; people 10; s 4 6; a 4")
	m := New(p)
	if open, closed := m.Missing("j"); len(open) != 2 || len(closed) != 0 || m.Activity("j").In != 0 || m.Seq != 0 || m.Status != "" {
		t.Errorf("a new machine has %v open and %v closed, %d people, seq %d, status %q", open, closed, m.Activity("j").In, m.Seq, m.Status)
	}
}

func TestStates(t *testing.T) {
	d := drive(t, compile(t, join)).play("start; people 10; s 4 6; +5min; b 5 6; +5min")
	j := d.machine.Activity("j")
	if want := start.Add(5 * time.Minute); j.Phase != Waiting || !j.Since.Equal(want) || j.In != 5 {
		t.Errorf("the join is %s since %v with %d, want waiting since %v with 5", j.Phase.Word(), j.Since, j.In, want)
	}
	if open, closed := d.machine.Missing("j"); len(closed) != 0 || len(open) != 1 || open[0].String() != "a.sent" {
		t.Errorf("missing %v, closed %v", open, closed)
	}
	b := d.machine.Activity("b")
	if b.Phase != Done || b.Delivery.Targeted != 6 || b.Delivery.Sent != 5 {
		t.Errorf("b: %+v", b)
	}
	d.play("a! lost")
	if a := d.machine.Activity("a"); a.Phase != Broken || a.Error != "lost" || !a.Since.Equal(d.now) {
		t.Errorf("a: %+v", a)
	}
	if tr := d.machine.Transition(model.Ref{Activity: "b", Output: "sent"}); tr.Passage != Passed || tr.Count != 5 || !tr.At.Equal(start.Add(5*time.Minute)) {
		t.Errorf("b.sent: %+v", tr)
	}
	if tr := d.machine.Transition(model.Ref{Activity: "a", Output: "sent"}); tr.Passage != Open {
		t.Errorf("a.sent: %+v", tr)
	}
}

// Names that the plan doesn't know lead to nothing, wherever they turn up.
func TestStrangers(t *testing.T) {
	d := drive(t, compile(t, join)).play("start")
	for _, in := range []Input{Computed{"ghost", []int{1}}, Computed{"people", []int{1, 2}}, Sent{"people", Delivery{}}, Woke{"people"}, Failure{"ghost", ""}, Confirm{"ghost"}} {
		if events := d.feed(in); len(events) > 0 {
			t.Errorf("%#v led to %v", in, events)
		}
	}
	ghost := model.Ref{Activity: "ghost", Output: "out"}
	if open, closed := d.machine.Missing("ghost"); open != nil || closed != nil || d.machine.Because(ghost) != nil {
		t.Error("an unknown activity has inbound transitions")
	}
	if d.machine.Activity("ghost").Phase != Idle || d.machine.Transition(ghost).Passage != Open {
		t.Error("an unknown activity has done something")
	}
	s := Replay(d.plan, []Event{{Seq: 1, Name: RunStarted}, {Seq: 2, Name: ActivityFinished, Activity: "ghost"}, {Seq: 3, Name: TransitionActivated, Activity: "ghost", Output: "out"}})
	if s.Seq != 3 || s.Status != Running {
		t.Errorf("a record with an unknown activity folds to %v at %d", s.Status, s.Seq)
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, test := range []struct{ name, activities, want string }{
		{"no primary set", branches + "- {id: j, kind: and-join, label: Meet, from: [a, b]}\n", "Meet: no primary set is chosen"},
		{"an unticked primary set", branches + "- {id: j, kind: and-join, label: Meet, from: [a], primary: b}\n", "Meet: the primary set Email is not ticked"},
		{"a primary set that is not there", branches + "- {id: j, kind: and-join, label: Meet, from: [a], primary: c}\n", "does not exist"},
		{"a join of nothing", "- {id: j, kind: and-join, label: Meet}\n", "Meet: nothing leads to it"},
		{"an e-mail to nobody", "- {id: a, kind: email, label: Mail, subject: A}\n", "Mail: nothing leads to it"},
		{"a condition that makes no sense", branches + "- {id: q, kind: test, label: Which, from: a, conditions: [{id: x, when: cuont > 1}]}\n", "Which: condition x:"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Compile(load(t, test.activities)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}
