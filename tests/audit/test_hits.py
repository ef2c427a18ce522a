"""What was found is told once, with its places, what tells most first."""

import pytest

from briefpack.audit.hits import Hit, gathered


def test_hits_are_gathered_by_what_they_are():
    one = Hit("x", (("a.pdf", "page 1"),), "y")
    other = Hit("x", (("a.docx", "part"),), "y")
    assert gathered([one, other, one]) == (Hit("x", (("a.pdf", "page 1"), ("a.docx", "part")), "y"),)
    assert gathered([one, other])[0].message == "x a.pdf (page 1) and a.docx (part)"


def test_what_tells_most_comes_first():
    hits = [Hit("a name", (("a.pdf", ""),), ""), Hit("a text", (("a.pdf", ""),), "", telling=50)]
    assert [hit.fact for hit in gathered(hits)] == ["a text", "a name"]


@pytest.mark.parametrize(("count", "told"), [(4, "p3)"), (5, "p3, 1 more place)"), (6, "p3, 2 more places)")])
def test_places_beyond_a_few_are_counted(count, told):
    assert Hit("x", tuple(("a.pdf", f"p{n}") for n in range(count)), "y").message.endswith(told)
