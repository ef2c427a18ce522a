"""What other programs made is kept by what it was made of."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from briefpack.annexes.converting import kept

SHA = "a" * 64


def test_what_is_kept_is_found_again_as_it_was_left(tmp_path: Path) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(b"content")
    path = kept.path_of(tmp_path, SHA, "docx", "LibreOffice 7.4")
    assert not kept.recall(path)
    kept.keep(made, path)
    assert path.read_bytes() == b"content"
    assert kept.recall(path)
    path.write_bytes(b"spoilt")
    assert not kept.recall(path)


def test_another_file_program_or_way_of_making_is_another_name(tmp_path: Path) -> None:
    paths = {
        kept.path_of(tmp_path, SHA, "docx", "LibreOffice 7.4"),
        kept.path_of(tmp_path, "b" * 64, "docx", "LibreOffice 7.4"),
        kept.path_of(tmp_path, SHA, "docx", "LibreOffice 7.5"),
        kept.path_of(tmp_path, SHA, "doc", "LibreOffice 7.4"),
    }
    assert len(paths) == 4


def test_what_was_of_no_use_for_longest_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    made = tmp_path / "made.pdf"
    made.write_bytes(b"content")
    paths = [kept.path_of(tmp_path, SHA, str(number)) for number in range(3)]
    for age, path in zip((30, 20), paths, strict=False):
        kept.keep(made, path)
        os.utime(path, (1_000 - age, 1_000 - age))
    # The oldest is of use once more.
    assert kept.recall(paths[0])
    kept.keep(made, paths[2])
    assert [path.exists() for path in paths] == [True, False, True]
    assert len(list(paths[0].parent.iterdir())) == 4


def test_two_threads_keep_the_same_pdf_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_written = threading.Barrier(2, timeout=60)
    digest_of = kept.digest_of

    def slowly(path: Path) -> str:
        both_have_written.wait()
        return digest_of(path)

    made = tmp_path / "made.pdf"
    made.write_bytes(b"content")
    path = kept.path_of(tmp_path, SHA, "docx")
    path.parent.mkdir()
    with monkeypatch.context() as patched, ThreadPoolExecutor(2) as pool:
        patched.setattr(kept, "digest_of", slowly)
        for done in [pool.submit(kept.keep, made, path) for _ in range(2)]:
            done.result()
    assert kept.recall(path)
    assert len(list(path.parent.iterdir())) == 2


def test_what_was_made_of_files_that_are_no_more_is_forgotten(tmp_path: Path) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(b"content")
    mine, other = (kept.path_of(tmp_path, digest, "docx") for digest in (SHA, "b" * 64))
    for path in (mine, other):
        kept.keep(made, path)
    kept.forget(tmp_path, {SHA})
    assert kept.recall(mine)
    assert len(list(mine.parent.iterdir())) == 2
    kept.forget(tmp_path / "nowhere", set())
