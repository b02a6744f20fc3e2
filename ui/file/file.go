// Package file reads and writes campaign files so that nothing is lost.
package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rendezvous/model/source"
)

// ErrChanged says that a file is not what it was when it was read.
var ErrChanged = errors.New("the file has changed on disk since it was opened")

// Read returns the content of a file, or of standard input when the name is “-”. It reads no more than a campaign can
// be, so that a wrong file name costs nothing.
func Read(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(stdin, source.MaxSize+1))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, plain(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder, not a campaign file", name)
	}
	text, err := io.ReadAll(io.LimitReader(f, source.MaxSize+1))
	return text, plain(err)
}

// plain words a system error as a sentence about the file.
func plain(err error) error {
	var path *fs.PathError
	switch {
	case !errors.As(err, &path):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", path.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read: permission denied", path.Path)
	}
	return err
}

// Write replaces a file by new content, all of it or nothing: it writes beside the file, syncs, and renames. The file
// must still have the content before; nil means that it must not exist.
func Write(name string, before, content []byte) error {
	now, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && before == nil:
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w: it is gone", name, ErrChanged)
	case err != nil:
		return plain(err)
	case before == nil || !bytes.Equal(now, before):
		return fmt.Errorf("%s: %w", name, ErrChanged)
	}
	return Replace(name, content)
}

// Replace is Write for whatever the file holds now.
func Replace(name string, content []byte) error {
	name = destination(name)
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
		// A rename would replace a file that may not be written.
		if mode&0o200 == 0 {
			return fmt.Errorf("%s can’t be saved: the file is read-only", name)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("%s can’t be saved: its folder can’t be written to", name)
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%s can’t be saved: %w", name, err), os.Remove(f.Name()))
	}
	return nil
}

// destination is the file that a name stands for. A link keeps pointing at it, also when it is not there yet.
func destination(name string) string {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		return target
	}
	target, err := os.Readlink(name)
	if err != nil {
		return name
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(name), target)
	}
	return target
}

// NameFor makes a file name of a campaign's name: “gold-and-silver.yaml”.
func NameFor(title string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			out.WriteRune(r)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	if name := strings.Trim(out.String(), "-"); name != "" {
		return name + ".yaml"
	}
	return "campaign.yaml"
}
