package plain

import (
	"errors"
	"fmt"
	"strings"

	"rendezvous/model"
	"rendezvous/samples"
	"rendezvous/ui/file"
	"rendezvous/ui/narrate"
)

// open reads the campaign. Without a file it asks which one; it reports whether there is one then.
func (s *Session) open() (bool, error) {
	name := s.options.File
	if name == "" {
		return s.choose()
	}
	if name == "-" {
		return false, errors.New("standard input brings the commands here, so the campaign needs a file")
	}
	text, err := file.Read(name, nil)
	if err != nil {
		return false, err
	}
	return true, s.load(name, name, text)
}

// load begins with the text of a campaign. It has a file when one is named.
func (s *Session) load(name, file string, text []byte) error {
	document, err := model.Load(name, text)
	if err != nil {
		return err
	}
	s.file, s.document, s.base = file, document, document.Campaign
	s.history = model.NewHistory(document.Campaign)
	if file != "" {
		s.onDisk = text
		s.remember()
	}
	return nil
}

// remember keeps the file among those opened lately. Where that can't be written, it is only not offered next time.
func (s *Session) remember() { _ = s.options.State.Opened(s.file) }

// choose asks for a sample or a file until one can be opened.
func (s *Session) choose() (bool, error) {
	names, recent := samples.Names(), s.options.State.Recent()
	s.say("Which campaign? Type a number, or the name of a file.")
	for i, name := range names {
		s.say("%d. The sample %s", i+1, name)
	}
	for i, name := range recent {
		s.say("%d. %s", len(names)+i+1, name)
	}
	for s.out.err == nil {
		answer, ok := s.ask()
		switch {
		case !ok:
			return false, nil
		case answer == "":
			continue
		}
		err := s.openChosen(answer, names, recent)
		if err == nil {
			return true, nil
		}
		s.fail(err)
	}
	return false, nil
}

func (s *Session) openChosen(answer string, names, recent []string) error {
	for i, name := range names {
		if answer == name || answer == fmt.Sprint(i+1) {
			text, err := samples.Campaign(name)
			if err != nil {
				return err
			}
			return s.load(name+".yaml", "", text)
		}
	}
	for i, name := range recent {
		if answer == fmt.Sprint(len(names)+i+1) {
			answer = name
		}
	}
	text, err := file.Read(answer, nil)
	if err != nil {
		return err
	}
	return s.load(answer, answer, text)
}

// save writes the campaign to its file, or to another one.
func (s *Session) save(name string) error {
	name = unquoted(name)
	switch {
	case name != "" && name != s.file:
		return s.saveAs(name)
	case s.file == "":
		return fmt.Errorf("say a file name: save %s, for example", file.NameFor(s.campaign().Name()))
	case len(s.history.Unsaved()) == 0:
		s.say("Everything is saved.")
		return nil
	}
	err := s.store(s.file, s.onDisk)
	if errors.Is(err, file.ErrChanged) {
		return s.unite()
	}
	return err
}

// store writes the campaign to a file that holds a text, or that must not be there.
func (s *Session) store(name string, before []byte) error {
	content := s.document.Save(s.campaign())
	if err := file.Write(name, before, content); err != nil {
		return err
	}
	s.file, s.onDisk, s.base, s.history = name, content, s.campaign(), s.history.Saved()
	s.remember()
	s.forget()
	s.say("Saved %s.", name)
	return nil
}

// saveAs writes the campaign to a file that it does not have yet. One that is there already is asked about.
func (s *Session) saveAs(name string) error {
	err := s.store(name, nil)
	if !errors.Is(err, file.ErrChanged) {
		return err
	}
	s.say("%s exists already. Type yes to replace it.", name)
	if answer, _ := s.ask(); !isYes(answer) {
		return fmt.Errorf("%s is as it was; save with another name", name)
	}
	now, err := file.Read(name, nil)
	if err != nil {
		return err
	}
	return s.store(name, now)
}

func isYes(answer string) bool {
	return strings.EqualFold(answer, "yes") || strings.EqualFold(answer, "y")
}

// unite takes what another program has written into the file together with the edits that were made here. What both
// have changed stays as it is here, and is told before anything is written.
func (s *Session) unite() error {
	text, err := file.Read(s.file, nil)
	if err != nil {
		return fmt.Errorf("%s can’t be read any more: %w; save with another name keeps the edits", s.file, err)
	}
	document, err := s.document.Reload(text)
	if err != nil {
		return fmt.Errorf("another program has changed %s, and it can’t be read now: %w; save with another name keeps the edits", s.file, err)
	}
	merged, conflicts := model.Merge(s.base, s.campaign(), document.Campaign)
	s.document, s.onDisk, s.base = document, text, document.Campaign
	s.history = s.history.Rebase("merge with the file", merged, merged.Equal(document.Campaign))
	s.say("Another program has changed %s: its edits and those made here are together now.", s.file)
	s.changed()
	if len(conflicts) == 0 {
		return s.store(s.file, s.onDisk)
	}
	for _, c := range conflicts {
		s.say("%s", narrate.Conflict(s.campaign(), c)+".")
	}
	return errors.New("nothing is written yet, since both sides changed the same: save again to keep it as it is here, or undo")
}

// quit ends the session. Unsaved edits are asked about, unless yes or no is said with it.
func (s *Session) quit(answer string) error {
	names := s.history.Unsaved()
	if len(names) == 0 {
		s.left = true
		return nil
	}
	ok := true
	if answer == "" {
		s.say("%s not saved: %s. Save? Type yes or no; anything else stays here.", narrate.Capital(narrate.Counted(len(names), "edit is", "edits are")), narrate.Few(names))
		answer, ok = s.ask()
	}
	switch {
	case ok && isYes(answer):
		if err := s.save(""); err != nil {
			return err
		}
		s.left = true
	case strings.EqualFold(answer, "no") || strings.EqualFold(answer, "n"):
		s.forget()
		s.left = true
	}
	return nil
}
