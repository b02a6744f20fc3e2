package editor

import tea "charm.land/bubbletea/v2"

func generalCommands() []command {
	return []command{
		{name: "go left", title: "left", keys: []string{"left", "h"}, help: "Go left: back along the flow, or to a sibling where the flow runs down.", scope: editing, hint: 1,
			run: func(m *Model) tea.Cmd { m.goTowards(toLeft); return nil }, why: noActivities},
		{name: "go right", title: "right", keys: []string{"right", "l"}, help: "Go right: on along the flow, from an activity to its transition to the next activity.", scope: editing,
			run: func(m *Model) tea.Cmd { m.goTowards(toRight); return nil }, why: noActivities},
		{name: "go up", title: "up", keys: []string{"up", "k"}, help: "Go up: to a sibling, or back along the flow where it runs down.", scope: editing,
			run: func(m *Model) tea.Cmd { m.goTowards(toTop); return nil }, why: noActivities},
		{name: "go down", title: "down", keys: []string{"down", "j"}, help: "Go down: to a sibling, or on along the flow where it runs down.", scope: editing,
			run: func(m *Model) tea.Cmd { m.goTowards(toBottom); return nil }, why: noActivities},
		{name: "pan left", title: "pan", keys: []string{"shift+left"}, help: "Move the canvas to show what lies to the left.", scope: editing,
			run: func(m *Model) tea.Cmd { m.pan(8, 0); return nil }},
		{name: "pan right", title: "pan", keys: []string{"shift+right"}, help: "Move the canvas to show what lies to the right.", scope: editing,
			run: func(m *Model) tea.Cmd { m.pan(-8, 0); return nil }},
		{name: "pan up", title: "pan", keys: []string{"shift+up"}, help: "Move the canvas to show what lies above.", scope: editing,
			run: func(m *Model) tea.Cmd { m.pan(0, 4); return nil }},
		{name: "pan down", title: "pan", keys: []string{"shift+down"}, help: "Move the canvas to show what lies below.", scope: editing,
			run: func(m *Model) tea.Cmd { m.pan(0, -4); return nil }},
		{name: "centre", title: "centre", keys: []string{"f"}, help: "Bring the selection to the middle of the canvas.", scope: always,
			run: func(m *Model) tea.Cmd { m.centre(); return nil }},
		{name: "turn", title: "turn", keys: []string{"t"}, help: "Lay the flow out from left to right, or from top to bottom.", scope: always, on: onGround,
			run: func(m *Model) tea.Cmd { m.turn(); return nil }},
		{name: "zoom", title: "zoom", keys: []string{"z"}, help: "Show the flow from further away: cards, then one line each, then glyphs, then cards again.", scope: always, on: onGround, hint: 7,
			run: func(m *Model) tea.Cmd { m.cycleZoom(); return nil }},
		{name: "fit", title: "fit", keys: []string{"Z"}, help: "Show the whole flow, as near as it fits.", scope: always, on: onGround,
			run: func(m *Model) tea.Cmd { m.fitAll(); return nil }},
		{name: "map", title: "map", keys: []string{"m"}, help: "Put the minimap away, or show it again.", scope: always,
			run: func(m *Model) tea.Cmd { m.mapless = !m.mapless; return nil }},
		{name: "find", title: "find", keys: []string{"/"}, help: "Find activities by what they are called and what is configured.", scope: always, on: onGround, hint: 4,
			run: func(m *Model) tea.Cmd { m.open(newSearch(m)); return nil }, why: noActivities},
		{name: "jump", title: "jump", keys: []string{"g"}, help: "Put a letter on every activity in view; typing it goes there.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newJump(m)); return nil }, why: noActivities},
		{name: "tidy", title: "tidy", keys: []string{"L"}, help: "Lay the flow out anew, and see what that saves before you keep it.", scope: editing, on: onGround,
			run: func(m *Model) tea.Cmd { m.open(newTidying(m)); return nil }, why: noActivities},
		{name: "fold", title: "fold", keys: []string{"o"}, help: "Fold the branch behind the selected activity into its card, or unfold it.", scope: always, on: onActivity,
			run: func(m *Model) tea.Cmd { m.fold(); return nil }, why: cantFold},
		{name: "back", title: "back", keys: []string{"[", "alt+left"}, help: "Go back to where you came from.", scope: editing,
			run: func(m *Model) tea.Cmd { m.back(); return nil }, why: func(m *Model) string { return emptyList(m.visited, "you have not jumped yet") }},
		{name: "forward", title: "forward", keys: []string{"]", "alt+right"}, help: "Go again to where you came back from.", scope: editing,
			run: func(m *Model) tea.Cmd { m.forward(); return nil }, why: func(m *Model) string { return emptyList(m.ahead, "you have not gone back") }},
		{name: "outline", title: "outline", keys: []string{"O"}, help: "Show the flow as a tree beside the canvas, and go along it; or put it away.", scope: always,
			run: func(m *Model) tea.Cmd { m.toggleOutline(); return nil }},
		{name: "menu", title: "menu", keys: []string{"."}, help: "Show what can be done with the selection. The right button of the mouse does so too.", scope: always,
			run: func(m *Model) tea.Cmd { return m.openContext() }},
		{name: "next finding", title: "next finding", keys: []string{"f8"}, help: "Go to the next activity with a finding.", scope: editing,
			run: func(m *Model) tea.Cmd { m.nextFinding(1); return nil }, why: noFindings},
		{name: "previous finding", title: "previous finding", keys: []string{"shift+f8", "f20"}, help: "Go to the activity with a finding before this one.", scope: editing,
			run: func(m *Model) tea.Cmd { m.nextFinding(-1); return nil }, why: noFindings},
		{name: "findings", title: "findings", keys: []string{"F"}, help: "List what is wrong with the campaign, with fixes.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newFindings(m)); return nil }, why: noFindings},
		{name: "explain", title: "explain", keys: []string{"i"}, help: "Say what the selected activity does, and what people get wrong with it.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.explain(); return nil }, why: noActivity},
		{name: "open", title: "open", keys: []string{"ctrl+o"}, help: "Open another campaign: a sample, a file opened lately, or a path.", scope: editing, on: onGround,
			run: func(m *Model) tea.Cmd { return m.openGallery() }},
		{name: "commands", title: "commands", keys: []string{"ctrl+p", ":"}, help: "Find a command by typing, and give it; those given last come first.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newPalette(m)); return nil }},
		{name: "help", title: "help", keys: []string{"?"}, help: "Show all commands and their keys.", scope: always,
			run: func(m *Model) tea.Cmd { m.open(newHelp(m)); return nil }},
		{name: "theme", title: "theme", keys: []string{"T"}, help: "Choose other colours; the screen shows them while you look.", scope: always,
			run: func(m *Model) tea.Cmd { return m.openThemes() }},
		{name: "mouse", title: "mouse", keys: []string{"M"}, help: "Give the mouse back to the terminal, to select text with, or take it again.", scope: always,
			run: func(m *Model) tea.Cmd { m.toggleMouse(); return nil }},
		{name: "suspend", title: "suspend", keys: []string{"alt+z"}, help: "Leave the program for a while, and come back to it with the shell’s fg.", scope: always,
			run: func(*Model) tea.Cmd { return tea.Suspend }},
		{name: "quit", title: "quit", keys: []string{"q", "ctrl+c", "ctrl+q"}, help: "Leave. Unsaved edits are asked about first.", scope: always,
			run: func(m *Model) tea.Cmd { return m.quit() }},
	}
}

func editCommands() []command {
	return []command{
		{name: "insert", title: "insert", keys: []string{"a", "+"}, help: "Insert an activity behind the selected transition, or behind the selected activity.", scope: editing, on: onActivity | onTransition, hint: 2,
			run: func(m *Model) tea.Cmd { m.openInsert(); return nil }, why: nowhereToInsert},
		{name: "begin", title: "begin", keys: []string{"A"}, help: "Add an activity that begins a branch of its own.", scope: editing, on: onGround,
			run: func(m *Model) tea.Cmd { m.open(newInsert(m, nil)); return nil }},
		{name: "edit", title: "edit", keys: []string{"enter", "tab"}, help: "Go to the form of the selected activity.", scope: editing, on: onActivity | onTransition, hint: 3,
			run: func(m *Model) tea.Cmd { m.enterInspector(); return nil }, why: nothingSelected},
		{name: "rename", title: "rename", keys: []string{"n", "f2"}, help: "Type another label, in place.", scope: editing, on: onActivity | onTransition,
			run: func(m *Model) tea.Cmd { m.open(newRename(m)); return nil }, why: nothingSelected},
		{name: "note", title: "note", keys: []string{"N"}, help: "Write a note that stands on the canvas beside the activity.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.editNote(); return nil }, why: noActivity},
		{name: "mark", title: "mark", keys: []string{"space"}, help: "Choose the activity together with others, for what is done next; or take it out again.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.mark([]string{m.selected.Activity}); return nil }, why: noActivity},
		{name: "mark branch", title: "mark branch", keys: []string{"v"}, help: "Mark the activity and everything that only it leads to.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.markBranch(); return nil }, why: noActivity},
		{name: "mark all", title: "mark all", keys: []string{"ctrl+a"}, help: "Mark every activity.", scope: editing, on: onGround,
			run: func(m *Model) tea.Cmd { m.markAll(); return nil }, why: noActivities},
		{name: "unmark", title: "unmark", keys: []string{"esc"}, help: "Mark nothing any more.", scope: editing,
			run: func(m *Model) tea.Cmd { m.marked = nil; return nil }, why: nothingMarked},
		{name: "copy", title: "copy", keys: []string{"y"}, help: "Copy what is marked, or the selected activity. It can be pasted here, in another campaign, or into a file as text.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { return m.copyChosen() }, why: nothingChosen},
		{name: "cut", title: "cut", keys: []string{"ctrl+x"}, help: "Copy and delete.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { return m.cutChosen() }, why: nothingChosen},
		{name: "paste", title: "paste", keys: []string{"p", "ctrl+v"}, help: "Insert what was copied behind the selection.", scope: editing, on: onActivity | onTransition | onGround,
			run: func(m *Model) tea.Cmd { return m.pasteClipboard() }},
		{name: "duplicate", title: "duplicate", keys: []string{"D", "ctrl+d"}, help: "Make a copy beside it.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.duplicate(); return nil }, why: nothingChosen},
		{name: "move to", title: "move to", keys: []string{"w"}, help: "Take what is marked, or the selected activity, to another transition. It can be dragged there as well.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.move(); return nil }, why: cantMove},
		{name: "wrap", title: "wrap", keys: []string{"W"}, help: "Put what is marked between a fork and an AND-join, with a second way beside it.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.wrap(); return nil }, why: cantWrap},
		{name: "connect", title: "connect", keys: []string{"c"}, help: "Lead an open end to an activity or a join, or choose the open end that leads to the selected one.", scope: editing, on: onActivity | onTransition,
			run: func(m *Model) tea.Cmd { m.connect(); return nil }, why: cantConnect},
		{name: "disconnect", title: "disconnect", keys: []string{"C"}, help: "Make an open end of the selected transition.", scope: editing, on: onTransition,
			run: func(m *Model) tea.Cmd { m.disconnect(); return nil }, why: cantDisconnect},
		{name: "disable", title: "disable", keys: []string{"d"}, help: "Switch what is marked, or the selected activity, off or on again.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.toggleDisabled(); return nil }, why: nothingChosen},
		{name: "delete", title: "delete", keys: []string{"x", "delete", "backspace"}, help: "Take what is marked, or the selected activity, out; branches close up.", scope: editing, on: onActivity,
			run: func(m *Model) tea.Cmd { m.deleteChosen(); return nil }, why: nothingChosen},
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
