package editor

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// A hit is what happens when its cells are clicked. Targets of the canvas can also be hovered over.
type hit struct {
	target canvas.Target
	click  func(*Model) tea.Cmd
	at     func(m *Model, x, y int) tea.Cmd // instead of click, where it matters which cell
	kind   *model.Kind                      // of a line of the palette, which can be dragged
}

// own makes an owner for what is drawn next.
func (m *Model) own(h hit) int32 {
	m.hits = append(m.hits, h)
	return int32(len(m.hits) - 1)
}

// clickable is own for something that is only clicked.
func (m *Model) clickable(click func(*Model) tea.Cmd) int32 { return m.own(hit{click: click}) }

// areas are the rectangles of the parts of the screen. Empty ones are not shown.
type areas struct {
	header, outline, canvas, inspector, status, panel, bar, footer cell.Rect
	drawer                                                         bool // the inspector lies over the canvas
}

// Sizes of the parts.
const (
	inspectorWidth = 34
	drawerWidth    = 38
	panelHeight    = 10
	wide           = 100 // columns from which the inspector has its own place
)

// screen divides the screen among the parts: a pure function of its size and of what is shown.
func (m *Model) screen() areas {
	w, h := m.w, m.h
	s := areas{header: cell.Rect{W: w, H: min(1, h)}, footer: cell.Rect{Y: max(0, h-1), W: w, H: min(1, h)}}
	body := cell.Rect{Y: 1, W: w, H: max(0, h-2)}
	if m.outline.shown {
		s.outline = body
		if w >= wide {
			s.outline.W = outlineWidth
		}
		body.X, body.W = s.outline.W, body.W-s.outline.W
	}
	if m.session != nil {
		bar := min(2, body.H)
		s.bar = cell.Rect{Y: body.Y + body.H - bar, W: w, H: bar}
		s.outline.H -= min(s.outline.H, bar)
		body.H -= bar
		if panel := min(panelHeight, body.H/3); !m.panel.hidden && panel >= 3 {
			s.panel = cell.Rect{X: body.X, Y: body.Y + body.H - panel, W: body.W, H: panel}
			body.H -= panel
		}
		s.canvas = body
		return s
	}
	switch {
	case w >= wide:
		s.inspector = cell.Rect{X: w - inspectorWidth, Y: 1, W: inspectorWidth, H: body.H}
		body.W -= inspectorWidth
	case m.focus == onInspector:
		s.inspector = cell.Rect{X: max(0, w-drawerWidth), Y: 1, W: min(w, drawerWidth), H: body.H}
		s.drawer = true
	}
	s.status = cell.Rect{X: body.X, Y: body.Y + max(0, body.H-1), W: body.W, H: min(1, body.H)}
	body.H = max(0, body.H-1)
	s.canvas = body
	if s.drawer {
		s.canvas.W = max(0, s.inspector.X-1-s.canvas.X)
		s.status.W = s.canvas.W
	}
	return s
}

// prompt is the line on which one types what the canvas answers to.
func (m *Model) prompt() cell.Rect {
	s := m.screen()
	if s.status.H > 0 {
		return s.status
	}
	return cell.Rect{X: s.canvas.X, Y: max(0, s.canvas.Y+s.canvas.H-1), W: s.canvas.W, H: min(1, s.canvas.H)}
}

// View draws the screen, unless nothing has changed since the last time.
func (m *Model) View() tea.View {
	if m.frame == nil {
		frame := m.draw()
		m.frame = &frame
	}
	return *m.frame
}

func (m *Model) draw() tea.View {
	m.grid.Resize(m.w, m.h)
	m.hits = append(m.hits[:0], hit{})
	m.caret = nil
	if !m.quitting {
		m.drawParts()
	}
	v := tea.NewView(m.grid.String(m.look.Screen))
	v.AltScreen, v.ReportFocus = true, true
	v.WindowTitle = m.campaign().Name() + " · Rendezvous"
	v.Cursor = m.caret
	if m.options.Mouse {
		v.MouseMode = tea.MouseModeAllMotion
	}
	return v
}

// Least size at which the parts have room.
const leastW, leastH = 60, 16

func (m *Model) drawParts() {
	all := m.grid.All()
	if m.w < leastW || m.h < leastH {
		m.drawTooSmall(all)
		return
	}
	s := m.screen()
	m.drawCanvas(all.Sub(s.canvas), s)
	if s.drawer {
		shade := cell.Rect{X: s.inspector.X - 1, Y: s.inspector.Y, W: 1, H: s.inspector.H}
		all.Fill(shade, ' ', cell.Style{Bg: m.look.Shadow})
	}
	m.drawOutline(all.Sub(s.outline), s.outline)
	m.drawHeader(all.Sub(s.header))
	if m.session != nil {
		m.drawPanel(all.Sub(s.panel), s.panel)
		m.drawBar(all.Sub(s.bar), s.bar)
	} else {
		m.drawStatus(all.Sub(s.status), s.status)
		m.drawInspector(all.Sub(s.inspector), s.inspector)
	}
	m.drawFooter(all.Sub(s.footer))
	for _, d := range m.dialogs {
		d.draw(m, all)
	}
	m.drawDrag(all)
	m.drawToast(all, s)
}

// drawTooSmall says what to do where nothing can be shown.
func (m *Model) drawTooSmall(all cell.Area) {
	text := fmt.Sprintf("Rendezvous needs %d×%d; this window is %d×%d. Make it larger, or leave with %s.", leastW, leastH, m.w, m.h, m.keyOf("quit"))
	for y, line := range cell.Wrap(text, m.w) {
		all.Text(0, y, line, cell.Style{})
	}
}

func (m *Model) drawCanvas(a cell.Area, s areas) {
	v := canvas.View{Selected: m.selected, Hover: m.hover, Marked: m.marked, Findings: m.cardFindings(), Off: m.off}
	switch top := m.top().(type) {
	case *search:
		v.Matches = top.matches(m)
	case *pick:
		v.Letters = top.shown()
	}
	if m.session != nil {
		v.Run = m.session.view(m.look)
	}
	m.scene.Draw(a.Shift(m.panX, m.panY), m.look, v, func(t canvas.Target) int32 {
		return m.own(hit{target: t})
	})
	if len(m.scene.Campaign.Activities) == 0 {
		m.drawEmpty(a, s)
		return
	}
	m.drawMap(a, s, v)
	m.drawToolbar(a, s)
}

// drawEmpty teaches how to begin.
func (m *Model) drawEmpty(a cell.Area, s areas) {
	l := m.look
	ways := []struct{ name, what string }{
		{"insert", "begin, for instance with Build audience"}, {"paste", "paste what was copied elsewhere"}, {"open", "look at a sample, or open a file"}, {"help", "see everything that can be done"},
	}
	const width = 46
	x, y := max(1, (s.canvas.W-width)/2), max(0, (s.canvas.H-len(ways)-2)/2)
	a.Text(x, y, "This campaign has no activities yet.", cell.Style{Fg: l.Text, Bg: l.Canvas, Attr: cell.Bold})
	for i, way := range ways {
		row := a.Own(m.clickable(func(m *Model) tea.Cmd { return m.giveNamed(way.name) }))
		row.Text(x, y+2+i, m.keyOf(way.name), cell.Style{Fg: l.Accent, Bg: l.Canvas, Attr: cell.Bold})
		row.Text(x+5, y+2+i, cell.Cut(way.what, s.canvas.W-x-6), cell.Style{Fg: l.Muted, Bg: l.Canvas})
	}
}

// cardFindings is what cards show of the findings: errors before warnings.
func (m *Model) cardFindings() map[string]canvas.Finding {
	shown := map[string]canvas.Finding{}
	for _, f := range m.findings {
		if _, has := shown[f.Activity]; !has && f.Severity != check.Note && f.Code != check.OpenOutputs {
			shown[f.Activity] = canvas.Finding{Error: f.Severity == check.Error, Message: f.Message}
		}
	}
	return shown
}

// A span is a piece of a line in one style.
type span struct {
	text  string
	style cell.Style
}

func spansWidth(spans []span) int {
	w := 0
	for _, s := range spans {
		w += cell.Width(s.text)
	}
	return w
}

func drawSpans(a cell.Area, x, y int, spans []span) int {
	for _, s := range spans {
		x = a.Text(x, y, s.text, s.style)
	}
	return x
}

func (m *Model) drawHeader(a cell.Area) {
	l := m.look
	base := cell.Style{Fg: l.Text, Bg: l.Panel}
	muted, strong := cell.Style{Fg: l.Muted, Bg: l.Panel}, base.With(cell.Bold)
	a.Fill(a.Visible(), ' ', base)
	left := []span{{"  ◆ ", cell.Style{Fg: l.Accent, Bg: l.Panel, Attr: cell.Bold}}, {cell.Cut(m.campaign().Name(), 40), strong}, {"  ", base}}
	left = append(left, m.headerState()...)
	button, click := " ▶ Run "+m.keyOf("run")+" ", func(m *Model) tea.Cmd { return m.giveNamed("run") }
	if m.session != nil {
		button, click = m.session.button(m)
	}
	room := m.w - spansWidth(left) - cell.Width(button) - 1
	findings := m.headerFindings()
	if spansWidth(findings)+2 < room {
		left = append(left, append([]span{{"  ", base}}, findings...)...)
		room -= spansWidth(findings) + 2
	}
	drawSpans(a, 0, 0, left)
	x := m.w - 1 - cell.Width(button)
	a.Own(m.clickable(click)).Text(x, 0, button, l.Button())
	hints := []struct{ key, title, name string }{{m.keyOf("help"), "Help", "help"}, {m.keyOf("commands"), "Commands", "commands"}}
	for _, h := range hints {
		w := cell.Width(h.key) + 1 + len(h.title) + 2
		if room -= w; room < 2 {
			return
		}
		x -= w
		at := a.Own(m.clickable(func(m *Model) tea.Cmd { return m.giveNamed(h.name) }))
		at.Text(at.Text(x, 0, h.key+" ", strong), 0, h.title, muted)
	}
}

func (m *Model) headerState() []span {
	l := m.look
	muted := cell.Style{Fg: l.Muted, Bg: l.Panel}
	faint := cell.Style{Fg: l.Faint, Bg: l.Panel}
	if m.session != nil {
		glyph, word, color := m.session.status(l)
		return []span{{glyph + " " + word, cell.Style{Fg: color, Bg: l.Panel, Attr: cell.Bold}}, {fmt.Sprintf("  seed %d", m.session.seed()), faint}}
	}
	spans := []span{{"○ Draft", muted}, {"  ", muted}}
	switch {
	case m.onDisk == nil:
		return append(spans, span{"not saved yet", faint})
	case len(m.history.Unsaved()) > 0:
		return append(spans, span{"● unsaved", cell.Style{Fg: l.Waiting, Bg: l.Panel}})
	}
	return append(spans, span{"saved", faint})
}

func (m *Model) headerFindings() []span {
	l := m.look
	errors, warnings := check.Count(m.findings)
	bold := func(c cell.Color) cell.Style { return cell.Style{Fg: c, Bg: l.Panel, Attr: cell.Bold} }
	plain := func(c cell.Color) cell.Style { return cell.Style{Fg: c, Bg: l.Panel} }
	switch {
	case m.data.loading:
		return []span{{"◐ ", bold(l.Waiting)}, {"opening data", plain(l.Waiting)}}
	case errors > 0:
		return []span{{"✗ ", bold(l.Danger)}, {narrate.Counted(errors, "error", "errors"), plain(l.Danger)}}
	case warnings > 0:
		return []span{{"▲ ", bold(l.Waiting)}, {narrate.Counted(warnings, "warning", "warnings"), plain(l.Waiting)}}
	}
	return []span{{"✓ ", bold(l.Success)}, {"no findings", plain(l.Success)}}
}

// drawHovered says what lies under the pointer.
func (m *Model) drawHovered(a cell.Area, r cell.Rect) {
	l := m.look
	activity, ok := m.campaign().Activity(m.hover.Activity)
	if !ok {
		return
	}
	strong, base := cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}, cell.Style{Fg: l.Muted, Bg: l.Raised}
	name, what := activity.Label(), activity.Kind.Title+"   "+activity.Card()
	if ref, transition := m.hover.Ref(); transition {
		output, _ := activity.Output(ref.Output)
		name, what = m.campaign().BranchTitle(ref), "Transition   "+output.Label
		if n, counted := m.counts[ref]; counted {
			what += "   " + narrate.Count(n) + " people in the last run"
		}
	}
	x := a.Text(2, 0, cell.Cut(name, r.W/2)+"   ", strong)
	a.Text(x, 0, cell.Cut(what, r.W-x-2), base)
}

// drawStatus shows what is pointed at, or the worst finding, or what a run would be.
func (m *Model) drawStatus(a cell.Area, r cell.Rect) {
	l := m.look
	base := cell.Style{Fg: l.Muted, Bg: l.Raised}
	a.Fill(a.Visible(), ' ', base)
	switch finding, ok := m.worst(); {
	case m.hover.Activity != "":
		m.drawHovered(a, r)
	case ok:
		m.drawFinding(a, r, finding)
	default:
		o := m.runOptions()
		people := ""
		if m.data.people > 0 {
			people = ", " + narrate.Count(m.data.people) + " people"
		}
		strong := cell.Style{Fg: l.Text, Bg: l.Raised}
		x := drawSpans(a, 2, 0, []span{{"▶ ", cell.Style{Fg: l.Accent, Bg: l.Raised, Attr: cell.Bold}}, {"Test run", strong.With(cell.Bold)},
			{"   starts ", base}, {o.Start.Format("Mon 02 Jan 15:04"), strong}, {"   seed ", base}, {fmt.Sprint(o.Seed), strong}, {"   data ", base}})
		a.Text(x, 0, cell.Cut(m.data.name+people, r.W-x-1), strong)
	}
}

// worst is the finding that the status line shows: the first error or warning of the selected activity, or of any.
func (m *Model) worst() (check.Finding, bool) {
	for _, f := range m.findings {
		if f.Activity == m.selected.Activity && f.Activity != "" && f.Severity != check.Note {
			return f, true
		}
	}
	if len(m.findings) > 0 && m.findings[0].Severity != check.Note {
		return m.findings[0], true
	}
	return check.Finding{}, false
}

func (m *Model) drawFinding(a cell.Area, r cell.Rect, f check.Finding) {
	l := m.look
	glyph, color := "▲ ", l.Waiting
	if f.Severity == check.Error {
		glyph, color = "✗ ", l.Danger
	}
	base := cell.Style{Fg: l.Muted, Bg: l.Raised}
	tail := m.keyOf("next finding") + " next finding"
	room := r.W - 4 - len(f.Code) - 3
	if room > 60 {
		a.Own(m.clickable(func(m *Model) tea.Cmd { return m.giveNamed("next finding") })).Text(r.W-2-cell.Width(tail), 0, tail, cell.Style{Fg: l.Faint, Bg: l.Raised})
		room -= cell.Width(tail) + 2
	}
	text := f.Message
	if activity, ok := m.campaign().Activity(f.Activity); ok && f.Code != check.OpenOutputs {
		text = activity.Label() + ": " + text
	}
	drawSpans(a, 2, 0, []span{{glyph + f.Code + "  ", cell.Style{Fg: color, Bg: l.Raised, Attr: cell.Bold}}, {cell.Cut(text, room), base}})
}

// command returns the command with a name that belongs to what the screen shows.
func (m *Model) command(name string) command {
	for _, c := range m.commands {
		if c.name == name && c.applies(m) {
			return c
		}
	}
	return command{}
}

// giveNamed gives the command with a name.
func (m *Model) giveNamed(name string) tea.Cmd {
	if c := m.command(name); c.run != nil {
		return m.give(c)
	}
	return nil
}
