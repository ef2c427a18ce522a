"""Locked files: who opens them, and what they still say of themselves."""

import io
import subprocess
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest

from briefpack.annexes.attachments import Attachment
from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.copies.copy_mark import CopyError
from briefpack.copies.pdf_lock import is_lock_of, lock
from tests.annexes.makers import body_pdf
from tests.conftest import need_tool

PASSWORD = "Grüße 12 Ж"  # noqa: S105  it opens nothing else


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    beside = tmp_path_factory.mktemp("lock") / "plan.csv"
    beside.write_text("a,b\n")
    file = Attachment(
        "A-plan.csv", beside, "The plan", None, source=True, date=datetime(2025, 4, 2, tzinfo=UTC)
    )
    return finish(body_pdf(3, 0), Claims(part=3), [file])


@pytest.fixture(scope="module")
def locked(plain):
    return lock(plain, PASSWORD)


def test_it_opens_with_the_password_and_not_without(locked):
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened:
        assert (opened.encryption.R, opened.encryption.V, opened.encryption.bits) == (6, 5, 256)
        assert opened.user_password_matched
        assert not opened.owner_password_matched
        assert len(opened.pages) == 3
        assert opened.attachments["A-plan.csv"].get_file().read_bytes() == b"a,b\n"


def test_programs_may_read_it_aloud_and_print_it(locked):
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened:
        allowed = opened.allow._asdict()

    assert {name for name, is_allowed in allowed.items() if is_allowed} == {
        "accessibility",
        "print_lowres",
        "print_highres",
    }


def test_it_no_longer_claims_to_be_an_archive_but_to_be_accessible(plain, locked):
    with pikepdf.open(io.BytesIO(plain)) as opened:
        before = opened.Root.Metadata.read_bytes()
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened:
        after = opened.Root.Metadata.read_bytes()
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == ""
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "The pack"

    assert b"pdfaid:part" in before
    assert b"pdfaid" not in after
    assert len(before) - len(after) < 300


def test_nothing_of_the_text_and_of_the_metadata_is_left_in_the_open(locked):
    assert b"The pack" not in locked
    assert b"rdf:RDF" not in locked


def test_the_password_of_the_owner_is_another_one_each_time(plain, locked):
    again = lock(plain, PASSWORD)

    with pikepdf.open(io.BytesIO(again), password=PASSWORD) as opened:
        other = bytes(opened.trailer.Encrypt.O)
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened:
        assert bytes(opened.trailer.Encrypt.O) != other


def test_pdfium_opens_it(locked):
    document = pypdfium2.PdfDocument(locked, password=PASSWORD)
    assert len(document) == 3
    document.close()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(locked)


@pytest.mark.parametrize(
    ("tool", "before", "after"),
    [
        ("qpdf", ["--password={}", "--check"], []),
        ("pdftotext", ["-upw", "{}"], ["-"]),
        ("mutool", ["draw", "-p", "{}", "-F", "text"], []),
    ],
)
def test_other_programs_open_it(tmp_path, locked, tool, before, after):
    file = tmp_path / "locked.pdf"
    file.write_bytes(locked)

    def run(password):
        given = [word.replace("{}", password) for word in before]
        return subprocess.run([need_tool(tool), *given, file, *after], capture_output=True, check=False)

    right, wrong = run(PASSWORD), run("something else")

    assert right.returncode == 0, right.stderr
    if tool != "qpdf":
        assert b"Body 2" in right.stdout
        assert b"Body 2" not in wrong.stdout
    assert wrong.returncode != 0


def test_a_file_without_the_claim_stays_as_it_says():
    accessible = finish(body_pdf(1, 0), Claims(archive=""))

    with pikepdf.open(io.BytesIO(lock(accessible, PASSWORD)), password=PASSWORD) as opened:
        assert b"pdfuaid:part" in opened.Root.Metadata.read_bytes()


def test_what_cannot_be_locked_is_refused(locked):
    for content, fact in ((locked, "encrypted"), (b"no", "no PDF"), (b"", "no PDF")):
        with pytest.raises(CopyError, match=fact):
            lock(content, PASSWORD)
    with pytest.raises(CopyError, match="empty"):
        lock(body_pdf(1, 0), "")


def test_metadata_that_claims_it_in_another_way_is_refused():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(body_pdf(1, 0))) as opened:
        opened.Root.Metadata = opened.make_stream(b'<x xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"/>')
        opened.save(out, fix_metadata_version=False)

    with pytest.raises(CopyError, match="another program"):
        lock(out.getvalue(), PASSWORD)


def test_what_is_inside_can_be_proved_with_the_password(plain, locked):
    assert is_lock_of(locked, plain, PASSWORD)
    assert is_lock_of(lock(plain, PASSWORD), plain, PASSWORD)
    assert not is_lock_of(locked, plain, "another one")
    assert not is_lock_of(plain, plain, PASSWORD)
    assert not is_lock_of(b"no PDF", plain, PASSWORD)
    with pytest.raises(CopyError):
        is_lock_of(locked, b"no PDF", PASSWORD)


def test_another_file_that_is_locked_alike_is_told_from_it(plain, locked):
    with pikepdf.Pdf.open(io.BytesIO(plain)) as document:
        document.pages[0].Contents.write(
            document.pages[0].Contents.read_bytes().replace(b"Tj", b"Tj ", 1) + b" "
        )
        out = io.BytesIO()
        document.save(out)
    assert not is_lock_of(lock(out.getvalue(), PASSWORD), plain, PASSWORD)


def test_a_second_state_behind_it_and_a_weaker_lock_are_no_such_file(plain, locked):
    assert not is_lock_of(locked + b"% more\n", plain, PASSWORD)
    assert not is_lock_of(locked + b"\nstartxref\n0\n%%EOF\n", plain, PASSWORD)
    with pikepdf.Pdf.open(io.BytesIO(plain)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(user="of long ago", owner="x", R=4, aes=True))
    assert not is_lock_of(out.getvalue(), plain, "of long ago")
    assert is_lock_of(lock(plain, "of long ago"), plain, "of long ago")


def test_it_can_be_proved_of_a_file_of_an_older_version_with_nothing_compressed(plain):
    with pikepdf.Pdf.open(io.BytesIO(plain)) as document:
        del document.trailer[pikepdf.Name.ID]
        out = io.BytesIO()
        document.save(
            out,
            force_version="1.4",
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    assert is_lock_of(lock(out.getvalue(), PASSWORD), out.getvalue(), PASSWORD)
