"""Picture files → pixels that are safe to embed, or drawings; what cannot be shown is reported where the file is named."""

from __future__ import annotations

from pathlib import Path

from briefpack.document import ImageData
from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.reading.checks import Report
from briefpack.reading.context import Context
from briefpack.reading.node import Node


def read_picture(node: Node, path: Path, context: Context) -> ImageData | Drawing | None:
    """The picture in a file that a node names; None where it cannot be shown, which is reported."""
    return load_picture(path, node.where, node.text, context.report)


def load_picture(path: Path, named: Where, name: str, report: Report) -> ImageData | Drawing | None:
    """The same for a file that is named elsewhere. named: where. name: as it is written there."""
    if path.suffix.lower() == ".svg":
        from briefpack.figures.svg import SvgError, read_svg  # noqa: PLC0415  few packs have SVG files

        try:
            return read_svg(path)
        except SvgError as error:
            for fault in error.faults:
                where = Where(path, fault.line, fault.column) if fault.line else named
                report.error(where, fault.fact if fault.line else f"{name}: {fault.fact}", fault.remedy)
            return None
    from briefpack.images import ImageError, load_image  # noqa: PLC0415  many packs have no pictures

    try:
        return load_image(path)
    except ImageError as error:
        report.error(named, f"{name}: {error.fact}", error.remedy)
        return None
