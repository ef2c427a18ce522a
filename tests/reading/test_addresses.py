"""Addresses as people type them: what is taken, what is refused, and that nothing that is taken can end a line or hide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefpack.reading.addresses import (
    MOST_NAME,
    AddressError,
    check_name,
    divide,
    hidden_in,
    key_of,
    parse_address,
    parse_domain,
)


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("anna@example.int", "anna@example.int"),
        ("Anna.Example+packs@EXAMPLE.int", "Anna.Example+packs@example.int"),
        ("o'neill@example.int", "o'neill@example.int"),
        ("info@bücher.example", "info@xn--bcher-kva.example"),
        ("info@xn--bcher-kva.example", "info@xn--bcher-kva.example"),
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("почта@пример.рф", "почта@xn--e1afmkfd.xn--p1ai"),
        ("info@مثال.إختبار", "info@xn--mgbh0fb.xn--kgbechtv"),
        ("a@b-c.d1.example.int", "a@b-c.d1.example.int"),
    ],
)
def test_an_address_is_taken_and_its_domain_is_what_servers_know(text: str, wire: str) -> None:
    assert parse_address(text).wire == wire


def test_the_forms_of_a_domain_in_other_letters_are_one_domain() -> None:
    forms = (
        "bücher.example",
        "BÜCHER.EXAMPLE",
        "bu\u0308cher.example",
        "xn--bcher-kva.example",
        "XN--BCHER-KVA.example",
    )
    assert {parse_domain(form) for form in forms} == {("bücher.example", "xn--bcher-kva.example")}


def test_letters_that_only_look_compatible_stay() -> None:
    assert str(parse_address("กำ@example.int")) == "กำ@example.int"


def test_a_domain_is_shown_as_people_write_it() -> None:
    assert str(parse_address("info@xn--bcher-kva.example")) == "info@bücher.example"


def test_decomposed_letters_are_the_same_address() -> None:
    assert parse_address("re\u0301ne@bu\u0308cher.example") == parse_address("réne@bücher.example")


def test_only_letters_before_the_at_sign_need_smtputf8() -> None:
    assert parse_address("rené@example.int").needs_smtputf8
    assert not parse_address("rene@bücher.example").needs_smtputf8


def test_addresses_that_reach_the_same_reader_have_one_key() -> None:
    assert parse_address("Anna@Example.INT").key == parse_address("anna@example.int").key


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("", "there is no address here"),
        ("anna", "is no e-mail address"),
        ("@example.int", "is no e-mail address"),
        ("anna@", "is no e-mail address"),
        ("anna@example", "is no domain"),
        ("anna@example..int", "is no domain"),
        ("anna@.int", "is no domain"),
        ("anna@example.int.", "is no domain"),
        ("anna@192.0.2.1", "is no domain"),
        ("anna@[192.0.2.1]", "is the number of a machine"),
        ("anna@-example.int", "cannot be part of a domain"),
        ("anna@exa_mple.int", "cannot be part of a domain"),
        (f"anna@{'a' * 64}.int", "cannot be part of a domain"),
        (f"anna@{'.'.join(['a' * 60] * 5)}.int", "is no domain"),
        ("anna@xn--ls8h.int", "cannot be part of a domain"),
        ("anna@a。b.int", "cannot be part of a domain"),
        ("anna@example\u2024int", "is no domain"),
        ("a b@example.int", "has a space in it"),
        ("anna@example.int; ben@example.int", "is more than one address"),
        ("anna@example.int,ben@example.int", "is more than one address"),
        ("mailto:anna@example.int", "is a link"),
        ('"a b"@example.int', "has a space in it"),
        ('"ab"@example.int', "is quoted"),
        (".anna@example.int", "a dot too many"),
        ("an..na@example.int", "a dot too many"),
        ("anna.@example.int", "a dot too many"),
        ("an<na@example.int", "cannot be divided into a name and an address"),
        ("an(na)@example.int", "cannot stand before the @"),
        ("ann@a@example.int", "cannot stand before the @"),
        (f"{'a' * 65}@example.int", "is too long"),
        ("Anna <anna@example.int", "cannot be divided into a name and an address"),
        ('"Anna" Example <anna@example.int>', "cannot be divided into a name and an address"),
        ("anna@example.int>", "cannot be divided into a name and an address"),
        ("anna%evil.example@example.int", "has % before its @"),
        ("evil.example!anna@example.int", "has ! before its @"),
        ("|mail@example.int", "has | before its @"),
        ("`id`@example.int", "has ` before its @"),
        ("-oQ/tmp@example.int", "begins with a dash"),
        ("=?utf-8?q?a?=@example.int", "has =? in it"),
        ("ａnna@example.int", "“ａ” before the @ is another form of “a”"),
        ("ﬀ@example.int", "another form of “ff”"),
        ("ann\u00aa@example.int", "another form of “a”"),
        ("anna@\u0130nt.example.int", "two dots above each other"),
        ("anna@ｅxample.int", "cannot be part of a domain"),
        ("anna@example。int", "is no domain"),
        ("anna(comment)@example.int", "cannot stand before the @"),
        ("anna@example.int(comment)", "cannot be part of a domain"),
        ("Desk: anna@example.int;", "has a space in it"),
        ("undisclosed-recipients:;", "is no e-mail address"),
        ("anna@example.int@evil.example", "“@” cannot stand before the @"),
        ("anna\u3164@example.int", "U+3164"),
        ("anna\u115f@example.int", "U+115F"),
        ("anna\u034f@example.int", "U+034F"),
        ("anna\ufe0f@example.int", "U+FE0F"),
        ("葛\U000e0100@example.int", "U+E0100"),
        ("anna@example.int\r\nBcc: x@example.org", "U+000D"),
        ("anna\n@example.int", "U+000A"),
        ("anna\u202e@example.int", "U+202E"),
        ("anna\u200b@example.int", "U+200B"),
        ("an\u00adna@example.int", "U+00AD"),
        ("anna@exam\u2066ple.int", "U+2066"),
        ("anna\0@example.int", "U+0000"),
    ],
)
def test_what_is_no_address_is_refused_with_a_remedy(text: str, fact: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(text)
    assert fact in refused.value.fact
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("anna@example.int", ("", "anna@example.int")),
        ("<anna@example.int>", ("", "anna@example.int")),
        ("Anna Example <anna@example.int>", ("Anna Example", "anna@example.int")),
        ("Example, Anna <anna@example.int>", ("Example, Anna", "anna@example.int")),
        ('"Anna \\"A\\" Example" <anna@example.int>', ('Anna "A" Example', "anna@example.int")),
        ("Anna <x> <anna@example.int>", ("", "Anna <x> <anna@example.int>")),
        ('Anna "Annie" Example <anna@example.int>', ('Anna "Annie" Example', "anna@example.int")),
        ('Anna "Annie <anna@example.int>', ("", 'Anna "Annie <anna@example.int>')),
        # The mail's grammar takes these marks off, people leave them on.
        ('"Anna" Example <anna@example.int>', ("", '"Anna" Example <anna@example.int>')),
    ],
)
def test_a_name_is_divided_from_its_address(text: str, parts: tuple[str, str]) -> None:
    assert divide(text) == parts


@pytest.mark.parametrize(
    "name",
    [
        "Last, First",
        'Anna "A" Example',
        "Анна Пример",
        "ليلى حداد",
        "می\u200cخواهم",
        "山田 太郎",
        "D’Arcy; Co.",
        "葛\U000e0100城",
        "ᠪ\u180bᠠ",
        "Ngọc Đặng",
        "",
    ],
)
def test_names_of_all_kinds_are_taken_as_they_are(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "Anna\r\nBcc: x@example.org",
        "Anna\nExample",
        "Anna\u2028Example",
        "Anna\u202eExample",
        "Anna\u200fExample",
        "Anna\u061c",
        "\u200dAnna",
        "Anna \ufeffExample",
        "Anna\x1b[31m",
        "=?utf-8?q?Anna?=",
        "A" * (MOST_NAME + 1),
        "Anna\ud800",
        "Anna\u3164Example",
        "Anna\u2800Example",
        "Anna\u115fExample",
        "Anna\u034fExample",
        "Anna\ufe0f",
        "\ufe0fAnna",
        "Z" + "\u0335" * 7,
    ],
)
def test_names_that_hide_something_are_refused(name: str) -> None:
    with pytest.raises(AddressError):
        check_name(name)


@given(st.text(max_size=80))
@example("a@b.c")
@example("\u0345@a.b")
def test_whatever_is_typed_is_an_address_without_anything_hidden_or_is_refused(text: str) -> None:
    try:
        found = parse_address(text)
    except AddressError:
        return
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"} - (
        {"Cf"} if "\u200c" in text or "\u200d" in text else set()
    )
    assert not {unicodedata.category(char) for char in str(found)} & hidden
    assert found.ascii_domain.isascii()
    assert parse_address(found.wire).wire == found.wire


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_name_of_one_line_or_is_refused(text: str) -> None:
    try:
        name = check_name(text)
    except AddressError:
        return
    assert len(name.splitlines()) <= 1
    assert check_name(name) == name


@given(st.from_regex(r"[a-z0-9]{1,10}(\.[a-z]{2,6}){1,3}", fullmatch=True))
def test_plain_domains_stay_as_they_are(domain: str) -> None:
    assert parse_domain(domain.upper()) == (domain, domain)


@pytest.mark.parametrize(
    "words",
    [
        "Dear {name},\n\n\tHere it is.\r\n",
        "می\u200cخواهم",
        "مرحبا\u200f (NATO)\u200e.",
        "👩\u200d⚖\ufe0f and 1\ufe0f\u20e3",
        "葛\U000e0100城",
    ],
)
def test_what_belongs_to_a_text_is_not_hidden_in_it(words: str) -> None:
    assert hidden_in(words) is None


@pytest.mark.parametrize(
    "char",
    [
        "\u200b",
        "\ufeff",
        "\u2060",
        "\u00ad",
        "\U000e0041",
        "\u3164",
        "\u2028",
        "\x85",
        "\x1b",
        "\u202e",
        "\ufe0f",
    ],
)
def test_what_nobody_sees_is_found_in_a_text(char: str) -> None:
    assert hidden_in(f"Here it is{char}.") == char
    assert hidden_in(f"{char}Here") == char


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Anna@Example.INT", "anna@example.int"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
        ("No Address", "no address"),
    ],
)
def test_an_address_has_one_key_however_it_is_written(text: str, key: str) -> None:
    assert key_of(text) == key
