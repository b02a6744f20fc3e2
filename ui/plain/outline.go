package plain

import (
	"fmt"
	"strings"

	"rendezvous/engine/flow"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/narrate"
	"rendezvous/ui/outline"
)

// summary says what the session is about.
func (s *Session) summary() {
	c := s.campaign()
	s.say("%s", sentence("Campaign "+c.Name()))
	if text := c.Settings.Text("description"); text != "" {
		s.recite("", text)
	}
	state := "saved in " + s.file
	names := s.history.Unsaved()
	switch {
	case len(names) > 0:
		state = narrate.Counted(len(names), "edit is", "edits are") + " not saved: " + narrate.Few(names)
	case s.file == "":
		state = "it has no file yet, and save with a file name makes one"
	}
	s.say("%s", sentence(state))
	open := 0
	rows := s.rows()
	for _, r := range rows {
		if r.Activity == "" {
			open++
		}
	}
	s.say("%s, %s. %s", narrate.Capital(narrate.Counted(len(c.Activities), "activity", "activities")), narrate.Counted(open, "open end", "open ends"), countFindings(s.findings))
	if s.data.err != nil {
		s.say("%s", sentence("The data can’t be read: "+s.data.err.Error()))
	}
	if s.run != nil {
		s.standing()
	}
}

// countFindings is a sentence about the findings of a check.
func countFindings(findings []check.Finding) string {
	if len(findings) == 0 {
		return "No findings."
	}
	errs, warnings := check.Count(findings)
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{{errs, "error", "errors"}, {warnings, "warning", "warnings"}, {len(findings) - errs - warnings, "note", "notes"}} {
		if p.n > 0 {
			parts = append(parts, narrate.Counted(p.n, p.one, p.many))
		}
	}
	return "Findings: " + narrate.List(parts) + "."
}

// tell says the outline, or from a line on what lies deeper.
func (s *Session) tell(text string) error {
	rows := s.rows()
	if text == "" {
		for i := range rows {
			s.row(rows, i)
		}
		return nil
	}
	t, err := s.target(text)
	if err != nil {
		return err
	}
	first := t.row - 1
	if t.row == 0 {
		first = s.number(t.activity) - 1
	}
	for i := first; i < len(rows) && (i == first || rows[i].Depth > rows[first].Depth); i++ {
		s.row(rows, i)
	}
	return nil
}

// row says a line of the outline. It makes sense without its margin, and without the lines above it.
func (s *Session) row(rows []outline.Row, i int) {
	r := rows[i]
	s.say("%s%d. %s%s", strings.Repeat("  ", r.Depth), i+1, s.leading(rows, i), s.what(r))
}

// leading says how one comes to a line, where that is not from the line above.
func (s *Session) leading(rows []outline.Row, i int) string {
	r := rows[i]
	switch {
	case r.Via == model.Ref{}:
		if i > 0 {
			return "Another beginning: "
		}
		return ""
	case r.Branch == "":
		return ""
	case rows[i-1].Activity == r.Via.Activity && !rows[i-1].Again:
		return "Branch " + r.Branch + ": "
	}
	a, _ := s.campaign().Activity(r.Via.Activity)
	return "Branch " + r.Branch + " of " + a.Label() + ": "
}

// what says what stands on a line.
func (s *Session) what(r outline.Row) string {
	if r.Activity == "" {
		text := "open end"
		if r.Branch == "" {
			text += " " + s.described(r.Via)
		}
		return with(text, s.people(r.Via))
	}
	a, _ := s.campaign().Activity(r.Activity)
	if r.Again {
		return with(fmt.Sprintf("goes on at %d, %s", s.number(a.ID), a.Label()), s.people(r.Via))
	}
	text := a.Label()
	if a.Label() != a.Kind.Title {
		text += ", " + a.Kind.Title
	}
	if card := s.card(a); card != "" {
		text += ": " + card
	}
	return with(text, s.remarks(a)...)
}

// with adds remarks to a text.
func with(text string, remarks ...string) string {
	for _, r := range remarks {
		if r != "" {
			text = strings.TrimSuffix(text, ".") + "; " + r
		}
	}
	return text
}

// card is what is configured, in a few words.
func (s *Session) card(a model.Activity) string {
	if a.Kind.Role != model.Join {
		return a.Card()
	}
	if len(a.From) == 0 {
		return "no branch is ticked"
	}
	text := "waits for " + narrate.List(s.titles(a.From))
	if primary, ok := s.campaign().Primary(a); ok {
		text += ", primary set " + s.campaign().BranchTitle(primary)
	}
	return text
}

func (s *Session) titles(refs []model.Ref) []string {
	var titles []string
	for _, r := range refs {
		titles = append(titles, s.campaign().BranchTitle(r))
	}
	return titles
}

// remarks are what there is to know about an activity beside what is configured.
func (s *Session) remarks(a model.Activity) []string {
	var remarks []string
	if a.Disabled() {
		remarks = append(remarks, "disabled")
	} else if s.campaign().Off()[a.ID] {
		remarks = append(remarks, "can’t run, because of what is disabled before it")
	}
	if a.Settings.Text("note") != "" {
		remarks = append(remarks, "has a note")
	}
	worst := map[check.Severity]int{}
	for _, f := range s.findings {
		if f.Activity == a.ID {
			worst[f.Severity]++
		}
	}
	if n := worst[check.Error]; n > 0 {
		remarks = append(remarks, narrate.Counted(n, "error", "errors"))
	}
	if n := worst[check.Warning]; n > 0 {
		remarks = append(remarks, narrate.Counted(n, "warning", "warnings"))
	}
	if s.run != nil {
		remarks = append(remarks, s.stands(a))
	}
	return remarks
}

// stands says where an activity stands in the run.
func (s *Session) stands(a model.Activity) string {
	state := s.run.state()
	word := state.Activity(a.ID).Phase.Word()
	if state.Activity(a.ID).Phase != flow.Done {
		return word
	}
	if outputs := a.Refs(); len(outputs) == 1 {
		return with(word, s.people(outputs[0]))
	}
	return word
}

// search says the lines on which every word of a text occurs.
func (s *Session) search(text string) error {
	found := map[string]bool{}
	for _, id := range s.campaign().Find(text) {
		found[id] = true
	}
	rows := s.rows()
	for i, r := range rows {
		if found[r.Activity] && !r.Again {
			s.row(rows, i)
		}
	}
	if len(found) == 0 {
		s.say("%s", sentence("Nothing like “"+text+"” is in the campaign"))
	}
	return nil
}
