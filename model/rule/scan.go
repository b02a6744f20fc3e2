package rule

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
)

// problems collects errors by their place in the text, in runes from 0.
type problems struct{ list Errors }

func (p *problems) add(from, to int, format string, args ...any) {
	p.list = append(p.list, Error{from + 1, max(to, from+1) + 1, fmt.Sprintf(format, args...)})
}

// sorted returns the errors in the order of the text, each once.
func (p *problems) sorted() Errors {
	slices.SortStableFunc(p.list, func(a, b Error) int { return a.Column - b.Column })
	return slices.Compact(p.list)
}

// source is the text of a rule as tokens.
type source struct {
	problems
	runes   []rune
	tokens  []lexer.Token
	at      map[int]int // from where a token starts to its index
	partner map[int]int // from the index of a bracket to that of the one that closes it
	broken  bool        // the text is no row of tokens with paired brackets, so it can't be parsed
	refused bool        // some token has no place in a rule
	// rewritten says that a refused token makes the parser build another tree than the one that people see, of which
	// nothing more can be said.
	rewritten bool
}

// scan splits text into tokens, and reports what can be said of them before the text is parsed: what no rule may hold,
// and brackets without a partner. Brackets in pairs are also what keeps the text inside the wrapper that parse puts
// around it.
func scan(text string) *source {
	s := &source{runes: []rune(text), at: map[int]int{}, partner: map[int]int{}}
	lex := lexer.New()
	lex.DisableIfOperator = true
	lex.Reset(file.NewSource(text))
	for {
		tok, err := lex.Next()
		if err != nil {
			s.lexical(err)
			s.broken = true
			return s
		}
		if tok.Kind == lexer.EOF {
			break
		}
		s.at[tok.From] = len(s.tokens)
		s.tokens = append(s.tokens, tok)
	}
	s.brackets()
	s.broken = len(s.list) > 0
	for i := range s.tokens {
		s.token(i)
	}
	return s
}

// lexical reports the character at which the text stops being tokens.
func (s *source) lexical(err error) {
	if errors.Is(err, io.EOF) {
		return
	}
	start := s.nextWord()
	from, to := start, len(s.runes)
	var e *file.Error
	if errors.As(err, &e) {
		from, to = min(max(e.From, 0), len(s.runes)), e.To
	}
	first := ' '
	if start < len(s.runes) {
		first = s.runes[start]
	}
	switch {
	case strings.Contains(err.Error(), "not terminated"):
		s.add(start, len(s.runes), "This text has no closing quote.")
	case strings.Contains(err.Error(), "escape"):
		s.add(from, to, `This backslash has no meaning here: write \\ for a backslash.`)
	case strings.Contains(err.Error(), "comment"):
		s.add(start, len(s.runes), "This comment is never closed: */ is missing.")
	case unicode.IsDigit(first):
		s.add(start, to, "This is not a number.")
	case strings.ContainsRune("“”„«»‘’‚", first):
		s.add(start, start+1, `Use straight quotes around a text, such as "gold".`)
	default:
		s.add(start, start+1, "The character %q has no meaning in a rule.", string(first))
	}
}

// nextWord is where the first token that could not be read starts.
func (s *source) nextWord() int {
	i := 0
	if n := len(s.tokens); n > 0 {
		i = s.tokens[n-1].To
	}
	for i < len(s.runes) {
		switch {
		case unicode.IsSpace(s.runes[i]):
			i++
		case s.has(i, "//"):
			i = s.after(i, "\n")
		case s.has(i, "/*"):
			end := s.after(i+2, "*/")
			if !s.has(end-2, "*/") {
				return i
			}
			i = end
		default:
			return i
		}
	}
	return i
}

// has reports whether mark stands at a place in the text.
func (s *source) has(i int, mark string) bool {
	return i >= 0 && i+len(mark) <= len(s.runes) && string(s.runes[i:i+len(mark)]) == mark
}

// after returns the place behind the next mark, or the end of the text.
func (s *source) after(i int, mark string) int {
	for ; i < len(s.runes); i++ {
		if s.has(i, mark) {
			return i + len(mark)
		}
	}
	return len(s.runes)
}

var closing = map[string]string{"(": ")", "[": "]", "{": "}"}

const commaMessage = "A comma stands only between the values of a list or of a helper."

// brackets pairs the brackets and reports those without a partner.
func (s *source) brackets() {
	var open []int
	for i, tok := range s.tokens {
		if tok.Is(lexer.Operator, ",") && len(open) == 0 {
			s.add(tok.From, tok.To, commaMessage)
		}
		if tok.Kind != lexer.Bracket {
			continue
		}
		if _, ok := closing[tok.Value]; ok {
			open = append(open, i)
			continue
		}
		if len(open) == 0 || closing[s.tokens[open[len(open)-1]].Value] != tok.Value {
			s.add(tok.From, tok.To, "This %q closes nothing.", tok.Value)
			return
		}
		if tok.Value == ")" && i > 0 && s.tokens[i-1].Is(lexer.Operator, ",") {
			s.add(tok.From, tok.To, "Something is missing before %q.", tok.Value)
		}
		s.partner[open[len(open)-1]] = i
		open = open[:len(open)-1]
	}
	for _, i := range open {
		s.add(s.tokens[i].From, s.tokens[i].To, "This %q is never closed.", s.tokens[i].Value)
	}
}

// refusals says what to do instead of the words and signs that the parser knows and rules don't have.
var refusals = map[string]string{
	"=":       "Write == to compare.",
	"&":       "Write and.",
	"|":       "Write or; a rule has no pipes.",
	"?":       "A rule has no ?: choice; combine conditions with and, or, not.",
	"??":      "A rule has no ??; ask with == nil whether a value is empty.",
	"?.":      "Write a plain dot: a link that leads nowhere gives an empty value.",
	":":       "A rule has no slices and no ?: choice.",
	"::":      "A rule has no ::.",
	";":       "A rule is one condition; combine conditions with and, or, not.",
	"..":      "A rule has no ranges; write x >= 1 and x <= 9.",
	"**":      "A rule has no powers.",
	"^":       "A rule has no powers.",
	"let":     "A rule has no variables.",
	"matches": "A rule has no regular expressions; use contains, startsWith, endsWith or like.",
	"{":       "A rule has no curly brackets.",
	"}":       "A rule has no curly brackets.",
	"##":      "A rule has no ##.",
	"!==":     "Write != to say that two values differ.",
}

// afterDot reports whether the token is a name behind a dot, where every word is allowed.
func (s *source) afterDot(i int) bool {
	return i > 0 && s.tokens[i-1].Is(lexer.Operator, ".", "?.")
}

// token reports a token that has no place in a rule.
func (s *source) token(i int) {
	tok := s.tokens[i]
	refuse := func(format string, args ...any) {
		s.refused = true
		s.add(tok.From, tok.To, format, args...)
	}
	switch tok.Kind {
	case lexer.Bytes:
		refuse("Write a text without the letter b before its quotes.")
	case lexer.Number:
		if !validNumber(tok.Value) {
			refuse("This number is too large or has no meaning.")
		}
	case lexer.String:
		if strings.ContainsRune(tok.Value, 0) {
			refuse("A text can't hold the character NUL.")
		}
	case lexer.Identifier:
		if i > 0 && s.tokens[i-1].Is(lexer.Operator, "#") && s.tokens[i-1].To == tok.From {
			refuse("Write .%s for an attribute of a row of the list.", tok.Value)
		}
	case lexer.Operator, lexer.Bracket:
		if s.afterDot(i) && unicode.IsLetter([]rune(tok.Value)[0]) {
			return
		}
		if tok.Value == "<" && i+1 < len(s.tokens) && s.tokens[i+1].Is(lexer.Operator, ">") {
			refuse("Write != to say that two values differ.")
		} else if message, ok := refusals[tok.Value]; ok {
			refuse("%s", message)
			s.rewritten = s.rewritten || slices.Contains([]string{"|", ";", "let", "?", "{"}, tok.Value)
		}
	}
}

// validNumber reports whether the parser will accept a number.
func validNumber(text string) bool {
	text = strings.ToLower(strings.ReplaceAll(text, "_", ""))
	if strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0b") || strings.HasPrefix(text, "0o") {
		_, err := strconv.ParseInt(text, 0, 64)
		return err == nil
	}
	if strings.ContainsAny(text, ".e") {
		f, err := strconv.ParseFloat(text, 64)
		return err == nil && !math.IsInf(f, 0)
	}
	_, err := strconv.ParseInt(text, 10, 64)
	return err == nil
}
