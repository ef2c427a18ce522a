"""Lines of text stand a whole number of twips apart, as Word counts them."""

from __future__ import annotations

import pytest

from briefpack.style import TEXT_ROLES, Style


def test_line_pitch_is_whole_twips(base: Style) -> None:
    for role in TEXT_ROLES:
        pitch = base.text[role].line_pitch
        assert pitch * 20 == pytest.approx(round(pitch * 20), abs=1e-9)
    assert base.text["body"].line_pitch == pytest.approx(15.2)
