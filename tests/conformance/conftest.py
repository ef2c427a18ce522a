"""The example packs, built once for all tests and all of their processes, outside the project's own build/."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.built import Built
from tests.conformance.packs import CASES, MINISTERS, SOURCES

Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Makes a folder by its name once, whichever of the processes comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "conformance"
    shared.mkdir(exist_ok=True)

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def output(once: Once) -> Path:
    """Where the example packs are built."""

    def fill(folder: Path) -> None:
        for pack in dict.fromkeys(pack for pack, _ in CASES):
            build(SOURCES / pack, Order(output=folder))

    return once("packs", fill)


@pytest.fixture(scope="session", params=CASES, ids=lambda case: case[1])
def built(request: pytest.FixtureRequest, output: Path) -> Built:
    """The files of one audience after the other."""
    pack, audience = request.param
    return Built(pack, audience, output / pack)


@pytest.fixture(scope="session", params=MINISTERS)
def annexed(request: pytest.FixtureRequest, output: Path) -> Built:
    """The files of the audiences that get annexes."""
    return Built("foreign-ministers", request.param, output / "foreign-ministers")
