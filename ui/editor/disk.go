package editor

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/ui/file"
	"rendezvous/ui/narrate"
)

// What saving comes back with.
type saved struct {
	content []byte
	err     error
	leave   bool
}

// save writes the campaign to its file.
func (m *Model) save(force, leave bool) tea.Cmd {
	if m.options.File == "" {
		m.open(newSaveAs(m, leave))
		return nil
	}
	content, before, name := m.document.Save(m.history.Now()), m.onDisk, m.options.File
	return func() tea.Msg {
		var err error
		if force {
			err = file.Replace(name, content)
		} else {
			err = file.Write(name, before, content)
		}
		return saved{content: content, err: err, leave: leave}
	}
}

func (m *Model) onSaved(msg saved) tea.Cmd {
	if errors.Is(msg.err, file.ErrChanged) {
		m.open(newConflict(m, msg.leave))
		return nil
	}
	if msg.err != nil {
		m.complain(msg.err)
		return nil
	}
	m.onDisk, m.history = msg.content, m.history.Saved()
	m.say("Saved " + m.options.File)
	if msg.leave {
		return m.leave()
	}
	return m.forget()
}

// diskRead brings what the file holds now.
type diskRead struct {
	content []byte
	err     error
	asked   bool // whether the person wants to merge, rather than the program looks by itself
	leave   bool
}

// lookAtDisk reads the file again, for instance when the terminal gets the focus back: another program may have written it.
func (m *Model) lookAtDisk(asked, leave bool) tea.Cmd {
	if m.onDisk == nil || m.session != nil {
		return nil
	}
	name := m.options.File
	return func() tea.Msg {
		content, err := file.Read(name, nil)
		return diskRead{content, err, asked, leave}
	}
}

func (m *Model) onDiskRead(msg diskRead) tea.Cmd {
	switch {
	case msg.err != nil && !msg.asked: // the file is gone, which matters when it is saved
		return nil
	case msg.err != nil:
		m.complain(msg.err)
		return nil
	case bytes.Equal(msg.content, m.onDisk) || m.session != nil:
		return nil
	}
	now, err := m.document.Reload(msg.content)
	if err != nil {
		m.complain(fmt.Errorf("%s has changed on disk, and can’t be read as it is: %w", m.fileName(), err))
		return nil
	}
	base, err := model.Load(m.options.Name, m.onDisk)
	if err != nil {
		m.complain(err)
		return nil
	}
	merged, conflicts := model.Merge(base.Campaign, m.history.Now(), now.Campaign)
	if len(conflicts) > 0 && !msg.asked {
		m.open(newMerge(m, now, msg.content, merged, conflicts))
		return nil
	}
	m.rebase("merge with the file", now, msg.content, merged)
	if msg.asked {
		return m.save(false, msg.leave)
	}
	m.say(m.fileName() + " has changed on disk; what it says now is merged in. " + m.keyOf("undo") + " takes it back")
	return nil
}

// fileName is what the file is called, without its folder.
func (m *Model) fileName() string { return filepath.Base(m.options.File) }

// rebase makes what the file holds now the document that edits are written into.
func (m *Model) rebase(name string, d *model.Document, content []byte, c model.Campaign) {
	m.document, m.onDisk = d, content
	m.history = m.history.Rebase(name, c, c.Equal(d.Campaign))
	m.pictures.forgetFrom(m.history.Step())
	m.changed()
}

// newConflict asks what to do when the file is not what it was and is to be saved.
func newConflict(m *Model, leave bool) dialog {
	return &question{title: "The file has changed on disk",
		text: []string{m.fileName() + " is not what it was when it was opened: another program has written to it. Merging keeps what both changed; where both changed the same, what you see here is kept."},
		buttons: []button{
			{"Overwrite", "o", func(m *Model) tea.Cmd { return m.save(true, leave) }},
			{"Save as …", "a", func(m *Model) tea.Cmd { m.open(newSaveAs(m, leave)); return nil }},
			{"Merge and save", "m", func(m *Model) tea.Cmd { return m.lookAtDisk(true, leave) }},
			{"Go on editing", "esc", func(*Model) tea.Cmd { return nil }},
		}}
}

// newMerge asks what to do when the file and the edits made here say different things.
func newMerge(m *Model, d *model.Document, content []byte, merged model.Campaign, conflicts []model.Conflict) dialog {
	text := []string{m.fileName() + " has changed on disk, and so did the campaign here:", ""}
	for _, c := range conflicts[:min(len(conflicts), 4)] {
		text = append(text, "· "+narrate.Conflict(m.campaign(), c))
	}
	if n := len(conflicts) - 4; n > 0 {
		text = append(text, fmt.Sprintf("· and %d more", n))
	}
	rebase := func(name string, c model.Campaign) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd { m.rebase(name, d, content, c); return nil }
	}
	return &question{title: "Both have changed", text: text, buttons: []button{
		{"Decide when saving", "esc", func(*Model) tea.Cmd { return nil }},
		{"Take the file’s", "t", rebase("take what the file says", d.Campaign)},
		{"Merge, keep mine", "m", rebase("merge with the file", merged)},
	}}
}

// recoverSoon is how long nothing is edited before the edits are kept for a crash.
const recoverSoon = 1500 * time.Millisecond

// keepNow asks for the edits up to a step to be kept.
type keepNow struct{ step int }

// keepSoon asks for the edits to be kept once there is a pause.
func (m *Model) keepSoon() tea.Cmd {
	if m.kept == m.history.Step() {
		return nil
	}
	m.kept = m.history.Step()
	return m.later(recoverSoon, keepNow{m.kept})
}

// onKeepNow writes the edits down, unless there have been more since.
func (m *Model) onKeepNow(msg keepNow) tea.Cmd {
	if msg.step != m.history.Step() {
		return nil
	}
	state, name := m.options.State, m.options.File
	if len(m.history.Unsaved()) == 0 {
		return func() tea.Msg { return stateKept{state.Forget(name)} }
	}
	content := m.document.Save(m.history.Now())
	return func() tea.Msg { return stateKept{state.Keep(name, content)} }
}

// forget drops what was kept for a crash.
func (m *Model) forget() tea.Cmd {
	state, name := m.options.State, m.options.File
	return func() tea.Msg {
		return stateKept{state.Forget(name)}
	}
}

// remembered remembers that the file was opened.
func (m *Model) remembered() tea.Cmd {
	state, name := m.options.State, m.options.File
	if name == "" {
		return nil
	}
	return func() tea.Msg { return stateKept{state.Opened(name)} }
}

// offerRecovery asks about edits that were not saved when the program ended the last time.
func (m *Model) offerRecovery() {
	r, ok := m.options.State.Recovery(m.options.File)
	if !ok || bytes.Equal(r.Text, m.options.Text) {
		return
	}
	again, err := m.document.Reload(r.Text)
	if err != nil || again.Campaign.Equal(m.history.Now()) {
		return
	}
	m.open(&question{title: "Edits that were not saved", text: []string{
		fmt.Sprintf("When Rendezvous ended the last time, on %s, %s had edits that were not saved.", r.At.Format("Mon 02 Jan, 15:04"), m.campaign().Name())},
		buttons: []button{
			{"Look at it later", "esc", func(*Model) tea.Cmd { return nil }},
			{"Drop them", "x", func(m *Model) tea.Cmd { return m.forget() }},
			{"Recover", "r", func(m *Model) tea.Cmd { m.edit("recover unsaved edits", again.Campaign, nil); return nil }},
		}})
}
