"""build/<pack>/annexes.json: what became of the annexes, for the builder and for nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from briefpack.annex import Against, AnnexFault, Deed, Keep, PageRange, Remark, Treatment
from briefpack.annex_record import AnnexRecord, FileRecord, read_entries, render
from tests.annexes.makers import document, saved
from tests.conftest import Project, Ran

Run = Callable[..., Ran]

REMARKS = (
    Remark(
        Deed.FOUND, "hidden-text", "says [\n 1, 2 ] where nobody sees it", 2, (1, 2, 3), "look", warn=True
    ),
    Remark(Deed.REMOVED, "comments", "has a comment"),
    Remark(Deed.REMOVED, "javascript", "has a script"),
)


def record(name: str = "plan", treatment: Treatment | None = None) -> AnnexRecord:
    fault = AnnexFault("a font is missing", (1, 2), Against.ARCHIVE, accessible=False)
    file = FileRecord(
        "sources/x/plan.pdf", "0" * 64, 3, True, False, treatment or Treatment(), REMARKS, (fault,)
    )
    return AnnexRecord(name, "Plan", ("desk",), (file, file))


def read(content: bytes) -> list[dict[str, Any]]:
    return json.loads(content)["annexes"]


def test_it_has_every_remark_and_every_fault() -> None:
    content = render("x", [record()], {}, ["plan"])
    (entry,) = read(content)
    file = entry["files"][0]

    assert (entry["id"], entry["title"], entry["audiences"], len(entry["files"])) == (
        "plan",
        "Plan",
        ["desk"],
        2,
    )
    assert [(each["deed"], each["kind"]) for each in file["remarks"]] == [
        ("found", "hidden-text"), ("removed", "comments"), ("removed", "javascript"),
    ]  # fmt: skip
    assert file["remarks"][0]["what"] == "says [\n 1, 2 ] where nobody sees it"
    assert file["faults"] == [
        {"message": "a font is missing", "pages": [1, 2], "against": ["PDF/UA-1", "PDF/A-2"]}
    ]
    assert b'"pages": [1, 2, 3]' in content


def test_it_says_what_was_asked_for_and_no_more() -> None:
    name = "SECRET"
    asked = Treatment(password_env=name, pages=(PageRange(2, None),), keep=frozenset({Keep.COMMENTS}))
    plain, special = read(render("x", [record("a"), record("b", asked)], {}, ["a", "b"]))

    assert plain["files"][0]["asked"] == {}
    assert special["files"][0]["asked"] == {
        "password_env": "SECRET",
        "pages": [{"first": 2, "last": None}],
        "keep": ["comments"],
    }


def test_it_counts_deeds_by_kind() -> None:
    assert record().deeds == {Deed.REMOVED: 4, Deed.FOUND: 2}
    assert record().pages == 6


def test_former_entries_stay_for_annexes_of_the_pack_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "annexes.json"
    path.write_bytes(render("x", [record("old"), record("gone")], {}, ["old", "gone"]))

    found = read(render("x", [record("new")], read_entries(path), ["new", "old"]))
    assert [entry["id"] for entry in found] == ["new", "old"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": 2, "annexes": []}', '{"schema": 1, "annexes": [{}]}']
)
def test_what_cannot_be_read_is_as_good_as_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "annexes.json"
    path.write_text(content)

    assert read_entries(path) == {}
    assert read_entries(tmp_path / "none.json") == {}


# --------------------------------------------------------------------------- builds

ANNEXES = """annexes:
  - {file: a.pdf, title: Declaration}
  - {file: b.pdf, title: Map, audiences: [desk]}
  - {file: c.pdf, title: For nobody, audiences: []}
audiences:
  desk"""


@pytest.fixture
def annexed(project: Project) -> Project:
    pdf = document(2)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("no"))
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])
    saved(pdf, project.pack / "a.pdf")
    saved(document(1), project.pack / "b.pdf")
    project.change(
        "pack.yaml", "audiences:\n  desk", ANNEXES.replace(", audiences: []", ", audiences: [press]")
    )
    saved(document(1), project.pack / "c.pdf")
    return project


def entries(project: Project) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in read((project.build / "annexes.json").read_bytes())}


def test_a_build_tells_what_became_of_its_annexes(cli: Run, annexed: Project) -> None:
    assert cli("build", "visit").code == 0
    found = entries(annexed)

    assert {name: entry["audiences"] for name, entry in found.items()} == {
        "a": ["desk", "press"],
        "b": ["desk"],
        "c": ["press"],
    }
    (file,) = found["a"]["files"]
    assert (file["path"], file["pages"]) == ("sources/visit/a.pdf", 2)
    assert [(each["deed"], each["kind"]) for each in file["remarks"]] == [("removed", "comments")]
    first = annexed.outputs()["annexes.json"]
    assert cli("build", "visit").code == 0
    assert annexed.outputs()["annexes.json"] == first
    assert str(annexed.root).encode() not in first


def test_it_never_stands_among_what_readers_get(cli: Run, annexed: Project) -> None:
    assert cli("build", "visit").code == 0

    assert [name for name in annexed.outputs() if name.endswith("annexes.json")] == ["annexes.json"]


def test_a_build_for_one_audience_keeps_what_is_known_of_the_others(cli: Run, annexed: Project) -> None:
    assert cli("build", "visit").code == 0
    whole = entries(annexed)
    annexed.change("pack.yaml", "title: Declaration", "title: Declaration of May")
    assert cli("build", "visit", "-a", "press").code == 0
    found = entries(annexed)

    assert [*found] == ["a", "b", "c"]
    assert found["b"] == whole["b"]
    assert (found["a"]["title"], found["a"]["audiences"]) == ("Declaration of May", ["desk", "press"])


def test_an_audience_that_gets_an_annex_no_more_is_not_named(cli: Run, annexed: Project) -> None:
    assert cli("build", "visit").code == 0
    annexed.change(
        "pack.yaml", "title: For nobody, audiences: [press]", "title: For nobody, audiences: [desk]"
    )
    assert cli("build", "visit", "-a", "desk").code == 0
    assert entries(annexed)["c"]["audiences"] == ["desk", "press"]
    assert cli("build", "visit", "-a", "press").code == 0
    assert entries(annexed)["c"]["audiences"] == ["desk"]


def test_a_pack_without_annexes_has_no_record(cli: Run, annexed: Project) -> None:
    assert cli("build", "visit").code == 0
    text = (annexed.pack / "pack.yaml").read_text()
    start, end = text.index("annexes:"), text.index("audiences:\n  desk")
    (annexed.pack / "pack.yaml").write_text(text[:start] + text[end:])
    assert cli("build", "visit").code == 0

    assert "annexes.json" not in annexed.outputs()


def test_a_line_for_every_annex_on_request(cli: Run, annexed: Project) -> None:
    assert "annex a:" not in cli("build", "visit").out
    lines = cli("build", "visit", "--verbose").out.splitlines()

    assert "annex a: 2 pages, 1 removed" in lines
    assert "annex b: 1 page, nothing changed" in lines
    assert lines[-1] == "in full: build/visit/annexes.json"
    assert cli("build", "visit", "--verbose", "--quiet").out == ""
    told = json.loads(cli("build", "visit", "--json").out)["annexes"]
    assert told[0] == {
        "pack": "visit", "id": "a", "title": "Declaration", "audiences": ["desk", "press"], "pages": 2,
        "deeds": {"removed": 1},
    }  # fmt: skip
