package model

import "slices"

// Delete takes an activity out, and the branch closes up: what followed its first output follows what it followed
// itself (a join: its primary set). What followed its other outputs follows nothing afterwards.
func (c Campaign) Delete(id string) (Campaign, error) { return c.DeleteAll([]string{id}) }

// DeleteAll takes several activities out at once, and branches close up as with Delete. The order of the ids makes no
// difference.
func (c Campaign) DeleteAll(ids []string) (Campaign, error) {
	gone, err := c.choose(ids)
	if err != nil {
		return c, err
	}
	moves := map[Ref]Ref{}
	for id := range gone {
		a, _ := c.Activity(id)
		for _, r := range a.Refs() {
			moves[r] = c.before(r, gone)
		}
	}
	c = c.reroute(moves)
	c.Activities = slices.DeleteFunc(c.Activities, func(a Activity) bool { return gone[a.ID] })
	return c, nil
}

// choose returns ids as a set; all of them must exist.
func (c Campaign) choose(ids []string) (map[string]bool, error) {
	chosen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if c.Index(id) < 0 {
			return nil, noActivity(id)
		}
		chosen[id] = true
	}
	return chosen, nil
}

// before returns the nearest output before one that stays when others are gone, going back along first outputs; none
// where the way back ends.
func (c Campaign) before(r Ref, gone map[string]bool) Ref {
	for gone[r.Activity] {
		a, _ := c.Activity(r.Activity)
		in, ok := c.mainInbound(a)
		if !ok || a.Refs()[0] != r {
			return Ref{}
		}
		r = in
	}
	return r
}

// mainInbound is the transition whose people an activity works on: its only one, or a join's primary set.
func (c Campaign) mainInbound(a Activity) (Ref, bool) {
	if len(a.From) == 0 {
		return Ref{}, false
	}
	if primary, ok := c.Primary(a); ok && slices.Contains(a.From, primary) {
		return primary, true
	}
	return a.From[0], true
}
