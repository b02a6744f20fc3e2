package model

import (
	"fmt"
	"strings"
)

// Inbound returns the transition whose people an activity works on: its only one, or a join's primary set. It reports
// false for an activity that nothing leads to.
func (c Campaign) Inbound(a Activity) (Ref, bool) { return c.mainInbound(a) }

// Dimension returns the table whose rows leave an activity: its own dimension, that of who arrives, or the campaign's.
func (c Campaign) Dimension(a Activity) string {
	for range len(c.Activities) + 1 {
		if own := a.Settings.Text("dimension"); own != "" {
			return own
		}
		from, ok := c.Inbound(a)
		if !ok {
			break
		}
		next, ok := c.Activity(from.Activity)
		if !ok {
			break
		}
		a = next
	}
	return c.Settings.Text("dimension")
}

// Dimensions returns the dimension of every activity, by position.
func (g *Graph) Dimensions() []string {
	dimensions := make([]string, len(g.campaign.Activities))
	for _, i := range g.Order() {
		a := g.campaign.Activities[i]
		dimensions[i] = g.campaign.Settings.Text("dimension")
		if from, ok := g.campaign.Inbound(a); ok {
			if before, ok := g.index[from.Activity]; ok {
				dimensions[i] = dimensions[before]
			}
		}
		if own := a.Settings.Text("dimension"); own != "" {
			dimensions[i] = own
		}
	}
	return dimensions
}

// ParseOrder reads the value of an Order field: an attribute, and “desc” for the highest first.
func ParseOrder(text string) (column string, descending bool, err error) {
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc" {
		return "", false, fmt.Errorf("must be an attribute, and asc or desc, like age desc")
	}
	return words[0], len(words) == 2 && words[1] == "desc", nil
}
