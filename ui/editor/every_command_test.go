package editor_test

import (
	"strings"
	"testing"

	"rendezvous/ui/editor"
)

// A trial of a command: what is done before it, and what the screen shows after its key.
type trial struct {
	sample string
	before []string
	see    []string
	gone   []string
	moved  string // a text that stands elsewhere afterwards
	dx, dy int    // in which direction
	then   func(s *terminal)
	listed bool // its key is not pressed: to suspend the program would suspend the test
}

// inRun begins a run and goes to its start.
var inRun = []string{"r", "…Run started", "space", "end", "…✓ Completed", "home", "…event 1 "}

func after(first []string, more ...string) []string {
	return append(append([]string{}, first...), more...)
}

// trials are all commands, by name. Keys that begin with “…” are texts to wait for.
var trials = map[string]trial{
	"go left":   {before: []string{"right", "…Transition"}, see: []string{"1 of 7", "Build audience"}, gone: []string{"Leads to"}},
	"go right":  {see: []string{"Leads to", "Tiers"}},
	"go up":     {before: []string{"right", "right", "right", "down", "…Silver"}, see: []string{"Tiers (Gold)"}},
	"go down":   {before: []string{"right", "right", "right", "…Tiers (Gold)"}, see: []string{"Tiers (Silver)"}},
	"pan left":  {moved: "Tiers", dx: 1},
	"pan right": {moved: "Tiers", dx: -1},
	"pan up":    {moved: "Tiers", dy: 1},
	"pan down":  {moved: "Tiers", dy: -1},
	"centre":    {moved: "Tiers", dx: 1},
	"turn":      {see: []string{"▼"}},
	"zoom":      {see: []string{"50%"}},
	"fit":       {see: []string{"10%"}},
	"map":       {before: []string{"…━━ ━━"}, gone: []string{"━━ ━━"}},
	"find":      {see: []string{"type what to find"}, then: func(s *terminal) { s.write("sms"); s.see("1 of 1", "7 of 7"); s.press("enter"); s.see("Text") }},
	"jump":      {see: []string{"Jump to"}, then: func(s *terminal) { s.press("s"); s.see("2 of 7") }},
	"tidy":      {see: []string{"Tidy", "keep it"}, then: func(s *terminal) { s.press("enter"); s.see("Tidied"); s.press("u"); s.see("Undone: tidy") }},
	"fold":      {before: []string{"right", "right", "…2 of 7"}, see: []string{"⊞ 5 more"}, gone: []string{"E-mail Gold"}},
	"back":      {before: []string{"g", "…Jump to", "s", "…2 of 7"}, see: []string{"1 of 7"}},
	"forward":   {before: []string{"g", "…Jump to", "s", "…2 of 7", "[", "…1 of 7"}, see: []string{"2 of 7"}},
	"outline": {see: []string{"Outline", "→ Rendez-vous"}, then: func(s *terminal) {
		s.press("down", "down")
		s.see("E-mail Gold", "3 of 7")
		s.press("O")
		s.gone("Outline")
	}},
	"menu":             {see: []string{"type to search", "Duplicate", "Wrap"}},
	"next finding":     {sample: "three-way", see: []string{"It can be blocked", "AND-join"}},
	"previous finding": {sample: "three-way", see: []string{"It can be blocked", "AND-join"}},
	"findings":         {sample: "three-way", see: []string{"Findings", "J04"}},
	"explain":          {see: []string{"Close esc"}},
	"open":             {see: []string{"Open a campaign", "three-way", "Empty campaign"}},
	"commands":         {before: []string{"z", "…50%"}, see: []string{"Commands", "type to search"}, then: func(s *terminal) { s.write("turn"); s.see("Lay the flow out"); s.press("enter"); s.see("▼") }},
	"help":             {see: []string{"All commands", "While editing"}},
	"theme":            {see: []string{"Theme", "dusk", "paper"}, then: func(s *terminal) { s.write("paper"); s.press("enter"); s.see("Theme: paper") }},
	"mouse":            {see: []string{"The mouse selects text now"}},
	"suspend":          {listed: true, before: []string{"ctrl+p", "…type to search", "s", "u", "s", "p"}, see: []string{"Leave the program for a while"}},
	"quit":             {before: []string{"d", "…unsaved"}, see: []string{"Leave Gold and Silver?"}},
	"insert":           {see: []string{"Insert after Gold and Silver members"}},
	"begin":            {see: []string{"Begin a branch", "needs one before it"}},
	"edit":             {see: []string{"⏎ edit   i explain"}},
	"rename":           {see: []string{"leave as it was"}, then: func(s *terminal) { s.write("!"); s.press("enter"); s.see("unsaved", "members!") }},
	"note":             {see: []string{"keeps the text"}, then: func(s *terminal) { s.write("Ask Zoë"); s.press("ctrl+s"); s.see("▎ Ask Zoë") }},
	"mark":             {see: []string{"✓ marked"}},
	"mark branch":      {before: []string{"right", "right"}, see: []string{"✓ marked"}, then: func(s *terminal) { s.press("d"); s.see("unsaved"); s.press("u"); s.see("Undone: disable 6 activities") }},
	"mark all":         {then: func(s *terminal) { s.press("d"); s.see("unsaved"); s.press("u"); s.see("Undone: disable 7 activities") }},
	"unmark":           {before: []string{"space", "…✓ marked"}, gone: []string{"✓ marked"}},
	"copy":             {see: []string{"Copied Gold and Silver members"}},
	"cut":              {before: []string{"right", "right", "…2 of 7"}, see: []string{"1 of 6"}},
	"paste":            {before: []string{"y", "…Copied"}, see: []string{"of 8", "Added 1 activity"}},
	"duplicate":        {before: []string{"right", "right", "…2 of 7"}, see: []string{"of 8", "Added 1 activity"}},
	"move to":          {before: []string{"right", "right", "right", "right", "right", "right", "right", "right", "…6 of 7"}, see: []string{"Move Wait 7 d to"}, then: func(s *terminal) { s.press("a"); s.see("unsaved"); s.press("u"); s.see("Undone: move Wait 7 d") }},
	"wrap":             {before: []string{"right", "right", "right", "right", "right", "…E-mail Gold (Ok)", "left", "…3 of 7"}, see: []string{"The second way leads straight", "of 9"}},
	"connect":          {before: []string{"A", "…Begin a branch", "down", "enter", "…of 8", "esc", "…←↓↑→ move", "right", "…Leads to"}, see: []string{"Connect Build audience", "type a letter"}, then: func(s *terminal) { s.press("s"); s.see("Merging options", "3 of") }},
	"disconnect":       {before: []string{"right", "…Transition"}, see: []string{"nothing yet", "unsaved"}},
	"disable":          {see: []string{"⊘ disabled", "unsaved"}},
	"delete":           {see: []string{"Deleted Gold and Silver members"}},
	"undo":             {before: []string{"d", "…⊘ disabled"}, see: []string{"Undone: disable Gold and Silver members"}, gone: []string{"⊘ disabled"}},
	"redo":             {before: []string{"d", "…⊘ disabled", "u", "…Undone"}, see: []string{"⊘ disabled", "Done again"}},
	"save":             {before: []string{"d", "…unsaved"}, see: []string{"Saved "}, gone: []string{"unsaved"}},
	"run":              {see: []string{"Run started"}},

	"play":            {before: inRun, see: []string{"Pause"}},
	"step back":       {before: after(inRun, "end", "…✓ Completed"), gone: []string{"✓ Completed"}},
	"step on":         {before: after(inRun, "…event 1 "), see: []string{"Gold and Silver mem…  tier in"}, gone: []string{"event 1 "}},
	"jump back":       {before: after(inRun, "end", "…✓ Completed"), see: []string{"fired 2/2"}},
	"jump on":         {before: inRun, see: []string{"waiting 1/2"}},
	"to the start":    {before: after(inRun, "end", "…✓ Completed"), see: []string{"event 1 "}},
	"to the end":      {before: inRun, see: []string{"✓ Completed"}},
	"faster":          {before: inRun, see: []string{"2×"}},
	"slower":          {before: inRun, see: []string{"0.5×"}},
	"restart":         {before: after(inRun, "end", "…✓ Completed"), see: []string{"Test run"}, gone: []string{"✓ Completed"}},
	"confirm":         {before: after(inRun, "end", "…✓ Completed"), see: []string{"no messages are held"}},
	"stop":            {before: inRun, see: []string{"■ Stopped"}},
	"panel":           {before: inRun, see: []string{"Nothing is wrong with this campaign"}},
	"older":           {before: after(inRun, "end", "…Run completed"), gone: []string{"Run completed"}},
	"newer":           {before: after(inRun, "end", "…Run completed", "down"), see: []string{"Run completed"}},
	"hide":            {before: after(inRun, "…Findings"), gone: []string{"Findings"}},
	"go to cause":     {sample: "blocked-join", before: []string{"r", "…Run started", "space", "end", "…⊘ Stalled", "…Why"}, see: []string{"⊘ 0 Silver"}},
	"fix 1":           {sample: "blocked-join", before: []string{"r", "…Run started", "space", "end", "…⊘ Stalled", "…Why"}, gone: []string{"Stalled"}},
	"fix 2":           {sample: "blocked-join", before: []string{"r", "…Run started", "space", "end", "…⊘ Stalled", "…Why"}, gone: []string{"Stalled"}},
	"fix 3":           {sample: "blocked-join", before: []string{"r", "…Run started", "space", "end", "…⊘ Stalled", "…Why"}, gone: []string{"Stalled"}},
	"back to editing": {before: inRun, see: []string{"Draft"}},
}

// Every command does on the screen what it says, by its key.
func TestEveryCommand(t *testing.T) {
	for name := range trials {
		if _, ok := editor.Commands()[name]; !ok {
			t.Errorf("there is no command %q", name)
		}
	}
	for name, key := range editor.Commands() {
		t.Run(name, func(t *testing.T) {
			c, ok := trials[name]
			if !ok {
				t.Fatal("the command has no trial")
			}
			t.Parallel()
			c.run(t, key)
		})
	}
}

func (c trial) run(t *testing.T, key string) {
	if c.sample == "" {
		c.sample = "gold-silver"
	}
	s := open(t, 120, 36, sample(t, c.sample))
	s.ready()
	for _, k := range c.before {
		if text, wait := strings.CutPrefix(k, "…"); wait {
			s.see(text)
			continue
		}
		s.press(k)
	}
	x, y := 0, 0
	if c.moved != "" {
		x, y = s.find(c.moved, false)
	}
	if !c.listed {
		s.press(key)
	}
	s.see(c.see...)
	for _, text := range c.gone {
		s.gone(text)
	}
	if c.moved != "" {
		s.until(c.moved+" to move", func(screen string) bool {
			if !strings.Contains(screen, c.moved) {
				return true
			}
			nx, ny := place(screen, c.moved)
			return (nx-x)*c.dx > 0 || (ny-y)*c.dy > 0
		})
	}
	if c.then != nil {
		c.then(s)
	}
}

// place is where a text stands on a screen.
func place(screen, text string) (x, y int) {
	for row, line := range strings.Split(screen, "\n") {
		if at := strings.Index(line, text); at >= 0 {
			return len([]rune(line[:at])), row
		}
	}
	return -1, -1
}
