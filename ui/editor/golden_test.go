package editor

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
)

// goldenScenes are the main scenes, as a person has looked at them at three sizes.
var goldenScenes = []struct {
	name, sample string
	keys         []string
}{
	{"editor", "gold-silver", []string{"right", "right", "right", "right", "right", "right"}},
	{"join-form", "gold-silver", []string{"right", "right", "right", "right", "right", "right", "tab", "down", "down", "down", "enter", "down"}},
	{"open-end", "gold-silver-start", []string{"right", "right", "right", "right", "right"}},
	{"insert", "gold-silver-start", []string{"right", "right", "right", "right", "right", "a"}},
	{"overview", "three-way", []string{"Z", "right", "right"}},
	{"outline", "three-way", []string{"O", "down", "down"}},
	{"folded", "three-way", []string{"right", "right", "o"}},
	{"marked", "gold-silver", []string{"right", "right", "v"}},
	{"jump", "three-way", []string{"g"}},
	{"find", "three-way", []string{"/", "w", "a", "i", "t"}},
	{"context-menu", "gold-silver", []string{"right", "right", "."}},
	{"commands", "gold-silver", []string{"?"}},
	{"palette", "gold-silver", []string{"?", "f", "i", "t"}},
	{"gallery", "gold-silver", []string{"ctrl+o", "down", "down"}},
	{"question", "gold-silver", []string{"d", "q"}},
	{"findings", "three-way", []string{"F"}},
	{"run-waiting", "gold-silver", []string{"r", "space", "home", "]"}},
	{"run-fired", "gold-silver", []string{"r", "space", "home", "]", "]", "]"}},
	{"run-blocked", "blocked-join", []string{"r", "space", "end"}},
	{"run-over", "gold-silver", []string{"r", "space", "end"}},
}

func TestGoldenFrames(t *testing.T) {
	for _, scene := range goldenScenes {
		for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
			name := fmt.Sprintf("%s-%dx%d", scene.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				m := start(t, scene.sample, size[0], size[1])
				for _, key := range scene.keys {
					if letter, ctrl := strings.CutPrefix(key, "ctrl+"); ctrl {
						_, cmd := m.Update(tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl})
						carryOut(m, cmd)
						continue
					}
					if key == "right" && m.topDown() {
						key = "down" // along the flow
					}
					press(m, key)
				}
				golden(t, name, strings.Join(plain(m), "\n")+"\n")
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s\n%s", path, diff, got)
	}
}
