from __future__ import annotations

from briefpack.document import Heads, Table, Text
from tests.resolve.making import every
from tests.resolve.written import cells, lowered, read, said

_TIMELINE = (
    "  - timeline:\n"
    "      - {date: 2025-03-10, until: 2025-03-12, text: Visit}\n"
    "      - {date: 2025-03-30, until: 2025-04-02, text: Tour, audiences: staff}\n"
    "      - {date: 2025-04-03, text: Ministers meet}\n"
    "      - {when: spring 2025, text: Report}\n"
    "    caption: Visits\n    source: desk\n"
)


def one(tmp_path, blocks: str, audience: str = "staff", language: str = "en") -> Table:
    (made,) = lowered(tmp_path, blocks, audience, language)
    assert isinstance(made, Table)
    return made


def test_a_timeline_has_days_in_words_that_name_its_rows(tmp_path):
    made = one(tmp_path, _TIMELINE)
    assert (made.look, made.header) == ("timeline", ())
    assert cells(made) == [
        ["10–12 March 2025", "Visit"],
        ["30 March – 2 April 2025", "Tour"],
        ["3 April 2025", "Ministers meet"],
        ["spring 2025", "Report"],
    ]
    assert all(row.cells[0].heads is Heads.ROW for row in made.rows)
    assert made.caption is not None
    assert (made.caption.label, said(made.source)) == ("Table 1", "Source: desk")
    assert made.columns[0].width < 0.35


def test_entries_may_be_for_some_only(tmp_path):
    assert len(one(tmp_path, _TIMELINE, "press").rows) == 3


def test_days_are_set_as_the_language_has_them(tmp_path):
    blocks = "  - timeline: [{date: 2025-05-01, text: a}]\n"
    assert cells(one(tmp_path, blocks, language="fr"))[0][0] == "1er mai 2025"


def test_a_timeline_may_run_backwards_and_one_day_against_its_order_is_a_warning(tmp_path):
    def entries(*days: int) -> str:
        return "  - timeline:\n" + "".join(f"      - {{date: 2025-04-{day:02}, text: a}}\n" for day in days)

    assert not read(tmp_path, entries(1, 2, 2, 3))[1].items
    assert not read(tmp_path, entries(3, 2, 1))[1].items
    (warning,) = read(tmp_path, entries(1, 3, 2, 4))[1].items
    assert "out of order" in warning.message
    assert warning.where is not None
    assert warning.where.line == 6
    assert warning.hint


def test_a_clearance_tells_who_did_what_and_when(tmp_path):
    made = one(
        tmp_path,
        "  - clearance:\n      - {drafted: South Desk, date: 2025-04-01}\n"
        "      - {cleared: Legal adviser, contact: legal@example.org}\n      - {step: Seen, by: Minister}\n",
    )
    assert made.look == "clearance"
    assert cells(made) == [
        ["Drafted", "South Desk", "1 April 2025"],
        ["Cleared", "Legal adviser / legal@example.org", ""],
        ["Seen", "Minister", ""],
    ]
    assert all(text.secondary for row in made.rows for text in every(row.cells[0], Text))


def test_a_clearance_without_days_has_no_column_for_them(tmp_path):
    assert len(one(tmp_path, "  - clearance: [{drafted: South Desk}]\n").columns) == 2
