package editor

import (
	"fmt"
	"strings"

	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/narrate"
	"rendezvous/ui/widget"
)

// A form is what a person is doing in the inspector. What it shows is worked out from the campaign each time.
type form struct {
	at     int           // the row that has the focus
	scroll int           // lines above the first visible one
	input  *widget.Input // the text being edited in that row
	wrong  string        // what is wrong with that text
	list   *widget.List  // the drop-down that is open in that row
	open   map[string]bool
	counts map[string]ruleCounted // by table and rule
}

// rowKind is how a row looks and what it does.
type rowKind int

const (
	textRow rowKind = iota
	longRow         // a text of several lines, edited in a dialog
	segmentRow
	dropRow
	switchRow
	branchRow // a candidate of a join's merging options
	recordRow // an entry of a list
	addRow
	idRow
	proseRow // says something; can't have the focus
)

// A row is a line of the form, perhaps with a title above it and a remark below.
type row struct {
	kind   rowKind
	title  string
	right  string // at the right end of the title
	text   string
	hint   string // shown where there is no text
	remark string
	state  check.Severity // of the remark; "" for a neutral one, Good for a good one
	path   model.Path
	field  model.Field
	option []choice
	branch model.Candidate
	on     bool
	indent int
	record int
}

// good marks a remark about something that is as it should be.
const good check.Severity = "good"

// A choice is a value of a drop-down or of segments.
type choice struct{ value, label, right, help string }

// label is what the row is called.
func (r row) label() string {
	switch {
	case r.kind == branchRow:
		return "Merging options"
	case r.kind == idRow:
		return "Id"
	}
	return r.field.Title
}

func (r row) focusable() bool { return r.kind != proseRow }

// rows works out the form of what is selected.
func (m *Model) rows() []row {
	c := m.campaign()
	a, ok := c.Activity(m.selected.Activity)
	if !ok {
		return nil
	}
	if ref, transition := m.selected.Ref(); transition {
		return m.transitionRows(c, ref)
	}
	b := rowBuilder{m: m, campaign: c, activity: a}
	b.activityRows()
	return b.rows
}

// transitionRows are the form of a transition: what it is called, and where it leads.
func (m *Model) transitionRows(c model.Campaign, r model.Ref) []row {
	from, _ := c.Activity(r.Activity)
	output, _ := from.Output(r.Output)
	var rows []row
	for _, f := range model.TransitionFields() {
		f := row{title: f.Title, field: f, path: model.Path{f.Key}, remark: f.Help}
		switch f.field.Key {
		case "label":
			f.hint = output.Label
			if output.Named {
				f.text = output.Label
			}
		case "code":
			f.text, f.hint = output.Code, "none"
		}
		rows = append(rows, f)
	}
	rows = append(rows, row{kind: proseRow, title: "Leaves", text: from.Label()})
	to := "nothing yet: " + m.keyOf("insert") + " inserts what comes next, " + m.keyOf("connect") + " connects it"
	if next, ok := c.Follower(r); ok {
		to = next.Label()
	}
	rows = append(rows, row{kind: proseRow, title: "Leads to", text: to})
	if n, ok := m.counts[r]; ok {
		rows = append(rows, row{kind: proseRow, title: "People in the last run", text: narrate.Count(n)})
	}
	return rows
}

type rowBuilder struct {
	m        *Model
	campaign model.Campaign
	activity model.Activity
	rows     []row
}

func (b *rowBuilder) add(r row) { b.rows = append(b.rows, r) }

func (b *rowBuilder) activityRows() {
	join := b.activity.Kind.Role == model.Join
	for _, f := range b.activity.Kind.AllFields() {
		if f.Advanced {
			continue
		}
		if f.Key == "primary" && join {
			b.branches()
			b.primary(f)
			continue
		}
		if f.Key == "note" && join {
			b.verdict()
		}
		b.field(f, b.activity.Settings, model.Path{f.Key}, 0)
	}
	b.add(row{kind: idRow, title: "Id", text: b.activity.ID, remark: "What “from” calls it in the file."})
	if !join {
		b.problems()
	}
}

// field adds the row of a field.
func (b *rowBuilder) field(f model.Field, s model.Settings, path model.Path, indent int) {
	r := row{title: f.Title, path: path, field: f, indent: indent, hint: f.Placeholder}
	if r.hint == "" {
		r.hint = f.Example
	}
	value := s[f.Key]
	r.text = f.Show(value)
	switch f.Type {
	case model.Text:
		r.kind = longRow
	case model.Switch:
		r.kind, r.on = switchRow, s.Bool(f.Key)
	case model.Choice:
		r.kind = dropRow
		for _, o := range f.Options {
			r.option = append(r.option, choice{value: o.Value, label: o.Value, help: o.Help})
		}
		if len(f.Options) == 2 {
			r.kind = segmentRow
		}
	case model.List:
		b.list(f, s.Records(f.Key), path)
		return
	case model.Rule:
		r.remark, r.state = b.ruleRemark(r)
	}
	if r.kind == textRow && r.remark == "" {
		r.remark, r.state = b.fieldRemark(path)
	}
	b.add(r)
}

// fieldRemark is the finding about a field.
func (b *rowBuilder) fieldRemark(path model.Path) (string, check.Severity) {
	for _, f := range b.m.findings {
		if f.Activity == b.activity.ID && fmt.Sprint(f.Path) == fmt.Sprint(path) {
			return f.Message, f.Severity
		}
	}
	return "", ""
}

// ruleRemark says who a rule selects, or what is wrong with it.
func (b *rowBuilder) ruleRemark(r row) (string, check.Severity) {
	if remark, severity := b.fieldRemark(r.path); remark != "" {
		return remark, severity
	}
	if c, ok := b.m.form.counts[b.campaign.Dimension(b.activity)+"\x00"+r.text]; ok && c.err == nil {
		return narrate.Count(c.count) + " of " + narrate.Count(b.m.data.people) + " in the data", good
	}
	return "", ""
}

// list adds the entries of a list, the fields of those that are open, and a row to add one.
func (b *rowBuilder) list(f model.Field, records []model.Settings, path model.Path) {
	for i, s := range records {
		label := s.Text("label")
		if label == "" {
			label = s.Text("id")
		}
		r := row{kind: recordRow, text: label, field: f, path: path, record: i, on: b.m.form.open[recordKey(f.Key, i)]}
		if i == 0 {
			r.title, r.right = f.Title, fmt.Sprint(len(records))
		}
		for _, key := range []string{"rule", "when"} {
			if rule := s.Text(key); rule != "" && !r.on {
				r.hint = rule
			}
		}
		b.add(r)
		if !r.on {
			continue
		}
		for _, inner := range f.Of {
			if !inner.Advanced {
				b.field(inner, s, append(append(model.Path{}, path...), i, inner.Key), 2)
			}
		}
	}
	b.add(row{kind: addRow, text: "add " + f.Item, field: f, path: path})
}

func recordKey(key string, i int) string { return fmt.Sprintf("%s/%d", key, i) }

// branches adds a join's merging options: one line a candidate.
func (b *rowBuilder) branches() {
	candidates := b.campaign.Candidates(b.activity.ID)
	ticked, possible := 0, 0
	for _, k := range candidates {
		if k.Ticked {
			ticked++
		}
		if k.Ticked || k.Reason == "" {
			possible++
		}
	}
	for i, k := range candidates {
		r := row{kind: branchRow, branch: k, on: k.Ticked, text: k.Label, hint: "(" + k.Output + ")"}
		if n, ok := b.m.counts[k.Ref]; ok {
			r.right = narrate.Count(n)
		}
		if i == 0 {
			r.title = "Merging options"
			r.remark = fmt.Sprintf("%d of %d", ticked, possible)
		}
		b.add(r)
	}
}

// primary adds the drop-down of the ticked branches.
func (b *rowBuilder) primary(f model.Field) {
	r := row{kind: dropRow, title: f.Title, field: f, path: model.Path{f.Key}, hint: "choose one"}
	for _, ref := range b.activity.From {
		o := choice{value: b.campaign.Short(ref), label: b.campaign.BranchTitle(ref)}
		if n, ok := b.m.counts[ref]; ok {
			o.right = narrate.Count(n)
		}
		r.option = append(r.option, o)
	}
	primary, chosen := b.campaign.Primary(b.activity)
	if chosen {
		r.text = b.campaign.Short(primary)
		if label := b.campaign.BranchTitle(primary); !r.has(r.text) {
			r.option = append(r.option, choice{value: r.text, label: label})
			r.record = len(r.option) // the last option is not ticked, and can't be chosen
		}
	}
	if problem := b.campaign.PrimaryProblem(b.activity); problem != "" {
		r.remark, r.state = narrate.Capital(problem)+".", check.Error
	} else {
		r.remark, r.on = narrate.Leaves(b.campaign, b.activity, b.m.counts), true
	}
	b.add(r)
}

func (r row) has(value string) bool {
	for _, o := range r.option {
		if o.value == value {
			return true
		}
	}
	return false
}

// verdict says whether the join will fire.
func (b *rowBuilder) verdict() {
	n := len(b.activity.From)
	report := check.Join(b.campaign, b.activity.ID)
	r := row{kind: proseRow, state: good, text: narrate.Verdict(report, n)}
	switch report.Verdict {
	case check.MayNotFire:
		r.state = check.Warning
	case check.CannotFire:
		r.state = check.Error
	}
	if n > 0 {
		b.add(r)
	}
}

// problems adds the findings that no row has shown.
func (b *rowBuilder) problems() {
	for _, f := range b.m.findings {
		if f.Activity == b.activity.ID && len(f.Path) == 0 && f.Severity != check.Note && f.Code != check.OpenOutputs {
			b.add(row{kind: proseRow, text: strings.TrimSuffix(f.Message, "."), state: f.Severity})
		}
	}
}
