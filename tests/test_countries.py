"""Codes and names of countries."""

from __future__ import annotations

from briefpack.countries import country_codes, country_names, short_codes
from briefpack.marking_reader import phrase_of


def test_every_country_has_two_codes_and_members_of_the_united_nations_a_name() -> None:
    assert len(country_codes()) == 249
    assert set(short_codes().values()) == country_codes()
    assert len(country_names("en")) == len(country_names("fr")) == 193
    assert country_names("en").keys() == country_names("fr").keys() < country_codes()
    assert country_names("de") == {}


def test_no_name_is_that_of_two_countries_nor_the_code_of_another() -> None:
    taken = {phrase_of(code): code for code in country_codes()}
    for language in ("en", "fr"):
        for code, name in country_names(language).items():
            assert taken.setdefault(phrase_of(name), code) == code


def test_names_are_the_right_ones() -> None:
    assert (country_names("en")["CHE"], country_names("fr")["CHE"]) == ("Switzerland", "Suisse")
    assert (country_names("en")["TGO"], country_names("fr")["TGO"]) == ("Togo", "Togo")
    assert short_codes()["NO"] == "NOR"
    assert short_codes()["UK"] == "GBR"
