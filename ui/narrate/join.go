package narrate

import (
	"fmt"

	"rendezvous/model"
	"rendezvous/model/check"
)

// Leaves says who leaves a join with a valid primary set, with the numbers of people on its branches where all of them
// are known.
func Leaves(c model.Campaign, join model.Activity, counts map[model.Ref]int) string {
	primary, _ := c.Primary(join)
	total, known := 0, len(join.From) > 1
	for _, r := range join.From {
		n, ok := counts[r]
		total, known = total+n, known && ok
	}
	if !known {
		return "Its people leave the join, and only they."
	}
	return fmt.Sprintf("%s of the %s people who arrive go on (%s).", Count(counts[primary]), Count(total), c.BranchTitle(primary))
}

// Verdict says whether a join of some branches will fire, without a full stop.
func Verdict(r check.JoinReport, branches int) string {
	switch r.Verdict {
	case check.MustFire:
		switch branches {
		case 1:
			return "Its branch always arrives"
		case 2:
			return "Both branches always arrive"
		}
		return "All branches always arrive"
	case check.MayNotReach:
		return "All branches arrive, unless " + r.Counterexample[0]
	case check.MayNotFire:
		return "It can be blocked: when " + r.Counterexample[0] + ", it never fires"
	}
	return "It can never fire: " + r.Reason
}
