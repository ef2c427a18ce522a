"""51 words hidden in an annex: what of them reaches the pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.annex import AnnexFacts, Keep, Treatment
from briefpack.annexes.claims import claims_of
from briefpack.annexes.finish import finish
from briefpack.annexes.intake import take_in
from tests.annexes.cleaning.canaries import PLACES, TOLD, found, planted, word
from tests.annexes.makers import annex, pack_of


def facts_of(path: Path, treatment: Treatment | None = None) -> AnnexFacts:
    facts, _ = take_in([annex(path, treatment=treatment)], path.parent / "work")
    return facts[path.stem]


def finished(path: Path, treatment: Treatment | None = None) -> tuple[AnnexFacts, bytes]:
    facts = facts_of(path, treatment)
    return facts, finish(pack_of([facts]), claims_of([facts]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "planted.pdf").write_bytes(planted())
    return tmp_path / "planted.pdf"


def test_every_word_is_planted_and_can_be_found(path: Path, tmp_path: Path) -> None:
    assert len(PLACES) == len(set(PLACES)) == 51
    assert found(path.read_bytes(), tmp_path) == set(PLACES)


def test_hardly_any_reaches_the_pack_and_each_that_does_is_told_of(path: Path, tmp_path: Path) -> None:
    facts, pack = finished(path)
    left = found(pack, tmp_path)
    assert len(left) <= 6
    assert left <= set(TOLD), "what is left and not told of"
    told = {remark.kind for remark in facts.parts[0].remarks if 1 in remark.pages and remark.warn}
    assert {TOLD[place] for place in left} <= told


def test_none_is_left_in_pages_that_are_pictures(path: Path, tmp_path: Path) -> None:
    _, pack = finished(path, Treatment(flatten=True))
    assert found(pack, tmp_path) == set()


def test_what_is_kept_is_what_was_asked_for_and_nothing_that_acts(path: Path, tmp_path: Path) -> None:
    facts, pack = finished(path, Treatment(keep=frozenset(Keep)))
    assert found(pack, tmp_path) - set(TOLD) == {"drawn-comment", "exif", "jpeg-comment"}
    ((_, one), (name, other)) = facts.parts[0].embedded
    assert (one.read_bytes(), other.read_bytes()) == (
        word("embedded-file").encode(),
        word("hung-file").encode(),
    )
    assert name == "notes.txt"
