"""Inline tokens of a Markdown paragraph → an author's spans: words with their look, links and references, checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from briefpack.blocks import AuthorSpan, AuthorSpans, Note
from briefpack.document import LineBreak, Position, Text
from briefpack.errors import Where
from briefpack.reading.author_words import is_blank, joined, joined_texts
from briefpack.reading.checks import Report, near
from briefpack.reading.inline_links import Links, LinkToken
from briefpack.reading.schema_words import LANGUAGE
from briefpack.reading.source import Source, check_words

_REFERENCE = re.compile(r"\[\[([^\[\]\n]{0,200})\]\]")
_INSTEAD = re.compile(r"[ \t]*\|[ \t]*")
"""Between what is referred to and what is printed for those who do not get it."""
_LANGUAGE_TAG = re.compile(LANGUAGE)
_ATTRIBUTES = re.compile(r"\]\{(?:[.#][\w-]+|[\w-]+=)[^{}\n]{0,60}\}")

NOTE = "a note"
"""What a paragraph is that stands in a note itself."""


class Token(LinkToken, Protocol):
    """What is used of markdown-it's tokens, besides what links need of theirs."""

    type: str
    content: str


class Inline:
    """One paragraph's tokens on their way to spans. line: the paragraph's 0-based first line in the source.

    no_notes: what the paragraph is where no note may stand in it ("a heading"), None where one may.
    """

    def __init__(self, source: Source, line: int, report: Report, no_notes: str | None = None) -> None:
        self._source = source
        self._line = line
        self._report = report
        self._links = Links(source, report)
        self._no_notes = no_notes
        # What the present note hangs on; and for each note that is open whether it is one, or is refused.
        self._outside: tuple[list[AuthorSpan], Text, int, int, Where] | None = None
        self._opened: list[bool] = []
        self._look = Text("")
        self._looks: list[Text] = []
        self._strong = 0
        self._emphasis = 0
        self._words = ""
        self._link: Token | None = None
        self._inside: list[Text] = []
        self._spoilt = False
        self._out: list[AuthorSpan] = []

    def spans(self, tokens: Sequence[Token]) -> AuthorSpans:
        for token in tokens:
            kind = token.type
            if kind == "text":
                self._words += token.content
                continue
            if kind == "softbreak":
                self._line += 1
                self._words = self._words.rstrip(" \t") + " "
                continue
            self._flush()
            self._special(kind, token)
        self._flush()
        return joined(self._out)

    def _special(self, kind: str, token: Token) -> None:
        match kind:
            case "text_special" | "html_inline":
                # An escaped character or an entity: never the beginning of a reference.
                self._add(self._styled(token.content))
            case "code_inline":
                self._add(self._styled(token.content, code=True))
            case "hardbreak":
                self._line += 1
                if self._link is None:
                    self._out.append(LineBreak())
                else:
                    self._inside.append(self._styled(" "))
            case "strong_open" | "strong_close":
                self._strong += 1 if kind == "strong_open" else -1
            case "em_open" | "em_close":
                self._emphasis += 1 if kind == "em_open" else -1
            case "super_open" | "sub_open":
                position = Position.SUPER if kind == "super_open" else Position.SUB
                self._begin(replace(self._look, position=position))
            case "language_open":
                self._begin(replace(self._look, language=self._tag(token.info)))
            case "super_close" | "sub_close" | "language_close":
                self._look = self._looks.pop()
            case "note_open":
                self._open_note()
            case "note_close":
                self._close_note()
            case "named_note":
                self._named_note(token.content)
            case "link_open":
                self._link = token
                self._inside = []
                self._spoilt = False
            case "link_close":
                if self._link is not None:
                    words = tuple(joined_texts(self._inside))
                    self._put(
                        self._links.link(
                            self._link, words, self._line, self._styled, checked=not self._spoilt
                        )
                    )
                self._link = None
            case "image":
                self._report.error(
                    self._source.find("![", self._line),
                    "a picture cannot stand inside text",
                    "use an image block: `- image: pictures/map.png` with `alt:`",
                )
            case _:
                raise AssertionError(f"markdown-it gave a token {kind!r} that no enabled rule makes")

    # ----------------------------------------------------------------------- words

    def _styled(self, text: str, *, code: bool = False) -> Text:
        look = self._look
        return Text(
            text.replace("\t", " "),
            self._strong > 0,
            self._emphasis > 0,
            code,
            language=look.language,
            position=look.position,
        )

    def _begin(self, look: Text) -> None:
        self._looks.append(self._look)
        self._look = look

    def _tag(self, tag: str) -> str | None:
        if _LANGUAGE_TAG.fullmatch(tag):
            return tag
        self._report.error(
            self._source.find("{", self._line),
            f"“{tag}” is no language" if tag else "no language is named here",
            "write a language tag such as en, fr or en-GB: [mots]{lang=fr}",
        )
        return None

    def _add(self, text: Text) -> None:
        if not text.text:
            return
        if self._link is None:
            self._out.append(text)
        else:
            self._inside.append(text)

    def _put(self, made: AuthorSpan | None) -> None:
        if made is not None:
            self._out.append(made)

    def _flush(self) -> None:
        """Take in the words since the last token of another kind, with the references in them."""
        words, self._words = self._words, ""
        if not words:
            return
        check_words(words, self._source, self._line, self._report)
        self._check_signs(words)
        if "[[" not in words:
            self._add(self._styled(words))
            return
        position = 0
        for match in _REFERENCE.finditer(words):
            self._add(self._styled(words[position : match.start()]))
            position = match.end()
            if self._link is not None:
                self._spoilt = True
                self._report.error(
                    self._source.find(match[0], self._line),
                    "a reference cannot stand inside a link",
                    "end the link before it, or leave one of the two out",
                )
                continue
            target, *instead = _INSTEAD.split(match[1], maxsplit=1)
            where = self._source.find(match[0], self._line)
            words_instead = self._styled(instead[0].strip()) if instead else None
            self._put(self._links.reference(target, (), where, words_instead))
        rest = words[position:]
        if "[[" in rest:
            self._report.warning(
                self._source.find("[[", self._line),
                "“[[” begins no reference here and is printed as it stands",
                "close it with ]] on the same line, or write \\[\\[ to print the brackets",
                rule="open-reference",
            )
        self._add(self._styled(rest))

    def _check_signs(self, words: str) -> None:
        """Warn about signs that begin something elsewhere, and nothing here."""
        if "^[" in words:
            self._report.warning(
                self._source.find("^[", self._line),
                "“^[” begins no note here and is printed as it stands",
                "close it with ], or write \\^\\[ to print the signs",
                rule="open-note",
            )
        match = _ATTRIBUTES.search(words) if "]{" in words else None
        if match is not None:
            self._report.warning(
                self._source.find(match[0], self._line),
                f"“{match[0][1:]}” is printed as it stands",
                "only a language can be given to words: [mots]{lang=fr}",
                rule="open-note",
            )

    # ----------------------------------------------------------------------- notes

    def _refused(self, where: Where) -> bool:
        """Whether no note may stand here, which is reported."""
        if self._link is not None:
            self._spoilt = True
            place, remedy = "a link", "end the link before it"
        elif self._outside is not None or self._no_notes == NOTE:
            place, remedy = "another note", "put it into the text, or its words into the first note"
        elif self._no_notes is not None:
            place, remedy = self._no_notes, "put it into the text below, or write it there in parentheses"
        else:
            return False
        self._report.error(where, f"a note cannot stand in {place}", remedy)
        return True

    def _open_note(self) -> None:
        where = self._source.find("^[", self._line)
        refused = self._refused(where)
        self._opened.append(not refused)
        if refused:
            return  # its words stay where they are: the text is not printed anyway
        # The note's words do not look like those it is hung on.
        self._outside = (self._out, self._look, self._strong, self._emphasis, where)
        self._out, self._look, self._strong, self._emphasis = [], Text(""), 0, 0

    def _close_note(self) -> None:
        if not self._opened.pop() or self._outside is None:
            return
        spans = joined(self._out)
        self._out, self._look, self._strong, self._emphasis, where = self._outside
        self._outside = None
        if is_blank(spans):
            self._report.error(where, "this note is empty", "write its text between the brackets")
        self._out.append(Note((spans,), None, where))

    def _named_note(self, name: str) -> None:
        where = self._source.find(f"[^{name}]", self._line)
        if self._refused(where):
            return
        note = self._report.notes.get(name)
        if note is None:
            meant = near(name, tuple(self._report.notes))
            self._report.error(
                where,
                f"there is no note “{name}” in this section",
                f"did you mean `[^{meant}]`?" if meant else "write its text under `notes:` of the section",
            )
            return
        note.used = True
        self._out.append(Note(note.paragraphs, name, where, note.limits))
