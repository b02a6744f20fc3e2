package narrate

import (
	"fmt"

	"rendezvous/model"
)

// Conflict says what both sides of a merge have changed: “E-mail Gold, Subject: “Hello” here, “Dear” in the file”.
func Conflict(c model.Campaign, k model.Conflict) string {
	who := "The campaign"
	if a, ok := c.Activity(k.Activity); ok {
		who = a.Label()
	} else if k.Activity != "" {
		who = k.Activity
	}
	if k.Field != "" {
		who += ", " + k.Field
	}
	if k.Reason != "" {
		return who + ": " + k.Reason
	}
	return fmt.Sprintf("%s: “%s” here, “%s” in the file", who, k.Ours, k.Theirs)
}
