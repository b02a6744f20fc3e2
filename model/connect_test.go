package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// loose is a campaign with open ends, a join and activities that nothing leads to.
const loose = head + `  - {id: all, kind: build-audience}
  - {id: ways, kind: fork, from: all, outputs: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}]}
  - {id: mail, kind: email, from: ways.a, subject: Hi}
  - {id: week, kind: wait, from: mail, for: 7d}
  - {id: meet, kind: and-join, from: [ways.b], primary: ways.b}
  - {id: sms, kind: sms, text: Hi}
  - {id: late, kind: and-join}
  - {id: more, kind: build-audience}
`

// edited makes an edit that must succeed, and returns the lines of the file that it changes.
func edited(t *testing.T, text string, edit func(Campaign) (Campaign, error)) string {
	t.Helper()
	d := load(t, text)
	c, err := edit(d.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	if err := wellFormed(c); err != nil {
		t.Fatalf("%v:\n%s", err, Render(c))
	}
	got := string(d.patch(c))
	if !load(t, got).Campaign.Equal(c) {
		t.Errorf("reads back as another campaign:\n%s", got)
	}
	return lineDiff(text, got)
}

func TestConnect(t *testing.T) {
	tests := []struct{ name, open, to, want string }{
		{"to what nothing leads to", "week.out", "sms", lines("-  - {id: sms, kind: sms, text: Hi}", "+  - {id: sms, kind: sms, from: week, text: Hi}")},
		{"to what begins a branch", "week.out", "more", lines("-  - {id: more, kind: build-audience}", "+  - {id: more, kind: build-audience, from: week}")},
		{"to a join", "week.out", "meet", lines("-  - {id: meet, kind: and-join, from: [ways.b], primary: ways.b}", "+  - {id: meet, kind: and-join, from: [ways.b, week], primary: ways.b}")},
		{"to a join without a branch", "ways.c", "late", lines("-  - {id: late, kind: and-join}", "+  - {id: late, kind: and-join, from: ways.c, primary: ways.c}")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := edited(t, loose, func(c Campaign) (Campaign, error) { return c.Connect(ref(tt.open), tt.to) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestDisconnect(t *testing.T) {
	tests := []struct{ name, text, at, want string }{
		{"one inbound", loose, "mail.sent", lines("-  - {id: week, kind: wait, from: mail, for: 7d}", "+  - {id: week, kind: wait, for: 7d}")},
		{"a branch of a join", loose + "  - {id: both, kind: and-join, from: [week, meet], primary: week}\n", "meet.out",
			lines("-  - {id: both, kind: and-join, from: [week, meet], primary: week}", "+  - {id: both, kind: and-join, from: week, primary: week}")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := edited(t, tt.text, func(c Campaign) (Campaign, error) { return c.Disconnect(ref(tt.at)) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestConnectErrors(t *testing.T) {
	connect := func(open, to string) func(Campaign) (Campaign, error) {
		return func(c Campaign) (Campaign, error) { return c.Connect(ref(open), to) }
	}
	disconnect := func(at string) func(Campaign) (Campaign, error) {
		return func(c Campaign) (Campaign, error) { return c.Disconnect(ref(at)) }
	}
	tests := []struct {
		name, want string
		edit       func(Campaign) (Campaign, error)
	}{
		{"no output", "Email can’t be connected: there is no transition “mail.x”", connect("mail.x", "sms")},
		{"no activity", "Wait can’t be connected: there is no activity “zz”", connect("week.out", "zz")},
		{"there already", "Fork → A can’t be connected: it leads there already", connect("ways.a", "mail")},
		{"leads elsewhere", "Fork → A can’t be connected: it leads to Email: disconnect it first, or insert a fork", connect("ways.a", "sms")},
		{"a cycle", "Wait can’t be connected: would make a cycle", connect("week.out", "mail")},
		{"itself", "SMS can’t be connected: would make a cycle", connect("sms.sent", "sms")},
		{"a cycle by a join", "AND-join can’t be connected: would make a cycle", connect("meet.out", "meet")},
		{"two inbound", "Fork → C can’t be connected: Email follows Fork → A: disconnect it first, or insert an AND-join", connect("ways.c", "mail")},
		{"open already", "Wait can’t be disconnected: nothing follows it", disconnect("week.out")},
		{"no output to disconnect", "zz can’t be disconnected: nothing follows it", disconnect("zz")},
		{"the only branch", "Fork → B can’t be disconnected: it is the only branch of AND-join; delete that instead", disconnect("ways.b")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := tt.edit(load(t, loose).Campaign); err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}
