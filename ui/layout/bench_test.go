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
