"""Pictures in a Markdown file of others: those beside it are shown, and what cannot be is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from briefpack.blocks import ImageBlock
from briefpack.errors import Findings
from briefpack.reading.checks import Report
from briefpack.reading.markdown_file_places import Places, Token
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots
from briefpack.reading.pictures import load_picture

_WEB = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|data:", re.IGNORECASE)


class Pictures:
    """The pictures of a file. roots: where they may be. paths: of those that are shown. settled: whether all were there that should have been."""

    def __init__(self, path: Path, roots: Roots, places: Places) -> None:
        self._path = path
        self._roots = roots
        self._places = places
        self._shown: list[ImageBlock] = []
        self.paths: list[Path] = []
        self.settled = True

    def take(self, token: Token, inline: Token) -> None:
        """Load the picture of a token, if there is any to load. inline: the paragraph that it stands in."""
        source = unquote(str(token.attrGet("src") or ""))
        where = self._places.where(inline, "![")
        if _WEB.match(source) or not source:
            self._places.tell(
                "picture",
                where,
                f"the picture “{source[:60]}” is on the web, and nothing is ever fetched: it is left out",
                "save it beside the text and write its file's name",
            )
            return
        faults = Findings()
        node = Node(Kind.SCALAR, self._path, where.line, where.column, source)
        path = self._roots.file(node, Report(faults), "picture")
        data = None if path is None else load_picture(path, where, source, Report(faults))
        for fault in faults:
            self._places.tell("picture", where, f"{fault.message}: the picture is left out", fault.hint or "")
        if path is None or data is None:
            self.settled = False
            return
        alt = " ".join(_description(token).split())
        if not alt:
            alt = path.name
            self._places.tell(
                "alt-text",
                where,
                f"the picture “{source[:60]}” is not described: its file's name is read out instead",
                "write what it shows between the brackets, ![a map of the region](…)",
            )
        self.paths.append(path)
        self._shown.append(ImageBlock(path, data, alt, None, None, None, where))

    def shown(self) -> Sequence[ImageBlock]:
        """The pictures since the last time: those of the paragraph at hand, which stand below it."""
        shown, self._shown = self._shown, []
        return shown


def _description(token: Token) -> str:
    """The words of a picture's description."""
    return "".join(child.content for child in token.children or () if child.type in {"text", "code_inline"})
