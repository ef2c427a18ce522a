"""What stays on one page: every paragraph and row stays with the next one; Word gives up where a page has no room for all."""

from __future__ import annotations

from briefpack.word.flow import Flow, Paragraph, Rows


def keep_together(flow: Flow) -> None:
    """All of a flow; its last part does not stay with what follows."""
    for position, item in enumerate(flow.items):
        last = position == len(flow.items) - 1
        match item:
            case Paragraph():
                item.keep_lines = True
                item.keep_next = item.keep_next or not last
            case Rows():
                item.keep(last=not last)
            case _:
                # Nothing inside turns the page.
                pass
