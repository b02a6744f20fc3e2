package check

import (
	"fmt"
	"strings"

	"rendezvous/model"
)

// structure checks that every activity is reached, complete, and leads somewhere.
func (k *checker) structure() {
	if len(k.campaign.Activities) == 0 {
		k.add(Finding{Code: NoStart, Severity: Error, Message: "The campaign has no activities. Begin with Build audience."})
	}
	audiences := map[string]string{}
	for _, a := range k.campaign.Activities {
		if len(a.From) < a.Kind.MinIn {
			k.add(Finding{Code: NothingBefore, Severity: Error, Activity: a.ID,
				Message: "Nothing leads here. Insert it behind a transition, or delete it."})
		}
		for _, p := range a.Problems() {
			k.add(Finding{Code: Incomplete, Severity: Error, Activity: a.ID, Path: p.Path, Message: sentence(p.Message)})
		}
		if name := a.Settings.Text("audience"); name != "" {
			if other, taken := audiences[name]; taken {
				k.add(Finding{Code: AudienceTwice, Severity: Error, Activity: a.ID, Path: model.Path{"audience"},
					Message: fmt.Sprintf("%s already saves under the name “%s”.", other, name)})
			}
			audiences[name] = a.Label()
		}
	}
	k.openOutputs()
}

// openOutputs warns when several outputs lead nowhere: one is where the campaign ends, more are often forgotten.
func (k *checker) openOutputs() {
	var open []string
	first := ""
	for _, a := range k.campaign.Activities {
		for _, o := range a.Outputs() {
			if _, followed := k.graph.Follower(model.Ref{Activity: a.ID, Output: o.ID}); followed {
				continue
			}
			if first == "" {
				first = a.ID
			}
			open = append(open, fmt.Sprintf("%s (%s)", a.Label(), o.Label))
		}
	}
	if len(open) < 2 {
		return
	}
	names := strings.Join(open, ", ")
	if len(open) > 6 {
		names = strings.Join(open[:6], ", ") + " …"
	}
	k.add(Finding{Code: OpenOutputs, Severity: Warning, Activity: first,
		Message: fmt.Sprintf("%d outputs are open: %s", len(open), names)})
}

// sentence gives a clause a capital and a full stop.
func sentence(clause string) string {
	if clause == "" {
		return ""
	}
	r := []rune(clause)
	return strings.ToUpper(string(r[:1])) + string(r[1:]) + "."
}

// guardrails warn of campaigns that grow out of hand (SPEC section 4).
func (k *checker) guardrails() {
	n, channels := len(k.campaign.Activities), 0
	switch {
	case n > maxActivities:
		k.add(Finding{Code: TooManyHard, Severity: Error, Message: fmt.Sprintf("%d activities: a campaign can have %d.", n, maxActivities)})
	case n > manyActivities:
		k.add(Finding{Code: TooManySoft, Severity: Warning, Message: fmt.Sprintf("%d activities: above %d, a campaign is hard to follow.", n, manyActivities)})
	}
	for _, a := range k.campaign.Activities {
		if a.Kind.Role != model.Deliver {
			continue
		}
		channels++
		if rate, err := model.ParseRate(a.Settings.Text("rate")); err == nil && rate > maxRatePerSecond {
			k.add(Finding{Code: RateOutOfBounds, Severity: Error, Activity: a.ID, Path: model.Path{"rate"},
				Message: fmt.Sprintf("The rate must not be higher than %d/s.", maxRatePerSecond)})
		}
	}
	if channels > maxChannels {
		k.add(Finding{Code: TooManyChannels, Severity: Warning, Message: fmt.Sprintf("%d channel activities: a campaign should have at most %d.", channels, maxChannels)})
	}
}
