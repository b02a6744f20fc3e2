package schema

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"rendezvous/model/source"
	"rendezvous/model/suggest"
)

// Parse reads a schema.yaml: a list of tables, each with its columns, links and addresses.
//
//	tables:
//	  - name: customers
//	    key: id
//	    targetable: true
//	    columns:
//	      - {name: id, type: integer}
//	      - {name: email, type: text, label: E-mail}
//	    links:
//	      - {name: purchases, target: purchases, from: id, to: customer_id, cardinality: 1-N}
//	    addresses:
//	      - {channel: email, column: email, consent: email_opt_in}
//
// The error is [source.Errors].
func Parse(name string, text []byte) (Schema, error) {
	doc, err := source.Parse(name, text)
	if err != nil {
		return Schema{}, err
	}
	p := &parser{doc: doc}
	var s Schema
	p.mapping(doc.Root, map[string]func(*yaml.Node){"tables": p.each(func(n *yaml.Node) { p.table(&s, n) })})
	for _, check := range p.later {
		check(&s)
	}
	if len(p.errs) > 0 {
		p.errs.Sort()
		return Schema{}, p.errs
	}
	return s, nil
}

type parser struct {
	doc  *source.Document
	errs source.Errors
	// later are the checks that need all tables.
	later []func(*Schema)
}

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	p.errs = append(p.errs, p.doc.ErrorAt(n, format, args...))
}

// mapping reads a group of keys, each with its own reader. It reports whether it is one.
func (p *parser) mapping(n *yaml.Node, readers map[string]func(*yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		p.fail(n, "this must be a group of keys, not %s", source.Describe(n))
		return false
	}
	known := slices.Sorted(maps.Keys(readers))
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i].Value
		read, ok := readers[key]
		if seen[key] {
			p.fail(n.Content[i], "%s stands here a second time", source.Describe(n.Content[i]))
			continue
		}
		seen[key] = true
		if !ok {
			hint := ""
			if nearest, ok := suggest.Nearest(n.Content[i].Value, known); ok {
				hint = ": did you mean “" + nearest + "”?"
			}
			p.fail(n.Content[i], "there is no key %s here%s", source.Describe(n.Content[i]), hint)
			continue
		}
		read(n.Content[i+1])
	}
	return true
}

func (p *parser) each(read func(*yaml.Node)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			p.fail(n, "this must be a list, not %s", source.Describe(n))
			return
		}
		for _, item := range n.Content {
			read(item)
		}
	}
}

func (p *parser) text(into *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode {
			p.fail(n, "this must be a text, not %s", source.Describe(n))
			return
		}
		*into = n.Value
	}
}

func (p *parser) flag(into *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Decode(into) != nil {
			p.fail(n, "this must be true or false, not %s", source.Describe(n))
		}
	}
}

func (p *parser) table(s *Schema, n *yaml.Node) {
	var t Table
	ok := p.mapping(n, map[string]func(*yaml.Node){
		"name": p.text(&t.Name), "label": p.text(&t.Label), "file": p.text(&t.File), "key": p.text(&t.Key),
		"targetable": p.flag(&t.Targetable),
		"columns":    p.each(func(n *yaml.Node) { t.Columns = append(t.Columns, p.column(n)) }),
		"links":      p.each(func(n *yaml.Node) { t.Links = append(t.Links, p.link(&t, n)) }),
		"addresses":  p.each(func(n *yaml.Node) { t.Addresses = append(t.Addresses, p.address(n)) }),
	})
	if !ok {
		return
	}
	if t.File == "" {
		t.File = t.Name + ".csv"
	}
	p.need(n, map[string]string{"name": t.Name, "key": t.Key})
	if strings.ContainsAny(t.File, `/\`) || t.File == ".." {
		p.fail(n, "the file %s must be a file name in the folder of the dataset", t.File)
	}
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if seen[c.Name] {
			p.fail(n, "the table %s has two columns named %s", t.Name, c.Name)
		}
		seen[c.Name] = true
	}
	p.columnExists(n, &t, t.Key)
	for _, a := range t.Addresses {
		p.columnExists(n, &t, a.Column)
		p.columnExists(n, &t, a.Consent)
	}
	if t.Name != "" && s.Table(t.Name) != nil {
		p.fail(n, "there are two tables named %s", t.Name)
	}
	s.Tables = append(s.Tables, t)
}

func (p *parser) need(n *yaml.Node, values map[string]string) {
	for _, key := range []string{"name", "key", "type", "target", "from", "to", "channel", "column"} {
		if v, ok := values[key]; ok && v == "" {
			p.fail(n, "the key “%s” is missing here", key)
		}
	}
}

func (p *parser) columnExists(n *yaml.Node, t *Table, name string) {
	if name != "" && t.Column(name) == nil {
		p.fail(n, "the table %s has no column %s", t.Name, name)
	}
}

func (p *parser) column(n *yaml.Node) Column {
	var c Column
	var typ string
	ok := p.mapping(n, map[string]func(*yaml.Node){"name": p.text(&c.Name), "label": p.text(&c.Label), "type": p.text(&typ)})
	if !ok {
		return c
	}
	p.need(n, map[string]string{"name": c.Name, "type": typ})
	if c.Type, ok = ParseType(typ); !ok && typ != "" {
		p.fail(n, "the type must be text, integer, decimal, boolean, date or datetime, not “%s”", typ)
	}
	return c
}

func (p *parser) link(table *Table, n *yaml.Node) Link {
	var l Link
	cardinality := "N-1"
	ok := p.mapping(n, map[string]func(*yaml.Node){
		"name": p.text(&l.Name), "label": p.text(&l.Label), "target": p.text(&l.Target),
		"from": p.text(&l.From), "to": p.text(&l.To), "cardinality": p.text(&cardinality),
	})
	if !ok {
		return l
	}
	p.need(n, map[string]string{"name": l.Name, "target": l.Target, "from": l.From, "to": l.To})
	if l.Cardinality, ok = ParseCardinality(cardinality); !ok {
		p.fail(n, "the cardinality must be 1-1, N-1 or 1-N, not “%s”", cardinality)
	}
	p.later = append(p.later, func(s *Schema) {
		p.columnExists(n, table, l.From)
		if table.Column(l.Name) != nil {
			p.fail(n, "the link %s of %s has the name of a column", l.Name, table.Name)
		}
		if target := s.Table(l.Target); target != nil {
			p.columnExists(n, target, l.To)
		} else if l.Target != "" {
			p.fail(n, "there is no table %s", l.Target)
		}
	})
	return l
}

func (p *parser) address(n *yaml.Node) Address {
	var a Address
	ok := p.mapping(n, map[string]func(*yaml.Node){"channel": p.text(&a.Channel), "column": p.text(&a.Column), "consent": p.text(&a.Consent)})
	if !ok {
		return a
	}
	p.need(n, map[string]string{"channel": a.Channel, "column": a.Column})
	return a
}
