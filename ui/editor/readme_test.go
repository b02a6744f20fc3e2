package editor

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the key reference of the README anew")

// TestReadmeKeys keeps the key reference of the README what the table of commands says.
func TestReadmeKeys(t *testing.T) {
	var table strings.Builder
	for _, s := range []scope{always, editing, running} {
		fmt.Fprintf(&table, "| %s | |\n|---|---|\n", map[scope]string{always: "always", editing: "while editing", running: "in a run"}[s])
		for _, c := range commandTable() {
			if c.scope != s {
				continue
			}
			var keys []string
			for _, k := range c.keys {
				keys = append(keys, "`"+strings.ReplaceAll(k, "|", "\\|")+"`")
			}
			fmt.Fprintf(&table, "| %s | %s |\n", strings.Join(keys, " "), c.help)
		}
		table.WriteString("\n")
	}
	const begin, end = "<!-- keys -->\n", "<!-- end of keys -->"
	name := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	is, after, ends := strings.Cut(rest, end)
	if !found || !ends {
		t.Fatal("the README has no place for the key reference")
	}
	if is == table.String() {
		return
	}
	if !*update {
		t.Fatal("the key reference of the README is not what the table of commands says: go test ./ui/editor -run ReadmeKeys -update")
	}
	if err := os.WriteFile(name, []byte(before+begin+table.String()+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
