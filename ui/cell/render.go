package cell

import (
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Depth is how many colours a terminal shows.
type Depth int

// The depths, from most to fewest.
const (
	TrueColor Depth = iota
	Colors256
	Colors16
	NoColor
)

// A Screen says how a grid becomes text.
type Screen struct {
	Depth Depth
	// Pins are the colours of the 256 that stand for colours to which the nearest is the wrong one.
	Pins map[Color]uint8
	// ASCII stands for runes that the terminal can't show; nil shows all.
	ASCII map[rune]rune
}

// String returns the grid as lines with escape sequences.
func (g *Grid) String(s Screen) string {
	if g.sgr == nil {
		g.sgr = map[Style]string{}
	}
	var out strings.Builder
	out.Grow(len(g.cells)*2 + 4096)
	var last Style
	for y := range g.H {
		if y > 0 {
			out.WriteByte('\n')
		}
		row := g.cells[y*g.W : (y+1)*g.W]
		row = row[:len(row)-trailing(row)]
		for i := range row {
			c := &row[i]
			if c.Rune == 0 {
				if s.ASCII != nil { // what stands for the left half is narrow
					out.WriteByte(' ')
				}
				continue
			}
			if c.Style != last {
				out.WriteString(g.escape(c.Style, s))
				last = c.Style
			}
			out.WriteRune(s.show(c.Rune))
			if c.marks != 0 && s.ASCII == nil {
				out.WriteString(g.marksOf(c))
			}
		}
		if last != (Style{}) {
			out.WriteString(ansi.ResetStyle)
			last = Style{}
		}
	}
	return out.String()
}

// trailing counts the blanks at the end of a row that need no drawing.
func trailing(row []Cell) int {
	n := 0
	for n < len(row) && row[len(row)-1-n].Rune == ' ' && row[len(row)-1-n].Style.Bg == Default && row[len(row)-1-n].Style.Attr == 0 {
		n++
	}
	return n
}

func (s Screen) show(r rune) rune {
	if s.ASCII == nil || r < 0x80 {
		return r
	}
	if stand, ok := s.ASCII[r]; ok {
		return stand
	}
	return '?'
}

// escape returns the sequence that switches to a style, from whatever came before.
func (g *Grid) escape(style Style, s Screen) string {
	if text, ok := g.sgr[style]; ok {
		return text
	}
	codes := []string{"0"}
	if style.Attr&Bold != 0 {
		codes = append(codes, "1")
	}
	if style.Attr&Underline != 0 {
		codes = append(codes, "4")
	}
	if style.Attr&Reverse != 0 {
		codes = append(codes, "7")
	}
	codes = append(codes, s.codes(style.Fg, 38)...)
	codes = append(codes, s.codes(style.Bg, 48)...)
	text := "\x1b[" + strings.Join(codes, ";") + "m"
	g.sgr[style] = text
	return text
}

// Forget drops what the grid remembers of a screen, for when that changes.
func (g *Grid) Forget() { g.sgr = nil }

// codes returns the parameters that choose a colour; base is 38 for text and 48 for grounds.
func (s Screen) codes(c Color, base int) []string {
	if s.Depth == NoColor || c == Default || c == Keep {
		return nil
	}
	if r, g, b, ok := c.Parts(); ok {
		if s.Depth == TrueColor {
			return []string{strconv.Itoa(base), "2", strconv.Itoa(int(r)), strconv.Itoa(int(g)), strconv.Itoa(int(b))}
		}
		n, pinned := s.Pins[c]
		if !pinned || s.Depth == Colors16 {
			n = s.nearest(color.RGBA{r, g, b, 255})
		}
		c = Indexed(n)
	}
	n := int(uint8(c))
	if n < 8 {
		return []string{strconv.Itoa(base - 8 + n)}
	}
	if n < 16 {
		return []string{strconv.Itoa(base + 52 + n - 8)}
	}
	return []string{strconv.Itoa(base), "5", strconv.Itoa(n)}
}

// nearest returns the colour that a terminal numbers and that is most like another.
func (s Screen) nearest(c color.Color) uint8 {
	if s.Depth == Colors16 {
		return uint8(ansi.Convert16(c))
	}
	return uint8(ansi.Convert256(c))
}
