package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"rendezvous/model"
	"rendezvous/samples"
)

var update = flag.Bool("update", false, "write what scripts compare with")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"rendezvous": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// cacheNames are the variables by which systems say where caches are.
var cacheNames = []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"}

// cache is a folder in which the demo dataset has been imported, which takes longer than everything else here.
func cache(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range cacheNames {
		t.Setenv(name, folder)
	}
	if code, _, message := command(t, "", "run", sample(t, "gold-silver")); code != 0 {
		t.Fatal(message)
	}
	return folder
}

// sample is the path of a sample campaign's file.
func sample(t *testing.T, name string) string {
	t.Helper()
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name+".yaml")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// command runs the program inside of the test.
func command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	code = Main(args, strings.NewReader(stdin), &out, &errOut)
	return code, out.String(), errOut.String()
}

func TestScripts(t *testing.T) {
	folder := cache(t)
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			for _, name := range cacheNames {
				e.Setenv(name, folder)
			}
			return nil
		},
		RequireExplicitExec: true,
		Deadline:            time.Now().Add(100 * time.Second),
		UpdateScripts:       *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"lines": lines,
			"fails": fails,
			"added": added,
		},
	})
}

// fails runs a command that must end with an exit code: fails CODE COMMAND ARGUMENTS….
func fails(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fails CODE COMMAND ARGUMENTS…")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("%s ended with %v, not with exit code %s", strings.Join(args[1:], " "), err, args[0])
	}
}

// lines checks how many lines a file has: lines N FILE.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines N FILE")
	}
	var want int
	ts.Check(json.Unmarshal([]byte(args[0]), &want))
	if got := strings.Count(ts.ReadFile(args[1]), "\n"); got != want {
		ts.Fatalf("%s has %d lines, not %d", args[1], got, want)
	}
}

// added checks that a file is another one with some lines put in: added BEFORE AFTER LINES.
func added(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: added BEFORE AFTER LINES")
	}
	before, after, lines := ts.ReadFile(args[0]), ts.ReadFile(args[1]), ts.ReadFile(args[2])
	if at := strings.Index(after, lines); at < 0 || after[:at]+after[at+len(lines):] != before {
		ts.Fatalf("%s is not %s with these lines put in, but\n%s", args[1], args[0], after)
	}
}

// The schema describes every kind, with every field that it has.
func TestSchema(t *testing.T) {
	code, out, message := command(t, "", "schema")
	if code != 0 || message != "" {
		t.Fatalf("exit code %d, %s", code, message)
	}
	if !json.Valid([]byte(out)) {
		t.Fatal("not JSON")
	}
	for _, k := range model.Kinds() {
		if !strings.Contains(out, `"`+k.Name+`"`) {
			t.Errorf("no kind %s", k.Name)
		}
		for _, f := range k.AllFields() {
			if !strings.Contains(out, `"`+f.Key+`"`) {
				t.Errorf("no field %s of %s", f.Key, k.Name)
			}
		}
	}
}

// Whatever a file holds, every command that reads campaigns answers in a sentence and with an exit code.
func TestHostileFiles(t *testing.T) {
	files := map[string]string{
		"empty":     "",
		"blank":     " \n\n",
		"comment":   "# nothing\n",
		"scalar":    "hello",
		"list":      "- a\n- b\n",
		"binary":    "\x7fELF\x02\x01\x01\x00\x00\xff\xfe\x00",
		"tabs":      "version: 1\n\tname: x\n",
		"five MB":   "version: 1\nname: x\nactivities:\n" + strings.Repeat("  - {id: a, kind: email}\n", 5<<20/25),
		"one line":  strings.Repeat("a", 5<<20),
		"deep":      "version: 1\nname: " + strings.Repeat("[", 100_000),
		"deep maps": strings.Repeat("{a: ", 20_000),
		"bomb": "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n" +
			"d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n",
		"self":    "a: &a [*a]\n",
		"two":     "version: 1\nname: x\n---\nversion: 1\n",
		"escapes": "version: 1\nname: \"\\e]0;owned\\a\"\nkey-\x1b[31m: 1\n",
		"newer":   "version: 99\nname: x\n",
	}
	for name, text := range files {
		for _, args := range [][]string{{"check", "-"}, {"check", "--json", "-"}, {"run", "-"}, {"render", "-"}, {"fmt", "-"}} {
			t.Run(name+" "+args[0], func(t *testing.T) {
				start := time.Now()
				code, out, message := command(t, text, args...)
				if args[0] == "fmt" && code == 0 {
					return // nothing wrong with what can be formatted
				}
				if code == 0 {
					t.Errorf("exit code 0 with %q", out)
				}
				said := out + message
				if strings.TrimSpace(said) == "" {
					t.Error("not a word")
				}
				if strings.ContainsAny(strings.ReplaceAll(said, "\n", ""), "\x00\x1b\x07") {
					t.Errorf("control characters in %.200q", said)
				}
				if len(said) > 1<<20 {
					t.Errorf("%d bytes of messages", len(said))
				}
				if strings.Contains(said, "goroutine ") {
					t.Errorf("a panic: %.500s", said)
				}
				if d := time.Since(start); d > 20*time.Second {
					t.Errorf("took %v", d)
				}
			})
		}
	}
}

// Two runs at once import the same dataset without getting into each other's way.
func TestRunsAtOnce(t *testing.T) {
	folder := t.TempDir()
	for _, name := range cacheNames {
		t.Setenv(name, folder)
	}
	data := t.TempDir()
	write(t, filepath.Join(data, "schema.yaml"), "tables:\n  - name: people\n    key: id\n    targetable: true\n    columns:\n      - {name: id, type: integer}\n")
	write(t, filepath.Join(data, "people.csv"), "id\n1\n2\n3\n")
	campaign := "version: 1\nname: x\ndata: " + data + "\ndimension: people\nactivities:\n  - {id: all, kind: build-audience}\n"
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if code, out, message := command(t, campaign, "run", "-", "--json"); code != 0 || !strings.Contains(out, `"count":3`) {
				t.Errorf("exit code %d: %s%s", code, out, message)
			}
		})
	}
	group.Wait()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
