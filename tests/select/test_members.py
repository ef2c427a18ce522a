from __future__ import annotations

from briefpack.blocks import (
    NumberedBlock,
    NumberedItem,
)
from briefpack.select import select
from tests.select.made import HERE, STAFF_ONLY, audience, pack, section, words


def test_a_numbered_paragraph_stays_when_all_under_it_goes():
    child = NumberedItem(words("child"), (), HERE, limits=STAFF_ONLY)
    block = NumberedBlock((NumberedItem(words("parent"), (child,), HERE),), HERE)
    (left,) = select(pack(section(block)), audience()).pack.sections[0].blocks
    assert isinstance(left, NumberedBlock)
    assert left.items[0].children == ()
