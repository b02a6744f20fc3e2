package model

var end = &Kind{
	Name: "end", Title: "End", Category: FlowControl, Role: Pass,
	Glyph: "■", ASCII: ".",
	Summary: "stop here",
	Help:    "Ends a branch. It may give a signal that another campaign waits for.",
	MinIn:   1, MaxIn: 1,
	Fields: []Field{
		{Key: "signal", Title: "Signal", Type: Line, Help: "The name of the signal that another campaign waits for."},
	},
	outputs: func(Settings) []Output { return nil },
	card:    func(s Settings) string { return s.Text("signal") },
}
