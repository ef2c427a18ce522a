"""Every file that an outbox is made of, by what it is called in records, with its checksum: those of the packs that go out, and those of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from briefpack.distribution import Distribution
from briefpack.errors import ExitCode, failure
from briefpack.manifest import describe_inputs
from briefpack.pack import Audience, Pack
from briefpack.pipeline.project import project_of
from briefpack.pipeline.record import inputs_of
from briefpack.select import select
from briefpack.style import Style


def outbox_inputs(
    pack: Pack, distribution: Distribution, audiences: Iterable[Audience], styles: Mapping[str, Style]
) -> dict[str, str]:
    """Name as in manifest.Input → SHA-256 as hex digits; where several files from elsewhere are called alike, all of theirs, sorted.

    audiences: those whose packs go out; what only others get is nobody's business here. Raises BriefpackError where a file has gone meanwhile.
    """
    paths: dict[Path, None] = dict.fromkeys(
        (distribution.where.path, *(reader.where.path for reader in distribution.recipients))
    )
    for audience in audiences:
        style = styles[audience.style]
        paths |= dict.fromkeys(inputs_of(select(pack, audience, style.craft.parts).pack, style))
    try:
        described = describe_inputs(tuple(paths), project_of(pack.path), {})
    except OSError as error:
        raise failure(
            f"{error.filename} has changed while the messages were being written",
            code=ExitCode.SOURCE,
            hint="draft again",
        ) from error
    found: dict[str, str] = {}
    for each in described:
        found[each.path] = f"{found[each.path]} {each.sha256}" if each.path in found else each.sha256
    return found


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the files that are not as they were, that are gone, or that are new."""
    return tuple(sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)))
