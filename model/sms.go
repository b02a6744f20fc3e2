package model

var sms = &Kind{
	Name: "sms", Title: "SMS", Category: Channel, Role: Deliver, Delivery: "sms",
	Glyph: "≡", ASCII: "#",
	Summary: "text message",
	Help:    "Sends a text message to everyone who arrives and may get one. People without consent or without a valid number are dropped, and the log says how many.",
	MinIn:   1, MaxIn: 1,
	Fields: append([]Field{
		{Key: "text", Title: "Text", Type: Text, Required: true, Example: "Thank you, {{ first_name }}!", Help: "The message. {{ first_name }} stands for the attribute of that name."},
	}, deliveryFields...),
	outputs: sentOutput,
	card:    func(s Settings) string { return withoutTags(s.Text("text")) },
}
