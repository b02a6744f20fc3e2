package check

import (
	"errors"
	"strings"

	"rendezvous/model"
	"rendezvous/model/rule"
	"rendezvous/model/schema"
)

// CanInsert says why an activity of a kind can't be inserted behind an output, or why it can't begin a branch when at is
// nil, as a short clause; nil when it can. The schema may be empty as long as nothing is known of the data.
func CanInsert(c model.Campaign, s schema.Schema, k *model.Kind, at *model.Ref) error {
	if at == nil {
		if k.MinIn > 0 {
			return errors.New("needs one before it")
		}
		return nil
	}
	if err := c.CanInsert(k, *at); err != nil {
		return err
	}
	a, _ := c.Activity(at.Activity)
	table := s.Table(c.Dimension(a))
	if k.Role == model.Deliver && table != nil && table.Address(k.Delivery) == nil {
		return errors.New("no address for it in the data")
	}
	return nil
}

// Text says what is wrong with the text of a rule or a condition of an activity, or nil. Texts of other fields are not
// its business; of a rule nothing is known as long as the dataset is not there.
func Text(c model.Campaign, data Data, a model.Activity, f model.Field, text string) error {
	var err error
	switch f.Type {
	case model.Rule:
		if data.Err == nil {
			_, err = rule.Parse(text, data.Schema, c.Dimension(a))
		}
	case model.Condition:
		variables := c.VariablesTable()
		_, err = rule.Parse(text, variables.Alone(), variables.Name)
	}
	if err == nil {
		return nil
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return errors.New(first)
}
