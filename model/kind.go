package model

import (
	"slices"
	"strings"

	"rendezvous/model/suggest"
)

// A Category groups kinds in menus and gives cards their hue.
type Category int

// The categories, in the order of menus.
const (
	FlowControl Category = iota
	Targeting
	Channel
	Data
)

// Categories are all categories in the order of menus.
var Categories = []Category{FlowControl, Targeting, Channel, Data}

// Title returns what a menu calls the category.
func (c Category) Title() string {
	return [...]string{"Flow control", "Targeting", "Channels", "Data"}[c]
}

// A Role is what an activity does in a run, as far as the flow machine cares.
type Role int

// The roles.
const (
	Pass    Role = iota // hands its population on (fork, end)
	Query               // computes populations
	Deliver             // sends messages, which takes time
	Delay               // waits for a point in time
	Choose              // activates exactly one of its outputs
	Join                // waits for all of its inbound transitions
)

// A Kind describes one kind of activity: the one place that says what it is. The file format, the JSON Schema, the form,
// the card, the insert menu and the reference are all read off this description.
type Kind struct {
	Name     string // as in the file
	Title    string
	Category Category
	Role     Role
	Glyph    string // one cell; ASCII is its stand-in where the terminal can't draw it
	ASCII    string
	Summary  string // what it does, in a few words, for menus
	Help     string // what it does, an example, what people get wrong
	MinIn    int    // least number of inbound transitions
	MaxIn    int    // most of them; -1 for any number
	Fields   []Field

	// Delivery names the channel of a Deliver kind, as schemas name it in addresses.
	Delivery string

	all     []Field // AllFields
	outputs func(Settings) []Output
	card    func(Settings) string
	// check says what is wrong with an activity taken by itself, beyond what its fields say.
	check func(Settings) []Problem
	// start is what a new activity of the kind begins with.
	start Settings
}

// A Problem is something wrong with a field of an activity.
type Problem struct {
	Path    Path
	Message string
}

// A Path leads to a value inside an activity's settings: keys, and indexes into lists.
type Path []any

// Kinds returns all kinds, grouped by category in the order of menus.
func Kinds() []*Kind {
	kinds := slices.Clone(registry)
	slices.SortStableFunc(kinds, func(a, b *Kind) int { return int(a.Category) - int(b.Category) })
	return kinds
}

var registry = []*Kind{
	andJoin, wait, test, fork, end,
	buildAudience, split, saveAudience,
	email, sms,
}

// FindKind returns the kind with a name, or the name of the nearest one.
func FindKind(name string) (k *Kind, nearest string) {
	names := make([]string, len(registry))
	for i, k := range registry {
		if k.Name == name {
			return k, ""
		}
		names[i] = k.Name
	}
	nearest, _ = suggest.Nearest(name, names)
	return nil, nearest
}

// AllFields returns the fields of the kind and those that every activity has, in the order of the file and the form. The
// caller must not change them.
func (k *Kind) AllFields() []Field { return k.all }

func init() {
	for _, k := range registry {
		k.all = append([]Field{labelField}, k.Fields...)
		if k.fixedOutputs() {
			k.all = append(k.all, outputsField)
		}
		k.all = append(k.all, noteField, disabledField, onErrorField)
	}
}

// fixedOutputs reports whether the kind itself says which outputs there are; then “outputs” can only describe them.
func (k *Kind) fixedOutputs() bool {
	return !slices.ContainsFunc(k.Fields, func(f Field) bool { return f.Key == "outputs" })
}

// Field returns the field with a key, or nil.
func (k *Kind) Field(key string) *Field {
	if i := slices.IndexFunc(k.all, func(f Field) bool { return f.Key == key }); i >= 0 {
		return &k.all[i]
	}
	return nil
}

// Problems says what is wrong with the settings of an activity, taken by itself.
func (a Activity) Problems() []Problem {
	problems := missing(a.Kind.AllFields(), a.Settings, nil)
	if a.Kind.check != nil {
		problems = append(problems, a.Kind.check(a.Settings)...)
	}
	return problems
}

// missing finds required fields without a value.
func missing(fields []Field, s Settings, at Path) []Problem {
	var problems []Problem
	for _, f := range fields {
		path := append(slices.Clone(at), f.Key)
		if f.Required && isEmpty(s[f.Key]) {
			problems = append(problems, Problem{path, "no " + strings.ToLower(f.Title)})
		}
		for i, record := range s.Records(f.Key) {
			problems = append(problems, missing(f.Of, record, append(slices.Clone(path), i))...)
		}
	}
	return problems
}

// Fields that every activity has.
var (
	labelField = Field{Key: "label", Title: "Label", Type: Line,
		Help: "What the card is called. Without one, the card shows the kind."}
	noteField = Field{Key: "note", Title: "Note", Type: Text, Placeholder: "Shown on the canvas",
		Help: "Free text for whoever reads the campaign next."}
	disabledField = Field{Key: "disabled", Title: "Disabled", Type: Switch,
		Help: "A disabled activity does nothing, and nothing leaves it: what follows is skipped, and a join behind it waits in vain."}
	onErrorField = Field{Key: "on-error", Title: "On error", Type: Choice, Options: []Option{
		{"inherit", "as the campaign says"}, {"suspend", "pause the run here"},
		{"ignore", "close this branch, go on elsewhere"}, {"abort", "end the run"}},
		Help: "What happens when the activity fails. An ignored error closes its outputs, so a join behind them waits in vain."}
	outputsField = Field{Key: "outputs", Title: "Outputs", Type: List, Of: outputFields, Advanced: true,
		Help: "Labels, segment codes and variables of the transitions that leave here."}
)

// Fields of whatever makes an output: what it is called in the file, on the canvas, and in the results.
var (
	idField = Field{Key: "id", Title: "Id", Type: Identifier, Required: true,
		Help: "What “from” calls this way out in the file: “activity.id”. What follows it keeps following when the id changes."}
	wayField  = Field{Key: "label", Title: "Label", Type: Line, Help: "What stands on the transition. Without one, the id does."}
	codeField = Field{Key: "code", Title: "Segment code", Type: Line, Help: "For whoever reads the results: it goes with the people who take this way."}
)

var outputFields = []Field{
	idField, wayField, codeField,
	{Key: "variables", Title: "Variables", Type: Variables, Advanced: true,
		Help: "Set for everything that follows this output; a join unites them."},
}

// TransitionFields are the fields of a transition: what [Campaign.SetOutput] sets.
func TransitionFields() []Field {
	return slices.DeleteFunc(slices.Clone(outputFields), func(f Field) bool { return f.Key != "label" && f.Key != "code" })
}

// CampaignFields are the campaign-wide fields but the version, in the order of the file.
var CampaignFields = []Field{
	{Key: "name", Title: "Name", Type: Line, Required: true, Help: "What the campaign is called."},
	{Key: "description", Title: "Description", Type: Text, Help: "What it is for, in a sentence or two."},
	{Key: "tags", Title: "Tags", Type: Words, Help: "Words to find it by."},
	{Key: "data", Title: "Data", Type: Line, Required: true, Example: "demo",
		Help: "The dataset: the built-in “demo”, or a folder of CSV files with a schema.yaml, relative to the campaign file."},
	{Key: "dimension", Title: "Dimension", Type: Line, Required: true, Example: "customers",
		Help: "The table whose rows are counted and targeted."},
	{Key: "variables", Title: "Variables", Type: Variables, Help: "Values that Test conditions can use, by name."},
	{Key: "on-error", Title: "On error", Type: Choice, Options: []Option{
		{"suspend", "pause the run at the failed activity"}, {"ignore", "close its branch, go on elsewhere"}, {"abort", "end the run"}},
		Help: "What happens when an activity fails, unless the activity says otherwise."},
	{Key: "simulate", Title: "Simulate", Type: Group, Of: simulateFields, Help: "How test runs behave."},
}

var simulateFields = []Field{
	{Key: "seed", Title: "Seed", Type: Number, Help: "The number that all chance comes from: same seed, same run."},
	{Key: "start", Title: "Start", Type: Instant, Example: "2026-01-05T09:00:00+01:00", Help: "The virtual instant at which a test run begins."},
	{Key: "email", Title: "Email", Type: Group, Of: outcomeFields, Help: "How fast a test run sends these, and what comes back: bounces, opens, clicks."},
	{Key: "sms", Title: "SMS", Type: Group, Of: outcomeFields, Help: "How fast a test run sends these, and what comes back: bounces, opens, clicks."},
	{Key: "push", Title: "Push", Type: Group, Of: outcomeFields, Help: "How fast a test run sends these, and what comes back: bounces, opens, clicks."},
	{Key: "direct-mail", Title: "Direct mail", Type: Group, Of: outcomeFields, Help: "How fast a test run sends these, and what comes back: bounces, opens, clicks."},
}

var outcomeFields = []Field{
	{Key: "rate", Title: "Rate", Type: Rate, Example: "200/min", Help: "How many messages leave, unless the activity says otherwise."},
	{Key: "bounce", Title: "Bounce", Type: Percent, Example: "2%", Help: "The share of messages that come back undelivered."},
	{Key: "open", Title: "Open", Type: Percent, Example: "30%", Help: "The share of delivered messages that are opened."},
	{Key: "click", Title: "Click", Type: Percent, Example: "5%", Help: "The share of delivered messages in which a link is followed."},
}
