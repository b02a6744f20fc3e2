package plain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rendezvous/model"
	"rendezvous/ui/narrate"
)

// editForm asks for the fields of a form one after the other.
func (s *Session) editForm(text string) error {
	sub, err := s.subject(text)
	if err != nil {
		return err
	}
	s.say("Fields of %s. Enter keeps a value, - clears it, ? explains the field, and a full stop ends.", s.about(sub))
	s.questions(&sub, "")
	s.say("Done with %s.", s.about(sub))
	return nil
}

// numberedEntry returns an entry of the form as it is now.
func (s *Session) numberedEntry(sub subject, number string) (entry, bool) {
	for _, e := range flat(s.form(sub)) {
		if e.number == number {
			return e, true
		}
	}
	return entry{}, false
}

// questions asks for every entry whose number is one more than a prefix, until there are no more or it is told to stop.
func (s *Session) questions(sub *subject, prefix string) {
	for n := 1; ; n++ {
		e, ok := s.numberedEntry(*sub, prefix+strconv.Itoa(n))
		if !ok || !s.question(*sub, e) {
			return
		}
		if s.at != "" && !sub.campaign { // its id may be another one now
			sub.activity = s.at
		}
	}
}

// question asks for one entry, and reports whether to go on with the next one.
func (s *Session) question(sub subject, e entry) bool {
	switch {
	case e.list():
		return s.askList(sub, e)
	case e.field.Type == model.Group:
		return s.askGroup(sub, e)
	case e.field.Type == model.Variables:
		return s.askVariables(sub, e)
	case e.field.Type == model.Text:
		return s.askText(sub, e)
	}
	return s.askValue(sub, e)
}

// answers reads answers to a question until one of them settles it. Nothing goes on, a full stop ends, a question mark
// explains; what else it may be is up to the take function, whose errors are told before the next answer.
func (s *Session) answers(e entry, ask func(), take func(answer string) (settled bool, err error)) (on bool) {
	for ask(); ; {
		answer, ok := s.ask()
		switch {
		case !ok, answer == ".":
			return false
		case answer == "":
			return true
		case answer == "?":
			s.explainField(e)
			continue
		}
		settled, err := take(answer)
		if err != nil {
			s.fail(err)
			continue
		}
		if settled {
			return true
		}
		ask()
	}
}

func (s *Session) askValue(sub subject, e entry) bool {
	ask := func() { s.say("%s: %s%s", e.title, with(e.shown(), s.remark(sub, e)), s.choices(sub, e)) }
	return s.answers(e, ask, func(answer string) (bool, error) { return true, s.put(sub, e, answer) })
}

// choices are the answers that there are to choose from.
func (s *Session) choices(sub subject, e entry) string {
	var choices []string
	switch e.field.Type {
	case model.Switch:
		choices = []string{"on", "off"}
	case model.Choice:
		for _, o := range e.field.Options {
			choices = append(choices, o.Value)
		}
	case model.Branch:
		a, _ := s.campaign().Activity(sub.activity)
		for _, r := range a.From {
			choices = append(choices, fmt.Sprintf("%s (line %d)", s.campaign().BranchTitle(r), s.lineOf(r)))
		}
		return ". Choose " + either(choices)
	}
	if len(choices) == 0 {
		return ""
	}
	for i := range choices {
		choices[i] = strconv.Itoa(i+1) + " " + choices[i]
	}
	return ". Choose " + either(choices)
}

// explainField says what a field is for.
func (s *Session) explainField(e entry) {
	text := e.field.Help
	if text == "" {
		text = e.title + "."
	}
	if e.field.Example != "" {
		text += " For example: " + e.field.Example
	}
	s.say("%s", text)
	for i, o := range e.field.Options {
		s.say("  %d. %s: %s", i+1, o.Value, o.Help)
	}
}

// askText asks for a text of several lines.
func (s *Session) askText(sub subject, e entry) bool {
	ask := func() {
		if text := e.shown(); strings.Contains(text, "\n") {
			s.say("%s:", e.title)
			s.recite("  ", text)
		} else {
			s.say("%s: %s", e.title, text)
		}
		s.say("Type another text and, below it, a line with only a full stop.")
	}
	return s.answers(e, ask, func(answer string) (bool, error) {
		if answer == "-" {
			return true, s.write(sub, e, nil)
		}
		text, ok := s.restOfText(answer)
		if !ok {
			return false, errors.New("the text has no end, and is not kept")
		}
		return true, s.write(sub, e, text)
	})
}

// restOfText reads on to a line with only a full stop.
func (s *Session) restOfText(first string) (string, bool) {
	lines := []string{first}
	for {
		line, ok := s.read()
		if !ok {
			return "", false
		}
		if line == "." {
			if len(lines) == 1 {
				return first, true
			}
			return strings.Join(lines, "\n") + "\n", true
		}
		lines = append(lines, line)
	}
}

// askGroup asks whether to go through the fields of a group.
func (s *Session) askGroup(sub subject, e entry) bool {
	ask := func() {
		s.say("%s: %s. Type edit to go through it.", e.title, narrate.Counted(len(e.inner), "field", "fields"))
	}
	return s.answers(e, ask, func(answer string) (bool, error) {
		if !strings.EqualFold(answer, "edit") {
			return false, errors.New("type edit to go through the fields, or enter to go on")
		}
		s.questions(&sub, e.number+".")
		return true, nil
	})
}

// askVariables asks for values by name.
func (s *Session) askVariables(sub subject, e entry) bool {
	ask := func() {
		now, _ := s.numberedEntry(sub, e.number)
		var values []string
		for _, v := range now.inner {
			values = append(values, v.title+" = "+v.shown())
		}
		if len(values) == 0 {
			values = []string{"nothing"}
		}
		s.say("%s: %s. Type a name, =, and a value to set one; nothing behind the sign takes it away.", e.title, strings.Join(values, ", "))
	}
	return s.answers(e, ask, func(answer string) (bool, error) { return false, s.putVariable(e, answer) })
}

// askList asks what to do with the entries of a list.
func (s *Session) askList(sub subject, e entry) bool {
	ask := func() {
		now, _ := s.numberedEntry(sub, e.number)
		var titles []string
		for i, r := range now.inner {
			titles = append(titles, strconv.Itoa(i+1)+" "+r.title)
		}
		s.say("%s: %s. Type a number to edit one, add, or remove and a number.", e.title, strings.Join(titles, ", "))
	}
	return s.answers(e, ask, func(answer string) (bool, error) {
		word, rest, _ := strings.Cut(answer, " ")
		switch strings.ToLower(word) {
		case "add":
			return false, s.addTo(sub, e, true)
		case "remove":
			return false, s.removeFrom(sub, e, rest)
		}
		if n, err := strconv.Atoi(answer); err == nil && n > 0 && n <= len(e.inner) {
			s.questions(&sub, fmt.Sprintf("%s.%d.", e.number, n))
			return false, nil
		}
		return false, fmt.Errorf("“%s” is no number of the list, and neither add nor remove", answer)
	})
}

// addTo adds an entry to a list of an activity, and asks for its fields if that is wanted.
func (s *Session) addTo(sub subject, list entry, ask bool) error {
	c, at, err := s.campaign().AddRecord(sub.activity, list.field.Key)
	if err := s.done("add "+list.field.Item+" to "+s.about(sub), c, err); err != nil {
		return err
	}
	if ask {
		s.questions(&sub, fmt.Sprintf("%s.%d.", list.number, at+1))
	}
	return nil
}

// removeFrom takes an entry out of a list, by its number in the list or in the form, or by its name.
func (s *Session) removeFrom(sub subject, list entry, which string) error {
	list, _ = s.numberedEntry(sub, list.number)
	things := make([]named, len(list.inner))
	for i, e := range list.inner {
		things[i] = named{[]string{strconv.Itoa(i + 1), e.number, e.title, e.key()}, e.title}
	}
	if which == "" {
		return fmt.Errorf("say which %s to remove, by its number", list.field.Item)
	}
	i, err := meant(which, things)
	if err != nil {
		return err
	}
	c, err := s.campaign().RemoveRecord(sub.activity, list.field.Key, i)
	return s.done("remove "+things[i].title+" from "+s.about(sub), c, err)
}

// listOf finds the list of an activity.
func (s *Session) listOf(text string) (subject, entry, error) {
	a, err := s.activity(text)
	if err != nil {
		return subject{}, entry{}, err
	}
	sub := subject{target: target{activity: a.ID}}
	for _, e := range s.form(sub) {
		if e.list() {
			return sub, e, nil
		}
	}
	return sub, entry{}, fmt.Errorf("%s has no list to add to", a.Label())
}

// add adds an entry to the list of an activity: a subset, an output, a condition.
func (s *Session) add(text string) error {
	if rest, ok := behindWord(text, "to"); ok {
		text = rest
	}
	sub, list, err := s.listOf(text)
	if err != nil {
		return err
	}
	return s.addTo(sub, list, false)
}

// remove takes an entry out of the list of an activity.
func (s *Session) remove(text string) error {
	which, of, _ := cutWord(text, "from")
	sub, list, err := s.listOf(of)
	if err != nil {
		return err
	}
	return s.removeFrom(sub, list, which)
}

// cutWord parts a text at the last place where a word stands between others.
func cutWord(text, word string) (before, after string, found bool) {
	at := strings.LastIndex(strings.ToLower(text), " "+word+" ")
	if at < 0 {
		return text, "", false
	}
	return strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+len(word)+2:]), true
}
