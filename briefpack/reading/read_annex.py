"""The annexes of a pack.yaml, with what is asked of each, as the author wrote them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from briefpack.annex import Annex, AnnexFile, Keep, PageRange, Treatment
from briefpack.document import Paper, Scale
from briefpack.errors import ExitCode
from briefpack.reading.context import Context, names, words_of
from briefpack.reading.node import Kind, Node

_RANGE = re.compile(r"(\d{1,9})\s*(?:([-–])\s*(\d{0,9}))?\Z", re.ASCII)


def read_annexes(tree: Node, context: Context) -> tuple[Annex, ...]:
    """The annexes of a pack; one that is wrong is reported and left out. What `intake` says holds where an annex is silent."""
    common = tree.group("intake")
    usual = Treatment() if common is None else _treatment(common, Treatment(), context)
    found = (_annex(node, common, usual, context) for node in tree.listed("annexes") if node.kind is Kind.MAP)
    return tuple(annex for annex in found if annex is not None)


def _annex(node: Node, common: Node | None, usual: Treatment, context: Context) -> Annex | None:
    treatment = _treatment(node, usual, context)
    files = _files(node, treatment, context)
    title, source, marking = (node.scalar(key) for key in ("title", "source", "marking"))
    limits = context.limits(node, free=True)
    given = node.scalar("id")
    first = next(iter(_named(node)), None)
    if first is None:
        context.report.error(
            node.where, "the annex names no file", "add `file:`, or `files:` for several as one annex"
        )
        return None
    name = given.text if given is not None else Path(first.text).stem
    context.claim(name, first.where if given is None else given.where)
    if files is None:
        return None
    nodes = [node] if common is None else [node, common]
    scale, paper = (_first(key, nodes) for key in ("scale", "paper"))
    return Annex(
        id=name,
        files=files,
        title=context.title(title),
        source=None if source is None else words_of(source),
        marking=None if marking is None or context.policy is not None else words_of(marking),
        where=node.where,
        limits=limits,
        scale=None if scale is None else Scale(scale),
        paper=None if paper is None else Paper(paper),
        beside=node.is_true("beside"),
        embed=node.is_true("embed"),
        overlap=_text(node, "overlap") == "accept",
        marked=None if "marking" not in node.keys else node.keys["marking"].where,
    )


def _first(key: str, nodes: list[Node]) -> str | None:
    """What the first of several groups says that says anything."""
    for node in nodes:
        value = node.scalar(key)
        if value is not None and not value.faulty:
            return value.text
    return None


def _named(node: Node) -> list[Node]:
    """The names of an annex's files, from `file` and `files`."""
    one = node.scalar("file")
    found = [] if one is None else [one]
    for entry in node.listed("files"):
        name = entry.scalar("file") if entry.kind is Kind.MAP else entry
        if name is not None and name.kind is Kind.SCALAR and not name.is_null:
            found.append(name)
    return found


def _files(node: Node, treatment: Treatment, context: Context) -> tuple[AnnexFile, ...] | None:
    """The files of an annex; None when one of them cannot be had, which is reported."""
    one, several = node.scalar("file"), node.listed("files")
    if one is not None and several:
        context.report.error(
            one.where, "an annex has either `file` or `files`", "put the file into the list of `files:`"
        )
    entries = [(entry, treatment) for entry in _named(node)]
    if several:
        entries = [
            (name, _treatment(entry, treatment, context) if entry.kind is Kind.MAP else treatment)
            for entry in several
            for name in [entry.scalar("file") if entry.kind is Kind.MAP else entry]
            if name is not None and name.kind is Kind.SCALAR and not name.is_null
        ]
    found = []
    for name, asked in entries:
        path = context.roots.file(name, context.report, "annex", ExitCode.ANNEX)
        if path is not None:
            context.inputs[path] = None
            found.append(AnnexFile(path, name.where, asked))
    return tuple(found) if found and len(found) == len(entries) else None


def _treatment(node: Node, usual: Treatment, context: Context) -> Treatment:
    """What a group says of how files are taken in; where it is silent, as usual."""
    said: dict[str, object] = {}
    for key in ("password_env", "sha256"):
        value = node.scalar(key)
        if value is not None:
            said[key] = value.text.strip()
    if node.scalar("damaged") is not None:
        said["damaged"] = _text(node, "damaged") == "accept"
    if node.scalar("flatten") is not None:
        said["flatten"] = _text(node, "flatten") == "image"
    for key in ("rotate", "n_up"):
        value = node.scalar(key)
        if value is not None and value.text.isdecimal():
            said[key] = int(value.text)
    kept = node.get("keep")
    if kept is not None:
        words = {each.value: each for each in Keep}
        said["keep"] = frozenset(words[entry.text] for entry in names(kept) if entry.text in words)
    languages = node.scalar("ocr")
    if languages is not None:
        said["ocr"] = languages.text.replace(" ", "") or None
    pages = node.get("pages")
    if pages is not None:
        said["pages"] = _pages(pages, context)
    if "sha256" in said:
        said["sha256"] = str(said["sha256"]).lower()
    return replace(usual, **said)  # type: ignore[arg-type]  # the keys are those of Treatment


def _text(node: Node, key: str) -> str:
    value = node.scalar(key)
    return "" if value is None else value.text


def _pages(node: Node, context: Context) -> tuple[PageRange, ...]:
    """Ranges of pages as in `1-3, 7, 10-`, in the order wanted."""
    ranges = []
    for entry in names(node):
        for part in entry.text.split(","):
            try:
                ranges.append(page_range(part))
            except NoPagesError as error:
                context.report.error(entry.where, error.fact, error.remedy)
    return tuple(ranges)


class NoPagesError(ValueError):
    """fact: what is wrong with a range of pages; remedy: how it is written."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


def page_range(words: str) -> PageRange:
    """A page or a range of pages: "7", "1-3", "10-". Raises NoPagesError."""
    match = _RANGE.match(words.strip())
    if match is None:
        raise NoPagesError(
            f"“{words.strip()}” is no page and no range of pages", "write pages as in `1-3, 7, 10-`"
        )
    first, dash, end = match.groups()
    last = int(end) if end else None if dash else int(first)
    if int(first) < 1 or (last is not None and last < int(first)):
        raise NoPagesError(
            f"“{words.strip()}” counts pages the wrong way",
            "pages begin with 1, and a range begins with its smaller page",
        )
    return PageRange(int(first), last)
