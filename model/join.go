package model

import (
	"fmt"
	"slices"
)

// Primary returns the transition whose people leave a join. It reports false when none is chosen, or when what is chosen
// does not name an output.
func (c Campaign) Primary(join Activity) (Ref, bool) {
	text := join.Settings.Text("primary")
	if text == "" {
		return Ref{}, false
	}
	r, ok := c.Resolve(text)
	if ok {
		return r, true
	}
	// An activity with several outputs may be named alone as long as only one of them is ticked.
	var ticked []Ref
	for _, from := range join.From {
		if from.Activity == text {
			ticked = append(ticked, from)
		}
	}
	if len(ticked) == 1 {
		return ticked[0], true
	}
	return r, false
}

// PrimaryProblem says what is wrong with the primary set of a join, as a clause, or "".
func (c Campaign) PrimaryProblem(join Activity) string {
	text := join.Settings.Text("primary")
	primary, ok := c.Primary(join)
	switch {
	case text == "":
		return "no primary set is chosen"
	case !ok:
		return fmt.Sprintf("the primary set “%s” does not exist", text)
	case !slices.Contains(join.From, primary):
		return fmt.Sprintf("the primary set %s is not ticked", c.BranchTitle(primary))
	}
	return ""
}

// BranchTitle names a transition by the activity that it leaves, and by its label where that activity has several.
func (c Campaign) BranchTitle(r Ref) string {
	a, ok := c.Activity(r.Activity)
	if !ok {
		return r.String()
	}
	o, ok := a.Output(r.Output)
	if ok && len(a.Outputs()) > 1 {
		return a.Label() + " → " + o.Label
	}
	return a.Label()
}

// A Candidate is a line of a join's merging options: a transition that is ticked, or that could be (SPEC section 5).
type Candidate struct {
	Ref    Ref
	Label  string // of the activity
	Output string // label of the transition
	Ticked bool
	// Reason says why the candidate can't be ticked or unticked, as a clause; empty when it can.
	Reason string
}

// Candidates returns the merging options of a join in the order of the file: what is ticked, and every open end. Open
// ends behind the join are among them, with the reason why they can't be ticked.
func (c Campaign) Candidates(join string) []Candidate {
	j, ok := c.Activity(join)
	if !ok {
		return nil
	}
	g := c.Graph()
	behind := g.After(join)
	var candidates []Candidate
	for i, a := range c.Activities {
		for _, o := range a.Outputs() {
			r := Ref{a.ID, o.ID}
			_, followed := g.Follower(r)
			ticked := slices.Contains(j.From, r)
			if a.ID == join || followed && !ticked {
				continue
			}
			candidate := Candidate{Ref: r, Label: a.Label(), Output: o.Label, Ticked: ticked}
			switch {
			case ticked && len(j.From) == 1:
				candidate.Reason = "the only branch"
			case behind[i]:
				candidate.Reason = "would make a cycle"
			}
			candidates = append(candidates, candidate)
		}
	}
	return candidates
}

// Tick draws a branch into a join. The first branch of a join for which no primary set was ever chosen becomes it, as that
// of a new join does.
func (c Campaign) Tick(join string, r Ref) (Campaign, error) {
	return c.toggle(join, r, true)
}

// Untick gives a branch of a join its open end back. A primary set that is unticked stays chosen, and is invalid.
func (c Campaign) Untick(join string, r Ref) (Campaign, error) {
	return c.toggle(join, r, false)
}

func (c Campaign) toggle(join string, r Ref, tick bool) (Campaign, error) {
	i := c.Index(join)
	if i < 0 || c.Activities[i].Kind.Role != Join {
		return c, fmt.Errorf("there is no AND-join “%s”", join)
	}
	candidates := c.Candidates(join)
	at := slices.IndexFunc(candidates, func(k Candidate) bool { return k.Ref == r })
	switch {
	case at < 0:
		return c, fmt.Errorf("%s can’t be ticked: it leads elsewhere", c.BranchTitle(r))
	case candidates[at].Ticked == tick:
		return c, nil
	case candidates[at].Reason != "":
		return c, fmt.Errorf("%s can’t be %s: %s", c.BranchTitle(r), map[bool]string{true: "ticked", false: "unticked"}[tick], candidates[at].Reason)
	}
	if !tick {
		return c.unfollow(r), nil
	}
	return c.follow(i, append(slices.Clone(c.Activities[i].From), r)), nil
}

// SetPrimary chooses the primary set of a join among its ticked branches.
func (c Campaign) SetPrimary(join string, r Ref) (Campaign, error) {
	j, ok := c.Activity(join)
	if !ok {
		return c, noActivity(join)
	}
	if !slices.Contains(j.From, r) {
		return c, fmt.Errorf("%s can’t be the primary set: it is not ticked", c.BranchTitle(r))
	}
	return c.Set(join, c.Short(r), "primary")
}
