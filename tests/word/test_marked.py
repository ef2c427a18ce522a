"""Markings in Word files: marks of portions, banners of sections, colours, properties."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.limits import Limits
from briefpack.marking import Marking
from briefpack.pdf.layout import lay_out
from briefpack.style import BannerColours, BannerOf, MarkingLook
from briefpack.word.writer import write_docx
from tests.markings import BANNER, PORTION, cleared, marked, tokens
from tests.pdf.test_banners import BY_PAGE, COUNTRIES, chosen, long_banner, made
from tests.resolve import making
from tests.strategies import packs_and_readers
from tests.word.opened import W, faults, open_docx, style_of, text_of, written


def parts(opened):
    """The text of each Word section, with the words of its headers and of its footers."""
    texts, words = [], []
    for child in opened.body:
        words.append(text_of(child))
        if child.tag == f"{W}sectPr" or child.find(f".//{W}sectPr") is not None:
            texts.append("".join(words))
            words = []
    return zip(texts, opened.headers("header"), opened.headers("footer"), strict=True)


@settings(max_examples=40, deadline=None)
@given(
    packs_and_readers(references=False), st.integers(0, 10**6), st.sampled_from(["base", "press", "staff"])
)
def test_no_section_says_less_than_what_is_in_it(drawn, seed, name) -> None:
    pack, audience = drawn
    look = replace(style_of(name), markings=BY_PAGE)
    document = chosen(marked(pack, seed), cleared(audience), look)
    if document is None:
        return
    opened = open_docx(write_docx(document, look, lay_out(document, look).page_numbers))

    for text, headers, footers in parts(opened):
        portions = [int(level) for level in PORTION.findall(re.sub(r"\s", "", text))]
        for _, words in (*headers, *footers):
            (banner,) = {int(level) for level in BANNER.findall(words)}
            assert max(portions, default=0) <= banner <= document.marking.level


def levels(opened, kind="header"):
    return [int(BANNER.findall(pages[0][1])[0]) for pages in opened.headers(kind)]


def test_banners_tell_of_the_section_where_the_style_wants_those_of_pages() -> None:
    sections = [
        making.section(f"s-{level}", making.text("Words."), limits=Limits(marking=Marking(level)))
        for level in (0, 2, 1)
    ]
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(*sections), policy=tokens(), limits=limits)
    look = replace(style_of("base"), markings=BY_PAGE)
    document = chosen(pack, cleared(making.audience()), look)
    opened = written(document, look)

    # Cover, contents, sections.
    assert levels(opened) == levels(opened, "footer") == [2, 2, 0, 2, 1]
    assert faults(opened) == []
    every = replace(look, markings=replace(BY_PAGE, banner=BannerOf.PACK))
    assert set(levels(written(document, every))) == {2}
    # Sections that share pages share their banner.
    assert levels(written(document, replace(style_of("press"), markings=BY_PAGE)))[2:] == [2]


def test_annexes_that_are_shown_carry_their_own_marking() -> None:
    annex = replace(making.annex("map"), limits=Limits(marking=Marking(2)))
    section = making.section("one", making.text("Open."), limits=Limits(marking=Marking(0)))
    limits = Limits(marking=Marking(0), title_marking=Marking(0))
    pack = replace(making.pack(section, annexes=(annex,)), policy=tokens(), limits=limits)
    look = replace(style_of("base"), markings=BY_PAGE)
    document = chosen(pack, cleared(making.audience()), look)

    # The schedule tells the annex's title, which is marked as the annex is.
    assert levels(written(document, look)) == [2, 2, 0, 2]
    assert "(px2x)\u00a0Map" in text_of(written(document, look).body)


def test_marks_are_quiet_and_stay_with_their_words() -> None:
    look = replace(style_of("base"), markings=BY_PAGE)
    opened = written(made(("Words.", 1), look=look, title=1), look)
    marks = [run for run in opened.find("//w:r") if PORTION.search(text_of(run))]

    assert marks
    assert all(text_of(run).endswith("\u00a0") for run in marks)
    assert all(run.find(f"{W}rPr/{W}rStyle") is not None or run.find(f"{W}rPr/{W}color") is not None for run in marks)  # fmt: skip
    assert opened.texts("Heading1")[0].endswith("(px1x)\u00a0One")


@pytest.mark.parametrize(
    ("use", "kept"),
    [
        (BannerColours.NONE, set()),
        (BannerColours.TEXT, {"color"}),
        (BannerColours.BAND, {"color", "shd"}),
    ],
)
def test_banners_have_the_colours_of_their_level(use, kept) -> None:
    look = replace(style_of("base"), markings=MarkingLook(False, BannerOf.PACK, use))
    document = made(("Words.", 2), look=look)
    coloured = tuple(replace(level, colour="#700010") for level in tokens().levels)
    document = replace(document, policy=replace(tokens(), levels=coloured))
    opened = written(document, look)
    headers = [name for name in opened.parts if name.startswith("word/header")]

    for name in headers:
        run = next(run for run in opened.root(name).iter(f"{W}r") if BANNER.search(text_of(run)))
        look_of = run.find(f"{W}rPr")
        found = set() if look_of is None else {child.tag.removeprefix(W) for child in look_of}
        assert found == kept
    assert faults(opened) == []


def test_a_long_banner_leaves_room_for_its_lines() -> None:
    look = style_of("base")
    short = written(long_banner("SECRETX"), look)
    long = written(long_banner(f"SECRETX RELEASABLEX TOX {COUNTRIES}".upper()), look)

    def after(opened):
        root = opened.root("word/header2.xml")
        return [int(each.get(f"{W}before", 0)) for each in root.iter(f"{W}spacing")]

    # The header comes nearer by one line, and the text stays where it is.
    assert sum(after(short)) - sum(after(long)) == pytest.approx(204, abs=30)
    assert COUNTRIES.upper() in "".join(words for pages in long.headers("header") for _, words in pages)
    assert faults(long) == []


def test_properties_have_the_marking() -> None:
    opened = written(long_banner("SECRETX"), style_of("base"))

    assert b"<cp:keywords>FMM(25); SECRETX</cp:keywords>" in opened.parts["docProps/core.xml"]
    assert b"SECRETX" in opened.parts["docProps/custom.xml"]
    free = replace(long_banner("SECRETX"), policy=None)
    assert b"<cp:keywords>FMM(25)</cp:keywords>" in written(free, style_of("base")).parts["docProps/core.xml"]
