package plain

import (
	"errors"
	"fmt"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/narrate"
)

// merging reads out the merging options of a join, and says who leaves it.
func (s *Session) merging(join model.Activity) {
	c := s.campaign()
	s.say("Merging options of %s:", join.Label())
	for _, k := range c.Candidates(join.ID) {
		s.say("  %s", s.option(k))
	}
	if problem := c.PrimaryProblem(join); problem != "" {
		s.say("Error: %s", sentence(problem))
	} else {
		primary, _ := c.Primary(join)
		s.say("Primary set: %s. %s", c.BranchTitle(primary), narrate.Leaves(c, join, s.counts))
	}
	if n := len(join.From); n > 0 {
		s.say("%s.", narrate.Verdict(check.Join(c, join.ID), n))
	}
}

// option is a line of the merging options.
func (s *Session) option(k model.Candidate) string {
	text := "[ ]"
	if k.Ticked {
		text = "[x]"
	}
	text += fmt.Sprintf(" %s (%s), %s", k.Label, k.Output, map[bool]string{true: "ticked", false: "not ticked"}[k.Ticked])
	if n := s.lineOf(k.Ref); n > 0 {
		text += fmt.Sprintf(", line %d", n)
	}
	if k.Reason != "" && k.Ticked {
		text += "; can’t be unticked: " + k.Reason
	} else if k.Reason != "" {
		text += "; not possible: " + k.Reason
	}
	return with(text, s.people(k.Ref))
}

// lineOf is the line of the outline that names a transition: that of its open end, or of the activity that it leaves.
func (s *Session) lineOf(r model.Ref) int {
	for i, row := range s.rows() {
		if row.Via == r && row.Activity == "" {
			return i + 1
		}
	}
	if a, _ := s.campaign().Activity(r.Activity); len(a.Refs()) == 1 {
		return s.number(r.Activity)
	}
	return 0
}

// joins are the joins of the campaign.
func (s *Session) joins() []model.Activity {
	var joins []model.Activity
	for _, a := range s.campaign().Activities {
		if a.Kind.Role == model.Join {
			joins = append(joins, a)
		}
	}
	return joins
}

// join finds the join that a command is about: the one named, the one talked about last, or the only one.
func (s *Session) join(text string) (model.Activity, error) {
	joins := s.joins()
	if text == "" {
		for _, j := range joins {
			if j.ID == s.at || len(joins) == 1 {
				s.at = j.ID
				return j, nil
			}
		}
		var names []string
		for _, j := range joins {
			names = append(names, s.numbered(j.ID))
		}
		return model.Activity{}, fmt.Errorf("say which join: there are %s", narrate.List(names))
	}
	a, err := s.activity(text)
	if err == nil && a.Kind.Role != model.Join {
		err = fmt.Errorf("%s is no join", a.Label())
	}
	return a, err
}

func (s *Session) noJoin() string {
	if len(s.joins()) == 0 {
		return "the campaign has no AND-join: insert and-join adds one"
	}
	return ""
}

// branchAndJoin finds a branch and the join that it is, or could be, a branch of: “E-mail Silver in Rendez-vous”.
func (s *Session) branchAndJoin(text string) (model.Ref, model.Activity, error) {
	for _, word := range []string{"in", "of", "into"} {
		before, after, ok := cutWord(text, word)
		if !ok {
			continue
		}
		if join, err := s.join(after); err == nil {
			r, err := s.candidate(join, before)
			return r, join, err
		}
	}
	join, err := s.join("")
	if err != nil {
		return model.Ref{}, join, err
	}
	r, err := s.candidate(join, text)
	return r, join, err
}

// candidate finds a branch among the merging options of a join, or else any transition.
func (s *Session) candidate(join model.Activity, text string) (model.Ref, error) {
	var refs []model.Ref
	for _, k := range s.campaign().Candidates(join.ID) {
		refs = append(refs, k.Ref)
	}
	r, err := s.among(refs, text)
	if err == nil || errors.As(err, new(ambiguous)) {
		return r, err
	}
	return s.place(text)
}

// among finds a transition among some: by the line of the outline, or by what it leaves.
func (s *Session) among(refs []model.Ref, text string) (model.Ref, error) {
	c := s.campaign()
	text = unquoted(text)
	things := make([]named, len(refs))
	for i, r := range refs {
		if text == fmt.Sprint(s.lineOf(r)) || text == r.String() {
			return r, nil
		}
		things[i] = named{[]string{c.Short(r), c.BranchTitle(r)}, c.BranchTitle(r)}
	}
	i, err := meant(text, things)
	if err != nil {
		return model.Ref{}, err
	}
	return refs[i], nil
}

// tick draws a branch into a join. Without one, it reads out what could be ticked.
func (s *Session) tick(text string) error {
	return s.toggle(text, "tick", model.Campaign.Tick)
}

// untick gives a branch its open end back.
func (s *Session) untick(text string) error {
	return s.toggle(text, "untick", model.Campaign.Untick)
}

func (s *Session) toggle(text, verb string, edit func(model.Campaign, string, model.Ref) (model.Campaign, error)) error {
	if text == "" {
		return s.listOptions("")
	}
	r, join, err := s.branchAndJoin(text)
	if err != nil {
		return err
	}
	c, err := edit(s.campaign(), join.ID, r)
	if err := s.done(verb+" "+s.campaign().BranchTitle(r), c, err); err != nil {
		return err
	}
	return s.listOptions(join.ID)
}

// listOptions reads out the merging options of a join.
func (s *Session) listOptions(text string) error {
	join, err := s.join(text)
	if err == nil {
		s.merging(join)
	}
	return err
}

// primary chooses the primary set of a join. Without a branch, it reads out what could be chosen.
func (s *Session) primary(text string) error {
	if text == "" {
		return s.listOptions("")
	}
	r, join, err := s.branchAndJoin(text)
	if err != nil {
		return err
	}
	c, err := s.campaign().SetPrimary(join.ID, r)
	if err := s.done("choose "+s.campaign().BranchTitle(r)+" as primary set", c, err); err != nil {
		return err
	}
	join, _ = s.campaign().Activity(join.ID)
	s.say("%s", narrate.Leaves(s.campaign(), join, s.counts))
	return nil
}
