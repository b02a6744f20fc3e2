package plain

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rendezvous/model"
	"rendezvous/ui/narrate"
)

// A subject is what a form is about: the campaign, an activity, or a transition.
type subject struct {
	target
	campaign bool
}

// An entry is a field of a form, or an entry of a list in it, with those that belong to it.
type entry struct {
	number string // where it stands in the form: “2.1.4”
	title  string
	of     string // what it belongs to inside of the form: “Gold of ”
	field  model.Field
	path   model.Path
	value  any
	hint   string  // of what applies when there is no value
	record bool    // whether it is an entry of the list that field describes
	inner  []entry // of a list, an entry of one, a group, or variables
}

// subject finds what a form is about.
func (s *Session) subject(text string) (subject, error) {
	if strings.EqualFold(text, "campaign") {
		return subject{campaign: true}, nil
	}
	t, err := s.target(text)
	if err == nil {
		s.at = t.activity
	}
	return subject{target: t}, err
}

// about names what a form is about.
func (s *Session) about(sub subject) string {
	if sub.campaign {
		return "the campaign"
	}
	return s.called(sub.target)
}

// form is the form of a subject, as it is now.
func (s *Session) form(sub subject) []entry {
	a, _ := s.campaign().Activity(sub.activity)
	switch {
	case sub.campaign:
		return entries(model.CampaignFields, s.campaign().Settings, nil, "")
	case sub.transition():
		return s.transitionForm(a, sub.ref)
	}
	form := entries(a.Kind.AllFields(), a.Settings, nil, "")
	for i, e := range form {
		if e.field.Type != model.Branch {
			continue
		}
		if primary, ok := s.campaign().Primary(a); ok {
			form[i].value = s.campaign().BranchTitle(primary)
		}
	}
	id := model.Field{Key: "id", Title: "Id", Type: model.Identifier, Required: true, Help: "What “from” calls it in the file."}
	return append(form, entry{number: strconv.Itoa(len(form) + 1), title: id.Title, field: id, path: model.Path{"id"}, value: a.ID})
}

func (s *Session) transitionForm(a model.Activity, r model.Ref) []entry {
	o, _ := a.Output(r.Output)
	values := model.Settings{"code": o.Code}
	if o.Named {
		values["label"] = o.Label
	}
	form := entries(model.TransitionFields(), values, nil, "")
	form[0].hint = "called " + o.Label
	return form
}

// entries are the entries of fields, numbered from 1 behind a number.
func entries(fields []model.Field, values model.Settings, path model.Path, number string) []entry {
	var list []entry
	for _, f := range fields {
		if f.Advanced {
			continue
		}
		e := entry{number: number + strconv.Itoa(len(list)+1), title: f.Title, field: f, path: below(path, f.Key), value: values[f.Key], hint: f.Placeholder}
		if e.hint == "" && f.Example != "" {
			e.hint = "for example " + f.Example
		}
		switch f.Type {
		case model.List:
			e.inner = records(f, values.Records(f.Key), e)
		case model.Group:
			e.inner = entries(f.Of, values.Group(f.Key), e.path, e.number+".")
			for i := range e.inner {
				e.inner[i].of = f.Title + " of "
			}
		case model.Variables:
			e.inner = variables(values.Group(f.Key), e)
		}
		list = append(list, e)
	}
	return list
}

func below(path model.Path, key any) model.Path { return append(slices.Clone(path), key) }

// records are the entries of a list.
func records(f model.Field, values []model.Settings, list entry) []entry {
	var out []entry
	for i, v := range values {
		e := entry{number: fmt.Sprintf("%s.%d", list.number, i+1), title: v.Text("label"), field: f, path: below(list.path, i), record: true}
		if e.title == "" {
			e.title = v.Text("id")
		}
		e.inner = entries(f.Of, v, e.path, e.number+".")
		for i := range e.inner {
			e.inner[i].of = e.title + " of "
		}
		out = append(out, e)
	}
	return out
}

// variables are the values of a group without fields of its own.
func variables(values model.Settings, group entry) []entry {
	var out []entry
	for i, name := range slices.Sorted(maps.Keys(values)) {
		out = append(out, entry{number: fmt.Sprintf("%s.%d", group.number, i+1), title: name,
			field: model.Field{Key: name, Title: name, Type: model.Variables}, path: below(group.path, name), value: values[name]})
	}
	return out
}

// list reports whether the entry holds a list, and not one entry of it.
func (e entry) list() bool { return e.field.Type == model.List && !e.record }

// settable reports whether the entry has a value of its own.
func (e entry) settable() bool { return !e.list() && !e.record && e.field.Type != model.Group }

// shown says the value.
func (e entry) shown() string {
	switch {
	case e.list():
		return narrate.Counted(len(e.inner), e.field.Item, e.field.Item+"s")
	case e.field.Type == model.Variables && len(e.path) == 1 && len(e.inner) > 0:
		return narrate.Counted(len(e.inner), "value", "values")
	case e.field.Type == model.Group, e.record:
		return ""
	case e.field.Type == model.Switch:
		return onOff(e.value == true)
	case e.field.Type == model.Choice:
		return e.choice()
	}
	if text := e.field.Show(e.value); text != "" {
		return text
	}
	if e.hint != "" {
		return "nothing (" + e.hint + ")"
	}
	return "nothing"
}

func (e entry) choice() string {
	value := e.field.Show(e.value)
	for _, o := range e.field.Options {
		if o.Value == value && o.Help != "" {
			return value + ", " + o.Help
		}
	}
	return value
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// show says the form of an activity, a transition or the campaign.
func (s *Session) show(text string) error {
	sub, err := s.subject(text)
	if err != nil {
		return err
	}
	s.heading(sub)
	s.showEntries(sub, s.form(sub))
	for _, f := range s.findings {
		if f.Activity == sub.activity && len(f.Path) == 0 && !sub.transition() {
			s.say("%s: %s", narrate.Capital(string(f.Severity)), f.Message)
		}
	}
	return nil
}

// heading says what a form is about.
func (s *Session) heading(sub subject) {
	c := s.campaign()
	a, _ := c.Activity(sub.activity)
	switch {
	case sub.campaign:
		s.say("The campaign:")
	case sub.transition():
		to := "is an open end"
		if next, ok := c.Follower(sub.ref); ok {
			to = "leads to " + s.numbered(next.ID)
		}
		s.say("%s", sentence(with("The transition "+s.described(sub.ref)+" "+to, s.people(sub.ref))))
	default:
		s.say("%s", sentence(s.numbered(a.ID)+": "+a.Kind.Title))
		s.say("%s", a.Kind.Help)
		s.say("%s", s.wiring(a))
		if a.Kind.Role == model.Join {
			s.merging(a)
		}
	}
}

// wiring says what leads to an activity and what follows it.
func (s *Session) wiring(a model.Activity) string {
	c := s.campaign()
	text := "Nothing leads to it"
	if len(a.From) > 0 {
		text = "It follows " + narrate.List(s.titles(a.From))
	}
	var parts []string
	for _, o := range a.Outputs() {
		to := "an open end"
		if next, ok := c.Follower(model.Ref{Activity: a.ID, Output: o.ID}); ok {
			to = s.numbered(next.ID)
		}
		if len(a.Outputs()) > 1 {
			to = o.Label + " to " + to
		}
		parts = append(parts, to)
	}
	switch len(parts) {
	case 0:
		return text + ", and nothing can follow it."
	case 1:
		return text + ", and it leads to " + parts[0] + "."
	}
	return text + ". It leads by " + strings.Join(parts, ", by ") + "."
}

func (s *Session) showEntries(sub subject, form []entry) {
	for _, e := range form {
		margin := strings.Repeat("  ", strings.Count(e.number, "."))
		shown := e.shown()
		switch {
		case e.record || shown == "":
			s.say("%s%s. %s", margin, e.number, e.title)
		case strings.Contains(strings.TrimSpace(shown), "\n"):
			s.say("%s%s. %s:", margin, e.number, e.title)
			s.recite(margin+"  ", shown)
		default:
			s.say("%s%s. %s: %s", margin, e.number, e.title, with(shown, s.remark(sub, e)))
		}
		s.showEntries(sub, e.inner)
	}
}

// remark is the finding about a field, or who a rule selects.
func (s *Session) remark(sub subject, e entry) string {
	for _, f := range s.findings {
		if f.Activity == sub.activity && !sub.transition() && fmt.Sprint(f.Path) == fmt.Sprint(e.path) {
			return string(f.Severity) + ": " + f.Message
		}
	}
	if rule, _ := e.value.(string); e.field.Type == model.Rule && rule != "" {
		return s.selects(sub.activity, rule)
	}
	return ""
}
