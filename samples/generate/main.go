// Command generate writes the demo dataset: go run ./samples/generate samples/demo
//
// The data is invented. The same program always writes the same bytes, so the dataset can be checked against it.
package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate FOLDER")
		os.Exit(2)
	}
	for name, content := range generate() {
		if err := os.WriteFile(filepath.Join(os.Args[1], name), content, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// Sizes of the dataset. Gold and Silver are exact, so that the samples can name their figures.
const (
	customerCount     = 12500
	goldCount         = 1204
	silverCount       = 3006
	bronzeCount       = 5290
	purchaseCount     = 40000
	wishCount         = 6200
	subscriptionCount = 9100
)

// today is the day on which the data was "exported"; samples start their runs on it.
var today = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// A generator makes the tables one after the other; every choice comes from one stream of chance.
type generator struct {
	*rand.Rand
	products  []product
	customers []customer
}

type product struct {
	name, category string
	cents          int
}

type customer struct {
	created time.Time
	weight  int // how much someone buys
}

// generate returns the files of the dataset by name.
func generate() map[string][]byte {
	g := &generator{Rand: rand.New(rand.NewPCG(2026, 1))}
	return map[string][]byte{
		"products.csv":      table(g.productRows()),
		"customers.csv":     table(g.customerRows()),
		"purchases.csv":     table(g.purchaseRows()),
		"wish_list.csv":     table(g.wishRows()),
		"subscriptions.csv": table(g.subscriptionRows()),
	}
}

func table(rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.WriteAll(rows); err != nil {
		panic(err) // writing to memory
	}
	return out.Bytes()
}

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// chance is true in about percent of 100 cases.
func (g *generator) chance(percent float64) bool { return g.Float64()*100 < percent }

func (g *generator) productRows() [][]string {
	rows := [][]string{{"id", "name", "category", "price", "in_stock"}}
	for _, c := range catalogue {
		for _, item := range c.items {
			for _, variant := range c.variants {
				name := strings.TrimSpace(item + " " + variant)
				cents := c.from + g.IntN(c.to-c.from)
				cents -= cents%100 - 90
				g.products = append(g.products, product{name, c.name, cents})
				rows = append(rows, []string{strconv.Itoa(len(g.products)), name, c.name, money(cents), strconv.FormatBool(!g.chance(9))})
			}
		}
	}
	return rows
}

func money(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

func day(t time.Time) string { return t.Format("2006-01-02") }

func (g *generator) customerRows() [][]string {
	rows := [][]string{{"id", "first_name", "last_name", "email", "phone", "country", "city", "address", "postcode", "language",
		"birth_date", "age", "tier", "points", "created_at", "last_visit", "email_opt_in", "sms_opt_in", "push_opt_in", "push_token", "mail_opt_in"}}
	tiers := g.tiers()
	var emails []string
	for i := range customerCount {
		row, email := g.customer(i+1, tiers[i], emails)
		rows, emails = append(rows, row), append(emails, email)
	}
	return rows
}

// tiers returns the tier of every customer, in random order.
func (g *generator) tiers() []string {
	tiers := make([]string, customerCount)
	for i := range tiers {
		switch {
		case i < goldCount:
			tiers[i] = "gold"
		case i < goldCount+silverCount:
			tiers[i] = "silver"
		case i < goldCount+silverCount+bronzeCount:
			tiers[i] = "bronze"
		}
	}
	g.Shuffle(len(tiers), func(i, j int) { tiers[i], tiers[j] = tiers[j], tiers[i] })
	return tiers
}

func (g *generator) customer(id int, tier string, earlier []string) (row []string, email string) {
	p := g.place()
	first, last := pick(g, p.firstNames), pick(g, p.lastNames)
	created := today.AddDate(0, 0, -20-g.IntN(2200))
	visit := today.AddDate(0, 0, -g.visitAge(tier))
	if visit.Before(created) {
		visit = created
	}
	birth := today.AddDate(-18-g.IntN(45)-g.IntN(20), 0, -g.IntN(365))
	email = g.email(first, last, id, earlier)
	weight := map[string]int{"gold": 14, "silver": 6, "bronze": 3, "": 1}[tier]
	g.customers = append(g.customers, customer{created, weight})
	token, push := "", g.chance(34)
	if push {
		token = fmt.Sprintf("%016x", g.Uint64())
	}
	street := fmt.Sprintf("%d %s", 1+g.IntN(180), pick(g, p.streets))
	if g.chance(6) {
		street = ""
	}
	return []string{
		strconv.Itoa(id), g.typed(first), g.typed(last), email, g.phone(p), p.country, pick(g, p.cities), street, p.postcode(g), p.language,
		g.maybe(3, day(birth)), g.maybe(3, strconv.Itoa(years(birth))), tier, strconv.Itoa(g.points(tier)), day(created), g.maybe(4, day(visit)),
		g.consent(tier, 98.6, 68), g.consent(tier, 71, 38), strconv.FormatBool(push), token, g.consent(tier, 90, 55),
	}, email
}

// maybe leaves a value out in about percent of 100 cases.
func (g *generator) maybe(percent float64, value string) string {
	if g.chance(percent) {
		return ""
	}
	return value
}

// consent is more common among members, who were asked at the till.
func (g *generator) consent(tier string, member, other float64) string {
	percent := other
	if tier == "gold" || tier == "silver" {
		percent = member
	}
	return strconv.FormatBool(g.chance(percent))
}

func years(birth time.Time) int {
	n := today.Year() - birth.Year()
	if today.YearDay() < birth.YearDay() {
		n--
	}
	return n
}

// visitAge is how many days ago someone came by.
func (g *generator) visitAge(tier string) int {
	span := map[string]int{"gold": 60, "silver": 150, "bronze": 400, "": 900}[tier]
	return min(g.IntN(span), g.IntN(span))
}

func (g *generator) points(tier string) int {
	base := map[string]int{"gold": 5000, "silver": 1500, "bronze": 200, "": 0}[tier]
	if base == 0 {
		return 0
	}
	return base + g.IntN(base*2)
}

// typed writes a name as people type it into forms.
func (g *generator) typed(name string) string {
	switch {
	case g.chance(1):
		return strings.ToUpper(name)
	case g.chance(1):
		return strings.ToLower(name)
	case g.chance(0.4):
		return name + " "
	}
	return name
}

// email returns an address: some are missing, some malformed, some somebody else's.
func (g *generator) email(first, last string, id int, earlier []string) string {
	switch {
	case g.chance(0.5):
		return ""
	case g.chance(0.5):
		return pick(g, []string{ascii(first) + "@", ascii(first) + ".example.org", "n/a", ascii(first) + "@@example.org", ascii(last) + "@example", "info@ example.net"})
	case g.chance(0.8) && len(earlier) > 0:
		return pick(g, earlier)
	}
	local := ascii(first) + pick(g, []string{".", "_", ""}) + ascii(last)
	if g.chance(70) {
		local += strconv.Itoa(id)
	}
	return local + "@" + pick(g, []string{"example.org", "example.com", "example.net", "mail.example.org", "post.example.com"})
}

// phone returns a number: some are missing, some malformed.
func (g *generator) phone(p place) string {
	switch {
	case g.chance(11):
		return ""
	case g.chance(1.2):
		return pick(g, []string{"0000000000", "call me", "+", "12345", "06 12"})
	}
	return p.dial + fmt.Sprintf("%09d", 600000000+g.IntN(99999999))
}

func (g *generator) purchaseRows() [][]string {
	rows := [][]string{{"id", "customer_id", "product_id", "quantity", "amount", "bought_at", "channel"}}
	var ticket []int // customers, as often as their weight
	for i, c := range g.customers {
		for range c.weight {
			ticket = append(ticket, i)
		}
	}
	for id := 1; id <= purchaseCount; id++ {
		who := pick(g, ticket)
		product := g.popular()
		quantity := 1 + g.IntN(3)*g.IntN(2)
		rows = append(rows, []string{strconv.Itoa(id), strconv.Itoa(who + 1), strconv.Itoa(product + 1), strconv.Itoa(quantity),
			money(quantity * g.products[product].cents), g.moment(g.customers[who].created), pick(g, []string{"web", "web", "store", "store", "app"})})
	}
	return rows
}

// popular picks a product; those at the front of the catalogue sell best.
func (g *generator) popular() int { return min(g.IntN(len(g.products)), g.IntN(len(g.products))) }

// moment is an instant between a day and the export, more often a recent one.
func (g *generator) moment(since time.Time) string {
	seconds := int(today.Sub(since).Seconds())
	return today.Add(-time.Duration(min(g.IntN(seconds), g.IntN(seconds))) * time.Second).Format("2006-01-02T15:04:05Z")
}

func (g *generator) wishRows() [][]string {
	rows := [][]string{{"id", "customer_id", "product_id", "added_at"}}
	for id := 1; id <= wishCount; id++ {
		who := g.IntN(len(g.customers))
		rows = append(rows, []string{strconv.Itoa(id), strconv.Itoa(who + 1), strconv.Itoa(g.popular() + 1), g.moment(g.customers[who].created)})
	}
	return rows
}

func (g *generator) subscriptionRows() [][]string {
	rows := [][]string{{"id", "customer_id", "newsletter", "since", "active"}}
	for id := 1; id <= subscriptionCount; id++ {
		who := g.IntN(len(g.customers))
		since := g.customers[who].created.AddDate(0, 0, g.IntN(20))
		rows = append(rows, []string{strconv.Itoa(id), strconv.Itoa(who + 1), pick(g, []string{"weekly", "weekly", "recipes", "offers", "new arrivals"}),
			day(since), strconv.FormatBool(!g.chance(17))})
	}
	return rows
}
