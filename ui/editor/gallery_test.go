package editor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rendezvous/ui/editor"
	"rendezvous/ui/file"
)

// Without a file, the start screen lies over a sample.
func TestStartScreen(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"), func(o *editor.Options) { o.File, o.Gallery = "", true })
	s.see("Open a campaign", "Samples and templates", "Empty campaign", "One e-mail per tier")
	s.press("down", "down")
	s.see("Two branches, still open.")
	s.press("esc")
	s.gone("Open a campaign")
	s.see("Gold and Silver", "not saved yet")
}

// A path can be typed, and is completed from its folder.
func TestGalleryOpensAPath(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"alpha.yaml": "three-way", "beta.yaml": "blocked-join"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(sample(t, text)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.yaml"), []byte("version: 1\nname: x\nkinds: []\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	state := file.State(t.TempDir())
	s := open(t, 200, 40, sample(t, "gold-silver"), func(o *editor.Options) { o.State = state })
	s.ready()
	s.press("ctrl+o")
	s.see("Open a campaign")
	s.write(dir + "/")
	s.see("alpha.yaml", "beta.yaml", "broken.yaml")
	s.write("br")
	s.gone("beta.yaml")
	s.press("tab", "enter")
	s.see("“kinds”")
	s.press("ctrl+o")
	s.see("Open a campaign")
	s.write(dir + "/be")
	s.see("beta.yaml")
	s.press("tab", "enter")
	s.see("Blocked join", "saved")
	s.until("the file to be remembered", func(string) bool {
		names := state.Recent()
		return len(names) > 0 && strings.HasSuffix(names[0], "beta.yaml")
	})
	s.press("d")
	s.see("● unsaved")
	s.press("ctrl+o")
	s.see("Recent", "beta.yaml")
	s.write("three")
	s.press("enter")
	s.see("Leave Blocked join?", "1 edit is not saved")
	s.press("esc")
	s.gone("Leave Blocked join?")
	s.see("● unsaved")
	s.press("ctrl+o")
	s.see("Open a campaign")
	s.write("/nowhere/at-all.yaml")
	s.press("enter")
	s.see("Leave Blocked join?")
	s.press("n")
	s.see("There is no file")
}

// A new campaign begins with nothing, and the canvas says how to go on.
func TestEmptyCampaignTeaches(t *testing.T) {
	s := open(t, 120, 36, sample(t, "gold-silver"))
	s.ready()
	s.press("ctrl+o")
	s.see("Empty campaign")
	s.write("empty")
	s.press("enter")
	s.see("This campaign has no activities yet.", "begin, for instance with Build audience")
	s.press("a")
	s.see("Begin a branch")
	s.write("audience")
	s.press("enter")
	s.see("Build audience", "everyone", "1 of 1")
}
