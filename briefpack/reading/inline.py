"""Inline tokens of a Markdown paragraph → an author's spans: words with their look, links and references, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol, assert_never
from urllib.parse import unquote

from briefpack.blocks import AuthorSpan, AuthorSpans, Note, Reference
from briefpack.document import LineBreak, Link, Position, Text
from briefpack.errors import Where
from briefpack.reading.checks import Report, near
from briefpack.reading.link_addresses import is_whole, what_is_wrong
from briefpack.reading.schema_words import LANGUAGE
from briefpack.reading.source import Source, check_words
from briefpack.reading.wording import is_address, says_nothing

_REFERENCE = re.compile(r"\[\[([^\[\]\n]{0,200})\]\]")
_TARGET = re.compile(
    r"\s*([^,\s](?:[^,]*[^,\s])?)\s*(?:,\s*(?:(?:pp?\.?|page)\s*)?([1-9][0-9]{0,4})\s*)?\Z", re.ASCII
)
_LONGEST_TARGET = 200
_INSTEAD = re.compile(r"[ \t]*\|[ \t]*")
"""Between what is referred to and what is printed for those who do not get it."""
_LANGUAGE_TAG = re.compile(LANGUAGE)
_ATTRIBUTES = re.compile(r"\]\{(?:[.#][\w-]+|[\w-]+=)[^{}\n]{0,60}\}")

NOTE = "a note"
"""What a paragraph is that stands in a note itself."""


class Token(Protocol):
    """What is used of markdown-it's tokens."""

    type: str
    content: str
    info: str

    def attrGet(self, name: str) -> Any: ...  # noqa: N802  markdown-it's own name


class Inline:
    """One paragraph's tokens on their way to spans. line: the paragraph's 0-based first line in the source.

    no_notes: what the paragraph is where no note may stand in it ("a heading"), None where one may.
    """

    def __init__(self, source: Source, line: int, report: Report, no_notes: str | None = None) -> None:
        self._source = source
        self._line = line
        self._report = report
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
        return _joined(self._out)

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
                    self._close_link(self._link, tuple(_texts(self._inside)))
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
            self._reference(target, (), where, self._instead(instead[0]) if instead else None)
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
        spans = _joined(self._out)
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

    # ----------------------------------------------------------------------- references, links

    def _instead(self, words: str) -> tuple[Text, ...]:
        self._report.conditional = True
        return (self._styled(words.strip()),) if words.strip() else ()

    def _reference(
        self, target: str, words: tuple[Text, ...], where: Where, instead: tuple[Text, ...] | None = None
    ) -> None:
        match = _TARGET.match(target) if len(target) <= _LONGEST_TARGET else None
        if match is None:
            fact = f"“{target[:60]}” is no reference" if target.strip() else "this reference names nothing"
            self._report.error(
                where, fact, "write [[name]], [[name, p. 12]] or [[name | words for those who do not get it]]"
            )
            return
        page = int(match[2]) if match[2] else None
        self._out.append(Reference(match[1], page, words, where, instead))

    def _close_link(self, token: Token, words: tuple[Text, ...]) -> None:
        url = str(token.attrGet("href") or "")
        if token.info == "auto" and not is_whole(url):
            # `<xs:element>` looks like an autolink and is none: it is text.
            self._out.append(self._styled("<" + "".join(word.text for word in words) + ">"))
            return
        if url.startswith("#"):
            where = self._source.find("](#", self._line)
            if not words:
                self._report.error(where, "this reference has no words", f"write [[{unquote(url[1:])}]]")
                return
            self._check_words(words, url)
            said = token.attrGet("title")
            if said is not None and "[[" in str(said):
                self._report.error(
                    where,
                    "the words that stand for a reference cannot be one themselves",
                    "write what those read who do not get what it leads to",
                )
            self._reference(
                unquote(url[1:]), words, where, None if said is None else self._instead(str(said))
            )
            return
        if not is_whole(url):
            where = self._source.find("](" if token.info != "auto" else "<", self._line)
            self._report.error(where, *what_is_wrong(url))
            return
        words = words or (Text(url),)
        self._check_words(words, url, auto=token.info == "auto")
        self._out.append(Link(url, words))

    def _check_words(self, words: tuple[Text, ...], url: str, *, auto: bool = False) -> None:
        """Warn about words that do not say where the link leads. auto: written as <address>."""
        if self._spoilt:
            return
        text = "".join(word.text for word in words)
        if says_nothing(text):
            self._report.warning(
                self._source.find(f"[{text}](", self._line),
                f"the link text “{text}” does not say where it leads",
                "use words that say it: on paper, and to a screen reader, they are all there is",
                rule="link-words",
            )
        elif is_address(text, url):
            self._report.warning(
                self._source.find(f"<{text}>" if auto else f"[{text}](", self._line),
                f"the words of this link are its address, “{text[:60]}{'…' if len(text) > 60 else ''}”",
                f"write own words: [what it leads to]({url if len(url) <= 60 else '…'})",
                rule="link-words",
            )


def plain_words(spans: AuthorSpans) -> str:
    """The words of spans without their look and without notes. What a reference without own words will print is not known yet."""
    parts: list[str] = []
    for span in spans:
        match span:
            case Text():
                parts.append(span.text)
            case LineBreak():
                parts.append(" ")
            case Link():
                parts.extend(text.text for text in span.spans)
            case Reference():
                parts.extend(text.text for text in span.words)
            case Note():
                pass
            case _:
                assert_never(span)
    return "".join(parts)


def is_blank(spans: AuthorSpans) -> bool:
    """Whether spans print nothing but white space. A reference always prints something."""
    return not any(isinstance(span, Reference) for span in spans) and not plain_words(spans).strip()


def _same_look(one: Text, other: Text) -> bool:
    return replace(one, text="") == replace(other, text="")


def _texts(texts: Sequence[Text]) -> Iterator[Text]:
    """Neighbours that look alike as one text."""
    last: Text | None = None
    for text in texts:
        if last is not None and _same_look(last, text):
            last = replace(last, text=last.text + text.text)
            continue
        if last is not None:
            yield last
        last = text
    if last is not None:
        yield last


def _joined(spans: Sequence[AuthorSpan]) -> AuthorSpans:
    done: list[AuthorSpan] = []
    run: list[Text] = []
    for span in spans:
        if isinstance(span, Text):
            run.append(span)
            continue
        done.extend(_texts(run))
        run = []
        done.append(span)
    done.extend(_texts(run))
    return tuple(done)
