package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// named is a campaign that says only its name.
func named(name string) Campaign { return Campaign{Settings: Settings{"name": name}} }

func TestHistory(t *testing.T) {
	h := NewHistory(named("0"))
	do := func(name, merge, campaign string) { h = h.Do(name, merge, named(campaign)) }
	undo := func(want string) {
		t.Helper()
		var name string
		if h, name = h.Undo(); name != want {
			t.Errorf("undid %q, want %q", name, want)
		}
	}
	redo := func(want string) {
		t.Helper()
		var name string
		if h, name = h.Redo(); name != want {
			t.Errorf("redid %q, want %q", name, want)
		}
	}
	is := func(want string, unsaved ...string) {
		t.Helper()
		if got := h.Now().Name(); got != want {
			t.Errorf("now %s, want %s", got, want)
		}
		if diff := cmp.Diff(unsaved, h.Unsaved()); diff != "" {
			t.Errorf("unsaved (-want +got):\n%s", diff)
		}
	}

	is("0")
	undo("")
	redo("")
	do("a", "", "1")
	do("b", "", "2")
	is("2", "a", "b")
	undo("b")
	is("1", "a")
	redo("b")
	is("2", "a", "b")
	undo("b")
	undo("a")
	undo("")
	is("0")
	redo("a")

	do("c", "", "3") // what was undone is forgotten
	redo("")
	is("3", "a", "c")
	h = h.Saved()
	is("3")
	undo("c")
	is("1", "undo c")
	undo("a")
	is("0", "undo c", "undo a")
	redo("a")
	redo("c")
	is("3")

	do("type", "name", "31") // letters of one word are one step
	do("type", "name", "312")
	is("312", "type")
	do("type", "other", "x")
	do("type", "", "y")
	do("type", "", "z")
	is("z", "type", "type", "type", "type")
	undo("type")
	undo("type")
	undo("type")
	is("312", "type")
	h = h.Saved()
	do("type", "name", "3123") // but not across a save
	is("3123", "type")
	undo("type")
	is("312")

	undo("type")
	do("d", "", "4") // the saved step is gone
	is("4", "edits since the last save")
	undo("d")
	is("3", "edits since the last save")
}

func TestHistoryIsAValue(t *testing.T) {
	h := NewHistory(named("0")).Do("a", "k", named("1"))
	one := h.Do("b", "k", named("2"))
	other := h.Do("c", "", named("3"))
	if h.Now().Name() != "1" || one.Now().Name() != "2" || other.Now().Name() != "3" {
		t.Errorf("%s, %s, %s: the histories share their steps", h.Now().Name(), one.Now().Name(), other.Now().Name())
	}
	if back, name := other.Undo(); name != "c" || back.Now().Name() != "1" {
		t.Errorf("undid %s to %s", name, back.Now().Name())
	}
}
