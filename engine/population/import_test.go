package population

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const pets = `
tables:
  - name: pets
    key: id
    targetable: true
    columns:
      - {name: id, type: integer}
      - {name: name, type: text}
      - {name: weight, type: decimal}
      - {name: tame, type: boolean}
      - {name: born, type: date}
      - {name: seen, type: datetime}
`

const header = "id,name,weight,tame,born,seen\n"

// petsFrom writes a dataset of one table into a folder.
func petsFrom(t *testing.T, text string) string {
	t.Helper()
	return writeFolder(t, map[string]string{"schema.yaml": pets, "pets.csv": text})
}

// freshCache gives a test a cache of its own, and returns the folder of the databases.
func freshCache(t *testing.T) string {
	t.Helper()
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	return filepath.Join(cache, "rendezvous")
}

// rowsOf opens a dataset and reads its pets.
func rowsOf(t *testing.T, folder string) [][]string {
	t.Helper()
	d, err := Open(t.Context(), folder, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	s := newStore(t, loadCampaign(t, "pets", "- {id: all, kind: build-audience}\n"), d, 0)
	compute(t, s, "all")
	var out [][]string
	for _, column := range []string{"id", "name", "weight", "tame", "born", "seen"} {
		out = append(out, keys(t, s, "all", "result", column))
	}
	if err := errors.Join(s.Close(), d.Close()); err != nil {
		t.Error(err)
	}
	return out
}

func TestImport(t *testing.T) {
	rex := [][]string{{"1"}, {"Rex"}, {"4.5"}, {"true"}, {"2020-02-29"}, {"2026-01-05T08:00:00Z"}}
	for _, test := range []struct {
		name, text string
		want       [][]string
	}{
		{"plain", header + "1,Rex,4.5,true,2020-02-29,2026-01-05T09:00:00+01:00\n", rex},
		{"a byte order mark", "\ufeff" + header + "1,Rex,4.5,true,2020-02-29,2026-01-05T08:00:00Z\n", rex},
		{"a byte order mark and quotes", "\ufeff\"id\",\"name\",weight,tame,born,seen\r\n1,\"Rex\",4.50,TRUE,2020-02-29,2026-01-05 08:00\r\n", rex},
		{"columns in another order, and more of them", "colour,seen,born,tame, weight ,name,id,owner\nred,2026-01-05 08:00:00,2020-02-29,1,4.5,Rex,1,me\n", rex},
		{"no line end behind the last row, blank lines between", header + "\n1,Rex,4.5,t,2020-02-29,2026-01-05T08:00:00.9Z", rex},
		{"a line break in a value", header + "1,\"a\nb \"\"c\"\", d\",,,,\n", [][]string{{"1"}, {"a\nb \"c\", d"}, {""}, {""}, {""}, {""}}},
		{"values of all sizes", header + "9223372036854775807,x,1e3,false,0001-01-01,2026-01-05\n-1,ß,-0.000001,false,9999-12-31,2026-06-05T00:00:00+02:00\n",
			[][]string{{"-1", "9223372036854775807"}, {"ß", "x"}, {"-0.000001", "1000"}, {"false", "false"}, {"9999-12-31", "0001-01-01"}, {"2026-06-04T22:00:00Z", "2026-01-05T00:00:00Z"}}},
		{"no rows", header, [][]string{{}, {}, {}, {}, {}, {}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			freshCache(t)
			if diff := cmp.Diff(test.want, rowsOf(t, petsFrom(t, test.text))); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
		})
	}
}

func TestImportErrors(t *testing.T) {
	many := strings.Repeat("x,,,,,\n", maxBadRows+5)
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"an empty file", "", []string{"pets.csv: no header line can be read"}},
		{"missing columns", "id,name,tame\n1,Rex,true\n", []string{"pets.csv: the schema names columns that the file does not have: weight, born, seen"}},
		{"bad values, all of them, where their rows begin", header +
			"1,\"two\nlines\",,,,\nx,,,,,\n3,,heavy,,,\n4,,,perhaps,,\n5,,,,2026-02-30,\n6,,,,,soon\n7,,NaN,,,\n8,,-Inf,,,\n", []string{
			"pets.csv:4: id: “x” is not an integer",
			"pets.csv:5: weight: “heavy” is not a decimal number",
			"pets.csv:6: tame: “perhaps” is not true or false",
			"pets.csv:7: born: “2026-02-30” is not a date like 2026-01-05",
			"pets.csv:8: seen: “soon” is not a date and time like 2026-01-05T09:00:00Z",
			"pets.csv:9: weight: “NaN” is not a decimal number",
			"pets.csv:10: weight: “-Inf” is not a decimal number"}},
		{"a row without a key", header + ",Rex,,,,\n", []string{"pets.csv:2: id, the key, is empty"}},
		{"a key twice", header + "1,Rex,,,,\n2,Tom,,,,\n1,Max,,,,\n", []string{"pets.csv:4: id: a row above has the same key, 1"}},
		{"rows of another length", header + "1,Rex\n2,Tom,,,,,,\n", []string{"pets.csv:2: wrong number of fields", "pets.csv:3: wrong number of fields"}},
		{"a quote in the first value", header + "1\"2,Rex,,,,\n", []string{"pets.csv:2: bare \" in non-quoted-field"}},
		{"a quote that is never closed", header + "1,\"Rex,,,,\n2,Tom,,,,\n", []string{"pets.csv:2: extraneous or missing \" in quoted-field"}},
		{"very many bad rows", header + many, append(repeat("pets.csv:%d: id: “x” is not an integer", maxBadRows), "… and perhaps more")},
	} {
		t.Run(test.name, func(t *testing.T) {
			cache := freshCache(t)
			_, err := Open(t.Context(), petsFrom(t, test.text), "", nil)
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.Split(err.Error(), "\n")
			for i := range max(len(got), len(test.want)) {
				if i >= len(got) || i >= len(test.want) || !strings.HasPrefix(got[i], test.want[i]) {
					t.Fatalf("errors:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
				}
			}
			checkNothingIn(t, cache)
		})
	}
}

func repeat(format string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf(format, i+2))
	}
	return out
}

func checkNothingIn(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s is left behind", e.Name())
	}
}

func TestNoDataset(t *testing.T) {
	freshCache(t)
	base := t.TempDir()
	if err := os.WriteFile(filepath.Join(base, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"nowhere": filepath.Join(base, "nowhere") + " is not a folder",
		"file":    filepath.Join(base, "file") + " is not a folder",
		"postgres://marie:s3cret@db.example.org/shop":       "postgres://…@db.example.org/shop is a database URL",
		"postgres://marie:s3c@ret@db.example.org:5432/shop": "postgres://…@db.example.org:5432/shop is a database URL",
		"postgres://db.example.org/shop":                    "postgres://db.example.org/shop is a database URL",
	} {
		_, err := Open(t.Context(), name, base, nil)
		if !errors.Is(err, ErrNoDataset) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3c") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(t.Context(), ".", base, nil); err == nil || !strings.Contains(err.Error(), "has no schema.yaml") {
		t.Errorf("a folder without a schema: %v", err)
	}
	if _, err := Open(t.Context(), writeFolder(t, map[string]string{"schema.yaml": pets}), "", nil); err == nil || !strings.Contains(err.Error(), "pets.csv") {
		t.Errorf("a folder without the file of a table: %v", err)
	}
	if _, err := Open(t.Context(), writeFolder(t, map[string]string{"schema.yaml": "tables: 7"}), "", nil); err == nil || !strings.Contains(err.Error(), "schema.yaml:1:9") {
		t.Errorf("a schema that is none: %v", err)
	}
}

// Passwords are where one does not expect them.
func TestPassword(t *testing.T) {
	for _, name := range []string{
		"postgres://db.example.org/shop?user=marie&password=s3cret", "postgres://db.example.org/shop?user=a@b&password=s3cret",
		"postgres://marie:12/s3cret@db.example.org/shop", "postgres://marie:a?s3cret@db.example.org/shop", "postgres://marie:#s3cret@db.example.org/shop",
		"postgres://marie:%zzs3cret@db.example.org/shop",
	} {
		_, err := Open(t.Context(), name, "", nil)
		if !errors.Is(err, ErrNoDataset) || !strings.Contains(err.Error(), "postgres://") || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The second time, nothing is imported; other content is another database.
func TestCache(t *testing.T) {
	cache := freshCache(t)
	folder := petsFrom(t, header+"1,Rex,,,,\n")
	var told []string
	progress := func(s string) { told = append(told, s) }
	for range 2 {
		d, err := Open(t.Context(), folder, "", progress)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"importing pets …"}, told); diff != "" {
		t.Errorf("imported (-want +got):\n%s", diff)
	}
	if entries, _ := os.ReadDir(cache); len(entries) != 1 {
		t.Errorf("%d files are in the cache, want one", len(entries))
	}
	if err := os.WriteFile(filepath.Join(folder, "pets.csv"), []byte(header+"1,Max,,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, folder); got[1][0] != "Max" {
		t.Errorf("the file has changed, the dataset has %v", got)
	}
	schema := strings.Replace(pets, "name: id, type: integer", "name: id, type: text", 1)
	if err := os.WriteFile(filepath.Join(folder, "schema.yaml"), []byte(schema), 0o600); err != nil {
		t.Fatal(err)
	}
	rowsOf(t, folder)
	if entries, _ := os.ReadDir(cache); len(entries) != 3 {
		t.Errorf("the schema has changed, and %d databases are in the cache, want 3", len(entries))
	}
}

// Without a place for a cache, the dataset works all the same, and leaves nothing behind.
func TestNoCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, cache := range []string{file, "relative"} {
		temp := t.TempDir()
		t.Setenv("TMPDIR", temp)
		t.Setenv("XDG_CACHE_HOME", cache)
		if got := rowsOf(t, petsFrom(t, header+"1,Rex,,,,\n")); got[1][0] != "Rex" {
			t.Errorf("XDG_CACHE_HOME=%s: %v", cache, got)
		}
		checkNothingIn(t, temp)
	}
}

// The cache may be anywhere.
func TestCacheWithOddName(t *testing.T) {
	for _, name := range []string{"with space", "per%41cent", "what?mode=ro", "ha#sh", "Größe"} {
		cache := filepath.Join(t.TempDir(), name)
		t.Setenv("XDG_CACHE_HOME", cache)
		if got := rowsOf(t, petsFrom(t, header+"1,Rex,,,,\n")); got[1][0] != "Rex" {
			t.Errorf("%s: %v", name, got)
		}
		if found, _ := filepath.Glob(filepath.Join(filepath.Dir(cache), "*", "rendezvous", "*.db")); len(found) != 1 {
			t.Errorf("%s: the database is not where it should be: %v", name, found)
		}
	}
}

func TestImportCancelled(t *testing.T) {
	cache := freshCache(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, petsFrom(t, header+"1,Rex,,,,\n"), "", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before it began: %v", err)
	}
	checkNothingIn(t, cache)

	for _, table := range []string{"customers", "purchases", "subscriptions"} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := Open(ctx, "demo", "", func(s string) {
			if strings.Contains(s, table) {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %s: %v", table, err)
		}
		checkNothingIn(t, cache)
	}
}

func TestSourceIsNotWritten(t *testing.T) {
	freshCache(t)
	folder := petsFrom(t, header+"1,Rex,,,,\n")
	rowsOf(t, folder)
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 {
		t.Errorf("files of the dataset: %v, %v", entries, err)
	}
	if text, err := os.ReadFile(filepath.Join(folder, "pets.csv")); err != nil || string(text) != header+"1,Rex,,,,\n" {
		t.Errorf("pets.csv is now %q, %v", text, err)
	}
}

func TestRelativeToTheCampaign(t *testing.T) {
	freshCache(t)
	folder := petsFrom(t, header+"1,Rex,,,,\n")
	d, err := Open(t.Context(), filepath.Base(folder), filepath.Dir(folder), nil)
	if err != nil || d.Name != filepath.Base(folder) {
		t.Errorf("%v, %v", d, err)
	}
}
