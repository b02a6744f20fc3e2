package cli

import (
	"context"
	"errors"

	"rendezvous/ui/file"
	"rendezvous/ui/plain"
)

// converse edits a campaign, or one that is asked for, in a conversation of lines.
func (p *program) converse(ctx context.Context, args []string) error {
	o := plain.Options{ASCII: p.ascii || !unicode(), State: file.DefaultState(), Terminal: terminal(p.in)}
	if len(args) > 0 {
		o.File = args[0]
	}
	err := plain.Run(ctx, p.in, p.out, p.err, o)
	if errors.Is(err, plain.ErrFailed) {
		return errFindings
	}
	return err
}
