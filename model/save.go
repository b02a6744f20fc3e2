package model

import (
	"maps"
	"slices"

	"rendezvous/model/source"
)

// Save returns the text of a campaign that was read from the document and edited since. What the edits did not touch
// stays as it was written, byte for byte.
func (d *Document) Save(c Campaign) []byte {
	if d.source == nil {
		return Render(c)
	}
	text := d.patch(c)
	// A text that would not say what the campaign says is never handed out; writing the file anew loses comments, but
	// nothing of the campaign.
	if again, err := Load(d.source.File, text); err != nil || !again.Campaign.Equal(c) {
		return Render(c)
	}
	return text
}

func (d *Document) patch(c Campaign) []byte {
	return d.source.Patch(encode(d.Campaign, d.Campaign.Short), encode(d.recognize(c), d.name(c)))
}

// name returns how the text of an edited campaign names transitions: as the document does, as long as that is right.
func (d *Document) name(c Campaign) func(Ref) string {
	return func(r Ref) string {
		if _, ok := d.Campaign.Output(r); ok {
			old := d.Campaign.Short(r)
			if is, ok := c.Resolve(old); ok && is == r {
				return old
			}
		}
		return c.Short(r)
	}
}

// Render returns the text of a campaign that has no document yet.
func Render(c Campaign) []byte {
	m := encode(c, c.Short)
	if len(c.Activities) == 0 {
		m.Set("activities", []source.Value{})
	}
	return source.Render(m)
}

// Equal reports whether two campaigns say the same.
func (c Campaign) Equal(other Campaign) bool {
	return encode(c, c.Short).Equal(encode(other, other.Short))
}

// encode turns a campaign into what its file says, with the names that it gives transitions.
func encode(c Campaign, name func(Ref) string) *source.Map {
	m := &source.Map{}
	m.Set("version", Version)
	encodeFields(m, CampaignFields, c.Settings)
	var activities []source.Value
	for _, a := range c.Activities {
		activities = append(activities, encodeActivity(a, name))
	}
	if len(activities) > 0 {
		m.Set("activities", activities)
	}
	return m
}

func encodeActivity(a Activity, name func(Ref) string) *source.Map {
	m := &source.Map{Paragraph: true}
	if a.origin > 0 {
		m.Identity = a.origin
	}
	m.Set("id", a.ID)
	m.Set("kind", a.Kind.Name)
	fields := a.Kind.AllFields()
	encodeFields(m, fields[:1], a.Settings)
	switch {
	case len(a.From) == 1:
		m.Set("from", name(a.From[0]))
	case len(a.From) > 1:
		var from []source.Value
		for _, r := range a.From {
			from = append(from, name(r))
		}
		m.Set("from", from)
	}
	encodeFields(m, fields[1:], a.Settings)
	return m
}

func encodeFields(m *source.Map, fields []Field, s Settings) {
	for _, f := range fields {
		if v, ok := s[f.Key]; ok {
			m.Set(f.Key, encodeValue(f, v))
		}
	}
}

func encodeValue(f Field, v any) source.Value {
	switch v := v.(type) {
	case []string:
		var words []source.Value
		for _, w := range v {
			words = append(words, w)
		}
		return words
	case []Settings:
		var records []source.Value
		for _, r := range v {
			m := &source.Map{}
			encodeFields(m, f.Of, r)
			records = append(records, m)
		}
		return records
	case Settings:
		m := &source.Map{}
		if f.Type == Group {
			encodeFields(m, f.Of, v)
			return m
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			m.Set(name, v[name])
		}
		return m
	}
	return v
}
