package model

var test = &Kind{
	Name: "test", Title: "Test", Category: FlowControl, Role: Choose,
	Glyph: "?", ASCII: "?",
	Summary: "branch on a count",
	Help:    "Chooses one way for everybody: the first condition that is true wins, otherwise the default. Conditions use count (the people who arrive) and variables: count > 10000. The other ways stay unactivated, so a join of two of them can never fire.",
	MinIn:   1, MaxIn: 1,
	Fields: []Field{
		{Key: "conditions", Title: "Conditions", Type: List, Item: "condition", Required: true, Of: []Field{
			idField, wayField, codeField,
			{Key: "when", Title: "When", Type: Condition, Required: true, Example: "count > 10000", Help: "When this way is taken."},
			{Key: "variables", Title: "Variables", Type: Variables, Advanced: true, Help: "Set for everything that follows this way."},
		}, Help: "The ways, in order; the first true one wins."},
	},
	start: Settings{"conditions": []Settings{{"id": "enough", "label": "Enough", "when": "count > 1000"}}},
	outputs: func(s Settings) []Output {
		var outputs []Output
		for _, c := range s.Records("conditions") {
			o := Output{ID: c.Text("id"), Label: "Condition"}
			o.describe(c)
			outputs = append(outputs, o)
		}
		return append(outputs, Output{ID: "default", Label: "Default"})
	},
	card: func(s Settings) string {
		if conditions := s.Records("conditions"); len(conditions) == 1 {
			return conditions[0].Text("when")
		}
		return count(len(s.Records("conditions")), "condition")
	},
	check: uniqueIDs("conditions", "default"),
}
