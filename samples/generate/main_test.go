package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestDatasetIsWhatTheGeneratorWrites(t *testing.T) {
	for name, want := range generate() {
		got, err := os.ReadFile(filepath.Join("..", "demo", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("samples/demo/%s differs from what the generator writes: go run ./samples/generate samples/demo", name)
		}
	}
}
