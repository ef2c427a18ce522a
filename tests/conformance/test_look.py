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
    for page in built.pages(PageKind.CONTENTS, PageKind.BODY):
        setup, label = _setup(built, page), built.plan.labels[page]
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


def _setup(built, page):
    """Sheet and margins as the page lies."""
    width, height = built.pdfium[page].get_size()
    upright = built.expected.style.page
    return upright.turned if width > height else upright


def test_nothing_of_the_text_reaches_into_header_or_footer(built: Built):
    """Between the furniture's lines and the text frame there is nothing at all."""
    for page in built.pages(PageKind.CONTENTS, PageKind.BODY):
        setup = _setup(built, page)
        furniture = {
            "banner above": setup.height - setup.banner_top,
            "banner below": setup.banner_bottom,
            "header": setup.height - setup.header,
            "footer": setup.footer,
        }
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
    """Rules of header and footer, of tables, covers, dividers and charts; a link is underlined, and letters may reach below that."""
    found = 0
    for page in built.pages(PageKind.COVER, PageKind.CONTENTS, PageKind.BODY, PageKind.DIVIDER):
        drawn = built.drawn(page)
        links = [link.rect for link in built.links if link.page == page]
        rules = [
            (at, rule.box)
            for at, rule in enumerate(drawn)
            if rule.box[3] - rule.box[1] < 3 and rule.box[2] - rule.box[0] > 12
            if not any(_inside(rule.box, link) for link in links)
        ]
        found += len(rules)
        for char in built.chars(page):
            if not char.upright:
                continue
            ink = (char.left, char.bottom, char.right, char.top)
            for at, (left, bottom, right, top) in rules:
                apart = char.right < left or char.left > right or char.bottom > top or char.top < bottom
                # A bar that is painted over the lines of a chart hides them below the words in it.
                assert apart or any(over.filled and _inside(ink, over.box) for over in drawn[at + 1 :]), (
                    f"{char} on the rule at {bottom:.1f} on page {built.plan.labels[page]}"
                )
    assert found


def _inside(box, other):
    """With room for what is rounded."""
    return (
        other[0] - 0.1 <= box[0]
        and other[1] - 0.1 <= box[1]
        and box[2] <= other[2] + 0.1
        and box[3] <= other[3] + 0.1
    )
