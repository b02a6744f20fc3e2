package check

import (
	"errors"
	"fmt"

	"rendezvous/model"
	"rendezvous/model/rule"
	"rendezvous/model/schema"
	"rendezvous/model/suggest"
)

// rules checks every text of the rule language against the schema.
func (k *checker) rules() {
	variables := k.campaign.VariablesTable()
	conditions := schema.Schema{Tables: []schema.Table{variables}}
	for _, a := range k.campaign.Activities {
		dimension := k.dimension(a)
		k.each(a, func(f model.Field, text string, path model.Path) {
			switch f.Type {
			case model.Condition:
				k.parse(a, path, text, conditions, variables.Name, ConditionError)
			case model.Rule:
				if k.data.Err == nil && k.data.Schema.Table(dimension) != nil {
					k.parse(a, path, text, k.data.Schema, dimension, RuleError)
				}
			case model.Order:
				k.order(a, path, text, dimension)
			}
		})
	}
}

// each calls do with every text value of an activity.
func (k *checker) each(a model.Activity, do func(model.Field, string, model.Path)) {
	for _, f := range a.Kind.AllFields() {
		if text := a.Settings.Text(f.Key); text != "" {
			do(f, text, model.Path{f.Key})
		}
		for i, record := range a.Settings.Records(f.Key) {
			for _, inner := range f.Of {
				if text := record.Text(inner.Key); text != "" {
					do(inner, text, model.Path{f.Key, i, inner.Key})
				}
			}
		}
	}
}

func (k *checker) parse(a model.Activity, path model.Path, text string, s schema.Schema, table, code string) {
	_, err := rule.Parse(text, s, table)
	var errs rule.Errors
	if !errors.As(err, &errs) {
		return
	}
	for _, e := range errs {
		k.add(Finding{Code: code, Severity: Error, Activity: a.ID, Path: path, Offset: e.Column - 1, Message: e.Message})
	}
}

func (k *checker) order(a model.Activity, path model.Path, text, dimension string) {
	table := k.data.Schema.Table(dimension)
	column, _, err := model.ParseOrder(text)
	if err != nil || table == nil || table.Column(column) != nil {
		return
	}
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	hint := ""
	if nearest, ok := suggest.Nearest(column, names); ok {
		hint = fmt.Sprintf(" Did you mean “%s”?", nearest)
	}
	k.add(Finding{Code: OrderError, Severity: Error, Activity: a.ID, Path: path,
		Message: fmt.Sprintf("%s has no attribute “%s” to order by.%s", table.Title(), column, hint)})
}

// dataset checks what the campaign wants of the dataset.
func (k *checker) dataset() {
	switch {
	case k.campaign.Settings.Text("data") == "":
		k.add(Finding{Code: NoDataset, Severity: Error, Message: "The campaign has no dataset. Add a line “data: demo”."})
		return
	case k.data.Err != nil:
		k.add(Finding{Code: NoDataset, Severity: Error, Path: model.Path{"data"}, Message: sentence(k.data.Err.Error())})
		return
	case k.campaign.Settings.Text("dimension") == "":
		k.add(Finding{Code: NoTable, Severity: Error, Message: "The campaign has no dimension. Add a line “dimension: customers”."})
		return
	}
	k.table("", model.Path{"dimension"}, k.campaign.Settings.Text("dimension"))
	for _, a := range k.campaign.Activities {
		if own := a.Settings.Text("dimension"); own != "" {
			k.table(a.ID, model.Path{"dimension"}, own)
		}
		k.moves(a)
		if a.Kind.Role == model.Deliver {
			k.address(a)
		}
		if a.Kind.Name == "save-audience" {
			k.savedAttributes(a)
		}
	}
}

func (k *checker) table(activity string, path model.Path, name string) {
	table := k.data.Schema.Table(name)
	var names []string
	for _, t := range k.data.Schema.Dimensions() {
		names = append(names, t.Name)
	}
	switch nearest, ok := suggest.Nearest(name, names); {
	case table != nil && table.Targetable:
	case table != nil:
		k.add(Finding{Code: NotTargetable, Severity: Error, Activity: activity, Path: path,
			Message: fmt.Sprintf("%s can’t be targeted: its rows are not people or things to count.", table.Title())})
	case ok:
		k.add(Finding{Code: NoTable, Severity: Error, Activity: activity, Path: path, Message: fmt.Sprintf("There is no table “%s”. Did you mean “%s”?", name, nearest)})
	default:
		k.add(Finding{Code: NoTable, Severity: Error, Activity: activity, Path: path, Message: fmt.Sprintf("There is no table “%s”.", name)})
	}
}

// moves checks that an activity which names a dimension of its own does not get people of another.
func (k *checker) moves(a model.Activity) {
	from, ok := k.campaign.Inbound(a)
	own := a.Settings.Text("dimension")
	if !ok || own == "" {
		return
	}
	before, _ := k.campaign.Activity(from.Activity)
	if arriving := k.dimension(before); arriving != own {
		k.add(Finding{Code: MixedDimensions, Severity: Error, Activity: a.ID, Path: model.Path{"dimension"},
			Message: fmt.Sprintf("Rows of %s arrive here, and they can’t become rows of %s.", arriving, own)})
	}
}

func (k *checker) address(a model.Activity) {
	table := k.data.Schema.Table(k.dimension(a))
	if table == nil {
		return
	}
	switch address := table.Address(a.Kind.Delivery); {
	case address == nil:
		k.add(Finding{Code: NoAddress, Severity: Error, Activity: a.ID,
			Message: fmt.Sprintf("%s has no address for %s in the data.", table.Title(), a.Kind.Title)})
	case address.Consent == "":
		k.add(Finding{Code: NoConsent, Severity: Warning, Activity: a.ID,
			Message: fmt.Sprintf("Nothing in the data says who of %s agreed to %s: everyone gets it.", table.Title(), a.Kind.Title)})
	}
}

func (k *checker) savedAttributes(a model.Activity) {
	table := k.data.Schema.Table(k.dimension(a))
	if table == nil {
		return
	}
	missing := func(name, key string) {
		if table.Column(name) == nil {
			k.add(Finding{Code: OrderError, Severity: Error, Activity: a.ID, Path: model.Path{key},
				Message: fmt.Sprintf("%s has no attribute “%s” to keep.", table.Title(), name)})
		}
	}
	for _, name := range a.Settings.Words("attributes") {
		missing(name, "attributes")
	}
	if key := a.Settings.Text("key"); key != "" {
		missing(key, "key")
	}
}
