package check

import (
	"fmt"
	"strings"
	"testing"

	"rendezvous/model"
)

// largeCampaign has n activities in blocks of ten: a split, messages, waits, a test and two joins.
func largeCampaign(n int) string {
	var text strings.Builder
	text.WriteString("version: 1\nname: Large\ndata: demo\ndimension: customers\n\nactivities:\n  - id: all\n    kind: build-audience\n    when-empty: continue\n\n")
	before := "all"
	for i := range (n - 1) / 10 {
		fmt.Fprintf(&text, `  - id: split-%[1]d
    kind: split
    label: Tiers %[1]d
    from: %[2]s
    subsets:
      - {id: gold, label: Gold, rule: tier == "gold" and age >= 18}
      - {id: silver, label: Silver, rule: 'count(purchases, .amount > 100) >= 2', skip-empty: true}

  - id: mail-%[1]d
    kind: email
    from: split-%[1]d.gold
    subject: "{{ first_name }}, hello" # personal
    body: |
      Dear {{ first_name }},

      thank you.

  - {id: text-%[1]d, kind: sms, from: split-%[1]d.silver, text: Hello}
  - {id: day-%[1]d, kind: wait, from: text-%[1]d, for: 1d}
  - {id: meet-%[1]d, kind: and-join, from: [mail-%[1]d, day-%[1]d], primary: mail-%[1]d}
  - {id: big-%[1]d, kind: test, from: meet-%[1]d, conditions: [{id: enough, label: Enough, when: count > 10}]}
  - {id: keep-%[1]d, kind: save-audience, from: big-%[1]d.enough, audience: Kept %[1]d}
  - {id: fork-%[1]d, kind: fork, from: keep-%[1]d, outputs: [{id: x}, {id: z}]}
  - {id: week-%[1]d, kind: wait, from: fork-%[1]d.x, for: 7d}
  - {id: again-%[1]d, kind: and-join, from: [week-%[1]d, fork-%[1]d.z], primary: week-%[1]d}

`, i, before)
		before = fmt.Sprintf("again-%d", i)
	}
	return text.String()
}

func BenchmarkLoadAndCheck(b *testing.B) {
	text, data := []byte(largeCampaign(500)), demo(b)
	for b.Loop() {
		d, err := model.Load("f.yaml", text)
		if err != nil {
			b.Fatal(err)
		}
		Run(d.Campaign, data)
	}
}

func BenchmarkCheck(b *testing.B) {
	d, data := load(b, largeCampaign(500)), demo(b)
	for b.Loop() {
		Run(d.Campaign, data)
	}
}

func BenchmarkSaveOneEdit(b *testing.B) {
	d := load(b, largeCampaign(500))
	c, err := d.Campaign.Set("mail-20", "Another subject", "subject")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d.Save(c)
	}
}
