"""One engine after the other, each in what is left of the time, and the next one after a crash."""

import sys
from pathlib import Path

import pytest

from briefpack.annexes import cleaners
from briefpack.annexes.chain import CHAIN, Engine, share
from tests.annexes.makers import refused, taken

WORKER = """
import json, os, sys, time
for line in sys.stdin:
    request = json.loads(line)
    open(request["source"] + ".asked", "a").write(request["engine"] + "\\n")
    if request["engine"] == "whole":
        os.abort()
    if request["engine"] == "repaired":
        time.sleep(1000)
    if request["engine"] == "rewritten":
        answer = {"fault": "KeyError in x.py:1"}
    elif "bad" in request["source"]:
        answer = {"unable": ["is damaged: page 1 comes out with another look", "print it"]}
    else:
        open(request["target"], "wb").write(b"clean")
        answer = {"cleaned": {"sizes": [[595, 842]], "outline": [], "tagged": False, "faults": [], "remarks": [], "damaged": False, "embedded": [], "inscriptions": [], "unread": []}}
    print(json.dumps(answer), flush=True)
"""


def test_the_budget_is_shared_so_that_every_engine_has_its_turn() -> None:
    left = 60.0
    for engine in CHAIN:
        assert 1 < share(engine, left) <= left
        left -= share(engine, left)
    assert left == 0


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fake.py").write_text(WORKER)
    monkeypatch.setattr(cleaners, "COMMAND", (sys.executable, str(tmp_path / "fake.py")))
    # Only with the one that hangs is nobody patient: the others may have a slow machine.
    monkeypatch.setattr(cleaners, "share", lambda engine, left: 0.5 if engine is Engine.REPAIRED else left)


@pytest.mark.usefixtures("worker")
def test_the_next_engine_goes_on_where_one_died_hung_or_gave_up(tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(b"%PDF-1.7 odd")
    facts = taken(path, tmp_path / "work")
    assert facts.pages == 1
    asked = (tmp_path / "odd.pdf.asked").read_text().split()
    assert asked == [engine.value for engine in CHAIN[: CHAIN.index(Engine.IMPORTED) + 1]]


@pytest.mark.usefixtures("worker")
def test_when_no_engine_can_the_message_says_what_the_first_died_of(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.7 bad")
    assert "makes a PDF reader fail" in refused(path, tmp_path / "work").message
