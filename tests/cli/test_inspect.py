"""`briefpack check --output`, as its users meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.annexes.makers import document, saved
from tests.conftest import Project, Ran


@pytest.fixture
def made(project: Project, cli: Callable[..., Ran]) -> Path:
    assert cli("build", "visit", "-a", "press", "-f", "pdf").code == 0
    return project.build / "press" / "visit-press.pdf"


def claim_too_much(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root["/Lang"]
        pdf.save(path)


def test_a_good_pack_is_told_of_in_a_few_lines(made: Path, cli: Callable[..., Ran]) -> None:
    ran = cli("check", "--output", made)
    assert (ran.code, ran.err) == (0, "")
    head, *lines = ran.out.splitlines()
    assert head.endswith("visit-press.pdf")
    told = dict(line.strip().split(maxsplit=1) for line in lines)
    assert told["claims"] == "PDF/UA-1, PDF/A-2a"
    assert told["title"] == "Visit of the Ambassador"
    assert told["language"] == "en"
    assert told["tags"] == "yes"
    assert told["fonts"].endswith("all embedded")
    assert "no validator was run" in told["checked"]


def test_a_claim_that_is_not_kept_is_an_error(made: Path, cli: Callable[..., Ran]) -> None:
    claim_too_much(made)
    ran = cli("check", "--output", made)
    assert ran.code == 6
    assert "error: it claims PDF/UA-1, but it does not say its language" in ran.err
    assert "language  not said" in ran.out


def test_what_is_not_claimed_is_a_warning(project: Project, tmp_path: Path, cli: Callable[..., Ran]) -> None:
    path = saved(document(3), tmp_path / "plain.pdf")
    ran = cli("check", "--output", path)
    assert ran.code == 0
    assert "claims    nothing" in ran.out
    assert "title     none" in ran.out
    assert "pages     3: 1 to 3" in ran.out
    assert "fonts     1 font, not embedded: Helvetica" in ran.out
    assert "warning[lost-claim]: the font Helvetica is not embedded (pages 1, 2, 3)" in ran.err
    assert "help: with that it cannot claim PDF/UA-1 or PDF/A-2" in ran.err
    assert cli("check", "--strict", "--output", path).code == 9


def test_several_files_are_all_looked_at(made: Path, tmp_path: Path, cli: Callable[..., Ran]) -> None:
    ran = cli("check", "--output", tmp_path / "gone.pdf", "--output", made)
    assert ran.code == 6
    assert "gone.pdf cannot be read" in ran.err
    assert "PDF/A-2a" in ran.out


def test_json_says_the_same(made: Path, cli: Callable[..., Ran]) -> None:
    claim_too_much(made)
    answer = json.loads(cli("check", "--json", "--output", made).out)
    assert answer["exit_code"] == 6
    (found,) = answer["inspected"]
    assert found["claims"] == ["PDF/UA-1", "PDF/A-2a"]
    assert found["validated"] is False
    assert found["faults"] == [
        {"message": "it does not say its language", "pages": [], "breaks": ["PDF/UA-1"]}
    ]
    assert found["path"].endswith("visit-press.pdf")
    assert answer["diagnostics"][0]["code"] == 6


def test_quiet_prints_nothing_of_a_good_pack(made: Path, cli: Callable[..., Ran]) -> None:
    assert cli("check", "--quiet", "--output", made) == Ran(0, "", "")


def test_packs_and_files_cannot_be_checked_at_once(made: Path, cli: Callable[..., Ran]) -> None:
    ran = cli("check", "visit", "--output", made)
    assert ran.code == 2
    assert "cannot be checked at once" in ran.err
