package model

import (
	"errors"
	"fmt"
	"slices"
)

// CanConnect says why an open end can't lead to an activity, as a clause, or nil.
func (c Campaign) CanConnect(open Ref, to string) error {
	a, exists := c.Activity(to)
	_, known := c.Output(open)
	follower, followed := c.Follower(open)
	switch {
	case !known:
		return noTransition(open)
	case !exists:
		return noActivity(to)
	case followed && follower.ID == to:
		return errors.New("it leads there already")
	case followed:
		return fmt.Errorf("it leads to %s: disconnect it first, or insert a fork", follower.Label())
	case a.Kind.MaxIn == 0:
		return fmt.Errorf("nothing can lead to %s", a.Kind.article())
	case c.leadsTo(to, open.Activity):
		return errors.New("would make a cycle")
	case a.Kind.MaxIn > 0 && len(a.From) >= a.Kind.MaxIn:
		return fmt.Errorf("%s follows %s: disconnect it first, or insert an AND-join", a.Label(), c.BranchTitle(a.From[0]))
	}
	return nil
}

// Connect leads an open end to an activity: to a join it is one more branch, to another activity the one that it
// follows.
func (c Campaign) Connect(open Ref, to string) (Campaign, error) {
	if err := c.CanConnect(open, to); err != nil {
		return c, fmt.Errorf("%s can’t be connected: %w", c.BranchTitle(open), err)
	}
	i := c.Index(to)
	if c.Activities[i].Kind.Role == Join {
		return c.Tick(to, open)
	}
	return c.follow(i, append(slices.Clone(c.Activities[i].From), open)), nil
}

// Disconnect makes what followed an output follow nothing; a join loses the branch.
func (c Campaign) Disconnect(r Ref) (Campaign, error) {
	follower, ok := c.Follower(r)
	switch {
	case !ok:
		return c, fmt.Errorf("%s can’t be disconnected: nothing follows it", c.BranchTitle(r))
	case follower.Kind.Role == Join && len(follower.From) == 1:
		return c, fmt.Errorf("%s can’t be disconnected: it is the only branch of %s; delete that instead", c.BranchTitle(r), follower.Label())
	}
	return c.unfollow(r), nil
}

// follow returns the campaign with what leads to one activity replaced. The first branch of a join for which no primary
// set was ever chosen becomes it.
func (c Campaign) follow(i int, from []Ref) Campaign {
	before := c
	c = c.clone()
	a := c.Activities[i]
	if a.Kind.Role == Join && len(a.From) == 0 && len(from) == 1 && a.Settings.Text("primary") == "" {
		a = a.with("primary", c.Short(from[0]))
	}
	a.From = from
	c.Activities[i] = a
	return c.keepPrimaries(before)
}

// unfollow gives an output its open end back.
func (c Campaign) unfollow(r Ref) Campaign {
	follower, ok := c.Follower(r)
	if !ok {
		return c
	}
	from := slices.DeleteFunc(slices.Clone(follower.From), func(f Ref) bool { return f == r })
	return c.follow(c.Index(follower.ID), from)
}

// reroute makes what follows some outputs follow others, all at once, or nothing where a move names no output. A primary
// set moves along if it was ticked; any other stays the transition that it was, however its text must name it now.
func (c Campaign) reroute(moves map[Ref]Ref) Campaign {
	before := c
	c = c.clone()
	for i, a := range c.Activities {
		var from []Ref
		for _, r := range a.From {
			if to, moved := moves[r]; moved {
				r = to
			}
			if r != (Ref{}) {
				from = append(from, r)
			}
		}
		c.Activities[i].From = from
	}
	for i, a := range before.Activities {
		primary, chosen := before.Primary(a)
		if to := moves[primary]; to != (Ref{}) && slices.Contains(a.From, primary) {
			primary = to
		}
		if is, _ := c.Primary(c.Activities[i]); chosen && is != primary {
			c.Activities[i] = c.Activities[i].with("primary", c.Short(primary))
		}
	}
	return c
}

// leadsTo reports whether an activity is another one, or comes somewhere before it.
func (c Campaign) leadsTo(id, other string) bool {
	g := c.Graph()
	i, ok := g.Index(other)
	return ok && g.After(id)[i]
}

func noTransition(r Ref) error { return fmt.Errorf("there is no transition “%s”", r) }
