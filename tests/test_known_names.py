from __future__ import annotations

from hypothesis import given

from briefpack.known_names import known_names
from tests.strategies import packs
from tests.walking import values


@given(packs())
def test_every_id_of_a_pack_is_known(pack):
    ids = {found for node in values(pack) if (found := getattr(node, "id", None))}
    assert ids <= set(known_names(pack))
    assert {annex.path.stem for annex in pack.annexes} <= set(known_names(pack))
