// Package flow is the state machine of a run: the one place where joins, closing, errors and pauses have their meaning
// (SPEC sections 5 and 6).
//
// A [Plan] is a campaign made ready to run. A [Machine] takes what happened outside (a population was computed, messages
// were sent, a wait is over) and answers with the events that follow and the commands to carry out next. The events are
// the record of the run; a [State] is the fold of them, and nothing else: [Replay] over any prefix gives the state the
// machine was in.
//
// A transition is open, activated or closed. It is closed when it can no longer be activated, and closing one closes
// everything that depends on it in the same instant: dead-path elimination, as workflow engines call it. That is how a
// join knows at once that it will never fire.
//
// The package is pure: no clock, no chance, no goroutine, no input or output. The same inputs give the same events.
package flow

import (
	"errors"
	"fmt"
	"time"

	"rendezvous/model"
	"rendezvous/model/rule"
	"rendezvous/model/schema"
)

// A Plan is a campaign whose activities and transitions have become indexes. It is never changed.
type Plan struct {
	Campaign model.Campaign
	nodes    []node
	edges    []edge
	index    map[string]int
	edgeOf   map[model.Ref]int
}

// A node is an activity.
type node struct {
	id       string
	role     model.Role
	in, out  []int // edges
	primary  int   // of a join: the edge whose people leave; -1
	lenient  bool  // of a join: when-missing is continue
	disabled bool
	confirm  bool
	onError  string
	choose   []rule.Rule // of a test: the conditions, in the order of the outputs but the default
	ends     wait
}

// A wait is when a Delay ends.
type wait struct {
	length time.Duration
	until  string
}

// An edge is a transition.
type edge struct {
	from, to  int // nodes; to is -1 at an open end
	ref       model.Ref
	name      string // as a branch of a join
	variables model.Settings
}

// Compile makes a campaign ready to run. It refuses one that could not keep its promises: a join without a valid primary
// set, an activity with nothing before it that needs something, a condition that can't be evaluated.
func Compile(c model.Campaign) (*Plan, error) {
	p := &Plan{Campaign: c, index: map[string]int{}, edgeOf: map[model.Ref]int{}}
	for i, a := range c.Activities {
		p.index[a.ID] = i
		for _, o := range a.Outputs() {
			ref := model.Ref{Activity: a.ID, Output: o.ID}
			p.edgeOf[ref] = len(p.edges)
			p.edges = append(p.edges, edge{from: i, to: -1, ref: ref, name: c.Short(ref), variables: o.Variables})
		}
	}
	var errs []error
	for _, a := range c.Activities {
		n, err := p.node(a)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", a.Label(), err))
		}
		p.nodes = append(p.nodes, n)
	}
	return p, errors.Join(errs...)
}

func (p *Plan) node(a model.Activity) (node, error) {
	i := p.index[a.ID]
	n := node{id: a.ID, role: a.Kind.Role, primary: -1, disabled: a.Disabled(), confirm: a.Settings.Bool("confirm")}
	for _, r := range a.Refs() {
		n.out = append(n.out, p.edgeOf[r])
	}
	for _, r := range a.From {
		e, ok := p.edgeOf[r]
		if !ok {
			return n, fmt.Errorf("there is no output %s", r)
		}
		p.edges[e].to = i
		n.in = append(n.in, e)
	}
	if len(n.in) < a.Kind.MinIn {
		return n, errors.New("nothing leads to it")
	}
	n.onError = policy(p.Campaign, a)
	return n, p.describe(&n, a)
}

// policy is what happens when an activity fails.
func policy(c model.Campaign, a model.Activity) string {
	for _, s := range []model.Settings{a.Settings, c.Settings} {
		if v := s.Text("on-error"); v != "" && v != "inherit" {
			return v
		}
	}
	return "suspend"
}

// describe fills in what only some roles have.
func (p *Plan) describe(n *node, a model.Activity) error {
	switch n.role {
	case model.Join:
		n.lenient = a.Settings.Text("when-missing") == "continue"
		if problem := p.Campaign.PrimaryProblem(a); problem != "" {
			return errors.New(problem)
		}
		primary, _ := p.Campaign.Primary(a)
		n.primary = p.edgeOf[primary]
	case model.Delay:
		n.ends.until = a.Settings.Text("until")
		n.ends.length, _ = model.ParseDuration(a.Settings.Text("for"))
	case model.Choose:
		table := p.Campaign.VariablesTable()
		for _, c := range a.Settings.Records("conditions") {
			r, err := rule.Parse(c.Text("when"), schema.Schema{Tables: []schema.Table{table}}, table.Name)
			if err != nil {
				return fmt.Errorf("condition %s: %w", c.Text("id"), err)
			}
			n.choose = append(n.choose, r)
		}
	}
	return nil
}

// values is the row that conditions are evaluated on.
type values struct {
	count     int
	variables model.Settings
}

// Value returns the value of a variable; count is the inbound population.
func (v values) Value(name string) any {
	if name == "count" {
		return int64(v.count)
	}
	if n, ok := v.variables[name].(int); ok {
		return int64(n)
	}
	return v.variables[name]
}

// Linked returns nothing: variables have no links.
func (v values) Linked(string) []rule.Row { return nil }
