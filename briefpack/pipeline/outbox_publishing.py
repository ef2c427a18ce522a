"""The files of an outbox → the disk, whole or not at all: the register of copies first, then the drafts, the record last; what an earlier run left goes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.distribute.copy_register import Row
from briefpack.distribute.outbox_record import RECORD_NAME, read_record, recorded, render
from briefpack.distribute.posted import Posted
from briefpack.files import Staged, discard, publish, stage
from briefpack.pipeline.passwords import LETTERS
from briefpack.pipeline.progress import Progress
from briefpack.pipeline.registering import registered


@dataclass(frozen=True, slots=True)
class Outbox:
    """pack: its name. folder: of the outbox. sent: see project.sent_folder. former: what an earlier run left, see former_files."""

    pack: str
    folder: Path
    sent: Path
    former: Mapping[str, str]


def former_files(folder: Path) -> Mapping[str, str]:
    """Files that an earlier run left in an outbox: path relative to it → checksum, as its record tells."""
    try:
        record = read_record((folder / RECORD_NAME).read_bytes())
    except OSError:
        return {}
    return {} if record is None else record.files


def letters_in(folder: Path) -> tuple[Path, ...]:
    """The letters with passwords that lie in an outbox, as its record tells."""
    return tuple(folder / name for name in former_files(folder) if _is_letter(name))


def publish_outbox(
    outbox: Outbox,
    posted: Sequence[Posted],
    files: Iterable[tuple[str, bytes]],
    *,
    inputs: Mapping[str, str],
    rows: Sequence[Row],
    drafted: Iterable[str],
    progress: Progress,
) -> None:
    """files: path relative to the outbox → content; those in the folder of letters are for their owner only. inputs: as in the record. rows: of the register.

    drafted: names of the audiences of this run. Letters with passwords to others stay, since they have been handed out.
    Raises BriefpackError with the outbox and the register as they were.
    """
    folder = outbox.folder
    kept = {
        name: digest
        for name, digest in outbox.former.items()
        if _is_letter(name) and not _is_for(name, set(drafted)) and (folder / name).is_file()
    }
    staged: list[Staged] = []
    written = 0
    try:
        for name, content in files:
            progress("writing messages", written, len(posted))
            written += name.endswith(".eml")
            staged.append(stage(folder / name, content, private=_is_letter(name)))
        now = {each.target.relative_to(folder).as_posix(): each.sha256 for each in staged}
        record = recorded(outbox.pack, posted, inputs, kept | now)
        staged.append(stage(folder / RECORD_NAME, render(record)))
        with registered(outbox.sent, rows):
            publish(staged, [folder / name for name in outbox.former if name not in now and name not in kept])
    except BaseException:
        discard(staged)
        raise
    with contextlib.suppress(OSError):
        # The folder of letters that are no more.
        (folder / LETTERS).rmdir()


def _is_letter(name: str) -> bool:
    return name.startswith(f"{LETTERS}/")


def _is_for(name: str, audiences: set[str]) -> bool:
    """Whether a letter is to a reader of one of them: its name begins with it, and no audience's name has an underscore or a dot."""
    return Path(name).stem.partition("_")[0] in audiences
