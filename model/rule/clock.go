package rule

import (
	"fmt"
	"strconv"
	"time"
)

const (
	dayLayout     = "2006-01-02"
	instantLayout = "2006-01-02T15:04:05Z"
	lastInstant   = "9999-12-31T23:59:59Z"
)

// parseTime reads a day or an instant, or says what is wrong with the text.
func parseTime(text string) (any, string) {
	if t, err := time.Parse(dayLayout, text); err == nil && t.Year() > 0 {
		return Day(text), ""
	}
	t, err := time.Parse(time.RFC3339, text)
	u := t.UTC()
	switch {
	case err != nil:
		return nil, fmt.Sprintf(`%s is not a date: write "2026-01-05", or "2026-01-05T09:00:00+01:00" for an instant.`, strconv.Quote(short(text)))
	case u.Nanosecond() != 0:
		return nil, fmt.Sprintf("%s is too precise: instants have whole seconds.", strconv.Quote(text))
	case u.Year() < 1 || u.Year() > 9999:
		return nil, fmt.Sprintf("%s is out of range: years go from 1 to 9999.", strconv.Quote(text))
	}
	return u, ""
}

// clock is the moment of a run.
type clock struct {
	now   time.Time // whole seconds
	today Day
	zone  *time.Location
}

func (c Context) clock() clock {
	now := c.Now.Truncate(time.Second)
	return clock{now, dayOf(now, now.Location()), now.Location()}
}

// dayOf is the calendar day of an instant in a zone.
func dayOf(t time.Time, zone *time.Location) Day {
	return Day(clamp(t.In(zone).Format(dayLayout), t.In(zone).Year(), "0001-01-01", "9999-12-31"))
}

// instantOf is how a database holds an instant.
func instantOf(t time.Time) string {
	u := t.UTC()
	return clamp(u.Format(instantLayout), u.Year(), "0000-01-01T00:00:00Z", lastInstant)
}

// clamp keeps a formatted time within four digits of year, which is what makes the order of texts that of times.
func clamp(text string, year int, first, last string) string {
	switch {
	case year < 0:
		return first
	case year > 9999:
		return last
	}
	return text
}

// parts returns the numbers of a day.
func (d Day) parts() (year, month, day int) {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil {
		return 0, 0, 0
	}
	y, m, n := t.Date()
	return y, int(m), n
}

// plus returns the day n days later.
func (d Day) plus(n int) Day {
	y, m, day := d.parts()
	return dayOf(time.Date(y, time.Month(m), day+n, 0, 0, 0, 0, time.UTC), time.UTC)
}

// monthsBack returns the same day n months before, or the last day of that month when it is shorter.
func (d Day) monthsBack(n int) Day {
	y, m, day := d.parts()
	first := time.Date(y, time.Month(m-n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return dayOf(first.AddDate(0, 0, min(day, last)-1), time.UTC)
}

// start returns the first instant of the day in a zone.
func (d Day) start(zone *time.Location) time.Time {
	y, m, day := d.parts()
	return startOf(time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC), zone)
}

// startOf looks for the first instant of a day, given as its midnight in UTC. Where clocks change around midnight, that
// midnight doesn't exist or comes twice, and time.Date answers with any of the instants nearby.
func startOf(day time.Time, zone *time.Location) time.Time {
	y, m, d := day.Date()
	t := time.Date(y, m, d, 0, 0, 0, 0, zone).Add(-3 * time.Hour)
	for range 30 * 4 {
		y, m, d := t.Date()
		if !time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Before(day) {
			break
		}
		t = t.Add(15 * time.Minute)
	}
	return t
}

// end returns the last second of the day in a zone.
func (d Day) end(zone *time.Location) time.Time {
	y, m, day := d.parts()
	return startOf(time.Date(y, time.Month(m), day+1, 0, 0, 0, 0, time.UTC), zone).Add(-time.Second)
}

// zoneName writes a zone for the SQL function uday: its name, or its offset when it has only one.
func zoneName(now time.Time) string {
	if from, to := now.ZoneBounds(); !from.IsZero() || !to.IsZero() {
		return now.Location().String()
	}
	return now.Format("-07:00:00")
}
