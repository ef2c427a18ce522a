"""Numbers of copies that go to other readers than before: told when they are drafted, since a found copy is traced by its number; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefpack.distribute.copy_register import HEADS, Row
from briefpack.distribute.read_copies import Register
from briefpack.errors import Findings, Where, some_of

_NUMBER, _ADDRESS = HEADS.index("copy"), HEADS.index("address")


@dataclass(frozen=True, slots=True)
class Moved:
    """A number, the address of whoever has it now, and of whoever had it last."""

    number: int
    now: str
    before: str


def moved(rows: Iterable[Row], register: Register | None, last: Register | None) -> tuple[Moved, ...]:
    """Each number once, in the order of the rows, which are those of a draft. register: of all earlier drafts. last: of the draft before this one, whose author
    knows it already. None where there is none, or none that can be read: the first draft moves nothing."""
    held = {} if register is None else _holders(register)
    known = {} if last is None else _holders(last)
    found: dict[int, Moved] = {}
    for row in rows:
        if not row[_NUMBER]:
            continue
        number, address = int(row[_NUMBER]), row[_ADDRESS]
        before = held.get(number)
        if before is None or address.casefold() in {before.casefold(), known.get(number, "").casefold()}:
            continue
        found.setdefault(number, Moved(number, address, before))
    return tuple(found.values())


def tell_moved(found: Sequence[Moved], where: Where | None, findings: Findings) -> None:
    """One warning for all. where: of the list."""
    if not found:
        return
    named = some_of([f"{each.number} ({each.now}, before: {each.before})" for each in found])
    number = "a number of a copy goes" if len(found) == 1 else f"{len(found)} numbers of copies go"
    findings.warning(
        where,
        f"{number} to another reader than in an earlier draft: {named}",
        f"where copies have been sent, write down the numbers that their readers have, as in `copy: {found[0].number}`: a number in the list stays its reader's",
        rule="moved-copy",
    )


def _holders(register: Register) -> dict[int, str]:
    """The address that has each number; of several the last, as the register is only added to."""
    return {each.number: each.address for each in register.copies if each.number is not None}
