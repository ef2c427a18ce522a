"""Archives written member by member: as another reader sees them, and with packed bytes that were never unpacked."""

import io
import random
import subprocess
import zipfile

import pytest

from briefpack.copies.zip_members import archive, members, packed, stored
from tests.conftest import need_tool

FILES = {
    "[Content_Types].xml": b"<Types/>",
    "word/é.xml": b"<a/>" * 4000,
    "word/media/image1.png": b"\x89PNG" * 50,
}


def _made():
    return archive(
        stored(name, content) if name.endswith("png") else packed(name, content, 6)
        for name, content in FILES.items()
    )


def test_another_reader_finds_the_same_files():
    with zipfile.ZipFile(io.BytesIO(_made())) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == FILES
        assert {info.date_time for info in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_info_zip_finds_nothing_wrong(tmp_path):
    path = tmp_path / "made.zip"
    path.write_bytes(_made())

    ran = subprocess.run([need_tool("unzip"), "-tq", path], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout


def test_members_keep_their_packed_bytes():
    once = members(_made())

    assert archive(once) == _made()
    assert {each.name: each.content for each in once} == FILES


def test_what_a_streaming_writer_wrote_is_read():
    """Such a one puts sizes behind the content, and more into the head of a file than into the directory."""

    class Stream(io.RawIOBase):
        def __init__(self):
            self.data = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.data += data
            return len(data)

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in FILES.items():
            with writer.open(name, "w", force_zip64=True) as file:
                file.write(content)

    assert {each.name: each.content for each in members(bytes(out.data))} == FILES


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as writer:
        writer.writestr("word/document.xml", random.Random(1).randbytes(500))

    with pytest.raises(zipfile.BadZipFile, match=r"word/document\.xml"):
        members(out.getvalue())
