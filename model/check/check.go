// Package check finds what is wrong with a campaign before it runs (SPEC section 7): findings with stable codes, plain
// words, and fixes that are edits.
//
// The families are S (structure), R (rules and types), D (data), J (joins) and G (guardrails); what keeps a file from
// loading is F. The join family is exact as far as the flow of control goes; see liveness.go.
package check

import (
	"cmp"
	"slices"

	"rendezvous/model"
	"rendezvous/model/schema"
	"rendezvous/model/source"
)

// A Severity says how bad a finding is.
type Severity string

// The severities. Errors stop a run from starting. Notes are worth knowing and nothing is wrong.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// A Finding is one thing that is wrong, or worth knowing.
type Finding struct {
	Code     string
	Severity Severity
	Activity string     // id; empty when it is about the campaign
	Path     model.Path // the value that it is about
	Offset   int        // characters into that value
	File     string
	Line     int // in the file, from 1; 0 when the activity is not in the file yet
	Column   int
	Message  string // a sentence, without the name of the activity
	Fixes    []Fix
	// Counterexample is the smallest set of choices that leads to what the finding warns of.
	Counterexample []string
}

// A Fix is an edit that makes a finding go away.
type Fix struct {
	Title string
	Edit  func(model.Campaign) (model.Campaign, error)
}

// Codes of findings. They never change their meaning.
const (
	FileError        = "F01" // the file does not load
	NothingBefore    = "S01" // an activity that needs people has no inbound transition
	NoStart          = "S02" // the campaign is empty
	NeverRuns        = "S03" // an activity can never run
	OpenOutputs      = "S04" // several outputs lead nowhere
	Incomplete       = "S05" // a field is missing, or fields contradict each other
	AudienceTwice    = "S06" // two activities save under one name
	RuleError        = "R01" // a rule can't be read, or does not fit the schema
	ConditionError   = "R02" // the same for a condition of a Test
	OrderError       = "R03" // an order names no attribute
	NoDataset        = "D01" // the dataset can't be opened
	NoTable          = "D02" // the dimension is not a table of the dataset
	NotTargetable    = "D03" // the dimension can't be targeted
	NoAddress        = "D04" // the dimension has no address for a channel
	NoConsent        = "D05" // nothing says who may be addressed on a channel
	PrimaryMissing   = "J01" // a join has no valid primary set
	MixedDimensions  = "J02" // the branches of a join are of different dimensions
	SingleBranch     = "J03" // a join of one branch
	MayBlock         = "J04" // a join that can be blocked
	NeverFires       = "J05" // a join that can never fire
	MayStarve        = "J06" // a join that nobody reaches, if a choice before all of its branches goes against it
	DisabledBranch   = "J07" // a join behind a disabled activity
	TooManyHard      = "G01" // more than 500 activities
	TooManySoft      = "G02" // more than 100 activities
	TooManyChannels  = "G03" // more than 10 channel activities
	RateOutOfBounds  = "G04" // more than 2,000 messages a second
	maxActivities    = 500
	manyActivities   = 100
	maxChannels      = 10
	maxRatePerSecond = 2000
)

// Data is what checks need to know about the dataset.
type Data struct {
	Schema schema.Schema
	Err    error // why the dataset can't be opened; the schema is unknown then
}

// Run checks a campaign and returns the findings: errors first, then warnings, then notes, each in the order of the file.
func Run(c model.Campaign, data Data) []Finding {
	graph := c.Graph()
	k := &checker{campaign: c, graph: graph, data: data, dimensions: graph.Dimensions()}
	k.structure()
	k.rules()
	k.dataset()
	k.joins()
	k.guardrails()
	slices.SortStableFunc(k.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(rank(a.Severity), rank(b.Severity)), cmp.Compare(k.place(a), k.place(b)))
	})
	return k.findings
}

// place is where the activity of a finding stands in the file; findings of the campaign come first.
func (k *checker) place(f Finding) int {
	if i, ok := k.graph.Index(f.Activity); ok {
		return i
	}
	return -1
}

func rank(s Severity) int { return slices.Index([]Severity{Error, Warning, Note}, s) }

// A checker collects findings.
type checker struct {
	campaign   model.Campaign
	graph      *model.Graph
	data       Data
	dimensions []string // of every activity, by position
	findings   []Finding
}

// dimension returns the table whose rows leave an activity.
func (k *checker) dimension(a model.Activity) string {
	i, ok := k.graph.Index(a.ID)
	if !ok {
		return k.campaign.Settings.Text("dimension")
	}
	return k.dimensions[i]
}

func (k *checker) add(f Finding) { k.findings = append(k.findings, f) }

// Locate fills in where the findings stand in the file that the campaign was read from.
func Locate(findings []Finding, file string, d *model.Document) {
	for i := range findings {
		f := &findings[i]
		f.File = file
		a, ok := d.Campaign.Activity(f.Activity)
		switch {
		case ok:
			f.Line, f.Column = d.PlaceIn(a, f.Offset, f.Path...)
		case f.Activity == "":
			f.Line, f.Column = d.CampaignPlace(f.Path...)
		}
	}
}

// FromLoad turns the errors of a file that does not load into findings.
func FromLoad(errs source.Errors) []Finding {
	var findings []Finding
	for _, e := range errs {
		findings = append(findings, Finding{Code: FileError, Severity: Error, File: e.File, Line: e.Line, Column: e.Column, Message: e.Message})
	}
	return findings
}

// Count returns how many errors and warnings there are.
func Count(findings []Finding) (errors, warnings int) {
	for _, f := range findings {
		switch f.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}
