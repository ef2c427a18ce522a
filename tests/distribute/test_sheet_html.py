"""The sheet for the screen shows who gets what, whole and safe."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from lxml import html

from briefpack.distribute.letters import Step
from briefpack.distribute.message import message_of
from briefpack.distribute.parcel import BESIDE, Part, whole
from briefpack.distribute.posted import Posted
from briefpack.distribute.sheet import MOST_ODD, Sheet
from briefpack.distribute.sheet_html import sheet_html
from briefpack.distribute.sheet_look import CSS
from briefpack.distribute.traces import short_id
from briefpack.distribution import Fit, Line
from tests.distribute.made import DATE, META, base_style, made_letters, reader
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


def test_every_cell_knows_the_head_of_its_column_for_narrow_screens() -> None:
    for shown in (page(), html.document_fromstring(sheet_html(SHEET, copies(3)).decode())):
        tables = list(shown.iter("table"))
        assert len(tables) > 1
        for each in tables:
            heads = [head.text_content() for head in each.iter("th")]
            rows = [row for row in each.iter("tr") if row.find("td") is not None]
            assert rows
            for row in rows:
                assert [cell.get("data-head") for cell in row.iter("td")] == heads


def test_links_lead_to_the_messages() -> None:
    shown = page()
    ids = {each.get("id") for each in shown.iter("article")}
    assert {each.get("href") for each in shown.iter("a")} == {f"#{name}" for name in ids}


def test_a_message_that_is_too_large_stands_out() -> None:
    assert "more than 1 kB" not in page().text_content()
    assert "more than 1 kB" in page(replace(SHEET, size=1000), size=1000).text_content()


# --------------------------------------------------------------------------- copies, parts, drafts


def copies(count: int = 3, *, locked: bool = False) -> tuple[Posted, ...]:
    """Each reader his own files, the last of which is beside the pack."""
    letters = made_letters(
        [reader(f"r{n}@example.int", f"Reader {n}", copy=n) for n in range(1, count + 1)],
        subject={"": "Your copy {copy}"},
    )
    beside = whole("A-figures.xlsx", BESIDE, b"figures", 0)
    found = []
    for number, letter in enumerate(letters):
        own = [
            replace(each, trace=short_id(each.name, letter.name), sha256=f"{number:064x}", locked=locked)
            for each in letter.attachments
        ]
        steps = (Step(Fit.COMPRESS, 9000, 1000),)
        made = replace(letter, attachments=(*own, beside), steps=steps, part=Part(1, 2))
        found.append(Posted(message_of(made, "visit", DATE), 1000, is_large=False))
    return tuple(found)


def test_copies_are_one_row_of_the_summary_and_one_article_with_a_row_for_each() -> None:
    shown = html.document_fromstring(sheet_html(SHEET, copies()).decode())
    (article,) = shown.iter("article")
    summary, files, readers = shown.iter("table")
    assert len(summary.findall(".//tbody/tr")) == 1
    assert "desk_1 … desk_3" in summary.text_content()
    rows = readers.findall(".//tbody/tr")
    assert [row[0].text_content() for row in rows] == ["1", "2", "3"]
    for number, row in enumerate(rows):
        said = row.text_content()
        assert f"Reader {number + 1}" in said
        assert f"{number:064x}" in said
        assert short_id("visit-desk.pdf", f"desk_{number + 1}") in said
    assert "Made to fit" in article.text_content()
    assert "with smaller pictures, part 1 of 2" in summary.text_content()
    # A file without pages to count.
    assert files.findall(".//tbody/tr")[-1][1].text_content() == "–"


def test_the_text_of_every_copy_can_be_read_and_only_the_first_one_is_open() -> None:
    shown = html.document_fromstring(sheet_html(SHEET, copies()).decode())
    details = list(shown.iter("details"))
    assert [each.get("open") is not None for each in details] == [True, False, False]
    assert ["Your copy 2" in each.text_content() for each in details] == [False, True, False]


def test_files_that_are_locked_say_so_and_others_do_not() -> None:
    assert "opens with a password" in sheet_html(SHEET, copies(locked=True)).decode()
    assert "opens with a password" not in sheet_html(SHEET, copies()).decode()


def test_a_copy_for_one_reader_only_has_its_trace_beside_the_file() -> None:
    (one,) = copies(1)
    said = html.document_fromstring(sheet_html(SHEET, [one]).decode()).text_content()
    assert f"Trace {one.message.letter.attachments[0].trace}" in said


def test_a_draft_says_so_on_top() -> None:
    word = SHEET.word("draft")
    assert word in page(replace(SHEET, draft=True)).text_content()
    assert next(page().iter("p")).get("class") == "marking"


def test_what_is_odd_stands_before_the_messages_and_is_no_code() -> None:
    odd = ("bob@exarnple.int looks like @example.int", ODD)
    (section,) = page(replace(SHEET, odd=odd)).find_class("odd")
    assert [each.text_content() for each in section.iter("li")] == list(odd)
    following = section.getnext()
    assert following is not None
    assert following.tag == "article"
    assert not page().find_class("odd")


def test_of_very_much_that_is_odd_the_rest_is_a_number() -> None:
    (section,) = page(replace(SHEET, odd=tuple(map(str, range(MOST_ODD + 3))))).find_class("odd")
    assert [each.text_content() for each in section.iter("li")][-2:] == [str(MOST_ODD - 1), "… +3"]


def test_a_thousand_copies_are_one_page_that_can_be_looked_at() -> None:
    content = sheet_html(SHEET, copies(1000))
    shown = html.document_fromstring(content.decode())
    assert len(list(shown.iter("article"))) == 1
    assert len(content) < 4_000_000


def test_a_name_without_a_space_widens_no_table_of_readers() -> None:
    rules = {
        selector.strip(): declarations
        for rule in CSS.partition("@media")[0].split("}")
        for selectors, _, declarations in [rule.partition("{")]
        for selector in selectors.split(",")
    }
    assert "overflow-wrap: anywhere" in rules[".readers bdi"]
    assert "<bdi>" in sheet_html(SHEET, posted([reader("a@x.example", "N" * 200, copy=1)])).decode()
