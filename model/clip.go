package model

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"rendezvous/model/source"
)

// Copy returns activities as text: a list of activities as it stands in a campaign file, so that it can be pasted into
// one by hand as well. Transitions from activities that are not copied are left out, and so is a primary set that is not
// copied: which one to choose instead is a decision. Ids that do not exist are passed over.
func (c Campaign) Copy(ids []string) []byte {
	f := c.fragment(ids)
	var activities []source.Value
	for _, a := range f.Activities {
		activities = append(activities, encodeActivity(a, f.Short))
	}
	m := &source.Map{}
	m.Set("activities", activities)
	return source.Render(m)
}

// fragment returns activities as a campaign of their own.
func (c Campaign) fragment(ids []string) Campaign {
	var f Campaign
	for _, a := range c.Activities {
		if !slices.Contains(ids, a.ID) {
			continue
		}
		if primary, ok := c.Primary(a); !ok || !slices.Contains(ids, primary.Activity) {
			a = a.with("primary", nil)
		}
		a.From = slices.DeleteFunc(slices.Clone(a.From), func(r Ref) bool { return !slices.Contains(ids, r.Activity) })
		f.Activities = append(f.Activities, a)
	}
	return f
}

// Duplicate adds a copy of activities behind the last of them in the file, and returns the ids of the copies. Where they
// begin and end, nothing leads to them and nothing follows.
func (c Campaign) Duplicate(ids []string) (Campaign, []string, error) {
	chosen, err := c.choose(ids)
	if err != nil {
		return c, nil, err
	}
	end := 0
	for i, a := range c.Activities {
		if chosen[a.ID] {
			end = i + 1
		}
	}
	c, copies := c.place(c.fragment(ids), end)
	return c, copies, nil
}

// Paste adds the activities of a text: one that [Campaign.Copy] returned, a list of activities copied out of a file by
// hand, or a whole campaign file. It returns their ids, which are new where they are taken. The error is [source.Errors]
// when the text does not say activities.
//
// With a transition to paste at, the first activity that nothing leads to follows it, and what followed the transition
// follows the first open output of the last activity that the paste reaches from there. Without one, the activities go
// to the end of the campaign and stay by themselves.
func (c Campaign) Paste(text []byte, at *Ref) (Campaign, []string, error) {
	f, err := readFragment(text)
	if err != nil {
		return c, nil, err
	}
	if at == nil {
		c, ids := c.place(f, len(c.Activities))
		return c, ids, nil
	}
	if _, ok := c.Output(*at); !ok {
		return c, nil, noTransition(*at)
	}
	first := slices.IndexFunc(f.Activities, func(a Activity) bool { return len(a.From) == 0 && a.Kind.MaxIn != 0 })
	follower, followed := c.Follower(*at)
	if first >= 0 && followed {
		if _, ok := f.openEnd(f.Activities[first].ID); !ok {
			return c, nil, fmt.Errorf("%s follows %s, and nothing can follow what is pasted: paste it at an open end", follower.Label(), c.BranchTitle(*at))
		}
	}
	place := c.Index(at.Activity) + 1
	c, ids := c.place(f, place)
	if first < 0 {
		return c, ids, nil
	}
	if followed {
		out, _ := c.openEnd(ids[first])
		c = c.reroute(map[Ref]Ref{*at: out})
	}
	return c.follow(place+first, []Ref{*at}), ids, nil
}

// place inserts the activities of another campaign, with ids that are free here, and returns those.
func (c Campaign) place(f Campaign, at int) (Campaign, []string) {
	fresh := c.freshIDs(f)
	var ids []string
	added := make([]Activity, len(f.Activities))
	for i, a := range f.Activities {
		ids = append(ids, fresh[a.ID])
		added[i] = Activity{ID: fresh[a.ID], Kind: a.Kind, Settings: a.Settings}
		for _, r := range a.From {
			added[i].From = append(added[i].From, Ref{fresh[r.Activity], r.Output})
		}
	}
	c.Activities = slices.Insert(slices.Clone(c.Activities), at, added...)
	for i, a := range f.Activities {
		if a.Settings.Text("primary") == "" {
			continue
		}
		text := "" // what names nothing in its own campaign must not come to name something here
		if r, ok := f.Primary(a); ok {
			text = c.Short(Ref{fresh[r.Activity], r.Output})
		}
		c.Activities[at+i] = added[i].with("primary", text)
	}
	return c, ids
}

// freshIDs gives each activity of another campaign an id that is free here: its own, or that with a number.
func (c Campaign) freshIDs(f Campaign) map[string]string {
	taken, used := map[string]bool{}, map[string]bool{}
	for _, a := range c.Activities {
		taken[a.ID], used[a.ID] = true, true
	}
	for _, a := range f.Activities {
		used[a.ID] = true
	}
	fresh := map[string]string{}
	for _, a := range f.Activities {
		id := a.ID
		if taken[id] {
			id = unique(stem(id, taken), func(id string) bool { return used[id] })
		}
		fresh[a.ID], used[id] = id, true
	}
	return fresh
}

// stem returns what to put a number behind: a copy of email-2 is email-3, as long as there is an email. Ids have at most
// 60 characters.
func stem(id string, taken map[string]bool) string {
	if base := strings.TrimRight(id, "0123456789"); base != id && strings.HasSuffix(base, "-") && taken[base[:len(base)-1]] {
		id = base[:len(base)-1]
	}
	return id[:min(len(id), 54)]
}

// clipboard is what messages call a text that is pasted.
const clipboard = "clipboard"

// readFragment reads the activities of a text as a campaign of their own.
func readFragment(text []byte) (Campaign, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return Campaign{}, errors.New("there is nothing to paste")
	}
	src, err := source.ParseAny(clipboard, text)
	if err != nil {
		return Campaign{}, err
	}
	root := src.Root
	switch root.Kind {
	case yaml.SequenceNode:
		root = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: "activities"}, root}}
	case yaml.ScalarNode:
		return Campaign{}, source.Errors{src.ErrorAt(root, "this is no activity: %s", source.Describe(root))}
	}
	l := loader{doc: newDocument(src)}
	if field(root, "version") != nil {
		l.version(root)
	}
	l.content(root)
	switch {
	case len(l.errs) > 0:
		l.errs.Sort()
		return Campaign{}, l.errs
	case len(l.doc.Campaign.Activities) == 0:
		return Campaign{}, source.Errors{src.ErrorAt(root, "there is no activity in it")}
	}
	return l.doc.Campaign, nil
}
