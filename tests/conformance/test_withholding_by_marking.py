"""What is withheld for its marking is in no file of those who may not see it: every kind of node, and every way to tell of one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.built import Built
from tests.conformance.saying import said_by_manifest, said_by_pdf, said_by_word, written_in_pdf
from tests.packs.secrets_maker import CLOSED, HALF, NAME, OPEN, secrets, write_marked

SECRET, NOBODYS = secrets(marked=True)
UNPRINTED = {"zqreferred"}
"""Words of a reference that the inner audience reads, others do not."""

Say = Callable[[Built], Iterator[str]]


@pytest.fixture(scope="session", params=["picture", "native"])
def project(request: pytest.FixtureRequest, once: Any) -> Path:
    """The pack, built; charts in Word are pictures, or charts of its own with their data behind them."""

    def fill(folder: Path) -> None:
        build(write_marked(folder, request.param), Order(output=folder / "build"))

    folder: Path = once(f"marked-{request.param}", fill)
    return folder


def _built(project: Path, audience: str) -> Built:
    return Built(NAME, audience, project / "build" / NAME, project / "sources")


def _found(words: frozenset[str], said: Iterator[str]) -> set[str]:
    text = "\n".join(said).casefold()
    # Numbers are grouped as the language does.
    bare = re.sub(r"(?<=\d)[\u202f\u00a0, ](?=\d\d\d)", "", text)
    return {word for word in words if word in text or word in bare}


SAYS = pytest.mark.parametrize(
    "say", [said_by_pdf, written_in_pdf, said_by_word, said_by_manifest], ids=lambda say: say.__name__
)


@SAYS
@pytest.mark.parametrize("audience", [OPEN, HALF])
def test_nothing_above_a_clearance_is_in_the_files(project: Path, say: Say, audience: str) -> None:
    assert _found(SECRET, say(_built(project, audience))) == set()


@SAYS
@pytest.mark.parametrize("audience", [OPEN, HALF])
def test_names_of_withheld_files_and_words_of_nobody_are_in_no_file(
    project: Path, say: Say, audience: str
) -> None:
    assert _found(NOBODYS, say(_built(project, audience))) == set()


@pytest.mark.parametrize("say", [said_by_pdf, said_by_word], ids=lambda say: say.__name__)
def test_whoever_may_see_everything_finds_it_in_his_files(project: Path, say: Say) -> None:
    said = "\n".join(say(_built(project, CLOSED)))
    assert _found(SECRET, iter([said])) == SECRET
    assert "another" not in said, "words instead of a reference are for those who do not get what it leads to"


@pytest.mark.parametrize("say", [said_by_pdf, said_by_word], ids=lambda say: say.__name__)
def test_words_stand_in_place_of_a_reference_and_marks_close_up(project: Path, say: Say) -> None:
    said = " ".join("\n".join(say(_built(project, OPEN))).split())
    assert "Ask the desk on the desk, another." in said
    assert "Kept until its box is empty" not in said


def test_the_record_of_what_was_withheld_has_it_all_and_is_the_builder_s(project: Path) -> None:
    record = json.loads((project / "build" / NAME / "withheld.json").read_text(encoding="utf-8"))
    assert list(record["audiences"]) == [OPEN, HALF, CLOSED]
    assert record["audiences"][CLOSED]["withheld"] == []
    outside = record["audiences"][OPEN]
    assert outside["marking"] == "PUBLIC"
    assert outside["count"] == len(outside["withheld"]) > 50
    assert outside["above_clearance"] > 30
    section = next(each for each in outside["withheld"] if each["title"] == "zqsectiontitle")
    assert section == {
        "kind": "section",
        "title": "zqsectiontitle",
        "path": f"sources/{NAME}/sections/zxfilename.yaml",
        "line": 1,
        "column": 8,
        "marking": "RESTRICTED",
        "above_clearance": True,
        "reason": "RESTRICTED is above the clearance of outside",
        "inside": 1,
    }
