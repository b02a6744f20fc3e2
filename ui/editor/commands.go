package editor

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/canvas"
	"rendezvous/ui/narrate"
)

// scope is when a command can be given.
type scope int

const (
	always  scope = iota
	editing       // while the campaign is edited
	running       // while a run is shown
)

// A command is one thing that a person can ask for. This table feeds the keys, the footer, the help and the reference.
type command struct {
	name  string
	title string // in the footer
	keys  []string
	help  string
	scope scope
	hint  int   // place in the footer, from 1; 0 for none
	on    place // where on the canvas it makes sense, for the context menu
	run   func(*Model) tea.Cmd
	// why says why the command can't be given now; "" when it can.
	why func(*Model) string
}

// commandTable is all commands.
func commandTable() []command {
	return slices.Concat(editCommands(), generalCommands(), runCommands())
}

// applies reports whether a command belongs to what the screen shows.
func (c command) applies(m *Model) bool {
	return c.scope == always || (c.scope == running) == (m.session != nil)
}

// unavailable says why a command can't be given now, or "".
func (c command) unavailable(m *Model) string {
	if c.why == nil {
		return ""
	}
	return c.why(m)
}

// commandKey gives the command that a key stands for.
func (m *Model) commandKey(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	for _, c := range m.commands {
		if c.applies(m) && slices.Contains(c.keys, key) {
			return m.give(c)
		}
	}
	if key == "ctrl+c" { // whatever the keymap says, there is a way out
		return m.quit()
	}
	return nil
}

// keyOf is how the first key of a command is written in a sentence; its name where it has none.
func (m *Model) keyOf(name string) string {
	for _, c := range m.commands {
		if c.name == name && len(c.keys) > 0 {
			return keyName(c.keys[0])
		}
	}
	return "“" + name + "”"
}

// give carries a command out, or says why it can't be.
func (m *Model) give(c command) tea.Cmd {
	if why := c.unavailable(m); why != "" {
		m.complain(fmt.Errorf("%s: %s", c.name, why))
		return nil
	}
	m.say("")
	if c.name != "commands" && c.name != "help" {
		m.given = append([]string{c.name}, slices.DeleteFunc(m.given, func(name string) bool { return name == c.name })...)
		m.given = m.given[:min(len(m.given), mostGiven)]
	}
	return c.run(m)
}

// mostGiven is how many commands the palette remembers as given last.
const mostGiven = 5

func noFindings(m *Model) string { return emptyList(m.findings, "there are no findings") }

func noActivities(m *Model) string {
	return emptyList(m.campaign().Activities, "the campaign has no activities")
}

// emptyList gives a reason when there is nothing in a list.
func emptyList[T any](list []T, why string) string {
	if len(list) == 0 {
		return why
	}
	return ""
}

func nothingSelected(m *Model) string {
	if m.selected.Activity == "" {
		return "nothing is selected"
	}
	return ""
}

func noActivity(m *Model) string {
	if _, transition := m.selected.Ref(); transition || m.selected.Activity == "" {
		return "select an activity first"
	}
	return ""
}

// insertPoint is the transition behind which an activity would be inserted.
func (m *Model) insertPoint() (model.Ref, bool) {
	if r, ok := m.selected.Ref(); ok {
		return r, true
	}
	a, ok := m.campaign().Activity(m.selected.Activity)
	if !ok {
		return model.Ref{}, false
	}
	refs := a.Refs()
	for _, r := range refs {
		if _, followed := m.campaign().Follower(r); !followed {
			return r, true
		}
	}
	if len(refs) == 0 {
		return model.Ref{}, false
	}
	return refs[0], true
}

func nowhereToInsert(m *Model) string {
	if len(m.campaign().Activities) == 0 {
		return ""
	}
	if _, ok := m.insertPoint(); !ok {
		return "nothing can follow the selected activity"
	}
	return ""
}

func cantRun(m *Model) string {
	for _, f := range m.findings {
		if f.Severity == "error" {
			a, _ := m.campaign().Activity(f.Activity)
			if f.Activity == "" {
				return narrate.Lower(strings.TrimSuffix(f.Message, "."))
			}
			return a.Label() + ": " + narrate.Lower(strings.TrimSuffix(f.Message, "."))
		}
	}
	if m.data.err != nil {
		return m.data.err.Error()
	}
	return ""
}

func (m *Model) quit() tea.Cmd {
	if names := m.history.Unsaved(); len(names) > 0 {
		m.open(newQuit(m, names))
		return nil
	}
	return m.leave()
}

func (m *Model) undo() {
	h, name := m.history.Undo()
	m.history = h
	m.changed()
	m.reselect()
	m.say("Undone: " + name)
}

func (m *Model) redo() {
	h, name := m.history.Redo()
	m.history = h
	m.changed()
	m.say("Done again: " + name)
}

func (m *Model) toggleMouse() {
	m.options.Mouse = !m.options.Mouse
	m.say(map[bool]string{true: "The mouse works here again", false: "The mouse selects text now; " + m.keyOf("mouse") + " takes it back"}[m.options.Mouse])
}

func (m *Model) nextFinding(by int) {
	ordered := m.located()
	if len(ordered) == 0 {
		return
	}
	at := -1
	for i, f := range ordered {
		if f.Activity == m.selected.Activity {
			at = i
		}
	}
	if at < 0 && by < 0 {
		at = 0
	}
	f := ordered[((at+by)%len(ordered)+len(ordered))%len(ordered)]
	if f.Activity != "" {
		m.visit(canvas.Target{Activity: f.Activity})
	}
	m.say(f.Message)
	m.toast.bad = f.Severity == check.Error
}
