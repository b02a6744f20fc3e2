package model

import "slices"

// Off returns the activities that can't run because they are disabled, or because what they wait for can't run: what
// follows one that is off, a join with such a branch, and a join that goes on without missing branches once its primary
// set or every branch is off. Whether a transition stays unactivated for another reason is known only in a run.
func (c Campaign) Off() map[string]bool {
	off := map[string]bool{}
	for _, i := range c.Graph().Order() {
		a := c.Activities[i]
		if a.Disabled() || c.waitsInVain(a, off) {
			off[a.ID] = true
		}
	}
	return off
}

func (c Campaign) waitsInVain(a Activity, off map[string]bool) bool {
	missing := func(r Ref) bool { return off[r.Activity] }
	if a.Settings.Text("when-missing") != "continue" {
		return slices.ContainsFunc(a.From, missing)
	}
	primary, chosen := c.Primary(a)
	there := slices.ContainsFunc(a.From, func(r Ref) bool { return !missing(r) })
	return len(a.From) > 0 && !there || chosen && slices.Contains(a.From, primary) && missing(primary)
}
