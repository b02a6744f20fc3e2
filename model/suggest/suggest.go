// Package suggest finds the name that someone who mistyped probably meant.
package suggest

// Nearest returns the candidate with the smallest edit distance to name, if it is close enough to be meant: at most a
// third of the name's length, and at least one edit is always allowed. Ties go to the first candidate.
func Nearest(name string, candidates []string) (string, bool) {
	best, limit := "", max(1, len([]rune(name))/3)+1
	for _, c := range candidates {
		if d := distance([]rune(name), []rune(c), limit); d < limit {
			best, limit = c, d
		}
	}
	return best, best != ""
}

// distance is the optimal string alignment distance (insertions, deletions, substitutions and swaps of neighbours),
// or limit when it is at least that.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return min(above[len(b)], limit)
}
