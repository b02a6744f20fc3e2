package population

import (
	"fmt"
	"strings"

	"rendezvous/model"
)

// split fills the subsets in order. Without overlap a row goes to the first subset that takes it; a share is one of all
// who arrive; the complement is who arrives minus the union of the subsets.
func (q *query) split() ([]int, error) {
	s := q.activity.Settings
	inbound, err := count(q.ctx, q.tx, "SELECT count(*) FROM "+q.inbound)
	if err != nil {
		return nil, err
	}
	var counts []int
	var taken []string
	for _, subset := range s.Records("subsets") {
		exclude := taken
		if s.Bool("overlap") {
			exclude = nil
		}
		n, err := q.subset(subset, exclude, inbound)
		if err != nil {
			return nil, fmt.Errorf("subset %s: %w", subset.Text("id"), err)
		}
		counts = append(counts, n)
		taken = append(taken, model.Ref{Activity: q.activity.ID, Output: subset.Text("id")}.String())
	}
	if s.Bool("complement") {
		n, err := q.fill("complement", "SELECT w.key FROM "+q.inbound+" w WHERE "+notIn(taken))
		if err != nil {
			return nil, err
		}
		counts = append(counts, n)
	}
	return counts, nil
}

func (q *query) subset(s model.Settings, exclude []string, inbound int) (int, error) {
	where, args, err := q.where(s.Text("rule"))
	if err != nil {
		return 0, err
	}
	statement := fmt.Sprintf("SELECT %s FROM %s WHERE (%s) AND %s", q.key(), q.people(), where, notIn(exclude))
	limit := s.Limit("limit")
	if !limit.Set {
		return q.fill(s.Text("id"), statement, args...)
	}
	order, orderArgs, err := q.order(s)
	if err != nil {
		return 0, err
	}
	return q.fill(s.Text("id"), statement+" ORDER BY "+order+" LIMIT ?", append(append(args, orderArgs...), limit.Of(inbound))...)
}

// order says who comes first: by an attribute, rows without a value last, or else by chance. Keys settle what is equal.
func (q *query) order(s model.Settings) (string, []any, error) {
	text := s.Text("order")
	if text == "" {
		seed := fmt.Sprintf("%d/%s/%s", q.store.seed, q.activity.ID, s.Text("id"))
		return fmt.Sprintf("chance(?, %s), %s", q.key(), q.key()), []any{seed}, nil
	}
	column, descending, err := model.ParseOrder(text)
	if err != nil {
		return "", nil, err
	}
	if q.table.Column(column) == nil {
		return "", nil, fmt.Errorf("%s has no attribute %s to order by", q.table.Title(), column)
	}
	direction := "ASC"
	if descending {
		direction = "DESC"
	}
	return fmt.Sprintf("t.%s %s NULLS LAST, %s", quote(column), direction, q.key()), nil, nil
}

// notIn is the condition that a row is in none of some work tables.
func notIn(tables []string) string {
	conditions := []string{"1"}
	for _, t := range tables {
		conditions = append(conditions, "w.key NOT IN (SELECT key FROM "+quote(t)+")")
	}
	return strings.Join(conditions, " AND ")
}
