"""What an author may write of annexes: of one, of its files, and of all of them."""

from __future__ import annotations

from briefpack.annex import Keep
from briefpack.document import Paper, Scale
from briefpack.reading.scalars import Boolean, Choice, TextShape
from briefpack.reading.schema_blocks import IDENTIFIER, IDENTIFIER_RULE, LIMITS, MARKING, PATH, TEXT
from briefpack.reading.shape import ByForm, Group, Key, ListOf

_KEEP = Choice.of(Keep)

_OF_ALL = {
    "keep": Key(
        ByForm("a list of things to keep", scalar=_KEEP, sequence=ListOf(_KEEP, "things to keep")),
        "What stays that is not the look of the pages: links, comments, attachments, image-metadata; [links] when absent.",
    ),
    "flatten": Key(
        Choice(("image", "none")),
        "image: pages become pictures, so that nothing hides in them, and nothing can be read aloud.",
    ),
    "n_up": Key(Choice(("1", "2")), "2: two pages on a sheet, for handouts of slides."),
    "ocr": Key(
        TextShape(
            pattern=r"[A-Za-z_]{3,}( ?\+ ?[A-Za-z_]{3,})*",
            rule="languages as Tesseract names them, such as eng or eng+fra",
        ),
        "Recognise the text of scanned pages, in these languages (eng, eng+fra); needs ocrmypdf.",
    ),
    "scale": Key(
        Choice.of(Scale),
        "fit: made smaller so that stamps stand beside the page; original: in its own size. The style says it when absent.",
    ),
    "paper": Key(
        Choice.of(Paper),
        "What becomes of pages larger than the pack's paper: own: they stay so; pack: they are reduced. The style says it when absent.",
    ),
}

_OF_FILE = {
    "password_env": Key(
        TextShape(
            pattern=r"[A-Za-z_][A-Za-z0-9_]*",
            rule="the name of an environment variable, such as ANNEX_PASSWORD",
        ),
        "The environment variable that holds the file's password.",
    ),
    "sha256": Key(
        TextShape(pattern=r"[0-9a-fA-F]{64}", rule="64 hexadecimal digits, as sha256sum prints them"),
        "The SHA-256 digest that the file must have.",
    ),
    "damaged": Key(
        Choice(("accept", "refuse")),
        "accept: take what is left of a damaged file, and say so on its divider.",
    ),
    "pages": Key(
        ByForm("pages", scalar=TEXT, sequence=ListOf(TEXT, "pages", least=1)),
        "Which pages, in which order, as in 1-3, 7, 10-; all when absent.",
    ),
    "rotate": Key(Choice(("0", "90", "180", "270")), "Turns its pages clockwise, by so many degrees."),
}

INTAKE = Group("intake", _OF_ALL, "What holds for every annex that says nothing else.")

_FILE = Group(
    "annex file",
    {
        "file": Key(PATH, "The file, below the pack's folder.", required=True),
        **_OF_FILE,
        **{key: _OF_ALL[key] for key in ("keep", "flatten", "n_up", "ocr")},
    },
)

ANNEX = Group(
    "annex",
    {
        "file": Key(PATH, "The annex's file, below the pack's folder."),
        "files": Key(
            ListOf(ByForm("a file", scalar=PATH, group=_FILE), "files", least=1),
            "Several files as one annex, in order, instead of `file`.",
        ),
        "title": Key(TEXT, "The annex's title.", required=True),
        "id": Key(
            TextShape(pattern=IDENTIFIER, rule=IDENTIFIER_RULE),
            "The name that cross-references use; the file's name when absent.",
        ),
        "source": Key(TEXT, "Where the annex comes from; printed on its divider."),
        **LIMITS,
        "marking": Key(MARKING, "The annex's own marking; printed on its divider and pages."),
        **_OF_FILE,
        **_OF_ALL,
        "beside": Key(Boolean(), "true: the author's file is also put beside the pack."),
        "embed": Key(
            Boolean(),
            "true: the author's file is also embedded in the PDF, which then is PDF/A-3 instead of PDF/A-2.",
        ),
        "overlap": Key(
            Choice(("accept", "refuse")),
            "accept: the annex may say in its own words what is withheld from its readers elsewhere, such as the text of a treaty.",
        ),
    },
)
