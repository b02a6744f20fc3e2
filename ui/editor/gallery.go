package editor

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rendezvous/model"
	"rendezvous/samples"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/file"
	"rendezvous/ui/narrate"
)

// A gallery is the start screen: samples, files opened lately, new campaigns, and whatever path one types. What is
// highlighted is shown beside it.
type gallery struct {
	*menu
	recent   []string
	listed   map[string][]string // names in folders that were typed
	previews map[string]preview
}

// A preview is a campaign to be shown small, or why it can't be.
type preview struct {
	scenes []*canvas.Scene // from the nearest level of zoom to the farthest
	about  string
	err    error
}

// Messages of the gallery.
type (
	recentRead   struct{ names []string }
	folderListed struct {
		folder string
		names  []string
	}
	previewRead struct {
		name string
		preview
	}
	campaignRead struct {
		options  Options
		document *model.Document
		err      error
	}
)

// galleryWidth is the width of the list: a third of the screen, within reason.
func galleryWidth(m *Model) int { return max(46, min(m.w/3, 70)) }

// newGallery makes the start screen.
func newGallery(m *Model) *gallery {
	g := &gallery{listed: map[string][]string{}, previews: map[string]preview{}}
	title := cell.Style{Fg: m.look.Text, Bg: m.look.Raised, Attr: cell.Bold}
	g.menu = newMenu([]span{{"Open a campaign", title}}, "type a name, or the path of a file", galleryWidth(m), g.choices)
	g.menu.place = func(m *Model, w, h int) (int, int) { return min(3, max(0, m.w-w)), max(0, min(4, m.h-h-2)) }
	g.where = func(*Model) string { return "" }
	g.menu.keys = []keyHint{{key: "↑↓", title: "choose"}, {key: "⏎", title: "open"}, {key: "esc", title: "close"}}
	return g
}

// openGallery shows the gallery, once it is known what to show: lines that come later would push others from under the
// pointer.
func (m *Model) openGallery() tea.Cmd {
	state := m.options.State
	return func() tea.Msg { return recentRead{state.Recent()} }
}

// choices are the lines of the gallery.
func (g *gallery) choices(m *Model) []menuItem {
	l := m.look
	var items []menuItem
	feet := map[string]string{"Samples and templates": "A sample is a template, too: what you make of it is saved under a name of your own.", "New": "There is nothing in it yet; the canvas says how to begin."}
	add := func(group, glyph string, color cell.Color, name, what string, o Options) {
		foot := feet[group]
		if foot == "" {
			foot = o.File
		}
		items = append(items, menuItem{group: group, glyph: glyph, color: color, name: name, what: what, foot: foot, right: " ",
			run: func(m *Model) tea.Cmd { return m.openCampaign(o) }})
	}
	if typed := strings.TrimSpace(g.filter.Value()); isPath(typed) {
		for _, path := range g.completions(typed) {
			name := filepath.Base(path)
			if strings.HasSuffix(path, string(filepath.Separator)) {
				name += string(filepath.Separator)
			}
			add("Files", "→", l.Data, name, shorten(filepath.Dir(path)), Options{File: expand(path)})
			items[len(items)-1].typed = true
		}
	}
	for _, name := range g.recent {
		add("Recent", "●", l.Channel, filepath.Base(name), shorten(filepath.Dir(name)), Options{File: name})
	}
	for i, name := range samples.Names() {
		what := ""
		if i == 0 {
			what = "begin here"
		}
		add("Samples and templates", "◆", l.Control, name, what, Options{Name: name + ".yaml"})
	}
	add("New", "⊕", l.Accent, "Empty campaign", "", Options{Name: "campaign.yaml", Text: []byte(emptyCampaign)})
	return items
}

// emptyCampaign is what a new campaign begins with.
const emptyCampaign = `version: 1
name: New campaign
data: demo
dimension: customers

activities: []
`

// isPath reports whether a typed text names a file rather than a word to look for.
func isPath(text string) bool {
	return strings.ContainsAny(text, `/\~`) || strings.HasSuffix(text, ".yaml") || strings.HasSuffix(text, ".yml")
}

// expand makes a path of what a person types.
func expand(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// shorten writes a folder as a person would.
func shorten(folder string) string {
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(folder, home); ok {
			return "~" + rest
		}
	}
	return folder
}

// completions are the path typed so far, and the campaign files and folders that it may become.
func (g *gallery) completions(typed string) []string {
	names := []string{typed}
	folder, begun := filepath.Split(typed)
	for _, name := range g.listed[folder] {
		if path := folder + name; strings.HasPrefix(name, begun) && path != typed {
			names = append(names, path)
		}
	}
	return names[:min(len(names), 12)]
}

// key takes a key; the path being typed is completed from its folder.
func (g *gallery) key(m *Model, msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok && press.String() == "tab" {
		if paths := g.completions(g.filter.Value()); isPath(g.filter.Value()) && len(paths) > 1 {
			g.filter = g.filter.Set(paths[1])
			return g.look(m)
		}
	}
	cmd := g.menu.key(m, msg)
	if m.top() != dialog(g) {
		return cmd
	}
	return tea.Batch(cmd, g.look(m))
}

func (g *gallery) scroll(m *Model, by int) { g.menu.scroll(m, by) }

// look reads what is about to be shown: the folder of a typed path, the highlighted campaign.
func (g *gallery) look(m *Model) tea.Cmd {
	var cmds []tea.Cmd
	if typed := strings.TrimSpace(g.filter.Value()); isPath(typed) {
		folder, _ := filepath.Split(typed)
		if _, known := g.listed[folder]; !known {
			g.listed[folder] = nil
			cmds = append(cmds, func() tea.Msg { return folderListed{folder, campaignFiles(expand(folder))} })
		}
	}
	items := g.matching(m)
	if g.reset {
		g.list, g.reset = g.list.First(len(items), func(int) bool { return true }), false
	}
	if name := g.highlighted(m); name != "" {
		if _, known := g.previews[name]; !known {
			g.previews[name] = preview{}
			cmds = append(cmds, func() tea.Msg { return previewRead{name, readPreview(name)} })
		}
	}
	return tea.Batch(cmds...)
}

// highlighted is the file or the sample that is highlighted, or "".
func (g *gallery) highlighted(m *Model) string {
	items := g.matching(m)
	if g.list.At >= len(items) {
		return ""
	}
	switch item := items[g.list.At]; {
	case isPath(item.foot):
		return item.foot
	case slices.Contains(samples.Names(), item.name):
		return item.name
	}
	return ""
}

// campaignFiles are the names of the campaign files and the folders in a folder.
func campaignFiles(folder string) []string {
	if folder == "" {
		folder = "."
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		switch name := e.Name(); {
		case strings.HasPrefix(name, "."):
		case e.IsDir():
			names = append(names, name+string(filepath.Separator))
		case strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml"):
			names = append(names, name)
		}
	}
	return names
}

// readCampaign reads a sample or a file, unless the text is there already.
func readCampaign(o Options) (Options, *model.Document, error) {
	var err error
	switch {
	case o.Text != nil:
	case o.File != "":
		o.Name = o.File
		o.Text, err = file.Read(o.File, nil)
	default:
		o.Text, err = samples.Campaign(strings.TrimSuffix(o.Name, ".yaml"))
	}
	if err != nil {
		return o, nil, err
	}
	d, err := model.Load(o.Name, o.Text)
	return o, d, err
}

func readPreview(name string) preview {
	o := Options{File: name}
	if slices.Contains(samples.Names(), name) {
		o = Options{Name: name + ".yaml"}
	}
	_, d, err := readCampaign(o)
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return preview{err: errors.New(first)}
	}
	p := preview{about: strings.Join(strings.Fields(d.Campaign.Settings.Text("description")), " ")}
	for z := canvas.Full; z <= canvas.Dot; z++ {
		p.scenes = append(p.scenes, canvas.NewScene(d.Campaign, canvas.Options{Zoom: z}), canvas.NewScene(d.Campaign, canvas.Options{Zoom: z, TopDown: true}))
	}
	return p
}

func (m *Model) onRecentRead(msg recentRead) tea.Cmd {
	g := newGallery(m)
	g.recent = msg.names[:min(len(msg.names), mostRecent)]
	m.open(g)
	return g.look(m)
}

// onGallery takes what was read for the gallery.
func (m *Model) onGallery(msg tea.Msg) tea.Cmd {
	i := slices.IndexFunc(m.dialogs, func(d dialog) bool { _, ok := d.(*gallery); return ok })
	if i < 0 {
		return nil
	}
	g := m.dialogs[i].(*gallery)
	switch msg := msg.(type) {
	case folderListed:
		g.listed[msg.folder] = msg.names
		return g.look(m)
	case previewRead:
		g.previews[msg.name] = msg.preview
	}
	return nil
}

// mostRecent is how many files opened lately are shown.
const mostRecent = 8

// openCampaign opens another campaign; unsaved edits are asked about first.
func (m *Model) openCampaign(o Options) tea.Cmd {
	read := func(*Model) tea.Cmd {
		return func() tea.Msg {
			o, d, err := readCampaign(o)
			return campaignRead{o, d, err}
		}
	}
	names := m.history.Unsaved()
	if len(names) == 0 {
		return read(m)
	}
	m.open(&question{title: "Leave " + m.campaign().Name() + "?", text: []string{fmt.Sprintf("%s not saved: %s.", narrate.Counted(len(names), "edit is", "edits are"), narrate.Few(names))},
		buttons: []button{{"Open the other one", "n", read}, {"Stay", "esc", func(*Model) tea.Cmd { return nil }}}})
	return nil
}

func (m *Model) onCampaignRead(msg campaignRead) tea.Cmd {
	if msg.err != nil {
		m.complain(msg.err)
		return nil
	}
	forget := m.forget()
	m.options.File, m.options.Name, m.options.Text = msg.options.File, msg.options.Name, msg.options.Text
	m.closeRun()
	m.begin(msg.document)
	m.dialogs = nil
	return tea.Batch(forget, m.Init())
}

// rect is the whole screen: a gallery has nothing beside it.
func (g *gallery) rect(m *Model) cell.Rect { return cell.Rect{W: m.w, H: m.h} }

func (g *gallery) draw(m *Model, a cell.Area) {
	l := m.look
	a.Own(m.clickable(func(*Model) tea.Cmd { return nil })).Fill(cell.Rect{W: m.w, H: m.h - 1}, ' ', cell.Style{Fg: l.Text, Bg: l.Canvas})
	x := a.Text(3, 1, "◆ ", cell.Style{Fg: l.Accent, Bg: l.Canvas, Attr: cell.Bold})
	x = a.Text(x, 1, "Rendezvous", cell.Style{Fg: l.Text, Bg: l.Canvas, Attr: cell.Bold})
	a.Text(x+3, 1, cell.Cut("campaigns that meet where you say", m.w-x-4), cell.Style{Fg: l.Muted, Bg: l.Canvas})
	g.width = galleryWidth(m)
	g.menu.draw(m, a)
	left := g.menu.rect(m)
	r := cell.Rect{X: left.X + left.W + 4, Y: left.Y, W: m.w - left.X - left.W - 7, H: m.h - left.Y - 3}
	if r.W >= 20 && r.H >= 8 {
		g.drawPreview(m, a.Sub(r), r)
	}
}

// drawPreview draws the highlighted campaign as near as it fits, with what it is for.
func (g *gallery) drawPreview(m *Model, a cell.Area, r cell.Rect) {
	l := m.look
	text := func(y int, s string, color cell.Color) int {
		for _, line := range cell.Wrap(s, r.W) {
			a.Text(0, y, line, cell.Style{Fg: color, Bg: l.Canvas})
			y++
		}
		return y
	}
	p := g.previews[g.highlighted(m)]
	switch {
	case p.err != nil:
		text(0, p.err.Error(), l.Danger)
		return
	case len(p.scenes) == 0:
		return
	}
	y := text(0, p.about, l.Muted) + 1
	for i, s := range p.scenes {
		room := cell.Rect{Y: y, W: r.W, H: r.H - y}
		if (s.W <= room.W && s.H <= room.H) || i == len(p.scenes)-1 {
			s.Draw(a.Sub(room).Shift(max(0, (room.W-s.W)/2), max(0, (room.H-s.H)/3)), l, canvas.View{}, func(canvas.Target) int32 { return 0 })
			return
		}
	}
}
