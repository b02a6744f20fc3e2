package check

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rendezvous/model"
	"rendezvous/model/schema"
	"rendezvous/model/source"
	"rendezvous/samples"
)

func load(t testing.TB, text string) *model.Document {
	t.Helper()
	d, err := model.Load("f.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return d
}

// demo is the schema of the demo dataset.
func demo(t testing.TB) Data {
	t.Helper()
	text, err := fs.ReadFile(samples.Demo(), "schema.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := schema.Parse("schema.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return Data{Schema: s}
}

// findings checks a campaign against the demo data.
func findings(t testing.TB, d *model.Document, c model.Campaign, data Data) []Finding {
	t.Helper()
	found := Run(c, data)
	Locate(found, "f.yaml", d)
	return found
}

const head = "version: 1\nname: Test\ndata: demo\ndimension: customers\nactivities:\n"

// start begins a flow at line 6.
const start = head + "  - {id: all, kind: build-audience, when-empty: continue}\n"

// fork gives two branches of everyone, from line 7.
const fork = start + "  - {id: ways, kind: fork, from: all, outputs: [{id: x, label: X}, {id: z, label: Z}]}\n"

// bare is a table without addresses; hidden can't be targeted; open says nothing of consent.
var small = Data{Schema: schema.Schema{Tables: []schema.Table{
	{Name: "bare", Key: "id", Targetable: true, Columns: []schema.Column{{Name: "id", Type: schema.Integer}}},
	{Name: "hidden", Key: "id"},
	{Name: "open", Label: "Open", Key: "id", Targetable: true, Addresses: []schema.Address{{Channel: "email", Column: "email"}}},
}}}

func campaign(dimension, activities string) string {
	return "version: 1\nname: Test\ndata: small\ndimension: " + dimension + "\nactivities:\n  - {id: all, kind: build-audience, when-empty: continue}\n" + activities
}

// many returns n activities in a row, from line 7.
func many(n int, kind string) string {
	var out strings.Builder
	before := "all"
	for i := range n {
		fmt.Fprintf(&out, "  - {id: a%d, kind: %s, from: %s}\n", i, kind, before)
		before = fmt.Sprintf("a%d", i)
	}
	return out.String()
}

var findingTests = []struct {
	name, text string
	data       *Data // the demo data when nil
	want       Finding
	fixes      []string
}{
	{"empty", "version: 1\nname: Test\ndata: demo\ndimension: customers\n", nil, Finding{Code: NoStart, Severity: Error, Line: 1, Column: 1,
		Message: "The campaign has no activities. Begin with Build audience."}, nil},
	{"nothing before", start + "  - {id: week, kind: wait, for: 7d}\n", nil, Finding{Code: NothingBefore, Severity: Error, Activity: "week", Line: 7, Column: 5,
		Message: "Nothing leads here. Insert it behind a transition, or delete it."}, nil},
	{"never runs", start + "  - {id: big, kind: test, from: all, conditions: [{id: yes, label: Yes, when: count > 5}]}\n  - {id: meet, kind: and-join, from: [big.yes, big.default], primary: big.yes}\n  - {id: stop, kind: end, from: meet}\n",
		nil, Finding{Code: NeverRuns, Severity: Warning, Activity: "stop", Line: 9, Column: 5, Message: "This never runs: Test takes either Yes or Default, never both."}, nil},
	{"open outputs", fork, nil, Finding{Code: OpenOutputs, Severity: Warning, Activity: "ways", Line: 7, Column: 5, Message: "2 outputs are open: Fork (X), Fork (Z)"}, nil},
	{"many open outputs", start + "  - {id: ways, kind: fork, from: all, outputs: [{id: a}, {id: b}, {id: c}, {id: d}, {id: e}, {id: f}, {id: g}]}\n", nil,
		Finding{Code: OpenOutputs, Severity: Warning, Activity: "ways", Line: 7, Column: 5,
			Message: "7 outputs are open: Fork (Transition), Fork (Transition), Fork (Transition), Fork (Transition), Fork (Transition), Fork (Transition) …"}, nil},
	{"missing field", start + "  - {id: mail, kind: email, from: all}\n", nil, Finding{Code: Incomplete, Severity: Error, Activity: "mail", Path: model.Path{"subject"}, Line: 7, Column: 5, Message: "No subject."}, nil},
	{"missing field of an entry", start + "  - {id: big, kind: test, from: all, conditions: [{id: yes}]}\n", nil,
		Finding{Code: Incomplete, Severity: Error, Activity: "big", Path: model.Path{"conditions", 0, "when"}, Line: 7, Column: 51, Message: "No when."}, nil},
	{"contradiction", start + "  - {id: week, kind: wait, from: all, for: 7d, until: 2026-12-01}\n", nil,
		Finding{Code: Incomplete, Severity: Error, Activity: "week", Path: model.Path{"until"}, Line: 7, Column: 55, Message: "Both a time and a date: keep one."}, nil},
	{"no time to wait for", start + "  - {id: week, kind: wait, from: all}\n", nil,
		Finding{Code: Incomplete, Severity: Error, Activity: "week", Path: model.Path{"for"}, Line: 7, Column: 5, Message: "No time to wait for."}, nil},
	{"output ids", start + "  - {id: tiers, kind: split, from: all, subsets: [{id: a}, {id: a}]}\n", nil,
		Finding{Code: Incomplete, Severity: Error, Activity: "tiers", Path: model.Path{"subsets", 1, "id"}, Line: 7, Column: 65, Message: "The id a is taken: give each output its own."}, nil},
	{"reserved output id", start + "  - {id: tiers, kind: split, from: all, subsets: [{id: complement}]}\n", nil,
		Finding{Code: Incomplete, Severity: Error, Activity: "tiers", Path: model.Path{"subsets", 0, "id"}, Line: 7, Column: 56, Message: "The id complement is taken: give each output its own."}, nil},
	{"fork of one", start + "  - {id: ways, kind: fork, from: all, outputs: [{id: x}]}\n", nil,
		Finding{Code: Incomplete, Severity: Error, Activity: "ways", Path: model.Path{"outputs"}, Line: 7, Column: 48, Message: "Only one output: a fork needs two or more."}, nil},
	{"audience twice", start + "  - {id: keep, kind: save-audience, from: all, audience: Gold}\n  - {id: again, kind: save-audience, from: keep, audience: Gold}\n", nil,
		Finding{Code: AudienceTwice, Severity: Error, Activity: "again", Path: model.Path{"audience"}, Line: 8, Column: 60, Message: "Save audience already saves under the name “Gold”."}, nil},

	{"rule", head + "  - id: all\n    kind: build-audience\n    when-empty: continue\n    rule: teir == \"gold\"\n", nil,
		Finding{Code: RuleError, Severity: Error, Activity: "all", Path: model.Path{"rule"}, Line: 9, Column: 11, Message: "*"}, nil},
	{"rule of a quoted entry", start + "  - {id: tiers, kind: split, from: all, subsets: [{id: a, rule: 'age > 1 and teir == \"x\"'}]}\n", nil,
		Finding{Code: RuleError, Severity: Error, Activity: "tiers", Path: model.Path{"subsets", 0, "rule"}, Offset: 12, Line: 7, Column: 65 + 1 + 12, Message: "*"}, nil},
	{"condition", start + "  - {id: big, kind: test, from: all, conditions: [{id: yes, when: cuont > 5}]}\n  - {id: stop, kind: end, from: big.yes}\n", nil,
		Finding{Code: ConditionError, Severity: Error, Activity: "big", Path: model.Path{"conditions", 0, "when"}, Line: 7, Column: 67, Message: "*"}, nil},
	{"order", start + "  - {id: tiers, kind: split, from: all, subsets: [{id: a, limit: 5, order: agee desc}]}\n", nil,
		Finding{Code: OrderError, Severity: Error, Activity: "tiers", Path: model.Path{"subsets", 0, "order"}, Line: 7, Column: 76,
			Message: "Customers has no attribute “agee” to order by. Did you mean “age”?"}, nil},
	{"kept attribute", start + "  - {id: keep, kind: save-audience, from: all, audience: Gold, attributes: [email, phome]}\n", nil,
		Finding{Code: OrderError, Severity: Error, Activity: "keep", Path: model.Path{"attributes"}, Line: 7, Column: 76, Message: "Customers has no attribute “phome” to keep."}, nil},
	{"kept key", start + "  - {id: keep, kind: save-audience, from: all, audience: Gold, key: nr}\n", nil,
		Finding{Code: OrderError, Severity: Error, Activity: "keep", Path: model.Path{"key"}, Line: 7, Column: 69, Message: "Customers has no attribute “nr” to keep."}, nil},

	{"no data", "version: 1\nname: Test\nactivities:\n  - {id: all, kind: build-audience, when-empty: continue}\n", nil,
		Finding{Code: NoDataset, Severity: Error, Line: 1, Column: 1, Message: "The campaign has no dataset. Add a line “data: demo”."}, nil},
	{"data that can't be opened", start, &Data{Err: errors.New("there is no folder demo")}, Finding{Code: NoDataset, Severity: Error, Path: model.Path{"data"}, Line: 3, Column: 7, Message: "There is no folder demo."}, nil},
	{"no dimension", "version: 1\nname: Test\ndata: demo\nactivities:\n  - {id: all, kind: build-audience, when-empty: continue}\n", nil,
		Finding{Code: NoTable, Severity: Error, Line: 1, Column: 1, Message: "The campaign has no dimension. Add a line “dimension: customers”."}, nil},
	{"no such table", strings.Replace(start, "customers", "custmers", 1), nil,
		Finding{Code: NoTable, Severity: Error, Path: model.Path{"dimension"}, Line: 4, Column: 12, Message: "There is no table “custmers”. Did you mean “customers”?"}, nil},
	{"no such table, nothing near", strings.Replace(start, "customers", "planets", 1), nil,
		Finding{Code: NoTable, Severity: Error, Path: model.Path{"dimension"}, Line: 4, Column: 12, Message: "There is no table “planets”."}, nil},
	{"no such table of an activity", head + "  - {id: all, kind: build-audience, when-empty: continue, dimension: planets}\n", nil,
		Finding{Code: NoTable, Severity: Error, Activity: "all", Path: model.Path{"dimension"}, Line: 6, Column: 70, Message: "There is no table “planets”."}, nil},
	{"not targetable", campaign("hidden", ""), &small, Finding{Code: NotTargetable, Severity: Error, Path: model.Path{"dimension"}, Line: 4, Column: 12,
		Message: "Hidden can’t be targeted: its rows are not people or things to count."}, nil},
	{"no address", campaign("bare", "  - {id: mail, kind: email, from: all, subject: Hi}\n"), &small, Finding{Code: NoAddress, Severity: Error, Activity: "mail", Line: 7, Column: 5,
		Message: "Bare has no address for Email in the data."}, nil},
	{"no consent", campaign("open", "  - {id: mail, kind: email, from: all, subject: Hi}\n"), &small, Finding{Code: NoConsent, Severity: Warning, Activity: "mail", Line: 7, Column: 5,
		Message: "Nothing in the data says who of Open agreed to Email: everyone gets it."}, nil},

	{"no primary set", fork + "  - {id: meet, kind: and-join, from: [ways.x, ways.z]}\n", nil, Finding{Code: PrimaryMissing, Severity: Error, Activity: "meet", Path: model.Path{"primary"}, Line: 8, Column: 5,
		Message: "No primary set is chosen."}, []string{"Choose Fork → X", "Choose Fork → Z"}},
	{"primary set of nothing", fork + "  - {id: meet, kind: and-join, from: [ways.x, ways.z], primary: zz}\n", nil,
		Finding{Code: PrimaryMissing, Severity: Error, Activity: "meet", Path: model.Path{"primary"}, Line: 8, Column: 65, Message: "The primary set “zz” does not exist."}, []string{"Choose Fork → X", "Choose Fork → Z"}},
	{"primary set that is not ticked", fork + "  - {id: meet, kind: and-join, from: [ways.x], primary: ways.z}\n", nil,
		Finding{Code: PrimaryMissing, Severity: Error, Activity: "meet", Path: model.Path{"primary"}, Line: 8, Column: 57, Message: "The primary set Fork → Z is not ticked."}, []string{"Choose Fork → X"}},
	{"two dimensions", start + "  - {id: bought, kind: build-audience, dimension: purchases, when-empty: continue}\n  - {id: meet, kind: and-join, from: [all, bought], primary: all}\n", nil,
		Finding{Code: MixedDimensions, Severity: Error, Activity: "meet", Path: model.Path{"from"}, Line: 8, Column: 38, Message: "Its branches are of different dimensions, customers and purchases, and can’t be joined."}, nil},
	{"another dimension arrives", start + "  - {id: bought, kind: build-audience, from: all, dimension: purchases, when-empty: continue}\n", nil,
		Finding{Code: MixedDimensions, Severity: Error, Activity: "bought", Path: model.Path{"dimension"}, Line: 7, Column: 62, Message: "Rows of customers arrive here, and they can’t become rows of purchases."}, nil},
	{"one branch", start + "  - {id: meet, kind: and-join, from: all, primary: all}\n", nil, Finding{Code: SingleBranch, Severity: Warning, Activity: "meet", Path: model.Path{"from"}, Line: 7, Column: 38,
		Message: "Only one branch is ticked, so there is nothing to wait for."}, nil},
	{"may block at a subset", start + "  - {id: tiers, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B, skip-empty: true}]}\n  - {id: meet, kind: and-join, from: [tiers.a, tiers.b], primary: tiers.a}\n", nil,
		Finding{Code: MayBlock, Severity: Warning, Activity: "meet", Line: 8, Column: 5, Message: "It can be blocked: when Split: nobody is in B, it never fires.", Counterexample: []string{"Split: nobody is in B"}},
		[]string{"Turn off “skip empty” on B", "Continue without Split → B", "Untick Split → B"}},
	{"may block at an audience", start + "  - {id: few, kind: build-audience}\n  - {id: meet, kind: and-join, from: [all, few], primary: all}\n", nil,
		Finding{Code: MayBlock, Severity: Warning, Activity: "meet", Line: 8, Column: 5, Message: "It can be blocked: when Build audience: nobody fits the rule, it never fires.", Counterexample: []string{"Build audience: nobody fits the rule"}},
		[]string{"Let an empty Build audience continue", "Continue without Build audience", "Untick Build audience"}},
	{"may block at a test", fork + "  - {id: big, kind: test, from: ways.x, conditions: [{id: yes, label: Enough, when: count > 5}]}\n  - {id: meet, kind: and-join, from: [big.yes, ways.z], primary: ways.z}\n", nil,
		Finding{Code: MayBlock, Severity: Warning, Activity: "meet", Line: 9, Column: 5, Message: "It can be blocked: when Test does not take Enough, it never fires.", Counterexample: []string{"Test does not take Enough"}},
		[]string{"Continue without Test → Enough", "Untick Test → Enough"}},
	{"may block at an ignored error", fork + "  - {id: mail, kind: email, from: ways.x, subject: Hi, on-error: ignore}\n  - {id: meet, kind: and-join, from: [mail, ways.z], primary: ways.z}\n", nil,
		Finding{Code: MayBlock, Severity: Warning, Activity: "meet", Line: 9, Column: 5, Message: "It can be blocked: when Email fails, and its error is ignored, it never fires.", Counterexample: []string{"Email fails, and its error is ignored"}},
		[]string{"Continue without Email", "Untick Email"}},
	{"may block without its primary set", fork + "  - {id: few, kind: build-audience, from: ways.x}\n  - {id: meet, kind: and-join, from: [few, ways.z], primary: few, when-missing: continue}\n", nil,
		Finding{Code: MayBlock, Severity: Warning, Activity: "meet", Line: 9, Column: 5, Message: "It can be blocked: when Build audience: nobody fits the rule, it never fires.", Counterexample: []string{"Build audience: nobody fits the rule"}},
		[]string{"Let an empty Build audience continue"}},
	{"never fires", start + "  - {id: big, kind: test, from: all, conditions: [{id: yes, label: Yes, when: count > 5}]}\n  - {id: meet, kind: and-join, from: [big.yes, big.default], primary: big.yes}\n", nil,
		Finding{Code: NeverFires, Severity: Error, Activity: "meet", Line: 8, Column: 5, Message: "It can never fire: Test takes either Yes or Default, never both."}, nil},
	{"nobody may get there", head + "  - {id: few, kind: build-audience, rule: age > 100}\n  - {id: ways, kind: fork, from: few, outputs: [{id: x}, {id: z}]}\n  - {id: meet, kind: and-join, from: [ways.x, ways.z], primary: ways.x}\n", nil,
		Finding{Code: MayStarve, Severity: Note, Activity: "meet", Line: 8, Column: 5, Message: "Nobody gets here when Build audience: nobody fits the rule.", Counterexample: []string{"Build audience: nobody fits the rule"}},
		[]string{"Let an empty Build audience continue"}},
	{"behind a disabled activity", fork + "  - {id: mail, kind: email, from: ways.x, subject: Hi, disabled: true}\n  - {id: meet, kind: and-join, from: [mail, ways.z], primary: ways.z}\n", nil,
		Finding{Code: DisabledBranch, Severity: Warning, Activity: "meet", Line: 9, Column: 5, Message: "It can’t fire as long as Email is disabled."}, []string{"Enable Email"}},

	{"too many", start + many(500, "wait, for: 1d"), nil, Finding{Code: TooManyHard, Severity: Error, Line: 1, Column: 1, Message: "501 activities: a campaign can have 500."}, nil},
	{"many", start + many(100, "wait, for: 1d"), nil, Finding{Code: TooManySoft, Severity: Warning, Line: 1, Column: 1, Message: "101 activities: above 100, a campaign is hard to follow."}, nil},
	{"many channels", start + many(11, "sms, text: Hi"), nil, Finding{Code: TooManyChannels, Severity: Warning, Line: 1, Column: 1, Message: "11 channel activities: a campaign should have at most 10."}, nil},
	{"rate", start + "  - {id: mail, kind: email, from: all, subject: Hi, rate: 120001/min}\n", nil,
		Finding{Code: RateOutOfBounds, Severity: Error, Activity: "mail", Path: model.Path{"rate"}, Line: 7, Column: 59, Message: "The rate must not be higher than 2000/s."}, nil},
}

func TestFindings(t *testing.T) {
	for _, tt := range findingTests {
		t.Run(tt.name, func(t *testing.T) {
			data := demo(t)
			if tt.data != nil {
				data = *tt.data
			}
			d := load(t, tt.text)
			all := findings(t, d, d.Campaign, data)
			got := only(all, tt.want.Code)
			if len(got) != 1 {
				t.Fatalf("%d findings %s among %+v", len(got), tt.want.Code, all)
			}
			want := tt.want
			want.File = "f.yaml"
			if want.Message == "*" && got[0].Message != "" { // the rule language's own words
				want.Message = got[0].Message
			}
			if diff := cmp.Diff(want, got[0], cmpopts.IgnoreFields(Finding{}, "Fixes")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var titles []string
			for _, fix := range got[0].Fixes {
				titles = append(titles, fix.Title)
				c, err := fix.Edit(d.Campaign)
				if err != nil {
					t.Errorf("%s: %v", fix.Title, err)
					continue
				}
				if left := only(Run(c, data), tt.want.Code); len(left) > 0 {
					t.Errorf("after “%s”: %s", fix.Title, left[0].Message)
				}
			}
			if diff := cmp.Diff(tt.fixes, titles); diff != "" {
				t.Errorf("fixes (-want +got)\n%s", diff)
			}
		})
	}
}

// only returns the findings with a code.
func only(all []Finding, code string) []Finding {
	var out []Finding
	for _, f := range all {
		if f.Code == code {
			out = append(out, f)
		}
	}
	return out
}

func TestEveryCodeIsTested(t *testing.T) {
	tested := map[string]bool{FileError: true} // TestFromLoad
	for _, tt := range findingTests {
		tested[tt.want.Code] = true
	}
	for _, code := range []string{FileError, NothingBefore, NoStart, NeverRuns, OpenOutputs, Incomplete, AudienceTwice, RuleError, ConditionError, OrderError, NoDataset, NoTable,
		NotTargetable, NoAddress, NoConsent, PrimaryMissing, MixedDimensions, SingleBranch, MayBlock, NeverFires, MayStarve, DisabledBranch, TooManyHard, TooManySoft, TooManyChannels, RateOutOfBounds} {
		if !tested[code] {
			t.Errorf("no test of %s", code)
		}
	}
}

func TestSamples(t *testing.T) {
	for name, want := range map[string][]string{"gold-silver": nil, "gold-silver-start": {OpenOutputs}, "blocked-join": {MayBlock}, "three-way": {MayBlock}} {
		text, err := samples.Campaign(name)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range Run(load(t, string(text)).Campaign, demo(t)) {
			got = append(got, f.Code)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestOrderOfFindings(t *testing.T) {
	d := load(t, fork+"  - {id: mail, kind: email, from: ways.x}\n  - {id: few, kind: build-audience}\n  - {id: text, kind: sms, from: ways.z}\n  - {id: meet, kind: and-join, from: [few], primary: few}\n")
	var got []string
	for _, f := range Run(d.Campaign, demo(t)) {
		got = append(got, f.Code+" "+f.Activity)
	}
	if diff := cmp.Diff([]string{"S05 mail", "S05 text", "S04 mail", "J03 meet", "J06 meet"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	errors, warnings := Count(Run(d.Campaign, demo(t)))
	if errors != 2 || warnings != 2 {
		t.Errorf("%d errors, %d warnings, want 2 and 2", errors, warnings)
	}
}

// TestDisabledJoin: a join that someone switched off is no news.
func TestDisabledJoin(t *testing.T) {
	d := load(t, fork+"  - {id: meet, kind: and-join, from: [ways.x, ways.z], primary: ways.x, disabled: true}\n")
	if got := Run(d.Campaign, demo(t)); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// TestLocateNew: an activity that is not in the file yet has no place in it.
func TestLocateNew(t *testing.T) {
	d := load(t, start)
	k, _ := model.FindKind("email")
	c, _, err := d.Campaign.Insert(k, model.Ref{Activity: "all", Output: "result"})
	if err != nil {
		t.Fatal(err)
	}
	got := only(findings(t, d, c, demo(t)), Incomplete)
	if len(got) != 1 || got[0].Line != 0 || got[0].Column != 0 {
		t.Errorf("%+v", got)
	}
}

func TestFromLoad(t *testing.T) {
	_, err := model.Load("f.yaml", []byte("version: 1\nnmae: x\n"))
	var errs source.Errors
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	want := []Finding{{Code: FileError, Severity: Error, File: "f.yaml", Line: 2, Column: 1, Message: "a campaign has no key “nmae”: did you mean “name”?"}}
	if diff := cmp.Diff(want, FromLoad(errs)); diff != "" {
		t.Error(diff)
	}
}

func TestUnblock(t *testing.T) {
	d := load(t, start+"  - {id: tiers, kind: split, from: all, subsets: [{id: a, label: A}, {id: b, label: B, skip-empty: true}]}\n  - {id: mail, kind: email, label: Mail, from: tiers.b, subject: Hi}\n"+
		"  - {id: off, kind: wait, label: Off, from: tiers.a, for: 1d, disabled: true}\n  - {id: meet, kind: and-join, from: [mail, off], primary: mail}\n")
	titles := func(missing, cause model.Ref) []string {
		var out []string
		for _, fix := range Unblock(d.Campaign, "meet", missing, cause) {
			if _, err := fix.Edit(d.Campaign); err != nil {
				t.Errorf("%s: %v", fix.Title, err)
			}
			out = append(out, fix.Title)
		}
		return out
	}
	mail, off := model.Ref{Activity: "mail", Output: "sent"}, model.Ref{Activity: "off", Output: "out"}
	if diff := cmp.Diff([]string{"Turn off “skip empty” on B"}, titles(mail, model.Ref{Activity: "tiers", Output: "b"})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Enable Off", "Continue without Off", "Untick Off"}, titles(off, off)); diff != "" {
		t.Error(diff)
	}
}
