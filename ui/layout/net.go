package layout

// port is where a wire leaves or enters a box.
type port struct {
	box, at int
	in      bool
}

var noPort = port{box: -1}

// ports are the ports of boxes at the ends of a hop.
func (g *graph) ports(hop int) (leaves, arrives port) {
	h := g.hops[hop]
	leaves, arrives = noPort, noPort
	if hop == g.first[h.wire] {
		leaves = port{h.a.v, h.a.at, false}
	}
	if hop == g.first[h.wire+1]-1 {
		arrives = port{h.b.v, h.b.at, true}
	}
	return leaves, arrives
}

// findNets puts the hops of each gap together that share a port. Where a hop shares
// both of its ports, it belongs to the net that is larger: a net with several ports
// on both sides would look as if it connected each with each.
func (g *graph) findNets() {
	g.nets = make([][][]int, len(g.ranks)+1)
	count, of := make(map[port]int, 2*len(g.edges)), map[port]int{}
	for i := range g.hops {
		leaves, arrives := g.ports(i)
		count[leaves]++
		count[arrives]++
	}
	count[noPort] = 0
	alone := make([]int, len(g.hops)) // the backing of nets of one
	for i, h := range g.hops {
		shared, arrives := g.ports(i)
		if count[arrives] > count[shared] {
			shared = arrives
		}
		n, known := of[shared]
		if count[shared] < 2 || !known {
			n = len(g.nets[h.gap])
			g.nets[h.gap] = append(g.nets[h.gap], alone[i:i:i+1])
			of[shared] = n
		}
		g.nets[h.gap][n] = append(g.nets[h.gap][n], i)
	}
}

// trunks tells for each hop whether it shares a trunk with several others.
func (g *graph) trunks() []bool {
	trunk := make([]bool, len(g.hops))
	for _, nets := range g.nets {
		for _, net := range nets {
			for _, i := range net {
				trunk[i] = len(net) > 2
			}
		}
	}
	return trunk
}
