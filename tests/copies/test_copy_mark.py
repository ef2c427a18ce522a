"""What is said of one reader's copy."""

from briefpack.copies.copy_mark import CopyMark


def test_the_lines_go_from_the_best_to_the_one_that_every_font_can_set():
    mark = CopyMark(3, 12, "محمود", "Copy 3 of 12 — محمود", "4KQ7-9ZB2", "Copy 3 of 12 — mahmoud@example.int")

    assert mark.lines == (mark.line, mark.plain, "3/12 · 4KQ7-9ZB2")


def test_a_line_that_is_not_there_is_no_line():
    mark = CopyMark(1, 1, "Anna", "Copy 1 of 1 — Anna", "T")

    assert mark.lines == ("Copy 1 of 1 — Anna", "1/1 · T")
