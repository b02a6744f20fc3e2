package model

// JSONSchema returns the JSON Schema (draft 2020-12) of the campaign format, as a tree of maps and slices.
func JSONSchema() map[string]any {
	properties := fieldSchemas(CampaignFields)
	properties["version"] = map[string]any{"const": Version, "description": "The version of the file format."}
	properties["activities"] = map[string]any{"type": "array", "items": activitySchema(), "description": "The steps of the campaign."}
	return map[string]any{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"title":                "Rendezvous campaign",
		"type":                 "object",
		"properties":           properties,
		"required":             []string{"version", "name", "data", "dimension"},
		"additionalProperties": false,
	}
}

// activitySchema has one alternative for each kind.
func activitySchema() map[string]any {
	var alternatives []any
	for _, k := range Kinds() {
		properties := fieldSchemas(k.AllFields())
		properties["id"] = identifierSchema("What other activities call it in “from”.")
		properties["kind"] = map[string]any{"const": k.Name, "description": k.Help}
		properties["from"] = k.fromSchema()
		alternatives = append(alternatives, map[string]any{
			"title": k.Title, "type": "object", "properties": properties, "required": []string{"id", "kind"}, "additionalProperties": false,
		})
	}
	return map[string]any{"oneOf": alternatives}
}

func (k *Kind) fromSchema() map[string]any {
	one := map[string]any{"type": "string", "description": "The output that it follows: activity.output, or activity where there is only one."}
	most := k.MaxIn
	many := map[string]any{"type": "array", "items": one, "uniqueItems": true}
	if most >= 0 {
		many["maxItems"] = most
	}
	return map[string]any{"oneOf": []any{one, many}}
}

func identifierSchema(description string) map[string]any {
	return map[string]any{"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,59}$", "description": description}
}

func fieldSchemas(fields []Field) map[string]any {
	properties := map[string]any{}
	for _, f := range fields {
		properties[f.Key] = f.schema()
	}
	return properties
}

// schema describes the values of a field.
func (f Field) schema() map[string]any {
	s := map[string]any{"type": "string"}
	switch f.Type {
	case Identifier:
		s = identifierSchema("")
	case Switch:
		s["type"] = "boolean"
	case Number:
		s["type"] = "integer"
		if f.Min != f.Max {
			s["minimum"], s["maximum"] = f.Min, f.Max
		}
	case Limit:
		s["type"] = []string{"integer", "string"}
	case Choice:
		var values []string
		for _, o := range f.Options {
			values = append(values, o.Value)
		}
		s["enum"], s["default"] = values, f.Default()
	case Words:
		s = map[string]any{"type": "array", "items": map[string]any{"type": "string"}}
	case Variables:
		s = map[string]any{"type": "object", "additionalProperties": map[string]any{"type": []string{"string", "number", "boolean"}}}
	case Group:
		s = map[string]any{"type": "object", "properties": fieldSchemas(f.Of), "additionalProperties": false}
	case List:
		s = map[string]any{"type": "array", "items": f.itemSchema()}
	}
	if f.Help != "" {
		s["description"] = f.Help
	}
	if f.Example != "" && s["type"] == "string" {
		s["examples"] = []string{f.Example}
	}
	return s
}

func (f Field) itemSchema() map[string]any {
	item := map[string]any{"type": "object", "properties": fieldSchemas(f.Of), "additionalProperties": false}
	var required []string
	for _, inner := range f.Of {
		if inner.Required {
			required = append(required, inner.Key)
		}
	}
	if len(required) > 0 {
		item["required"] = required
	}
	return item
}
