package rule

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func drawTree(t *rapid.T, table string) Node {
	return gen{t, sound.Table(table), nil}.condition(3)
}

// canon is the canonical form of a tree, as Rule.Root describes it.
func canon(n Node) Node {
	switch n := n.(type) {
	case Group:
		return group(n.Or, canonAll(n.Of))
	case Not:
		return negate(canon(n.Of))
	case Compare:
		l, r := canon(n.Left), canon(n.Right)
		l, r = exact(l, r), exact(r, l)
		if constant(l) && !constant(r) {
			return Compare{n.Op.mirrored(), r, l}
		}
		return Compare{n.Op, l, r}
	case In:
		of, list := canon(n.Of), canonAll(n.List)
		for i := range list {
			list[i] = exact(list[i], of)
		}
		return In{of, list}
	case Empty:
		return Empty{canon(n.Of)}
	case Match:
		return Match{n.Kind, canon(n.Of), n.Text}
	case Some:
		return Some{n.None, n.List, canon(n.Where)}
	case Aggregate:
		return Aggregate{n.Func, n.List, canon(n.Value), canon(n.Where)}
	case Call:
		return Call{n.Func, canonAll(n.Args), n.Kind}
	case Arithmetic:
		return Arithmetic{n.Op, canon(n.Left), canon(n.Right)}
	case Negate:
		of := canon(n.Of)
		if l, ok := of.(Literal); ok {
			return Literal{calculate(Subtract, int64(0), l.Value)}
		}
		return Negate{of}
	}
	return n
}

func canonAll(of []Node) []Node {
	var out []Node
	for _, n := range of {
		out = append(out, canon(n))
	}
	return out
}

// A printed tree is read back as it is, in canonical form.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawTree(t, "customers")
		r, err := Build(drawn, sound, "customers")
		if err != nil {
			t.Fatalf("%s\n%v", Format(drawn), err)
		}
		again, err := Parse(r.String(), sound, "customers")
		if err != nil {
			t.Fatalf("%s\n%v", r, err)
		}
		if diff := cmp.Diff(r.Root(), again.Root()); diff != "" {
			t.Fatalf("%s\n%s", r, diff)
		}
		if r.String() != again.String() {
			t.Fatalf("printed as\n%s\nand then as\n%s", r, again)
		}
		if diff := cmp.Diff(canon(drawn), r.Root()); diff != "" {
			t.Fatalf("%s\nwas read as something else: %s", Format(drawn), diff)
		}
	})
}

// The database selects the rows that plain Go selects, and a rule and its negation split the table.
func TestDatabaseAgrees(t *testing.T) {
	db := open(t)
	rapid.Check(t, func(t *rapid.T) {
		w, c := drawWorld(t), drawContext(t)
		fill(t, db, w)
		for range 8 {
			table := pick(t, []string{"customers", "customers", "purchases", "products"})
			r, err := Build(drawTree(t, table), sound, table)
			if err != nil {
				t.Fatalf("%v", err)
			}
			want, got := w.selected(r, c), query(t, db, r, c)
			if diff := cmp.Diff(want, got); diff != "" {
				where, args := r.SQL(c)
				t.Fatalf("%s\n%s\n%v\nnow %s\n%v\nGo against SQL: %s", r, where, args, c.Now, w, diff)
			}
			others := query(t, db, r.Not(), c)
			if diff := cmp.Diff(w.selected(r.Not(), c), others); diff != "" {
				t.Fatalf("not (%s)\nGo against SQL: %s", r, diff)
			}
			all := slices.Sorted(slices.Values(append(others, got...)))
			if everyone, _ := Parse("", sound, table); !slices.Equal(all, query(t, db, everyone, c)) {
				t.Fatalf("%s and its negation select %v", r, all)
			}
		}
	})
}
