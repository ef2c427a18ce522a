"""An author's PDF → a new PDF that holds what a reader sees of it, links included, and nothing else.

The clean file is made from nothing, never the old one with parts taken out: only what is named here gets in. Each of its pages
has what a reader sees as its MediaBox, its rotation and unit in its own dictionary, and carries only links with explicit
destinations. It paints one Form XObject named Annex, without marks, so that nothing in the old content can disturb what is painted
after it. The pages of an annex with whole tags keep their content as it is instead, in a state of its own (q … Q), and their marks
lead to a structure tree made anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from briefpack.annex import Deed, Keep, OutlineNode, Remark, Treatment
from briefpack.annexes.archive import look_at
from briefpack.annexes.archive.faults import Faults, both
from briefpack.annexes.archive.mend import asks_for_smoothing, mend
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning.annotations import PageLink, flatten, links_of, lost_links
from briefpack.annexes.cleaning.attachments import attached_files, put_beside
from briefpack.annexes.cleaning.boxes import inherited, view_of
from briefpack.annexes.cleaning.choosing import Choice, order_of, prune, take
from briefpack.annexes.cleaning.damage import check_warnings
from briefpack.annexes.cleaning.entries import keep_known_entries
from briefpack.annexes.cleaning.handout import PER_SHEET, on_sheets, turn, two_up
from briefpack.annexes.cleaning.hidden import HiddenText, Hiding, Looked, look_for_hidden
from briefpack.annexes.cleaning.hidden_words import hidden_remarks, is_of_text, off_page_remarks
from briefpack.annexes.cleaning.inscriptions import inscriptions_of, properties_of
from briefpack.annexes.cleaning.layers import Layers, are_undefined, remove_hidden
from briefpack.annexes.cleaning.marks import Key, remove_marks
from briefpack.annexes.cleaning.off_page import remove_off_page
from briefpack.annexes.cleaning.opening import MOST_PAGES, Opened, open_annex
from briefpack.annexes.cleaning.pictures import strip_pictures
from briefpack.annexes.cleaning.refusal import Refusal, damaged
from briefpack.annexes.cleaning.report import look, unused_objects
from briefpack.annexes.cleaning.resources import remove_unused
from briefpack.annexes.cleaning.sideways import sideways
from briefpack.annexes.cleaning.spoken import spoken_instead, spoken_remarks
from briefpack.annexes.cleaning.tag_faults import tag_faults
from briefpack.annexes.cleaning.tags import Tags, read_tags
from briefpack.annexes.cleaning.targets import Target, Targets, outline_of
from briefpack.annexes.cleaning.tidy import tidy
from briefpack.annexes.cleaning.unseen_content import remove_unseen
from briefpack.annexes.cleaning.verifying import verify
from briefpack.annexes.cleaning.write_tags import write_tags
from briefpack.annexes.geometry import View
from briefpack.inscription import Inscription

SMALLEST_SIDE = 36.0
"""Points; half an inch. What is smaller cannot carry its marking and page number."""
LARGEST_SIDE = 14_400.0
"""Points; 200 inches, the most that a PDF without UserUnit can say (ISO 32000-2, annex C.2)."""

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


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was measured. sizes, tagged, remarks, damaged, inscriptions, unread: as in CleanPart. embedded: as there, with the files' names for paths.

    faults: message, pages, archive and accessible of each AnnexFault, in plain values.
    """

    sizes: tuple[tuple[float, float], ...]
    outline: tuple[OutlineNode, ...]
    tagged: bool
    faults: tuple[tuple[str, tuple[int, ...], str, bool], ...]
    remarks: tuple[Remark, ...] = ()
    damaged: bool = False
    embedded: tuple[tuple[str, str], ...] = ()
    inscriptions: tuple[Inscription, ...] = ()
    unread: tuple[int, ...] = ()


def clean(source: Path, target: Path, treatment: Treatment, engine: Engine = Engine.WHOLE) -> Cleaned:
    """Write the clean file to target. Raises Unable when another engine should try, Refusal when the file is the reason."""
    opened = open_annex(source, treatment, engine)
    moved = treatment.rotate != 0 or treatment.n_up == PER_SHEET

    def check(pages: Sequence[int], looks: bool) -> None:
        verify(
            opened.source,
            opened.password,
            target,
            pages,
            looks=looks,
            thorough=engine is not Engine.WHOLE,
            drawn=engine is Engine.PICTURES,
        )

    with opened.pdf as pdf:
        # pikepdf gives booleans as Python's own, which its types do not say.
        made_by_adobe: object = pdf.Root.get("/NeedsRendering")
        if made_by_adobe is True:
            raise Refusal(
                "is a form whose pages only Adobe Reader can make (XFA)",
                "open it there and print it to a new PDF",
            )
        # What was never shown is counted before pages go: those are no part of it.
        unused = unused_objects(pdf, source)
        said = properties_of(pdf)
        # From here on, what was not asked for is not there: only what is left is looked at, and told of.
        choice = take(pdf, order_of(treatment.pages, len(pdf.pages), MOST_PAGES))
        numbers = [number + 1 for number in choice.kept]
        layers = Layers(pdf)
        comparable = opened.comparable and not are_undefined(pdf)
        report = (*look(pdf, treatment, layers, numbers), *unused)
        files = attached_files(pdf, numbers) if Keep.ATTACHMENTS in treatment.keep else []
        embedded = put_beside(files, target)
        flatten(pdf, layers, comments=Keep.COMMENTS in treatment.keep)
        remove_hidden(pdf, layers)
        if Keep.IMAGE_METADATA not in treatment.keep:
            report += tuple(strip_pictures(pdf, numbers))
        tags, lost = _tags(pdf, choice, treatment)
        if tags is None:
            remove_marks(pdf)
        if choice.left_out:
            remove_unused(pdf)
        choice.arrange(pdf)
        views, enlarged = _views(pdf, choice)
        targets = Targets(pdf, choice)
        outline = outline_of(pdf, targets)
        # Of what is told by page here, the pages are those of the choice.
        told = (*opened.remarks, *lost, *enlarged, *lost_links(pdf, targets))
        remarks = choice.remark() + choice.as_authored(told) + report
        numbers = [number + 1 for number in choice.order]
        with _rebuild(pdf, views, targets if Keep.LINKS in treatment.keep else None, tags) as new:
            if engine is Engine.WHOLE:
                check_warnings(pdf)
            # PDFium draws pictures thinner where they ask to be smoothed, which PDF/A forbids them.
            early = moved or treatment.flatten or asks_for_smoothing(new)
            if early:
                # Seen to be right while the pages are still as they were, and by themselves.
                _save(new, target)
                remarks += _hidden(new, target, numbers)
                inscribed = inscriptions_of(target, numbers)
                check(choice.order, comparable)
                remarks += choice.as_authored(sideways(target, treatment.rotate))
            if moved:
                views = turn(new, views, treatment.rotate)
                if treatment.n_up == PER_SHEET:
                    views, outline = two_up(new, views), on_sheets(outline)
            if treatment.flatten:
                from briefpack.annexes.cleaning.flattened import as_pictures, pages_to_pictures  # noqa: PLC0415 - most files do without it

                _save(new, target)
                pages_to_pictures(new, target)
                tags = None
                # What was hidden is not in a picture.
                remarks = (*(remark for remark in remarks if not is_of_text(remark)), as_pictures(numbers))
            faults = _look_at(new)
            for fact, on in tag_faults(tags.top) if tags is not None else ():
                faults.add([fact], on)
            _save(new, target)
            if not early:
                remarks += _hidden(new, target, numbers)
                inscribed = inscriptions_of(target, numbers)
    if early:
        check(range(len(views)), False)
    else:
        check(choice.order, comparable)
        remarks += choice.as_authored(sideways(target))
    sizes = tuple(view.size for view in views)
    elsewhere = _elsewhere(opened, choice)
    return Cleaned(
        sizes,
        outline,
        tags is not None,
        faults.plain(),
        remarks,
        opened.damaged,
        embedded,
        (*inscribed.inscriptions, *elsewhere, *said),
        inscribed.unread,
    )


def _elsewhere(opened: Opened, choice: Choice) -> tuple[Inscription, ...]:
    """What may be a marking on pages of the author's file that are not bound: the file may be handed out as it is."""
    left_out = set(range(choice.count)) - set(choice.order)
    if not left_out:
        return ()
    try:
        found = inscriptions_of(opened.source, range(1, choice.count + 1), left_out, opened.password)
    except (pypdfium2.PdfiumError, IndexError):
        # Another engine had to mend it, and this one cannot read it as it is.
        return ()
    return found.inscriptions


def _hidden(new: Pdf, target: Path, numbers: Sequence[int]) -> tuple[Remark, ...]:
    """What is told of things that hide in the file at target, with text off its pages taken out. numbers: of its pages in the author's file."""
    looked, gone = _without_text_off_page(new, target)
    remarks = off_page_remarks(gone, numbers) + hidden_remarks(looked, numbers)
    return remarks + spoken_remarks(spoken_instead(target), numbers)


def _save(new: Pdf, target: Path) -> None:
    # Plain objects: the binder reads every one of them, and the pack is made compact at the end.
    new.save(
        target,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
        force_version="1.7",
    )


def _without_text_off_page(new: Pdf, target: Path) -> tuple[Looked, list[HiddenText]]:
    """What hides in the file at target, and what of it lay beyond the edges of pages and is gone now."""
    looked = look_for_hidden(target)
    outside = {text.page for text in looked.hidden if text.hiding is Hiding.OUTSIDE}
    if not outside or not remove_off_page(new, target, outside):
        return looked, []
    _save(new, target)
    again = look_for_hidden(target, outside)
    left = {(text.page, text.words) for text in again.hidden if text.hiding is Hiding.OUTSIDE}
    gone = [
        text
        for text in looked.hidden
        if text.hiding is Hiding.OUTSIDE and (text.page, text.words) not in left
    ]
    looked.hidden = [text for text in looked.hidden if text.page not in outside] + again.hidden
    return looked, gone


def _look_at(new: Pdf) -> Faults:
    faults = Faults()
    try:
        mend(new)
        look_at(new, faults)
    except Exception:  # noqa: BLE001 - no object is too odd to be in some file; it costs the claims, and never the annex
        faults.add([both("it cannot be looked through")], [])
    return faults


def _tags(pdf: Pdf, choice: Choice, treatment: Treatment) -> tuple[Tags | None, tuple[Remark, ...]]:
    """The tags that the clean file will have, None for none, and what is told of those that it cannot have."""
    tags = read_tags(pdf, choice.left_out)
    if tags is None:
        return None, ()
    tags = prune(tags, choice)
    if tags is None:
        why = "with pages left out they cannot be told apart"
    elif not choice.in_order:
        why = "they say another order than its pages have now"
    elif treatment.n_up > 1:
        why = "two pages on a sheet are one picture"
    else:
        return tags, ()
    what = f"has tags for screen readers, which are lost: {why}"
    return None, (
        Remark(Deed.REMOVED, "tags", what, advice="take its pages as they come, one on a page, to keep them"),
    )


def _views(pdf: Pdf, choice: Choice) -> tuple[list[View], tuple[Remark, ...]]:
    """The views of the pages chosen, and what is told of those, counted as chosen."""
    views, enlarged = [], []
    for index, (number, page) in enumerate(zip(choice.order, pdf.pages, strict=True), 1):
        view = view_of(page.obj)
        if view is None:
            raise damaged(f"page {number + 1} has no size")
        if min(view.size) < SMALLEST_SIDE:
            # A page is what it shows; at its own size nobody could read it, nor anything beside it.
            view = replace(view, unit=view.unit * math.ceil(SMALLEST_SIDE / min(view.size)))
            enlarged.append(index)
        if max(view.size) > LARGEST_SIDE:
            width, height = (f"{side / 72 * 25.4:,.0f}" for side in view.size)
            raise Refusal(
                f"has a page of {width} × {height} mm (page {number + 1}), which is no size to print; "
                f"no side may be longer than {LARGEST_SIDE / 72 * 25.4:,.0f} mm",
                "save that page with a usual paper size",
            )
        views.append(view)
    if not enlarged:
        return views, ()
    what = "has a page that is too small to read, enlarged in the pack"
    if len(enlarged) > 1:
        what = f"has {len(enlarged):,} pages that are too small to read, enlarged in the pack"
    return views, (Remark(Deed.FOUND, "tiny-page", what, len(enlarged), tuple(enlarged)),)


# --------------------------------------------------------------------------- the new file


def _rebuild(pdf: Pdf, views: list[View], targets: Targets | None, tags: Tags | None) -> Pdf:
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


class _Forms:
    """The content of pages as Form XObjects of the new file."""

    def __init__(self, pdf: Pdf, new: Pdf) -> None:
        self._pdf, self._new = pdf, new
        self._taken: set[tuple[int, int]] = set()
        self._made: dict[tuple[object, ...], Object] = {}
        self._resources: dict[bytes, Object] = {}

    def of(self, page: Object, view: View) -> Object:
        """The form of one page; pages with the same content and resources share theirs."""
        contents, resources = page.get("/Contents"), self._shared(inherited(page, "/Resources"))
        parts = [
            part
            for part in (contents if isinstance(contents, Array) else [contents])
            if isinstance(part, Stream)
        ]
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
        contents = page.get("/Contents")
        parts = list(contents) if isinstance(contents, Array) else [contents]
        return [self._new.copy_foreign(part) for part in parts if isinstance(part, Stream)]

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

    def _content(self, parts: Sequence[Object]) -> Object:
        if len(parts) == 1 and isinstance(parts[0], Stream) and parts[0].objgen not in self._taken:
            # Its bytes are not touched, only looked up when the new file is saved.
            self._taken.add(parts[0].objgen)
            return parts[0]
        # A part may end between any two words, and the next one then begins a new word (ISO 32000-2, 7.8.2).
        data = b"\n".join(part.read_bytes() for part in parts if isinstance(part, Stream))
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
