package look

import (
	"math"
	"testing"

	"rendezvous/ui/cell"
)

// sights are ways to see: each turns linear red, green and blue into what is seen. Those without a kind of cones are the
// matrices for severity 1.0 of Machado, Oliveira and Fernandes, “A Physiologically-based Model for Simulation of Color
// Vision Deficiency”, IEEE TVCG 15(6), 2009.
var sights = map[string][3][3]float64{
	"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// seen is a colour as it is seen, in linear red, green and blue.
func seen(c cell.Color, sight [3][3]float64) (out [3]float64) {
	r, g, b, _ := c.Parts()
	in := [3]float64{linear(r), linear(g), linear(b)}
	for i, row := range sight {
		out[i] = min(1, max(0, row[0]*in[0]+row[1]*in[1]+row[2]*in[2]))
	}
	return out
}

// difference is the distance of two colours in OKLab (Ottosson 2020), in which 0.02 can just be told.
func difference(a, b [3]float64) float64 {
	la, lb := oklab(a), oklab(b)
	return math.Sqrt((la[0]-lb[0])*(la[0]-lb[0]) + (la[1]-lb[1])*(la[1]-lb[1]) + (la[2]-lb[2])*(la[2]-lb[2]))
}

func oklab(c [3]float64) [3]float64 {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// states are the colours that must never be taken for each other.
func states(l *Look) map[string]cell.Color {
	return map[string]cell.Color{"success": l.Success, "waiting": l.Waiting, "danger": l.Danger, "accent": l.Accent}
}

// nearest returns the least difference between two states, for a way to see.
func nearest(l *Look, sight [3][3]float64) (least float64, which string) {
	least = math.Inf(1)
	for a, ca := range states(l) {
		for b, cb := range states(l) {
			if d := difference(seen(ca, sight), seen(cb, sight)); a < b && d < least {
				least, which = d, a+" and "+b
			}
		}
	}
	return least, which
}

// In the themes for it, states are told apart without any one kind of cones.
func TestColorBlindness(t *testing.T) {
	const apart = 0.1
	for _, name := range []string{"colorblind", "colorblind-light"} {
		for sight, matrix := range sights {
			l := look(t, Options{Theme: name})
			least, which := nearest(l, matrix)
			if least < apart {
				t.Errorf("%s, %s: %s differ by %.3f, not %.1f", name, sight, which, least, apart)
			}
			t.Logf("%s, %s: %s are the nearest, %.3f apart", name, sight, which, least)
		}
	}
	// The usual themes show that this is not true of any colours.
	for _, name := range []string{"dark", "light"} {
		if least, _ := nearest(look(t, Options{Theme: name}), sights["deuteranopia"]); least >= apart {
			t.Errorf("%s is as good: %.3f", name, least)
		}
	}
}
