"""Encrypted PDFs: those that only forbid changes are read, the others with their password; what cannot be opened is told of."""

from __future__ import annotations

import io

import pikepdf
import pytest

from briefpack.audit.read_back import read_back
from briefpack.audit.seen import Seat
from tests.audit.finding import CANARY, all_opaque, assert_found, places_of
from tests.audit.pdf_maker import Maker, string, text_of


def locked(user: str, level: int) -> bytes:
    """With a title, a page and an object to which nothing leads but a key that readers do not know."""
    maker = Maker(info=b"/Title" + string("The title of it"))
    maker.add_page(text_of(CANARY))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(maker.build())) as pdf:
        pdf.save(
            out,
            encryption=pikepdf.Encryption(
                owner="owner", user=user, R=level, aes=level > 3, metadata=level > 3
            ),
        )
    return out.getvalue()


@pytest.mark.parametrize("level", [3, 4, 6])
def test_a_file_that_only_forbids_changes_is_read(level: int) -> None:
    seen = read_back(locked("", level), "a.pdf")
    assert_found(seen, Seat.PAGE, "page 1")
    assert_found(seen, Seat.METADATA, "the properties (Title)", "The title of it")
    assert list(all_opaque(seen)) == []


def test_a_file_with_a_password_is_read_with_it() -> None:
    seen = read_back(locked("open", 6), "a.pdf", ["wrong", "open"])
    assert_found(seen, Seat.PAGE, "page 1")
    assert list(all_opaque(seen)) == []


def test_a_file_with_a_password_is_told_of_without_it() -> None:
    seen = read_back(locked("open", 6), "a.pdf")
    assert list(places_of(CANARY, seen)) == []
    assert any("password" in line for line in all_opaque(seen))
