"""A file that cannot be had is told of at its place, and not opened."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from briefpack.annexes import author_file
from tests.annexes.makers import document, refused, saved


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_of(tmp_path: Path, work: Path) -> None:
    path = saved(document(), tmp_path / "secret.pdf")
    path.chmod(0)
    assert "may not be read" in refused(path, work).message


def test_a_refused_permission_is_told_of(tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(document(), tmp_path / "secret.pdf")
    opened = Path.open

    def deny(self: Path, *args: object, **options: object) -> object:
        if self == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", deny)
    assert "may not be read" in refused(path, work).message


def test_a_file_that_is_too_large_is_not_even_opened(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(document(), tmp_path / "large.pdf")
    monkeypatch.setattr(author_file, "LARGEST_FILE", 10)
    assert "too large" in refused(path, work).message
