package canvas

import (
	"fmt"
	"slices"
	"strings"

	"rendezvous/engine/flow"
	"rendezvous/model"
	"rendezvous/ui/cell"
	"rendezvous/ui/narrate"
)

// A face is how a card looks in its state.
type face struct {
	ground  cell.Color
	outline cell.Color // of a raised card
	raised  bool
	badge   string
	plate   cell.Style // of the badge
	label   cell.Style
	muted   cell.Style
	summary string
	note    cell.Style // of the summary
	bar     float64    // progress, instead of a summary, when not negative
	firing  bool
	dim     bool
}

// face works out how a card looks.
func (d *drawing) face(k card) face {
	l := d.look
	f := face{ground: l.Card, summary: k.summary, bar: -1}
	f.label = cell.Style{Fg: l.Text, Attr: cell.Bold}
	f.muted = cell.Style{Fg: l.Muted}
	f.note = f.muted
	target := Target{Activity: k.activity.ID}
	if d.view.Hover == target {
		f.ground = l.Hover
	}
	switch {
	case k.activity.Disabled():
		d.disabled(&f)
	case d.view.Off[k.activity.ID], d.view.Matches != nil && !d.view.matches(k):
		d.fade(&f)
	}
	if d.view.Run != nil {
		d.runFace(d.telling(k), &f)
		if n := len(k.folded); n > 0 {
			f.summary = fmt.Sprintf("⊞ %d of %d done", d.done(k), n+1)
		}
	} else if finding, ok := d.view.Findings[k.activity.ID]; ok {
		d.findingFace(finding, &f)
	}
	if d.view.Marked[k.activity.ID] {
		d.lift(&f)
		f.ground, f.dim, f.label = l.Selected, false, cell.Style{Fg: l.Text, Attr: cell.Bold}
		f.badge, f.plate = "✓ marked", l.Filled(l.OnAccent, l.Accent)
	}
	if d.view.Selected == target {
		d.lift(&f)
		f.dim = false
		if !f.firing {
			f.ground = l.Selected
		}
		if !f.raised {
			f.outline = l.Accent
		}
		f.raised = true
	}
	return f
}

func (d *drawing) disabled(f *face) {
	d.fade(f)
	f.badge, f.plate = "⊘ disabled", d.look.NeutralBadge()
}

// fade takes a card into the background.
func (d *drawing) fade(f *face) {
	l := d.look
	f.ground = l.FadedCard()
	faint := cell.Style{Fg: l.Faint}
	f.label, f.muted, f.note, f.dim = faint, faint, faint, true
}

// lift makes what a faded card says readable on a ground other than its own.
func (d *drawing) lift(f *face) {
	for _, ink := range []*cell.Style{&f.label, &f.muted, &f.note} {
		if ink.Fg == d.look.Faint {
			ink.Fg = d.look.Muted
		}
	}
}

func (d *drawing) findingFace(finding Finding, f *face) {
	l := d.look
	if !finding.Error {
		if f.badge == "" {
			f.badge, f.plate = "▲", l.Badge(l.Waiting)
		}
		return
	}
	d.lift(f)
	f.raised, f.outline, f.ground = true, l.Danger, l.WrongCard()
	f.summary, f.note = strings.TrimSuffix(finding.Message, "."), cell.Style{Fg: l.Danger}
	f.badge, f.plate = "✗ error", l.Filled(l.OnStatus, l.Danger)
}

// urgency is the order in which the states of a folded branch are told.
var urgency = []flow.Phase{flow.Broken, flow.Blocked, flow.Waiting, flow.Held, flow.Active, flow.Idle, flow.Done, flow.Skipped}

// telling is the card of the activity whose state a card shows: its own, or of a folded branch what matters most.
func (d *drawing) telling(k card) card {
	if len(k.folded) == 0 {
		return k
	}
	most, told := len(urgency), k
	for _, id := range append([]string{k.activity.ID}, k.folded...) {
		if at := slices.Index(urgency, d.view.Run.State.Activity(id).Phase); at >= 0 && at < most {
			most = at
			told.activity, _ = d.scene.Campaign.Activity(id)
		}
	}
	return told
}

// done is how many activities of a folded branch are done.
func (d *drawing) done(k card) int {
	n := 0
	for _, id := range append([]string{k.activity.ID}, k.folded...) {
		if d.view.Run.State.Activity(id).Phase == flow.Done {
			n++
		}
	}
	return n
}

// runFace shows where an activity stands in a run.
func (d *drawing) runFace(k card, f *face) {
	l, run := d.look, d.view.Run
	state := run.State.Activity(k.activity.ID)
	join := k.activity.Kind.Role == model.Join
	switch state.Phase {
	case flow.Idle:
		if !k.activity.Disabled() {
			f.ground, f.dim = l.IdleCard(), true
			f.label = cell.Style{Fg: l.Muted}
		}
	case flow.Waiting:
		f.raised, f.outline, f.ground = true, d.breath(), l.WaitingCard()
		f.badge, f.plate = "◐ confirm "+narrate.Count(state.In), l.Filled(l.OnWaiting, l.WaitingFill)
		f.summary = "c to send"
		if join {
			f.badge = "◐ waiting " + d.arrivals(k)
		}
	case flow.Active:
		d.working(k, f)
	case flow.Held:
		f.badge, f.plate = "‖ paused", d.look.NeutralBadge()
	case flow.Done:
		f.badge, f.plate = "✓ done", l.Badge(l.Success)
		if k.activity.Kind.Role == model.Deliver {
			f.summary = narrate.Count(state.Delivery.Sent) + " sent"
		}
		if join {
			d.fired(k, f)
		}
	case flow.Broken:
		f.raised, f.outline, f.ground = true, l.Danger, l.WrongCard()
		f.badge, f.plate = "✗ failed", l.Filled(l.OnStatus, l.Danger)
		f.summary, f.note = state.Error, cell.Style{Fg: l.Danger}
	case flow.Blocked:
		f.raised, f.outline, f.ground = true, l.Danger, l.BlockedCard()
		f.badge, f.plate = "⊘ blocked "+d.arrivals(k), l.Filled(l.OnStatus, l.Danger)
	case flow.Skipped:
		d.disabled(f)
		f.badge, f.summary = "⊘ skipped", "never started"
	}
}

// working shows an activity that is running.
func (d *drawing) working(k card, f *face) {
	l := d.look
	f.badge, f.plate = "▶ running", l.Badge(l.Accent)
	switch k.activity.Kind.Role {
	case model.Deliver:
		f.badge = "▶ sending"
		f.bar = d.view.Run.Progress(k.activity.ID)
	case model.Delay:
		f.badge = "▶ waiting"
		f.bar = d.view.Run.Progress(k.activity.ID)
	}
}

// fired shows a join that has fired: for a moment as the loudest thing on the screen.
func (d *drawing) fired(k card, f *face) {
	l := d.look
	f.badge = "✓ fired " + d.arrivals(k)
	since := d.view.Run.Fired(k.activity.ID)
	if since >= FireTime {
		return
	}
	f.firing, f.raised, f.outline = true, true, l.FlowMark
	f.badge, f.plate = "✦ fired "+d.arrivals(k), l.FiringBadge()
	if l.Colourless {
		f.plate, f.label = l.Filled(l.OnStatus, l.Success), f.label.With(cell.Reverse)
		return
	}
	fading := l.FadingCard(max(0, since.Seconds()-0.5) / 0.7)
	ink := cell.Style{Fg: fading.Fg}
	f.ground, f.label, f.muted, f.note = fading.Bg, ink.With(cell.Bold), ink, ink
}

// breath is the amber of a waiting outline, which breathes while the run plays.
func (d *drawing) breath() cell.Color {
	l := d.look
	if !d.view.Run.Moving || l.Still {
		return l.Waiting
	}
	return l.Breath(d.view.Run.Clock.Seconds())
}

// arrivals counts the branches of a join: "1/2".
func (d *drawing) arrivals(k card) string {
	arrived := 0
	for _, r := range k.activity.From {
		if d.view.Run.State.Transition(r).Passage == flow.Passed {
			arrived++
		}
	}
	return fmt.Sprintf("%d/%d", arrived, len(k.activity.From))
}

// card draws an activity.
func (d *drawing) card(i int) {
	k := d.scene.cards[i]
	margin := cell.Rect{X: k.box.X - 1, Y: k.box.Y - 1, W: k.box.W + 2, H: k.box.H + 2}
	if !d.area.Sees(margin) {
		return
	}
	f := d.face(k)
	a := d.area.Own(d.own(Target{Activity: k.activity.ID}))
	switch {
	case d.scene.sizes.lines == 0:
		d.dot(a, k, f)
		return
	case d.look.Outlined:
		d.frame(a, k.box, f)
	default:
		d.block(a, k.box, f)
	}
	if d.scene.sizes.lines == 1 && !d.scene.sizes.named {
		d.strip(a, k, f)
		return
	}
	d.badge(a, k, f)
	d.content(a, k, f)
	d.note(a, k, f)
}

// status is the glyph of a card's badge, for where there is no room for its word.
func (f face) status() (glyph rune, color cell.Color) {
	if f.badge == "" {
		return ' ', f.plate.Fg
	}
	glyph = []rune(f.badge)[0]
	if f.firing {
		return glyph, f.label.Fg
	}
	if f.raised && f.plate.Bg != cell.Default {
		return glyph, f.outline
	}
	return glyph, f.plate.Fg
}

// dot draws a card as its glyph, on a ground that says where it stands.
func (d *drawing) dot(a cell.Area, k card, f face) {
	l := d.look
	hue := l.Category(k.activity.Kind.Category)
	style := cell.Style{Fg: hue, Bg: l.Tile(k.activity.Kind.Category, l.Card), Attr: cell.Bold}
	glyph, color := f.status()
	switch {
	case d.view.Selected == Target{Activity: k.activity.ID}:
		style = l.Button()
	case d.view.Hover == Target{Activity: k.activity.ID}:
		style.Bg = l.Hover
	case f.raised:
		style = f.plate
	case f.badge != "" && !f.dim:
		style.Fg, style.Bg = color, l.Spot(color)
	case f.dim:
		style.Fg, style.Bg = l.Faint, f.ground
	}
	char := []rune(k.activity.Kind.Glyph)[0]
	if l.Outlined && f.badge != "" {
		char = glyph
	}
	a.Text(k.box.X, k.box.Y, " "+string(char)+" ", style)
}

// strip draws what stands on a card of one row: glyph, label, state.
func (d *drawing) strip(a cell.Area, k card, f face) {
	box := k.box
	inner := a.Sub(cell.Rect{X: box.X, Y: box.Y, W: box.W, H: box.H})
	hue := d.look.Category(k.activity.Kind.Category)
	if f.dim {
		hue = f.muted.Fg
	}
	inner.Text(1, 1, k.activity.Kind.Glyph, cell.Style{Fg: hue, Bg: f.ground, Attr: cell.Bold})
	label := f.label.On(f.ground)
	if d.look.Outlined && d.view.Selected == (Target{Activity: k.activity.ID}) {
		label = label.With(cell.Reverse)
	}
	inner.Text(d.scene.sizes.text, 1, cell.Cut(k.label, box.W-d.scene.sizes.padding), label)
	glyph, color := f.status()
	inner.Set(box.W-2, 1, glyph, cell.Style{Fg: color, Bg: f.ground, Attr: cell.Bold})
	if k.activity.Kind.Role == model.Join {
		text, style := narrate.Counted(len(k.activity.From), "branch", "branches"), f.muted
		if d.view.Run != nil {
			text = d.arrivals(k)
			if _, word, ok := strings.Cut(f.badge, " "); ok {
				word, _, _ = strings.Cut(word, " ")
				text, style = string(glyph)+" "+text+" "+word, cell.Style{Fg: color, Attr: cell.Bold}
			}
		}
		inner.Text(1, 2, cell.Cut(text, box.W-2), style.On(f.ground))
	} else if n := len(k.folded); n > 0 {
		inner.Text(box.W-2-len(fmt.Sprint(n))-1, 1, fmt.Sprintf("+%d", n), f.muted.On(f.ground))
	}
}

// note draws the note of an activity beside its card.
func (d *drawing) note(a cell.Area, k card, f face) {
	if len(k.note) == 0 {
		return
	}
	l, box := d.look, d.scene.noteBox(k)
	style := cell.Style{Fg: l.Muted, Bg: l.Canvas}
	if f.dim {
		style.Fg = l.Faint
	}
	a.Fill(box, ' ', style)
	for i, text := range k.note {
		a.Set(box.X, box.Y+i, '▎', cell.Style{Fg: l.Waiting, Bg: l.Canvas})
		a.Text(box.X+noteMargin, box.Y+i, text, style)
	}
}

// block draws a card as a surface: half rows at its edges, or an outline one cell further out when it is raised.
func (d *drawing) block(a cell.Area, box cell.Rect, f face) {
	ground := cell.Style{Fg: d.look.Text, Bg: f.ground}
	if !f.raised {
		a.Fill(cell.Rect{X: box.X, Y: box.Y + 1, W: box.W, H: box.H - 2}, ' ', ground)
		for x := box.X; x < box.X+box.W; x++ {
			a.Set(x, box.Y, '▄', cell.Style{Fg: f.ground, Bg: cell.Keep})
			under := a.At(x, box.Y+box.H-1).Style.Bg
			a.Set(x, box.Y+box.H-1, '▄', cell.Style{Fg: under, Bg: f.ground})
		}
		return
	}
	a.Fill(box, ' ', ground)
	edge := cell.Style{Fg: f.outline, Bg: cell.Keep}
	for x := box.X; x < box.X+box.W; x++ {
		a.Set(x, box.Y-1, '▁', edge)
		a.Set(x, box.Y+box.H, '▔', edge)
	}
	for y := box.Y; y < box.Y+box.H; y++ {
		a.Set(box.X, y, '▏', edge.On(f.ground))
		a.Set(box.X+box.W-1, y, '▕', edge.On(f.ground))
	}
}

// frame draws a card as an outline, for screens whose surfaces can't be told apart.
func (d *drawing) frame(a cell.Area, box cell.Rect, f face) {
	a.Fill(box, ' ', cell.Style{Fg: d.look.Text, Bg: f.ground})
	p, color := hairline, d.look.Edge
	if f.raised {
		p, color = heavy, f.outline
	}
	s := cell.Style{Fg: color, Bg: f.ground}
	right, bottom := box.X+box.W-1, box.Y+box.H-1
	for x := box.X + 1; x < right; x++ {
		a.Set(x, box.Y, p.horizontal, s)
		a.Set(x, bottom, p.horizontal, s)
	}
	for y := box.Y + 1; y < bottom; y++ {
		a.Set(box.X, y, p.vertical, s)
		a.Set(right, y, p.vertical, s)
	}
	a.Set(box.X, box.Y, p.downRight, s)
	a.Set(right, box.Y, p.downLeft, s)
	a.Set(box.X, bottom, p.upRight, s)
	a.Set(right, bottom, p.upLeft, s)
}

// badge draws the state of a card on its upper edge.
func (d *drawing) badge(a cell.Area, k card, f face) {
	if f.badge == "" {
		return
	}
	text := " " + cell.Cut(f.badge, k.box.W-4) + " "
	a.Text(k.box.X+k.box.W-1-cell.Width(text), k.box.Y, text, f.plate)
}

// content writes what stands on a card.
func (d *drawing) content(a cell.Area, k card, f face) {
	box := k.box
	inner := a.Sub(cell.Rect{X: box.X + 1, Y: box.Y, W: box.W - 2, H: box.H})
	d.tile(inner, k, f)
	width := box.W - 6
	label := f.label.On(f.ground)
	if d.look.Outlined && d.view.Selected == (Target{Activity: k.activity.ID}) {
		label = label.With(cell.Reverse)
	}
	inner.Text(4, 1, cell.Cut(k.label, width), label)
	if n := len(k.folded); n > 0 && d.scene.sizes.lines == 1 {
		more := fmt.Sprintf(" ⊞%d ", n)
		a.Text(box.X+box.W-1-cell.Width(more), box.Y+box.H-1, more, f.muted.On(f.ground))
	}
	row := 2
	if d.scene.sizes.lines > 1 {
		inner.Text(4, row, k.activity.Kind.Title, f.muted.On(f.ground))
		row++
		switch {
		case row > box.H-2: // a card without a line of its own has none to spare
		case f.bar >= 0:
			d.bar(inner, 4, row, width, f)
		case f.summary != "" && len(k.sockets) == 0:
			inner.Text(4, row, cell.Cut(f.summary, width), f.note.On(f.ground))
		}
	}
	for _, socket := range k.sockets {
		d.socket(a, k, socket, f)
	}
}

// tile draws the glyph of a kind on the tint of its category.
func (d *drawing) tile(a cell.Area, k card, f face) {
	l, category := d.look, k.activity.Kind.Category
	style := cell.Style{Fg: l.Category(category), Bg: l.Tile(category, f.ground), Attr: cell.Bold}
	switch {
	case f.firing && l.Outlined && !l.Colourless:
		style.Fg, style.Bg = f.muted.Fg, f.ground
	case f.firing && !l.Colourless:
		style = l.FiringBadge()
	case f.dim && d.view.Run != nil && !k.activity.Disabled() && d.view.Run.State.Activity(k.activity.ID).Phase == flow.Idle:
		style = l.IdleTile(category)
	case f.dim:
		style.Fg, style.Bg = l.Faint, f.ground
	}
	a.Text(0, 1, " "+k.activity.Kind.Glyph+" ", style)
}

// bar draws progress: "62% ━━━━━━────".
func (d *drawing) bar(a cell.Area, x, y, width int, f face) {
	l := d.look
	text := fmt.Sprintf("%d%% ", int(f.bar*100))
	x = a.Text(x, y, text, f.muted.On(f.ground))
	room := width - cell.Width(text)
	done := int(f.bar*float64(room) + 0.5)
	for i := range room {
		char, color := '─', l.Track
		if i < done {
			char, color = '━', l.Accent
		}
		a.Set(x+i, y, char, cell.Style{Fg: color, Bg: f.ground})
	}
}

// socket draws the lamp of a branch, at the row at which it enters.
func (d *drawing) socket(a cell.Area, k card, s socket, f face) {
	l := d.look
	lamp, lampColor, text, tail := '○', l.Muted, cell.Style{Fg: l.Text}, ""
	if d.view.Run != nil {
		transition := d.view.Run.State.Transition(s.ref)
		switch {
		case transition.Passage == flow.Passed:
			lamp, lampColor, text = '●', l.Success, cell.Style{Fg: l.Text, Attr: cell.Bold}
			if d.view.Run.Grown(s.ref) < 1 { // those who arrive have just begun to
				lamp = '◐'
			}
			if d.view.Run.State.Activity(k.activity.ID).Phase == flow.Done {
				text.Attr = 0
			}
		case transition.Passage == flow.Closed:
			lamp, lampColor, text = '⊘', l.Danger, cell.Style{Fg: l.Danger}
		default:
			lampColor, text = l.Waiting, cell.Style{Fg: l.Muted}
			if f.dim {
				lampColor = l.Muted
			}
			if p := d.view.Run.Progress(s.ref.Activity); p > 0 && p < 1 {
				tail = fmt.Sprintf("%d%%", int(p*100))
			}
		}
	}
	if f.firing && !l.Colourless {
		lampColor, text = f.muted.Fg, f.label
	}
	y := k.box.Y + s.row
	inner := a.Sub(cell.Rect{X: k.box.X, Y: y, W: k.box.W, H: 1})
	inner.Set(1, 0, lamp, cell.Style{Fg: lampColor, Bg: f.ground, Attr: cell.Bold})
	room := k.box.W - 5
	if tail != "" {
		room -= len(tail)
		inner.Text(k.box.W-1-len(tail), 0, tail, cell.Style{Fg: l.Waiting, Bg: f.ground})
	}
	inner.Text(3, 0, cell.Cut(s.title, room), text.On(f.ground))
	if s.primary && tail == "" {
		star := l.Accent
		if f.firing && !l.Colourless {
			star = f.muted.Fg
		}
		inner.Set(k.box.W-2, 0, '★', cell.Style{Fg: star, Bg: f.ground})
	}
}
