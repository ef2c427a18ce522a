"""A picture and a pack for these tests."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.reading.sections import Reader


@pytest.fixture(scope="session")
def png() -> bytes:
    """A PNG file of 3 × 2 pixels."""
    buffer = io.BytesIO()
    Image.new("RGB", (3, 2), "navy").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def reader(tmp_path: Path, png: bytes) -> Reader:
    return Reader(tmp_path / "visit", png)
