package samples_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/model/schema"
	"rendezvous/samples"
)

func demo(t *testing.T) schema.Schema {
	t.Helper()
	text, err := fs.ReadFile(samples.Demo(), "schema.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := schema.Parse("schema.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNames(t *testing.T) {
	names := samples.Names()
	if names[0] != "gold-silver" {
		t.Errorf("the first sample is %s", names[0])
	}
	for _, want := range []string{"gold-silver", "gold-silver-start", "blocked-join", "three-way"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not among %v", want, names)
		}
	}
	if sorted := slices.Compact(slices.Sorted(slices.Values(names))); len(sorted) != len(names) {
		t.Errorf("some sample is twice in %v", names)
	}
	files, err := fs.Glob(samples.Demo(), "*.csv")
	if err != nil || len(files) != len(demo(t).Tables) {
		t.Errorf("%v, %v for %d tables", files, err, len(demo(t).Tables))
	}
	for _, name := range []string{"", "nothing", "../samples", "demo/schema"} {
		if _, err := samples.Campaign(name); err == nil {
			t.Errorf("there is a sample %q", name)
		}
	}
}

// Samples load, say what they show, are in the standard form and have no errors. The warnings are those that they are
// there to show.
func TestSamples(t *testing.T) {
	warnings := map[string][]string{"gold-silver": nil, "gold-silver-start": {"S04"}, "blocked-join": {"J04"}, "three-way": {"J04"}}
	facts := check.Data{Schema: demo(t)}
	for _, name := range samples.Names() {
		t.Run(name, func(t *testing.T) {
			text, err := samples.Campaign(name)
			if err != nil {
				t.Fatal(err)
			}
			d, err := model.Load(name, text)
			if err != nil {
				t.Fatal(err)
			}
			if d.Campaign.Name() == "" || d.Campaign.Settings.Text("description") == "" {
				t.Error("it does not say what it shows")
			}
			if saved := d.Save(d.Campaign); string(saved) != string(text) {
				t.Error("saving it unedited changes it")
			}
			var codes []string
			for _, f := range check.Run(d.Campaign, facts) {
				if f.Severity != check.Note {
					codes = append(codes, f.Code)
				}
				if f.Severity == check.Error {
					t.Errorf("%s: %s", f.Code, f.Message)
				}
			}
			if want, known := warnings[name]; known && !slices.Equal(codes, want) {
				t.Errorf("%v, not %v", codes, want)
			}
		})
	}
}

// The two Gold and Silver samples differ by what the tutorial adds.
func TestStartIsTheBeginning(t *testing.T) {
	load := func(name string) model.Campaign {
		text, err := samples.Campaign(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := model.Load(name, text)
		if err != nil {
			t.Fatal(err)
		}
		return d.Campaign
	}
	whole, start := load("gold-silver"), load("gold-silver-start")
	if len(start.Activities) >= len(whole.Activities) {
		t.Fatal("there is nothing to add")
	}
	for i, a := range start.Activities {
		if got, want := fmt.Sprint(a.ID, a.From, a.Settings), fmt.Sprint(whole.Activities[i].ID, whole.Activities[i].From, whole.Activities[i].Settings); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	if open := strings.Join(whole.Settings.Words("tags"), " "); open != "loyalty demo" {
		t.Errorf("tags %s", open)
	}
}
