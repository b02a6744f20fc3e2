package check

// explanations say what is behind each code, and what to do: what a person reads who does not know the word for it yet.
var explanations = map[string]string{
	FileError:       "The file can’t be read as a campaign. Mend the place that the message names; nothing is written to a file that does not load.",
	NothingBefore:   "An activity works on the people whom a transition brings it. Insert it behind one, or connect an open end to it.",
	NoStart:         "A run begins at the activities that nothing leads to, and there is none yet. Begin with Build audience.",
	NeverRuns:       "Nothing that happens in a run can reach this activity. Look at what leads to it: a disabled activity, a way that is never taken, a join that never fires.",
	OpenOutputs:     "People who take these ways have nowhere to go on to. That is fine at the end of a branch; several open ends are often a join that was forgotten.",
	Incomplete:      "The activity can’t do its work as it is configured. Its form shows which field is concerned.",
	AudienceTwice:   "Whatever is saved last would replace the other. Give each audience a name of its own.",
	RuleError:       "A rule is read and checked against the data before anything runs. The place and the nearest attribute stand in the message; i explains the field.",
	ConditionError:  "A condition of a Test knows “count” and the campaign’s variables, and nothing of single people. To choose by people, use Split.",
	OrderError:      "An order names an attribute of the people and a direction: “amount desc”.",
	NoDataset:       "Everything is computed on the dataset that the campaign names. Check the path in “data”; the built-in one is called demo.",
	NoTable:         "The dimension is the table whose rows are counted and addressed. It must be one of the dataset’s tables.",
	NotTargetable:   "The schema says which tables hold people to address. Choose one of those, or mark this one in schema.yaml.",
	NoAddress:       "The schema says which column holds the address for each channel. Without one, nobody can be reached this way.",
	NoConsent:       "No column says who has agreed to be addressed this way, so everyone with an address would be. Name the column in schema.yaml.",
	PrimaryMissing:  "The primary set is the branch whose people leave the join. Choose one of the ticked branches; it is never picked at random.",
	MixedDimensions: "The rows of two tables can’t be one population. Bring the branches to the same dimension first.",
	SingleBranch:    "A join of one branch only hands its people on. Tick the other branches that it is to wait for.",
	MayBlock:        "The join waits for all of its branches, and one of them may never arrive. Either make sure that it does (“when empty: continue”, no “skip empty”), or let the join continue without it.",
	NeverFires:      "One of the branches can’t arrive in any run, so the join waits in vain. The message says which and why.",
	MayStarve:       "All branches hang on one choice. When it goes the other way, nobody gets here, which may be what you want.",
	DisabledBranch:  "Nothing leaves a disabled activity, so the join waits for it in vain. Enable it, or untick the branch.",
	TooManyHard:     "A campaign has at most 500 activities. Divide it, and let one signal the next.",
	TooManySoft:     "Beyond 100 activities a flow is hard to read. Consider dividing it.",
	TooManyChannels: "A campaign sends on at most 10 channel activities.",
	RateOutOfBounds: "Messages leave at 1 to 2,000 a second.",
}

// Explain says in a few lines what a code is about and what to do; "" for one that is not known.
func Explain(code string) string { return explanations[code] }
