package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/model/check"
	"rendezvous/samples"
	"rendezvous/themes"
	"rendezvous/ui/file"
)

func (p *program) checkCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check FILE…",
		Short: "Say what is wrong with campaigns",
		Long:  "Checks campaigns and prints one finding a line. Errors stop a run from starting, warnings don't; notes are worth knowing.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var all []check.Finding
			var unreadable error
			for _, name := range args {
				findings, err := p.check(cmd, name)
				unreadable = errors.Join(unreadable, err)
				all = append(all, findings...)
			}
			if asJSON {
				if err := p.printJSON(all); err != nil {
					return err
				}
			} else {
				p.printFindings(p.out, all)
			}
			if unreadable != nil {
				return unreadable
			}
			if errs, warnings := check.Count(all); errs+warnings > 0 {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the findings, one JSON object a line")
	return cmd
}

func (p *program) check(cmd *cobra.Command, name string) ([]check.Finding, error) {
	document, err := p.load(name)
	if errs, ok := isContent(err); ok {
		return check.FromLoad(errs), nil
	}
	if err != nil {
		return nil, err
	}
	c := document.Campaign
	var facts check.Data
	data, err := population.Open(cmd.Context(), c.Settings.Text("data"), folder(name), p.progress)
	if facts.Err = err; err == nil {
		facts.Schema = data.Schema
		defer data.Close()
	}
	findings := check.Run(c, facts)
	check.Locate(findings, name, document)
	return findings, nil
}

// printFindings writes “file:line:column: severity code: message”, one a line.
func (p *program) printFindings(w io.Writer, findings []check.Finding) {
	for _, f := range findings {
		place := f.File
		if f.Line > 0 {
			place += fmt.Sprintf(":%d:%d", f.Line, f.Column)
		}
		who := ""
		if f.Activity != "" {
			who = f.Activity + ": "
		}
		fmt.Fprintf(w, "%s: %s %s: %s%s\n", place, f.Severity, f.Code, who, f.Message)
		for _, fix := range f.Fixes {
			fmt.Fprintf(w, "    fix: %s\n", fix.Title)
		}
	}
}

// findingRecord is a finding as the JSON output has it.
type findingRecord struct {
	Code           string   `json:"code"`
	Severity       string   `json:"severity"`
	File           string   `json:"file"`
	Activity       string   `json:"activity"`
	Line           int      `json:"line"`
	Column         int      `json:"column"`
	Message        string   `json:"message"`
	Fix            string   `json:"fix"`
	Counterexample []string `json:"counterexample"`
}

func (p *program) printJSON(findings []check.Finding) error {
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	for _, f := range findings {
		r := findingRecord{Code: f.Code, Severity: string(f.Severity), File: f.File, Activity: f.Activity, Line: f.Line, Column: f.Column, Message: f.Message, Counterexample: f.Counterexample}
		if r.Counterexample == nil {
			r.Counterexample = []string{}
		}
		if len(f.Fixes) > 0 {
			r.Fix = f.Fixes[0].Title
		}
		if err := encoder.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) formatCommand() *cobra.Command {
	var write bool
	cmd := &cobra.Command{
		Use:   "fmt FILE",
		Short: "Print a campaign file in its standard form",
		Long:  "Prints a campaign with keys in their usual order and the usual spacing. Comments stay with what they are about.",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := file.Read(args[0], p.in)
			if err != nil {
				return err
			}
			formatted, err := model.Format(args[0], text)
			if err != nil {
				return err
			}
			if write && args[0] != "-" {
				if bytes.Equal(formatted, text) {
					return nil
				}
				return file.Write(args[0], text, formatted)
			}
			_, err = p.out.Write(formatted)
			return err
		},
	}
	cmd.Flags().BoolVarP(&write, "write", "w", false, "write the file instead of printing it")
	return cmd
}

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of campaign files",
		Long:    "Prints a JSON Schema of the campaign format, so that editors can complete and check it.",
		Example: "rendezvous schema > campaign.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			encoder := json.NewEncoder(p.out)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			return encoder.Encode(model.JSONSchema())
		},
	}
}

func (p *program) samplesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "samples",
		Short: "List the sample campaigns",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, name := range samples.Names() {
				text, err := samples.Campaign(name)
				if err != nil {
					return err
				}
				d, err := model.Load(name, text)
				if err != nil {
					return err
				}
				fmt.Fprintf(p.out, "%-20s %s\n", name, strings.Join(strings.Fields(d.Campaign.Settings.Text("description")), " "))
			}
			return nil
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:     "copy NAME [FILE]",
		Short:   "Copy a sample campaign here",
		Example: "rendezvous samples copy gold-silver-start",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := samples.Campaign(args[0])
			if err != nil {
				return fmt.Errorf("there is no sample “%s”; there are %s", args[0], strings.Join(samples.Names(), ", "))
			}
			name := filepath.Base(args[0]) + ".yaml"
			if len(args) == 2 {
				name = args[1]
			}
			if err := file.Write(name, nil, text); errors.Is(err, file.ErrChanged) {
				return fmt.Errorf("%s exists already: name another file", name)
			} else if err != nil {
				return err
			}
			fmt.Fprintln(p.err, "copied to "+name)
			return nil
		},
	})
	return cmd
}

func (p *program) themesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "themes",
		Short: "List the themes",
		Long: `Lists the themes of the program and your own. Your own are YAML files in the folder rendezvous/themes of your settings:
~/.config on Linux, ~/Library/Application Support on macOS, %AppData% on Windows. A theme is called what its file is
called; a file with the name of one of the program's own is not used.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return p.listThemes(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the themes, one JSON object a line")
	cmd.AddCommand(&cobra.Command{
		Use:     "show NAME",
		Short:   "Print the file of a theme, to make one of your own from",
		Example: "rendezvous themes show dark > mine.yaml\nrendezvous --theme ./mine.yaml campaign.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := themes.Source(args[0])
			if err != nil {
				return err
			}
			_, err = p.out.Write(text)
			return err
		},
	})
	return cmd
}

// themeRecord is the public form of a theme in a list.
type themeRecord struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Ground      string `json:"ground"`
	File        string `json:"file"` // "" for one of the program's own
}

// listThemes prints the themes there are, and after them what is wrong with files that can't be used.
func (p *program) listThemes(asJSON bool) error {
	all, wrong := themes.All(themeFolder())
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	for _, t := range all {
		if !asJSON {
			fmt.Fprintf(p.out, "%-20s %s\n", t.Name, t.Description)
		} else if err := encoder.Encode(themeRecord{t.Name, t.Description, t.Ground, t.File}); err != nil {
			return err
		}
	}
	if wrong != nil {
		fmt.Fprintln(p.err, wrong)
		return errFindings
	}
	return nil
}

// themeFolder is where a person's own themes are; "" where there is no place for settings.
func themeFolder() string {
	settings, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(settings, "rendezvous", "themes")
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			goVersion := "unknown Go"
			if info, ok := debug.ReadBuildInfo(); ok {
				goVersion = info.GoVersion
			}
			fmt.Fprintf(p.out, "rendezvous %s (file format %d, %s)\n", Version, model.Version, goVersion)
			return nil
		},
	}
}
