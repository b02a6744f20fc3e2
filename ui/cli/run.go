package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"rendezvous/engine"
	"rendezvous/engine/flow"
	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/ui/narrate"
)

// runFlags are what a headless run can be told.
type runFlags struct {
	json       bool
	seed       int64
	start      string
	data       string
	out        string
	confirm    bool
	seedChosen bool
}

func (p *program) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run FILE",
		Short: "Run a campaign on its data with a virtual clock",
		Long: `Runs a campaign on its data. Everything is computed for real; messages are simulated, and waiting costs no time.
The same campaign, data, seed and start give the same events, byte for byte.`,
		Example: "rendezvous run samples/gold-silver.yaml\nrendezvous run campaign.yaml --json --seed 7 --out results",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.seedChosen = cmd.Flags().Changed("seed")
			return p.run(cmd.Context(), args[0], f)
		},
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "print the events, one JSON object a line")
	cmd.Flags().Int64Var(&f.seed, "seed", 0, "the number that all chance comes from, instead of the campaign's")
	cmd.Flags().StringVar(&f.start, "start", "", "the virtual instant at which the run begins, like 2026-01-05T09:00:00+01:00")
	cmd.Flags().StringVar(&f.data, "data", "", "another dataset than the campaign's")
	cmd.Flags().StringVar(&f.out, "out", "", "write the population of every activated transition and the events into this folder")
	cmd.Flags().BoolVar(&f.confirm, "confirm", false, "let messages go that wait for someone to confirm them")
	return cmd
}

func (p *program) run(ctx context.Context, name string, f runFlags) error {
	document, err := p.load(name)
	if err != nil {
		return err
	}
	c := document.Campaign
	options, err := f.options(c)
	if err != nil {
		return err
	}
	data, err := p.dataset(ctx, &c, name, f.data)
	if err != nil {
		return err
	}
	defer data.Close()
	if err := p.ready(c, document, name, data); err != nil {
		return err
	}
	run, err := engine.NewRun(ctx, c, data, options)
	if err != nil {
		return err
	}
	defer run.Close()
	if err := run.Finish(ctx); err != nil {
		return err
	}
	return p.report(ctx, run, f)
}

// ready reports whether the check lets a campaign run; if not, it says what is wrong.
func (p *program) ready(c model.Campaign, document *model.Document, name string, data *population.Dataset) error {
	findings := check.Run(c, check.Data{Schema: data.Schema})
	if errs, _ := check.Count(findings); errs == 0 {
		return nil
	}
	check.Locate(findings, name, document)
	p.printFindings(p.err, findings)
	fmt.Fprintln(p.err, "rendezvous: the run can’t start before these errors are mended")
	return errFindings
}

func (f runFlags) options(c model.Campaign) (engine.Options, error) {
	o := engine.Defaults(c)
	o.Confirm = f.confirm
	if f.seedChosen {
		o.Seed = f.seed
	}
	if f.start != "" {
		start, err := model.ParseInstant(f.start, time.UTC)
		if err != nil {
			return o, fmt.Errorf("--start %w", err)
		}
		o.Start = start
	}
	return o, nil
}

// dataset opens a campaign's data, or the other that is named; that one is relative to the working directory.
func (p *program) dataset(ctx context.Context, c *model.Campaign, name, other string) (*population.Dataset, error) {
	base := folder(name)
	if other != "" {
		changed, err := c.SetCampaign(other, "data")
		if err != nil {
			return nil, err
		}
		*c, base = changed, "."
	}
	return population.Open(ctx, c.Settings.Text("data"), base, p.progress)
}

// report prints the run, writes its files, and says by its error whether the run has completed.
func (p *program) report(ctx context.Context, run *engine.Run, f runFlags) error {
	if f.out != "" {
		if err := writeResults(ctx, run, f.out); err != nil {
			return err
		}
	}
	events := run.Events()
	var err error
	if f.json {
		err = writeEvents(p.out, events)
	} else {
		err = p.tell(run)
	}
	if err != nil {
		return err
	}
	if run.State().Status != flow.Completed {
		return errFindings
	}
	return nil
}

func writeEvents(w io.Writer, events []flow.Event) error {
	out := bufio.NewWriter(w)
	for _, e := range events {
		line, err := e.MarshalJSON() // json.Marshal would escape <, > and & of labels
		if err != nil {
			return err
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	return out.Flush()
}

// marks are the glyphs of the log where there is no colour.
var marks = map[narrate.Mark]string{
	narrate.Started: "▶", narrate.Finished: "✓", narrate.Moved: "→", narrate.Waiting: "◐", narrate.Arrived: "●",
	narrate.Fired: "✦", narrate.Blocked: "⊘", narrate.Skipped: "⊘", narrate.Failed: "✗", narrate.Paused: "‖",
}

// tell prints the log.
func (p *program) tell(run *engine.Run) error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	day := ""
	for _, line := range narrate.Lines(run.Campaign, run.Events()) {
		if d := line.At.Format("Mon 02 Jan 2006"); d != day {
			fmt.Fprintln(w, d)
			day = d
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", line.At.Format("15:04:05"), marks[line.Mark], line.Who, line.What, line.Number)
	}
	return w.Flush()
}

// writeResults writes every activated transition's rows, and the events, into a folder.
func writeResults(ctx context.Context, run *engine.Run, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("the folder %s can’t be made: %w", folder, err)
	}
	f, err := os.Create(filepath.Join(folder, "events.jsonl"))
	if err != nil {
		return err
	}
	if err := errors.Join(writeEvents(f, run.Events()), f.Close()); err != nil {
		return err
	}
	for _, e := range run.Events() {
		if e.Name != flow.TransitionActivated {
			continue
		}
		ref := model.Ref{Activity: e.Activity, Output: e.Output}
		if err := writePopulation(ctx, run, ref, filepath.Join(folder, ref.String()+".csv")); err != nil {
			return fmt.Errorf("the population of %s can’t be written: %w", ref, err)
		}
	}
	return nil
}

func writePopulation(ctx context.Context, run *engine.Run, ref model.Ref, name string) error {
	rows, err := run.Population(ctx, ref)
	if err != nil {
		return err
	}
	defer rows.Close()
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = w.Write(rows.Columns)
	for err == nil {
		var row []string
		if row, err = rows.Next(); row == nil {
			break
		}
		err = w.Write(row)
	}
	w.Flush()
	return errors.Join(err, w.Error(), f.Close())
}
