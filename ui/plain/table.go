package plain

import (
	"fmt"
	"slices"
	"strings"
)

// A command is one thing that can be asked for. This table feeds what is understood, the help, and the tests.
type command struct {
	name  string
	short []string // other names
	args  string   // what can stand behind it
	group string   // its heading in the help
	help  string
	more  string // what else there is to know, for its own help
	run   func(*Session, string) error
	// why says why the command can't be given now; "" when it can.
	why func(*Session) string
}

// Headings of the help.
const (
	reading = "To find out"
	editing = "To edit"
	joining = "Joins"
	filing  = "Files"
	running = "Runs"
)

// moreTargets says how things are named.
const moreTargets = "A number is a line of the outline. Ids and labels work too, as long as what is typed of them fits only one. Without any, it is about what was talked about last."

// morePlaces says how transitions are named.
const morePlaces = "A place is after or before a line: after 3, before 5. An activity with several ways on needs the way, like tiers.gold."

// moreLists says how several activities are named.
const moreLists = "Several are 3 5 6, or 3-6, or branch 3 for all that only line 3 leads to, or all."

// table is all commands.
func table() []command {
	return slices.Concat(readingCommands(), editingCommands(), wiringCommands(), joinCommands(), fileCommands(), runCommands())
}

func readingCommands() []command {
	return []command{
		{name: "help", short: []string{"h", "?"}, args: "[COMMAND]", group: reading, help: "Say what can be said here, or what a command does.", run: (*Session).help},
		{name: "outline", short: []string{"o", "ls"}, args: "[LINE]", group: reading, help: "Read out the flow, line by line.",
			more: "What is deeper belongs to the branch above it. A line that goes on at another one leads into a join that stands there.", run: (*Session).tell},
		{name: "status", short: []string{"info"}, group: reading, help: "Say what campaign this is, what is not saved, and where the run stands.",
			run: func(s *Session, _ string) error { s.summary(); return nil }},
		{name: "show", short: []string{"s"}, args: "[LINE | campaign]", group: reading, help: "Read out the form of an activity, an open end or the campaign, with what is wrong with it. A number alone does so too.", more: moreTargets, run: (*Session).show},
		{name: "find", short: []string{"f", "/"}, args: "TEXT", group: reading, help: "Say the lines in which every word of a text occurs.", run: (*Session).search,
			why: func(s *Session) string {
				if len(s.campaign().Activities) == 0 {
					return "the campaign has no activities"
				}
				return ""
			}},
		{name: "explain", short: []string{"i"}, args: "[LINE | KIND | CODE]", group: reading, help: "Say what an activity does, what its fields mean, and what people get wrong; or what the code of a finding means.", run: (*Session).explain},
		{name: "kinds", short: []string{"k"}, args: "[PLACE]", group: reading, help: "Say what can be inserted, and why not everything can go to a place.", more: morePlaces, run: (*Session).kinds},
		{name: "findings", short: []string{"problems"}, group: reading, help: "Say what is wrong with the campaign, with the edits that would help.", run: (*Session).listFindings},
	}
}

func editingCommands() []command {
	return []command{
		{name: "insert", short: []string{"a"}, args: "[KIND [PLACE]]", group: editing, help: "Insert an activity: insert email after 3. What is not said is asked for.", more: morePlaces, run: (*Session).insert},
		{name: "begin", short: []string{"b"}, args: "KIND", group: editing, help: "Add an activity that begins a branch of its own.", run: (*Session).begin},
		{name: "edit", short: []string{"e"}, args: "[LINE | campaign]", group: editing, help: "Ask for the fields of an activity, an open end or the campaign, one after the other.",
			more: "Enter keeps a value, - clears it, ? explains the field, and a full stop ends. A text of several lines ends with a line that has only a full stop.", run: (*Session).editForm},
		{name: "set", args: "[LINE | campaign] FIELD VALUE", group: editing, help: "Give a field a value: set 3 subject Hello.",
			more: "A field is its number in the form, its title, or its key, like subsets.gold.rule. The value is what follows, as it is typed; - clears the field.", run: (*Session).set},
		{name: "campaign", args: "[edit]", group: editing, help: "Read out what holds for the whole campaign, or ask for it.", run: (*Session).campaignForm},
		{name: "add", args: "[to LINE]", group: editing, help: "Add a subset, an output or a condition to an activity.", run: (*Session).add},
		{name: "remove", args: "NUMBER [from LINE]", group: editing, help: "Take a subset, an output or a condition out of an activity.", run: (*Session).remove},
		{name: "rename", short: []string{"n"}, args: "LINE [to] LABEL", group: editing, help: "Give an activity or an open end another label; - takes it away.", run: (*Session).rename},
		{name: "note", args: "LINE [TEXT]", group: editing, help: "Write a note for whoever reads the campaign next.", run: (*Session).note},
		{name: "disable", short: []string{"d"}, args: "LINES", group: editing, help: "Switch activities off.", more: moreLists, run: (*Session).disable},
		{name: "enable", args: "LINES", group: editing, help: "Switch activities on again.", more: moreLists, run: (*Session).enable},
		{name: "delete", short: []string{"x", "rm"}, args: "LINES", group: editing, help: "Take activities out; branches close up.", more: moreLists, run: (*Session).deleteAll},
		{name: "fix", args: "[NUMBER]", group: editing, help: "Make one of the edits that findings or why has read out.", run: (*Session).fix},
		{name: "undo", short: []string{"u"}, group: editing, help: "Take the last edit back. There is no limit.", run: (*Session).undo, why: (*Session).cantUndo},
		{name: "redo", group: editing, help: "Do again what was taken back.", run: (*Session).redo, why: (*Session).cantRedo},
	}
}

func wiringCommands() []command {
	return []command{
		{name: "copy", short: []string{"y"}, args: "LINES", group: editing, help: "Copy activities. They can be pasted here, or in another campaign.", more: moreLists, run: (*Session).copyAll},
		{name: "cut", args: "LINES", group: editing, help: "Copy and delete.", more: moreLists, run: (*Session).cut},
		{name: "paste", short: []string{"p"}, args: "[PLACE]", group: editing, help: "Insert what was copied; without a place, by itself.", more: morePlaces, run: (*Session).paste},
		{name: "duplicate", short: []string{"dup"}, args: "LINES", group: editing, help: "Make a copy that stands by itself.", more: moreLists, run: (*Session).duplicate},
		{name: "move", short: []string{"m"}, args: "LINES to PLACE", group: editing, help: "Take activities that follow each other to another transition.", more: morePlaces, run: (*Session).move},
		{name: "wrap", short: []string{"w"}, args: "LINES", group: editing, help: "Put activities between a fork and an AND-join, with a second way beside them.", more: moreLists, run: (*Session).wrap},
		{name: "connect", short: []string{"c"}, args: "PLACE to LINE", group: editing, help: "Lead an open end to an activity or a join.", run: (*Session).connect},
		{name: "disconnect", args: "LINE", group: editing, help: "Make an open end of the transition that leads to a line.", more: "Say after and a line for the transition that leaves it.", run: (*Session).disconnect},
	}
}

func joinCommands() []command {
	more := "Without a branch, it reads out the merging options. The join is the one that was talked about last, unless it is said: E-mail Silver in Rendez-vous."
	return []command{
		{name: "tick", short: []string{"t"}, args: "[BRANCH [in JOIN]]", group: joining, help: "Draw a branch into a join.", more: more, run: (*Session).tick, why: (*Session).noJoin},
		{name: "untick", args: "[BRANCH [in JOIN]]", group: joining, help: "Give a branch of a join its open end back.", more: more, run: (*Session).untick, why: (*Session).noJoin},
		{name: "primary", args: "[BRANCH [in JOIN]]", group: joining, help: "Choose the primary set: the branch whose people go on.", more: more, run: (*Session).primary, why: (*Session).noJoin},
	}
}

func fileCommands() []command {
	return []command{
		{name: "save", args: "[FILE]", group: filing, help: "Write the campaign to its file, or to another one. What was not edited stays as it was, byte for byte.",
			more: "What another program has written into the file meanwhile is kept, together with the edits made here.", run: (*Session).save},
		{name: "recover", group: filing, help: "Take in the edits that were not saved when the program ended the last time.", run: (*Session).recover, why: (*Session).noRecovery},
		{name: "quit", short: []string{"q", "exit", "bye"}, args: "[yes | no]", group: filing, help: "Leave. Unsaved edits are asked about; yes saves them, and no does not.", run: (*Session).quit},
	}
}

func runCommands() []command {
	return []command{
		{name: "run", short: []string{"r"}, args: "[to join | to LINE]", group: running, help: "Run the campaign on its data with a virtual clock, or let the run go on. Nothing is sent.",
			more: "It tells every line of the log to the end, or to the next one about a join or an activity.", run: (*Session).runAll},
		{name: "step", group: running, help: "Go on by one line of the log.", run: (*Session).stepOn},
		{name: "back", group: running, help: "Go back by one line of the log.", run: (*Session).back, why: (*Session).noRun},
		{name: "why", args: "[JOIN]", group: running, help: "Say why a join is blocked, back to the cause, with the edits that would help.", run: (*Session).whyBlocked, why: (*Session).noRun},
		{name: "population", short: []string{"people"}, args: "[LINE]", group: running, help: "Say how many people took each transition.", run: (*Session).population, why: (*Session).noRun},
		{name: "confirm", args: "[LINE]", group: running, help: "Let the messages go that wait to be confirmed.", run: (*Session).confirm, why: (*Session).noHeld},
		{name: "restart", short: []string{"again"}, group: running, help: "Run again from the beginning; every arrival is cleared.", run: (*Session).restart, why: (*Session).noRun},
		{name: "stop", group: running, help: "End the run here, for good.", run: (*Session).stop, why: (*Session).noOpenRun},
	}
}

// help says what can be said here, or what one command does.
func (s *Session) help(text string) error {
	if text != "" {
		return s.helpOn(text)
	}
	group := ""
	for _, c := range table() {
		if c.group != group {
			group = c.group
			s.say("%s:", group)
		}
		s.say("  %s", c.usage())
		s.say("    %s", c.help)
	}
	s.say("A number alone reads out that line of the outline. help and a command says more about it.")
	return nil
}

func (s *Session) helpOn(text string) error {
	c, err := find(strings.ToLower(text))
	if err != nil {
		return err
	}
	s.say("%s", c.usage())
	s.say("%s", c.help)
	if c.more != "" {
		s.say("%s", c.more)
	}
	if c.why != nil {
		if why := c.why(s); why != "" {
			s.say("It can’t be given now: %s.", why)
		}
	}
	return nil
}

// usage is how the command is typed.
func (c command) usage() string {
	text := strings.TrimSpace(c.name + " " + c.args)
	if len(c.short) > 0 {
		text += fmt.Sprintf("; in short %s", either(c.short))
	}
	return text
}

// campaignForm reads out or asks for what holds for the whole campaign.
func (s *Session) campaignForm(text string) error {
	switch strings.ToLower(text) {
	case "":
		return s.show("campaign")
	case "edit":
		return s.editForm("campaign")
	}
	return s.set("campaign " + text)
}
