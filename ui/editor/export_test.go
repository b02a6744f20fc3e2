package editor

import "rendezvous/model"

// LargeCampaign is the text of a campaign of n activities.
func LargeCampaign(n int) string { return string(model.Render(campaignOf(n))) }

// Commands are the names and the first keys of all commands, for tests of the whole program.
func Commands() map[string]string {
	keys := map[string]string{}
	for _, c := range commandTable() {
		keys[c.name] = c.keys[0]
	}
	return keys
}
