"""A policy's name or file → the policy; every fault of it is reported."""

from __future__ import annotations

from pathlib import Path

from briefpack.policy import Level, Policy
from briefpack.reading.context import Context, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.schema_policy import POLICY
from briefpack.reading.yaml_tree import read_tree

POLICIES = Path(__file__).parent.parent / "data" / "policies"
"""The packaged ones."""


def read_policy(pack: Node, context: Context) -> Policy | None:
    """The policy that pack.yaml names; None when it names none, or one that cannot be had (which is reported)."""
    named = pack.scalar("policy")
    if named is None:
        return None
    path = POLICIES / f"{named.text}.yaml"
    if not path.is_file():
        context.report.error(
            named.where,
            f"there is no policy “{named.text}”",
            f"those there are: {', '.join(sorted(each.stem for each in POLICIES.glob('*.yaml')))}",
        )
        return None
    tree = read_tree(path, context.report.findings)
    if tree is None:
        return None
    POLICY.check(tree, context.report)
    context.inputs[path] = None
    levels = tuple(_level(node) for node in tree.listed("levels") if node.kind is Kind.MAP)
    return Policy(path.stem, words_of(tree.scalar("title")), levels) if levels else None


def _level(node: Node) -> Level:
    words = node.group("words")
    colour, aliases = node.scalar("colour"), node.get("aliases")
    return Level(
        words_of(node.scalar("name")),
        words_of(node.scalar("portion")),
        {} if words is None else {key: words_of(value) for key, value in words.values.items()},
        None if colour is None else colour.text,
        () if aliases is None else tuple(each.text for each in aliases.items),
    )
