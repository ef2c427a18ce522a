"""Ways to leak without a word in the file itself: by its name, and by what is put beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.packs.leaks import File, Plant, Secret, Way, in_parts, squeezed
from tests.packs.leaks_in_bytes import jpeg, png_with, text_of_png
from tests.packs.leaks_in_pdf import small_docx, zipped


def _slug(text: str) -> str:
    return "-".join(re.findall(r"\w+", text.casefold()))


def _named(file: File, secret: Secret) -> File:
    return File(f"{_slug(secret.sentence)}.{file.kind}", file.content)


def _named_after_file(file: File, secret: Secret) -> File:
    stem = secret.path.rpartition("/")[2].rpartition(".")[0]
    return File(f"marked-{stem}.{file.kind}", file.content)


def _in_name(file: File, secret: Secret) -> bool:
    return squeezed(secret.sentence) in squeezed(file.name)


def _beside(name: str, make: Callable[[Secret], bytes]) -> Plant:
    """A file of another kind, made from nothing."""

    def plant(_file: File, secret: Secret) -> File:
        return File(name, make(secret))

    return plant


WAYS = (
    Way("the name of the PDF", "pdf", _named, _in_name),
    Way("the name of the Word file", "docx", _named, _in_name),
    Way(
        "the name of a withheld file in the name of the PDF",
        "pdf",
        _named_after_file,
        lambda file, secret: secret.path.rpartition("/")[2].rpartition(".")[0] in file.name,
        "path",
    ),
    Way(
        "a text beside the pack",
        "pdf",
        _beside("notes.txt", lambda s: s.sentence.encode()),
        lambda f, s: s.sentence.encode() in f.content,
    ),
    Way(
        "a workbook beside the pack",
        "pdf",
        _beside(
            "a.xlsx",
            lambda s: zipped({"xl/sharedStrings.xml": f"<sst><si><t>{s.sentence}</t></si></sst>".encode()}),
        ),
        in_parts,
    ),
    Way(
        "a Word file beside the pack",
        "pdf",
        _beside("a.docx", lambda s: small_docx(s.sentence)),
        in_parts,
    ),
    Way(
        "a picture beside the pack",
        "pdf",
        _beside("a.png", lambda s: s.picture),
        lambda f, s: f.content == s.picture,
        "picture",
    ),
    Way(
        "words in a picture beside the pack",
        "pdf",
        _beside("a.jpg", lambda s: jpeg(exif=s.sentence)),
        lambda f, s: s.sentence.encode() in f.content,
    ),
    Way(
        "compressed words in a picture beside the pack",
        "pdf",
        _beside("a.png", lambda s: png_with(s.sentence, compressed=True)),
        lambda f, s: text_of_png(f.content) == s.sentence,
    ),
)
