"""Publishing: whole or not at all."""

import errno
import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from briefpack.errors import BriefpackError, ExitCode
from briefpack.files import (
    digest_of,
    discard,
    output_error,
    publish,
    publish_first,
    set_aside,
    stage,
    sweep,
)

needs_posix = pytest.mark.skipif(os.name != "posix", reason="uses POSIX limits and signals")


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_staged_file_leaves_its_target_alone_until_it_is_published(tmp_path: Path) -> None:
    target = tmp_path / "a" / "pack.pdf"
    target.parent.mkdir()
    target.write_bytes(b"old")
    staged = stage(target, b"new!")
    assert target.read_bytes() == b"old"
    assert (staged.size, staged.sha256) == (4, digest_of(staged.waiting))
    publish([staged])
    assert target.read_bytes() == b"new!"
    assert names(target.parent) == ["pack.pdf"]


def test_discarding_leaves_the_old_files_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")
    discard([stage(target, b"new"), stage(tmp_path / "pack.docx", b"new")])
    assert names(tmp_path) == ["pack.pdf"]
    assert target.read_bytes() == b"old"


def test_when_the_second_file_cannot_be_placed_the_first_is_taken_back(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("1.pdf", "2.docx", "3.pdf"))
    first.write_bytes(b"old")
    staged = [stage(third, b"fresh"), stage(first, b"new"), stage(second, b"new")]
    second.mkdir()
    (second / "in the way").touch()
    with pytest.raises(BriefpackError) as caught:
        publish(staged)
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert first.read_bytes() == b"old"
    assert names(tmp_path) == ["1.pdf", "2.docx"]


def test_stale_files_go_when_the_new_ones_are_in_place(tmp_path: Path) -> None:
    old = tmp_path / "press" / "gone.docx"
    old.parent.mkdir()
    old.touch()
    publish([stage(tmp_path / "new.pdf", b"x")], stale=[old])
    assert not old.exists()


def test_who_comes_first_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "made"
    first, second = stage(target, b"one"), stage(target, b"two")
    publish_first(first)
    publish_first(second)
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]

    def no_second_names(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_second_names)
    publish_first(stage(tmp_path / "other", b"three"))
    assert (tmp_path / "other").read_bytes() == b"three"


def test_a_folder_where_a_file_belongs_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").mkdir()
    with pytest.raises(BriefpackError) as caught:
        stage(tmp_path / "pack.pdf", b"x")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code is ExitCode.OUTPUT
    assert "is a folder" in diagnostic.message
    assert diagnostic.hint == "move the folder away"
    assert names(tmp_path) == ["pack.pdf"]


def test_a_file_where_a_folder_belongs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "press").touch()
    with pytest.raises(BriefpackError) as caught:
        stage(tmp_path / "press" / "pack.pdf", b"x")
    assert caught.value.exit_code is ExitCode.OUTPUT


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "no permission"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "cannot write"),
    ],
)
def test_every_refusal_of_the_system_has_words_and_a_remedy(number: int, words: str) -> None:
    error = output_error(OSError(number, os.strerror(number)), Path("pack.pdf"))
    (diagnostic,) = error.diagnostics
    assert words in diagnostic.message
    assert diagnostic.hint
    assert error.exit_code is ExitCode.OUTPUT


@needs_posix
def test_a_file_that_outgrows_its_limit_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    import resource

    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(BriefpackError) as caught:
            stage(target, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert names(tmp_path) == ["pack.pdf"]
    assert target.read_bytes() == b"old"


def test_sweeping_removes_what_a_killed_run_left_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "mine.part").touch()
    stage(tmp_path / "press" / "pack.pdf", b"x")
    stage(tmp_path / "manifest.json", b"x")
    sweep(tmp_path)
    assert names(tmp_path) == ["press"]
    assert names(tmp_path / "press") == ["mine.part"]
    sweep(tmp_path / "nowhere")


def test_what_is_private_is_its_owners_from_the_first_byte(tmp_path: Path) -> None:
    target = tmp_path / "letters" / "anna.pdf"
    staged = stage(target, b"secret", private=True)
    assert staged.waiting.stat().st_mode & 0o777 == 0o600
    publish([staged])
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.parent.stat().st_mode & 0o777 == 0o700
    assert tmp_path.stat().st_mode & 0o777 != 0o600


def test_what_is_set_aside_waits_for_its_owner_only_and_is_swept(tmp_path: Path) -> None:
    path = set_aside(tmp_path / "outbox", b"copy")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"copy", 0o600)
    sweep(tmp_path)
    assert names(tmp_path / "outbox") == []


def test_what_cannot_be_set_aside_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _content: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("builtins.open", lambda *_args, **_more: Full())
    with pytest.raises(BriefpackError) as raised:
        set_aside(tmp_path, b"copy")
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert names(tmp_path) == []


WRITER = """
    import sys
    from pathlib import Path
    from briefpack.files import publish, stage
    folder = Path(sys.argv[1])
    for n in range(1_000_000):
        content = str(n % 10).encode() * 300_000
        publish([stage(folder / "pack.pdf", content), stage(folder / "pack.docx", content)])
        if n == 0:
            print("written", flush=True)
"""


@needs_posix
def test_killed_at_any_moment_every_file_is_whole(tmp_path: Path) -> None:
    for attempt in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.02 + attempt * 0.007)
            writer.send_signal(signal.SIGKILL)
        for path in (tmp_path / "pack.pdf", tmp_path / "pack.docx"):
            content = path.read_bytes()
            assert len(content) == 300_000
            assert len(set(content)) == 1
        sweep(tmp_path)
        assert set(names(tmp_path)) == {"pack.pdf", "pack.docx"}
