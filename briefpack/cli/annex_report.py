"""What `briefpack annex` says of a file: as lines, as JSON, and as the lines of a pack.yaml."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from briefpack.annex import KEPT_UNASKED, AnnexFault, CleanPart, Deed, Remark, Treatment
from briefpack.annex_record import fault_words, remark_words
from briefpack.annexes.claims import lost
from briefpack.annexes.paper_sizes import grouped, page_list, said
from briefpack.annexes.picturing import Survey
from briefpack.cli.terminal import BOLD, CYAN, DIM, RED, YELLOW, coloured, counted, near, printable
from briefpack.errors import Diagnostic, ExitCode, Severity, Where
from briefpack.pipeline.preflight import Preflight
from briefpack.reading.read_pack import PACK_FILE

_HEAD = 11
"""Columns of the heads in front of the lines."""
_MOST = {"fonts": 4, "against": 3, "quiet": 6}
"""What is listed of each before "and 7 more", unless all is asked for."""
_PLAIN = re.compile(r"[A-Za-z][\w ./()-]*(?<! )", re.ASCII)
_PAGE = re.compile(r"\bpages? \d")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


# --------------------------------------------------------------------------- lines


def lines(found: Preflight, sheet: Path | None, *, verbose: bool) -> Iterator[str]:
    """For a terminal. sheet: where its contact sheet is. verbose: all of every list."""
    name = coloured(printable(near(found.path)), BOLD, sys.stdout)
    colour = RED if not found.is_bound else YELLOW if found.to_know else ""
    words = verdict(found)
    yield f"{name}: {coloured(words, colour, sys.stdout) if colour else words}"
    for one in found.errors:
        if one.hint:
            yield _line(coloured("help", CYAN, sys.stdout), one.hint, 4)
    if found.kind:
        size = "" if found.size is None else f", {_size(found.size)}"
        version = f" {found.survey.version}" if found.survey is not None and found.survey.version else ""
        yield _line("kind", f"{_bare(found.kind)}{version}{size}")
    if found.part is not None:
        yield from _of_bound(found, found.part, verbose=verbose)
    if sheet is not None:
        yield _line("sheet", near(sheet))
    elif found.survey is not None and found.unseen:
        yield _line("sheet", f"not drawn: it {found.unseen}")


def _of_bound(found: Preflight, part: CleanPart, *, verbose: bool) -> Iterator[str]:
    yield _line("pages", f"{part.pages:,}: {said(grouped(part.sizes))}")
    if found.survey is not None:
        yield from _of_survey(found.survey, part, verbose=verbose)
    else:
        yield _line("text", f"could not be looked at: it {found.unseen}")
    quiet = [remark for remark in found.remarks if not remark.warn]
    left = len(quiet) if verbose else _MOST["quiet"]
    before = ""
    for remark in found.remarks:
        if not remark.warn and remark not in quiet[:left]:
            continue
        head = remark.deed.value
        yield _line("" if head == before else head, _said(remark))
        before = head
        if remark.advice and (remark.warn or remark.deed is Deed.FOUND or verbose):
            yield _line(coloured("help", CYAN, sys.stdout), remark.advice, 4)
    if len(quiet) > left:
        yield _line("", _more(len(quiet) - left))
    most = len(part.faults) if verbose else _MOST["against"]
    for number, fault in enumerate(part.faults[:most]):
        yield _line(
            "" if number else "against", f"{' and '.join(lost(fault))}: {_placed(fault, verbose=verbose)}"
        )
    if len(part.faults) > most:
        yield _line("", _more(len(part.faults) - most))


def _of_survey(survey: Survey, part: CleanPart, *, verbose: bool) -> Iterator[str]:
    if survey.encrypted:
        yield _line("encrypted", "yes; the pack has it without")
    if part.tagged:
        yield _line("tags", "yes, kept")
    elif survey.tagged:
        yield _line("tags", "yes, but they do not say all that its pages say, and are not kept")
    else:
        yield _line("tags", "none: a screen reader is told of each page as of a picture")
    without = len(survey.scanned) + len(survey.garbled) + len(survey.empty)
    looked = "" if len(survey.read) == part.pages else f" (of {len(survey.read)} pages that were looked at)"
    if without == len(survey.read):
        words = "none that can be read" if survey.scanned or survey.garbled else "none"
        yield _line("text", f"{words}{looked}")
    elif without:
        yield _line("text", f"can be read on all but {counted(without, 'page')}{looked}")
    else:
        yield _line("text", f"can be read{looked}")
    names = sorted({font.name for font in survey.fonts})
    loose = sorted({font.name for font in survey.fonts if not font.embedded})
    shown = loose or names
    most = len(shown) if verbose else _MOST["fonts"]
    some = ", ".join(shown[:most]) + (f" {_more(len(shown) - most)}" if len(shown) > most else "")
    if loose:
        count = "none embedded" if len(loose) == len(names) else f"{len(loose)} not embedded"
        yield _line("fonts", f"{counted(len(names), 'font')}, {count}: {some}")
    elif names:
        yield _line("fonts", f"{counted(len(names), 'font')}, all embedded: {some}")


def verdict(found: Preflight) -> str:
    """Whether it can be bound, in a line."""
    if found.part is None:
        facts = "; ".join(_bare_message(one, found.path) for one in found.errors)
        return f"is refused: {facts}"
    things = len(found.to_know)
    return f"can be bound, with {counted(things, 'thing')} to know" if things else "can be bound"


def _bare_message(one: Diagnostic, path: Path) -> str:
    start = f"{path.name} "
    return f"it {one.message.removeprefix(start)}" if one.message.startswith(start) else one.message


def _said(remark: Remark) -> str:
    where = page_list(remark.pages)
    # Many say their pages in their words already.
    said_already = _PAGE.search(remark.what) is not None
    return f"it {remark.what} ({where})" if where and not said_already else f"it {remark.what}"


def _placed(fault: AnnexFault, *, verbose: bool) -> str:
    where = page_list(fault.pages, most=len(fault.pages) if verbose else 3)
    return f"{fault.message} ({where})" if where else fault.message


def _line(head: str, words: str, wide: int | None = None) -> str:
    """wide: columns of a head that is coloured."""
    gap = " " * (_HEAD - (len(head) if wide is None else wide))
    return f"  {head}{gap}{printable(words)}"


def _more(number: int) -> str:
    return coloured(f"… and {number} more (--verbose shows all)", DIM, sys.stdout)


def _bare(kind: str) -> str:
    """A kind of file without its article: "Word document"."""
    return re.sub(r"^an? ", "", kind)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


# --------------------------------------------------------------------------- diagnostics


def diagnostics_of(found: Preflight) -> Iterator[Diagnostic]:
    """What is wrong with a file, then what the author should know."""
    yield from found.errors
    for remark in found.to_know:
        place, message, hint = Where(found.path), f"{found.path.name} {remark.what}", remark.advice
        # Rules are named in full, so that a test can hold every one of them against rules.py.
        if remark.hides:
            yield Diagnostic(Severity.WARNING, place, message, hint, ExitCode.ANNEX, rule="annex-hidden")
        else:
            yield Diagnostic(Severity.WARNING, place, message, hint, ExitCode.ANNEX, rule="annex-changed")


# --------------------------------------------------------------------------- JSON


def as_json(found: Preflight, sheet: Path | None) -> dict[str, Any]:
    """One file. What is not known is null; lists are empty for a file that is refused."""
    part, survey = found.part, found.survey
    return {
        "path": near(found.path),
        "verdict": "bound" if found.is_bound else "refused",
        "said": verdict(found),
        "kind": found.kind or None,
        "size": found.size,
        "sha256": part.sha256 if part is not None else None,
        "pages": part.pages if part is not None else None,
        "sizes": [
            {
                "name": group.name,
                "landscape": group.landscape,
                "width_mm": group.width,
                "height_mm": group.height,
                "pages": list(group.pages),
            }
            for group in grouped(part.sizes if part is not None else ())
        ],
        "version": survey.version if survey is not None else None,
        "encrypted": survey.encrypted if survey is not None else None,
        "tagged": survey.tagged if survey is not None else None,
        "tags_kept": part.tagged if part is not None else None,
        "damaged": part.damaged if part is not None else None,
        "fonts": [
            {"name": font.name, "embedded": font.embedded} for font in (survey.fonts if survey else ())
        ],
        "text": None
        if survey is None
        else {
            "pages_read": len(survey.read),
            "scanned": list(survey.scanned),
            "garbled": list(survey.garbled),
            "empty": list(survey.empty),
        },
        "unseen": found.unseen or None,
        "rotate": survey.rotate if survey is not None else None,
        "remarks": [remark_words(remark) for remark in found.remarks],
        "faults": [fault_words(fault) for fault in (part.faults if part is not None else ())],
        "refusals": [{"message": one.message, "hint": one.hint} for one in found.errors],
        "sheet": near(sheet) if sheet is not None else None,
    }


# --------------------------------------------------------------------------- YAML


def as_yaml(found: Sequence[Preflight], treatment: Treatment) -> str:
    """What to write into pack.yaml; a file that is refused is a comment. treatment: that was asked for."""
    written = ["annexes:"]
    for each in found:
        if each.part is None:
            written.append(f"  # {printable(_from_pack(each.path))} {verdict(each)}")
            continue
        entries = dict(_entries(each, each.part, treatment))
        for number, (key, value) in enumerate(entries.items()):
            written.append(f"  {'- ' if number == 0 else '  '}{key}: {value}")
    return "\n".join(written if len(written) > 1 else ["annexes: []"])


def _entries(found: Preflight, part: CleanPart, treatment: Treatment) -> Iterator[tuple[str, str]]:
    yield "file", _scalar(_from_pack(found.path))
    title = re.sub(r"[\s_]+", " ", found.path.stem.replace("-", " ")).strip() or found.path.stem
    yield "title", _scalar(title[:1].upper() + title[1:])
    yield "sha256", f'"{part.sha256}"'
    if treatment.password_env is not None and found.survey is not None and found.survey.encrypted:
        yield "password_env", _scalar(treatment.password_env)
    if part.damaged:
        yield "damaged", "accept"
    if treatment.pages:
        words = (
            str(each.first) if each.last == each.first else f"{each.first}-{each.last or ''}"
            for each in treatment.pages
        )
        yield "pages", f'"{", ".join(words)}"'
    if found.survey is not None and found.survey.rotate:
        yield "rotate", str(found.survey.rotate)
    if treatment.keep != KEPT_UNASKED:
        yield "keep", f"[{', '.join(sorted(each.value for each in treatment.keep))}]"
    if treatment.flatten:
        yield "flatten", "image"


def _from_pack(path: Path) -> str:
    """The name of a file as the pack around it writes it; its bare name where there is no pack around."""
    absolute = path.absolute()
    for folder in absolute.parents:
        if (folder / PACK_FILE).is_file():
            return absolute.relative_to(folder).as_posix()
    return path.name


def _scalar(text: str) -> str:
    """A text as YAML: plain where nothing else can be meant, else in double quotes, whose escapes are those of JSON."""
    plain = _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS_OF_YAML
    return text if plain else json.dumps(text, ensure_ascii=not text.isprintable())
