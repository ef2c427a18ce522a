from __future__ import annotations

import pytest

from briefpack.audit import kept
from briefpack.audit.kept import read_clean
from briefpack.audit.seen import Passage, Picture, Seat, Seen

SEEN = Seen(
    "map.pdf",
    (Passage(Seat.PAGE, "page 1", "A map “of” routes", 1), Passage(Seat.METADATA, "title", "Map")),
    (Picture("page 1", "ab", None),),
    (Seen("inner.txt", (), (), (), (("it", "is encrypted"),)),),
)


@pytest.fixture
def reads(monkeypatch):
    met: list[bytes] = []

    def read(content: bytes, name: str) -> Seen:
        met.append(content)
        return SEEN

    monkeypatch.setattr(kept, "read_back", read)
    return met


def test_a_clean_file_is_read_once(tmp_path, reads):
    path = tmp_path / "0a1b.pdf"
    path.write_bytes(b"content")
    assert read_clean(path, "map.pdf") == SEEN
    assert read_clean(path, "map.pdf") == SEEN
    assert reads == [b"content"]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"version": 0}', b'{"version": 1, "name": "map.pdf", "seen": 3}']
)
def test_what_was_kept_and_cannot_be_read_is_read_anew(tmp_path, reads, damage):
    path = tmp_path / "0a1b.pdf"
    path.write_bytes(b"content")
    read_clean(path, "map.pdf")
    (tmp_path / "0a1b.seen.json").write_bytes(damage)
    assert read_clean(path, "map.pdf") == SEEN
    assert len(reads) == 2


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path, reads):
    path = tmp_path / "0a1b.pdf"
    path.write_bytes(b"content")
    (tmp_path / "0a1b.seen.json").mkdir()
    assert read_clean(path, "map.pdf") == SEEN
