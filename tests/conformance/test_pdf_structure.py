"""Four readers of PDF agree with each other and with the plan: pages, labels, bookmarks, links, fonts and properties."""

import re
from itertools import pairwise

import pikepdf
import pytest
from lxml import etree

from briefpack.document import TocKind, annex_page_anchor
from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built, Targets, squeezed, tool

DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def test_qpdf_finds_nothing_wrong(built: Built):
    assert "No syntax or stream encoding errors found" in tool("qpdf", "--check", str(built.pdf))


def test_every_reader_counts_the_same_pages(built: Built):
    counted = {
        "pdfium": len(built.pdfium),
        "pikepdf": len(built.pikepdf.pages),
        "qpdf": int(tool("qpdf", "--show-npages", str(built.pdf))),
        "poppler": int(re.search(r"^Pages:\s*(\d+)$", tool("pdfinfo", str(built.pdf)), re.MULTILINE)[1]),
    }

    assert counted == dict.fromkeys(counted, len(built.plan.labels))


# --------------------------------------------------------------------------- page labels

NUMERALS = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip


def _roman(number):
    letters = ""
    for numeral, value in NUMERALS:
        while number >= value:
            letters, number = letters + numeral, number - value
    return letters


def _labels(pdf):
    """The number tree of page labels, worked out page by page (ISO 32000-2, 12.4.2)."""
    ranges = pikepdf.NumberTree(pdf.Root.PageLabels)
    labels, current, first = [], None, 0
    for page in range(len(pdf.pages)):
        if page in ranges:
            current, first = ranges[page], page
        number = int(current.get("/St", 1)) + page - first
        style = str(current.get("/S", ""))
        digits = {"": "", "/D": str(number), "/r": _roman(number), "/R": _roman(number).upper()}[style]
        labels.append(str(current.get("/P", "")) + digits)
    return labels


def test_page_labels_are_those_of_the_plan(built: Built):
    planned = list(built.plan.labels)

    assert [built.pdfium.get_page_label(page) for page in range(len(planned))] == planned
    assert _labels(built.pikepdf) == planned


def test_no_page_label_is_used_twice(built: Built):
    assert len(set(built.plan.labels)) == len(built.plan.labels)


# --------------------------------------------------------------------------- bookmarks


def _own_bookmarks(built, bookmarks):
    """The pack's own bookmarks, without those that an annex brought along."""
    first_annex = min(
        (page for page, annex in enumerate(built.plan.annexes) if annex is not None), default=10**6
    )
    return [mark for mark in bookmarks if mark.page < first_annex or mark.level == 0]


def test_bookmarks_are_the_contents(built: Built):
    entries = built.expected.document.contents
    own = _own_bookmarks(built, built.bookmarks_of_pdfium)

    assert [mark.title for mark in own] == [
        entry.title if entry.number is None else f"{entry.number} {entry.title}" for entry in entries
    ]
    depths = [mark.level for mark in own]
    assert depths[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(depths))
    assert all((depth == 0) == (entry.level == 1) for depth, entry in zip(depths, entries, strict=True))


def test_two_readers_find_the_same_bookmarks(built: Built):
    assert built.bookmarks_of_pikepdf == built.bookmarks_of_pdfium


def test_bookmarks_lead_to_the_page_with_their_words(built: Built):
    for mark in _own_bookmarks(built, built.bookmarks_of_pdfium):
        annex = built.plan.annexes[mark.page]
        if annex is None:
            assert squeezed(mark.title) in squeezed(built.text_of_pdfium[mark.page])
        else:
            entry = built.expected.document.annexes[annex]
            assert mark.title == f"{entry.label} {entry.title}"
            assert built.plan.labels[mark.page] == f"{entry.label}-1"


# --------------------------------------------------------------------------- contents


def _contents_lines(built, text_of):
    """(words, printed page) of every line of the contents pages that ends in a page label."""
    labels = set(built.plan.labels)
    found = []
    for page in built.pages(PageKind.CONTENTS):
        # Poppler gives the leader a line of its own, pdfium leaves it inside the entry or ends the line after it.
        text = re.sub(r"(?m)^(\. ?)+$\n?", "", text_of[page])
        text = re.sub(r"(?:\s*\.){4,}\s*", " ", text)
        for line in text.split("\n"):
            match = re.fullmatch(r"(.+?)\s+(\S+)\s*", line)
            if match and match[2] in labels:
                found.append((" ".join(match[1].split()), match[2]))
    return found


def _printed_page(built, entry):
    """The label of the page where an entry's words stand; for an annex of its first page."""
    numbers = built.laid.page_numbers.label_of
    return numbers[annex_page_anchor(entry.anchor, 1) if entry.kind is TocKind.ANNEX else entry.anchor]


@pytest.mark.parametrize("reader", ["pdfium", "poppler"])
def test_the_contents_print_every_entry_with_the_label_of_its_page(built: Built, reader):
    text_of = getattr(built, f"text_of_{reader}")
    lines = _contents_lines(built, text_of)
    wanted = [
        (" ".join(filter(None, (entry.number, entry.title))), _printed_page(built, entry))
        for entry in built.expected.printed_contents
    ]

    found = [line for line in lines if line in wanted]

    assert wanted
    assert found == wanted


def test_the_number_in_the_contents_is_printed_on_the_page_that_the_link_leads_to(built: Built):
    """Contents = link target = page label = what is printed at the foot of the page."""
    pages = built.pages(PageKind.CONTENTS)
    links = [link for link in built.links if link.page in pages]
    entries = built.expected.printed_contents
    # Top to bottom, page by page.
    links.sort(key=lambda link: (link.page, -link.rect[3]))

    assert len(links) == len(entries)
    for entry, link in zip(entries, links, strict=True):
        words = squeezed(_words_in(built, link))
        label = built.plan.labels[link.to]
        assert words.startswith(squeezed(" ".join(filter(None, (entry.number, entry.title)))))
        assert words.endswith(squeezed(label))
        assert label == _printed_page(built, entry)
        assert label in _foot(built, link.to)


def _words_in(built, link):
    return built.words_in(link.page, link.rect)


def _foot(built, page):
    """The words at the foot of a page: its footer, or what is stamped on an annex."""
    style = built.expected.style
    height = style.page.bottom if built.plan.annexes[page] is None else style.stamp.margin * 2
    return built.words_in(page, (0, 0, 10_000, height)).split()


def test_every_numbered_page_prints_its_label(built: Built):
    for page in built.pages(PageKind.CONTENTS, PageKind.BODY, None):
        assert built.plan.labels[page] in _foot(built, page), f"page {page + 1}"


# --------------------------------------------------------------------------- links


def test_links_in_the_text_lead_to_what_their_words_say(built: Built):
    """“section 3”, “§3”, “Annex B, p. 2” and titles; the author's own words are only looked for."""
    document = built.expected.document
    bodies = built.pages(PageKind.BODY)
    outline = built.bookmarks_of_pdfium
    checked = 0
    for link in built.links:
        if link.page not in bodies or link.to is None:
            continue
        words = " ".join(_words_in(built, link).split())
        if annex := re.search(r"Annex ([A-Z])\b(?:, p\. (\d+))?", words):
            if annex[2]:
                assert built.plan.labels[link.to] == f"{annex[1]}-{annex[2]}"
            else:
                assert built.plan.labels[link.to] in {annex[1], f"{annex[1]}-1"}
            checked += 1
        elif number := re.search(r"(?:§|section )([\d.]+\d|\d)", words):
            (page,) = {mark.page for mark in outline if mark.title.split(" ")[0] == number[1]}
            assert link.to == page
            checked += 1
        else:
            titles = [mark for mark in outline if squeezed(mark.title) in squeezed(words)]
            assert not titles or link.to in {mark.page for mark in titles}
            checked += bool(titles)
    if len(document.sections) > 1:
        assert checked


def test_addresses_are_of_the_web(built: Built):
    urls = [link.url for link in built.links if link.url is not None]

    assert all(re.match(r"https?://|mailto:", url) for url in urls), urls


def test_every_link_leads_to_a_page_or_an_address(built: Built):
    """By place, not by a name that another file's name could hide; names there are of the annexes' pages alone, and true."""
    annexes = built.expected.document.annexes
    pages = {
        annex_page_anchor(annexes[annex].anchor, int(built.plan.labels[page].rsplit("-", 1)[1])): page
        for page, annex in enumerate(built.plan.annexes)
        if annex is not None
    }
    for name, place in Targets(built.pikepdf).named.items():
        assert place[0].objgen == built.pikepdf.pages[pages[name]].obj.objgen
    for link in built.links:
        assert (link.url is None) == (link.to in range(len(built.plan.labels)))


# --------------------------------------------------------------------------- fonts, properties, what must not be there


def test_all_fonts_are_embedded_as_subsets(built: Built):
    """Those of the example annexes too: no page depends on what a machine has installed."""
    rows = tool("pdffonts", str(built.pdf)).splitlines()[2:]

    assert rows
    for row in rows:
        assert re.search(r" yes yes yes +\d+ +0$", row), row


def test_properties_say_what_the_pack_is(built: Built):
    meta = built.expected.document.meta
    pdf = built.pikepdf
    said = built.pdfium.get_metadata_dict()

    assert said["Title"] == meta.title
    assert said["Author"] == meta.organisation
    assert str(pdf.Root.Lang) == meta.language
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())
    assert [found.text for found in xmp.iter(f"{DC}title") for found in found.iter(f"{RDF}li")] == [
        meta.title
    ]
    assert [found.text for found in xmp.iter(f"{DC}language") for found in found.iter(f"{RDF}li")] == [
        meta.language
    ]
    if meta.organisation:
        creators = [found.text for found in xmp.iter(f"{DC}creator") for found in found.iter(f"{RDF}li")]
        assert creators == [meta.organisation]


FORBIDDEN = {
    "/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/AF",
    "/RichMedia", "/XFA", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
}  # fmt: skip


def test_nothing_runs_and_nothing_is_attached(built: Built):
    found = set()
    for item in built.pikepdf.objects:
        found |= _names(item) & FORBIDDEN
    assert not found


def _names(item):
    """Keys and names in an object, not following references."""
    if isinstance(item, pikepdf.Stream):
        return _names(item.stream_dict)
    if isinstance(item, pikepdf.Dictionary):
        found = set(item.keys())
        for key in item:
            value = item.get(key)
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                found |= _names(value)
        return found
    if isinstance(item, pikepdf.Array):
        return set().union(
            *(
                _names(value)
                for value in item
                if not (isinstance(value, pikepdf.Object) and value.is_indirect)
            ),
            set(),
        )
    return {str(item)} if isinstance(item, pikepdf.Name) else set()
