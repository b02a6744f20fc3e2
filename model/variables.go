package model

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

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

// ParseVariable reads what a person typed to set a variable: “name = value”. The value is a number, true or false, or else
// a text, which may stand in quotes; nothing behind the sign takes the variable away, and the value is nil then.
func ParseVariable(text string) (name string, value any, err error) {
	name, typed, ok := strings.Cut(text, "=")
	name, typed = strings.TrimSpace(name), strings.TrimSpace(typed)
	switch {
	case !ok:
		return "", nil, errors.New("must be a name and a value, like enough = 400")
	case !variableName(name):
		return "", nil, errors.New("must have a name made of letters, digits and _ that is not “count”, like enough = 400")
	}
	return name, variable(typed), nil
}

func variable(typed string) any {
	if typed == "" {
		return nil
	}
	if n, err := strconv.Atoi(typed); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(typed, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
		return f
	}
	switch typed {
	case "true", "false":
		return typed == "true"
	}
	if inside, ok := strings.CutPrefix(typed, `"`); ok && len(inside) > 0 {
		return strings.TrimSuffix(inside, `"`)
	}
	return typed
}
