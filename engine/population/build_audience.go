package population

import "fmt"

// buildAudience selects rows of the dimension, or those of who arrives, that fit the rule.
func (q *query) buildAudience() ([]int, error) {
	where, args, err := q.where(q.activity.Settings.Text("rule"))
	if err != nil {
		return nil, err
	}
	n, err := q.fill("result", fmt.Sprintf("SELECT %s FROM %s WHERE %s", q.key(), q.people(), where), args...)
	return []int{n}, err
}
