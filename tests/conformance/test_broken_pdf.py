"""The checks of tags and claims can fail: a good pack, broken in one small place at a time, is refused every time."""

import pickle

import pikepdf
import pytest

from briefpack.annexes.inspection import inspect
from tests.conformance.aloud import difference, heard, told
from tests.conformance.broken_blocks import BLOCKS
from tests.conformance.broken_pdf import MUTATIONS as GENERAL
from tests.conformance.broken_pdf import broken
from tests.conformance.built import Built
from tests.conformance.kinds import kind_differences
from tests.conformance.structure import structure_faults
from tests.conformance.tagged import Tagged
from tests.conformance.test_validators import claims
from tests.conformance.vera import validate

MUTATIONS = GENERAL | BLOCKS
WHOLE = "nothing"


SEEN_WITHOUT_A_VALIDATOR = (
    *("no language", "the file's name in the window", "no title", "no metadata", "no output intent"),
    *("not marked as tagged", "no structure tree", "no parent tree", "two pages with each other's key"),
    *("a page without a key", "marks that lead to each other's element", "a mark used twice"),
    *("a mark that the tree does not know", "furniture without its mark", "an element that was lost"),
    *("letters without a meaning", "a font that is not embedded", "a heading level that is skipped"),
    *(
        "a picture that says nothing",
        "header cells of nothing",
        "a row with a cell too few",
        "a table that is none",
    ),
    *(
        "tabs in no order",
        "a link that says nothing",
        "a link that is not heard",
        "a link that is not printed",
    ),
    "a page in a blending mode nobody knows",
)
"""What `briefpack check --output` sees by itself, on machines without Java."""


@pytest.fixture(scope="module")
def folder(once, small: Built):
    """The broken files, each called after what is wrong with it, and what all checks say of them."""

    def fill(folder):
        good = small.pdf.read_bytes()
        changes = {WHOLE: lambda _: None, **{what: mutation for what, (_, mutation) in MUTATIONS.items()}}
        for what, mutation in changes.items():
            (folder / f"{what}.pdf").write_bytes(broken(good, mutation))
        wanted = told(small.expected)
        found = {what: _faults(small, wanted, folder / f"{what}.pdf") for what in changes}
        # veraPDF is asked where nobody else says it: it takes its time.
        asked = [WHOLE, *(what for what, (words, _) in MUTATIONS.items() if words.startswith("veraPDF"))]
        orders = [(flavour, folder / f"{what}.pdf") for what in asked for flavour in ("ua1", "2a")]
        for verdict in validate(orders):
            found[verdict.path.stem] += [
                f"veraPDF {verdict.flavour} {each.rule}: {each.what}" for each in verdict.broken
            ]
        (folder / "said").write_bytes(pickle.dumps(found))

    return once("broken", fill)


@pytest.fixture(scope="module")
def said(folder):
    """What all checks say of a file, by what is wrong with it."""
    return pickle.loads((folder / "said").read_bytes())  # noqa: S301  # written above


def _faults(good: Built, wanted, path):
    own = {page for page, kind in enumerate(good.plan.kinds) if kind is not None}
    with pikepdf.open(path) as pdf:
        tagged = Tagged(pdf)
        found = structure_faults(pdf, own)
        found += [f"kinds: {each}" for each in kind_differences(good.expected, tagged, own)]
        if parted := difference(wanted, heard(tagged, own)):
            found.append(f"told: {parted}")
        if claims(pdf) != {"ua1", "2a"}:
            found.append(f"claims: {claims(pdf)}")
    return found


def test_nothing_is_said_of_the_good_file(said):
    assert said[WHOLE] == []


@pytest.mark.parametrize("what", MUTATIONS)
def test_a_broken_file_is_refused(said, what):
    words, _ = MUTATIONS[what]

    assert [fault for fault in said[what] if words in fault], said[what]


@pytest.mark.parametrize("what", SEEN_WITHOUT_A_VALIDATOR)
def test_what_a_broken_file_claims_is_doubted_without_a_validator_too(folder, what):
    seen = inspect(folder / f"{what}.pdf")

    assert [fault for fault in seen.faults if seen.broken_by(fault) or not seen.claims], seen


def test_nothing_is_found_against_a_good_pack(each: Built):
    seen = inspect(each.pdf)

    assert seen.claims == ("PDF/UA-1", "PDF/A-2a")
    assert seen.faults == ()
