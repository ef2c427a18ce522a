"""Where clean copies of annexes are kept from one build to the next, and which of them are forgotten."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from briefpack import __version__
from briefpack.annex import AnnexFacts

CACHE_NAME = ".cache"


def cache_of(output: Path) -> Path:
    """Where clean annexes are kept. output: folder of a pack's output."""
    # What other versions made of an annex need not be what this one makes of it.
    return output / CACHE_NAME / f"{__version__}-{metadata.version('pikepdf')}"


def prune(cache: Path, facts: Iterable[AnnexFacts]) -> None:
    """Forget the copies of annexes that no audience gets any more, clean ones and those that other programs made. facts: of those that some get."""
    parts = [part for annex in facts for part in annex.parts]
    wanted = {part.clean.stem for part in parts}
    if not cache.parent.is_dir():
        return
    for version in cache.parent.iterdir():
        if version != cache or not wanted:
            shutil.rmtree(version, ignore_errors=True)
    for path in cache.iterdir() if wanted else ():
        # What was kept out of a clean file stands beside it under its name.
        if path.name.partition(".")[0] not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()
    if wanted:
        from briefpack.annexes.converting.kept import forget

        forget(cache, {part.sha256 for part in parts})
