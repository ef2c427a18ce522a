"""Every warning briefpack gives has a name; what each name means, and how an author silences one where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from briefpack.errors import Diagnostic, Severity, Where


class Subject(Enum):
    """What a rule looks at. Only CRAFT, FORM, ANNEX and DISPATCH have places in a pack, where they can be silenced."""

    CRAFT = "craft"
    """What a briefing pack should be: short, addressed, sourced, consistent."""
    FORM = "form"
    """What is written so that something gets lost, on paper or to a screen reader."""
    ANNEX = "annex"
    DISPATCH = "dispatch"
    """Whom a pack is sent to."""
    STYLE = "style"
    FILE = "file"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Rule:
    """name: as printed behind "warning". about: what it warns of. remedy: what to do, in general. stops: it keeps a pack from being built, unless it is
    silenced, or the build is a draft."""

    name: str
    subject: Subject
    about: str
    remedy: str
    stops: bool = False

    @property
    def can_be_silenced(self) -> bool:
        return self.subject in {Subject.CRAFT, Subject.FORM, Subject.ANNEX, Subject.DISPATCH}


_ALL: tuple[Rule, ...] = (
    # ----------------------------------------------------------------------- craft
    Rule(
        "long-brief",
        Subject.CRAFT,
        "A brief has more pages than the style's `craft.brief_pages` (a steering brief: `craft.steering_pages`).",
        "Cut it, move detail to an annex, or limit parts to the audiences that need them.",
    ),
    Rule(
        "agenda-without-brief",
        Subject.CRAFT,
        "An agenda item that somebody leads has no brief, while other items of the agenda have one. "
        "Arrivals, breaks, departures and the like need none.",
        "Name the section or annex under `brief:`.",
    ),
    Rule(
        "unaddressed-points",
        Subject.CRAFT,
        "Points to make are addressed to nobody, while others of the same brief are addressed.",
        "Say `to:` whom, even if it is the table.",
    ),
    Rule(
        "long-objective",
        Subject.CRAFT,
        "An objective has more than 60 words.",
        "Say in two lines what is to be reached; the rest is background.",
    ),
    Rule(
        "long-point",
        Subject.CRAFT,
        "A point to make has more than 60 words.",
        "A point is said in one breath: divide it, or move the reasons to the background.",
    ),
    Rule(
        "repeated-point",
        Subject.CRAFT,
        "The same point stands twice in one brief.",
        "Keep it where it is addressed best.",
    ),
    Rule(
        "name-spelling",
        Subject.CRAFT,
        "A name is spelled in two ways: by a letter, by accents, or in an older form (Kiev, Kyiv).",
        "Choose one spelling.",
    ),
    Rule(
        "unexplained-abbreviation",
        Subject.CRAFT,
        "An abbreviation is used and nowhere spelled out in what this audience gets.",
        "Write it out where it is first used, “Kosovo Force (KFOR)”, or explain it in the glossary.",
    ),
    Rule(
        "no-source",
        Subject.CRAFT,
        "A figure, a chart, key figures or a table of numbers has no source.",
        "Add `source:` (a picture may have a `credit:`).",
    ),
    Rule(
        "old-data",
        Subject.CRAFT,
        "The `as_of` of a block is older than the style's `craft.as_of_days`, counted back from the pack's own `as_of`.",
        "Bring the data up to date.",
    ),
    Rule(
        "wrong-weekday",
        Subject.CRAFT,
        "A day of the week does not go with its date.",
        "Correct the day or the date.",
    ),
    Rule(
        "impossible-date",
        Subject.CRAFT,
        "A date in the text is not in the calendar.",
        "Correct the day, the month or the year.",
    ),
    Rule(
        "withheld-mention",
        Subject.CRAFT,
        "The text names a section or an annex that this audience does not get.",
        "Limit the words to the audiences that get it, or say it without naming it.",
    ),
    Rule(
        "withheld-total",
        Subject.CRAFT,
        "A total counts a row that this audience does not get, or the `alt` of a chart speaks of a series that it does not get.",
        "Give each audience a total, or a chart, of its own.",
    ),
    Rule(
        "withheld-repeated",
        Subject.CRAFT,
        "A sentence that is withheld from an audience in one place is given to it in another.",
        "Limit it in both places, or in none.",
    ),
    Rule(
        "typed-reference",
        Subject.CRAFT,
        "A reference to a section, an annex, a table or a figure of the pack is typed by hand (“see Annex B”).",
        "Write [[its id]]: numbers differ from audience to audience, and a reference is checked and is a link.",
    ),
    Rule(
        "agenda-overlap",
        Subject.CRAFT,
        "Two items of an agenda overlap.",
        "Change a time, limit the items to different audiences, or write `overlaps: false`.",
    ),
    Rule(
        "agenda-gap",
        Subject.CRAFT,
        "Nothing is planned for a long time between two items of an agenda.",
        "Say what happens then, or write `gaps: false`.",
    ),
    Rule(
        "out-of-order",
        Subject.CRAFT,
        "Days or items of an agenda, entries of a timeline or movements are not in the order of their times.",
        "Put them in order, or correct the time.",
    ),
    Rule(
        "missing-numbers",
        Subject.CRAFT,
        "Numbers are missing in a chart where that misleads.",
        "Write the numbers, or choose a chart that shows the gap.",
    ),
    Rule(
        "idle-abbreviation",
        Subject.CRAFT,
        "An abbreviation of the glossary is said to stand for itself.",
        "Write its long form, or delete the entry.",
    ),
    Rule(
        "long-section",
        Subject.CRAFT,
        "A section, a biography or a spoken paragraph is longer than its kind may be.",
        "Shorten or divide it.",
    ),
    # ----------------------------------------------------------------------- form
    Rule(
        "alt-text",
        Subject.FORM,
        "The text for a picture says nothing of what it shows, or too much.",
        "Say in `alt` what is to be seen.",
    ),
    Rule(
        "capitals",
        Subject.FORM,
        "Several words in a row are written in capitals.",
        "Write small letters, and **strong** for weight.",
    ),
    Rule(
        "link-words",
        Subject.FORM,
        "The words of a link do not say where it leads.",
        "Write what it leads to.",
    ),
    Rule(
        "open-reference",
        Subject.FORM,
        "“[[” begins no reference and is printed as it stands.",
        "Close it with ]] on the same line.",
    ),
    Rule(
        "open-note",
        Subject.FORM,
        "“^[” begins no note and is printed as it stands, or words in braces behind brackets name no language.",
        "Close the note with ], or name a language: [mots]{lang=fr}.",
    ),
    Rule(
        "unused-note",
        Subject.FORM,
        "Nothing leads to a note, so that it is not printed.",
        "Write its mark where it belongs, or delete it.",
    ),
    Rule(
        "typed-numbers",
        Subject.FORM,
        "Items, paragraphs or titles begin with numbers that are typed by hand.",
        "Delete them: lists, numbered paragraphs and titles count by themselves.",
    ),
    Rule(
        "typed-marks",
        Subject.FORM,
        "Paragraphs begin with bullets or dashes that are typed by hand.",
        "Write them as a list.",
    ),
    Rule(
        "list-numbers",
        Subject.FORM,
        "The numbers of a list are not in order and are printed otherwise than written.",
        "Write the numbers in order, or begin a new list.",
    ),
    Rule(
        "list-in-text",
        Subject.FORM,
        "A line that looks like a list item is text of the line above.",
        "Indent it like the item above.",
    ),
    Rule(
        "comment-in-text",
        Subject.FORM,
        "A # in a text begins a comment in YAML and is not printed.",
        "Put the text into quotes.",
    ),
    Rule(
        "unused-name",
        Subject.FORM,
        "A text that begins with & is a name to YAML and is not printed.",
        "Put the text into quotes.",
    ),
    Rule(
        "no-table-heading",
        Subject.FORM,
        "No column of a table has a heading.",
        "Give headings: a screen reader says them with every cell.",
    ),
    Rule(
        "one-column",
        Subject.FORM,
        "A CSV file has one column only; its cells may be divided by another sign.",
        "Name the sign under `delimiter:`.",
    ),
    Rule(
        "empty-section",
        Subject.FORM,
        "A section has nothing but its title.",
        "Write something, or take it out.",
    ),
    Rule(
        "heading-skip",
        Subject.FORM,
        "A heading is more than one level below the one before it.",
        "Take the level between, or put a heading there.",
    ),
    Rule(
        "title-twice",
        Subject.FORM,
        "Two sections, annexes or headings have the same title.",
        "Give one another title: the contents cannot tell them apart.",
    ),
    Rule(
        "nobody",
        Subject.FORM,
        "Something is for no audience at all.",
        "Delete it, or name an audience.",
    ),
    Rule(
        "unknown-tag",
        Subject.FORM,
        "A tag that no audience takes.",
        "Correct it, or add it to an audience.",
    ),
    Rule(
        "unknown-group",
        Subject.FORM,
        "A marking is releasable to a group that is not listed in the policy and to which no audience belongs.",
        "Correct it, or add it to the `groups` of a clearance.",
    ),
    # ----------------------------------------------------------------------- annexes
    Rule(
        "annex-changed",
        Subject.ANNEX,
        "An annex is bound with a change: a signature breaks, comments or fields are printed as they stand, damage is mended.",
        "Look at the bound pages; ask for a better file.",
    ),
    Rule(
        "annex-not-shown",
        Subject.ANNEX,
        "The style shows annexes as pictures in Word, but this one has too many pages, weighs too much or cannot be drawn.",
        "Name fewer pages of it, or leave it in the schedule of annexes, where it stands anyway.",
    ),
    Rule(
        "annex-hidden",
        Subject.ANNEX,
        "An annex holds what its reader does not see: invisible, white, covered or tiny text, other words than those shown, content marked to "
        "be blackened, layers that are switched off.",
        "Write `flatten: image` for that annex, or ask for a file without it.",
    ),
    Rule(
        "annex-marking",
        Subject.ANNEX,
        "An annex says a marking on its pages, or in the properties of its file, that is above its own: SECRET in its head, (S) before a paragraph. "
        "Nothing is built until it is seen to, but for drafts.",
        "Mark the annex as high as it says, or leave it out; silence it with a reason where the words are no marking, as in a paper about markings.",
        stops=True,
    ),
    # ----------------------------------------------------------------------- readers
    Rule(
        "look-alike-address",
        Subject.DISPATCH,
        "An address, or a name, passes for another: letters of two scripts in one word, a domain that is nearly one that the list knows, a name "
        "that looks like an address.",
        "Check it letter by letter with its owner.",
    ),
    Rule(
        "international-address",
        Subject.DISPATCH,
        "Before its @ an address has letters that only mail servers with SMTPUTF8 pass on.",
        "Ask whether there is an address in plain letters as well.",
    ),
    Rule(
        "same-mailbox",
        Subject.DISPATCH,
        "Two addresses of a list differ in what stands behind a + only: on most servers they are one mailbox, which then gets a pack twice, or two audiences' packs.",
        "Delete one of them, or write `also: true` at the second.",
    ),
    Rule(
        "same-name",
        Subject.DISPATCH,
        "One name stands in a list with addresses in two domains: one may be a former or a private address, or that of somebody else.",
        "Check which is right; write `also: true` at the second if both are.",
    ),
    # ----------------------------------------------------------------------- styles
    Rule(
        "style-contrast",
        Subject.STYLE,
        "Text is hard to read on what is behind it (WCAG AA).",
        "Take a darker or a lighter colour.",
    ),
    Rule(
        "marking-colour",
        Subject.STYLE,
        "The policy's colour of a level is too pale to set the words of a banner in it (WCAG AA).",
        "Set banners on bands of colour, or give the policy a darker one.",
    ),
    Rule(
        "style-margin",
        Subject.STYLE,
        "Header, footer or banner reach into the text.",
        "Make the margin larger.",
    ),
    Rule(
        "style-size",
        Subject.STYLE,
        "A size that Word does not have.",
        "Take half points.",
    ),
    Rule(
        "style-font",
        Subject.STYLE,
        "A font family lacks a face; the regular one stands in.",
        "Add its file.",
    ),
    Rule(
        "style-words",
        Subject.STYLE,
        "The label words of a language are not complete.",
        "Add the missing ones.",
    ),
    # ----------------------------------------------------------------------- finished files, silences
    Rule(
        "lost-claim",
        Subject.FILE,
        "A finished PDF cannot claim what it might, for a fault in it.",
        "Ask for a better file of the annex that it comes from.",
    ),
    Rule(
        "unlocked-file",
        Subject.FILE,
        "Files of an audience are locked with a password, and a file beside its pack goes along that cannot be.",
        "Write `beside: false` for the audience, or make the annex a part of the pack.",
    ),
    Rule(
        "large-message",
        Subject.FILE,
        "A message is larger, encoded, than the distribution's `size`.",
        "Send one format only, or fewer annexes; or raise `size` where the readers' servers take more.",
    ),
    Rule(
        "blocked-attachment",
        Subject.FILE,
        "A file that goes along with a pack is of a kind that mail servers take away: a program, a script, a document with macros, or an archive with one of these.",
        "Hand it out another way: `beside: false` keeps it out of an audience's messages.",
    ),
    Rule(
        "unchecked-server",
        Subject.FILE,
        "The mail server's certificate is not checked (`verify: false`): whoever is in between may read packs and password.",
        "Have its certificate made right, and take `verify: false` out of the list.",
    ),
    Rule(
        "doubtful-ledger",
        Subject.FILE,
        "Messages were sent of which the ledger does not know: it is gone, another one, or an older copy.",
        "Bring the right one back, or see that nobody gets his pack twice.",
    ),
    Rule(
        "new-passwords",
        Subject.FILE,
        "Readers whose files were locked before get new passwords, since the letters with the old ones are gone.",
        "Hand out the new letters; files that went out before open with the old ones only.",
    ),
    Rule(
        "moved-copy",
        Subject.FILE,
        "The number of a copy goes to another reader than in an earlier draft, as where one was put in front of the list or left it.",
        "Write down the numbers of copies that were sent (`copy: 3`); where none were, it is no matter.",
    ),
    Rule(
        "unaudited-draft",
        Subject.FILE,
        "What is sent was built as a draft (`--draft`), and nobody audited it.",
        "Build it without `--draft`, and draft the messages again.",
    ),
    Rule(
        "unknown-draft",
        Subject.FILE,
        "In an outbox lies a draft that its record does not know: nobody checked what is in it, and to whom it goes.",
        "Move it away.",
    ),
    Rule(
        "another-build",
        Subject.FILE,
        "A folder with a built pack, which is looked at, has other files than the project has built.",
        "Find out which of them is meant.",
    ),
    Rule(
        "older-than-sources",
        Subject.FILE,
        "What was built, or drafted, is older than what it was made of, or was made by another version of briefpack.",
        "Build it, and draft its messages, again.",
    ),
    Rule(
        "large-part",
        Subject.FILE,
        "A part of a pack is larger than the distribution's `size` allows, and cannot be divided.",
        "Make two annexes or sections of what it holds, or raise `size` where the readers' servers take more.",
    ),
    Rule(
        "idle-silence",
        Subject.SILENCE,
        "A silence has nothing to silence in any audience's pack.",
        "Delete it.",
    ),
)

RULES: Mapping[str, Rule] = {rule.name: rule for rule in _ALL}
"""Every rule by its name, in the order in which they are listed."""

SILENCEABLE: tuple[str, ...] = tuple(rule.name for rule in _ALL if rule.can_be_silenced)
"""What may stand under `silence:` in a pack."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Lines of a file, 1-based, both ends included. last: None for all that follow."""

    path: Path
    first: int
    last: int | None

    def holds(self, where: Where) -> bool:
        if where.path != self.path:
            return False
        return where.line >= self.first and (self.last is None or where.line <= self.last)


@dataclass(frozen=True, slots=True)
class Silence:
    """An author's word that a warning is known and meant. where: of the rule's name. over: what it covers: the lines of its node,
    and the files that the node names; None for the whole pack."""

    rule: str
    reason: str
    where: Where
    over: tuple[Extent, ...] | None

    def covers(self, found: Diagnostic) -> bool:
        """Whether it silences a diagnostic; an error never."""
        if found.severity is not Severity.WARNING or found.rule != self.rule:
            return False
        if self.over is None:
            return True
        where = found.where
        return where is not None and any(extent.holds(where) for extent in self.over)


def apart(
    found: Iterable[Diagnostic], silences: Iterable[Silence]
) -> tuple[tuple[Diagnostic, ...], frozenset[Silence]]:
    """What is left to be told, and the silences that had something to silence (all that cover a warning, not only the first)."""
    by_rule: dict[str | None, list[Silence]] = {}
    for silence in silences:
        by_rule.setdefault(silence.rule, []).append(silence)
    if not by_rule:
        return tuple(found), frozenset()
    kept: list[Diagnostic] = []
    used: set[Silence] = set()
    for diagnostic in found:
        silenced = [silence for silence in by_rule.get(diagnostic.rule, ()) if silence.covers(diagnostic)]
        used.update(silenced)
        if not silenced:
            kept.append(diagnostic)
    return tuple(kept), frozenset(used)


def idle(silences: Iterable[Silence], used: frozenset[Silence]) -> list[Diagnostic]:
    """A warning for each silence that had nothing to silence."""
    return [
        Diagnostic(
            Severity.WARNING,
            silence.where,
            f"nothing here is warned of as `{silence.rule}`: this silence has nothing to silence",
            "delete it, or move it to where the warning stands",
            rule="idle-silence",
        )
        for silence in silences
        if silence not in used
    ]
