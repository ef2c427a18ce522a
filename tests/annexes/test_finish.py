"""The last save of a pack: what it claims, and that it is small and always the same."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import UnfinishedError, finish
from tests.annexes.makers import body_pdf, document


def plain(pages: int = 40) -> bytes:
    return body_pdf(pages, 0)


def finished(pack: bytes) -> bytes:
    return finish(pack, Claims())


def opened(pack: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pack))


# --------------------------------------------------------------------------- claims


@pytest.mark.parametrize(
    ("claims", "accessible", "archive"),
    [
        (Claims(), "1", ("2", "A")),
        (Claims(archive="U"), "1", ("2", "U")),
        (Claims(archive="B", accessible=False), None, ("2", "B")),
        (Claims(archive=""), "1", None),
        (Claims(accessible=False, archive=""), None, None),
    ],
)
def test_a_pack_says_what_it_claims_and_nothing_else(
    claims: Claims, accessible: str | None, archive: tuple[str, str] | None
) -> None:
    with opened(finish(plain(), claims)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata.get("pdfuaid:part") == accessible
            said = metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")
            assert said == (archive or (None, None))
            assert metadata["dc:title"] == "The pack"
        packet = pdf.Root.Metadata.read_bytes()
        assert (b"pdfaExtension:schemas" in packet) == (accessible is not None and archive is not None)
        assert ("/OutputIntents" in pdf.Root) == (archive is not None)


def test_colours_of_an_archived_pack_mean_srgb() -> None:
    with opened(finished(plain())) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert Name("/GTS_PDFA1") == intent.S
        profile = intent.DestOutputProfile
        assert profile.N == 3
        data = profile.read_bytes()
        assert data[12:24] == b"mntrRGB XYZ "
        assert int.from_bytes(data[:4], "big") == len(data)


def test_a_body_without_metadata_is_a_fault() -> None:
    out = io.BytesIO()
    document().save(out, deterministic_id=True)
    with pytest.raises(UnfinishedError):
        finished(out.getvalue())


# --------------------------------------------------------------------------- the file


def test_a_file_is_of_the_version_that_the_standards_know_and_has_an_id() -> None:
    pack = finished(plain())
    assert pack.startswith(b"%PDF-1.7\n")
    with opened(pack) as pdf:
        assert "/ID" in pdf.trailer


def test_the_same_pack_is_smaller_and_says_the_same() -> None:
    before = plain()
    after = finished(before)
    assert len(after) < len(before) / 2
    with opened(after) as pdf:
        assert len(pdf.pages) == 40
        assert b"Body 40" in pdf.pages[39].Contents.read_bytes()


def test_the_same_input_gives_the_same_bytes() -> None:
    assert finished(plain()) == finished(plain())


def test_what_nothing_refers_to_is_gone() -> None:
    with opened(plain()) as pdf:
        pdf.Root.Keep = pdf.make_indirect(Dictionary(Secret=pikepdf.String("orphan")))
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    cut = re.sub(rb"/Keep \d+ 0 R", lambda found: b" " * len(found[0]), out.getvalue())
    assert cut != out.getvalue()
    with opened(finished(cut)) as again:
        assert not any(isinstance(o, Dictionary) and "/Secret" in o for o in again.objects)


def test_data_that_is_compressed_already_is_left_as_it_is() -> None:
    with opened(plain()) as pdf:
        pdf.pages[0].Contents.write(b"BT ET " * 500)
        out = io.BytesIO()
        pdf.save(out, recompress_flate=True, static_id=True)
    with opened(out.getvalue()) as first, opened(finished(out.getvalue())) as second:
        assert first.pages[0].Contents.read_raw_bytes() == second.pages[0].Contents.read_raw_bytes()
