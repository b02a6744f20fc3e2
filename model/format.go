package model

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"rendezvous/model/source"
)

// Format returns a campaign file in its standard form: keys in their usual order, an indent of two, a blank line between
// activities. Comments stay with what they are about. The error is [source.Errors].
func Format(name string, text []byte) ([]byte, error) {
	document, err := Load(name, text)
	if err != nil {
		return nil, err
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, source.Errors{{File: name, Message: err.Error()}}
	}
	mapping := root.Content[0]
	order(mapping, keysOf(CampaignFields, "version", "activities"))
	if list := field(mapping, "activities"); list != nil {
		list.Style = 0
		for i, n := range list.Content {
			order(n, keysOf(document.Campaign.Activities[i].Kind.AllFields(), "id", "kind"))
		}
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(&root); err != nil {
		return nil, source.Errors{{File: name, Message: err.Error()}}
	}
	formatted := paragraphs(out.String())
	again, err := Load(name, formatted)
	if err != nil || !again.Campaign.Equal(document.Campaign) {
		return text, nil // rather as it was than changed in meaning
	}
	return formatted, nil
}

// keysOf lists keys in the order in which a new text would have them.
func keysOf(fields []Field, first ...string) []string {
	keys := slices.Clone(first)
	if first[0] == "id" {
		keys = append(keys, "label", "from")
	}
	for _, f := range fields {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	if i := slices.Index(keys, "activities"); i >= 0 {
		keys = append(slices.Delete(keys, i, i+1), "activities")
	}
	return keys
}

// order sorts the pairs of a mapping.
func order(n *yaml.Node, keys []string) {
	type pair struct{ key, value *yaml.Node }
	var pairs []pair
	for i := 0; i+1 < len(n.Content); i += 2 {
		pairs = append(pairs, pair{n.Content[i], n.Content[i+1]})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return slices.Index(keys, a.key.Value) - slices.Index(keys, b.key.Value)
	})
	n.Content = n.Content[:0]
	for _, p := range pairs {
		n.Content = append(n.Content, p.key, p.value)
	}
}

// paragraphs sets activities, and the list of them, off by blank lines. A comment above one belongs to it.
func paragraphs(text string) []byte {
	var out []string
	inList := false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case line == "activities:":
			inList = true
			out = setOff(out, "#")
		case inList && strings.HasPrefix(line, "  - "):
			out = setOff(out, "  #")
		}
		out = append(out, line)
	}
	return []byte(strings.Join(out, "\n"))
}

// setOff puts a blank line behind lines that a new paragraph follows, above the comment that leads it.
func setOff(lines []string, comment string) []string {
	at := len(lines)
	for at > 0 && strings.HasPrefix(lines[at-1], comment) {
		at--
	}
	if at == 0 || lines[at-1] == "" || lines[at-1] == "activities:" {
		return lines
	}
	return slices.Insert(lines, at, "")
}
