// Package cli is the command line: it turns arguments into calls of the other packages, and what they return into text
// or JSON. Results go to standard output, progress and messages to standard error. Exit codes are 0 when all is well, 1
// for findings and for runs that did not complete, 2 for wrong usage and for input that can't be read.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"charm.land/fang/v2"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"rendezvous/model"
	"rendezvous/model/source"
	"rendezvous/samples"
	"rendezvous/ui/editor"
	"rendezvous/ui/file"
)

// Version is the version of the program; the build may set another.
var Version = "0.1.0"

// Exit codes.
const (
	exitFine = iota
	exitFindings
	exitUsage
)

// errFindings ends a command whose output has already said what is wrong.
var errFindings = errors.New("findings")

// A program is what commands work with.
type program struct {
	in       io.Reader
	out, err io.Writer
	theme    string
	ascii    bool
	still    bool
	noMouse  bool
	plain    bool
}

// Main runs the program with arguments and returns its exit code.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	p := &program{in: in, out: out, err: errOut}
	root := p.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := fang.Execute(ctx, root, fang.WithVersion(Version), fang.WithErrorHandler(func(w io.Writer, _ fang.Styles, err error) {
		if !errors.Is(err, errFindings) {
			fmt.Fprintln(w, "rendezvous: "+err.Error())
		}
	}))
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	}
	return exitUsage
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "rendezvous [FILE]",
		Short: "Draw marketing campaigns in the terminal, run them, and watch the branches meet",
		Long: `Rendezvous draws campaigns (query an audience, split it, e-mail, wait, join the branches), runs them on
real data with a virtual clock, and shows what happens. Without a file it shows samples and the files opened lately.`,
		Example:       "rendezvous samples copy gold-silver-start\nrendezvous gold-silver-start.yaml\nrendezvous run gold-silver-start.yaml --json",
		Args:          cobra.MaximumNArgs(1),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, args []string) error { return p.edit(cmd.Context(), args) },
	}
	root.PersistentFlags().StringVar(&p.theme, "theme", "auto", "colours: auto, one of those that “rendezvous themes” lists, or the path of a theme file")
	root.PersistentFlags().BoolVar(&p.ascii, "ascii", false, "draw with ASCII characters only")
	root.Flags().BoolVar(&p.still, "reduced-motion", false, "show what changes, and move nothing")
	root.Flags().BoolVar(&p.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	root.Flags().BoolVar(&p.plain, "plain", false, "edit and run by typing commands, in lines that a screen reader reads; needs no terminal")
	root.AddCommand(p.runCommand(), p.checkCommand(), p.renderCommand(), p.formatCommand(), p.schemaCommand(), p.samplesCommand(), p.themesCommand(), p.versionCommand())
	return root
}

// edit opens the editor on a file; without one on the first sample, with the gallery over it.
func (p *program) edit(ctx context.Context, args []string) error {
	if p.plain {
		return p.converse(ctx, args)
	}
	if !terminal(p.in) || !terminal(p.out) {
		return errors.New("the editor needs a terminal, and there is none here; “rendezvous --plain” edits without one, and “rendezvous run FILE” runs a campaign")
	}
	var err error
	o := editor.Options{Theme: p.theme, ThemeDir: themeFolder(), ASCII: p.ascii || !unicode(), Still: p.still || os.Getenv("REDUCED_MOTION") != "", Mouse: !p.noMouse, State: file.DefaultState()}
	if o.Keys, err = keymap(); err != nil {
		return err
	}
	if len(args) == 0 {
		o.Name = samples.Names()[0] + ".yaml"
		text, err := samples.Campaign(samples.Names()[0])
		if err != nil {
			return err
		}
		o.Text, o.Gallery = text, true
		return editor.Run(ctx, o)
	}
	o.File, o.Name = args[0], args[0]
	text, err := file.Read(args[0], p.in)
	if err != nil {
		return err
	}
	o.Text = text
	return editor.Run(ctx, o)
}

// keymap reads the file in which the person has given commands other keys, if there is one.
func keymap() (editor.Keymap, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return editor.Keymap{}, nil // a system without such a folder
	}
	k := editor.Keymap{File: filepath.Join(dir, "rendezvous", "keys.yaml")}
	k.Text, err = os.ReadFile(k.File)
	if errors.Is(err, fs.ErrNotExist) {
		return editor.Keymap{}, nil
	}
	return k, err
}

func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// unicode reports whether the locale and the terminal can show more than ASCII.
func unicode() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToUpper(os.Getenv(name)); locale != "" {
			if !strings.Contains(locale, "UTF-8") && !strings.Contains(locale, "UTF8") {
				return false
			}
			break
		}
	}
	term := os.Getenv("TERM")
	return term != "linux" && term != "dumb"
}

// load reads a campaign. Errors of its content are [source.Errors].
func (p *program) load(name string) (*model.Document, error) {
	text, err := file.Read(name, p.in)
	if err != nil {
		return nil, err
	}
	return model.Load(name, text)
}

// folder is what a campaign's dataset is relative to.
func folder(name string) string {
	if name == "-" {
		return "."
	}
	return filepath.Dir(name)
}

// progress tells on standard error what takes time.
func (p *program) progress(text string) { fmt.Fprintln(p.err, text) }

// isContent reports whether an error is about the content of a file.
func isContent(err error) (source.Errors, bool) {
	var errs source.Errors
	ok := errors.As(err, &errs)
	return errs, ok
}
