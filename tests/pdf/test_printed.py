from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.document import (
    AnnexEntry,
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    Columns,
    CrossReference,
    Document,
    Heading,
    Image,
    ImageData,
    Landscape,
    Link,
    List,
    Listing,
    ListingEntry,
    ListItem,
    ListKind,
    NumberedParagraph,
    Paragraph,
    Quotation,
    Row,
    SideBySide,
    Table,
    TableNote,
    Text,
    TocEntry,
    TocKind,
    Together,
)
from briefpack.errors import ExitCode, Where
from briefpack.pdf.fonts import missing_characters
from briefpack.style import Slots, Style
from tests.pdf.paper import family
from tests.pdf.paper import style as made
from tests.samples import sample_meta

HERE = Where(Path("sections/01.yaml"), 7, 3)
WORD = (Text("word"),)


def style() -> Style:
    return replace(made(), fonts={**made().fonts, "Carlito": family("Carlito")})


def document(*blocks: Block, **meta: object) -> Document:
    from briefpack.document import Section

    section = Section("1", "Title", "sec_1", (), blocks, Where(Path("sections/01.yaml"), 1, 1))
    return Document(replace(sample_meta(), **meta), (), (section,), ())


def row(text: str) -> Row:
    return Row((Cell((Paragraph((Text(text),), HERE, role="table-cell"),)),), HERE)


TABLE = Table((Column(1.0),), (), (row("x"),), "t", HERE)
PICTURE = Image(ImageData(b"", "png", 1, 1, 96.0), "alt", "fig", HERE)


@pytest.mark.parametrize(
    "block",
    [
        Heading(2, None, (Text("漢"),), "a", HERE),
        Paragraph((Text("漢"),), HERE),
        Paragraph((Text("word "), Text("漢", strong=True)), HERE),
        Paragraph((Link("https://example.org", (Text("漢", code=True),)),), HERE),
        Paragraph((CrossReference("a", (Text("漢", emphasis=True),)),), HERE),
        NumberedParagraph(0, "1.", 1, 1, (Text("漢"),), None, HERE),
        NumberedParagraph(0, "漢.", 1, 1, WORD, None, HERE),
        List(ListKind.BULLETS, (ListItem("•", (Paragraph((Text("漢"),), HERE, role="list"),)),), 0, 1, HERE),
        List(ListKind.BULLETS, (ListItem("漢", (Paragraph(WORD, HERE, role="list"),)),), 0, 1, HERE),
        Table((Column(1.0),), (), (row("漢"),), "t", HERE),
        Table((Column(1.0),), (row("漢"),), (), "t", HERE),
        Table((Column(1.0),), (), (row("x"),), "t", HERE, Caption("Table 1", (Text("漢"),))),
        Table((Column(1.0),), (), (row("x"),), "t", HERE, None, (Text("漢"),)),
        replace(PICTURE, caption=Caption("漢 1", WORD)),
        replace(PICTURE, source=(Text("漢"),)),
        Callout((Text("漢"),), (), HERE),
        Callout(None, (Paragraph((Text("漢"),), HERE, role="callout"),), HERE),
        Callout((Text("漢"),), (), HERE, "facts"),
        List(ListKind.TERMS, (ListItem("漢", (Paragraph(WORD, HERE, role="list"),)),), 0, 1, HERE),
        replace(TABLE, notes=(TableNote("a", (Text("漢"),)),)),
        replace(TABLE, notes=(TableNote("漢", WORD),)),
        Quotation((Paragraph((Text("漢"),), HERE, role="quotation"),), None, HERE),
        Quotation((Paragraph(WORD, HERE, role="quotation"),), (Text("漢"),), HERE),
        SideBySide(((Paragraph(WORD, HERE),), (Paragraph((Text("漢"),), HERE),)), (0.5, 0.5), HERE),
        Columns(((Paragraph(WORD, HERE),), (Paragraph((Text("漢"),), HERE),)), 2, HERE),
        Landscape((Paragraph((Text("漢"),), HERE),), HERE),
        Together((Paragraph((Text("漢"),), HERE),), HERE),
        Listing("table", (ListingEntry("漢 1", "title", "t"),), HERE),
        Listing("table", (ListingEntry("Table 1", "漢", "t"),), HERE),
    ],
)
def test_a_character_no_font_has_is_reported_at_its_block(block: Block) -> None:
    (finding,) = missing_characters(document(block), style())
    assert finding.where == HERE
    assert "“漢” (U+6F22 CJK UNIFIED IDEOGRAPH-6F22)" in finding.message
    assert finding.hint is not None
    assert "fallback" in finding.hint
    assert finding.code is ExitCode.STYLE


def test_text_whose_characters_all_exist_is_not_reported() -> None:
    text = "Ελληνικά, русский, “quotes” – — … 10\u00a0000\u202f% inter\u00adnational no\u2011break\u200b\t"
    assert missing_characters(document(Paragraph((Text(text),), HERE)), style()) == []


def test_a_fallback_s_characters_count() -> None:
    block = "\u2588"  # in the monospaced family only
    text = document(Paragraph((Text(block),), HERE))
    assert len(missing_characters(text, style())) == 1
    fonts = {**style().fonts, "Carlito": family("Carlito", "LiberationMono")}
    assert missing_characters(text, replace(style(), fonts=fonts)) == []


def test_a_character_is_reported_once_where_it_first_stands() -> None:
    later = Where(Path("sections/01.yaml"), 20, 3)
    blocks = (
        Paragraph((Text("漢漢"),), HERE),
        Paragraph((Text("漢"),), later),
        Paragraph((Text("漢字"),), later),
    )
    first, second = missing_characters(document(*blocks), style())
    assert (first.where, second.where) == (HERE, later)
    assert "字" in second.message
    assert "漢" not in second.message


def test_many_missing_characters_of_a_text_are_named_in_part() -> None:
    (finding,) = missing_characters(document(Paragraph((Text("漢字仮名交じり"),), HERE)), style())
    assert finding.message.count("U+") == 3
    assert finding.message.endswith("and 4 more")


def test_capitals_are_looked_for_where_a_role_prints_them() -> None:
    looks = style()
    shout = replace(looks.text["heading-2"], caps=True)
    # Its capital, U+A7AE, came with a later Unicode than the face's.
    block = Heading(2, None, (Text("\u026a"),), "a", HERE)
    assert missing_characters(document(block), looks) == []
    (finding,) = missing_characters(document(block), replace(looks, text={**looks.text, "heading-2": shout}))
    assert "U+A7AE" in finding.message


@pytest.mark.parametrize("field", ["title", "reference", "marking", "watermark"])
def test_titles_and_furniture_are_looked_at(field: str) -> None:
    looks = style()
    furniture = replace(looks.header, recto=Slots("{title}", "{reference}", "{marking}"))
    cover = replace(looks.cover, show=True, title="{title}")
    looks = replace(looks, header=furniture, cover=cover)
    found = missing_characters(document(Paragraph(WORD, HERE), **{field: "漢"}), looks)
    assert [f.where for f in found] == [sample_meta().where]


def test_the_style_s_own_words_and_templates_are_looked_at() -> None:
    looks = replace(style(), banner="{marking} · 漢")
    assert len(missing_characters(document(Paragraph(WORD, HERE)), looks)) == 1
    words = {"en": {**style().words["en"], "contents": "目次"}}
    assert len(missing_characters(document(Paragraph(WORD, HERE)), replace(style(), words=words))) == 1


def test_annexes_are_looked_at_where_pack_yaml_names_them() -> None:
    where = Where(Path("pack.yaml"), 30, 5)
    annex = AnnexEntry("A", "漢", "annex_a", 3, "a.pdf", "0" * 64, where)
    entry = TocEntry(TocKind.ANNEX, 1, "A", "漢", "annex_a")
    pack = replace(document(Paragraph(WORD, HERE)), annexes=(annex,), contents=(entry,))
    assert [finding.where for finding in missing_characters(pack, style())] == [where]
