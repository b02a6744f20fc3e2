package model

import (
	"errors"
	"fmt"
	"slices"
)

// CanWrap says why activities can't be wrapped, as a clause, or nil.
func (c Campaign) CanWrap(ids []string) error {
	_, err := c.wrappable(ids)
	return err
}

func (c Campaign) wrappable(ids []string) (chain, error) {
	k, err := c.chain(ids)
	switch {
	case err != nil:
		return k, err
	case k.entry.Kind.MaxIn == 0:
		return k, fmt.Errorf("nothing can lead to %s", k.entry.Kind.article())
	case k.out == Ref{}:
		return k, errors.New("nothing leads on from there to a join")
	}
	return k, nil
}

// Wrap puts activities that people enter at one place and leave at one place between a new fork and a new AND-join. The
// fork's second output leads straight to the join, as a branch to insert activities into. The wrapped branch is the
// join's primary set. It returns the ids of the fork and the join.
func (c Campaign) Wrap(ids []string) (wrapped Campaign, forkID, joinID string, err error) {
	k, err := c.wrappable(ids)
	if err != nil {
		return c, "", "", fmt.Errorf("%s can’t be wrapped: %w", k.title(), err)
	}
	f := Activity{ID: c.freeID(fork.Name), Kind: fork, Settings: fork.start}
	j := Activity{ID: c.freeID(andJoin.Name), Kind: andJoin, Settings: andJoin.start}
	isMember := func(a Activity) bool { return k.members[a.ID] }
	first := slices.IndexFunc(c.Activities, isMember)
	last := first
	for i, a := range c.Activities {
		if isMember(a) {
			last = i
		}
	}
	c.Activities = slices.Insert(slices.Insert(slices.Clone(c.Activities), last+1, j), first, f)

	moves := map[Ref]Ref{}
	if k.next.Kind != nil {
		moves[k.out] = j.Refs()[0]
	}
	a, b := f.Refs()[0], f.Refs()[1]
	if k.in != (Ref{}) {
		moves[k.in] = a
		c = c.reroute(moves).follow(first, []Ref{k.in})
	} else {
		c = c.reroute(moves).follow(c.Index(k.entry.ID), []Ref{a})
	}
	// A join's first branch becomes its primary set.
	return c.follow(last+2, []Ref{k.out}).follow(last+2, []Ref{k.out, b}), f.ID, j.ID, nil
}
