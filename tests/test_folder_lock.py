"""The lock of a pack's folder: one run at a time, told apart by its process, gone with it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from briefpack.errors import BriefpackError, ExitCode
from briefpack.folder_lock import hold, holder

HOLDER = """
    import sys, time
    from pathlib import Path
    from briefpack.folder_lock import hold
    with hold(Path(sys.argv[1])):
        print("held", flush=True)
        time.sleep(60)
"""


def test_a_second_process_is_told_who_holds_the_lock_and_gets_it_when_that_one_dies(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    assert holder(folder) is None
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(folder)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(BriefpackError) as caught, hold(folder):
            pytest.fail("both hold the lock")
        assert caught.value.exit_code is ExitCode.BUSY
        assert str(other.pid) in caught.value.diagnostics[0].message
        assert holder(folder) == other.pid
        other.kill()
        other.wait()
        assert holder(folder) is None
        with hold(folder):
            assert (folder / ".lock").read_text().strip() == str(os.getpid())


def test_a_process_does_not_get_a_lock_twice_and_asking_does_not_lose_it(tmp_path: Path) -> None:
    with hold(tmp_path):
        assert holder(tmp_path) == os.getpid()
        with pytest.raises(BriefpackError) as caught, hold(tmp_path, "send", "sending"):
            pytest.fail("held twice")
        (diagnostic,) = caught.value.diagnostics
        assert diagnostic.message == f"another sending of {tmp_path.name} is running (process {os.getpid()})"
        assert diagnostic.hint == "wait until it has finished, then send again"
        # Another process must still be kept out.
        told = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)],
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert b"another build, draft or sending of" in told.stderr
    assert holder(tmp_path) is None


ASKING = """
    import sys
    from pathlib import Path
    from briefpack.folder_lock import holder
    print("asking", flush=True)
    while True:
        holder(Path(sys.argv[1]))
"""


def test_who_only_asks_keeps_nobody_out(tmp_path: Path) -> None:
    with hold(tmp_path):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(ASKING), str(tmp_path)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"asking"
        try:
            for _ in range(5000):
                with hold(tmp_path):
                    pass
        finally:
            other.kill()


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX can be asked for by who may not write")
def test_who_may_not_write_can_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def read_only(path: Path, flags: int, *mode: int) -> int:
        if flags & os.O_ACCMODE != os.O_RDONLY:
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *mode)

    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(tmp_path)], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        monkeypatch.setattr(os, "open", read_only)
        try:
            assert holder(tmp_path) == other.pid
        finally:
            monkeypatch.undo()
            other.kill()
