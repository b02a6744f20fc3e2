package file

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rendezvous/model/source"
)

// write makes a file in a new folder.
func write(t *testing.T, text string, mode fs.FileMode) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "campaign.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	return name
}

// check compares a file, and that nothing else is in its folder.
func check(t *testing.T, name, want string) {
	t.Helper()
	if got, err := os.ReadFile(name); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v, want %q", filepath.Base(name), got, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s is left behind", e.Name())
		}
	}
}

func TestRead(t *testing.T) {
	name := write(t, "text\r\n", 0o600)
	if got, err := Read(name, nil); err != nil || string(got) != "text\r\n" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := Read("-", strings.NewReader("piped")); err != nil || string(got) != "piped" {
		t.Errorf("standard input: %q, %v", got, err)
	}
	missing := filepath.Join(filepath.Dir(name), "nothing.yaml")
	for file, want := range map[string]string{
		missing:                       "there is no file " + missing,
		filepath.Dir(name):            filepath.Dir(name) + " is a folder, not a campaign file",
		filepath.Join(name, "inside"): "not a directory",
	} {
		if _, err := Read(file, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", file, err, want)
		}
	}
}

// A wrong name may be a disk or an endless stream; no more is read than it takes to know.
func TestReadIsBounded(t *testing.T) {
	name := write(t, "", 0o600)
	if err := os.Truncate(name, 10*source.MaxSize); err != nil {
		t.Fatal(err)
	}
	for who, read := range map[string]func() ([]byte, error){
		"a file":         func() ([]byte, error) { return Read(name, nil) },
		"standard input": func() ([]byte, error) { return Read("-", endless{}) },
	} {
		if got, err := read(); err != nil || len(got) != source.MaxSize+1 {
			t.Errorf("%s: %d bytes, %v, want one more than a campaign may have", who, len(got), err)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestReadFails(t *testing.T) {
	if _, err := Read("-", broken{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a broken pipe: %v", err)
	}
}

func TestWrite(t *testing.T) {
	name := filepath.Join(t.TempDir(), "campaign.yaml")
	if err := Write(name, nil, []byte("one")); err != nil {
		t.Fatal(err)
	}
	check(t, name, "one")
	if err := Write(name, []byte("one"), []byte("two")); err != nil {
		t.Fatal(err)
	}
	check(t, name, "two")
	if err := Write(name, []byte("two"), nil); err != nil {
		t.Fatal(err)
	}
	check(t, name, "")
	if err := Write(name, []byte{}, []byte("three")); err != nil {
		t.Errorf("an empty file is not one that must not exist: %v", err)
	}
}

func TestWriteRefuses(t *testing.T) {
	name := write(t, "theirs", 0o600)
	if err := Write(name, []byte("mine"), []byte("new")); !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), name) {
		t.Errorf("changed on disk: %v", err)
	}
	if err := Write(name, nil, []byte("new")); !errors.Is(err, ErrChanged) {
		t.Errorf("there is a file now: %v", err)
	}
	check(t, name, "theirs")
	empty := write(t, "", 0o600)
	if err := Write(empty, nil, []byte("new")); !errors.Is(err, ErrChanged) {
		t.Errorf("there is an empty file now: %v", err)
	}
	gone := filepath.Join(filepath.Dir(name), "gone.yaml")
	if err := Write(gone, []byte("was"), []byte("new")); !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "it is gone") {
		t.Errorf("gone: %v", err)
	}
	if _, err := os.Stat(gone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was gone is back: %v", err)
	}
	if err := Write(filepath.Dir(name), []byte("was"), []byte("new")); err == nil {
		t.Error("a folder is overwritten")
	}
}

func TestReplace(t *testing.T) {
	name := write(t, "theirs", 0o600)
	if err := Replace(name, []byte("mine")); err != nil {
		t.Fatal(err)
	}
	check(t, name, "mine")
}

func TestReadOnlyFile(t *testing.T) {
	name := write(t, "text", 0o400)
	if err := Write(name, []byte("text"), []byte("new")); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("read-only: %v", err)
	}
	check(t, name, "text")
}

func TestNoPlaceToWrite(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "no", "such", "folder", "campaign.yaml")
	if err := Write(nowhere, nil, []byte("new")); err == nil || !strings.Contains(err.Error(), "its folder can’t be written to") {
		t.Errorf("a folder that is not there: %v", err)
	}
	// A folder in the place of the file lets all go well but the last step.
	name := filepath.Join(t.TempDir(), "campaign.yaml")
	if err := os.MkdirAll(filepath.Join(name, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Replace(name, []byte("new")); err == nil || !strings.Contains(err.Error(), "can’t be saved") {
		t.Errorf("a folder instead of a file: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("root may write into every folder, and Windows knows no read-only ones")
	}
	name := write(t, "text", 0o600)
	folder := filepath.Dir(name)
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	if err := Write(name, []byte("text"), []byte("new")); err == nil || !strings.Contains(err.Error(), "its folder can’t be written to") {
		t.Errorf("read-only folder: %v", err)
	}
	check(t, name, "text")
}

func TestModeIsKept(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o755, 0o666} {
		name := write(t, "text", mode)
		if err := Replace(name, []byte("new")); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
			t.Errorf("mode %v, %v, was %v", info.Mode().Perm(), err, mode)
		}
	}
	name := filepath.Join(t.TempDir(), "campaign.yaml")
	if err := Replace(name, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o600 != 0o600 {
		t.Errorf("a new file has mode %v, %v", info.Mode().Perm(), err)
	}
}

func TestLinkIsKept(t *testing.T) {
	name := write(t, "text", 0o600)
	for link, target := range map[string]string{
		filepath.Join(t.TempDir(), "absolute.yaml"):            name,
		filepath.Join(filepath.Dir(name), "relative.yaml"):     "campaign.yaml",
		filepath.Join(t.TempDir(), "to nothing yet.yaml"):      filepath.Join(filepath.Dir(name), "later.yaml"),
		filepath.Join(filepath.Dir(name), "near nothing.yaml"): "later too.yaml",
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skipf("no links here: %v", err)
		}
		before, err := os.ReadFile(link)
		if errors.Is(err, fs.ErrNotExist) {
			before = nil
		}
		if err := Write(link, before, append(bytes.Clone(before), '+')); err != nil {
			t.Errorf("%s: %v", filepath.Base(link), err)
		}
		if now, err := os.Readlink(link); err != nil || now != target {
			t.Errorf("%s leads to %q, %v", filepath.Base(link), now, err)
		}
		if now, err := os.ReadFile(link); err != nil || string(now) != string(before)+"+" {
			t.Errorf("%s holds %q, %v", filepath.Base(link), now, err)
		}
	}
}

func TestNameFor(t *testing.T) {
	for title, want := range map[string]string{
		"Gold and Silver":  "gold-and-silver.yaml",
		" Été: 50 % off! ": "t-50-off.yaml",
		"日本":               "campaign.yaml",
		"../../etc/passwd": "etc-passwd.yaml",
	} {
		if got := NameFor(title); got != want {
			t.Errorf("%q is saved as %s, not %s", title, got, want)
		}
	}
}
