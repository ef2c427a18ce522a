"""Files within a file: which there are, and where they are put when the author wants them kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from pikepdf import Dictionary, Name, NameTree, Pdf, Stream, String

from briefpack.annexes.values import annotations_of, dictionaries

MOST = 1_000
"""Files; more are not listed."""
_LONGEST = 100
"""Characters of a name."""
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows keeps for devices."""
_FORBIDDEN = frozenset('<>:"/\\|?*')


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """name: bare, without what a disk could take amiss. content: its stream. page: on which it hangs, 1-based; None for the document."""

    name: str
    content: Stream
    page: int | None


def attached_files(pdf: Pdf, numbers: Sequence[int]) -> list[AttachedFile]:
    """The files embedded in a document or hung on its pages, each once, under names that differ. numbers: of its pages in the author's file."""
    found: list[AttachedFile] = []
    known: set[tuple[int, int]] = set()
    taken: set[str] = set()
    for specification, page in itertools.islice(_specifications(pdf, numbers), MOST):
        content = _content(specification)
        if content is None or content.objgen in known:
            continue
        known.add(content.objgen)
        name = _unlike(_bare(specification), taken)
        found.append(AttachedFile(name, content, page))
    return found


def put_beside(files: list[AttachedFile], target: Path) -> tuple[tuple[str, str], ...]:
    """Write files next to a clean file. Returns the name of each, and the name of the file it was put in. Raises OSError, PdfError."""
    put = []
    for number, file in enumerate(files, 1):
        path = target.with_name(f"{target.stem}.{number}.attached")
        path.write_bytes(file.content.read_bytes())
        put.append((file.name, path.name))
    return tuple(put)


def _specifications(pdf: Pdf, numbers: Sequence[int]) -> Iterator[tuple[Dictionary, int | None]]:
    root = pdf.Root
    names = root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        for value in NameTree(tree).values():
            if isinstance(value, Dictionary):
                yield value, None
    yield from ((one, None) for one in dictionaries(root.get("/AF")))
    for number, page in zip(numbers, pdf.pages, strict=True):
        yield from ((one, number) for one in dictionaries(page.obj.get("/AF")))
        for annotation in annotations_of(page.obj):
            if annotation.get("/Subtype") == Name.FileAttachment:
                yield from ((one, number) for one in dictionaries(annotation.get("/FS")))
            yield from ((one, number) for one in dictionaries(annotation.get("/AF")))


def _content(specification: Dictionary) -> Stream | None:
    held = specification.get("/EF")
    for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix"):
        content = held.get(key) if isinstance(held, Dictionary) else None
        if isinstance(content, Stream):
            return content
    return None


def _bare(specification: Dictionary) -> str:
    for key in ("/UF", "/F", "/Desc"):
        value = specification.get(key)
        if isinstance(value, String) and str(value).strip():
            name = PurePosixPath(PureWindowsPath(str(value)).name).name
            plain = "".join(c for c in name if c.isprintable() and c not in _FORBIDDEN).strip(" .")
            if plain:
                stem, dot, ending = plain.rpartition(".")
                short = (
                    f"{stem[: _LONGEST - len(ending)]}{dot}{ending}"
                    if dot and len(ending) < 10
                    else plain[:_LONGEST]
                )
                return f"_{short}" if short.split(".")[0].lower() in _RESERVED else short
    return "attachment"


def _unlike(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken; capitals make no difference on some disks."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    made = name
    for number in itertools.count(2):
        if made.lower() not in taken:
            break
        made = f"{stem}-{number}{dot}{ending}"
    taken.add(made.lower())
    return made
