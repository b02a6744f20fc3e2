package editor

import (
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/cell"

	tea "charm.land/bubbletea/v2"
)

// drawInspector draws the form of what is selected.
func (m *Model) drawInspector(a cell.Area, r cell.Rect) {
	if r.W == 0 || r.H == 0 {
		return
	}
	l := m.look
	a.Fill(a.Visible(), ' ', cell.Style{Fg: l.Text, Bg: l.Panel})
	if l.Outlined { // panels can't be told apart by their ground
		for y := range r.H {
			a.Set(0, y, '│', cell.Style{Fg: l.Line, Bg: l.Panel})
		}
	}
	activity, ok := m.campaign().Activity(m.selected.Activity)
	if !ok {
		a.Text(2, 1, "Nothing is selected", cell.Style{Fg: l.Muted, Bg: l.Panel})
		return
	}
	top := m.drawTitle(a, r, activity)
	body := a.Sub(cell.Rect{Y: top, W: r.W, H: max(0, r.H-top)})
	p := formPainter{m: m, area: body, width: r.W, height: max(0, r.H-top), rows: m.rows()}
	p.paint()
}

// drawTitle draws what the form is about, and returns the first free line.
func (m *Model) drawTitle(a cell.Area, r cell.Rect, activity model.Activity) int {
	l := m.look
	k := activity.Kind
	title, kind := activity.Label(), k.Title
	if ref, ok := m.selected.Ref(); ok {
		output, _ := activity.Output(ref.Output)
		title, kind = activity.Label()+" ("+output.Label+")", "Transition"
	}
	a.Text(2, 1, " "+k.Glyph+" ", cell.Style{Fg: l.Category(k.Category), Bg: l.Tile(k.Category, l.Panel), Attr: cell.Bold})
	a.Text(6, 1, cell.Cut(title, r.W-8), cell.Style{Fg: l.Text, Bg: l.Panel, Attr: cell.Bold})
	if m.screen().drawer {
		a.Own(m.clickable(func(m *Model) tea.Cmd { m.leaveInspector(); return nil })).Text(r.W-5, 1, "esc", cell.Style{Fg: l.Faint, Bg: l.Panel})
		if room := r.W - 8 - cell.Width(title) - 5; room >= cell.Width(kind)+1 {
			a.Text(7+cell.Width(title), 1, kind, cell.Style{Fg: l.Muted, Bg: l.Panel})
			return 3
		}
	}
	a.Text(6, 2, kind, cell.Style{Fg: l.Muted, Bg: l.Panel})
	return 4
}

// A formPainter draws the rows of a form below each other and scrolls to the one that has the focus.
type formPainter struct {
	m      *Model
	area   cell.Area
	width  int
	height int
	rows   []row
	y      int // the next line
	drop   func()
}

func (p *formPainter) paint() {
	f := &p.m.form
	heights := make([]int, len(p.rows))
	total, top, bottom := 0, 0, 0
	for i, r := range p.rows {
		heights[i] = p.lines(i, r)
		if i == f.at {
			top, bottom = total, total+heights[i]
			if f.list != nil {
				bottom = total + 2 + len(r.option)
			}
		}
		total += heights[i]
	}
	if p.m.focus == onInspector {
		f.scroll = max(min(f.scroll, top), bottom-p.height)
	}
	f.scroll = max(0, min(f.scroll, total-p.height))
	p.y = -f.scroll
	for i, r := range p.rows {
		p.row(i, r)
	}
	if p.drop != nil {
		p.drop()
	}
}

// lines is how many lines a row takes.
func (p *formPainter) lines(i int, r row) int {
	n := 1
	if r.kind == proseRow {
		n = len(cell.Wrap(r.text, p.width-6))
	}
	if r.title != "" && r.kind != switchRow {
		n++
	}
	n += len(p.remarks(i, r))
	if p.gap(i) {
		n++
	}
	return n
}

// gap reports whether a blank line follows a row: groups are apart, lines of one group are not.
func (p *formPainter) gap(i int) bool {
	if i+1 == len(p.rows) {
		return true
	}
	kind, next := p.rows[i].kind, p.rows[i+1]
	together := kind == branchRow && next.kind == branchRow || kind == recordRow && (next.kind == recordRow || next.kind == addRow) ||
		kind == switchRow && next.kind == switchRow || next.indent > 0 || p.rows[i].indent > 0 && next.kind != textRow
	return !together
}

// remarks are the lines below a row.
func (p *formPainter) remarks(i int, r row) []string {
	switch {
	case r.kind == branchRow:
		if r.branch.Reason != "" {
			return []string{r.branch.Reason}
		}
		return nil
	case i == p.m.form.at && p.m.form.input != nil && p.m.form.wrong != "":
		return cell.Wrap(p.m.form.wrong, p.width-6-r.indent)
	case i == p.m.form.at && p.m.form.input != nil:
		if count := p.m.liveCount(r); count != "" {
			return []string{count}
		}
		return nil
	case r.remark == "":
		return nil
	}
	return cell.Wrap(r.remark, p.width-6-r.indent)
}

func (p *formPainter) row(i int, r row) {
	l := p.m.look
	focused := p.m.focus == onInspector && i == p.m.form.at && r.focusable()
	x, start := 2+r.indent, p.y
	if r.title != "" && r.kind != switchRow {
		p.area.Text(x, p.y, r.title, cell.Style{Fg: l.Muted, Bg: l.Panel})
		right := r.right
		if r.kind == branchRow {
			right = r.remark
		}
		if r.kind == branchRow || r.kind == recordRow {
			p.area.Text(p.width-2-cell.Width(right), p.y, right, cell.Style{Fg: l.Muted, Bg: l.Panel})
		}
		p.y++
	}
	at := p.area.Own(p.m.clickable(func(m *Model) tea.Cmd { return m.clickRow(i) }))
	if !r.focusable() {
		at = p.area
	}
	p.value(at, x, i, r, focused)
	if focused {
		p.area.Set(1, p.y-1, '▎', cell.Style{Fg: l.Accent, Bg: cell.Keep, Attr: cell.Bold})
	}
	p.below(i, r, x)
	p.y = start + p.lines(i, r)
}

// below draws the remarks of a row.
func (p *formPainter) below(i int, r row, x int) {
	l := p.m.look
	style := cell.Style{Fg: l.Faint, Bg: l.Panel}
	switch {
	case i == p.m.form.at && p.m.form.input != nil && p.m.form.wrong != "", r.state == check.Error:
		style.Fg = l.Danger
	case r.state == check.Warning:
		style.Fg = l.Waiting
	case r.state == good:
		style.Fg = l.Muted
	}
	if r.kind == branchRow {
		x += 4
		style.Fg = l.Faint
	}
	for _, text := range p.remarks(i, r) {
		p.area.Text(x, p.y, cell.Cut(text, p.width-x-1), style)
		p.y++
	}
}

// value draws the row itself and leaves y behind it.
func (p *formPainter) value(a cell.Area, x, i int, r row, focused bool) {
	switch r.kind {
	case branchRow:
		p.branch(a, x, r, focused)
	case switchRow:
		p.tick(a, x, r, focused)
	case segmentRow:
		p.segments(a, x, i, r, focused)
	case dropRow:
		p.dropDown(a, x, i, r, focused)
	case recordRow, addRow:
		p.record(a, x, r, focused)
	case proseRow:
		p.prose(a, x, r)
		return
	default:
		p.text(a, x, i, r, focused)
	}
	p.y++
}

// ground fills a row and returns the colour it has.
func (p *formPainter) ground(a cell.Area, x int, field, focused bool) cell.Color {
	l := p.m.look
	color := l.Panel
	if field {
		color = l.Field
	}
	if focused {
		color = l.Focus()
		a.Fill(cell.Rect{X: 1, Y: p.y, W: p.width - 2, H: 1}, ' ', cell.Style{Fg: l.Text, Bg: color})
		return color
	}
	a.Fill(cell.Rect{X: x, Y: p.y, W: p.width - 2 - x, H: 1}, ' ', cell.Style{Fg: l.Text, Bg: color})
	return color
}

// quiet is the ink of hints, and of what can't be chosen. Faint can't be read on a ground that stands out.
func (p *formPainter) quiet(ground cell.Color) cell.Color {
	if l := p.m.look; ground == l.Panel || ground == l.Field {
		return l.Faint
	}
	return p.m.look.Muted
}

func (p *formPainter) text(a cell.Area, x, i int, r row, focused bool) {
	l := p.m.look
	width := p.width - 4 - x
	if focused && p.m.form.input != nil {
		style := cell.Style{Fg: l.Text, Bg: l.Field}
		p.ground(a, x, true, false)
		cursor := p.m.form.input.Draw(a, x+1, p.y, width, style)
		p.m.cursor(a, cursor, p.y)
		return
	}
	ground := p.ground(a, x, true, focused)
	style := cell.Style{Fg: l.Text, Bg: ground}
	text := r.text
	if r.kind == longRow {
		text = firstLine(text)
	}
	if text == "" {
		text, style.Fg = r.hint, p.quiet(ground)
		if l.Outlined && text != "" {
			text = "(" + text + ")"
		}
	}
	a.Text(x+1, p.y, cell.Cut(text, width), style)
}

func firstLine(text string) string {
	lines := cell.Wrap(text, 1<<20)
	if len(lines) > 1 {
		return lines[0] + " …"
	}
	return lines[0]
}

// tickBox draws a box that is ticked, not ticked, or can't be.
func (p *formPainter) tickBox(a cell.Area, x int, ticked, possible bool) {
	l := p.m.look
	if l.Outlined {
		text := map[bool]string{true: "[x]", false: "[ ]"}[ticked]
		if !possible && !ticked {
			text = "[-]"
		}
		a.Text(x, p.y, text, cell.Style{Fg: l.Text, Bg: cell.Keep})
		return
	}
	text, style := " · ", cell.Style{Fg: l.Faint, Bg: l.Field}
	switch {
	case ticked:
		text, style = " ✓ ", cell.Style{Fg: l.OnAccent, Bg: l.Accent, Attr: cell.Bold}
	case !possible:
		text, style = " ╌ ", cell.Style{Fg: l.Faint, Bg: l.Raised}
	}
	a.Text(x, p.y, text, style)
}

func (p *formPainter) branch(a cell.Area, x int, r row, focused bool) {
	l := p.m.look
	ground := p.ground(a, x, false, focused)
	possible := r.branch.Reason == "" || r.branch.Ticked
	p.tickBox(a, x, r.on, possible)
	name, output := cell.Style{Fg: l.Text, Bg: ground}, cell.Style{Fg: l.Muted, Bg: ground}
	if !possible {
		name.Fg, output.Fg = p.quiet(ground), p.quiet(ground)
	}
	room := p.width - x - 6 - cell.Width(r.right) - 1
	end := a.Text(x+4, p.y, cell.Cut(r.text+" ", room), name)
	a.Text(end, p.y, cell.Cut(r.hint, max(0, x+4+room-end)), output)
	a.Text(p.width-2-cell.Width(r.right), p.y, r.right, output)
}

func (p *formPainter) tick(a cell.Area, x int, r row, focused bool) {
	ground := p.ground(a, x, false, focused)
	p.tickBox(a, x, r.on, true)
	a.Text(x+4, p.y, cell.Cut(r.title, p.width-x-6), cell.Style{Fg: p.m.look.Text, Bg: ground})
}

func (p *formPainter) segments(a cell.Area, x, i int, r row, focused bool) {
	l := p.m.look
	width := (p.width - 2 - x) / len(r.option)
	for k, o := range r.option {
		chosen := o.value == r.text
		style, lamp := cell.Style{Fg: l.Muted, Bg: l.Field}, "○"
		if chosen {
			style, lamp = cell.Style{Fg: l.Accent, Bg: l.Chosen(), Attr: cell.Bold}, "●"
		}
		if focused && chosen {
			style.Bg = l.Focus()
		}
		if l.Outlined {
			lamp = map[bool]string{true: "(*)", false: "( )"}[chosen]
		}
		segment := a.Own(p.m.clickable(func(m *Model) tea.Cmd { m.form.at = i; m.focus = onInspector; m.setChoice(r, o.value); return nil }))
		segment.Fill(cell.Rect{X: x + k*width, Y: p.y, W: width, H: 1}, ' ', style)
		segment.Text(x+k*width+1, p.y, cell.Cut(lamp+" "+o.label, width-1), style)
	}
}

func (p *formPainter) record(a cell.Area, x int, r row, focused bool) {
	l := p.m.look
	ground := p.ground(a, x, false, focused)
	if r.kind == addRow {
		a.Text(x, p.y, " ⊕ ", cell.Style{Fg: l.Accent, Bg: ground, Attr: cell.Bold})
		a.Text(x+4, p.y, r.text, cell.Style{Fg: l.Muted, Bg: ground})
		return
	}
	a.Text(x, p.y, map[bool]string{true: " ▾ ", false: " ▸ "}[r.on], cell.Style{Fg: l.Accent, Bg: ground, Attr: cell.Bold})
	end := a.Text(x+4, p.y, cell.Cut(r.text, p.width-x-8), cell.Style{Fg: l.Text, Bg: ground, Attr: cell.Bold})
	a.Text(end+2, p.y, cell.Cut(r.hint, p.width-end-8), cell.Style{Fg: l.Muted, Bg: ground})
	remove := a.Own(p.m.clickable(func(m *Model) tea.Cmd { m.removeRecord(r); return nil }))
	remove.Text(p.width-4, p.y, "×", cell.Style{Fg: p.quiet(ground), Bg: ground})
}

func (p *formPainter) prose(a cell.Area, x int, r row) {
	l := p.m.look
	style := cell.Style{Fg: l.Text, Bg: l.Panel}
	glyph := ""
	switch r.state {
	case good:
		glyph, style.Fg = "✓", l.Success
	case check.Warning:
		glyph, style.Fg = "▲", l.Waiting
	case check.Error:
		glyph, style.Fg = "✗", l.Danger
	}
	indent := 0
	if glyph != "" {
		a.Text(x, p.y, glyph, style.With(cell.Bold))
		indent, style.Fg = 2, l.Muted
	}
	for _, text := range cell.Wrap(r.text, p.width-6) {
		a.Text(x+indent, p.y, text, style)
		p.y++
	}
}

func (p *formPainter) dropDown(a cell.Area, x, i int, r row, focused bool) {
	l := p.m.look
	open := focused && p.m.form.list != nil
	ground, arrow := p.ground(a, x, true, focused && !open), "▾"
	if open {
		ground, arrow = l.Hover, "▴"
		a.Fill(cell.Rect{X: x, Y: p.y, W: p.width - 2 - x, H: 1}, ' ', cell.Style{Fg: l.Text, Bg: ground})
	}
	style, label := cell.Style{Fg: l.Text, Bg: ground}, ""
	for _, o := range r.option {
		if o.value == r.text {
			label = o.label
		}
	}
	if label == "" {
		label, style.Fg = r.hint, p.quiet(ground)
	}
	a.Text(x+1, p.y, cell.Cut(label, p.width-x-9), style)
	switch {
	case open:
	case r.state == check.Error:
		a.Text(p.width-6, p.y, "✗", cell.Style{Fg: l.Danger, Bg: ground, Attr: cell.Bold})
	case r.on:
		a.Text(p.width-6, p.y, "✓", cell.Style{Fg: l.Success, Bg: ground, Attr: cell.Bold})
	}
	a.Text(p.width-4, p.y, arrow, cell.Style{Fg: l.Muted, Bg: ground})
	if open {
		y := p.y + 1
		p.drop = func() { p.options(x, y, i, r) }
	}
}

// options draws an open drop-down over what lies below its row.
func (p *formPainter) options(x, y, i int, r row) {
	l := p.m.look
	width := p.width - 2 - x
	foot := "only ticked branches"
	if r.field.Type != model.Branch {
		foot = r.option[p.m.form.list.At].help
	}
	area := p.area.Own(p.m.clickable(func(*Model) tea.Cmd { return nil }))
	area.Fill(cell.Rect{X: x, Y: y, W: width, H: len(r.option) + 2}, ' ', cell.Style{Fg: l.Text, Bg: l.Hover})
	for k, o := range r.option {
		style := cell.Style{Fg: l.Text, Bg: l.Hover}
		if !r.canChoose(k) {
			style.Fg = l.Muted
		}
		if k == p.m.form.list.At {
			style = l.Highlight()
		}
		at := p.area.Own(p.m.clickable(func(m *Model) tea.Cmd { m.form.at = i; m.pick(r, k); return nil }))
		at.Fill(cell.Rect{X: x, Y: y + k, W: width, H: 1}, ' ', style)
		if k == p.m.form.list.At {
			at.Set(x, y+k, '▎', cell.Style{Fg: l.Accent, Bg: style.Bg, Attr: cell.Bold})
		}
		if o.value == r.text {
			at.Text(x+1, y+k, "✓", cell.Style{Fg: l.Success, Bg: style.Bg, Attr: style.Attr | cell.Bold})
		}
		at.Text(x+3, y+k, cell.Cut(o.label, width-5-cell.Width(o.right)), style)
		at.Text(x+width-1-cell.Width(o.right), y+k, o.right, cell.Style{Fg: l.Muted, Bg: style.Bg, Attr: style.Attr &^ cell.Bold})
	}
	for k := range width - 2 {
		area.Set(x+1+k, y+len(r.option), '─', cell.Style{Fg: l.Track, Bg: l.Hover})
	}
	area.Text(x+1, y+len(r.option)+1, cell.Cut(foot, width-2), cell.Style{Fg: l.Muted, Bg: l.Hover})
}

// canChoose reports whether an option may be chosen: a primary set that is not ticked may not.
func (r row) canChoose(k int) bool { return r.field.Type != model.Branch || r.record != k+1 }
