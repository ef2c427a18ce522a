"""Every block of the briefing vocabulary in one pack and in several styles: valid, sound, and read out as the Document says it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.pdf.layout import Laid, lay_out
from briefpack.pdf.pages import PageKind
from briefpack.pdf.writer import write_body
from tests.conformance.aloud import difference, furniture, heard, passed_over, told
from tests.conformance.kinds import kind_differences
from tests.conformance.packs import Expected
from tests.conformance.structure import structure_faults
from tests.conformance.tagged import Tagged
from tests.conformance.vera import Verdict, validate
from tests.pdf.looks import style
from tests.pdf.vocabulary import vocabulary_document

LOOKS = ("base", "minister", "delegation", "press")
NOTHING: Any = None
"""For what an expectation has of the files that a pack is read from."""


class Vocabulary:
    """The pack in a style. pdf: the finished file."""

    def __init__(self, name: str) -> None:
        self.document = vocabulary_document(annexes=())
        self.style = style(name)
        self.laid: Laid = lay_out(self.document, self.style)
        self.content = finish(write_body(self.document, self.style, self.laid).content, Claims())
        self.pdf = pikepdf.open(io.BytesIO(self.content))
        self.own = set(range(len(self.pdf.pages)))
        self.expected = Expected(NOTHING, NOTHING, NOTHING, self.style, {}, self.document)


@pytest.fixture(scope="module", params=LOOKS)
def pack(request: pytest.FixtureRequest) -> Vocabulary:
    return Vocabulary(request.param)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    folder: Path = tmp_path_factory.mktemp("vocabulary")
    for name in LOOKS:
        (folder / f"{name}.pdf").write_bytes(Vocabulary(name).content)
    return validate((flavour, folder / f"{name}.pdf") for name in LOOKS for flavour in ("ua1", "2a"))


def test_the_validator_passes_it_in_every_style(verdicts: list[Verdict]) -> None:
    assert [str(verdict) for verdict in verdicts if not verdict.passed] == []
    assert len(verdicts) == 2 * len(LOOKS)


def test_nothing_is_wrong_with_the_structure(pack: Vocabulary) -> None:
    assert structure_faults(pack.pdf, pack.own) == []


def test_the_tags_say_what_the_document_says(pack: Vocabulary) -> None:
    assert difference(told(pack.expected), heard(Tagged(pack.pdf), pack.own)) == ""


def test_the_tags_make_of_it_what_it_is(pack: Vocabulary) -> None:
    assert kind_differences(pack.expected, Tagged(pack.pdf), pack.own) == []


def test_nothing_that_the_document_says_is_passed_over(pack: Vocabulary) -> None:
    known = furniture(pack.expected, [page.label for page in pack.laid.pages])
    found = {word.text for word in passed_over(Tagged(pack.pdf), pack.own)}
    assert {word for word in found - known if not word.endswith("…")} == set()


def test_turned_pages_lie_on_their_side_and_the_others_stand(pack: Vocabulary) -> None:
    upright = (float(pack.style.page.width), float(pack.style.page.height))
    turned = 0
    for page, made in zip(pack.laid.pages, pack.pdf.pages, strict=True):
        left, bottom, right, top = (float(value) for value in made.MediaBox)
        size = (right - left, top - bottom)
        assert size == pytest.approx(upright[::-1] if page.landscape else upright, abs=0.01)
        assert not (page.landscape and page.kind is not PageKind.BODY)
        turned += page.landscape
    assert 3 < turned < len(pack.laid.pages) - 3
