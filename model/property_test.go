package model

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rendezvous/samples"
)

// wellFormed says what keeps a campaign from being well formed, as the package promises after every edit.
func wellFormed(c Campaign) error {
	ids, followed := map[string]bool{}, map[Ref]bool{}
	for _, a := range c.Activities {
		if ids[a.ID] || identifier(a.ID) != nil {
			return errors.New("bad id " + a.ID)
		}
		ids[a.ID] = true
		if a.Kind.MaxIn >= 0 && len(a.From) > a.Kind.MaxIn {
			return errors.New("too many lead to " + a.ID)
		}
		for _, r := range a.From {
			if _, ok := c.Output(r); !ok {
				return errors.New("dangling " + r.String())
			}
			if followed[r] {
				return errors.New("followed twice: " + r.String())
			}
			followed[r] = true
		}
	}
	if cycle := c.cycle(); len(cycle) > 0 {
		return errors.New("cycle at " + cycle[0])
	}
	return nil
}

// randomEdit makes one edit that the editor could make; one that is refused changes nothing.
func randomEdit(t *rapid.T, c Campaign) Campaign {
	was := string(Render(c))
	edited, err := drawEdit(t, c)
	if string(Render(c)) != was {
		t.Fatalf("the edit changed its input")
	}
	if err != nil {
		if diff := cmp.Diff(was, string(Render(edited))); diff != "" {
			t.Fatalf("refused (%v), yet changed:\n%s", err, diff)
		}
		return c
	}
	return edited
}

func drawEdit(t *rapid.T, c Campaign) (Campaign, error) {
	if len(c.Activities) == 0 {
		c, _, err := c.InsertFirst(rapid.SampledFrom(registry).Draw(t, "kind"))
		return c, err
	}
	a := rapid.SampledFrom(c.Activities).Draw(t, "activity")
	joins := []string{a.ID}
	var refs []Ref
	for _, b := range c.Activities {
		refs = append(refs, b.Refs()...)
		if b.Kind.Role == Join {
			joins = append(joins, b.ID)
		}
	}
	if len(refs) == 0 {
		refs = []Ref{{"none", "none"}}
	}
	r := rapid.SampledFrom(refs).Draw(t, "transition")
	join := rapid.SampledFrom(joins).Draw(t, "join")
	newID := rapid.SampledFrom([]string{"a", "b", "gold", "sms", "x-1", "null", "1", "Bad"}).Draw(t, "new id")
	lists := slices.DeleteFunc(slices.Clone(a.Kind.AllFields()), func(f Field) bool { return f.Type != List })
	key, at := "subsets", rapid.IntRange(0, 3).Draw(t, "entry")
	if len(lists) > 0 {
		key = rapid.SampledFrom(lists).Draw(t, "list").Key
	}
	several := someOf(t, c)
	switch rapid.IntRange(0, 23).Draw(t, "edit") {
	case 0, 1:
		c, _, err := c.Insert(rapid.SampledFrom(registry).Draw(t, "kind"), r)
		return c, err
	case 2:
		c, _, err := c.InsertFirst(rapid.SampledFrom(registry).Draw(t, "kind"))
		return c, err
	case 3:
		return c.Delete(a.ID)
	case 4:
		return c.Rename(a.ID, newID)
	case 5, 6:
		return c.Tick(join, r)
	case 7:
		return c.Untick(join, r)
	case 8:
		return c.SetPrimary(join, r)
	case 9:
		c, _, err := c.AddRecord(a.ID, key)
		return c, err
	case 10:
		return c.RemoveRecord(a.ID, key, at)
	case 11:
		return c.Set(a.ID, newID, key, at, "id")
	case 12:
		return c.Connect(r, a.ID)
	case 13:
		return c.Disconnect(r)
	case 14:
		return c.DeleteAll(several)
	case 15:
		return c.SetDisabled(several, rapid.Bool().Draw(t, "off"))
	case 16, 17:
		return c.Move(several, r)
	case 18:
		c, _, err := c.Duplicate(several)
		return c, err
	case 19:
		c, _, err := c.Paste(c.Copy(several), nil)
		return c, err
	case 20:
		c, _, err := c.Paste(c.Copy(several), &r)
		return c, err
	case 21:
		c, _, _, err := c.Wrap(several)
		return c, err
	case 22:
		text := rapid.SampledFrom([]string{"", "Gold", "a: b"}).Draw(t, "text")
		return c.SetOutput(r, rapid.SampledFrom([]string{"label", "code"}).Draw(t, "key"), text)
	}
	fields := slices.DeleteFunc(slices.Clone(a.Kind.AllFields()), func(f Field) bool { return value(t, f) == nil })
	f := rapid.SampledFrom(fields).Draw(t, "field")
	return c.Set(a.ID, value(t, f), f.Key)
}

// someOf draws a few activities: ones that follow each other, or any.
func someOf(t *rapid.T, c Campaign) []string {
	var ids []string
	at := rapid.SampledFrom(c.Activities).Draw(t, "first of several")
	for range rapid.IntRange(1, 4).Draw(t, "several") {
		ids = append(ids, at.ID)
		next := rapid.SampledFrom(c.Activities).Draw(t, "another")
		if refs := at.Refs(); len(refs) > 0 && rapid.IntRange(0, 3).Draw(t, "in a row") > 0 {
			if follower, ok := c.Follower(rapid.SampledFrom(refs).Draw(t, "way on")); ok {
				next = follower
			}
		}
		at = next
	}
	return ids
}

// value draws a value of a field, or nil for the types that other edits see to.
func value(t *rapid.T, f Field) any {
	switch f.Type {
	case Line, Text, Rule, Order, Condition:
		return rapid.SampledFrom([]string{"", "true", "one", "a # b", "two\nlines\n", "it's \"so\": {x}", " é", "- x"}).Draw(t, "text")
	case Switch:
		return rapid.Bool().Draw(t, "switch")
	case Choice:
		return rapid.SampledFrom(f.Options).Draw(t, "option").Value
	case Duration:
		return "30d"
	case Words:
		return rapid.SampledFrom([][]string{nil, {"a"}, {"b", "true", "a, b"}}).Draw(t, "words")
	}
	return nil
}

// TestEditsKeepCampaignsWellFormed makes random edits on the samples, in different layouts of the file.
func TestEditsKeepCampaignsWellFormed(t *testing.T) {
	texts := map[string]string{}
	for _, name := range samples.Names() {
		d, text := sample(t, name)
		texts[name], texts[name+", rendered"] = text, string(Render(d.Campaign))
	}
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range texts {
			if !yield(name) {
				return
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		text := texts[rapid.SampledFrom(names).Draw(t, "sample")]
		d, err := Load("f.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		h := NewHistory(d.Campaign)
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			h = h.Do("edit", "", randomEdit(t, h.Now()))
			if err := wellFormed(h.Now()); err != nil {
				t.Fatalf("%v:\n%s", err, Render(h.Now()))
			}
		}
		// The text is checked without the fallback of Save, which would lose the comments.
		saved := d.patch(h.Now())
		again, err := Load("f.yaml", saved)
		if err != nil {
			t.Fatalf("%v:\n%s", err, saved)
		}
		if !again.Campaign.Equal(h.Now()) {
			t.Fatalf("the saved text says something else:\n%s", cmp.Diff(string(Render(h.Now())), string(Render(again.Campaign))))
		}
		if rendered, err := Load("f.yaml", Render(h.Now())); err != nil || !rendered.Campaign.Equal(h.Now()) {
			t.Fatalf("%v: rendered as something else:\n%s", err, Render(h.Now()))
		}
		for name := "edit"; name != ""; {
			h, name = h.Undo()
		}
		if got := string(d.Save(h.Now())); got != text {
			t.Fatalf("undone, the file differs:\n%s", lineDiff(text, got))
		}
	})
}
