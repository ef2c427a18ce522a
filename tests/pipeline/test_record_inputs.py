"""What a record says it was made of, held against the project."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

import briefpack
from briefpack.errors import some_of
from briefpack.pipeline.record_inputs import changed_inputs

STYLE = "data/words-en.yaml"


def of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_changed_or_went_is_named_once_and_in_order(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    same = of(tmp_path / "a.yaml")
    inputs = [("gone.yaml", same), ("b.yaml", same), ("b.yaml", same), ("a.yaml", same)]
    assert changed_inputs(inputs, tmp_path) == ["b.yaml", "gone.yaml"]


def test_what_is_packaged_is_looked_up_there_and_what_lies_elsewhere_is_not(tmp_path: Path) -> None:
    digest = of(Path(briefpack.__file__).parent / STYLE)
    inputs = [(f"briefpack:{STYLE}", digest), (f"briefpack:{STYLE}", "0"), ("elsewhere:list.yaml", "0")]
    assert changed_inputs(inputs, tmp_path) == [f"briefpack:{STYLE}"]


@pytest.mark.skipif(os.name != "posix", reason="uses pipes and devices of POSIX")
@pytest.mark.parametrize(
    "name",
    ["/dev/zero", "../outside", "briefpack:../../etc", "briefpack:/dev/zero", "pipe", "folder", "a\0b"],
)
def test_nothing_outside_is_read_and_nothing_without_an_end(tmp_path: Path, name: str) -> None:
    project = tmp_path / "project"
    (project / "folder").mkdir(parents=True)
    os.mkfifo(project / "pipe")
    (tmp_path / "outside").write_text("secret", encoding="utf-8")
    assert changed_inputs([(name, of(tmp_path / "outside"))], project) == [name]


def test_of_many_names_a_few_are_told() -> None:
    assert some_of(["a", "b", "c"]) == "a, b, c"
    assert some_of(["a", "b", "c", "d"]) == "a, b, c and others"
