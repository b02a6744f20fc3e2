package model

import (
	"maps"
	"slices"

	"rendezvous/model/schema"
)

// VariablesTable describes what the conditions of a campaign can use, as the columns of a table: count, the campaign's
// variables, and those that outputs set.
func (c Campaign) VariablesTable() schema.Table {
	table := schema.Table{Name: "variables", Columns: []schema.Column{{Name: "count", Type: schema.Integer}}}
	add := func(s Settings) {
		for _, name := range slices.Sorted(maps.Keys(s)) {
			if table.Column(name) == nil {
				table.Columns = append(table.Columns, schema.Column{Name: name, Type: typeOf(s[name])})
			}
		}
	}
	add(c.Settings.Group("variables"))
	for _, a := range c.Activities {
		for _, o := range a.Outputs() {
			add(o.Variables)
		}
	}
	return table
}

func typeOf(v any) schema.Type {
	switch v.(type) {
	case int:
		return schema.Integer
	case float64:
		return schema.Decimal
	case bool:
		return schema.Boolean
	}
	return schema.Text
}
