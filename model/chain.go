package model

import (
	"errors"
	"fmt"
	"slices"
)

// A chain is activities that people enter at one place and leave at one place at most, so that they can stand elsewhere as
// one.
type chain struct {
	members map[string]bool
	entry   Activity
	in      Ref      // leads to the entry; none at the start of a flow
	out     Ref      // the way on: the one that is followed, or an open end; none where there is neither
	next    Activity // what follows out; its kind is nil at an open end
}

// chain reads activities as a chain, or says why they are none, as a clause.
func (c Campaign) chain(ids []string) (chain, error) {
	members, err := c.choose(ids)
	if err != nil {
		return chain{}, err
	}
	if len(members) == 0 {
		return chain{}, errors.New("nothing is selected")
	}
	k := chain{members: members}
	var entries []Activity
	for _, a := range c.Activities {
		if !members[a.ID] {
			continue
		}
		outside := slices.DeleteFunc(slices.Clone(a.From), func(r Ref) bool { return members[r.Activity] })
		begins := len(outside) == len(a.From)
		if len(outside) > 1 || len(outside) > 0 && !begins {
			return k, fmt.Errorf("%s also waits for %s: untick that first", a.Label(), c.BranchTitle(outside[len(outside)-1]))
		}
		if begins {
			entries = append(entries, a)
		}
	}
	if len(entries) > 1 {
		return k, fmt.Errorf("%s and %s don’t follow each other: select one branch", entries[0].Label(), entries[1].Label())
	}
	k.entry = entries[0]
	if len(k.entry.From) == 1 {
		k.in = k.entry.From[0]
	}
	return k, c.leave(&k)
}

// leave finds the way out of a chain.
func (c Campaign) leave(k *chain) error {
	for _, a := range c.Activities {
		for _, r := range a.From {
			switch {
			case !k.members[r.Activity] || k.members[a.ID]:
			case k.next.Kind != nil:
				return fmt.Errorf("it leads to %s and to %s: select what follows too, up to where one way leads on", k.next.Label(), a.Label())
			default:
				k.out, k.next = r, a
			}
		}
	}
	if k.next.Kind == nil {
		k.out, _ = c.openEnd(k.entry.ID)
	}
	return nil
}

// openEnd returns where a flow that begins at an activity goes on: the first open output of the last activity that has
// one.
func (c Campaign) openEnd(entry string) (Ref, bool) {
	g := c.Graph()
	behind, order := g.After(entry), g.Order()
	for _, i := range slices.Backward(order) {
		if !behind[i] {
			continue
		}
		for _, r := range c.Activities[i].Refs() {
			if _, followed := g.Follower(r); !followed {
				return r, true
			}
		}
	}
	return Ref{}, false
}

// title names a chain, or what is none, at the beginning of a message.
func (k chain) title() string {
	switch {
	case k.entry.Kind == nil:
		return "this"
	case len(k.members) == 1:
		return k.entry.Label()
	}
	return fmt.Sprintf("the %d activities", len(k.members))
}

// CanMove says why activities can't be moved to a transition, as a clause, or nil.
func (c Campaign) CanMove(ids []string, to Ref) error {
	_, err := c.movable(ids, to)
	return err
}

func (c Campaign) movable(ids []string, to Ref) (chain, error) {
	k, err := c.chain(ids)
	if err != nil {
		return k, err
	}
	_, known := c.Output(to)
	follower, followed := c.Follower(to)
	switch {
	case !known:
		return k, noTransition(to)
	case k.members[to.Activity]:
		return k, errors.New("it would follow itself")
	case to == k.in:
		return k, errors.New("it stands there already")
	case k.entry.Kind.MaxIn == 0:
		return k, fmt.Errorf("nothing can lead to %s", k.entry.Kind.article())
	case followed && k.out == Ref{}:
		return k, fmt.Errorf("%s follows, and nothing can follow what is moved", follower.Label())
	}
	return k, nil
}

// Move takes activities that people enter at one place and leave at one place out of their branch, which closes up, and
// puts them behind an output: between it and what follows it, or at its open end. What is moved may be one activity. In
// the file, everything stays where it stands.
//
// A join moves with the branches that are moved with it. One that other branches lead to as well holds those together,
// so it can't be moved.
func (c Campaign) Move(ids []string, to Ref) (Campaign, error) {
	k, err := c.movable(ids, to)
	if err != nil {
		return c, fmt.Errorf("%s can’t be moved here: %w", k.title(), err)
	}
	moves := map[Ref]Ref{}
	if _, followed := c.Follower(to); followed {
		moves[to] = k.out
	}
	if k.next.Kind != nil {
		moves[k.out] = k.in
	}
	if k.in != (Ref{}) {
		moves[k.in] = to
		return c.reroute(moves), nil
	}
	return c.reroute(moves).follow(c.Index(k.entry.ID), []Ref{to}), nil
}
