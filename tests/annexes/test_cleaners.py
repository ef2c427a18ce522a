"""What becomes of one file is nothing to the others, and nothing outlives a build that is broken off."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from briefpack.annex import AnnexFile
from briefpack.annexes import cleaners
from briefpack.annexes.converting import warden
from briefpack.annexes.foreign import PDF
from briefpack.annexes.intake import take_in
from briefpack.annexes.process import Silence, WorkerProcess
from briefpack.errors import Where
from tests.annexes.makers import annex


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


FAKE_WORKER = """
import json, os, sys, time
for line in sys.stdin:
    request = json.loads(line)
    name = os.path.basename(request["source"])
    if name == "crash.pdf":
        os.abort()
    if name == "hang.pdf":
        time.sleep(1000)
    if name == "half.pdf":
        sys.stdout.write('{"clea')
        sys.stdout.flush()
        os._exit(0)
    if name == "fault.pdf":
        answer = {"fault": "KeyError in layers.py:1"}
    elif name == "swell.pdf":
        answer = {"swelled": True}
    else:
        open(request["target"], "wb").write(b"clean")
        answer = {"cleaned": {"sizes": [[595, 842]], "outline": [], "tagged": False, "faults": [], "remarks": [], "damaged": False, "embedded": [], "inscriptions": [], "unread": []}}
    print(json.dumps(answer), flush=True)
"""


def test_a_crash_or_a_hang_is_told_of_its_own_annex_only(
    tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fake.py").write_text(FAKE_WORKER)
    monkeypatch.setattr(cleaners, "COMMAND", (sys.executable, str(tmp_path / "fake.py")))
    ask = WorkerProcess.ask

    def impatient(worker: WorkerProcess, request: dict[str, Any], seconds: float) -> dict[str, Any] | Silence:
        """Only with the one that hangs: the others may have a slow machine."""
        return ask(worker, request, 0.2 if request["source"].endswith("hang.pdf") else seconds)

    monkeypatch.setattr(WorkerProcess, "ask", impatient)
    names = ("one", "crash", "two", "hang", "half", "fault", "swell", "three")
    annexes = []
    for name in names:
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.7 " + name.encode())
        annexes.append(annex(tmp_path / f"{name}.pdf"))
    facts, found = take_in(annexes, work)
    assert list(facts) == ["one", "two", "three"]
    told = {d.message.split(".pdf")[0]: d.message for d in found}
    assert list(told) == ["crash", "hang", "half", "fault", "swell"]
    assert "makes a PDF reader fail" in told["crash"]
    assert "takes more than 60 seconds" in told["hang"]
    assert "makes a PDF reader fail" in told["half"]
    assert "no PDF reader here understands" in told["fault"]
    assert "KeyError" not in told["fault"]
    assert "more memory" in told["swell"]


def test_what_starts_while_a_build_is_broken_off_is_stopped_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: list[warden.Outcome] = []

    def clean(*_: object) -> tuple[str, str]:
        """One program after the other, as where the first way to convert a file fails."""
        for name in ("first", "second", "third"):
            begins = f'echo > "{tmp_path / name}"; exec sleep 1000'
            outcomes.append(warden.run(("sh", "-c", begins), tmp_path, 300, 1 << 32, os.environ))
        return "", ""

    monkeypatch.setattr(cleaners.Cleaners, "_clean", clean)
    file = AnnexFile(tmp_path / "letter.pdf", Where(tmp_path / "pack.yaml", 1, 1))

    def break_off() -> None:
        with cleaners.Cleaners(tmp_path, 60, 1) as several:
            several.begin(file, PDF, "letter", "")
            while not (tmp_path / "first").exists():
                time.sleep(0.01)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert [each.late for each in outcomes] == [False] * 3
