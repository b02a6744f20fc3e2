package rule

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// A Function is an SQL function that compiled rules call and that a database doesn't have by itself. It is deterministic
// and answers nil when an argument is nil or not a text.
type Function struct {
	Name string
	Args int
	Call func(args []string) any // a string, or nil
}

// Functions returns the functions that must be registered before the SQL of a rule runs: ulower(text) and uupper(text),
// which know all letters and not just those of ASCII, and uday(instant, zone), the calendar day of an instant.
func Functions() []Function {
	return []Function{
		{"ulower", 1, func(args []string) any { return strings.ToLower(args[0]) }},
		{"uupper", 1, func(args []string) any { return strings.ToUpper(args[0]) }},
		{"uday", 2, func(args []string) any { return localDay(args[0], args[1]) }},
	}
}

// localDay is the calendar day of a stored instant in a zone as zoneName writes it, or nil.
func localDay(instant, name string) any {
	t, err := time.Parse(time.RFC3339, instant)
	zone := zoneOf(name)
	if err != nil || zone == nil {
		return nil
	}
	return string(dayOf(t, zone))
}

// zones holds the zones that have been looked up: a lookup reads a file, and uday runs once a row.
var zones sync.Map

// zoneOf returns the zone that zoneName wrote, or nil.
func zoneOf(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		var t time.Time
		t, err = time.Parse("-07:00:00", name)
		zone = t.Location()
	}
	if err != nil {
		return nil
	}
	zones.Store(name, zone)
	return zone
}

// spaces are the characters that trim takes off both ends.
var spaces = func() string {
	var b strings.Builder
	for r := rune(0); r <= 0x3000; r++ {
		if unicode.IsSpace(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}()

// smallest is the smallest integer that has an opposite.
const smallest = -math.MaxInt64

// pattern is what LIKE compares the small letters of a text with.
func (m Match) pattern() string {
	text := strings.ToLower(m.Text)
	if m.Kind == Like {
		return text
	}
	text = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
	switch m.Kind {
	case StartsWith:
		return text + "%"
	case EndsWith:
		return "%" + text
	}
	return "%" + text + "%"
}

// number writes a day as 20260105.
func (d Day) number() int64 {
	n, _ := strconv.ParseInt(strings.ReplaceAll(string(d), "-", ""), 10, 64)
	return n
}
