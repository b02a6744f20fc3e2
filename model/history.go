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
	view     bool   // the campaign is that of the step before; only how it is looked at changed
}

// NewHistory begins with a campaign as it is in its file.
func NewHistory(c Campaign) History { return History{steps: []step{{campaign: c}}} }

// Now returns the present campaign.
func (h History) Now() Campaign { return h.steps[h.at].campaign }

// Step returns the number of the present step, counting from 0. Undo and Redo come back to the same numbers, so what
// belongs to a step beside its campaign can be kept by it; whatever is done takes the place of what was undone before, and
// of what it is merged with.
func (h History) Step() int { return h.at }

// Do returns the history with one more edit. What was undone before is forgotten. Edits with the same merge key that
// follow each other, such as the letters of one word, become one step.
func (h History) Do(name, merge string, c Campaign) History {
	return h.do(step{campaign: c, name: name, merge: merge})
}

// Arrange returns the history with a step that changes nothing but how the campaign is looked at. It can be undone like
// any other, and leaves nothing to save.
func (h History) Arrange(name string) History {
	return h.do(step{campaign: h.Now(), name: name, view: true})
}

// Rebase returns the history with a step to a campaign that unites the present one with what another program wrote into
// the file. What counted as saved is no longer in the file; inFile says whether the united campaign is.
func (h History) Rebase(name string, c Campaign, inFile bool) History {
	h = h.do(step{campaign: c, name: name})
	h.saved = -1
	if inFile {
		h.saved = h.at
	}
	return h
}

func (h History) do(s step) History {
	if h.saved > h.at {
		if len(h.Unsaved()) == 0 {
			h.saved = h.at
		} else {
			h.saved = -1
		}
	}
	steps := h.steps[: h.at+1 : h.at+1]
	if s.merge != "" && s.merge == h.steps[h.at].merge && h.saved != h.at {
		steps = h.steps[:h.at:h.at]
		h.at--
	}
	h.steps = append(steps, s)
	h.at++
	return h
}

// Undo returns the history one step back, and the name of the edit that it takes back; "" when there is none. The history
// is a value, so to know the name is to call Undo and drop the rest.
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
	if h.saved < 0 {
		return append(names, "edits since the last save")
	}
	for i := h.saved; i > h.at; i-- {
		if !h.steps[i].view {
			names = append(names, "undo "+h.steps[i].name)
		}
	}
	for i := h.saved + 1; i <= h.at; i++ {
		if !h.steps[i].view {
			names = append(names, h.steps[i].name)
		}
	}
	return names
}
