"""Passwords that open a file in every program, and those that are refused."""

import pytest

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.password import MOST_BYTES, prepared


@pytest.mark.parametrize(
    "password", ["plain words 7", "Grüße", "Ждём-2025", "κωδικός", "密码很长", "كلمة", "a" * MOST_BYTES]
)
def test_what_every_keyboard_gives_stays_as_it_is(password):
    assert prepared(password) == password


def test_letters_with_accents_of_their_own_are_composed():
    assert prepared("Gru\u0308ße") == "Grüße"


@pytest.mark.parametrize(
    ("password", "fact"),
    [
        ("", "empty"),
        ("a\u00a0b", "not seen"),
        ("a\u00adb", "not seen"),
        ("a\u200bb", "not seen"),
        ("a\tb", "not seen"),
        ("a\nb", "not seen"),
        ("a\u202eb", "not seen"),
        ("a\ue000b", "not seen"),
        ("a\ufffdb", "not seen"),
        ("½ pint", "take for another"),
        ("ﬁsh", "take for another"),
        ("ａｂｃ", "take for another"),
        ("ᾳ\u20e3\U0001f600", "too new"),
        ("كلمة7", "right to left"),
        ("كلمة word كلمة", "right to left"),
        ("a" * (MOST_BYTES + 1), "more than 127 bytes"),
        ("ж" * 64, "more than 127 bytes"),
    ],
)
def test_what_programs_would_not_agree_on_is_refused_without_repeating_it(password, fact):
    with pytest.raises(CopyError) as refused:
        prepared(password)

    assert fact in refused.value.fact
    assert refused.value.remedy
    assert not password or password not in f"{refused.value.fact} {refused.value.remedy}"
