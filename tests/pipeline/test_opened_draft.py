"""What is told of the files in a draft is what another program would find in them, however long they are and whatever was opened before."""

from __future__ import annotations

import hashlib
import random
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.pipeline import opened_draft
from briefpack.pipeline.opened_draft import DraftReader, OpenedDraft

BLOCK = 57 * 840
"""Bytes of content that are decoded at once."""
SIZES = (0, 1, 56, 57, 58, 57 * 63, 57 * 64 - 1, 57 * 64, 57 * 65 - 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 57 * 3 + 5)  # fmt: skip


def content_of(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)


def draft(*files: bytes) -> bytes:
    message = EmailMessage(SMTP)
    message["From"] = "desk@example.int"
    message.set_content("Words\n\nand more of them.\n")
    for number, content in enumerate(files):
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=f"{number}.bin"
        )
    return message.as_bytes()


def attached(opened: OpenedDraft) -> list[EmailMessage]:
    return [part for part in opened.message.walk() if part.get_content_disposition() == "attachment"]


def sums(opened: OpenedDraft) -> list[str]:
    return [opened.sha256(part) for part in attached(opened)]


def told(*files: bytes) -> list[str]:
    return [hashlib.sha256(each).hexdigest() for each in files]


@pytest.mark.parametrize("size", SIZES)
def test_files_of_any_size_are_summed(size: int) -> None:
    files = (content_of(size), content_of(100), content_of(size, 1))
    opened = DraftReader().open(draft(*files))
    assert sums(opened) == told(*files)
    assert [opened.content(part) for part in attached(opened)] == list(files)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3 * BLOCK),
            st.integers(0, 3 * BLOCK),
            st.integers(0, 2),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_what_drafts_have_in_common_changes_no_sum(files: list[tuple[int, int, int]]) -> None:
    """Each file begins as one of three do, for some of its length."""
    reader = DraftReader()
    for number, (common, own, begins) in enumerate(files):
        content = content_of(3 * BLOCK, begins)[:common] + content_of(own, 10 + number)
        assert sums(reader.open(draft(content))) == told(content)


def test_what_drafts_have_in_common_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    honest = opened_draft._of_lines

    def counted(block: bytes) -> bytes | None:
        decoded.append(len(block))
        return honest(block)

    monkeypatch.setattr(opened_draft, "_of_lines", counted)
    shared, reader = content_of(20 * BLOCK), DraftReader()
    for number in range(10):
        # The end of each is its own, as that of a copy.
        content = shared + content_of(BLOCK, 1 + number)
        assert sums(reader.open(draft(content))) == told(content)
    assert len(decoded) == 20 + 10


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_draft, "_MOST_KNOWN", 3)
    reader = DraftReader()
    for number in range(3):
        for content in (content_of(5 * BLOCK), content_of(2 * BLOCK, number)):
            assert sums(reader.open(draft(content))) == told(content)
            assert len(reader._known) <= 3


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_byte_of_a_file_can_be_another(data: st.DataObject) -> None:
    """Not even one that decoders pass over, nor a bit of the last letter that says nothing."""
    size = data.draw(st.sampled_from([1, 58, 57 * 70 + 1, BLOCK + 57 * 2 + 2]))
    content = content_of(size)
    raw = draft(content)
    begin = raw.index(b"\r\n\r\n", raw.index(b"filename")) + 4
    end = raw.index(b"\r\n--", begin)
    # Ends are the likely places for mischief.
    at = data.draw(
        st.one_of(st.integers(begin, end - 1), st.integers(max(begin, end - 5), end - 1), st.just(begin))
    )
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != raw[at]))
    reader = DraftReader()
    assert sums(reader.open(raw)) == told(content)
    assert sums(reader.open(raw[:at] + bytes([byte]) + raw[at + 1 :])) != told(content)


@pytest.mark.parametrize("size", [100, 57 * 70 + 1, BLOCK + 1])
@pytest.mark.parametrize("stray", [b"\r\n", b" ", b"!", b"====\r\n", b"=", b"\r\n\r\n", b"AAAA\r\n", b"\n"])
@pytest.mark.parametrize("where", ["begin", "line", "end"])
def test_nothing_else_may_stand_beside_a_files_letters(size: int, stray: bytes, where: str) -> None:
    """Programs differ in what they make of it: some end there, some go on, some pass it over."""
    content = content_of(size)
    raw = draft(content)
    begin = raw.index(b"\r\n\r\n", raw.index(b"filename")) + 4
    end = raw.index(b"\r\n--", begin)
    at = {"begin": begin, "line": begin + 78, "end": end}[where]
    changed = raw[:at] + stray + raw[at:]
    assert sums(DraftReader().open(changed)) == [""]
