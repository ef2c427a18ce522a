"""The process in which files of others are opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefpack.annexes import process
from briefpack.annexes.process import Silence, WorkerProcess


def test_an_answer_that_comes_when_its_time_is_over_costs_the_next_file_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fake.py").write_text('import sys\nfor line in sys.stdin:\n    print("{}", flush=True)\n')
    exchange = process._exchange

    def and_then_late(worker: subprocess.Popen[bytes], request: bytes) -> bytes:
        line = exchange(worker, request)
        worker.wait(300)
        return line

    worker = WorkerProcess((sys.executable, str(tmp_path / "fake.py")))
    try:
        with monkeypatch.context() as patched:
            patched.setattr(process, "_exchange", and_then_late)
            # A machine that takes longer to answer shows nothing.
            assert worker.ask({}, 2) in ({}, Silence(late=True))
        assert worker.ask({}, 300) == {}
    finally:
        worker.end()
