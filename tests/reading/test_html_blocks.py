"""HTML of others: what a reader sees of it as blocks, and nothing that he does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.blocks import (
    AuthorBlock,
    HeadingBlock,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
    VerbatimBlock,
)
from briefpack.document import LineBreak, Link, ListKind, Text
from briefpack.errors import Where
from briefpack.reading.author_words import plain_words
from briefpack.reading.html_blocks import read_html
from briefpack.reading.html_holders import MOST_LISTS

HERE = Where(Path("mail.eml"), 1, 1)


def blocks(html: str) -> tuple[AuthorBlock, ...]:
    return read_html(html, HERE).blocks


def words(html: str) -> list[str]:
    return [plain_words(block.spans) for block in blocks(html) if isinstance(block, ParagraphBlock)]


def test_paragraphs_and_looks() -> None:
    (one, two) = blocks("<p>a <b>b</b>  <i>c</i>\n d</p><div>e</div>")
    assert isinstance(one, ParagraphBlock)
    assert one.spans == (Text("a "), Text("b", strong=True), Text(" "), Text("c", emphasis=True), Text(" d"))
    assert isinstance(two, ParagraphBlock)
    assert two.spans == (Text("e"),)


def test_a_break_ends_a_line_and_two_a_paragraph() -> None:
    (one, two) = blocks("a<br>b<br><br>c")
    assert isinstance(one, ParagraphBlock)
    assert one.spans == (Text("a"), LineBreak(), Text("b"))
    assert isinstance(two, ParagraphBlock)
    assert two.spans == (Text("c"),)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<title>x</title>",
        "<div style='display:none'>x<p>x</div>",
        "<span style='color:red;visibility: hidden'>x</span>",
        "<span hidden>x</span>",
        "<span style='font-size:0px'>x</span>",
        "<span style='mso-hide:all'>x</span>",
        "<div style='max-height:0; overflow:hidden'>x</div>",
        "<!-- x -->",
        "<template>x</template>",
    ],
)
def test_what_is_not_to_be_seen_is_not_shown(hidden: str) -> None:
    assert words(f"<p>a</p>{hidden}<p>b</p>") == ["a", "b"]


def test_hidden_words_are_told_and_scripts_are_no_words() -> None:
    assert read_html("<p>a<span style='display:none'>secret</span></p>", HERE).hidden
    assert not read_html("<script>a</script><p>b</p>", HERE).hidden
    assert not read_html("<p style='font-size:0.9em'>b</p>", HERE).hidden
    assert words("<p style='font-size:0.9em'>b</p>") == ["b"]


def test_pictures_are_counted_and_dots_that_spy_are_not() -> None:
    html = read_html("<img src='cid:x'><img src='https://x/y.png'><img width=1 height=1>", HERE)
    assert (html.pictures, html.blocks) == (2, ())


def test_links_lead_to_the_web_or_are_words() -> None:
    (block,) = blocks(
        "<a href='https://x.org/a b'>web</a> <a href='javascript:x()'>run</a> <a href='file:///x'>file</a>"
    )
    assert isinstance(block, ParagraphBlock)
    assert block.spans == (
        Link("https://x.org/a%20b", (Text("web"),)),
        Text(" "),
        Text("run"),
        Text(" "),
        Text("file"),
    )


def test_lists_and_what_ends_where_the_next_begins() -> None:
    (block,) = blocks("<ul><li>a<li>b<ol start=3><li>c</ol></ul>")
    assert isinstance(block, ListBlock)
    assert (block.kind, len(block.items)) == (ListKind.BULLETS, 2)
    inner = block.items[1].blocks[1]
    assert isinstance(inner, ListBlock)
    assert (inner.kind, inner.start) == (ListKind.NUMBERS, 3)


def test_lists_and_elements_without_end_keep_their_words() -> None:
    depth = 0
    found = blocks("<ul><li>" * 300 + "x")
    while isinstance(found[0], ListBlock):
        depth += 1
        found = found[0].items[0].blocks
    assert depth == MOST_LISTS
    assert words("<div>" * 5_000 + "deep") == ["deep"]


def test_quotations_headings_and_typed_text() -> None:
    quote, heading, typed = blocks("<blockquote><p>q</blockquote><h1>h</h1><pre>a   b\n c</pre>")
    assert isinstance(quote, QuoteBlock)
    assert isinstance(heading, HeadingBlock)
    assert isinstance(typed, VerbatimBlock)
    assert [line.replace("\u00a0", " ") for line in typed.lines] == ["a   b", " c"]


def test_characters_written_as_numbers_are_as_any_other() -> None:
    html = "<p>a&#x202e;b &#128512;</p><pre>c&#128512;</pre>"
    words, typed = read_html(html, HERE, {0x1F600: "[face]"}).blocks
    assert isinstance(words, ParagraphBlock)
    assert words.spans == (Text("ab [face]"),)
    assert isinstance(typed, VerbatimBlock)
    assert typed.lines == ("c[face]",)


def test_headings_are_of_the_outline_where_a_page_is_arranged_by_tables() -> None:
    table, _, item, low = blocks(
        "<table><tr><td><h1>a</h1>b</td></tr></table><ul><li><h2>c</h2></li></ul><h5>d</h5>"
    )
    assert isinstance(table, HeadingBlock)
    assert table.level == 2
    assert isinstance(item, ListBlock)
    assert item.items[0].blocks == (ParagraphBlock((Text("c", strong=True),), HERE),)
    assert isinstance(low, HeadingBlock)
    assert low.level == 3


def test_a_table_of_data_is_one_with_its_header() -> None:
    (block,) = blocks("<table><tr><th>A<th>B<tr><td>1<td>2<tr><td colspan=2>3</table>")
    assert isinstance(block, TableBlock)
    assert [column.title for column in block.columns] == [(Text("A"),), (Text("B"),)]
    assert [[cell.columns for cell in row.cells] for row in block.rows] == [[1, 1], [2]]


def test_rows_and_columns_that_reach_over_others_still_fill_the_grid() -> None:
    (block,) = blocks("<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d<tr><td>e<td>f<td>g</table>")
    assert isinstance(block, TableBlock)
    assert [[cell.rows for cell in row.cells] for row in block.rows] == [[2, 1, 1], [1, 1], [1, 1, 1]]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table><td>e<tr><td>f<td>g</table>",
    ],
)
def test_a_table_that_arranges_a_page_is_read_cell_by_cell(html: str) -> None:
    found = blocks(html)
    assert not isinstance(found[0], TableBlock) or len(found) > 1
    assert "".join(words(html)) in {"ab", "abcd", "efg"}
