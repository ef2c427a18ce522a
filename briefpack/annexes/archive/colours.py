"""What in colours, pictures and graphics states stands against PDF/A-2 in a file whose output intent is sRGB (ISO 19005-2, 6.2.4 to 6.2.10)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream

from briefpack.annexes.archive.faults import Fact, archive
from briefpack.annexes.archive.jpeg2000 import bears
from briefpack.annexes.values import several

_CMYK = archive("it has CMYK colours, which have no meaning beside sRGB")
_LOSSLESS = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
"""What is compressed so is compressed anew by the last save."""
_ALLOWED = frozenset({"/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode"}) | _LOSSLESS
_SHORT = {"/LZW": "/LZWDecode"}
_BLENDS = frozenset(
    f"/{name}"
    for name in (
        *(
            "Normal",
            "Compatible",
            "Multiply",
            "Screen",
            "Overlay",
            "Darken",
            "Lighten",
            "ColorDodge",
            "ColorBurn",
        ),
        *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
    )
)
_DEVICES = frozenset({"/DeviceN", "/Separation", "/Indexed", "/Pattern", "/ICCBased"})
_MOST_SPACES = 8
"""Colour spaces within each other."""
_PROFILE_CLASSES = frozenset({b"prtr", b"mntr", b"scnr", b"spac"})
_PROFILE_SPACES = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}
_PROCESS = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black", "/None"})


class Colours:
    """Looks at each space, picture and state once."""

    def __init__(self, *, takes_cmyk: bool = False) -> None:
        self._takes_cmyk = takes_cmyk
        self._known: dict[object, frozenset[Fact]] = {}
        self._inks: dict[str, bytes] = {}
        self._overprints = False
        self._mixes_profiles = False

    def space(self, space: Object | None) -> frozenset[Fact]:
        """Facts about a colour space, a name or an array."""
        if space is None:
            return frozenset()
        key: object = space.objgen if space.is_indirect else space.unparse()
        if key not in self._known:
            self._known[key] = frozenset(self._space(space, 0))
        return self._known[key]

    def _space(self, space: Object | None, depth: int) -> Iterator[Fact]:
        if depth > _MOST_SPACES:
            yield archive("its colours are explained by other colours without end")
        elif isinstance(space, Name):
            if str(space) in {"/DeviceCMYK", "/CMYK"} and not self._takes_cmyk:
                yield _CMYK
        elif isinstance(space, Array) and len(space):
            kind = str(space[0])
            if len(space) == 1:
                yield from self._space(space[0], depth + 1)
            elif kind == "/ICCBased":
                yield from self._profile(space[1])
            elif kind in {"/Indexed", "/I", "/Pattern"}:
                yield from self._space(space[1], depth + 1)
            elif kind in {"/Separation", "/DeviceN"} and len(space) >= 4:
                yield from self._space(space[2], depth + 1)
                yield from self._ink(space) if kind == "/Separation" else self._inks_of(space, depth)

    def _ink(self, space: Array) -> Iterator[Fact]:
        words = b"".join(part.unparse() for part in (space[2], space[3]))
        if self._inks.setdefault(str(space[1]), words) != words:
            yield archive(f"the ink {str(space[1])[1:]} is explained in two ways")

    def _inks_of(self, space: Array, depth: int) -> Iterator[Fact]:
        names = {str(name) for name in space[1]} if isinstance(space[1], Array) else set()
        attributes = space[4] if len(space) > 4 else None
        colorants = attributes.get("/Colorants") if isinstance(attributes, Dictionary) else None
        known = {str(name) for name in colorants} if isinstance(colorants, Dictionary) else set()
        if names - known - _PROCESS or (names - known and len(names) != 4):
            yield archive("it has inks that are not explained")
        if isinstance(colorants, Dictionary):
            for name in known:
                yield from self._space(colorants[name], depth + 1)

    def _profile(self, profile: Object) -> Iterator[Fact]:
        if not isinstance(profile, Stream):
            yield archive("a colour profile is missing")
            return
        header = profile.read_bytes()[:40]
        components = _PROFILE_SPACES.get(header[16:20])
        if (
            len(header) < 40
            or header[36:40] != b"acsp"
            or header[12:16] not in _PROFILE_CLASSES
            or header[8] > 4
            or components != profile.get("/N")
        ):
            yield archive("it has a colour profile that PDF/A does not take")
        if components == 4:
            self._mixes_profiles = True
            if self._overprints:
                yield archive("it prints CMYK colours over each other")

    def state(self, held: Dictionary) -> frozenset[Fact]:
        """Facts about an extended graphics state."""
        key = ("state", held.objgen if held.is_indirect else held.unparse())
        if key not in self._known:
            self._known[key] = frozenset(self._state(held))
        return self._known[key]

    def _state(self, held: Dictionary) -> Iterator[Fact]:
        if "/TR" in held or held.get("/TR2", Name.Default) != Name.Default:
            yield archive("it changes its colours by a transfer function")
        for mode in several(held.get("/BM")):
            if str(mode) not in _BLENDS:
                yield archive("it blends colours in a way that PDF/A does not know")
        if held.get("/OPM", 0) == 1:
            self._overprints = True
            if self._mixes_profiles:
                yield archive("it prints CMYK colours over each other")

    def image(self, picture: Stream) -> frozenset[Fact]:
        """Facts about a picture, its masks included."""
        key = ("image", picture.objgen)
        if key not in self._known:
            self._known[key] = frozenset()
            self._known[key] = frozenset(self._image(picture))
        return self._known[key]

    def _image(self, picture: Stream) -> Iterator[Fact]:
        if picture.get("/Subtype") != Name.Image:
            yield archive("it has content in PostScript")
            return
        yield from filter_faults(picture)
        yield from _jpeg2000(picture)
        depth = picture.get("/BitsPerComponent", 1)
        if depth not in ((1,) if picture.get("/ImageMask", False) else (1, 2, 4, 8, 16)):
            yield archive("it has a picture of an unusual depth of colour")
        yield from self.space(picture.get("/ColorSpace"))
        for kind in ("/SMask", "/Mask"):
            mask = picture.get(kind)
            if isinstance(mask, Stream):
                yield from self.image(mask)

    @staticmethod
    def inline(held: Dictionary) -> Iterator[Fact]:
        """Facts about a picture that stands in the content."""
        for name in several(held.get("/F", held.get("/Filter"))):
            if str(name) in {"/LZW", "/LZWDecode", "/Crypt"}:
                yield archive("it has a picture compressed by LZW in its content")
        smoothed: object = held.get("/I", held.get("/Interpolate", False))
        if smoothed is True:
            yield archive("it has a picture in its content that is to be smoothed")
        if "/Intent" in held:
            yield archive("it has a picture in its content with a rendering intent")


def filter_faults(stream: Stream) -> Iterator[Fact]:
    """Facts about how the data of any stream is compressed."""
    names = set(_filters(stream))
    if not names <= _ALLOWED | {"/JPXDecode"} or ("/LZWDecode" in names and not names <= _LOSSLESS):
        yield archive("it has data compressed in a way that PDF/A does not take")


def _jpeg2000(picture: Stream) -> Iterator[Fact]:
    names = _filters(picture)
    if "/JPXDecode" in names:
        # Opacity within the picture is one more channel.
        masked: object = picture.get("/SMaskInData", 0)
        plain = names == ["/JPXDecode"] and masked == 0
        if not plain or not bears(picture.read_raw_bytes(), has_space="/ColorSpace" in picture):
            yield archive("it has a JPEG 2000 picture of a kind that PDF/A does not take")


def _filters(stream: Stream) -> list[str]:
    return [str(name) for name in several(stream.get("/Filter"))]
