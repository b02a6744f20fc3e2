package editor

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model/check"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// tab is one of the panels above the run bar.
type tab int

const (
	whyTab tab = iota
	logTab
	findingsTab
)

// A panel is the stretch above the run bar that shows one of several things.
type panel struct {
	tab    tab
	scroll int // lines above the first visible one
	hidden bool
	chosen bool // whether the person has chosen the tab
}

// tabs are the panels that there is something to show in.
func (m *Model) tabs() []tab {
	tabs := []tab{logTab, findingsTab}
	if _, blocked := m.blocked(); blocked {
		tabs = append([]tab{whyTab}, tabs...)
	}
	return tabs
}

func (m *Model) tabTitle(t tab) string {
	switch t {
	case whyTab:
		return "Why"
	case logTab:
		return "Log"
	}
	if n := len(m.findings); n > 0 {
		return "Findings " + narrate.Count(n)
	}
	return "Findings"
}

func (p *panel) next(m *Model) {
	tabs := m.tabs()
	p.choose(tabs[(slices.Index(tabs, p.tab)+1)%len(tabs)])
}

func (p *panel) choose(t tab) { p.tab, p.scroll, p.hidden, p.chosen = t, 0, false, true }

func (m *Model) drawPanel(a cell.Area, r cell.Rect) {
	if r.H == 0 {
		return
	}
	l := m.look
	a.Fill(a.Visible(), ' ', cell.Style{Fg: l.Text, Bg: l.Panel})
	x := 1
	for _, t := range m.tabs() {
		text := " " + m.tabTitle(t) + " "
		style := cell.Style{Fg: l.Muted, Bg: l.Panel}
		if t == m.panel.tab {
			style = cell.Style{Fg: l.Text, Bg: l.Focus(), Attr: cell.Bold}
			if l.Outlined {
				style.Attr |= cell.Reverse
			}
			if t == whyTab {
				style = l.Filled(l.OnStatus, l.Danger)
			}
		}
		x = a.Own(m.clickable(func(m *Model) tea.Cmd { m.panel.choose(t); return nil })).Text(x, 0, text, style) + 1
	}
	tail := fmt.Sprintf("%s go to   %s next   %s hide", m.keyOf("go to cause"), m.keyOf("panel"), m.keyOf("hide"))
	if m.panel.tab == whyTab {
		tail = fmt.Sprintf("%s go to cause   1 2 3 fix   %s hide", m.keyOf("go to cause"), m.keyOf("hide"))
	}
	if x+cell.Width(tail)+4 < r.W {
		a.Text(r.W-2-cell.Width(tail), 0, tail, cell.Style{Fg: l.Faint, Bg: l.Panel})
	}
	body := a.Sub(cell.Rect{Y: 1, W: r.W, H: r.H - 1})
	switch m.panel.tab {
	case whyTab:
		m.drawWhy(body, r.W, r.H-1)
	case logTab:
		m.drawLog(body, r.W, r.H-1)
	default:
		m.drawFindings(body, r.W, r.H-1)
	}
}

// shownLines are the lines of the log up to the playhead, newest first.
func (m *Model) shownLines() []narrate.Line {
	shown := m.session.shown()
	var lines []narrate.Line
	for i := len(m.session.lines) - 1; i >= 0; i-- {
		if m.session.lines[i].Seq <= shown {
			lines = append(lines, m.session.lines[i])
		}
	}
	return lines
}

// Columns of the log.
const (
	logTime = 2
	logMark = 12
	logWho  = 14
)

func (m *Model) drawLog(a cell.Area, w, h int) {
	l := m.look
	lines := m.shownLines()
	m.panel.scroll = max(0, min(m.panel.scroll, len(lines)-1))
	whoWidth := min(24, max(12, w/6))
	for y := range h {
		i := m.panel.scroll + y
		if i >= len(lines) {
			return
		}
		line, ground, quiet := lines[i], l.Panel, l.Faint
		if i == 0 {
			ground, quiet = l.Focus(), l.Muted
			a.Fill(cell.Rect{Y: y, W: w, H: 1}, ' ', cell.Style{Fg: l.Text, Bg: ground})
			a.Set(0, y, '▎', cell.Style{Fg: l.Accent, Bg: ground, Attr: cell.Bold})
		}
		row := a.Own(m.clickable(func(m *Model) tea.Cmd { m.seek(m.session.film.Moment(line.Seq)); return nil }))
		glyph, color := l.Mark(line.Mark)
		at := line.At.Format("15:04:05")
		if !sameDay(line.At, m.session.film.Beats[0].At) {
			at = line.At.Format("02 15:04")
		}
		row.Text(logTime, y, at, cell.Style{Fg: quiet, Bg: ground})
		row.Set(logMark, y, glyph, cell.Style{Fg: color, Bg: ground, Attr: cell.Bold})
		row.Text(logWho, y, cell.Cut(line.Who, whoWidth), cell.Style{Fg: l.Text, Bg: ground, Attr: cell.Bold})
		what := logWho + whoWidth + 2
		row.Text(what, y, cell.Cut(line.What, w-what-cell.Width(line.Number)-4), cell.Style{Fg: l.Muted, Bg: ground})
		row.Text(w-3-cell.Width(line.Number), y, line.Number, cell.Style{Fg: l.Text, Bg: ground})
	}
}

// drawFindings lists what the check says.
func (m *Model) drawFindings(a cell.Area, w, h int) {
	l := m.look
	if len(m.findings) == 0 {
		a.Text(2, 1, "✓ Nothing is wrong with this campaign", cell.Style{Fg: l.Success, Bg: l.Panel})
		return
	}
	m.panel.scroll = max(0, min(m.panel.scroll, len(m.findings)-1))
	for y := range h {
		i := m.panel.scroll + y
		if i >= len(m.findings) {
			return
		}
		f := m.findings[i]
		glyph, color := '▲', l.Waiting
		switch f.Severity {
		case check.Error:
			glyph, color = '✗', l.Danger
		case check.Note:
			glyph, color = '·', l.Faint
		}
		row := a.Own(m.clickable(func(m *Model) tea.Cmd { m.goTo(f.Activity); return nil }))
		row.Set(2, y, glyph, cell.Style{Fg: color, Bg: l.Panel, Attr: cell.Bold})
		row.Text(4, y, f.Code, cell.Style{Fg: color, Bg: l.Panel, Attr: cell.Bold})
		who := ""
		if activity, ok := m.campaign().Activity(f.Activity); ok {
			who = activity.Label()
		}
		row.Text(9, y, cell.Cut(who, 20), cell.Style{Fg: l.Text, Bg: l.Panel, Attr: cell.Bold})
		row.Text(31, y, cell.Cut(f.Message, w-33), cell.Style{Fg: l.Muted, Bg: l.Panel})
	}
}

// drawWhy says why a join can't fire: a sentence, the chain from the cause to the join, and the edits that would help.
func (m *Model) drawWhy(a cell.Area, w, h int) {
	l, s := m.look, m.session
	join, ok := m.blocked()
	if !ok {
		return
	}
	activity, _ := s.campaign.Activity(join)
	missing, _ := m.cause(join)
	y := 0
	if h >= 7 {
		y = 1
	}
	x := a.Text(2, y, activity.Label()+" can never fire in this run: ", cell.Style{Fg: l.Text, Bg: l.Panel, Attr: cell.Bold})
	a.Text(x, y, cell.Cut(s.campaign.BranchTitle(missing)+" will not arrive.", w-x-2), cell.Style{Fg: l.Muted, Bg: l.Panel})
	y += 1 + y
	m.drawChain(a, w, y, join)
	m.drawFixes(a, w, min(h-1, y+4))
}

func (m *Model) drawChain(a cell.Area, w, y int, join string) {
	l := m.look
	links := narrate.Chain(m.session.campaign, m.session.state, join)
	if len(links) > 3 { // the cause, what is nearest to the join, and the join
		links = append(links[:1:1], links[len(links)-2:]...)
	}
	width := (w - 4 - 6*(len(links)-1)) / len(links)
	width = min(width, 36)
	x := 2
	for i, step := range links {
		ground := l.Cause()
		row := a.Own(m.clickable(func(m *Model) tea.Cmd { m.goTo(step.Activity); return nil }))
		row.Fill(cell.Rect{X: x, Y: y, W: width, H: 2}, ' ', cell.Style{Bg: ground})
		for dy := range 2 {
			row.Set(x, y+dy, '▌', cell.Style{Fg: l.Danger, Bg: ground})
		}
		title := cell.Style{Fg: l.Text, Bg: ground, Attr: cell.Bold}
		room := width - 5
		if i == 0 && width > 24 {
			room -= 7
			row.Text(x+width-6, y, "cause", cell.Style{Fg: l.Danger, Bg: ground, Attr: cell.Bold})
		}
		row.Text(x+2, y, "⊘ "+cell.Cut(step.Title, room), title)
		row.Text(x+2, y+1, cell.Cut(step.Reason, width-3), cell.Style{Fg: l.Muted, Bg: ground})
		x += width
		if i+1 < len(links) {
			a.Text(x+1, y, " ──▶", cell.Style{Fg: l.Danger, Bg: l.Panel})
			x += 6
		}
	}
}

func (m *Model) drawFixes(a cell.Area, w, y int) {
	l := m.look
	x := 2
	for i, fix := range m.session.fixes {
		text := " " + fix.Title + " "
		if i > 2 || x+3+cell.Width(text) > w-2 {
			return
		}
		at := a.Own(m.clickable(func(m *Model) tea.Cmd { return m.fix(i) }))
		x = at.Text(x, y, " "+narrate.Count(i+1)+" ", l.Button())
		x = at.Text(x, y, text, cell.Style{Fg: l.Text, Bg: l.Remedy()}) + 2
	}
}
