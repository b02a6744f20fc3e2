package themes

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxSize is the largest theme file, in bytes, that is read; the program's own take a tenth of it.
const maxSize = 64 << 10

// maxDescription is how many characters a description may have.
const maxDescription = 120

// Keys of a theme file.
const (
	keyDescription = "description"
	keyBase        = "base"
	keyGround      = "ground"
	keyColors      = "colors"
	keyAnsi256     = "ansi256"
	keyAnsi16      = "ansi16"
)

var keys = []string{keyDescription, keyBase, keyGround, keyColors, keyAnsi256, keyAnsi16}

var (
	hexColor = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	ansi16   = regexp.MustCompile(`^(default|none|reverse|(bg )?([0-9]|1[0-5]))$`)
	lineOf   = regexp.MustCompile(`line (\d+): `)
)

// Read reads a theme from the text of a file. The error is [Problems].
func Read(file string, text []byte) (Theme, error) {
	r := &reader{file: printable(file)}
	r.theme.Name, r.theme.File = printable(nameOf(file)), file
	if root := r.parse(text); root != nil {
		r.root(root)
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b Problem) int {
			if a.Line != b.Line {
				return a.Line - b.Line
			}
			return a.Column - b.Column
		})
		return Theme{}, r.problems
	}
	return r.theme, nil
}

// A reader reads one theme and notes all that is wrong with it.
type reader struct {
	file     string
	theme    Theme
	problems Problems
}

func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, max(1, n.Line), max(1, n.Column), fmt.Sprintf(format, args...)})
}

// parse returns the top of a text, or nil when it is not YAML at all.
func (r *reader) parse(text []byte) *yaml.Node {
	top := &yaml.Node{}
	switch {
	case len(text) > maxSize:
		r.wrong(top, "the file is larger than a theme can be, which is %d KB", maxSize>>10)
		return nil
	case !utf8.Valid(text):
		r.wrong(top, "the file is not UTF-8 text")
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	err := decoder.Decode(top)
	switch {
	case errors.Is(err, io.EOF):
		r.wrong(top, "the file is empty")
	case err != nil:
		message := strings.TrimPrefix(err.Error(), "yaml: ")
		if at := lineOf.FindStringSubmatch(message); at != nil {
			top.Line, _ = strconv.Atoi(at[1]) // digits
			message = strings.Replace(message, at[0], "", 1)
		}
		r.wrong(top, "this is not YAML: %s", printable(message))
	case !errors.Is(decoder.Decode(&yaml.Node{}), io.EOF):
		r.wrong(top, "there is more than one document in the file")
	default:
		return top.Content[0]
	}
	return nil
}

// An entry is a key of a mapping and its value.
type entry struct {
	key         string
	node, value *yaml.Node
}

// entries returns what a mapping says, once for each known key.
func (r *reader) entries(n *yaml.Node, what string, known []string) []entry {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "%s must be keys with values", what)
		return nil
	}
	var found []entry
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch line, twice := lines[key.Value]; {
		case twice:
			r.wrong(key, "“%s” stands here for the second time; the first is on line %d", printable(key.Value), line)
		case !slices.Contains(known, key.Value):
			r.wrong(key, "“%s” is not a key of %s%s", printable(key.Value), what, didYouMean(key.Value, known))
		default:
			found = append(found, entry{key.Value, key, n.Content[i+1]})
		}
		lines[key.Value] = key.Line
	}
	return found
}

// text returns a value that must be plain text.
func (r *reader) text(e entry) (string, bool) {
	if e.value.Kind != yaml.ScalarNode || e.value.Tag == "!!null" {
		r.wrong(e.value, "“%s” must have a text", e.key)
		return "", false
	}
	return e.value.Value, true
}

// root reads the file: first what the theme is based on, then what it says itself.
func (r *reader) root(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "a theme must be keys with values")
		return
	}
	said := map[string]entry{}
	for _, e := range r.entries(n, "a theme", keys) {
		said[e.key] = e
	}
	r.theme.Description = r.file
	based := true
	for _, part := range []struct {
		key  string
		read func(entry)
	}{
		{keyDescription, r.description}, {keyBase, func(e entry) { based = r.base(e) }}, {keyGround, r.ground},
		{keyColors, r.colors}, {keyAnsi256, r.ansi256}, {keyAnsi16, r.ansi16},
	} {
		if e, ok := said[part.key]; ok {
			part.read(e)
		}
	}
	if based { // otherwise nearly everything is missing
		r.whole(n, said)
	}
}

// base takes over another theme, but for what it says about itself.
func (r *reader) base(e entry) bool {
	name, ok := r.text(e)
	if !ok {
		return false
	}
	if !slices.Contains(names, name) {
		r.wrong(e.value, "%s", unknown(name, names))
		return false
	}
	base, err := own(name)
	if err != nil {
		r.wrong(e.value, "%s", err)
		return false
	}
	r.theme.Ground, r.theme.Colors, r.theme.Ansi256, r.theme.Ansi16 = base.Ground, base.Colors, base.Ansi256, base.Ansi16
	return true
}

func (r *reader) description(e entry) {
	text, ok := r.text(e)
	switch {
	case !ok:
	case strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) || utf8.RuneCountInString(text) > maxDescription:
		r.wrong(e.value, "the description must be one line of at most %d characters", maxDescription)
	default:
		r.theme.Description = text
	}
}

func (r *reader) ground(e entry) {
	text, ok := r.text(e)
	if ok && !slices.Contains([]string{"dark", "light", "any"}, text) {
		r.wrong(e.value, "the ground must be dark, light or any, not “%s”", printable(text))
		return
	}
	r.theme.Ground = text
}

func (r *reader) colors(e entry) {
	colors := maps.Clone(r.theme.Colors)
	if colors == nil {
		colors = map[string]string{}
	}
	for _, c := range r.entries(e.value, keyColors, Roles) {
		colors[c.key] = strings.ToLower(c.value.Value)
		// What the base says of the 256 colours is about its own colour.
		if _, pinned := r.theme.Ansi256[c.key]; pinned {
			r.theme.Ansi256 = maps.Clone(r.theme.Ansi256)
			delete(r.theme.Ansi256, c.key)
		}
		switch {
		case c.value.Tag == "!!null":
			r.wrong(c.value, "%s has no colour; a # begins a comment unless the colour stands in quotes, like \"#12131a\"", c.key)
		case c.value.Kind != yaml.ScalarNode || !hexColor.MatchString(c.value.Value):
			r.wrong(c.value, "%s must be a colour like \"#12131a\", not “%s”", c.key, printable(c.value.Value))
		}
	}
	r.theme.Colors = colors
}

func (r *reader) ansi256(e entry) {
	pins := maps.Clone(r.theme.Ansi256)
	if pins == nil {
		pins = map[string]uint8{}
	}
	for _, c := range r.entries(e.value, keyAnsi256, Roles) {
		n, err := strconv.ParseUint(c.value.Value, 10, 8)
		if c.value.Kind != yaml.ScalarNode || err != nil {
			r.wrong(c.value, "%s must be one of the 256 colours, a number from 0 to 255, not “%s”", c.key, printable(c.value.Value))
			continue
		}
		pins[c.key] = uint8(n)
	}
	r.theme.Ansi256 = pins
}

func (r *reader) ansi16(e entry) {
	sixteen := maps.Clone(r.theme.Ansi16)
	if sixteen == nil {
		sixteen = map[string]Pair{}
	}
	for _, c := range r.entries(e.value, keyAnsi16, Roles) {
		if c.value.Kind != yaml.MappingNode {
			one := r.sixteenth(c)
			sixteen[c.key] = Pair{one, one}
			continue
		}
		both := map[string]string{}
		for _, side := range r.entries(c.value, c.key, []string{"dark", "light"}) {
			both[side.key] = r.sixteenth(side)
		}
		if len(both) < 2 {
			r.wrong(c.value, "%s must have a value for dark and one for light", c.key)
		}
		sixteen[c.key] = Pair{both["dark"], both["light"]}
	}
	r.theme.Ansi16 = sixteen
}

// sixteenth reads one of the terminal's sixteen colours.
func (r *reader) sixteenth(e entry) string {
	if e.value.Kind != yaml.ScalarNode || !ansi16.MatchString(e.value.Value) {
		r.wrong(e.value, "%s must be default, none, reverse, a number from 0 to 15, or bg and a number, not “%s”", e.key, printable(e.value.Value))
	}
	return e.value.Value
}

// whole checks that the theme says everything that a theme must.
func (r *reader) whole(root *yaml.Node, said map[string]entry) {
	place := func(key string) *yaml.Node {
		if e, ok := said[key]; ok {
			return e.node
		}
		return root
	}
	const orBase = "; give all of them, or begin with another theme, like “base: dark”"
	if len(r.theme.Colors) > 0 {
		missing(r, place(keyColors), keyColors, r.theme.Colors, orBase)
	}
	missing(r, place(keyAnsi16), keyAnsi16, r.theme.Ansi16, orBase)
	switch ground := r.theme.Ground; {
	case ground == "" && said[keyGround].node == nil:
		r.wrong(root, "the theme must say for which ground it is: dark, light or any")
	case ground == "any" && len(r.theme.Colors) > 0:
		r.wrong(place(keyGround), "a theme with colours is for a dark or a light ground, not for any")
	case (ground == "dark" || ground == "light") && len(r.theme.Colors) == 0:
		r.wrong(place(keyGround), "a theme for a %s ground has colours; one without is for any ground", ground)
	}
}

// missing reports the roles of which a part of the theme says nothing.
func missing[V any](r *reader, n *yaml.Node, part string, has map[string]V, wayOut string) {
	var roles []string
	for _, role := range Roles {
		if _, ok := has[role]; !ok {
			roles = append(roles, role)
		}
	}
	if len(roles) > 0 {
		r.wrong(n, "%s says nothing of %s%s", part, strings.Join(roles, ", "), wayOut)
	}
}
