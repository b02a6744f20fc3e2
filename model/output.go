package model

import (
	"fmt"
	"slices"
)

// SetOutput sets the label or the segment code of an output, or takes it away when v is nil or empty. It is written where
// the output is made (a subset, a condition, an output of a fork); what a kind makes by itself is described in a list of
// its own, which holds only outputs that have something to say.
func (c Campaign) SetOutput(r Ref, key string, v any) (Campaign, error) {
	if key != "label" && key != "code" {
		return c, fmt.Errorf("an output has no %s", key)
	}
	if _, ok := c.Output(r); !ok {
		return c, noTransition(r)
	}
	i := c.Index(r.Activity)
	a := c.Activities[i]
	settings := a.Settings
	list, at := a.maker(r.Output)
	if at >= 0 {
		var err error
		if settings, err = settings.set(v, Path{list, at, key}); err != nil {
			return c, err
		}
		v = nil // what describes an output has the last word over what makes it
	}
	if list != "outputs" {
		settings = settings.describe(r.Output, key, v)
	}
	return c.put(i, settings), nil
}

// maker returns the list and the index of the entry of an activity's settings that makes an output; the index is -1 when
// the kind makes it by itself.
func (a Activity) maker(output string) (list string, at int) {
	for _, f := range a.Kind.Fields {
		at := slices.IndexFunc(a.Settings.Records(f.Key), func(s Settings) bool { return s.Text("id") == output })
		if at >= 0 {
			return f.Key, at
		}
	}
	return "", -1
}

// describe returns the settings with a value of an output's description set. The description comes when there is
// something to say, and goes when it says nothing but the id.
func (s Settings) describe(output, key string, v any) Settings {
	records := slices.Clone(s.Records("outputs"))
	at := slices.IndexFunc(records, func(r Settings) bool { return r.Text("id") == output })
	switch {
	case at < 0 && isEmpty(v):
		return s
	case at < 0:
		records, at = append(records, Settings{"id": output}), len(records)
	}
	records[at] = records[at].With(key, v)
	if len(records[at]) == 1 {
		records = slices.Delete(records, at, at+1)
	}
	return s.With("outputs", records)
}
