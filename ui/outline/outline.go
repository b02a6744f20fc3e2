// Package outline tells a campaign's flow as an indented list: what a tree shows on the screen, and what a screen reader
// reads line by line. It draws nothing.
package outline

import "rendezvous/model"

// A Row is one line.
type Row struct {
	Depth    int       // how many branchings lie before it
	Activity string    // empty at an open end
	Via      model.Ref // the transition that leads here; empty where a flow begins
	Branch   string    // what that transition is called, where it is one of several
	// Again rows point at an activity that stands further up: a join that another branch leads to as well.
	Again bool
}

// Rows returns the outline of a campaign: branch by branch, each followed until it ends or meets another one.
func Rows(c model.Campaign) []Row {
	w := walker{campaign: c, graph: c.Graph(), seen: map[int]bool{}}
	for i, a := range c.Activities {
		if len(a.From) == 0 {
			w.walk(Row{Activity: a.ID}, i)
		}
	}
	return w.rows
}

type walker struct {
	campaign model.Campaign
	graph    *model.Graph
	seen     map[int]bool
	rows     []Row
}

// walk adds an activity and what follows it. A chain stays at one depth; its length is not the depth of the recursion.
func (w *walker) walk(r Row, i int) {
	for {
		if r.Again = w.seen[i]; r.Again {
			w.rows = append(w.rows, r)
			return
		}
		w.seen[i] = true
		w.rows = append(w.rows, r)
		a := w.campaign.Activities[i]
		outputs := a.Outputs()
		if len(outputs) != 1 {
			w.branches(a, r.Depth+1)
			return
		}
		r = Row{Depth: r.Depth, Via: model.Ref{Activity: a.ID, Output: outputs[0].ID}}
		next, followed := w.graph.Follower(r.Via)
		if !followed {
			w.rows = append(w.rows, r)
			return
		}
		r.Activity, i = w.campaign.Activities[next].ID, next
	}
}

func (w *walker) branches(a model.Activity, depth int) {
	for _, o := range a.Outputs() {
		r := Row{Depth: depth, Via: model.Ref{Activity: a.ID, Output: o.ID}, Branch: o.Label}
		next, followed := w.graph.Follower(r.Via)
		if !followed {
			w.rows = append(w.rows, r)
			continue
		}
		r.Activity = w.campaign.Activities[next].ID
		w.walk(r, next)
	}
}
