package editor

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/ui/canvas"
	"rendezvous/ui/narrate"
)

// chosen are the activities that a command works on, in the order of the file: the marked ones, or else the selected one
// with what is folded into it.
func (m *Model) chosen() []string {
	chosen := m.marked
	if len(chosen) == 0 {
		if _, transition := m.selected.Ref(); transition || m.selected.Activity == "" {
			return nil
		}
		chosen = map[string]bool{m.selected.Activity: true}
	}
	var ids []string
	for _, a := range m.campaign().Activities {
		if chosen[m.scene.Shown(a.ID)] || chosen[a.ID] {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// chosenName names what is chosen: “E-mail Gold”, “3 activities”.
func (m *Model) chosenName() string {
	ids := m.chosen()
	if len(ids) == 1 {
		a, _ := m.campaign().Activity(ids[0])
		return a.Label()
	}
	return narrate.Counted(len(ids), "activity", "activities")
}

func nothingChosen(m *Model) string { return emptyList(m.chosen(), "select an activity first") }

// mark chooses activities together with those that are marked already, or takes them out again.
func (m *Model) mark(ids []string) {
	marked := maps.Clone(m.marked)
	if marked == nil {
		marked = map[string]bool{}
	}
	all := !slices.ContainsFunc(ids, func(id string) bool { return !marked[id] })
	for _, id := range ids {
		if all {
			delete(marked, id)
		} else {
			marked[id] = true
		}
	}
	m.marked = marked
}

// markBranch marks the selected activity and everything that only it leads to.
func (m *Model) markBranch() {
	c := m.campaign()
	var ids []string
	for _, i := range c.Graph().Branch(m.selected.Activity) {
		ids = append(ids, c.Activities[i].ID)
	}
	m.mark(ids)
}

func (m *Model) markAll() {
	m.marked = map[string]bool{}
	for _, a := range m.campaign().Activities {
		m.marked[a.ID] = true
	}
}

func nothingMarked(m *Model) string {
	if len(m.marked) == 0 {
		return "nothing is marked"
	}
	return ""
}

// copyChosen puts the chosen activities on the clipboards: of the terminal, of this program, and of others like it.
func (m *Model) copyChosen() tea.Cmd {
	text := m.history.Now().Copy(m.chosen())
	m.clipboard = text
	m.say("Copied " + m.chosenName() + "; " + m.keyOf("paste") + " pastes here or in another campaign")
	state := m.options.State
	return tea.Batch(tea.SetClipboard(string(text)), func() tea.Msg { return stateKept{state.SetClipboard(text)} })
}

func (m *Model) cutChosen() tea.Cmd {
	cmd := m.copyChosen()
	m.deleteChosen()
	return cmd
}

// deleteChosen takes the chosen activities out; branches close up.
func (m *Model) deleteChosen() {
	ids, name := m.chosen(), m.chosenName()
	next := m.selected
	if a, ok := m.campaign().Activity(ids[0]); ok {
		if in, ok := m.campaign().Inbound(a); ok {
			next = canvas.Target{Activity: in.Activity}
		}
	}
	c, err := m.history.Now().DeleteAll(ids)
	if m.edit("delete "+name, c, err); err != nil {
		return
	}
	if m.exists(next) {
		m.choose(next)
	}
	m.say("Deleted " + name + "; " + m.keyOf("undo") + " brings it back")
}

// pasteClipboard pastes what this program, or another one like it, has copied.
func (m *Model) pasteClipboard() tea.Cmd {
	state, own := m.options.State, m.clipboard
	return func() tea.Msg {
		text, err := state.Clipboard()
		if len(text) == 0 {
			text = own
		}
		if len(text) == 0 && err == nil {
			err = errors.New("nothing has been copied yet")
		}
		return clipboardRead{text, err}
	}
}

// clipboardRead brings what is to be pasted.
type clipboardRead struct {
	text []byte
	err  error
}

func (m *Model) onClipboard(msg clipboardRead) {
	switch {
	case msg.err != nil:
		m.complain(msg.err)
	case m.session == nil:
		m.pasteText(msg.text)
	}
}

// stateKept says whether something could be written to the state folder.
type stateKept struct{ err error }

func (m *Model) onStateKept(msg stateKept) {
	if msg.err != nil {
		m.complain(msg.err)
	}
}

// pasteText inserts copied activities behind the selection, or as a branch of their own.
func (m *Model) pasteText(text []byte) {
	var at *model.Ref
	if r, ok := m.insertPoint(); ok {
		at = &r
	}
	c, ids, err := m.history.Now().Paste(text, at)
	if err != nil && at != nil {
		c, ids, err = m.history.Now().Paste(text, nil)
	}
	m.adopt("paste", c, ids, err)
}

func (m *Model) duplicate() {
	name := m.chosenName()
	c, ids, err := m.history.Now().Duplicate(m.chosen())
	m.adopt("duplicate "+name, c, ids, err)
}

// adopt makes an edit that adds activities, and marks them.
func (m *Model) adopt(name string, c model.Campaign, ids []string, err error) {
	if m.edit(name, c, err); err != nil || len(ids) == 0 {
		return
	}
	m.visit(canvas.Target{Activity: ids[0]})
	m.marked = nil
	if len(ids) > 1 {
		m.mark(ids)
	}
	m.say(fmt.Sprintf("Added %s; %s takes it back", narrate.Counted(len(ids), "activity", "activities"), m.keyOf("undo")))
}

// wrap puts the chosen activities between a fork and an AND-join.
func (m *Model) wrap() {
	name := m.chosenName()
	c, fork, _, err := m.history.Now().Wrap(m.chosen())
	if m.edit("wrap "+name, c, err); err != nil {
		return
	}
	m.marked = nil
	a, _ := c.Activity(fork)
	m.choose(canvas.TargetOf(a.Refs()[1]))
	m.say("The second way leads straight to the AND-join; " + m.keyOf("insert") + " inserts what happens on it")
}

func cantWrap(m *Model) string { return m.reason(m.history.Now().CanWrap) }

// reason says why something can't be done with what is chosen.
func (m *Model) reason(can func([]string) error) string {
	if why := nothingChosen(m); why != "" {
		return why
	}
	if err := can(m.chosen()); err != nil {
		return err.Error()
	}
	return ""
}

// move lets one choose where the chosen activities go.
func (m *Model) move() {
	ids := m.chosen()
	m.open(newPick(m, "Move "+m.chosenName()+" to", m.destinations(ids), func(m *Model, t canvas.Target) tea.Cmd {
		r, _ := t.Ref()
		m.moveTo(ids, r)
		return nil
	}))
}

// destinations are the transitions to which activities can be moved.
func (m *Model) destinations(ids []string) []canvas.Target {
	var to []canvas.Target
	for _, r := range m.transitions() {
		if m.history.Now().CanMove(ids, r) == nil {
			to = append(to, canvas.TargetOf(r))
		}
	}
	return to
}

// transitions are all transitions that the scene shows.
func (m *Model) transitions() []model.Ref {
	var refs []model.Ref
	for _, a := range m.campaign().Activities {
		for _, r := range a.Refs() {
			if _, shown := m.scene.Place(r); shown {
				refs = append(refs, r)
			}
		}
	}
	return refs
}

func (m *Model) moveTo(ids []string, to model.Ref) {
	name := m.chosenName()
	c, err := m.history.Now().Move(ids, to)
	if m.edit("move "+name, c, err); err == nil {
		m.choose(canvas.Target{Activity: ids[0]})
	}
}

func cantMove(m *Model) string {
	if why := nothingChosen(m); why != "" {
		return why
	}
	if ids := m.chosen(); len(m.destinations(ids)) == 0 {
		for _, r := range m.transitions() {
			if err := m.history.Now().CanMove(ids, r); err != nil {
				return err.Error()
			}
		}
		return "there is no other transition"
	}
	return ""
}

// connect lets one choose what the selected open end leads to, or which open end leads to the selected activity.
func (m *Model) connect() {
	if r, ok := m.openEnd(); ok {
		m.open(newPick(m, "Connect "+m.campaign().BranchTitle(r)+" to", m.followers(r), func(m *Model, t canvas.Target) tea.Cmd {
			m.connectTo(r, t.Activity)
			return nil
		}))
		return
	}
	id := m.selected.Activity
	a, _ := m.campaign().Activity(id)
	m.open(newPick(m, "Lead to "+a.Label(), m.openEnds(id), func(m *Model, t canvas.Target) tea.Cmd {
		r, _ := t.Ref()
		m.connectTo(r, id)
		return nil
	}))
}

// openEnd is the open end of the selected transition, if it has one.
func (m *Model) openEnd() (model.Ref, bool) {
	r, ok := m.selected.Ref()
	if _, followed := m.campaign().Follower(r); !ok || followed {
		return r, false
	}
	return r, true
}

// followers are the activities that an open end could lead to.
func (m *Model) followers(r model.Ref) []canvas.Target {
	var to []canvas.Target
	for _, a := range m.campaign().Activities {
		if m.history.Now().CanConnect(r, a.ID) == nil {
			to = append(to, canvas.Target{Activity: a.ID})
		}
	}
	return to
}

// openEnds are the open ends that could lead to an activity.
func (m *Model) openEnds(id string) []canvas.Target {
	var from []canvas.Target
	for _, r := range m.transitions() {
		if m.history.Now().CanConnect(r, id) == nil {
			from = append(from, canvas.TargetOf(r))
		}
	}
	return from
}

func (m *Model) connectTo(r model.Ref, id string) {
	a, _ := m.campaign().Activity(id)
	c, err := m.history.Now().Connect(r, id)
	if m.edit("connect "+m.campaign().BranchTitle(r)+" to "+a.Label(), c, err); err == nil {
		m.choose(canvas.Target{Activity: id})
	}
}

func cantConnect(m *Model) string {
	if m.selected.Activity == "" {
		return "nothing is selected"
	}
	if r, ok := m.openEnd(); ok {
		return emptyList(m.followers(r), "nothing can follow it as it is: insert something instead")
	}
	if _, transition := m.selected.Ref(); transition {
		return "it leads somewhere already: disconnect it first"
	}
	return emptyList(m.openEnds(m.selected.Activity), "no open end can lead to it")
}

// disconnect makes an open end of the selected transition.
func (m *Model) disconnect() {
	r, _ := m.selected.Ref()
	c, err := m.history.Now().Disconnect(r)
	m.edit("disconnect "+m.campaign().BranchTitle(r), c, err)
}

func cantDisconnect(m *Model) string {
	r, ok := m.selected.Ref()
	if !ok {
		return "select a transition first"
	}
	if _, followed := m.campaign().Follower(r); !followed {
		return "it leads nowhere"
	}
	return ""
}

// toggleDisabled switches what is chosen off, or on again when all of it is off.
func (m *Model) toggleDisabled() {
	ids, off := m.chosen(), false
	for _, id := range ids {
		a, _ := m.campaign().Activity(id)
		off = off || !a.Disabled()
	}
	c, err := m.history.Now().SetDisabled(ids, off)
	m.edit(map[bool]string{true: "disable ", false: "enable "}[off]+m.chosenName(), c, err)
}
