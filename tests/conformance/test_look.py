"""What an eye would notice on the pages, measured: words on words, words on rules, words beyond the frame."""

from itertools import pairwise

from briefpack.pdf.pages import PageKind
from tests.conformance.built import Built, lines_of

SLIVER = 0.6
"""Points by which the ink of two lines may reach into each other: a descender beside an ascender that is not below it."""


def test_all_words_are_inside_the_page(built: Built):
    for page, seen in enumerate(built.pdfium):
        width, height = seen.get_size()
        outside = [
            char
            for char in built.chars(page)
            if char.left < -0.5 or char.bottom < -0.5 or char.right > width + 0.5 or char.top > height + 0.5
        ]
        assert not outside, f"page {page + 1}"


def test_words_stand_in_the_text_frame_or_among_the_furniture(built: Built):
    setup = built.expected.style.page
    for page in built.pages(PageKind.CONTENTS, PageKind.BODY):
        label = built.plan.labels[page]
        for char in built.chars(page):
            if not char.upright:
                continue
            among = char.baseline > setup.height - setup.top or char.baseline < setup.bottom
            if not among:
                # A descender of the last line may hang over the frame's lower edge.
                assert char.top <= setup.height - setup.top + SLIVER, f"{char} on page {label}"
                assert char.bottom >= setup.bottom - SLIVER, f"{char} on page {label}"
            left = min(setup.inside, setup.outside)
            assert left - 1 <= char.left, f"{char} on page {label}"
            assert char.right <= setup.width - left + 1, f"{char} on page {label}"


def test_nothing_of_the_text_reaches_into_header_or_footer(built: Built):
    """Between the furniture's lines and the text frame there is nothing at all."""
    setup = built.expected.style.page
    furniture = {
        "banner above": setup.height - setup.banner_top,
        "banner below": setup.banner_bottom,
        "header": setup.height - setup.header,
        "footer": setup.footer,
    }
    for page in built.pages(PageKind.CONTENTS, PageKind.BODY):
        for char in built.chars(page):
            in_frame = setup.bottom - 0.01 <= char.baseline <= setup.height - setup.top
            if char.upright and not in_frame:
                assert any(abs(char.baseline - line) < 0.1 for line in furniture.values()), char


def test_no_line_is_printed_over_another(built: Built):
    for page in built.pages(PageKind.COVER, PageKind.CONTENTS, PageKind.BODY, PageKind.DIVIDER):
        lines = lines_of([char for char in built.chars(page) if char.upright])
        for number, upper in enumerate(lines):
            for lower in lines[number + 1 : number + 6]:
                _assert_apart(upper, lower, built.plan.labels[page])


def _assert_apart(upper, lower, label):
    if min(char.bottom for char in upper) >= max(char.top for char in lower) - SLIVER:
        return
    for above in upper:
        for below in lower:
            covered = min(above.right, below.right) - max(above.left, below.left)
            deep = min(above.top, below.top) - max(above.bottom, below.bottom)
            assert covered <= SLIVER or deep <= SLIVER, f"{above} over {below} on page {label}"


def test_no_letter_of_a_line_is_printed_over_the_next(built: Built):
    for page in built.pages(PageKind.COVER, PageKind.CONTENTS, PageKind.BODY, PageKind.DIVIDER):
        for line in lines_of([char for char in built.chars(page) if char.upright]):
            for before, after in pairwise(line):
                covered = min(before.right, after.right) - after.left
                narrower = min(before.right - before.left, after.right - after.left)
                assert covered <= max(1.0, narrower / 2), (
                    f"{before} over {after} on page {built.plan.labels[page]}"
                )


def test_no_words_touch_a_rule(built: Built):
    """Rules of header and footer, of tables, covers and dividers."""
    found = 0
    for page in built.pages(PageKind.COVER, PageKind.CONTENTS, PageKind.BODY, PageKind.DIVIDER):
        rules = [rule for rule in built.rectangles(page) if rule[3] - rule[1] < 3 and rule[2] - rule[0] > 12]
        found += len(rules)
        for char in built.chars(page):
            if not char.upright:
                continue
            for left, bottom, right, top in rules:
                apart = char.right < left or char.left > right or char.bottom > top or char.top < bottom
                assert apart, f"{char} on the rule at {bottom:.1f} on page {built.plan.labels[page]}"
    assert found
