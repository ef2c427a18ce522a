from __future__ import annotations

from briefpack.resolve.languages import of_language

TABLE = {"en": 1, "fr": 2, "fr-ch": 3}


def test_a_region_has_its_own_row_or_that_of_its_language():
    assert of_language(TABLE, "fr-CH") == 3
    assert of_language(TABLE, "fr-BE") == 2
    assert of_language(TABLE, "FR") == 2


def test_a_language_without_a_row_has_the_english_one():
    assert of_language(TABLE, "eo") == 1
    assert of_language(TABLE, "") == 1
