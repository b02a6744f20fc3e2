package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A FieldType says what a field holds: how it is read, which input edits it, which schema describes it.
type FieldType int

// The field types. What a form shows for each is decided by the form.
const (
	Line       FieldType = iota // a line of text
	Text                        // several lines of text
	Rule                        // a rule on the rows of the dimension
	Condition                   // a rule on count and variables
	Order                       // an attribute to sort by: “amount desc”
	Identifier                  // the id of an output
	Branch                      // one of the inbound transitions
	Switch                      // on or off
	Number                      // a whole number
	Duration                    // a stretch of time: “7d”
	Instant                     // a point in time: “2026-12-01 09:00”
	Rate                        // messages per time: “200/min”
	Limit                       // a number of rows, or a share of them: “500”, “10%”
	Percent                     // a share: “2%”
	Choice                      // one of Options
	Words                       // a list of texts
	Variables                   // values by name
	Group                       // the fields Of, together
	List                        // any number of groups of the fields Of
)

// A Field describes one value of an activity, or of the campaign.
type Field struct {
	Key         string
	Title       string
	Type        FieldType
	Options     []Option // of a Choice; the first is the default
	Of          []Field  // of a Group or List
	Required    bool
	Min, Max    int    // of a Number, and in days of a Duration; no limits when both are 0
	Example     string // a valid value, shown where there is none
	Placeholder string // shown where there is none, in words
	Help        string
	// Advanced fields are for the file; forms leave them out.
	Advanced bool
	// Item names one entry of a List: "subset".
	Item string
}

// An Option is one value of a Choice.
type Option struct{ Value, Help string }

// Parse reads what a person wrote in a file or typed into a form, for every type that is a single value. The error is
// the rest of a sentence that begins with the field's name: “must be …”.
func (f Field) Parse(text string) (any, error) {
	switch f.Type {
	case Identifier:
		return text, identifier(text)
	case Switch:
		return parseSwitch(text)
	case Number:
		return f.parseNumber(text)
	case Duration:
		return text, f.checkDuration(text)
	case Instant:
		_, err := ParseInstant(text, time.UTC)
		return text, err
	case Rate:
		_, err := ParseRate(text)
		return text, err
	case Limit:
		return parseLimitValue(text)
	case Percent:
		_, err := ParsePercent(text)
		return text, err
	case Choice:
		return text, f.checkOption(text)
	case Order:
		_, _, err := ParseOrder(text)
		return text, err
	}
	return text, nil
}

// Typed reads what a person typed into a form: as Parse does, but nothing is no value, and commas part the words of a
// list.
func (f Field) Typed(text string) (any, error) {
	switch {
	case text == "":
		return nil, nil
	case f.Type == Words:
		var words []string
		for word := range strings.SplitSeq(text, ",") {
			if word = strings.TrimSpace(word); word != "" {
				words = append(words, word)
			}
		}
		return words, nil
	}
	return f.Parse(text)
}

func identifier(s string) error {
	if s == "" || len(s) > 60 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || s[0] == '-' || s[0] == '_' {
		return fmt.Errorf("must be made of lower-case letters, digits, - and _, and begin with a letter or a digit, like email-gold")
	}
	return nil
}

func parseSwitch(text string) (any, error) {
	if text != "true" && text != "false" {
		return nil, fmt.Errorf("must be true or false")
	}
	return text == "true", nil
}

func (f Field) parseNumber(text string) (any, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return nil, fmt.Errorf("must be a whole number")
	}
	if f.Min != f.Max && (n < f.Min || n > f.Max) {
		return nil, fmt.Errorf("must be between %d and %d", f.Min, f.Max)
	}
	return n, nil
}

func (f Field) checkDuration(text string) error {
	d, err := ParseDuration(text)
	if err != nil {
		return err
	}
	const day = 24 * time.Hour
	if f.Min != f.Max && (d < time.Duration(f.Min)*day || d > time.Duration(f.Max)*day) {
		return fmt.Errorf("must be between %d and %d days", f.Min, f.Max)
	}
	return nil
}

func (f Field) checkOption(text string) error {
	var values []string
	for _, o := range f.Options {
		if o.Value == text {
			return nil
		}
		values = append(values, o.Value)
	}
	return fmt.Errorf("must be one of %s", strings.Join(values, ", "))
}

// Default returns the value that a Choice has when nothing is chosen.
func (f Field) Default() string {
	if len(f.Options) == 0 {
		return ""
	}
	return f.Options[0].Value
}

// Show returns the text that a form shows for a value of the field, and that Parse reads back.
func (f Field) Show(v any) string {
	switch v := v.(type) {
	case nil:
		return f.Default()
	case string:
		return v
	case []string:
		return strings.Join(v, ", ")
	}
	return fmt.Sprint(v)
}

// ParseDuration reads a duration such as “7d”, “90min” or “1d 12h”. Units are s, min, h, d and w; a day is 24 hours.
func ParseDuration(text string) (time.Duration, error) {
	bad := fmt.Errorf("must be a number and a unit (s, min, h, d, w), like 7d")
	units := map[string]time.Duration{"s": time.Second, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	rest := strings.TrimSpace(text)
	if rest == "" {
		return 0, bad
	}
	var total time.Duration
	for rest != "" {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		tail := strings.TrimLeft(rest[digits:], " ")
		letters := len(tail) - len(strings.TrimLeft(tail, "abcdefghijklmnopqrstuvwxyz"))
		n, err := strconv.Atoi(rest[:digits])
		unit, ok := units[tail[:letters]]
		if err != nil || !ok {
			return 0, bad
		}
		if n > int(maxDuration/unit) {
			return 0, fmt.Errorf("must be less than 100 years")
		}
		total += time.Duration(n) * unit
		if total > maxDuration {
			return 0, fmt.Errorf("must be less than 100 years")
		}
		rest = strings.TrimLeft(tail[letters:], " ")
	}
	return total, nil
}

const maxDuration = 100 * 365 * 24 * time.Hour

// ParseInstant reads a point in time: RFC 3339, or a date with or without a time of day, which is then in zone.
func ParseInstant(text string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("must be a date and time, like 2026-12-01 09:00")
}

// ParseRate reads a number of messages per second, minute or hour and returns messages per second.
func ParseRate(text string) (float64, error) {
	number, unit, _ := strings.Cut(text, "/")
	n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 31)
	per, ok := map[string]float64{"s": 1, "min": 60, "h": 3600}[strings.TrimSpace(unit)]
	if err != nil || !ok || n < 1 {
		return 0, fmt.Errorf("must be a number per s, min or h, like 200/min")
	}
	return float64(n) / per, nil
}

// ParsePercent reads a share such as “2%” and returns it as a number from 0 to 1.
func ParsePercent(text string) (float64, error) {
	number, found := strings.CutSuffix(strings.TrimSpace(text), "%")
	p, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !found || !(p >= 0 && p <= 100) {
		return 0, fmt.Errorf("must be between 0%% and 100%%")
	}
	return p / 100, nil
}

// parseLimitValue keeps a number a number, so that the file says 500 and not "500".
func parseLimitValue(text string) (any, error) {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 {
		return n, nil
	}
	if _, err := ParsePercent(text); err == nil {
		return text, nil
	}
	return nil, fmt.Errorf("must be a number of people or a share, like 500 or 10%%")
}

// A RowLimit is the most rows that a subset takes.
type RowLimit struct {
	Rows    int     // when Percent is 0
	Percent float64 // of the inbound population, from 0 to 1
	Set     bool    // false when there is no limit
}

// Limit returns the value of a Limit field.
func (s Settings) Limit(key string) RowLimit {
	switch v := s[key].(type) {
	case int:
		return RowLimit{Rows: v, Set: true}
	case string:
		if p, err := ParsePercent(v); err == nil {
			return RowLimit{Percent: p, Set: true}
		}
	}
	return RowLimit{}
}

// Of returns how many of n rows the limit allows. A share is rounded down.
func (l RowLimit) Of(n int) int {
	switch {
	case !l.Set:
		return n
	case l.Percent > 0:
		return min(n, int(l.Percent*float64(n)+1e-9))
	}
	return min(n, l.Rows)
}
