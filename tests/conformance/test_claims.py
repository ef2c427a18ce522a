"""A pack claims what it keeps, no more and no less, whatever stands in its annexes; and says why where it is less than all."""

import json
import pickle

import pikepdf
import pytest

from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conformance.test_validators import claims
from tests.conformance.vera import validate
from tests.packs.stubborn_maker import ANNEXES, NAME, write_stubborn

LEVELS = ("2a", "2u", "2b")
"""Of PDF/A-2, each of which includes the next."""
AS_SAID = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a", "2u": "PDF/A-2u", "2b": "PDF/A-2b"}


@pytest.fixture(scope="module")
def stubborn(once):
    """The folder of the packs, and by flavour and annex whether veraPDF passes it."""

    def fill(folder):
        build(write_stubborn(folder), Order(output=folder / "build"))
        packs = {name: folder / "build" / NAME / name / f"{NAME}-{name}.pdf" for name in ANNEXES}
        orders = []
        for path in packs.values():
            claimed = [level for level in LEVELS if level in _claims(path)]
            # What is claimed, and the next better level, which must not be there to be had.
            best = LEVELS.index(claimed[0]) if claimed else len(LEVELS)
            orders += [(flavour, path) for flavour in ("ua1", *LEVELS[max(best - 1, 0) : best + 1])]
        names = {path: name for name, path in packs.items()}
        verdicts = {(each.flavour, names[each.path]): each for each in validate(orders)}
        (folder / "verdicts").write_bytes(pickle.dumps(verdicts))

    folder = once("stubborn", fill)
    return folder / "build" / NAME, pickle.loads((folder / "verdicts").read_bytes())  # noqa: S301  # written above


def _claims(path):
    with pikepdf.open(path) as pdf:
        return claims(pdf)


@pytest.mark.parametrize("name", ANNEXES)
def test_a_pack_claims_what_it_keeps(stubborn, name):
    folder, verdicts = stubborn
    claimed = _claims(folder / name / f"{NAME}-{name}.pdf")

    for (flavour, of), verdict in verdicts.items():
        if of == name:
            assert verdict.passed == (flavour in claimed), verdict
    assert {flavour for flavour, of in verdicts if of == name} >= claimed | {"ua1"}


@pytest.mark.parametrize("name", ANNEXES)
def test_the_manifest_says_what_is_claimed_and_what_stands_against_more(stubborn, name):
    folder, _ = stubborn
    claimed = _claims(folder / name / f"{NAME}-{name}.pdf")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (output,) = manifest["audiences"][name]["outputs"]

    assert set(output["claims"]) == {AS_SAID[claim] for claim in claimed}
    assert bool(output.get("faults")) == (claimed != {"ua1", "2a"})
    assert all(fault.startswith(f"Annex A ({name}.pdf)") for fault in output.get("faults", []))
