package cell

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// ground is a grid full of dots that belong to 9, so that whatever is drawn can be told.
func ground(w, h int) *Grid {
	g := &Grid{}
	g.Resize(w, h)
	g.All().Own(9).Fill(Rect{0, 0, w, h}, '.', Style{})
	return g
}

// plain is what the grid shows without any style.
func plain(g *Grid) string {
	copied := *g
	copied.sgr = nil
	return strip(copied.String(Screen{Depth: NoColor}))
}

func strip(text string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "\x1b[")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		_, text, _ = strings.Cut(rest, "m")
	}
}

func lines(rows ...string) string { return strings.Join(rows, "\n") }

func compare(t *testing.T, got, want string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestClipping(t *testing.T) {
	everywhere := func(a Area) {
		a.Fill(Rect{-100, -100, 300, 300}, '#', Style{})
	}
	cases := []struct {
		name string
		draw func(Area)
		want string
	}{
		{"whole", everywhere, lines("######", "######", "######")},
		{"sub", func(a Area) { everywhere(a.Sub(Rect{1, 1, 3, 1})) }, lines("......", ".###..", "......")},
		{"sub of sub", func(a Area) { everywhere(a.Sub(Rect{1, 1, 3, 2}).Sub(Rect{1, 0, 9, 9})) }, lines("......", "..##..", "..##..")},
		{"sub beyond the corner", func(a Area) { everywhere(a.Sub(Rect{-2, -2, 4, 3})) }, lines("##....", "......", "......")},
		{"sub outside", func(a Area) { everywhere(a.Sub(Rect{6, 0, 3, 3})) }, lines("......", "......", "......")},
		{"empty sub", func(a Area) { everywhere(a.Sub(Rect{2, 1, 0, 5})) }, lines("......", "......", "......")},
		{"negative sub", func(a Area) { everywhere(a.Sub(Rect{2, 1, -3, -3})) }, lines("......", "......", "......")},
		{"sub grown again", func(a Area) { everywhere(a.Sub(Rect{4, 1, 2, 1}).Sub(Rect{-9, -9, 99, 99})) }, lines("......", "....##", "......")},
		{"text over the edge", func(a Area) { a.Text(4, 0, "abcdef", Style{}) }, lines("....ab", "......", "......")},
		{"text from before the edge", func(a Area) { a.Text(-2, 1, "abcdef", Style{}) }, lines("......", "cdef..", "......")},
		{"text above and below", func(a Area) { a.Text(0, -1, "abc", Style{}); a.Text(0, 3, "abc", Style{}) }, lines("......", "......", "......")},
		{"shift", func(a Area) { a.Shift(2, 1).Text(0, 0, "ab", Style{}) }, lines("......", "..ab..", "......")},
		{"shift keeps the clip", func(a Area) { everywhere(a.Sub(Rect{1, 1, 2, 1}).Shift(50, 50)) }, lines("......", ".##...", "......")},
		{"shift back", func(a Area) { a.Sub(Rect{1, 0, 4, 3}).Shift(-1, 0).Text(0, 0, "abcdefgh", Style{}) }, lines(".bcde.", "......", "......")},
		{"tint keeps the text", func(a Area) { a.Tint(Rect{-5, -5, 50, 50}, RGB(1, 2, 3)) }, lines("......", "......", "......")},
		{"set outside", func(a Area) { a.Set(-1, 0, 'x', Style{}); a.Set(6, 0, 'x', Style{}); a.Set(0, 3, 'x', Style{}) }, lines("......", "......", "......")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := ground(6, 3)
			c.draw(g.All())
			compare(t, plain(g), c.want)
		})
	}
}

// Wide runes are drawn whole or not at all, and what loses a half is blank.
func TestWideRunes(t *testing.T) {
	cases := []struct {
		name string
		draw func(Area)
		want string
	}{
		{"whole", func(a Area) { a.Text(1, 0, "日本", Style{}) }, ".日本."},
		{"at the edge", func(a Area) { a.Text(4, 0, "日本", Style{}) }, "....日"},
		{"over the edge", func(a Area) { a.Text(3, 0, "日本", Style{}) }, "...日"}, // a blank at the end is trimmed
		{"from before the edge", func(a Area) { a.Text(-1, 0, "日本", Style{}) }, " 本..."},
		{"left half overwritten", func(a Area) { a.Text(1, 0, "日本", Style{}); a.Text(1, 0, "x", Style{}) }, ".x 本."},
		{"right half overwritten", func(a Area) { a.Text(1, 0, "日本", Style{}); a.Text(2, 0, "x", Style{}) }, ". x本."},
		{"both halves overwritten", func(a Area) { a.Text(1, 0, "日本", Style{}); a.Text(2, 0, "xy", Style{}) }, ". xy ."},
		{"wide over wide", func(a Area) { a.Text(1, 0, "日本", Style{}); a.Text(2, 0, "語", Style{}) }, ". 語 ."},
		{"wide over narrow", func(a Area) { a.Text(2, 0, "語", Style{}) }, "..語.."},
		{"cut by a sub", func(a Area) { a.Sub(Rect{0, 0, 4, 1}).Text(3, 0, "日", Style{}) }, "... .."},
		{"cut by a sub on the left", func(a Area) { a.Sub(Rect{2, 0, 4, 1}).Text(-1, 0, "日本", Style{}) }, ".. 本."},
		{"filled over", func(a Area) { a.Text(0, 0, "日本語", Style{}); a.Fill(Rect{1, 0, 2, 1}, '#', Style{}) }, " ## 語"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := ground(6, 1)
			c.draw(g.All())
			compare(t, plain(g), c.want)
		})
	}
}

// However wide runes are drawn over each other, each row is as wide as the grid.
func TestRowsKeepTheirWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := ground(12, 2)
		for range rapid.IntRange(1, 12).Draw(t, "strokes") {
			a := g.All().Sub(Rect{rapid.IntRange(-3, 12).Draw(t, "x"), 0, rapid.IntRange(0, 14).Draw(t, "w"), 2}).Shift(rapid.IntRange(-3, 3).Draw(t, "dx"), 0)
			x, y := rapid.IntRange(-4, 14).Draw(t, "at"), rapid.IntRange(-1, 2).Draw(t, "row")
			switch rapid.IntRange(0, 2).Draw(t, "stroke") {
			case 0:
				a.Text(x, y, texts.Draw(t, "text"), Style{})
			case 1:
				a.Fill(Rect{x, y, rapid.IntRange(0, 6).Draw(t, "fill"), 1}, '#', Style{})
			case 2:
				a.Set(x, y, 'x', Style{})
			}
		}
		g.Map(Rect{11, 0, 1, 2}, func(_, _ int, c *Cell) { c.Style.Attr = Underline }) // keeps the end from being trimmed
		for _, row := range strings.Split(plain(g), "\n") {
			if Width(row) != 12 {
				t.Fatalf("%q is %d wide", row, Width(row))
			}
		}
	})
}

// texts are what people and attackers write.
var texts = rapid.StringOf(rapid.OneOf(
	rapid.RuneFrom([]rune("abc déß  \n\t日本語한👍🏽✉️⚠️👩‍👩‍👧é\u0301…“”\u00a0\u200b\u202e\u2066\ufeff\x1b[31m\x07\x00\x7f\u0085\u009b")),
	rapid.Rune(),
))

// A text never becomes anything but text.
func TestTextIsOnlyText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a\x1b[31mb", "a[31mb"},
		{"\x1b]0;owned\x07x", "]0;ownedx"},
		{"a\tb\nc\rd\x00e\x7ff", "abcdef"},
		{"a\u0085b\u009b31mc", "ab31mc"}, // the control characters of C1 begin sequences too
		{"✉\ufe0f⚠\ufe0f", "✉⚠"},
		{"👩\u200d👧", "👩👧"},
		{"e\u0301", "e\u0301"},
		{"a\u202eb\u2066c\u200bd\ufeffe", "abcde"}, // nor does it turn the rest of the line round
		{"a\u2028b\u2029c", "abc"},
		{string([]byte{'a', 0xff, 0xfe, 'b'}), "a\ufffd\ufffdb"},
	} {
		g := &Grid{}
		g.Resize(20, 1)
		end := g.All().Text(0, 0, c.text, Style{})
		if got := plain(g); got != c.want {
			t.Errorf("%q is drawn as %q, not %q", c.text, got, c.want)
		}
		if end != Width(c.text) || end != Width(c.want) {
			t.Errorf("%q ends in column %d; widths %d, %d", c.text, end, Width(c.text), Width(c.want))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		g := &Grid{}
		g.Resize(30, 1)
		g.All().Text(0, 0, texts.Draw(t, "text"), Style{})
		for _, r := range g.String(Screen{}) {
			if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r >= 0xfe00 && r <= 0xfe0f || r == 0x200d {
				t.Fatalf("%U is on the screen", r)
			}
		}
	})
}

func TestWidths(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "abc": 3, "é": 1, "e\u0301": 1, "日本": 4, "한": 2, "…": 1, "✉": 1, "✉\ufe0f": 1, "◆": 1, "│": 1, "▄": 1, "👍": 2, "\u00ad": 0, "\u00a0": 1, "\t": 0, "\u200b": 0, "ﬁ": 1, "Ａ": 2,
	} {
		if got := Width(text); got != want {
			t.Errorf("%q (%U) is %d wide, not %d", text, []rune(text), got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"Gold", 4, "Gold"}, {"Gold", 9, "Gold"}, {"Silver", 4, "Sil…"}, {"Silver", 1, "…"}, {"Silver", 0, ""}, {"Silver", -3, ""}, {"", 0, ""}, {"", 3, ""},
		{"日本語", 5, "日本…"}, {"日本語", 4, "日…"}, {"日本語", 2, "…"}, {"日本語", 6, "日本語"},
	} {
		if got := Cut(c.text, c.width); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, not %q", c.text, c.width, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text, width := texts.Draw(t, "text"), rapid.IntRange(-2, 30).Draw(t, "width")
		got := Cut(text, width)
		if Width(got) > max(0, width) {
			t.Fatalf("%q is wider than %d", got, width)
		}
		if Width(text) <= width && got != text {
			t.Fatalf("%q became %q though it fits", text, got)
		}
		if head, cut := strings.CutSuffix(got, "…"); cut && !strings.HasPrefix(text, head) {
			t.Fatalf("%q is not the beginning of %q", got, text)
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 100, []string{"one two three"}},
		{"  one   two  ", 7, []string{"one two"}},
		{"one\n\ntwo", 7, []string{"one", "", "two"}},
		{"antidisestablishment", 6, []string{"antidi", "sestab", "lishme", "nt"}},
		{"an antidisestablishment", 6, []string{"an", "antidi", "sestab", "lishme", "nt"}},
		{"日本語", 4, []string{"日本", "語"}},
		{"日本語", 5, []string{"日本", "語"}},
		{"", 5, []string{""}},
		{"text", 0, nil},
	} {
		if diff := cmp.Diff(c.want, Wrap(c.text, c.width)); diff != "" {
			t.Errorf("Wrap(%q, %d) (-want +got):\n%s", c.text, c.width, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text, width := texts.Draw(t, "text"), rapid.IntRange(2, 30).Draw(t, "width")
		wrapped := Wrap(text, width)
		for _, line := range wrapped {
			if Width(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
		if got, want := ink(strings.Join(wrapped, "")), ink(text); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

// ink is a text without white space.
func ink(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\t\r", r) {
			return -1
		}
		return r
	}, string([]rune(text)))
}

func TestString(t *testing.T) {
	gold, night := RGB(255, 200, 0), RGB(0x1f, 0x73, 0x54)
	cases := []struct {
		name   string
		style  Style
		screen Screen
		want   string
	}{
		{"truecolor", Style{gold, night, Bold}, Screen{}, "\x1b[0;1;38;2;255;200;0;48;2;31;115;84mx\x1b[m"},
		{"every attribute", Style{Attr: Bold | Underline | Reverse}, Screen{}, "\x1b[0;1;4;7mx\x1b[m"},
		{"256", Style{gold, night, 0}, Screen{Depth: Colors256}, "\x1b[0;38;5;220;48;5;29mx\x1b[m"},
		{"256 with a pin", Style{gold, night, 0}, Screen{Depth: Colors256, Pins: map[Color]uint8{night: 23}}, "\x1b[0;38;5;220;48;5;23mx\x1b[m"},
		{"pins are for 256", Style{gold, night, 0}, Screen{Pins: map[Color]uint8{night: 23}}, "\x1b[0;38;2;255;200;0;48;2;31;115;84mx\x1b[m"},
		{"16", Style{Indexed(1), Indexed(2), 0}, Screen{Depth: Colors16}, "\x1b[0;31;42mx\x1b[m"},
		{"bright 16", Style{Indexed(8), Indexed(15), Bold}, Screen{Depth: Colors16}, "\x1b[0;1;90;107mx\x1b[m"},
		{"no colour", Style{gold, night, Bold}, Screen{Depth: NoColor}, "\x1b[0;1mx\x1b[m"},
		{"no style", Style{}, Screen{}, "x"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := &Grid{}
			g.Resize(3, 1)
			g.All().Text(0, 0, "x", c.style)
			if got := g.String(c.screen); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

// In 16 colours, no parameter asks a terminal for more.
func TestSixteenColoursOnly(t *testing.T) {
	g := &Grid{}
	g.Resize(1, 1)
	g.All().Text(0, 0, "x", Style{RGB(250, 10, 10), RGB(3, 3, 3), 0})
	if got, want := g.String(Screen{Depth: Colors16}), "\x1b[0;91;40mx\x1b[m"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

// What stands for a wide rune is as wide, so that what is right of it stays in its column.
func TestASCII(t *testing.T) {
	g := &Grid{}
	g.Resize(8, 1)
	g.All().Text(0, 0, "│é日✓a", Style{})
	if got, want := g.String(Screen{ASCII: map[rune]rune{'│': '|', '✓': 'v'}}), "|?? va"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestTrailingBlanks(t *testing.T) {
	g := &Grid{}
	g.Resize(6, 3)
	a := g.All()
	a.Text(0, 0, "ab", Style{Fg: RGB(1, 1, 1)})
	a.Text(2, 0, "  ", Style{Fg: RGB(9, 9, 9)}) // text colour on a blank is not seen
	a.Text(0, 1, "cd  ", Style{Bg: Indexed(1)})
	a.Text(0, 2, "ef  ", Style{Attr: Underline})
	compare(t, g.String(Screen{}), "\x1b[0;38;2;1;1;1mab\x1b[m\n\x1b[0;41mcd  \x1b[m\n\x1b[0;4mef  \x1b[m")
}

func TestKeep(t *testing.T) {
	g := &Grid{}
	g.Resize(1, 1)
	g.All().Text(0, 0, "a", Style{Fg: RGB(1, 2, 3), Bg: RGB(4, 5, 6), Attr: Bold})
	g.All().Text(0, 0, "b", Style{Fg: Keep, Bg: Keep})
	if got, want := g.At(0, 0), (Cell{Rune: 'b', Style: Style{RGB(1, 2, 3), RGB(4, 5, 6), 0}}); got != want {
		t.Errorf("%+v, not %+v", got, want)
	}
}

func TestRestyle(t *testing.T) {
	g := &Grid{}
	g.Resize(3, 1)
	g.All().Own(7).Text(0, 0, "日x", Style{})
	for x := range 5 {
		g.All().Restyle(x-1, 0, Style{Bg: Indexed(1)})
	}
	compare(t, g.String(Screen{}), "\x1b[0;41m日x\x1b[m")
	if got := g.At(1, 0).Owner; got != 7 {
		t.Errorf("it belongs to %d", got)
	}
}

func TestMix(t *testing.T) {
	black, white := RGB(0, 0, 0), RGB(255, 255, 255)
	for _, c := range []struct {
		a, b Color
		t    float64
		want Color
	}{
		{white, black, 0, black}, {white, black, 1, white}, {white, black, 0.5, RGB(128, 128, 128)},
		{RGB(100, 0, 10), RGB(0, 200, 10), 0.25, RGB(25, 150, 10)},
		{Default, white, 0.4, white}, {Default, white, 0.6, Default}, {Indexed(3), Indexed(4), 0.6, Indexed(3)},
	} {
		if got := Mix(c.a, c.b, c.t); got != c.want {
			t.Errorf("Mix(%x, %x, %v) = %x, not %x", c.a, c.b, c.t, got, c.want)
		}
	}
}

// The owner of a cell is whoever drew what is seen there.
func TestOwners(t *testing.T) {
	g := ground(8, 2)
	a := g.All()
	a.Own(1).Text(0, 0, "日x", Style{})
	a.Own(2).Fill(Rect{6, 0, 9, 9}, ' ', Style{})
	a.Own(3).Sub(Rect{0, 1, 2, 1}).Text(0, 0, "long text", Style{})
	a.Own(4).Tint(Rect{4, 1, 1, 1}, RGB(1, 1, 1))
	var got []int32
	for y := range 2 {
		for x := range 8 {
			got = append(got, g.At(x, y).Owner)
		}
	}
	if diff := cmp.Diff([]int32{1, 1, 1, 9, 9, 9, 2, 2, 3, 3, 9, 9, 4, 9, 2, 2}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {8, 0}, {0, 2}} {
		if c := g.At(at[0], at[1]); c != (Cell{Rune: ' '}) {
			t.Errorf("outside, at %v, is %+v", at, c)
		}
	}
}

func TestAreas(t *testing.T) {
	a := ground(10, 6).All().Sub(Rect{2, 1, 5, 3}).Shift(-1, -2)
	if got, want := a.Visible(), (Rect{1, 2, 5, 3}); got != want {
		t.Errorf("%+v is visible, not %+v", got, want)
	}
	if !a.Sees(Rect{5, 4, 9, 9}) || a.Sees(Rect{6, 2, 9, 9}) || a.Sees(Rect{1, 2, 0, 3}) {
		t.Error("sees the wrong things")
	}
	if x, y := a.ScreenX(1), a.ScreenY(2); x != 2 || y != 1 {
		t.Errorf("1, 2 is at %d, %d of the screen, not 2, 1", x, y)
	}
	if got, want := (Rect{2, 2, 5, 3}).Inset(1, 2), (Rect{3, 4, 3, 0}); got != want {
		t.Errorf("%+v, not %+v", got, want)
	}
}

func TestResize(t *testing.T) {
	g := ground(5, 5)
	for _, size := range [][2]int{{2, 2}, {9, 9}, {0, 3}, {-1, -1}, {3, 1}} {
		g.Resize(size[0], size[1])
		if got := strings.Trim(g.String(Screen{}), "\n"); got != "" {
			t.Errorf("%v: %q remains", size, got)
		}
	}
}

// A combining mark stays on its letter, also on a wide one, and takes no cell of its own.
func TestCombiningMarks(t *testing.T) {
	for text, want := range map[string]string{
		"e\u0301a":       "e\u0301a",
		"日\u0301x":       "日\u0301x",
		"\u0301x":        "x",
		"q\u0323\u0307r": "q\u0323\u0307r",
		"a\u200db\ufe0f": "ab",
	} {
		g := &Grid{}
		g.Resize(6, 1)
		g.All().Text(0, 0, text, Style{})
		if got := g.String(Screen{}); got != want {
			t.Errorf("%q is drawn as %q, not %q", text, got, want)
		}
		if got := g.String(Screen{ASCII: map[rune]rune{}}); strings.ContainsAny(got, "\u0301\u0323\u0307") {
			t.Errorf("%q is drawn as %q in ASCII", text, got)
		}
	}
	g := &Grid{}
	g.Resize(1, 1)
	g.All().Text(0, 0, "a"+strings.Repeat("\u0301", 1000), Style{})
	if got := g.String(Screen{}); len(got) > 1+mostMarks {
		t.Errorf("%d bytes in one cell", len(got))
	}
	g.All().Set(0, 0, 'b', Style{})
	if got := g.String(Screen{}); got != "b" {
		t.Errorf("what was drawn over it is %q", got)
	}
}
