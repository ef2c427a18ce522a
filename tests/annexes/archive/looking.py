"""Looks at a document as intake does, and gives what is told of it."""

from __future__ import annotations

from pikepdf import Pdf

from briefpack.annex import AnnexFault
from briefpack.annexes.archive import look_at
from briefpack.annexes.archive.faults import Faults
from briefpack.annexes.archive.mend import mend


def told(pdf: Pdf) -> list[AnnexFault]:
    faults = Faults()
    mend(pdf)
    look_at(pdf, faults)
    return list(faults.told())


def messages(pdf: Pdf) -> list[str]:
    return [fault.message for fault in told(pdf)]
