package editor_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"
	"github.com/google/go-cmp/cmp"

	"rendezvous/samples"
	"rendezvous/ui/editor"
)

// joinLines are what drawing the AND-join writes into the file.
var joinLines = []string{
	"  - id: and-join",
	"    kind: and-join",
	"    label: Rendez-vous",
	"    from: [email-gold, email-silver]",
	"    primary: email-silver",
}

// TestFourStepsByKeys draws the AND-join as a person would: two branches, insert, tick, choose the primary set; then it
// runs the campaign and watches the join wait and fire.
func TestFourStepsByKeys(t *testing.T) {
	before := sample(t, "gold-silver-start")
	s := open(t, 120, 36, before)
	s.ready()
	s.see("Gold and Silver", "2 outputs are open")
	s.press("right", "right", "right", "right", "right", "a")
	s.see("Insert after E-mail Gold", "1 other open branch: E-mail Silver", "wait for every branch")
	s.press("enter")
	s.see("Merging options", "1 of 2")
	s.press("enter") // the label has the focus
	s.write("Rendez-vous")
	s.press("enter", "down", "down", "space")
	s.see("2 of 2", "Both branches always arrive")
	s.press("down", "enter")
	s.see("only ticked branches")
	s.press("down", "enter")
	s.gone("only ticked branches")
	s.press("ctrl+s")
	s.see("Saved ")
	if diff := cmp.Diff(joinLines, added(t, before, s.saved())); diff != "" {
		t.Errorf("what saving has added to the file (-want +got):\n%s", diff)
	}
	watch(s)
	s.press("q")
	s.ended()
}

// watch runs the campaign on the screen, from the end of its editing, and sees the join wait and fire.
func watch(s *terminal) {
	s.t.Helper()
	s.press("esc")
	s.see("←↓↑→ move") // an escape and a letter at once would be another key
	s.press("r")
	s.see("Run started")
	s.press("space", "end")
	s.see("✓ Completed")
	s.press("home")
	s.see("event 1 ")
	s.press("shift+right")
	s.see("Rendez-vous waits for E-mail Silver since 09:05", "waiting 1/2", "E-mail Gold arrived; waits for E-mail Silver")
	s.press("shift+right", "shift+right")
	s.see("✦ Rendez-vous fired", "fired 2/2", "2,871 people of E-mail Silver go on", "both branches arrived")
	s.press("end")
	s.see("✓ Completed", "Mon 05 Jan 09:14:22")
	s.press("esc")
	s.see("Draft")
}

// TestFourStepsByMouse does the same with the mouse alone, but for the label.
func TestFourStepsByMouse(t *testing.T) {
	before := sample(t, "gold-silver-start")
	s := open(t, 200, 40, before)
	s.ready()
	s.see("2 outputs are open", "E-mail Gold")
	x, y := s.find("⊕ ╎", false)
	s.clickAt(x, y)
	s.see("Insert after E-mail Gold")
	s.click("wait for every branch")
	s.see("Merging options")
	s.click("E-mail Silver (Ok)")
	s.see("2 of 2")
	x, y = s.find("✓ ▾", false)
	s.clickAt(x, y)
	s.see("only ticked branches")
	s.clickAt(x-10, y+2) // the second option
	s.gone("only ticked branches")
	s.press("ctrl+s")
	s.see("Saved ")
	want := slices.Concat(joinLines[:2], joinLines[3:]) // all but the label
	if diff := cmp.Diff(want, added(t, before, s.saved())); diff != "" {
		t.Errorf("what saving has added to the file (-want +got):\n%s", diff)
	}
	s.click("▶ Run r")
	s.see("Run started", "AND-join waits for E-mail Silver")
	s.click("‖ Pause")
	s.see("▶ Play")
	s.click(" ▸ ")
	s.see("E-mail Silver")
	s.click("▶ Play")
	s.see("AND-join fired")
}

func TestBlockedJoinSaysWhyAndIsFixed(t *testing.T) {
	s := open(t, 120, 36, sample(t, "blocked-join"))
	s.ready()
	s.see("J04", "1 warning")
	s.press("r")
	s.see("Run started")
	s.press("space", "end")
	s.see("⊘ Stalled", "blocked 1/2", "Rendez-vous can never fire in this run:", "E-mail Silver will not arrive",
		"Tiers → Silver", "cause", "empty, and “skip empty” is on", "its only inbound was skipped",
		"Turn off “skip empty” on Silver", "Continue without E-mail Silver", "Untick E-mail Silver")
	s.press("1")
	s.see("Run started")
	s.press("space", "end")
	s.see("✓ Completed", "no findings", "fired 2/2")
	s.press("esc")
	s.see("Draft")
	s.press("ctrl+s")
	s.see("Saved ")
	if text := s.saved(); strings.Contains(text, "skip-empty") {
		t.Errorf("the fix is not in the file:\n%s", text)
	}
}

func TestContinueWithoutTheMissingBranch(t *testing.T) {
	s := open(t, 120, 36, sample(t, "blocked-join"))
	s.ready()
	s.press("r")
	s.see("Run started")
	s.press("space", "end")
	s.see("Continue without E-mail Silver")
	s.press("2")
	s.see("Run started")
	s.press("space", "end")
	s.see("✓ Completed", "fired 1/2")
}

// BenchmarkFirstFrame starts the program and waits for its first frame.
func BenchmarkFirstFrame(b *testing.B) {
	text, err := samples.Campaign("gold-silver")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		emu := &emulator{Emulator: vt.NewEmulator(120, 36)}
		s := &terminal{emu: emu, in: make(keyboard, 4096)}
		go s.answer()
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() {
			done <- editor.Run(ctx, editor.Options{Name: "gold-silver.yaml", Text: text}, tea.WithInput(s.in), tea.WithOutput(emu),
				tea.WithWindowSize(120, 36), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
		}()
		for start := time.Now(); !strings.Contains(s.text(), "Draft"); {
			if time.Since(start) > 10*time.Second {
				b.Fatal("there is no first frame")
			}
			time.Sleep(100 * time.Microsecond)
		}
		b.StopTimer()
		cancel()
		<-done
		b.StartTimer()
	}
}
