package plain

import (
	"bytes"

	"rendezvous/model"
)

// keep writes down what is not saved, so that it outlives the terminal. A script says all of its edits again.
func (s *Session) keep() {
	if !s.options.Terminal {
		return
	}
	if err := s.options.State.Keep(s.file, s.document.Save(s.campaign())); err != nil {
		s.fail(err)
	}
}

// forget drops what was kept. Where that fails, it is only offered once more.
func (s *Session) forget() {
	if s.options.Terminal {
		_ = s.options.State.Forget(s.file)
	}
}

// recovered is the campaign as it was kept, if it says something else than it does now.
func (s *Session) recovered() (model.Campaign, bool) {
	r, ok := s.options.State.Recovery(s.file)
	if !ok || bytes.Equal(r.Text, s.onDisk) {
		return model.Campaign{}, false
	}
	kept, err := s.document.Reload(r.Text)
	if err != nil || kept.Campaign.Equal(s.campaign()) {
		return model.Campaign{}, false
	}
	return kept.Campaign, true
}

func (s *Session) offerRecovery() {
	if _, ok := s.recovered(); ok {
		s.say("There are edits that were not saved when the program ended the last time: recover takes them in, and the next edit drops them.")
	}
}

func (s *Session) noRecovery() string {
	if _, ok := s.recovered(); !ok {
		return "nothing was left unsaved"
	}
	return ""
}

// recover takes in what was kept.
func (s *Session) recover(string) error {
	c, _ := s.recovered()
	return s.done("recover unsaved edits", c, nil)
}
