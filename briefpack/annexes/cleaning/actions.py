"""What a PDF would do when it is opened, turned or clicked: scripts, programs, other files, forms that send themselves.

Actions are ISO 32000-2, 12.6. None of them gets into a clean file, except those of links to the web and within it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, String

from briefpack.annex import Remark
from briefpack.annexes.cleaning.annotations import WEB_SCHEMES
from briefpack.annexes.cleaning.remarks import Seen, many, on, removed
from briefpack.annexes.values import annotations_of, several

MOST = 100_000
"""Fields, bookmarks and scripts of a document that are looked at."""
_LONGEST_CHAIN = 100
_SCRIPTS = frozenset({"/JavaScript"})
_FILES = frozenset({"/Launch", "/GoToR", "/GoToE"})
_SENDERS = frozenset({"/SubmitForm", "/ImportData"})
_HARMLESS = frozenset({"/GoTo", "/URI", "/Named", "/"})
_MEDIA = frozenset({"/Sound", "/Movie", "/Rendition", "/RichMediaExecute", "/GoTo3DView"})
_TRIGGERS = ("/A", "/PA")


class Actions:
    """The actions of a document, sorted by what they would do. numbers: of its pages in the author's file."""

    def __init__(self, pdf: Pdf, numbers: Sequence[int]) -> None:
        self.scripts, self.files, self.senders, self.addresses, self.media, self.others = (
            Seen() for _ in range(6)
        )
        self._read(pdf, numbers)

    def _read(self, pdf: Pdf, numbers: Sequence[int]) -> None:
        root = pdf.Root
        self._sort(root.get("/OpenAction"), None)
        self._trigger(root, None)
        names = root.get("/Names")
        scripts = names.get("/JavaScript") if isinstance(names, Dictionary) else None
        if isinstance(scripts, Dictionary):
            for _, action in itertools.islice(NameTree(scripts).items(), MOST):
                self._sort(action, None)
        for number, page in zip(numbers, pdf.pages, strict=True):
            self._trigger(page.obj, number)
            for annotation in annotations_of(page.obj):
                self._trigger(annotation, number)
        for holder in (*_fields(root), *_bookmarks(root)):
            self._trigger(holder, None)

    def _trigger(self, holder: object, page: int | None) -> None:
        if not isinstance(holder, Dictionary):
            return
        for key in _TRIGGERS:
            self._sort(holder.get(key), page)
        more = holder.get("/AA")
        if isinstance(more, Dictionary):
            for key in map(str, more):
                self._sort(more[key], page)

    def _sort(self, action: object, page: int | None) -> None:
        waiting = [action]
        for _ in range(_LONGEST_CHAIN):
            if not waiting:
                return
            one = waiting.pop()
            if not isinstance(one, Dictionary):
                continue
            self._of_kind(one).add(page)
            waiting.extend(several(one.get("/Next")))

    def _of_kind(self, action: Dictionary) -> Seen:
        kind = str(action.get("/S", "/"))
        if kind in _SCRIPTS or (kind == "/Rendition" and "/JS" in action):
            return self.scripts
        if kind in _FILES:
            return self.files
        if kind in _SENDERS:
            return self.senders
        if kind in _MEDIA:
            return self.media
        if kind == "/URI":
            uri = action.get("/URI")
            address = str(uri).strip().lower() if isinstance(uri, String) else ""
            if address.startswith("file:"):
                return self.files
            return Seen() if address.startswith(WEB_SCHEMES) else self.addresses
        return Seen() if kind in _HARMLESS else self.others

    def remarks(self) -> Iterator[Remark]:
        """What was left out of the pack, kind by kind."""
        if self.scripts.count:
            seen = self.scripts
            what = f"has {many(seen.count, 'script')} (JavaScript){on(seen.pages)}, left out of the pack"
            yield removed("javascript", what, seen.count, seen.pages)
        if self.files.count:
            seen = self.files
            what = f"has {many(seen.count, 'link')} to other files or programs{on(seen.pages)}, left out of the pack"
            yield removed("file-links", what, seen.count, seen.pages)
        if self.senders.count:
            seen = self.senders
            what = f"has {many(seen.count, 'button')} or the like to send or fetch data{on(seen.pages)}, left out of the pack"
            yield removed("form-actions", what, seen.count, seen.pages)
        if self.addresses.count:
            seen = self.addresses
            what = f"has {many(seen.count, 'link')} to neither the web nor an e-mail address{on(seen.pages)}, left out of the pack"
            yield removed("links", what, seen.count, seen.pages)
        if self.media.count:
            seen = self.media
            what = f"would play sound or film at {many(seen.count, 'place')}{on(seen.pages)}; that is left out of the pack"
            yield removed("media-actions", what, seen.count, seen.pages)
        if self.others.count:
            seen = self.others
            what = f"would do {many(seen.count, 'other thing')} by itself or when clicked{on(seen.pages)}, left out of the pack"
            yield removed("actions", what, seen.count, seen.pages)


def _fields(root: Object) -> list[Dictionary]:
    """The fields of a form and all that stand below them."""
    form = root.get("/AcroForm")
    waiting: list[object] = [form.get("/Fields")] if isinstance(form, Dictionary) else []
    met: list[Dictionary] = []
    known: set[tuple[int, int]] = set()
    while waiting and len(met) < MOST:
        item = waiting.pop()
        if isinstance(item, Array):
            waiting.extend(item)
        elif isinstance(item, Dictionary) and (not item.is_indirect or item.objgen not in known):
            known.add(item.objgen)
            # The field of a widget on a page is met there.
            if item.get("/Subtype") != Name.Widget:
                met.append(item)
            waiting.append(item.get("/Kids"))
    return met


def _bookmarks(root: Object) -> list[Dictionary]:
    outlines = root.get("/Outlines")
    waiting: list[object] = [outlines.get("/First")] if isinstance(outlines, Dictionary) else []
    met: list[Dictionary] = []
    known: set[tuple[int, int]] = set()
    while waiting and len(met) < MOST:
        item = waiting.pop()
        if isinstance(item, Dictionary) and item.objgen not in known:
            known.add(item.objgen)
            met.append(item)
            waiting += [item.get("/Next"), item.get("/First")]
    return met
