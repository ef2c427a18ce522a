"""What the worker is asked on the way of a file to a PDF: each request has a "step", and each answer the word for what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from briefpack.annexes.cache import plain, treatment_of
from briefpack.annexes.converting.ocr import settle, wordless
from briefpack.annexes.converting.office_fonts import replaced
from briefpack.annexes.converting.office_look import look_into
from briefpack.annexes.converting.office_properties import office_properties
from briefpack.annexes.converting.pictures import picture_pdf
from briefpack.annexes.foreign import Kind, Way
from briefpack.inscription import in_plain_values


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do a step. Raises Refusal, and whatever libraries raise on a wrong file."""
    match request:
        case {"step": "picture", "source": source, "target": target, "kind": kind, "treatment": treatment}:
            remarks, damaged = picture_pdf(Path(source), Path(target), _kind(kind), treatment_of(treatment))
            return {"made": plain(remarks), "damaged": damaged}
        case {"step": "office", "source": source, "kind": kind}:
            looked = plain(look_into(Path(source), _kind(kind)))
            return {"looked": looked, "said": in_plain_values(office_properties(Path(source), _kind(kind)))}
        case {"step": "fonts", "source": source, "pdf": pdf}:
            return {"looked": plain(replaced(Path(source), Path(pdf)))}
        case {"step": "wordless", "source": source}:
            return {"wordless": wordless(Path(source))}
        case {"step": "settle", "source": source, "target": target}:
            settle(Path(source), Path(target))
            return {"settled": True}
    raise ValueError("an unknown step")


def _kind(words: dict[str, str]) -> Kind:
    return Kind(words["name"], words["words"], Way(words["way"]), words["remedy"])
