"""What each kind of section asks for; read_section, read_parts and read_records are tested here as well."""

from __future__ import annotations

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from briefpack.blocks import (
    ContactBlock,
    Generated,
    GeneratedBlock,
    HeadingBlock,
    ListBlock,
    NumberedBlock,
    ParagraphBlock,
    PeopleBlock,
    QuestionsBlock,
    RecordsBlock,
    Reference,
    SpeechBlock,
)
from briefpack.document import Link, Text
from briefpack.limits import Limits
from briefpack.pack import PART_NAMES, UNTITLED, PartName, SectionKind
from briefpack.reading.kinds import KINDS, OWN_KEYS
from briefpack.reading.schema import SECTION, json_schemas
from briefpack.style import WORDS
from tests.reading.sections import Reader
from tests.reading.test_schema import as_editors_see_it, tree

READ_AHEAD = "kind: read-ahead\npurpose: P\nobjectives: [a, b]\n"


def parts(reader: Reader, text: str) -> list[str]:
    return [part.name.value for part in reader.section(text).parts]


# --------------------------------------------------------------------------- the table


def test_every_kind_is_declared_once() -> None:
    assert tuple(KINDS) == tuple(SectionKind)


def test_a_key_that_several_kinds_have_is_the_same_in_all_of_them() -> None:
    for spec in KINDS.values():
        for key, known in spec.keys.items():
            assert known.shape is OWN_KEYS[key].shape, (spec.kind, key)


def test_no_key_of_a_kind_hides_one_that_every_section_has() -> None:
    common = {
        "title",
        "kind",
        "id",
        "lead",
        "cleared",
        "note",
        "notes",
        "language",
        "landscape",
        "text",
        "blocks",
    }
    assert common | {"audiences", "tags", "silence", "marking", "title_marking", "default_marking"} | set(
        OWN_KEYS
    ) == set(SECTION.keys)
    assert not common & set(OWN_KEYS)


def test_every_part_with_a_heading_has_a_word_for_it() -> None:
    assert {name.value for name in PartName if name not in UNTITLED} <= set(WORDS)


def test_audiences_may_name_the_parts_of_briefs_and_both_backgrounds() -> None:
    written = [part.key for part in KINDS[SectionKind.BRIEF].parts]
    assert set(PART_NAMES) == {*written, "background_not_for_use"}


# --------------------------------------------------------------------------- what is asked for

WHOLE = {
    "read-ahead": READ_AHEAD,
    "speaking-note": "kind: speaking-note\nspeech: S\n",
    "biographies": "kind: biographies\npeople: [{name: N}]\n",
    "qa": "kind: qa\nquestions: [{question: Q, answer: A}]\n",
    "statement": "kind: statement\nparagraphs: [a]\n",
    "contacts": "kind: contacts\ncontacts: [{name: N}]\n",
    "steering": "kind: steering\nobjectives: [a]\n",
    "distribution": "kind: distribution\nrecipients: [{recipient: R}]\n",
    "abbreviations": "kind: abbreviations\n",
    "lists": "kind: lists\n",
    "changes": "kind: changes\nchanges: [{what: W}]\n",
    "agenda": "kind: agenda\ndays: [{items: [{time: '', item: I}]}]\n",
    "brief": "kind: brief\nobjective: O\n",
    "plain": "text: T\n",
}


@pytest.mark.parametrize("kind", SectionKind, ids=lambda kind: kind.value)
def test_every_kind_is_well_with_what_it_asks_for(reader: Reader, kind: SectionKind) -> None:
    assert reader.section(WHOLE[kind.value]).kind is kind


REQUIRED = [(spec.kind.value, key) for spec in KINDS.values() for key in spec.required]


@pytest.mark.parametrize(("kind", "key"), REQUIRED)
def test_a_part_that_is_missing_is_an_error_at_the_kind(reader: Reader, kind: str, key: str) -> None:
    spec = KINDS[SectionKind(kind)]
    text = "".join(f"{line}\n" for line in WHOLE[kind].splitlines() if not line.startswith(f"{key}:"))
    (found,) = reader.findings(text)
    assert found.message == f"{spec.called} must have `{key}`"
    assert found.hint is not None
    assert found.hint.startswith(f"add `{key}:`")
    assert (found.where.line, found.where.column) == (2, 7)


@pytest.mark.parametrize(("kind", "key"), REQUIRED)
def test_a_part_that_is_empty_is_an_error_where_it_stands(reader: Reader, kind: str, key: str) -> None:
    lines = [f"{key}:" if line.startswith(f"{key}:") else line for line in WHOLE[kind].splitlines()]
    told = reader.told("\n".join(lines) + "\n")
    assert [(severity, message) for severity, _, message in told] == [
        ("error", f"`{key}` is empty, and {KINDS[SectionKind(kind)].called} must have it")
    ]


def test_a_misspelt_part_is_one_fault(reader: Reader) -> None:
    (found,) = reader.findings("kind: read-ahead\npurpos: P\nobjectives: [a]\n")
    assert found.message == "unknown key `purpos`"
    assert found.hint == "did you mean `purpose`?"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "speech: S\n",
            "`speech` belongs to a speaking note, and this section is a plain one",
            "add `kind: speaking-note`, or use `blocks:`",
        ),
        (
            "kind: brief\nobjective: O\npurpose: P\nattendees: [a]\n",
            "`purpose`, `attendees` belong to a read-ahead, and this section is a brief",
            "write `kind: read-ahead`, or use `blocks:`",
        ),
        (
            "kind: statement\nparagraphs: [a]\nnumbered: true\n",
            "`numbered` belongs to an agenda, and this section is a statement",
            "write `kind: agenda`, or use `blocks:`",
        ),
    ],
)
def test_a_key_of_another_kind_is_an_error(reader: Reader, text: str, message: str, hint: str) -> None:
    found = reader.findings(text)[0]
    assert (found.message, found.hint) == (message, hint)


def test_parts_are_printed_in_the_order_of_the_kind(reader: Reader) -> None:
    text = (
        "kind: brief\ncontact: {name: N}\nrecent: R\nbackground: {not_for_use: n, use_freely: f}\n"
        "red_lines: [r]\ntheir_objectives: [t]\nif_raised: [{question: q, line: l}]\npoints: [p]\nobjective: O\n"
    )
    assert parts(reader, text) == list(PART_NAMES)


def test_too_many_objectives_are_an_error_at_the_first_too_many(reader: Reader) -> None:
    (found,) = reader.told("kind: read-ahead\npurpose: P\nobjectives:\n  - a\n  - b\n  - c\n  - d\n")
    assert found == ("error", 8, "`objectives` has 4 items; 3 is the most")


def test_a_section_over_its_length_is_warned_about(reader: Reader) -> None:
    words = "word " * 401
    (found,) = reader.told(f"kind: steering\nobjectives: [a]\nrisks: {words}\n")
    assert found == ("warning", 1, "this section has 402 words; a steering brief has at most 400")
    reader.section(f"kind: steering\nobjectives: [a]\ntext: {words}\n")


def test_a_section_may_lie_on_its_side(reader: Reader) -> None:
    assert reader.section("landscape: true\ntext: T\n").landscape
    assert not reader.section("landscape: false\ntext: T\n").landscape
    (found,) = reader.told("landscape: on\ntext: T\n")
    assert found[0] == "error"


ODD = (
    "~",
    "x",
    "''",
    "[]",
    "{}",
    "[x]",
    "[~]",
    "[[x]]",
    "[{}]",
    "{x: y}",
    "[{x: y}]",
    "true",
    "-1",
    "[{name: [x]}]",
)


@pytest.mark.parametrize("kind", SectionKind, ids=lambda kind: kind.value)
def test_whatever_stands_under_a_key_there_are_findings_and_never_a_traceback(
    reader: Reader, kind: SectionKind
) -> None:
    whole = WHOLE[kind.value]
    for key in KINDS[kind].keys:
        rest = "".join(f"{line}\n" for line in whole.splitlines() if not line.startswith(f"{key}:"))
        for odd in ODD:
            reading = reader.reading(f"{rest}{key}: {odd}\n")
            assert all(found.where is not None and found.message for found in reading.findings)
            assert (reading.pack is None) == reading.findings.has_errors


def valid(text: str) -> bool:
    """Whether an editor finds nothing wrong."""
    schema = json_schemas()["section"]
    return bool(Draft202012Validator(schema).is_valid(as_editors_see_it(tree(f"title: First\n{text}"))))


@pytest.mark.parametrize("kind", SectionKind, ids=lambda kind: kind.value)
def test_an_editor_asks_of_each_kind_what_the_reader_asks(kind: SectionKind) -> None:
    text = WHOLE[kind.value]
    assert valid(text)
    for key in KINDS[kind].required:
        assert not valid("".join(f"{line}\n" for line in text.splitlines() if not line.startswith(f"{key}:")))
    for key in OWN_KEYS.keys() - KINDS[kind].keys.keys():
        assert not valid(f"{text}{key}:\n")


# --------------------------------------------------------------------------- parts of briefs


def test_background_may_be_divided_by_who_may_hear_of_it(reader: Reader) -> None:
    section = reader.section("kind: brief\nbackground:\n  not_for_use: a\n  use_freely:\n    - b\n    - c\n")
    free, secret = section.parts
    assert (free.name, secret.name) == (PartName.BACKGROUND, PartName.BACKGROUND_NOT_FOR_USE)
    assert [type(block) for block in free.blocks] == [ParagraphBlock, ParagraphBlock]
    assert isinstance(secret.blocks[0], NumberedBlock)
    assert (free.where.line, secret.where.line) == (5, 4)


def test_a_contact_has_its_lines(reader: Reader) -> None:
    section = reader.section(
        "kind: brief\ncontact: {name: N, phone: +32 2, email: d@e.org, cleared_by: C, date: 2025-04-01}\n"
    )
    (contact,) = section.parts[0].blocks
    assert isinstance(contact, ContactBlock)
    assert (contact.name, contact.phone, contact.email, contact.cleared_by, contact.date) == (
        (Text("N"),),
        "+32 2",
        "d@e.org",
        (Text("C"),),
        date(2025, 4, 1),
    )


def test_people_are_names_with_their_offices(reader: Reader) -> None:
    section = reader.section(
        READ_AHEAD + "attendees: [Allies, {name: N, office: O, why: W, audiences: press}]\n"
    )
    (people,) = section.parts[2].blocks
    assert isinstance(people, ListBlock)
    _, two = people.items
    assert two.limits == Limits(("press",), None)
    paragraph = two.blocks[0]
    assert isinstance(paragraph, ParagraphBlock)
    assert paragraph.spans == (Text("N", strong=True), Text(", "), Text("O"), Text(" – "), Text("W"))


# --------------------------------------------------------------------------- speeches


def test_a_speech_is_paragraphs_from_one_text_or_a_list(reader: Reader) -> None:
    section = reader.section(
        "kind: speaking-note\nwords_per_minute: 90\nspeech:\n  - one\n  - {text: two, id: two, audiences: desk}\n  - |\n    three\n\n    four\n"
    )
    (speech,) = section.parts[0].blocks
    assert isinstance(speech, SpeechBlock)
    assert speech.words_per_minute == 90
    assert [(block.id, block.limits.audiences) for block in speech.blocks] == [
        (None, None),
        ("two", ("desk",)),
        (None, None),
        (None, None),
    ]


def test_a_long_paragraph_of_a_speech_is_warned_about(reader: Reader) -> None:
    (found,) = reader.told(f"kind: speaking-note\nspeech: |\n  short\n\n  {'word ' * 61}\n")
    assert found == ("warning", 6, "this paragraph has 61 words; a speaker takes in at most 60")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("speech: |\n  - a\n  - b\n", "a speech is paragraphs and headings; this cannot be spoken"),
        ("speech: S\nwords_per_minute: 5\n", "a whole number from 40 to 300 is asked for here; found “5”"),
        ("speech: [{text: x, words: x}]\n", "unknown key `words`"),
    ],
)
def test_wrong_speeches_are_errors(reader: Reader, text: str, message: str) -> None:
    assert ("error", message) in [(s, m) for s, _, m in reader.told("kind: speaking-note\n" + text)]


# --------------------------------------------------------------------------- biographies


def test_a_biography_has_what_is_known_of_a_person(reader: Reader) -> None:
    section = reader.section(
        "kind: biographies\npeople:\n  - name: N\n    id: n\n    office: O\n    pronunciation: en\n    languages: [English, French]\n"
        "    last_met: L\n    portrait: p.png\n    alt: A face\n    text: T\n    tags: public\n"
    )
    (block,) = section.parts[0].blocks
    assert isinstance(block, PeopleBlock)
    (person,) = block.people
    assert (person.name, person.office, person.pronunciation) == ((Text("N"),), (Text("O"),), (Text("en"),))
    assert (person.languages, person.last_met) == ((Text("English, French"),), (Text("L"),))
    assert (person.id, person.limits) == ("n", Limits(None, ("public",)))
    assert person.portrait is not None
    assert person.portrait.alt == "A face"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("portrait: p.png", "the portrait has no `alt`"),
        ("alt: A face", "`alt` says what a portrait shows, and there is none"),
        ("portrait: q.png, alt: A face", "there is no picture “q.png”"),
        ("age: 50", "unknown key `age`"),
    ],
)
def test_wrong_biographies_are_errors(reader: Reader, keys: str, message: str) -> None:
    (found,) = reader.told(f"kind: biographies\npeople: [{{name: N, {keys}}}]\n")
    assert found == ("error", 3, message)


def test_a_long_life_is_warned_about(reader: Reader) -> None:
    (found,) = reader.told(f"kind: biographies\npeople:\n  - name: N\n    text: {'word ' * 151}\n")
    assert found == ("warning", 5, "what is said of N has 151 words; a biography has at most 150")


# --------------------------------------------------------------------------- questions, statements


def test_questions_stand_alone_or_below_topics(reader: Reader) -> None:
    section = reader.section(
        "kind: qa\npress_line: P\nquestions:\n  - {question: a, answer: A}\n  - topic: T\n    audiences: desk\n"
        "    questions: [{question: b, answer: B}, {question: c, answer: C}]\n  - {question: d, answer: D}\n"
    )
    line, questions = section.parts
    assert (line.name, questions.name) == (PartName.PRESS_LINE, PartName.QUESTIONS)
    first, heading, below, last = questions.blocks
    assert isinstance(heading, HeadingBlock)
    assert isinstance(below, QuestionsBlock)
    assert [isinstance(block, QuestionsBlock) for block in (first, last)] == [True, True]
    assert heading.limits == below.limits == Limits(("desk",), None)
    assert len(below.pairs) == 2


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("question: Q", "the key `answer` is missing"),
        ("topic: T", "the key `questions` is missing"),
        ("question: Q, answer: ''", "the key `answer` is missing"),
        ("answer: A", "this question or topic does not say what it is (unknown key `answer`)"),
        ("topic: T, question: Q, answer: A", "one question or topic cannot be both `topic` and `question`"),
    ],
)
def test_wrong_questions_are_errors(reader: Reader, entry: str, message: str) -> None:
    told = reader.told(f"kind: qa\nquestions: [{{{entry}}}]\n")
    assert len(told) == 1
    assert told[0][0] == "error"
    assert told[0][2] in {message, "`answer` is empty"}


def test_paragraphs_of_a_statement_have_numbers_and_names(reader: Reader) -> None:
    section = reader.section("kind: statement\npreamble: We\nparagraphs: [a, {text: b, id: b}]\n")
    assert [part.name for part in section.parts] == [PartName.PREAMBLE, PartName.PARAGRAPHS]
    (block,) = section.parts[1].blocks
    assert isinstance(block, NumberedBlock)
    assert [item.id for item in block.items] == [None, "b"]


# --------------------------------------------------------------------------- rows


def rows(reader: Reader, text: str, part: int = 0) -> RecordsBlock:
    (block,) = reader.section(text).parts[part].blocks
    assert isinstance(block, RecordsBlock)
    return block


def test_movements_are_rows_of_their_days(reader: Reader) -> None:
    block = rows(
        reader,
        "kind: contacts\nmovements: [{date: 2025-04-03, time: 08:15, what: W, from: F, to: T, vehicle: V, tags: public}]\n"
        "contacts: [{name: N}]\n",
    )
    (record,) = block.records
    assert record.values == tuple((Text(words),) for words in ("08:15", "W", "F", "T", "V"))
    assert (record.day, record.limits) == (date(2025, 4, 3), Limits(None, ("public",)))


def test_contacts_have_an_address_that_opens_a_letter(reader: Reader) -> None:
    block = rows(reader, "kind: contacts\ncontacts: [{name: N, role: R, phone: +1, email: a@b.org}]\n")
    assert block.records[0].values[3] == (Link("mailto:a@b.org", (Text("a@b.org"),)),)


@pytest.mark.parametrize(
    ("recipients", "numbers"),
    [
        ("[{recipient: A, copies: 2}, {recipient: B}, {recipient: C, copies: 3}]", ["1–2", "3", "4–6"]),
        ("[{recipient: A}, {recipient: B, copy: 7}]", [None, "7"]),
    ],
)
def test_copies_are_numbered_unless_the_author_does(
    reader: Reader, recipients: str, numbers: list[str | None]
) -> None:
    block = rows(reader, f"kind: distribution\nrecipients: {recipients}\n")
    shown = [record.values[0] for record in block.records]
    assert shown == [None if number is None else (Text(number),) for number in numbers]


def test_changes_tell_of_a_place(reader: Reader) -> None:
    block = rows(reader, "kind: changes\nchanges: [{section: first, what: W, date: 2025-04-01}, {what: V}]\n")
    one, two = block.records
    place = one.values[0]
    assert isinstance(place, tuple)
    assert isinstance(place[0], Reference)
    assert (one.about, one.values[2], two.about) == ("first", date(2025, 4, 1), None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: contacts\ncontacts: [{name: N, email: desk}]\n", "“desk” does not fit here"),
        ("kind: contacts\nmovements: [{what: W}]\ncontacts: [{name: N}]\n", "the key `time` is missing"),
        (
            "kind: distribution\nrecipients: [{recipient: R, copies: none}]\n",
            "a whole number from 1 to 9999 is asked for here; found “none”",
        ),
        ("kind: changes\nchanges: [{section: first}]\n", "the key `what` is missing"),
        (
            "kind: changes\nchanges: [{what: W, date: yesterday}]\n",
            "a date such as 2025-04-03 is asked for here; found “yesterday”",
        ),
        ("kind: lists\nshow: [maps]\n", "“maps” is none of the choices"),
        ("kind: brief\ncontact: {name: N, mail: a@b.org}\n", "unknown key `mail`"),
        ("kind: brief\nbackground: {freely: x}\n", "unknown key `freely`"),
        ("kind: steering\nobjectives: {a: b}\n", None),
    ],
)
def test_wrong_rows_and_keys_are_errors(reader: Reader, text: str, message: str | None) -> None:
    told = reader.told(text)
    assert [severity for severity, _, _ in told] == ["error"] * len(told)
    assert told
    assert message is None or message in [found for _, _, found in told]


@pytest.mark.parametrize(
    ("show", "what"),
    [
        ("", [Generated.FIGURES, Generated.TABLES]),
        ("show: tables\n", [Generated.TABLES]),
        ("show: [tables, figures]\n", [Generated.FIGURES, Generated.TABLES]),
    ],
)
def test_lists_are_asked_for_and_made_later(reader: Reader, show: str, what: list[Generated]) -> None:
    section = reader.section(f"kind: lists\n{show}")
    blocks = [block for part in section.parts for block in part.blocks]
    assert [block.what for block in blocks if isinstance(block, GeneratedBlock)] == what
