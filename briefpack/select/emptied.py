"""What says nothing any more when what stands in it or under it has gone: runs of blocks, headings, headings of groups of rows; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefpack.blocks import AuthorBlock, AuthorRow, ColumnBreakBlock, HeadingBlock, PageBreakBlock
from briefpack.document import RowKind


def has_content(blocks: Iterable[AuthorBlock]) -> bool:
    """Whether there is more than headings and breaks."""
    return any(not isinstance(block, HeadingBlock | PageBreakBlock | ColumnBreakBlock) for block in blocks)


def has_data(rows: Iterable[AuthorRow]) -> bool:
    """Whether there is more than headings of groups and totals."""
    return any(row.kind is RowKind.BODY for row in rows)


def lost(before: Sequence[AuthorBlock], after: Sequence[AuthorBlock]) -> bool:
    """Whether a run of blocks had something to say and has nothing left."""
    return has_content(before) > has_content(after) or bool(before) > bool(after)


def bare_headings(blocks: Sequence[AuthorBlock], kept: Sequence[AuthorBlock | None]) -> list[int]:
    """The positions of headings that had something under them, up to the next heading as high, of which nothing is left.

    kept: for each of the blocks what stays of it, or None.
    """
    bare: list[int] = []
    for position, block in enumerate(blocks):
        if not isinstance(block, HeadingBlock) or kept[position] is None:
            continue
        end = next(
            (
                later
                for later in range(position + 1, len(blocks))
                if isinstance(other := blocks[later], HeadingBlock) and other.level <= block.level
            ),
            len(blocks),
        )
        if has_content(blocks[position + 1 : end]) and not has_content(
            filter(None, kept[position + 1 : end])
        ):
            bare.append(position)
    return bare


def bare_groups(rows: Sequence[AuthorRow], kept: Sequence[AuthorRow | None]) -> frozenset[int]:
    """The positions of headings of groups that had rows of data under them, of which nothing is left.

    kept: for each of the rows what stays of it, or None. A total that is left behind the last group may be that of the whole table.
    """
    heads = [number for number, row in enumerate(rows) if row.kind is RowKind.GROUP]
    return frozenset(
        head
        for head, end in zip(heads, [*heads[1:], len(rows)], strict=False)
        if has_data(rows[head:end]) and not has_data(filter(None, kept[head:end]))
    )
