package schema

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rendezvous/samples"
)

func TestParse(t *testing.T) {
	got, err := Parse("schema.yaml", []byte(`tables:
  - name: customers
    key: id
    targetable: true
    columns:
      - {name: id, type: integer}
      - {name: email, type: text, label: E-mail}
      - {name: ok, type: boolean}
    links:
      - {name: purchases, target: purchases, from: id, to: customer, cardinality: 1-N, label: Purchases}
    addresses:
      - {channel: email, column: email, consent: ok}
  - name: purchases
    label: Purchases
    file: bought.csv
    key: id
    columns: [{name: id, type: integer}, {name: customer, type: integer}, {name: paid, type: decimal}, {name: day, type: date}, {name: at, type: datetime}]
    links: [{name: buyer, target: customers, from: customer, to: id}]
`))
	if err != nil {
		t.Fatal(err)
	}
	want := Schema{Tables: []Table{
		{Name: "customers", File: "customers.csv", Key: "id", Targetable: true,
			Columns:   []Column{{"id", "", Integer}, {"email", "E-mail", Text}, {"ok", "", Boolean}},
			Links:     []Link{{"purchases", "Purchases", "purchases", "id", "customer", OneToMany}},
			Addresses: []Address{{"email", "email", "ok"}}},
		{Name: "purchases", Label: "Purchases", File: "bought.csv", Key: "id",
			Columns: []Column{{"id", "", Integer}, {"customer", "", Integer}, {"paid", "", Decimal}, {"day", "", Date}, {"at", "", DateTime}},
			Links:   []Link{{"buyer", "", "customers", "customer", "id", ManyToOne}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestParseDemo(t *testing.T) {
	text, err := fs.ReadFile(samples.Demo(), "schema.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Parse("schema.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	var targets []string
	for _, table := range s.Dimensions() {
		targets = append(targets, table.Name)
	}
	if diff := cmp.Diff([]string{"customers", "purchases"}, targets); diff != "" {
		t.Error(diff)
	}
	customers := s.Table("customers")
	if c := customers.Column("birth_date"); c == nil || c.Type != Date || !c.Type.Temporal() || c.Type.Numeric() {
		t.Errorf("birth_date is %+v", c)
	}
	if l := customers.Link("purchases"); l == nil || l.Cardinality != OneToMany {
		t.Errorf("the link purchases is %+v", l)
	}
	if a := customers.Address("sms"); a == nil || a.Consent != "sms_opt_in" {
		t.Errorf("the address for sms is %+v", a)
	}
	if s.Table("zz") != nil || customers.Column("zz") != nil || customers.Link("zz") != nil || customers.Address("zz") != nil {
		t.Error("what is not there is found")
	}
}

func TestParseErrors(t *testing.T) {
	const table = "tables:\n  - name: a\n    key: id\n    columns: [{name: id, type: integer}]\n" // more of it at line 5
	tests := []struct{ name, text, want string }{
		{"empty", "", "s.yaml: the file is empty"},
		{"syntax", "tables: [", "s.yaml:1:1: not valid YAML: did not find expected node content"},
		{"unknown key", "table: []\n", "s.yaml:1:1: there is no key “table” here: did you mean “tables”?"},
		{"no list", "tables: a\n", "s.yaml:1:9: this must be a list, not “a”"},
		{"no table", "tables: [a]\n", "s.yaml:1:10: this must be a group of keys, not “a”"},
		{"table without name and key", "tables:\n  - label: A\n", "s.yaml:2:5: the key “name” is missing here\ns.yaml:2:5: the key “key” is missing here"},
		{"duplicate key", table + "    key: id\n", "s.yaml:5:5: “key” stands here a second time"},
		{"unknown key of a table", table + "    colums: []\n", "s.yaml:5:5: there is no key “colums” here: did you mean “columns”?"},
		{"the first of two keys as near", table + "    lable: x\n", "s.yaml:5:5: there is no key “lable” here: did you mean “label”?"},
		{"text of another type", table + "    label: [x]\n", "s.yaml:5:12: this must be a text, not a list"},
		{"flag of another type", table + "    targetable: maybe\n", "s.yaml:5:17: this must be true or false, not “maybe”"},
		{"key that is no column", "tables:\n  - {name: a, key: id}\n", "s.yaml:2:5: the table a has no column id"},
		{"file elsewhere", table + "    file: ../secret.csv\n", "s.yaml:2:5: the file ../secret.csv must be a file name in the folder of the dataset"},
		{"file elsewhere on Windows", table + "    file: 'C:\\secret.csv'\n", "s.yaml:2:5: the file C:\\secret.csv must be a file name in the folder of the dataset"},
		{"name that leads elsewhere", strings.Replace(table, "name: a", "name: ../a", 1), "s.yaml:2:5: the file ../a.csv must be a file name in the folder of the dataset"},
		{"column twice", "tables:\n  - name: a\n    key: id\n    columns: [{name: id, type: integer}, {name: id, type: text}]\n", "s.yaml:2:5: the table a has two columns named id"},
		{"column without type", "tables:\n  - name: a\n    key: id\n    columns:\n      - {name: id}\n", "s.yaml:5:9: the key “type” is missing here"},
		{"column of no type", "tables:\n  - name: a\n    key: id\n    columns:\n      - {name: id, type: int}\n",
			"s.yaml:5:9: the type must be text, integer, decimal, boolean, date or datetime, not “int”"},
		{"link without anything", table + "    links:\n      - {name: l}\n",
			"s.yaml:6:9: the key “target” is missing here\ns.yaml:6:9: the key “from” is missing here\ns.yaml:6:9: the key “to” is missing here"},
		{"link to nothing", table + "    links:\n      - {name: l, target: b, from: id, to: id}\n", "s.yaml:6:9: there is no table b"},
		{"link to no column", table + "    links:\n      - {name: l, target: a, from: id, to: nr}\n", "s.yaml:6:9: the table a has no column nr"},
		{"link from no column", table + "    links:\n      - {name: l, target: a, from: nr, to: id}\n", "s.yaml:6:9: the table a has no column nr"},
		{"link named as a column", table + "    links:\n      - {name: id, target: a, from: id, to: id}\n", "s.yaml:6:9: the link id of a has the name of a column"},
		{"cardinality", table + "    links:\n      - {name: l, target: a, from: id, to: id, cardinality: many}\n", "s.yaml:6:9: the cardinality must be 1-1, N-1 or 1-N, not “many”"},
		{"address of no column", table + "    addresses:\n      - {channel: email, column: mail}\n", "s.yaml:2:5: the table a has no column mail"},
		{"consent of no column", table + "    addresses:\n      - {channel: email, column: id, consent: ok}\n", "s.yaml:2:5: the table a has no column ok"},
		{"address without a channel", table + "    addresses:\n      - {column: id}\n", "s.yaml:6:9: the key “channel” is missing here"},
		{"two tables of one name", table + "  - name: a\n    key: id\n    columns: [{name: id, type: integer}]\n", "s.yaml:5:5: there are two tables named a"},
		{"all at once, in order", "tables:\n  - name: a\n    key: id\n    links: [{name: l, target: b, from: id, to: id}]\n    columns: [{name: id, type: int}]\nmore: 1\n",
			"s.yaml:4:13: there is no table b\ns.yaml:5:15: the type must be text, integer, decimal, boolean, date or datetime, not “int”\ns.yaml:6:1: there is no key “more” here"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("s.yaml", []byte(tt.text))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestNames(t *testing.T) {
	for _, typ := range []Type{Text, Integer, Decimal, Boolean, Date, DateTime} {
		if got, ok := ParseType(typ.String()); !ok || got != typ {
			t.Errorf("%s reads as %s", typ, got)
		}
	}
	for _, c := range []Cardinality{OneToOne, ManyToOne, OneToMany} {
		if got, ok := ParseCardinality(c.String()); !ok || got != c {
			t.Errorf("%s reads as %s", c, got)
		}
	}
	for want, table := range map[string]Table{"Clients": {Name: "c", Label: "Clients"}, "Customers": {Name: "customers"}, "Événements": {Name: "événements"}, "": {}} {
		if got := table.Title(); got != want {
			t.Errorf("the title of %q is %q", want, got)
		}
	}
}
