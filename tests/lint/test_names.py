"""Names that are spelled in two ways: slips are found, and names that only look alike are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.lint.names import check_names
from tests.counting import steps
from tests.lint.made import case, found
from tests.lint.prose import CLEAN, SLIPS


def text(*paragraphs: str, language: str = "en") -> str:
    lines = "".join(f"  - text: |\n      {paragraph}\n" for paragraph in paragraphs)
    return f"title: A\nlanguage: {language}\nblocks:\n{lines}"


def pairs(tmp_path: Path, *paragraphs: str, language: str = "en") -> list[str]:
    made = case(tmp_path, text(*paragraphs, language=language))
    return [one.message for one in check_names(made)]


def test_the_rarer_spelling_is_told_of_at_its_place_and_the_other_is_named(tmp_path: Path) -> None:
    told = found(
        tmp_path, text("With Minister Sybiha.", "And Andrii Sibiha came.", "They thanked Andrii Sybiha.")
    )
    (one,) = told
    assert one.rule == "name-spelling"
    assert one.message == "“Sibiha” is elsewhere spelled “Sybiha”"
    assert one.where is not None
    assert one.where.line == 7
    assert "s1.yaml:5:7" in (one.hint or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We met Kaja Kallas.", "They met Kaja Kalas."),
        ("We met Recep Erdoğan.", "They met Recep Erdogan."),
        ("We met Mr Stoltenberg.", "They met Jens Stoltenburg."),
        ("We went to Kyiv.", "They came from Kiev."),
        ("We met President Zelenskyy.", "They met President Zelensky."),
        ("We went to Sarajevo.", "They left Sarjevo."),
        ("We met the McAllister group.", "They met the Mcallister group."),
        ("We left Ljubljana today.", "They left Ljublajna today."),
    ],
)
def test_two_spellings_of_a_name_are_told_of(tmp_path: Path, one: str, other: str) -> None:
    assert len(pairs(tmp_path, one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We met in Austria.", "They met in Australia."),
        ("We met Ingrid Hansen.", "They met Peter Hanson."),
        ("We met José Silva.", "They met Jose Ortega."),
        ("We met the Serbian side.", "They went to Serbia."),
        ("All Balkans are near.", "A Balkan summit."),
        ("Talks with Iran.", "Talks with Iraq."),
        ("The Defence Ministry.", "The Department of Defense."),
        ("Partners came.", "Partner Desk"),
        ("We met KALLAS.", "We met Kallas."),
        ("Sarajevo’s mayor.", "In Sarajevo."),
        ("We met on Sunday.", "They met on Monday."),
        ("A Slovak and a Slovene.", "From Slovakia to Slovenia."),
    ],
)
def test_names_that_only_look_alike_are_left_alone(tmp_path: Path, one: str, other: str) -> None:
    assert pairs(tmp_path, one, other) == []


def test_languages_have_their_own_names(tmp_path: Path) -> None:
    made = case(tmp_path, text("We met in Teheran."), text("Réunion à Téhéran.", language="fr"))
    assert list(check_names(made)) == []


def test_a_name_inside_a_reference_or_code_is_not_read(tmp_path: Path) -> None:
    assert pairs(tmp_path, "We met Kaja Kallas.", "Run `Kaja Kalas` now.") == []


def test_in_made_prose_of_many_names_nothing_is_told_of(tmp_path: Path) -> None:
    assert pairs(tmp_path, *CLEAN) == []


def test_of_the_slips_put_into_it_nine_in_ten_are_found(tmp_path: Path) -> None:
    missed = []
    for right, wrong in SLIPS:
        paragraphs = list(CLEAN)
        at = max(number for number, paragraph in enumerate(paragraphs) if right in paragraph)
        paragraphs[at] = paragraphs[at].replace(right, wrong, 1)
        if not pairs(tmp_path, *paragraphs):
            missed.append((right, wrong))
    assert len(missed) * 10 <= len(SLIPS), missed


def test_the_work_grows_with_the_words_and_not_with_their_square(tmp_path: Path) -> None:
    def work(count: int) -> int:
        names = (
            f"N{number:05}".translate(str.maketrans("0123456789", "abcdefghij")) for number in range(count)
        )
        made = case(tmp_path, text(*(f"We met {name} today." for name in names)))
        return steps(lambda: list(check_names(made)))

    work(100)
    assert work(2000) < 2.4 * work(1000)
