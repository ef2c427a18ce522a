"""A policy's name or file → the policy; every fault of it is reported where it stands."""

from __future__ import annotations

from pathlib import Path

from briefpack.errors import Findings
from briefpack.policy import Policy
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.context import Context
from briefpack.reading.node import Node
from briefpack.reading.policy_build import PolicyBuilding
from briefpack.reading.policy_checks import PolicyChecks
from briefpack.reading.policy_shelf import PACKAGED, PolicyShelf, policy_folders
from briefpack.reading.schema_policy import POLICY


def read_policy(pack: Node, context: Context) -> Policy | None:
    """The policy that pack.yaml names; None when it names none, or one that cannot be had (which is reported)."""
    named = pack.scalar("policy")
    if named is None:
        return None
    shelf = PolicyShelf(policy_folders(context.roots.base))
    path = _file(named, shelf, context)
    if path is None:
        return None
    policy, files = read_policy_file(path, shelf, context.report)
    context.inputs.update(dict.fromkeys(files))
    return policy


def _file(named: Node, shelf: PolicyShelf, context: Context) -> Path | None:
    path = shelf.find(named.text)
    if path is not None:
        return path
    stem = Path(named.text).stem
    if stem in shelf.names() and not (context.roots.base / named.text).exists():
        context.report.error(
            named.where,
            f"there is no file “{named.text[:60]}” in the pack's folder",
            f"the policy of that name is written without folder and ending: `{stem}`",
        )
        return None
    if named.text.endswith((".yaml", ".yml")) or "/" in named.text:
        return context.roots.file(named, context.report, "policy")
    context.report.error(
        named.where,
        f"there is no policy “{named.text[:60]}”",
        suggestion(named.text, shelf.names(), "a file of the pack, such as policy.yaml, or one of these"),
    )
    return None


def read_policy_file(
    path: Path, shelf: PolicyShelf, report: Report
) -> tuple[Policy | None, tuple[Path, ...]]:
    """A policy file with all that it extends, None when there is an error in it; and the files that were read. shelf: where what it extends is looked up."""
    found = Report(Findings(), report.code)
    tree, files = shelf.tree(path, found)
    policy = None if tree is None else _policy(tree, path, found)
    report.findings.extend(found.findings)
    return None if found.findings.has_errors else policy, files


def _policy(tree: Node, path: Path, report: Report) -> Policy | None:
    _check_colours(tree, report)
    POLICY.check(tree, report)
    if report.findings.has_errors:
        # What follows asks what the names mean, and would ask in vain.
        return None
    policy = PolicyBuilding(tree, report).policy(path.stem)
    if not report.findings.has_errors and not path.is_relative_to(PACKAGED):
        # Those that come with briefpack keep it: a test sees to it.
        PolicyChecks(tree, policy, report).run()
    return policy


def _check_colours(tree: Node, report: Report) -> None:
    for level in tree.listed("levels"):
        colour = level.values.get("colour")
        if colour is not None and colour.is_null and not colour.text:
            report.error(
                colour.where,
                "`colour` has no value",
                'put it into quotes, "#c00000": without them # begins a comment; ~ leaves it to the style',
            )
