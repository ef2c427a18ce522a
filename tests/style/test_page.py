"""The frame of the text is what the margins leave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefpack.style import Length, Style


def test_the_text_frame_is_what_the_margins_leave(base: Style) -> None:
    page = replace(base.page, width=Length(600), inside=Length(100), outside=Length(50))
    assert page.text_width == 450
    assert base.page.text_height.mm == pytest.approx(297 - 31 - 28)
