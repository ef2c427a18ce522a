"""The register on the disk: written before the copies, taken back with them, never shortened otherwise."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from briefpack.distribute.copy_register import HEADS, whole_register
from briefpack.errors import BriefpackError, ExitCode
from briefpack.pipeline.registering import registered

ROWS = [tuple(f"{head} {n}" for head in HEADS) for n in range(3)]


def test_rows_are_there_before_the_block_runs(tmp_path: Path) -> None:
    with registered(tmp_path / "sent" / "visit", ROWS[:2]):
        assert (tmp_path / "sent" / "visit" / "copies.csv").read_bytes() == whole_register(ROWS[:2])
    with registered(tmp_path / "sent" / "visit", ROWS):
        pass
    assert (tmp_path / "sent" / "visit" / "copies.csv").read_bytes() == whole_register(ROWS)


@pytest.mark.parametrize("where", [".lock", "copies.csv"])
def test_where_it_cannot_be_written_no_option_is_named_that_moves_it_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    opened = os.open

    def refused(path: str | Path, *words: int) -> int:
        if Path(path).name == where:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, *words)

    if where == ".lock":
        monkeypatch.setattr(os, "open", refused)
    else:
        (tmp_path / where).mkdir()
    with pytest.raises(BriefpackError) as raised, registered(tmp_path, ROWS):
        pytest.fail("no copy may be published")
    (found,) = raised.value.diagnostics
    assert where in found.message
    assert found.hint is not None
    assert "--output" not in found.hint


def test_nothing_is_written_behind_what_is_no_register(tmp_path: Path) -> None:
    """Nobody could trace what is written there."""
    path = tmp_path / "copies.csv"
    path.write_bytes(b"Shopping\r\nbread;2\r\n")
    with pytest.raises(BriefpackError) as raised, registered(tmp_path, ROWS):
        pytest.fail("no copy may be published")
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert "copies.csv is no register of copies any more" in str(raised.value)
    assert path.read_bytes() == b"Shopping\r\nbread;2\r\n"


def test_without_rows_nothing_is_made(tmp_path: Path) -> None:
    with registered(tmp_path / "sent", []):
        pass
    assert not (tmp_path / "sent").exists()


@pytest.mark.parametrize("before", [0, 2])
def test_where_the_copies_are_not_published_the_register_is_as_it_was(tmp_path: Path, before: int) -> None:
    path = tmp_path / "copies.csv"
    if before:
        path.write_bytes(whole_register(ROWS[:before]))
    with pytest.raises(ZeroDivisionError), registered(tmp_path, ROWS):
        raise ZeroDivisionError
    assert path.exists() == bool(before)
    assert not before or path.read_bytes() == whole_register(ROWS[:before])


def test_a_full_disk_leaves_the_register_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "copies.csv"
    path.write_bytes(whole_register(ROWS[:1]))
    ran = False

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BriefpackError) as raised, registered(tmp_path, ROWS):
        ran = True
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert not ran
    assert path.read_bytes() == whole_register(ROWS[:1])


def test_a_register_that_cannot_be_written_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / "copies.csv").mkdir()
    with pytest.raises(BriefpackError), registered(tmp_path, ROWS):
        pass
    assert (tmp_path / "copies.csv").is_dir()


def test_two_drafts_do_not_write_at_once(tmp_path: Path) -> None:
    with registered(tmp_path, ROWS):
        child = os.fork() if hasattr(os, "fork") else pytest.skip("no fork here")
        if child == 0:
            code = 0
            try:
                with registered(tmp_path, ROWS[:1]):
                    code = 1
            except BriefpackError as error:
                code = 0 if error.exit_code is ExitCode.BUSY else 2
            os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
