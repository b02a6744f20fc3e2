package widget

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"rendezvous/ui/cell"
)

func typed(i Input, text string) Input {
	for _, r := range text {
		i = i.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return i
}

func drawn(i Input, width int) (text string, cursor int) {
	var g cell.Grid
	g.Resize(width+4, 1)
	g.All().Fill(cell.Rect{W: width + 4, H: 1}, '.', cell.Style{})
	cursor = i.Draw(g.All(), 2, 0, width, cell.Style{})
	return g.String(cell.Screen{Depth: cell.NoColor}), cursor
}

func TestInput(t *testing.T) {
	i := typed(NewInput("Gold"), "en")
	if i.Value() != "Golden" {
		t.Errorf("%q", i.Value())
	}
	if text, cursor := drawn(i, 10); text != "..Golden    .." || cursor != 8 {
		t.Errorf("%q, cursor at %d", text, cursor)
	}
	// What is longer than its room is scrolled so that the cursor can be seen.
	if text, cursor := drawn(i, 4); text != "..den .." || cursor != 5 {
		t.Errorf("%q, cursor at %d", text, cursor)
	}
	i = i.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	if text, cursor := drawn(i, 4); text != "..Gold.." || cursor != 2 {
		t.Errorf("%q, cursor at %d", text, cursor)
	}
	i = i.Update(tea.KeyPressMsg{Code: tea.KeyDelete})
	if i.Value() != "olden" {
		t.Errorf("%q", i.Value())
	}
	if was := i; typed(was, "x").Value() == was.Value() {
		t.Error("an update changes the input that it comes from")
	}
	if got := NewInput("").Update(tea.PasteMsg{Content: "two words"}).Value(); got != "two words" {
		t.Errorf("%q", got)
	}
	// One line stays one line.
	if got := NewInput("").Update(tea.PasteMsg{Content: "two\nlines\tand\x1b[31m"}).Value(); strings.ContainsAny(got, "\n\x1b") {
		t.Errorf("%q", got)
	}
}

// However long and wide the text, it stays in its room and so does the cursor.
func TestInputStaysInside(t *testing.T) {
	texts := rapid.StringOf(rapid.RuneFrom([]rune("ab é日本👍\u0301")))
	rapid.Check(t, func(t *rapid.T) {
		i := NewInput(texts.Draw(t, "text"))
		for range rapid.IntRange(0, 10).Draw(t, "steps") {
			i = i.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
		}
		width := rapid.IntRange(2, 20).Draw(t, "width")
		text, cursor := drawn(i, width)
		if !strings.HasPrefix(text, "..") || !strings.HasSuffix(text, "..") || cell.Width(text) != width+4 {
			t.Fatalf("%q is not inside", text)
		}
		if cursor < 2 || cursor > 1+width {
			t.Fatalf("the cursor is at %d, the room from 2 to %d", cursor, 1+width)
		}
	})
}

func TestList(t *testing.T) {
	all := func(int) bool { return true }
	even := func(i int) bool { return i%2 == 0 }
	none := func(int) bool { return false }
	for _, c := range []struct {
		at, by, n int
		can       func(int) bool
		want      int
	}{
		{0, 1, 5, all, 1}, {0, 9, 5, all, 4}, {4, 1, 5, all, 4}, {2, -1, 5, all, 1}, {2, -9, 5, all, 0},
		{0, 1, 5, even, 2}, {0, 2, 5, even, 4}, {0, 9, 4, even, 2}, {2, 1, 4, even, 2}, {3, -1, 5, even, 2}, {1, 0, 5, even, 1}, {0, 1, 5, none, 0}, {0, 1, 0, all, 0},
	} {
		if got := (List{At: c.at}).Move(c.by, c.n, c.can); got.At != c.want {
			t.Errorf("%+v leads to %d", c, got.At)
		}
	}
	for _, c := range []struct{ n, first, want int }{{5, 0, 0}, {5, 3, 3}, {0, 0, 0}, {2, 7, 0}} {
		if got := (List{At: 4}).First(c.n, func(i int) bool { return i >= c.first }); got.At != c.want {
			t.Errorf("%+v: the first is %d", c, got.At)
		}
	}
}

// The highlighted row is always among the visible ones, and the list does not scroll without need.
func TestListShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, visible := rapid.IntRange(1, 40).Draw(t, "rows"), rapid.IntRange(1, 12).Draw(t, "visible")
		var l List
		for range rapid.IntRange(1, 20).Draw(t, "moves") {
			before := l.Offset
			l = l.Move(rapid.IntRange(-9, 9).Draw(t, "by"), n, func(int) bool { return true }).Show(visible)
			if l.At < l.Offset || l.At >= l.Offset+visible || l.Offset < 0 {
				t.Fatal(fmt.Sprintf("%+v of %d", l, visible))
			}
			if l.At >= before && l.At < before+visible && l.Offset != before {
				t.Fatalf("scrolled from %d to %d for row %d", before, l.Offset, l.At)
			}
		}
	})
}
