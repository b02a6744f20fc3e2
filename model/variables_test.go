package model

import "testing"

func TestParseVariable(t *testing.T) {
	for text, want := range map[string]any{
		"enough = 400":    400,
		"enough=":         nil,
		"rate = 0.5":      0.5,
		"vip = true":      true,
		"name = Zoë = 日本": "Zoë = 日本",
		`code = "400"`:    "400",
		"far = Inf":       "Inf",
	} {
		name, got, err := ParseVariable(text)
		if err != nil || got != want {
			t.Errorf("%q: %s is %#v, %v; want %#v", text, name, got, err, want)
		}
		if got == nil {
			continue
		}
		c, err := Campaign{}.SetCampaign(got, "variables", name)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Load("f.yaml", Render(c))
		if err != nil || again.Campaign.Settings.Group("variables")[name] != want {
			t.Errorf("%q: read back as %#v, %v", text, again.Campaign.Settings.Group("variables")[name], err)
		}
	}
	for _, text := range []string{"", "400", "count = 3", "a b = 3", "1st = 3", "= 3"} {
		if name, _, err := ParseVariable(text); err == nil {
			t.Errorf("%q names %q", text, name)
		}
	}
}
