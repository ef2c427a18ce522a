"""What a kind of section asks for: keys that are its own, keys it must have, and how long it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefpack.errors import Where
from briefpack.pack import SectionKind
from briefpack.reading.checks import near
from briefpack.reading.context import Context
from briefpack.reading.kinds import KINDS, OWN_KEYS, KindSpec
from briefpack.reading.node import Kind, Node
from briefpack.reading.schema import SECTION

_NO_WORDS = frozenset(
    {
        "id",
        "audiences",
        "tags",
        "image",
        "portrait",
        "alt",
        "csv",
        "width",
        "date",
        "kind",
        "marking",
        "title_marking",
        "default_marking",
    }
)
"""Keys whose values are not read as text."""


def check_keys(tree: Node, spec: KindSpec, context: Context) -> None:
    """Keys that belong to another kind of section, and keys that this kind must have."""
    given = tree.scalar("kind")
    if given is not None and given.text not in {kind.value for kind in SectionKind}:
        return  # a misspelt kind is one fault, and reported
    stray = [key for key in tree.keys if key in OWN_KEYS and key not in spec.keys]
    if stray:
        _report_stray(tree, stray, spec, context)
    unknown = [key for key in tree.keys if key not in SECTION.keys]
    for key in spec.required:
        known = spec.keys[key]
        value = tree.values.get(key)
        if value is None:
            # A misspelt key is one fault, not one that is unknown and one that is missing.
            if not any(near(other, (key,)) for other in unknown):
                context.report.error(
                    tree.where if given is None else given.where,
                    f"{spec.called} must have `{key}`",
                    f"add `{key}:` ({known.about})",
                )
        elif value.is_null or (value.kind is Kind.SCALAR and not value.text.strip()):
            context.report.error(
                value.where,
                f"`{key}` is empty, and {spec.called} must have it",
                f"{known.its.asks} is asked for",
            )


def _report_stray(tree: Node, stray: Sequence[str], spec: KindSpec, context: Context) -> None:
    """One error for all of them, with the kind that has most of them."""
    owner = max(
        (kind for kind in KINDS.values() if stray[0] in kind.keys),
        key=lambda kind: sum(key in kind.keys for key in stray),
    )
    listed = ", ".join(f"`{key}`" for key in stray)
    write = "add" if "kind" not in tree.keys else "write"
    context.report.error(
        tree.keys[stray[0]].where,
        f"{listed} belong{'s' if len(stray) == 1 else ''} to {owner.called}, and this section is {spec.called}",
        f"{write} `kind: {owner.kind.value}`, or use `blocks:`",
    )


def check_length(tree: Node, spec: KindSpec, where: Where, context: Context) -> None:
    """Warn of a section with more words in its parts than its kind has. where: the place of its title."""
    if not spec.words:
        return
    words = sum(_words(value) for part in spec.parts if (value := tree.get(part.key)) is not None)
    if words > spec.words:
        context.report.warning(
            where,
            f"this section has {words:,} words; {spec.called} has at most {spec.words:,}",
            "shorten it, or move what is for reference into a section or annex of its own",
            rule="long-section",
        )


def _words(node: Node) -> int:
    """Words of the text below a node, as a reader would count them."""
    if node.kind is Kind.SCALAR:
        return 0 if node.is_null else len(node.text.split())
    below: Iterable[Node] = (
        node.items
        if node.kind is Kind.LIST
        else (value for key, value in node.values.items() if key not in _NO_WORDS)
    )
    return sum(map(_words, below))
