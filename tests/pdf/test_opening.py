from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.document import Text
from briefpack.pdf.cover import cover_flows, cover_logo
from briefpack.pdf.divider import divider_flows
from briefpack.pdf.fonts import Faces
from briefpack.pdf.layout import lay_out
from briefpack.pdf.opening import balanced
from briefpack.pdf.pages import PageKind
from briefpack.pdf.structure import Element
from briefpack.pdf.text import Typesetter
from tests.pdf.looks import NAMES, pack, style
from tests.samples import picture, sample_annexes, sample_document


def _setter(name: str = "base") -> Typesetter:
    return Typesetter(style(name), Faces(style(name).fonts), "en")


def test_a_balanced_title_has_as_many_lines_of_nearly_the_same_length() -> None:
    setter = _setter()
    words = "Meeting of the Ministers for Foreign Trade"
    plain = setter.flow((Text(words),), "cover-title")
    plain.fit(float(style().page.text_width))
    flow = balanced(setter, words, "cover-title", Element("P"))
    assert flow.lines == plain.lines > 1
    widths = [placed.line.width for placed in flow._lines]
    unbalanced = [placed.line.width for placed in plain._lines]
    assert max(widths) - min(widths) < max(unbalanced) - min(unbalanced)


def test_a_short_title_is_left_alone() -> None:
    assert balanced(_setter(), "Agenda", "cover-title", Element("P")).lines == 1


@pytest.mark.parametrize("name", NAMES)
def test_what_the_pack_does_not_say_is_not_on_the_cover(name: str) -> None:
    look = style(name)
    full = cover_flows(sample_document(), look, _setter(name), Element("Sect"))
    bare = cover_flows(
        sample_document(subtitle="", place="", chair="", owner="", dates=""),
        look,
        _setter(name),
        Element("Sect"),
    )
    assert len(bare) < len(full)


def test_a_long_cover_moves_up_before_it_sticks_out() -> None:
    look = style()
    document = sample_document(title="A long title for a long meeting of many ministers " * 8)
    (cover,) = (page for page in lay_out(document, look).pages if page.kind is PageKind.COVER)
    frame = look.page.height - look.page.top
    assert cover.placed[0].top > frame - look.cover.top * look.page.text_height
    last = cover.placed[-1]
    assert last.top - last.flow.height >= look.page.bottom - 0.01


def test_a_cover_that_is_more_than_a_page_goes_on_inside_the_frame() -> None:
    look = style()
    document = sample_document(title="A long title for a long meeting of many ministers " * 20)
    covers = [page for page in lay_out(document, look).pages if page.kind is PageKind.COVER]
    assert [page.label for page in covers] == ["i", "ii"]
    for page in covers:
        for placed in page.placed:
            assert placed.top - placed.flow.height >= look.page.bottom - 0.05


def test_a_logo_stands_at_the_top_and_keeps_the_words_clear() -> None:
    look = replace(style(), cover=replace(style().cover, logo=picture(100, 400)))
    document = sample_document()
    logo = cover_logo(document, Typesetter(look, Faces(look.fonts), "en"), Element("Sect"))
    assert logo is not None
    (cover,) = (page for page in lay_out(document, look).pages if page.kind is PageKind.COVER)
    first, second = cover.placed[:2]
    assert first.top == pytest.approx(look.page.height - look.page.top)
    assert second.top <= first.top - first.flow.height


def test_without_a_logo_nothing_stands_above_the_kicker() -> None:
    assert cover_logo(sample_document(), _setter(), Element("Sect")) is None


def test_the_divider_tells_label_title_source_and_pages() -> None:
    annexes = sample_annexes((4, 1))
    flows = [divider_flows(annex, "en", style(), _setter(), Element("Sect")) for annex in annexes]
    assert [len(made) for made in flows] == [4, 4]
    assert flows[0][0].anchors() == [("annex_a", 0.0)]


def test_cover_and_dividers_have_pages_of_their_own() -> None:
    document, laid, _ = pack()
    kinds = [page.kind for page in laid.pages]
    assert kinds.count(PageKind.COVER) == 1
    assert kinds.count(PageKind.DIVIDER) == len(document.annexes)
