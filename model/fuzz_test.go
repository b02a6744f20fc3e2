package model

import (
	"testing"

	"rendezvous/samples"
)

// FuzzLoad reads any text: it never panics, and what loads is saved byte for byte, reads back from its own rendering, and
// survives formatting.
func FuzzLoad(f *testing.F) {
	for _, name := range samples.Names() {
		text, err := samples.Campaign(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Load("f.yaml", text)
		if err != nil {
			return
		}
		if err := wellFormed(d.Campaign); err != nil {
			t.Fatal(err)
		}
		if got := string(d.patch(d.Campaign)); got != string(text) {
			t.Fatalf("saved as\n%q", got)
		}
		rendered := Render(d.Campaign)
		again, err := Load("f.yaml", rendered)
		if err != nil || !again.Campaign.Equal(d.Campaign) {
			t.Fatalf("%v: rendered as\n%s", err, rendered)
		}
		formatted, err := Format("f.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := Load("f.yaml", formatted); err != nil || !again.Campaign.Equal(d.Campaign) {
			t.Fatalf("%v: formatted as\n%s", err, formatted)
		}
		if edited, err := d.Campaign.SetCampaign("Another name", "name"); err == nil {
			if again, err := Load("f.yaml", d.Save(edited)); err != nil || again.Campaign.Name() != "Another name" {
				t.Fatalf("%v: saved as\n%s", err, d.Save(edited))
			}
		}
	})
}

// FuzzPaste pastes any text, by itself, at an open end and between two activities: it never panics, and what it gives is
// well formed and reads back.
func FuzzPaste(f *testing.F) {
	for _, name := range samples.Names() {
		d, _ := sample(f, name)
		var ids []string
		for _, a := range d.Campaign.Activities {
			ids = append(ids, a.ID)
		}
		f.Add(d.Campaign.Copy(ids))
	}
	into := load(f, branches).Campaign
	open, between := ref("late.out"), ref("ways.a")
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, at := range []*Ref{nil, &open, &between} {
			c, ids, err := into.Paste(text, at)
			if err != nil {
				continue
			}
			if err := wellFormed(c); err != nil {
				t.Fatal(err)
			}
			if again, err := Load("f.yaml", Render(c)); err != nil || !again.Campaign.Equal(c) {
				t.Fatalf("%v: pasted as\n%s", err, Render(c))
			}
			if undone, err := c.DeleteAll(ids); at == nil && (err != nil || !undone.Equal(into)) {
				t.Fatalf("%v: pasted and deleted, it is\n%s", err, Render(undone))
			}
		}
	})
}
