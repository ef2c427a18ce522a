"""What tags and archival form weigh: at most a fifth of the pack without them."""

import io

import pikepdf

from tests.conformance.built import Built
from tests.conformance.tagged import Tagged
from tests.conformance.untag import untagged


def test_tags_weigh_little(each: Built):
    plain = untagged(each.pdf.read_bytes())

    with pikepdf.open(io.BytesIO(plain)) as pdf:
        without = Tagged(pdf)
        assert without.roots == []
        assert all(piece.mcid is None and not piece.artifact for piece in without.pieces)
        assert len(pdf.pages) == len(each.pikepdf.pages)
    assert each.pdf.stat().st_size <= 1.2 * len(plain)
