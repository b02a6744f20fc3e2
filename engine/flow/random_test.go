package flow

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// A sketch is a random campaign being drawn: activities, and the outputs that nothing follows yet.
type sketch struct {
	t    *rapid.T
	open []string
	out  strings.Builder
	n    int
	// suspends says whether failures may pause the run, rather than close a branch.
	suspends bool
}

// activitiesOf draws a campaign of every kind of activity that the machine tells apart.
func activitiesOf(t *rapid.T, suspends bool) string {
	s := &sketch{t: t, suspends: suspends}
	s.add("build-audience", "", s.audience())
	for range rapid.IntRange(1, 14).Draw(t, "size") {
		s.grow()
	}
	return s.out.String()
}

func (s *sketch) yes(label string) bool { return rapid.Bool().Draw(s.t, label) }

// add writes an activity and opens its outputs.
func (s *sketch) add(kind, from, more string, outputs ...string) {
	id := fmt.Sprintf("%c%d", kind[0], s.n)
	s.n++
	fmt.Fprintf(&s.out, "- {id: %s, kind: %s", id, kind)
	if from != "" {
		s.out.WriteString(", from: " + from)
	}
	s.out.WriteString(more)
	if rapid.IntRange(0, 11).Draw(s.t, "disabled") == 0 {
		s.out.WriteString(", disabled: true")
	}
	policies := []string{"ignore", "inherit"}
	if s.suspends {
		policies = append(policies, "suspend")
	}
	s.out.WriteString(", on-error: " + rapid.SampledFrom(policies).Draw(s.t, "on-error") + "}\n")
	if len(outputs) == 0 && kind != "end" {
		s.open = append(s.open, id)
	}
	for _, o := range outputs {
		s.open = append(s.open, id+"."+o)
	}
}

// take follows an open output.
func (s *sketch) take() string {
	i := rapid.IntRange(0, len(s.open)-1).Draw(s.t, "from")
	from := s.open[i]
	s.open = slices.Delete(s.open, i, i+1)
	return from
}

func (s *sketch) audience() string {
	if s.yes("continue") {
		return ", when-empty: continue"
	}
	return ""
}

func (s *sketch) grow() {
	kinds := []string{"build-audience"}
	if len(s.open) > 0 {
		kinds = []string{"build-audience", "behind", "split", "fork", "fork", "test", "email", "email", "wait", "end", "and-join", "and-join", "and-join"}
	}
	switch kind := rapid.SampledFrom(kinds).Draw(s.t, "kind"); kind {
	case "build-audience":
		s.add(kind, "", s.audience())
	case "behind":
		s.add("build-audience", s.take(), s.audience())
	case "split":
		s.add(kind, s.take(), fmt.Sprintf(", subsets: [{id: x, skip-empty: %v, variables: {v: 1}}, {id: y, skip-empty: %v, variables: {v: 2}}], complement: true",
			s.yes("skip x"), s.yes("skip y")), "x", "y", "complement")
	case "fork":
		s.add(kind, s.take(), ", outputs: [{id: x}, {id: y, variables: {v: 3}}]", "x", "y")
	case "test":
		s.add(kind, s.take(), ", conditions: [{id: x, when: count > 1}, {id: y, when: v == 1}]", "x", "y", "default")
	case "email":
		more := ", subject: S"
		if rapid.IntRange(0, 3).Draw(s.t, "confirm") == 0 {
			more += ", confirm: true"
		}
		s.add(kind, s.take(), more)
	case "wait":
		s.add(kind, s.take(), fmt.Sprintf(", for: %dmin", rapid.IntRange(1, 3).Draw(s.t, "for")))
	case "end":
		s.add(kind, s.take(), "")
	case "and-join":
		s.join()
	}
}

func (s *sketch) join() {
	var from []string
	for range rapid.IntRange(1, min(3, len(s.open))).Draw(s.t, "branches") {
		from = append(from, s.take())
	}
	primary := rapid.SampledFrom(from).Draw(s.t, "primary")
	missing := rapid.SampledFrom([]string{"block", "continue"}).Draw(s.t, "when-missing")
	s.add("and-join", "["+strings.Join(from, ", ")+"]", fmt.Sprintf(", primary: %s, when-missing: %s", primary, missing))
}

// outcomes are what each activity will lead to, so that two runs of one campaign differ in nothing but order.
type outcomes struct {
	counts map[string][]int
	fails  map[string]int // how often an activity fails before it does its work
}

func outcomesOf(t *rapid.T, p *Plan) outcomes {
	o := outcomes{map[string][]int{}, map[string]int{}}
	for _, n := range p.nodes {
		for range max(1, len(n.out)) {
			o.counts[n.id] = append(o.counts[n.id], rapid.IntRange(0, 2).Draw(t, "count"))
		}
		if rapid.IntRange(0, 7).Draw(t, "fails") == 0 {
			o.fails[n.id] = rapid.IntRange(1, 2).Draw(t, "times")
		}
	}
	return o
}

// of returns what a command leads to.
func (o outcomes) of(c Command, failed map[string]int) Input {
	if failed[c.Activity] < o.fails[c.Activity] {
		failed[c.Activity]++
		return Failure{c.Activity, "lost"}
	}
	return c.success(o.counts[c.Activity])
}
