"""Whatever of what is withheld is planted in a finished file, by whatever way, the audit finds it, and says where and where it comes from;
in files in which nothing was planted, it finds nothing."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack.audit.machine import Machine
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.auditing import Auditing, Case
from tests.conformance.conftest import Once
from tests.conftest import need_tool
from tests.packs.every_way import AUDIENCE, HOME, HOST, USER, WAYS, named, secret_for, sources_of
from tests.packs.leaks import File, Way, parts_of, squeezed
from tests.packs.marked_maker import MAY_GO, NAME, PORTIONS, READERS, Marked, Reader, write_marked

MACHINE = Machine(
    (("the name of the builder's account", USER), ("the name of the builder's machine", HOST)),
    (("a path in the builder's home folder", f"{HOME}/"),),
)


@pytest.fixture(scope="session")
def marked(once: Once) -> Marked:
    """The pack of marked portions, built for all of its audiences, without an audit, which is for the tests to make."""

    def fill(folder: Path) -> None:
        made = write_marked(folder)
        build(made.folder, Order(output=folder / "build", draft=True, jobs=2))
        (folder / "marked").write_bytes(pickle.dumps(made))

    made = pickle.loads((once(NAME, fill) / "marked").read_bytes())  # noqa: S301  # written above
    assert isinstance(made, Marked)
    return made


def _file(marked: Marked, reader: str, kind: str) -> File:
    path = marked.folder.parents[1] / "build" / NAME / reader / f"{NAME}-{reader}.{kind}"
    return File(path.name, path.read_bytes())


@pytest.fixture(scope="session")
def auditing(marked: Marked) -> Callable[[str], Auditing]:
    """The audit for one audience; what it looks for is made once."""
    case = Case.of(marked.folder)
    made = {reader.name: Auditing(case, reader.name, MACHINE) for reader in READERS}
    return made.__getitem__


# --------------------------------------------------------------------------- the pack is what it says it is


def test_a_thousand_portions_are_marked_and_hundreds_are_withheld(marked: Marked) -> None:
    assert sum(portion.kind not in {"title", "part", "lead"} for portion in marked.portions) >= PORTIONS
    assert len({portion.kind for portion in marked.portions}) > 50
    for reader in READERS:
        assert len(marked.withheld(reader.name)) > 50
    assert len(marked.secrets(AUDIENCE)) > 200


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_each_reader_has_his_portions_and_no_others(marked: Marked, reader: Reader) -> None:
    """By outside tools, and by what the maker of the pack knows; the audit has no part in this."""
    word = squeezed(" ".join(parts_of(_file(marked, reader.name, "docx").content)))
    pdf = squeezed(_pdf_text(marked, reader.name))
    given = "\n".join(squeezed(text) for portion in marked.given(reader.name) for text in portion.texts)
    withheld = [
        text
        for portion in marked.withheld(reader.name)
        for text in portion.texts
        if len(squeezed(text)) > 20 and squeezed(text) not in given
    ]
    # Titles of what lost everything, and explanations that a style does not print, are not there either.
    kept = [
        text
        for portion in marked.given(reader.name)
        if portion.kind not in MAY_GO | {"abbreviation", "annex text"}
        for text in portion.texts
    ]

    assert [text for text in withheld if squeezed(text) in word or squeezed(text) in pdf] == []
    assert [text for text in kept if squeezed(text) not in word] == []


def _pdf_text(marked: Marked, reader: str) -> str:
    path = marked.folder.parents[1] / "build" / NAME / reader / f"{NAME}-{reader}.pdf"
    run = subprocess.run(
        [need_tool("pdftotext"), "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True
    )
    return run.stdout.decode("utf-8").replace("-\n", "")


# --------------------------------------------------------------------------- nothing is planted


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_nothing_is_found_in_clean_files(
    marked: Marked, auditing: Callable[[str], Auditing], reader: Reader, kind: str
) -> None:
    file = _file(marked, reader.name, kind)

    assert auditing(reader.name).hits(file.content, file.name) == ()


# --------------------------------------------------------------------------- something is planted


def test_there_are_more_than_two_hundred_ways() -> None:
    assert len({named(way) for way in WAYS}) == len(WAYS) > 200


_OPEN = {
    "pdf: the first words of all lines, then the others": "halves of lines stand as columns and cells do",
}
"""Ways that are not found yet, and why; a way that is found is taken out here."""


def _expected(way: Way) -> object:
    why = _OPEN.get(named(way))
    marks = () if why is None else (pytest.mark.xfail(reason=why, strict=True),)
    return pytest.param(way, marks=marks, id=named(way))


def test_of_all_ways_that_are_open_there_are_few() -> None:
    assert _OPEN.keys() <= {named(way) for way in WAYS}
    assert len(_OPEN) < len(WAYS) / 30


@pytest.mark.parametrize("way", list(map(_expected, WAYS)))
def test_what_is_planted_is_found(marked: Marked, auditing: Callable[[str], Auditing], way: Way) -> None:
    secret = secret_for(way, marked)
    clean = _file(marked, AUDIENCE, way.kind)
    planted = way.plant(clean, secret)

    assert planted != clean
    assert way.proof(planted, secret), "nothing was planted"
    found = auditing(AUDIENCE).hits(planted.content, planted.name)
    assert found, f"not found: {secret.text(way.tells) if way.tells != 'picture' else 'the picture'}"
    assert all(place for hit in found for file, place in hit.at if file == planted.name)
    assert {file for hit in found for file, _ in hit.at} == {planted.name}
    if way.tells.partition(":")[0] in {"sentence", "abroad"}:
        sources = {marked.folder / file for file in sources_of(secret.text(way.tells), marked)}
        assert {hit.where.path for hit in found if hit.where is not None} & sources
