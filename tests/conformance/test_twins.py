"""One Document, two files: its headings, numbers, labels, tables and captions are equal in both."""

from collections import Counter
from itertools import takewhile

from briefpack.document import Heads, List, ListKind, NumberedParagraph, Paragraph, Table, plain_text
from briefpack.pdf.pages import PageKind
from briefpack.word.styles import LAYOUT, TERM
from tests.conformance.built import Built, squeezed
from tests.conformance.noting import marked
from tests.conformance.packs import caption_texts, every, headings, spaced, table_texts, texts_of_section
from tests.word.opened import span_of, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _lines_of_pdf(built):
    """Every line of the body, as both readers see it alike."""
    lines = Counter()
    for page in built.pages(PageKind.BODY):
        lines.update(squeezed(line) for line in built.text_of_pdfium[page].split("\n"))
    return lines


def test_headings_have_the_same_words_levels_and_numbers(built: Built):
    """In Word by their styles; in the PDF a line that says the number and the words."""
    wanted = headings(built.expected.document)
    in_word = [
        (int(style.removeprefix("Heading")), spaced(words))
        for style, words in _styled(built)
        if style.startswith("Heading")
    ]
    if built.expected.document.annexes:
        in_word.pop()
    in_pdf = _lines_of_pdf(built)
    printed = headings(marked(built.expected.document))

    assert in_word == [(level, words) for level, _, words in wanted]
    for (number, words), count in Counter((number, words) for _, number, words in printed).items():
        line = squeezed(" ".join(filter(None, (number, words))))
        assert in_pdf[line] >= count, line


def _styled(built):
    """(style, words) of every paragraph of the body, tables included."""
    return [
        ("".join(built.word.find("w:pPr/w:pStyle/@w:val", paragraph)), text_of(paragraph))
        for paragraph in built.word.find("//w:body//w:p")
    ]


def test_numbered_paragraphs_have_the_same_words_in_the_same_places(built: Built):
    """Word counts their labels itself; level and list are what it counts by."""
    wanted = [
        (block.level, plain_text(block.spans))
        for section in built.expected.document.sections
        for block in every(section.blocks)
        if isinstance(block, NumberedParagraph)
    ]
    in_word = []
    for paragraph in built.word.paragraphs("NumberedParagraph"):
        level = built.word.find("w:pPr/w:numPr/w:ilvl/@w:val", paragraph)
        in_word.append((int(level[0]) if level else 0, text_of(paragraph)))

    assert in_word == wanted


def test_labels_are_counted_alike(built: Built):
    """Following Word's own rules for lists through the file gives the labels that the Document and the PDF have."""
    counted = [label for label, _ in _counted(built)]
    wanted = [
        block.label
        for section in built.expected.document.sections
        for block in every(section.blocks)
        if isinstance(block, NumberedParagraph)
    ]

    assert counted == wanted
    lines = _lines_of_pdf(built)
    for label, words in _counted(built):
        start = squeezed(f"{label} {' '.join(words.split()[:3])}")
        assert any(line.startswith(start) for line in lines), start


def _counted(built):
    """(label, words) of every numbered paragraph, counted as ISO 29500-1, 17.9, says."""
    numbering = built.word.root("word/numbering.xml")
    lists = {}
    for each in numbering.findall(f"{W}num"):
        abstract = each.find(f"{W}abstractNumId").get(f"{W}val")
        (definition,) = (
            a for a in numbering.findall(f"{W}abstractNum") if a.get(f"{W}abstractNumId") == abstract
        )
        levels = {level.get(f"{W}ilvl"): level for level in definition.findall(f"{W}lvl")}
        levels.update(
            (over.get(f"{W}ilvl"), over.find(f"{W}lvl"))
            for over in each.findall(f"{W}lvlOverride")
            if over.find(f"{W}lvl") is not None
        )
        starts = {
            over.get(f"{W}ilvl"): int(over.find(f"{W}startOverride").get(f"{W}val"))
            for over in each.findall(f"{W}lvlOverride")
            if over.find(f"{W}startOverride") is not None
        }
        lists[each.get(f"{W}numId")] = (abstract, levels, starts)
    counters: dict[tuple[str, int], int] = {}
    begun = set()
    for paragraph in built.word.paragraphs("NumberedParagraph"):
        (number,) = built.word.find("w:pPr/w:numPr/w:numId/@w:val", paragraph)
        level = int((built.word.find("w:pPr/w:numPr/w:ilvl/@w:val", paragraph) or ["0"])[0])
        abstract, levels, starts = lists[number]
        for start, value in starts.items():
            if (number, start) not in begun:
                begun.add((number, start))
                counters[abstract, int(start)] = value - 1
        first = int(levels[str(level)].find(f"{W}start").get(f"{W}val"))
        counters[abstract, level] = counters.get((abstract, level), first - 1) + 1
        for deeper in range(level + 1, 9):
            counters.pop((abstract, deeper), None)
        shape = levels[str(level)].find(f"{W}numFmt").get(f"{W}val")
        label = levels[str(level)].find(f"{W}lvlText").get(f"{W}val")
        for upper in range(level + 1):
            label = label.replace(f"%{upper + 1}", _digits(counters.get((abstract, upper), 1), shape))
        yield label, text_of(paragraph)


def _digits(number, shape):
    roman = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "decimal": str(number),
        "lowerLetter": letters[(number - 1) % 26],
        "upperLetter": letters[(number - 1) % 26].upper(),
        "lowerRoman": roman[min(number, 10) - 1],
        "upperRoman": roman[min(number, 10) - 1].upper(),
    }[shape]


def test_tables_have_the_same_words_in_the_same_cells(built: Built):
    wanted = table_texts(built.expected.document, labels=False)
    in_word = [
        [
            [" ".join(filter(None, map(text_of, cell.iter(f"{W}p")))) for cell in _begun(row)]
            for row in table.findall(f"{W}tr")
        ]
        for table in _data_tables(built)
    ]
    pages = squeezed(" ".join(built.text_of_poppler[page] for page in built.pages(PageKind.BODY)))

    assert in_word == wanted
    printed = table_texts(marked(built.expected.document))
    assert all(squeezed(cell) in pages for table in printed for row in table for cell in row)


def test_cells_cover_the_same_columns_and_rows(built: Built):
    """And the rows of headers are those that Word repeats; where a column names the rows, Word is told."""
    wanted = [
        (
            len(table.header),
            any(cell.heads is Heads.ROW for row in table.rows for cell in row.cells),
            [[(cell.columns, cell.rows) for cell in row.cells] for row in (*table.header, *table.rows)],
        )
        for section in built.expected.document.sections
        for table in every(section.blocks)
        if isinstance(table, Table)
    ]
    in_word = [
        (
            len(table.findall(f"{W}tr/{W}trPr/{W}tblHeader")),
            built.word.find("w:tblPr/w:tblLook/@w:firstColumn", table) == ["1"],
            _sizes(table),
        )
        for table in _data_tables(built)
    ]

    assert in_word == wanted


def _data_tables(built):
    """Tables that say something, the schedule of annexes left out: others arrange what stands side by side or in a box."""
    found = built.word.find(f"//w:body//w:tbl[not(w:tblPr/w:tblStyle/@w:val='{LAYOUT}')]")
    return found[:-1] if built.expected.document.annexes else found


def _begun(row):
    """The cells that begin in a row."""
    return [cell for cell in row.findall(f"{W}tc") if not _continued(cell)]


def _continued(cell):
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _sizes(table):
    """Columns and rows of the cells that begin in each row, worked out as Word does."""
    rows = []
    for row in table.findall(f"{W}tr"):
        at, cells = 0, {}
        for cell in row.findall(f"{W}tc"):
            cells[at] = (cell, span_of(cell))
            at += span_of(cell)
        rows.append(cells)
    found = []
    for number, cells in enumerate(rows):
        sizes = []
        for at, (cell, span) in cells.items():
            if not _continued(cell):
                below = takewhile(lambda row, at=at: at in row and _continued(row[at][0]), rows[number + 1 :])
                joined = cell.find(f"{W}tcPr/{W}vMerge") is not None
                sizes.append((span, 1 + sum(1 for _ in below) if joined else 1))
        found.append(sizes)
    return found


def test_captions_are_the_same(built: Built):
    wanted = caption_texts(built.expected.document)
    lines = _lines_of_pdf(built)

    assert built.word.texts("Caption") == wanted
    printed = squeezed(" ".join(built.text_of_poppler[page] for page in built.pages(PageKind.BODY)))
    for caption in map(squeezed, caption_texts(marked(built.expected.document))):
        # One that is long goes on in the next line.
        assert caption in printed
        assert any(caption.startswith(line) for line in lines if len(line) > 8), caption


def test_lists_have_the_same_items_at_the_same_depth(built: Built):
    """Wherever a list stands; terms are words before what they mean."""
    lists = [
        block
        for section in built.expected.document.sections
        for block in every(section.blocks)
        if isinstance(block, List)
    ]
    wanted = Counter(
        (block.depth, plain_text(item.blocks[0].spans))
        for block in lists
        if block.kind is not ListKind.TERMS
        for item in block.items
        if isinstance(item.blocks[0], Paragraph)
    )
    in_word = Counter(
        (int((built.word.find("w:pPr/w:numPr/w:ilvl/@w:val", paragraph) or ["0"])[0]), text_of(paragraph))
        for paragraph in built.word.find("//w:body//w:p[w:pPr/w:numPr]")
        if not "".join(built.word.find("w:pPr/w:pStyle/@w:val", paragraph)).startswith(
            ("Numbered", "Heading")
        )
    )
    terms = [item.label for block in lists if block.kind is ListKind.TERMS for item in block.items]

    assert in_word == wanted
    assert [
        text_of(run) for run in built.word.find(f"//w:body//w:r[w:rPr/w:rStyle/@w:val='{TERM}']")
    ] == terms


def test_both_files_say_the_same_words_in_the_same_order(built: Built):
    """From the first section's title to the last word before the annexes. Word counts numbers and labels itself: the words alone
    are in its file."""
    said = squeezed(" ".join(words for style, words in _styled(built) if not style.startswith("TOC")))
    at = said.index(squeezed(built.expected.document.sections[0].title))
    for section in built.expected.document.sections:
        for text in map(squeezed, texts_of_section(section, labels=False)):
            found = said.find(text, at)
            assert found >= 0, text
            at = found + len(text)
