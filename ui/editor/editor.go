// Package editor is the Bubble Tea program: it shows a campaign, edits it, and plays its runs.
//
// There is one model. Its parts (canvas, inspector, run, dialogs) are plain structs that draw into rectangles of one cell
// grid; what the screen shows is a function of the campaign, the run and the view. Nothing is read, written or computed
// in Update beyond what is instant: work happens in commands and comes back as messages.
package editor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/model/schema"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/file"
	"rendezvous/ui/look"
)

// Options are what the program is started with.
type Options struct {
	File  string // where the campaign is saved; empty when it has no file yet
	Name  string // what to call it in messages
	Text  []byte // its content
	Theme string
	// ThemeDir is where the person's own themes are.
	ThemeDir string
	ASCII    bool
	Still    bool
	State    file.State // where the program keeps what outlives it
	Keys     Keymap     // what the person has changed about keys
	// Gallery says whether the program begins with its start screen.
	Gallery bool
	// Mouse says whether the program takes the mouse.
	Mouse bool
}

// focus is the part of the screen that keys go to, below any dialog.
type focus int

const (
	onCanvas focus = iota
	onInspector
	onOutline
)

// A Model is the whole program.
type Model struct {
	options  Options
	commands []command
	look     *look.Look
	looks    look.Options
	w, h     int
	later    func(time.Duration, tea.Msg) tea.Cmd

	document *model.Document
	onDisk   []byte // what the file holds; nil when there is no file yet
	history  model.History
	findings []check.Finding
	data     dataset

	scene     *canvas.Scene
	pictures  arrangements
	turned    *bool        // top-down or not, once a person has chosen
	zoomed    *canvas.Zoom // the level of zoom, once a person has chosen
	folded    map[string]bool
	mapless   bool // whether the person has put the minimap away
	visited   []canvas.Target
	ahead     []canvas.Target // places that the person has come back from
	panX      int
	panY      int
	selected  canvas.Target
	hover     canvas.Target
	marked    map[string]bool // activities that commands work on together
	off       map[string]bool // activities that can't run
	drag      *drag           // what the mouse does while its button is down
	focus     focus
	outline   outlinePane
	form      form
	panel     panel
	dialogs   []dialog
	session   *session          // nil while the campaign is edited
	counts    map[model.Ref]int // populations of the last run
	toast     toast
	clipboard []byte   // what was copied here
	given     []string // names of the commands given last
	quitting  bool
	kept      int // the step of the history up to which edits are kept for a crash

	grid  cell.Grid
	frame *tea.View // the last frame, until something changes
	hits  []hit
	caret *tea.Cursor // where the terminal puts its own cursor; nil for nowhere
}

// dataset is what the program knows of the campaign's data.
type dataset struct {
	name    string
	open    *population.Dataset
	schema  schema.Schema
	err     error
	people  int
	loading bool
}

// New returns the program for a campaign. The error is that of a file that does not load.
func New(o Options) (*Model, error) {
	document, err := model.Load(o.Name, o.Text)
	if err != nil {
		return nil, err
	}
	m := &Model{options: o, later: later, commands: commandTable(), w: 80, h: 24}
	m.looks = look.Options{Theme: o.Theme, ThemeDir: o.ThemeDir, Dark: true, ASCII: o.ASCII, Still: o.Still}
	if err := m.restyle(); err != nil {
		return nil, err
	}
	m.begin(document)
	if m.commands, err = o.Keys.apply(m.commands); err != nil {
		m.complain(err)
	}
	return m, nil
}

// begin shows a campaign, with nothing left of what was shown before.
func (m *Model) begin(d *model.Document) {
	m.document, m.onDisk, m.history = d, nil, model.NewHistory(d.Campaign)
	if m.options.File != "" {
		m.onDisk = m.options.Text
	}
	m.counts, m.folded, m.marked, m.visited, m.ahead, m.kept = map[model.Ref]int{}, nil, nil, nil, nil, 0
	m.pictures, m.scene, m.focus, m.hover = arrangements{}, nil, onCanvas, canvas.Target{}
	m.closeData()
	m.data = dataset{name: d.Campaign.Settings.Text("data"), loading: true, err: errLoading}
	m.check()
	m.off = d.Campaign.Off()
	m.selectFirst()
	m.relayout()
	m.overview()
}

var errLoading = errors.New("the dataset is still being opened")

// campaign returns what is being edited, or what is being run.
func (m *Model) campaign() model.Campaign {
	if m.session != nil {
		return m.session.campaign
	}
	return m.history.Now()
}

func (m *Model) restyle() error {
	l, err := look.New(m.looks)
	if err == nil {
		m.look = l
		m.grid.Forget()
	}
	return err
}

// framesPerSecond is how often the terminal is written to, at the most: a key waits no longer than this for its frame.
const framesPerSecond = 120

// Run shows the program on a terminal until the person leaves.
func Run(ctx context.Context, o Options, extra ...tea.ProgramOption) error {
	m, err := New(o)
	if err != nil {
		return err
	}
	return m.run(ctx, extra...)
}

func (m *Model) run(ctx context.Context, extra ...tea.ProgramOption) error {
	options := append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithFilter(newCoalescer(time.Now).filter), tea.WithFPS(framesPerSecond)}, extra...)
	if os.Getenv("NO_COLOR") != "" {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	_, err := tea.NewProgram(m, options...).Run()
	if errors.Is(err, tea.ErrProgramPanic) {
		err = m.rescue()
	}
	m.close()
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	return err
}

// rescue keeps the edits that a defect of the program would have lost.
func (m *Model) rescue() error {
	if len(m.history.Unsaved()) == 0 {
		return errCrashed
	}
	if err := m.options.State.Keep(m.options.File, m.document.Save(m.history.Now())); err != nil {
		return errors.Join(errCrashed, err)
	}
	return fmt.Errorf("%w; what was not saved is offered when you open the campaign again", errCrashed)
}

var errCrashed = errors.New("the editor has stopped because of a defect in it")

func (m *Model) close() {
	m.closeRun()
	m.closeData()
}

func (m *Model) closeRun() {
	if m.session != nil {
		m.session.close()
		m.session = nil
	}
}

func (m *Model) closeData() {
	if m.data.open != nil {
		_ = m.data.open.Close() // a temporary file that can't be removed is no news at the end
		m.data.open = nil
	}
}

// Init asks the terminal about itself and opens the dataset.
func (m *Model) Init() tea.Cmd {
	m.offerRecovery()
	var gallery tea.Cmd
	if m.options.Gallery {
		m.options.Gallery = false
		gallery = m.openGallery()
	}
	return tea.Batch(gallery, tea.RequestBackgroundColor, m.openData(), m.remembered())
}

// Messages that work comes back with.
type (
	dataOpened struct {
		name   string
		data   *population.Dataset
		people int
		err    error
	}
	ruleCounted struct {
		key   string
		count int
		err   error
	}
)

func (m *Model) openData() tea.Cmd {
	name, base := m.history.Now().Settings.Text("data"), m.base()
	dimension := m.history.Now().Settings.Text("dimension")
	return func() tea.Msg {
		ctx := context.Background()
		d, err := population.Open(ctx, name, base, nil)
		msg := dataOpened{name: name, data: d, err: err}
		if err == nil && d.Schema.Table(dimension) != nil {
			msg.people, msg.err = d.Size(ctx, dimension)
		}
		return msg
	}
}

// base is the folder that the campaign's dataset is relative to.
func (m *Model) base() string {
	if m.options.File == "" {
		return "."
	}
	return filepath.Dir(m.options.File)
}

// check finds out what is wrong with the campaign.
func (m *Model) check() {
	data := check.Data{Schema: m.data.schema, Err: m.data.err}
	m.findings = check.Run(m.history.Now(), data)
	if m.data.loading { // not a finding yet
		kept := m.findings[:0]
		for _, f := range m.findings {
			if f.Code != check.NoDataset {
				kept = append(kept, f)
			}
		}
		m.findings = kept
	}
}

// edit makes a campaign the present one. The name says what the person did.
func (m *Model) edit(name string, c model.Campaign, err error) { m.editField(name, "", c, err) }

// editField is edit for one field: edits of the same one that follow each other are one step.
func (m *Model) editField(name, field string, c model.Campaign, err error) {
	if err != nil {
		m.complain(err)
		return
	}
	if c.Equal(m.history.Now()) {
		return
	}
	m.leaveStep()
	m.history = m.history.Do(name, field, c)
	m.pictures.forgetFrom(m.history.Step())
	m.changed()
	m.say("")
}

// changed brings what depends on the campaign up to date.
func (m *Model) changed() {
	m.check()
	m.off = m.campaign().Off()
	maps.DeleteFunc(m.marked, func(id string, _ bool) bool { return m.campaign().Index(id) < 0 })
	m.relayout()
	if !m.exists(m.selected) && !m.reselect() {
		m.selectFirst()
	}
}

// leave ends the program. What is not saved by now is not wanted, so nothing is left to recover.
func (m *Model) leave() tea.Cmd {
	m.quitting = true
	forget := m.forget()
	return tea.Sequence(func() tea.Msg { forget(); return nil }, tea.Quit)
}

func (m *Model) onData(msg dataOpened) {
	if msg.name != m.data.name {
		return
	}
	m.data = dataset{name: msg.name, open: msg.data, err: msg.err, people: msg.people}
	if msg.data != nil {
		m.data.schema = msg.data.Schema
	}
	m.check()
	m.relayout()
}
