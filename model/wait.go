package model

var wait = &Kind{
	Name: "wait", Title: "Wait", Category: FlowControl, Role: Delay,
	Glyph: "◷", ASCII: "W",
	Summary: "7 days, or until a date",
	Help:    "Holds everyone for a time, or until a date. After a join, the time counts from the moment when the join fires. In a test run it costs no time.",
	MinIn:   1, MaxIn: 1,
	Fields: []Field{
		{Key: "for", Title: "Wait for", Type: Duration, Example: "7d", Help: "How long: s, min, h, d or w."},
		{Key: "until", Title: "Wait until", Type: Instant, Example: "2026-12-01 09:00", Help: "A date and time instead; one that has passed means no wait."},
	},
	start:   Settings{"for": "7d"},
	outputs: func(Settings) []Output { return []Output{{ID: "out", Label: PlainLabel}} },
	card: func(s Settings) string {
		if until := s.Text("until"); until != "" {
			return "Until " + until
		}
		return "Wait for: " + s.Text("for")
	},
	check: func(s Settings) []Problem {
		switch hasFor, hasUntil := s.Text("for") != "", s.Text("until") != ""; {
		case hasFor && hasUntil:
			return []Problem{{Path{"until"}, "both a time and a date: keep one"}}
		case !hasFor && !hasUntil:
			return []Problem{{Path{"for"}, "no time to wait for"}}
		}
		return nil
	},
}
