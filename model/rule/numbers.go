package rule

import "math"

// calculate does arithmetic as the database does: integers stay integers until they overflow into decimals, division is
// decimal, division by zero and what is not a number are empty.
func calculate(op ArithmeticOp, a, b any) any {
	if a == nil || b == nil {
		return nil
	}
	if op == Remainder {
		return remainder(whole(a), whole(b))
	}
	x, aWhole := a.(int64)
	y, bWhole := b.(int64)
	if op != Divide && aWhole && bWhole {
		if v, ok := calculateIntegers(op, x, y); ok {
			return v
		}
	}
	return calculateDecimals(op, decimalOf(a), decimalOf(b))
}

func remainder(a, b int64) any {
	if b == 0 {
		return nil
	}
	return a % b
}

// calculateIntegers is not ok when the result is no integer any more.
func calculateIntegers(op ArithmeticOp, x, y int64) (int64, bool) {
	switch op {
	case Add:
		v := x + y
		return v, (v > x) == (y > 0)
	case Subtract:
		v := x - y
		return v, (v < x) == (y > 0)
	}
	if x == 0 || y == 0 {
		return 0, true
	}
	v := x * y
	return v, v/y == x && !(x == -1 && y == math.MinInt64) && !(y == -1 && x == math.MinInt64)
}

func calculateDecimals(op ArithmeticOp, x, y float64) any {
	v := 0.0
	switch {
	case op == Add:
		v = x + y
	case op == Subtract:
		v = x - y
	case op == Multiply:
		v = x * y
	case y == 0:
		return nil
	default:
		v = x / y
	}
	if math.IsNaN(v) {
		return nil
	}
	return v
}

func decimalOf(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}

// whole is the integer part of a number, the nearest integer when it is out of range.
func whole(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case float64:
		switch {
		case v <= math.MinInt64:
			return math.MinInt64
		case v >= math.MaxInt64:
			return math.MaxInt64
		}
		return int64(v)
	}
	return 0
}

// aggregate makes one value of the rows of a list.
func (e evaluator) aggregate(n Aggregate) any {
	var values []any
	for _, row := range e.rows(n.List) {
		inner := e.inside(row)
		if !inner.accepts(n.Where) {
			continue
		}
		if n.Func == Count {
			values = append(values, nil)
		} else if v := inner.value(n.Value); v != nil {
			values = append(values, v)
		}
	}
	switch {
	case n.Func == Count:
		return int64(len(values))
	case n.Func == Sum:
		if sum := total(values); !math.IsNaN(sum) {
			return sum
		}
		return 0.0
	case len(values) == 0:
		return nil
	case n.Func == Average:
		return calculate(Divide, total(values), int64(len(values)))
	}
	best := values[0]
	for _, v := range values[1:] {
		if order := e.order(v, best); n.Func == Minimum && order < 0 || n.Func == Maximum && order > 0 {
			best = v
		}
	}
	return best
}

// total adds numbers up and keeps what each addition loses (Kahan and Babuska), as SQLite does.
func total(values []any) float64 {
	sum, lost := 0.0, 0.0
	for _, v := range values {
		x := decimalOf(v)
		next := sum + x
		if math.Abs(sum) > math.Abs(x) {
			lost += (sum - next) + x
		} else {
			lost += (x - next) + sum
		}
		sum = next
	}
	if !math.IsNaN(lost) && !math.IsInf(lost, 0) {
		sum += lost
	}
	return sum
}
