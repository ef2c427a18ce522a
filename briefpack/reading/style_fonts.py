"""Font families of a style: the built-in ones and the project's own TrueType files, checked before anybody embeds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from briefpack.errors import Where
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.style_layers import Layer, Setting
from briefpack.reading.style_shelf import DATA
from briefpack.style import Font

FACES = ("regular", "bold", "italic", "bold_italic")
_FACE_WORDS = {"bold": "bold", "italic": "italic", "bold_italic": "bold italic"}


def _built_in(name: str, word: str, stem: str, *fallback: str) -> Font:
    folder = DATA / "fonts"
    return Font(
        name,
        word,
        folder / f"{stem}-Regular.ttf",
        folder / f"{stem}-Bold.ttf",
        folder / f"{stem}-Italic.ttf",
        folder / f"{stem}-BoldItalic.ttf",
        fallback,
    )


BUILT_IN: Mapping[str, Font] = {
    font.name: font
    for font in (
        _built_in("Carlito", "Calibri", "Carlito", "Liberation Sans"),
        _built_in("Liberation Sans", "Arial", "LiberationSans", "Carlito"),
        _built_in("Liberation Serif", "Times New Roman", "LiberationSerif", "Liberation Sans", "Carlito"),
        _built_in("Liberation Mono", "Courier New", "LiberationMono", "Liberation Sans"),
    )
}
ALIASES: Mapping[str, str] = {
    **{font.word: name for name, font in BUILT_IN.items()},
    "Arimo": "Liberation Sans",
    "Tinos": "Liberation Serif",
    "Cousine": "Liberation Mono",
}
"""Other names of the built-in families: Word's, and those the same designs have elsewhere."""

_DEFAULT_FALLBACK = ("Carlito", "Liberation Sans")

_REFUSED_MAGIC: Mapping[bytes, tuple[str, str]] = {
    b"OTTO": (
        "holds PostScript outlines (OpenType CFF)",
        "give the TrueType file (.ttf) of the family, or convert this one",
    ),
    b"wOFF": ("is a web font (WOFF)", "give the TrueType file (.ttf) it was made from"),
    b"wOF2": ("is a web font (WOFF2)", "give the TrueType file (.ttf) it was made from"),
    b"ttcf": ("is a collection of several fonts (TTC)", "take the single .ttf files out of it"),
}
_TRUETYPE_MAGIC = (b"\x00\x01\x00\x00", b"true")
"""First four bytes of a font file with TrueType outlines (OpenType 1.9, Organization of an OpenType Font)."""


def family(name: str) -> str:
    """The built-in family's own name for any of its names; another name comes back as it is."""
    return ALIASES.get(name, name)


class Families:
    """The families a style can use; resolves the ones it does use, with every fallback."""

    def __init__(self, layer: Layer, report: Report) -> None:
        self._report = report
        self.files: list[Path] = []
        """The project's font files, in the order they were checked."""
        self._own = self._read_own(layer)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._own, *BUILT_IN)))

    def get(self, name: str) -> Font | None:
        """A family by any of its names; the project's own come first."""
        return self._own.get(name) or BUILT_IN.get(family(name))

    def named(self, name: str, where: Where) -> Font | None:
        """As get; None is reported at where."""
        font = self.get(name)
        if font is None:
            hint = suggestion(name, (*self.names, *ALIASES), "families")
            self._report.error(where, f"there is no font family “{name}”", hint)
        return font

    def closure(self, fonts: Iterable[Font]) -> dict[str, Font]:
        """These families and all they fall back to, by name."""
        result: dict[str, Font] = {}
        waiting = list(fonts)
        while waiting:
            font = waiting.pop(0)
            if font.name not in result:
                result[font.name] = font
                others = (self.get(name) for name in font.fallback)
                waiting.extend(other for other in others if other is not None)
        return result

    def _read_own(self, layer: Layer) -> dict[str, Font]:
        own: dict[str, Font] = {}
        groups: dict[str, dict[str, Setting]] = {}
        for path, setting in layer.below(("fonts",)):
            groups.setdefault(path[1], {})[path[2]] = setting
        fallbacks: list[tuple[Setting, str]] = []
        for name, keys in groups.items():
            font = self._font(name, keys, tuple(groups))
            if font is not None:
                own[name] = font
            if "fallback" in keys:
                fallbacks.extend((keys["fallback"], other) for other in _texts(keys["fallback"]))
        for setting, other in fallbacks:
            if other not in groups and family(other) not in BUILT_IN:
                hint = suggestion(other, (*groups, *BUILT_IN), "families")
                self._report.error(setting.where, f"there is no font family “{other}” to fall back to", hint)
        return own

    def _font(self, name: str, keys: Mapping[str, Setting], families: tuple[str, ...]) -> Font | None:
        """families: the names of all that the style defines itself."""
        regular = keys.get("regular")
        if regular is None:
            return None
        paths = {face: self._file(keys[face]) for face in FACES if face in keys}
        if None in paths.values():
            return None
        ready = {face: path for face, path in paths.items() if path is not None}
        for face, words in _FACE_WORDS.items():
            if face not in ready:
                self._report.warning(
                    regular.where,
                    f"the family “{name}” has no {words} face; the regular one stands in",
                    f"add `{face}:` with its file",
                    rule="style-font",
                )
        self.files.extend(ready.values())
        plain = ready["regular"]
        word = keys["word"].text if "word" in keys else name
        fallback = _texts(keys["fallback"]) if "fallback" in keys else _DEFAULT_FALLBACK
        return Font(
            name,
            word,
            plain,
            ready.get("bold", plain),
            ready.get("italic", plain),
            ready.get("bold_italic", ready.get("bold", plain)),
            # A style's families are known by their own names; Word's names are for authors.
            tuple(other if other in families else family(other) for other in fallback),
        )

    def _file(self, setting: Setting) -> Path | None:
        path = project_file(setting, "font", self._report)
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                magic = file.read(4)
        except OSError as error:
            self._report.error(
                setting.where,
                f"the font {setting.text} cannot be read: {error.strerror}",
                "check its permissions",
            )
            return None
        if magic in _REFUSED_MAGIC:
            fact, remedy = _REFUSED_MAGIC[magic]
            self._report.error(
                setting.where, f"{setting.text} {fact}; only TrueType outlines can be used", remedy
            )
            return None
        if magic not in _TRUETYPE_MAGIC:
            self._report.error(
                setting.where, f"{setting.text} is not a font file", "give a TrueType file (.ttf)"
            )
            return None
        return path


def _texts(setting: Setting) -> tuple[str, ...]:
    return setting.value if isinstance(setting.value, tuple) else ()


def project_file(setting: Setting, what: str, report: Report) -> Path | None:
    """A file named in a style: relative to the style file, inside the project (the folder that holds the style's
    folder). None when it cannot be used; why is reported at the place that names it."""
    text = setting.text
    folder = setting.where.path.parent
    if "://" in text:
        report.error(
            setting.where,
            f"{text} is an address, and nothing is ever fetched",
            f"save the {what} in the project",
        )
        return None
    if Path(text).is_absolute() or text.startswith("~") or "\\" in text:
        report.error(
            setting.where,
            f"{text} is not a path inside the project",
            "write it relative to the style file, with / between folders",
        )
        return None
    path = folder / text
    project = folder.resolve().parent
    if not path.resolve().is_relative_to(project):
        report.error(
            setting.where,
            f"{text} leads out of the project",
            f"copy the {what} into the project, beside the styles",
        )
        return None
    if not path.is_file():
        report.error(setting.where, f"there is no {what} {text}", f"looked for in {folder}")
        return None
    return path
