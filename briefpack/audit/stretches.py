"""Runs of a portion that were found in a file → what of its words stands there without a gap, and how a message shows it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefpack.audit.needles import Portion, Shingle
from briefpack.audit.search import Found
from briefpack.audit.squeeze import words_of
from briefpack.audit.stream import Stream, snippet
from briefpack.audit.variants import Run


def stretches(found: Sequence[Found]) -> Iterator[tuple[Run, int, int]]:
    """Of one portion: the run, and the first and last of its words (last excluded) that stand in a stream one behind the other.

    What overlaps among the words need not do so in the file, where other words may stand between two places of the same phrase.
    """
    together: dict[tuple[int, Run], list[Found]] = {}
    for one in found:
        together.setdefault((id(one.stream), one.run), []).append(one)
    for (_, run), some in together.items():
        some.sort(key=lambda one: one.shingle.first)
        begun, last = some[0], some[0].shingle.last
        for one in some[1:]:
            if one.shingle.first <= last and _stands(one.shingle, begun):
                last = max(last, one.shingle.last)
                continue
            yield run, begun.shingle.first, last
            begun, last = one, one.shingle.last
        yield run, begun.shingle.first, last


def _stands(shingle: Shingle, begun: Found) -> bool:
    """Whether a later run of the same words stands where it must, counted from the place of an earlier one."""
    stream: Stream = begun.stream
    return stream.letters.startswith(shingle.letters, begun.place + shingle.start - begun.shingle.start)


def shown(found: Sequence[Found]) -> str:
    """The longest stretch of a portion, as its author wrote it where that can be told; "…" where the portion goes on."""
    portion = found[0].portion
    run, first, last = max(stretches(found), key=lambda one: sum(map(len, one[0][one[1] : one[2]])))
    said = snippet(_as_written(portion, run, first, last) or " ".join(run[first:last]))
    before = "… " if first else ""
    after = "" if last == len(run) or said.endswith("…") else " …"
    return f"{before}{said}{after}"


def _as_written(portion: Portion, run: Run, first: int, last: int) -> str:
    """These words with their capitals and points; "" where the run is not what stands there but what is printed for it."""
    chunks = portion.words.split()
    sizes = [words_of(chunk) for chunk in chunks]
    if tuple(word for words in sizes for word in words) != run:
        return ""
    kept: list[str] = []
    position = 0
    for chunk, words in zip(chunks, sizes, strict=True):
        end = position + len(words)
        if position < last and end > first and words:
            # A chunk such as "word—other" of which a part was found is shown by that part.
            whole = first <= position and end <= last
            kept.append(chunk if whole else " ".join(words[max(0, first - position) : last - position]))
        position = end
    return " ".join(kept)
