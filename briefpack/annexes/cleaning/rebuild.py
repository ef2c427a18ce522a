"""Pages of an author's file → a new file, made from nothing, in which only what is named here gets.

Each of its pages has what a reader sees as its MediaBox, its rotation and unit in its own dictionary, and carries only links with
explicit destinations. It paints one Form XObject named Annex, without marks, so that nothing in the old content can disturb what is
painted after it. Pages with whole tags keep their content as it is instead, in a state of its own (q … Q), and their marks lead to a
structure tree made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import assert_never

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from briefpack.annexes.cleaning.annotations import PageLink, links_of
from briefpack.annexes.cleaning.boxes import inherited
from briefpack.annexes.cleaning.entries import keep_known_entries
from briefpack.annexes.cleaning.marks import Key
from briefpack.annexes.cleaning.tags import Tags
from briefpack.annexes.cleaning.targets import Target, Targets
from briefpack.annexes.cleaning.tidy import tidy
from briefpack.annexes.cleaning.unseen_content import remove_unseen
from briefpack.annexes.cleaning.write_tags import write_tags
from briefpack.annexes.geometry import View
from briefpack.annexes.values import content_streams

_NOT_COPIED = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/OPI",
    "/AF",
    "/Alternates",
    "/AA",
    "/OC",
    "/Ref",
    "/StructParent",
    "/StructParents",
    "/Group",
)
_ONLY_IN_STREAMS = ("/F", "/FFilter", "/FDecodeParms")
"""Contents kept in another file; /F means something else in other dictionaries."""


def rebuild(pdf: Pdf, views: list[View], targets: Targets | None, tags: Tags | None) -> Pdf:
    """A new file with the pages of pdf, to be closed by the caller.

    views: of each page. targets: where links lead; None for no links. tags: of the pages, which then keep their content as it is; None for none.
    """
    new = Pdf.new()
    forms = _Forms(pdf, new)
    paint, save, restore = (new.make_stream(content) for content in (b"/Annex Do", b"q", b"Q"))
    made: list[Object] = []
    for number, (page, view) in enumerate(zip(pdf.pages, views, strict=True)):
        fresh = Dictionary(Type=Name.Page, MediaBox=Array([*view.box]))
        if tags is None:
            fresh.Resources = Dictionary(XObject=Dictionary(Annex=forms.of(page.obj, view)))
            fresh.Contents = paint
        else:
            fresh.Resources = forms.resources(page.obj)
            parts = forms.content(page.obj, tags.pages[number].content)
            # An object of its own: pypdf makes it one anyway, behind the binder's back.
            fresh.Contents = new.make_indirect(Array([save, *parts, restore]))
        if view.rotate:
            fresh.Rotate = view.rotate
        if view.unit != 1:
            fresh.UserUnit = view.unit
        group = page.obj.get("/Group")
        if isinstance(group, Dictionary):
            fresh.Group = new.copy_foreign(pdf.make_indirect(group))
        new.pages.append(pikepdf.Page(new.make_indirect(fresh)))
        made.append(new.pages[-1].obj)
    sources: dict[Key, Object] = {}
    for page, written in zip(pdf.pages, made, strict=True):
        links = [(link, _link(new, link, made)) for link in _links(page.obj, targets)]
        if links:
            written.Annots = Array([anew for _, anew in links])
        # A link that is no object of its own (0, 0) is known to no tag, but must have one.
        sources |= {link.source if link.source[0] else (-len(sources) - 1, 0): anew for link, anew in links}
    _scrub(new)
    keep_known_entries(new)
    remove_unseen(new)
    if tags is not None:
        tidy(tags.top, sources)
        marked = {key: form for page in tags.pages for key, form in page.forms.items()}
        copies = {key: new.copy_foreign(form) for key, form in marked.items()}
        write_tags(new, tags, made, copies, sources)
    return new


def save(new: Pdf, target: Path) -> None:
    """Write the new file; the same bytes every time. Raises OSError."""
    # Plain objects: the binder reads every one of them, and the pack is made compact at the end.
    new.save(
        target,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
        force_version="1.7",
    )


class _Forms:
    """The content of pages as Form XObjects of the new file."""

    def __init__(self, pdf: Pdf, new: Pdf) -> None:
        self._pdf, self._new = pdf, new
        self._taken: set[tuple[int, int]] = set()
        self._made: dict[tuple[object, ...], Object] = {}
        self._resources: dict[bytes, Object] = {}

    def of(self, page: Object, view: View) -> Object:
        """The form of one page; pages with the same content and resources share theirs."""
        parts, resources = content_streams(page), self._shared(inherited(page, "/Resources"))
        key = (resources.objgen, view.box, *(part.objgen for part in parts))
        if key not in self._made or not all(part.is_indirect for part in parts):
            form = self._content(parts)
            for name in [str(name) for name in form]:
                if name not in {"/Length", "/Filter", "/DecodeParms"}:
                    del form[name]
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([*view.box])
            form.Resources = resources
            self._made[key] = self._new.copy_foreign(form)
        return self._made[key]

    def resources(self, page: Object) -> Object:
        """The resources of a page that keeps its content, each kind of them an object of its own."""
        shared = self._shared(inherited(page, "/Resources"))
        for kind in shared:
            held = shared[str(kind)]
            if isinstance(held, Dictionary) and not held.is_indirect:
                shared[str(kind)] = self._pdf.make_indirect(held)
        return self._new.copy_foreign(shared)

    def content(self, page: Object, mended: bytes | None) -> list[Object]:
        """The content of a page that keeps it; mended: instead of what is there."""
        if mended is not None:
            return [self._new.make_stream(mended)]
        return [self._new.copy_foreign(part) for part in content_streams(page)]

    def _shared(self, resources: Object | None) -> Object:
        """One object for all pages whose resources say the same; most writers repeat them on every page."""
        if not isinstance(resources, Dictionary):
            resources = Dictionary()
        if resources.is_indirect:
            return resources
        words = resources.unparse()
        if words not in self._resources:
            self._resources[words] = self._pdf.make_indirect(resources)
        return self._resources[words]

    def _content(self, parts: Sequence[Stream]) -> Stream:
        if len(parts) == 1 and parts[0].objgen not in self._taken:
            # Its bytes are not touched, only looked up when the new file is saved.
            self._taken.add(parts[0].objgen)
            return parts[0]
        # A part may end between any two words, and the next one then begins a new word (ISO 32000-2, 7.8.2).
        data = b"\n".join(part.read_bytes() for part in parts)
        return self._pdf.make_stream(data)


def _links(page: Object, targets: Targets | None) -> list[PageLink]:
    return [] if targets is None else links_of(page, targets)


def _link(new: Pdf, link: PageLink, pages: list[Object]) -> Object:
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([*link.rect]), F=4)
    for key, values in link.looks.items():
        made[key] = Array([*values])
    if link.contents:
        made.Contents = String(link.contents)
    match link.to:
        case Target() as target:
            made.Dest = Array([pages[target.page], Name(target.fit), *target.values])
        case str() as address:
            made.A = Dictionary(S=Name.URI, URI=String(address))
        case _:
            assert_never(link.to)
    return new.make_indirect(made)


def _scrub(new: Pdf) -> None:
    for item in new.objects:
        if isinstance(item, Stream):
            for key in _NOT_COPIED:
                # A form's transparency group is part of how it looks; the page's own is set beside its content.
                if key != "/Group" and key in item:
                    del item[key]
            for key in _ONLY_IN_STREAMS:
                if key in item:
                    del item[key]
        elif isinstance(item, Dictionary) and item.get("/Type") == Name.OCG:
            # Nothing tells layers apart any more; their names may say more than the page does.
            item.Name = String("layer")
            if "/Usage" in item:
                del item["/Usage"]
