"""No reader gets a message twice without a word, and none is forgotten, whatever kills the sender and whatever the server does; and an experiment that would not notice is none."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.distribute.mutants import MUTANTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="senders are forked and killed")


def figures(folder: Path, *options: str) -> dict[str, Any]:
    """Of an experiment in a process of its own, without threads. It lies in memory where that is possible: a killed process loses nothing of a disk's."""
    memory = Path("/dev/shm")  # noqa: S108
    where = memory if os.access(memory, os.W_OK) else folder
    done = subprocess.run(
        [sys.executable, "-m", "tests.mail_experiment", "--folder", str(where), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert bool(found["wrong"]) is bool(done.returncode)
    return found


def test_twelve_hundred_deliveries_by_senders_that_are_killed_to_a_server_that_fails(tmp_path: Path) -> None:
    found = figures(tmp_path, "--deliveries", "1200", "--seed", "7")
    assert found["wrong"] == []
    assert sum(found["states"].values()) == 1200
    # It was an experiment: senders died, were interrupted and kept out, and nobody knew the fate of some messages.
    assert found["killed"] >= 30
    assert min(found[each] for each in ("interrupted", "kept_out", "resent")) >= 1
    assert found["states"]["uncertain"] >= 1
    assert found["states"]["refused"] >= 1
    assert found["states"]["queued"] >= 1
    assert found["states"]["sent"] >= 1000


def test_a_pack_whose_sending_is_killed_and_begun_again(tmp_path: Path) -> None:
    found = figures(tmp_path, "--whole", "--deliveries", "60", "--seed", "3")
    assert found["wrong"] == []
    assert sum(found["states"].values()) == 60
    assert found["killed"] >= 3
    assert found["states"]["sent"] >= 40


def test_a_sender_that_is_killed_at_each_of_its_steps(tmp_path: Path) -> None:
    found = figures(tmp_path, "--moments", "1")
    assert found["wrong"] == []
    assert found["killed"] == found["runs"] - 1
    assert found["killed"] > 150


def watched(tmp_path: Path, *command: str) -> str:
    """What a process asks of the system, one call a line: flushes, and what goes to and fro."""
    trace = tmp_path / "trace.txt"
    watching = [
        "strace",
        "-o",
        str(trace),
        "-e",
        "trace=fsync,fdatasync,sendto,recvfrom",
        "-s",
        "8",
        *command,
    ]
    subprocess.run(watching, check=True, capture_output=True, timeout=300)
    return trace.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not there to watch")
def test_the_disk_has_it_before_the_server_is_asked_and_as_soon_as_it_has_answered(tmp_path: Path) -> None:
    try:
        watched(tmp_path, "true")
    except subprocess.CalledProcessError:
        pytest.skip("nobody may watch a process here")
    seen = watched(
        tmp_path,
        sys.executable,
        "-m",
        "tests.mail_experiment",
        "--calm",
        "--deliveries",
        "9",
        "--folder",
        str(tmp_path),
    )
    signs = {
        "RCPT": "r",
        "DATA": "d",
        "From": "m",
        ".\\r": ".",
        "RSET": "n",
        "QUIT": "n",
        "250": "a",
        "354": "g",
    }
    line = ""
    for call, said in re.findall(
        r'^(fsync|fdatasync|sendto|recvfrom)\([^"\n]*"?([^"\n]*)', seen, re.MULTILINE
    ):
        line += "F" if call.startswith("f") else next((s for w, s in signs.items() if said.startswith(w)), "")
    transactions = re.findall(r"F*d.*?n", line)
    assert len(transactions) >= 5
    assert set(transactions) == {"Fdgm.aFn"}


@pytest.mark.parametrize("mutant", sorted(MUTANTS))
def test_a_sender_that_writes_in_the_wrong_order_is_found_out(tmp_path: Path, mutant: str) -> None:
    assert figures(tmp_path, "--moments", "5", "--mutant", mutant)["wrong"]
