// Command rendezvous is a visual editor for marketing campaigns in the terminal, and an engine that runs them.
package main

import (
	"os"

	"rendezvous/ui/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
