"""Notes that are for some, and references with words in their place, in what selecting leaves of a text."""

from __future__ import annotations

from dataclasses import replace

from briefpack.blocks import AgendaBlock, AgendaItem, Note, ParagraphBlock, Reference
from briefpack.document import Text
from briefpack.pack import Pack
from briefpack.select import select
from briefpack.verdict import Kind
from tests.select.made import HERE, STAFF_ONLY, audience, pack, section, text, the, words

SECRET = Note((words("a secret"),), None, HERE, limits=STAFF_ONLY)


def left(whole: Pack, name: str = "press") -> object:
    return select(whole, audience(name)).pack.sections[0].blocks[0]


def test_a_note_for_others_goes_without_a_gap() -> None:
    said = ParagraphBlock((Text("Said "), SECRET, Text(".")), HERE)
    whole = pack(section(said))
    assert left(whole) == replace(said, spans=(Text("Said"), Text(".")))
    assert the(select(whole, audience()), Kind.NOTE).reason == "for staff only"
    kept = left(whole, "staff")
    assert isinstance(kept, ParagraphBlock)
    assert [type(span) for span in kept.spans] == [Text, Note, Text]


def test_a_text_of_which_only_a_note_for_others_is_left_goes() -> None:
    selection = select(pack(section(ParagraphBlock((SECRET,), HERE), text("stays"))), audience())
    assert selection.pack.sections[0].blocks == (text("stays"),)
    assert [(v.included, v.reason) for v in selection.verdicts if v.kind is Kind.PARAGRAPH] == [
        (False, "nothing is left of it"),
        (True, "for everybody"),
    ]


def test_a_note_for_others_goes_from_the_detail_of_an_agenda_item() -> None:
    item = AgendaItem("9:00", words("Item"), (Text("Detail "), SECRET), None, (), HERE)
    block = AgendaBlock(None, None, (item,), HERE)
    assert left(pack(section(block))) == replace(block, items=(replace(item, detail=(Text("Detail"),)),))


def test_words_stand_for_a_reference_where_what_it_leads_to_is_withheld() -> None:
    referring = section(
        ParagraphBlock((Text("See "), Reference("north", None, (), HERE, instead=words("elsewhere"))), HERE),
        conditional=True,
    )
    north = section(text("north"), id="north", limits=STAFF_ONLY)
    whole = pack(referring, north)
    assert left(whole) == ParagraphBlock((Text("See "), Text("elsewhere")), HERE)
    assert left(whole, "staff") == ParagraphBlock((Text("See "), Reference("north", None, (), HERE)), HERE)
