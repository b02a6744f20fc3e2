package narrate

import (
	"slices"

	"rendezvous/engine/flow"
	"rendezvous/model"
)

// BlockedJoin returns the first join of a run that can't fire any more.
func BlockedJoin(c model.Campaign, s *flow.State) (string, bool) {
	for _, a := range c.Activities {
		if s.Activity(a.ID).Phase == flow.Blocked {
			return a.ID, true
		}
	}
	return "", false
}

// Held returns the activities of a run whose messages wait to be confirmed.
func Held(c model.Campaign, s *flow.State) []string {
	var ids []string
	for _, a := range c.Activities {
		if a.Settings.Bool("confirm") && s.Activity(a.ID).Phase == flow.Waiting {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// Cause returns the branch that a blocked join misses, and the output that was closed first.
func Cause(c model.Campaign, s *flow.State, join string) (missing, cause model.Ref) {
	_, closed := s.Missing(join)
	if len(closed) == 0 {
		return missing, cause
	}
	missing = closed[0]
	cause = missing
	for {
		a, ok := c.Activity(cause.Activity)
		reason := s.Transition(cause).Reason
		if !ok || reason != flow.ReasonInbound && reason != flow.ReasonBlocked {
			return missing, cause
		}
		next := slices.IndexFunc(a.From, func(r model.Ref) bool { return s.Transition(r).Passage == flow.Closed })
		if next < 0 {
			return missing, cause
		}
		cause = a.From[next]
	}
}

// A Link is one step of a chain of causes.
type Link struct{ Activity, Title, Reason string }

// Chain leads from what keeps a join from firing to the join, in the order of the flow.
func Chain(c model.Campaign, s *flow.State, join string) []Link {
	missing, cause := Cause(c, s, join)
	ids := s.Because(missing)
	slices.Reverse(ids)
	var links []Link
	for i, id := range ids {
		a, _ := c.Activity(id)
		l := Link{Activity: id, Title: a.Label(), Reason: "its only inbound was skipped"}
		if i == 0 {
			o, _ := a.Output(cause.Output)
			l.Title = c.BranchTitle(model.Ref{Activity: id, Output: cause.Output})
			l.Reason = closing(o.Label, s.Transition(cause).Reason, len(a.Outputs()) > 1)
		} else if s.Activity(id).Phase == flow.Blocked {
			l.Reason = "is blocked itself"
		}
		links = append(links, l)
	}
	a, _ := c.Activity(join)
	reason := "when a branch can’t arrive: block"
	if a.Settings.Text("when-missing") == "continue" {
		reason = "it can’t do without its primary set"
	}
	return append(links, Link{join, a.Label(), reason})
}

// closing says why an output was closed of its activity's own accord.
func closing(output, reason string, several bool) string {
	switch reason {
	case flow.ReasonEmpty:
		if several {
			return "empty, and “skip empty” is on"
		}
		return "nobody fits, so nothing leaves"
	case flow.ReasonNotChosen:
		return "another way than " + output + " was taken"
	case flow.ReasonDisabled:
		return "it is disabled"
	case flow.ReasonErrorIgnored:
		return "it failed, and that is ignored"
	}
	return "it was skipped"
}
