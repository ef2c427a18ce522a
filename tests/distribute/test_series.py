"""Messages that say the same to one reader each, taken together."""

from __future__ import annotations

from dataclasses import replace

from briefpack.distribute.letters import Step
from briefpack.distribute.message import message_of
from briefpack.distribute.parcel import Part
from briefpack.distribute.posted import Posted
from briefpack.distribute.series import fitted_in_words, series_of
from briefpack.distribution import Fit
from tests.distribute.made import DATE, base_style, made_letters, reader

STYLE = base_style()


def posted(count: int, *, parts: int = 1, trace: str = "") -> list[Posted]:
    """Copies in parts, the larger the later they come."""
    letters = made_letters(
        [reader(f"r{n}@example.int", f"Reader {n}", copy=n) for n in range(1, count + 1)],
        subject={"": "Copy {copy}"},
    )
    found = []
    for letter in letters:
        for number in range(1, parts + 1):
            part = Part(number, parts) if parts > 1 else None
            files = tuple(
                replace(each, trace=trace, size=1000 * (len(found) + 1)) for each in letter.attachments
            )
            made = replace(letter, part=part, attachments=files)
            found.append(Posted(message_of(made, "visit", DATE), 2000 * (len(found) + 1), is_large=False))
    return found


def test_copies_are_one_series_and_parts_are_several() -> None:
    (one,) = series_of(posted(3))
    assert (one.name, one.readers, one.is_alone) == ("desk_1 … desk_3", 3, False)
    found = series_of(posted(3, parts=2))
    assert [(each.letter.part, each.readers) for each in found] == [(Part(1, 2), 3), (Part(2, 2), 3)]


def test_a_message_to_several_readers_is_alone() -> None:
    letters = made_letters([reader("a@example.int"), reader("b@example.int")])
    (one,) = series_of([Posted(message_of(letters[0], "visit", DATE), 10, is_large=True)])
    assert (one.name, one.readers, one.is_alone, one.is_large) == ("desk", 2, True, True)


def test_sizes_are_told_from_the_smallest_to_the_largest() -> None:
    (one,) = series_of(posted(3))
    assert (one.sent(STYLE, "en"), one.size(0, STYLE, "en")) == ("2–6 kB", "1–3 kB")
    wide = [replace(each, sent=sent) for each, sent in zip(posted(2), (900_000, 1_200_000), strict=True)]
    assert series_of(wide)[0].sent(STYLE, "en") == "900 kB – 1.2 MB"
    (one,) = series_of(posted(1))
    assert one.sent(STYLE, "en") == "2 kB"


def test_files_of_ones_own_are_traced_or_locked() -> None:
    assert not series_of(posted(2))[0].own_files
    assert series_of(posted(2, trace="K7QM-4X9D-TRWA"))[0].own_files


def test_what_was_done_is_told_and_what_came_to_nothing_is_not() -> None:
    (letter,) = made_letters([reader("a@example.int")])
    steps = (Step(Fit.PDF_ONLY, 9, 9, "no Word file goes along"), Step(Fit.COMPRESS, 9, 5))
    assert fitted_in_words(letter, STYLE, "en") == ""
    told = replace(letter, steps=steps, part=Part(2, 3))
    assert fitted_in_words(told, STYLE, "en") == "with smaller pictures, part 2 of 3"
    assert fitted_in_words(told, STYLE, "fr") == "avec des images réduites, partie 2 sur 3"
