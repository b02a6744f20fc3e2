// Package population computes the populations of a run: each kind of activity that selects people is compiled to SQL over
// work tables in an embedded database (SPEC sections 2 and 4).
//
// A [Dataset] is never written to. A [Store] holds the work tables of one run, one for each activated transition; a work
// table has the key of its dimension and nothing that the dataset already knows. Names of tables and columns come from
// the schema and are quoted; values are always bound.
package population

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"rendezvous/model/schema"
	"rendezvous/samples"
)

// A Dataset is tables of people and things to query, imported into a database file.
type Dataset struct {
	Name   string // as the campaign says it
	Schema schema.Schema
	file   string // the SQLite database
	remove bool   // whether the file is this dataset's own and goes with it
}

// ErrNoDataset says that a campaign names a dataset that is not there.
var ErrNoDataset = errors.New("there is no such dataset")

// Open returns the dataset that a campaign names: the built-in “demo”, or a folder of CSV files with a schema.yaml,
// relative to a base folder. The first time, its files are imported into a cache, which is keyed by their content;
// progress is told what is being imported, and may be nil.
func Open(ctx context.Context, name, base string, progress func(string)) (*Dataset, error) {
	folder, err := folder(name, base)
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(folder, "schema.yaml")
	if err != nil {
		return nil, fmt.Errorf("the dataset %s has no schema.yaml that can be read: %w", name, err)
	}
	s, err := schema.Parse(filepath.Join(name, "schema.yaml"), text)
	if err != nil {
		return nil, err
	}
	d := &Dataset{Name: name, Schema: s}
	key, err := contentKey(folder, s, text)
	if err != nil {
		return nil, fmt.Errorf("the dataset %s can’t be read: %w", name, err)
	}
	return d, d.cached(ctx, folder, key, progress)
}

// folder finds the files of a dataset.
func folder(name, base string) (fs.FS, error) {
	if name == "demo" {
		return samples.Demo(), nil
	}
	if strings.Contains(name, "://") {
		return nil, fmt.Errorf("%w: %s is a database URL; use “demo”, or a folder of CSV files with a schema.yaml", ErrNoDataset, redact(name))
	}
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%w: %s is not a folder; use “demo”, or a folder of CSV files with a schema.yaml", ErrNoDataset, path)
	}
	return os.DirFS(path), nil
}

// redact keeps passwords out of messages: it leaves of a URL what cannot be one.
func redact(name string) string {
	scheme, _, _ := strings.Cut(name, "://")
	u, err := url.Parse(name)
	if err != nil || strings.Contains(u.Path+u.RawQuery+u.Fragment, "@") {
		return scheme + "://…"
	}
	shown := scheme + "://"
	if u.User != nil {
		shown += "…@"
	}
	if shown += u.Host + u.Path; u.RawQuery != "" {
		shown += "?…"
	}
	return shown
}

// contentKey is a hash of everything that an import depends on.
func contentKey(folder fs.FS, s schema.Schema, text []byte) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "import format %d\n", importFormat)
	h.Write(text)
	for _, t := range s.Tables {
		f, err := folder.Open(t.File)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "\n%s\n", t.File)
		_, err = io.Copy(h, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12]), nil
}

// cached imports the dataset unless that has been done. Without a place for a cache, it is imported into a temporary
// file that goes with the dataset.
func (d *Dataset) cached(ctx context.Context, folder fs.FS, key string, progress func(string)) error {
	cache, err := cacheFolder()
	if err == nil {
		d.file = filepath.Join(cache, key+".db")
		if _, err := os.Stat(d.file); err == nil {
			return nil
		}
	}
	temp, err := os.CreateTemp(cache, "import-*.db")
	if err != nil {
		return fmt.Errorf("the dataset %s can’t be imported: %w", d.Name, err)
	}
	part := temp.Name()
	if err := errors.Join(temp.Close(), d.importAll(ctx, part, folder, progress)); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if d.file == "" {
		d.file, d.remove = part, true
		return nil
	}
	return os.Rename(part, d.file)
}

// cacheFolder returns a folder that can be written to; an empty name stands for the system's temporary one.
func cacheFolder() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	cache = filepath.Join(cache, "rendezvous")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", err
	}
	probe, err := os.CreateTemp(cache, "probe-*")
	if err != nil {
		return "", err
	}
	return cache, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// Close gives back what the dataset holds.
func (d *Dataset) Close() error {
	if !d.remove {
		return nil
	}
	return os.Remove(d.file)
}

// count returns the number that a statement selects, in a database or a transaction.
func count(ctx context.Context, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, query string, args ...any) (int, error) {
	var n int
	err := db.QueryRowContext(ctx, query, args...).Scan(&n)
	return n, err
}

// quote writes an identifier of the schema into SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
