"""What a message says: the list's templates, else the style's words, without holes where there is nothing to say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.distribute.letters import letters
from briefpack.distribute.message import message_of
from briefpack.distribute.parcel import BESIDE, Marks, whole
from briefpack.distribution import Line, Secret
from briefpack.errors import Findings
from tests.distribute.made import DATE, FILES, calendar, distribution, made_message, parcel, reader

ANNA = reader("anna@example.int", "Anna Example")
BEN = reader("ben@example.int", "Ben")


def test_without_templates_the_styles_words_are_said() -> None:
    message = made_message([ANNA], marking="RESTRICTED")
    assert message.subject == "RESTRICTED · Visit of the Ambassador · V(25)"
    assert message.text == (
        "RESTRICTED\n\nDear Anna Example,\n\nPlease find attached the pack “Visit of the Ambassador”.\n\n"
        "- visit-desk.pdf (12\u00a0pages, 1 kB)\n- visit-desk.docx (1\u00a0page, 1 kB)\n\nKind regards,\nThe Desk\n"
    ).replace("\u00a0", message.text[message.text.index("12") + 2])


def test_without_a_marking_none_is_said_and_no_hole_is_left() -> None:
    message = made_message([ANNA])
    assert message.subject == "Visit of the Ambassador · V(25)"
    assert message.text.startswith("Dear Anna")


def test_a_message_is_in_its_readers_language() -> None:
    text = made_message([reader("a@example.int", "Éric", language="fr-BE")]).text
    assert "Bonjour Éric," in text
    assert "Veuillez trouver ci-joint" in text
    assert "kB" not in text


def test_files_that_open_with_a_password_are_called_so() -> None:
    """Whoever gets one learns from the message that it takes the letter, too."""
    files = (*FILES, whole("A-figures.csv", BESIDE, b"a", 0))
    listed = distribution([ANNA], password=Secret.LETTER)
    (letter,) = letters(listed, [parcel(files=files)], calendar, Findings())
    lines = [line for line in message_of(letter, "visit", DATE).text.splitlines() if line.startswith("- ")]
    assert [line.endswith(", 1 kB, opens with a password)") for line in lines] == [True, True, False]


@pytest.mark.parametrize(
    ("readers", "greeting"),
    [
        ([ANNA], "Dear Anna Example,"),
        ([ANNA, BEN], "Dear colleagues,"),
        ([ANNA, reader("c@example.int", "C", line=Line.CC)], "Dear Anna Example,"),
        ([reader("c@example.int", "C", line=Line.BCC)], "Dear C,"),
        ([reader("c@example.int", "Last, First")], "Dear colleague,"),
        ([reader("c@example.int")], "Dear colleagues,"),
        ([reader("c@example.int", "C", greeting="Excellency,")], "Excellency,"),
        ([reader("c@example.int", "C", greeting="Excellency,"), BEN], "Dear colleagues,"),
    ],
)
def test_who_is_spoken_to_alone_is_greeted_by_name(readers: list[object], greeting: str) -> None:
    assert made_message(readers, body={"": "{greeting}"}).text == f"{greeting}\n"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "B"), ("fr-CH", "B"), ("FR", "B"), ("en", "H"), ("en-GB", "G"), ("de", "D")]
)
def test_the_nearest_language_of_the_list_is_taken(language: str, said: str) -> None:
    words = {"fr": "B", "en": "H", "en-GB": "G", "": "D"}
    assert (
        made_message([reader("a@example.int", language=language)], subject=words, body=words).subject == said
    )


def test_every_field_has_its_words() -> None:
    from briefpack.reading.schema_distribution import FIELDS

    body = "\n".join(f"{name}={{{name}}}" for name in FIELDS)
    message = made_message(
        [reader("a@example.int", "Anna", copy=3)], marking="R", body={"": body}, subject={"": "s"}
    )
    said = dict(line.split("=", 1) for line in message.text.splitlines() if "=" in line)
    assert said["copy"] == "3"
    assert said["copies"] == "3"
    assert said["sender"] == "The Desk"
    assert said["as_of"] == "2 April 2025, 18:00"
    # These the pack does not have: their lines are gone.
    assert set(FIELDS) - said.keys() == {"subtitle", "organisation", "chair", "version", "part", "parts"}


def test_lines_without_anything_to_say_are_left_out_and_gaps_are_closed() -> None:
    body = "\n\n{title}\n{subtitle}\n\n{chair}\n\n\n\nEnd {{here}}\n\n"
    assert made_message([ANNA], body={"": body}).text == "Visit of the Ambassador\n\nEnd {here}\n"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_a_subject_is_one_line_whatever_the_words(words: str) -> None:
    template = words.replace("{", "{{").replace("}", "}}")
    message = made_message([ANNA], subject={"": template}, body={"": "x"})
    assert message.subject.splitlines() in ([message.subject], [])
    assert message.subject.split() == words.split()


# --------------------------------------------------------------------------- what a policy wants said


def said(
    marks: Marks, subject: str | None = None, body: str = "Words.", *, draft: bool = False
) -> tuple[str, str]:
    """Subject and text of a message whose pack is marked RESTRICTED."""
    subjects = {} if subject is None else {"": subject}
    listed = distribution([ANNA], subject=subjects, body={"": body})
    sent = replace(parcel(marking="RESTRICTED"), marks=marks, draft=draft)
    (letter,) = letters(listed, [sent], calendar, Findings())
    message = message_of(letter, "visit", DATE)
    return message.subject, message.text


@pytest.mark.parametrize(
    ("marks", "template", "subject"),
    [
        (Marks(subject="RESTRICTED"), "Your pack", "RESTRICTED · Your pack"),
        (Marks(subject="RESTRICTED"), "{title}: {marking}", "Visit of the Ambassador: RESTRICTED"),
        (Marks(subject="RESTRICTED"), None, "RESTRICTED · Visit of the Ambassador · V(25)"),
        (Marks(portion="(I)", bare=True), "Your pack", "(I) Your pack"),
        (Marks(portion="(I)", bare=True), None, "(I) Visit of the Ambassador · V(25)"),
        (Marks(bare=True), None, "Visit of the Ambassador · V(25)"),
        (Marks(), "Your pack", "Your pack"),
    ],
)  # fmt: skip
def test_the_policy_says_what_of_the_marking_a_subject_tells(
    marks: Marks, template: str | None, subject: str
) -> None:
    assert said(marks, template)[0] == subject


def test_a_draft_is_said_to_be_one_before_anything_else() -> None:
    assert said(Marks(subject="RESTRICTED"), "Pack", draft=True)[0] == "DRAFT · RESTRICTED · Pack"
    assert said(Marks(portion="(I)", bare=True), "Pack", draft=True)[0] == "DRAFT · (I) Pack"


@pytest.mark.parametrize(
    ("marks", "body", "text"),
    [
        (Marks(first="R"), "Words.", "R\n\nWords.\n"),
        (Marks(first="RESTRICTED"), "{marking}\n\nWords.", "RESTRICTED\n\nWords.\n"),
        (Marks(first="RESTRICTED"), "Words: {marking}", "RESTRICTED\n\nWords: RESTRICTED\n"),
        (Marks(first="RESTRICTED", last="RESTRICTED"), "{marking}\n\nWords.", "RESTRICTED\n\nWords.\n\nRESTRICTED\n"),
        (Marks(first="R", last="R"), "R", "R\n\nR\n"),
        (Marks(last="R"), "Words.\n\nR", "Words.\n\nR\n"),
        (Marks(), "Words.", "Words.\n"),
    ],
)  # fmt: skip
def test_the_policy_says_where_the_marking_stands_in_a_text(marks: Marks, body: str, text: str) -> None:
    assert said(marks, "s", body)[1] == text
