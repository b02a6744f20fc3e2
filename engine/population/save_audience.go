package population

import "fmt"

// saveAudience hands people on; a test run saves nothing.
func (q *query) saveAudience() ([]int, error) {
	n, err := q.fill("result", fmt.Sprintf("SELECT key FROM %s", q.inbound))
	return []int{n}, err
}
