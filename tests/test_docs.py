"""The documentation says everything there is to say, and names nothing that is not there."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from briefpack.cli.app import app
from briefpack.errors import ExitCode
from briefpack.reading.schema import json_schemas
from briefpack.reading.style_schema import style_json_schema

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = README + "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))
GROUP = typer.main.get_command(app)
UNSAID = {"--help", "-h"}
"""Options every program has."""


def options() -> list[tuple[str, str]]:
    commands = {"": GROUP, **GROUP.commands}
    return [
        (name, option)
        for name, command in commands.items()
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


@pytest.mark.parametrize("command", sorted(GROUP.commands))
def test_every_command_is_documented(command: str) -> None:
    assert f"`briefpack {command}" in README


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_is_documented(command: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", README), f"{command} {option}"


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    assert re.search(rf"^\| {code.value} \| \S", README, re.MULTILINE)


@pytest.mark.parametrize("name", ["pack", "section", "audience"])
def test_every_key_of_a_source_file_is_documented(name: str) -> None:
    missing = {
        key
        for key in keys(json_schemas()[name])
        if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", README)
    }
    assert missing == set()


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
