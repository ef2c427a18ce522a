"""The checks of tags and claims can fail: a good pack, broken in one small place at a time, is refused every time."""

import pickle

import pikepdf
import pytest

from tests.conformance.aloud import difference, heard, told
from tests.conformance.broken_pdf import MUTATIONS, broken
from tests.conformance.built import Built
from tests.conformance.kinds import kind_differences
from tests.conformance.structure import structure_faults
from tests.conformance.tagged import Tagged
from tests.conformance.test_validators import claims
from tests.conformance.vera import validate

WHOLE = "nothing"


@pytest.fixture(scope="module")
def said(once, small: Built):
    """What all checks say of a file, by what is wrong with it."""

    def fill(folder):
        good = small.pdf.read_bytes()
        changes = {WHOLE: lambda _: None, **{what: mutation for what, (_, mutation) in MUTATIONS.items()}}
        for what, mutation in changes.items():
            (folder / f"{what}.pdf").write_bytes(broken(good, mutation))
        found = {what: _faults(small, folder / f"{what}.pdf") for what in changes}
        # veraPDF is asked where nobody else says it: it takes its time.
        asked = [WHOLE, *(what for what, (words, _) in MUTATIONS.items() if words.startswith("veraPDF"))]
        orders = [(flavour, folder / f"{what}.pdf") for what in asked for flavour in ("ua1", "2a")]
        for verdict in validate(orders):
            found[verdict.path.stem] += [
                f"veraPDF {verdict.flavour} {each.rule}: {each.what}" for each in verdict.broken
            ]
        (folder / "said").write_bytes(pickle.dumps(found))

    return pickle.loads((once("broken", fill) / "said").read_bytes())  # noqa: S301  # written above


def _faults(good: Built, path):
    own = {page for page, kind in enumerate(good.plan.kinds) if kind is not None}
    with pikepdf.open(path) as pdf:
        tagged = Tagged(pdf)
        found = structure_faults(pdf, own)
        found += [f"kinds: {each}" for each in kind_differences(good.expected, tagged, own)]
        if parted := difference(told(good.expected), heard(tagged, own)):
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
