"""An author's open file → what is left of it to be built anew, and everything that is told of what was in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefpack.annex import Keep, OutlineNode, Remark, Treatment
from briefpack.annexes.cleaning.annotations import flatten, lost_links
from briefpack.annexes.cleaning.attachments import attached_files, put_beside
from briefpack.annexes.cleaning.choosing import Choice, order_of, take
from briefpack.annexes.cleaning.inscriptions import properties_of
from briefpack.annexes.cleaning.kept_tags import kept_tags
from briefpack.annexes.cleaning.layers import Layers, are_undefined, remove_hidden
from briefpack.annexes.cleaning.marks import remove_marks
from briefpack.annexes.cleaning.opening import MOST_PAGES, Opened
from briefpack.annexes.cleaning.pictures import strip_pictures
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.cleaning.report import look
from briefpack.annexes.cleaning.resources import remove_unused
from briefpack.annexes.cleaning.sizes import views_of
from briefpack.annexes.cleaning.tags import Tags
from briefpack.annexes.cleaning.targets import Targets, outline_of
from briefpack.annexes.cleaning.unused import unused_objects
from briefpack.annexes.geometry import View
from briefpack.inscription import Inscription


@dataclass(frozen=True, slots=True)
class Prepared:
    """The author's pages that are bound, in their order, without what does not get into the clean file.

    views: what is seen of each. targets: where links lead. tags: None for none. remarks: by the author's pages. embedded: as in
    Cleaned. said: what the file's properties say. comparable: PDFium reads the same pages in the author's file, and all of their look is defined.
    """

    choice: Choice
    views: list[View]
    targets: Targets
    outline: tuple[OutlineNode, ...]
    tags: Tags | None
    remarks: tuple[Remark, ...]
    embedded: tuple[tuple[str, str], ...]
    said: tuple[Inscription, ...]
    comparable: bool


def prepare(opened: Opened, source: Path, target: Path, treatment: Treatment) -> Prepared:
    """Take out of an open file what was not asked for and what must not be in the clean one.

    source: the author's file. target: of the clean file, beside which attached files are put. Raises Refusal.
    """
    pdf = opened.pdf
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
    tags, lost = kept_tags(pdf, choice, treatment)
    if tags is None:
        remove_marks(pdf)
    if choice.left_out:
        remove_unused(pdf)
    choice.arrange(pdf)
    views, enlarged = views_of(pdf, choice)
    targets = Targets(pdf, choice)
    outline = outline_of(pdf, targets)
    # Of what is told by page here, the pages are those of the choice.
    told = (*opened.remarks, *lost, *enlarged, *lost_links(pdf, targets))
    remarks = choice.remark() + choice.as_authored(told) + report
    return Prepared(choice, views, targets, outline, tags, remarks, embedded, said, comparable)
