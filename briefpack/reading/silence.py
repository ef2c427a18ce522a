"""What an author may write under `silence:`, and what it covers: the lines of its group and the files that the group names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.reading.checks import Json, Report, near, wrong
from briefpack.reading.node import Kind, Node
from briefpack.rules import RULES, SILENCEABLE, Extent, Silence

SILENCE_KEY = "silence"


@dataclass(frozen=True, slots=True)
class SilenceShape:
    """Names of rules, each with a reason."""

    @property
    def asks(self) -> str:
        return "a group of rules, each with the reason why it is silenced"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.MAP:
            hint = "write `silence: {rule: reason}`; `briefpack rules` lists the rules"
            wrong(node, self.asks, report, hint)
            return
        for name, reason in node.values.items():
            _check_rule(name, node.keys[name], report)
            if reason.faulty:
                continue
            if reason.kind is not Kind.SCALAR:
                wrong(reason, "text", report, f"say in words why `{name}` is silenced here")
            elif reason.is_null or not reason.text.strip():
                report.error(
                    reason.where if not reason.is_null else node.keys[name].where,
                    f"the silence of `{name}` gives no reason",
                    "say in words why the warning is meant to be passed over here",
                )

    def json(self, defs: Json) -> Json:
        if SILENCE_KEY not in defs:
            defs[SILENCE_KEY] = {
                "type": "object",
                "description": "Warnings that are silenced here: the rule's name and the reason.",
                "propertyNames": {"enum": list(SILENCEABLE)},
                "additionalProperties": {"type": "string", "pattern": r"\S"},
            }
        return {"$ref": f"#/$defs/{SILENCE_KEY}"}


def _check_rule(name: str, key: Node, report: Report) -> None:
    if name in SILENCEABLE:
        return
    if name in RULES:
        report.error(
            key.where, f"`{name}` cannot be silenced in a pack", f"it warns of this: {RULES[name].about}"
        )
        return
    close = near(name, SILENCEABLE)
    report.error(
        key.where,
        f"there is no rule `{name}`",
        f"did you mean `{close}`?" if close else "`briefpack rules` lists them all",
    )


@dataclass(frozen=True, slots=True)
class Silenced:
    """A group with a `silence` that is there. whole: it stands for the whole pack."""

    node: Node
    whole: bool = False


def silences_of(
    groups: Iterable[Silenced], inputs: Iterable[Path], roots: Sequence[Path]
) -> tuple[Silence, ...]:
    """The silences of groups, in order; what their shape forbids is left out. inputs: every file that was read; roots: what paths
    in a pack start from. To be asked when everything has been read."""
    known = set(inputs)
    found: dict[Silence, None] = {}
    for group in groups:
        said = group.node.group(SILENCE_KEY)
        if said is None:
            continue
        over = None if group.whole else tuple(_extents(group.node, known, roots))
        for name, reason in said.values.items():
            if name in SILENCEABLE and reason.kind is Kind.SCALAR and reason.text.strip():
                where = said.keys[name].where
                found[Silence(name, " ".join(reason.text.split()), where, over)] = None
    return tuple(found)


def _extents(node: Node, known: set[Path], roots: Sequence[Path]) -> Iterator[Extent]:
    last = node.line
    files: dict[Path, None] = {}
    for below in node.walk():
        last = max(last, below.line, below.last)
        if below.kind is Kind.SCALAR and "\n" not in below.text:
            files.update((path, None) for root in roots if (path := root / below.text) in known)
    yield Extent(node.path, node.line, last)
    for path in files:
        yield Extent(path, 0, None)
