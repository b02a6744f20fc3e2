package flow

import (
	"fmt"
	"strings"
	"testing"

	"rendezvous/model"
)

// wide is a campaign of many branches that meet, each of some length.
func wide(branches, length int) string {
	var b, outputs, ends strings.Builder
	for i := range branches {
		fmt.Fprintf(&outputs, "{id: o%d}, ", i)
		from := fmt.Sprintf("f.o%d", i)
		for k := range length {
			id := fmt.Sprintf("a%d-%d", i, k)
			kind := []string{"kind: email, subject: S", "kind: wait, for: 1d", "kind: build-audience, when-empty: continue"}[k%3]
			fmt.Fprintf(&b, "- {id: %s, %s, from: %s}\n", id, kind, from)
			from = id
		}
		ends.WriteString(from + ", ")
	}
	last := fmt.Sprintf("a0-%d", length-1)
	return "- {id: people, kind: build-audience}\n- {id: f, kind: fork, from: people, outputs: [" + outputs.String() + "]}\n" +
		b.String() + "- {id: j, kind: and-join, from: [" + ends.String() + "], primary: " + last + "}\n"
}

func benchmarkMachine(b *testing.B, branches, length int) {
	p := compile(b, wide(branches, length))
	counts := []int{1000}
	total := 0
	b.ReportAllocs()
	for b.Loop() {
		m := New(p)
		events, commands := m.Step(start, Start{})
		total += len(events)
		for len(commands) > 0 {
			c := commands[0]
			commands = commands[1:]
			at := c.Started
			if c.Role == model.Delay {
				at = c.Due
			}
			events, more := m.Step(at, c.success(counts))
			total += len(events)
			commands = append(commands, more...)
		}
		if m.Status != Completed {
			b.Fatalf("the run is %s", m.Status)
		}
	}
	b.ReportMetric(float64(total)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkMachine(b *testing.B) {
	for _, size := range []struct{ branches, length int }{{2, 2}, {10, 3}, {30, 3}, {100, 4}} {
		b.Run(fmt.Sprint(size.branches*size.length+3), func(b *testing.B) { benchmarkMachine(b, size.branches, size.length) })
	}
}
