package model

var saveAudience = &Kind{
	Name: "save-audience", Title: "Save audience", Category: Targeting, Role: Query,
	Glyph: "▣", ASCII: "S",
	Summary: "keep these people",
	Help:    "Keeps the people who arrive under a name, for later campaigns. A test run saves nothing.",
	MinIn:   1, MaxIn: 1,
	Fields: []Field{
		{Key: "audience", Title: "Audience", Type: Line, Required: true, Example: "Gold, January", Help: "The name to save it under; no other activity may use it."},
		{Key: "attributes", Title: "Attributes", Type: Words, Example: "first_name, email", Help: "What to keep of each person, besides the key."},
		{Key: "key", Title: "Key", Type: Line, Placeholder: "the dimension’s", Help: "The attribute that identifies a person."},
		{Key: "expiry", Title: "Expires after", Type: Duration, Min: 1, Max: 90, Example: "30d", Help: "How long it is kept: 1 to 90 days, 30 when nothing is said."},
	},
	outputs: func(Settings) []Output { return []Output{{ID: "result", Label: "Result"}} },
	card:    func(s Settings) string { return s.Text("audience") },
}
