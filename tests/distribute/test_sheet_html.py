"""The sheet for the screen shows who gets what, whole and safe."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from lxml import html

from briefpack.distribute.sheet_html import Sheet, sheet_html
from briefpack.distribution import Line
from tests.distribute.made import META, base_style, reader
from tests.distribute.test_outbox import posted

ODD = '<img src=x onerror="alert(1)"> & Co.'
READERS = [
    reader("anna@example.int", ODD, copy=4),
    reader("layla@example.int", "ليلى حداد", line=Line.CC),
    reader("carl@example.int", line=Line.BCC),
]
SHEET = Sheet(META, "INTERNAL", "2 April 2025", ("Press",), 10_000_000, base_style())


def page(sheet: Sheet = SHEET, size: int = 10_000_000) -> html.HtmlElement:
    return html.document_fromstring(sheet_html(sheet, posted(READERS, size=size)).decode())


def test_everybody_everything_and_its_checksum_is_shown() -> None:
    text = page().text_content()
    for words in (
        ODD,
        "ليلى حداد",
        "anna@example.int",
        "carl@example.int",
        "Copy no. 4",
        "visit-desk.pdf",
        posted(READERS)[0].message.letter.attachments[0].sha256,
        "INTERNAL",
        "Nobody gets the pack of: Press",
        "Please find attached the pack",
    ):
        assert words in text, words


def test_hidden_readers_are_shown_as_hidden() -> None:
    shown = page()
    heads = [each.text_content() for each in shown.iter("dt")]
    assert heads == ["Subject", "From", "To", "Cc", "Bcc"]


def test_the_page_can_neither_run_nor_fetch_anything() -> None:
    content = sheet_html(SHEET, posted(READERS)).decode()
    shown = page()
    assert not list(shown.iter("script", "img", "iframe", "link", "object", "form"))
    assert not {
        name for each in shown.iter() for name in each.attrib if name.startswith("on") or name == "src"
    }
    assert all(each.get("href").startswith("#") for each in shown.iter("a"))
    assert "default-src 'none'" in content
    assert "url(" not in content
    assert "@import" not in content


def test_every_tag_is_closed_where_it_was_opened() -> None:
    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, _attrs: object) -> None:
            if tag not in {"meta", "br"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    balance = Balance()
    balance.feed(sheet_html(SHEET, posted(READERS)).decode())
    assert balance.open == []


def test_links_lead_to_the_messages() -> None:
    shown = page()
    ids = {each.get("id") for each in shown.iter("article")}
    assert {each.get("href") for each in shown.iter("a")} == {f"#{name}" for name in ids}


def test_a_message_that_is_too_large_stands_out() -> None:
    assert "more than 1 kB" not in page().text_content()
    assert "more than 1 kB" in page(replace(SHEET, size=1000), size=1000).text_content()
