from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.file_names import LONGEST, file_stem, safe
from tests.made_style import made_style
from tests.resolve import making

DATE = datetime(2025, 4, 2, 18, 0)


def stem(template: str, **meta: str) -> str:
    pack = making.pack(making.section("one", making.text("Words.")))
    pack = replace(pack, meta=replace(pack.meta, **meta))
    return file_stem(pack, making.audience(), replace(made_style(), file_name=template), DATE)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{pack}-{audience}", "fmm-press"),
        ("{reference} {title} v{version} ({date})", "FMM(25)-Meeting-v1-(2025-04-02)"),
        ("{marking}_{pack}_{audience}", "SECRET-REL-TO-USA,-GBR_fmm_press"),
        ("{style}/{audience}", "made-press"),
        ("{{{audience}}}", "{press}"),
        ("...", "pack"),
        ("CON", "CON-"),
        ("nul.{audience}", "nul.press-"),
    ],
)
def test_a_name_is_what_its_template_says(template: str, name: str) -> None:
    assert stem(template, marking="SECRET//REL TO USA, GBR") == name


def test_what_has_nothing_to_say_leaves_no_trace() -> None:
    assert stem("{reference}-{audience}", reference="") == "press"
    assert stem("{audience} · {version}", version="") == "press"


@given(st.text(max_size=60), st.text(max_size=400), st.text(max_size=60))
def test_a_name_is_taken_by_every_system(title: str, reference: str, version: str) -> None:
    name = stem("{title} {reference} {version} {audience}", title=title, reference=reference, version=version)

    assert 0 < len(name.encode()) <= LONGEST
    assert not re.search(r'[\s\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]', name)
    assert name == name.strip(". ")
    assert name.partition(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert safe(name) in (name, name.removesuffix("-"))
    # Whose it is is never what is left out.
    assert "press" in name


def test_long_titles_give_way_before_the_marking_and_the_audience_do() -> None:
    name = stem("{title} {marking} {audience}", title="long " * 60, marking="RESTRICTED")

    assert len(name.encode()) <= LONGEST
    assert name.endswith("-RESTRICTED-press")


def test_two_ways_to_write_a_letter_are_one_name() -> None:
    assert stem("{title}", title="Re\u0301union") == stem("{title}", title="R\u00e9union") == "R\u00e9union"
