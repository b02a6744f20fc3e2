package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rendezvous/model"
	"rendezvous/model/suggest"
	"rendezvous/ui/narrate"
	"rendezvous/ui/outline"
)

// A target is what a command is about: an activity, or one of its transitions.
type target struct {
	activity string
	ref      model.Ref // of a transition; empty otherwise
	row      int       // the line of the outline that was named, from 1; 0 when it was named otherwise
}

// transition reports whether a transition is meant.
func (t target) transition() bool { return t.ref != model.Ref{} }

func (s *Session) rows() []outline.Row { return outline.Rows(s.campaign()) }

// number is the line of the outline on which an activity stands, from 1.
func (s *Session) number(id string) int {
	for i, r := range s.rows() {
		if r.Activity == id && !r.Again {
			return i + 1
		}
	}
	return 0
}

// numbered names an activity with its line: “E-mail Gold (line 3)”.
func (s *Session) numbered(id string) string {
	a, _ := s.campaign().Activity(id)
	return fmt.Sprintf("%s (line %d)", a.Label(), s.number(id))
}

// called names what is meant.
func (s *Session) called(t target) string {
	if t.transition() {
		return s.campaign().BranchTitle(t.ref)
	}
	a, _ := s.campaign().Activity(t.activity)
	return a.Label()
}

// A named thing can be meant by several names.
type named struct {
	names []string
	title string // in messages
}

// meant returns the thing that a text names: exactly, by how a name begins, or by a part of a name; the first of these
// that fits decides. Several that fit are an error which lists them.
func meant(text string, things []named) (int, error) {
	want := normal(text)
	for _, fits := range []func(name string) bool{
		func(name string) bool { return name == want },
		func(name string) bool { return strings.HasPrefix(name, want) },
		func(name string) bool { return strings.Contains(name, want) },
	} {
		var found []int
		for i, t := range things {
			for _, name := range t.names {
				if want != "" && fits(normal(name)) {
					found = append(found, i)
					break
				}
			}
		}
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			var titles []string
			for _, i := range found {
				titles = append(titles, things[i].title)
			}
			return 0, ambiguous{fmt.Errorf("“%s” could be %s: say more of it, or its number", text, either(few(titles)))}
		}
	}
	return 0, errors.New(unknown(text, things))
}

// ambiguous is the error of a name that several things have.
type ambiguous struct{ error }

func unknown(text string, things []named) string {
	var names []string
	typed := map[string]string{} // by how names are compared
	for _, t := range things {
		for _, name := range t.names {
			names, typed[normal(name)] = append(names, normal(name)), name
		}
	}
	if near, ok := suggest.Nearest(normal(text), names); ok {
		return fmt.Sprintf("nothing here is called “%s”: did you mean “%s”?", text, typed[near])
	}
	return fmt.Sprintf("nothing here is called “%s”", text)
}

// normal is a name as names are compared. A dash by itself is no part of a name: it clears a field.
func normal(name string) string {
	var words []string
	for _, word := range strings.Fields(strings.ToLower(name)) {
		if parts := strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '_' }); len(parts) > 0 {
			words = append(words, parts...)
		} else {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// target finds what a text names. Nothing at all is what was talked about last.
func (s *Session) target(text string) (target, error) {
	text = unquoted(text)
	if text == "" {
		if s.at == "" {
			return target{}, errors.New("say which activity: its number in the outline, its id or its label")
		}
		return target{activity: s.at}, nil
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(text, ".")); err == nil {
		return s.line(n)
	}
	if r, ok := s.campaign().Resolve(text); ok && strings.Contains(text, ".") {
		return target{activity: r.Activity, ref: r}, nil
	}
	for _, arrow := range []string{"→", "->"} {
		if from, output, ok := strings.Cut(text, arrow); ok {
			return s.way(strings.TrimSpace(from), strings.TrimSpace(output))
		}
	}
	id, err := s.named(text)
	if err == nil || errors.As(err, new(ambiguous)) {
		return target{activity: id}, err
	}
	if r, e := s.branch(text); e == nil || errors.As(e, new(ambiguous)) {
		return target{activity: r.Activity, ref: r}, e
	}
	return target{}, err
}

// branch finds a transition by its own name alone, where it is one of several that leave an activity.
func (s *Session) branch(text string) (model.Ref, error) {
	var refs []model.Ref
	var things []named
	for _, a := range s.campaign().Activities {
		for _, o := range a.Outputs() {
			if r := (model.Ref{Activity: a.ID, Output: o.ID}); len(a.Outputs()) > 1 {
				refs = append(refs, r)
				things = append(things, named{[]string{o.ID, o.Label}, r.String()})
			}
		}
	}
	i, err := meant(text, things)
	if err != nil {
		return model.Ref{}, err
	}
	return refs[i], nil
}

func unquoted(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}

// line is the target on a line of the outline.
func (s *Session) line(n int) (target, error) {
	rows := s.rows()
	switch {
	case len(rows) == 0:
		return target{}, fmt.Errorf("there is no line %d: the campaign has no activities yet, and begin adds one", n)
	case n < 1 || n > len(rows):
		return target{}, fmt.Errorf("there is no line %d: the outline has %s", n, narrate.Counted(len(rows), "line", "lines"))
	}
	r := rows[n-1]
	if r.Activity == "" {
		return target{activity: r.Via.Activity, ref: r.Via, row: n}, nil
	}
	return target{activity: r.Activity, row: n}, nil
}

// named finds an activity by its id or its label.
func (s *Session) named(text string) (string, error) {
	activities := s.campaign().Activities
	things := make([]named, len(activities))
	for i, a := range activities {
		if a.ID == text {
			return a.ID, nil
		}
		things[i] = named{[]string{a.ID, a.Label()}, fmt.Sprintf("%d. %s", s.number(a.ID), a.Label())}
	}
	i, err := meant(text, things)
	if err != nil {
		return "", err
	}
	return activities[i].ID, nil
}

// way finds a transition by what it leaves and what it is called.
func (s *Session) way(from, output string) (target, error) {
	t, err := s.target(from)
	if err != nil {
		return t, err
	}
	a, _ := s.campaign().Activity(t.activity)
	outputs := a.Outputs()
	things := make([]named, len(outputs))
	for i, o := range outputs {
		things[i] = named{[]string{o.ID, o.Label}, a.ID + "." + o.ID}
	}
	i, err := meant(output, things)
	if err != nil {
		return t, fmt.Errorf("%s: %w", a.Label(), err)
	}
	return target{activity: a.ID, ref: a.Refs()[i]}, nil
}

// activity is target for commands that are about an activity.
func (s *Session) activity(text string) (model.Activity, error) {
	t, err := s.target(text)
	if err != nil {
		return model.Activity{}, err
	}
	a, _ := s.campaign().Activity(t.activity)
	if t.transition() {
		return a, fmt.Errorf("%s is a transition, and this needs an activity", s.called(t))
	}
	s.at = a.ID
	return a, nil
}

// several finds activities: all of them, those of a branch, or a list of names, numbers and ranges.
func (s *Session) several(text string) ([]string, error) {
	c := s.campaign()
	if text == "all" {
		var ids []string
		for _, a := range c.Activities {
			ids = append(ids, a.ID)
		}
		return ids, nil
	}
	if rest, ok := strings.CutPrefix(text, "branch "); ok {
		a, err := s.activity(rest)
		var ids []string
		for _, i := range c.Graph().Branch(a.ID) {
			ids = append(ids, c.Activities[i].ID)
		}
		return ids, err
	}
	a, whole := s.activity(text)
	if whole == nil {
		return []string{a.ID}, nil
	}
	parts := strings.Fields(strings.ReplaceAll(text, ",", " "))
	if strings.Contains(text, ",") {
		parts = strings.Split(text, ",")
	}
	if len(parts) == 1 && !strings.Contains(text, "-") {
		return nil, whole
	}
	var ids []string
	for _, part := range parts {
		some, err := s.part(strings.TrimSpace(part))
		if err != nil && len(parts) > 1 && errors.As(whole, new(ambiguous)) {
			return nil, whole
		}
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	return ids, nil
}

// part is an entry of a list: a range of lines, or one activity.
func (s *Session) part(text string) ([]string, error) {
	first, last, ok := strings.Cut(text, "-")
	from, err := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	if !ok || err != nil || err2 != nil {
		if text == "and" {
			return nil, nil
		}
		a, err := s.activity(text)
		return []string{a.ID}, err
	}
	var ids []string
	for n := from; n <= to; n++ {
		t, err := s.line(n)
		if err != nil {
			return nil, err
		}
		if !t.transition() {
			ids = append(ids, t.activity)
		}
	}
	return ids, nil
}

// names says what several activities are called together.
func (s *Session) names(ids []string) string {
	if len(ids) == 1 {
		a, _ := s.campaign().Activity(ids[0])
		return a.Label()
	}
	return narrate.Counted(len(ids), "activity", "activities")
}

// place finds a transition: an open end, “after” what it leaves, or “before” what it leads to.
func (s *Session) place(text string) (model.Ref, error) {
	if rest, ok := behindWord(text, "before"); ok {
		return s.before(rest)
	}
	for _, word := range []string{"after", "behind", "at", "to"} {
		if rest, ok := behindWord(text, word); ok {
			text = rest
			break
		}
	}
	t, err := s.target(text)
	if err != nil || t.transition() {
		return t.ref, err
	}
	return s.after(t.activity)
}

// behindWord returns what follows a first word.
func behindWord(text, word string) (string, bool) {
	first, rest, _ := strings.Cut(text, " ")
	return strings.TrimSpace(rest), strings.EqualFold(first, word)
}

// after is the way on from an activity: its only one, or the only one that is open.
func (s *Session) after(id string) (model.Ref, error) {
	a, _ := s.campaign().Activity(id)
	refs := a.Refs()
	var open []model.Ref
	for _, r := range refs {
		if _, followed := s.campaign().Follower(r); !followed {
			open = append(open, r)
		}
	}
	switch {
	case len(refs) == 0:
		return model.Ref{}, fmt.Errorf("nothing can follow %s", a.Label())
	case len(refs) == 1:
		return refs[0], nil
	case len(open) == 1:
		return open[0], nil
	}
	return model.Ref{}, fmt.Errorf("%s has several ways on: say %s", a.Label(), either(few(refNames(refs))))
}

// before is the transition that leads to a line of the outline or an activity.
func (s *Session) before(text string) (model.Ref, error) {
	t, err := s.target(text)
	if err != nil || t.transition() {
		return t.ref, err
	}
	if t.row > 0 {
		if via := s.rows()[t.row-1].Via; via != (model.Ref{}) {
			return via, nil
		}
	}
	a, _ := s.campaign().Activity(t.activity)
	switch len(a.From) {
	case 0:
		return model.Ref{}, fmt.Errorf("nothing leads to %s", a.Label())
	case 1:
		return a.From[0], nil
	}
	return model.Ref{}, fmt.Errorf("several branches lead to %s: say after %s", a.Label(), either(few(refNames(a.From))))
}

func refNames(refs []model.Ref) []string {
	var names []string
	for _, r := range refs {
		names = append(names, r.String())
	}
	return names
}

// described names a transition: “after E-mail Gold”, “after Tiers, branch Gold”.
func (s *Session) described(r model.Ref) string {
	a, ok := s.campaign().Activity(r.Activity)
	if o, _ := a.Output(r.Output); ok && len(a.Outputs()) > 1 {
		return "after " + a.Label() + ", branch " + o.Label
	}
	return "after " + s.campaign().BranchTitle(r)
}

// split parts a text into what it is about and the rest. It is about the longest beginning that is the whole name of
// something, or else the shortest one that names something; a name in quotes ends with them.
func (s *Session) split(text string) (t target, rest string, err error) {
	if inside, ok := strings.CutPrefix(text, `"`); ok {
		if name, rest, ok := strings.Cut(inside, `"`); ok {
			t, err := s.target(name)
			return t, strings.TrimSpace(rest), err
		}
	}
	words := strings.Fields(text)
	n := min(len(words), 8)
	for i := n; i > 0; i-- {
		if name := strings.Join(words[:i], " "); s.isName(name) {
			t, err := s.target(name)
			return t, behindWords(text, i), err
		}
	}
	for i := 1; i <= n; i++ {
		t, e := s.target(strings.Join(words[:i], " "))
		if e == nil {
			return t, behindWords(text, i), nil
		}
		if err == nil {
			err = e
		}
	}
	if n == 0 {
		t, err = s.target("")
	}
	return t, "", err
}

// isName reports whether a text is the whole id or label of an activity.
func (s *Session) isName(text string) bool {
	return slices.ContainsFunc(s.campaign().Activities, func(a model.Activity) bool {
		return a.ID == text || normal(a.Label()) == normal(text)
	})
}

// behindWords returns what follows the first n words of a text, as it was typed.
func behindWords(text string, n int) string {
	text = strings.TrimSpace(text)
	for range n {
		_, text, _ = strings.Cut(text, " ")
		text = strings.TrimSpace(text)
	}
	return text
}

// people says how many took a transition in the last run, or nothing.
func (s *Session) people(r model.Ref) string {
	n, ok := s.counts[r]
	if !ok {
		return ""
	}
	return narrate.Counted(n, "person", "people")
}
