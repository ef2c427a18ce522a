"""What templates may ask for is what they are filled with."""

from __future__ import annotations

from briefpack.fields import PAGE_FIELDS, pack_values
from briefpack.style import FURNITURE_FIELDS, MESSAGE_FIELDS, PACK_FIELDS, WORDS
from briefpack.template import WORD_PREFIX
from tests.made_style import made_style
from tests.samples import sample_meta


def test_headers_are_filled_with_every_field_they_may_have_and_no_other() -> None:
    filled = {name for name in pack_values(sample_meta(), made_style()) if not name.startswith(WORD_PREFIX)}
    assert filled | PAGE_FIELDS == set(FURNITURE_FIELDS)


def test_every_label_word_can_be_asked_for() -> None:
    assert {f"{WORD_PREFIX}{key}" for key in WORDS} <= pack_values(sample_meta(), made_style()).keys()


def test_messages_say_of_a_pack_what_its_cover_says_but_no_watermark() -> None:
    assert set(MESSAGE_FIELDS) == set(PACK_FIELDS) - {"watermark"} | {"date"}
