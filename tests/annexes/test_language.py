"""Names of languages."""

import pytest

from briefpack.annexes.language import is_language


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("en", True), ("fr-CH", True), ("de-DE-1996", True), ("", False), ("en_GB", False), ("français", False)],
)
def test_a_language_is_named_by_a_tag(text: str, is_one: bool) -> None:
    assert is_language(text) is is_one
