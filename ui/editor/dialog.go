package editor

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/sahilm/fuzzy"

	"rendezvous/model"
	"rendezvous/ui/cell"
	"rendezvous/ui/widget"
)

// A dialog lies over everything else and takes all keys. It acts on the model and closes itself.
type dialog interface {
	key(m *Model, msg tea.Msg) tea.Cmd
	scroll(m *Model, by int)
	draw(m *Model, a cell.Area)
	rect(m *Model) cell.Rect
	hints(m *Model) []keyHint
}

// sheet draws the ground of a dialog: an accent line on top, a shadow below and to the right.
func (m *Model) sheet(a cell.Area, r cell.Rect) cell.Area {
	l := m.look
	if !l.Outlined {
		m.grid.Map(cell.Rect{X: r.X + 2, Y: r.Y + 1, W: r.W, H: r.H}, func(_, _ int, c *cell.Cell) {
			c.Style.Fg, c.Style.Bg = cell.Mix(l.Shadow, c.Style.Fg, 0.5), cell.Mix(l.Shadow, c.Style.Bg, 0.6)
		})
	}
	area := a.Own(m.clickable(func(*Model) tea.Cmd { return nil })).Sub(r)
	base := cell.Style{Fg: l.Text, Bg: l.Raised}
	area.Fill(cell.Rect{W: r.W, H: r.H}, ' ', base)
	if l.Outlined {
		frame(area, r.W, r.H, cell.Style{Fg: l.Accent, Bg: l.Raised})
		return area
	}
	for x := range r.W {
		area.Set(x, 0, '▔', cell.Style{Fg: l.Accent, Bg: l.Raised})
	}
	return area
}

func frame(a cell.Area, w, h int, s cell.Style) {
	for x := 1; x < w-1; x++ {
		a.Set(x, 0, '─', s)
		a.Set(x, h-1, '─', s)
	}
	for y := 1; y < h-1; y++ {
		a.Set(0, y, '│', s)
		a.Set(w-1, y, '│', s)
	}
	a.Set(0, 0, '╭', s)
	a.Set(w-1, 0, '╮', s)
	a.Set(0, h-1, '╰', s)
	a.Set(w-1, h-1, '╯', s)
}

// veil darkens everything below a dialog that must be answered.
func (m *Model) veil() {
	l := m.look
	if l.Outlined {
		return
	}
	m.grid.Map(cell.Rect{W: m.w, H: m.h}, func(_, _ int, c *cell.Cell) {
		c.Style.Fg, c.Style.Bg = cell.Mix(l.Shadow, c.Style.Fg, 0.5), cell.Mix(l.Shadow, c.Style.Bg, 0.5)
	})
}

// A menu is a list to choose from by typing, moving or clicking.
type menu struct {
	title  []span
	prompt string
	filter widget.Input
	list   widget.List
	items  func(*Model) []menuItem
	place  func(m *Model, w, h int) (x, y int) // nil for the middle of the screen
	points func(m *Model) (x, y int)           // where the menu points at with ◂; nil when at nothing
	where  func(m *Model) string               // for the right end of the footer; nil for the usual
	width  int
	keys   []keyHint
	reset  bool // whether the highlight goes to the first item
	// grouped menus keep their order and headings while one types; the others show the best matches first.
	grouped bool
	short   bool       // whether items say no more than their names and keys
	at      *model.Ref // where what is chosen goes; nil for nowhere in particular
}

// A menuItem is one line of a menu.
type menuItem struct {
	group string // heading; lines of one group follow each other
	glyph string
	color cell.Color
	name  string
	what  string
	right string
	foot  string      // explains the item when it is highlighted
	why   string      // why it can't be chosen; "" when it can
	kind  *model.Kind // what it inserts; it can be dragged to where that goes
	typed bool        // whether it was made of what is typed, and so fits it
	run   func(*Model) tea.Cmd
}

func newMenu(title []span, prompt string, width int, items func(*Model) []menuItem) *menu {
	return &menu{title: title, prompt: prompt, filter: widget.NewInput(""), items: items, width: width, reset: true,
		keys: []keyHint{{key: "↑↓", title: "choose"}, {key: "⏎", title: "take"}, {key: "tab", title: "next group"}, {key: "esc", title: "close"}}}
}

// matching are the items that the typed text fits: those whose names have its letters in order, the best first, then
// those in which every word occurs.
func (d *menu) matching(m *Model) []menuItem {
	all := d.items(m)
	typed := strings.ToLower(strings.TrimSpace(d.filter.Value()))
	if typed == "" {
		return all
	}
	var fit []menuItem
	taken := map[int]bool{}
	for i, item := range all {
		if item.typed {
			fit, taken[i] = append(fit, item), true
		}
	}
	if !d.grouped {
		for _, match := range fuzzy.FindFrom(typed, menuNames(all)) {
			if taken[match.Index] {
				continue
			}
			fit, taken[match.Index] = append(fit, all[match.Index]), true
		}
	}
	for i, item := range all {
		if !taken[i] && hasAll(strings.ToLower(item.name+" "+item.what+" "+item.group+" "+item.right), strings.Fields(typed)) {
			fit = append(fit, item)
		}
	}
	if !d.grouped {
		for i := range fit {
			fit[i].group = ""
		}
	}
	return fit
}

// hasAll reports whether every word occurs in a text.
func hasAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// menuNames are the names of items, to be searched.
type menuNames []menuItem

func (n menuNames) String(i int) string { return strings.ToLower(n[i].name) }
func (n menuNames) Len() int            { return len(n) }

func (d *menu) key(m *Model, msg tea.Msg) tea.Cmd {
	items := d.matching(m)
	can := func(i int) bool { return items[i].why == "" }
	if d.reset {
		d.list, d.reset = d.list.First(len(items), can), false
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		d.filter, d.reset = d.filter.Update(msg), true
		return nil
	}
	switch press.String() {
	case "esc", "ctrl+c":
		m.pop()
	case "up", "ctrl+k":
		d.list = d.list.Move(-1, len(items), can)
	case "down", "ctrl+j":
		d.list = d.list.Move(1, len(items), can)
	case "pgup":
		d.list = d.list.Move(-8, len(items), can)
	case "pgdown":
		d.list = d.list.Move(8, len(items), can)
	case "tab":
		d.nextGroup(items, can)
	case "enter":
		if d.list.At < len(items) && can(d.list.At) {
			return d.choose(m, items[d.list.At])
		}
	default:
		before := d.filter.Value()
		d.filter = d.filter.Update(msg)
		d.reset = before != d.filter.Value()
	}
	return nil
}

func (d *menu) choose(m *Model, item menuItem) tea.Cmd {
	m.pop()
	return item.run(m)
}

func (d *menu) nextGroup(items []menuItem, can func(int) bool) {
	for i := range items {
		at := (d.list.At + 1 + i) % len(items)
		if items[at].group != items[d.list.At].group && can(at) {
			for at > 0 && items[at-1].group == items[at].group && can(at-1) {
				at--
			}
			d.list.At = at
			return
		}
	}
}

func (d *menu) scroll(m *Model, by int) {
	items := d.matching(m)
	d.list = d.list.Move(by, len(items), func(i int) bool { return items[i].why == "" })
}

func (d *menu) hints(*Model) []keyHint { return d.keys }

// corner is what the right end of the footer says while the menu is open.
func (d *menu) corner(m *Model) string {
	if d.where == nil {
		return m.where()
	}
	return d.where(m)
}

// A menuLine is a heading, a blank line, or an item.
type menuLine struct {
	heading string
	item    int // -1 for none
}

func menuLines(items []menuItem) []menuLine {
	var lines []menuLine
	for i, item := range items {
		if item.group != "" && (i == 0 || items[i-1].group != item.group) {
			if i > 0 {
				lines = append(lines, menuLine{item: -1})
			}
			lines = append(lines, menuLine{heading: item.group, item: -1})
		}
		lines = append(lines, menuLine{item: i})
	}
	return lines
}

// menuTop is the line at which the items begin.
const menuTop = 5

// footLines is how many lines explain the highlighted item.
const footLines = 3

func (d *menu) rect(m *Model) cell.Rect {
	items := d.items(m)
	w := min(d.width, m.w-2)
	h := min(len(menuLines(items))+menuTop+1+footLines+2, m.h-3)
	r := cell.Rect{X: (m.w - w) / 2, Y: max(1, (m.h-h)/3), W: w, H: h}
	if d.place != nil {
		r.X, r.Y = d.place(m, w, h)
	}
	return r
}

func (d *menu) draw(m *Model, a cell.Area) {
	items := d.matching(m)
	if d.reset {
		d.list, d.reset = d.list.First(len(items), func(i int) bool { return items[i].why == "" }), false
	}
	l, r := m.look, d.rect(m)
	area := m.sheet(a, r)
	base := cell.Style{Fg: l.Muted, Bg: l.Raised}
	drawSpans(area, 2, 1, d.title)
	area.Text(r.W-5, 1, "esc", cell.Style{Fg: l.Faint, Bg: l.Raised})
	d.input(m, area, r)
	lines := menuLines(items)
	visible := max(0, r.H-menuTop-footLines-2)
	d.show(lines, visible)
	body := area.Sub(cell.Rect{X: 1, Y: menuTop, W: r.W - 2, H: visible})
	for i := d.list.Offset; i < len(lines) && i < d.list.Offset+visible; i++ {
		y := i - d.list.Offset
		if line := lines[i]; line.item >= 0 {
			d.item(m, body, y, r.W-2, items[line.item], line.item)
		} else {
			body.Text(2, y, line.heading, cell.Style{Fg: l.Faint, Bg: l.Raised, Attr: cell.Bold})
		}
	}
	if len(items) == 0 {
		body.Text(2, 0, "Nothing fits what you typed", base)
	}
	d.foot(m, area, r, items)
	if d.points != nil {
		if x, y := d.points(m); !r.Contains(x, y) {
			a.Set(x, y, '◂', cell.Style{Fg: l.Accent, Bg: cell.Keep, Attr: cell.Bold})
		}
	}
}

func (d *menu) input(m *Model, area cell.Area, r cell.Rect) {
	l := m.look
	style := cell.Style{Fg: l.Text, Bg: l.Query()}
	area.Fill(cell.Rect{X: 2, Y: 3, W: r.W - 4, H: 1}, ' ', style)
	cursor := d.filter.Draw(area, 3, 3, r.W-6, style)
	if d.filter.Value() == "" {
		area.Text(3, 3, cell.Cut(d.prompt, r.W-6), cell.Style{Fg: l.Muted, Bg: style.Bg})
	}
	m.cursor(area, cursor, 3)
}

// show scrolls so that the highlighted item, and the heading above it, can be seen.
func (d *menu) show(lines []menuLine, visible int) {
	at := 0
	for i, line := range lines {
		if line.item == d.list.At {
			at = i
		}
	}
	top := at
	for top > 0 && lines[top-1].item < 0 {
		top--
	}
	d.list.Offset = max(min(d.list.Offset, top), at-visible+1, 0)
}

func (d *menu) item(m *Model, a cell.Area, y, w int, item menuItem, at int) {
	l := m.look
	name, what := cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}, cell.Style{Fg: l.Muted, Bg: l.Raised}
	glyph := cell.Style{Fg: item.color, Bg: l.Raised, Attr: cell.Bold}
	text := item.what
	if item.why != "" {
		text = item.why
		name, what, glyph = cell.Style{Fg: l.Faint, Bg: l.Raised}, cell.Style{Fg: l.Faint, Bg: l.Raised}, cell.Style{Fg: l.Faint, Bg: l.Raised}
	}
	press := hit{kind: item.kind, click: func(m *Model) tea.Cmd { return d.choose(m, item) }}
	if item.why != "" {
		press = hit{click: func(*Model) tea.Cmd { return nil }}
	}
	row := a.Own(m.own(press))
	if at == d.list.At && item.why == "" {
		highlight := l.Highlight()
		name, what, glyph = highlight, highlight, highlight
		if !l.Outlined {
			what = cell.Style{Fg: l.Muted, Bg: highlight.Bg}
			glyph = cell.Style{Fg: item.color, Bg: l.HighlightTile(item.color), Attr: cell.Bold}
		}
		row.Fill(cell.Rect{Y: y, W: w, H: 1}, ' ', highlight)
		row.Set(0, y, '▎', cell.Style{Fg: l.Accent, Bg: highlight.Bg, Attr: cell.Bold})
	}
	row.Fill(cell.Rect{X: 1, Y: y, W: w - 1, H: 1}, ' ', name)
	x := 2
	if item.glyph != "" {
		row.Text(2, y, " "+item.glyph+" ", glyph)
		x = 6
	}
	column := max(20, min(24, w/3))
	if d.short && item.why == "" {
		text = ""
	}
	end := row.Text(x, y, cell.Cut(item.name, column-x-1+4), name)
	x = max(column, end+1)
	right := item.right
	if at == d.list.At && item.why == "" && right == "" {
		right = "⏎"
	}
	row.Text(x, y, cell.Cut(text, w-x-cell.Width(right)-3), what)
	row.Text(w-2-cell.Width(right), y, right, what)
}

func (d *menu) foot(m *Model, area cell.Area, r cell.Rect, items []menuItem) {
	l := m.look
	ground := l.Foot()
	top := r.H - footLines - 2
	if !l.Outlined {
		area.Fill(cell.Rect{Y: top, W: r.W, H: footLines + 2}, ' ', cell.Style{Fg: l.Text, Bg: ground})
	}
	if d.list.At >= len(items) {
		return
	}
	for i, text := range sentences(items[d.list.At].foot, r.W-6, footLines) {
		area.Text(3, top+1+i, text, cell.Style{Fg: l.Text, Bg: ground})
	}
}

// sentences returns as many whole sentences of a text as fit into some lines; the first one is cut if it does not.
func sentences(text string, width, lines int) []string {
	fit := cell.Wrap(text, width)
	for len(fit) > lines {
		shorter := strings.LastIndex(strings.TrimSuffix(text, "."), ". ")
		if shorter < 0 {
			return fit[:lines]
		}
		text = text[:shorter+1]
		fit = cell.Wrap(text, width)
	}
	return fit
}

// A question must be answered. The last button is the safe one.
type question struct {
	title   string
	text    []string
	buttons []button
}

type button struct {
	title string
	key   string
	run   func(*Model) tea.Cmd
}

func (d *question) key(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	key := press.String()
	if key == "enter" {
		key = d.buttons[len(d.buttons)-1].key
	}
	for _, b := range d.buttons {
		if b.key == key {
			m.pop()
			return b.run(m)
		}
	}
	if key == "esc" || key == "ctrl+c" {
		m.pop()
	}
	return nil
}

func (d *question) scroll(*Model, int) {}

func (d *question) hints(*Model) []keyHint {
	var hints []keyHint
	for _, b := range d.buttons {
		hints = append(hints, keyHint{key: b.key, title: strings.ToLower(b.title)})
	}
	return hints
}

// questionWidth is how wide a question is where there is room.
const questionWidth = 62

func (d *question) width(m *Model) int {
	w := 6
	for _, b := range d.buttons {
		w += b.width() + 1
	}
	return min(max(questionWidth, w), m.w-4)
}

func (d *question) lines(m *Model) []string {
	var lines []string
	for _, text := range d.text {
		lines = append(lines, cell.Wrap(text, d.width(m)-8)...)
	}
	return lines
}

func (b button) width() int { return cell.Width(b.title) + cell.Width(b.key) + 3 }

// rows shares the buttons out among lines, as many in each as fit.
func (d *question) rows(m *Model) [][]button {
	var rows [][]button
	var row []button
	room := 0
	for i := len(d.buttons) - 1; i >= 0; i-- {
		b := d.buttons[i]
		if w := b.width() + 1; len(row) == 0 || w > room {
			if len(row) > 0 {
				rows = append(rows, row)
			}
			row, room = nil, d.width(m)-6
		}
		row, room = append(row, b), room-b.width()-1
	}
	return append(rows, row)
}

func (d *question) rect(m *Model) cell.Rect {
	w, h := d.width(m), min(len(d.lines(m))+7+len(d.rows(m)), m.h-2)
	return cell.Rect{X: (m.w - w) / 2, Y: max(1, (m.h-h)/2-1), W: w, H: h}
}

func (d *question) draw(m *Model, a cell.Area) {
	m.veil()
	l, r := m.look, d.rect(m)
	area := m.sheet(a, r)
	area.Text(3, 2, cell.Cut(d.title, r.W-6), cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold})
	rows := d.rows(m)
	text := area.Sub(cell.Rect{X: 3, Y: 4, W: r.W - 6, H: max(0, r.H-6-len(rows))})
	for i, line := range d.lines(m) {
		text.Text(0, i, line, cell.Style{Fg: l.Muted, Bg: l.Raised})
	}
	for i, row := range rows {
		x, y := r.W-3, r.H-2-len(rows)+i
		for k, b := range row {
			style := l.Choice()
			if i == 0 && k == 0 {
				style = l.Button()
			}
			x -= b.width()
			area.Own(m.clickable(func(m *Model) tea.Cmd { m.pop(); return b.run(m) })).Text(x, y, " "+b.title+" "+b.key+" ", style)
			x--
		}
	}
}
