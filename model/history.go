package model

// A History is the campaigns that a person's edits have led to. It is a value; the zero History is not usable.
type History struct {
	steps []step
	at    int
	saved int // the step that is in the file, or -1
}

type step struct {
	campaign Campaign
	name     string // of the edit that led here
	merge    string // edits with the same non-empty key, one right after the other, are one step
}

// NewHistory begins with a campaign as it is in its file.
func NewHistory(c Campaign) History { return History{steps: []step{{campaign: c}}} }

// Now returns the present campaign.
func (h History) Now() Campaign { return h.steps[h.at].campaign }

// Do returns the history with one more edit. What was undone before is forgotten. Edits with the same merge key that
// follow each other, such as the letters of one word, become one step.
func (h History) Do(name, merge string, c Campaign) History {
	last := h.steps[h.at]
	if h.saved > h.at {
		h.saved = -1
	}
	steps := h.steps[: h.at+1 : h.at+1]
	if merge != "" && merge == last.merge && h.saved != h.at {
		steps = h.steps[:h.at:h.at]
		h.at--
	}
	h.steps = append(steps, step{c, name, merge})
	h.at++
	return h
}

// Undo returns the history one step back, and the name of the edit that it takes back; "" when there is none.
func (h History) Undo() (History, string) {
	if h.at == 0 {
		return h, ""
	}
	name := h.steps[h.at].name
	h.at--
	return h, name
}

// Redo returns the history one step forward again, and the name of that edit; "" when there is none.
func (h History) Redo() (History, string) {
	if h.at == len(h.steps)-1 {
		return h, ""
	}
	h.at++
	return h, h.steps[h.at].name
}

// Saved returns the history with the present campaign marked as the one in the file.
func (h History) Saved() History { h.saved = h.at; return h }

// Unsaved returns the names of the edits since the campaign in the file, newest last. It is empty when there are none.
func (h History) Unsaved() []string {
	var names []string
	switch {
	case h.saved < 0:
		names = append(names, "edits since the last save")
	case h.saved > h.at:
		for i := h.saved; i > h.at; i-- {
			names = append(names, "undo "+h.steps[i].name)
		}
	default:
		for i := h.saved + 1; i <= h.at; i++ {
			names = append(names, h.steps[i].name)
		}
	}
	return names
}
