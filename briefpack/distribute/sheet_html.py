"""Messages → one page that shows who gets what: to be looked at before anything is sent, and printed. Self-contained, without scripts; pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from briefpack.distribute.posted import Posted
from briefpack.distribute.series import Series, fitted_in_words, series_of
from briefpack.distribute.sheet import Sheet
from briefpack.distribute.sheet_article import article, marking_line, table
from briefpack.distribute.sheet_look import CSS


def sheet_html(sheet: Sheet, posted: Sequence[Posted]) -> bytes:
    """The page."""
    word, series = sheet.word, series_of(posted)
    title = f"{word('dispatch_title')} – {sheet.meta.title}"
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{escape(sheet.meta.language)}">\n<head>\n<meta charset="utf-8">\n',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(title)}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n",
            _draft(sheet),
            marking_line(sheet.marking),
            f"<header>\n<h1>{escape(word('dispatch_title'))}</h1>\n<p>{escape(sheet.meta.title)}</p>\n",
            f"<p>{escape(sheet.said)}</p>\n" if sheet.said else "",
            "</header>\n",
            _summary(sheet, series),
            _nobody(sheet),
            _odd(sheet),
            *(article(sheet, each) for each in series),
            "</body>\n</html>\n",
        )
    ).encode()


def _draft(sheet: Sheet) -> str:
    """Where a pack goes that was built as a draft, the sheet says so."""
    return f'<p class="draft">{escape(sheet.word("draft"))}</p>\n' if sheet.draft else ""


def _summary(sheet: Sheet, series: Sequence[Series]) -> str:
    word = sheet.word
    rows = (
        (
            (f'<a href="#{escape(each.first.name)}">{escape(each.name)}</a>', ""),
            (f"<bdi>{escape(each.letter.parcel.audience.title)}</bdi>", ""),
            (str(each.readers), "number"),
            (
                "<br>".join(escape(file.name) for file in each.letter.attachments) + _fitted(sheet, each),
                "",
            ),
            _sent(sheet, each),
            (f"<bdi>{escape(each.letter.parcel.marking)}</bdi>", ""),
        )
        for each in series
    )
    heads = (
        ("dispatch_message", ""),
        ("audience", ""),
        ("dispatch_readers", "number"),
        ("dispatch_attachment", ""),
        ("dispatch_sent", "number"),
        ("marking", ""),
    )
    return table([(word(key), kind) for key, kind in heads], rows)


def _fitted(sheet: Sheet, each: Series) -> str:
    told = fitted_in_words(each.letter, sheet.style, sheet.meta.language)
    return f'<span class="own">{escape(told)}</span>' if told else ""


def _sent(sheet: Sheet, each: Series) -> tuple[str, str]:
    """As a cell."""
    size = escape(each.sent(sheet.style, sheet.meta.language))
    if not each.is_large:
        return size, "number"
    told = sheet.word("dispatch_too_large").replace("{size}", sheet.size_in_words(sheet.size))
    return f"{size}<br>{escape(told)}", "number large"


def _nobody(sheet: Sheet) -> str:
    if not sheet.nobody:
        return ""
    told = sheet.word("dispatch_nobody").replace("{audiences}", ", ".join(sheet.nobody))
    return f'<p class="nobody">{escape(told)}</p>\n'


def _odd(sheet: Sheet) -> str:
    if not sheet.odd:
        return ""
    items = "".join(f'<li dir="auto">{escape(each)}</li>\n' for each in sheet.shown_odd)
    head = escape(sheet.word("dispatch_odd"))
    return f'<section class="odd">\n<h2>{head}</h2>\n<ul lang="en">\n{items}</ul>\n</section>\n'
