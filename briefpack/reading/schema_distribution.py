"""What an author may write in a distribution: who gets which pack by e-mail, and in what words; every key, its shape and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefpack.distribution import Fit, Place, Secret, Security
from briefpack.reading.checks import Json, Report, wrong
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import Boolean, Choice, Integer, TextShape
from briefpack.reading.schema_words import (
    CLEARANCE,
    IDENTIFIER,
    IDENTIFIER_RULE,
    LANGUAGE,
    LANGUAGE_TAG,
    NAME,
    NAME_RULE,
    NAMES,
    TEXT,
)
from briefpack.reading.shape import ByForm, Group, Key, ListOf, MapOf
from briefpack.reading.silence import SILENCE_KEY, SilenceShape
from briefpack.reading.style_values import TemplateShape
from briefpack.style import MESSAGE_FIELDS

FIELDS = (
    *MESSAGE_FIELDS,
    "name",
    "copy",
    "copies",
    "part",
    "parts",
    "greeting",
    "attachments",
    "sender",
)
"""What a message may say of the pack and of its reader."""
LINES = ("attachments",)
"""Fields that are several lines: they have no place in a subject."""
FORMATS = ("pdf", "docx")
_UNITS = {"kB": 1_000, "MB": 1_000_000}
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?(kB|MB)")
_NAME_OF_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_LANGUAGE_RULE = "a language tag such as en, fr or en-GB; a text that begins with { is put into quotes"


@dataclass(frozen=True, slots=True)
class SizeShape:
    """As mail programmes show it: 10 MB, 800 kB."""

    @property
    def asks(self) -> str:
        return "a size such as 10 MB or 800 kB"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or not to_bytes(node.text):
            wrong(node, self.asks, report)

    def json(self, defs: Json) -> Json:  # noqa: ARG002  a size has no parts
        return {"type": "string", "pattern": f"^{_SIZE.pattern}$"}


@dataclass(frozen=True, slots=True)
class VariableShape:
    """The name of an environment variable. What is written in its stead may be a password, and is not repeated."""

    @property
    def asks(self) -> str:
        return "the name of an environment variable, in capitals"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.SCALAR or not _NAME_OF_VARIABLE.fullmatch(node.text):
            report.error(
                node.where,
                f"{self.asks}, is asked for here",
                "such as PASSWORD_OF_COPY_3; the password itself stands in that variable, and in no file of a pack",
            )

    def json(self, defs: Json) -> Json:  # noqa: ARG002  a name has no parts
        return {"type": "string", "pattern": f"^(?:{_NAME_OF_VARIABLE.pattern})$"}


def to_bytes(text: str) -> int:
    """10 MB → 10000000; 0 when it is no size."""
    match = _SIZE.fullmatch(text.strip())
    return round(float(match[1]) * _UNITS[match[2]]) if match else 0


def _words(shape: TemplateShape) -> ByForm:
    return ByForm(
        "text with {fields}",
        scalar=shape,
        group=MapOf(shape, "texts by language", LANGUAGE, _LANGUAGE_RULE, least=1),
    )


_FORMATS = ByForm(
    "a list of formats", scalar=Choice(FORMATS), sequence=ListOf(Choice(FORMATS), "formats", least=1)
)
_LINE = Choice(("to", "cc", "bcc"))
_PLACES = ByForm(
    "true, false or a list of places",
    scalar=Choice(("true", "false", *(each.value for each in Place))),
    sequence=ListOf(Choice.of(Place), "places", least=1),
)
_FITS = ByForm(
    "a list of what is done",
    scalar=Choice.of(Fit),
    sequence=ListOf(Choice.of(Fit), "what is done", least=1),
)
_VARIABLE = VariableShape()

_HOST = TextShape(
    pattern=r"[\w.-]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*",
    rule="the name of a server, such as smtp.example.int, or its number; the port stands under `port`",
)
_NO_LOGIN = (
    "who logs in is in no file of a pack: set BRIEFPACK_SMTP_USER and BRIEFPACK_SMTP_PASSWORD in the environment, "
    "or keep both in the keyring with: briefpack mail login PACK"
)

SERVER = Group(
    "server",
    {
        "host": Key(_HOST, "Its name, such as smtp.example.int.", required=True),
        "port": Key(Integer(1, 65_535), "587 for starttls, 465 for tls, 25 for none, when absent."),
        "security": Key(
            Choice.of(Security),
            "starttls, tls, or none, which is for a server on the same machine only; starttls when absent.",
        ),
        "verify": Key(Boolean(), "false: its certificate is not checked; you are warned each time."),
        "rate": Key(Integer(1, 100_000), "How many messages a minute it is given; 60 when absent."),
        "timeout": Key(Integer(1, 3_600), "Seconds that its answers are waited for; 60 when absent."),
    },
    about="The mail server that messages are handed to. Who logs in stands in the environment or the keyring.",
    remedies=dict.fromkeys(("user", "username", "login", "password", "pass"), _NO_LOGIN),
)

MAILBOX = ByForm(
    "an address",
    scalar=TEXT,
    group=Group(
        "mailbox",
        {
            "name": Key(TEXT, "As mail programs show it."),
            "address": Key(TEXT, "The e-mail address.", required=True),
        },
    ),
)
"""In short "Anna Example <anna@example.int>"."""

_HOW = {
    "language": Key(
        LANGUAGE_TAG, "Of the message; that of the audience's messages when absent, else the pack's."
    ),
    "as": Key(_LINE, "to, cc or bcc; to when absent, and bcc where the audience's messages go so."),
    "formats": Key(_FORMATS, "pdf, docx or both; all that the audience has when absent."),
    "clearance": Key(CLEARANCE, "How much these readers may see; at least what the audience may."),
}

PERSON = Group(
    "addressee",
    {
        "name": Key(TEXT, "As mail programs show it."),
        "address": Key(TEXT, "The e-mail address.", required=True),
        "audience": Key(TEXT, "Whose pack it is; that of the group when absent."),
        **_HOW,
        "greeting": Key(TEXT, "The line that a message to this reader alone begins with: “Excellency,”."),
        "copy": Key(Integer(1, 99_999), "The number of the reader's copy."),
        "password": Key(_VARIABLE, "The environment variable with the password of this reader's files."),
        "also": Key(Boolean(), "true: this reader is meant to get the packs of other audiences too."),
        SILENCE_KEY: Key(SilenceShape(), "Warnings that are known and meant here: {rule: reason}."),
    },
    about="One reader of a pack.",
)

ADDRESSEES = Group(
    "addressees",
    {
        "audience": Key(TEXT, "Whose pack they get."),
        **_HOW,
        "people": Key(
            ListOf(ByForm("a person", scalar=TEXT, group=PERSON), "people"),
            'The readers: "Anna Example <anna@example.int>", or name, address and what else there is to say.',
        ),
        "import": Key(NAMES, "Files with more of them: CSV files and vCards."),
        SILENCE_KEY: Key(SilenceShape(), "Warnings that are known and meant here: {rule: reason}."),
    },
    about="Some of the readers, with what holds for all of them.",
)

MAILING = Group(
    "mailing",
    {
        "subject": Key(
            _words(TemplateShape(tuple(name for name in FIELDS if name not in LINES), words=False)),
            "The subject, with {fields}; by language where there are several.",
        ),
        "body": Key(
            _words(TemplateShape(FIELDS, words=False, lines=True)),
            "The message, with {fields}; by language where there are several.",
        ),
        "language": Key(LANGUAGE_TAG, "Of these messages; the pack's when absent."),
        "only": Key(
            NAMES, "The domains that the pack may go to: [@example.int]; @*.example.int is any below it."
        ),
        "bcc": Key(Boolean(), "true: readers do not see each other; so for an audience named press."),
        "copies": Key(
            _PLACES,
            "Each reader's files are a numbered copy of his own, which says so on the cover, in the footer or as a watermark; true: on the cover and in the footer.",
        ),
        "password": Key(
            Choice.of(Secret),
            "Each reader's files are locked. letter: a password is drawn and told in a letter of its own; environment: it is in a variable.",
        ),
        "beside": Key(Boolean(), "false: files that were built beside the pack do not go along."),
        "sender": Key(MAILBOX, "Who sends these messages; the distribution's sender when absent."),
        "reply_to": Key(
            MAILBOX,
            "Where answers to them go; when absent, to their own sender, else where the distribution says.",
        ),
    },
    about="The messages to one audience.",
)

DISTRIBUTION = Group(
    "distribution",
    {
        "sender": Key(MAILBOX, "Who sends the messages.", required=True),
        "reply_to": Key(MAILBOX, "Where answers go; to the sender when absent."),
        "size": Key(SizeShape(), "How large a message may be, encoded: 10 MB when absent."),
        "too_large": Key(
            _FITS,
            "What is done with a message that is too large, in this order until it fits: pdf-only, compress, split. Nothing when absent: you are warned.",
        ),
        "resolution": Key(
            Integer(50, 1_200),
            "Pixels an inch that pictures keep where they are compressed; 150 when absent.",
        ),
        "server": Key(SERVER, "The mail server, for `briefpack mail send`."),
        "style": Key(TEXT, "The style of the proof sheet; that of the first audience when absent."),
        "audiences": Key(
            MapOf(MAILING, "audiences", NAME, NAME_RULE), "What holds for the messages to an audience."
        ),
        "groups": Key(
            MapOf(ADDRESSEES, "groups of readers", IDENTIFIER, IDENTIFIER_RULE, least=1),
            "The readers, in groups.",
            required=True,
        ),
    },
    about="Who gets which pack by e-mail, and in what words.",
)
