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

// TestHistoryOfTyping types words letter by letter, with other things in between.
func TestHistoryOfTyping(t *testing.T) {
	h := NewHistory(named(""))
	word := func(key, letters string) {
		for _, letter := range letters {
			h = h.Do("name", key, named(h.Now().Name()+string(letter)))
		}
	}
	expect := func(at int, want string) {
		t.Helper()
		if h.Step() != at || h.Now().Name() != want {
			t.Errorf("step %d is %q, want %d, %q", h.Step(), h.Now().Name(), at, want)
		}
	}
	word("name", "ab")
	expect(1, "ab")
	word("label", "cd")
	word("name", "ef") // another field was in between
	expect(3, "abcdef")
	h = h.Arrange("tidy")
	word("name", "gh") // so was another step
	expect(5, "abcdefgh")
	for _, want := range []string{"abcdef", "abcdef", "abcd", "ab", "", ""} {
		h, _ = h.Undo()
		if got := h.Now().Name(); got != want {
			t.Errorf("undone to %q, want %q", got, want)
		}
	}
	expect(0, "")
	h, _ = h.Redo()
	word("name", "x") // goes on with the word that is there again
	expect(1, "abx")
	if _, name := h.Redo(); name != "" {
		t.Errorf("%q can be redone", name)
	}
}

func TestHistoryOfViews(t *testing.T) {
	h := NewHistory(named("0"))
	is := func(at int, want string, unsaved ...string) {
		t.Helper()
		if h.Step() != at || h.Now().Name() != want {
			t.Errorf("step %d is %s, want %d, %s", h.Step(), h.Now().Name(), at, want)
		}
		if diff := cmp.Diff(unsaved, h.Unsaved()); diff != "" {
			t.Errorf("unsaved (-want +got):\n%s", diff)
		}
	}
	h = h.Arrange("tidy")
	is(1, "0")
	h = h.Do("a", "k", named("1"))
	is(2, "1", "a")
	h = h.Arrange("move a card")
	is(3, "1", "a")
	h = h.Saved()
	var name string
	if h, name = h.Undo(); name != "move a card" {
		t.Errorf("undid %q", name)
	}
	is(2, "1")
	other := h.Do("b", "k", named("2")) // what was saved stays a step of its own
	if got := other.Unsaved(); other.Step() != 3 || len(got) != 1 || got[0] != "b" {
		t.Errorf("step %d, unsaved %q", other.Step(), got)
	}
	if back, _ := other.Undo(); len(back.Unsaved()) != 0 {
		t.Errorf("undone to what is saved, unsaved is %q", back.Unsaved())
	}
	h, _ = h.Undo()
	is(1, "0", "undo a")
	h = h.Arrange("tidy again") // the saved step is gone
	is(2, "0", "edits since the last save")
}

func TestHistoryOfAFileThatChanged(t *testing.T) {
	h := NewHistory(named("0")).Do("a", "", named("1")).Saved().Do("b", "", named("2"))
	merged := h.Rebase("merge", named("3"), false)
	same := h.Rebase("merge", named("3"), true)
	if got := merged.Unsaved(); len(got) != 1 || merged.Now().Name() != "3" {
		t.Errorf("unsaved: %q", got)
	}
	if got := same.Unsaved(); len(got) != 0 {
		t.Errorf("what is in the file is unsaved: %q", got)
	}
	for _, h := range []History{merged, same} {
		for {
			var name string
			if h, name = h.Undo(); name == "" {
				break
			}
			if len(h.Unsaved()) == 0 {
				t.Errorf("%s counts as saved, which is not in the file any more", h.Now().Name())
			}
		}
	}
	if got := merged.Saved().Unsaved(); len(got) != 0 {
		t.Errorf("saved, unsaved is %q", got)
	}
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
