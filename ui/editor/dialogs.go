package editor

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/file"
	"rendezvous/ui/narrate"
	"rendezvous/ui/widget"
)

// openInsert offers what can be inserted behind the selection.
func (m *Model) openInsert() {
	ref, ok := m.insertPoint()
	if !ok {
		m.open(newInsert(m, nil))
		return
	}
	m.choose(canvas.TargetOf(ref))
	m.open(newInsert(m, &ref))
}

// newInsert is the insert menu: all kinds, with the reason why some can't go here. Without a place, the new activity
// begins a branch.
func newInsert(m *Model, at *model.Ref) dialog {
	l := m.look
	strong, muted := cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}, cell.Style{Fg: l.Muted, Bg: l.Raised}
	title := []span{{"Begin a branch", strong}}
	if at != nil {
		title = []span{{"Insert after ", muted}, {m.campaign().BranchTitle(*at), strong}}
	}
	kinds := model.Kinds()
	d := newMenu(title, fmt.Sprintf("type to search %d activities", len(kinds)), 50, func(m *Model) []menuItem {
		var items []menuItem
		for _, k := range kinds {
			items = append(items, menuItem{group: k.Category.Title(), glyph: k.Glyph, color: l.Category(k.Category), name: k.Title, what: k.Summary,
				foot: k.Help, why: m.cantInsert(k, at), kind: k, run: func(m *Model) tea.Cmd { m.insert(k, at); return nil }})
		}
		return items
	})
	d.keys[1].title, d.grouped, d.at = "insert", true, at
	if at != nil {
		m.makeRoom(*at, d.width)
		d.place = func(m *Model, w, h int) (int, int) { return m.beside(*at, w, h) }
		d.points = func(m *Model) (int, int) {
			end := m.endOf(*at)
			return end.X + end.W, end.Y + end.H/2
		}
	}
	d.where = func(m *Model) string {
		switch others := openOthers(m.campaign(), at); len(others) {
		case 0:
			return "no other open branch"
		case 1:
			return "1 other open branch: " + others[0]
		default:
			return fmt.Sprintf("%d other open branches", len(others))
		}
	}
	return d
}

// endOf returns where a transition's insertion mark or open end lies on the screen.
func (m *Model) endOf(r model.Ref) cell.Rect {
	view := m.screen().canvas
	place, _ := m.scene.Place(r)
	place.X, place.Y = place.X+view.X+m.panX, place.Y+view.Y+m.panY
	return place
}

// makeRoom pans so that a menu fits to the right of a transition's end, as far as the end stays on the screen.
func (m *Model) makeRoom(r model.Ref, width int) {
	end := m.endOf(r)
	if over := end.X + end.W + 2 + width + 1 - m.w; over > 0 {
		m.panX -= min(over, max(0, end.X-2))
	}
}

// beside places a menu to the right of a transition's end, which stays visible.
func (m *Model) beside(r model.Ref, w, h int) (x, y int) {
	end := m.endOf(r)
	return max(0, min(end.X+end.W+2, m.w-w-1)), max(1, min(3, m.h-h-2))
}

// cantInsert says why a kind can't be inserted, as a short clause.
func (m *Model) cantInsert(k *model.Kind, at *model.Ref) string {
	if err := check.CanInsert(m.history.Now(), m.data.schema, k, at); err != nil {
		return err.Error()
	}
	return ""
}

// insert makes the edit, selects what it made, and opens its form.
func (m *Model) insert(k *model.Kind, at *model.Ref) {
	var c model.Campaign
	var id string
	var err error
	if at == nil {
		c, id, err = m.history.Now().InsertFirst(k)
	} else {
		c, id, err = m.history.Now().Insert(k, *at)
	}
	m.edit("insert "+k.Title, c, err)
	if err != nil {
		return
	}
	m.choose(canvas.Target{Activity: id})
	m.enterInspector()
}

// newHelp lists all commands with their keys, in groups; choosing one gives it.
func newHelp(m *Model) dialog {
	return newCommandMenu(m, "All commands", func(m *Model) []menuItem {
		var items []menuItem
		for _, c := range byScope(m) {
			item := m.commandItem(c)
			item.group = map[scope]string{always: "Always", editing: "While editing", running: "In a run"}[c.scope]
			items = append(items, item)
		}
		return items
	})
}

// newPalette lists what belongs to the screen as it is, with what was given last at the top.
func newPalette(m *Model) dialog {
	return newCommandMenu(m, "Commands", func(m *Model) []menuItem {
		var items []menuItem
		for _, name := range m.given {
			if c := m.command(name); c.run != nil {
				items = append(items, m.commandItem(c))
			}
		}
		for _, c := range byScope(m) {
			if c.applies(m) && !slices.Contains(m.given, c.name) {
				items = append(items, m.commandItem(c))
			}
		}
		return items
	})
}

func newCommandMenu(m *Model, title string, items func(*Model) []menuItem) dialog {
	style := cell.Style{Fg: m.look.Text, Bg: m.look.Raised, Attr: cell.Bold}
	d := newMenu([]span{{title, style}}, "type to search", 76, items)
	d.keys[1].title = "do it"
	return d
}

// byScope are the commands with those first that belong to what the screen shows, and those last that don't apply.
func byScope(m *Model) []command {
	rank := func(c command) int {
		switch {
		case !c.applies(m):
			return 2
		case c.scope == always:
			return 1
		}
		return 0
	}
	sorted := slices.Clone(m.commands)
	slices.SortStableFunc(sorted, func(a, b command) int { return rank(a) - rank(b) })
	return sorted
}

func keyList(keys []string) string {
	var names []string
	for _, k := range keys[:min(2, len(keys))] {
		names = append(names, keyName(k))
	}
	return strings.Join(names, " ")
}

// newFindings lists the findings. Choosing one goes there; one with a fix offers it in the line below.
func newFindings(m *Model) dialog {
	l := m.look
	return newMenu([]span{{"Findings", cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold}}}, "type to search", 90, func(m *Model) []menuItem {
		var items []menuItem
		for _, f := range m.findings {
			a, _ := m.campaign().Activity(f.Activity)
			item := menuItem{glyph: "▲", color: l.Waiting, name: f.Code, what: f.Message, foot: check.Explain(f.Code), run: func(m *Model) tea.Cmd {
				m.goTo(f.Activity)
				return nil
			}}
			if a.Kind != nil {
				item.what = a.Label() + ": " + f.Message
			}
			switch f.Severity {
			case check.Error:
				item.glyph, item.color = "✗", l.Danger
			case check.Note:
				item.glyph, item.color = "·", l.Faint
			}
			items = append(items, item)
			for _, fix := range f.Fixes {
				items = append(items, menuItem{name: "  fix", what: fix.Title, foot: "Makes the edit: " + fix.Title + ". Undo takes it back.", run: func(m *Model) tea.Cmd {
					return m.applyFix(fix)
				}})
			}
		}
		return items
	})
}

func (m *Model) goTo(id string) {
	if id == "" {
		return
	}
	m.visit(canvas.Target{Activity: id})
	m.focus = onCanvas
}

func (m *Model) applyFix(fix check.Fix) tea.Cmd {
	c, err := fix.Edit(m.history.Now())
	m.edit(narrate.Lower(fix.Title), c, err)
	if err == nil {
		m.say("Done: " + fix.Title)
	}
	return nil
}

// explain says what the selected activity does, or the transition.
func (m *Model) explain() {
	a, _ := m.campaign().Activity(m.selected.Activity)
	text := []string{a.Kind.Help}
	if a.Kind.Role == model.Join {
		text = append(text, "", "1  Insert the join behind one branch.", "2  Tick the branches that it waits for.", "3  Choose the primary set: whose people go on.", "4  Run, and watch it wait and fire.")
	}
	m.tellMore(a.Kind.Title, text)
}

// explainField says what the field that has the focus is for.
func (m *Model) explainField(r row) {
	text := []string{r.field.Help}
	if r.kind == branchRow {
		text = []string{"The branches that the join waits for: it fires when all that are ticked have arrived. Ticking one draws it in; unticking gives its open end back."}
	}
	if r.kind == idRow {
		text = []string{"What “from” calls the activity in the file. Everything that names it follows when it changes."}
	}
	for _, o := range r.field.Options {
		if o.Help != "" {
			text = append(text, o.Value+": "+o.Help)
		}
	}
	if r.field.Example != "" {
		text = append(text, "For example: "+r.field.Example)
	}
	for _, f := range m.findings {
		if f.Activity == m.selected.Activity && fmt.Sprint(f.Path) == fmt.Sprint(r.path) {
			text = append(text, "", f.Code+"  "+f.Message, check.Explain(f.Code))
		}
	}
	m.tellMore(r.label(), text)
}

// tellMore shows a few lines that explain something.
func (m *Model) tellMore(title string, text []string) {
	m.open(&question{title: title, text: text, buttons: []button{{"Close", "esc", func(*Model) tea.Cmd { return nil }}}})
}

// newQuit asks what to do with unsaved edits.
func newQuit(m *Model, names []string) dialog {
	verb := "edits are"
	if len(names) == 1 {
		verb = "edit is"
	}
	return &question{title: "Leave " + m.campaign().Name() + "?",
		text: []string{fmt.Sprintf("%d %s not saved: %s.", len(names), verb, narrate.Few(names))},
		buttons: []button{
			{"Stay", "esc", func(*Model) tea.Cmd { return nil }},
			{"Leave without saving", "n", func(m *Model) tea.Cmd { return m.leave() }},
			{"Save and leave", "y", func(m *Model) tea.Cmd { return m.save(false, true) }},
		}}
}

// A saveAs asks for a file name.
type saveAs struct {
	input widget.Input
	leave bool
	wrong string
}

func newSaveAs(m *Model, leave bool) dialog {
	name := m.options.File
	if name == "" {
		name = file.NameFor(m.campaign().Name())
	} else {
		extension := filepath.Ext(name)
		name = strings.TrimSuffix(name, extension) + "-copy" + extension
	}
	return &saveAs{input: widget.NewInput(name), leave: leave}
}

func (d *saveAs) key(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case ok && (press.String() == "esc" || press.String() == "ctrl+c"):
		m.pop()
	case ok && press.String() == "enter":
		name := strings.TrimSpace(d.input.Value())
		if name == "" {
			d.wrong = "Type a file name"
			return nil
		}
		m.pop()
		forget := m.forget() // what was kept under the old name
		m.options.File, m.onDisk = name, nil
		return tea.Batch(forget, m.save(false, d.leave))
	default:
		d.input = d.input.Update(msg)
	}
	return nil
}

func (d *saveAs) scroll(*Model, int) {}

func (d *saveAs) hints(*Model) []keyHint {
	return []keyHint{{key: "⏎", title: "save"}, {key: "esc", title: "cancel"}}
}

func (d *saveAs) rect(m *Model) cell.Rect {
	w := min(62, m.w-4)
	return cell.Rect{X: (m.w - w) / 2, Y: max(1, m.h/2-5), W: w, H: min(8, m.h-2)}
}

func (d *saveAs) draw(m *Model, a cell.Area) {
	m.veil()
	l, r := m.look, d.rect(m)
	area := m.sheet(a, r)
	area.Text(3, 2, "Save the campaign as", cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold})
	cursor := d.input.Draw(area, 3, 4, r.W-6, cell.Style{Fg: l.Text, Bg: l.Field})
	m.cursor(area, cursor, 4)
	area.Text(3, 6, cell.Cut(d.wrong, r.W-6), cell.Style{Fg: l.Danger, Bg: l.Raised})
}

// A textEditor edits a text of several lines. The editing itself is that of the Bubbles library.
type textEditor struct {
	row  row
	area textarea.Model
}

func newTextEditor(m *Model, r row) dialog {
	t := textarea.New()
	t.ShowLineNumbers, t.Prompt, t.CharLimit = false, "", 0
	t.SetStyles(textarea.Styles{})
	t.SetVirtualCursor(false)
	d := &textEditor{row: r, area: t}
	d.size(m)
	d.area.SetValue(r.text)
	d.area.Focus()
	return d
}

func (d *textEditor) size(m *Model) {
	r := d.rect(m)
	d.area.SetWidth(max(1, r.W-6))
	d.area.SetHeight(max(1, r.H-6))
}

func (d *textEditor) key(m *Model, msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "esc":
			m.pop()
			return nil
		case "ctrl+s", "ctrl+d":
			m.pop()
			m.set(d.row, strings.TrimRight(d.area.Value(), "\n "))
			return nil
		}
	}
	d.area, _ = d.area.Update(msg)
	return nil
}

func (d *textEditor) scroll(_ *Model, by int) {
	for range abs(by) {
		if by > 0 {
			d.area.CursorDown()
		} else {
			d.area.CursorUp()
		}
	}
}

func (d *textEditor) hints(*Model) []keyHint {
	return []keyHint{{key: "⌃S", title: "keep"}, {key: "esc", title: "leave as it was"}}
}

func (d *textEditor) rect(m *Model) cell.Rect {
	w, h := min(72, m.w-4), min(16, m.h-3)
	return cell.Rect{X: (m.w - w) / 2, Y: max(1, (m.h-h)/2), W: w, H: h}
}

func (d *textEditor) draw(m *Model, a cell.Area) {
	m.veil()
	d.size(m)
	l, r := m.look, d.rect(m)
	area := m.sheet(a, r)
	area.Text(3, 2, d.row.field.Title, cell.Style{Fg: l.Text, Bg: l.Raised, Attr: cell.Bold})
	style := cell.Style{Fg: l.Text, Bg: l.Field}
	area.Fill(cell.Rect{X: 2, Y: 4, W: r.W - 4, H: r.H - 6}, ' ', style)
	for i, line := range strings.Split(ansi.Strip(d.area.View()), "\n") {
		area.Sub(cell.Rect{X: 3, Y: 4, W: r.W - 6, H: r.H - 6}).Text(0, i, line, style)
	}
	if c := d.area.Cursor(); c != nil {
		m.cursor(area, 3+c.X, 4+c.Y)
	}
	hint := "⌃S keeps the text, esc leaves it as it was"
	area.Text(3, r.H-1, cell.Cut(hint, r.W-6), cell.Style{Fg: l.Faint, Bg: l.Raised})
}
