package flow

import (
	"bytes"
	"encoding/json"
	"time"
)

// A Name says what an event records.
type Name string

// The events of the public record (SPEC section 6).
const (
	RunStarted          Name = "run-started"
	ActivityStarted     Name = "activity-started"
	TransitionActivated Name = "transition-activated"
	TransitionSkipped   Name = "transition-skipped"
	JoinArrived         Name = "join-arrived"
	JoinFired           Name = "join-fired"
	JoinBlocked         Name = "join-blocked"
	Delivered           Name = "delivery"
	ActivityFinished    Name = "activity-finished"
	ActivityFailed      Name = "activity-failed"
	RunPaused           Name = "run-paused"
	RunResumed          Name = "run-resumed"
	RunFinished         Name = "run-finished"
)

// An Event is one entry of a run's record. Which of the fields it carries depends on its name; the others are zero.
type Event struct {
	Seq      int       // from 1
	At       time.Time // virtual in a test run
	Name     Name
	Activity string

	Output string // of the activity
	To     string // the activity that the transition leads to; empty when it is open
	Count  int    // people

	From            string   // the branch that arrived at a join
	Arrived, Needed int      // branches of a join
	Missing         []string // branches that have not arrived, or can't
	Because         []string // activities from the missing branch back to the cause, nearest first
	Primary         string   // the branch whose people leave a join
	Conflicts       []string // variables on which the branches of a join differ; the primary's values win

	Delivery Delivery

	Reason string // why a transition is skipped, a join blocked, a run paused: one of the reasons below
	Error  string // what failed

	Campaign, Data, Mode string
	Seed                 int64
	Status               Status
}

// A Delivery is what became of the messages of a channel activity.
type Delivery struct {
	Targeted, Sent int
	Dropped        map[string]int // people by reason
}

// Reasons of skipped transitions, blocked joins and paused runs.
const (
	ReasonEmpty        = "empty"         // nobody is in the population, and it may not travel empty
	ReasonNotChosen    = "not-chosen"    // a test took another way
	ReasonDisabled     = "disabled"      // the activity is switched off
	ReasonInbound      = "inbound"       // what leads to the activity is skipped
	ReasonBlocked      = "blocked"       // the activity is a blocked join
	ReasonErrorIgnored = "error-ignored" // the activity failed, and is told to ignore it

	ReasonMissingBranch  = "missing-branch"  // a ticked branch can't arrive
	ReasonMissingPrimary = "missing-primary" // the primary set can't arrive

	ReasonError   = "error"   // an activity failed
	ReasonConfirm = "confirm" // nothing but held messages is left
	ReasonUser    = "user"    // someone asked for it
)

// record names the fields that each event carries in the public record, in their order.
var record = map[Name][]string{
	RunStarted:          {"campaign", "seed", "data", "mode"},
	ActivityStarted:     {"activity"},
	TransitionActivated: {"activity", "output", "count", "to"},
	TransitionSkipped:   {"activity", "output", "reason"},
	JoinArrived:         {"activity", "from", "arrived", "needed", "missing"},
	JoinFired:           {"activity", "primary", "count", "conflicts"},
	JoinBlocked:         {"activity", "missing", "reason", "because"},
	Delivered:           {"activity", "targeted", "sent", "dropped"},
	ActivityFinished:    {"activity"},
	ActivityFailed:      {"activity", "error"},
	RunPaused:           {"reason"},
	RunResumed:          {"reason"},
	RunFinished:         {"status"},
}

// field returns the value of a field of the record, and whether it is left out.
func (e Event) field(key string) (v any, absent bool) {
	switch key {
	case "activity":
		return e.Activity, false
	case "output":
		return e.Output, false
	case "to":
		return e.To, e.To == ""
	case "count":
		return e.Count, false
	case "from":
		return e.From, false
	case "arrived":
		return e.Arrived, false
	case "needed":
		return e.Needed, false
	case "missing":
		return list(e.Missing), false
	case "because":
		return list(e.Because), false
	case "primary":
		return e.Primary, false
	case "conflicts":
		return e.Conflicts, len(e.Conflicts) == 0
	case "targeted":
		return e.Delivery.Targeted, false
	case "sent":
		return e.Delivery.Sent, false
	case "dropped":
		if e.Delivery.Dropped == nil {
			return map[string]int{}, false
		}
		return e.Delivery.Dropped, false
	case "reason":
		return e.Reason, false
	case "error":
		return e.Error, false
	case "campaign":
		return e.Campaign, false
	case "seed":
		return e.Seed, false
	case "data":
		return e.Data, false
	case "mode":
		return e.Mode, false
	}
	return e.Status, false
}

// list makes JSON of an empty list [] and not null.
func list(ids []string) []string {
	if ids == nil {
		return []string{}
	}
	return ids
}

// MarshalJSON writes the event as the public record has it: seq, at, event, and the fields of its name.
func (e Event) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	write := func(lead, key string, v any) error {
		out.WriteString(lead + `"` + key + `":`)
		err := encoder.Encode(v)
		out.Truncate(out.Len() - 1) // the encoder ends each value with a line break
		return err
	}
	err := write("{", "seq", e.Seq)
	if err == nil {
		err = write(",", "at", e.At.Format(time.RFC3339Nano))
	}
	if err == nil {
		err = write(",", "event", e.Name)
	}
	for _, key := range record[e.Name] {
		if v, absent := e.field(key); !absent && err == nil {
			err = write(",", key, v)
		}
	}
	out.WriteByte('}')
	return out.Bytes(), err
}
