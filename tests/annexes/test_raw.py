"""What the bytes of a file tell of its way here."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from briefpack.annexes.raw import Traces, from_header, has_objects, readable_alone, traces_of
from tests.annexes.makers import add_page, document, saved


def written(pages: int = 8, **options: object) -> bytes:
    out = io.BytesIO()
    pdf = document(pages)
    pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, **options)
    return out.getvalue()


def seen(content: bytes) -> Traces:
    return traces_of(content, all_of_them=True)


def test_a_whole_file_has_no_traces() -> None:
    for content in (written(), written(linearize=True), b"From: gateway\n" + written()):
        assert seen(content) == Traces((), (), False, frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("linearize", [False, True])
def test_a_cut_end_is_seen(share: float, linearize: bool) -> None:
    content = written(linearize=linearize)
    assert seen(content[: int(len(content) * share)]).signs


def test_a_missing_end_mark_is_no_cut() -> None:
    content = written()
    assert not seen(content[: content.rindex(b"startxref")]).signs


def test_a_cut_revision_is_seen() -> None:
    content = written()
    assert seen(content + b"3 0 obj\n<< /Type /Page >>\nendobj\nxref\n0 1\n").signs == (
        "its last revision is cut off",
    )


def test_a_hole_in_an_object_is_seen_and_zeros_around_objects_are_not() -> None:
    content = written()
    at = content.index(b"/Contents")
    assert seen(content[:at] + bytes(64) + content[at + 64 :]).hole
    assert not seen(content + bytes(4096)).hole


def test_zeros_in_a_stream_are_told_of_its_object_only() -> None:
    pdf = document(1)
    picture = pdf.make_indirect(pdf.make_stream(bytes(999)))
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(P=picture)
    out = io.BytesIO()
    pdf.save(out, static_id=True, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    traces = seen(out.getvalue())
    assert not traces.hole
    assert len(traces.holes) == 1


def test_a_lost_and_a_doubled_block_are_seen_by_what_stands_behind() -> None:
    content = written(40)
    at = len(content) // 2
    ((_, lost),) = seen(content[:at] + content[at + 40 :]).gaps
    assert lost == "40 bytes are missing in the middle of it"
    ((_, doubled),) = seen(content[: at + 40] + content[at:]).gaps
    assert doubled == "40 bytes too many stand in the middle of it"


def test_offsets_that_are_all_off_by_the_same_tell_nothing() -> None:
    assert not seen(b"x" * 500 + written()).gaps


def test_streams_that_grew_by_a_byte_a_line_are_seen() -> None:
    pdf = document(0)
    add_page(pdf, b"BT\n/F1 9 Tf\n72 700 Td\n(a) Tj\nET\n" * 3)
    out = io.BytesIO()
    pdf.save(out, static_id=True, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert seen(out.getvalue().replace(b"\n", b"\r\n")).converted
    assert not seen(out.getvalue()).odd_lengths


def test_what_only_one_reader_opens_must_have_all_it_speaks_of() -> None:
    content = written(2)
    assert readable_alone(content)
    at = content.index(b"/Contents ") + len(b"/Contents ")
    assert not readable_alone(content[:at] + b"99 0 R " + content[at:])
    assert not readable_alone(content.replace(b"stream\nx", b"stream\n\0x"))


def test_a_header_far_behind_is_found(tmp_path: Path) -> None:
    path = tmp_path / "mailed.pdf"
    content = written()
    path.write_bytes(b"x" * 3000 + content)
    assert from_header(path) == content
    path.write_bytes(b"x" * 300 + content)
    assert from_header(path) == path
    assert has_objects(content)
    assert not has_objects(b"%PDF-1.7 1 0 obj")


def as_string(found: re.Match[bytes]) -> bytes:
    """Hexadecimal digits as a string in parentheses, filled up to 127 bytes as Acrobat does it."""
    words = bytes.fromhex(found[2].decode()).ljust(127, b"\0")
    escaped = re.sub(rb"([\\()])", rb"\\\1", words).replace(b"\r", b"\\r")
    return b"/" + found[1] + b" (" + escaped + b")"


def test_zeros_behind_what_tells_passwords_are_no_hole(tmp_path: Path) -> None:
    path = saved(
        document(2), tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user="", R=6)
    )
    content = re.sub(rb"/(O|U) <([0-9a-f]+)>", as_string, path.read_bytes())
    assert content.count(b"\0" * 64) == 2
    assert not traces_of(content, all_of_them=False).hole


def test_zeros_in_the_syntax_of_an_object_are_a_hole(tmp_path: Path) -> None:
    content = saved(document(2), tmp_path / "plain.pdf").read_bytes()
    begun = content.index(b"/MediaBox")
    assert traces_of(content[:begun] + b"\0" * 512 + content[begun + 512 :], all_of_them=False).hole
    assert not traces_of(content, all_of_them=False).hole
