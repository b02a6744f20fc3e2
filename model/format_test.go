package model

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"rendezvous/samples"
)

func TestFormat(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"order of keys and blank lines", lines("# head", "", "# flow", "activities:", "- {kind: end, id: stop, from: all}   # bye", "", "", "# all of them",
			"- kind: build-audience", "  rule: 'age > 1' # adults", "  id: all", "name:   Test", "version: 1", ""),
			lines("# head", "", "version: 1", "name: Test", "", "# flow", "activities:", "  - {id: stop, kind: end, from: all} # bye", "",
				"  # all of them", "  - id: all", "    kind: build-audience", "    rule: 'age > 1' # adults", "")},
		{"flow list", "version: 1\nactivities: [{id: a, kind: fork}, {id: b, kind: fork}]\n",
			"version: 1\n\nactivities:\n  - {id: a, kind: fork}\n\n  - {id: b, kind: fork}\n"},
		{"texts that look like items", "version: 1\ndescription: |\n  activities:\n  - a\n  # b\nactivities:\n  - id: a\n    kind: email\n    body: |\n      - x\n      # y\n",
			"version: 1\ndescription: |\n  activities:\n  - a\n  # b\n\nactivities:\n  - id: a\n    kind: email\n    body: |\n      - x\n      # y\n"},
		{"windows line breaks", "version: 1\r\nactivities:\r\n- id: a # one\r\n  kind: fork\r\n", "version: 1\n\nactivities:\n  - id: a # one\n    kind: fork\n"},
		{"no activities", "version: 1\nname: x\n", "version: 1\nname: x\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Format("f.yaml", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if _, err := Format("f.yaml", []byte("version: 2")); err == nil || err.Error() != "f.yaml:1:10: version must be 1, not “2”" {
		t.Errorf("a file that does not load: %v", err)
	}
}

func TestFormatSamples(t *testing.T) {
	comment := regexp.MustCompile(`(?m)(^|\s)#.*$`)
	for _, name := range samples.Names() {
		d, text := sample(t, name)
		once, err := Format("f.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := Format("f.yaml", once); err != nil || string(twice) != string(once) {
			t.Errorf("%s: formatting again changes it: %v\n%s", name, err, lineDiff(string(once), string(twice)))
		}
		if !load(t, string(once)).Campaign.Equal(d.Campaign) {
			t.Errorf("%s: formatting changes its meaning:\n%s", name, once)
		}
		for _, c := range comment.FindAllString(text, -1) {
			if !strings.Contains(string(once), strings.TrimSpace(c)) {
				t.Errorf("%s: the comment %q is gone", name, c)
			}
		}
	}
}

// validate checks a value of a sample against a schema: each key is a property, each value of a type that it allows.
func validate(t *testing.T, at string, n *yaml.Node, schema map[string]any) {
	t.Helper()
	if of, ok := schema["oneOf"].([]any); ok {
		schema = alternative(n, of)
	}
	if schema == nil {
		t.Errorf("%s: no alternative fits", at)
		return
	}
	if want, ok := schema["const"]; ok {
		if text, err := json.Marshal(want); err != nil || strings.Trim(string(text), `"`) != n.Value {
			t.Errorf("%s is %s, want %s", at, n.Value, text)
		}
		return
	}
	is := map[string]string{"!!str": "string", "!!timestamp": "string", "!!int": "integer", "!!bool": "boolean", "!!float": "number", "!!map": "object", "!!seq": "array"}[n.Tag]
	if types := strings.Join(allowed(schema["type"]), " "); !strings.Contains(types, is) && !(is == "integer" && strings.Contains(types, "number")) {
		t.Errorf("%s is %s, want %s", at, is, types)
	}
	switch n.Kind {
	case yaml.MappingNode:
		properties, _ := schema["properties"].(map[string]any)
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			property, ok := properties[key].(map[string]any)
			if !ok {
				property, ok = schema["additionalProperties"].(map[string]any)
			}
			if !ok {
				t.Errorf("%s has no property %s", at, key)
				continue
			}
			validate(t, at+"."+key, n.Content[i+1], property)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			validate(t, at+"[]", item, schema["items"].(map[string]any))
		}
	}
}

func allowed(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, s := range v {
			out = append(out, s.(string))
		}
		return out
	}
	return nil
}

// alternative is the schema of a kind, or of a name or a list of names.
func alternative(n *yaml.Node, of []any) map[string]any {
	for _, s := range of {
		s := s.(map[string]any)
		if properties, ok := s["properties"].(map[string]any); ok && n.Kind == yaml.MappingNode {
			if properties["kind"].(map[string]any)["const"] == field(n, "kind").Value {
				return s
			}
		} else if (s["type"] == "array") == (n.Kind == yaml.SequenceNode) && !ok {
			return s
		}
	}
	return nil
}

func TestJSONSchema(t *testing.T) {
	text, err := json.Marshal(JSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	properties := schema["properties"].(map[string]any)
	want := []string{"activities", "version"}
	for _, f := range CampaignFields {
		want = append(want, f.Key)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(properties))); diff != "" {
		t.Errorf("properties (-want +got)\n%s", diff)
	}
	kinds := properties["activities"].(map[string]any)["items"].(map[string]any)["oneOf"].([]any)
	if len(kinds) != len(registry) {
		t.Errorf("%d kinds, want %d", len(kinds), len(registry))
	}
	for _, name := range samples.Names() {
		d, _ := sample(t, name)
		validate(t, name, d.source.Root, schema)
	}
	shape(t, "$", schema)
}

// shape checks what every schema within a schema must hold to.
func shape(t *testing.T, at string, s map[string]any) {
	t.Helper()
	properties, _ := s["properties"].(map[string]any)
	if required, ok := s["required"].([]any); ok {
		for _, key := range required {
			if properties[key.(string)] == nil {
				t.Errorf("%s requires %s, which it does not have", at, key)
			}
		}
	}
	if properties != nil && s["additionalProperties"] != false {
		t.Errorf("%s takes any key", at)
	}
	if pattern, ok := s["pattern"].(string); ok {
		for id, good := range map[string]bool{"email-gold": true, "1": true, "": false, "-a": false, "A": false, "a.b": false} {
			if regexp.MustCompile(pattern).MatchString(id) != good || (identifier(id) == nil) != good {
				t.Errorf("%s: the pattern and the loader disagree about %q", at, id)
			}
		}
	}
	for key, v := range properties {
		shape(t, at+"."+key, v.(map[string]any))
	}
	if items, ok := s["items"].(map[string]any); ok {
		shape(t, at+"[]", items)
	}
	of, _ := s["oneOf"].([]any)
	for _, v := range of {
		shape(t, at+"|", v.(map[string]any))
	}
}
