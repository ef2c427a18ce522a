"""Annexes as they pass between stages: what the author wrote of one, and what intake measured of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from briefpack.errors import Where
from briefpack.inscription import Inscription
from briefpack.limits import EVERYBODY, Limits

if TYPE_CHECKING:
    # The worker loads this module for every annex, and needs no more of the Document than these names.
    from briefpack.document import Paper, Scale

# --------------------------------------------------------------------------- what the author wrote


class Keep(Enum):
    """What of an annex stays that is not the look of its pages; whatever is not named goes, and is told of.

    LINKS: links to the web and within the annex. COMMENTS: as they look when printed. ATTACHMENTS: files embedded in it, as
    files embedded in the pack. IMAGE_METADATA: what cameras and programs wrote into its pictures.
    """

    LINKS = "links"
    COMMENTS = "comments"
    ATTACHMENTS = "attachments"
    IMAGE_METADATA = "image-metadata"


_MOST_NAMES = 6
"""Names of files that are listed of an annex."""
KEPT_UNASKED = frozenset({Keep.LINKS})


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages of the author's file, 1-based. last: None means to the end."""

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """How one file is taken in; it is part of the name under which the clean copy is kept.

    password_env: the environment variable that holds its password. sha256: hex digest that the file must have.
    damaged: what is left of a damaged file is taken. pages: () for all, else in the order wanted. rotate: degrees clockwise, 0, 90, 180 or
    270, on top of the page's own. n_up: pages of the file on a sheet, 1 or 2. flatten: pages become pictures.
    ocr: languages as Tesseract names them ("eng+fra"), to be recognised in pages without text; None for no recognition.
    """

    password_env: str | None = None
    sha256: str | None = None
    damaged: bool = False
    keep: frozenset[Keep] = KEPT_UNASKED
    flatten: bool = False
    pages: tuple[PageRange, ...] = ()
    rotate: int = 0
    n_up: int = 1
    ocr: str | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """A PDF that stands in for a file without pages of its own, set in a style of the pack.

    path: of the PDF, own_sha256: hex digest of it. sha256: of the author's file that it was made of. remarks: on the author's file. inscriptions: what it says of
    itself that is not on its pages.
    """

    path: Path
    own_sha256: str
    sha256: str
    remarks: tuple[Remark, ...] = ()
    inscriptions: tuple[Inscription, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexFile:
    """One of the files of an annex. path: resolved and inside the pack. where: of its name. set: what is bound for it, None for the file itself."""

    path: Path
    where: Where
    treatment: Treatment = Treatment()
    set: StandIn | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """id: given, or the first file's stem. files: at least one, in order. title is required.

    scale, paper: None leaves it to the style. beside: the files are also put beside the pack, as they are.
    embed: they are also embedded in the PDF, as they are. overlap: it may say what is withheld elsewhere. marked: where its marking is written, None
    where it has none of its own.
    """

    id: str
    files: tuple[AnnexFile, ...]
    title: str
    source: str | None
    marking: str | None
    where: Where
    limits: Limits = EVERYBODY
    scale: Scale | None = None
    paper: Paper | None = None
    beside: bool = False
    embed: bool = False
    overlap: bool = False
    marked: Where | None = None

    @property
    def path(self) -> Path:
        """The first file."""
        return self.files[0].path

    @property
    def file_name(self) -> str:
        """The bare names of its files, as one reads them; of many, the first ones, the last one and their number."""
        names = list(dict.fromkeys(file.path.name for file in self.files))
        if len(names) > _MOST_NAMES:
            names = [*names[: _MOST_NAMES - 2], f"… {names[-1]} ({len(names)})"]
        return ", ".join(names)


# --------------------------------------------------------------------------- what intake measured


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A bookmark of an annex. page: 0-based page of the annex it leads to, None when it leads nowhere."""

    title: str
    page: int | None
    children: tuple[OutlineNode, ...]


class Against(Enum):
    """The least of the claims of PDF/A-2 that a fault stands against: with "archive" none can be made; with "unicode" 2b is left; with
    "structure" 2u is left; with "nothing" all are."""

    ARCHIVE = "archive"
    UNICODE = "unicode"
    STRUCTURE = "structure"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AnnexFault:
    """What stands in an annex against claims of conformance.

    message: the fact, to follow a place: "the font Helvetica is not embedded". pages: the first pages it is seen on, 1-based; ()
    when it has no place. archive: as far as PDF/A-2 is concerned. accessible: whether PDF/UA-1 bears with it.
    """

    message: str
    pages: tuple[int, ...]
    archive: Against
    accessible: bool


class Deed(Enum):
    """What was done about something in an annex. FOUND: nothing, but the author should know of it. CONVERTED: the file was no PDF, and is one now."""

    REMOVED = "removed"
    FLATTENED = "flattened"
    KEPT = "kept"
    REPAIRED = "repaired"
    FOUND = "found"
    CONVERTED = "converted"


@dataclass(frozen=True, slots=True)
class Remark:
    """An item of the report on an annex. kind: its name for programs, "javascript", "hidden-text". what: in words, to follow the name of the file: "has 3 comments on its pages, left out of the pack".

    pages: of the author's file, 1-based, as far as they are known. advice: what the author can do about it, "" for nothing.
    warn: the author is to be told in every build.
    """

    deed: Deed
    kind: str
    what: str
    count: int = 1
    pages: tuple[int, ...] = ()
    advice: str = ""
    warn: bool = False

    @property
    def hides(self) -> bool:
        """Whether it is about something that the author's file hides from the eye."""
        return self.kind.startswith("hidden-")


@dataclass(frozen=True, slots=True)
class CleanPart:
    """One file of an annex, clean.

    sha256: hex digest of the author's file. clean: the file that is bound. sizes: visible width and height of every page in
    points, upright as the reader sees it. tagged: the clean file has a structure tree that says everything its pages say.
    faults: what stands against the claims of a pack that it is bound into. remarks: the report. damaged: it is what is left of a damaged
    file, and the reader must be told. embedded: files kept out of it, as (name, path). inscriptions: words that may be a marking. unread: pages of the author's
    file that are bound and show something, but have no text that a program can read.
    """

    sha256: str
    clean: Path
    sizes: tuple[tuple[float, float], ...]
    outline: tuple[OutlineNode, ...]
    tagged: bool = False
    faults: tuple[AnnexFault, ...] = ()
    remarks: tuple[Remark, ...] = ()
    damaged: bool = False
    embedded: tuple[tuple[str, Path], ...] = ()
    inscriptions: tuple[Inscription, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def pages(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What intake measured of an annex: its files one behind the other, pages counted through.

    names: of several files, the bare name of each as the author has it; () for one.
    """

    parts: tuple[CleanPart, ...]
    names: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        return sum(part.pages for part in self.parts)

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        return tuple(size for part in self.parts for size in part.sizes)

    @property
    def sha256(self) -> str:
        """Of the author's file; of several, of their digests one behind the other."""
        if len(self.parts) == 1:
            return self.parts[0].sha256
        return hashlib.sha256("".join(part.sha256 for part in self.parts).encode()).hexdigest()

    @property
    def outline(self) -> tuple[OutlineNode, ...]:
        """The outlines of its files; those of several stand each below an entry with the name of the file."""
        found: list[OutlineNode] = []
        before: tuple[str, str] | None = None
        for index, (first, part) in enumerate(self.starts()):
            known = (self.names[index] if self.names else "", part.sha256)
            nodes = tuple(_moved(node, first) for node in part.outline)
            if known == before:
                # Pages of one file, chosen in several goes.
                found[-1] = replace(found[-1], children=(*found[-1].children, *nodes))
            else:
                found.append(OutlineNode(PurePath(known[0]).stem, first, nodes))
            before = known
        if self.names and len(found) > 1:
            return tuple(found)
        return tuple(node for file in found for node in file.children)

    @property
    def faults(self) -> tuple[AnnexFault, ...]:
        return tuple(
            AnnexFault(
                fault.message,
                tuple(page + first for page in fault.pages),
                fault.archive,
                fault.accessible,
            )
            for first, part in self.starts()
            for fault in part.faults
        )

    @property
    def damaged(self) -> bool:
        return any(part.damaged for part in self.parts)

    def starts(self) -> tuple[tuple[int, CleanPart], ...]:
        """Each part with the number of pages before it."""
        found, pages = [], 0
        for part in self.parts:
            found.append((pages, part))
            pages += part.pages
        return tuple(found)


def _moved(node: OutlineNode, pages: int) -> OutlineNode:
    if not pages:
        return node
    page = None if node.page is None else node.page + pages
    return OutlineNode(node.title, page, tuple(_moved(child, pages) for child in node.children))
