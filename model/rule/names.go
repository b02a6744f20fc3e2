package rule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"

	"rendezvous/model/schema"
	"rendezvous/model/suggest"
)

// part is one name of a path and where it stands.
type part struct {
	name     string
	from, to int
}

// path takes the names off a part of the tree. It is not ok when the part is no path.
func (c *checker) path(n ast.Node) (inner bool, parts []part, ok bool) {
	for {
		switch m := n.(type) {
		case *ast.IdentifierNode:
			if m.Value != "$" {
				from, to := c.span(m)
				parts = append(parts, part{m.Value, from, to})
			}
			slices.Reverse(parts)
			return false, parts, true
		case *ast.PointerNode:
			slices.Reverse(parts)
			return true, parts, m.Name == ""
		case *ast.MemberNode:
			name, isName := m.Property.(*ast.StringNode)
			if !isName || m.Optional {
				return false, nil, false
			}
			from, to := c.span(name)
			parts = append(parts, part{name.Value, from, to})
			n = m.Node
		default:
			return false, nil, false
		}
	}
}

// start returns the names of a path and the table at which it starts, or nil after reporting why there is none.
func (c *checker) start(n ast.Node) (*schema.Table, bool, []part) {
	inner, parts, ok := c.path(n)
	switch {
	case !ok && !c.refused:
		c.fail(n, "This is not the name of an attribute.")
		return nil, false, nil
	case !ok:
		return nil, false, nil
	case len(parts) == 0:
		c.fail(n, "%s stands for a whole row: name one of its attributes.", c.quoted(n))
		return nil, false, nil
	case len(parts) > MaxLinks+1:
		c.fail(n, "This path follows too many links: at most %d are allowed.", MaxLinks)
		return nil, false, nil
	case !inner:
		return c.root, false, parts
	case c.row == nil:
		c.fail(n, "A name with a leading dot belongs to the rows of a list, inside any(…), count(…) and the like; here write %s.", Path{false, names(parts)})
		return nil, false, nil
	}
	return c.row, true, parts
}

// follow walks along the links of a path, and returns the table that it reaches, or nil after reporting.
func (c *checker) follow(at *schema.Table, inner bool, links []part) *schema.Table {
	for i, p := range links {
		link := at.Link(p.name)
		switch {
		case link == nil && at.Column(p.name) != nil:
			c.add(p.from, p.to, "%s is %s: it has no attributes of its own.", p.name, article(at.Column(p.name).Type))
			return nil
		case link == nil:
			c.add(p.from, p.to, "%s", c.missing(at, p.name, inner, i == 0, linkNames(at, false)))
			return nil
		case link.Cardinality == schema.OneToMany:
			c.add(p.from, p.to, "%s is a list, so a path can't go through it: use any(%s, …), count(%s) and the like.", p.name, p.name, p.name)
			return nil
		}
		if at = c.target(link, p); at == nil {
			return nil
		}
	}
	return at
}

// target returns the table that a link leads to.
func (c *checker) target(link *schema.Link, p part) *schema.Table {
	t := c.schema.Table(link.Target)
	if t == nil {
		c.add(p.from, p.to, "%s leads to the table %q, which is not in the dataset.", p.name, link.Target)
	}
	return t
}

// attribute checks the name of a column.
func (c *checker) attribute(n ast.Node, onRight bool) Node {
	at, inner, parts := c.start(n)
	if at == nil {
		return nil
	}
	last := parts[len(parts)-1]
	if at = c.follow(at, inner, parts[:len(parts)-1]); at == nil {
		return nil
	}
	if column := at.Column(last.name); column != nil {
		return Attribute{Path{inner, names(parts)}, column.Type}
	}
	if link := at.Link(last.name); link != nil {
		c.add(last.from, last.to, "%s", c.linkAsValue(link, n))
		return nil
	}
	message := c.missing(at, last.name, inner, len(parts) == 1, append(columnNames(at), linkNames(at, false)...))
	if onRight && len(parts) == 1 && !inner && !strings.Contains(message, ";") {
		message += " If it is a text, put it in quotes."
	}
	c.add(last.from, last.to, "%s", message)
	return nil
}

// linkAsValue says what to do with a link that stands where a value is needed.
func (c *checker) linkAsValue(link *schema.Link, n ast.Node) string {
	name := c.quoted(n)
	if link.Cardinality == schema.OneToMany {
		return name + " is a list: use any(" + name + ", …), none, count, sum, avg, min or max."
	}
	example := "…"
	if t := c.schema.Table(link.Target); t != nil && len(t.Columns) > 0 {
		example = t.Columns[0].Name
	}
	return name + " leads to a whole row: name one of its attributes, such as " + name + "." + example + "."
}

// missing is the message for a name that a table doesn't have, with what may have been meant.
func (c *checker) missing(at *schema.Table, name string, inner, first bool, candidates []string) string {
	message := "There is no attribute " + name + " in " + at.Name
	has := func(t *schema.Table) bool { return t != nil && (t.Column(name) != nil || t.Link(name) != nil) }
	switch lower := strings.ToLower(name); {
	case first && !inner && has(c.row):
		return message + "; " + c.row.Name + " has it: write ." + name + "."
	case first && inner && has(c.root):
		return message + "; " + c.root.Name + " has it: write " + name + " without the dot."
	case first && !inner && (lower == "null" || lower == "none" || lower == "nil" || lower == "empty"):
		return message + "; write nil for what is empty."
	case first && !inner && (lower == "true" || lower == "false"):
		return message + "; write " + lower + " in small letters."
	}
	near, ok := suggest.Nearest(name, candidates)
	switch {
	case !ok:
		return message + "."
	case first:
		return message + "; did you mean " + Path{inner, []string{near}}.String() + "?"
	case plainName(near):
		return message + "; did you mean " + near + "?"
	}
	return message + "; did you mean [" + strconv.Quote(near) + "]?"
}

// list checks the first argument of a list helper, and returns its path and the table of its rows.
func (c *checker) list(n ast.Node, helper string) (Path, *schema.Table) {
	if call, ok := n.(*ast.CallNode); ok {
		c.fail(call, "%s asks a list for its rows, and %s is none.", helper, c.quoted(n))
		return Path{}, nil
	}
	at, inner, parts := c.start(n)
	if at == nil {
		return Path{}, nil
	}
	last := parts[len(parts)-1]
	if at = c.follow(at, inner, parts[:len(parts)-1]); at == nil {
		return Path{}, nil
	}
	link := at.Link(last.name)
	switch {
	case link == nil && at.Column(last.name) != nil:
		c.add(last.from, last.to, "%s asks a list for its rows, and %s is %s.", helper, last.name, article(at.Column(last.name).Type))
		return Path{}, nil
	case link == nil:
		message := c.missing(at, last.name, inner, len(parts) == 1, linkNames(at, true))
		c.add(last.from, last.to, "%s", strings.Replace(message, "no attribute", "no list", 1))
		return Path{}, nil
	case link.Cardinality != schema.OneToMany:
		c.add(last.from, last.to, "%s leads to one row, not to a list: compare its attributes, without %s(…).", last.name, helper)
		return Path{}, nil
	}
	return Path{inner, names(parts)}, c.target(link, last)
}

func names(parts []part) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.name)
	}
	return out
}

func columnNames(t *schema.Table) []string {
	var out []string
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}

// linkNames returns the names of the links, or only of those that are lists.
func linkNames(t *schema.Table, lists bool) []string {
	var out []string
	for _, l := range t.Links {
		if !lists || l.Cardinality == schema.OneToMany {
			out = append(out, l.Name)
		}
	}
	return out
}
