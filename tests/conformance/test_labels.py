"""A pack with labels is still what it claims to be: an accessible and archivable PDF, and a whole Word file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.vera import validate
from tests.conftest import Project
from tests.packs.labelled import write_labelled


def test_claims_hold_with_labels(project: Project) -> None:
    report = build(write_labelled(project), Order())
    files = [file for file in report.files if file.path.suffix == ".pdf"]
    assert [file.claims for file in files] == [("PDF/UA-1", "PDF/A-2a")] * 2
    for verdict in validate([(flavour, file.path) for file in files for flavour in ("ua1", "2a")]):
        assert verdict.passed, verdict


@pytest.mark.parametrize("command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]])
def test_the_word_file_is_sound_with_labels(project: Project, command: list[str]) -> None:
    build(write_labelled(project), Order(audiences=("desk",)))
    path = project.build / "desk" / "visit-desk.docx"
    ran = subprocess.run(
        [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
