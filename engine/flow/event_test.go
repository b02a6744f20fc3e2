package flow

import (
	"encoding/json"
	"testing"
	"time"
)

// Each event of the table in SPEC section 6, as its line in the public record.
func TestEventJSON(t *testing.T) {
	utc := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		event Event
		want  string
	}{
		{Event{Name: RunStarted, Campaign: "Gold & “Silver” <1>", Seed: 42, Data: "demo", Mode: "test"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"run-started","campaign":"Gold & “Silver” <1>","seed":42,"data":"demo","mode":"test"}`},
		{Event{Name: RunStarted, At: utc},
			`{"seq":7,"at":"2026-01-05T08:00:00Z","event":"run-started","campaign":"","seed":0,"data":"","mode":""}`},
		{Event{Name: ActivityStarted, Activity: "a"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"activity-started","activity":"a"}`},
		{Event{Name: TransitionActivated, Activity: "a", Output: "x", Count: 12, To: "b"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"transition-activated","activity":"a","output":"x","count":12,"to":"b"}`},
		{Event{Name: TransitionActivated, Activity: "a", Output: "x"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"transition-activated","activity":"a","output":"x","count":0}`},
		{Event{Name: TransitionSkipped, Activity: "a", Output: "x", Reason: ReasonEmpty},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"transition-skipped","activity":"a","output":"x","reason":"empty"}`},
		{Event{Name: JoinArrived, Activity: "j", From: "a", Arrived: 2, Needed: 3, Missing: []string{"b"}},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"join-arrived","activity":"j","from":"a","arrived":2,"needed":3,"missing":["b"]}`},
		{Event{Name: JoinArrived, Activity: "j", From: "a", Arrived: 3, Needed: 3},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"join-arrived","activity":"j","from":"a","arrived":3,"needed":3,"missing":[]}`},
		{Event{Name: JoinFired, Activity: "j", Primary: "a"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"join-fired","activity":"j","primary":"a","count":0}`},
		{Event{Name: JoinFired, Activity: "j", Primary: "s.x", Count: 3, Conflicts: []string{"level"}},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"join-fired","activity":"j","primary":"s.x","count":3,"conflicts":["level"]}`},
		{Event{Name: JoinBlocked, Activity: "j", Missing: []string{"b"}, Reason: ReasonMissingBranch, Because: []string{"b", "s"}},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"join-blocked","activity":"j","missing":["b"],"reason":"missing-branch","because":["b","s"]}`},
		{Event{Name: JoinBlocked, Activity: "j"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"join-blocked","activity":"j","missing":[],"reason":"","because":[]}`},
		{Event{Name: Delivered, Activity: "a", Delivery: Delivery{Targeted: 10, Sent: 7, Dropped: map[string]int{"no consent": 2, "duplicate address": 1}}},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"delivery","activity":"a","targeted":10,"sent":7,"dropped":{"duplicate address":1,"no consent":2}}`},
		{Event{Name: Delivered, Activity: "a"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"delivery","activity":"a","targeted":0,"sent":0,"dropped":{}}`},
		{Event{Name: ActivityFinished, Activity: "a"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"activity-finished","activity":"a"}`},
		{Event{Name: ActivityFailed, Activity: "a", Error: "a \"quoted\"\nline"},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"activity-failed","activity":"a","error":"a \"quoted\"\nline"}`},
		{Event{Name: RunPaused, Reason: ReasonConfirm},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"run-paused","reason":"confirm"}`},
		{Event{Name: RunResumed, Reason: ReasonUser},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"run-resumed","reason":"user"}`},
		{Event{Name: RunFinished, Status: Stalled},
			`{"seq":7,"at":"2026-01-05T09:00:00+01:00","event":"run-finished","status":"stalled"}`},
	} {
		if test.event.Seq = 7; test.event.At.IsZero() {
			test.event.At = start
		}
		got, err := test.event.MarshalJSON()
		if err != nil || string(got) != test.want {
			t.Errorf("%s\n got %s (%v)\nwant %s", test.event.Name, got, err, test.want)
		}
	}
}

// Texts of any kind make a line of JSON.
func TestEventIsValidJSON(t *testing.T) {
	for name := range record {
		text, err := Event{Seq: 1, At: start, Name: name, Activity: "<&>", Reason: "\u2028", Error: "\xff"}.MarshalJSON()
		if err != nil || !json.Valid(text) {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
}
