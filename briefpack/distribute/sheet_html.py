"""Messages → one page that shows who gets what: to be looked at before anything is sent, and printed. Self-contained, without scripts; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from briefpack.distribute.posted import Posted
from briefpack.distribution import Line, Recipient
from briefpack.fields import size_in_words
from briefpack.pack import PackMeta
from briefpack.style import Style

_LINES = {Line.TO: "mail_to", Line.CC: "mail_cc", Line.BCC: "mail_bcc"}
_CSS = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 2rem 4rem; background: #fff; color: #1c2430;
  font: 15px/1.5 Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header { border-bottom: 3px solid #1f3a5f; padding-bottom: 1rem; margin-bottom: 2rem; }
.marking { font-weight: 700; letter-spacing: .04em; text-align: center; color: #8a1c1c; margin: 0 0 1.2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .2rem; color: #1f3a5f; }
header p { margin: .1rem 0; color: #55606f; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid #d9dfe7; }
thead th { font-size: .82rem; color: #55606f; font-weight: 600; border-bottom: 1.5px solid #1f3a5f; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.large { color: #8a1c1c; font-weight: 700; }
a { color: inherit; }
article { margin: 2.6rem 0 0; border: 1px solid #d9dfe7; border-top: 3px solid #1f3a5f; padding: 1.2rem 1.4rem 1rem; }
article header { border: 0; padding: 0; margin: 0 0 .8rem; display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
h2 { font-size: 1.25rem; margin: 0; color: #1f3a5f; }
article header .marking { margin: 0; text-align: end; }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: .25rem .8rem; margin: 0 0 1rem; }
dt { color: #55606f; }
dd { margin: 0; overflow-wrap: anywhere; }
dd ul { list-style: none; margin: 0; padding: 0; }
.address, .file { color: #55606f; }
.copy { display: inline-block; border: 1px solid #b9c3cf; border-radius: .6rem; padding: 0 .5rem; font-size: .8rem; margin-inline-start: .4rem; }
.digest { font: 11px/1.45 "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; color: #55606f; }
.text { white-space: pre-wrap; background: #f5f7fa; padding: .8rem 1rem; margin: 0; font: inherit; overflow-wrap: anywhere; }
.nobody { color: #55606f; }
@media print {
  @page { margin: 18mm 16mm; }
  body { max-width: none; padding: 0; font-size: 8.5pt; }
  article { margin-top: 1rem; padding: .8rem 1rem; }
  article, tr, dl { break-inside: avoid; }
  .text { background: none; border-inline-start: 2px solid #d9dfe7; }
}
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says of the pack. marking: of the sheet. date: of the messages, in words, "" for none. nobody: titles of audiences without readers.

    size: bytes of a message that are too many. style: whose words it speaks, in the pack's language.
    """

    meta: PackMeta
    marking: str
    date: str
    nobody: tuple[str, ...]
    size: int
    style: Style

    def word(self, key: str) -> str:
        return self.style.word(key, self.meta.language)

    def size_in_words(self, size: int) -> str:
        return size_in_words(size, self.style, self.meta.language)

    @property
    def said(self) -> str:
        """What there is to know of the pack in a line."""
        return " · ".join(each for each in (self.meta.reference, self.meta.dates, self.date) if each)


def sheet_html(sheet: Sheet, posted: Sequence[Posted]) -> bytes:
    """The page."""
    word = sheet.word
    title = f"{word('dispatch_title')} – {sheet.meta.title}"
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{escape(sheet.meta.language)}">\n<head>\n<meta charset="utf-8">\n',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(title)}</title>\n<style>\n{_CSS}</style>\n</head>\n<body>\n",
            _marking(sheet.marking),
            f"<header>\n<h1>{escape(word('dispatch_title'))}</h1>\n<p>{escape(sheet.meta.title)}</p>\n",
            f"<p>{escape(sheet.said)}</p>\n" if sheet.said else "",
            "</header>\n",
            _summary(sheet, posted),
            _nobody(sheet),
            *(_article(sheet, each) for each in posted),
            "</body>\n</html>\n",
        )
    ).encode()


def _marking(marking: str) -> str:
    return f'<p class="marking" dir="auto">{escape(marking)}</p>\n' if marking else ""


def _summary(sheet: Sheet, posted: Sequence[Posted]) -> str:
    word = sheet.word
    rows = (
        "<tr>"
        f'<td><a href="#{escape(each.name)}">{escape(each.name)}</a></td>'
        f'<td dir="auto">{escape(each.message.letter.parcel.audience.title)}</td>'
        f'<td class="number">{len(each.message.letter.readers)}</td>'
        f"<td>{'<br>'.join(escape(file.name) for file in each.message.letter.attachments)}</td>"
        f"{_sent(sheet, each)}"
        f'<td dir="auto">{escape(each.message.letter.parcel.marking)}</td>'
        "</tr>\n"
        for each in posted
    )
    heads = (
        ("dispatch_message", ""),
        ("audience", ""),
        ("dispatch_readers", "number"),
        ("dispatch_attachment", ""),
        ("dispatch_sent", "number"),
        ("marking", ""),
    )
    return _table(((word(key), kind) for key, kind in heads), rows)


def _sent(sheet: Sheet, each: Posted) -> str:
    size = escape(sheet.size_in_words(each.sent))
    if not each.is_large:
        return f'<td class="number">{size}</td>'
    told = sheet.word("dispatch_too_large").replace("{size}", sheet.size_in_words(sheet.size))
    return f'<td class="number large">{size}<br>{escape(told)}</td>'


def _nobody(sheet: Sheet) -> str:
    if not sheet.nobody:
        return ""
    told = sheet.word("dispatch_nobody").replace("{audiences}", ", ".join(sheet.nobody))
    return f'<p class="nobody">{escape(told)}</p>\n'


def _article(sheet: Sheet, each: Posted) -> str:
    letter, word = each.message.letter, sheet.word
    head = [
        (word("mail_subject"), escape(each.message.subject)),
        (word("mail_from"), escape(str(letter.mailing.sender))),
    ]
    if letter.mailing.reply_to is not None:
        head.append((word("mail_reply_to"), escape(str(letter.mailing.reply_to))))
    for line, key in _LINES.items():
        readers = [reader for reader in letter.readers if reader.line is line]
        if readers:
            head.append((word(key), _readers(readers, word("copy"))))
    shown = "".join(f'<dt>{escape(label)}</dt><dd dir="auto">{value}</dd>\n' for label, value in head)
    files = (
        "<tr>"
        f"<td>{escape(file.name)}</td>"
        f'<td class="number">{file.pages}</td>'
        f'<td class="number">{escape(sheet.size_in_words(file.size))}</td>'
        f'<td class="digest">{file.sha256}</td>'
        "</tr>\n"
        for file in letter.attachments
    )
    heads = (
        ("dispatch_attachment", ""),
        ("number_of_pages", "number"),
        ("dispatch_size", "number"),
        ("dispatch_digest", ""),
    )
    return (
        f'<article id="{escape(each.name)}">\n<header>\n<h2 dir="auto">{escape(letter.parcel.audience.title)} '
        f'<span class="file">{escape(each.name)}.eml</span></h2>\n{_marking(letter.parcel.marking)}</header>\n<dl>\n{shown}</dl>\n'
        f"{_table(((word(key), kind) for key, kind in heads), files)}"
        f'<div class="text" dir="auto" lang="{escape(letter.language)}">{escape(each.message.text.rstrip())}</div>\n</article>\n'
    )


def _readers(readers: Iterable[Recipient], copy: str) -> str:
    """copy: the word for it."""
    items = "".join(
        f"<li><bdi>{escape(reader.mailbox.name or str(reader.mailbox.address))}</bdi>"
        + (
            f' <span class="address">{escape(str(reader.mailbox.address))}</span>'
            if reader.mailbox.name
            else ""
        )
        + (f' <span class="copy">{escape(copy)} {reader.copy}</span>' if reader.copy is not None else "")
        + "</li>"
        for reader in readers
    )
    return f"<ul>{items}</ul>"


def _table(heads: Iterable[tuple[str, str]], rows: Iterable[str]) -> str:
    """heads: words and class."""
    shown = "".join(
        f'<th scope="col" class="{kind}">{escape(head)}</th>'
        if kind
        else f'<th scope="col">{escape(head)}</th>'
        for head, kind in heads
    )
    return f"<table>\n<thead><tr>{shown}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"
