package model

import "fmt"

var split = &Kind{
	Name: "split", Title: "Split", Category: Targeting, Role: Query,
	Glyph: "◧", ASCII: "Y",
	Summary: "into segments",
	Help:    "Divides the people who arrive into subsets, in order: without overlap, everyone goes to the first subset whose rule they fit. The complement is who no subset took.",
	MinIn:   1, MaxIn: 1,
	Fields: []Field{
		{Key: "subsets", Title: "Subsets", Type: List, Item: "subset", Required: true, Of: []Field{
			idField, wayField, codeField,
			{Key: "rule", Title: "Rule", Type: Rule, Example: `tier == "gold"`, Help: "Who belongs to the subset. Empty takes everyone who is left."},
			{Key: "limit", Title: "Limit", Type: Limit, Example: "10%", Help: "The most people it takes: a number, or a share of those who arrive."},
			{Key: "order", Title: "Order", Type: Order, Example: "age desc", Help: "Who comes first when there is a limit. Without an order, chance decides."},
			{Key: "skip-empty", Title: "Skip empty", Type: Switch, Help: "When nobody belongs to the subset, its transition is not activated: what follows is skipped, and a join behind it can’t fire."},
			{Key: "variables", Title: "Variables", Type: Variables, Advanced: true, Help: "Set for everything that follows this subset."},
		}, Help: "The segments, in order."},
		{Key: "overlap", Title: "Overlap", Type: Switch, Help: "With overlap, someone can be in several subsets."},
		{Key: "complement", Title: "Complement", Type: Switch, Help: "Adds an output for the people whom no subset took."},
	},
	start: Settings{"subsets": []Settings{{"id": "a", "label": "A"}, {"id": "b", "label": "B"}}},
	outputs: func(s Settings) []Output {
		var outputs []Output
		for _, sub := range s.Records("subsets") {
			o := Output{ID: sub.Text("id"), Label: "Subset"}
			o.describe(sub)
			if sub.Bool("skip-empty") {
				o.CanSkip = "nobody is in " + o.Label
			}
			outputs = append(outputs, o)
		}
		if s.Bool("complement") {
			outputs = append(outputs, Output{ID: "complement", Label: "Complement"})
		}
		return outputs
	},
	card:  func(s Settings) string { return count(len(s.Records("subsets")), "subset") },
	check: uniqueIDs("subsets", "complement"),
}

// count returns "1 subset", "2 subsets".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// uniqueIDs checks that the entries of a list have ids of their own, which also differ from the reserved ones.
func uniqueIDs(key string, reserved ...string) func(Settings) []Problem {
	return func(s Settings) []Problem {
		var problems []Problem
		seen := map[string]bool{}
		for _, id := range reserved {
			seen[id] = true
		}
		for i, record := range s.Records(key) {
			id := record.Text("id")
			if id != "" && seen[id] {
				problems = append(problems, Problem{Path{key, i, "id"}, "the id " + id + " is taken: give each output its own"})
			}
			seen[id] = true
		}
		return problems
	}
}
