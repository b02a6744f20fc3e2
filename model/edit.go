package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Set returns the campaign with a value of an activity set, or taken away when v is nil or empty. The path is a field's
// key, or a list's key, an index and a field's key.
func (c Campaign) Set(id string, v any, path ...any) (Campaign, error) {
	i := c.Index(id)
	if i < 0 {
		return c, noActivity(id)
	}
	if len(path) == 3 && path[2] == "id" {
		text, _ := v.(string)
		return c.renameOutput(i, path[0].(string), path[1].(int), text)
	}
	settings, err := c.Activities[i].Settings.set(v, path)
	if err != nil {
		return c, fmt.Errorf("%s: %w", c.Activities[i].Label(), err)
	}
	edited := c.put(i, settings).detachLost()
	if path[0] == "primary" {
		return edited, nil
	}
	return edited.keepPrimaries(c), nil
}

// SetCampaign is Set for a campaign-wide field.
func (c Campaign) SetCampaign(v any, path ...any) (Campaign, error) {
	settings, err := c.Settings.set(v, path)
	if err != nil {
		return c, err
	}
	c.Settings = settings
	return c, nil
}

// SetDisabled switches activities off, or on again.
func (c Campaign) SetDisabled(ids []string, off bool) (Campaign, error) {
	chosen, err := c.choose(ids)
	if err != nil {
		return c, err
	}
	value := any(nil)
	if off {
		value = true
	}
	c = c.clone()
	for i, a := range c.Activities {
		if chosen[a.ID] && a.Disabled() != off {
			c.Activities[i] = a.with("disabled", value)
		}
	}
	return c, nil
}

func (s Settings) set(v any, path Path) (Settings, error) {
	key, ok := path[0].(string)
	if !ok {
		return s, fmt.Errorf("%v is not a field", path[0])
	}
	if len(path) == 1 {
		return s.With(key, v), nil
	}
	if at, ok := path[1].(int); ok {
		records := slices.Clone(s.Records(key))
		if at < 0 || at >= len(records) || len(path) != 3 {
			return s, fmt.Errorf("%s has no entry %d", key, at+1)
		}
		record, err := records[at].set(v, path[2:])
		records[at] = record
		return s.With(key, records), err
	}
	group, err := s.Group(key).set(v, path[1:])
	return s.With(key, group), err
}

func noActivity(id string) error { return fmt.Errorf("there is no activity “%s”", id) }

// renameOutput gives an output another id; whatever follows it follows the renamed one.
func (c Campaign) renameOutput(i int, key string, at int, id string) (Campaign, error) {
	a := c.Activities[i]
	if err := identifier(id); err != nil {
		return c, fmt.Errorf("the id %w", err)
	}
	records := slices.Clone(a.Settings.Records(key))
	if at < 0 || at >= len(records) {
		return c, fmt.Errorf("%s has no entry %d", key, at+1)
	}
	old := records[at].Text("id")
	if old == id {
		return c, nil
	}
	if key == "outputs" && a.Kind.fixedOutputs() {
		return c, fmt.Errorf("%s names its outputs itself", a.Kind.Title)
	}
	if _, taken := a.Output(id); taken {
		return c, fmt.Errorf("the id %s is taken: give each output its own", id)
	}
	records[at] = records[at].With("id", id)
	return c.redirect(Ref{a.ID, old}, Ref{a.ID, id}).put(i, a.Settings.With(key, records)), nil
}

// put returns the campaign with one activity's settings replaced.
func (c Campaign) put(i int, s Settings) Campaign {
	c = c.clone()
	c.Activities[i].Settings = s
	return c
}

// keepPrimaries makes the texts of primary sets name the transitions that they named before an edit. A name without its
// output may stand for none, or for another, once its activity has more outputs or more of them are ticked.
func (c Campaign) keepPrimaries(before Campaign) Campaign {
	for i, a := range c.Activities {
		join, _ := before.Activity(a.ID)
		was, ok := before.Primary(join)
		_, exists := c.Output(was)
		if is, _ := c.Primary(a); ok && exists && is != was {
			c = c.put(i, a.Settings.With("primary", c.Short(was)))
		}
	}
	return c
}

// redirect makes everything that follows one output, or has it as its primary set, do so with another.
func (c Campaign) redirect(from, to Ref) Campaign {
	before := c
	c = c.clone()
	for i, a := range c.Activities {
		primary, hasPrimary := before.Primary(a)
		if at := slices.Index(a.From, from); at >= 0 {
			c.Activities[i].From = slices.Clone(a.From)
			c.Activities[i].From[at] = to
		}
		if hasPrimary && primary == from {
			c.Activities[i] = c.Activities[i].with("primary", c.Short(to))
		}
	}
	return c
}

// AddRecord appends a new entry to a list of an activity (a subset, an output, a condition) and returns its index.
func (c Campaign) AddRecord(id, key string) (Campaign, int, error) {
	i := c.Index(id)
	if i < 0 {
		return c, 0, noActivity(id)
	}
	a := c.Activities[i]
	f := a.Kind.Field(key)
	if f == nil || f.Type != List || f.Advanced {
		return c, 0, fmt.Errorf("%s has no list %s", a.Label(), key)
	}
	n := len(a.Settings.Records(key))
	record := Settings{"id": a.freeOutput(f.Item + "-" + strconv.Itoa(n+1))}
	for _, f := range f.Of {
		if f.Required && f.Type != Identifier {
			record[f.Key] = f.Example
		}
	}
	records := append(slices.Clone(a.Settings.Records(key)), record)
	return c.put(i, a.Settings.With(key, records)).keepPrimaries(c), n, nil
}

// freeOutput returns an id that no output has: the wanted one, or that with a number.
func (a Activity) freeOutput(want string) string {
	return unique(want, func(id string) bool { _, taken := a.Output(id); return taken })
}

// unique returns the wanted name, or that with the lowest number from 2 that is not taken.
func unique(want string, taken func(string) bool) string {
	name := want
	for n := 2; taken(name); n++ {
		name = want + "-" + strconv.Itoa(n)
	}
	return name
}

// RemoveRecord takes an entry out of a list of an activity. What followed the output that it made follows nothing
// afterwards.
func (c Campaign) RemoveRecord(id, key string, at int) (Campaign, error) {
	i := c.Index(id)
	if i < 0 {
		return c, noActivity(id)
	}
	a := c.Activities[i]
	records := a.Settings.Records(key)
	if at < 0 || at >= len(records) {
		return c, fmt.Errorf("%s has no entry %d", key, at+1)
	}
	if len(records) == 1 {
		return c, fmt.Errorf("%s needs at least one %s", a.Label(), a.Kind.Field(key).Item)
	}
	records = slices.Delete(slices.Clone(records), at, at+1)
	return c.put(i, a.Settings.With(key, records)).detachLost().keepPrimaries(c), nil
}

// detachLost takes away the inbound transitions that no longer exist.
func (c Campaign) detachLost() Campaign {
	c = c.clone()
	for i, a := range c.Activities {
		lost := func(r Ref) bool { _, ok := c.Output(r); return !ok }
		if slices.ContainsFunc(a.From, lost) {
			c.Activities[i].From = slices.DeleteFunc(slices.Clone(a.From), lost)
		}
	}
	return c
}

// CanInsert says why an activity of a kind can't be inserted behind an output, or nil.
func (c Campaign) CanInsert(k *Kind, at Ref) error {
	if _, ok := c.Output(at); !ok {
		return noTransition(at)
	}
	follower, followed := c.Follower(at)
	a := Activity{Kind: k, Settings: k.start}
	switch {
	case k.MaxIn == 0:
		return fmt.Errorf("nothing can lead to it")
	case followed && len(a.Outputs()) == 0:
		return fmt.Errorf("%s follows, and nothing can follow it", follower.Label())
	}
	return nil
}

// Insert puts a new activity of a kind behind an output: between the output and what follows it, or at its open end. It
// returns the id of the new activity.
func (c Campaign) Insert(k *Kind, at Ref) (Campaign, string, error) {
	if err := c.CanInsert(k, at); err != nil {
		return c, "", fmt.Errorf("%s can’t be inserted here: %w", k.Title, err)
	}
	_, followed := c.Follower(at)
	a := Activity{ID: c.freeID(k.Name), Kind: k, Settings: k.start}
	place := c.Index(at.Activity) + 1
	if k.Role == Join && !followed {
		place = len(c.Activities)
	}
	c.Activities = slices.Insert(slices.Clone(c.Activities), place, a)
	if followed {
		c = c.reroute(map[Ref]Ref{at: a.Refs()[0]})
	}
	return c.follow(place, []Ref{at}), a.ID, nil
}

// InsertFirst puts a new activity of a kind that begins a branch at the end of the campaign.
func (c Campaign) InsertFirst(k *Kind) (Campaign, string, error) {
	if k.MinIn > 0 {
		return c, "", fmt.Errorf("%s needs an activity before it", k.Title)
	}
	a := Activity{ID: c.freeID(k.Name), Kind: k, Settings: k.start}
	c = c.clone()
	c.Activities = append(c.Activities, a)
	return c, a.ID, nil
}

func (c Campaign) freeID(want string) string {
	return unique(want, func(id string) bool { return c.Index(id) >= 0 })
}

// Rename gives an activity another id. Everything that names it follows.
func (c Campaign) Rename(old, id string) (Campaign, error) {
	i := c.Index(old)
	switch err := identifier(id); {
	case i < 0:
		return c, noActivity(old)
	case err != nil:
		return c, fmt.Errorf("the id %w", err)
	case old == id:
		return c, nil
	case c.Index(id) >= 0:
		return c, fmt.Errorf("the id %s is taken by %s", id, c.Activities[c.Index(id)].Label())
	}
	c = c.clone()
	for j, a := range c.Activities {
		from := slices.Clone(a.From)
		for k, r := range from {
			if r.Activity == old {
				from[k].Activity = id
			}
		}
		c.Activities[j].From = from
		if name, output, dotted := strings.Cut(a.Settings.Text("primary"), "."); name == old {
			renamed := id
			if dotted {
				renamed += "." + output
			}
			c.Activities[j] = c.Activities[j].with("primary", renamed)
		}
	}
	c.Activities[i].ID = id
	return c, nil
}
