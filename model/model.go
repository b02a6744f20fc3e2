// Package model is the campaign as a document (SPEC sections 1, 4 and 5).
//
// # The file
//
// One YAML file is one campaign: campaign-wide keys (version, name, description, data, dimension, tags, variables,
// on-error, simulate) and a list of activities.
//
//	version: 1
//	name: Gold and Silver
//	data: demo
//	dimension: customers
//	activities:
//	  - {id: members, kind: build-audience, rule: tier in ["gold", "silver"]}
//	  - {id: mail, kind: email, from: members, subject: Hello}
//
// Every activity has an id and a kind. What else it may say is the list of fields of its [Kind]; a file that says
// anything else does not load. “from” owns the transition: it names the output that the activity follows, as
// “activity.output”, or “activity” where there is only one output. An output leads to at most one activity. Only joins
// follow several.
//
// What is copied out of a campaign is such a list as well, without the rest: “activities:” and its items, or the items
// alone. See [Campaign.Copy] and [Campaign.Paste].
//
// # Values
//
// A [Campaign] is a value. Edits take one and return another; nothing changes in place, so that undo is a list of
// campaigns. A campaign that [Load], [Merge] or an edit returns is well formed: ids are unique, every followed output
// exists and is followed once, there is no cycle. An edit that would make it otherwise returns an error that says why, and
// the campaign as it was. Whether a campaign makes sense is the business of package check.
//
// The package is pure: no clock, no terminal, no database, no file system.
package model

import (
	"maps"
	"slices"
	"strings"
)

// Version is the version of the file format that this package reads and writes.
const Version = 1

// A Campaign is a flow of activities and what holds for all of them.
type Campaign struct {
	Settings   Settings   // values of the campaign-wide fields
	Activities []Activity // in the order of the file
}

// Name returns the campaign's name.
func (c Campaign) Name() string { return c.Settings.Text("name") }

// Index returns the position of an activity in the file, or -1.
func (c Campaign) Index(id string) int {
	return slices.IndexFunc(c.Activities, func(a Activity) bool { return a.ID == id })
}

// Activity returns the activity with an id.
func (c Campaign) Activity(id string) (Activity, bool) {
	if i := c.Index(id); i >= 0 {
		return c.Activities[i], true
	}
	return Activity{}, false
}

// Output returns the output that a reference names.
func (c Campaign) Output(r Ref) (Output, bool) {
	a, ok := c.Activity(r.Activity)
	if !ok {
		return Output{}, false
	}
	return a.Output(r.Output)
}

// Follower returns the activity that follows an output.
func (c Campaign) Follower(r Ref) (Activity, bool) {
	for _, a := range c.Activities {
		if slices.Contains(a.From, r) {
			return a, true
		}
	}
	return Activity{}, false
}

// clone copies what an edit may change: the list of activities. Settings are copied when they are written.
func (c Campaign) clone() Campaign {
	c.Activities = slices.Clone(c.Activities)
	return c
}

// An Activity is one step of a campaign.
type Activity struct {
	ID       string
	Kind     *Kind
	From     []Ref // the transitions that lead here, in the order in which they were ticked
	Settings Settings

	origin int // number in the document that it was read from, counting from 1; 0 for a new one
}

// Label returns what the activity is called on the canvas: its label, or its kind's title.
func (a Activity) Label() string {
	if l := a.Settings.Text("label"); l != "" {
		return l
	}
	return a.Kind.Title
}

// Disabled reports whether the activity is switched off, so that its outputs stay unactivated.
func (a Activity) Disabled() bool { return a.Settings.Bool("disabled") }

// Card returns the line of a card that says what is configured.
func (a Activity) Card() string { return a.Kind.card(a.Settings) }

// Outputs returns the outputs of the activity, with the labels, codes and variables that it gives them.
func (a Activity) Outputs() []Output {
	outputs := a.Kind.outputs(a.Settings)
	for i := range outputs {
		for _, s := range a.Settings.Records("outputs") {
			if s.Text("id") == outputs[i].ID {
				outputs[i].describe(s)
			}
		}
	}
	return outputs
}

// Output returns the output with an id.
func (a Activity) Output(id string) (Output, bool) {
	for _, o := range a.Outputs() {
		if o.ID == id {
			return o, true
		}
	}
	return Output{}, false
}

// Refs returns a reference to each output.
func (a Activity) Refs() []Ref {
	var refs []Ref
	for _, o := range a.Outputs() {
		refs = append(refs, Ref{a.ID, o.ID})
	}
	return refs
}

// with returns the activity with one field set, or without it when v is nil.
func (a Activity) with(key string, v any) Activity {
	a.Settings = a.Settings.With(key, v)
	return a
}

// PlainLabel is the label of outputs that need none: there is only one way on.
const PlainLabel = "Transition"

// An Output is one way out of an activity. The transition that leaves it leads to at most one activity.
type Output struct {
	ID    string
	Label string
	Code  string // segment code of the people who take it
	// Variables are set for whatever follows this output.
	Variables Settings
	// CanSkip says what must happen for the output to stay unactivated although its activity has run, as a clause:
	// “Silver is empty”. Empty when the output is always activated.
	CanSkip string
	// Named outputs carry a label that a person chose; the others say only "Ok" or "Result".
	Named bool
}

func (o *Output) describe(s Settings) {
	if l := s.Text("label"); l != "" {
		o.Label, o.Named = l, true
	}
	if c := s.Text("code"); c != "" {
		o.Code = c
	}
	if v := s.Group("variables"); v != nil {
		o.Variables = v
	}
}

// A Ref names an output of an activity.
type Ref struct{ Activity, Output string }

// String returns the reference as a file writes it when the activity has several outputs.
func (r Ref) String() string {
	if r.Output == "" {
		return r.Activity
	}
	return r.Activity + "." + r.Output
}

// parseRef reads “activity.output” or “activity”.
func parseRef(s string) Ref {
	activity, output, _ := strings.Cut(s, ".")
	return Ref{activity, output}
}

// Resolve reads a reference and fills in the output where the activity has only one. It reports whether both exist.
func (c Campaign) Resolve(s string) (Ref, bool) {
	r := parseRef(s)
	a, ok := c.Activity(r.Activity)
	if !ok {
		return r, false
	}
	if outputs := a.Outputs(); r.Output == "" && len(outputs) == 1 {
		r.Output = outputs[0].ID
	}
	_, ok = a.Output(r.Output)
	return r, ok
}

// Short returns a reference as a file writes it: without the output where the activity has only one.
func (c Campaign) Short(r Ref) string {
	if a, ok := c.Activity(r.Activity); ok && len(a.Outputs()) == 1 {
		return r.Activity
	}
	return r.String()
}

// Settings are the values of fields by key, as written: a field that is absent has its default. Values are strings,
// bools, ints, []string, Settings (a group) or []Settings (a list). Settings are never changed in place.
type Settings map[string]any

// With returns the settings with one value set, or without it when v is nil or an empty text, group or list.
func (s Settings) With(key string, v any) Settings {
	out := maps.Clone(s)
	if isEmpty(v) {
		delete(out, key)
		return out
	}
	if out == nil {
		out = Settings{}
	}
	out[key] = v
	return out
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case []Settings:
		return len(v) == 0
	case Settings:
		return len(v) == 0
	}
	return false
}

// Text returns a text, or "".
func (s Settings) Text(key string) string { t, _ := s[key].(string); return t }

// Bool returns a switch, or false.
func (s Settings) Bool(key string) bool { b, _ := s[key].(bool); return b }

// Int returns a number, or 0.
func (s Settings) Int(key string) int { n, _ := s[key].(int); return n }

// Group returns a group of values, or nil.
func (s Settings) Group(key string) Settings { g, _ := s[key].(Settings); return g }

// Records returns a list of groups, or nil.
func (s Settings) Records(key string) []Settings { r, _ := s[key].([]Settings); return r }

// Words returns a list of texts, or nil.
func (s Settings) Words(key string) []string { w, _ := s[key].([]string); return w }
