"""Layers of an author's file → what is told of those that are off, and of what pages draw on them. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Object, Pdf, Stream, String

from briefpack.annex import Remark
from briefpack.annexes.cleaning.boxes import inherited
from briefpack.annexes.cleaning.layers import Layers
from briefpack.annexes.cleaning.remarks import flattened, listed, many, on, removed
from briefpack.annexes.values import annotations_of

_DEEPEST = 12
"""Forms within forms."""


def layer_remarks(pdf: Pdf, layers: Layers, numbers: Sequence[int]) -> Iterator[Remark]:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    listing = properties.get("/OCGs")
    groups = (
        [group for group in listing if isinstance(group, Dictionary)] if isinstance(listing, Array) else []
    )
    off = [group for group in groups if group.objgen in layers.off]
    if off:
        uses = _Uses(layers)
        pages = [number for number, page in zip(numbers, pdf.pages, strict=True) if uses.on(page.obj)]
        what = f"has {many(len(off), 'layer')} switched off ({listed(map(_name, off))})"
        if pages:
            yield removed(
                "hidden-layers",
                f"{what}; what is drawn there{on(pages)} is left out of the pack",
                len(off),
                pages,
                advice="have the layers switched on and get the file anew if they belong in the pack",
                warn=True,
            )
        else:
            yield removed("unused-layers", f"{what}; nothing is drawn on them", len(off))
    if len(groups) > len(off):
        count = len(groups) - len(off)
        yield flattened(
            "layers", f"has {many(count, 'layer')} switched on, bound as part of the pages", count
        )


def _name(group: Dictionary) -> str:
    name = group.get("/Name")
    return str(name) if isinstance(name, String) else "?"


class _Uses:
    """Whether what pages draw with names a layer that is off."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._known: dict[tuple[int, int], bool] = {}

    def on(self, page: Object) -> bool:
        if any(self._layers.hides(one.get("/OC")) for one in annotations_of(page)):
            return True
        return self._in(inherited(page, "/Resources"), 0)

    def _in(self, resources: object, depth: int) -> bool:
        if not isinstance(resources, Dictionary) or depth > _DEEPEST:
            return False
        key = resources.objgen
        if key[0] and key in self._known:
            return self._known[key]
        if key[0]:
            # A form that paints itself ends here.
            self._known[key] = False
        answer = any(self._layers.hides(one) for one in _values(resources.get("/Properties"))) or any(
            self._layers.hides(one.get("/OC")) or self._in(one.get("/Resources"), depth + 1)
            for kind in ("/XObject", "/Pattern")
            for one in _values(resources.get(kind))
            if isinstance(one, Stream)
        )
        if key[0]:
            self._known[key] = answer
        return answer


def _values(named: object) -> Iterator[Object]:
    if isinstance(named, Dictionary):
        for key in named:
            yield named[str(key)]
