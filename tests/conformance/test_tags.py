"""The tags of the packs: the tree is sound, and a screen reader reads out what the Document says, all of it, in order."""

from tests.conformance.aloud import difference, furniture, heard, passed_over, told
from tests.conformance.built import Built
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
