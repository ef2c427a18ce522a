"""Roman numerals, written and read: one way for everybody who numbers pages, paragraphs or annexes."""

from __future__ import annotations

MOST = 3_999
"""The largest number that roman numerals of one letter each write without a new sign."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number from 1 up in small roman numerals; beyond MOST with as many m as it takes, as viewers and Word do."""
    parts: list[str] = []
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        parts.append(numeral * count)
    return "".join(parts)


def from_roman(text: str) -> int | None:
    """The number that small roman numerals write; None for any other text, and for a way of writing that nobody prints."""
    if not text or not set(text) <= set("mdclxvi"):
        return None
    value = {numeral: number for number, numeral in _ROMAN if len(numeral) == 1}
    digits = [value[letter] for letter in text]
    number = sum(
        -digit if digit < after else digit for digit, after in zip(digits, [*digits[1:], 0], strict=True)
    )
    return number if 0 < number <= MOST and roman(number) == text else None
