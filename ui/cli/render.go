package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rendezvous/engine"
	"rendezvous/model"
	"rendezvous/ui/canvas"
	"rendezvous/ui/cell"
	"rendezvous/ui/film"
	"rendezvous/ui/look"
)

func (p *program) renderCommand() *cobra.Command {
	var format string
	var width int
	var run bool
	cmd := &cobra.Command{
		Use:   "render FILE",
		Short: "Print a picture of a campaign",
		Long:  "Prints the flow of a campaign as text. With --run, it is run first, and the picture shows how many people took each way.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" {
				return fmt.Errorf("--format must be text, not “%s”", format)
			}
			return p.render(cmd.Context(), args[0], width, run)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "what to print: text")
	cmd.Flags().IntVar(&width, "width", 0, "columns to keep to; the flow goes from top to bottom, and cards get smaller, when it is needed")
	cmd.Flags().BoolVar(&run, "run", false, "run the campaign and show the counts")
	return cmd
}

func (p *program) render(ctx context.Context, name string, width int, withRun bool) error {
	document, err := p.load(name)
	if err != nil {
		return err
	}
	c := document.Campaign
	v := canvas.View{}
	if withRun {
		state, err := p.finished(ctx, document, name)
		if err != nil {
			return err
		}
		v.Run = state
	}
	l, err := look.New(look.Options{Theme: p.theme, ThemeDir: themeFolder(), Dark: true, Depth: cell.NoColor, ASCII: p.ascii, Still: true})
	if err != nil {
		return err
	}
	scene := sceneWithin(c, width)
	var g cell.Grid
	g.Resize(scene.W, scene.H)
	scene.Draw(g.All(), l, v, func(canvas.Target) int32 { return 0 })
	lines := strings.Split(g.String(l.Screen), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(unstyled(line), " ")
	}
	_, err = fmt.Fprintln(p.out, strings.Trim(strings.Join(lines, "\n"), "\n"))
	return err
}

// unstyled takes the attributes out of a line, which a file has no use for.
func unstyled(line string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(line, "\x1b[")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		_, line, _ = strings.Cut(rest, "m")
	}
}

// sceneWithin lays a campaign out as generously as a width allows.
func sceneWithin(c model.Campaign, width int) *canvas.Scene {
	var scene *canvas.Scene
	for _, o := range []canvas.Options{{}, {Zoom: canvas.Compact}, {TopDown: true}, {TopDown: true, Zoom: canvas.Compact}} {
		scene = canvas.NewScene(c, o)
		if width <= 0 || scene.W <= width {
			return scene
		}
	}
	return scene
}

// finished runs a campaign and returns how it ends.
func (p *program) finished(ctx context.Context, document *model.Document, name string) (*canvas.Run, error) {
	c := document.Campaign
	data, err := p.dataset(ctx, &c, name, "")
	if err != nil {
		return nil, err
	}
	defer data.Close()
	if err := p.ready(c, document, name, data); err != nil {
		return nil, err
	}
	run, err := engine.NewRun(ctx, c, data, engine.Defaults(c))
	if err != nil {
		return nil, err
	}
	defer run.Close()
	if err := run.Finish(ctx); err != nil {
		return nil, err
	}
	f := film.New(run.Plan())
	f.Append(run.Events())
	return &canvas.Run{State: run.State(), Largest: f.Largest,
		Progress: func(id string) float64 { return f.Progress(id, f.Length()) },
		Grown:    func(model.Ref) float64 { return 1 },
		Traced:   func(string) float64 { return 1 },
		Fired:    func(string) time.Duration { return canvas.FireTime }}, nil
}
