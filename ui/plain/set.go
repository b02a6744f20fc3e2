package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/model/suggest"
	"rendezvous/ui/narrate"
)

// flat are the entries of a form with those inside of them, in their order.
func flat(form []entry) []entry {
	var all []entry
	for _, e := range form {
		all = append(append(all, e), flat(e.inner)...)
	}
	return all
}

// entryNames are what an entry can be called in a command: its number, its keys (“subsets.gold.rule”), its titles (“gold rule”).
func entryNames(form []entry) map[string][]string {
	names := map[string][]string{}
	var walk func(list []entry, keys, titles, ids string)
	walk = func(list []entry, keys, titles, ids string) {
		for _, e := range list {
			key := e.key()
			names[e.number] = append(names[e.number], e.number, normal(keys+key), normal(titles+e.title), normal(ids+e.title))
			titles, ids := titles, ids
			if e.record || e.field.Type == model.Group {
				titles, ids = titles+e.title+" ", ids+key+" "
			}
			walk(e.inner, keys+key+".", titles, ids)
		}
	}
	walk(form, "", "", "")
	return names
}

// key is what the file calls the entry: the key of its field, or the id of an entry of a list.
func (e entry) key() string {
	if !e.record {
		return e.field.Key
	}
	for _, inner := range e.inner {
		if id, _ := inner.value.(string); inner.field.Key == "id" {
			return id
		}
	}
	return e.title
}

// field finds the entry that a text begins with, and returns the rest of the text.
func (s *Session) field(sub subject, text string) (e entry, rest string, err error) {
	form := s.form(sub)
	all, names := flat(form), entryNames(form)
	words := strings.Fields(text)
	for n := min(len(words), 5); n > 0; n-- {
		want := normal(strings.Join(words[:n], " "))
		for _, e := range all {
			if slices.Contains(names[e.number], want) {
				return e, behindWords(text, n), nil
			}
		}
	}
	if len(words) == 0 {
		return e, "", fmt.Errorf("say which field of %s; show lists them", s.about(sub))
	}
	var known []string
	var begin []entry
	for _, e := range all {
		known = append(known, names[e.number][1:]...)
		if slices.ContainsFunc(names[e.number][1:], func(name string) bool { return strings.HasPrefix(name, normal(words[0])) }) {
			begin = append(begin, e)
		}
	}
	if len(begin) == 1 {
		return begin[0], behindWords(text, 1), nil
	}
	near := "; show lists its fields"
	if name, ok := suggest.Nearest(normal(words[0]), known); ok {
		near = fmt.Sprintf(": did you mean “%s”?", name)
	}
	return e, "", fmt.Errorf("%s has no field “%s”%s", s.about(sub), words[0], near)
}

// subjectAndField finds what a command sets: “3 subject”, “campaign name”, or a field of what was talked about last.
func (s *Session) subjectAndField(text string) (subject, entry, string, error) {
	if rest, ok := behindWord(text, "campaign"); ok {
		sub := subject{campaign: true}
		e, rest, err := s.field(sub, rest)
		return sub, e, rest, err
	}
	t, rest, err := s.split(text)
	sub := subject{target: t}
	if err == nil {
		e, rest, err := s.field(sub, rest)
		if err == nil {
			s.at = t.activity
		}
		return sub, e, rest, err
	}
	if s.at != "" {
		sub = subject{target: target{activity: s.at}}
		if e, rest, err := s.field(sub, text); err == nil {
			return sub, e, rest, nil
		}
	}
	return sub, entry{}, "", err
}

// set gives a field a value: the rest of the line, or the answer to a question.
func (s *Session) set(text string) error {
	sub, e, value, err := s.subjectAndField(text)
	if err != nil {
		return err
	}
	if !e.settable() {
		return fmt.Errorf("%s has no value of its own: say one of its fields, or use edit", e.title)
	}
	if value == "" {
		s.question(sub, e)
		return nil
	}
	return s.put(sub, e, value)
}

// put makes the edit that gives a field what was typed.
func (s *Session) put(sub subject, e entry, typed string) error {
	if e.field.Type == model.Variables {
		return s.putVariable(e, typed)
	}
	v, err := s.parse(sub, e, typed)
	if err != nil {
		return fmt.Errorf("%s %w", e.title, err)
	}
	return s.write(sub, e, v)
}

// write makes the edit that gives a field a value.
func (s *Session) write(sub subject, e entry, v any) error {
	c := s.campaign()
	name := "set " + narrate.Lower(e.title) + " of " + e.of + s.about(sub)
	var err error
	switch {
	case sub.campaign:
		c, err = c.SetCampaign(v, e.path...)
	case sub.transition():
		c, err = c.SetOutput(sub.ref, e.field.Key, v)
	case e.field.Key == "id" && len(e.path) == 1:
		id, _ := v.(string)
		name = "rename " + sub.activity + " to " + id
		if c, err = c.Rename(sub.activity, id); err == nil {
			s.at = id
		}
	default:
		c, err = c.Set(sub.activity, v, e.path...)
	}
	return s.done(name, c, err)
}

// done makes an edit and says so.
func (s *Session) done(name string, c model.Campaign, err error) error {
	before := s.history.Step()
	if err := s.edit(name, c, err); err != nil || s.history.Step() == before {
		return err
	}
	s.say("%s", sentence("Done: "+name))
	return nil
}

// putVariable sets a variable of the campaign: “name = value” for all of them, the value alone for one.
func (s *Session) putVariable(e entry, typed string) error {
	path := e.path
	if len(path) > 1 {
		typed = e.title + "=" + strings.TrimPrefix(typed, "=")
		if strings.HasSuffix(typed, "=-") {
			typed = strings.TrimSuffix(typed, "-")
		}
		path = path[:len(path)-1]
	}
	name, v, err := model.ParseVariable(typed)
	if err != nil {
		return fmt.Errorf("a variable %w", err)
	}
	c, err := s.campaign().SetCampaign(v, below(path, name)...)
	return s.done("set variable "+name, c, err)
}

// parse reads what was typed for a field; “-” is no value. The error is the rest of a sentence that begins with the
// field's title.
func (s *Session) parse(sub subject, e entry, typed string) (any, error) {
	f := e.field
	switch {
	case typed == "-":
		return nil, nil
	case f.Type == model.Switch:
		return parseSwitch(typed)
	case f.Type == model.Choice:
		return parseChoice(f, typed)
	case f.Type == model.Branch:
		return s.parseBranch(sub, typed)
	}
	v, err := f.Typed(typed)
	if err != nil {
		return nil, err
	}
	a, _ := s.campaign().Activity(sub.activity)
	if err := check.Text(s.campaign(), s.checked(), a, f, typed); err != nil {
		return nil, fmt.Errorf("is wrong: %w", err)
	}
	return v, nil
}

// parseSwitch reads what turns a switch; off is not written.
func parseSwitch(typed string) (any, error) {
	switch strings.ToLower(typed) {
	case "on", "yes", "y", "true", "1":
		return true, nil
	case "off", "no", "n", "false", "2":
		return nil, nil
	}
	return nil, errors.New("must be on or off")
}

// parseChoice reads one of the options, by its number or its name; the usual one is not written.
func parseChoice(f model.Field, typed string) (any, error) {
	things := make([]named, len(f.Options))
	var titles []string
	for i, o := range f.Options {
		things[i] = named{[]string{o.Value, strconv.Itoa(i + 1)}, o.Value}
		titles = append(titles, o.Value)
	}
	i, err := meant(typed, things)
	if err != nil {
		return nil, fmt.Errorf("must be %s", either(titles))
	}
	if f.Options[i].Value == f.Default() {
		return nil, nil
	}
	return f.Options[i].Value, nil
}

// parseBranch reads one of the ticked branches of a join.
func (s *Session) parseBranch(sub subject, typed string) (any, error) {
	join, _ := s.campaign().Activity(sub.activity)
	r, err := s.among(join.From, typed)
	if err != nil {
		return nil, fmt.Errorf("can’t be chosen: %w", err)
	}
	return s.campaign().Short(r), nil
}
