package film

import (
	"context"
	"math"
	"os"
	"reflect"
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
)

// A run is a record and the plan of what it records.
type run struct {
	plan   *flow.Plan
	events []flow.Event
}

// runs are those of all samples.
var runs = sync.OnceValues(func() (map[string]run, error) {
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
	out := map[string]run{}
	for _, name := range samples.Names() {
		text, err := samples.Campaign(name)
		if err != nil {
			return nil, err
		}
		doc, err := model.Load(name, text)
		if err != nil {
			return nil, err
		}
		r, err := engine.NewRun(ctx, doc.Campaign, data, engine.Defaults(doc.Campaign))
		if err != nil {
			return nil, err
		}
		if err := r.Finish(ctx); err != nil {
			return nil, err
		}
		out[name] = run{r.Plan(), r.Events()}
		_ = r.Close()
	}
	return out, nil
})

func recorded(t *testing.T, name string) run {
	t.Helper()
	all, err := runs()
	if err != nil {
		t.Fatal(err)
	}
	return all[name]
}

func filmOf(r run) *Film {
	f := New(r.plan)
	f.Append(r.events)
	return f
}

// second is an instant some seconds into a run.
func second(n int) time.Time { return time.Date(2026, 1, 5, 9, 0, n, 0, time.UTC) }

// short is a record of a few events, and what its film is like.
var short = []flow.Event{
	{Seq: 1, At: second(0), Name: flow.RunStarted},
	{Seq: 2, At: second(0), Name: flow.ActivityStarted, Activity: "a"},
	{Seq: 3, At: second(99), Name: flow.TransitionActivated, Activity: "a", Output: "x", Count: 7, To: "j"},
	{Seq: 4, At: second(99), Name: flow.ActivityFinished, Activity: "a"},
	{Seq: 5, At: second(99), Name: flow.JoinArrived, Activity: "j"},
	{Seq: 6, At: second(99), Name: flow.ActivityStarted, Activity: "j"},
	{Seq: 7, At: second(99), Name: flow.JoinFired, Activity: "j", Count: 7},
	{Seq: 8, At: second(99), Name: flow.TransitionActivated, Activity: "j", Output: "out", Count: 7},
	{Seq: 9, At: second(99), Name: flow.ActivityFinished, Activity: "j"},
	{Seq: 10, At: second(99), Name: flow.RunResumed},
	{Seq: 11, At: second(99), Name: flow.RunFinished},
}

func approx(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestBeats(t *testing.T) {
	f := New(nil)
	f.Append(short)
	type beat struct {
		First, End int
		Main       flow.Name
		At         time.Time
	}
	var got []beat
	for _, b := range f.Beats {
		got = append(got, beat{b.First, b.End, b.Main, b.At})
	}
	want := []beat{
		{0, 1, flow.RunStarted, second(0)},
		{1, 2, flow.ActivityStarted, second(0)},
		{2, 4, flow.TransitionActivated, second(99)},
		{4, 5, flow.JoinArrived, second(99)},
		{5, 9, flow.JoinFired, second(99)},
		{9, 10, flow.RunResumed, second(99)},
		{10, 11, flow.RunFinished, second(99)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("beats (-want +got):\n%s", diff)
	}
	// The gap of 99 seconds is 0.4 + 0.35 × log10(100) seconds of film; within an instant there is none.
	at := 0.0
	for i, before := range []float64{0, 0, 1.1, 0, 0, 0, 0} {
		if at += before; !approx(f.Beats[i].Start, at) {
			t.Errorf("beat %d begins at %v, want %v", i, f.Beats[i].Start, at)
		}
		at += f.Beats[i].Length
	}
	if !approx(f.Length(), at) || f.Largest != 7 {
		t.Errorf("the film is %vs long, want %v; the largest population is %d", f.Length(), at, f.Largest)
	}
	if !f.Fires(4) || f.Fires(3) || f.Fires(-1) || f.Fires(7) {
		t.Error("the join fires in another beat")
	}
	if f.Beats[4].Length <= f.Beats[2].Length {
		t.Error("a join that fires takes no longer than a transition")
	}
}

func TestGap(t *testing.T) {
	if gap(0) != 0 || gap(-time.Hour) != 0 {
		t.Error("no time passes, and the film waits")
	}
	last := 0.0
	for _, d := range []time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, 365 * 24 * time.Hour} {
		g := gap(d)
		if g <= last || g > 4 {
			t.Errorf("%v takes %vs of film, what is shorter %v", d, g, last)
		}
		last = g
	}
	if g := gap(7 * 24 * time.Hour); g < 2 || g > 3 {
		t.Errorf("seven days pass in %vs, want about two", g)
	}
}

func TestShownAndMoment(t *testing.T) {
	f := New(nil)
	if f.Length() != 0 || f.Beat(0) != -1 || f.Shown(1) != 0 || !f.Clock(1).IsZero() {
		t.Error("a film of nothing shows something")
	}
	f.Append(short)
	for i, b := range f.Beats {
		if got := f.Shown(b.Start); got < b.End {
			t.Errorf("when beat %d begins, %d events are shown, want its %d", i, got, b.End)
		}
		if i > 0 && b.Start > 0 && f.Shown(math.Nextafter(b.Start-1e-6, 0)) > b.First {
			t.Errorf("before beat %d begins, its events are shown", i)
		}
		for seq := b.First + 1; seq <= b.End; seq++ {
			if got := f.Moment(seq); got != b.Start {
				t.Errorf("event %d is shown at %v, its beat begins at %v", seq, got, b.Start)
			}
		}
	}
	if f.Shown(-1) != 0 || f.Shown(f.Length()+100) != len(short) || f.Moment(99) != f.Length() {
		t.Error("outside of the film, something else is shown than nothing or all")
	}
}

func TestClock(t *testing.T) {
	f := New(nil)
	f.Append(short)
	for i, b := range f.Beats {
		for _, at := range []float64{b.Start, b.Start + b.Length/2} {
			if got := f.Clock(at); !got.Equal(b.At) {
				t.Errorf("in beat %d, the clock says %v, want %v", i, got, b.At)
			}
		}
	}
	middle := f.Beats[1].Start + f.Beats[1].Length + gap(99*time.Second)/2
	if got := f.Clock(middle); !got.Equal(second(49)) {
		t.Errorf("half-way, the clock says %v, want 9:00:49", got)
	}
	if got := f.Clock(f.Length() + 5); !got.Equal(second(99)) {
		t.Errorf("behind the end, the clock says %v", got)
	}
}

// The clock never goes back, whatever fraction of a second a run starts at.
func TestClockIsMonotone(t *testing.T) {
	shifted := make([]flow.Event, len(short))
	for i, e := range short {
		e.At = e.At.Add(700 * time.Millisecond)
		shifted[i] = e
	}
	films := map[string]*Film{"shifted": New(nil)}
	films["shifted"].Append(shifted)
	for _, name := range samples.Names() {
		films[name] = filmOf(recorded(t, name))
	}
	for name, f := range films {
		last := f.Clock(0)
		for at := 0.0; at < f.Length()+1; at += 0.01 {
			now := f.Clock(at)
			if now.Before(last) {
				t.Fatalf("%s: at %v the clock goes back from %v to %v", name, at, last, now)
			}
			last = now
		}
		for i, b := range f.Beats {
			if !f.Clock(b.Start).Equal(b.At) {
				t.Errorf("%s: when beat %d begins, the clock says %v, want %v", name, i, f.Clock(b.Start), b.At)
			}
		}
	}
}

func TestProgress(t *testing.T) {
	f := New(nil)
	f.Append(short)
	begin, end := f.Beats[1].Start, f.Beats[2].Start
	for _, test := range []struct{ at, want float64 }{
		{begin - 0.1, 0}, {begin, 0}, {begin + f.Beats[1].Length, 0}, {end, 1}, {end + 1, 1},
		{begin + f.Beats[1].Length + gap(99*time.Second)/2, 49.0 / 99},
	} {
		if got := f.Progress("a", test.at); !approx(got, test.want) {
			t.Errorf("at %v, a has done %v of its work, want %v", test.at, got, test.want)
		}
	}
	if f.Progress("nobody", 1) != 0 || f.Progress("j", f.Beats[4].Start) != 1 {
		t.Error("what never starts has done something, or what takes no time has not")
	}
	failed := New(nil)
	failed.Append(append(append([]flow.Event{}, short[:2]...), flow.Event{Seq: 3, At: second(9), Name: flow.ActivityFailed, Activity: "a"}))
	if failed.Progress("a", failed.Length()) != 0 {
		t.Error("what has failed has done something")
	}
}

func TestSince(t *testing.T) {
	f := New(nil)
	f.Append(short)
	x, never := model.Ref{Activity: "a", Output: "x"}, model.Ref{Activity: "a", Output: "y"}
	at := f.Beats[2].Start
	if !math.IsInf(f.Since(x, at-0.1), 1) || !approx(f.Since(x, at+0.5), 0.5) {
		t.Errorf("since a.x: %v before, %v half a second later", f.Since(x, at-0.1), f.Since(x, at+0.5))
	}
	if got := f.Since(never, at); !math.IsInf(got, 1) {
		t.Errorf("since a transition that is never activated: %v", got)
	}
	at = f.Beats[4].Start
	if !math.IsInf(f.SinceFired("j", at-0.1), 1) || !approx(f.SinceFired("j", at+0.5), 0.5) || !math.IsInf(f.SinceFired("a", at), 1) {
		t.Errorf("since j fired: %v before, %v half a second later; a: %v", f.SinceFired("j", at-0.1), f.SinceFired("j", at+0.5), f.SinceFired("a", at))
	}
}

// However a record comes in, and whatever was cut away in between, the film is the same.
func TestCutAndAppend(t *testing.T) {
	for _, name := range samples.Names() {
		r := recorded(t, name)
		whole := filmOf(r)
		rapid.Check(t, func(t *rapid.T) {
			f := New(r.plan)
			for len(f.Events) < len(r.events) {
				n := rapid.IntRange(len(f.Events)+1, len(r.events)).Draw(t, "append to")
				f.Append(r.events[len(f.Events):n])
				if rapid.Bool().Draw(t, "cut") {
					f.Cut(rapid.IntRange(max(0, n-4), n).Draw(t, "cut to"))
				}
			}
			if !reflect.DeepEqual(f, whole) {
				t.Fatalf("%s: a film that was cut and mended is another one", name)
			}
		})
	}
}

// A film that is cut does not write over the events of the record that it was given.
func TestCutKeepsTheRecord(t *testing.T) {
	record := append([]flow.Event{}, short...)
	f := New(nil)
	f.Append(record)
	events := f.Events
	f.Cut(3)
	f.Append([]flow.Event{{Seq: 4, At: second(99), Name: flow.RunFinished}})
	if !reflect.DeepEqual(events, short) || !reflect.DeepEqual(record, short) {
		t.Error("the events of before have changed")
	}
}

// At every moment, what is shown is the fold of the events that had happened then, and no beat divides what its clock
// has not reached.
func TestEveryMoment(t *testing.T) {
	for _, name := range samples.Names() {
		r := recorded(t, name)
		f := filmOf(r)
		live := flow.Replay(r.plan, nil)
		applied := 0
		step := f.Length() / 500
		for at := 0.0; at <= f.Length()+step; at += step {
			shown := f.Shown(at)
			if shown < applied {
				t.Fatalf("%s: at %v less is shown than before", name, at)
			}
			for ; applied < shown; applied++ {
				live.Apply(r.events[applied])
			}
			if !reflect.DeepEqual(live, flow.Replay(r.plan, f.Events[:shown])) {
				t.Fatalf("%s: at %v the fold of the events shown is not what was recorded", name, at)
			}
			if shown > 0 && r.events[shown-1].At.After(f.Clock(at)) {
				t.Fatalf("%s: at %v an event of %v is shown, the clock says %v", name, at, r.events[shown-1].At, f.Clock(at))
			}
			if shown < len(r.events) && r.events[shown].At.Before(f.Clock(at)) {
				t.Fatalf("%s: at %v the clock says %v, an event of %v is not shown", name, at, f.Clock(at), r.events[shown].At)
			}
		}
		if applied != len(r.events) {
			t.Errorf("%s: %d of %d events are shown", name, applied, len(r.events))
		}
	}
}
