"""A collection of third-party PDFs, kept elsewhere: BRIEFPACK_CORPUS names its folder.

Beside the files stands manifest.tsv; its columns file and pages_agreed say how many pages four PDF readers agree on,
empty when they do not.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pypdfium2
import pytest

from briefpack.annexes.intake import take_in
from briefpack.errors import ExitCode
from tests.annexes.makers import annex, pack_of

FOLDER = os.environ.get("BRIEFPACK_CORPUS", "")


def _rows() -> list[tuple[str, int | None]]:
    if not FOLDER:
        return []
    with (Path(FOLDER) / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return [
            (row["file"], int(row["pages_agreed"]) if row["pages_agreed"] else None)
            for row in csv.DictReader(file, delimiter="\t")
        ]


ROWS = _rows()


def test_there_is_a_corpus() -> None:
    if not FOLDER:
        pytest.skip("BRIEFPACK_CORPUS names no folder of PDFs")
    assert ROWS


@pytest.mark.parametrize(("name", "agreed"), ROWS)
def test_a_file_is_bound_whole_or_refused_with_a_message(
    name: str, agreed: int | None, tmp_path: Path
) -> None:
    facts, found = take_in([annex(Path(FOLDER) / name)], tmp_path / "work")
    for diagnostic in found:
        assert diagnostic.code is ExitCode.ANNEX
        assert diagnostic.where is not None
        assert diagnostic.hint
        assert "cannot be read:" not in diagnostic.message, "the reason should have a name"
    if not facts:
        assert found
        return
    (fact,) = facts.values()
    assert agreed in {None, fact.pages}
    pack = pypdfium2.PdfDocument(pack_of([fact]))
    assert len(pack) == 4 + fact.pages
    for index in range(4, len(pack)):
        page = pack[index]
        assert "STAMP" in page.get_textpage().get_text_range()
        unit = fact.sizes[index - 4][0] / page.get_width()
        assert page.get_height() * unit == pytest.approx(fact.sizes[index - 4][1], abs=0.01)
    pack.close()
