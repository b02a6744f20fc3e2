package model

var fork = &Kind{
	Name: "fork", Title: "Fork", Category: FlowControl, Role: Pass,
	Glyph: "⇉", ASCII: "F",
	Summary: "one population, two ways",
	Help:    "Sends the same people several ways at once. An AND-join brings the ways together again.",
	MinIn:   0, MaxIn: 1,
	Fields: []Field{
		{Key: "outputs", Title: "Outputs", Type: List, Item: "output", Required: true, Of: outputFields, Help: "The ways out, at least two."},
	},
	start: Settings{"outputs": []Settings{{"id": "a", "label": "A"}, {"id": "b", "label": "B"}}},
	outputs: func(s Settings) []Output {
		var outputs []Output
		for _, r := range s.Records("outputs") {
			outputs = append(outputs, Output{ID: r.Text("id"), Label: PlainLabel})
		}
		return outputs
	},
	card: func(s Settings) string { return count(len(s.Records("outputs")), "way") },
	check: func(s Settings) []Problem {
		problems := uniqueIDs("outputs")(s)
		if len(s.Records("outputs")) == 1 {
			problems = append(problems, Problem{Path{"outputs"}, "only one output: a fork needs two or more"})
		}
		return problems
	},
}
