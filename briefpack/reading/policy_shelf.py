"""Which policies there are, by name; and a policy file with all that it extends, laid over one another as one tree of nodes."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from briefpack.reading.checks import Report, suggestion
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import STYLES, project_of
from briefpack.reading.yaml_tree import read_tree

PACKAGED = Path(__file__).parent.parent / "data" / "policies"
"""Those that come with briefpack."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NAMED = ("levels", "caveats")
"""Lists whose items have names, by which a later file changes them."""


def policy_folder(place: Path) -> Path:
    """Where the policies of a pack or a project are. place: its folder."""
    return place / STYLES / "policies"


def policy_folders(pack: Path) -> tuple[Path, ...]:
    """Where the policies of a pack are looked up, the nearest first. pack: its folder."""
    folder = Path(os.path.abspath(pack))  # noqa: PTH100  a link keeps its own name
    return (policy_folder(folder), policy_folder(project_of(folder)))


class PolicyShelf:
    """The policies that can be named: files of the folders, earlier folders first, then the packaged ones."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def names(self) -> tuple[str, ...]:
        """Every name that can be used, in alphabetical order."""
        folders = (*self._folders, PACKAGED)
        return tuple(
            sorted(
                {
                    path.stem
                    for folder in folders
                    for path in folder.glob("*.yaml")
                    if NAME.fullmatch(path.stem)
                }
            )
        )

    def find(self, name: str, asking: Path | None = None) -> Path | None:
        """The file of a policy, None when there is none. asking: the file that names it; one that extends its own name means the next of that name."""
        if not NAME.fullmatch(name):
            return None
        for folder in (*self._folders, PACKAGED):
            path = folder / f"{name}.yaml"
            if path.is_file() and path != asking:
                return path
        return None

    def tree(self, path: Path, report: Report) -> tuple[Node | None, tuple[Path, ...]]:
        """A policy file over all that it extends, and the files that were read for it. None when one of them cannot be had, which is reported."""
        line: list[Node] = []
        files: list[Path] = []
        asked: Path | None = path
        while asked is not None:
            files.append(asked)
            root = read_tree(asked, report.findings)
            if root is None:
                return None, tuple(files)
            line.append(root)
            extends = root.scalar("extends") if root.kind is Kind.MAP else None
            asked = None if extends is None else self._parent(extends, files, report)
            if extends is not None and asked is None:
                return None, tuple(files)
        whole = line.pop()
        for root in reversed(line):
            _check_levels(whole, root, report)
            whole = overlaid(whole, root)
        return whole, tuple(files)

    def _parent(self, extends: Node, files: Sequence[Path], report: Report) -> Path | None:
        """The file that is extended. files: those that lead to it, the last one names it."""
        parent = self.find(extends.text, files[-1])
        if parent is None:
            report.error(
                extends.where,
                f"there is no policy “{extends.text[:60]}”",
                suggestion(extends.text, self.names(), "policies"),
            )
        elif parent in files:
            circle = " → ".join(file.stem for file in (*files[files.index(parent) :], parent))
            report.error(
                extends.where,
                f"the policy “{files[-1].stem}” extends itself: {circle}",
                "take one of these names away",
            )
            return None
        return parent


def overlaid(lower: Node, upper: Node) -> Node:
    """Two groups as one: what upper says wins, key by key; lists of levels and of caveats are laid over one another by name, others replaced."""
    if lower.kind is not Kind.MAP or upper.kind is not Kind.MAP:
        return upper
    whole = Node(Kind.MAP, upper.path, upper.line, upper.column, lines=upper.lines)
    whole.faulty = upper.faulty
    whole.keys = {**lower.keys, **upper.keys}
    for key in whole.keys:
        below, above = lower.values.get(key), upper.values.get(key)
        if below is None or above is None:
            whole.values[key] = above or below or whole.keys[key]
        elif key in _NAMED and below.kind is Kind.LIST and above.kind is Kind.LIST:
            whole.values[key] = _by_name(below, above)
        else:
            whole.values[key] = overlaid(below, above)
    return whole


def _by_name(lower: Node, upper: Node) -> Node:
    whole = Node(Kind.LIST, upper.path, upper.line, upper.column, lines=upper.lines)
    names = [_name(item) for item in upper.items]
    for item in lower.items:
        name = _name(item)
        above = upper.items[names.index(name)] if name is not None and name in names else None
        whole.items.append(item if above is None else overlaid(item, above))
    known = {_name(item) for item in lower.items} - {None}
    seen: set[str | None] = set()
    for name, item in zip(names, upper.items, strict=True):
        # What stands there twice is left to be found.
        if name not in known or name in seen:
            whole.items.append(item)
        seen.add(name)
    return whole


def _name(node: Node) -> str | None:
    name = node.scalar("name") if node.kind is Kind.MAP else None
    return None if name is None else name.text


def _check_levels(lower: Node, upper: Node, report: Report) -> None:
    """A level more would change the rank of the others without anybody saying so."""
    known = [name for item in lower.listed("levels") if (name := _name(item)) is not None]
    for item in upper.listed("levels"):
        name = _name(item)
        if name is not None and name not in known:
            report.error(
                item.where,
                f"a policy that extends another cannot add the level “{name[:60]}”",
                f"change one of its levels ({', '.join(known)}), or write all of a policy of your own, without `extends`",
            )
