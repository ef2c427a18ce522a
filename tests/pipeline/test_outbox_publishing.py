"""An outbox on the disk: whole, its letters for their owner only, the register before the drafts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from briefpack.distribute.copy_register import HEADS, Row
from briefpack.errors import BriefpackError
from briefpack.pipeline import no_progress
from briefpack.pipeline.outbox_publishing import Outbox, former_files, publish_outbox
from tests.distribute.test_outbox import posted

ROW: Row = tuple(HEADS)


def run(
    root: Path,
    *files: tuple[str, bytes],
    rows: Sequence[Row] = (),
    drafted: Sequence[str] = ("desk", "press"),
    outbox: Path | None = None,
) -> None:
    folder = outbox or root / "outbox"
    publish_outbox(
        Outbox("visit", folder, root / "sent", former_files(folder)),
        posted(),
        files,
        inputs={"list.yaml": "0" * 64},
        rows=rows,
        drafted=drafted,
        progress=no_progress,
    )


def state(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_what_an_earlier_run_left_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    run(tmp_path, ("desk.eml", b"1"), ("letters/desk_1.pdf", b"2"))
    (tmp_path / "outbox" / "notes.txt").write_text("mine")
    assert former_files(tmp_path / "outbox").keys() == {"desk.eml", "letters/desk_1.pdf"}
    run(tmp_path, ("press.eml", b"3"))
    assert state(tmp_path).keys() == {"outbox/press.eml", "outbox/notes.txt", "outbox/outbox.json"}
    assert not (tmp_path / "outbox" / "letters").exists()


def test_letters_are_for_their_owner_only(tmp_path: Path) -> None:
    run(tmp_path, ("desk.eml", b"1"), ("letters/desk_1.pdf", b"2"))
    folder = tmp_path / "outbox" / "letters"
    assert (folder.stat().st_mode & 0o777, (folder / "desk_1.pdf").stat().st_mode & 0o777) == (0o700, 0o600)


def test_letters_to_audiences_that_are_not_drafted_now_stay(tmp_path: Path) -> None:
    run(tmp_path, ("letters/desk_1.pdf", b"1"), ("letters/press_fr_1.pdf", b"2"))
    run(tmp_path, ("letters/press_1.pdf", b"3"), drafted=["press"])
    assert former_files(tmp_path / "outbox").keys() == {"letters/desk_1.pdf", "letters/press_1.pdf"}
    run(tmp_path, drafted=["press"])
    assert former_files(tmp_path / "outbox").keys() == {"letters/desk_1.pdf"}


def test_the_register_has_its_rows_before_any_draft_is_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append((tmp_path / "sent" / "copies.csv").is_file())
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    run(tmp_path, ("desk.eml", b"1"), rows=[ROW])
    assert seen
    assert all(seen)


@pytest.mark.parametrize("place", ["file", "register", "publishing"])
def test_after_a_failure_outbox_and_register_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    run(tmp_path, ("desk.eml", b"1"), rows=[ROW])
    before = state(tmp_path)
    other: Row = tuple(reversed(HEADS))

    def files() -> Iterator[tuple[str, bytes]]:
        yield "desk.eml", b"2"
        if place == "file":
            raise BriefpackError([])

    if place == "register":
        real = os.fsync
        calls = iter(range(100))

        def failing(handle: int) -> None:
            # The draft and the record are staged; what comes then is the register.
            if next(calls) == 2:
                raise OSError(28, "full")
            real(handle)

        monkeypatch.setattr(os, "fsync", failing)
    if place == "publishing":
        monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    folder = tmp_path / "outbox"
    outbox = Outbox("visit", folder, tmp_path / "sent", former_files(folder))
    with pytest.raises(BriefpackError):
        publish_outbox(
            outbox, posted(), files(), inputs={}, rows=[other], drafted=["desk"], progress=no_progress
        )
    monkeypatch.undo()
    assert state(tmp_path) == before
