"""Every kind of node that can be withheld is: of a pack with a word of its own for each, none that an audience does not get is in
its files, and all are in those of the audience that gets everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.built import Built
from tests.conformance.saying import said_by_manifest, said_by_pdf, said_by_word, written_in_pdf
from tests.packs.secrets_maker import CLOSED, NAME, OPEN, secrets, write_secrets

SECRET, NOBODYS = secrets()

Say = Callable[[Built], Iterator[str]]


@pytest.fixture(scope="session", params=["picture", "native"])
def project(request: pytest.FixtureRequest, once: Any) -> Path:
    """The pack, built; charts in Word are pictures, or charts of its own with their data behind them."""

    def fill(folder: Path) -> None:
        build(write_secrets(folder, request.param), Order(output=folder / "build"))

    folder: Path = once(f"secrets-{request.param}", fill)
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
def test_nothing_that_is_withheld_is_in_the_files(project: Path, say: Say) -> None:
    assert _found(SECRET, say(_built(project, OPEN))) == set()


@SAYS
@pytest.mark.parametrize("audience", [OPEN, CLOSED])
def test_reasons_comments_and_names_of_files_are_in_nobody_s_files(
    project: Path, say: Say, audience: str
) -> None:
    """But the manifest names the files that went into an audience's pack."""
    found = _found(NOBODYS, say(_built(project, audience)))
    named = {"zxfilename", "zxpicture", "zxtable", "zxchart"}

    assert found == (named if say is said_by_manifest and audience == CLOSED else set())


@pytest.mark.parametrize("say", [said_by_pdf, said_by_word], ids=lambda say: say.__name__)
def test_whoever_gets_everything_finds_it_in_his_files(project: Path, say: Say) -> None:
    assert len(SECRET) > 100
    assert _found(SECRET, say(_built(project, CLOSED))) == SECRET
