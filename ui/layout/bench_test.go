package layout

import (
	"fmt"
	"testing"
)

func BenchmarkLayout(b *testing.B) {
	for _, n := range []int{30, 100, 500, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			pick := seeded(uint64(n))
			nodes, edges := campaign(n, pick).sized(LeftRight, 1, pick)
			b.ReportAllocs()
			for b.Loop() {
				Layout(nodes, edges, fullLR)
			}
		})
	}
}

// One insertion into a drawing.
func BenchmarkUpdate(b *testing.B) {
	for _, n := range []int{100, 500, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			pick := seeded(uint64(n))
			d := draftOf(campaign(n, pick), pick)
			nodes, edges := d.input(LeftRight, 1)
			before := Layout(nodes, edges, fullLR).Memory
			d.insert(len(d.edges)/2, pick)
			nodes, edges = d.input(LeftRight, 1)
			b.ReportAllocs()
			for b.Loop() {
				Update(before, nodes, edges, fullLR)
			}
		})
	}
}

func BenchmarkCost(b *testing.B) {
	pick := seeded(500)
	nodes, edges := campaign(500, pick).sized(LeftRight, 1, pick)
	d := Layout(nodes, edges, fullLR)
	for b.Loop() {
		d.Cost(edges)
	}
}
