package layout

import (
	"math"
	"slices"
)

const (
	detour        = 1.0 / 200 // crossings that a row of detour is worth
	maxThreadWork = 1 << 21   // wires through denser layers stay at the median
)

// threadAll leads new wires that pass ranks through them, one after the other.
func (o *keptOrder) threadAll() {
	for i := range o.edges {
		hops := o.hops[o.first[i]:o.first[i+1]]
		if len(hops) < 2 || hops[0].turns() || slices.ContainsFunc(hops[1:], func(h hop) bool { return !o.fresh[h.a.v] }) {
			continue
		}
		t := thread{keptOrder: o, hops: hops}
		if t.work() <= maxThreadWork {
			t.lead()
		}
	}
}

// thread finds the way of one wire past the vertices of each layer on which it
// crosses least: the shortest path through the places between them. Only one wire
// is moved, so this is exact, where moving its vertices one by one is not.
type thread struct {
	*keptOrder
	hops []hop
	from [][]int // per layer and place, the best place in the layer before
}

// place is a position in a layer: between two vertices, or at a port.
type place struct {
	key int // comparable with those of links
	row float64
}

func (t *thread) layer(i int) int { return t.vertices[t.hops[i].b.v].rank + 1 }

func (t *thread) work() int {
	work := 0
	for i := range t.hops {
		l := t.layer(i)
		work += (len(t.layers[l-1]) + 1) * (2*len(t.layers[l]) + 1)
	}
	return work
}

func (t *thread) lead() {
	last := len(t.hops) - 1
	for i := range last {
		l := t.layer(i)
		t.layers[l] = slices.DeleteFunc(t.layers[l], func(v int) bool { return v == t.hops[i].b.v })
		t.renumber(l)
	}
	places, cost := []place{t.port(t.hops[0].a)}, []float64{0}
	for i := range t.hops {
		next := []place{t.port(t.hops[last].b)}
		if i < last {
			next = t.between(t.layer(i))
		}
		cost = t.advance(t.layer(i)-1, places, next, cost)
		places = next
	}
	at := 0
	for i := last; i > 0; i-- {
		at = t.from[i][at]
		v, l := t.hops[i].a.v, t.layer(i-1)
		t.layers[l] = slices.Insert(t.layers[l], at, v)
		t.renumber(l)
	}
}

func (t *thread) port(e end) place {
	return place{t.pos[e.v]*portResolution + e.at, t.key[e.v] + float64(e.at) - float64(t.size[e.v]-1)/2}
}

// between are the places before, between and after the vertices of a layer.
func (t *thread) between(l int) []place {
	vs := t.layers[l]
	places := make([]place, len(vs)+1)
	for i := range places {
		places[i] = place{key: i*portResolution - 1}
		switch {
		case len(vs) == 0:
		case i == 0:
			places[i].row = t.key[vs[0]] - float64(t.size[vs[0]])
		case i == len(vs):
			places[i].row = t.key[vs[i-1]] + float64(t.size[vs[i-1]])
		default:
			places[i].row = (t.key[vs[i-1]] + t.key[vs[i]]) / 2
		}
	}
	return places
}

// advance finds the least cost of each place behind layer l from those in it.
func (t *thread) advance(l int, places, next []place, cost []float64) []float64 {
	links := t.passing(l)
	least, from := make([]float64, len(next)), make([]int, len(next))
	for q := range least {
		least[q] = math.Inf(1)
	}
	changes := make([]int, len(next)+1)
	for p, here := range places {
		clear(changes)
		for _, k := range links {
			ahead, same := slices.BinarySearchFunc(next, k[1], func(n place, key int) int { return n.key - key })
			switch {
			case k[0] < here.key:
				changes[0]++
				changes[ahead]--
			case k[0] > here.key && same: // at one port nothing crosses
				changes[ahead+1]++
			case k[0] > here.key:
				changes[ahead]++
			}
		}
		crossings := 0
		for q, there := range next {
			crossings += changes[q]
			c := cost[p] + float64(crossings) + detour*math.Abs(here.row-there.row)
			if c < least[q] {
				least[q], from[q] = c, p
			}
		}
	}
	t.from = append(t.from, from)
	return least
}

// passing are the keys of both ends of all links behind a layer but the wire's own.
func (t *thread) passing(l int) [][2]int {
	var links [][2]int
	own := func(v int) bool { return slices.ContainsFunc(t.hops[1:], func(h hop) bool { return h.a.v == v }) }
	for _, v := range t.layers[l] {
		for _, n := range t.down[v] {
			if !own(n.v) {
				links = append(links, [2]int{t.pos[v]*portResolution + n.own, t.pos[n.v]*portResolution + n.at})
			}
		}
	}
	return links
}
