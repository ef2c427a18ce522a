"""The packaged base style, for tests of what a style knows of itself."""

from __future__ import annotations

import pytest

from briefpack.reading.read_style import read_style
from briefpack.style import Style


@pytest.fixture(scope="module")
def base() -> Style:
    style = read_style("base", []).style
    assert style is not None
    return style
