"""Whatever way a withheld text got into a file, it is found there; and nothing is found in a file that does not have it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.audit.needles import SHORTEST, Portion, shingles
from briefpack.audit.search import Index
from briefpack.audit.seen import Passage, Seat, Seen
from briefpack.audit.squeeze import words_of
from briefpack.audit.stream import seams_of, streams_of
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
