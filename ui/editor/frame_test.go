package editor

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rendezvous/model"
	"rendezvous/samples"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
)

// start returns the program on a sample, without a terminal, with its data open.
func start(t testing.TB, name string, w, h int) *Model {
	t.Helper()
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	return startText(t, text, w, h)
}

func startText(t testing.TB, text []byte, w, h int) *Model {
	t.Helper()
	m, err := New(Options{Name: "campaign.yaml", Text: text, Theme: "dark", Mouse: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.close)
	m.later = func(time.Duration, tea.Msg) tea.Cmd { return nil } // no time passes
	m.take(tea.WindowSizeMsg{Width: w, Height: h})
	carryOut(m, m.openData())
	if m.data.err != nil {
		t.Fatal(m.data.err)
	}
	return m
}

// carryOut does the work of a command at once and hands over what it comes back with, but for the passing of time.
func carryOut(m *Model, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			carryOut(m, c)
		}
	case tick, nil:
	default:
		_, next := m.Update(msg)
		carryOut(m, next)
	}
}

func press(m *Model, keys ...string) {
	for _, k := range keys {
		codes := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
			"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "space": tea.KeySpace, "f8": tea.KeyF8, "backspace": tea.KeyBackspace}
		key := tea.KeyPressMsg{Code: codes[k]}
		if key.Code == 0 {
			key = tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		}
		_, cmd := m.Update(key)
		carryOut(m, cmd)
	}
}

// plain is a frame without colours.
func plain(m *Model) []string {
	return strings.Split(ansi.Strip(m.View().Content), "\n")
}

// fits checks that a frame keeps to the screen.
func fits(t *testing.T, m *Model, what string) {
	t.Helper()
	lines := plain(m)
	if len(lines) > m.h {
		t.Fatalf("%s at %d×%d: %d lines", what, m.w, m.h, len(lines))
	}
	for i, line := range lines {
		if w := cell.Width(line); w > m.w {
			t.Fatalf("%s at %d×%d: line %d is %d columns wide: %q", what, m.w, m.h, i, w, line)
		}
	}
	if c := m.View().Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= m.w || c.Y >= m.h) {
		t.Fatalf("%s at %d×%d: the cursor is at %d,%d", what, m.w, m.h, c.X, c.Y)
	}
}

// scenes are ways to bring the program into each of its states.
var scenes = map[string][]string{
	"canvas":      {},
	"transition":  {"right"},
	"inspector":   {"tab", "down", "down"},
	"subsets":     {"right", "right", "tab", "down", "enter", "down"},
	"typing":      {"tab", "down", "enter", "x", "y"},
	"drop-down":   {"right", "right", "right", "right", "right", "right", "tab", "down", "down", "down", "enter", "down"},
	"insert menu": {"right", "a", "e"},
	"help":        {"?", "s"},
	"explain":     {"i"},
	"findings":    {"F"},
	"unsaved":     {"d", "q"},
	"save as":     {"d", "s"},
	"text":        {"right", "right", "right", "right", "tab", "down", "down", "enter", "h", "enter", "i"},
	"run":         {"r"},
	"run step":    {"r", "space", "right", "right", "right", "]"},
	"run end":     {"r", "space", "end"},
	"run scroll":  {"r", "space", "end", "down", "tab", "down"},
	"run hidden":  {"r", "space", "end", "l"},
}

func TestEveryFrameFitsEverySize(t *testing.T) {
	sizes := [][2]int{{1, 1}, {2, 1}, {1, 30}, {20, 5}, {39, 9}, {40, 10}, {60, 16}, {80, 24}, {99, 30}, {100, 30}, {120, 36}, {200, 60}, {300, 100}}
	if testing.Short() {
		sizes = sizes[4:9]
	}
	for _, sample := range []string{"gold-silver", "blocked-join", "three-way"} {
		for what, keys := range scenes {
			m := start(t, sample, 120, 36)
			press(m, keys...)
			for _, size := range sizes {
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				fits(t, m, sample+" "+what)
			}
			for _, size := range sizes { // and the way back, from one that was small
				m.Update(tea.WindowSizeMsg{Width: size[1], Height: size[0]})
				fits(t, m, sample+" "+what)
			}
		}
	}
}

func TestUndoTakesEveryEditBack(t *testing.T) {
	m := start(t, "gold-silver", 120, 36)
	before := string(m.document.Save(m.history.Now()))
	press(m, "right", "a", "down", "enter", "esc", "d", "right", "x", "tab", "enter", "!", "enter", "esc")
	if string(m.document.Save(m.history.Now())) == before {
		t.Fatal("nothing was edited")
	}
	for range 20 {
		press(m, "u")
	}
	if after := string(m.document.Save(m.history.Now())); after != before {
		t.Errorf("after undoing everything the file would be\n%s", after)
	}
}

func TestEveryCommandSaysSomething(t *testing.T) {
	names, keys := map[string]bool{}, map[string]string{}
	for _, c := range commandTable() {
		if c.name == "" || c.help == "" || c.title == "" || len(c.keys) == 0 || c.run == nil {
			t.Errorf("the command %q is incomplete", c.name)
		}
		if names[c.name] {
			t.Errorf("there are two commands %q", c.name)
		}
		names[c.name] = true
		for _, k := range c.keys {
			for _, s := range []scope{editing, running} {
				if c.scope != always && c.scope != s {
					continue
				}
				at := fmt.Sprint(s, k)
				if other, taken := keys[at]; taken {
					t.Errorf("%s and %s both have the key %s", other, c.name, k)
				}
				keys[at] = c.name
			}
		}
	}
}

// campaignOf makes a campaign of n activities: chains that a join brings together, over and over.
func campaignOf(n int) model.Campaign {
	var text strings.Builder
	text.WriteString("version: 1\nname: Large\ndata: demo\ndimension: customers\nactivities:\n  - {id: all, kind: build-audience, when-empty: continue}\n")
	last := "all"
	for i := 1; i < n; i += 6 {
		fmt.Fprintf(&text, "  - {id: f%d, kind: fork, from: %s, outputs: [{id: a}, {id: b}]}\n", i, last)
		for _, way := range []string{"a", "b"} {
			fmt.Fprintf(&text, "  - {id: w%s%d, kind: wait, from: f%d.%s, for: 1h}\n  - {id: e%s%d, kind: wait, from: w%s%d, for: 2h}\n", way, i, i, way, way, i, way, i)
		}
		fmt.Fprintf(&text, "  - {id: j%d, kind: and-join, from: [ea%d, eb%d], primary: ea%d}\n", i, i, i, i)
		last = fmt.Sprintf("j%d", i)
	}
	d, err := model.Load("large.yaml", []byte(text.String()))
	if err != nil {
		panic(err)
	}
	return d.Campaign
}

// BenchmarkFrame draws a frame of 200×60 of a campaign with 500 activities, and one as dense as can be.
func BenchmarkFrame(b *testing.B) {
	m := startText(b, model.Render(campaignOf(500)), 200, 60)
	m.choose(canvas.Target{Activity: "f247"})
	b.ReportAllocs()
	for b.Loop() {
		m.frame = nil
		m.View()
	}
}

// BenchmarkRunFrame draws frames of a run in motion.
func BenchmarkRunFrame(b *testing.B) {
	m := start(b, "gold-silver", 200, 60)
	press(m, "r")
	b.ReportAllocs()
	for b.Loop() {
		m.session.playing = true
		m.onTick(tick{m.session.run})
		if m.session.at >= m.session.film.Length() {
			m.session.at = 0
		}
		m.frame = nil
		m.View()
	}
}

// BenchmarkMemory is what the program holds of a campaign of 1,000 activities, in MiB.
func BenchmarkMemory(b *testing.B) {
	var before, after runtime.MemStats
	text := model.Render(campaignOf(1000))
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		m := startText(b, text, 200, 60)
		m.View()
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(m)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB")
}

// BenchmarkEdit makes an edit in a campaign of 500 activities and takes it back, with all that follows from it.
func BenchmarkEdit(b *testing.B) {
	m := startText(b, model.Render(campaignOf(500)), 200, 60)
	m.choose(canvas.Target{Activity: "ea7"})
	for b.Loop() {
		press(m, "d", "u")
	}
}
