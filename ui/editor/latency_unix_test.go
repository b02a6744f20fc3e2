//go:build unix

package editor_test

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"rendezvous/ui/editor"
)

// These measure the whole program in an in-memory terminal, as a person meets it: key in, cells out.

// waitForFrame waits until the program has written to the terminal.
func (s *terminal) waitForFrame() {
	select {
	case <-s.emu.wrote:
	case <-time.After(5 * time.Second):
		s.t.Fatal("no frame came")
	}
}

// quiet lets the program come to rest.
func (s *terminal) quiet() {
	for {
		select {
		case <-s.emu.wrote:
		case <-time.After(50 * time.Millisecond):
			return
		}
	}
}

func large(b *testing.B, n int) *terminal {
	s := open(b, 200, 60, editor.LargeCampaign(n))
	s.ready()
	s.emu.mu.Lock()
	s.emu.wrote = make(chan struct{}, 1)
	s.emu.mu.Unlock()
	return s
}

// BenchmarkKeyToFrame presses a key that moves the selection through 500 activities, and waits for the frame: median and
// worst in milliseconds, the terminal's own work included.
func BenchmarkKeyToFrame(b *testing.B) {
	s := large(b, 500)
	var took []time.Duration
	keys := []string{"right", "right", "right", "right", "left", "left"}
	for b.Loop() {
		s.quiet()
		from := time.Now()
		s.press(keys[len(took)%len(keys)])
		s.waitForFrame()
		took = append(took, time.Since(from))
	}
	report(b, took)
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-worst")
}

// BenchmarkEditToFrame makes an edit among 500 activities, and takes it back.
func BenchmarkEditToFrame(b *testing.B) {
	s := large(b, 500)
	var took []time.Duration
	for b.Loop() {
		s.quiet()
		from := time.Now()
		s.press([]string{"d", "u"}[len(took)%2])
		s.waitForFrame()
		took = append(took, time.Since(from))
	}
	report(b, took)
}

// BenchmarkMouseFlood moves the mouse a thousand times as fast as it goes, then presses a key: until that key's frame.
func BenchmarkMouseFlood(b *testing.B) {
	s := large(b, 500)
	for b.Loop() {
		b.StopTimer()
		s.quiet()
		b.StartTimer()
		for i := range 1000 {
			s.mouse(moving+3, i%160, 5+i%40, false)
		}
		s.press("O")
		s.see("Outline")
		b.StopTimer()
		s.press("O")
		s.gone("Outline")
		b.StartTimer()
	}
}

// cpu is the processor time that the process has used.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkIdle is the share of a core that the program takes while nothing happens.
func BenchmarkIdle(b *testing.B) {
	large(b, 500)
	busy(b)
}

// BenchmarkAnimation is the share of a core that a run takes while it plays.
func BenchmarkAnimation(b *testing.B) {
	s := large(b, 490) // 500 is as many as may run, and the last part adds some
	s.press("r")
	s.see("Run started")
	busy(b)
}

func busy(b *testing.B) {
	time.Sleep(200 * time.Millisecond) // what began it is over
	from, before := time.Now(), cpu(b)
	for b.Loop() {
		time.Sleep(200 * time.Millisecond)
	}
	b.ReportMetric(100*float64(cpu(b)-before)/float64(time.Since(from)), "%-of-a-core")
}
