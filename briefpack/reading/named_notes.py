"""Notes that a section writes under `notes:` and its texts lead to by name."""

from __future__ import annotations

from briefpack.limits import EVERYBODY
from briefpack.reading.checks import NamedNote, Report
from briefpack.reading.context import Context
from briefpack.reading.markdown import read_note
from briefpack.reading.node import Kind, Node


def read_named_notes(tree: Node, context: Context) -> dict[str, NamedNote]:
    """The section's named notes, so that its texts can lead to them."""
    report = context.report
    group = tree.group("notes")
    if group is None:
        return {}
    made: dict[str, NamedNote] = {}
    for name, node in group.values.items():
        text = node.scalar("text") if node.kind is Kind.MAP else node
        if text is None or text.kind is not Kind.SCALAR or text.is_null or text.faulty:
            continue
        paragraphs = read_note(text, report)
        if not text.text.strip():
            report.error(text.where, f"the note “{name}” is empty", "write its text, or delete it")
        limits = EVERYBODY if text is node else context.limits(node)
        made[name] = NamedNote(paragraphs, group.keys[name].where, limits=limits)
    return made


def check_notes_used(report: Report) -> None:
    """Report notes that nothing leads to; the names are of no use behind the section."""
    for name, note in report.notes.items():
        if not note.used:
            report.warning(
                note.where,
                f"nothing leads to the note “{name}”, so it is not printed",
                f"write [^{name}] where its mark shall stand, or delete it",
                rule="unused-note",
            )
    report.notes = {}
