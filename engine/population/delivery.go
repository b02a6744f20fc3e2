package population

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"rendezvous/engine/flow"
	"rendezvous/model"
)

// Reasons why someone gets no message.
const (
	NoConsent = "no consent"
	NoAddress = "no address"
	Malformed = "invalid address"
	Duplicate = "duplicate address"
)

var (
	emailAddress = regexp.MustCompile(`^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$`)
	phoneNumber  = regexp.MustCompile(`^\+[1-9][0-9]{7,14}$`)
)

// normalAddress returns the one form that all spellings of an address have, or nil when there is none: letters of
// e-mail addresses are small, phone numbers have no separators.
func normalAddress(channel, address string) any {
	address = strings.TrimSpace(address)
	switch channel {
	case "email":
		address = strings.ToLower(address)
	case "sms":
		address = strings.NewReplacer(" ", "", "-", "", ".", "").Replace(address)
	}
	if address == "" {
		return nil
	}
	return address
}

// validAddress reports whether a channel could reach a normal address by its form: an e-mail address has a domain with a
// dot, a phone number is international (E.164).
func validAddress(channel, address string) bool {
	switch channel {
	case "email":
		return emailAddress.MatchString(address)
	case "sms":
		return phoneNumber.MatchString(address)
	}
	return true
}

// Deliver makes the population of who gets a message of a channel activity: people with consent and an address that
// nobody before them has. It returns how many are left out, and why.
func (s *Store) Deliver(ctx context.Context, id string, now time.Time) (flow.Delivery, error) {
	delivery := flow.Delivery{Dropped: map[string]int{}}
	err := s.run(ctx, id, now, func(q *query) error { return q.deliver(&delivery) })
	return delivery, err
}

func (q *query) deliver(delivery *flow.Delivery) error {
	channel := q.activity.Kind.Delivery
	address := q.table.Address(channel)
	if address == nil {
		return fmt.Errorf("%s has no address for %s", q.table.Title(), q.activity.Kind.Title)
	}
	consent := "1"
	if address.Consent != "" {
		consent = "coalesce(t." + quote(address.Consent) + ", 0)"
	}
	verdicts := fmt.Sprintf(`
		SELECT key, CASE WHEN verdict = '' AND row_number() OVER (PARTITION BY verdict, address ORDER BY key) > 1
			THEN '%s' ELSE verdict END AS verdict
		FROM (SELECT key, address, CASE
			WHEN NOT consent THEN '%s'
			WHEN address IS NULL THEN '%s'
			WHEN NOT valid_address(?, address) THEN '%s'
			ELSE '' END AS verdict
			FROM (SELECT w.key AS key, %s AS consent, normal_address(?, CAST(t.%s AS TEXT)) AS address FROM %s))`,
		Duplicate, NoConsent, NoAddress, Malformed, consent, quote(address.Column), q.people())
	if _, err := q.tx.ExecContext(q.ctx, "DROP TABLE IF EXISTS temp.verdicts"); err != nil {
		return err
	}
	if _, err := q.tx.ExecContext(q.ctx, "CREATE TEMP TABLE verdicts AS "+verdicts, channel, channel); err != nil {
		return err
	}
	return q.tally(delivery)
}

// tally counts the verdicts and keeps who gets the message.
func (q *query) tally(delivery *flow.Delivery) error {
	rows, err := q.tx.QueryContext(q.ctx, "SELECT verdict, count(*) FROM temp.verdicts GROUP BY verdict")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var verdict string
		var n int
		if err := rows.Scan(&verdict, &n); err != nil {
			return err
		}
		delivery.Targeted += n
		if verdict != "" {
			delivery.Dropped[verdict] = n
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	delivery.Sent, err = q.fill("sent", "SELECT key FROM temp.verdicts WHERE verdict = '' ORDER BY key")
	return err
}

// Rate returns how many messages a second a channel activity sends in a test run: what the activity says, what the
// campaign's simulate section says, or 200 a minute.
func Rate(c model.Campaign, a model.Activity) float64 {
	simulated := c.Settings.Group("simulate").Group(a.Kind.Delivery).Text("rate")
	for _, text := range []string{a.Settings.Text("rate"), simulated} {
		if rate, err := model.ParseRate(text); err == nil {
			return rate
		}
	}
	return 200.0 / 60
}
