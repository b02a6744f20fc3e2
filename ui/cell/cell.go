// Package cell is a grid of character cells: runes, colours, owners, clipping. It knows nothing of what is drawn.
//
// One flat grid holds the whole screen. Everything draws into an [Area] of it, clipped, and one string comes out at the
// end. Each cell remembers its owner, written by the same call that wrote what is seen, so what is under the pointer is
// a look-up and can't disagree with the picture.
package cell

import (
	"slices"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// A Color is a colour of a cell: nothing, one of the terminal's own, or red, green and blue.
type Color uint32

const (
	// Default is the terminal's own text or ground.
	Default Color = 0
	// Keep in a [Style] leaves a cell's colour as it is, so that things can be drawn over a ground.
	Keep Color = 1 << 31

	indexed Color = 1 << 25
	direct  Color = 1 << 24
)

// RGB is a colour by its parts.
func RGB(r, g, b uint8) Color { return direct | Color(r)<<16 | Color(g)<<8 | Color(b) }

// Indexed is one of the 256 colours that a terminal numbers.
func Indexed(n uint8) Color { return indexed | Color(n) }

// Parts returns red, green and blue, and whether the colour has them.
func (c Color) Parts() (r, g, b uint8, ok bool) {
	return uint8(c >> 16), uint8(c >> 8), uint8(c), c&direct != 0
}

// Mix returns t of a over b, in sRGB. Where one of them has no parts there is nothing to mix, and the result is b, or a
// when t is more than a half.
func Mix(a, b Color, t float64) Color {
	ar, ag, ab, okA := a.Parts()
	br, bg, bb, okB := b.Parts()
	if !okA || !okB {
		if t > 0.5 {
			return a
		}
		return b
	}
	mix := func(x, y uint8) uint8 { return uint8(float64(x)*t + float64(y)*(1-t) + 0.5) }
	return RGB(mix(ar, br), mix(ag, bg), mix(ab, bb))
}

// Attributes of a cell, to be combined.
const (
	Bold uint8 = 1 << iota
	Reverse
	Underline
)

// A Style is how a cell is drawn.
type Style struct {
	Fg, Bg Color
	Attr   uint8
}

// On returns the style with another ground.
func (s Style) On(bg Color) Style { s.Bg = bg; return s }

// With returns the style with more attributes.
func (s Style) With(attr uint8) Style { s.Attr |= attr; return s }

// A Cell is one character of the screen. A wide rune takes two cells; the second one's rune is 0.
type Cell struct {
	Rune  rune
	Style Style
	Owner int32
	marks uint16 // combining marks on the rune, by their place in the grid's table; 0 for none
}

// A Rect is a rectangle of cells.
type Rect struct{ X, Y, W, H int }

// Contains reports whether a cell lies in the rectangle.
func (r Rect) Contains(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// Intersect returns what two rectangles share; it may be empty.
func (r Rect) Intersect(o Rect) Rect {
	x, y := max(r.X, o.X), max(r.Y, o.Y)
	return Rect{x, y, max(0, min(r.X+r.W, o.X+o.W)-x), max(0, min(r.Y+r.H, o.Y+o.H)-y)}
}

// Inset returns the rectangle without a margin.
func (r Rect) Inset(x, y int) Rect {
	return Rect{r.X + x, r.Y + y, max(0, r.W-2*x), max(0, r.H-2*y)}
}

// A Grid is a screen of cells.
type Grid struct {
	W, H  int
	cells []Cell
	sgr   map[Style]string // escape sequences, once built
	marks []string         // combining marks that stand on runes somewhere
}

// Resize gives the grid a size and makes every cell blank.
func (g *Grid) Resize(w, h int) {
	g.W, g.H = max(0, w), max(0, h)
	if n := g.W * g.H; cap(g.cells) < n {
		g.cells = make([]Cell, n)
	}
	g.cells, g.marks = g.cells[:g.W*g.H], g.marks[:0]
	blank := Cell{Rune: ' '}
	for i := range g.cells {
		g.cells[i] = blank
	}
}

// At returns a cell; outside the grid it is blank.
func (g *Grid) At(x, y int) Cell {
	if x < 0 || y < 0 || x >= g.W || y >= g.H {
		return Cell{Rune: ' '}
	}
	return g.cells[y*g.W+x]
}

// All returns the area of the whole grid.
func (g *Grid) All() Area { return Area{grid: g, clip: Rect{0, 0, g.W, g.H}} }

// Map changes every cell of a rectangle, for what lies over a finished picture: a veil, a glow.
func (g *Grid) Map(r Rect, change func(x, y int, c *Cell)) {
	r = r.Intersect(Rect{0, 0, g.W, g.H})
	for y := r.Y; y < r.Y+r.H; y++ {
		for x := r.X; x < r.X+r.W; x++ {
			change(x, y, &g.cells[y*g.W+x])
		}
	}
}

// An Area is a part of a grid to draw into. Its coordinates begin at its own corner, which may lie outside of what is
// visible. What is drawn outside is cut off.
type Area struct {
	grid  *Grid
	clip  Rect // visible part, in the grid
	x, y  int  // the area's corner, in the grid
	owner int32
}

// Sub returns the area of a rectangle, clipped to it.
func (a Area) Sub(r Rect) Area {
	r.X += a.x
	r.Y += a.y
	a.clip = a.clip.Intersect(r)
	a.x, a.y = r.X, r.Y
	return a
}

// Shift returns the area with its corner moved, and the same part visible: what was at 0, 0 is at x, y.
func (a Area) Shift(x, y int) Area {
	a.x += x
	a.y += y
	return a
}

// Own returns the area; what is drawn into it belongs to an owner.
func (a Area) Own(owner int32) Area { a.owner = owner; return a }

// Visible returns the visible part, in the area's coordinates.
func (a Area) Visible() Rect { return Rect{a.clip.X - a.x, a.clip.Y - a.y, a.clip.W, a.clip.H} }

// Sees reports whether anything of a rectangle is visible.
func (a Area) Sees(r Rect) bool {
	v := a.Visible().Intersect(r)
	return v.W > 0 && v.H > 0
}

// cell returns a visible cell, or nil.
func (a Area) cell(x, y int) *Cell {
	x, y = x+a.x, y+a.y
	if !a.clip.Contains(x, y) {
		return nil
	}
	return &a.grid.cells[y*a.grid.W+x]
}

// At returns a cell; where nothing is visible it is blank.
func (a Area) At(x, y int) Cell {
	if c := a.cell(x, y); c != nil {
		return *c
	}
	return Cell{Rune: ' '}
}

// Set draws a rune that is one cell wide.
func (a Area) Set(x, y int, r rune, s Style) {
	c := a.cell(x, y)
	if c == nil {
		return
	}
	if c.Rune == 0 && x+a.x > 0 { // the right half of a wide rune that loses its left one
		a.grid.cells[(y+a.y)*a.grid.W+x+a.x-1].Rune = ' '
	}
	if next := x + a.x + 1; next < a.grid.W && a.grid.cells[(y+a.y)*a.grid.W+next].Rune == 0 {
		a.grid.cells[(y+a.y)*a.grid.W+next].Rune = ' '
	}
	c.Rune, c.marks = r, 0
	c.paint(s)
	c.Owner = a.owner
}

func (c *Cell) paint(s Style) {
	if s.Fg != Keep {
		c.Style.Fg = s.Fg
	}
	if s.Bg != Keep {
		c.Style.Bg = s.Bg
	}
	c.Style.Attr = s.Attr
}

// Fill draws a rune all over a rectangle.
func (a Area) Fill(r Rect, char rune, s Style) {
	v := a.Visible().Intersect(r)
	for y := v.Y; y < v.Y+v.H; y++ {
		for x := v.X; x < v.X+v.W; x++ {
			a.Set(x, y, char, s)
		}
	}
}

// Tint changes the ground of a rectangle and leaves what stands on it.
func (a Area) Tint(r Rect, bg Color) {
	v := a.Visible().Intersect(r)
	for y := v.Y; y < v.Y+v.H; y++ {
		for x := v.X; x < v.X+v.W; x++ {
			c := a.cell(x, y)
			c.Style.Bg, c.Owner = bg, a.owner
		}
	}
}

// Restyle gives a cell another style and leaves what stands there, and whose it is.
func (a Area) Restyle(x, y int, s Style) {
	if c := a.cell(x, y); c != nil {
		c.paint(s)
	}
}

// Text draws a text on one line and returns the column behind it. Combining marks stay on their letters. Control
// characters are left out, and clusters of which terminals disagree how wide they are lose what they disagree about.
func (a Area) Text(x, y int, text string, s Style) int {
	last := x
	for _, r := range text {
		if r >= 0x300 && unicode.Is(accents, r) && x > last {
			a.combine(last, y, r)
			continue
		}
		if next := a.put(x, y, r, s); next > x {
			last, x = x, next
		}
	}
	return x
}

// accents are the combining marks of which all terminals agree that they take no cell and join nothing: of Latin, Greek
// and Cyrillic, Hebrew, Arabic and Thai. Others, such as the signs that fuse two letters of India, are left out.
var accents = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x300, Hi: 0x34e, Stride: 1}, {Lo: 0x350, Hi: 0x36f, Stride: 1}, {Lo: 0x483, Hi: 0x487, Stride: 1}, {Lo: 0x591, Hi: 0x5bd, Stride: 1}, {Lo: 0x5c1, Hi: 0x5c2, Stride: 1},
	{Lo: 0x64b, Hi: 0x65f, Stride: 1}, {Lo: 0xe31, Hi: 0xe31, Stride: 1}, {Lo: 0xe34, Hi: 0xe3a, Stride: 1}, {Lo: 0xe47, Hi: 0xe4e, Stride: 1},
}}

// Bounds on combining marks: of one letter, and of different sequences on a screen.
const (
	mostMarks     = 12 // bytes
	mostSequences = 4096
)

// combine puts a mark on the letter of a cell.
func (a Area) combine(x, y int, mark rune) {
	c := a.cell(x, y)
	if c == nil || c.Rune == ' ' || c.Rune == 0 {
		return
	}
	g := a.grid
	text := g.marksOf(c) + string(mark)
	at := slices.Index(g.marks, text)
	if at < 0 {
		if len(text) > mostMarks || len(g.marks) >= mostSequences {
			return
		}
		at = len(g.marks)
		g.marks = append(g.marks, text)
	}
	c.marks = uint16(at + 1)
}

func (g *Grid) marksOf(c *Cell) string {
	if c.marks == 0 {
		return ""
	}
	return g.marks[c.marks-1]
}

func (a Area) put(x, y int, r rune, s Style) int {
	switch w := RuneWidth(r); w {
	case 1:
		a.Set(x, y, r, s)
		return x + 1
	case 2:
		left, right := a.cell(x, y), a.cell(x+1, y)
		if left == nil || right == nil { // half of it is cut off
			a.Set(x, y, ' ', s)
			a.Set(x+1, y, ' ', s)
			return x + 2
		}
		a.Set(x, y, r, s)
		a.Set(x+1, y, ' ', s)
		right.Rune = 0
		return x + 2
	}
	return x
}

// RuneWidth returns how many cells a rune takes: 0 for one that is not drawn, such as a control character, a combining
// mark, a joiner or a variation selector.
func RuneWidth(r rune) int {
	if r >= ' ' && r < 0x7f || r > 0xad && r < 0x300 || r >= 0x2500 && r < 0x25a0 { // ASCII, Latin, lines and blocks
		return 1
	}
	if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x200d || r >= 0xfe00 && r <= 0xfe0f {
		return 0
	}
	return ansi.StringWidthWc(string(r))
}

// Width returns how many cells a text takes when [Area.Text] draws it.
func Width(text string) int {
	w := 0
	for _, r := range text {
		w += RuneWidth(r)
	}
	return w
}

// Cut shortens a text to a width, with an ellipsis where something is left out.
func Cut(text string, width int) string {
	if Width(text) <= width {
		return text
	}
	if width < 1 {
		return ""
	}
	w := 0
	for i, r := range text {
		if w+RuneWidth(r) > width-1 {
			return text[:i] + "…"
		}
		w += RuneWidth(r)
	}
	return text
}

// Wrap breaks a text into lines of a width, between words where it can.
func Wrap(text string, width int) []string {
	if width < 1 {
		return nil
	}
	var lines []string
	line, lineWidth := "", 0
	flush := func() { lines, line, lineWidth = append(lines, line), "", 0 }
	for _, word := range words(text) {
		if word == "\n" {
			flush()
			continue
		}
		w := Width(word)
		if line != "" && lineWidth+1+w > width {
			flush()
		}
		for w > width {
			head, rest := splitAt(word, width)
			lines, word, w = append(lines, head), rest, Width(rest)
		}
		if line != "" {
			line, lineWidth = line+" ", lineWidth+1
		}
		line, lineWidth = line+word, lineWidth+w
	}
	if line != "" || len(lines) == 0 {
		flush()
	}
	return lines
}

// words splits a text at white space; a line break is a word of its own.
func words(text string) []string {
	var out []string
	start := -1
	for i, r := range text {
		if r != ' ' && r != '\n' && r != '\t' && r != '\r' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			out, start = append(out, text[start:i]), -1
		}
		if r == '\n' {
			out = append(out, "\n")
		}
	}
	if start >= 0 {
		out = append(out, text[start:])
	}
	return out
}

func splitAt(word string, width int) (head, rest string) {
	w := 0
	for i, r := range word {
		if w += RuneWidth(r); w > width && i > 0 {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// ScreenX and ScreenY return where a cell of the area lies in the grid.
func (a Area) ScreenX(x int) int { return a.x + x }

// ScreenY is the row of ScreenX.
func (a Area) ScreenY(y int) int { return a.y + y }
