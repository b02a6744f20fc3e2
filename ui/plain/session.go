// Package plain is the editor as a conversation: commands come in as lines, and what they do goes out as lines. It is for
// people who listen to their terminal, and for scripts. It moves no cursor, draws nothing and colours nothing; what
// stands side by side on the screen is said one after the other, in words.
//
// What can be named is a line of the outline, by its number, or an activity, by its id or its label. Texts of a file never
// reach the terminal with control characters in them.
//
// The package must never know cells, keys and layouts.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/model/suggest"
	"rendezvous/ui/file"
	"rendezvous/ui/narrate"
)

// Options are what a session is started with.
type Options struct {
	File string // of the campaign; empty to ask which one to open
	// State is where the program keeps what outlives it.
	State file.State
	ASCII bool
	// Terminal says that someone types at a terminal, which shows what is typed by itself. Otherwise commands are
	// repeated behind the prompt, so that the lines that go out read like the conversation that they are.
	Terminal bool
}

// ErrFailed ends a session in which not everything was done: a command of a script failed, or edits were not saved. It
// has been told.
var ErrFailed = errors.New("not everything was done")

// A Session is one conversation about one campaign.
type Session struct {
	options Options
	in      *input
	out     *output
	errOut  *output
	ctx     context.Context // ends the session from outside

	file     string // where the campaign is saved; empty when it has no file yet
	document *model.Document
	onDisk   []byte         // what the file holds; nil when there is no file yet
	base     model.Campaign // what the file says
	history  model.History
	data     dataset
	findings []check.Finding
	counted  string      // how many findings there were when they were counted last
	fixes    []check.Fix // that were read out last

	at        string // the activity that was talked about last
	clipboard []byte
	run       *run              // nil when there is none
	counts    map[model.Ref]int // people on transitions, in the last run

	failed bool // whether something went wrong
	left   bool // whether the person has left
}

// Run holds a session: it reads commands until they end or the person leaves. The error is that of a file that can't be
// read or does not load, or [ErrFailed].
func Run(ctx context.Context, in io.Reader, out, errOut io.Writer, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newSession(ctx, in, out, errOut, o)
	defer s.close()
	return s.converse()
}

func newSession(ctx context.Context, in io.Reader, out, errOut io.Writer, o Options) *Session {
	return &Session{options: o, in: newInput(ctx, in), out: &output{w: out, ascii: o.ASCII}, errOut: &output{w: errOut, ascii: o.ASCII},
		ctx: ctx, counts: map[model.Ref]int{}}
}

func (s *Session) converse() error {
	if opened, err := s.open(); err != nil || !opened {
		return err
	}
	s.refresh()
	s.counted = countFindings(s.findings)
	s.summary()
	s.offerRecovery()
	s.say("Type help for what can be said here.")
	for !s.left && s.out.err == nil {
		line, ok := s.read()
		if !ok {
			break
		}
		s.take(line)
	}
	return s.end()
}

// end says what was left undone.
func (s *Session) end() error {
	if s.out.err != nil {
		return fmt.Errorf("what is said here can’t be written: %w", s.out.err)
	}
	if n := len(s.history.Unsaved()); n > 0 && !s.left {
		s.errOut.line(narrate.Counted(n, "edit was", "edits were") + " not saved")
		return ErrFailed
	}
	if s.failed && !s.options.Terminal {
		return ErrFailed
	}
	return nil
}

func (s *Session) close() {
	s.endRun()
	if s.data.open != nil {
		_ = s.data.open.Close() // a temporary file that can't be removed is no news at the end
	}
}

// campaign is the campaign as it has been edited.
func (s *Session) campaign() model.Campaign { return s.history.Now() }

// take carries out one line.
func (s *Session) take(line string) {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if word == "" || strings.HasPrefix(word, "#") { // nothing, or a remark in a script
		return
	}
	if strings.Trim(word, "0123456789") == "" && rest == "" {
		word, rest = "show", word
	}
	c, err := find(strings.ToLower(word))
	if err == nil {
		err = s.give(c, rest)
	}
	if err != nil {
		s.fail(err)
	}
}

func (s *Session) give(c command, rest string) error {
	if c.why != nil {
		if why := c.why(s); why != "" {
			return fmt.Errorf("%s: %s", c.name, why)
		}
	}
	return c.run(s, rest)
}

// find returns the command that a word names: by its name, a short form, or the beginning of its name.
func find(word string) (command, error) {
	var begin []command
	var names []string
	for _, c := range table() {
		for _, name := range append([]string{c.name}, c.short...) {
			if name == word {
				return c, nil
			}
			names = append(names, name)
		}
		if strings.HasPrefix(c.name, word) {
			begin = append(begin, c)
		}
	}
	if len(begin) == 1 {
		return begin[0], nil
	}
	if len(begin) > 1 {
		var meant []string
		for _, c := range begin {
			meant = append(meant, c.name)
		}
		return command{}, fmt.Errorf("“%s” could be %s: type more of it", word, either(meant))
	}
	if near, ok := suggest.Nearest(word, names); ok {
		return command{}, fmt.Errorf("there is no command “%s”: did you mean “%s”? Type help for all of them", word, near)
	}
	return command{}, fmt.Errorf("there is no command “%s”: type help for all of them", word)
}

// edit makes a campaign the present one. The name says what the person did.
func (s *Session) edit(name string, c model.Campaign, err error) error {
	if err != nil {
		return err
	}
	if c.Equal(s.campaign()) {
		s.say("Nothing has changed.")
		return nil
	}
	s.history = s.history.Do(name, "", c)
	s.changed()
	return nil
}

// changed brings what depends on the campaign up to date.
func (s *Session) changed() {
	if s.run != nil && !s.run.state().Over() {
		s.say("The run ends here, since the campaign has been edited.")
	}
	s.endRun()
	s.refresh()
	s.keep()
}

// refresh checks the campaign, on the data that it names.
func (s *Session) refresh() {
	s.openData()
	s.findings, s.fixes = check.Run(s.campaign(), s.checked()), nil
	if s.campaign().Index(s.at) < 0 {
		s.at = ""
	}
}

// undo and redo go along the history.
func (s *Session) undo(string) error {
	h, name := s.history.Undo()
	s.history = h
	s.say("Undone: %s.", name)
	s.changed()
	return nil
}

func (s *Session) redo(string) error {
	h, name := s.history.Redo()
	s.history = h
	s.say("Done again: %s.", name)
	s.changed()
	return nil
}

func (s *Session) cantUndo() string {
	if _, name := s.history.Undo(); name == "" {
		return "nothing has been edited"
	}
	return ""
}

func (s *Session) cantRedo() string {
	if _, name := s.history.Redo(); name == "" {
		return "nothing was undone"
	}
	return ""
}
