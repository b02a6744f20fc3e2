package model

import (
	"regexp"
	"strings"
)

var email = &Kind{
	Name: "email", Title: "Email", Category: Channel, Role: Deliver, Delivery: "email",
	Glyph: "✉", ASCII: "@",
	Summary: "message by e-mail",
	Help:    "Sends an e-mail to everyone who arrives and may get one. People without consent or without a valid address are dropped, and the log says how many. It is finished when the last message has left.",
	MinIn:   1, MaxIn: 1,
	Fields: append([]Field{
		{Key: "subject", Title: "Subject", Type: Line, Required: true, Example: "{{ first_name }}, hello", Help: "The subject line. {{ first_name }} stands for the attribute of that name."},
		{Key: "body", Title: "Body", Type: Text, Help: "The message."},
	}, deliveryFields...),
	outputs: sentOutput,
	card:    func(s Settings) string { return withoutTags(s.Text("subject")) },
}

// deliveryFields are what all channels have in common.
var deliveryFields = []Field{
	{Key: "sender", Title: "Sender", Type: Line, Help: "Whom the message is from."},
	{Key: "rate", Title: "Rate", Type: Rate, Example: "200/min", Help: "How many messages leave per s, min or h."},
	{Key: "confirm", Title: "Confirm", Type: Switch, Help: "Holds the messages until someone confirms."},
}

func sentOutput(Settings) []Output { return []Output{{ID: "sent", Label: "Ok"}} }

var (
	templateTag = regexp.MustCompile(`\{[{%].*?[%}]\}`)
	dangling    = regexp.MustCompile(`[ ,;:]+([!?.])`) // what stood between a tag and the end of a sentence
)

// withoutTags leaves out what a template fills in: "{{ first_name }}, your week" reads "Your week".
func withoutTags(text string) string {
	text = dangling.ReplaceAllString(templateTag.ReplaceAllString(text, ""), "$1")
	text = strings.TrimLeft(text, " ,;:!-")
	if text == "" {
		return ""
	}
	first := []rune(text)
	return strings.ToUpper(string(first[0])) + string(first[1:])
}
