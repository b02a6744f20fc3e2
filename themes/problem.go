package themes

import (
	"fmt"
	"strings"
	"unicode"
)

// A Problem is something wrong at one place of a theme file. Line and Column count from 1.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

// Problems are all that is wrong with a theme file, in the order of their places.
type Problems []Problem

// Error returns "file:line:column: message", one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", one.File, one.Line, one.Column, one.Message)
	}
	return strings.Join(lines, "\n")
}

// printable is what a person wrote, fit to be shown: on one line, not too long, and without escapes for the terminal.
func printable(text string) string {
	const most = 200
	shown := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text))
	if len(shown) > most {
		return string(shown[:most-1]) + "…"
	}
	return string(shown)
}

// didYouMean names the candidate that is a slip of the keyboard away from what was written, if there is one.
func didYouMean(name string, candidates []string) string {
	best, limit := "", max(1, len([]rune(name))/3)+1
	for _, c := range candidates {
		if d := distance([]rune(name), []rune(c), limit); d < limit {
			best, limit = c, d
		}
	}
	if best == "" {
		return ""
	}
	return ": did you mean “" + best + "”?"
}

// unknown says that there is no theme with a name, and which there are.
func unknown(name string, known []string) string {
	if near := didYouMean(name, known); near != "" {
		return fmt.Sprintf("there is no theme “%s”%s There are %s", printable(name), near, strings.Join(known, ", "))
	}
	return fmt.Sprintf("there is no theme “%s”; there are %s", printable(name), strings.Join(known, ", "))
}

// distance counts the letters to change, add, leave out, or swap with their neighbours; no further than a limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			d[i][j] = min(d[i-1][j], d[i][j-1], d[i-1][j-1]) + 1
			if a[i-1] == b[j-1] {
				d[i][j] = d[i-1][j-1]
			} else if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
