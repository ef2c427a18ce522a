"""Markings as they are written, and back."""

from __future__ import annotations

import pytest

from briefpack.marking import Marking
from briefpack.policy import Level, MarkingError, Policy

PLAIN = Policy("plain", "Plain", (Level("PUBLIC", "P"), Level("INTERNAL", "I", {"fr": "INTERNE"})))


@pytest.mark.parametrize("text", ["INTERNAL", "internal", "I", "(I)", "INTERNE"])
def test_a_marking_is_read_in_every_form(text: str) -> None:
    assert PLAIN.parse(text) == Marking(1)


def test_a_marking_that_is_none_says_which_there_are() -> None:
    with pytest.raises(MarkingError) as caught:
        PLAIN.parse("SECRET")
    assert "INTERNAL" in caught.value.remedy


def test_a_marking_is_written_for_the_banner_and_the_portion() -> None:
    assert PLAIN.banner(Marking(1), "fr-BE") == "INTERNE"
    assert PLAIN.portion(Marking(1), "en") == "(I)"
