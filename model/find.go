package model

import (
	"slices"
	"strings"
)

// Find returns the activities in which every word of a text occurs: in what they are called and what is configured. There
// are none for a text without words.
func (c Campaign) Find(text string) []string {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return nil
	}
	var ids []string
	for _, a := range c.Activities {
		text := a.searched()
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// searched is the text of an activity that Find looks at.
func (a Activity) searched() string {
	text := []string{a.ID, a.Label(), a.Kind.Title, a.Card(), a.Settings.Text("note")}
	for _, o := range a.Outputs() {
		text = append(text, o.Label, o.Code)
	}
	return strings.ToLower(strings.Join(text, " "))
}
