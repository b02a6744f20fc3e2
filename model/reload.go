package model

import "go.yaml.in/yaml/v3"

// Reload reads the file of a document again after another program has changed it. Activities keep the identity that they
// have in the document by their ids, so that [Document.Save] writes any campaign that came from the old text, from the
// new one or from both as a change of the new text. The document stays as it is. The error is [source.Errors].
func (d *Document) Reload(text []byte) (*Document, error) {
	n, err := Load(d.source.File, text)
	if err != nil {
		return nil, err
	}
	nodes := map[int]*yaml.Node{}
	n.last = d.last
	for i, a := range n.Campaign.Activities {
		known, ok := d.Campaign.Activity(a.ID)
		if !ok {
			n.last++
			known.origin = n.last
		}
		nodes[known.origin] = n.nodes[a.origin]
		n.Campaign.Activities[i].origin = known.origin
	}
	n.nodes = nodes
	return n, nil
}

// recognize finds the activities of a campaign that the document has under the same id, though they were not read from
// it: they were saved, and the file was read again.
func (d *Document) recognize(c Campaign) Campaign {
	read := map[int]bool{}
	for _, a := range c.Activities {
		read[a.origin] = true
	}
	c = c.clone()
	for i, a := range c.Activities {
		if d.nodes[a.origin] != nil {
			continue
		}
		c.Activities[i].origin = 0
		if known, ok := d.Campaign.Activity(a.ID); ok && !read[known.origin] {
			c.Activities[i].origin = known.origin
		}
	}
	return c
}
