package rule

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/parser/lexer"

	"rendezvous/model/schema"
	"rendezvous/model/suggest"
)

// The parser reads `.amount` inside the arguments of its own list helpers only, and knows neither avg nor sub-rules for
// min and max. So the whole text becomes the argument of one such helper, and every other call an ordinary one. The
// double colon asks for the parser's own helper; scan refuses it in the text. The line end closes a comment.
const (
	wrapBefore = "::any(0,"
	wrapAfter  = "\n)"
)

// plainCalls tells the parser to read every helper that it knows as an ordinary call.
var plainCalls = sync.OnceValue(func() *conf.Config {
	functions := conf.FunctionsTable{}
	for name := range builtin.Index {
		functions[name] = nil
	}
	return &conf.Config{Functions: functions, DisableIfOperator: true}
})

// parse returns the checked tree of a rule, or what is wrong with it.
func parse(text string, s schema.Schema, table string) (Node, Errors) {
	p := problems{}
	root := s.Table(table)
	switch {
	case root == nil:
		p.add(0, utf8.RuneCountInString(text), "There is no table %s%s", table, otherTable(table, s))
		return nil, p.list
	case len(text) > MaxLength:
		p.add(0, 1, "The rule is too long: it has %d bytes, at most %d are allowed.", len(text), MaxLength)
		return nil, p.list
	case !utf8.ValidString(text):
		p.add(0, 1, "The rule is not valid UTF-8 text.")
		return nil, p.list
	}
	src := scan(text)
	if src.broken {
		return nil, src.sorted()
	}
	if len(src.tokens) == 0 {
		return Literal{true}, nil
	}
	body := src.tree(text)
	if body == nil || src.rewritten {
		return nil, src.sorted()
	}
	c := checker{source: src, schema: s, root: root}
	n := c.condition(body)
	if len(src.list) > 0 {
		return nil, src.sorted()
	}
	return n, nil
}

// otherTable is the end of a sentence about a table that doesn't exist.
func otherTable(name string, s schema.Schema) string {
	var names []string
	for _, t := range s.Tables {
		names = append(names, t.Name)
	}
	if near, ok := suggest.Nearest(name, names); ok {
		return "; did you mean " + near + "?"
	}
	return "."
}

// tree runs the parser. It returns nil when the text has no structure, and reports why.
func (s *source) tree(text string) (body ast.Node) {
	defer func() {
		if recover() != nil && len(s.list) == 0 {
			s.add(0, len(s.runes), "This can't be read as a rule.")
			body = nil
		}
	}()
	t, err := parser.ParseWithConfig(wrapBefore+text+wrapAfter, plainCalls())
	if err != nil {
		if !s.refused {
			s.syntax(err)
		}
		return nil
	}
	call, ok := t.Node.(*ast.BuiltinNode)
	if !ok || len(call.Arguments) != 2 {
		s.add(0, len(s.runes), "This can't be read as a rule.")
		return nil
	}
	predicate, ok := call.Arguments[1].(*ast.PredicateNode)
	if !ok {
		s.add(0, len(s.runes), "This can't be read as a rule.")
		return nil
	}
	return predicate.Node
}

// syntax reports the token at which the parser gave up.
func (s *source) syntax(err error) {
	var e *file.Error
	if !errors.As(err, &e) {
		s.add(0, len(s.runes), "This can't be read as a rule.")
		return
	}
	if strings.Contains(e.Message, "maximum allowed nodes") {
		s.add(0, len(s.runes), "The rule has too many parts.")
		return
	}
	from := e.From - len(wrapBefore)
	i, ok := s.at[from]
	if !ok {
		last := s.tokens[len(s.tokens)-1]
		s.add(last.To, last.To+1, "Something is missing after %q.", s.text(last.From, last.To))
		return
	}
	s.unexpected(i)
}

// unexpected reports a token that does not fit what is before it.
func (s *source) unexpected(i int) {
	tok := s.tokens[i]
	word := s.text(tok.From, tok.To)
	lower := strings.ToLower(word)
	switch {
	case tok.Kind == lexer.Identifier && lower != word && slices.Contains(operatorWords, lower):
		s.add(tok.From, tok.To, "Write %s in small letters.", lower)
	case lower == "like":
		s.add(tok.From, tok.To, `Write like(attribute, "pattern%%").`)
	case lower == "is":
		s.add(tok.From, tok.To, "Write == nil for “is empty” and == for “is equal to”.")
	case lower == "except":
		s.add(tok.From, tok.To, "Write and not for “except”.")
	case i > 0 && s.tokens[i-1].Is(lexer.Operator, "not") && tok.Kind == lexer.Operator:
		s.add(tok.From, tok.To, "not goes with in, contains, startsWith and endsWith; for others write != or not (…).")
	case word == "," && i > 0 && s.tokens[i-1].Kind != lexer.Operator && !s.tokens[i-1].Is(lexer.Bracket, "(", "["):
		s.add(tok.From, tok.To, commaMessage)
	case tok.Is(lexer.Bracket, ")", "]") || tok.Kind == lexer.Operator:
		s.add(tok.From, tok.To, "Something is missing before %q.", word)
	default:
		s.add(tok.From, tok.To, "%s is unexpected here; is an operator such as == or and missing before it?", short(word))
	}
}

var operatorWords = []string{"and", "or", "not", "in", "contains", "startswith", "endswith"}

// text returns a part of the text.
func (s *source) text(from, to int) string { return string(s.runes[from:to]) }

// short shortens what a message quotes.
func short(text string) string {
	const limit = 40
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return text
}

// span returns where a part of the tree starts and ends. Round brackets around it don't count.
func (s *source) span(n ast.Node) (from, to int) {
	from = n.Location().From - len(wrapBefore)
	to = n.Location().To - len(wrapBefore)
	widen := func(parts ...ast.Node) {
		for _, part := range parts {
			f, t := s.span(part)
			from, to = min(from, f), max(to, t)
		}
	}
	switch n := n.(type) {
	case *ast.BinaryNode:
		widen(n.Left, n.Right)
	case *ast.UnaryNode:
		widen(n.Node)
	case *ast.MemberNode:
		to = s.closed(from, to)
		widen(n.Node)
	case *ast.CallNode:
		widen(n.Callee)
		to = s.closed(to, to)
	case *ast.ArrayNode:
		to = s.closed(from, to)
	}
	return max(from, 0), min(max(to, 0), len(s.runes))
}

// closed returns the end of what the bracket at a place encloses.
func (s *source) closed(at, otherwise int) int {
	for at < len(s.runes) && unicode.IsSpace(s.runes[at]) {
		at++
	}
	if open, ok := s.at[at]; ok {
		if i, ok := s.partner[open]; ok {
			return s.tokens[i].To
		}
	}
	return otherwise
}

// quoted returns the text of a part of the tree, for a message.
func (s *source) quoted(n ast.Node) string {
	from, to := s.span(n)
	return short(s.text(from, to))
}

// fail reports an error on a part of the tree.
func (s *source) fail(n ast.Node, format string, args ...any) {
	from, to := s.span(n)
	s.add(from, to, format, args...)
}
