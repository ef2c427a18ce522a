"""The tags of the packs: the tree is sound, and a screen reader reads out what the Document says, all of it, in order."""

import re

from tests.conformance.aloud import difference, furniture, heard, passed_over, told, words_of
from tests.conformance.built import Built, tool
from tests.conformance.kinds import kind_differences
from tests.conformance.structure import structure_faults


def _own(built: Built) -> set[int]:
    """Pages that are no annex's."""
    return {page for page, kind in enumerate(built.plan.kinds) if kind is not None}


def test_nothing_is_wrong_with_the_structure(each: Built):
    assert structure_faults(each.pikepdf, _own(each)) == []


def test_the_tags_say_what_the_document_says(each: Built):
    """Every heading, number, paragraph, label, cell, caption and line of the contents, in order, each in its language."""
    wanted = told(each.expected)

    assert len(wanted) > 20
    assert difference(wanted, heard(each.tagged, _own(each))) == ""


def test_nothing_that_the_document_says_is_passed_over(each: Built):
    """Artifacts hold what stands around the text, and no word besides."""
    known = furniture(each.expected, each.plan.labels)
    found = {word.text for word in passed_over(each.tagged, _own(each))}

    # What is too long for its place ends with an ellipsis.
    assert {
        word
        for word in found - known
        if not (word.endswith("…") and any(each.startswith(word[:-1]) for each in known))
    } == set()


def test_the_tags_make_of_it_what_it_is(each: Built):
    """Headings with their levels, tables with their rows and headers, captions, labels, pictures and links."""
    assert kind_differences(each.expected, each.tagged, _own(each)) == []


def test_another_reader_hears_the_same(built: Built):
    """Poppler's text of the tree, annexes included, letter by letter in the same order."""
    tree = tool("pdfinfo", "-enc", "UTF-8", "-struct-text", str(built.pdf))
    words = " ".join(re.findall(r'(?m)^ *"((?:.|\n)*?)"$', tree))
    everything = set(range(len(built.pikepdf.pages)))

    def letters(heard_words):
        return "".join(word.text for word in heard_words)

    assert letters(words_of([(words, None)])) == letters(heard(built.tagged, everything, described=False))
