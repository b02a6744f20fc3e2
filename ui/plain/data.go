package plain

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"rendezvous/engine"
	"rendezvous/engine/population"
	"rendezvous/model/check"
	"rendezvous/model/schema"
	"rendezvous/ui/narrate"
)

// dataset is what is known of the campaign's data.
type dataset struct {
	name   string
	open   *population.Dataset
	schema schema.Schema
	err    error
}

// openData opens the data that the campaign names, unless it is open.
func (s *Session) openData() {
	name := s.campaign().Settings.Text("data")
	if name == s.data.name && (s.data.open != nil || s.data.err != nil) {
		return
	}
	if s.data.open != nil {
		_ = s.data.open.Close() // a temporary file that can't be removed is no news here
	}
	base := "."
	if s.file != "" {
		base = filepath.Dir(s.file)
	}
	s.data = dataset{name: name}
	d, err := population.Open(s.ctx, name, base, s.errOut.line)
	if s.data.err = err; err == nil {
		s.data.open, s.data.schema = d, d.Schema
	}
}

// checked is what checks know about the data.
func (s *Session) checked() check.Data { return check.Data{Schema: s.data.schema, Err: s.data.err} }

// selects says how many people fit a rule of an activity, or nothing when that can't be known.
func (s *Session) selects(id, rule string) string {
	a, ok := s.campaign().Activity(id)
	table := s.campaign().Dimension(a)
	if !ok || s.data.open == nil || s.data.schema.Table(table) == nil {
		return ""
	}
	all, err := s.data.open.Size(s.ctx, table)
	if err != nil {
		return ""
	}
	n, err := s.data.open.CountRule(s.ctx, table, rule, engine.Defaults(s.campaign()).Start)
	if err != nil {
		return ""
	}
	return narrate.Count(n) + " of " + narrate.Count(all) + " in the data"
}

// listFindings says what is wrong, with the edits that would help.
func (s *Session) listFindings(string) error {
	s.fixes = nil
	if len(s.findings) == 0 {
		s.say("No findings.")
	}
	for i, f := range s.findings {
		who := ""
		if _, ok := s.campaign().Activity(f.Activity); ok {
			who = ", " + s.numbered(f.Activity)
		}
		s.say("%d. %s %s%s: %s", i+1, f.Severity, f.Code, who, f.Message)
		s.offer(f.Fixes)
	}
	return nil
}

// offer reads out edits that would help, with the numbers by which they can be made.
func (s *Session) offer(fixes []check.Fix) {
	for _, f := range fixes {
		s.fixes = append(s.fixes, f)
		s.say("  fix %d: %s", len(s.fixes), f.Title)
	}
}

// fix makes one of the edits that were read out.
func (s *Session) fix(text string) error {
	if len(s.fixes) == 0 {
		for _, f := range s.findings {
			s.fixes = append(s.fixes, f.Fixes...)
		}
	}
	n, err := strconv.Atoi(text)
	switch {
	case len(s.fixes) == 0:
		return errors.New("there is nothing to fix by itself: findings says what is wrong")
	case text == "" && len(s.fixes) == 1:
		n = 1
	case err != nil || n < 1 || n > len(s.fixes):
		return fmt.Errorf("say which: there are %s, and findings or why reads them out", narrate.Counted(len(s.fixes), "fix", "fixes"))
	}
	f := s.fixes[n-1]
	c, err := f.Edit(s.campaign())
	return s.done(narrate.Lower(f.Title), c, err)
}

// cantRun says why the campaign can't run, or nothing.
func (s *Session) cantRun() string {
	if s.data.err != nil {
		return "the data can’t be read: " + s.data.err.Error()
	}
	var errs []check.Finding
	for _, f := range s.findings {
		if f.Severity == check.Error {
			errs = append(errs, f)
		}
	}
	if len(errs) == 0 {
		return ""
	}
	who := ""
	if a, ok := s.campaign().Activity(errs[0].Activity); ok {
		who = a.Label() + ": "
	}
	more := ""
	if len(errs) > 1 {
		more = fmt.Sprintf(" There are %s; findings lists them.", narrate.Counted(len(errs), "error", "errors"))
	}
	return who + narrate.Lower(errs[0].Message) + more
}
