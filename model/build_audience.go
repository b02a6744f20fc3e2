package model

var buildAudience = &Kind{
	Name: "build-audience", Title: "Build audience", Category: Targeting, Role: Query,
	Glyph: "◎", ASCII: "O",
	Summary: "query whom to start with",
	Help:    "Selects the rows of a table that fit a rule, such as tier in [\"gold\", \"silver\"]. Without a rule it selects every row. After another activity, it keeps those of the people who arrive.",
	MinIn:   0, MaxIn: 1,
	Fields: []Field{
		{Key: "rule", Title: "Rule", Type: Rule, Example: `tier == "gold"`, Help: "Who is selected. Empty selects everyone."},
		{Key: "dimension", Title: "Dimension", Type: Line, Placeholder: "the campaign’s", Help: "The table whose rows are selected, if it is not the campaign’s."},
		{Key: "when-empty", Title: "When nobody fits", Type: Choice, Options: []Option{
			{"stop", "nothing leaves"}, {"continue", "0 people go on"}},
			Help: "With stop, an empty audience activates nothing, and a join behind it can’t fire. With continue, an empty population travels on."},
	},
	outputs: func(s Settings) []Output {
		result := Output{ID: "result", Label: "Result"}
		if s.Text("when-empty") != "continue" {
			result.CanSkip = "nobody fits the rule"
		}
		return []Output{result}
	},
	card: func(s Settings) string {
		if rule := s.Text("rule"); rule != "" {
			return rule
		}
		return "everyone"
	},
}
