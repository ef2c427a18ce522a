"""How a pack's sending stands: the ledger, and what lies in the outbox and was never asked for; reads, and holds nobody up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.distribute.delivery import Change, Entry, State
from briefpack.distribute.ledger import LEDGER_NAME
from briefpack.distribute.ledger_look import look
from briefpack.distribute.outbox_record import RECORD_NAME, read_record
from briefpack.distribution import OUTBOX
from briefpack.errors import Diagnostic
from briefpack.pipeline.prepare import Order, output_folder
from briefpack.pipeline.project import sent_folder
from briefpack.pipeline.sent_marks import doubt, doubtful


@dataclass(frozen=True, slots=True)
class Unasked:
    """A reader of a draft whom nobody was asked to send it to."""

    audience: str
    draft: str
    address: str


@dataclass(frozen=True, slots=True)
class Standing:
    """pack: its name. ledger: where it is; it need not be there. holder: the process that is sending, 0 where that is unknown, None for nobody.

    entries: in the order in which they were first to be sent; a sending that was cut off is uncertain. drafted: addresses of the readers of what lies in the outbox, by
    its key, of all audiences. waiting: those of them who do not have all of it.
    doubt: a warning that something was sent of which the ledger does not know, None where nothing tells of that.
    """

    pack: str
    ledger: Path
    holder: int | None
    entries: tuple[Entry, ...]
    journal: tuple[Change, ...]
    unasked: tuple[Unasked, ...]
    drafted: Mapping[str, str]
    waiting: frozenset[str]
    doubt: Diagnostic | None

    def is_drafted(self, entry: Entry) -> bool:
        """Whether its draft still lies in the outbox, so that it can be sent."""
        return entry.key in self.drafted

    def is_earlier(self, entry: Entry) -> bool:
        """Whether it was sent, and the outbox has something else now. Where there is no outbox, nothing is said to be earlier."""
        return bool(self.drafted) and entry.state is State.SENT and not self.is_drafted(entry)

    @property
    def readers(self) -> frozenset[str]:
        """Addresses of the readers of what lies in the outbox."""
        return frozenset(self.drafted.values())


def standing(folder: Path, order: Order) -> Standing:
    """order: audiences and output. The pack itself is not read, and need not be right.

    Raises BriefpackError (OUTPUT) where the ledger is damaged or of a newer briefpack.
    """
    path = sent_folder(folder) / LEDGER_NAME
    output = output_folder(folder, order)
    known = look(path)
    found = doubt(output, path, known)
    entries = () if known is None else known.entries
    try:
        record = read_record((output / OUTBOX / RECORD_NAME).read_bytes())
    except OSError:
        record = None
    drafted = (
        {}
        if record is None
        else {
            reader.key: Unasked(message.audience, message.name, reader.address)
            for message in record.messages
            for reader in message.readers
        }
    )
    asked = {each.key for each in entries}
    sent = {each.key for each in entries if each.state is State.SENT}

    def wanted(audience: str) -> bool:
        return not order.audiences or audience in order.audiences

    return Standing(
        folder.name,
        path,
        None if known is None else known.holder,
        tuple(each for each in entries if wanted(each.delivery.audience)),
        () if known is None else known.journal,
        tuple(each for key, each in drafted.items() if key not in asked and wanted(each.audience)),
        {key: each.address for key, each in drafted.items()},
        frozenset(each.address for key, each in drafted.items() if key not in sent),
        None if found is None else doubtful(found),
    )
