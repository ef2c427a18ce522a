"""What stands against PDF/A in a clean file and can be put right without changing what a reader sees."""

from __future__ import annotations

from pikepdf import Dictionary, Name, Object, Pdf, Stream

_INTENTS = frozenset({"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"})
_LISTS = ("/CharSet", "/CIDSet")
"""Lists of what a font program has; optional, and often wrong."""
_ABOUT = ("/Metadata",)
"""What a font or picture says of itself; PDF/A looks at it, nobody reads it."""
_PRESS = ("/HT", "/HTP", "/HTO", "/TR2")
"""How a printing plate is made; nothing on paper or screen comes of it."""
_POSTSCRIPT = ("/PS", "/Subtype2")


def mend(new: Pdf) -> None:
    """Mend all objects of a file in place."""
    for item in new.objects:
        if isinstance(item, Stream):
            _drop(item, _ABOUT)
            if item.get("/Subtype") == Name.Image:
                # Smoothing is a wish that viewers may grant or not.
                _drop(item, ("/Interpolate",))
                _drop_unknown(item, "/Intent")
            elif item.get("/Subtype") == Name.Form:
                _drop(item, _POSTSCRIPT)
            _mend_states(item.get("/Resources"))
        elif isinstance(item, Dictionary):
            if "/FontName" in item:
                _drop(item, _LISTS + _ABOUT)
            elif item.get("/Subtype") == Name.CIDFontType2:
                _say_identity(item)
            elif item.get("/Type") == Name.ExtGState:
                _mend_state(item)
            # The resources of a page, or an object that is nothing but resources.
            _mend_states(item.get("/Resources"))
            _mend_states(item)


def asks_for_smoothing(new: Pdf) -> bool:
    """Whether a picture of a file asks to be smoothed, as mend() lets none do."""
    return any(
        isinstance(item, Stream)
        and item.get("/Subtype") == Name.Image
        # pikepdf gives booleans as Python's own, which its types do not say.
        and bool(item.get("/Interpolate", False))
        for item in new.objects
    )


def _say_identity(font: Dictionary) -> None:
    descriptor = font.get("/FontDescriptor")
    if "/CIDToGIDMap" not in font and isinstance(descriptor, Dictionary) and "/FontFile2" in descriptor:
        # It is what counts when nothing is said.
        font.CIDToGIDMap = Name.Identity


def _mend_states(resources: Object | None) -> None:
    states = resources.get("/ExtGState") if isinstance(resources, Dictionary) else None
    if isinstance(states, Dictionary):
        for name in states:
            state = states[str(name)]
            if isinstance(state, Dictionary):
                _mend_state(state)


def _mend_state(state: Dictionary) -> None:
    _drop(state, _PRESS)
    if state.get("/TR") == Name.Identity:
        _drop(state, ("/TR",))
    _drop_unknown(state, "/RI")


def _drop_unknown(item: Object, key: str) -> None:
    if key in item and str(item[key]) not in _INTENTS:
        del item[key]


def _drop(item: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in item:
            del item[key]
