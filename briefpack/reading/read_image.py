"""Nodes of pictures → image blocks, the file read and made safe."""

from __future__ import annotations

from briefpack.blocks import ImageBlock
from briefpack.reading.author_words import plain_words
from briefpack.reading.context import Context, day_of, spans_of, words_of
from briefpack.reading.node import Node
from briefpack.reading.pictures import read_picture
from briefpack.reading.scalars import to_share
from briefpack.reading.wording import alt_fault


def read_image(node: Node, context: Context, key: str = "image") -> ImageBlock | None:
    """The picture whose file is under a key, without its id and limits; None where it cannot be read, which is reported."""
    file, alt, width = node.scalar(key), node.scalar("alt"), node.scalar("width")
    caption = spans_of(node, "caption", context)
    path = None if file is None else context.roots.file(file, context.report, "picture")
    if file is None or path is None:
        return None
    context.inputs[path] = None
    if alt is not None:
        fault = alt_fault(words_of(alt), file.text, plain_words(caption or ()))
        if fault is not None:
            context.report.warning(alt.where, *fault, rule="alt-text")
    data = read_picture(file, path, context)
    if data is None:
        return None
    return ImageBlock(
        path,
        data,
        words_of(alt),
        None if width is None else to_share(width),
        caption,
        spans_of(node, "source", context),
        node.where,
        credit=spans_of(node, "credit", context),
        as_of=day_of(node, "as_of"),
    )
