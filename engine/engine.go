// Package engine runs campaigns. It drives the flow machine with a clock, has populations computed and messages
// delivered, and keeps the record of events (SPEC section 6).
//
// What a run means is decided in package flow; what is here carries commands out and feeds the outcomes back.
package engine

import (
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"rendezvous/engine/flow"
	"rendezvous/engine/population"
	"rendezvous/model"
)

// Options say how a test run behaves.
type Options struct {
	Seed  int64
	Start time.Time
	// Confirm lets held messages go at once, for runs that nobody watches.
	Confirm bool
}

// DefaultStart is when a test run begins if neither the campaign nor the caller says so: a fixed instant, so that two
// runs of one campaign are the same run.
var DefaultStart = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// Defaults returns the options that a campaign's simulate section asks for.
func Defaults(c model.Campaign) Options {
	simulate := c.Settings.Group("simulate")
	o := Options{Seed: int64(simulate.Int("seed")), Start: DefaultStart}
	if start, err := model.ParseInstant(simulate.Text("start"), time.UTC); err == nil {
		o.Start = start
	}
	return o
}

// A Run is a test run of a campaign on a virtual clock: everything is computed on the real data, deliveries are
// simulated, waiting costs no time. It is not safe for concurrent use.
type Run struct {
	Options  Options
	Campaign model.Campaign
	plan     *flow.Plan
	data     *population.Dataset
	store    *population.Store
	machine  *flow.Machine
	events   []flow.Event
	ends     []int          // length of the record after each step
	handed   int            // events that the caller knows
	todo     []flow.Command // what is asked for and not yet scheduled
	due      outcomes
}

// NewRun prepares a run. It refuses a campaign that can't keep its promises; see [flow.Compile].
func NewRun(ctx context.Context, c model.Campaign, d *population.Dataset, o Options) (*Run, error) {
	plan, err := flow.Compile(c)
	if err != nil {
		return nil, fmt.Errorf("the run can’t start: %w", err)
	}
	store, err := population.NewStore(ctx, c, d, o.Seed)
	if err != nil {
		return nil, err
	}
	return &Run{Options: o, Campaign: c, plan: plan, data: d, store: store, machine: flow.New(plan)}, nil
}

// Close gives back what the run holds. Its populations are gone then.
func (r *Run) Close() error { return r.store.Close() }

// Plan returns what the run carries out.
func (r *Run) Plan() *flow.Plan { return r.plan }

// Events returns the record so far. The caller must not change it.
func (r *Run) Events() []flow.Event { return slices.Clip(r.events) }

// State returns where the run stands.
func (r *Run) State() *flow.State { return r.machine.State }

// Population returns the people on an activated transition.
func (r *Run) Population(ctx context.Context, ref model.Ref) (*population.Rows, error) {
	return r.store.Rows(ctx, ref)
}

// Next lets the run go on until something happens, and returns the events. It returns none when nothing can happen any
// more: the run is over, or paused. The error is one of the context; what goes wrong in an activity is on the record.
// After an error the run can go on with another context: nothing is lost.
func (r *Run) Next(ctx context.Context) ([]flow.Event, error) {
	if len(r.events) == 0 {
		return r.step(ctx, r.Options.Start, flow.Start{Seed: r.Options.Seed, Data: r.data.Name, Mode: "test"})
	}
	if events, err := r.hand(ctx); len(events) > 0 || err != nil {
		return events, err
	}
	if events, err := r.unattended(ctx); len(events) > 0 || err != nil {
		return events, err
	}
	for r.due.Len() > 0 && !r.machine.Over() {
		next := heap.Pop(&r.due).(outcome)
		input, err := r.carryOut(ctx, next)
		if err != nil {
			return nil, err
		}
		if events, err := r.step(ctx, next.at, input); len(events) > 0 || err != nil {
			return events, err
		}
	}
	return nil, nil
}

// unattended does what a person would have to do, where the options say so.
func (r *Run) unattended(ctx context.Context) ([]flow.Event, error) {
	if !r.Options.Confirm {
		return nil, nil
	}
	for _, a := range r.Campaign.Activities {
		if !a.Settings.Bool("confirm") {
			continue
		}
		if events, err := r.Do(ctx, flow.Confirm{Activity: a.ID}); len(events) > 0 || err != nil {
			return events, err
		}
	}
	return nil, nil
}

// Do takes what a person wants of the run (confirm, pause, resume, stop, abandon) at the instant of its last event.
func (r *Run) Do(ctx context.Context, in flow.Input) ([]flow.Event, error) {
	return r.step(ctx, r.machine.At, in)
}

// Finish lets the run go on until nothing can happen any more. A run that waits for someone is abandoned.
func (r *Run) Finish(ctx context.Context) error {
	for !r.machine.Over() {
		events, err := r.Next(ctx)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			if _, err := r.Do(ctx, flow.Abandon{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rewind makes the run forget everything behind its first n events. It stands there as it stood then: what was being
// done is done again, and leads to the same. What happens in one instant because of one thing is not divided: the events
// that belong to the last one kept stay on the record, and the next call returns them again.
func (r *Run) Rewind(ctx context.Context, n int) error {
	steps, end := 0, 0
	for steps < len(r.ends) && end < n {
		end = r.ends[steps]
		steps++
	}
	r.ends = slices.Clone(r.ends[:steps])
	r.events = slices.Clone(r.events[:end])
	r.handed = min(n, end)
	r.due = nil
	r.machine, r.todo = flow.Continue(r.plan, r.events)
	return r.schedule(ctx)
}

func (r *Run) step(ctx context.Context, at time.Time, in flow.Input) ([]flow.Event, error) {
	events, commands := r.machine.Step(at, in)
	if len(events) > 0 {
		r.events = append(r.events, events...)
		r.ends = append(r.ends, len(r.events))
	}
	r.todo = append(r.todo, commands...)
	return r.hand(ctx)
}

// hand returns the events that the caller does not know, once everything that follows from them is on its way.
func (r *Run) hand(ctx context.Context) ([]flow.Event, error) {
	if err := r.schedule(ctx); err != nil {
		return nil, err
	}
	events := slices.Clip(r.events[r.handed:])
	r.handed = len(r.events)
	return events, nil
}

// An outcome is what a command will have led to at an instant.
type outcome struct {
	at       time.Time
	order    int // of the activity in the campaign, which settles what is first at one instant
	command  flow.Command
	delivery flow.Delivery
	err      error
}

// outcomes is a heap by instant.
type outcomes []outcome

func (o outcomes) Len() int { return len(o) }
func (o outcomes) Less(i, j int) bool {
	if !o[i].at.Equal(o[j].at) {
		return o[i].at.Before(o[j].at)
	}
	return o[i].order < o[j].order
}
func (o outcomes) Swap(i, j int) { o[i], o[j] = o[j], o[i] }

// Push and Pop are for package heap.
func (o *outcomes) Push(x any) { *o = append(*o, x.(outcome)) }

// Pop takes the last outcome off the slice.
func (o *outcomes) Pop() any {
	last := (*o)[len(*o)-1]
	*o = (*o)[:len(*o)-1]
	return last
}

// schedule finds out when each command is done. Populations are computed in no virtual time; messages leave at their
// rate, so a delivery is over when the last one has left.
func (r *Run) schedule(ctx context.Context) error {
	for len(r.todo) > 0 {
		c := r.todo[0]
		o := outcome{at: c.Started, order: r.Campaign.Index(c.Activity), command: c}
		switch c.Role {
		case model.Delay:
			o.at = c.Due
		case model.Deliver:
			o.delivery, o.err = r.store.Deliver(ctx, c.Activity, c.Started)
			a, _ := r.Campaign.Activity(c.Activity)
			o.at = c.Started.Add(duration(o.delivery.Sent, population.Rate(r.Campaign, a)))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		heap.Push(&r.due, o)
		r.todo = r.todo[1:]
	}
	return nil
}

// duration is how long messages take at a rate per second, in whole seconds. A rate such as 11 a minute is no exact
// number of messages a second, and what the division is off by must not cost a second more.
func duration(messages int, rate float64) time.Duration {
	return time.Duration(math.Ceil(float64(messages)/rate-1e-6)) * time.Second
}

// carryOut turns an outcome into what the machine is told.
func (r *Run) carryOut(ctx context.Context, o outcome) (flow.Input, error) {
	id := o.command.Activity
	switch {
	case o.err != nil:
		return flow.Failure{Activity: id, Error: o.err.Error()}, nil
	case o.command.Role == model.Delay:
		return flow.Woke{Activity: id}, nil
	case o.command.Role == model.Deliver:
		return flow.Sent{Activity: id, Delivery: o.delivery}, nil
	}
	counts, err := r.store.Compute(ctx, id, o.at)
	if ctx.Err() != nil {
		heap.Push(&r.due, o)
		return nil, ctx.Err()
	}
	if err != nil {
		return flow.Failure{Activity: id, Error: err.Error()}, nil
	}
	return flow.Computed{Activity: id, Counts: counts}, nil
}
