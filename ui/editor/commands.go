package editor

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/ui/canvas"
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
	hint  int // place in the footer, from 1; 0 for none
	run   func(*Model) tea.Cmd
	// why says why the command can't be given now; "" when it can.
	why func(*Model) string
}

// commandTable is all commands.
func commandTable() []command {
	return slices.Concat(generalCommands(), editCommands(), runCommands())
}

func generalCommands() []command {
	return []command{
		{name: "move", title: "move", keys: []string{"left", "right", "up", "down", "h", "j", "k", "l"}, help: "Go along the flow: from an activity to its transition, to the next activity, to a sibling.", scope: editing, hint: 1,
			run: byKeyOnly, why: needsKey},
		{name: "pan", title: "pan", keys: []string{"shift+left", "shift+right", "shift+up", "shift+down"}, help: "Move the canvas. The mouse wheel does so too.", scope: editing,
			run: byKeyOnly, why: needsKey},
		{name: "centre", title: "centre", keys: []string{"f"}, help: "Bring the selection to the middle of the canvas.", scope: always,
			run: func(m *Model) tea.Cmd { m.centre(); return nil }},
		{name: "turn", title: "turn", keys: []string{"t"}, help: "Lay the flow out from left to right, or from top to bottom.", scope: always,
			run: func(m *Model) tea.Cmd { m.turn(); return nil }},
		{name: "zoom", title: "zoom", keys: []string{"z"}, help: "Show the flow from further away: cards, then one line each, then glyphs, then cards again.", scope: always, hint: 7,
			run: func(m *Model) tea.Cmd { m.cycleZoom(); return nil }},
		{name: "fit", title: "fit", keys: []string{"Z"}, help: "Show the whole flow, as near as it fits.", scope: always,
			run: func(m *Model) tea.Cmd { m.fitAll(); return nil }},
		{name: "map", title: "map", keys: []string{"m"}, help: "Put the minimap away, or show it again.", scope: always,
			run: func(m *Model) tea.Cmd { m.mapless = !m.mapless; return nil }},
		{name: "find", title: "find", keys: []string{"/"}, help: "Find activities by what they are called and what is configured.", scope: always, hint: 4,
			run: func(m *Model) tea.Cmd { m.open(newSearch(m)); return nil }, why: noActivities},
		{name: "jump", title: "jump", keys: []string{"g"}, help: "Put a letter on every activity in view; typing it goes there.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newJump(m)); return nil }, why: noActivities},
		{name: "fold", title: "fold", keys: []string{"o"}, help: "Fold the branch behind the selected activity into its card, or unfold it.", scope: always,
			run: func(m *Model) tea.Cmd { m.fold(); return nil }, why: cantFold},
		{name: "back", title: "back", keys: []string{"[", "alt+left"}, help: "Go back to where you came from.", scope: editing,
			run: func(m *Model) tea.Cmd { m.back(); return nil }, why: func(m *Model) string { return emptyList(m.visited, "you have not jumped yet") }},
		{name: "forward", title: "forward", keys: []string{"]", "alt+right"}, help: "Go again to where you came back from.", scope: editing,
			run: func(m *Model) tea.Cmd { m.forward(); return nil }, why: func(m *Model) string { return emptyList(m.ahead, "you have not gone back") }},
		{name: "next finding", title: "next finding", keys: []string{"f8"}, help: "Go to the next activity with a finding.", scope: editing,
			run: func(m *Model) tea.Cmd { m.nextFinding(1); return nil }, why: noFindings},
		{name: "previous finding", title: "previous finding", keys: []string{"shift+f8", "f20"}, help: "Go to the activity with a finding before this one.", scope: editing,
			run: func(m *Model) tea.Cmd { m.nextFinding(-1); return nil }, why: noFindings},
		{name: "findings", title: "findings", keys: []string{"F"}, help: "List what is wrong with the campaign, with fixes.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newFindings(m)); return nil }, why: noFindings},
		{name: "explain", title: "explain", keys: []string{"i"}, help: "Say what the selected activity does, and what people get wrong with it.", scope: editing,
			run: func(m *Model) tea.Cmd { m.explain(); return nil }, why: noActivity},
		{name: "commands", title: "commands", keys: []string{"ctrl+p", ":"}, help: "Find a command by typing, and give it.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newHelp(m)); return nil }},
		{name: "help", title: "help", keys: []string{"?"}, help: "Show all commands and their keys.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newHelp(m)); return nil }},
		{name: "theme", title: "theme", keys: []string{"T"}, help: "Switch to the next theme.", scope: always,
			run: func(m *Model) tea.Cmd { return m.nextTheme() }},
		{name: "mouse", title: "mouse", keys: []string{"M"}, help: "Give the mouse back to the terminal, to select text with, or take it again.", scope: always,
			run: func(m *Model) tea.Cmd { m.toggleMouse(); return nil }},
		{name: "quit", title: "quit", keys: []string{"q", "ctrl+c", "ctrl+q"}, help: "Leave. Unsaved edits are asked about first.", scope: always,
			run: func(m *Model) tea.Cmd { return m.quit() }},
	}
}

func editCommands() []command {
	return []command{
		{name: "insert", title: "insert", keys: []string{"a", "+"}, help: "Insert an activity behind the selected transition, or behind the selected activity.", scope: editing, hint: 2,
			run: func(m *Model) tea.Cmd { m.openInsert(); return nil }, why: nowhereToInsert},
		{name: "begin", title: "begin", keys: []string{"A"}, help: "Add an activity that begins a branch of its own.", scope: editing,
			run: func(m *Model) tea.Cmd { m.open(newInsert(m, nil)); return nil }},
		{name: "edit", title: "edit", keys: []string{"enter", "tab"}, help: "Go to the form of the selected activity.", scope: editing, hint: 3,
			run: func(m *Model) tea.Cmd { m.enterInspector(); return nil }, why: nothingSelected},
		{name: "disable", title: "disable", keys: []string{"d"}, help: "Switch the selected activity off, or on again.", scope: editing,
			run: func(m *Model) tea.Cmd { m.toggleDisabled(); return nil }, why: noActivity},
		{name: "delete", title: "delete", keys: []string{"x", "delete", "backspace"}, help: "Take the selected activity out; the branch closes up.", scope: editing,
			run: func(m *Model) tea.Cmd { m.deleteSelected(); return nil }, why: noActivity},
		{name: "undo", title: "undo", keys: []string{"u", "ctrl+z"}, help: "Take the last edit back. There is no limit.", scope: editing, hint: 5,
			run: func(m *Model) tea.Cmd { m.undo(); return nil }, why: func(m *Model) string {
				if _, name := m.history.Undo(); name == "" {
					return "nothing has been edited"
				}
				return ""
			}},
		{name: "redo", title: "redo", keys: []string{"ctrl+r", "ctrl+y", "U"}, help: "Do again what was taken back.", scope: editing,
			run: func(m *Model) tea.Cmd { m.redo(); return nil }, why: func(m *Model) string {
				if _, name := m.history.Redo(); name == "" {
					return "nothing was undone"
				}
				return ""
			}},
		{name: "save", title: "save", keys: []string{"ctrl+s", "s"}, help: "Write the campaign to its file. What was not edited stays as it was, byte for byte.", scope: editing, hint: 6,
			run: func(m *Model) tea.Cmd { return m.save(false, false) }, why: func(m *Model) string {
				if m.onDisk != nil && len(m.history.Unsaved()) == 0 {
					return "everything is saved"
				}
				return ""
			}},
		{name: "run", title: "run", keys: []string{"r"}, help: "Run the campaign on its data, with a virtual clock. Nothing is sent.", scope: editing,
			run: func(m *Model) tea.Cmd { return m.startRun() }, why: cantRun},
	}
}

func runCommands() []command {
	return []command{
		{name: "play", title: "pause", keys: []string{"space"}, help: "Play the run, or pause it.", scope: running, hint: 1,
			run: func(m *Model) tea.Cmd { return m.play() }},
		{name: "step back", title: "step", keys: []string{"left"}, help: "Go back to the event before.", scope: running, hint: 2,
			run: func(m *Model) tea.Cmd { m.step(-1); return nil }},
		{name: "step on", title: "step", keys: []string{"right"}, help: "Go on to the next event.", scope: running,
			run: func(m *Model) tea.Cmd { m.step(1); return nil }},
		{name: "jump back", title: "jump", keys: []string{"shift+left", "["}, help: "Go back to the last thing that a join did.", scope: running,
			run: func(m *Model) tea.Cmd { m.jump(-1); return nil }},
		{name: "jump on", title: "jump", keys: []string{"shift+right", "]"}, help: "Go on to the next thing that a join does.", scope: running, hint: 3,
			run: func(m *Model) tea.Cmd { m.jump(1); return nil }},
		{name: "to the start", title: "start", keys: []string{"home", "0"}, help: "Rewind to the start of the run.", scope: running,
			run: func(m *Model) tea.Cmd { m.seek(0); return nil }},
		{name: "to the end", title: "end", keys: []string{"end", "$"}, help: "Go to the end of the run.", scope: running,
			run: func(m *Model) tea.Cmd { m.seek(m.session.film.Length()); return nil }},
		{name: "faster", title: "speed", keys: []string{"+", "="}, help: "Play faster.", scope: running, hint: 4,
			run: func(m *Model) tea.Cmd { m.session.faster(1); return nil }},
		{name: "slower", title: "slower", keys: []string{"-"}, help: "Play slower.", scope: running,
			run: func(m *Model) tea.Cmd { m.session.faster(-1); return nil }},
		{name: "restart", title: "restart", keys: []string{"R"}, help: "Run again from the beginning; every arrival is cleared.", scope: running, hint: 5,
			run: func(m *Model) tea.Cmd { return m.restart() }},
		{name: "confirm", title: "confirm", keys: []string{"c"}, help: "Let the messages go that wait to be confirmed.", scope: running,
			run: func(m *Model) tea.Cmd { return m.confirmHeld() }, why: func(m *Model) string {
				if len(m.held()) == 0 {
					return "no messages are held"
				}
				return ""
			}},
		{name: "stop", title: "stop", keys: []string{"s"}, help: "End the run here, for good.", scope: running,
			run: func(m *Model) tea.Cmd { return m.stopRun() }, why: func(m *Model) string {
				if m.session.state.Over() {
					return "the run is over"
				}
				return ""
			}},
		{name: "panel", title: "panel", keys: []string{"tab"}, help: "Show the next panel: why, log, findings.", scope: running,
			run: func(m *Model) tea.Cmd { m.panel.next(m); return nil }},
		{name: "older", title: "older", keys: []string{"down", "j"}, help: "Scroll the log to older lines.", scope: running,
			run: func(m *Model) tea.Cmd { m.panel.scroll++; return nil }},
		{name: "newer", title: "newer", keys: []string{"up", "k"}, help: "Scroll the log to newer lines.", scope: running,
			run: func(m *Model) tea.Cmd { m.panel.scroll = max(0, m.panel.scroll-1); return nil }},
		{name: "hide", title: "hide panel", keys: []string{"l"}, help: "Hide the panel, or show it again.", scope: running,
			run: func(m *Model) tea.Cmd { m.panel.hidden = !m.panel.hidden; m.reveal(); return nil }},
		{name: "go to cause", title: "go to cause", keys: []string{"enter"}, help: "Go to the activity that the panel is about: the cause of a block, or the newest line of the log.", scope: running,
			run: func(m *Model) tea.Cmd { m.goToCause(); return nil }},
		{name: "fix 1", title: "fix", keys: []string{"1"}, help: "Make the first of the edits that would let the join fire.", scope: running,
			run: func(m *Model) tea.Cmd { return m.fix(0) }, why: noFix(0)},
		{name: "fix 2", title: "fix", keys: []string{"2"}, help: "Make the second one.", scope: running,
			run: func(m *Model) tea.Cmd { return m.fix(1) }, why: noFix(1)},
		{name: "fix 3", title: "fix", keys: []string{"3"}, help: "Make the third one.", scope: running,
			run: func(m *Model) tea.Cmd { return m.fix(2) }, why: noFix(2)},
		{name: "back to editing", title: "edit", keys: []string{"esc", "e"}, help: "Leave the run and edit the campaign.", scope: running, hint: 6,
			run: func(m *Model) tea.Cmd { m.endRun(); return nil }},
	}
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
	if m.session == nil && m.moveKey(key) {
		return nil
	}
	for _, c := range m.commands {
		if c.applies(m) && slices.Contains(c.keys, key) {
			return m.give(c)
		}
	}
	return nil
}

// give carries a command out, or says why it can't be.
func (m *Model) give(c command) tea.Cmd {
	if why := c.unavailable(m); why != "" {
		m.complain(fmt.Errorf("%s: %s", c.name, why))
		return nil
	}
	m.say("")
	return c.run(m)
}

// byKeyOnly is for commands whose key says in which direction; moveKey carries them out.
func byKeyOnly(*Model) tea.Cmd { return nil }

func needsKey(*Model) string { return "its keys say where to" }

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
				return lowerFirst(strings.TrimSuffix(f.Message, "."))
			}
			return a.Label() + ": " + lowerFirst(strings.TrimSuffix(f.Message, "."))
		}
	}
	if m.data.err != nil {
		return m.data.err.Error()
	}
	return ""
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) {
		return s // an abbreviation
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

func (m *Model) quit() tea.Cmd {
	if names := m.history.Unsaved(); len(names) > 0 {
		m.open(newQuit(m, names))
		return nil
	}
	return m.leave()
}

func (m *Model) toggleDisabled() {
	a, _ := m.campaign().Activity(m.selected.Activity)
	name, value := "disable "+a.Label(), any(true)
	if a.Disabled() {
		name, value = "enable "+a.Label(), nil
	}
	c, err := m.history.Now().Set(a.ID, value, "disabled")
	m.edit(name, c, err)
}

func (m *Model) deleteSelected() {
	a, _ := m.campaign().Activity(m.selected.Activity)
	next := m.selected
	if in, ok := m.campaign().Inbound(a); ok {
		next = canvas.Target{Activity: in.Activity}
	}
	c, err := m.history.Now().Delete(a.ID)
	m.edit("delete "+a.Label(), c, err)
	if _, ok := c.Activity(next.Activity); ok && err == nil {
		m.choose(next)
	}
	m.say("Deleted " + a.Label() + "; u brings it back")
}

func (m *Model) undo() {
	h, name := m.history.Undo()
	m.history = h
	m.changed()
	m.say("Undone: " + name)
}

func (m *Model) redo() {
	h, name := m.history.Redo()
	m.history = h
	m.changed()
	m.say("Done again: " + name)
}

func (m *Model) nextTheme() tea.Cmd {
	names := append([]string{"auto"}, themeNames()...)
	m.looks.Theme = names[(slices.Index(names, m.looks.Theme)+1)%len(names)]
	m.say("Theme: " + m.looks.Theme)
	return m.restyled()
}

func (m *Model) toggleMouse() {
	m.options.Mouse = !m.options.Mouse
	m.say(map[bool]string{true: "The mouse works here again", false: "The mouse selects text now; M takes it back"}[m.options.Mouse])
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
	m.bad = f.Severity == "error"
}
