"""What tags and archival form weigh: at most a fifth of the pack without them, or little for each page."""

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
    most = 1.2 * len(plain)
    if each.pack == "gallery":
        # Short pages of nothing but text, in small pieces: there is little else that tags could be a fifth of.
        most = len(plain) + 1300 * len(each.pikepdf.pages)
    assert each.pdf.stat().st_size <= most
