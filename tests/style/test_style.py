"""Words are looked up by language."""

from __future__ import annotations

from briefpack.style import Style


def test_words_are_looked_up_by_language_then_its_parent_then_english(base: Style) -> None:
    assert base.word("contents", "fr") == "Sommaire"
    assert base.word("contents", "fr-CA") == "Sommaire"
    assert base.word("contents", "en-GB") == "Contents"
    assert base.word("contents", "nl") == "Contents"
