"""A file of others → a whole PDF in memory, by one engine of the chain, or a refusal that says what is wrong with the file.

Whether something of it is lost is judged here (losses.py, raw.py), before anything is taken out; whether the clean copy is right
is judged at the end (verifying.py).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Pdf

from briefpack.annex import Deed, Remark, Treatment
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning.choosing import order_of
from briefpack.annexes.cleaning.drawn import pictures_of
from briefpack.annexes.cleaning.losses import Losses, check_nesting, losses_of, tables_of
from briefpack.annexes.cleaning.readers import as_file, imported, pages_by_pdfium
from briefpack.annexes.cleaning.refusal import Refusal, damaged, unable
from briefpack.annexes.raw import Source, bytes_of, from_header, has_objects, readable_alone, traces_of

MOST_PAGES = 5_000
"""Pages of an annex."""

_REVISION = re.compile(rb"\A\d+(\s|\Z)|\bobj\b|\bxref\b")
"""How a revision begins, or what it holds."""
_PAGE = re.compile(rb"/Type[\0\t\n\f\r ]*/Page\b")
_BY_QPDF = frozenset({Engine.WHOLE, Engine.REPAIRED})
_BY_PDFIUM = frozenset({Engine.IMPORTED, Engine.PICTURES})
_REBUILT = ("reconstruct", "recover")
_MISPLACED = (
    "expected n n obj",
    "expected endstream",
    "lacks /length",
    "stream as empty",
    "non-dictionary object",
    "reconstruct",
    "recover",
    "loop detected",
    "unable to find",
)
"""Words of qpdf's warnings that tell of a table of objects that does not hold; most of its others are about matters of form."""
_OTHER_PAGES = "compare its pages in the pack with the original"


@dataclass(frozen=True, slots=True)
class Opened:
    """pdf: to be closed by the caller. password: "" for none. remarks: what was done to open it. damaged: it is what is left of the file.

    source: the file from its header to its end. comparable: PDFium reads the same pages in it, so looks can be compared.
    """

    pdf: Pdf
    source: Source
    password: str
    remarks: tuple[Remark, ...]
    damaged: bool
    comparable: bool


def open_annex(path: Path, treatment: Treatment, engine: Engine) -> Opened:
    """Open a file. Raises Unable when another engine should try, Refusal when the file is the reason."""
    source, revised = _up_to_end(from_header(path))
    if revised and engine is Engine.WHOLE:
        raise unable("its last revision is cut off")
    try:
        pdf, password = _with_password(source, treatment, engine)
    except pikepdf.PdfError as error:
        words = str(error).lower()
        if "loop detected" in words:
            # Readers break it at different places.
            raise _other_pages("its list of pages runs in a circle") from None
        if "encrypt" in words:
            raise Refusal(
                "is encrypted in a way that cannot be read", "save it again as PDF without encryption"
            ) from None
        with bytes_of(source) as view:
            if not has_objects(view):
                raise damaged("there is nothing in it but a beginning") from None
        raise unable("its table of contents of objects is broken or cut off") from None
    try:
        return _judged(source, password, treatment, engine, pdf)
    except pikepdf.PdfError:
        pdf.close()
        raise unable("its pages cannot be found") from None
    except BaseException:
        pdf.close()
        raise


def _open(source: Source, password: str | bytes, engine: Engine) -> Pdf:
    words = password if isinstance(password, str) else ""
    match engine:
        case Engine.WHOLE:
            return pikepdf.open(as_file(source), password=password, attempt_recovery=False)
        case Engine.REPAIRED:
            return pikepdf.open(as_file(source), password=password)
        case Engine.REWRITTEN:
            from briefpack.annexes.cleaning.pypdf_reader import rewritten  # noqa: PLC0415 - most files do without it, and it takes its time

            return pikepdf.open(rewritten(source, words))
        case Engine.IMPORTED:
            return pikepdf.open(imported(source, words))
        case Engine.PICTURES:
            return pictures_of(source, words)


def _up_to_end(source: Source) -> tuple[Source, bool]:
    """The file, without what was put behind its end (by mail gateways and web servers); and whether that is a later revision, cut off:
    without it the file would be whole, but an older one."""
    with bytes_of(source) as view:
        end = view.rfind(b"%%EOF")
        behind = view[end + 5 :].strip(b"\r\n \t")
        if end < 0 or not behind:
            return source, False
        if _REVISION.search(behind.strip(b"\r\n \t\0")):
            return source, True
        return view[: end + 5] + b"\n", False


def _judged(source: Source, password: str, treatment: Treatment, engine: Engine, pdf: Pdf) -> Opened:
    pages = len(pdf.pages)
    if pages and not treatment.pages:
        # Before every page costs time; which of them are chosen counts once it is known that they are all there.
        order_of((), pages, MOST_PAGES)
    check_nesting(pdf)
    warnings = [str(warning).lower() for warning in pdf.get_warnings()]
    told = any(sign in warning for warning in warnings for sign in _MISPLACED)
    if engine is Engine.WHOLE and told:
        raise unable("part of its content had to be guessed")
    rebuilt = engine is not Engine.WHOLE and (
        engine is not Engine.REPAIRED or any(sign in warning for warning in warnings for sign in _REBUILT)
    )
    tables = {} if engine is Engine.WHOLE else tables_of(pdf)
    traces = traces_of(source, tables.items(), all_of_them=engine is not Engine.WHOLE)
    # A revision that is cut off leaves a table behind that fits what was there before.
    rebuilt = rebuilt or bool(traces.signs)
    losses = losses_of(pdf, source, traces, warnings, rebuilt=rebuilt)
    if pages == 0 and not losses.lost:
        raise Refusal("has no pages", "check that it is the right file")
    comparable = _count(source, password, pdf, losses, rebuilt=rebuilt)
    if engine in _BY_PDFIUM:
        _count_again(source, password, pages, losses)
    accepted = treatment.damaged and bool(losses.lost)
    if losses.lost and (not accepted or pages == 0):
        raise damaged(losses.lost[0])
    remarks = (*_encrypted(pdf), *_repaired(engine, losses, comparable=comparable, rebuilt=rebuilt))
    if accepted:
        remarks = (*_encrypted(pdf), _what_is_left(losses, pages))
    return Opened(pdf, source, password, remarks, accepted, comparable)


# --------------------------------------------------------------------------- pages


def _count(source: Source, password: str, pdf: Pdf, losses: Losses, *, rebuilt: bool) -> bool:
    """See that two readers find the same pages; what speaks against it in a file that had to be rebuilt is a loss.

    Returns whether PDFium reads every page of the source. Raises Refusal when a file that holds together shows other pages to other
    readers.
    """
    pages = len(pdf.pages)
    tree = pdf.Root.get("/Pages")
    declared: object = tree.get("/Count") if isinstance(tree, Dictionary) else None
    if declared != pages and (isinstance(declared, int) or not rebuilt):
        sign = f"it says that it has {declared} pages, but {pages} can be found"
        if not rebuilt:
            raise _other_pages(sign)
        losses.add(sign)
    found = pages_by_pdfium(source, password)
    if found is None:
        from briefpack.annexes.cleaning.pypdf_reader import pages_by_pypdf  # noqa: PLC0415 - most files do without it, and it takes its time

        other = pages_by_pypdf(source, password)
        if other is None:
            losses.add("one of two PDF readers cannot open it")
        elif other != pages:
            losses.add(f"one PDF reader finds {pages} pages in it, another {other}")
        return False
    said, unreadable = found
    if said != pages:
        sign = f"one PDF reader finds {pages} pages in it, another {said}"
        if not rebuilt:
            raise _other_pages(sign)
        losses.add(sign)
        return False
    if unreadable is not None:
        losses.add(f"page {unreadable + 1} cannot be read")
        return False
    return True


def _count_again(source: Source, password: str, pages: int, losses: Losses) -> None:
    """See that PDFium is not the only one that finds these pages; where nobody else can read the file, its own words must do."""
    from briefpack.annexes.cleaning.pypdf_reader import pages_by_pypdf  # noqa: PLC0415 - most files do without it, and it takes its time

    other = pages_by_pypdf(source, password)
    if other is None:
        with bytes_of(source) as view:
            other = sum(1 for _ in _PAGE.finditer(view))
    if other != pages:
        losses.add("only one of several PDF readers can open it")
    if not readable_alone(source):
        losses.add("parts of it are missing or cannot be read")


def _other_pages(sign: str) -> Refusal:
    """Also when the author takes damaged files: nothing is missing, but who looks at it elsewhere sees other pages."""
    return Refusal(
        f"is damaged: {sign}",
        "get it again from its source, or open it in a PDF viewer, check that all pages are there, and print it to a new PDF",
    )


# --------------------------------------------------------------------------- what is told of it


def _encrypted(pdf: Pdf) -> tuple[Remark, ...]:
    if not pdf.is_encrypted:
        return ()
    allowed = pdf.allow
    limits = [
        words
        for words, free in (
            ("printing", allowed.print_highres or allowed.print_lowres),
            ("copying", allowed.extract),
            ("changes", allowed.modify_other),
        )
        if not free
    ]
    what = (
        f"is protected against {' and '.join(limits)}; the pack is not"
        if limits
        else "is encrypted; the pack is not"
    )
    return (Remark(Deed.FOUND, "encrypted", what, advice="ask its author if that matters" if limits else ""),)


def _repaired(engine: Engine, losses: Losses, *, comparable: bool, rebuilt: bool) -> tuple[Remark, ...]:
    told = []
    if losses.unsure:
        told.append(
            Remark(
                Deed.FOUND,
                "checksum",
                "has content whose checksum is wrong; all of it could be read",
                losses.unsure,
                advice=f"get it again from its source, or {_OTHER_PAGES}",
                warn=True,
            )
        )
    ways = {
        Engine.REPAIRED: "had to be repaired, and nothing of it seems lost",
        Engine.REWRITTEN: "had to be written anew to be readable, and nothing of it seems lost",
        Engine.IMPORTED: "had to be copied page by page to be readable, and nothing of it seems lost",
    }
    if engine is Engine.PICTURES:
        told.append(
            Remark(
                Deed.REPAIRED,
                "pictures",
                "could only be taken as pictures of its pages; their words can be seen, but neither searched nor read out",
                advice="open it in a PDF viewer and print it to a new PDF if that matters",
                warn=True,
            )
        )
    elif engine in ways and (rebuilt or engine is not Engine.REPAIRED):
        told.append(Remark(Deed.REPAIRED, "repaired", ways[engine], advice=_OTHER_PAGES, warn=True))
    if not comparable and not told:
        told.append(
            Remark(
                Deed.FOUND,
                "one-reader",
                "cannot be opened by every PDF reader",
                advice=_OTHER_PAGES,
                warn=True,
            )
        )
    return tuple(told)


def _what_is_left(losses: Losses, pages: int) -> Remark:
    left = "one page is" if pages == 1 else f"{pages:,} pages are"
    return Remark(
        Deed.FOUND,
        "damaged",
        f"is damaged: {'; '.join(losses.lost)}; {left} left of it and taken as accepted",
        advice="get it again from its source as soon as you can",
        warn=True,
    )


# --------------------------------------------------------------------------- passwords


def _with_password(source: Source, treatment: Treatment, engine: Engine) -> tuple[Pdf, str]:
    """The file opened, and the password that opened it, "" for none.

    The password stays in this process: nothing that leaves it may hold it. Raises Refusal when it is needed and not known.
    """
    name = treatment.password_env
    given = "" if name is None else os.environ.get(name, "")
    if engine not in _BY_QPDF:
        return _open(source, given, engine), given
    try:
        return _open(source, "", engine), ""
    except pikepdf.PasswordError:
        pass
    if name is None:
        raise Refusal(
            "needs a password to be opened",
            "put the password into an environment variable and name that: `password_env: NAME`; "
            "or remove the password and save it again as PDF",
        )
    if not given:
        raise Refusal(
            f"needs a password to be opened, and the environment variable {name} is not set",
            f"set {name} to the password before you build",
        )
    for password in _spellings(given):
        try:
            return _open(source, password, engine), given
        except pikepdf.PasswordError:
            continue
    raise Refusal(
        f"cannot be opened with the password in the environment variable {name}",
        "ask the sender for the right one; capitals count",
    )


def _spellings(password: str) -> tuple[str | bytes, ...]:
    """A password as newer and as older encryption spells it (ISO 32000-2, 7.6.4.3.2 and 7.6.4.3.3)."""
    if password.isascii():
        return (password,)
    return password, password.encode("cp1252", "replace")
