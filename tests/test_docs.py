"""The documentation says everything there is to say, and names nothing that is not there."""

import re
import shlex
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer.main

from briefpack.cli.app import app
from briefpack.errors import ExitCode, Severity
from briefpack.marking import join
from briefpack.pack import SectionKind
from briefpack.reading.read_pack import read_pack
from briefpack.reading.read_style import read_style
from briefpack.reading.schema import json_schemas
from briefpack.reading.schema_blocks import BLOCK
from briefpack.reading.schema_distribution import FIELDS
from briefpack.reading.style_schema import style_json_schema
from briefpack.resolve import known_names, resolve
from briefpack.rules import RULES, Subject
from briefpack.select import select
from tests.conftest import Ran
from tests.made_policies import shipped
from tests.strategies import made_facts

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = README + "".join(
    (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("writing.md", "annexes.md", "markings.md", "dispatch.md")
)
"""What is written by hand for authors: every key must be told of there, not only in the reference, which is made."""
DOCS = README + "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))
FONTS = ROOT / "briefpack" / "data" / "fonts"
GROUP = typer.main.get_command(app)
UNSAID = {"--help", "-h"}
"""Options every program has."""


def commands() -> dict[str, Any]:
    """Every command by what is typed for it, those of groups among them: "build", "mail draft"."""
    found: dict[str, Any] = {}
    for name, command in GROUP.commands.items():
        below = getattr(command, "commands", None)
        found |= {name: command} if below is None else {f"{name} {each}": below[each] for each in below}
    return found


def options() -> list[tuple[str, str]]:
    return [
        (name, option)
        for name, command in {"": GROUP, **commands()}.items()
        for parameter in command.params
        if parameter.param_type_name == "option"
        for option in parameter.opts
        if option not in UNSAID
    ]


def keys(schema: object) -> set[str]:
    """Every key an author may write, wherever it stands in a schema."""
    found: set[str] = set()
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            found |= set(properties)
        for value in schema.values():
            found |= keys(value)
    elif isinstance(schema, list):
        for value in schema:
            found |= keys(value)
    return found


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_is_documented(command: str) -> None:
    assert f"`briefpack {command}" in README


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_is_documented(command: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", README), f"{command} {option}"


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    assert re.search(rf"^\| {code.value} \| \S", README, re.MULTILINE)


@pytest.mark.parametrize("name", ["pack", "section", "audience", "policy", "distribution"])
def test_every_key_of_a_source_file_is_documented(name: str) -> None:
    missing = {
        key
        for key in keys(json_schemas()[name])
        if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", GUIDE)
    }
    assert missing == set()


def test_every_craft_rule_is_in_the_guide() -> None:
    craft = {name for name, rule in RULES.items() if rule.subject is Subject.CRAFT}
    assert {name for name in craft if f"`{name}`" not in GUIDE} == set()


@pytest.mark.parametrize("kind", SectionKind)
def test_every_kind_of_section_has_an_example_and_its_command_in_the_guide(kind: SectionKind) -> None:
    assert f"`briefpack new section {kind.value}`" in GUIDE
    assert kind is SectionKind.PLAIN or f"\nkind: {kind.value}\n" in GUIDE


def test_every_block_has_an_example_in_the_guide() -> None:
    written = set(re.findall(r"^ *- (\w+):", GUIDE, re.MULTILINE))
    assert set(BLOCK.groups) - written == set()


def test_every_key_of_a_style_is_documented() -> None:
    missing = {
        key
        for key in keys(style_json_schema())
        if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", DOCS)
    }
    assert missing == set()


@pytest.mark.parametrize("marker", ["build-command", "test-command"])
def test_a_readme_command_is_one_line_after_its_marker(marker: str) -> None:
    (command,) = re.findall(rf"<!-- {marker} -->\n```sh\n(.*)\n```\n", README)
    assert shlex.split(command)[0] == "python3"


def test_every_path_that_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`((?:briefpack|tests|docs|sources|styles)/[\w./-]*|[\w.-]+\.(?:toml|md))`", text)
    )
    assert len(named) > 10
    assert {path for path in named if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(
        r"\]\((?!https?://|#)([^)#\s]+)(?:#[\w-]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    )
    assert {link for link in links if not link.startswith("https:") and not (ROOT / link).exists()} == set()


def test_the_release_on_top_of_the_changelog_is_this_one() -> None:
    from briefpack import __version__

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] == __version__


# --------------------------------------------------------------------------- examples

EXAMPLE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SURROUNDINGS = """\
title: Visit
as_of: 2025-04-02
sections: [sections/01-example.yaml, sections/02-western-balkans.yaml, sections/03-ukraine.yaml]
annexes: [{file: annexes/resolution.pdf, title: Draft resolution}]
audiences: {minister: {}, staff: {}, press: {tags: [public]}}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h20v20H0z"/></svg>'


def examples(page: str) -> list[object]:
    """Every YAML example of a page, named by the line it begins on."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [
        pytest.param(match[1], id=f"line-{text.count(chr(10), 0, match.start()) + 1}")
        for match in EXAMPLE.finditer(text)
    ]


@pytest.fixture
def surroundings(tmp_path: Path) -> Path:
    """A pack with everything that an example refers to, and without the section that the example is."""
    gallery = ROOT / "sources" / "gallery"
    for folder in ("sections", "annexes", "pictures", "tables"):
        (tmp_path / folder).mkdir()
    for name in ("western-balkans", "ukraine"):
        number = {"western-balkans": 2, "ukraine": 3}[name]
        path = tmp_path / "sections" / f"0{number}-{name}.yaml"
        path.write_text(f"title: About {name}\ntext: What there is to know.\n", encoding="utf-8")
    (tmp_path / "annexes" / "resolution.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "pictures" / "scheme.svg").write_text(DRAWING, encoding="utf-8")
    shutil.copy(gallery / "pictures" / "road-to-the-hague.png", tmp_path / "pictures" / "map.png")
    (tmp_path / "pictures" / "map.svg").write_text(DRAWING, encoding="utf-8")
    shutil.copy(gallery / "pictures" / "portrait.png", tmp_path / "pictures" / "portrait.png")
    shutil.copy(gallery / "tables" / "budget.csv", tmp_path / "tables" / "visits.csv")
    return tmp_path


def build(folder: Path, pack: str, section: str) -> None:
    """Build a section for every audience, as far as the Document; nothing may be found in it."""
    (folder / "pack.yaml").write_text(pack, encoding="utf-8")
    (folder / "sections" / "01-example.yaml").write_text(section, encoding="utf-8")
    reading = read_pack(folder)
    assert [str(found) for found in reading.findings] == []
    assert reading.pack is not None
    style = read_style("base", []).style
    assert style is not None
    for audience in reading.pack.audiences:
        selected = select(reading.pack, audience).pack
        resolution = resolve(
            selected,
            audience,
            style,
            made_facts(selected),
            date=datetime(2025, 4, 2),
            known=known_names(reading.pack),
        )
        assert [str(found) for found in resolution.findings] == []
        assert resolution.document is not None


@pytest.mark.parametrize("example", examples("writing.md"))
def test_every_example_of_the_guide_is_a_section_blocks_or_a_glossary_that_builds(
    example: str, surroundings: Path
) -> None:
    if example.startswith("- "):
        build(surroundings, SURROUNDINGS, f"title: Example\nblocks:\n{example}")
    elif example.startswith("title:"):
        build(surroundings, SURROUNDINGS, example)
    else:
        assert example.startswith("glossary:")
        build(surroundings, SURROUNDINGS + example, "title: Example\ntext: MOU, KFOR and NMI.\n")


def test_nothing_in_the_examples_of_the_guide_is_warned_about(
    surroundings: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = SURROUNDINGS
    for number, match in enumerate(
        EXAMPLE.finditer((ROOT / "docs" / "writing.md").read_text(encoding="utf-8"))
    ):
        example = match[1]
        if example.startswith("glossary:"):
            pack += example
            continue
        if example.startswith("- "):
            example = f"title: Example\nblocks:\n{example}"
        # Titles of their own: two sections of one title are warned about.
        text = example.replace("\n", f" {number}\n", 1)
        (surroundings / "sections" / f"9-example-{number}.yaml").write_text(text, encoding="utf-8")
        pack = pack.replace("sections: [", f"sections: [sections/9-example-{number}.yaml, ")
    pack = pack.replace("sections/01-example.yaml, ", "")
    (surroundings / "pack.yaml").write_text(pack, encoding="utf-8")
    shutil.copy(
        ROOT / "sources" / "foreign-ministers" / "annexes" / "action-plan.pdf",
        surroundings / "annexes" / "resolution.pdf",
    )
    monkeypatch.chdir(surroundings)
    ran = cli("check", ".", "--strict")
    assert ran.code == 0, ran.err


def test_the_first_pack_of_the_readme_builds(
    cli: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a project as `briefpack new` makes it, with the styles that are there."""
    files = re.findall(
        r"^```yaml\n# sources/security-council/(\S+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    )
    assert [name for name, _ in files] == ["pack.yaml", "sections/02-ukraine.yaml"]
    monkeypatch.chdir(tmp_path)
    assert cli("new", "security-council").code == 0
    made = tmp_path / "sources" / "security-council"
    for name, content in files:
        (made / name).write_text(content, encoding="utf-8")
    agenda = made / "sections" / "01-agenda.yaml"
    agenda.write_text(
        agenda.read_text(encoding="utf-8").replace("brief: first-topic", "brief: ukraine"), encoding="utf-8"
    )
    (made / "annexes").mkdir()
    annex = ROOT / "sources" / "foreign-ministers" / "annexes" / "action-plan.pdf"
    shutil.copy(annex, made / "annexes" / "resolution.pdf")
    ran = cli("build", "security-council", "-q")
    assert ran.code == 0, ran.err


BLOCK_ROWS = dict(re.findall(r"^\| `(\w+)`[^|]* \| `(\{.*?\})`", README, re.MULTILINE))
"""The one-line examples of the table of blocks, by the block."""


def test_every_block_but_text_has_an_example_in_the_readme() -> None:
    assert set(BLOCK.groups) - BLOCK_ROWS.keys() == {"text", "column_break"}


@pytest.mark.parametrize("kind", [kind for kind in BLOCK_ROWS if kind in BLOCK.groups])
def test_every_example_of_the_readme_is_a_block_that_builds(kind: str, surroundings: Path) -> None:
    build(surroundings, SURROUNDINGS, f"title: Example\nblocks:\n  - {BLOCK_ROWS[kind]}\n")


@pytest.mark.parametrize("example", examples("dispatch.md"))
def test_every_example_of_the_page_of_dispatch_is_a_list_that_can_be_read(
    example: str, surroundings: Path
) -> None:
    audiences = "audiences: {minister: {}, delegation: {}, staff: {}, press: {}}"
    pack = re.sub(r"audiences: .*", audiences, SURROUNDINGS) + "distribution: list.yaml\n"
    (surroundings / "list.yaml").write_text(example, encoding="utf-8")
    (surroundings / "readers").mkdir()
    (surroundings / "readers" / "press.csv").write_text("name,address\nLena,lena@tidings.example\n")
    (surroundings / "readers" / "agencies.vcf").write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Wire\nEMAIL:desk@wire.example\nEND:VCARD\n"
    )
    build(surroundings, pack, "title: Example\ntext: Words.\n")


def test_every_field_and_every_file_of_a_message_is_in_the_guide() -> None:
    text = (ROOT / "docs" / "dispatch.md").read_text(encoding="utf-8")
    assert {name for name in FIELDS if f"{{{name}}}" not in text} == set()


@pytest.mark.parametrize("example", examples("styles.md"))
def test_every_example_of_the_page_of_styles_is_part_of_a_style_that_can_be_read(
    example: str, tmp_path: Path
) -> None:
    for name, text in (("minister", "extends: base\n"), ("large-print", "extends: base\n")):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "delegation.yaml").write_text("extends: base\n", encoding="utf-8")
    (tmp_path / "house.yaml").write_text(example, encoding="utf-8")
    (tmp_path / "fonts").mkdir()
    for name, face in (("House", "Regular"), ("House-Bold", "Bold")):
        shutil.copy(FONTS / f"Carlito-{face}.ttf", tmp_path / "fonts" / f"{name}.ttf")
    reading = read_style("house", [tmp_path])
    assert [str(found) for found in reading.findings if found.severity is Severity.ERROR] == []
    assert reading.style is not None


def written(example: object) -> str:
    """The text of an example."""
    return str(example.values[0])  # type: ignore[attr-defined]  # pytest's type of it is private


MARKED = """\
title: Visit
policy: plain
marking: INTERNAL
sections: [sections/01-example.yaml]
audiences: {minister: {clearance: {level: RESTRICTED, groups: [PRESS-OFFICE]}}}
"""


@pytest.mark.parametrize("example", examples("markings.md"))
def test_every_example_of_the_page_of_markings_can_be_read(example: str, tmp_path: Path) -> None:
    policy, pack, section = "title: Ours\n", MARKED, "title: Example\ntext: Words.\n"
    if example.startswith("- "):
        section = f"title: Example\nblocks:\n{example}"
    elif example.startswith("clearance:"):
        clearance = example.strip().removeprefix("clearance: ")
        pack = MARKED.replace("{level: RESTRICTED, groups: [PRESS-OFFICE]}", clearance)
    elif "levels:" in example:
        policy = example
        pack = MARKED.replace("plain", "policy.yaml").replace("INTERNAL", "CLOSED")
        pack = pack.replace("RESTRICTED", "CLOSED").replace("PRESS-OFFICE", "HOUSE STAFF")
        if "extends: nato-style" in example:
            pack = pack.replace("CLOSED", "NATO RESTRICTED").replace("HOUSE STAFF", "NATO")
    elif example.startswith("title:"):
        pack, section = (example, section) if "\nsections:" in example else (pack, example)
    else:
        assert example.startswith(("annexes:", "labels:"))
        if example.startswith("labels:"):
            # How levels are called in labels is said by a policy, as in the example that follows.
            (policy,) = (text for text in map(written, examples("markings.md")) if "\nlabels:" in text)
            pack = pack.replace("plain", "policy.yaml").replace("INTERNAL", "NATO RESTRICTED")
            pack = pack.replace("level: RESTRICTED", "level: NATO RESTRICTED").replace("PRESS-OFFICE", "NATO")
        pack += example
    (tmp_path / "sections").mkdir()
    (tmp_path / "annexes").mkdir()
    for annex in ("guide.pdf", "treaty.pdf"):
        (tmp_path / "annexes" / annex).write_bytes(b"%PDF-1.7\n")
    (tmp_path / "policy.yaml").write_text(policy, encoding="utf-8")
    (tmp_path / "pack.yaml").write_text(pack, encoding="utf-8")
    (tmp_path / "sections" / "01-example.yaml").write_text(section, encoding="utf-8")
    reading = read_pack(tmp_path)
    assert [str(found) for found in reading.findings] == []
    assert reading.pack is not None


def test_the_markings_of_the_page_of_markings_are_joined_as_it_says() -> None:
    page = (ROOT / "docs" / "markings.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (the plain policy|NATO|the European Union|the United States) \| (.*) \| `(.*)` \|$",
        page,
        re.MULTILINE,
    )
    names = {
        "the plain policy": "plain",
        "NATO": "nato-style",
        "the European Union": "eu-style",
        "the United States": "us-style",
    }
    assert {style for style, _, _ in rows} == names.keys()
    for style, parts, whole in rows:
        policy = shipped(names[style])
        joined = join(policy.parse(part) for part in re.findall("`(.*?)`", parts))
        assert policy.banner(joined, "en") == whole
