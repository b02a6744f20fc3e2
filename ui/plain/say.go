package plain

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"rendezvous/ui/narrate"
)

// An output writes lines that are safe on any terminal.
type output struct {
	w     io.Writer
	ascii bool
	err   error // the first that occurred
}

func (o *output) write(text string) {
	if o.err == nil {
		_, o.err = io.WriteString(o.w, text)
	}
}

func (o *output) line(text string) { o.write(o.shown(text) + "\n") }

// shown is a text as it may go out: on one line, without what a terminal would obey.
func (o *output) shown(text string) string {
	text = strings.TrimRight(clean(text), " ")
	if !o.ascii {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch stand, known := ascii[r]; {
		case r < 0x80:
			out.WriteRune(r)
		case known:
			out.WriteString(stand)
		default:
			out.WriteByte('?')
		}
	}
	return out.String()
}

// ascii stands for characters of our own sentences where there is only ASCII.
var ascii = map[rune]string{'“': `"`, '”': `"`, '’': "'", '‘': "'", '…': "...", '→': "->", '–': "-", '—': "-", '×': "x", '\u00a0': " "}

// clean takes control characters out of a text, and what makes a terminal write backwards. Line breaks become spaces.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// say says one line.
func (s *Session) say(format string, args ...any) { s.out.line(fmt.Sprintf(format, args...)) }

// recite says the lines of a text, each behind a margin.
func (s *Session) recite(margin, text string) {
	for line := range strings.Lines(strings.TrimRight(text, "\n")) {
		s.out.line(margin + strings.TrimRight(line, "\r\n"))
	}
}

// fail says what is wrong.
func (s *Session) fail(err error) {
	s.failed = true
	for line := range strings.Lines(err.Error()) {
		s.say("Error: %s", sentence(strings.TrimRight(line, "\n")))
	}
}

// sentence gives a clause a capital and a full stop.
func sentence(text string) string {
	text = narrate.Capital(strings.TrimSpace(text))
	if text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}

// either joins names of which one is meant: “A, B or C”.
func either(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// few are names of which only the first ones are said.
func few(names []string) []string {
	if len(names) > 6 {
		return append(names[:5:5], narrate.Counted(len(names)-5, "other", "others"))
	}
	return names
}

// An input hands out the lines that come in.
type input struct {
	ctx   context.Context
	lines chan string
}

// newInput begins to read. Reading ends with the context, even while nothing comes in.
func newInput(ctx context.Context, r io.Reader) *input {
	in := &input{ctx: ctx, lines: make(chan string)}
	go func() {
		defer close(in.lines)
		for reader := bufio.NewReader(r); ; {
			line, err := reader.ReadString('\n')
			if err != nil && line == "" {
				return
			}
			select {
			case in.lines <- line:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return in
}

func (in *input) next() (string, bool) {
	select {
	case line, ok := <-in.lines:
		return line, ok
	case <-in.ctx.Done():
		return "", false
	}
}

// read asks for a line, once it has said how the findings have changed. It reports false when there are no more.
func (s *Session) read() (string, bool) {
	if now := countFindings(s.findings); s.document != nil && now != s.counted {
		s.counted = now
		s.say("%s", now)
	}
	s.out.write("> ")
	line, ok := s.in.next()
	if !ok {
		s.out.write("\n")
		return "", false
	}
	line = strings.TrimRight(clean(strings.TrimRight(line, "\r\n")), " ")
	if !s.options.Terminal {
		s.out.line(line)
	}
	return line, true
}

// ask is read for an answer to a question, without the blanks around it.
func (s *Session) ask() (string, bool) {
	line, ok := s.read()
	return strings.TrimSpace(line), ok
}
