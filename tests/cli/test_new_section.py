from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack.errors import Findings
from briefpack.pack import AuthorSection, SectionKind
from briefpack.pipeline.audience import Until
from briefpack.pipeline.prepare import Order, prepare
from briefpack.reading.read_style import read_style
from briefpack.resolve import resolve
from briefpack.style import Style
from tests.conftest import Project, Ran

Cli = Callable[..., Ran]

STYLES = Path(__file__).parents[2] / "styles"
EXAMPLES = ("base", *sorted(path.stem for path in STYLES.glob("*.yaml")))

IN_FIRST = "  - sections/01-programme.yaml\n"


@pytest.fixture(scope="module")
def styles() -> dict[str, Style]:
    made = {name: read_style(name, (STYLES,)).style for name in EXAMPLES}
    assert None not in made.values()
    return {name: style for name, style in made.items() if style is not None}


def listed(project: Project, name: str) -> None:
    """Add a section file to pack.yaml, as the command says."""
    project.change("pack.yaml", IN_FIRST, f"{IN_FIRST}  - sections/{name}\n")


@pytest.mark.parametrize("kind", SectionKind, ids=lambda kind: kind.value)
def test_a_section_of_every_kind_is_made_and_builds_in_every_style(
    cli: Cli, project: Project, styles: dict[str, Style], tmp_path: Path, kind: SectionKind
) -> None:
    ran = cli("new", "section", kind.value, "--name", "mine")
    assert ran.code == 0, ran.err
    assert "sources/visit/sections/03-mine.yaml" in ran.out
    assert "sections:  - sections/03-mine.yaml" in ran.out
    listed(project, "03-mine.yaml")
    findings = Findings()
    prepared = prepare(
        project.pack,
        Order(audiences=("desk",)),
        Until.RESOLVED,
        findings,
        progress=lambda *_: None,
        cache=tmp_path,
    )
    assert not findings.items
    (job,) = prepared.jobs
    made = next(section for section in job.pack.sections if section.id == "mine")
    assert isinstance(made, AuthorSection)
    assert made.kind is kind
    for name, style in styles.items():
        resolution = resolve(job.pack, job.audience, style, job.facts, date=job.date, known=job.known)
        assert resolution.document is not None, name
        assert not resolution.findings, (name, resolution.findings)


def test_a_section_leads_an_editor_to_the_schema(cli: Cli, project: Project) -> None:
    assert cli("new", "section", "statement").code == 0
    path = project.pack / "sections" / "03-statement.yaml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert (path.parent / first.split("$schema=")[1]).is_file()


def test_a_section_goes_where_the_others_are_and_as_they_are_numbered(cli: Cli, project: Project) -> None:
    for path in (project.pack / "sections").iterdir():
        path.rename(project.pack / path.name.partition("-")[2])
    (project.pack / "sections").rmdir()
    assert cli("new", "section", "qa", "--pack", "visit").code == 0
    assert (project.pack / "qa.yaml").is_file()


def test_the_pack_around_is_meant_when_none_is_named(
    cli: Cli, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = project.root / "sources" / "other"
    other.mkdir()
    (other / "pack.yaml").write_text("title: Other\n", encoding="utf-8")
    ran = cli("new", "section", "qa")
    assert ran.code == 2
    assert "in which pack?" in ran.err
    monkeypatch.chdir(project.pack / "sections")
    assert cli("new", "section", "qa").code == 0
    assert (project.pack / "sections" / "03-qa.yaml").is_file()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["section"], "which kind of section?"),
        (["section", "breif"], "did you mean `brief`?"),
        (["section", "qa", "--name", "Q & A"], "`Q & A` cannot name a section"),
        (["section", "plain", "--name", "notes"], "sections/02-notes.yaml is there already"),
        (["section", "qa", "--pack", "vist"], "did you mean `visit`?"),
        (["trip", "qa"], "for a section write: briefpack new section KIND"),
        (["trip", "--pack", "visit"], "a new pack has a name and nothing else"),
    ],
)
def test_a_wrong_order_ends_in_2_and_makes_nothing(
    cli: Cli, project: Project, args: list[str], words: str
) -> None:
    before = sorted(project.root.rglob("*"))
    ran = cli("new", *args)
    assert ran.code == 2
    assert words in ran.err
    assert sorted(project.root.rglob("*")) == before
