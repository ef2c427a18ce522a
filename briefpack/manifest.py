"""What a build made and what it made it of: build/<pack>/manifest.json, the same bytes from the same inputs.

It names no absolute path, no user, no machine and no time of day; paths of inputs are relative to the project, paths of
outputs to the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from briefpack import __version__
from briefpack.files import digest_of

MANIFEST_NAME = "manifest.json"
SCHEMA_VERSION = 1
_TOOLS = ("lxml", "pikepdf", "pillow", "pypdf", "pyphen", "python-docx", "reportlab")
"""The libraries whose version can change the bytes of an output."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read. path: relative to the project with forward slashes; a file of the package begins with
    "briefpack:", one from elsewhere with "elsewhere:" and is named without its folders. sha256: hex digest."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written. format: "pdf" or "docx". path: relative to the manifest. size: bytes.

    pages: as printed, contents, dividers and annexes included (annexes in the PDF; Word
    files count to the page on which the schedule of annexes begins, and the annex pages that they show as pictures).
    page_numbers: where they come from, "layout" or "libreoffice".
    claims: the standards the file says it conforms to, "PDF/UA-1", "PDF/A-2a". faults: why it does not claim more.
    """

    format: str
    path: str
    size: int
    sha256: str
    pages: int
    page_numbers: str
    claims: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A file of an annex that was put beside the pack as it is. path: relative to the manifest. size: bytes. sha256: hex digest."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AudienceEntry:
    """One audience's build. withheld: kind of node → how many this audience did not get (never which). draft: it is one, and was not audited.

    marking: as printed on its pages, "" for none; None in a manifest of a version that did not say.
    """

    title: str
    style: str
    outputs: tuple[Output, ...]
    inputs: tuple[Input, ...]
    withheld: Mapping[str, int]
    beside: tuple[Beside, ...] = ()
    draft: bool = False
    marking: str | None = None

    @property
    def files(self) -> tuple[Output | Beside, ...]:
        """All that was written."""
        return (*self.outputs, *self.beside)


@dataclass(frozen=True, slots=True)
class Manifest:
    """pack: its name. date: the build's only clock, ISO 8601. tools: library → version."""

    pack: str
    title: str
    version: str
    date: str
    tools: Mapping[str, str]
    audiences: Mapping[str, AudienceEntry]


def render(manifest: Manifest) -> bytes:
    """The manifest as JSON, UTF-8, keys of equal rank in a fixed order."""
    content = {
        "schema": SCHEMA_VERSION,
        "pack": manifest.pack,
        "title": manifest.title,
        "version": manifest.version,
        "date": manifest.date,
        "tools": dict(sorted(manifest.tools.items())),
        "audiences": {
            name: asdict(entry) | {"withheld": dict(sorted(entry.withheld.items()))}
            for name, entry in sorted(manifest.audiences.items())
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_audiences(path: Path) -> dict[str, AudienceEntry]:
    """The entries of a manifest written earlier; {} when there is none, or none that this version understands."""
    try:
        content = json.loads(path.read_bytes())
        if content["schema"] != SCHEMA_VERSION:
            return {}
        return {name: _entry(entry) for name, entry in content["audiences"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # A manifest is made anew by every build: one that cannot be read is as good as none.
        return {}


def read_tools(path: Path) -> dict[str, str]:
    """With which versions the last build wrote a manifest, see tool_versions; {} where it does not say."""
    try:
        return {str(name): str(version) for name, version in json.loads(path.read_bytes())["tools"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _entry(raw: Mapping[str, Any]) -> AudienceEntry:
    return AudienceEntry(
        title=raw["title"],
        style=raw["style"],
        outputs=tuple(_output(output) for output in raw["outputs"]),
        inputs=tuple(Input(**item) for item in raw["inputs"]),
        withheld=dict(raw["withheld"]),
        beside=tuple(Beside(**item) for item in raw.get("beside", ())),
        draft=raw.get("draft") is True,
        marking=raw.get("marking"),
    )


def _output(raw: Mapping[str, Any]) -> Output:
    lists = {key: tuple(raw.get(key, ())) for key in ("claims", "faults")}
    return Output(**{**raw, **lists})


def published_bytes(folder: Path, output: Output | Beside) -> bytes | None:
    """The bytes that an entry tells of, read once; None where its file has others, is a link, or is gone. folder: of the manifest."""
    path = folder / output.path
    if Path(output.path).is_absolute() or ".." in Path(output.path).parts or path.is_symlink():
        return None
    try:
        content = path.read_bytes()
    except OSError:
        return None
    same = len(content) == output.size and hashlib.sha256(content).hexdigest() == output.sha256
    return content if same else None


def is_as_published(folder: Path, output: Output | Beside) -> bool:
    """Whether the file of an entry still has the bytes the entry tells of. folder: of the manifest."""
    path = folder / output.path
    try:
        if Path(output.path).is_absolute() or ".." in Path(output.path).parts or path.is_symlink():
            return False
        # A pipe has no bytes either, and whoever reads it waits.
        return path.is_file() and path.stat().st_size == output.size and digest_of(path) == output.sha256
    except OSError:
        return False


def describe_inputs(paths: Sequence[Path], project: Path, digests: dict[Path, str]) -> tuple[Input, ...]:
    """The inputs in order of their names, each once.

    digests: those already known, filled up with the others. Raises OSError when a file has gone meanwhile.
    """
    inputs = set()
    for path in paths:
        if path not in digests:
            digests[path] = digest_of(path)
        inputs.add(Input(public_name(path, project), digests[path]))
    return tuple(sorted(inputs, key=lambda item: (item.path, item.sha256)))


def public_name(path: Path, project: Path) -> str:
    """How a file is named in what a build tells of itself, see Input.path."""
    package = Path(__file__).parent
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - the name as written; a link's target is no one's business
    # The package may be installed within the project, or be it.
    if absolute.is_relative_to(package):
        return f"briefpack:{absolute.relative_to(package).as_posix()}"
    if absolute.is_relative_to(project):
        return absolute.relative_to(project).as_posix()
    return f"elsewhere:{absolute.name}"


def tool_versions() -> dict[str, str]:
    """briefpack, Python and the libraries that write the outputs."""
    return {"briefpack": __version__, "python": platform.python_version()} | {
        name: metadata.version(name) for name in _TOOLS
    }
