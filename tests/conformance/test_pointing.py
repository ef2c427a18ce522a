"""Where both files point, and what they say of what cannot be read: addresses, alternative texts, the numbers of charts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from briefpack.document import Chart, Image, Link
from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built
from tests.conformance.packs import every
from tests.word.opened import NOTES

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def _links(node: Any) -> Iterator[str]:
    """The addresses of all links inside."""
    if isinstance(node, Link):
        yield node.url
    elif isinstance(node, tuple):
        for each in node:
            yield from _links(each)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _links(getattr(node, field.name))


def _addresses_in_word(built: Built) -> Iterator[str]:
    for part in ("word/document.xml", NOTES):
        if part not in built.word.parts:
            continue
        links = built.word.find("//w:hyperlink[@r:id]", built.word.root(part))
        folder, name = part.rsplit("/", 1)
        related = (
            {each.get("Id"): each.get("Target") for each in built.word.root(f"{folder}/_rels/{name}.rels")}
            if links
            else {}
        )
        yield from (related[link.get(f"{R}id")] for link in links)


def test_both_files_lead_to_the_same_addresses(built: Built):
    wanted = Counter(_links(built.expected.document.sections))
    pages = built.pages(PageKind.BODY)
    in_pdf = {link.url for link in built.links if link.url is not None and link.page in pages}

    assert Counter(_addresses_in_word(built)) == wanted
    assert in_pdf == set(wanted)


def _pictures(built: Built) -> list[Image | Chart]:
    return [
        block
        for section in built.expected.document.sections
        for block in every(section.blocks)
        if isinstance(block, Image | Chart)
    ]


def test_pictures_say_the_same_in_word(built: Built):
    """And decoration says nothing there, and is called decoration."""
    cover, meta = built.expected.style.cover, built.expected.document.meta
    logo = [meta.organisation] if cover.show and (cover.logo or meta.logo) is not None else []
    in_word = [(each.get("descr") or "") for each in built.word.find("//w:body//wp:docPr")]

    assert in_word == [*logo, *(block.alt for block in _pictures(built))]


def test_a_chart_says_every_number_that_it_shows(built: Built):
    charts = [block for block in _pictures(built) if isinstance(block, Chart)]
    for chart in charts:
        several = len(chart.series) > 1
        names = [*chart.categories, *(series.name for series in chart.series if several)]
        # A number that is missing is said in words, and what numbers count is said once.
        numbers = [
            label.split("\u00a0")[0]
            for series in chart.series
            for value, label in zip(series.values, series.labels, strict=True)
            if value is not None
        ]
        assert [text for text in (*names, *numbers) if text not in chart.alt] == []
        said = sum(chart.alt.count(category) for category in set(chart.categories))
        assert said >= len(chart.categories) * len(chart.series)
    assert len(charts) >= 5 or built.pack != "gallery"
