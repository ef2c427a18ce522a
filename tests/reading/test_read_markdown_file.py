"""Markdown files of others: all of CommonMark and its tables, pictures beside the file, warnings with line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.blocks import (
    AuthorBlock,
    HeadingBlock,
    ImageBlock,
    ListBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
    VerbatimBlock,
)
from briefpack.document import Align, LineBreak, Link, ListKind, Text
from briefpack.reading.author_words import plain_words
from briefpack.reading.paths import Roots
from briefpack.reading.read_markdown_file import MOST_LISTS, read_markdown_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pack" / "annexes").mkdir(parents=True)
    Image.new("RGB", (30, 20)).save(tmp_path / "pack" / "map.png")
    return tmp_path / "pack" / "annexes"


def read(folder: Path, text: str) -> AnnexText:
    return read_markdown_file(text.encode(), folder / "notes.md", Roots.of(folder, (folder.parent,)), {})


def blocks(folder: Path, text: str) -> tuple[AuthorBlock, ...]:
    return read(folder, text).blocks


def told(folder: Path, text: str) -> list[tuple[int, int, str]]:
    return [
        (found.where.line, found.where.column, found.message)
        for found in read(folder, text).findings
        if found.where is not None and found.hint
    ]


def test_the_first_heading_is_the_title_and_no_level_is_skipped(folder: Path) -> None:
    text = read(folder, "# The *title*\n\na\n\n### Deep\n\n# Again\n\n###### Deepest\n")
    assert text.title == "The title"
    levels = [
        (block.level, plain_words(block.spans)) for block in text.blocks if isinstance(block, HeadingBlock)
    ]
    assert levels == [(2, "Deep"), (2, "Again"), (3, "Deepest")]


def test_words_before_the_first_heading_leave_the_text_without_a_title(folder: Path) -> None:
    text = read(folder, "a\n\nTitle\n=====\n")
    assert text.title == ""
    assert [type(block) for block in text.blocks] == [ParagraphBlock, HeadingBlock]


def test_looks_breaks_and_links(folder: Path) -> None:
    (block,) = blocks(folder, "a **b** *c* `d`\\\n<https://x.org> [e](https://y.org)\n")
    assert isinstance(block, ParagraphBlock)
    assert block.spans == (
        Text("a "),
        Text("b", strong=True),
        Text(" "),
        Text("c", emphasis=True),
        Text(" "),
        Text("d", code=True),
        LineBreak(),
        Link("https://x.org", (Text("https://x.org"),)),
        Text(" "),
        Link("https://y.org", (Text("e"),)),
    )


def test_our_own_marks_are_text_in_a_text_by_others(folder: Path) -> None:
    (block,) = blocks(folder, "[[target]] ^[note] [mots]{lang=fr} x^2^\n")
    assert isinstance(block, ParagraphBlock)
    assert plain_words(block.spans) == "[[target]] ^[note] [mots]{lang=fr} x^2^"


def test_lists_quotations_code_and_rules(folder: Path) -> None:
    listed, numbered, quote, fenced, indented = blocks(
        folder, "- a\n  - b\n\n7. c\n8. d\n\n> q\n> # h\n\n```py\nx  =  1\n```\n\n---\n\n    typed\n"
    )
    assert isinstance(listed, ListBlock)
    assert isinstance(listed.items[0].blocks[1], ListBlock)
    assert isinstance(numbered, ListBlock)
    assert (numbered.kind, numbered.start) == (ListKind.NUMBERS, 7)
    assert isinstance(quote, QuoteBlock)
    assert [type(block) for block in quote.blocks] == [ParagraphBlock, ParagraphBlock]
    assert isinstance(fenced, VerbatimBlock)
    assert fenced.lines[0].replace("\u00a0", " ") == "x  =  1"
    assert isinstance(indented, VerbatimBlock)


def test_lists_deeper_than_the_deepest_keep_their_words(folder: Path) -> None:
    text = "".join(f"{'  ' * depth}- w{depth}\n" for depth in range(12))
    found: tuple[AuthorBlock, ...] = blocks(folder, text)
    depth = 0
    while any(isinstance(block, ListBlock) for block in found):
        depth += 1
        inner = next(block for block in found if isinstance(block, ListBlock))
        found = tuple(block for item in inner.items for block in item.blocks)
    assert depth == MOST_LISTS
    assert plain_words(found[-1].spans) == "w11"  # type: ignore[union-attr]


def test_tables_have_heads_and_alignment(folder: Path) -> None:
    (block,) = blocks(folder, "| a | b |\n|---|--:|\n| 1 | **2** |\n| 3 |\n")
    assert isinstance(block, TableBlock)
    assert [column.align for column in block.columns] == [None, Align.RIGHT]
    assert [len(row.cells) for row in block.rows] == [2, 2]


def test_html_is_read_for_its_words_with_a_warning_at_its_line(folder: Path) -> None:
    text = "a\n\n<p align=center>b <script>x</script></p>\n\nc <b>d</b><br>e <!-- f -->\n"
    found = [plain_words(b.spans) for b in blocks(folder, text) if isinstance(b, ParagraphBlock)]
    assert found == ["a", "b", "c d e"]
    assert told(folder, text) == [
        (3, 1, "HTML is read for its words, and its look is left out"),
        (5, 3, "the HTML tag <b> is left out; the words in it are kept"),
    ]


def test_a_picture_beside_the_text_stands_below_its_paragraph(folder: Path) -> None:
    text = read(folder, "See ![a map](../map.png) here.\n")
    words, picture = text.blocks
    assert isinstance(words, ParagraphBlock)
    assert isinstance(picture, ImageBlock)
    assert (picture.alt, picture.path.name) == ("a map", "map.png")
    assert text.pictures == (picture.path,)
    assert (text.findings, text.settled) == ((), True)


@pytest.mark.parametrize(
    ("source", "message", "settled"),
    [
        ("https://x.org/y.png", "the picture “https://x.org/y.png” is on the web, and nothing is ever fetched: it is left out", True),
        ("//x.org/y.png", "the picture “//x.org/y.png” is on the web, and nothing is ever fetched: it is left out", True),
        ("../../secret.png", "“../../secret.png” leads out of the pack's folder: the picture is left out", False),
        ("none.png", "there is no picture “none.png”: the picture is left out", False),
    ],
)  # fmt: skip
def test_pictures_that_cannot_be_shown_are_left_out_and_told(
    folder: Path, source: str, message: str, settled: bool
) -> None:
    text = f"a\n\nb ![c]({source})\n"
    assert told(folder, text) == [(3, 3, message)]
    assert read(folder, text).settled is settled


def test_links_to_other_files_are_words_and_told(folder: Path) -> None:
    (block,) = blocks(folder, "see [it](other.md)\n")
    assert isinstance(block, ParagraphBlock)
    assert block.spans == (Text("see "), Text("it"))
    ((line, _, message),) = told(folder, "see [it](other.md)\n")
    assert (line, message) == (
        1,
        "the link to “other.md” leads to no web or mail address; its words are kept",
    )


def test_characters_written_as_numbers_are_as_any_other(folder: Path) -> None:
    raw = "a&#x202e;b &#128512;(x) `😀`\n".encode()
    text = read_markdown_file(raw, folder / "a.md", Roots.of(folder, ()), {0x1F600: "[face]"})
    (block,) = text.blocks
    assert isinstance(block, ParagraphBlock)
    assert block.spans == (Text("ab [face](x) "), Text("[face]", code=True))


def test_a_head_of_keys_is_not_printed_and_lines_keep_their_numbers(folder: Path) -> None:
    text = read(folder, "---\ntitle: x\nauthor: y\n---\n\nb <i>c</i>\n")
    assert [block.where.line for block in text.blocks] == [6]
    assert [found.where.line for found in text.findings if found.where] == [6]


def test_an_empty_file_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableError, match="has no text in it"):
        read(folder, "\n<!-- nothing -->\n")
