package editor

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/samples"
	"rendezvous/ui/file"
)

// A monkey presses keys, clicks, drags and resizes at random.
type monkey struct {
	*Model
	t   *testing.T
	r   *rand.Rand
	log []string
}

// monkeyKeys are the keys that have names; letters, digits and signs come besides.
var monkeyKeys = []tea.KeyPressMsg{
	{Code: tea.KeyEnter}, {Code: tea.KeyEscape}, {Code: tea.KeyTab}, {Code: tea.KeyTab, Mod: tea.ModShift}, {Code: tea.KeySpace, Text: " "},
	{Code: tea.KeyUp}, {Code: tea.KeyDown}, {Code: tea.KeyLeft}, {Code: tea.KeyRight}, {Code: tea.KeyHome}, {Code: tea.KeyEnd},
	{Code: tea.KeyUp, Mod: tea.ModShift}, {Code: tea.KeyRight, Mod: tea.ModShift}, {Code: tea.KeyLeft, Mod: tea.ModAlt},
	{Code: tea.KeyBackspace}, {Code: tea.KeyDelete}, {Code: tea.KeyPgUp}, {Code: tea.KeyPgDown}, {Code: tea.KeyF8},
	{Code: 'a', Mod: tea.ModCtrl}, {Code: 'd', Mod: tea.ModCtrl}, {Code: 's', Mod: tea.ModCtrl}, {Code: 'x', Mod: tea.ModCtrl}, {Code: 'v', Mod: tea.ModCtrl},
	{Code: 'z', Mod: tea.ModCtrl}, {Code: 'y', Mod: tea.ModCtrl}, {Code: 'p', Mod: tea.ModCtrl}, {Code: 'o', Mod: tea.ModCtrl}, {Code: 'c', Mod: tea.ModCtrl},
}

func (k *monkey) key() tea.KeyPressMsg {
	if k.r.IntN(3) == 0 {
		return monkeyKeys[k.r.IntN(len(monkeyKeys))]
	}
	const signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;/?[]+-=\"'é日👩"
	all := []rune(signs)
	r := all[k.r.IntN(len(all))]
	if _, naming := k.top().(*saveAs); naming && strings.ContainsRune("/.:", r) {
		r = 'x' // it saves where the test is, and nowhere else
	}
	return tea.KeyPressMsg{Code: r, Text: string(r)}
}

func (k *monkey) next() tea.Msg {
	x, y := k.r.IntN(max(1, k.w)), k.r.IntN(max(1, k.h))
	button := []tea.MouseButton{tea.MouseLeft, tea.MouseLeft, tea.MouseLeft, tea.MouseMiddle, tea.MouseRight}[k.r.IntN(5)]
	switch k.r.IntN(40) {
	case 0:
		sizes := [][2]int{{1, 1}, {80, 24}, {120, 36}, {200, 60}, {60, 16}, {1 + k.r.IntN(300), 1 + k.r.IntN(100)}}
		s := sizes[k.r.IntN(len(sizes))]
		return tea.WindowSizeMsg{Width: s[0], Height: s[1]}
	case 1, 2, 3:
		return tea.MouseClickMsg{X: x, Y: y, Button: button}
	case 4, 5:
		return tea.MouseMotionMsg{X: x, Y: y, Button: []tea.MouseButton{tea.MouseNone, tea.MouseLeft}[k.r.IntN(2)]}
	case 6, 7:
		return tea.MouseReleaseMsg{X: x, Y: y, Button: button}
	case 8:
		return tea.MouseWheelMsg{X: x, Y: y, Button: []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown, tea.MouseWheelLeft}[k.r.IntN(3)]}
	case 9:
		return tea.PasteMsg{Content: []string{"some text", "- id: x\n  kind: wait\n  for: 1d\n", "\x1b[31m", "a: [b"}[k.r.IntN(4)]}
	case 10:
		return tea.FocusMsg{}
	case 11:
		if k.session != nil {
			return tick{k.session.run}
		}
	}
	return k.key()
}

// step does one thing and checks what must always hold.
func (k *monkey) step(i int) {
	msg := k.next()
	k.log = append(k.log, fmt.Sprintf("%T %v", msg, msg))
	defer func() {
		if p := recover(); p != nil {
			k.t.Fatalf("step %d: %v, after\n%s\n%s", i, p, strings.Join(k.log[max(0, len(k.log)-25):], "\n"), debug.Stack())
		}
	}()
	_, cmd := k.Update(msg)
	carryOut(k.Model, cmd)
	if k.quitting { // it wanted to leave; here it stays
		k.quitting, k.dialogs = false, nil
	}
	fits(k.t, k.Model, fmt.Sprintf("step %d", i))
	if k.t.Failed() {
		k.t.Fatal(strings.Join(k.log[max(0, len(k.log)-25):], "\n"))
	}
	if i%40 == 0 {
		k.loadsBack(i)
	}
}

// loadsBack checks that the campaign is what its file would say.
func (k *monkey) loadsBack(i int) {
	now := k.history.Now()
	text := k.document.Save(now)
	d, err := model.Load("again.yaml", text)
	if err != nil {
		k.t.Fatalf("step %d: the file does not load: %v\n%s\nafter\n%s", i, err, text, strings.Join(k.log[max(0, len(k.log)-25):], "\n"))
	}
	if !d.Campaign.Equal(now) {
		k.t.Fatalf("step %d: the file says something else:\n%s", i, text)
	}
}

// A random person can't break the program: whatever is pressed, frames fit, the campaign loads back from its file, and
// undoing everything gives the bytes that were there at first.
func TestMonkey(t *testing.T) {
	steps := 20_000
	if testing.Short() {
		steps = 1500
	}
	dir := t.TempDir()
	t.Chdir(dir)
	for seed, sample := range []string{"gold-silver", "three-way", "gold-silver-start", "blocked-join"} {
		text, err := samples.Campaign(sample)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, sample+".yaml")
		if err := file.Write(name, nil, text); err != nil {
			t.Fatal(err)
		}
		m, err := New(Options{File: name, Name: name, Text: text, Theme: "dark", Mouse: true, State: file.State(filepath.Join(dir, "state"))})
		if err != nil {
			t.Fatal(err)
		}
		m.later = func(time.Duration, tea.Msg) tea.Cmd { return nil }
		k := &monkey{Model: m, t: t, r: rand.New(rand.NewPCG(uint64(seed), 7))}
		m.take(tea.WindowSizeMsg{Width: 120, Height: 36})
		carryOut(m, m.Init())
		for i := range steps / 4 {
			k.step(i)
		}
		for undone := "x"; undone != ""; {
			m.history, undone = m.history.Undo()
		}
		if first := m.document.Save(m.history.Now()); !bytes.Equal(first, m.options.Text) {
			t.Fatalf("after undoing everything, %s would be\n%s", sample, first)
		}
		m.close()
	}
}
