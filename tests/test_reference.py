"""The reference page is what the schemas say."""

from __future__ import annotations

from tests.reference_maker import TARGET, make


def test_the_reference_page_has_every_key_as_the_schemas_describe_it() -> None:
    assert TARGET.read_text(encoding="utf-8") == make(), "run: python -m tests.reference_maker"


def test_every_key_has_a_meaning() -> None:
    rows = [line for line in make().splitlines() if line.startswith(("| `", "| **`"))]
    assert len(rows) > 150
    assert [row for row in rows if not all(cell.strip() for cell in row.strip("|").split("|"))] == []
