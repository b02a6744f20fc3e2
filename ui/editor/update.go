package editor

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"rendezvous/ui/cell"
)

// Update takes a message. Which part it goes to depends on what is open and what has the focus.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.frame = nil
	cmd := m.take(msg)
	return m, tea.Batch(cmd, m.toastSoon(), m.keepSoon())
}

func (m *Model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
	case tea.ColorProfileMsg:
		m.looks.Depth = depth(msg.Profile)
		return m.restyled()
	case tea.BackgroundColorMsg:
		m.looks.Dark = msg.IsDark()
		return m.restyled()
	case tea.KeyPressMsg:
		return m.key(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case tea.MouseMsg:
		return m.mouse(msg)
	case dataOpened:
		m.onData(msg)
	case saved:
		return m.onSaved(msg)
	case ruleCounted:
		m.form.counted(msg)
	case recentRead:
		return m.onRecentRead(msg)
	case folderListed, previewRead:
		return m.onGallery(msg)
	case themesRead:
		return m.onThemesRead(msg)
	case campaignRead:
		return m.onCampaignRead(msg)
	case tea.FocusMsg:
		return m.lookAtDisk(false, false)
	case diskRead:
		return m.onDiskRead(msg)
	case keepNow:
		return m.onKeepNow(msg)
	case clipboardRead:
		m.onClipboard(msg)
	case stateKept:
		m.onStateKept(msg)
	case toastOver:
		m.onToastOver(msg)
	case countRule:
		return m.countNow(msg)
	case runStarted:
		return m.onRunStarted(msg)
	case runAdvanced:
		return m.onRunAdvanced(msg)
	case tick:
		return m.onTick(msg)
	}
	return nil
}

// later sends the program a message after a while.
func later(after time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(after, func(time.Time) tea.Msg { return msg })
}

func (m *Model) restyled() tea.Cmd {
	if err := m.restyle(); err != nil {
		m.complain(err)
	}
	return nil
}

func depth(p colorprofile.Profile) cell.Depth {
	switch p {
	case colorprofile.TrueColor:
		return cell.TrueColor
	case colorprofile.ANSI256:
		return cell.Colors256
	case colorprofile.ANSI:
		return cell.Colors16
	}
	return cell.NoColor
}

func (m *Model) resize(w, h int) {
	zoom, down, before := m.zoom(), m.topDown(), m.screen().canvas
	m.w, m.h = w, h
	m.grid.Resize(w, h)
	if zoom != m.zoom() || down != m.topDown() {
		m.relayout()
	}
	view := m.screen().canvas
	m.panX, m.panY = m.panX+(view.W-before.W)/2, m.panY+(view.H-before.H)/2
	if m.scene.W <= view.W {
		m.panX = (view.W - m.scene.W) / 2
	}
	if m.scene.H <= view.H {
		m.panY = (view.H - m.scene.H) / 2
	}
	m.settle()
	m.reveal()
}

// key sends a key to the uppermost dialog, to the text being edited, to the part that has the focus, or to the commands.
func (m *Model) key(msg tea.KeyPressMsg) tea.Cmd {
	if n := len(m.dialogs); n > 0 {
		return m.dialogs[n-1].key(m, msg)
	}
	if m.session == nil && m.focus == onInspector {
		if cmd, taken := m.inspectorKey(msg); taken {
			return cmd
		}
	}
	if m.focus == onOutline && m.outlineKey(msg.String()) {
		return nil
	}
	return m.commandKey(msg)
}

func (m *Model) paste(msg tea.PasteMsg) tea.Cmd {
	if n := len(m.dialogs); n > 0 {
		return m.dialogs[n-1].key(m, msg)
	}
	switch {
	case m.form.input != nil:
		return m.typed(msg)
	case m.session == nil:
		m.pasteText([]byte(msg.Content))
	}
	return nil
}

// top is the uppermost dialog, or nil.
func (m *Model) top() dialog {
	if n := len(m.dialogs); n > 0 {
		return m.dialogs[n-1]
	}
	return nil
}

// open puts a dialog over everything else.
func (m *Model) open(d dialog) { m.dialogs = append(m.dialogs, d) }

// cancel leaves the uppermost dialog as its escape key does.
func (m *Model) cancel() tea.Cmd { return m.top().key(m, tea.KeyPressMsg{Code: tea.KeyEscape}) }

// pop closes the uppermost dialog.
func (m *Model) pop() {
	if n := len(m.dialogs); n > 0 {
		m.dialogs = m.dialogs[:n-1]
	}
}

// A coalescer drops mouse motion and wheel events that come faster than a screen can show them.
type coalescer struct {
	now  func() time.Time
	last time.Time
}

func newCoalescer(now func() time.Time) *coalescer { return &coalescer{now: now} }

func (c *coalescer) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.MouseMotionMsg, tea.MouseWheelMsg:
		if now := c.now(); now.Sub(c.last) >= 16*time.Millisecond {
			c.last = now
			return msg
		}
		return nil
	}
	return msg
}
