from __future__ import annotations

from datetime import date

from briefpack.errors import Findings
from briefpack.resolve.names import Anchors, Targets
from briefpack.resolve.number import Counts, Headings
from briefpack.resolve.references import References
from briefpack.resolve.sources import source_line
from briefpack.resolve.walk import Walk
from tests.made_style import made_style
from tests.resolve.making import words
from tests.resolve.written import said

DAY = date(2025, 4, 3)


def line(source: str = "", as_of: date | None = None, credit: str = "") -> str | None:
    style, findings = made_style(), Findings()
    walk = Walk(
        style=style,
        findings=findings,
        targets=Targets(findings),
        references=References(style, "press", {}, findings, None, "en"),
        anchors=Anchors(),
        counts=Counts(),
        headings=Headings(style.numbering, None),
    )
    spans = source_line(walk, words(source) if source else None, as_of, words(credit) if credit else None)
    return None if spans is None else said(spans)


def test_a_line_says_source_day_and_who_made_the_picture():
    assert line("Eurostat") == "Source: Eurostat"
    assert line("Eurostat", DAY) == "Source: Eurostat, as of 3 April 2025"
    assert line("", DAY) == "As of 3 April 2025"
    assert line("", None, "Ministry") == "Photo: Ministry"
    assert line("Eurostat", DAY, "Ministry") == "Photo: Ministry · Source: Eurostat, as of 3 April 2025"


def test_nothing_to_say_is_no_line():
    assert line() is None


def test_the_word_for_it_is_printed_once_when_the_author_writes_it_too():
    assert line("Source: Eurostat") == "Source: Eurostat"
    assert line("source: Eurostat", DAY) == "source: Eurostat, as of 3 April 2025"
    assert line("Sources differ") == "Source: Sources differ"


def test_a_full_stop_does_not_stand_before_the_day():
    assert line("Eurostat.", DAY) == "Source: Eurostat, as of 3 April 2025"
    assert line("Eurostat.") == "Source: Eurostat."
