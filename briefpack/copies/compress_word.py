"""A finished pack as Word file → the same with pictures of fewer pixels and everything packed tighter; its text and layout stay as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from briefpack.copies.compress_pdf import GAIN, Compressed
from briefpack.copies.resampling import SHARP, filed, is_drawing, opened, resampled, wanted
from briefpack.copies.zip_members import Member, archive, members, packed, stored

_EMU = 914_400
"""English metric units of an inch (ECMA-376 part 1, 20.1.10.16)."""
_LEAST = 2048
"""Bytes of a picture below which nothing is to be gained."""
_GAIN = 0.9
"""Share of its former bytes below which a picture in another form is worth it."""
_LEVEL = 9
_MEDIA = "word/media/"
_TYPES = "[Content_Types].xml"
_KINDS = {"png": ("PNG",), "jpeg": ("JPEG",)}
_MODES = frozenset({"1", "L", "RGB"})


def compress(content: bytes, resolution: int) -> bytes:
    """The pack with no more than resolution pixels an inch in its pictures; the same bytes where nothing was gained."""
    return compressed(content, resolution).content


def compressed(content: bytes, resolution: int) -> Compressed:
    """As compress(), with what was done; every picture is treated as it is in the PDF. content: a file that briefpack wrote."""
    files = {each.name: each for each in members(content)}
    sizes = _shown(files)
    renamed: dict[str, str] = {}
    changed = 0
    for name, shown in sizes.items():
        fewer = _recoded(files[name], shown, resolution)
        if fewer is None:
            continue
        files[name] = fewer
        changed += 1
        if fewer.name != name:
            renamed[name] = fewer.name
    smaller = archive(_tighter(each) for each in _renamed(files, renamed))
    if len(smaller) >= GAIN * len(content):
        return Compressed(content, 0)
    return Compressed(smaller, changed)


def _recoded(member: Member, shown: tuple[float, float], resolution: int) -> Member | None:
    """A picture that is smaller; None where it would not be, or where it is of a kind that our packs do not have."""
    base, _, extension = member.name.rpartition(".")
    if len(member.packed) < _LEAST or extension not in _KINDS:
        return None
    picture = opened(member.content, _KINDS[extension])
    if picture is None or picture.mode not in _MODES or {"transparency", "icc_profile"} & set(picture.info):
        return None
    sharp = SHARP if picture.mode == "1" else 1
    size = wanted(picture.size, shown, sharp * resolution)
    was_lossy = extension == "jpeg"
    if size == picture.size and was_lossy:
        # Every JPEG of a JPEG is worse.
        return None
    data, kind = filed(resampled(picture, size), lossy=was_lossy or not is_drawing(picture))
    if len(data) >= _GAIN * len(member.packed):
        return None
    return stored(f"{base}.{kind}", data)


def _tighter(member: Member) -> Member:
    if member.method == 0:
        return member
    again = packed(member.name, member.content, _LEVEL)
    return again if len(again.packed) < len(member.packed) else member


# --------------------------------------------------------------------------- where pictures are shown


def _shown(files: Mapping[str, Member]) -> dict[str, tuple[float, float]]:
    """How large pictures are shown at most, in inches, by their names; those that are used otherwise are left out."""
    sizes: dict[str, tuple[float, float]] = {}
    left: set[str] = set()
    for name in files:
        links = _links(files, name)
        if not links:
            continue
        look = _Look()
        look.read(files[name].content)
        for key, target in links.items():
            if key not in look.shown or key in look.left:
                left.add(target)
            else:
                width, height = look.shown[key]
                known = sizes.get(target, (0.0, 0.0))
                sizes[target] = (max(width, known[0]), max(height, known[1]))
    return {name: size for name, size in sizes.items() if name not in left}


def _links(files: Mapping[str, Member], name: str) -> dict[str, str]:
    """The pictures that a part refers to: their names by the ids of the relationships."""
    folder, base = posixpath.split(name)
    found = files.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if found is None:
        return {}
    links: dict[str, str] = {}

    def begin(tag: str, attributes: dict[str, str]) -> None:
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))[1:]
        if tag == "Relationship" and target in files and target.startswith(_MEDIA):
            links[attributes["Id"]] = target

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.Parse(found.content, True)
    return links


@dataclass(slots=True)
class _Look:
    """What a part says of its pictures. shown: in inches, by the ids of relationships. left: those that are cut, or shown otherwise."""

    shown: dict[str, tuple[float, float]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    _extent: tuple[float, float] | None = None
    _last: str = ""

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.Parse(content, True)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "wp:inline" | "wp:anchor":
                self._extent = None
            case "wp:extent":
                self._extent = (int(attributes["cx"]) / _EMU, int(attributes["cy"]) / _EMU)
            case "a:blip" if "r:embed" in attributes and self._extent is not None:
                self._last = attributes["r:embed"]
                width, height = self.shown.get(self._last, (0.0, 0.0))
                self.shown[self._last] = (max(width, self._extent[0]), max(height, self._extent[1]))
            case "a:srcRect" if attributes:
                self.left.add(self._last)
            case _:
                self.left.update(value for key, value in attributes.items() if key in {"r:id", "r:embed"})


# --------------------------------------------------------------------------- names


def _renamed(files: Mapping[str, Member], names: Mapping[str, str]) -> Iterator[Member]:
    """The files, with everything that speaks of a renamed picture changed. names: new ones by old ones.

    A picture that became a JPEG has another extension, and its type hangs on that (ECMA-376 part 2, 10.1.2).
    """
    for member in files.values():
        if not names or not member.name.endswith((".rels", ".xml")):
            yield member
            continue
        before = member.content
        after = before
        if member.name == _TYPES:
            if b'Extension="jpeg"' not in after:
                after = after.replace(
                    b"<Default ", b'<Default Extension="jpeg" ContentType="image/jpeg"/><Default ', 1
                )
        elif member.name.endswith(".rels"):
            for old, new in names.items():
                after = after.replace(_target(old), _target(new))
        elif member.name.startswith("customXml/"):
            # The label says to which parts it belongs.
            for old, new in names.items():
                after = after.replace(
                    f'"pack:///{old}" xmime:contentType="image/png"'.encode(),
                    f'"pack:///{new}" xmime:contentType="image/jpeg"'.encode(),
                )
        yield member if after == before else packed(member.name, after, _LEVEL)


def _target(name: str) -> bytes:
    """How relationships of the parts in word/ name a picture."""
    return f'Target="{name.removeprefix("word/")}"'.encode()
