package model

import "slices"

// A Graph is the shape of a campaign, by index into its activities.
type Graph struct {
	campaign  Campaign
	index     map[string]int
	followers map[Ref]int
}

// Graph returns the shape of the campaign.
func (c Campaign) Graph() *Graph {
	g := &Graph{campaign: c, index: make(map[string]int, len(c.Activities)), followers: make(map[Ref]int, len(c.Activities))}
	for i, a := range c.Activities {
		g.index[a.ID] = i
		for _, r := range a.From {
			g.followers[r] = i
		}
	}
	return g
}

// Index returns the position of an activity.
func (g *Graph) Index(id string) (int, bool) { i, ok := g.index[id]; return i, ok }

// Follower returns the position of the activity that an output leads to.
func (g *Graph) Follower(r Ref) (int, bool) { i, ok := g.followers[r]; return i, ok }

// Order returns the positions of all activities so that each comes after those it follows; among those that could come
// next, the order of the file decides.
func (g *Graph) Order() []int {
	var order []int
	state := make([]byte, len(g.campaign.Activities))
	var visit func(i int)
	visit = func(i int) {
		if state[i] != 0 {
			return
		}
		state[i] = 1
		for _, r := range g.campaign.Activities[i].From {
			if p, ok := g.index[r.Activity]; ok {
				visit(p)
			}
		}
		order = append(order, i)
	}
	for i := range g.campaign.Activities {
		visit(i)
	}
	return order
}

// After returns the positions of the activities that follow one, directly or not, including itself.
func (g *Graph) After(id string) map[int]bool {
	seen := map[int]bool{}
	start, ok := g.index[id]
	if !ok {
		return seen
	}
	queue := []int{start}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		if seen[i] {
			continue
		}
		seen[i] = true
		for _, r := range g.campaign.Activities[i].Refs() {
			if f, ok := g.followers[r]; ok {
				queue = append(queue, f)
			}
		}
	}
	return seen
}

// Branch returns the positions of an activity and of those that can only be reached through it, in the order of the flow.
func (g *Graph) Branch(id string) []int {
	start, ok := g.index[id]
	if !ok {
		return nil
	}
	branch, within := []int{start}, map[string]bool{id: true}
	for _, i := range g.Order() {
		a := g.campaign.Activities[i]
		outside := func(r Ref) bool { return !within[r.Activity] }
		if i != start && len(a.From) > 0 && !slices.ContainsFunc(a.From, outside) {
			branch, within[a.ID] = append(branch, i), true
		}
	}
	return branch
}

// cycle returns the ids of activities that close a circle, one for each circle found.
func (c Campaign) cycle() []string {
	g := c.Graph()
	const (
		new = iota
		open
		done
	)
	state := make([]byte, len(c.Activities))
	var closing []string
	var visit func(i int)
	visit = func(i int) {
		state[i] = open
		for _, r := range c.Activities[i].From {
			switch p, ok := g.index[r.Activity]; {
			case !ok || state[p] == done:
			case state[p] == open:
				if !slices.Contains(closing, c.Activities[i].ID) {
					closing = append(closing, c.Activities[i].ID)
				}
			default:
				visit(p)
			}
		}
		state[i] = done
	}
	for i := range c.Activities {
		if state[i] == new {
			visit(i)
		}
	}
	return closing
}
