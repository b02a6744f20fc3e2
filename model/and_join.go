package model

var andJoin = &Kind{
	Name: "and-join", Title: "AND-join", Category: FlowControl, Role: Join,
	Glyph: "◆", ASCII: "&",
	Summary: "wait for every branch",
	Help:    "Fires once, when all ticked branches have arrived. The primary set’s people go on, and only they: it synchronises, it does not merge. To keep everyone, use Combine, Union.",
	MinIn:   1, MaxIn: -1,
	Fields: []Field{
		{Key: "primary", Title: "Primary set", Type: Branch, Help: "Whose people leave the join."},
		{Key: "when-missing", Title: "When a branch can’t arrive", Type: Choice, Options: []Option{
			{"block", "the join never fires and says why"}, {"continue", "it fires with the branches that arrived"}},
			Help: "A branch can’t arrive when its transition stays unactivated: an empty audience, a skipped subset, the other way of a Test. Without its primary set, a join is blocked either way."},
	},
	outputs: func(Settings) []Output { return []Output{{ID: "out", Label: PlainLabel}} },
	card:    func(Settings) string { return "" },
}
