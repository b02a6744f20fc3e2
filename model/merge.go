package model

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// A Conflict is what two sides changed differently, or what can't be together. The result of the merge says what ours
// says; where one side deleted what the other edited, it keeps the edited one.
type Conflict struct {
	Activity string // id; empty for a campaign-wide field
	Field    string // title; empty when the activity as a whole is meant
	Ours     string // what each side says, in short
	Theirs   string
	Reason   string // why both can't be, as a clause; empty when each side only said something else
}

// Merge unites two sets of edits of one campaign: ours and theirs, both of base. Activities correspond by their ids; what
// only one side changed, added or deleted is as that side has it. The order is theirs, with what ours added behind what
// it stands behind there. The result is well formed: where the transitions of both sides can't be together, those
// concerned are as ours has them.
func Merge(base, ours, theirs Campaign) (Campaign, []Conflict) {
	m := &merger{base: base, ours: ours, theirs: theirs, asOurs: map[string]bool{}}
	m.merged.Settings = m.settings("", CampaignFields, base.Settings, ours.Settings, theirs.Settings)
	m.activities()
	m.settle()
	m.primaries()
	return m.merged, m.conflicts
}

type merger struct {
	base, ours, theirs, merged Campaign
	conflicts                  []Conflict
	asOurs                     map[string]bool // activities whose transitions are as ours has them, since both can't be
}

func (m *merger) conflict(c Conflict) { m.conflicts = append(m.conflicts, c) }

// settings merges values field by field. A join's primary set is left to primaries, since its text alone does not say
// whether it means the same.
func (m *merger) settings(id string, fields []Field, base, ours, theirs Settings) Settings {
	merged := Settings{}
	for _, f := range fields {
		if f.Type == Branch {
			continue
		}
		if v := m.value(id, f, base[f.Key], ours[f.Key], theirs[f.Key]); !isEmpty(v) {
			merged[f.Key] = v
		}
	}
	return merged
}

func (m *merger) value(id string, f Field, base, ours, theirs any) any {
	switch {
	case same(ours, theirs), same(base, theirs):
		return ours
	case same(base, ours):
		return theirs
	case f.Type == Group:
		was, _ := base.(Settings)
		is, _ := ours.(Settings)
		other, _ := theirs.(Settings)
		return m.settings(id, f.Of, was, is, other)
	case f.Type == List:
		if merged, ok := m.records(id, f, base, ours, theirs); ok {
			return merged
		}
	}
	m.conflict(Conflict{Activity: id, Field: f.Title, Ours: f.short(ours), Theirs: f.short(theirs)})
	return ours
}

func same(a, b any) bool { return reflect.DeepEqual(a, b) }

// records merges a list entry by entry, as long as both sides have the same entries.
func (m *merger) records(id string, f Field, base, ours, theirs any) ([]Settings, bool) {
	was, _ := base.([]Settings)
	is, _ := ours.([]Settings)
	other, _ := theirs.([]Settings)
	sameID := func(a, b Settings) bool { return a.Text("id") == b.Text("id") }
	if !slices.EqualFunc(was, is, sameID) || !slices.EqualFunc(is, other, sameID) {
		return nil, false
	}
	var merged []Settings
	for i := range is {
		merged = append(merged, m.settings(id, f.Of, was[i], is[i], other[i]))
	}
	return merged, true
}

// short returns a value on one line of a few words.
func (f Field) short(v any) string {
	text := f.Show(v)
	switch v := v.(type) {
	case []Settings:
		text = count(len(v), "entry")
		if f.Item != "" {
			text = count(len(v), f.Item)
		}
	case Settings:
		text = strings.TrimSuffix(strings.TrimPrefix(text, "map["), "]")
	}
	first, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	if r := []rune(first); len(r) > 40 {
		first, more = strings.TrimSpace(string(r[:39])), true
	}
	switch {
	case first == "":
		return "nothing"
	case more:
		return first + "…"
	}
	return first
}

// activities merges the activities that stay, in their order. What leads to them may not be well formed yet.
func (m *merger) activities() {
	for _, t := range m.theirs.Activities {
		o, inOurs := m.ours.Activity(t.ID)
		b, inBase := m.base.Activity(t.ID)
		switch {
		case inOurs:
			m.merged.Activities = append(m.merged.Activities, m.activity(b, o, t))
		case !inBase:
			m.merged.Activities = append(m.merged.Activities, t)
		case touched(b, t):
			m.conflict(Conflict{Activity: t.ID, Ours: "deleted", Theirs: "edited"})
			m.merged.Activities = append(m.merged.Activities, t)
		}
	}
	behind := 0
	for _, o := range m.ours.Activities {
		if i := m.merged.Index(o.ID); i >= 0 {
			behind = i + 1
			continue
		}
		if b, inBase := m.base.Activity(o.ID); inBase {
			if !touched(b, o) {
				continue
			}
			m.conflict(Conflict{Activity: o.ID, Ours: "edited", Theirs: "deleted"})
		}
		m.merged.Activities = slices.Insert(m.merged.Activities, behind, m.added(o))
		behind++
	}
}

// added returns an activity that only ours has. One that was renamed there may share its place in the file with the one
// that still has the old name in theirs.
func (m *merger) added(o Activity) Activity {
	if slices.ContainsFunc(m.merged.Activities, func(a Activity) bool { return a.origin == o.origin }) {
		o.origin = 0
	}
	return o
}

// touched reports whether a side changed an activity, other than by what leads to it: that changes too when its neighbours
// come and go. For a join it is what the activity is about.
func touched(base, a Activity) bool {
	return base.Kind != a.Kind || !maps.EqualFunc(base.Settings, a.Settings, same) || a.Kind.MaxIn != 1 && !slices.Equal(base.From, a.From)
}

// activity merges an activity that both sides have. The base is zero for one that both added.
func (m *merger) activity(b, o, t Activity) Activity {
	merged := o
	merged.origin = t.origin
	if o.Kind != t.Kind {
		switch {
		case !touched(b, o):
			return t
		case touched(b, t):
			m.conflict(Conflict{Activity: o.ID, Field: "Kind", Ours: o.Kind.Title, Theirs: t.Kind.Title})
		}
		return merged
	}
	merged.Settings = m.settings(o.ID, o.Kind.AllFields(), b.Settings, o.Settings, t.Settings)
	switch {
	case slices.Equal(o.From, t.From), slices.Equal(b.From, t.From):
	case slices.Equal(b.From, o.From):
		merged.From = t.From
	default:
		m.transitionConflict(o.ID, "")
		m.asOurs[o.ID] = true
	}
	return merged
}

// transitionConflict reports that what leads to an activity is not as theirs has it.
func (m *merger) transitionConflict(id, reason string) {
	o, _ := m.ours.Activity(id)
	t, _ := m.theirs.Activity(id)
	c := Conflict{Activity: id, Field: "Follows", Ours: m.ours.titles(o.From), Theirs: m.theirs.titles(t.From), Reason: reason}
	if !slices.Contains(m.conflicts, c) {
		m.conflict(c)
	}
}

func (c Campaign) titles(from []Ref) string {
	var titles []string
	for _, r := range from {
		titles = append(titles, c.BranchTitle(r))
	}
	if len(titles) == 0 {
		return "nothing"
	}
	return strings.Join(titles, ", ")
}
