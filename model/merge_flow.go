package model

import (
	"fmt"
	"slices"
)

// settle makes what leads to the merged activities well formed: no output that is gone, none that leads two ways, no
// cycle.
func (m *merger) settle() {
	for i, a := range m.merged.Activities {
		from := m.reach(a.From)
		if len(from) < len(a.From) {
			m.transitionConflict(a.ID, "what it follows is gone")
			if m.ours.Index(a.ID) >= 0 {
				from = m.asInOurs(a)
			}
		}
		m.merged.Activities[i].From = from
	}
	for {
		refs, reason := m.clash()
		if len(refs) == 0 {
			return
		}
		m.giveWay(refs, reason)
	}
}

// reach returns which outputs of the merged campaign take the place of some of the two sides: back along the first
// outputs of deleted activities, as branches close up. Those that lead nowhere are left out.
func (m *merger) reach(from []Ref) []Ref {
	var reached []Ref
	for _, r := range from {
		r, ok := m.back(r)
		if ok && !slices.Contains(reached, r) {
			reached = append(reached, r)
		}
	}
	return reached
}

func (m *merger) back(r Ref) (Ref, bool) {
	seen := map[Ref]bool{}
	for m.merged.Index(r.Activity) < 0 && !seen[r] {
		seen[r] = true
		side := m.ours
		if side.Index(r.Activity) < 0 {
			side = m.theirs
		}
		if side.Index(r.Activity) < 0 {
			side = m.base
		}
		a, _ := side.Activity(r.Activity)
		in, ok := side.mainInbound(a)
		if !ok || slices.Index(a.Refs(), r) != 0 {
			return r, false
		}
		r = in
	}
	_, ok := m.merged.Output(r)
	return r, ok
}

// clash returns transitions of the merged campaign that can't be together, and why, as a clause; none when all can.
func (m *merger) clash() ([]Ref, string) {
	followed := map[Ref]bool{}
	for _, a := range m.merged.Activities {
		for _, r := range a.From {
			if followed[r] {
				return []Ref{r}, fmt.Sprintf("%s can lead to one activity only", m.merged.BranchTitle(r))
			}
			followed[r] = true
		}
	}
	closing := m.merged.cycle()
	if len(closing) == 0 {
		return nil, ""
	}
	g := m.merged.Graph()
	after := g.After(closing[0])
	at, _ := g.Index(closing[0])
	inCircle := func(i int) bool { return after[i] && g.After(m.merged.Activities[i].ID)[at] }
	var circle []Ref
	for i, a := range m.merged.Activities {
		for _, r := range a.From {
			if before, _ := g.Index(r.Activity); inCircle(i) && inCircle(before) {
				circle = append(circle, r)
			}
		}
	}
	return circle, "both changes together would make a cycle"
}

// giveWay takes back what theirs has of some transitions that can't be together: activities that ours has follow what
// they follow there, others lose these transitions. Each call changes something or marks an activity that ours has, so
// that settling comes to an end.
func (m *merger) giveWay(refs []Ref, reason string) {
	concerned := func(a Activity) bool {
		return slices.ContainsFunc(a.From, func(r Ref) bool { return slices.Contains(refs, r) })
	}
	changed, last := false, -1
	for i, a := range m.merged.Activities {
		if !concerned(a) {
			continue
		}
		last = i
		if m.ours.Index(a.ID) < 0 || m.asOurs[a.ID] {
			continue
		}
		changed = true
		if from := m.asInOurs(a); !slices.Equal(from, a.From) {
			m.transitionConflict(a.ID, reason)
			m.merged.Activities[i].From = from
		}
	}
	if changed {
		return
	}
	for i, a := range m.merged.Activities {
		if concerned(a) && m.ours.Index(a.ID) < 0 {
			m.lose(i, refs, reason)
			changed = true
		}
	}
	if !changed {
		m.lose(last, refs, reason)
	}
}

// asInOurs returns what leads to an activity in ours, and marks it.
func (m *merger) asInOurs(a Activity) []Ref {
	m.asOurs[a.ID] = true
	o, _ := m.ours.Activity(a.ID)
	from := m.reach(o.From)
	if a.Kind.MaxIn >= 0 {
		from = from[:min(len(from), a.Kind.MaxIn)]
	}
	return from
}

// lose takes transitions away from an activity.
func (m *merger) lose(i int, refs []Ref, reason string) {
	a := &m.merged.Activities[i]
	m.transitionConflict(a.ID, reason)
	a.From = slices.DeleteFunc(slices.Clone(a.From), func(r Ref) bool { return slices.Contains(refs, r) })
}

// primaries merges the primary sets of joins.
func (m *merger) primaries() {
	for i, a := range m.merged.Activities {
		f := a.Kind.Field("primary")
		if f == nil {
			continue
		}
		base, ours, theirs := primaryOf(m.base, a.ID), primaryOf(m.ours, a.ID), primaryOf(m.theirs, a.ID)
		choice := theirs
		switch {
		case m.ours.Index(a.ID) < 0:
		case m.theirs.Index(a.ID) < 0, m.asOurs[a.ID]:
			choice = ours
		case ours.same(theirs), ours.same(base):
		default:
			choice = ours
			if !theirs.same(base) {
				m.conflict(Conflict{Activity: a.ID, Field: f.Title, Ours: ours.title, Theirs: theirs.title})
			}
		}
		a = m.withPrimary(a, choice)
		m.merged.Activities[i] = a
		problem := m.merged.PrimaryProblem(a)
		if problem != "" && ours.problem == "" && theirs.problem == "" {
			m.conflict(Conflict{Activity: a.ID, Field: f.Title, Ours: ours.title, Theirs: theirs.title, Reason: problem})
		}
	}
}

// withPrimary gives a merged join its primary set: the transition of one side, or what has taken its place.
func (m *merger) withPrimary(a Activity, p primary) Activity {
	a = a.with("primary", p.text)
	if r, ok := m.back(p.ref); ok {
		if is, _ := m.merged.Primary(a); is != r {
			a = a.with("primary", m.merged.Short(r))
		}
	}
	return a
}

// A primary is a join's primary set in one campaign.
type primary struct {
	ref                  Ref // none where the text names none
	text, title, problem string
}

func primaryOf(c Campaign, id string) primary {
	a, ok := c.Activity(id)
	if !ok {
		return primary{title: "nothing"}
	}
	p := primary{text: a.Settings.Text("primary"), title: "nothing", problem: c.PrimaryProblem(a)}
	if r, ok := c.Primary(a); ok {
		p.ref, p.title = r, c.BranchTitle(r)
	} else if p.text != "" {
		p.title = p.text
	}
	return p
}

// same reports whether two primary sets mean the same.
func (p primary) same(q primary) bool { return p.ref == q.ref && (p.ref != Ref{} || p.text == q.text) }
