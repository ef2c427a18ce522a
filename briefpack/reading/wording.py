"""Words that a screen reader, or paper, makes nothing of: link texts, texts for pictures, and words in capitals; pure."""

from __future__ import annotations

import re
from pathlib import PurePath

LONGEST_ALT = 300
"""Characters. A screen reader reads the text for a picture in one go, without a way to stop and go back."""

_EMPTY_LINKS = frozenset(
    {
        *("here", "click here", "click", "see here", "this", "this link", "this page", "link", "follow this link"),
        *("more", "read more", "see more", "learn more", "more information"),
        *("ici", "cliquez ici", "cliquer ici", "voir ici", "ce lien", "cette page", "lien", "suivez ce lien"),
        *("plus", "en savoir plus", "lire la suite", "plus d'informations", "par ici"),
        *("hier", "hier klicken", "klicken sie hier", "mehr", "weiterlesen", "klik hier", "meer", "lees meer"),
        *("aquí", "haga clic aquí", "más", "leer más", "qui", "clicca qui", "aqui", "clique aqui", "saiba mais"),
    }
)  # fmt: skip
"""Link texts that say nothing of where they lead (WCAG 2.2, criterion 2.4.4, failure F84)."""

_EMPTY_ALTS = frozenset(
    {
        *("image", "picture", "photo", "photograph", "figure", "graphic", "chart", "graph", "diagram", "map", "logo"),
        *("icon", "illustration", "drawing", "screenshot", "carte", "graphique", "schéma", "dessin", "photographie"),
        *("bild", "foto", "karte", "grafik", "imagen", "mapa", "gráfico", "immagine", "mappa", "imagem"),
    }
)  # fmt: skip
"""Texts for pictures that name the kind of picture and nothing in it (WCAG 2.2, criterion 1.1.1, failure F30)."""

_WEB = re.compile(r"(?:https?://)?([^/?#\s]+)([/?#]\S*)?\Z", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|tiff?|bmp|webp|emf)\Z", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W\d_]+")

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ſΆΈ-ΏΑ-ΫЀ-Я]"
_WORD = f"{_CAPITAL}(?:{_CAPITAL}|['’-])*"
_CAPITALS = re.compile(rf"\b{_WORD}(?: +{_WORD}){{3,}}(?!\w)")
"""Four words or more without a small letter; a comma or a slash ends them, since acronyms are often listed."""
_LONG_WORD = 7
"""Letters that few acronyms have."""
_COMMON = frozenset(
    {
        *("THE", "OF", "AND", "TO", "IN", "FOR", "ON", "BY", "NOT", "BE", "IS", "ARE", "ALL", "THIS", "WITH", "FROM"),
        *("LE", "LA", "LES", "DES", "DU", "DE", "ET", "POUR", "PAR", "NE", "PAS", "AU", "AUX"),
    }
)  # fmt: skip
"""Words that stand in sentences and hardly ever are acronyms."""


def says_nothing(link_text: str) -> bool:
    """Whether the words of a link do not say where it leads."""
    words = _bare(link_text)
    return words in _EMPTY_LINKS or not _NO_LETTERS.sub("", words)


def is_address(link_text: str, url: str) -> bool:
    """Whether the words of a link are its web address, with a path that nobody wants to hear read out.

    A host alone ("www.example.org") and a mail address can be said and copied, and are no trouble.
    """
    said, meant = _WEB.match(link_text.strip()), _WEB.match(url)
    if said is None or meant is None or url.lower().startswith("mailto:"):
        return False
    return len((said[2] or "").strip("/")) > 0 and said[1].lower() == meant[1].lower()


def alt_fault(alt: str, file: str, caption: str) -> tuple[str, str] | None:
    """What is wrong with the text for a picture, and the remedy; None when nothing can be seen to be.

    alt: "" marks decoration. file: the picture's path as the author wrote it. caption: "" for none.
    """
    words = _bare(alt)
    if not words:
        if caption:
            return (
                "the empty `alt` calls this picture decoration, but it has a caption",
                "say in `alt` what the picture shows: whoever hears the caption wants to know",
            )
        return None
    path = PurePath(file.replace("\\", "/"))
    names = {path.name.casefold(), path.stem.casefold(), re.sub(r"[-_]+", " ", path.stem).casefold()}
    if words in names or words == file.casefold() or _PICTURE_FILE.match(alt.strip()):
        return f"the `alt` text “{alt[:60]}” is only the name of the file", "say what the picture shows"
    if words in _EMPTY_ALTS:
        return (
            f"the `alt` text “{alt[:60]}” does not say what the picture shows",
            "say what is to be seen in it",
        )
    if caption and words == _bare(caption):
        return (
            "the `alt` text repeats the caption, which is read out anyway",
            "say what the picture shows: the caption says what it is about",
        )
    if len(alt) > LONGEST_ALT:
        return (
            f"the `alt` text has {len(alt)} characters, and is read out in one go",
            f"say what matters in at most {LONGEST_ALT}, and the rest in the text beside the picture",
        )
    return None


def shouted(text: str) -> str | None:
    """The first words of a text that are written in capitals, four or more in a row; None where there are none.

    Acronyms in a row are let pass: there must be a long word or a common one among them.
    """
    for found in _CAPITALS.finditer(text):
        words = found[0].split()
        if any(len(word) >= _LONG_WORD or word in _COMMON for word in words):
            return found[0]
    return None


def _bare(words: str) -> str:
    """Words as they are compared: small letters, single spaces, one kind of apostrophe, nothing around them."""
    return " ".join(words.replace("’", "'").casefold().split()).strip(" .…:;,!»>→[]()")
