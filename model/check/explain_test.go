package check

import (
	"os"
	"regexp"
	"testing"

	"rendezvous/model"
)

// Every code that can be reported is explained, and every field of every form.
func TestEverythingIsExplained(t *testing.T) {
	text, err := os.ReadFile("check.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`= "([A-Z][0-9]{2})"`).FindAllSubmatch(text, -1)
	if len(codes) < 20 {
		t.Fatalf("only %d codes found", len(codes))
	}
	for _, code := range codes {
		if Explain(string(code[1])) == "" {
			t.Errorf("%s is not explained", code[1])
		}
	}
	for _, k := range model.Kinds() {
		explained(t, k.Name, k.AllFields())
	}
	explained(t, "campaign", model.CampaignFields)
}

func explained(t *testing.T, where string, fields []model.Field) {
	t.Helper()
	for _, f := range fields {
		if f.Help == "" {
			t.Errorf("%s: %s is not explained", where, f.Key)
		}
		explained(t, where+"."+f.Key, f.Of)
	}
}
