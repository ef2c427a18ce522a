"""A pack that is complete → the file that is handed out: its claims in it, as small as it gets, always the same bytes for the same input."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

from briefpack.annexes.attachments import Attachment, embed
from briefpack.annexes.claims import Claims
from briefpack.annexes.labels import Schema, XmpLabel, in_xmp, schemas_rdf
from briefpack.label import Label

_PROFILE = Path(__file__).parents[1] / "data" / "srgb.icc"
"""The profile sRGB as Little CMS makes it (ImageCms.createProfile("sRGB") of Pillow 13; "No copyright, use freely"), with its date
of creation set to 1 January 2000. It is kept, not made, so that its bytes never change."""
_CONDITION = "sRGB IEC61966-2.1"
_END = b"</rdf:RDF>"

_ACCESSIBLE = """ <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
 </rdf:Description>
"""
_ARCHIVE = """ <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
  <pdfaid:part>{part}</pdfaid:part>
  <pdfaid:conformance>{level}</pdfaid:conformance>
 </rdf:Description>
"""
_ACCESSIBLE_SCHEMA = Schema(
    "PDF/UA identification",
    "http://www.aiim.org/pdfua/ns/id/",
    "pdfuaid",
    (("part", "Integer", "Part of ISO 14289 that the file conforms to"),),
)


class UnfinishedError(Exception):
    """A pack without what every pack must have: a fault of briefpack, never of an author."""


def finish(
    pack: bytes, claims: Claims, attachments: Sequence[Attachment] = (), label: Label | None = None
) -> bytes:
    """The finished file: claims, label, output intent and attachments in it, objects in object streams, nothing that nothing refers to, plain
    streams compressed and compressed ones as they are.

    pack: must have XMP metadata. Raises UnfinishedError when it has none, and BriefpackError when an attachment has changed meanwhile.
    """
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pack)) as document:
        _claim(document, claims, in_xmp(label))
        embed(document, attachments)
        document.save(
            out,
            # PDF/UA-1 and PDF/A-2 are written for PDF 1.7 and below.
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            # The file's ID is made of its content, not of the clock.
            deterministic_id=True,
        )
    return out.getvalue()


def _claim(document: Pdf, claims: Claims, label: XmpLabel) -> None:
    metadata = document.Root.get("/Metadata")
    packet = metadata.read_bytes() if isinstance(metadata, Stream) else b""
    if not isinstance(metadata, Stream) or packet.count(_END) != 1:
        raise UnfinishedError("the body has no XMP metadata")
    said = _ACCESSIBLE if claims.accessible else ""
    if claims.archive:
        said += _ARCHIVE.format(part=claims.part, level=claims.archive)
        said += schemas_rdf((*([_ACCESSIBLE_SCHEMA] if claims.accessible else []), *label.schemas))
        document.Root.OutputIntents = Array([_intent(document)])
    said += label.description
    for name, value in label.info:
        document.docinfo[f"/{name}"] = String(value)
    fresh = document.make_stream(packet.replace(_END, said.encode() + _END))
    fresh.Type, fresh.Subtype = Name.Metadata, Name.XML
    document.Root.Metadata = fresh


def _intent(document: Pdf) -> pikepdf.Object:
    """What the colours of the pack mean (ISO 19005-2, 6.2.3): sRGB, as the style says them."""
    profile = document.make_stream(_PROFILE.read_bytes(), N=3)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_CONDITION),
        Info=String(_CONDITION),
        DestOutputProfile=profile,
    )
