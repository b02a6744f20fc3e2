package look

import (
	"math"

	"rendezvous/model"
	"rendezvous/ui/cell"
)

// The grounds and inks that are mixed from roles. Drawing code mixes nothing of its own, so that what is written on what
// can be measured for every theme in one place.

// tint mixes t of a over b, where the terminal can show the difference; otherwise it is b.
func (l *Look) tint(a, b cell.Color, t float64) cell.Color {
	if l.Outlined {
		return b
	}
	return cell.Mix(a, b, t)
}

// Tile is the ground behind the glyph of a category, over a surface.
func (l *Look) Tile(c model.Category, surface cell.Color) cell.Color {
	return l.tint(l.Category(c), surface, 0.24)
}

// HighlightTile is the ground behind a glyph on the highlighted row of a menu.
func (l *Look) HighlightTile(c cell.Color) cell.Color { return l.tint(c, l.Selected, 0.3) }

// IdleTile is the glyph of a category on a card that has not run yet.
func (l *Look) IdleTile(c model.Category) cell.Style {
	return cell.Style{Fg: l.tint(l.Category(c), l.Canvas, idleInk), Bg: l.Tile(c, l.IdleCard()), Attr: cell.Bold}
}

// idleInk is how much of a category's colour is left in the glyph of a card that has not run yet.
const idleInk = 0.9

// IdleCard is the ground of a card that has not run yet: the front of a run is seen from afar.
func (l *Look) IdleCard() cell.Color { return l.tint(l.Card, l.Canvas, 0.6) }

// FadedCard is the ground of a card that takes no part.
func (l *Look) FadedCard() cell.Color { return l.tint(l.Card, l.Canvas, 0.45) }

// WaitingCard is the ground of a card that waits.
func (l *Look) WaitingCard() cell.Color { return l.tint(l.Waiting, l.Card, 0.05) }

// BlockedCard is the ground of a join that can't fire.
func (l *Look) BlockedCard() cell.Color { return l.tint(l.Danger, l.Card, 0.08) }

// WrongCard is the ground of a card that has an error or has failed.
func (l *Look) WrongCard() cell.Color { return l.tint(l.Danger, l.Card, 0.14) }

// FadingCard is a join whose firing is a share over. What is written on it turns from one ink to the other when that can
// be read better.
func (l *Look) FadingCard(over float64) cell.Style {
	s := cell.Style{Fg: l.OnStatus, Bg: l.tint(l.Card, l.Success, over)}
	if !l.Outlined && contrast(l.Text, s.Bg) > contrast(l.OnStatus, s.Bg) {
		s.Fg = l.Text
	}
	return s
}

// Breath is the outline of what waits: it breathes in and out once in two seconds.
func (l *Look) Breath(seconds float64) cell.Color {
	return l.tint(l.Waiting, l.Canvas, leastBreath+(1-leastBreath)*(1+math.Cos(seconds*math.Pi))/2)
}

// leastBreath is how much of the amber is left between two breaths.
const leastBreath = 0.75

// Badge is a state that needs nobody, in its colour.
func (l *Look) Badge(c cell.Color) cell.Style {
	return cell.Style{Fg: c, Bg: l.tint(c, l.Card, 0.16), Attr: cell.Bold}
}

// NeutralBadge is a state without a colour.
func (l *Look) NeutralBadge() cell.Style {
	return cell.Style{Fg: l.Muted, Bg: l.tint(l.Edge, l.Card, 0.25)}
}

// FiringBadge is the badge, and the tile, of a join at the moment at which it fires.
func (l *Look) FiringBadge() cell.Style {
	return cell.Style{Fg: l.Success, Bg: l.tint(l.Card, l.OnStatus, 0.3), Attr: cell.Bold}
}

// Spot is the ground of a card that is drawn as one glyph in the colour of its state.
func (l *Look) Spot(c cell.Color) cell.Color { return l.tint(c, l.Card, 0.25) }

// ClosedChip is the label of a transition that blocks a join.
func (l *Look) ClosedChip() cell.Style {
	return cell.Style{Fg: l.Danger, Bg: l.tint(l.Danger, l.Canvas, 0.08), Attr: cell.Bold}
}

// PointedChip is the label of the transition that is pointed at.
func (l *Look) PointedChip() cell.Style {
	return cell.Style{Fg: l.Text, Bg: l.tint(l.Accent, l.Raised, 0.3)}
}

// Slot is the ⊕ of the open end that is pointed at.
func (l *Look) Slot() cell.Style {
	return cell.Style{Fg: l.Accent, Bg: l.tint(l.Accent, l.Canvas, 0.3), Attr: cell.Bold}
}

// Viewport is the ground of what the minimap says is in view.
func (l *Look) Viewport() cell.Color { return l.tint(l.Accent, l.Raised, 0.16) }

// Focus is the ground of the row that the keys go to.
func (l *Look) Focus() cell.Color { return l.tint(l.Accent, l.Panel, 0.18) }

// Chosen is the ground of the chosen one of several segments.
func (l *Look) Chosen() cell.Color { return l.tint(l.Accent, l.Panel, 0.15) }

// Remedy is the ground of an edit that would help.
func (l *Look) Remedy() cell.Color { return l.tint(l.Accent, l.Panel, 0.2) }

// Cause is the ground of a link in the chain of causes.
func (l *Look) Cause() cell.Color { return l.tint(l.Danger, l.Panel, 0.12) }

// Query is the ground of what is typed into a menu.
func (l *Look) Query() cell.Color { return l.tint(l.Accent, l.Raised, 0.12) }

// Foot is the ground of the explanation below a menu.
func (l *Look) Foot() cell.Color { return l.tint(l.Accent, l.Raised, 0.08) }

// Choice is the style of a button besides the filled one.
func (l *Look) Choice() cell.Style {
	return cell.Style{Fg: l.Text, Bg: l.tint(l.Edge, l.Raised, 0.3)}
}

// Toast is the ground of a message, by the colour of what it says.
func (l *Look) Toast(c cell.Color) cell.Color { return l.tint(c, l.Raised, 0.16) }
