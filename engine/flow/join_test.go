package flow

import "testing"

// Campaigns that many stories are about.
const (
	// branches are two e-mails behind a split.
	branches = `
- {id: people, kind: build-audience, when-empty: continue}
- {id: s, kind: split, from: people, subsets: [{id: x, skip-empty: true}, {id: y, skip-empty: true}]}
- {id: a, kind: email, from: s.x, subject: A}
- {id: b, kind: email, from: s.y, subject: B}
`
	join  = branches + "- {id: j, kind: and-join, from: [a, b], primary: a}\n"
	week  = "- {id: w, kind: wait, from: j, for: 7d}\n"
	fork3 = `
- {id: people, kind: build-audience, when-empty: continue}
- {id: f, kind: fork, from: people, outputs: [{id: x}, {id: y}, {id: z}]}
- {id: a, kind: email, from: f.x, subject: A}
- {id: b, kind: email, from: f.y, subject: B}
- {id: c, kind: email, from: f.z, subject: C}
`
	lenient3 = fork3 + "- {id: j, kind: and-join, from: [a, b, c], primary: a, when-missing: continue}\n"
)

func TestJoin(t *testing.T) {
	tell(t, []story{
		{
			name: "it fires once, at the latest arrival, with the people of its primary set", activities: join + week,
			before: "start; people 10; s 4 6", script: "+5min; b 6; +5min; a 3 4",
			want: `
+5m0s
b.sent 6 j
j 1/2 by b, missing [a]
+10m0s
a.sent 3 j
j 2/2 by a, missing []
start j
j FIRES with 3 of a
j.out 3 w
start w`,
			phases: "people done, s done, a done, b done, j done, w running",
		},
		{
			name: "the primary set may be last or first", activities: branches + "- {id: j, kind: and-join, from: [a, b], primary: b}\n",
			before: "start; people 10; s 4 6", script: "a 3; b 6",
			want: `
a.sent 3 j
j 1/2 by a, missing [b]
b.sent 6 j
j 2/2 by b, missing []
start j
j FIRES with 6 of b
j.out 6
run completed`,
		},
		{
			name: "the same branch twice is one arrival", activities: join,
			before: "start; people 10; s 4 6", script: "a 4; a 4; +1s; a 4",
			want:   "a.sent 4 j\nj 1/2 by a, missing [b]",
			phases: "people done, s done, a done, b running, j waiting",
		},
		{
			name: "an empty population arrives", activities: join,
			before: "start; people 10; s 4 6", script: "a 0 4; b 0 6",
			want: `
a.sent 0 j
j 1/2 by a, missing [b]
b.sent 0 j
j 2/2 by b, missing []
start j
j FIRES with 0 of a
j.out 0
run completed`,
		},
		{
			name: "an empty audience that may continue arrives all the way", activities: `
- {id: people, kind: build-audience, when-empty: continue}
- {id: j, kind: and-join, from: people, primary: people}
`,
			script: "start; people 0",
			want:   "start people\npeople.result 0 j\nj 1/1 by people, missing []\nstart j\nj FIRES with 0 of people\nj.out 0\nrun completed",
		},
		{
			name: "a skipped output blocks at once", activities: join + week,
			before: "start; people 10", script: "s 10 0",
			want: `
s.x 10 a
skip s.y: empty
start a
skip b.sent: inbound
j BLOCKED: missing-branch [b] because [b s]
skip j.out: blocked
skip w.out: inbound`,
			phases: "people done, s done, a running, b skipped, j blocked, w skipped",
		},
		{
			name: "a blocked join stays so when the rest arrives", activities: join,
			before: "start; people 10; s 10 0", script: "a 10",
			want:   "a.sent 10 j\nj 1/2 by a, missing [b]\nrun stalled",
			phases: "people done, s done, a done, b skipped, j blocked",
		},
		{
			name: "all that closes together is missing together", activities: join,
			before: "start; people 10", script: "s 0 0",
			want: `
skip s.x: empty
skip s.y: empty
skip a.sent: inbound
skip b.sent: inbound
j BLOCKED: missing-branch [a b] because [a s]
skip j.out: blocked
run stalled`,
		},
		{
			name: "outputs of one activity can meet", activities: `
- {id: people, kind: build-audience}
- {id: s, kind: split, from: people, subsets: [{id: x}, {id: y, skip-empty: true}], complement: true}
- {id: j, kind: and-join, from: [s.x, s.y, s.complement], primary: s.y}
`,
			before: "start; people 10", script: "s 1 2 7",
			want: `
s.x 1 j
s.y 2 j
s.complement 7 j
j 3/3 by s.x, missing []
j 3/3 by s.y, missing []
j 3/3 by s.complement, missing []
start j
j FIRES with 2 of s.y
j.out 2
run completed`,
		},
		{
			name: "several activities that leave one join", activities: fork3 + `
- {id: j, kind: and-join, from: [a, b, c], primary: c}
- {id: g, kind: fork, from: j, outputs: [{id: x}, {id: y}]}
- {id: k, kind: and-join, from: [g.x, g.y], primary: g.y}
`,
			before: "start; people 5; a 5; b 4", script: "c 3",
			want: `
c.sent 3 j
j 3/3 by c, missing []
start j
j FIRES with 3 of c
j.out 3 g
start g
g.x 3 k
g.y 3 k
k 2/2 by g.x, missing []
k 2/2 by g.y, missing []
start k
k FIRES with 3 of g.y
k.out 3
run completed`,
		},
	})
}

func TestClosing(t *testing.T) {
	tell(t, []story{
		{
			name: "an empty audience that stops", activities: `
- {id: people, kind: build-audience}
- {id: a, kind: email, from: people, subject: A}
- {id: others, kind: build-audience}
- {id: j, kind: and-join, from: [a, others], primary: others}
- {id: e, kind: end, from: j}
`,
			before: "start", script: "others 3; people 0",
			want: `
others.result 3 j
j 1/2 by others, missing [a]
skip people.result: empty
skip a.sent: inbound
j BLOCKED: missing-branch [a] because [a people]
skip j.out: blocked
run stalled`,
			phases: "people done, a skipped, others done, j blocked, e skipped",
		},
		{
			name: "the losing branches of a test", activities: `
- {id: people, kind: build-audience}
- {id: q, kind: test, from: people, conditions: [{id: many, when: count > 100}, {id: some, when: count > 5}, {id: few, when: count > 2}]}
- {id: a, kind: email, from: q.some, subject: A}
- {id: j, kind: and-join, from: [a, q.many], primary: a}
- {id: e, kind: end, from: q.default}
`,
			before: "start", script: "people 10",
			want: `
people.result 10 q
start q
skip q.many: not-chosen
q.some 10 a
skip q.few: not-chosen
skip q.default: not-chosen
start a
j BLOCKED: missing-branch [q.many] because [q]
skip j.out: blocked`,
			phases: "people done, q done, a running, j blocked, e skipped",
		},
		{
			name: "a test without a true condition takes the default", activities: `
- {id: people, kind: build-audience, when-empty: continue}
- {id: q, kind: test, from: people, conditions: [{id: many, when: count > 100}]}
- {id: e, kind: end, from: q.default}
`,
			before: "start", script: "people 0",
			want:   "people.result 0 q\nstart q\nskip q.many: not-chosen\nq.default 0 e\nstart e\nrun completed",
			phases: "people done, q done, e done",
		},
		{
			name: "a disabled activity", activities: branches + `
- {id: d, kind: wait, from: b, for: 1d, disabled: true}
- {id: j, kind: and-join, from: [a, d], primary: a}
`,
			script: "start; people 10; s 4 6; b 6; a 4",
			want: `
skip d.out: disabled
start people
j BLOCKED: missing-branch [d] because [d]
skip j.out: blocked
people.result 10 s
start s
s.x 4 a
s.y 6 b
start a
start b
b.sent 6 d
a.sent 4 j
j 1/2 by a, missing [d]
run stalled`,
			phases: "people done, s done, a done, b done, d skipped, j blocked",
		},
		{
			name: "a disabled activity at the start, a disabled end, a disabled join", activities: `
- {id: people, kind: build-audience, disabled: true}
- {id: others, kind: build-audience}
- {id: g, kind: fork, from: others, outputs: [{id: x}, {id: y}]}
- {id: e, kind: end, from: g.x, disabled: true}
- {id: j, kind: and-join, from: [people, g.y], primary: people, disabled: true}
`,
			script: "start; others 2",
			want: `
skip people.result: disabled
skip j.out: disabled
start others
others.result 2 g
start g
g.x 2 e
g.y 2 j
run completed`,
			phases: "people skipped, others done, g done, e skipped, j skipped",
		},
		{
			name: "an ignored error", activities: branches + `
- {id: t, kind: sms, from: b, text: T, on-error: ignore}
- {id: j, kind: and-join, from: [a, t], primary: a}
`,
			before: "start; people 10; s 4 6; b 6", script: "t! no gateway; a 4",
			want: `
t failed: no gateway
skip t.sent: error-ignored
j BLOCKED: missing-branch [t] because [t]
skip j.out: blocked
a.sent 4 j
j 1/2 by a, missing [t]
run stalled`,
			phases: "people done, s done, a done, b done, t failed, j blocked",
		},
	})
}

func TestContinue(t *testing.T) {
	tell(t, []story{
		{
			name: "continue fires with the rest", activities: lenient3, keys: "on-error: ignore",
			before: "start; people 9; a 8", script: "b! lost; +1min; c 7",
			want: `
b failed: lost
skip b.sent: error-ignored
+1m0s
c.sent 7 j
j 2/3 by c, missing [b]
start j
j FIRES with 8 of a
j.out 8
run completed`,
		},
		{
			name: "continue fires in the instant in which the last missing branch closes", activities: lenient3, keys: "on-error: ignore",
			before: "start; people 9; a 8; b 9", script: "c! lost",
			want: "c failed: lost\nskip c.sent: error-ignored\nstart j\nj FIRES with 8 of a\nj.out 8\nrun completed",
		},
		{
			name: "a missing primary blocks even under continue, and at once", activities: lenient3, keys: "on-error: ignore",
			before: "start; people 9; b 9", script: "a! lost; c 9",
			want: `
a failed: lost
skip a.sent: error-ignored
j BLOCKED: missing-primary [a] because [a]
skip j.out: blocked
c.sent 9 j
j 2/3 by c, missing [a]
run stalled`,
		},
		{
			name: "the chain follows the primary when more is missing", activities: lenient3, keys: "on-error: ignore",
			before: "start; people 9; b! lost", script: "a! lost too",
			want: "a failed: lost too\nskip a.sent: error-ignored\nj BLOCKED: missing-primary [a b] because [a]\nskip j.out: blocked",
		},
		{
			name: "continue with nothing missing is a plain join", activities: lenient3,
			before: "start; people 9; a 8; b 9", script: "c 3",
			want: "c.sent 3 j\nj 3/3 by c, missing []\nstart j\nj FIRES with 8 of a\nj.out 8\nrun completed",
		},
	})
}

func TestNestedJoins(t *testing.T) {
	nested := func(missing string) string {
		return fork3 + `
- {id: j, kind: and-join, from: [a, b], primary: a}
- {id: w, kind: wait, from: j, for: 1d}
- {id: k, kind: and-join, from: [c, w], primary: c, when-missing: ` + missing + `}
- {id: e, kind: end, from: k}
`
	}
	tell(t, []story{
		{
			name: "a blocked join blocks the next", activities: nested("block"), keys: "on-error: ignore",
			before: "start; people 9; c 9; a 9", script: "b! lost",
			want: `
b failed: lost
skip b.sent: error-ignored
j BLOCKED: missing-branch [b] because [b]
skip j.out: blocked
skip w.out: inbound
k BLOCKED: missing-branch [w] because [w j b]
skip k.out: blocked
run stalled`,
			phases: "people done, f done, a done, b failed, c done, j blocked, w skipped, k blocked, e skipped",
		},
		{
			name: "one that continues does not mind", activities: nested("continue"), keys: "on-error: ignore",
			before: "start; people 9; c 9; a 9", script: "b! lost",
			want: `
b failed: lost
skip b.sent: error-ignored
j BLOCKED: missing-branch [b] because [b]
skip j.out: blocked
skip w.out: inbound
start k
k FIRES with 9 of c
k.out 9 e
start e
run stalled`,
		},
		{
			name: "both fire", activities: nested("block"),
			before: "start; people 9; c 9; a 8", script: "b 7; +1d; w",
			want: `
b.sent 7 j
j 2/2 by b, missing []
start j
j FIRES with 8 of a
j.out 8 w
start w
+24h0m0s
w.out 8 k
k 2/2 by w, missing []
start k
k FIRES with 9 of c
k.out 9 e
start e
run completed`,
		},
	})
}
