"""The glossary of a pack, written in pack.yaml or in a file of its own → its abbreviations, each with its place."""

from __future__ import annotations

from dataclasses import replace

from briefpack.marking import Marking
from briefpack.pack import Abbreviation
from briefpack.reading.context import Context, words_of
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_blocks import spans_of
from briefpack.reading.schema_glossary import GLOSSARY
from briefpack.reading.yaml_tree import read_tree


def read_glossary(pack: Node, context: Context) -> tuple[Abbreviation, ...]:
    """pack: the tree of pack.yaml, whose shape has been checked; that of a file is checked here."""
    written = pack.get("glossary")
    if written is None:
        return ()
    if written.kind is Kind.SCALAR:
        path = context.roots.file(written, context.report, "glossary")
        if path is None:
            return ()
        context.inputs[path] = None
        tree = read_tree(path, context.report.findings)
        if tree is None:
            return ()
        GLOSSARY.check(tree, context.report)
        written = tree
    if written.kind is not Kind.MAP:
        return ()
    usual = context.marking(pack, "glossary_marking")
    entries = (_entry(short, written, context) for short in written.values)
    return tuple(_marked(entry, usual) for entry in entries if entry is not None)


def _marked(entry: Abbreviation, usual: Marking | None) -> Abbreviation:
    """An entry without a marking of its own has the usual one; where there is none, it is marked as the pack is."""
    if usual is None or entry.limits.marking is not None:
        return entry
    return replace(entry, limits=replace(entry.limits, marking=usual))


def _entry(short: str, glossary: Node, context: Context) -> Abbreviation | None:
    node, where = glossary.values[short], glossary.keys[short].where
    if node.faulty or node.is_null:
        return None
    long = node if node.kind is Kind.SCALAR else node.scalar("long")
    words = words_of(long)
    if long is not None and long is node and not words:
        context.report.error(where, f"“{short}” stands for nothing", "write what it stands for behind it")
    if " ".join(short.split()) == words:
        context.report.warning(
            where if long is None else long.where,
            f"“{short}” is said to stand for itself",
            "write its long form, or delete the entry",
            rule="idle-abbreviation",
        )
    if node.kind is not Kind.MAP:
        return Abbreviation(short, words, None, None, where)
    return Abbreviation(
        short,
        words,
        words_of(node.scalar("plural")) or None,
        spans_of(node, "explanation", context),
        where,
        context.limits(node),
    )
