package plain

import (
	"errors"
	"fmt"
	"strings"

	"rendezvous/model"
	"rendezvous/model/check"
)

// kind finds a kind of activity by its name or its title.
func kind(text string) (*model.Kind, error) {
	kinds := model.Kinds()
	things := make([]named, len(kinds))
	for i, k := range kinds {
		things[i] = named{[]string{k.Name, k.Title}, k.Name}
	}
	i, err := meant(text, things)
	if err != nil {
		return nil, fmt.Errorf("%w; kinds lists what there is", err)
	}
	return kinds[i], nil
}

// insert puts a new activity behind a transition: “email after 3”. What is not said is asked for.
func (s *Session) insert(text string) error {
	name, where, found := text, "", false
	for _, word := range []string{"after", "behind", "before"} {
		if kind, rest, ok := cutWord(text, word); ok && !found {
			name, where, found = kind, word+" "+rest, true
		}
	}
	var ok bool
	if name == "" {
		s.say("What is to be inserted? kinds lists what there is.")
		if name, ok = s.ask(); !ok || name == "" {
			return errors.New("nothing is inserted")
		}
	}
	k, err := kind(name)
	if err != nil {
		return err
	}
	if len(s.campaign().Activities) == 0 {
		return s.begin(k.Name)
	}
	if where == "" {
		s.say("Insert %s after which line of the outline?", k.Title)
		if where, ok = s.ask(); !ok || where == "" {
			return errors.New("nothing is inserted")
		}
	}
	at, err := s.place(where)
	if err != nil {
		return err
	}
	if err := check.CanInsert(s.campaign(), s.data.schema, k, &at); err != nil {
		return fmt.Errorf("%s can’t be inserted %s: %w", k.Title, s.described(at), err)
	}
	described := s.described(at)
	c, id, err := s.campaign().Insert(k, at)
	return s.adopt("insert "+k.Title, described, c, []string{id}, err)
}

// begin adds an activity that begins a branch of its own.
func (s *Session) begin(text string) error {
	if text == "" {
		return errors.New("say what begins: begin build-audience, for example")
	}
	k, err := kind(text)
	if err != nil {
		return err
	}
	c, id, err := s.campaign().InsertFirst(k)
	return s.adopt("insert "+k.Title, "at a beginning of its own", c, []string{id}, err)
}

// adopt makes an edit that adds activities, and says where they are.
func (s *Session) adopt(name, where string, c model.Campaign, ids []string, err error) error {
	if err := s.edit(name, c, err); err != nil || len(ids) == 0 {
		return err
	}
	s.at = ids[0]
	for _, id := range ids {
		s.say("Added %s, %s.", s.numbered(id), where)
	}
	if a, _ := s.campaign().Activity(ids[0]); len(ids) == 1 && a.Kind.Role == model.Join {
		s.merging(a)
	} else if len(ids) == 1 {
		s.say("Type edit to fill it in.")
	}
	return nil
}

// kinds says what there is to insert, and why some of it can't go to a place.
func (s *Session) kinds(text string) error {
	var at *model.Ref
	if text != "" {
		r, err := s.place(text)
		if err != nil {
			return err
		}
		at = &r
		s.say("What can be inserted %s:", s.described(r))
	}
	category := model.Category(-1)
	for _, k := range model.Kinds() {
		if k.Category != category {
			category = k.Category
			s.say("%s:", category.Title())
		}
		line := fmt.Sprintf("%s: %s, %s", k.Name, k.Title, k.Summary)
		if at != nil {
			if err := check.CanInsert(s.campaign(), s.data.schema, k, at); err != nil {
				line += "; not here: " + err.Error()
			}
		}
		s.say("  %s", line)
	}
	return nil
}

// needed finds the activities that a command needs to be told.
func (s *Session) needed(text, verb string) ([]string, error) {
	if text == "" {
		return nil, fmt.Errorf("say what to %s: one or more lines of the outline, like %s 3 or %s 3-5", verb, verb, verb)
	}
	return s.several(text)
}

func (s *Session) deleteAll(text string) error {
	ids, err := s.needed(text, "delete")
	if err != nil {
		return err
	}
	name := s.names(ids)
	c, err := s.campaign().DeleteAll(ids)
	return s.done("delete "+name, c, err)
}

func (s *Session) disable(text string) error { return s.setDisabled(text, "disable", true) }

func (s *Session) enable(text string) error { return s.setDisabled(text, "enable", false) }

func (s *Session) setDisabled(text, verb string, off bool) error {
	ids, err := s.needed(text, verb)
	if err != nil {
		return err
	}
	c, err := s.campaign().SetDisabled(ids, off)
	return s.done(verb+" "+s.names(ids), c, err)
}

// rename gives an activity or a transition another label.
func (s *Session) rename(text string) error {
	t, label, err := s.split(text)
	if err != nil {
		return err
	}
	if rest, ok := behindWord(label, "to"); ok && rest != "" {
		label = rest
	}
	sub := subject{target: t}
	s.at = t.activity
	e, _, err := s.field(sub, "label")
	if err != nil {
		return err
	}
	if label == "" {
		s.question(sub, e)
		return nil
	}
	if label = unquoted(label); label == "-" {
		return s.put(sub, e, label)
	}
	return s.relabel(t, label)
}

func (s *Session) relabel(t target, label string) error {
	name := "rename " + s.called(t) + " to " + label
	c, err := s.campaign().Set(t.activity, label, "label")
	if t.transition() {
		c, err = s.campaign().SetOutput(t.ref, "label", label)
	}
	return s.done(name, c, err)
}

// note sets the note of an activity, on one line or, when nothing is said, on several.
func (s *Session) note(text string) error {
	t, note, err := s.split(text)
	if err != nil {
		return err
	}
	sub := subject{target: target{activity: t.activity}}
	s.at = t.activity
	e, _, err := s.field(sub, "note")
	if err != nil {
		return err
	}
	if note == "" {
		s.question(sub, e)
		return nil
	}
	return s.put(sub, e, note)
}

// move takes activities to another transition.
func (s *Session) move(text string) error {
	what, where, ok := cutWord(text, "to")
	for _, word := range []string{"after", "before"} {
		if before, after, found := cutWord(text, word); found && !ok {
			what, where, ok = before, word+" "+after, true
		}
	}
	if !ok {
		return errors.New("say what goes where: move 3 to 5, or move 3-4 before 7")
	}
	ids, err := s.several(what)
	if err != nil {
		return err
	}
	to, err := s.place(where)
	if err != nil {
		return err
	}
	described := s.described(to)
	c, err := s.campaign().Move(ids, to)
	if err := s.edit("move "+s.names(ids), c, err); err != nil {
		return err
	}
	s.at = ids[0]
	s.say("Moved %s %s; it is on line %d now.", s.names(ids), described, s.number(ids[0]))
	return nil
}

// wrap puts activities between a fork and an AND-join.
func (s *Session) wrap(text string) error {
	ids, err := s.needed(text, "wrap")
	if err != nil {
		return err
	}
	c, fork, _, err := s.campaign().Wrap(ids)
	if err := s.done("wrap "+s.names(ids), c, err); err != nil {
		return err
	}
	a, _ := s.campaign().Activity(fork)
	s.at = fork
	s.say("The second way is %s and leads straight to the AND-join: insert something there.", a.Refs()[1])
	return nil
}

// connect leads an open end to an activity or a join.
func (s *Session) connect(text string) error {
	from, to, ok := cutWord(text, "to")
	if !ok {
		return errors.New("say what leads where: connect 4 to 7")
	}
	r, err := s.place(from)
	if err != nil {
		return err
	}
	a, err := s.activity(to)
	if err != nil {
		return err
	}
	c, err := s.campaign().Connect(r, a.ID)
	return s.done("connect "+s.campaign().BranchTitle(r)+" to "+a.Label(), c, err)
}

// disconnect makes an open end of the transition that leads to a line, or of one named in another way.
func (s *Session) disconnect(text string) error {
	word, _, _ := strings.Cut(text, " ")
	if word == "" {
		return errors.New("say what to disconnect: the line that a transition leads to, or after and the line that it leaves")
	}
	if !strings.EqualFold(word, "after") && !strings.EqualFold(word, "before") {
		text = "before " + text
	}
	r, err := s.place(text)
	if err != nil {
		return err
	}
	c, err := s.campaign().Disconnect(r)
	return s.done("disconnect "+s.campaign().BranchTitle(r), c, err)
}

func (s *Session) copyAll(text string) error {
	ids, err := s.needed(text, "copy")
	if err != nil {
		return err
	}
	s.clipboard = s.campaign().Copy(ids)
	s.say("Copied %s.", s.names(ids))
	if err := s.options.State.SetClipboard(s.clipboard); err != nil {
		return fmt.Errorf("it can be pasted in this session only: %w", err)
	}
	return nil
}

func (s *Session) cut(text string) error {
	if err := s.copyAll(text); err != nil {
		return err
	}
	return s.deleteAll(text)
}

// paste inserts what was copied behind a transition, or as a branch of its own.
func (s *Session) paste(text string) error {
	copied, err := s.options.State.Clipboard()
	if len(copied) == 0 {
		copied = s.clipboard
	}
	switch {
	case err != nil:
		return err
	case len(copied) == 0:
		return errors.New("nothing has been copied yet")
	}
	var at *model.Ref
	where := "by itself"
	if text != "" {
		r, err := s.place(text)
		if err != nil {
			return err
		}
		at, where = &r, s.described(r)
	}
	c, ids, err := s.campaign().Paste(copied, at)
	return s.adopt("paste", where, c, ids, err)
}

func (s *Session) duplicate(text string) error {
	ids, err := s.needed(text, "duplicate")
	if err != nil {
		return err
	}
	name := s.names(ids)
	c, copies, err := s.campaign().Duplicate(ids)
	return s.adopt("duplicate "+name, "by itself", c, copies, err)
}

// explain says what an activity or a kind does, and what people get wrong with it; or what the code of a finding means.
func (s *Session) explain(text string) error {
	if what := check.Explain(strings.ToUpper(text)); what != "" {
		s.say("%s", what)
		return nil
	}
	var k *model.Kind
	if a, err := s.activity(text); err == nil {
		k = a.Kind
	} else if k, _ = kind(text); k == nil || errors.As(err, new(ambiguous)) {
		return err
	}
	s.say("%s: %s.", k.Title, k.Summary)
	s.say("%s", k.Help)
	for _, e := range flat(entries(k.AllFields(), nil, nil, "")) {
		if e.field.Help != "" {
			s.say("  %s: %s", e.title, e.field.Help)
		}
	}
	if k.Role == model.Join {
		s.say("An AND-join in four steps:")
		s.say("  1. insert and-join after the end of one branch.")
		s.say("  2. tick the branches that it waits for.")
		s.say("  3. primary chooses whose people go on.")
		s.say("  4. run, and hear it wait and fire.")
	}
	return nil
}
