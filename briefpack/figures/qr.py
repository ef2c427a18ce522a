"""Addresses → QR codes as Drawings (ISO/IEC 18004, error correction level M), with the quiet zone that readers need."""

from __future__ import annotations

from briefpack.drawing import Close, Drawing, LineTo, MoveTo, Shape, Step

QUIET = 4
"""Modules of white on each side (ISO/IEC 18004, 9.1)."""
SIDE = 85.0
"""Points of the usual size, 30 mm: read with ease at arm's length."""
LONGEST = 600
"""Characters of an address. A code of more is read badly from paper."""
_BLACK = (0, 0, 0)


class QrError(Exception):
    """There is no QR code of this. fact: what is wrong; remedy: what to do."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.remedy = remedy


def qr_drawing(address: str) -> Drawing:
    """The QR code of an address, SIDE points wide and high. Raises QrError for one that is too long."""
    if len(address) > LONGEST:
        raise QrError(
            f"the address has {len(address)} characters: a QR code of it could not be read from paper",
            f"use a shorter one, of at most {LONGEST} characters",
        )
    import segno  # noqa: PLC0415  few packs have QR codes

    code = segno.make_qr(address, error="m", boost_error=False)
    rows = [list(row) for row in code.matrix]
    module = SIDE / (len(rows) + 2 * QUIET)
    steps: list[Step] = []
    for number, row in enumerate(rows):
        top = SIDE - (QUIET + number) * module
        for begin, end in _dark(row):
            left, right = (QUIET + begin) * module, (QUIET + end) * module
            steps.extend(
                (
                    MoveTo(left, top - module),
                    LineTo(right, top - module),
                    LineTo(right, top),
                    LineTo(left, top),
                    Close(),
                )
            )
    # One path: neighbouring shapes would show a hair of white between them.
    return Drawing(SIDE, SIDE, (Shape(tuple(steps), fill=_BLACK),))


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """Where dark modules begin and end, in runs."""
    runs: list[tuple[int, int]] = []
    for at, value in enumerate(row):
        if value & 1:
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
    return runs
