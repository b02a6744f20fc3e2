package editor_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"

	"rendezvous/samples"
	"rendezvous/ui/editor"
	"rendezvous/ui/file"
)

// TestMain gives all tests one cache of their own, so that the demo dataset is imported once.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "rendezvous-test-*")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		if err := os.Setenv(name, dir); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	_ = os.RemoveAll(dir) // a temporary folder that stays is no failure
	os.Exit(code)
}

// A terminal is a person at a screen: the real program runs in it, keys and clicks go in, and the screen is read.
type terminal struct {
	t    testing.TB
	emu  *emulator
	in   keyboard
	file string
	done chan error
}

// open starts the program on a copy of a sample, or on a text.
func open(t testing.TB, w, h int, text string, change ...func(*editor.Options)) *terminal {
	t.Helper()
	name := filepath.Join(t.TempDir(), "campaign.yaml")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	o := editor.Options{File: name, Name: name, Text: []byte(text), Theme: "dark", Mouse: true, State: file.State(filepath.Join(t.TempDir(), "state"))}
	for _, c := range change {
		c(&o)
	}
	s := &terminal{t: t, emu: &emulator{Emulator: vt.NewEmulator(w, h)}, in: make(keyboard, 4096), file: name, done: make(chan error, 1)}
	go s.answer()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		s.done <- editor.Run(ctx, o, tea.WithInput(s.in), tea.WithOutput(s.emu), tea.WithWindowSize(w, h),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.TrueColor))
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-s.done:
		case <-time.After(10 * time.Second):
			t.Error("the program did not end")
		}
	})
	return s
}

// A keyboard is what has been typed and not been read. It never makes the one who types wait.
type keyboard chan []byte

func (k keyboard) Read(p []byte) (int, error) {
	return copy(p, <-k), nil
}

// answer types what the terminal itself answers to questions of the program.
func (s *terminal) answer() {
	buffer := make([]byte, 256)
	for {
		n, err := s.emu.Read(buffer)
		if err != nil {
			return
		}
		s.in <- bytes.Clone(buffer[:n])
	}
}

// An emulator is a terminal that is written to by the program and read by the test. It does what the terminal driver of an
// operating system does with a line break.
type emulator struct {
	*vt.Emulator
	mu    sync.Mutex
	wrote chan struct{} // told of frames, when there is someone to listen
}

func (e *emulator) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, err := e.Emulator.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	select {
	case e.wrote <- struct{}{}:
	default:
	}
	return len(p), err
}

func sample(t *testing.T, name string) string {
	t.Helper()
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// special are the bytes of keys that are not the character that they are called by.
var special = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "delete": "\x1b[3~",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "alt+left": "\x1b[1;3D", "f2": "\x1bOQ", "shift+f8": "\x1b[19;2~",
	"shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D", "shift+tab": "\x1b[Z", "f8": "\x1b[19~", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
}

// press types keys by name.
func (s *terminal) press(keys ...string) {
	s.t.Helper()
	for _, name := range keys {
		if code, ok := special[name]; ok {
			name = code
		} else if letter, ctrl := strings.CutPrefix(name, "ctrl+"); ctrl {
			name = string(letter[0] & 0x1f)
		}
		s.in <- []byte(name)
	}
}

// write types a text.
func (s *terminal) write(text string) {
	for _, r := range text {
		s.press(string(r))
	}
}

// text is what the screen shows.
func (s *terminal) text() string {
	s.emu.mu.Lock()
	defer s.emu.mu.Unlock()
	var out strings.Builder
	for y := range s.emu.Height() {
		for x := 0; x < s.emu.Width(); {
			c := s.emu.CellAt(x, y)
			if c == nil || c.Content == "" {
				out.WriteByte(' ')
				x++
				continue
			}
			out.WriteString(c.Content)
			x += max(1, c.Width)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// until waits for the screen to fulfil something.
func (s *terminal) until(what string, ok func(screen string) bool) {
	s.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !ok(s.text()) {
		select {
		case err := <-s.done:
			s.done <- err
			s.t.Fatalf("the program ended (%v) before %s", err, what)
		case <-time.After(5 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("waited in vain for %s; the screen is\n%s", what, s.text())
		}
	}
}

// see waits for texts to be on the screen.
func (s *terminal) see(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.until("“"+text+"”", func(screen string) bool { return strings.Contains(screen, text) })
	}
}

// ready waits until the campaign is shown and its data is open.
func (s *terminal) ready() {
	s.t.Helper()
	s.see("Draft")
	s.gone("opening data")
}

// gone waits for a text to leave the screen.
func (s *terminal) gone(text string) {
	s.t.Helper()
	s.until("“"+text+"” to go", func(screen string) bool { return !strings.Contains(screen, text) })
}

// find returns where a text stands on the screen; the last place, if last is set.
func (s *terminal) find(text string, last bool) (x, y int) {
	s.t.Helper()
	s.see(text)
	x = -1
	for row, line := range strings.Split(s.text(), "\n") {
		at := strings.Index(line, text)
		if last {
			at = strings.LastIndex(line, text)
		}
		if at >= 0 && (x < 0 || last) {
			x, y = len([]rune(line[:at])), row
		}
	}
	return x, y
}

// click clicks on the middle of a text.
func (s *terminal) click(text string) {
	s.t.Helper()
	x, y := s.find(text, false)
	s.clickAt(x+len([]rune(text))/2, y)
}

func (s *terminal) clickAt(x, y int) {
	s.in <- fmt.Appendf(nil, "\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1)
}

// saved returns what the file holds.
func (s *terminal) saved() string {
	s.t.Helper()
	text, err := os.ReadFile(s.file)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// ended waits for the program to end, and checks that it leaves the terminal as it was.
func (s *terminal) ended() {
	s.t.Helper()
	select {
	case err := <-s.done:
		s.done <- err
		if err != nil && !errors.Is(err, io.EOF) {
			s.t.Fatal(err)
		}
	case <-time.After(10 * time.Second):
		s.t.Fatalf("the program did not end; the screen is\n%s", s.text())
	}
	if s.emu.IsAltScreen() {
		s.t.Error("the program left the terminal in its alternate screen")
	}
}

// added returns the lines that one text has and another has not, checked to be nothing but additions.
func added(t *testing.T, before, after string) []string {
	t.Helper()
	old, rest := strings.Split(before, "\n"), strings.Split(after, "\n")
	var lines []string
	for _, line := range rest {
		if len(old) > 0 && line == old[0] {
			old = old[1:]
			continue
		}
		lines = append(lines, line)
	}
	if len(old) > 0 {
		t.Errorf("the line %q is gone from the file", old[0])
	}
	// Which of two blank lines is the new one is a matter of taste.
	return strings.Split(strings.Trim(strings.Join(lines, "\n"), "\n"), "\n")
}
