"""Which addresses a link may lead to, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Findings, Where
from briefpack.reading.checks import Report
from briefpack.reading.link_addresses import check_address, is_whole, safe_address, what_is_wrong

HERE = Where(Path("a.yaml"), 3, 5)


@pytest.mark.parametrize(
    "url", ["https://a.example", "HTTP://a.example/b?c#d", "mailto:a@b.example", "mailto:a@b.org"]
)
def test_whole_addresses_are_of_the_web_or_of_mail(url: str) -> None:
    assert is_whole(url)
    assert safe_address(url) == url


@pytest.mark.parametrize(
    "url", ["a.example", "https:///b", "ftp://a.example", "mailto:a", "javascript:x", "data:text/html,x", ""]
)
def test_others_lead_nowhere(url: str) -> None:
    assert not is_whole(url)
    assert safe_address(url) is None


def test_odd_characters_of_others_are_written_as_programs_want_them() -> None:
    assert safe_address(" https://a.example/é b ") == "https://a.example/%C3%A9%20b"


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("www.a.example", "write https://www.a.example"),
        ("a@b.example", "write mailto:a@b.example"),
        ("ftp://a.example", "links begin with https://, http:// or mailto:"),
        ("https://a.example/é", "copy it from the address line of a browser"),
    ],
)
def test_a_wrong_address_is_told_with_its_remedy(url: str, remedy: str) -> None:
    findings = Findings()
    assert not check_address(url, HERE, Report(findings))
    (found,) = findings
    assert found.where == HERE
    assert found.hint is not None
    assert found.hint.startswith(remedy)


def test_what_is_shown_of_a_wrong_address_is_readable_and_short() -> None:
    fact, _ = what_is_wrong("x:%C3%A9" + "y" * 100)
    assert "“x:é" in fact
    assert len(fact) < 130
