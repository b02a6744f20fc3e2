package editor_test

import (
	"fmt"
	"strings"
	"testing"
)

// Codes of the mouse protocol.
const (
	leftButton, middleButton, rightButton = 0, 1, 2
	moving                                = 32
	withCtrl                              = 16
	wheelDown                             = 65
	backButton                            = 128
)

func (s *terminal) mouse(code, x, y int, up bool) {
	end := 'M'
	if up {
		end = 'm'
	}
	s.in <- fmt.Appendf(nil, "\x1b[<%d;%d;%d%c", code, x+1, y+1, end)
}

// drag presses a button at one place, moves to another and lets go there; while it moves, the screen shows a text.
func (s *terminal) drag(x, y, toX, toY int, shows string) {
	s.t.Helper()
	s.mouse(leftButton, x, y, false)
	s.mouse(leftButton+moving, (x+toX)/2, (y+toY)/2, false)
	s.until("“"+shows+"” while dragging", func(screen string) bool {
		s.mouse(leftButton+moving, toX, toY, false) // the first ones may come faster than they are taken
		return strings.Contains(screen, shows)
	})
	s.mouse(leftButton, toX, toY, true)
}

func TestToolbarAndMap(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.click("−")
	s.see("50%")
	x, y := s.find("50%", false)
	s.clickAt(x+4, y)
	s.see("100%")
	s.click(" ↓ ")
	s.see("▼")
	x, y = s.find("→ ↓", false)
	s.clickAt(x, y)
	s.gone("▼")
	s.click("⊡ fit")
	s.see("10%")
	s.click("10%")
	s.see("100%", "━━ ━━")
	x, y = s.find("━━", true)
	s.clickAt(x+12, y)
	s.see("Wait for: 7d", "Did you enjoy")
	s.click("▦ map")
	s.gone("━━ ━━")
}

func TestHoverSaysWhatIsThere(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	x, y := s.find("Tiers", false)
	s.mouse(moving+3, x, y, false)
	s.see("Tiers   Split   2 subsets")
}

func TestContextMenuByMouse(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	x, y := s.find("Tiers", false)
	s.mouse(rightButton, x, y, false)
	s.mouse(rightButton, x, y, true)
	s.see("Duplicate", "Wrap", "2 of 7")
	s.click("Duplicate")
	s.see("Added 1 activity", "of 8")
	s.mouse(rightButton, 3, 3, false)
	s.see("Mark all", "Begin")
	s.mouse(rightButton, 3, 3, false)
	s.gone("Mark all")
}

func TestDragAnActivityToATransition(t *testing.T) {
	s := open(t, 200, 40, sample(t, "gold-silver"))
	s.ready()
	s.press("Z")
	s.see("Wait 7 d")
	x, y := s.find("Wait 7 d", false)
	toX, toY := s.find("⊕─▶", false) // of the transition behind the audience or the split
	s.drag(x, y, toX, toY, "goes behind")
	s.see("● unsaved")
	s.press("u")
	s.see("Undone: move Wait 7 d")
}

func TestDragAnEndOntoAJoin(t *testing.T) {
	s := open(t, 200, 40, sample(t, "gold-silver-start"))
	s.ready()
	x, y := s.find("⊕ ╎", false)
	s.clickAt(x, y)
	s.see("Insert after E-mail Gold")
	s.press("enter")
	s.see("Merging options", "1 of 2")
	s.press("esc")
	s.see("←↓↑→ move")
	s.see("⊕ ╎")
	x, y = s.find("⊕ ╎", true)
	toX, toY := s.find("○ E-mail Gold", false)
	s.drag(x, y, toX, toY, "leads to AND-join")
	s.see("2 of 2")
	s.press("u")
	s.see("Undone: connect E-mail Silver to AND-join")
}

func TestDragFromThePalette(t *testing.T) {
	s := open(t, 200, 40, sample(t, "gold-silver"))
	s.ready()
	s.press("A")
	s.see("Begin a branch")
	x, y := s.find("Fork", false)
	s.drag(x, y, x, y+1, "") // where it can't go nothing happens
	s.see("Begin a branch")
	s.press("esc")
	s.gone("Begin a branch")
	s.press("a")
	s.see("Insert after Gold and Silver members", "Wait")
	x, y = s.find("Wait  ", false)
	toX, toY := s.find("⊕", false)
	s.drag(x, y, toX, toY, "goes behind")
	s.see("of 8", "● unsaved")
}

func TestRubberBand(t *testing.T) {
	s := open(t, 200, 40, sample(t, "gold-silver"))
	s.ready()
	x, y := s.find("E-mail Gold", false)
	_, y2 := s.find("E-mail Silver", true)
	s.drag(x-12, y-4, x+8, y2+1, "marked")
	s.see("✓ marked")
	s.press("d")
	s.see("● unsaved")
	s.press("u")
	s.see("Undone: disable")
	s.clickAt(2, 3)
	s.gone("✓ marked")
}

func TestSeveralWithCtrl(t *testing.T) {
	s := open(t, 200, 40, sample(t, "gold-silver"))
	s.ready()
	for _, label := range []string{"E-mail Gold", "E-mail Silver"} {
		x, y := s.find(label, false)
		s.mouse(leftButton+withCtrl, x, y, false)
		s.mouse(leftButton+withCtrl, x, y, true)
		s.see("✓ marked")
	}
	s.press("y")
	s.see("Copied 2 activities")
}

func TestOutlineByMouse(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("O")
	s.see("Outline")
	s.click("→ Rendez-vous")
	s.see("5 of 7", "Merging options")
	s.mouse(backButton, 60, 10, false)
	s.see("1 of 7")
	s.click("×")
	s.gone("Outline")
}

func TestPanByMouse(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	_, y := s.find("Tiers", false)
	s.mouse(wheelDown, 30, 10, false)
	s.until("Tiers to move up", func(screen string) bool { _, now := place(screen, "Tiers"); return now < y })
	x, y := s.find("Tiers", false)
	s.mouse(middleButton, 30, 30, false)
	s.until("Tiers to follow", func(screen string) bool {
		s.mouse(middleButton+moving, 20, 32, false)
		nowX, nowY := place(screen, "Tiers")
		return nowX == x-10 && nowY == y+2
	})
	s.mouse(middleButton, 20, 32, true)
}

func TestGalleryByMouse(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("ctrl+o")
	s.see("Open a campaign")
	s.click("three-way")
	s.see("Three-way", "Recent buyers", "not saved yet")
}
