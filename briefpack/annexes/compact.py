"""A finished PDF → the same PDF as small as it gets without loss, always the same bytes for the same input."""

from __future__ import annotations

import io

from pikepdf import ObjectStreamMode, Pdf


def compact(pdf: bytes) -> bytes:
    """Objects in object streams, nothing that nothing refers to, plain streams compressed, compressed ones as they are."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        document.save(
            out,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            # The file's ID is made of its content, not of the clock.
            deterministic_id=True,
        )
    return out.getvalue()
