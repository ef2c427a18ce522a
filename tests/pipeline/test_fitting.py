"""What is done with messages that are too large: by the list's steps, in its order, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefpack.copies.copy_mark import CopyError
from briefpack.distribute.letters import Letter, letters
from briefpack.distribute.message import message_of
from briefpack.distribute.parcel import BESIDE, Attachment, Parcel, whole
from briefpack.distribution import Distribution, Fit, Place, Recipient
from briefpack.errors import Findings
from briefpack.pipeline.fitting import Change, Tools, fitted
from tests.distribute.made import DATE, calendar, distribution, parcel, reader
from tests.pipeline.made_workshop import workshop

PHOTOS = whole("visit-desk.pdf", "pdf", b"photo" * 20_000, 40)
WORD = whole("visit-desk.docx", "docx", b"x" * 60_000, 40)
ONE = [reader("anna@example.int", "Anna")]
ALL = (Fit.PDF_ONLY, Fit.COMPRESS, Fit.SPLIT)


@dataclass
class Divider:
    """Cuts files to the size that is asked for, and remembers what was asked."""

    asked: list[tuple[tuple[str, ...], int, bool]] = field(default_factory=list)
    whole_only: bool = False

    def divide(self, parcel: Parcel, most: int, change: Change | None) -> tuple[tuple[Attachment, ...], ...]:
        self.asked.append((tuple(each.format for each in parcel.attachments), most, change is not None))
        if self.whole_only:
            return (parcel.attachments,)
        (file, *_) = parcel.attachments
        content = file.content if change is None else change(file.format, file.content)
        cut = [content[n : n + most] for n in range(0, len(content), most)]
        return tuple(
            (whole(f"visit-desk-part-{n}-of-{len(cut)}.pdf", "pdf", each, 10, file.of),)
            for n, each in enumerate(cut, 1)
        )


def made(
    size: int,
    *steps: Fit,
    readers: Sequence[Recipient] = ONE,
    files: Sequence[Attachment] = (PHOTOS, WORD),
    divider: Divider | None = None,
    growth: int = 0,
    places: tuple[Place, ...] = (),
) -> tuple[Letter, ...]:
    listed = distribution(readers, size=size, too_large=steps, places=places)
    return fit(listed, files, divider or Divider(), growth)


def fit(
    listed: Distribution, files: Sequence[Attachment], divider: Divider, growth: int = 0
) -> tuple[Letter, ...]:
    findings = Findings()
    written = letters(listed, [parcel(files=files)], calendar, findings)
    tools = Tools("visit", DATE, calendar, workshop().compress, divider.divide, lambda _letter, _file: growth)
    found = fitted(written, listed, tools, lambda *_: None)
    assert list(findings) == []
    return found


def weight(letter: Letter) -> int:
    return message_of(letter, "visit", DATE).weight()


def names(letter: Letter) -> list[str]:
    return [each.name for each in letter.attachments]


def test_what_fits_goes_as_it_is() -> None:
    (letter,) = made(1_000_000, *ALL)
    assert (letter.attachments, letter.steps, letter.part) == ((PHOTOS, WORD), (), None)


def test_without_a_rule_nothing_is_done() -> None:
    (letter,) = made(1000)
    assert (letter.attachments, letter.steps) == ((PHOTOS, WORD), ())


def test_no_more_is_done_than_it_takes() -> None:
    (letter,) = made(150_000, *ALL)
    assert letter.attachments == (PHOTOS,)
    assert [step.fit for step in letter.steps] == [Fit.PDF_ONLY]
    (step,) = letter.steps
    assert step.before > 150_000 > step.after == weight(letter)


def test_the_order_is_the_lists() -> None:
    (letter,) = made(160_000, Fit.COMPRESS, Fit.PDF_ONLY)
    assert names(letter) == ["visit-desk.pdf", "visit-desk.docx"]
    assert [step.fit for step in letter.steps] == [Fit.COMPRESS]
    assert letter.attachments[0].size == PHOTOS.size // 2
    assert letter.attachments[0].of == PHOTOS.sha256


def test_the_words_tell_the_real_sizes() -> None:
    (letter,) = made(100_000, Fit.PDF_ONLY, Fit.COMPRESS)
    told = message_of(letter, "visit", DATE).text
    assert "50 kB" in told
    assert "docx" not in told


def test_a_pack_goes_in_parts_of_which_each_fits_and_says_so() -> None:
    divider = Divider()
    parts = made(50_000, *ALL, divider=divider)
    assert all(weight(each) <= 50_000 for each in parts)
    assert [each.name for each in parts] == [f"desk_part-{n}" for n in range(1, len(parts) + 1)]
    assert len(parts) == 2
    subject = message_of(parts[0], "visit", DATE).subject
    assert "part 1 of 2" in subject
    assert "visit-desk-part-1-of-2.pdf" in message_of(parts[0], "visit", DATE).text
    # Of the PDF only, made smaller as well.
    ((formats, _, smaller),) = divider.asked
    assert (formats, smaller) == (("pdf",), True)
    assert [step.fit for step in parts[0].steps] == list(ALL)


def test_a_pack_that_is_divided_without_being_made_smaller_stays_as_sharp_as_it_was() -> None:
    divider = Divider()
    made(50_000, Fit.SPLIT, divider=divider, files=(PHOTOS,))
    assert divider.asked[0][2] is False


def test_what_copies_add_is_allowed_for() -> None:
    tight = weight(made(1_000_000, files=(PHOTOS,))[0]) + 100
    (letter,) = made(tight, *ALL, files=(PHOTOS,))
    assert letter.steps == ()
    (letter,) = made(tight, *ALL, files=(PHOTOS,), growth=2000)
    assert [step.fit for step in letter.steps] == [Fit.PDF_ONLY, Fit.COMPRESS]
    divider = Divider()
    parts = made(50_000, Fit.SPLIT, files=(PHOTOS,), growth=5000, divider=divider)
    for part in parts:
        grown = tuple(replace(each, size=each.size + 5000) for each in part.attachments)
        assert weight(replace(part, attachments=grown)) <= 50_000


def test_what_copies_add_to_a_file_that_is_too_large_anyway_is_not_asked() -> None:
    """Finding out takes a look at every page."""
    asked: list[int] = []

    def growth(_letter: Letter, file: Attachment) -> int:
        asked.append(file.size)
        return 700

    listed = distribution(ONE, size=90_000, too_large=(Fit.COMPRESS,))
    written = letters(listed, [parcel(files=(PHOTOS,))], calendar, Findings())
    (letter,) = fitted(
        written,
        listed,
        Tools("visit", DATE, calendar, workshop().compress, Divider().divide, growth),
        lambda *_: None,
    )
    (file,) = letter.attachments
    assert PHOTOS.size > file.size
    assert asked == [file.size]
    (step,) = letter.steps
    grown = replace(letter, attachments=(replace(file, size=file.size + 700),))
    assert (step.before, step.after) == (weight(made(1_000_000, files=(PHOTOS,))[0]), weight(grown))


def test_where_a_step_does_not_help_it_is_said_why() -> None:
    (letter,) = made(1000, Fit.PDF_ONLY, Fit.COMPRESS, files=(WORD,))
    assert [(step.fit, step.why) for step in letter.steps] == [
        (Fit.PDF_ONLY, "no PDF goes along"),
        (Fit.COMPRESS, "the files have no pictures that could be smaller"),
    ]
    assert letter.attachments == (WORD,)
    (letter,) = made(1000, Fit.PDF_ONLY, Fit.SPLIT, files=(PHOTOS,))
    assert [step.why for step in letter.steps] == [
        "no Word file goes along",
        "a message is too large without any file",
    ]
    (letter,) = made(50_000, Fit.SPLIT, files=(PHOTOS,), divider=Divider(whole_only=True))
    assert [step.why for step in letter.steps] == ["there is no boundary to divide it at"]
    (letter,) = made(5000, Fit.SPLIT, files=(whole("A-x.zip", BESIDE, b"x" * 9000, 0),))
    assert [step.why for step in letter.steps] == ["there is no pack to divide"]


def test_readers_of_the_word_file_keep_it() -> None:
    both = reader("ben@example.int", "Ben")
    word = reader("cleo@example.int", "Cleo", formats=("docx",))
    found = made(80_000, Fit.PDF_ONLY, Fit.COMPRESS, readers=[both, word])
    assert {each.readers[0].mailbox.name: names(each) for each in found} == {
        "Ben": ["visit-desk.pdf"],
        "Cleo": ["visit-desk.docx"],
    }


def test_letters_to_one_reader_each_are_looked_at_together_and_stay_in_order() -> None:
    divider = Divider()
    many = [reader(f"r{n}@example.int", f"Reader {n}", copy=n) for n in range(1, 13)]
    found = made(50_000, *ALL, readers=many, divider=divider, places=(Place.FOOTER,))
    assert len(divider.asked) == 1
    assert [each.name for each in found] == [f"desk_{n:02}_part-{p}" for n in range(1, 13) for p in (1, 2)]
    assert {each.series for each in found} == {"desk"}


def test_a_file_that_cannot_be_made_smaller_goes_as_it_is() -> None:
    def fail(_content: bytes, _resolution: int) -> bytes:
        raise CopyError("is strange")

    listed = distribution(ONE, size=90_000, too_large=(Fit.COMPRESS,))
    written = letters(listed, [parcel(files=(PHOTOS,))], calendar, Findings())
    tools = Tools("visit", DATE, calendar, {"pdf": fail}, Divider().divide, lambda *_: 0)
    (letter,) = fitted(written, listed, tools, lambda *_: None)
    assert letter.attachments == (PHOTOS,)


def test_a_copy_that_cannot_be_made_is_left_to_whoever_makes_it() -> None:
    def fail(_letter: Letter, _file: Attachment) -> int:
        raise CopyError("is strange")

    listed = distribution(ONE, size=1_000_000, too_large=ALL)
    written = letters(listed, [parcel(files=(PHOTOS,))], calendar, Findings())
    tools = Tools("visit", DATE, calendar, workshop().compress, Divider().divide, fail)
    (letter,) = fitted(written, listed, tools, lambda *_: None)
    assert letter.steps == ()


def test_steps_behind_the_division_work_on_its_parts() -> None:
    class Stubborn(Divider):
        """Its parts have a Word file each that is too large by itself."""

        def divide(
            self, parcel: Parcel, most: int, change: Change | None
        ) -> tuple[tuple[Attachment, ...], ...]:
            return tuple((*part, WORD) for part in super().divide(parcel, most, change))

    listed = distribution(ONE, size=50_000, too_large=(Fit.SPLIT, Fit.COMPRESS, Fit.PDF_ONLY))
    found = fit(listed, (PHOTOS, WORD), Stubborn())
    assert [step.fit for step in found[0].steps] == [Fit.SPLIT, Fit.COMPRESS, Fit.PDF_ONLY]
    assert len(found) > 1
    assert all([each.format for each in letter.attachments] == ["pdf"] for letter in found)
    assert all(weight(each) <= 50_000 for each in found)
