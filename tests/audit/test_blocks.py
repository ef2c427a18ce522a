"""Whatever two letters have in common, if it is long enough, is among what is left to be looked at; what stands inside known texts is not, and nothing else is missing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.audit.blocks import BLOCK, SHORTEST, STEP, Doubtful, eights, likely, passages, placed, stretch

FEW = st.text("ab", min_size=0, max_size=90).map(str.encode)
"""Of few letters, so that much is alike by chance."""
WORDS = st.lists(
    st.sampled_from([b"interim", b"force", b"the", b"of", b"quotas", b"delegation", b"a"]), max_size=40
)


@settings(deadline=None)
@given(FEW, FEW)
def test_what_is_common_to_two_letters_has_a_block_that_is_found(one, other):
    places = placed(other, {one[at : at + BLOCK] for at in range(len(one))})
    met = [at for at in likely(one, frozenset(eights(other))) if one[at : at + BLOCK] in places]
    for start in range(len(one) - SHORTEST + 1):
        if one[start : start + SHORTEST] in other:
            assert any(start <= at <= start + SHORTEST - BLOCK for at in met)
    for block, some in places.items():
        assert all(other[at : at + BLOCK] == block and at % STEP == 0 for at in some)


@settings(deadline=None)
@given(FEW, FEW, st.data())
def test_a_stretch_goes_as_far_as_both_say_the_same(one, other, data):
    at = data.draw(st.integers(0, len(one)))
    there = data.draw(st.integers(0, len(other)))
    first = data.draw(st.integers(0, at))
    last = data.draw(st.integers(at, len(one)))
    start, end = stretch(one, at, other, there, (first, last))
    assert first <= start <= at <= end <= last
    assert one[start:end] == other[there - (at - start) : there + (end - at)]
    if first < start and at - start < there:
        assert one[start - 1] != other[there - (at - start) - 1]
    if end < last and there + (end - at) < len(other):
        assert one[end] != other[there + (end - at)]


@settings(deadline=None)
@given(WORDS, st.data())
def test_all_that_is_not_inside_a_known_text_is_left(words, data):
    """Known texts, cut out of the letters or not, some of them elsewhere in the letters."""
    letters = b"".join(words) * data.draw(st.integers(1, 4))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(letters)), max_size=8)))
    known = [letters[a:b] for a, b in zip([0, *cuts], [*cuts, len(letters)], strict=True)]
    known = [
        data.draw(st.sampled_from([one, one, one, one[::-1], b"", one * 2]), label="known") for one in known
    ]
    found = list(passages(letters, known))
    inside = {(a, b) for a in range(len(known)) for b in range(a + 1, len(known) + 1)}
    for start, end in found:
        assert any(letters[start:end] == b"".join(known[a:b]) for a, b in inside)
    assert all(one[1] <= other[0] for one, other in pairwise(found))

    left = Doubtful(letters, known)
    places = {left.place(at) for at in range(len(left.letters)) if left.letters[at : at + 1] != b"\n"}
    assert all(
        left.letters[at] == letters[left.place(at)]
        for at in range(len(left.letters))
        if left.letters[at : at + 1] != b"\n"
    )
    for at in range(len(letters) - SHORTEST + 1):
        if any(start <= at and at + SHORTEST <= end for start, end in found):
            continue
        # It reaches out of every known text: of any block in it that is at a given place, one is left whole.
        for shift in range(STEP):
            some = [at + shift + step for step in range(0, SHORTEST - BLOCK - shift + 1, STEP)]
            assert any({*range(one, one + BLOCK)} <= places for one in some)


def test_a_known_text_that_stands_far_behind_is_found_after_some_that_do_not():
    text = b"thequickbrownfoxjumpsoverthelazydog" * 4
    far = b"z" * 100_000
    known = [*([b"nowhere" * 20] * 6), text]
    assert list(passages(far + text + far, known)) == [(100_000, 100_000 + len(text))]
    assert len(Doubtful(far + text + far, known).letters) == 2 * len(far) + 2 * (SHORTEST - 1) + 1
