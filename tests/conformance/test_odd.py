"""Packs made at random from the whole vocabulary: whatever stands in whatever, both files are sound and say what the Document says.

tests/benchmarks/run_odd.py makes as many more as wanted.
"""

from pathlib import Path

import pytest

from tests.conformance.oddly import faults_of_pack
from tests.packs.odd_maker import write_odd

SEEDS = range(7, 14)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pack_in_an_odd_order_is_as_sound_as_any(tmp_path: Path, seed: int) -> None:
    assert faults_of_pack(write_odd(tmp_path, seed, sections=2)) == []
