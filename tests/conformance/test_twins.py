"""One Document, two files: its headings, numbers, labels, tables and captions are equal in both."""

from collections import Counter

from briefpack.document import List, NumberedParagraph, plain_text
from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built, squeezed
from tests.conformance.noting import marked
from tests.conformance.packs import caption_texts, headings, table_texts, texts_of_section
from tests.word.opened import text_of

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
        (int(style.removeprefix("Heading")), words)
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
        for block in section.blocks
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
        for block in section.blocks
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
    wanted = table_texts(built.expected.document)
    in_word = [
        [
            [" ".join(filter(None, map(text_of, cell.iter(f"{W}p")))) for cell in row.findall(f"{W}tc")]
            for row in table.findall(f"{W}tr")
        ]
        for table in built.word.find("//w:body/w:tbl")
    ]
    in_word = [rows for rows in in_word if rows in wanted or len(rows[0]) > 1]
    if built.expected.document.annexes:
        in_word.pop()
    pages = squeezed(" ".join(built.text_of_poppler[page] for page in built.pages(PageKind.BODY)))

    assert in_word == wanted
    printed = table_texts(marked(built.expected.document))
    assert all(squeezed(cell) in pages for table in printed for row in table for cell in row)


def test_captions_are_the_same(built: Built):
    wanted = caption_texts(built.expected.document)
    lines = _lines_of_pdf(built)

    assert built.word.texts("Caption") == wanted
    assert all(lines[squeezed(caption)] for caption in caption_texts(marked(built.expected.document)))


def test_lists_have_as_many_items(built: Built):
    """On the first level; what they say is compared elsewhere."""
    wanted = sum(
        len(block.items)
        for section in built.expected.document.sections
        for block in section.blocks
        if isinstance(block, List)
    )
    in_word = [
        paragraph
        for paragraph in built.word.paragraphs("ListParagraph")
        if built.word.find("w:pPr/w:numPr", paragraph)
        and (built.word.find("w:pPr/w:numPr/w:ilvl/@w:val", paragraph) or ["0"]) == ["0"]
    ]

    assert len(in_word) == wanted


def test_both_files_say_the_same_words_in_the_same_order(built: Built):
    """From the first section's title to the last word before the annexes."""
    wanted = [
        squeezed(text) for section in built.expected.document.sections for text in texts_of_section(section)
    ]
    said = squeezed(" ".join(words for style, words in _styled(built) if not style.startswith("TOC")))
    at = 0
    for text in wanted:
        # Word counts numbers and labels itself: the words alone are in its file.
        bare = text if text in said else text.split(" ", 1)[-1]
        assert bare in said[at:], text
        at = said.index(bare, at)
