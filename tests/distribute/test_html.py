"""The HTML form of a message says what the text says, and can neither run nor fetch anything."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from briefpack.distribute.html import as_html


class Reading(HTMLParser):
    """The words and the tags of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.attributes = "", set[str](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.words += " "

    def handle_data(self, data: str) -> None:
        self.words += data


def read(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    reading.close()
    return reading


def test_paragraphs_lists_and_the_marking_are_kept() -> None:
    page = as_html("SECRET\n\nDear Anna,\n\n- one\n- two\nmore\n", "en-GB", "SECRET")
    assert '<html lang="en-GB">' in page
    assert "<strong>SECRET</strong>" in page
    assert '<ul><li dir="auto">one</li><li dir="auto">two</li></ul>\n<p dir="auto">more</p>' in page


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'\n- "), max_size=200))
def test_whatever_the_words_they_are_words(words: str) -> None:
    reading = read(as_html(words, "en", "X"))
    assert reading.tags <= {"html", "head", "meta", "body", "p", "ul", "li", "br", "strong"}
    assert reading.attributes <= {"lang", "charset", "style", "dir"}
    said = "".join(reading.words.split())
    assert said.replace("-", "") == "".join(words.split()).replace("-", "")


def test_a_page_asks_for_nothing_from_elsewhere() -> None:
    page = as_html(
        '<img src="https://x.example/a.png"> <script>alert(1)</script> https://x.example', "en", ""
    )
    assert not {"img", "script", "link", "iframe", "a"} & read(page).tags
