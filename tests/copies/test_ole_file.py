"""Compound files as another reader opens them: all sizes of streams, deep trees, tables longer than the header can name."""

import io
import random
import struct

import olefile
import pytest

from briefpack.copies.ole_file import compound_file


def _read(content):
    """All streams by their paths, by a reader that takes no fault for granted."""
    with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE) as opened:
        assert opened.parsing_issues == []
        return {"/".join(path): opened.openstream(path).read() for path in opened.listdir()}


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 512, 4095, 4096, 4097, 65_536, 1_000_001])
def test_a_stream_of_any_size_is_found_again(size):
    data = random.Random(size).randbytes(size)

    assert _read(compound_file({"Data": data, "Other": b"short"})) == {"Data": data, "Other": b"short"}


@pytest.mark.parametrize("megabytes", [6.9, 7, 7.2, 24])
def test_a_table_longer_than_the_header_names_goes_on_elsewhere(megabytes):
    data = bytes(int(megabytes * 1_000_000))

    content = compound_file({"Data": data})

    assert _read(content) == {"Data": data}
    assert len(content) % 512 == 0
    (more,) = struct.unpack_from("<I", content, 72)
    assert bool(more) == (megabytes > 7.1)


def test_storages_hold_storages():
    streams = {"A": {"B": {"C": b"deep", "\6D": b"x" * 5000}, "Empty": b""}, "Z": b"z"}

    assert _read(compound_file(streams)) == {
        "A/B/C": b"deep",
        "A/B/\6D": b"x" * 5000,
        "A/Empty": b"",
        "Z": b"z",
    }


@pytest.mark.parametrize("count", range(1, 40))
def test_names_stand_in_a_tree_that_searches_find(count):
    """Binary, in the order of names, red and black as it must be ([MS-CFB] 2.6.4)."""
    names = [f"{'n' * (number % 7 + 1)}{number}" for number in range(count)]
    content = compound_file(dict.fromkeys(names, b"x"))
    (start,) = struct.unpack_from("<I", content, 48)
    at = 512 + 512 * start

    def entry(number):
        raw = content[at + 128 * number : at + 128 * (number + 1)]
        (length,) = struct.unpack_from("<H", raw, 64)
        return raw[: length - 2].decode("utf-16-le"), raw[67], *struct.unpack_from("<3I", raw, 68)

    def walk(number, parent_is_red):
        if number == 0xFFFFFFFF:
            return [], 1
        name, colour, left, right, _ = entry(number)
        assert not (parent_is_red and colour == 0)
        (before, high), (after, other) = (walk(each, colour == 0) for each in (left, right))
        assert high == other
        return [*before, name, *after], high + colour

    _, _, _, _, child = entry(0)
    assert entry(child)[1] == 1
    found, _ = walk(child, parent_is_red=False)
    assert found == sorted(names, key=lambda name: (len(name), name.upper()))


def test_the_same_streams_give_the_same_bytes():
    assert compound_file({"A": b"1", "B": b"2"}) == compound_file({"B": b"2", "A": b"1"})
