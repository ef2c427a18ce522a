"""Names as our own pages can show them."""

from __future__ import annotations

import pytest

from briefpack.distribute.shown_names import shown_name, shown_or_address
from tests.distribute.made import mailbox


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Зоя Петренко", "Зоя Петренко"),
        ("ليلى حداد", "l@example.int"),
        ("דוד", "l@example.int"),
        ("", "l@example.int"),
    ],
)
def test_a_name_that_is_not_set_here_gives_way_to_the_address(name: str, shown: str) -> None:
    reader = mailbox("l@example.int", name)
    assert shown_or_address(reader) == shown
    assert shown_name(reader) == ("" if shown == "l@example.int" else shown)
