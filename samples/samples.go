// Package samples holds campaigns and a dataset that are part of the program: to learn from, to show, and to test with.
package samples

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed *.yaml demo
var files embed.FS

// Names returns the names of the sample campaigns; the first is the one to begin with.
func Names() []string {
	names := []string{"gold-silver"}
	found, _ := fs.Glob(files, "*.yaml") // the pattern is well formed
	for _, file := range found {
		if name := strings.TrimSuffix(file, ".yaml"); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Campaign returns the text of a sample campaign.
func Campaign(name string) ([]byte, error) { return files.ReadFile(path.Base(name) + ".yaml") }

// Demo returns the folder of the demo dataset: CSV files and a schema.yaml.
func Demo() fs.FS {
	demo, err := fs.Sub(files, "demo")
	if err != nil {
		panic(err) // the name is a constant
	}
	return demo
}
