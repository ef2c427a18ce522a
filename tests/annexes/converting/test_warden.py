"""Programs that read files of others end: by themselves, by the clock, or with the one who asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from briefpack.annexes.converting.warden import run, stop
from tests.annexes.converting.processes import alive

ENV = {"PATH": os.environ["PATH"]}
PLENTY = 4 << 30


def python(folder: Path, *lines: str, seconds: float = 300, memory: int = PLENTY) -> tuple[int, bool, str]:
    outcome = run([sys.executable, "-c", "\n".join(lines)], folder, seconds, memory, ENV)
    return outcome.code, outcome.late, outcome.said.strip()


def ends(pid: int) -> None:
    """Wait for the end of a process that is to be killed: it may be there for a moment longer than its killer."""
    until = time.monotonic() + 300
    while alive(pid):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_program_ends_and_says_how(tmp_path: Path) -> None:
    assert python(tmp_path, "import sys", "print('done')", "sys.exit(3)") == (3, False, "done")


def test_a_program_gets_the_environment_it_is_given_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNEX_PASSWORD", "secret")
    _, _, said = python(tmp_path, "import os", "print(sorted(os.environ))")
    assert "ANNEX_PASSWORD" not in said
    assert "PYTHONPATH" not in said


def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    begun = time.monotonic()
    code, late, said = python(
        tmp_path,
        "import subprocess, sys, time",
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'])",
        "print(child.pid, flush=True)",
        "time.sleep(1000)",
        seconds=2,
    )
    assert late
    assert code != 0
    ends(int(said))
    assert time.monotonic() - begun < 300


def test_what_a_program_leaves_behind_is_ended(tmp_path: Path) -> None:
    code, late, said = python(
        tmp_path,
        "import subprocess, sys",
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'])",
        "print(child.pid, flush=True)",
    )
    assert (code, late) == (0, False)
    ends(int(said))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit memory in other ways, or not")
def test_a_program_has_no_more_memory_than_it_may(tmp_path: Path) -> None:
    lines = (
        "try:",
        "    bytearray(900_000_000)",
        "    print('had it')",
        "except MemoryError:",
        "    print('not')",
    )
    assert python(tmp_path, *lines)[2] == "had it"
    assert python(tmp_path, *lines, memory=500_000_000)[2] == "not"


def test_a_program_whose_builder_was_killed_ends(tmp_path: Path) -> None:
    asking = (
        "import os, sys\nfrom pathlib import Path\nfrom briefpack.annexes.converting.warden import run\n"
        f"run([sys.executable, '-c', 'import os, time; print(os.getpid(), flush=True); time.sleep(1000)'], "
        f"Path({str(tmp_path)!r}), 60, {PLENTY}, {{}})"
    )
    builder = subprocess.Popen([sys.executable, "-c", asking])
    printed = tmp_path / "printed"
    end = time.monotonic() + 300
    while not (printed.exists() and printed.read_text(encoding="ascii").strip()):
        assert time.monotonic() < end
        time.sleep(0.05)
    pid = int(printed.read_text(encoding="ascii"))
    assert alive(pid)
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    ends(pid)


def test_a_program_that_is_not_there_is_no_silent_success(tmp_path: Path) -> None:
    outcome = run([str(tmp_path / "nothing")], tmp_path, 10, PLENTY, ENV)
    assert outcome.code != 0
    assert not outcome.late


def test_a_build_that_is_broken_off_does_not_wait(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(
            run, [sys.executable, "-c", "import time; time.sleep(1000)"], tmp_path, 60, PLENTY, ENV
        )
        begun = time.monotonic()
        while not waiting.done():
            stop()
            assert time.monotonic() - begun < 300
            time.sleep(0.05)
    assert waiting.result().code != 0
    assert not waiting.result().late
