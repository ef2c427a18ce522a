from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.blocks import AuthorCell, AuthorColumn, AuthorRow, ImageBlock, ParagraphBlock, TableBlock
from briefpack.document import Document, Image, Text, plain_text, portion_mark
from briefpack.errors import BriefpackError
from briefpack.limits import Limits
from briefpack.marking import Marking, join
from briefpack.pdf.banners import Banners, check_banners
from briefpack.pdf.fonts import Faces
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.pages import PageKind
from briefpack.pdf.text import Typesetter
from briefpack.pdf.writer import write_body
from briefpack.resolve import known_names, resolve
from briefpack.select import select
from briefpack.style import BannerColours, BannerOf, MarkingLook, SectionStart, Slots, Style
from tests.markings import BANNER, PORTION, cleared, marked, plain, tokens
from tests.pdf.looks import style
from tests.resolve import making
from tests.resolve.making import every
from tests.samples import sample_document
from tests.strategies import made_facts, packs_and_readers

BY_PAGE = MarkingLook(portions=True, banner=BannerOf.PAGE, colours=BannerColours.NONE)


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def by_page(name: str = "base", **keys: object) -> Style:
    return replace(style(name), markings=BY_PAGE, **keys)  # type: ignore[arg-type]  # fields by name


def chosen(pack, audience, look) -> Document | None:
    """The Document of what an audience gets of a pack; None where references fail."""
    selection = select(pack, audience)
    facts = made_facts(selection.pack)
    date = datetime(2025, 4, 2)
    return resolve(selection.pack, audience, look, facts, date=date, known=known_names(pack)).document


def made(*paragraphs: tuple[str, int], look: Style, title: int = 0, pack: int = 0) -> Document:
    """A pack of one section. paragraphs: words and their level."""
    blocks = [
        ParagraphBlock((Text(words),), making.where(), None, Limits(marking=Marking(level)))
        for words, level in paragraphs
    ]
    section = making.section("one", *blocks, limits=Limits(marking=Marking(title)))
    limits = Limits(marking=Marking(pack), title_marking=Marking(pack))
    whole = replace(making.pack(section), policy=tokens(), limits=limits)
    document = chosen(whole, cleared(making.audience()), look)
    assert document is not None
    return document


def banners(document: Document, look: Style) -> list[int]:
    """The level that the banners of each page tell."""
    laid = lay_out(document, look)
    return told(write_body(document, look, laid).content, laid, look)


def told(content: bytes, laid: Laid, look: Style) -> list[int]:
    """The same of a PDF. What stands at the top of a page stands at its foot."""
    opened = pypdfium2.PdfDocument(content)
    found = []
    for number, page in enumerate(laid.pages):
        setup, text = page.setup(look.page), opened[number].get_textpage()
        above = text.get_text_bounded(bottom=float(setup.height - setup.banner_top) - 3)
        below = text.get_text_bounded(top=float(setup.banner_bottom) + 7)
        (level,), (foot,) = BANNER.findall(above), BANNER.findall(below)
        assert level == foot
        found.append(int(level))
    opened.close()
    return found


# --------------------------------------------------------------------------- what is on the page


@settings(max_examples=60, deadline=None)
@given(
    packs_and_readers(references=False), st.integers(0, 10**6), st.sampled_from(["base", "press", "staff"])
)
def test_no_page_says_less_than_what_stands_on_it(drawn, seed, name) -> None:
    pack, audience = drawn
    look = by_page(name)
    document = chosen(marked(pack, seed), cleared(audience), look)
    if document is None:
        return
    laid = lay_out(document, look)
    content = write_body(document, look, laid).content
    for page, text, banner in zip(laid.pages, texts(content), told(content, laid, look), strict=True):
        portions = [int(level) for level in PORTION.findall(re.sub(r"\s", "", text))]
        assert banner >= max(portions, default=0), text
        if page.kind is PageKind.COVER:
            assert banner == document.marking.level
        assert banner <= document.marking.level


@given(st.lists(st.tuples(st.integers(1, 220), st.integers(0, 2)), min_size=3, max_size=14))
@settings(max_examples=25, deadline=None)
def test_a_page_says_what_stands_on_it_and_no_more(drawn) -> None:
    look = by_page()
    paragraphs = [(" ".join([f"wx{number}x"] * count), level) for number, (count, level) in enumerate(drawn)]
    document = made(*paragraphs, look=look)
    pages = texts(write_body(document, look, lay_out(document, look)).content)
    found = banners(document, look)

    for text, banner in list(zip(pages, found, strict=True))[2:]:
        # A word that is divided at the end of a page stands on both; whole ones tell enough.
        on_page = {int(number) for number in re.findall(r"wx(\d+)x", text)}
        assert banner == max((drawn[number][1] for number in on_page), default=0)


def test_the_cover_tells_all_of_the_pack_and_the_contents_tell_their_titles() -> None:
    look = by_page()
    document = made(("Open.", 0), ("Secret.", 2), look=look, title=1)

    assert banners(document, look) == [2, 1, 2]


def test_a_paragraph_that_goes_on_marks_the_page_that_it_goes_on_to() -> None:
    look = by_page()
    document = made(("long " * 1500, 2), ("Open.", 0), ("open " * 1500, 0), look=look)
    laid = lay_out(document, look)
    pages = texts(write_body(document, look, laid).content)
    found = banners(document, look)

    assert len(pages) > 5
    assert [level == 2 for level in found[2:]] == ["long" in text for text in pages[2:]]


def test_a_note_marks_the_pages_that_it_goes_on_to() -> None:
    from briefpack.blocks import Note

    look = by_page()
    note = Note(((Text("noted " * 2500),),), None, making.where())
    block = ParagraphBlock((Text("Words"), note), making.where(), None, Limits(marking=Marking(2)))
    after = [
        ParagraphBlock((Text("open " * 300),), making.where(), None, Limits(marking=Marking(0)))
        for _ in range(6)
    ]
    section = making.section("one", block, *after, limits=Limits(marking=Marking(0)))
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(section), policy=tokens(), limits=limits)
    document = chosen(pack, cleared(making.audience()), look)
    pages = texts(write_body(document, look, lay_out(document, look)).content)
    found = banners(document, look)

    assert sum("noted" in text for text in pages) > 1
    assert all(level == 2 for level, text in zip(found, pages, strict=True) if "noted" in text)


def test_running_titles_count_where_they_are_printed() -> None:
    look = by_page()
    header = replace(look.header, recto=Slots("{section}", "", ""), verso=None, first=None)
    named = replace(look, header=header)
    silent = replace(look, header=replace(header, recto=Slots("", "", "{page}")))
    document = made(("open " * 2500, 0), look=look, title=2)

    assert set(banners(document, named)[3:]) == {2}
    assert set(banners(document, silent)[3:]) == {0}


def test_dividers_carry_the_marking_of_their_annex() -> None:
    look = by_page()
    annex = replace(making.annex("map"), limits=Limits(marking=Marking(2), title_marking=Marking(0)))
    section = making.section("one", making.text("Open."))
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(section, annexes=(annex,)), policy=tokens(), limits=limits)
    document = chosen(pack, cleared(making.audience()), look)
    # Its title is open, its pages are not.
    (entry,) = document.annexes
    document = replace(
        document,
        annexes=(replace(entry, computed=Marking(2)),),
        marking=Marking(2),
        meta=replace(document.meta, marking="LEVELX2X"),
    )

    assert banners(document, look) == [2, 0, 0, 2]


def test_where_banners_tell_of_the_pack_all_pages_tell_the_same() -> None:
    look = replace(style("base"), markings=replace(BY_PAGE, banner=BannerOf.PACK))
    document = made(("Open.", 0), ("Secret.", 2), look=look)

    assert set(banners(document, look)) == {2}


def test_sections_that_share_a_page_count_together() -> None:
    look = by_page("press")
    assert look.page.section_start is SectionStart.CONTINUOUS
    sections = [
        making.section(f"s-{level}", making.text("Words."), limits=Limits(marking=Marking(level)))
        for level in (0, 2, 1)
    ]
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(*sections), policy=tokens(), limits=limits)
    document = chosen(pack, cleared(making.audience()), look)

    assert banners(document, look)[-1] == 2


# --------------------------------------------------------------------------- room


def long_banner(words: str) -> Document:
    """A pack whose one level is called so."""
    document = made(("Words.", 2), look=style("base"))
    levels = tuple(replace(level, name=words) for level in plain().levels)
    return replace(
        document,
        policy=replace(plain(), levels=levels),
        meta=replace(document.meta, marking=words, watermark=None),
    )


def lines_on(
    document: Document, look: Style
) -> Iterator[tuple[pikepdf.Page, list[tuple[str, float, float, float, float]]]]:
    content = write_body(document, look, lay_out(document, look)).content
    opened = pypdfium2.PdfDocument(content)
    for number in range(len(opened)):
        text = opened[number].get_textpage()
        boxes = [text.get_rect(each) for each in range(text.count_rects())]
        yield opened[number], [(text.get_text_bounded(*box), *box) for box in boxes]
    opened.close()


COUNTRIES = "Australia, Austria, Georgia, Ireland, Japan, Moldova, New Zealand, the Republic of Korea, Switzerland, Ukraine"  # fmt: skip


@pytest.mark.parametrize("name", ["base", "minister", "delegation", "staff", "press"])
def test_a_long_banner_has_several_lines_clear_of_edges_and_furniture(name) -> None:
    look = style(name)
    words = f"SECRETX RELEASABLEX TOX {COUNTRIES}".upper()
    document = long_banner(words)
    setup = look.page
    for page, boxes in lines_on(document, look):
        width, height = page.get_size()
        above = [box for box in boxes if box[2] > height - setup.top + 1]
        assert "KOREA" in " ".join(box[0] for box in above).upper()
        for _, left, bottom, right, top in boxes:
            assert left >= 5
            assert right <= width - 5
            assert bottom >= 8
            assert top <= height - 8
    found = Banners(document, look, Typesetter(look, Faces(look.fonts), "en")).of(document.marking, setup)
    assert found is not None
    assert len(found.lines) > 1
    size, pitch = look.text["banner"].size, found.scale * look.text["banner"].line_pitch
    assert all(line.width * found.scale <= setup.text_width + 0.01 for line in found.lines)
    assert found.top == pytest.approx([found.top[0] + number * pitch for number in range(len(found.lines))])
    assert found.bottom == pytest.approx(
        [found.bottom[0] - number * pitch for number in range(len(found.lines))]
    )
    # Descenders above are clear of the capitals of header and footer, and the other way round.
    assert found.top[-1] + 0.25 * size < setup.header - 0.7 * look.text["header"].size
    assert found.bottom[0] + 0.7 * found.scale * size < setup.footer - 0.2 * look.text["footer"].size


def test_a_banner_without_room_is_told_of_at_the_place_of_the_pack() -> None:
    look = style("base")
    document = long_banner(" ".join([COUNTRIES] * 12))
    (found,) = check_banners(document, look)

    assert found.where == document.meta.where
    assert "has no room" in found.message
    with pytest.raises(BriefpackError, match="has no room"):
        write_body(document, look, lay_out(document, look))


def test_one_word_that_is_wider_than_the_page_is_told_of() -> None:
    document = long_banner("S" * 400)

    assert any("has no room" in found.message for found in check_banners(document, style("base")))


def test_short_banners_stand_where_the_style_has_them() -> None:
    look = style("base")
    document = made(("Words.", 1), look=look)
    banners = Banners(document, look, Typesetter(look, Faces(look.fonts), "en"))
    found = banners.of(document.marking, look.page)

    assert found is not None
    assert (found.scale, found.top, found.bottom) == (
        1.0,
        (float(look.page.banner_top),),
        (float(look.page.banner_bottom),),
    )


# --------------------------------------------------------------------------- colours, screen readers


def coloured(colour: str, use: BannerColours) -> tuple[Document, Style]:
    look = replace(style("base"), markings=MarkingLook(False, BannerOf.PACK, use))
    document = made(("Words.", 2), look=look)
    levels = tuple(replace(level, colour=colour) for level in tokens().levels)
    return replace(document, policy=replace(tokens(), levels=levels)), look


def streams(document: Document, look: Style) -> str:
    import io

    content = write_body(document, look, lay_out(document, look)).content
    with pikepdf.open(io.BytesIO(content)) as opened:
        return "\n".join(page.Contents.read_bytes().decode("latin-1") for page in opened.pages)


def test_the_words_of_banners_have_the_colour_of_their_level() -> None:
    document, look = coloured("#c00000", BannerColours.TEXT)

    assert "0.7529 0 0 rg" in streams(document, look)
    assert list(check_banners(document, look)) == []


def test_a_colour_that_is_too_pale_for_words_is_told_of_and_not_used() -> None:
    document, look = coloured("#ffd400", BannerColours.TEXT)
    (found,) = check_banners(document, look)

    assert found.rule == "marking-colour"
    assert "1 0.8314 0 rg" not in streams(document, look)


@pytest.mark.parametrize(("colour", "ink"), [("#ffd400", "0 0 0 rg"), ("#700010", "1 1 1 rg")])
def test_a_band_of_colour_has_words_that_can_be_read_on_it(colour, ink) -> None:
    document, look = coloured(colour, BannerColours.BAND)
    operators = streams(document, look)

    assert ink in operators
    assert list(check_banners(document, look)) == []


def test_the_marking_is_heard_once_and_before_everything_else() -> None:
    look = style("base")
    document = made(("Words.", 2), look=look)
    laid = lay_out(document, look)
    content = write_body(document, look, laid).content
    import io

    assert laid.structure.children[0] is laid.said
    with pikepdf.open(io.BytesIO(content)) as opened:
        root = opened.Root.StructTreeRoot.K
        root = root[0] if isinstance(root, pikepdf.Array) else root
        first = root.K[0]
        assert first.S == "/P"
        assert first.Pg.objgen == opened.pages[0].objgen
        marks = [
            page.Contents.read_bytes().decode("latin-1").count("Type/Pagination") for page in opened.pages
        ]
    assert all(marks)


def test_a_pack_without_a_policy_says_nothing_more_than_before() -> None:
    look = style("base")
    document = replace(made(("Words.", 2), look=look), policy=None)

    assert lay_out(document, look).said is None


def test_properties_have_the_marking_where_it_is_computed() -> None:
    import io

    look = style("base")
    document = made(("Words.", 2), look=look)
    for policy, words in ((tokens(), f"FMM(25); {document.meta.marking}"), (None, "FMM(25)")):
        each = replace(document, policy=policy)
        content = write_body(each, look, lay_out(each, look)).content
        with pikepdf.open(io.BytesIO(content)) as opened:
            assert str(opened.docinfo.Keywords) == words
            assert words in opened.Root.Metadata.read_bytes().decode()


def test_contents_and_bookmarks_have_the_marks_of_titles() -> None:
    look = by_page()
    document = made(("Words.", 2), look=look, title=1)
    body = write_body(document, look, lay_out(document, look))

    assert body.outline[0].title == "1 (px1x) One"
    assert "(px1x) One" in texts(body.content)[1].replace("\u00a0", " ")


def test_marks_are_on_the_line_of_the_word_behind_them() -> None:
    look = by_page()
    document = made(*[("long-word-that-fills " * count, 1) for count in range(1, 12)], look=look)

    for text in texts(write_body(document, look, lay_out(document, look)).content)[2:]:
        assert not re.search(r"\(px\dx\)\s*(\r?\n|\Z)", text)


def test_the_join_of_all_is_that_of_the_pack() -> None:
    document = made(("Open.", 0), ("Secret.", 2), look=by_page(), title=1)

    assert document.marking == join(
        block.marking for section in document.sections for block in section.blocks if block.marking
    )
    assert all(portion_mark(block.spans)[0] for block in document.sections[0].blocks)
    assert plain_text(portion_mark(document.sections[0].blocks[0].spans)[1]) == "Open."


@pytest.mark.parametrize("alt", ["", "A map."])
def test_a_picture_marks_its_page_whether_it_is_read_out_or_not(alt) -> None:
    look = by_page()
    open_ = Limits(marking=Marking(0))
    data = next(every(sample_document(), Image)).data
    picture = ImageBlock(
        making.FILE, data, alt, None, None, None, making.where(), limits=Limits(marking=Marking(2))
    )
    section = making.section(
        "one", ParagraphBlock((Text("Words."),), making.where(), None, open_), picture, limits=open_
    )
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(section), policy=tokens(), limits=limits)
    document = chosen(pack, cleared(making.audience()), look)

    assert banners(document, look) == [2, 0, 2]


def test_heads_of_columns_count_on_every_page_that_has_them_again() -> None:
    look = by_page()
    rows = tuple(
        AuthorRow(
            (AuthorCell((making.text(f"Row {number}"),), making.where()),),
            making.where(),
            limits=Limits(marking=Marking(0)),
        )
        for number in range(120)
    )
    table = TableBlock(
        (AuthorColumn(making.words("Head"), None, None),),
        rows,
        None,
        None,
        making.where(),
        limits=Limits(marking=Marking(0), title_marking=Marking(2)),
    )
    section = making.section("one", table, limits=Limits(marking=Marking(0)))
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(section), policy=tokens(), limits=limits)
    document = chosen(pack, cleared(making.audience()), look)
    found = banners(document, look)

    assert len(found) > 4
    assert set(found[2:]) == {2}
