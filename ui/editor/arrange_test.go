package editor

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"rendezvous/model"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
)

// onScreen is where the card of an activity is seen.
func (m *Model) onScreen(id string) cell.Rect {
	box, _ := m.scene.Box(id)
	view := m.screen().canvas
	box.X, box.Y = box.X+view.X+m.panX, box.Y+view.Y+m.panY
	return box
}

// picture is where everything is, relative to one activity.
func picture(m *Model, to string) string {
	from, _ := m.scene.Box(to)
	var all string
	for _, a := range m.campaign().Activities {
		box, _ := m.scene.Box(a.ID)
		all += fmt.Sprintln(a.ID, box.X-from.X, box.Y-from.Y, box.W, box.H)
		for _, r := range a.Refs() {
			place, _ := m.scene.Place(r)
			all += fmt.Sprintln(r, place.X-from.X, place.Y-from.Y)
		}
	}
	return all
}

// What is selected stays where it is on the screen while one edits, and an undo brings the picture back as it was.
func TestNothingJumps(t *testing.T) {
	for _, down := range []bool{false, true} {
		m := startText(t, model.Render(campaignOf(80)), 140, 45)
		if down {
			m.turn()
		}
		r := rand.New(rand.NewPCG(3, 4))
		for i := range 40 {
			a := m.campaign().Activities[10+r.IntN(50)]
			m.choose(canvas.Target{Activity: a.ID})
			m.centre()
			before, was := picture(m, a.ID), m.onScreen(a.ID)
			kinds := model.Kinds()
			k := kinds[r.IntN(len(kinds))]
			ref := a.Refs()[0]
			c, _, err := m.history.Now().Insert(k, ref)
			if err != nil {
				continue
			}
			m.edit("insert", c, nil)
			if now := m.onScreen(a.ID); now.X != was.X || now.Y != was.Y {
				t.Fatalf("edit %d, top down %v: %s went from %v to %v", i, down, a.ID, was, now)
			}
			if r.IntN(2) == 0 {
				continue // the next edit is made on top of this one
			}
			m.undo()
			if now := m.onScreen(a.ID); now != was {
				t.Fatalf("undo %d, top down %v: %s went from %v to %v", i, down, a.ID, was, now)
			}
			if after := picture(m, a.ID); after != before {
				t.Fatalf("undo %d, top down %v: the picture is another one", i, down)
			}
		}
	}
}

// Pictures of different views don't disturb each other: zooming out and in again changes nothing.
func TestZoomingBringsTheSamePictureBack(t *testing.T) {
	m := startText(t, model.Render(campaignOf(80)), 140, 45)
	before := picture(m, "all")
	press(m, "z", "z", "z")
	if picture(m, "all") != before {
		t.Error("after zooming out and in, the picture is another one")
	}
	press(m, "t", "t")
	if picture(m, "all") != before {
		t.Error("after turning twice, the picture is another one")
	}
}

// Tidying is a step like any other, and is no edit of the file.
func TestTidyIsAStepOfItsOwn(t *testing.T) {
	m := startText(t, model.Render(campaignOf(40)), 140, 45)
	before := picture(m, "all")
	m.history = m.history.Saved()
	press(m, "L", "esc")
	if picture(m, "all") != before {
		t.Error("a picture that was not wanted stays")
	}
	press(m, "L", "enter")
	if len(m.history.Unsaved()) != 0 {
		t.Errorf("unsaved: %v", m.history.Unsaved())
	}
	press(m, "u")
	if picture(m, "all") != before {
		t.Error("undo does not bring the picture back")
	}
}

// Undoing an insertion selects what was selected before it, and shows it.
func TestUndoSelectsWhatWasSelected(t *testing.T) {
	m := startText(t, model.Render(campaignOf(80)), 140, 45)
	m.choose(canvas.Target{Activity: "j43"})
	press(m, "a", "down", "enter", "esc")
	was := m.onScreen("j43")
	press(m, "u")
	if m.selected.Activity != "j43" {
		t.Errorf("%v is selected", m.selected)
	}
	if now := m.onScreen("j43"); now != was {
		t.Errorf("it went from %v to %v", was, now)
	}
	m.choose(canvas.Target{Activity: "j43"})
	press(m, "x")
	m.choose(canvas.Target{Activity: "all"})
	press(m, "u")
	if m.selected.Activity != "j43" || !m.seen(m.selected) {
		t.Errorf("what is back is not shown: %v is selected", m.selected)
	}
}
