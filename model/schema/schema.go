// Package schema describes the tables of a dataset: what can be targeted, filtered and linked (SPEC section 2).
//
// It is pure description. It never opens a database or a file; whoever reads a dataset builds a [Schema] from it.
package schema

import "strings"

// Type is the type of a column.
type Type int

// The column types of SPEC section 2.
const (
	Text Type = iota
	Integer
	Decimal
	Boolean
	Date     // a day without a time of day
	DateTime // an instant
)

var typeNames = [...]string{"text", "integer", "decimal", "boolean", "date", "datetime"}

// String returns the name of the type as a schema file writes it.
func (t Type) String() string { return typeNames[t] }

// Numeric reports whether values of the type can be added up.
func (t Type) Numeric() bool { return t == Integer || t == Decimal }

// Temporal reports whether values of the type are points in time.
func (t Type) Temporal() bool { return t == Date || t == DateTime }

// ParseType returns the type with a name.
func ParseType(name string) (Type, bool) {
	for i, n := range typeNames {
		if n == name {
			return Type(i), true
		}
	}
	return Text, false
}

// Cardinality says how many rows of the target a row can be linked to.
type Cardinality int

// The cardinalities of SPEC section 2.
const (
	OneToOne  Cardinality = iota // at most one row each way
	ManyToOne                    // at most one row of the target
	OneToMany                    // any number of rows of the target
)

var cardinalityNames = [...]string{"1-1", "N-1", "1-N"}

// String returns the cardinality as a schema file writes it.
func (c Cardinality) String() string { return cardinalityNames[c] }

// ParseCardinality returns the cardinality with a name.
func ParseCardinality(name string) (Cardinality, bool) {
	for i, n := range cardinalityNames {
		if n == name {
			return Cardinality(i), true
		}
	}
	return OneToOne, false
}

// A Schema is the tables of a dataset, in the order in which they are declared.
type Schema struct {
	Tables []Table
}

// A Table is one kind of thing that a dataset knows.
type Table struct {
	Name       string
	Label      string // what a marketer calls its rows: "Customers"
	File       string // the CSV file that holds it, in a dataset of CSV files
	Key        string // the column that identifies a row
	Targetable bool   // whether it can be a targeting dimension
	Columns    []Column
	Links      []Link
	Addresses  []Address
}

// A Column is one attribute of a row.
type Column struct {
	Name  string
	Label string
	Type  Type
}

// A Link leads from a row to the rows of another table that belong to it: those whose To column equals the row's From.
type Link struct {
	Name        string
	Label       string
	Target      string
	From, To    string
	Cardinality Cardinality
}

// An Address is where a channel reaches a row, and the column that says whether it may.
type Address struct {
	Channel string // email, sms, push or direct-mail
	Column  string
	Consent string // a boolean column; empty when no consent is needed
}

// Table returns the table with a name, or nil.
func (s Schema) Table(name string) *Table {
	for i := range s.Tables {
		if s.Tables[i].Name == name {
			return &s.Tables[i]
		}
	}
	return nil
}

// Dimensions returns the tables that can be targeted.
func (s Schema) Dimensions() []*Table {
	var out []*Table
	for i := range s.Tables {
		if s.Tables[i].Targetable {
			out = append(out, &s.Tables[i])
		}
	}
	return out
}

// Column returns the column with a name, or nil.
func (t *Table) Column(name string) *Column {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i]
		}
	}
	return nil
}

// Link returns the link with a name, or nil.
func (t *Table) Link(name string) *Link {
	for i := range t.Links {
		if t.Links[i].Name == name {
			return &t.Links[i]
		}
	}
	return nil
}

// Address returns the address that a channel uses, or nil.
func (t *Table) Address(channel string) *Address {
	for i := range t.Addresses {
		if t.Addresses[i].Channel == channel {
			return &t.Addresses[i]
		}
	}
	return nil
}

// Title returns the label of the table, or its name with a capital.
func (t *Table) Title() string {
	if t.Label != "" || t.Name == "" {
		return t.Label
	}
	name := []rune(t.Name)
	return strings.ToUpper(string(name[:1])) + string(name[1:])
}

// Alone returns a schema of this table only.
func (t Table) Alone() Schema { return Schema{Tables: []Table{t}} }
