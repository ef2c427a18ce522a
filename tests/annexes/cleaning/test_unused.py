"""What nothing in a file leads to is counted."""

from __future__ import annotations

from pathlib import Path

from briefpack.annex import Treatment
from briefpack.annexes.cleaning import clean
from tests.annexes.makers import document, saved


def test_what_nothing_shows_and_earlier_states_are_counted(tmp_path: Path) -> None:
    saved(document(1), tmp_path / "plain.pdf")
    file = (tmp_path / "plain.pdf").read_bytes()
    start = int(file.rsplit(b"startxref", 1)[1].split()[0])
    size = int(file.rsplit(b"/Size ", 1)[1].split()[0])
    root = file.rsplit(b"/Root ", 1)[1].split(b" R")[0]
    added = file + b"%d 0 obj\n<< /Old (words) >>\nendobj\n" % size
    table = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %s R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    )
    added += table % (size, len(file), size + 1, root, start, len(added))
    (tmp_path / "twice.pdf").write_bytes(added)
    found = {r.kind: r for r in clean(tmp_path / "twice.pdf", tmp_path / "clean.pdf", Treatment()).remarks}
    assert (found["unused-objects"].count, found["revisions"].count) == (1, 1)
