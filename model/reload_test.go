package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReload edits a campaign while its file changes, saves the merge into the new text, and goes back in the history.
func TestReload(t *testing.T) {
	d := load(t, flow)
	edits := []func(Campaign) (Campaign, error){
		func(c Campaign) (Campaign, error) { return c.Set("mail", "Hello", "subject") },
		func(c Campaign) (Campaign, error) { return c.Rename("sms", "text") },
		func(c Campaign) (Campaign, error) { return c.Delete("week") },
	}
	h := NewHistory(d.Campaign)
	for _, edit := range edits {
		c, err := edit(h.Now())
		if err != nil {
			t.Fatal(err)
		}
		h = h.Do("edit", "", c)
	}
	theirs := strings.Replace(flow, "  - {id: meet", "  # Both are out.\n  - {id: meet", 1)
	theirs = strings.Replace(theirs, "label: A}", "label: Gold}", 1) + "  - {id: late, kind: wait, for: 1d}   # loose\n"
	n, err := d.Reload([]byte(theirs))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(n.Save(n.Campaign)); got != theirs {
		t.Errorf("unedited, the new text differs:\n%s", lineDiff(theirs, got))
	}
	merged, conflicts := Merge(d.Campaign, h.Now(), n.Campaign)
	if len(conflicts) > 0 {
		t.Errorf("conflicts: %v", conflicts)
	}
	const (
		gold, a     = "-  - {id: ways, kind: split, from: all, subsets: [{id: a, label: Gold}, {id: b, label: B}]}", "+  - {id: ways, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B}]}"
		mail, hello = "-  - {id: mail, kind: email, from: ways.a, subject: Hi}", "+  - {id: mail, kind: email, from: ways.a, subject: Hello}"
		sms, text   = "-  - {id: sms, kind: sms, from: ways.b, text: Hi}", "+  - {id: text, kind: sms, from: ways.b, text: Hi}"
		meet, met   = "-  - {id: meet, kind: and-join, from: [mail, sms], primary: mail}", "+  - {id: meet, kind: and-join, from: [mail, text], primary: mail}"
		week, late  = "-  - {id: week, kind: wait, from: meet, for: 7d}   # a week", "-  - {id: late, kind: wait, for: 1d}   # loose"
	)
	if diff := cmp.Diff(lines(mail, sms, hello, text, meet, week, met), lineDiff(theirs, string(n.patch(merged)))); diff != "" {
		t.Errorf("merged (-want +got)\n%s", diff)
	}
	// What ours never had goes away when one goes back, and the comments of the rest stay.
	if diff := cmp.Diff(lines(gold, a, mail, sms, hello, text, meet, week, late, met), lineDiff(theirs, string(n.patch(h.Now())))); diff != "" {
		t.Errorf("as it was before the merge (-want +got)\n%s", diff)
	}
	for name := "edit"; name != ""; {
		h, name = h.Undo()
	}
	if diff := cmp.Diff(lines(gold, a, late), lineDiff(theirs, string(n.patch(h.Now())))); diff != "" {
		t.Errorf("undone (-want +got)\n%s", diff)
	}
	if _, err := d.Reload([]byte("version: 2")); err == nil || err.Error() != "f.yaml:1:10: version must be 1, not “2”" {
		t.Errorf("a file that does not load: %v", err)
	}
}

// TestReloadOfOwnAdditions reads a file again that holds what was added here, saved, and commented there.
func TestReloadOfOwnAdditions(t *testing.T) {
	d := load(t, flow)
	c, id, err := d.Campaign.Insert(kind(t, "end"), ref("week.out"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := strings.Replace(string(d.patch(c)), "  - id: end", "  # The end.\n  - id: end", 1)
	n, err := d.Reload([]byte(theirs))
	if err != nil {
		t.Fatal(err)
	}
	c, err = c.Set(id, "done", "signal")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("+    signal: done", lineDiff(theirs, string(n.patch(c)))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	// What is gone for a time is the same when it is there again, and nothing else takes its place.
	gone, err := n.Reload([]byte(flow))
	if err != nil {
		t.Fatal(err)
	}
	again, err := gone.Reload([]byte(theirs))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("+    signal: done", lineDiff(theirs, string(again.patch(c)))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
