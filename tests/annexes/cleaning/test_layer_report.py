"""Layers that are off are told of by their names, with the pages that draw on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.annexes.cleaning.test_report import remarks
from tests.annexes.makers import document


@pytest.mark.parametrize("drawn", [True, False])
def test_a_layer_that_is_off_is_told_with_its_name_and_pages(drawn: bool, tmp_path: Path) -> None:
    pdf = document(2)
    layers = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("Draft", "Shown")]
    pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array(layers[:1])))
    if drawn:
        pdf.pages[1].obj.Resources.Properties = Dictionary(L=layers[0])
    found = remarks(pdf, tmp_path)
    assert found["layers"].count == 1
    remark = found["hidden-layers" if drawn else "unused-layers"]
    assert "“Draft”" in remark.what
    assert (remark.pages, remark.warn) == ((2,) if drawn else (), drawn)
