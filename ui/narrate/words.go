package narrate

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Counted is a number of things: “1 activity”, “1,200 activities”.
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// mostNames is how many names a sentence says before it counts the rest.
const mostNames = 4

// Few joins names for a sentence; of many only the first are said: “A, B, C and 4 more”.
func Few(names []string) string {
	if len(names) > mostNames {
		names = append(slices.Clone(names[:mostNames-1]), fmt.Sprintf("%d more", len(names)-mostNames+1))
	}
	return List(names)
}

// Capital begins a text as sentences do, unless it begins with the name of a file or a place in one.
func Capital(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if text == "" || strings.ContainsAny(strings.TrimSuffix(first, ":"), ".:/\\") {
		return text
	}
	r := []rune(text)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// Lower is a title or a sentence in the middle of another; an abbreviation stays as it is.
func Lower(text string) string {
	r := []rune(text)
	if len(r) == 0 || len(r) > 1 && unicode.IsUpper(r[1]) {
		return text
	}
	return string(unicode.ToLower(r[0])) + string(r[1:])
}
