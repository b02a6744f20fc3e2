package canvas

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rendezvous/engine"
	"rendezvous/engine/flow"
	"rendezvous/engine/population"
	"rendezvous/model"
	"rendezvous/samples"
	"rendezvous/ui/cell"
	"rendezvous/ui/film"
	"rendezvous/ui/look"
)

var update = flag.Bool("update", false, "write the frames that tests compare with")

// options are all ways to lay out a scene.
var options = map[string]Options{
	"full": {}, "compact": {Zoom: Compact}, "dot": {Zoom: Dot},
	"down": {TopDown: true}, "down-compact": {TopDown: true, Zoom: Compact}, "down-dot": {TopDown: true, Zoom: Dot},
}

func campaign(t *testing.T, name string) model.Campaign {
	t.Helper()
	text, err := samples.Campaign(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := model.Load(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return d.Campaign
}

func newLook(t interface{ Fatal(...any) }, o look.Options) *look.Look {
	l, err := look.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// owners numbers the targets of a scene.
type owners map[Target]int32

func (o owners) of(t Target) int32 {
	if _, ok := o[t]; !ok {
		o[t] = int32(len(o) + 1)
	}
	return o[t]
}

// draw draws a whole scene.
func draw(s *Scene, l *look.Look, v View) (*cell.Grid, owners) {
	g, o := &cell.Grid{}, owners{}
	g.Resize(s.W, s.H)
	s.Draw(g.All(), l, v, o.of)
	return g, o
}

// text is what a grid shows without any style.
func text(g *cell.Grid, l *look.Look) string {
	var out strings.Builder
	for _, line := range strings.Split(g.String(l.Screen), "\n") {
		for {
			before, rest, found := strings.Cut(line, "\x1b[")
			out.WriteString(before)
			if !found {
				break
			}
			_, line, _ = strings.Cut(rest, "m")
		}
		out.WriteByte('\n')
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// runs are the records of the sample campaigns.
var runs = sync.OnceValues(func() (map[string]record, error) {
	cache, err := os.MkdirTemp("", "rendezvous-test-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(cache) }()
	if err := os.Setenv("XDG_CACHE_HOME", cache); err != nil {
		return nil, err
	}
	ctx := context.Background()
	data, err := population.Open(ctx, "demo", "", nil)
	if err != nil {
		return nil, err
	}
	out := map[string]record{}
	for _, name := range samples.Names() {
		content, err := samples.Campaign(name)
		if err != nil {
			return nil, err
		}
		d, err := model.Load(name, content)
		if err != nil {
			return nil, err
		}
		r, err := engine.NewRun(ctx, d.Campaign, data, engine.Defaults(d.Campaign))
		if err != nil {
			return nil, err
		}
		if err := r.Finish(ctx); err != nil {
			return nil, err
		}
		out[name] = record{r.Plan(), r.Events()}
		_ = r.Close()
	}
	return out, data.Close()
})

// A record is a whole run.
type record struct {
	plan   *flow.Plan
	events []flow.Event
}

// until is a run at the moment at which the nth event with a name is shown.
func until(t *testing.T, sample string, name flow.Name, nth int) *Run {
	t.Helper()
	all, err := runs()
	if err != nil {
		t.Fatal(err)
	}
	r := all[sample]
	f := film.New(r.plan)
	f.Append(r.events)
	for _, e := range r.events {
		if e.Name == name {
			nth--
		}
		if nth > 0 {
			continue
		}
		at, state := f.Moment(e.Seq), flow.New(r.plan).State
		for _, e := range r.events[:f.Shown(at)] {
			state.Apply(e)
		}
		return &Run{State: state, Largest: f.Largest,
			Progress: func(id string) float64 { return f.Progress(id, at) },
			Grown:    func(model.Ref) float64 { return 1 },
			Traced:   func(string) float64 { return 1 },
			Fired:    func(string) time.Duration { return 0 },
		}
	}
	t.Fatalf("%s has not so many %s", sample, name)
	return nil
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s\n%s", path, diff, got)
	}
}

// The frames that a person has looked at.
func TestFrames(t *testing.T) {
	plain := look.Options{Depth: cell.NoColor}
	over := func(r *Run) *Run {
		r.Fired = func(string) time.Duration { return FireTime }
		return r
	}
	selected := View{Selected: Target{Activity: "meet"}, Findings: map[string]Finding{"email-gold": {true, "The subject is empty."}, "tiers": {false, "x"}}}
	for _, f := range []struct {
		name, sample string
		options      Options
		look         look.Options
		view         func() View
	}{
		{"edit-full", "gold-silver", options["full"], plain, nil},
		{"edit-compact", "gold-silver", options["compact"], plain, nil},
		{"edit-down", "gold-silver", options["down"], plain, nil},
		{"edit-down-compact", "gold-silver", options["down-compact"], plain, nil},
		{"edit-findings", "gold-silver", options["full"], plain, func() View { return selected }},
		{"edit-surfaces", "gold-silver", options["full"], look.Options{Dark: true}, func() View { return selected }},
		{"edit-open-ends", "gold-silver-start", options["full"], plain, nil},
		{"edit-three-way", "three-way", options["full"], plain, nil},
		{"run-waiting", "gold-silver", options["full"], plain, func() View { return View{Run: until(t, "gold-silver", flow.JoinArrived, 1)} }},
		{"run-waiting-down", "gold-silver", options["down"], plain, func() View { return View{Run: until(t, "gold-silver", flow.JoinArrived, 1)} }},
		{"run-waiting-surfaces", "gold-silver", options["full"], look.Options{Dark: true}, func() View { return View{Run: until(t, "gold-silver", flow.JoinArrived, 1)} }},
		{"run-firing", "gold-silver", options["full"], plain, func() View { return View{Run: until(t, "gold-silver", flow.JoinFired, 1)} }},
		{"run-fired", "gold-silver", options["full"], plain, func() View { return View{Run: over(until(t, "gold-silver", flow.RunFinished, 1))} }},
		{"run-fired-compact", "gold-silver", options["down-compact"], plain, func() View { return View{Run: over(until(t, "gold-silver", flow.RunFinished, 1))} }},
		{"run-blocked", "blocked-join", options["full"], plain, func() View { return View{Run: over(until(t, "blocked-join", flow.RunFinished, 1))} }},
		{"run-blocked-down", "blocked-join", options["down"], plain, func() View { return View{Run: over(until(t, "blocked-join", flow.RunFinished, 1))} }},
		{"edit-dot", "three-way", options["dot"], plain, nil},
		{"edit-down-dot", "three-way", options["down-dot"], plain, nil},
		{"run-waiting-compact", "gold-silver", options["compact"], plain, func() View { return View{Run: until(t, "gold-silver", flow.JoinArrived, 1)} }},
		{"edit-ascii", "gold-silver", options["full"], look.Options{Depth: cell.NoColor, ASCII: true}, nil},
		{"run-ascii", "gold-silver", options["full"], look.Options{Depth: cell.NoColor, ASCII: true}, func() View { return View{Run: until(t, "gold-silver", flow.JoinArrived, 1)} }},
	} {
		t.Run(f.name, func(t *testing.T) {
			var v View
			if f.view != nil {
				v = f.view()
			}
			l := newLook(t, f.look)
			g, _ := draw(NewScene(campaign(t, f.sample), f.options), l, v)
			got := text(g, l)
			golden(t, f.name, got)
			if f.look.ASCII {
				for _, r := range got {
					if r > '~' || r < ' ' && r != '\n' {
						t.Errorf("%U in ASCII", r)
					}
				}
			}
		})
	}
}

// What a run shows is said in words, without colour.
func TestStatesInWords(t *testing.T) {
	for _, c := range []struct {
		sample string
		event  flow.Name
		nth    int
		want   []string
	}{
		{"gold-silver", flow.JoinArrived, 1, []string{"◐ waiting 1/2", "● E-mail Gold", "○ E-mail Silver", "▶ sending", "✓ done", "1,162", "1,204 Gold"}},
		{"gold-silver", flow.JoinFired, 1, []string{"✦ fired 2/2", "● E-mail Gold", "● E-mail Silver"}},
		{"gold-silver", flow.RunFinished, 1, []string{"fired 2/2", "712 sent", "2,871"}},
		{"blocked-join", flow.RunFinished, 1, []string{"⊘ blocked 1/2", "⊘ E-mail Silver", "⊘ 0 Silver", "⊘ skipped", "never started"}},
	} {
		for name, o := range options {
			if !o.sizes().named {
				continue // states are glyphs there
			}
			l := newLook(t, look.Options{Depth: cell.NoColor})
			g, _ := draw(NewScene(campaign(t, c.sample), o), l, View{Run: until(t, c.sample, c.event, c.nth)})
			got := text(g, l)
			for _, want := range c.want {
				if o.Zoom != Full && (want == "712 sent" || want == "never started") {
					continue // one row a card
				}
				if !strings.Contains(got, want) {
					t.Errorf("%s after %s, %s: no %q in\n%s", c.sample, c.event, name, want, got)
				}
			}
		}
	}
}

// A folded branch tells what matters most in it.
func TestFoldedBranchTellsItsState(t *testing.T) {
	l := newLook(t, look.Options{Depth: cell.NoColor})
	s := NewScene(campaign(t, "gold-silver"), Options{Folded: map[string]bool{"tiers": true}})
	for event, want := range map[flow.Name][]string{flow.JoinArrived: {"◐ waiting 1/2", "⊞ 2 of 6 done"}, flow.RunFinished: {"✓ done", "⊞ 6 of 6 done"}} {
		g, _ := draw(s, l, View{Run: until(t, "gold-silver", event, 1)})
		for _, words := range want {
			if got := text(g, l); !strings.Contains(got, words) {
				t.Errorf("after %s, no %q in\n%s", event, words, got)
			}
		}
	}
	blocked := NewScene(campaign(t, "blocked-join"), Options{Folded: map[string]bool{"tiers": true}})
	g, _ := draw(blocked, l, View{Run: until(t, "blocked-join", flow.RunFinished, 1)})
	if got := text(g, l); !strings.Contains(got, "⊘ blocked 1/2") {
		t.Errorf("the block is not told:\n%s", got)
	}
}

// Whoever points at a transition in a run sees its share of those who came in.
func TestShareOfTheInbound(t *testing.T) {
	l := newLook(t, look.Options{Depth: cell.NoColor})
	v := View{Run: until(t, "gold-silver", flow.RunFinished, 1), Hover: Target{Activity: "tiers", Output: "gold"}}
	g, _ := draw(NewScene(campaign(t, "gold-silver"), options["full"]), l, v)
	if got := text(g, l); !strings.Contains(got, "1,204 29 %") || !strings.Contains(got, "3,006 Silver") {
		t.Errorf("no share of the inbound in\n%s", got)
	}
}

// The tutorial's campaign fits the screens that people have.
func TestGoldSilverFits(t *testing.T) {
	c := campaign(t, "gold-silver")
	if s := NewScene(c, options["down-compact"]); s.W > 80 {
		t.Errorf("top-down and compact, it is %d wide", s.W)
	}
	if s := NewScene(c, options["down"]); s.W > 80 {
		t.Errorf("top-down, it is %d wide", s.W)
	}
	if s := NewScene(c, options["compact"]); s.W > 120 {
		t.Errorf("from left to right and compact, it is %d wide", s.W)
	}
}

// labels are what people call activities; their first words are short enough to be seen.
var labels = []string{"Gold", "Gold and Silver members", "日本語 ニュース", "Zoë’s e-mail", "A", "Straße", "x\x1b[31my", "✉️ mail", "👩‍👩‍👧 family", "two  spaces", strings.Repeat("a very long label ", 20)}

// drawCampaign grows a small campaign by edits.
func drawCampaign(t *rapid.T) model.Campaign {
	d, err := model.Load("x.yaml", []byte("version: 1\nname: x\ndata: demo\ndimension: customers\nactivities: []\n"))
	if err != nil {
		t.Fatal(err)
	}
	c := d.Campaign
	for range rapid.IntRange(0, 14).Draw(t, "edits") {
		k := rapid.SampledFrom(model.Kinds()).Draw(t, "kind")
		var refs []model.Ref
		for _, a := range c.Activities {
			refs = append(refs, a.Refs()...)
		}
		var id string
		var edited model.Campaign
		if len(refs) == 0 || rapid.IntRange(0, 4).Draw(t, "first") == 0 {
			edited, id, err = c.InsertFirst(k)
		} else {
			edited, id, err = c.Insert(k, rapid.SampledFrom(refs).Draw(t, "at"))
		}
		if err != nil {
			continue
		}
		c = edited
		if edited, err = c.Set(id, rapid.SampledFrom(labels).Draw(t, "label"), "label"); err == nil {
			c = edited
		}
		if rapid.IntRange(0, 5).Draw(t, "disabled") == 0 {
			if edited, err = c.Set(id, true, "disabled"); err == nil {
				c = edited
			}
		}
		for _, candidate := range c.Candidates(id) {
			if rapid.Bool().Draw(t, "tick") {
				if edited, err = c.Tick(id, candidate.Ref); err == nil {
					c = edited
				}
			}
		}
	}
	return c
}

// drawRun makes up a moment of a run; nil when the campaign can't run.
func drawRun(t *rapid.T, c model.Campaign) *Run {
	plan, err := flow.Compile(c)
	if err != nil || rapid.IntRange(0, 2).Draw(t, "edit") == 0 {
		return nil
	}
	state, start := flow.New(plan).State, engine.DefaultStart
	state.Apply(flow.Event{Seq: 1, At: start, Name: flow.RunStarted})
	for _, a := range c.Activities {
		names := []flow.Name{flow.ActivityStarted, flow.ActivityFinished, flow.ActivityFailed, flow.JoinArrived, flow.JoinFired, flow.JoinBlocked}
		e := flow.Event{Seq: 2, At: start, Name: rapid.SampledFrom(names).Draw(t, "event"), Activity: a.ID, Error: "something is wrong"}
		if len(a.From) > 0 {
			e.From = a.From[0].String()
		}
		if a.Kind.Role != model.Join && e.Name != flow.ActivityStarted && e.Name != flow.ActivityFinished {
			e.Name = flow.ActivityFailed
		}
		state.Apply(e)
		for _, r := range a.Refs() {
			e := flow.Event{Seq: 3, At: start, Activity: r.Activity, Output: r.Output, Name: flow.TransitionActivated, Count: rapid.SampledFrom([]int{0, 1, 40, 333, 999, 1_000_000}).Draw(t, "count")}
			if rapid.IntRange(0, 2).Draw(t, "skipped") == 0 {
				e.Name, e.Reason = flow.TransitionSkipped, rapid.SampledFrom([]string{flow.ReasonEmpty, flow.ReasonNotChosen}).Draw(t, "reason")
			}
			state.Apply(e)
		}
	}
	part := rapid.Float64Range(0, 1).Draw(t, "part")
	return &Run{State: state, Largest: rapid.SampledFrom([]int{0, 1000, 1_000_000}).Draw(t, "largest"),
		Progress: func(string) float64 { return part },
		Grown:    func(model.Ref) float64 { return part },
		Traced:   func(string) float64 { return part },
		Fired:    func(string) time.Duration { return time.Duration(part * float64(2*time.Second)) },
		Clock:    time.Duration(part * float64(time.Minute)), Moving: rapid.Bool().Draw(t, "moving"),
	}
}

func drawView(t *rapid.T, c model.Campaign) View {
	v := View{Run: drawRun(t, c), Findings: map[string]Finding{}}
	if len(c.Activities) > 0 {
		a := rapid.SampledFrom(c.Activities).Draw(t, "selected")
		v.Selected = Target{Activity: a.ID}
		if refs := a.Refs(); len(refs) > 0 {
			v.Hover = TargetOf(refs[0])
		}
		v.Findings[a.ID] = Finding{Error: rapid.Bool().Draw(t, "error"), Message: "It is wrong."}
	}
	return v
}

// Every campaign can be drawn in every way, the same twice, and each activity can be read and pointed at.
func TestRandomCampaigns(t *testing.T) {
	var looks []*look.Look
	for depth := cell.TrueColor; depth <= cell.NoColor; depth++ {
		looks = append(looks, newLook(t, look.Options{Depth: depth, Dark: true}), newLook(t, look.Options{Depth: depth, ASCII: true}))
	}
	rapid.Check(t, func(t *rapid.T) {
		c := drawCampaign(t)
		v := drawView(t, c)
		for _, name := range slices.Sorted(maps.Keys(options)) {
			s := NewScene(c, options[name])
			l := rapid.SampledFrom(looks).Draw(t, "look")
			g, o := draw(s, l, v)
			first := g.String(l.Screen)
			again, _ := draw(s, l, v)
			if again.String(l.Screen) != first {
				t.Fatalf("%s: drawn twice, it differs", name)
			}
			if other, _ := draw(NewScene(c, options[name]), l, v); other.String(l.Screen) != first {
				t.Fatalf("%s: laid out twice, it differs", name)
			}
			readable(t, c, s, g, o)
			clipped(t, s, l, v, g)
		}
	})
}

// readable checks that every card shows the first word of its label, and is owned by its activity.
func readable(t *rapid.T, c model.Campaign, s *Scene, g *cell.Grid, o owners) {
	for _, a := range c.Activities {
		box, ok := s.Box(a.ID)
		if !ok || box.X < 1 || box.Y < 1 || box.X+box.W >= s.W || box.Y+box.H >= s.H {
			t.Fatalf("%s is at %+v of %d×%d", a.ID, box, s.W, s.H)
		}
		if s.Options.Zoom == Dot {
			if owner := g.At(box.X+1, box.Y).Owner; owner != o[Target{Activity: a.ID}] {
				t.Fatalf("%s belongs to %d", a.ID, owner)
			}
			continue
		}
		row := ""
		for x := box.X; x < box.X+box.W; x++ {
			if r := g.At(x, box.Y+1).Rune; r != 0 {
				row += string(r)
			}
			if owner := g.At(x, box.Y+1).Owner; x > box.X && x < box.X+box.W-1 && owner != o[Target{Activity: a.ID}] {
				t.Fatalf("%d, %d on the card of %s belongs to %d", x, box.Y+1, a.ID, owner)
			}
		}
		if word := firstWord(a.Label()); !strings.Contains(row, word) {
			t.Fatalf("the card of %s does not show %q: %q", a.ID, word, row)
		}
	}
	for _, a := range c.Activities {
		for _, r := range a.Refs() {
			if place, ok := s.Place(r); !ok || place.X < 0 || place.Y < 0 || place.X+place.W > s.W || place.Y+place.H > s.H {
				t.Fatalf("%s is at %+v of %d×%d", r, place, s.W, s.H)
			}
		}
	}
}

// firstWord is the first word of a label as it is drawn.
func firstWord(label string) string {
	drawn := strings.Map(func(r rune) rune {
		if cell.RuneWidth(r) == 0 {
			return -1
		}
		return r
	}, label)
	word, _, _ := strings.Cut(strings.TrimSpace(drawn), " ")
	return word
}

// clipped checks that panning changes no cell: a part of the picture is that part of the whole.
func clipped(t *rapid.T, s *Scene, l *look.Look, v View, whole *cell.Grid) {
	var part cell.Grid
	part.Resize(20, 8)
	x, y := rapid.IntRange(-5, max(0, s.W)).Draw(t, "x"), rapid.IntRange(-5, max(0, s.H)).Draw(t, "y")
	s.Draw(part.All().Shift(-x, -y), l, v, func(Target) int32 { return 0 })
	for row := range part.H - 1 { // an arrow at the edge does not know of the card below it
		for column := range part.W {
			if x+column < 1 || y+row < 1 || x+column >= s.W-1 || y+row >= s.H-1 || column < 2 || column > part.W-3 {
				continue // wide runes are cut at edges
			}
			if got, want := part.At(column, row), whole.At(x+column, y+row); got.Rune != want.Rune || got.Style != want.Style {
				t.Fatalf("panned to %d, %d, the cell at %d, %d is %q %x, not %q %x", x, y, x+column, y+row, got.Rune, got.Style, want.Rune, want.Style)
			}
		}
	}
}

// The light of a join that fires changes neither what stands round it nor whose it is.
func TestGlowKeepsItsSurroundings(t *testing.T) {
	c := campaign(t, "gold-silver")
	for _, id := range []string{"week", "email-gold", "email-silver"} {
		var err error
		if c, err = c.Set(id, "日本語の週", "label"); err != nil {
			t.Fatal(err)
		}
	}
	r := until(t, "gold-silver", flow.JoinFired, 1)
	l := newLook(t, look.Options{Dark: true})
	for name, o := range options {
		s := NewScene(c, o)
		for after := time.Duration(0); after < FireTime; after += 100 * time.Millisecond {
			r.Fired = func(string) time.Duration { return after }
			lit, owners := draw(s, l, View{Run: r})
			want := 3
			switch {
			case o.Zoom == Dot:
				want = 0
			case s.sizes.named:
				want += 2 // sockets
			}
			if got := strings.Count(text(lit, l), "日本語の週"); got != want {
				t.Errorf("%s, after %v: %d of %d labels can be read", name, after, got, want)
			}
			for _, a := range c.Activities {
				box, _ := s.Box(a.ID)
				for y := box.Y + 1; y < box.Y+box.H-1; y++ {
					for x := box.X + 1; x < box.X+box.W-1; x++ {
						if lit.At(x, y).Owner != owners[Target{Activity: a.ID}] {
							t.Fatalf("%s, after %v: %d, %d no longer belongs to %s", name, after, x, y, a.ID)
						}
					}
				}
			}
		}
	}
}

// Cards never touch one another, in any layout of any sample.
func TestCardsLieApart(t *testing.T) {
	for _, sample := range samples.Names() {
		for name, o := range options {
			s := NewScene(campaign(t, sample), o)
			var boxes []cell.Rect
			for _, k := range s.cards {
				boxes = append(boxes, k.box)
			}
			for _, r := range s.routes {
				if r.to < 0 {
					boxes = append(boxes, r.slot)
				}
			}
			for i, a := range boxes {
				for _, b := range boxes[i+1:] {
					if shared := a.Intersect(b); shared.W > 0 && shared.H > 0 {
						t.Errorf("%s %s: %+v and %+v overlap", sample, name, a, b)
					}
				}
			}
		}
	}
}

// A band is as wide as the share of the run's largest population that it carries.
func TestWeigh(t *testing.T) {
	var got []string
	for _, people := range []int{0, 1, 49, 50, 329, 331, 669, 671, 1000, 2000} {
		got = append(got, fmt.Sprint(weigh(people, 1000, false), weigh(people, 1000, true)))
	}
	weights := []string{
		fmt.Sprint(nobody, nobody), fmt.Sprint(few, few), fmt.Sprint(few, few), fmt.Sprint(some, some), fmt.Sprint(some, some),
		fmt.Sprint(many, some), fmt.Sprint(many, some), fmt.Sprint(most, some), fmt.Sprint(most, some), fmt.Sprint(most, some),
	}
	if !slices.Equal(got, weights) {
		t.Errorf("%v, not %v", got, weights)
	}
}
