package editor

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
	"rendezvous/ui/widget"
)

// cursor puts the terminal's own cursor on a cell of an area.
func (m *Model) cursor(a cell.Area, x, y int) {
	v := a.Visible()
	if !v.Contains(x, y) {
		return
	}
	// The corner of the area on the screen is where its coordinates 0, 0 are.
	m.caret = tea.NewCursor(a.ScreenX(x), a.ScreenY(y))
}

func (m *Model) enterInspector() {
	if m.selected.Activity == "" {
		return
	}
	m.focus = onInspector
	m.focusRow(0, 1)
	m.reveal()
}

func (m *Model) leaveInspector() {
	m.endInput(false)
	m.form.list = nil
	m.focus = onCanvas
	m.reveal()
}

// focusRow gives the focus to the first row that can have it, from one on in a direction.
func (m *Model) focusRow(at, step int) {
	rows := m.rows()
	for ; at >= 0 && at < len(rows); at += step {
		if rows[at].focusable() {
			m.form.at = at
			return
		}
	}
}

// focused returns the row that has the focus.
func (m *Model) focused() (row, bool) {
	rows := m.rows()
	if m.form.at < 0 || m.form.at >= len(rows) {
		return row{}, false
	}
	return rows[m.form.at], rows[m.form.at].focusable()
}

// inspectorKey takes a key for the form. It reports whether the key meant something here; others are commands.
func (m *Model) inspectorKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case m.form.input != nil:
		return m.inputKey(msg), true
	case m.form.list != nil:
		m.listKey(msg.String())
		return nil, true
	}
	r, ok := m.focused()
	switch key := msg.String(); key {
	case "esc", "tab", "shift+tab":
		m.leaveInspector()
	case "up", "k":
		m.focusRow(m.form.at-1, -1)
	case "down", "j":
		m.focusRow(m.form.at+1, 1)
	case "home":
		m.focusRow(0, 1)
	case "end":
		m.focusRow(len(m.rows())-1, -1)
	case "enter", "space":
		if ok {
			return m.activate(r, key == "space"), true
		}
	case "left", "right", "h", "l":
		m.shift(r, key == "right" || key == "l")
	case "x", "delete", "backspace":
		if r.kind == recordRow {
			m.removeRecord(r)
		}
	case "i":
		if ok {
			m.explainField(r)
		}
	default:
		return nil, m.ofCanvas(key)
	}
	return nil, true
}

// ofCanvas reports whether a key is that of a command about things on the canvas, which a form does not take.
func (m *Model) ofCanvas(key string) bool {
	return slices.ContainsFunc(m.commands, func(c command) bool { return c.on != 0 && c.applies(m) && slices.Contains(c.keys, key) })
}

// activate does what a row is for.
func (m *Model) activate(r row, space bool) tea.Cmd {
	switch r.kind {
	case branchRow:
		m.toggleBranch(r)
	case switchRow:
		m.set(r, onOff(!r.on))
	case segmentRow:
		m.cycle(r, 1)
	case dropRow:
		if len(r.option) == 0 {
			m.complain(fmt.Errorf("tick a branch first"))
			return nil
		}
		list := widget.List{At: max(0, slices.IndexFunc(r.option, func(o choice) bool { return o.value == r.text }))}
		m.form.list = &list
	case recordRow:
		m.toggleRecord(r)
	case addRow:
		m.addRecord(r)
	case longRow:
		m.open(newTextEditor(m, r))
	case textRow, idRow:
		if !space {
			return m.beginInput(r)
		}
	}
	return nil
}

// onOff is the value of a switch; off is the default and not written.
func onOff(on bool) any {
	if on {
		return true
	}
	return nil
}

// shift goes to the neighbouring segment.
func (m *Model) shift(r row, forward bool) {
	if r.kind == segmentRow {
		m.cycle(r, map[bool]int{true: 1, false: -1}[forward])
	}
}

func (m *Model) cycle(r row, by int) {
	at := slices.IndexFunc(r.option, func(o choice) bool { return o.value == r.text })
	m.setChoice(r, r.option[((at+by)%len(r.option)+len(r.option))%len(r.option)].value)
}

// setChoice sets a choice; the default is not written.
func (m *Model) setChoice(r row, value string) {
	if value == r.text {
		return
	}
	var v any = value
	if value == r.field.Default() {
		v = nil
	}
	m.set(r, v)
}

// set makes an edit of a field.
func (m *Model) set(r row, v any) {
	now, field := m.history.Now(), strings.ToLower(r.field.Title)
	if ref, transition := m.selected.Ref(); transition {
		c, err := now.SetOutput(ref, r.field.Key, v)
		m.editField("set "+field+" of "+now.BranchTitle(ref), fmt.Sprint(ref, r.path), c, err)
		return
	}
	a, _ := now.Activity(m.selected.Activity)
	c, err := now.Set(a.ID, v, r.path...)
	m.editField("set "+field+" of "+a.Label(), fmt.Sprint(a.ID, r.path), c, err)
}

func (m *Model) toggleBranch(r row) {
	id, name := m.selected.Activity, m.campaign().BranchTitle(r.branch.Ref)
	if r.on {
		c, err := m.history.Now().Untick(id, r.branch.Ref)
		m.edit("untick "+name, c, err)
		return
	}
	c, err := m.history.Now().Tick(id, r.branch.Ref)
	m.edit("tick "+name, c, err)
}

func (m *Model) toggleRecord(r row) {
	if m.form.open == nil {
		m.form.open = map[string]bool{}
	}
	key := recordKey(r.field.Key, r.record)
	m.form.open[key] = !m.form.open[key]
}

func (m *Model) addRecord(r row) {
	a, _ := m.campaign().Activity(m.selected.Activity)
	c, at, err := m.history.Now().AddRecord(a.ID, r.field.Key)
	m.edit("add "+r.field.Item+" to "+a.Label(), c, err)
	if err != nil {
		return
	}
	for i, row := range m.rows() {
		if row.kind == recordRow && row.field.Key == r.field.Key && row.record == at {
			m.form.at = i
			m.toggleRecord(row)
		}
	}
}

func (m *Model) removeRecord(r row) {
	a, _ := m.campaign().Activity(m.selected.Activity)
	c, err := m.history.Now().RemoveRecord(a.ID, r.field.Key, r.record)
	m.form.open = nil
	m.edit("remove "+r.text+" from "+a.Label(), c, err)
	m.focusRow(min(m.form.at, len(m.rows())-1), -1)
}

// listKey takes a key for the open drop-down.
func (m *Model) listKey(key string) {
	r, _ := m.focused()
	switch key {
	case "up", "k":
		*m.form.list = m.form.list.Move(-1, len(r.option), r.canChoose)
	case "down", "j":
		*m.form.list = m.form.list.Move(1, len(r.option), r.canChoose)
	case "enter", "space":
		m.pick(r, m.form.list.At)
	case "esc", "tab":
		m.form.list = nil
	}
}

// pick chooses an option of the open drop-down.
func (m *Model) pick(r row, at int) {
	if !r.canChoose(at) {
		return
	}
	m.form.list = nil
	value := r.option[at].value
	if r.field.Type != model.Branch {
		m.setChoice(r, value)
		return
	}
	c := m.history.Now()
	if ref, ok := c.Resolve(value); ok {
		c, err := c.SetPrimary(m.selected.Activity, ref)
		m.edit("choose "+m.campaign().BranchTitle(ref)+" as primary set", c, err)
	}
}

// clickRow gives the focus to a row and does what it is for.
func (m *Model) clickRow(at int) tea.Cmd {
	same := m.focus == onInspector && m.form.at == at
	if same && m.form.input != nil {
		return nil
	}
	m.endInput(true)
	wasOpen := same && m.form.list != nil
	m.form.list = nil
	m.focus, m.form.at = onInspector, at
	r, ok := m.focused()
	if !ok || wasOpen {
		return nil
	}
	m.say("")
	return m.activate(r, false)
}

// beginInput edits the text of a row.
func (m *Model) beginInput(r row) tea.Cmd {
	input := widget.NewInput(r.text)
	m.form.input, m.form.wrong = &input, ""
	return m.countSoon(r)
}

// inputKey takes a key for the text being edited.
func (m *Model) inputKey(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		m.endInput(false)
	case "enter":
		m.endInput(true)
	case "tab", "down":
		if m.endInput(true) {
			m.focusRow(m.form.at+1, 1)
		}
	case "shift+tab", "up":
		if m.endInput(true) {
			m.focusRow(m.form.at-1, -1)
		}
	case "ctrl+s":
		if m.endInput(true) {
			return m.giveNamed("save")
		}
	default:
		return m.typed(msg)
	}
	return nil
}

// typed takes a key or a paste into the text, and says at once what is wrong with it.
func (m *Model) typed(msg tea.Msg) tea.Cmd {
	input := m.form.input.Update(msg)
	m.form.input = &input
	r, ok := m.focused()
	if !ok {
		return nil
	}
	m.form.wrong = m.wrongWith(r, input.Value())
	return m.countSoon(r)
}

// wrongWith says what is wrong with a text for a field, or "".
func (m *Model) wrongWith(r row, text string) string {
	if text == "" {
		return ""
	}
	a, _ := m.campaign().Activity(m.selected.Activity)
	if err := check.Text(m.campaign(), check.Data{Schema: m.data.schema, Err: m.data.err}, a, r.field, text); err != nil {
		return err.Error()
	}
	if _, err := r.field.Parse(text); err != nil && r.kind != idRow {
		return narrate.Capital(err.Error())
	}
	return ""
}

// endInput leaves the text being edited, and keeps it if that is wanted and it makes sense. It reports whether it was left.
func (m *Model) endInput(keep bool) bool {
	if m.form.input == nil {
		return true
	}
	r, ok := m.focused()
	text := strings.TrimSpace(m.form.input.Value())
	if !keep || !ok || text == r.text {
		m.form.input = nil
		return true
	}
	if r.kind == idRow {
		return m.rename(r, text)
	}
	v, err := r.field.Typed(text)
	if err != nil {
		m.form.wrong = narrate.Capital(err.Error())
		return false
	}
	m.form.input = nil
	m.set(r, v)
	return true
}

func (m *Model) rename(r row, id string) bool {
	c, err := m.history.Now().Rename(r.text, id)
	if err != nil {
		m.form.wrong = narrate.Capital(err.Error())
		return false
	}
	m.form.input = nil
	m.selected.Activity = id
	m.edit("rename "+r.text+" to "+id, c, nil)
	return true
}

// countRule asks for the number of people that a rule selects, once typing has paused.
type countRule struct{ table, text string }

// typingPause is how long nobody types before a rule is counted.
const typingPause = 200 * time.Millisecond

func (m *Model) countSoon(r row) tea.Cmd {
	if r.field.Type != model.Rule || m.form.input == nil || m.form.wrong != "" || m.data.open == nil {
		return nil
	}
	a, _ := m.campaign().Activity(m.selected.Activity)
	ask := countRule{m.campaign().Dimension(a), strings.TrimSpace(m.form.input.Value())}
	return m.later(typingPause, ask)
}

// countNow counts, if the rule is still the one being typed.
func (m *Model) countNow(ask countRule) tea.Cmd {
	if m.form.input == nil || strings.TrimSpace(m.form.input.Value()) != ask.text || m.data.open == nil {
		return nil
	}
	key := ask.table + "\x00" + ask.text
	if _, known := m.form.counts[key]; known {
		return nil
	}
	data, start := m.data.open, m.runOptions().Start
	return func() tea.Msg {
		n, err := data.CountRule(context.Background(), ask.table, ask.text, start)
		return ruleCounted{key: key, count: n, err: err}
	}
}

func (f *form) counted(msg ruleCounted) {
	if f.counts == nil {
		f.counts = map[string]ruleCounted{}
	}
	f.counts[msg.key] = msg
}

// liveCount is what is said below a rule while it is typed.
func (m *Model) liveCount(r row) string {
	if r.field.Type != model.Rule || m.form.input == nil {
		return ""
	}
	a, _ := m.campaign().Activity(m.selected.Activity)
	c, ok := m.form.counts[m.campaign().Dimension(a)+"\x00"+strings.TrimSpace(m.form.input.Value())]
	switch {
	case !ok:
		return "counting …"
	case c.err != nil:
		return c.err.Error()
	}
	return narrate.Count(c.count) + " of " + narrate.Count(m.data.people) + " in the data"
}

func (m *Model) inspectorHints() []keyHint {
	r, _ := m.focused()
	switch {
	case m.form.input != nil:
		return []keyHint{{key: "⏎", title: "keep"}, {key: "esc", title: "leave as it was"}, {key: "tab", title: "next"}}
	case m.form.list != nil:
		return []keyHint{{key: "↑↓", title: "choose"}, {key: "⏎", title: "take"}, {key: "esc", title: "close"}}
	}
	hints := []keyHint{{key: "↑↓", title: "move"}}
	switch r.kind {
	case branchRow, switchRow:
		hints = append(hints, keyHint{key: "space", title: "tick"})
	case segmentRow:
		hints = append(hints, keyHint{key: "◂ ▸", title: "choose"})
	case dropRow:
		hints = append(hints, keyHint{key: "⏎", title: "open"})
	case recordRow:
		hints = append(hints, keyHint{key: "⏎", title: "open"}, keyHint{key: "x", title: "remove"})
	case addRow:
		hints = append(hints, keyHint{key: "⏎", title: "add"})
	default:
		hints = append(hints, keyHint{key: "⏎", title: "edit"})
	}
	return append(hints, keyHint{key: "i", title: "explain"}, keyHint{key: "tab", title: "canvas"}, keyHint{key: m.keyOf("undo"), title: "undo"}, keyHint{key: "?", title: "help"})
}
