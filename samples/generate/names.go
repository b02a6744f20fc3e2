package main

import (
	"fmt"
	"strings"
)

// A place is a country as far as addresses go.
type place struct {
	share                         int // of 100 customers
	country, language, dial       string
	cities, streets               []string
	firstNames, lastNames         []string
	postcodeFormat                string
	postcodeFrom, postcodeNumbers int
}

func (p place) postcode(g *generator) string {
	return fmt.Sprintf(p.postcodeFormat, p.postcodeFrom+g.IntN(p.postcodeNumbers))
}

// place picks a country by its share.
func (g *generator) place() place {
	n := g.IntN(100)
	for _, p := range places {
		if n -= p.share; n < 0 {
			return p
		}
	}
	return places[0]
}

// ascii writes a name as it stands in an e-mail address.
func ascii(name string) string {
	return strings.NewReplacer("à", "a", "á", "a", "â", "a", "ä", "ae", "ã", "a", "å", "a", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
		"í", "i", "î", "i", "ï", "i", "ñ", "n", "ó", "o", "ô", "o", "ö", "oe", "ø", "o", "ú", "u", "ü", "ue", "ß", "ss", "ł", "l", "ś", "s",
		" ", "", "'", "", "’", "", "太郎", "taro", "花子", "hanako", "健", "ken", "美咲", "misaki", "佐藤", "sato", "鈴木", "suzuki", "田中", "tanaka").
		Replace(strings.ToLower(name))
}

var places = []place{
	{38, "FR", "fr", "+33", []string{"Paris", "Lyon", "Marseille", "Lille", "Nantes", "Saint-Étienne", "Orléans"},
		[]string{"rue de la République", "avenue Victor-Hugo", "rue des Écoles", "boulevard Voltaire", "place d’Italie"},
		[]string{"Camille", "Élodie", "Léa", "Chloé", "Inès", "Hugo", "Gaël", "Théo", "Jérôme", "François", "Zoé", "Noémie", "Loïc", "Anaïs"},
		[]string{"Martin", "Bernard", "Dubois", "Lefèvre", "Moreau", "Girard", "Müller", "D'Angelo", "Gonçalves", "Roux", "Faure", "Benoît"}, "%05d", 10000, 85000},
	{20, "DE", "de", "+49", []string{"Berlin", "Hamburg", "München", "Köln", "Leipzig", "Nürnberg"},
		[]string{"Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Am Markt"},
		[]string{"Anna", "Jürgen", "Lukas", "Mia", "Jonas", "Käthe", "Björn", "Sophie", "Felix", "Jana", "Sören"},
		[]string{"Müller", "Schmidt", "Weiß", "Schäfer", "Becker", "Großmann", "Vogel", "Krüger", "Lange"}, "%05d", 10000, 89000},
	{16, "GB", "en", "+44", []string{"London", "Leeds", "Bristol", "Glasgow", "Cardiff", "York"},
		[]string{"High Street", "Church Road", "Station Lane", "Victoria Terrace", "King's Road"},
		[]string{"Olivia", "George", "Amelia", "Harry", "Isla", "Arthur", "Zara", "Callum", "Freya", "Owen"},
		[]string{"Smith", "Jones", "O'Brien", "Taylor", "Patel", "McKenzie", "Evans", "Wright", "Okafor"}, "LS%d 4AB", 1, 29},
	{11, "ES", "es", "+34", []string{"Madrid", "Sevilla", "València", "Málaga", "A Coruña"},
		[]string{"Calle Mayor", "Avenida de América", "Plaza de España", "Calle del Sol"},
		[]string{"Lucía", "Íñigo", "María", "Álvaro", "Begoña", "Núria", "Pablo", "Joaquín"},
		[]string{"García", "Núñez", "López", "Peña", "Fernández", "Ibáñez", "Muñoz"}, "%05d", 10000, 42000},
	{9, "IT", "it", "+39", []string{"Roma", "Milano", "Torino", "Forlì", "Napoli"},
		[]string{"via Garibaldi", "corso Italia", "via Dante", "piazza della Libertà"},
		[]string{"Giulia", "Luca", "Niccolò", "Chiara", "Matteo", "Sofia", "Davide"},
		[]string{"Rossi", "Bianchi", "D'Amico", "Esposito", "Ricci", "De Luca"}, "%05d", 10000, 88000},
	{4, "PL", "pl", "+48", []string{"Warszawa", "Kraków", "Łódź", "Gdańsk"},
		[]string{"ulica Długa", "ulica Polna", "aleja Pokoju"},
		[]string{"Zofia", "Łukasz", "Agnieszka", "Paweł", "Michał"},
		[]string{"Nowak", "Wiśniewska", "Zieliński", "Dąbrowski"}, "00-%03d", 100, 899},
	{2, "JP", "ja", "+81", []string{"東京", "大阪", "京都"},
		[]string{"中央通り", "桜通り"},
		[]string{"太郎", "花子", "健", "美咲"},
		[]string{"佐藤", "鈴木", "田中"}, "100-%04d", 1000, 8999},
}

// A shelf is a category of products.
type shelf struct {
	name            string
	items, variants []string
	from, to        int // price in cents
}

var catalogue = []shelf{
	{"coffee", []string{"House blend", "Ethiopia Yirgacheffe", "Colombia Huila", "Decaf", "Espresso roast"}, []string{"250 g", "500 g", "1 kg"}, 600, 3200},
	{"machines", []string{"Espresso machine", "Filter machine", "Moka pot", "French press", "Grinder"}, []string{"", "Pro"}, 3900, 64900},
	{"tea", []string{"Earl Grey", "Sencha", "Rooibos", "Darjeeling First Flush"}, []string{"100 g", "250 g"}, 700, 2900},
	{"cups", []string{"Espresso cup", "Cappuccino cup", "Travel mug", "Glass"}, []string{"white", "blue", "set of 4"}, 800, 4900},
	{"sweets", []string{"Cantuccini", "Crème brûlée mix", "Dark chocolate 85 %", "Gift box “Noël”"}, []string{"", "large"}, 400, 3900},
	{"care", []string{"Descaler", "Brush", "Milk frother", "Water filter"}, []string{"", "refill"}, 500, 5900},
}
