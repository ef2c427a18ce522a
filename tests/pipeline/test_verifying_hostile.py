"""A folder that was handed over may say anything in its records: nothing in them makes the verifier fail, and nothing is read outside."""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefpack.pipeline.sites import Site
from briefpack.pipeline.verifying import verify
from tests.conftest import Project

ODD: tuple[Any, ...] = (None, True, -1, 2**70, "", "../x", "\0", "a" * 3000, [], [1], {}, {"path": 1})
RECORDS = ("manifest.json", "audit.json", "annexes.json", "outbox/outbox.json")


@pytest.fixture
def handed(built: Project, tmp_path: Path) -> Path:
    """A pack's folder without its sources, and with a record of what was kept back."""
    folder = tmp_path / "handed" / "visit"
    shutil.copytree(built.build, folder)
    entry = {"marking": "", "kinds": {"text": 1}, "withheld": []}
    content = {"schema": 1, "pack": "visit", "audiences": {"press": entry}}
    (folder / "withheld.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Ways to every value in a tree; of long lists to the first two."""
    yield way
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*way, key))
    elif isinstance(value, list):
        for number in range(min(len(value), 2)):
            yield from places(value[number], (*way, number))


def changed(value: Any, way: tuple[Any, ...], odd: Any) -> Any:
    if not way:
        return odd
    whole = copy.deepcopy(value)
    inner = whole
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = odd
    return whole


@pytest.mark.parametrize("name", [*RECORDS, "withheld.json"])
def test_whatever_a_record_says_it_is_told_of_and_nothing_fails(handed: Path, name: str) -> None:
    path = handed / name
    whole = json.loads(path.read_text(encoding="utf-8"))
    for number, way in enumerate(places(whole)):
        # Each place with two values, all values in the end.
        for odd in (ODD[number % len(ODD)], ODD[(number * 5 + 3) % len(ODD)]):
            path.write_text(json.dumps(changed(whole, way, odd)), encoding="utf-8")
            found = verify(Site(handed, None))
            assert isinstance(found.findings, tuple)
    path.write_text(json.dumps(whole), encoding="utf-8")
    for raw in (b"", b"\xff\xfe", b"[" * 100_000, b"{}", b"null", b"NaN", b'{"schema": 1e999}'):
        path.write_bytes(raw)
        assert verify(Site(handed, None)).findings != () or name in {"annexes.json", "withheld.json"}


def test_no_record_makes_anything_outside_be_read(handed: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    for outside in ("../../secret.pdf", str(secret), "press/../../../secret.pdf", "../../pipe"):
        content = json.loads((handed / "manifest.json").read_text(encoding="utf-8"))
        file = content["audiences"]["press"]["outputs"][0]
        file.update(
            path=outside, size=1, sha256="2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        )
        (handed / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
        messages = [each.message for each in verify(Site(handed, None)).findings]
        assert any("lies outside of the pack's folder" in each for each in messages), messages


def test_a_pipe_in_a_files_place_holds_nobody_up(handed: Path) -> None:
    content = json.loads((handed / "manifest.json").read_text(encoding="utf-8"))
    content["audiences"]["press"]["outputs"][0]["size"] = 0
    (handed / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    for name in ("press/visit-press.pdf", "outbox/press.eml"):
        (handed / name).unlink()
        os.mkfifo(handed / name)
    messages = {each.message for each in verify(Site(handed, None)).findings}
    assert {"visit-press.pdf is no file", "press.eml is no file"} <= messages
