"""The audit lets every pack here pass that is built as it should be: the examples, the hardest ones, and packs that are made at random."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from briefpack.pack import Format
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.built import Built
from tests.conformance.conftest import Once
from tests.packs.odd_maker import READERS, write_odd
from tests.packs.secrets_maker import NAME as SECRETS
from tests.packs.secrets_maker import OPEN, write_secrets

SEEDS = range(300, 330)
READER = READERS[1]
"""The one who does not get all of them."""
_SHARE = 0.4
"""Of the blocks that are withheld from him."""


def _audited(folder: Path, audience: str) -> Any:
    """What the record of the audit says of an audience. folder: the output folder of its pack."""
    return json.loads((folder / "audit.json").read_text(encoding="utf-8"))["audiences"][audience]


def test_the_files_of_every_example_have_passed(each: Built) -> None:
    audited = _audited(each.folder, each.audience)

    assert audited["passed"]
    assert {Path(file["path"]).name for file in audited["files"]} >= {each.pdf.name, each.docx.name}
    assert all(file["passed"] and file["passages"] > 50 for file in audited["files"])


def test_something_is_searched_for_where_something_is_withheld(files: dict[tuple[str, str], Built]) -> None:
    press = files["foreign-ministers", "press"]

    assert _audited(press.folder, "press")["searched_for"]["portions"] > 50


@pytest.mark.parametrize("charts", ["picture", "native"])
def test_a_pack_with_a_secret_of_every_kind_passes(once: Once, charts: str) -> None:
    def fill(folder: Path) -> None:
        build(write_secrets(folder, charts), Order(output=folder / "build"))

    folder = once(f"secrets-{charts}", fill) / "build" / SECRETS

    assert _audited(folder, OPEN)["passed"]
    assert _audited(folder, OPEN)["searched_for"]["portions"] > 30


@pytest.fixture(scope="session")
def odd(once: Once) -> dict[int, Any]:
    """What the audit says of packs made at random, by their seed; in PDF and in Word by turns."""

    def fill(folder: Path) -> None:
        found = {}
        for seed in SEEDS:
            kind = list(Format)[seed % 2]
            pack = write_odd(folder / str(seed), seed, sections=1)
            _withhold_more(pack, random.Random(seed))
            build(pack, Order(output=folder / "build" / str(seed), audiences=(READER,), formats=(kind,)))
            found[seed] = _audited(folder / "build" / str(seed) / pack.name, READER)
        (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")

    found = json.loads((once("odd-audits", fill) / "found.json").read_text(encoding="utf-8"))
    return {int(seed): audited for seed, audited in found.items()}


def _withhold_more(pack: Path, rng: random.Random) -> None:
    """Limit some blocks of every section that nothing refers to; the first one stays, so that no section goes."""
    for path in sorted((pack / "sections").iterdir()):
        section = json.loads(path.read_text(encoding="utf-8"))
        for block in section.get("blocks", ())[1:]:
            bare = isinstance(block, dict) and '"id"' not in json.dumps(block)
            if bare and not {"page_break", "column_break", "example"} & {*block} and rng.random() < _SHARE:
                block["tags"] = ["more"]
        path.write_text(json.dumps(section, ensure_ascii=False, indent=1), encoding="utf-8")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pack_made_at_random_passes(odd: dict[int, Any], seed: int) -> None:
    assert odd[seed]["passed"]


def test_something_is_withheld_in_most_of_them(odd: dict[int, Any]) -> None:
    assert sum(audited["searched_for"]["portions"] > 0 for audited in odd.values()) > len(SEEDS) * 2 / 3
