"""Takes the tags out of a PDF, to see what they weigh."""

from __future__ import annotations

import io
from typing import Any

import pikepdf


def untagged(content: bytes) -> bytes:
    """The same pages without structure tree, marks, alternative texts and archival parts, saved as packs are."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name in ("/StructTreeRoot", "/MarkInfo", "/OutputIntents"):
            if name in pdf.Root:
                del pdf.Root[name]
        for page in pdf.pages:
            for name in ("/StructParents", "/Tabs"):
                if name in page.obj:
                    del page.obj[name]
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    del annotation["/StructParent"]
            page.obj.Contents = pdf.make_stream(_without_marks(page))
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Form:
                if "/StructParents" in item:
                    del item["/StructParents"]
                if b" BDC" in item.read_bytes() or b" BMC" in item.read_bytes():
                    item.write(_without_marks(item))
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            compress_streams=True,
            recompress_flate=True,
        )
    return out.getvalue()


def _without_marks(content: Any) -> bytes:
    return pikepdf.unparse_content_stream(
        [
            instruction
            for instruction in pikepdf.parse_content_stream(content)
            if str(instruction.operator) not in {"BDC", "BMC", "EMC"}
        ]
    )
