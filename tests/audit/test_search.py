"""Whatever way a withheld text got into a file, it is found there; and nothing is found in a file that does not have it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.audit import search
from briefpack.audit.blocks import SHORTEST
from briefpack.audit.needles import Portion, shingles
from briefpack.audit.search import Index
from briefpack.audit.seen import Passage, Seat, Seen
from briefpack.audit.squeeze import squeezed, words_of
from briefpack.audit.stream import Spot, Stream, seams_of, streams_of
from briefpack.audit.weights import PLENTY, Weights
from briefpack.errors import Where
from tests.audit.test_squeeze import BETWEEN, LIGATURES

HERE = Where(Path("pack/section.yaml"), 3, 1)
WEIGHTS = Weights.of([""])
WITHHELD = (
    "Minister Lavergne would accept a shorter transition if the interim force stays.",
    "Our floor is 2.7 per cent; officials may not say so before Thursday.",
    "The affluent staff officials of Fiumefreddo flew off.",
    "Ambassador Nowak is unwell.",
    "Западные партнёры не готовы к уступкам по квотам.",
)
OTHERS = (
    "The meeting begins with a welcome by the host and a family picture.",
    "Annex B has the programme, with times and places for all delegations.",
    "Allies reaffirmed that the door remains open, as the communiqué says.",
    "Lunch is at half past twelve; the press is not admitted before.",
)


def portion(text: str) -> Portion:
    return Portion("paragraph", HERE, "for staff only", text, (tuple(words_of(text)),))


def seen(*passages: Passage) -> Seen:
    return Seen("pack.pdf", passages)


def found_in(made: Seen, *texts: str) -> set[str]:
    index = Index([portion(text) for text in texts], WEIGHTS.bits)
    streams = list(streams_of(made))
    return {found.portion.words for found in index.search([*streams, *seams_of(streams)])}


@st.composite
def leaks(draw: st.DrawFn) -> tuple[str, Seen]:
    """A secret, and a file that has it in some of the ways in which files have texts."""
    secret = draw(st.sampled_from(WITHHELD))
    made = secret
    for letters, ligature in LIGATURES.items():
        if draw(st.booleans()):
            made = made.replace(letters, ligature)
    made = draw(st.sampled_from((str, str.upper, str.lower)))(made)
    pieces = list(made)
    # Not at its ends, where a sign of another word would make it another text.
    for _ in range(draw(st.integers(0, 8))):
        pieces.insert(draw(st.integers(1, len(pieces) - 1)), draw(st.sampled_from(BETWEEN)))
    made = "".join(pieces)
    before, after = draw(st.sampled_from(OTHERS)), draw(st.sampled_from(OTHERS))
    whole = f"{before} {made} {after}"
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    seat = draw(st.sampled_from(list(Seat)))
    parts = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    return secret, seen(*(Passage(seat, f"part {n}", part) for n, part in enumerate(parts)))


@settings(deadline=None)
@given(leaks())
def test_every_way_of_splitting_and_setting_a_secret_is_found(case):
    secret, made = case
    assert found_in(made, *WITHHELD) >= {secret}


@settings(deadline=None)
@given(st.lists(st.sampled_from(OTHERS), max_size=12), st.sampled_from(list(Seat)))
def test_a_file_without_them_has_none_of_them(texts, seat):
    made = seen(*(Passage(seat, "page 1", text) for text in texts))
    assert found_in(made, *WITHHELD) == set()


@settings(deadline=None)
@given(st.data())
def test_a_part_of_a_secret_that_says_plenty_is_found(data):
    secret = data.draw(st.sampled_from(WITHHELD[:3]))
    words = secret.split()
    start = data.draw(st.integers(0, len(words) - 1))
    part = words[start:]
    run = tuple(words_of(" ".join(part)))
    if WEIGHTS.sum(run) < PLENTY + 20 or sum(map(len, run)) < SHORTEST + 12:
        return
    made = seen(Passage(Seat.HIDDEN, "a comment", f"{OTHERS[0]} {' '.join(part)} {OTHERS[1]}"))
    assert secret in found_in(made, secret)


def test_a_secret_over_a_page_break_is_found_between_header_and_footer():
    first, second = WITHHELD[3].split(" is ")
    pages = [
        Passage(
            Seat.PAGE,
            f"page {n}",
            f"INTERNAL\nMeeting of Ministers\n{OTHERS[n % 3]}\n{'' if n != 2 else second}\n{OTHERS[(n + 1) % 3]}\n"
            f"{first + ' is' if n == 1 else ''}\nVersion 2 of 3 April\n{n}",
            n,
        )
        for n in range(1, 5)
    ]
    assert found_in(seen(*pages), WITHHELD[3]) == {WITHHELD[3]}


def test_a_short_text_is_not_found_inside_longer_words():
    made = seen(Passage(Seat.PAGE, "page 1", "The chairnowakisunwelling was strange."))
    assert found_in(made, "Nowak is unwell") == set()
    assert found_in(seen(Passage(Seat.PAGE, "page 1", "Alas, Nowak is unwell.")), "Nowak is unwell") != set()


def test_many_short_texts_are_found_like_few():
    texts = [f"Ambassador Nowak{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500)]
    made = seen(Passage(Seat.PAGE, "page 1", f"{OTHERS[0]} {texts[321]}, {OTHERS[1]}"))
    assert found_in(made, *texts) == {texts[321]}


def test_files_in_files_are_searched():
    inner = Seen("attached.docx", (Passage(Seat.PAGE, "word/document.xml", WITHHELD[0]),))
    assert found_in(Seen("pack.pdf", (), (), (inner,)), WITHHELD[0]) == {WITHHELD[0]}


@given(
    st.lists(
        st.sampled_from(["the", "of", "talisman", "option", "nowak", "lavergne", "27", "384915", "unwell"]),
        min_size=1,
        max_size=40,
    )
)
def test_shingles_begin_at_every_word_and_are_letters_of_the_run(words):
    run = tuple(words)
    made = list(shingles(run, WEIGHTS.bits, PLENTY))
    assert made
    whole = "".join(run).encode()
    for shingle in made:
        assert whole[shingle.start :].startswith(shingle.letters)
        assert "".join(run[shingle.first : shingle.last]).encode() == shingle.letters
    if len(made) > 1:
        assert [shingle.first for shingle in made] == list(range(len(made)))
        assert all(len(shingle.letters) >= SHORTEST for shingle in made)


def test_addresses_say_what_is_escaped_in_them():
    said = WITHHELD[0].replace(" ", "%20")
    assert found_in(seen(Passage(Seat.NAME, "a link", f"https://example.org/?q={said}")), WITHHELD[0]) == {
        WITHHELD[0]
    }


# --------------------------------------------------------------------------- held against the plainest search there is

_WORDS = (
    "the",
    "of",
    "interim",
    "force",
    "quotas",
    "delegation",
    "nowak",
    "27",
    "2025",
    "a",
    "staff",
    "flew",
)
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=60).map(" ".join)


def _plainly(index: Index, streams: list[Stream]) -> set[tuple[int, tuple[str, ...], int, int, int]]:
    """Number of the portion, run, first and last word, number of the stream: every run of words looked for in every stream, one by one."""
    return {
        (which, run, shingle.first, shingle.last, number)
        for which, one in enumerate(index.portions)
        for run in one.runs
        for shingle in shingles(run, index.bits, one.least)
        for number, stream in enumerate(streams)
        if (
            stream.letters.find(shingle.letters) >= 0
            if sum(map(len, run)) >= SHORTEST
            else stream.first(shingle.letters) >= 0
        )
    }


@settings(deadline=None, max_examples=300)
@given(st.lists(_TEXTS, min_size=1, max_size=8), st.lists(_TEXTS, min_size=1, max_size=8), st.data())
def test_what_is_found_is_what_a_plain_search_finds(withheld, said, data):
    """Also of many places (few are enough here), and of texts that may stand there, inside which nothing is looked for."""
    least = data.draw(st.sampled_from((0.1, PLENTY, 90.0)))
    portions = [Portion("x", HERE, "", text, (tuple(words_of(text)),), least) for text in withheld]
    index = Index(portions, WEIGHTS.bits)
    joint = data.draw(st.sampled_from((b"", b"\n")))
    cut = data.draw(st.integers(1, len(said)))
    groups = [group for group in (said[:cut], said[cut:]) if group]
    streams = [Stream([Spot("x", Seat.PAGE)] * len(group), group, joint=joint) for group in groups]
    plain = _plainly(index, streams)
    many = data.draw(st.sampled_from((0, 3, 50_000)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_MANY", many)
        patch.setattr(search, "_FEW", data.draw(st.sampled_from((0, 50))))
        found = index.search(streams)
        for one in found:
            assert one.place == (
                one.stream.letters.find(one.shingle.letters)
                if sum(map(len, one.run)) >= SHORTEST
                else one.stream.first(one.shingle.letters)
            )
        numbers = {id(stream): number for number, stream in enumerate(streams)}

        def told(some: list[search.Found]) -> set[tuple[int, tuple[str, ...], int, int, int]]:
            return {
                (which, one.run, one.shingle.first, one.shingle.last, numbers[id(one.stream)])
                for one in some
                for which, each in enumerate(portions)
                if each is one.portion
            }

        assert told(found) == plain

        # What the audience may have, some of it in the order in which it stands there: what else is found stands in it as well.
        known = data.draw(st.lists(st.sampled_from([*said, *withheld]), max_size=8))
        letters = [squeezed(text) for text in known]
        rest = told(index.search(streams, letters))
        assert rest <= plain
        allowed = Stream([Spot("allowed", Seat.PAGE)] * len(known), known)
        given = {each[:4] for each in _plainly(index, [allowed])}
        assert {each[:4] for each in plain - rest} <= given
