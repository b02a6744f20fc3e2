package suggest

import "testing"

func TestNearest(t *testing.T) {
	keys := []string{"from", "for", "label", "rule", "subject", "when-empty", "élan"}
	tests := []struct{ name, want string }{
		{"form", "from"},       // two neighbours swapped
		{"fro", "from"},        // a letter missing; “for” is a swap away as well, and “from” comes first
		{"ro", ""},             // too far from everything
		{"for", "for"},         // the name itself
		{"lable", "label"},     // swapped
		{"labell", "label"},    // one too many
		{"subjet", "subject"},  // one missing
		{"sbujcet", "subject"}, // two swaps of seven letters
		{"sbjt", ""},           // three edits of four letters
		{"whenempty", "when-empty"},
		{"elan", "élan"}, // letters, not bytes
		{"x", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, ok := Nearest(tt.name, keys)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q: %q, %v, want %q", tt.name, got, ok, tt.want)
		}
	}
	if got, ok := Nearest("a", nil); ok {
		t.Errorf("found %q among nothing", got)
	}
	if got, _ := Nearest("cat", []string{"bat", "hat"}); got != "bat" {
		t.Errorf("a tie goes to %q, want the first", got)
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"gold", "gold", 0}, {"日本", "日本語", 1},
		{"abcdefgh", "", 5}, {"abcdefgh", "ijklmnop", 5},
	}
	for _, tt := range tests {
		if got := distance([]rune(tt.a), []rune(tt.b), 5); got != tt.want {
			t.Errorf("%q, %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := distance([]rune(tt.b), []rune(tt.a), 5); got != tt.want {
			t.Errorf("%q, %q: %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
