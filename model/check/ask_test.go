package check

import (
	"errors"
	"testing"

	"rendezvous/model"
	"rendezvous/model/schema"
)

func TestCanInsert(t *testing.T) {
	c := load(t, head+"  - {id: all, kind: build-audience}\n  - {id: stop, kind: end, from: all}\n").Campaign
	people := schema.Schema{Tables: []schema.Table{{Name: "customers", Key: "id"}}}
	behind := &model.Ref{Activity: "all", Output: "result"}
	for name, test := range map[string]struct {
		kind string
		s    schema.Schema
		at   *model.Ref
		want string
	}{
		"begins":           {"build-audience", people, nil, ""},
		"needs one":        {"email", people, nil, "needs one before it"},
		"no address":       {"email", people, behind, "no address for it in the data"},
		"data not there":   {"email", schema.Schema{}, behind, ""},
		"nothing can come": {"end", people, behind, "End follows, and nothing can follow it"},
	} {
		kind, _ := model.FindKind(test.kind)
		got := ""
		if err := CanInsert(c, test.s, kind, test.at); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, not %q", name, got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	c := load(t, head+"  - {id: all, kind: build-audience}\n  - {id: way, kind: test, from: all, conditions: [{id: many, when: count > 3}]}\n").Campaign
	data := Data{Schema: schema.Schema{Tables: []schema.Table{{Name: "customers", Key: "id", Columns: []schema.Column{{Name: "id", Type: schema.Integer}}}}}}
	all, _ := c.Activity("all")
	for _, test := range []struct {
		data  Data
		typ   model.FieldType
		text  string
		wrong bool
	}{
		{data, model.Rule, "id > 3", false},
		{data, model.Rule, "ident > 3", true},
		{Data{Err: errors.New("gone")}, model.Rule, "ident > 3", false},
		{data, model.Condition, "count > 3", false},
		{data, model.Condition, "cnt > 3", true},
		{data, model.Line, "ident >", false},
	} {
		if err := Text(c, test.data, all, model.Field{Type: test.typ}, test.text); (err != nil) != test.wrong {
			t.Errorf("%q of type %d: %v", test.text, test.typ, err)
		}
	}
}
