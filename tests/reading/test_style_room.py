"""What does not fit on the page is refused where it is asked for; furniture that meets the text is warned about."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Severity
from tests.reading.house import reading

TOO_MUCH: dict[str, tuple[str, int, int, str]] = {
    "labels": ("cover: {label_width: 200mm}", 1, 22, "`cover.label_width` takes 200mm of a text 156mm wide"),
    "numbers": ("contents: {page_width: 15cm}", 1, 24, "`contents.number_width` takes 183mm"),
    "list indent": ("lists: {indent: 50mm}", 1, 17, "`lists.indent` takes 150mm"),
    "paragraph indent": (
        "numbering: {paragraph_indent: 60mm}",
        1,
        31,
        "`numbering.paragraph_indent` takes 180mm",
    ),
    "cell padding": ("table: {padding_x: 20mm}", 1, 20, "`table.padding_x` takes 160mm"),
    "indent of a role": (
        "text: {caption: {left: 10mm, right: 140mm}}",
        1,
        37,
        "`text.caption.right` takes 150mm",
    ),
    "rule": ("cover: {rule_length: 200mm}", 1, 22, "`cover.rule_length` of 200mm is wider than the text"),
    "type": (
        "text: {heading-3: {size: 300pt}}",
        1,
        26,
        "`text.heading-3.size` takes 132mm of a text 238mm high",
    ),
    "leading": ("text: {body: {size: 230pt}}", 1, 21, "`text.body.size` takes 112mm"),
    "space": ("text: {heading-3: {before: 20cm}}", 1, 28, "`text.heading-3.before` takes 200mm"),
    "padding": ("callout: {padding_y: 20cm}", 1, 22, "`callout.padding_y` takes 200mm"),
    "space of pictures": ("image: {before: 2em, after: 250mm}", 1, 29, "`image.after` takes 250mm"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_leaves_no_room_is_refused(name: str, tmp_path: Path) -> None:
    text, line, column, message = TOO_MUCH[name]
    errors = [finding for finding in reading(tmp_path, text).findings if finding.severity is Severity.ERROR]
    assert (errors[0].where.line, errors[0].where.column) == (line, column) if errors[0].where else False
    assert errors[0].message.startswith(message)
    assert errors[0].hint


def warnings(tmp_path: Path, text: str) -> list[str]:
    result = reading(tmp_path, text)
    assert result.style is not None, result.findings.items
    return [finding.message for finding in result.findings]


def test_furniture_may_be_moved_out_of_the_way(tmp_path: Path) -> None:
    tight = "page: {margins: {top: 15mm, bottom: 15mm}, header: 9mm, banner_top: 6mm, footer: 8mm, banner_bottom: 5mm}"
    assert warnings(tmp_path, tight) == []
    assert len(warnings(tmp_path, "page: {margins: {top: 10mm, bottom: 9mm}}")) == 4


def test_furniture_that_prints_nothing_is_in_nobodys_way(tmp_path: Path) -> None:
    quiet = "header: {left: '', right: '', rule: 0}\nfooter: {left: '', centre: '', right: '', rule: 0}\nbanner: ''\n"
    assert warnings(tmp_path, f"{quiet}page: {{margins: {{top: 10mm, bottom: 9mm}}}}") == []
