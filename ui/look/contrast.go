package look

import (
	"math"

	"rendezvous/ui/cell"
)

// contrast is the contrast ratio of WCAG 2.2: from 1 for the same colour to 21 for black on white.
func contrast(a, b cell.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c cell.Color) float64 {
	r, g, b, _ := c.Parts()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// linear undoes the curve of sRGB.
func linear(part uint8) float64 {
	v := float64(part) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
