"""Nonsense in every place of every block and kind of section of the gallery: told once at least, at its place, with a remedy; never a traceback."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from briefpack.errors import Diagnostic, ExitCode, Severity
from briefpack.reading.read_pack import read_pack

GALLERY = Path(__file__).parents[2] / "sources" / "gallery"
SECTIONS = sorted(path.name for path in (GALLERY / "sections").iterdir())
HERE = "¤"
"""Stands for what is put into the place at hand."""

Steps: TypeAlias = tuple[str | int, ...]

_PLAIN = re.compile(r"true|false|~|-?\d+(\.\d+)?")


def written(node: Any, depth: int = 0) -> str:
    """YAML with one node a line, so that every place is a line of its own."""
    pad = " " * depth
    if isinstance(node, dict):
        inside = ",\n".join(
            f"{pad} {_quoted(key)}: {written(value, depth + 1)}" for key, value in node.items()
        )
        return f"{{\n{inside}\n{pad}}}" if node else "{}"
    if isinstance(node, list):
        inside = ",\n".join(f"{pad} {written(value, depth + 1)}" for value in node)
        return f"[\n{inside}\n{pad}]" if node else "[]"
    return node if _PLAIN.fullmatch(node) or node == HERE else _quoted(node)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def places(node: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Every node below a node."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in pairs:
        yield (*steps, step)
        yield from places(value, (*steps, step))


def put(node: Any, steps: Steps, value: Any) -> Any:
    """A copy with another value in one place; None takes the place away."""
    step, *others = steps
    copy = dict(node) if isinstance(node, dict) else list(node)
    if others:
        copy[step] = put(copy[step], tuple(others), value)
    elif value is None:
        del copy[step]
    else:
        copy[step] = value
    return copy


def at(node: Any, steps: Steps) -> Any:
    for step in steps:
        node = node[step]
    return node


class Gallery:
    """The gallery's pack with one section, which is another in every test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(GALLERY, folder)
        pack = (folder / "pack.yaml").read_text(encoding="utf-8")
        head, _, tail = pack.partition("sections:\n")
        rest = tail[tail.index("\n# The same") :]
        (folder / "pack.yaml").write_text(f"{head}sections: [a.yaml]\n{rest}", encoding="utf-8")

    def findings(self, text: str) -> list[Diagnostic]:
        (self.folder / "a.yaml").write_text(text, encoding="utf-8")
        found = list(read_pack(self.folder).findings)
        for each in found:
            assert each.where is not None, each
            assert each.where.line >= 1, each
            assert each.where.column >= 1, each
            assert each.hint, each
            assert len(each.message) < 250, each
        return [each for each in found if each.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return Gallery(tmp_path_factory.mktemp("wrong") / "gallery")


def specimen(name: str) -> Any:
    return yaml.load((GALLERY / "sections" / name).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # texts only


def wrong(gallery: Gallery, node: Any, nonsense: str, *, exact: bool) -> list[str]:
    """What is amiss with the errors for nonsense that stands in a place. exact: one of them points to that very place."""
    before, _, after = written(node).partition(HERE)
    errors = gallery.findings(before + nonsense + after)
    if not errors:
        return ["accepted"]
    lines = before.split("\n")
    place = (len(lines), len(lines[-1]) + 1)
    found = [(each.where.line, each.where.column) for each in errors if each.where is not None]
    if exact and not any(
        line == place[0] and place[1] <= column <= place[1] + len(nonsense) for line, column in found
    ):
        return [f"told at {found}, stands at {place}: {errors[0].message}"]
    return [f"code of {each.message}" for each in errors if each.code is not ExitCode.SOURCE]


def test_the_specimens_are_sound(gallery: Gallery) -> None:
    for name in SECTIONS:
        assert gallery.findings(written(specimen(name))) == [], name


@pytest.mark.parametrize("nonsense", ["{nonsense: {deep: [1]}}", "[[[x]], {y: z}]"])
@pytest.mark.parametrize("name", SECTIONS)
def test_a_group_or_a_list_of_nonsense_is_told_at_its_place(
    gallery: Gallery, name: str, nonsense: str
) -> None:
    whole = specimen(name)
    found = {
        steps: faults
        for steps in places(whole)
        if (faults := wrong(gallery, put(whole, steps, HERE), nonsense, exact=True))
    }
    assert found == {}


@pytest.mark.parametrize("name", SECTIONS)
def test_an_unknown_key_is_told_at_the_key(gallery: Gallery, name: str) -> None:
    whole = specimen(name)
    found = {}
    for steps in ((), *places(whole)):
        node = at(whole, steps)
        # Facts, definitions, notes and the numbers of a chart have keys of the author's choice.
        free = steps and steps[-1] in ("facts", "definitions", "notes", "values", "series")
        if not isinstance(node, dict) or free:
            continue
        text = written(put(whole, steps, {**node, "xyzzy": HERE}) if steps else {**node, "xyzzy": HERE})
        before, _, after = text.partition(HERE)
        errors = gallery.findings(f"{before}1{after}")
        line = before.count("\n") + 1
        if not any("`xyzzy`" in each.message and each.where and each.where.line == line for each in errors):
            found[steps] = [each.message for each in errors]
    assert found == {}


NOTHINGS = ("", "''", "' '", "[]", "{}", "'~~~~ ^^ [[ ]] {} ** `'", "-1", "true")


@pytest.mark.parametrize("name", SECTIONS)
def test_next_to_nothing_in_any_place_is_read_or_refused(gallery: Gallery, name: str) -> None:
    """Whichever it is, whoever is told has a place and a remedy. Each place is tried with one of them, and neighbours with others."""
    whole = specimen(name)
    for steps, nonsense in zip(places(whole), cycle(NOTHINGS), strict=False):
        before, _, after = written(put(whole, steps, HERE)).partition(HERE)
        gallery.findings(before + nonsense + after)


@pytest.mark.parametrize("name", SECTIONS)
def test_what_is_taken_away_is_missed_or_need_not_be_there(gallery: Gallery, name: str) -> None:
    whole = specimen(name)
    for steps in places(whole):
        gallery.findings(written(put(whole, steps, None)))


ODD = {
    "copies that run backwards": (
        "kind: distribution\nrecipients: [{copy: ¤9–4, recipient: a}]",
        "the copies 9–4 run backwards",
        "write 4–9",
    ),
    "copy for two": (
        "kind: distribution\nrecipients: [{copy: 2–4, recipient: a}, {copy: ¤4, recipient: b}]",
        "copy 4 goes to “a” as well",
        "one recipient",
    ),
    "copies that are more than their numbers": (
        "kind: distribution\nrecipients: [{copy: 2–4, recipient: a, copies: ¤4}]",
        "`copy` numbers 3, and here are 4",
        "delete `copies:`",
    ),
    "more copies than anybody has": (
        "kind: distribution\nrecipients: [{copy: ¤1–999999, recipient: a}]",
        "too many copies",
        "check the numbers",
    ),
    "movement at no time": (
        "kind: contacts\ncontacts: [{name: a}]\nmovements: [{time: ¤'25:00', what: a}]",
        "“25:00” is no time of day",
        "hours go from 0 to 23",
    ),
    "movement of the day before": (
        "kind: contacts\ncontacts: [{name: a}]\nmovements: [{date: 2025-04-04, time: 9:00, what: a}, {date: ¤2025-04-03, time: 9:00, what: b}]",
        "this day is out of order: the movement before it is later",
        "order of their days",
    ),
    "days out of order": (
        "kind: agenda\ndays:\n  - {date: 2025-04-04, items: [{time: 9:00, item: a}]}\n  - {date: ¤2025-04-03, items: [{time: 9:00, item: a}]}",
        "this day is out of order: the day before it is later",
        "put the days in order",
    ),
    "number beyond counting": (
        "blocks: [a, {chart: bar, source: s, values: {a: 1, b: ¤1e400}}]",
        "“1e400” is no number",
        "choose a unit",
    ),
    "unknown number in a text": (
        "blocks: [a, {chart: bar, source: s, values: {a: 1, b: ¤'~'}}]",
        "“~” is no number",
        "leave the cell empty",
    ),
    "date in words": (
        "blocks: [{quote: a, date: ¤3 April}]",
        "a date such as 2025-04-03 is asked for here; found “3 April”",
        "delete the key",
    ),
    "list for a date": (
        "blocks: [{quote: a, date: ¤[2025-04-03]}]",
        "found a list",
        "without dashes, brackets and braces",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_makes_no_sense_is_told_with_its_remedy(gallery: Gallery, case: str) -> None:
    section, words, remedy = ODD[case]
    before, _, after = f"title: x\n{section}\n".partition(HERE)
    (gallery.folder / "a.yaml").write_text(before + after, encoding="utf-8")
    (found,) = read_pack(gallery.folder).findings
    assert found.where is not None
    lines = before.split("\n")
    assert (found.where.line, found.where.column) == (len(lines), len(lines[-1]) + 1)
    assert words in found.message
    assert remedy in (found.hint or "")
