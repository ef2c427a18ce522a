from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.body import AnnexPages, Body
from briefpack.document import Document, TocKind, annex_page_anchor
from briefpack.numerals import roman
from briefpack.pdf.fields import annex_page_label
from briefpack.pdf.furniture import last_page
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.portion import Portioner, with_schedule
from briefpack.pdf.units import units_of
from briefpack.pdf.writer import write_body
from briefpack.style import DividerSheet, SectionStart
from tests.pdf.looks import NAMES, style
from tests.samples import sample_document

FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def pack(name: str, *, annexes: bool = True) -> tuple[Document, Laid, Body]:
    """The sample pack in a style; all the pages that it refers to are there."""
    look = style(name)
    document = sample_document(
        numbered=look.numbering.sections, annexes=(4, 3, 12) if annexes else (), more_sections=2
    )
    laid = lay_out(document, look)
    return document, laid, write_body(document, look, laid)


def portioner(name: str, *, annexes: bool = True) -> Portioner:
    document, _, _ = pack(name, annexes=annexes)
    # A pack that has been divided cannot be drawn whole any more.
    laid = lay_out(document, style(name))
    return Portioner(document, style(name), laid, units_of(document, laid, style(name)))


def alone(maker: Portioner) -> list[range]:
    return [range(number, number + 1) for number in range(len(maker.units))]


def texts(content: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    return found


def behind_front(laid: Laid, body: Body) -> list[tuple[str, str]]:
    """Label and text of all drawn pages behind cover and contents."""
    front = laid.page_numbers.front_pages
    return list(zip(body.labels, texts(body.content), strict=True))[front:]


@pytest.mark.parametrize("annexes", [True, False])
@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_every_page_is_in_one_part_with_its_text_and_number(
    name: str, annexes: bool, data: st.DataObject
) -> None:
    maker = portioner(name, annexes=annexes)
    count = len(maker.units)
    cuts = data.draw(st.sets(st.integers(1, count - 1))) if count > 1 else set()
    groups = [range(*pair) for pair in pairwise([0, *sorted(cuts), count])]
    _, laid, body = pack(name, annexes=annexes)

    found: list[tuple[str, str]] = []
    stamped: list[int] = []
    for number in range(len(groups)):
        document, part = maker.portion(groups, number)
        found += behind_front(part, write_body(document, style(name), part))
        stamped += part.annex_running
        assert [item.annex for item in part.plan if isinstance(item, AnnexPages)] == list(
            range(len(document.annexes))
        )
    assert found == behind_front(laid, body)
    assert tuple(stamped) == laid.annex_running


@pytest.mark.parametrize("name", NAMES)
def test_units_are_sections_and_annexes_where_pages_are_not_shared(name: str) -> None:
    maker = portioner(name)
    document = maker.document
    sections = [each for unit in maker.units for each in unit.sections]
    annexes = [unit.annex for unit in maker.units if unit.annex is not None]
    assert sections == list(range(len(document.sections)))
    assert annexes == list(range(len(document.annexes)))
    shared = style(name).page.section_start.value == "continuous"
    own = [unit for unit in maker.units if unit.sections]
    assert (len(own) < len(document.sections)) is shared
    front = maker.laid.page_numbers.front_pages
    pages = len(maker.laid.pages) - front + sum(annex.pages for annex in document.annexes)
    assert sum(unit.pages for unit in maker.units) == pages


@pytest.mark.parametrize("name", NAMES)
def test_every_part_has_a_cover_and_contents_that_tell_of_all_parts(name: str) -> None:
    maker = portioner(name)
    groups = alone(maker)
    _, _, body = pack(name)
    for number in range(len(groups)):
        document, part = maker.portion(groups, number)
        front = texts(write_body(document, style(name), part).content)[: part.page_numbers.front_pages]
        assert f"Part {number + 1} of {len(groups)}" in " ".join(front[0].split())
        said = " ".join(" ".join(front[1:]).split()).casefold()
        for section in maker.document.sections:
            assert section.title.casefold() in said
        for annex in maker.document.annexes:
            assert f"{annex.label}-1".casefold() in said
        assert [f"in part {n + 1} of {len(groups)}" in said for n in range(len(groups))] == [
            n != number for n in range(len(groups))
        ]
    assert "Part 1 of" not in texts(body.content)[0]


@pytest.mark.parametrize("name", NAMES)
def test_left_pages_stay_on_the_left(name: str) -> None:
    maker = portioner(name)
    groups = alone(maker)
    if not style(name).page.two_sided:
        return
    for number in range(len(groups)):
        document, part = maker.portion(groups, number)
        assert document.part is not None
        front = part.page_numbers.front_pages
        assert front % 2 == (document.part.first_page - 1) % 2
        assert [page.label for page in part.pages[:front]] == [roman(n) for n in range(1, front + 1)]


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_places_in_the_file_and_say_where_it_is_not(name: str) -> None:
    maker = portioner(name)
    groups = alone(maker)
    away = 0
    for number in range(len(groups)):
        document, part = maker.portion(groups, number)
        content = write_body(document, style(name), part).content
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = {page.objgen for page in pdf.pages}
            front = part.page_numbers.front_pages
            numbers = {str(page.objgen): index for index, page in enumerate(pdf.pages)}
            for page in pdf.pages:
                for annotation in page.get("/Annots", []):
                    if "/A" in annotation or isinstance(annotation.Dest, pikepdf.Name):
                        # Out of the pack, or to a page that the binder brings.
                        continue
                    target = annotation.Dest[0]
                    assert target.objgen in pages
                    if " · In part " in str(annotation.Contents):
                        away += 1
                        assert numbers[str(target.objgen)] < front
    assert away


def test_links_to_annexes_in_other_parts_need_no_binder() -> None:
    maker = portioner("base")
    groups = alone(maker)
    named: set[str] = set()
    for number in range(len(groups)):
        document, part = maker.portion(groups, number)
        body = write_body(document, style(), part)
        here = {
            annex_page_anchor(annex.anchor, page)
            for annex in document.annexes
            for page in range(1, annex.pages + 1)
        }
        assert set(body.annex_destinations) <= here
        named |= set(body.annex_destinations)
        assert [entry.anchor for entry in body.outline] == [entry.anchor for entry in document.contents]
    # Contents lead to them, each in its own part.
    assert {annex_page_anchor(annex.anchor, 1) for annex in maker.document.annexes} <= named


def test_the_footer_counts_the_pages_of_the_whole_pack() -> None:
    document, laid, _ = pack("staff")
    maker = portioner("staff")
    part, _ = maker.portion(alone(maker), 0)
    assert part.part is not None
    assert part.part.pages == last_page(laid) != "0"
    assert part.meta.file_stem == f"{document.meta.file_stem}-part-1-of-{len(maker.units)}"


def test_a_part_without_the_last_section_has_no_schedule_in_word() -> None:
    maker = portioner("base")
    groups = [range(1), range(1, len(maker.units))]
    first, _ = maker.portion(groups, 0)
    second, _ = maker.portion(groups, 1)
    one = with_schedule(first, maker.document, here=False)
    other = with_schedule(second, maker.document, here=True)
    assert one.annexes == ()
    assert other.annexes == maker.document.annexes
    assert other.part is not None
    rows = {annex.anchor for annex in maker.document.annexes}
    assert not rows & other.part.elsewhere.keys()
    assert one.part is not None
    assert rows <= one.part.elsewhere.keys()


def test_sections_in_another_language_are_told_apart_in_other_parts() -> None:
    document: Document = sample_document(more_sections=1)
    foreign = [section.anchor for section in document.sections if section.language]
    laid = lay_out(document, style())
    maker = Portioner(document, style(), laid, units_of(document, laid, style()))
    groups = alone(maker)
    for number in range(len(groups)):
        part, _ = maker.portion(groups, number)
        assert part.part is not None
        own = {section.anchor for section in part.sections}
        assert set(part.part.languages) == set(foreign) - own


def test_an_annex_is_divided_by_pages_that_keep_their_numbers() -> None:
    whole = portioner("base")
    last = whole.units[-1]
    assert last.bound == range(1, 13)
    units = (*whole.units[:-1], *last.divided([5, 4, 3]))
    maker = Portioner(whole.document, whole.style, whole.laid, units)
    count = len(units)
    groups = [range(count - 3), range(count - 3, count - 1), range(count - 1, count)]
    _, laid, _ = pack("base")
    first, running = whole.document.annexes[-1], laid.annex_running[-1]

    bound = []
    for number in range(3):
        document, part = maker.portion(groups, number)
        body = write_body(document, style(), part)
        bound.append(
            [(list(annex.here), at) for annex, at in zip(document.annexes, part.annex_running, strict=True)][
                -1
            ]
        )
        assert document.part is not None
        # Which pages are where is said in the contents, in this part and in the others.
        front = " ".join(" ".join(texts(body.content)[: part.page_numbers.front_pages]).split())
        assert f"{first.title} (C-1 to C-9) " in front
        assert f"{first.title} (C-10 to C-12) " in front
        away = document.part.elsewhere
        ninth, tenth = (annex_page_anchor(first.anchor, page) for page in (9, 10))
        assert [(first.anchor in away), (ninth in away), (tenth in away)] == [
            number != 1,
            number != 1,
            number != 2,
        ]
        if number != 2:
            assert away[tenth] == (tenth, "In part 3 of 3")
    assert bound[1:] == [(list(range(1, 10)), running), ([10, 11, 12], running + 9)]


@pytest.mark.parametrize("sheet", list(DividerSheet))
@pytest.mark.parametrize("two_sided", [True, False])
@pytest.mark.parametrize("sections", [True, False])
def test_packs_without_cover_contents_dividers_or_sections(
    sheet: DividerSheet, two_sided: bool, sections: bool
) -> None:
    base = style()
    look = replace(
        base,
        page=replace(base.page, two_sided=two_sided, section_start=SectionStart.RECTO),
        divider=replace(base.divider, sheet=sheet),
        annexes=replace(base.annexes, recto=True),
        cover=replace(base.cover, show=sections),
        contents=replace(base.contents, depth=0 if sections else 2),
    )
    document = sample_document(annexes=(4, 3, 12))
    if not sections:
        entries = tuple(entry for entry in document.contents if entry.kind is TocKind.ANNEX)
        document = replace(document, sections=(), contents=entries)
    laid = lay_out(document, look)
    wanted = behind_front(laid, write_body(document, look, laid))
    units = units_of(document, laid, look)
    maker = Portioner(document, look, laid, (*units[:-1], *units[-1].divided([5, 7])))

    found: list[tuple[str, str]] = []
    groups = alone(maker)
    for number in range(len(groups)):
        part, pages = maker.portion(groups, number)
        body = write_body(part, look, pages)
        found += behind_front(pages, body)
        assert part.part is not None
        front = pages.page_numbers.front_pages
        assert front >= 2
        assert not two_sided or front % 2 == (part.part.first_page - 1) % 2
    assert found == wanted


def in_order(document: Document, laid: Laid) -> list[str]:
    """Labels of all pages behind cover and contents, those of annexes in their places."""
    found: list[str] = []
    for item in laid.plan:
        if isinstance(item, AnnexPages):
            annex = document.annexes[item.annex]
            found += [annex_page_label(annex, page) for page in annex.here]
        elif item.index >= laid.page_numbers.front_pages:
            found.append(laid.pages[item.index].label)
    return found


@pytest.mark.parametrize("sheet", list(DividerSheet))
def test_blank_pages_stay_behind_the_last_pages_of_a_divided_annex(sheet: DividerSheet) -> None:
    base = style()
    look = replace(
        base,
        page=replace(base.page, two_sided=True),
        divider=replace(base.divider, sheet=sheet),
        annexes=replace(base.annexes, recto=True),
    )
    document = sample_document(annexes=(3, 5, 4))
    laid = lay_out(document, look)
    wanted = in_order(document, laid)
    first = laid.annex_running[1]
    *before, middle, last = units_of(document, laid, look)
    twice = [piece for part in middle.divided([1, 4]) for piece in part.divided([1] * len(part.bound))]
    maker = Portioner(document, look, laid, (*before, *twice, last))

    made = [maker.portion(alone(maker), number) for number in range(len(maker.units))]

    assert [label for part, pages in made for label in in_order(part, pages)] == wanted
    assert in_order(*made[-2]) == ["B-5", "B-5*"]
    assert maker.units[-2].pages == 2
    numbers = [part.part.first_page for part, _ in made[-5:-1] if part.part is not None]
    assert numbers == [first + page for page in range(1, 5)]
