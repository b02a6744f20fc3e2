package editor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rendezvous/ui/editor"
)

func TestUnsavedEditsAreAskedAbout(t *testing.T) {
	before := sample(t, "gold-silver")
	s := open(t, 120, 36, before)
	s.ready()
	s.press("d")
	s.see("● unsaved", "⊘ disabled")
	s.press("q")
	s.see("Leave Gold and Silver?", "1 edit is not saved: disable Gold and Silver members.", "Save and leave y")
	s.press("esc")
	s.gone("Leave Gold and Silver?")
	s.press("q")
	s.see("Leave without saving n")
	s.press("n")
	s.ended()
	if s.saved() != before {
		t.Error("leaving without saving has changed the file")
	}
}

func TestSaveAndLeave(t *testing.T) {
	before := sample(t, "gold-silver")
	s := open(t, 80, 24, before)
	s.ready()
	s.press("d", "q")
	s.see("Save and leave y")
	s.click("Save and leave y")
	s.ended()
	if lines := added(t, before, s.saved()); len(lines) != 1 || lines[0] != "    disabled: true" {
		t.Errorf("saving added %q", lines)
	}
}

func TestFileChangedMeanwhileIsNotOverwritten(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	const other = "version: 1\nname: Somebody else's\n"
	if err := os.WriteFile(s.file, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	s.press("d", "ctrl+s")
	s.see("The file has changed on disk", "Go on editing esc")
	s.press("esc")
	s.gone("The file has changed on disk")
	s.see("● unsaved")
	if s.saved() != other {
		t.Error("the file was overwritten")
	}
	s.press("ctrl+s")
	s.see("Overwrite o")
	s.press("o")
	s.see("Saved ")
	if !strings.Contains(s.saved(), "disabled: true") {
		t.Error("the file was not overwritten although that was asked for")
	}
}

func TestSavingWhereThereIsNoFolder(t *testing.T) {
	s := open(t, 200, 36, sample(t, "gold-silver"))
	s.ready()
	if err := os.RemoveAll(filepath.Dir(s.file)); err != nil {
		t.Fatal(err)
	}
	s.press("d", "ctrl+s")
	s.see("The file has changed on disk")
	s.press("o")
	s.see("can’t be", "its folder", "● unsaved")
}

func TestSavingASampleAsksForAName(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"), func(o *editor.Options) { o.File = "" })
	s.ready()
	s.see("not saved yet")
	s.press("ctrl+s")
	s.see("Save the campaign as", "gold-and-silver.yaml")
	for range len("gold-and-silver.yaml") {
		s.press("backspace")
	}
	s.write(s.file + ".copy")
	s.press("enter")
	s.see("Saved ")
	s.file += ".copy"
	if s.saved() != sample(t, "gold-silver") {
		t.Error("the copy differs from the sample")
	}
}

func TestUndoAndRedoNameWhatTheyDo(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("right", "right", "x")
	s.see("Deleted Tiers")
	s.press("u")
	s.see("Undone: delete Tiers")
	s.press("u")
	s.see("Undo: nothing has been edited")
	s.press("U")
	s.see("Done again: delete Tiers")
}

func TestRuleIsCheckedAndCountedWhileTyped(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("tab", "down", "enter")
	s.write(` and agee > 60`)
	s.see("did you mean age?")
	for range len("agee > 60") {
		s.press("backspace")
	}
	s.write(`country == "FR"`)
	s.see("of 12,500 in the data")
	s.gone("did you mean")
	s.press("enter")
	s.see("● unsaved")
	s.press("ctrl+s")
	s.see("Saved ")
	if !strings.Contains(s.saved(), `rule: tier in ["gold", "silver"] and country == "FR"`) {
		t.Errorf("the rule is not in the file:\n%s", s.saved())
	}
}

func TestWrongValuesAreNotTaken(t *testing.T) {
	s := open(t, 120, 40, sample(t, "gold-silver"))
	s.ready()
	s.press("end") // no key of the canvas
	for range 4 {
		s.press("right")
	}
	s.see("Your Gold week")
	s.press("tab", "down", "down", "down", "down", "enter")
	s.write("often")
	s.see("Must be a number per s, min")
	s.press("enter")
	s.see("Must be a number per s, min")
	s.press("esc")
	s.gone("Must be")
	s.see("saved")
}

func TestSubsetsAreAddedAndRemoved(t *testing.T) {
	s := open(t, 120, 50, sample(t, "gold-silver"))
	s.ready()
	s.press("right", "right", "tab", "down", "down", "down", "enter")
	s.see("subset-3", "Skip empty", "3 subsets")
	s.press("x")
	s.see("2 subsets")
	s.press("ctrl+s")
	s.see("Saved ")
	if s.saved() != sample(t, "gold-silver") {
		t.Errorf("adding and removing a subset has changed the file:\n%s", s.saved())
	}
}

func TestTextOfSeveralLines(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("right", "right", "right", "right", "tab", "down", "down", "enter")
	s.see("everything roasted is yours", "⌃S keeps the text")
	s.write("P.S. Bring a friend.")
	s.press("ctrl+s")
	s.gone("⌃S keeps the text")
	s.press("ctrl+s")
	s.see("Saved ")
	if !strings.Contains(s.saved(), "P.S. Bring a friend.") {
		t.Errorf("the text is not in the file:\n%s", s.saved())
	}
}

func TestCommandsAreFoundAndSayWhyNot(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("?")
	s.write("redo")
	s.see("nothing was undone")
	for range 4 {
		s.press("backspace")
	}
	s.write("from top to bottom")
	s.press("enter")
	s.gone("type to search")
	s.see("▼")
	s.press("t")
	s.gone("▼")
}

func TestFindingsLeadToTheirActivity(t *testing.T) {
	s := open(t, 120, 36, strings.Replace(sample(t, "gold-silver"), "    primary: email-gold\n", "", 1))
	s.ready()
	s.see("✗ 1 error", "J01")
	s.press("r")
	s.see("Run: Rendez-vous: no primary set is chosen")
	s.press("f8")
	s.see("Merging options", "No primary set is chosen.")
	s.press("F")
	s.see("Findings", "Choose E-mail Gold")
	s.press("down", "enter")
	s.see("no findings", "✓ ▾")
}

func TestHeldMessagesWaitForSomeone(t *testing.T) {
	s := open(t, 120, 36, strings.Replace(sample(t, "gold-silver"), "    from: tiers.gold ", "    confirm: true\n    from: tiers.gold ", 1))
	s.ready()
	s.press("r")
	s.see("Run started")
	s.press("space", "end")
	s.see("confirm 1,204", "Held", "press c to let the messages go", "✓ Confirm c")
	s.press("c")
	s.see("E-mail Gold")
	s.press("space", "end")
	s.see("✓ Completed", "fired 2/2")
}

func TestStoppingEndsTheRunWhereItIs(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("r")
	s.see("Run started")
	s.press("space", "end")
	s.see("✓ Completed")
	s.press("home", "shift+right")
	s.see("waiting 1/2")
	s.press("s")
	s.see("■ Stopped")
	s.press("R")
	s.see("Test run", "Run started")
	s.press("space", "end")
	s.see("✓ Completed")
}

func TestThemesSwitchAndTheMouseIsGivenBack(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("T")
	s.see("Plum and lilac")
	s.press("down", "down")
	s.see("╭") // the terminal's own colours, already while one looks
	s.press("esc")
	s.gone("Plum and lilac")
	s.gone("╭──")
	s.press("T")
	s.see("Plum and lilac")
	s.press("down", "down", "enter")
	s.see("Theme: terminal", "╭")
	s.press("M")
	s.see("The mouse selects text now")
	s.press("i")
	s.see("Build audience", "Selects the rows of a table")
}

// What a transition is called belongs to the activity that it leaves; the file's diff says no more than that.
func TestTransitionIsLabelledInItsForm(t *testing.T) {
	before := sample(t, "gold-silver")
	s := open(t, 120, 36, before)
	s.ready()
	s.press("right")
	s.see("Leads to", "Segment code")
	s.press("tab", "enter")
	s.write("Members")
	s.press("enter", "down", "enter")
	s.write("GS-26")
	s.press("enter")
	s.see("─ Members ─")
	s.press("ctrl+s")
	s.see("Saved ")
	want := []string{"    outputs:", "      - {id: result, label: Members, code: GS-26}"}
	if diff := cmp.Diff(want, added(t, before, s.saved())); diff != "" {
		t.Errorf("what saving has added to the file (-want +got):\n%s", diff)
	}
	s.press("esc")
	s.see("←↓↑→ move")
	s.press("u", "u")
	s.see("Undone: set label of Gold and Silver members")
}
