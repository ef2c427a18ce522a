"""The example packs, built once for all tests and all of their processes, outside the project's own build/."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from briefpack.pipeline.project import packs_of
from tests.conformance.built import Built
from tests.conformance.packs import CASES, MINISTERS, PRINTED, ROOT
from tests.conformance.vera import Verdict, validate
from tests.packs.torture_maker import NAME as TORTURE
from tests.packs.torture_maker import SMALL, STYLES, write_small, write_torture

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
        for pack in packs_of(ROOT):
            build(pack, Order(output=folder))

    return once("packs", fill)


@pytest.fixture(scope="session", params=CASES, ids="-".join)
def built(request: pytest.FixtureRequest, files: dict[tuple[str, str], Built]) -> Built:
    """The files of one audience after the other."""
    return files[request.param]


@pytest.fixture(scope="session", params=PRINTED, ids="-".join)
def printable(request: pytest.FixtureRequest, files: dict[tuple[str, str], Built]) -> Built:
    """As built, of the audiences whose Word files LibreOffice prints."""
    return files[request.param]


@pytest.fixture(scope="session", params=MINISTERS)
def annexed(request: pytest.FixtureRequest, output: Path) -> Built:
    """The files of the audiences that get annexes."""
    return Built("foreign-ministers", request.param, output / "foreign-ministers")


# --------------------------------------------------------------------------- the examples, and the pack that is hardest to tag

EVERY = (*CASES, *((TORTURE, style) for style in STYLES))


@pytest.fixture(scope="session")
def torture(once: Once) -> Path:
    """The project of the pack that is hardest to tag, built."""

    def fill(folder: Path) -> None:
        build(write_torture(folder), Order(output=folder / "build"))

    return once("torture", fill)


@pytest.fixture(scope="session")
def small(once: Once) -> Built:
    """The files of the pack with one of each thing in it."""

    def fill(folder: Path) -> None:
        build(write_small(folder), Order(output=folder / "build"))

    folder = once("small", fill)
    return Built(SMALL, "reader", folder / "build" / SMALL, folder / "sources")


@pytest.fixture(scope="session")
def files(output: Path, torture: Path) -> dict[tuple[str, str], Built]:
    """The files of all audiences, by pack and audience."""
    return {
        (pack, audience): Built(pack, audience, torture / "build" / pack, torture / "sources")
        if pack == TORTURE
        else Built(pack, audience, output / pack)
        for pack, audience in EVERY
    }


@pytest.fixture(scope="session", params=EVERY, ids="-".join)
def each(request: pytest.FixtureRequest, files: dict[tuple[str, str], Built]) -> Built:
    """One audience's files after the other, examples and torture."""
    return files[request.param]


@pytest.fixture(scope="session")
def verdicts(once: Once, files: dict[tuple[str, str], Built]) -> dict[tuple[str, str, str], Verdict]:
    """What veraPDF says, by flavour, pack and audience."""

    def fill(folder: Path) -> None:
        found = validate((flavour, built.pdf) for built in files.values() for flavour in ("ua1", "2a"))
        (folder / "verdicts").write_bytes(pickle.dumps(found))

    found = pickle.loads((once("verdicts", fill) / "verdicts").read_bytes())  # noqa: S301  # written above
    by_path = {built.pdf: built for built in files.values()}
    return {
        (verdict.flavour, by_path[verdict.path].pack, by_path[verdict.path].audience): verdict
        for verdict in found
    }
