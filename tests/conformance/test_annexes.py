"""Annexes in the pack: their words, links and bookmarks as they were, and on every page a stamp that can be read."""

import io
import math
from functools import cache

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops, ImageStat

from briefpack.fields import pack_values
from briefpack.placing import Rows, frame, placings
from briefpack.template import fill
from tests.conformance.built import Built, Targets, bookmarks_of, squeezed
from tests.conformance.packs import SOURCES

FOLDER = SOURCES / "foreign-ministers" / "annexes"


@cache
def _source(name):
    return pikepdf.open(FOLDER / name)


def _annexes(built):
    """Every annex with the file it was made from and its first page in the pack."""
    for number, annex in enumerate(built.expected.document.annexes):
        yield annex, _source(annex.file_name), built.plan.annexes.index(number)


def _annex_pages(built):
    """(annex, 1-based page of it, page of the pack)"""
    for annex, _, first in _annexes(built):
        for number in range(annex.pages):
            yield annex, number + 1, first + number


def test_the_example_annexes_are_hard_to_bind():
    """Turned, cropped and landscape pages, and one destination name in two files: else the tests below prove little."""
    pages = [page for path in FOLDER.glob("*.pdf") for page in _source(path.name).pages]
    sizes = [pypdfium2.PdfDocument(path)[0].get_size() for path in FOLDER.glob("*.pdf")]

    assert any(page.get("/Rotate", 0) % 360 for page in pages)
    assert any("/CropBox" in page and list(page.CropBox) != list(page.MediaBox) for page in pages)
    assert any(width > height for width, height in sizes)
    assert set(Targets(_source("action-plan.pdf")).named) & set(Targets(_source("participants.pdf")).named)
    assert bookmarks_of(_source("action-plan.pdf"))


# --------------------------------------------------------------------------- what the author wrote


def test_links_inside_an_annex_lead_to_the_same_annex(annexed: Built):
    for annex, source, first in _annexes(annexed):
        pages = range(first, first + annex.pages)
        bound = [
            (link.page - first, None if link.to is None else link.to - first, link.url)
            for link in annexed.links
            if link.page in pages
        ]

        assert bound == [(link.page, link.to, link.url) for link in Targets(source).links()], annex.title


@pytest.mark.parametrize("audience", ["delegation", "staff"])
def test_equal_destination_names_in_two_annexes_keep_apart(output, audience):
    built = Built("foreign-ministers", audience, output / "foreign-ministers")
    inside = {}
    for annex, source, first in _annexes(built):
        if annex.file_name in ("action-plan.pdf", "participants.pdf"):
            links = [link for link in Targets(source).links() if link.to is not None]
            assert links
            pages = range(first, first + annex.pages)
            inside[annex.file_name] = [
                link.to in pages for link in built.links if link.page in pages and link.to
            ]

    assert len(inside) == 2
    assert all(map(all, inside.values()))


def test_bookmarks_of_an_annex_hang_under_its_entry(annexed: Built):
    marks = annexed.bookmarks_of_pdfium
    for annex, source, first in _annexes(annexed):
        (place,) = (
            number for number, mark in enumerate(marks) if mark.title == f"{annex.label} {annex.title}"
        )
        under = []
        for mark in marks[place + 1 :]:
            if mark.level <= marks[place].level:
                break
            under.append((mark.level - 1, mark.title, mark.page - first))

        assert under == [(mark.level, mark.title, mark.page) for mark in bookmarks_of(source)]


def test_the_words_of_an_annex_are_all_there(annexed: Built):
    for annex, number, page in _annex_pages(annexed):
        source = pypdfium2.PdfDocument(FOLDER / annex.file_name)
        wanted = source[number - 1].get_textpage().get_text_range().replace("\r", "")

        for text in (annexed.text_of_pdfium[page], annexed.text_of_poppler[page]):
            missing = [line for line in wanted.split("\n") if squeezed(line) not in squeezed(text)]
            # Poppler gives slanted words letter by letter.
            assert missing in ([], ["SPECIMEN"]), f"{annex.title}, page {number}"


def test_an_annex_looks_as_its_author_made_it(annexed: Built):
    """Rendered, every page is the author's page as qpdf lays it into the frame that stamps leave free, and the stamps stand beside it."""
    expected = annexed.expected
    annexes = [annex for annex, _, _ in _annexes(annexed)]
    sizes = [[page.get_size() for page in pypdfium2.PdfDocument(FOLDER / a.file_name)] for a in annexes]
    placed = dict(zip(annexes, placings(expected.document, expected.style, sizes), strict=True))
    for annex, number, page in _annex_pages(annexed):
        placing, where = placed[annex][number - 1], f"{annex.title}, page {number}"
        assert placing.scale > 0.85, where
        before = _rendered(
            _laid(
                _source(annex.file_name).pages[number - 1], placing, sizes[annexes.index(annex)][number - 1]
            )
        )
        after = _rendered(annexed.pdfium[page])
        assert after.size == before.size, where
        low, high = frame(placing.sheet, expected.style, Rows(top=True, bottom=True))
        inside = (0, math.ceil(after.height - high), after.width, math.floor(after.height - low))
        apart = ImageChops.difference(after.crop(inside), before.crop(inside))
        # Roundings of a matrix may move a hairline to the next pixel.
        moved = apart.point([255 if value > 60 else 0 for value in range(256)])
        assert ImageStat.Stat(apart).mean[0] < 0.1, where
        assert ImageStat.Stat(moved).mean[0] / 255 < 0.001, where
        assert before.crop(inside).getextrema()[0] < 140, where


def _laid(page, placing, size):
    """An author's page on a blank sheet, laid there by qpdf."""
    sheet = pikepdf.new()
    sheet.add_blank_page(page_size=placing.sheet)
    width, height = (placing.scale * side for side in size)
    place = pikepdf.Rectangle(placing.left, placing.bottom, placing.left + width, placing.bottom + height)
    sheet.pages[0].add_overlay(page, place)
    out = io.BytesIO()
    sheet.save(out)
    return pypdfium2.PdfDocument(out.getvalue())[0]


def _rendered(page, scale=1):
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()


# --------------------------------------------------------------------------- stamps


def test_every_annex_page_is_stamped_upright_where_its_reader_looks(annexed: Built):
    """Marking on top in the middle; label and running number at the foot on the right, whatever the page's turn and crop."""
    style, document = annexed.expected.style, annexed.expected.document
    margin = float(style.stamp.margin)
    for annex, number, page in _annex_pages(annexed):
        width, height = annexed.pdfium[page].get_size()
        where = f"{annex.label}-{number}"

        top = [char for char in annexed.chars(page) if char.upright and char.baseline > height - 2 * margin]
        foot = [char for char in annexed.chars(page) if char.upright and char.baseline < 2 * margin]

        values = pack_values(document.meta, style) | {"marking": annex.marking or document.meta.marking}
        assert _words(annexed, page, top) == fill(style.stamp.top.centre, values), where
        assert _words(annexed, page, foot).endswith(f"{where} · {_running(annexed, page)}"), where
        assert max(char.right for char in foot) == pytest.approx(width - margin, abs=1.5), where
        middle = (min(char.left for char in top) + max(char.right for char in top)) / 2
        assert middle == pytest.approx(width / 2, abs=1.5), where
        assert min(char.bottom for char in foot) > 4, where
        assert max(char.top for char in top) < height - 4, where


def _words(built, page, chars):
    left, right = min(c.left for c in chars), max(c.right for c in chars)
    bottom, top = min(c.bottom for c in chars), max(c.top for c in chars)
    return built.words_in(page, (left - 1, bottom - 1, right + 1, top + 1))


def _running(built, page):
    """Pages from page 1 of the body on, dividers and blank pages counted."""
    return page + 1 - built.plan.labels.index("1")


def test_stamps_are_ink_on_paper(annexed: Built):
    """The place where a reader program finds a stamp's letters shows them, dark on light, when it is rendered."""
    scale = 3
    for annex, number, page in _annex_pages(annexed):
        height = annexed.pdfium[page].get_height()
        picture = _rendered(annexed.pdfium[page], scale)
        edge = 2 * annexed.expected.style.stamp.margin
        stamped = [
            char
            for char in annexed.chars(page)
            if char.upright
            and (char.baseline > height - edge or char.baseline < edge)
            and char.text.isalnum()
        ]
        assert stamped
        for char in stamped:
            box = (char.left, height - char.top, char.right, height - char.bottom)
            seen = picture.crop(tuple(round(side * scale) for side in box))
            assert seen.getextrema()[0] < 140, f"{char} on page {annex.label}-{number}"
            around = picture.crop(
                (round((char.left - 1) * scale), round((box[1] - 2) * scale), round((char.right + 1) * scale),
                 round((box[1] - 1) * scale))
            )  # fmt: skip
            assert around.getextrema()[0] > 200, f"{char} on page {annex.label}-{number}"
