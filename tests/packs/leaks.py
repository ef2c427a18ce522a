"""What it is to plant a leak: a finished, clean file and a secret in, the file with the secret in it out, and a proof that it is there.

The ways themselves are in the modules beside this one, `leaks_*.py`. Each works with means of its own, on finished files, and its proof is found by other
programs, or in the decoded bytes, so that no way passes by planting nothing.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import need_tool


@dataclass(frozen=True, slots=True)
class File:
    """name: bare."""

    name: str
    content: bytes

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Secret:
    """What must not be in a file. sentence: withheld, in Latin letters without accents. abroad: withheld sentences by language, "fr", "uk", "ar".

    picture: a withheld PNG file. address: of a recipient who is withheld. other: the title of another audience. path: below the pack's folder, of a file that is
    withheld. marking: above the ceiling, portion: its abbreviation. user, host, home: of the machine.
    """

    sentence: str
    abroad: dict[str, str]
    picture: bytes
    address: str
    other: str
    path: str
    marking: str
    portion: str
    user: str
    host: str
    home: str

    def text(self, tells: str) -> str:
        """One of the secrets that are words. tells: as in Way."""
        name, _, language = tells.partition(":")
        return self.abroad[language] if language else str(getattr(self, name))


Plant = Callable[[File, Secret], File]
Proof = Callable[[File, Secret], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """name: in some words. kind: of the file that it needs, "pdf" or "docx". tells: which of the secrets it tells, by the name of the field; "abroad:fr" is one in another language."""

    name: str
    kind: str
    plant: Plant
    proof: Proof
    tells: str = "sentence"


@dataclass(slots=True)
class Ways:
    """A collection of ways, filled by decorating functions."""

    kind: str
    ways: list[Way] = field(default_factory=list)

    def __call__(self, name: str, proof: Proof, tells: str = "sentence") -> Callable[[Plant], Plant]:
        def note(plant: Plant) -> Plant:
            self.ways.append(Way(name, self.kind, plant, proof, tells))
            return plant

        return note


# --------------------------------------------------------------------------- proofs


def squeezed(text: str) -> str:
    """Letters and digits alone, whatever their case and form."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def on_pages(file: File, secret: Secret) -> bool:
    """Whether poppler reads the sentence on the pages, in one of the orders that it knows."""
    wanted = squeezed(secret.sentence)
    return any(wanted in squeezed(text) for text in pages_of(file.content))


def words_on_pages(file: File, secret: Secret) -> bool:
    """Whether poppler reads every word of the sentence, in whatever order."""
    found = {squeezed(word) for text in pages_of(file.content) for word in re.split(r"[^\w'-]+", text)}
    return {squeezed(word) for word in secret.sentence.split()} <= found


def abroad_on_pages(language: str) -> Proof:
    def proof(file: File, secret: Secret) -> bool:
        # Hyphens at the ends of words and the direction of reading are the business of whoever reads.
        wanted = {squeezed(word) for word in secret.abroad[language].split()} - {""}
        found = {squeezed(word) for text in pages_of(file.content) for word in text.split()}
        found |= {word[::-1] for word in found}
        return wanted <= found

    return proof


def pages_of(content: bytes) -> Iterator[str]:
    """The text of the first pages, on which all is planted, as pdftotext reads it: in the order of reading, and in that of drawing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.pdf"
        path.write_bytes(content)
        for option in ([], ["-raw"]):
            run = subprocess.run(
                [need_tool("pdftotext"), "-enc", "UTF-8", "-l", "6", *option, str(path), "-"],
                capture_output=True,
                check=True,
            )
            yield run.stdout.decode("utf-8")


def in_operators(file: File, secret: Secret) -> bool:
    """Whether the sentence is shown by the operators of one stream, whoever draws that and wherever."""
    wanted = squeezed(secret.sentence)
    shown = re.compile(rb"\(((?:[^()\\]|\\.)*)\) (?:Tj|')")
    return any(
        wanted in squeezed(b"".join(shown.findall(piece)).decode("latin-1")) for piece in pieces(file.content)
    )


def in_bytes(file: File, secret: Secret) -> bool:
    """Whether the decoded bytes of the file have the sentence in one of the codings that programs write."""
    return holds(file.content, secret.sentence)


def bytes_hold(tells: str) -> Proof:
    """The same for another of the secrets."""

    def proof(file: File, secret: Secret) -> bool:
        return holds(file.content, secret.text(tells))

    return proof


def abroad_in_bytes(language: str) -> Proof:
    return bytes_hold(f"abroad:{language}")


def holds(content: bytes, text: str) -> bool:
    """In UTF-8 or UTF-16, as it is, with the escapes of PDF strings, or in hexadecimal digits."""
    forms = [text.encode(coding) for coding in ("utf-8", "utf-16-be", "utf-16-le")]
    digits = [form.hex().encode() for form in forms]
    for piece in pieces(content):
        if any(form in piece for form in forms) or any(form in piece for form in digits):
            return True
        if b"%PDF-" in content and b"\\" in piece and any(form in _unescaped(piece) for form in forms):
            return True
    return False


def _unescaped(piece: bytes) -> bytes:
    names = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8) & 255]) if code[0] in b"01234567" else names.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, piece, flags=re.DOTALL)


def pieces(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """A file's bytes, those of its deflated streams, and of the files in it."""
    yield content
    if depth > 5:
        return
    if b"PK\x03\x04" in content[:200] and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from pieces(archive.read(name), depth + 1)
    for found in re.finditer(rb"stream\r?\n", content):
        with_more = zlib.decompressobj()
        try:
            inflated = with_more.decompress(content[found.end() : found.end() + 5_000_000])
        except zlib.error:
            continue
        yield from pieces(inflated, depth + 1)


def in_parts(file: File, secret: Secret) -> bool:
    """Whether a part of a Word file has the sentence, once its tags are taken off."""
    wanted = squeezed(secret.sentence)
    return any(wanted in squeezed(text) for text in parts_of(file.content))


def parts_hold(tells: str) -> Proof:
    def proof(file: File, secret: Secret) -> bool:
        wanted = squeezed(secret.text(tells))
        return any(wanted in squeezed(text) for text in parts_of(file.content))

    return proof


def parts_of(content: bytes, depth: int = 0) -> Iterator[str]:
    """The parts of a ZIP file as text, with and without their tags."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if part[:4] == b"PK\x03\x04" and depth < 4:
                yield from parts_of(part, depth + 1)
            text = part.decode("utf-8", "replace").replace("&amp;", "&")
            yield text
            yield re.sub(r"<[^>]*>", "", text)


def by_exiftool(file: File, secret: Secret) -> bool:
    """Whether ExifTool tells it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        path.write_bytes(file.content)
        run = subprocess.run([need_tool("exiftool"), "-a", "-u", str(path)], capture_output=True, check=False)
    return squeezed(secret.sentence) in squeezed(run.stdout.decode("utf-8", "replace"))
