"""A pack's distribution: what is read of it, from where, and everything that can be wrong with a list of readers."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from briefpack.distribution import DEFAULT_SIZE, Distribution, Fit, Line, Place, Secret, Security
from briefpack.errors import Severity
from briefpack.marking import Ceiling
from briefpack.reading.read_pack import PackReading, read_pack

PACK = """\
title: Visit
language: en
sections: [a.yaml]
audiences:
  minister: {}
  staff: {formats: [pdf]}
  press: {}
"""
SENDER = "sender: Desk <desk@example.int>\n"
GROUPS = "groups:\n  all:\n    audience: staff\n    people: [anna@example.int]\n"


def read(folder: Path, distribution: str, pack: str = PACK, *, allow: tuple[Path, ...] = ()) -> PackReading:
    """A pack with its distribution in a file of its own."""
    (folder / "pack.yaml").write_text(f"{pack}distribution: list.yaml\n", encoding="utf-8")
    (folder / "a.yaml").write_text("title: A\ntext: Words.\n", encoding="utf-8")
    (folder / "list.yaml").write_text(textwrap.dedent(distribution), encoding="utf-8")
    return read_pack(folder, allow)


def good(folder: Path, distribution: str, pack: str = PACK) -> Distribution:
    reading = read(folder, distribution, pack)
    assert [str(found) for found in reading.findings] == []
    assert reading.pack is not None
    assert reading.pack.distribution is not None
    return reading.pack.distribution


def told(reading: PackReading, severity: Severity = Severity.ERROR) -> list[tuple[str, int, str]]:
    """File, line and fact of each finding."""
    return [
        (found.where.path.name, found.where.line, found.message)
        for found in reading.findings
        if found.severity is severity and found.where is not None
    ]


def only(found: list[tuple[str, int, str]]) -> tuple[str, int, str]:
    assert len(found) == 1, found
    return found[0]


# --------------------------------------------------------------------------- what is read


def test_a_pack_without_a_distribution_has_none(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK)
    (tmp_path / "a.yaml").write_text("title: A\ntext: Words.\n")
    pack = read_pack(tmp_path).pack
    assert pack is not None
    assert pack.distribution is None


def test_it_may_stand_in_the_pack_itself(tmp_path: Path) -> None:
    body = textwrap.indent(SENDER + GROUPS, "  ")
    (tmp_path / "pack.yaml").write_text(f"{PACK}distribution:\n{body}")
    (tmp_path / "a.yaml").write_text("title: A\ntext: Words.\n")
    pack = read_pack(tmp_path).pack
    assert pack is not None
    assert pack.distribution is not None
    assert [str(each.mailbox) for each in pack.distribution.recipients] == ["anna@example.int"]


def test_a_list_of_another_folder_needs_that_it_is_allowed(tmp_path: Path) -> None:
    pack, shared = tmp_path / "pack", tmp_path / "lists"
    pack.mkdir()
    shared.mkdir()
    (shared / "board.yaml").write_text(SENDER + "groups: {all: {audience: staff, import: board.csv}}\n")
    (shared / "board.csv").write_text("address\nanna@example.int\n")
    (pack / "pack.yaml").write_text(f"{PACK}distribution: board.yaml\n")
    (pack / "a.yaml").write_text("title: A\ntext: Words.\n")
    assert only(told(read_pack(pack)))[2] == "there is no distribution “board.yaml”"
    reading = read_pack(pack, [shared])
    assert reading.pack is not None
    assert reading.pack.distribution is not None
    assert {path.name for path in reading.inputs} >= {"board.yaml", "board.csv"}


def test_what_a_reader_does_not_say_his_group_and_his_audience_say(tmp_path: Path) -> None:
    found = good(
        tmp_path,
        """\
        sender: Desk <desk@example.int>
        audiences:
          minister: {language: fr}
        groups:
          cabinet:
            audience: minister
            as: cc
            formats: pdf
            people:
              - Anna Example <anna@example.int>
              - {name: Ben, address: ben@example.int, as: to, language: en-GB, formats: [docx, pdf], copy: 7, greeting: Sir}
              - {address: carl@example.int, audience: staff}
        """,
    )
    anna, ben, carl = found.recipients
    assert (anna.mailbox.name, anna.group, anna.line, anna.language, anna.formats, anna.copy) == (
        "Anna Example",
        "cabinet",
        Line.CC,
        "fr",
        ("pdf",),
        None,
    )
    assert (ben.line, ben.language, ben.formats, ben.copy, ben.greeting) == (
        Line.TO,
        "en-GB",
        ("docx", "pdf"),
        7,
        "Sir",
    )
    assert (carl.audience, carl.language, carl.mailbox.name) == ("staff", "en", "")
    assert found.of("minister") == (anna, ben)


@pytest.mark.parametrize(
    ("mailing", "audience", "line"),
    [
        ("", "press", Line.BCC),
        ("", "staff", Line.TO),
        ("audiences: {press: {bcc: false}}\n", "press", Line.TO),
        ("audiences: {staff: {bcc: true}}\n", "staff", Line.BCC),
    ],
)
def test_the_press_do_not_see_each_other_unless_the_list_says_so(
    tmp_path: Path, mailing: str, audience: str, line: Line
) -> None:
    found = good(tmp_path, SENDER + mailing + GROUPS.replace("staff", audience))
    assert [each.line for each in found.recipients] == [line]


def test_a_list_has_a_size_a_sender_and_answers(tmp_path: Path) -> None:
    text = (
        SENDER
        + "reply_to: office@example.int\nsize: 2.5 MB\nstyle: plain\n"
        + "audiences: {press: {sender: {name: Press, address: press@example.int}}, staff: {reply_to: s@example.int}}\n"
        + GROUPS
    )
    found = good(tmp_path, text)
    assert (found.size, found.style) == (2_500_000, "plain")
    shown = {name: (str(each.sender), str(each.reply_to)) for name, each in found.mailings.items()}
    assert shown == {
        "minister": ("Desk <desk@example.int>", "office@example.int"),
        "staff": ("Desk <desk@example.int>", "s@example.int"),
        "press": ("Press <press@example.int>", "None"),
    }


def test_without_a_word_on_it_a_message_may_have_ten_megabytes(tmp_path: Path) -> None:
    assert good(tmp_path, SENDER + GROUPS).size == DEFAULT_SIZE == 10_000_000


def test_words_may_be_given_once_or_by_language(tmp_path: Path) -> None:
    text = SENDER + "audiences: {staff: {subject: '{title}', body: {en: Hello, fr: Bonjour}}}\n" + GROUPS
    wording = good(tmp_path, text).mailings["staff"].wording
    assert (wording.subject, wording.body) == ({"": "{title}"}, {"en": "Hello", "fr": "Bonjour"})


def test_nobodys_selection_knows_the_readers(tmp_path: Path) -> None:
    from briefpack.select import select

    pack = read(tmp_path, SENDER + GROUPS).pack
    assert pack is not None
    for audience in pack.audiences:
        chosen = select(pack, audience).pack
        assert chosen.distribution is None
        assert {path.name for path in chosen.inputs} == {"pack.yaml", "a.yaml"}


# --------------------------------------------------------------------------- what is wrong

FAULTS = [
    pytest.param(
        "groups: {a: {audience: staff, people: [x@example.int]}}\n",
        1,
        "the key `sender` is missing",
        id="no sender",
    ),
    pytest.param(SENDER, 1, "the key `groups` is missing", id="no groups"),
    pytest.param(SENDER + GROUPS + "size: 10\n", 6, "a size such as 10 MB", id="size"),
    pytest.param(SENDER + GROUPS + "sised: 10 MB\n", 6, "unknown key `sised`", id="key"),
    pytest.param("sender: desk\n" + GROUPS, 1, "“desk” is no e-mail address", id="sender's address"),
    pytest.param(
        SENDER + "groups:\n  a:\n    people: [x@example.int]\n",
        4,
        "nothing says whose pack",
        id="no audience",
    ),
    pytest.param(
        SENDER + GROUPS.replace("staff", "staf"), 4, "there is no audience “staf”", id="audience of a group"
    ),
    pytest.param(
        SENDER + GROUPS.replace("[anna@example.int]", "[{address: a@example.int, audience: pres}]"),
        5,
        "there is no audience “pres”",
        id="audience of a reader",
    ),
    pytest.param(
        SENDER + "audiences: {pres: {bcc: true}}\n" + GROUPS, 2, "there is no audience “pres”", id="mailing"
    ),
    pytest.param(
        SENDER + "groups:\n  a:\n    audience: staff\n", 3, "nobody is in the group “a”", id="empty group"
    ),
    pytest.param(
        SENDER + "groups:\n  a: {audience: staff, people: []}\n",
        3,
        "nobody is in the group “a”",
        id="no people",
    ),
    pytest.param(SENDER + GROUPS.replace("anna@", "anna@@"), 5, "cannot stand before the @", id="address"),
    pytest.param(
        SENDER
        + GROUPS.replace(
            "[anna@example.int]", r'[{name: "Anna\r\nBcc: x@y.example", address: a@example.int}]'
        ),
        5,
        "U+000D",
        id="line end in a name",
    ),
    pytest.param(
        SENDER + GROUPS.replace("[anna@example.int]", r'["Anna\u202e <a@example.int>"]'),
        5,
        "an escape in this text stands for a character that is not allowed",
        id="turned name",
    ),
    pytest.param(
        SENDER + GROUPS.replace("[anna@example.int]", r'[{address: a@example.int, greeting: "Hi\nBcc: x"}]'),
        5,
        "U+000A",
        id="line end in a greeting",
    ),
    pytest.param(
        SENDER
        + GROUPS.replace("people: [anna@example.int]", "people: [{address: a@example.int, formats: docx}]"),
        5,
        "the audience “staff” has no docx",
        id="format",
    ),
    pytest.param(
        SENDER + "audiences: {staff: {only: ['@example.org']}}\n" + GROUPS,
        6,
        "the pack of “staff” may not go to @example.int",
        id="domain",
    ),
    pytest.param(
        SENDER + "audiences: {staff: {only: [example.int]}}\n" + GROUPS,
        2,
        "“example.int” is no domain",
        id="only",
    ),
    pytest.param(
        SENDER + "audiences: {staff: {only: ['@x']}}\n" + GROUPS, 2, "“x” is no domain", id="only, no domain"
    ),
    pytest.param(
        SENDER + GROUPS + "  more:\n    audience: staff\n    people: [Anna@Example.int]\n",
        8,
        "listed twice for the pack of “staff”",
        id="twice",
    ),
    pytest.param(
        SENDER + GROUPS + "  more:\n    audience: press\n    people: [Anna@Example.int]\n",
        8,
        "gets the pack of “staff” and that of “press”",
        id="twice, other audience",
    ),
    pytest.param(
        SENDER
        + GROUPS
        + "  more:\n    audience: press\n    people: [{address: b@example.int, copy: 3}, {address: c@example.int, copy: 3}]\n",
        8,
        "two readers have copy 3",
        id="copy",
    ),
    pytest.param(
        SENDER
        + GROUPS.replace(
            "people: [anna@example.int]", "people: [{address: a@example.int, clearance: SECRET}]"
        ),
        5,
        "the pack has no policy, so a clearance means nothing",
        id="clearance without a policy",
    ),
    pytest.param(
        SENDER + GROUPS.replace("people:", "import: x.csv\n    people:"),
        5,
        "there is no list of readers",
        id="import",
    ),
    pytest.param(
        SENDER + GROUPS.replace("people:", "import: list.yaml\n    people:"),
        5,
        "neither a CSV",
        id="import of what",
    ),
    pytest.param(
        SENDER + "audiences: {staff: {subject: '{titel}'}}\n" + GROUPS,
        2,
        "unknown field {titel}",
        id="field of the subject",
    ),
    pytest.param(
        SENDER + "audiences: {staff: {subject: '{attachments}'}}\n" + GROUPS,
        2,
        "unknown field {attachments}",
        id="lines in a subject",
    ),
    pytest.param(
        SENDER + 'audiences: {staff: {subject: "a\\nb"}}\n' + GROUPS,
        2,
        "this text has several lines",
        id="two lines",
    ),
    pytest.param(SENDER + "audiences: {staff: {body: 'a } b'}}\n" + GROUPS, 2, "a stray }", id="brace"),
    pytest.param(
        SENDER + "audiences:\n  staff:\n    body: |\n      Hello\n\n      see {titel}\n" + GROUPS,
        7,
        "unknown field {titel}",
        id="field of the body",
    ),
]


@pytest.mark.parametrize(("text", "line", "fact"), FAULTS)
def test_a_wrong_list_is_told_of_where_it_is_wrong(tmp_path: Path, text: str, line: int, fact: str) -> None:
    reading = read(tmp_path, text)
    assert reading.pack is None
    name, at, message = only(told(reading))
    assert (name, at) == ("list.yaml", line)
    assert fact in message
    assert all(found.hint for found in reading.findings)


def test_all_faults_of_a_list_are_told_at_once(tmp_path: Path) -> None:
    text = """\
        sender: desk@example.int
        audiences: {staff: {only: ["@example.int"], subject: "{what}"}}
        groups:
          a:
            audience: staff
            people: [one, two@example.org, {name: "\\u202e", address: three@example.int}]
          b: {audience: nobody, people: [four@example.int]}
          c: {audience: press}
        """
    assert len(told(read(tmp_path, text))) == 6


def test_a_domain_that_is_not_allowed_and_looks_like_one_that_is_gets_a_hint(tmp_path: Path) -> None:
    text = (
        SENDER
        + "audiences: {staff: {only: ['@example.int']}}\n"
        + GROUPS.replace("anna@example", "anna@exarnple")
    )
    (found,) = read(tmp_path, text).findings
    assert found.hint is not None
    assert "looks like @example.int" in found.hint


@pytest.mark.parametrize(
    ("domain", "ok"), [("a.example.int", True), ("example.int", False), ("badexample.int", False)]
)
def test_an_allowed_domain_with_a_star_is_any_below_it(tmp_path: Path, domain: str, ok: bool) -> None:
    text = (
        SENDER
        + "audiences: {staff: {only: ['@*.example.int']}}\n"
        + GROUPS.replace("example.int]", f"{domain}]")
    )
    assert (read(tmp_path, text).pack is not None) == ok


def test_who_is_meant_to_get_two_packs_says_so(tmp_path: Path) -> None:
    text = SENDER + GROUPS + "  more: {audience: press, people: [{address: anna@example.int, also: true}]}\n"
    assert [each.audience for each in good(tmp_path, text).recipients] == ["staff", "press"]


def test_no_audience_is_called_as_the_folder_of_messages_is(tmp_path: Path) -> None:
    reading = read(tmp_path, SENDER + GROUPS, PACK.replace("press: {}", "outbox: {}"))
    assert only(told(reading)) == ("pack.yaml", 7, "“outbox” is the folder of the messages")


@pytest.mark.parametrize(
    ("key", "said", "place"),
    [
        (
            "subject",
            'subject: "Your\\u200b pack"',
            (5, 14, "the subject has the invisible character U+200B in it"),
        ),
        (
            "body",
            "body: |\n      Hello,\n      {title}\u2060",
            (7, 14, "the body has the invisible character U+2060 in it"),
        ),
        (
            "subject",
            "subject: {fr: Dossier\ufeff}",
            (5, 26, "the subject has the invisible character U+FEFF in it"),
        ),
    ],
)
def test_nothing_hides_in_what_a_message_says(
    tmp_path: Path, key: str, said: str, place: tuple[int, int, str]
) -> None:
    reading = read(tmp_path, f"{SENDER}{GROUPS}audiences:\n  staff:\n    {said}\n")
    (found,) = reading.findings
    assert found.where is not None
    line = len((SENDER + GROUPS).splitlines()) + place[0] - 2
    assert (found.where.line, found.where.column, found.message) == (line, *place[1:]), key


# --------------------------------------------------------------------------- addresses that pass for others

DOUBTFUL = [
    pytest.param("аnna@example.int", "mixes letters of two scripts", "look-alike-address", id="local part"),
    pytest.param("anna@exаmple.int", "mixes letters of two scripts", "look-alike-address", id="domain"),
    pytest.param("Аnna <anna@example.int>", "mixes letters of two scripts", "look-alike-address", id="name"),
    pytest.param("anna@exarnple.int", "looks like @example.int", "look-alike-address", id="known domain"),
    pytest.param(
        "boss@example.int <anna@other.example>",
        "looks like an address",
        "look-alike-address",
        id="name is one",
    ),
    pytest.param("anna@аррӏе.com", "look like Latin ones", "look-alike-address", id="disguised"),
    pytest.param(
        "boss＠example.int <anna@other.example>",
        "looks like an address",
        "look-alike-address",
        id="wide sign",
    ),
    pytest.param("rené@example.int", "SMTPUTF8", "international-address", id="SMTPUTF8"),
]


@pytest.mark.parametrize(("reader", "fact", "rule"), DOUBTFUL)
def test_a_doubtful_address_is_warned_of_and_can_be_silenced(
    tmp_path: Path, reader: str, fact: str, rule: str
) -> None:
    text = SENDER + GROUPS.replace("anna@example.int", reader)
    found = [each for each in read(tmp_path, text).findings if each.rule == rule]
    assert any(fact in each.message for each in found)
    assert {each.where.line for each in found if each.where is not None} == {5}
    silenced = read(
        tmp_path,
        text.replace("    audience: staff\n", f"    audience: staff\n    silence: {{{rule}: known}}\n"),
    )
    (silence,) = silenced.silences
    assert all(silence.covers(each) for each in silenced.findings if each.rule == rule)


@pytest.mark.parametrize(("one", "other"), [("сора", "copa"), ("rené", "rene"), ("straße", "strosse")])
@pytest.mark.parametrize("turned", [False, True])
def test_two_readers_whose_addresses_look_alike_are_told_of(
    tmp_path: Path, one: str, other: str, *, turned: bool
) -> None:
    people = (
        f"[{other}@example.int, {one}@example.int]" if turned else f"[{one}@example.int, {other}@example.int]"
    )
    text = SENDER + GROUPS.replace("[anna@example.int]", people)
    found = [each.message for each in read(tmp_path, text).findings if each.rule == "look-alike-address"]
    alike = f"{one}@example.int looks like {other}@example.int, which is another reader of this list"
    assert found == ([] if other == "strosse" else [alike])


def test_of_two_domains_that_look_alike_the_rarer_one_is_warned_of(tmp_path: Path) -> None:
    text = SENDER + GROUPS.replace(
        "[anna@example.int]",
        "[a@ministry.example, b@ministry.example, c@rninistry.example, d@ministry.example]",
    )
    (found,) = read(tmp_path, text).findings
    assert "@rninistry.example looks like @ministry.example" in found.message


# --------------------------------------------------------------------------- clearances

MARKED = """\
title: Visit
policy: plain
marking: INTERNAL
sections: [a.yaml]
audiences:
  staff: {clearance: INTERNAL}
"""


def test_who_is_cleared_for_less_than_his_audience_is_refused(tmp_path: Path) -> None:
    text = SENDER + GROUPS.replace("[anna@example.int]", "[{address: anna@example.int, clearance: PUBLIC}]")
    name, line, fact = only(told(read(tmp_path, text, MARKED)))
    assert (name, line) == ("list.yaml", 5)
    assert "is not cleared for all that the audience “staff” may see" in fact


def test_a_clearance_of_a_group_holds_for_its_readers(tmp_path: Path) -> None:
    group = GROUPS.replace("    people", "    clearance: PUBLIC\n    people")
    assert "is not cleared" in only(told(read(tmp_path, SENDER + group, MARKED)))[2]
    own = group.replace("[anna@example.int]", "[{address: anna@example.int, clearance: INTERNAL}]")
    assert good(tmp_path, SENDER + own, MARKED).recipients[0].clearance == Ceiling(1)


def test_a_clearance_that_the_policy_does_not_know_is_told_of(tmp_path: Path) -> None:
    group = GROUPS.replace("    people", "    clearance: COSMIC\n    people")
    assert "COSMIC" in only(told(read(tmp_path, SENDER + group, MARKED)))[2]


# --------------------------------------------------------------------------- the server


def test_a_server_is_read_with_what_holds_when_nothing_is_said(tmp_path: Path) -> None:
    server = good(tmp_path, f"server: {{host: smtp.example.int}}\n{SENDER}{GROUPS}").server
    assert server is not None
    assert (server.host, server.port, server.security, server.verify, server.rate, server.timeout) == (
        "smtp.example.int",
        None,
        Security.STARTTLS,
        True,
        60,
        60,
    )
    assert (server.where.path.name, server.where.line) == ("list.yaml", 1)
    written = "{host: 127.0.0.1, port: 2525, security: none, verify: false, rate: 5, timeout: 9}"
    server = good(tmp_path, f"server: {written}\n{SENDER}{GROUPS}").server
    assert server is not None
    assert (server.port, server.security, server.verify, server.rate, server.timeout) == (
        2525,
        Security.NONE,
        False,
        5,
        9,
    )


@pytest.mark.parametrize("key", ["user", "username", "password"])
def test_who_logs_in_is_in_no_list(tmp_path: Path, key: str) -> None:
    reading = read(tmp_path, f"server: {{host: smtp.example.int, {key}: x}}\n{SENDER}{GROUPS}")
    (found,) = reading.findings
    assert found.message == f"unknown key `{key}`"
    assert found.hint is not None
    assert "BRIEFPACK_SMTP_PASSWORD" in found.hint
    assert "briefpack mail login" in found.hint


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("smtp.example.int", False),
        ("10.0.0.1", False),
        ("localhost.example.int", False),
    ],
)
def test_packs_go_in_the_clear_within_the_machine_only(tmp_path: Path, host: str, is_local: bool) -> None:
    reading = read(tmp_path, f'server: {{host: "{host}", security: none}}\n{SENDER}{GROUPS}')
    if is_local:
        assert list(reading.findings) == []
    else:
        assert only(told(reading)) == (
            "list.yaml",
            1,
            f"packs would go to {host} for everybody on the way to read",
        )


@pytest.mark.parametrize(
    "host", ["smtp.example.int:587", "smtp://example.int", "10.0.0.1:25", '"a b"', '"a\\r\\nQUIT"']
)
def test_a_host_is_a_name_and_nothing_else(tmp_path: Path, host: str) -> None:
    found = told(read(tmp_path, f"server: {{host: {host}}}\n{SENDER}{GROUPS}"))
    assert only(found)[1] == 1


def test_a_wrong_server_is_told_of_with_the_rest_of_the_list(tmp_path: Path) -> None:
    found = told(read(tmp_path, f"server: {{host: a.example, security: ssl, port: 70000}}\n{SENDER}{GROUPS}"))
    assert len(found) == 2


# --------------------------------------------------------------------------- copies, passwords, sizes


COPIES = """\
    sender: Desk <desk@example.int>
    too_large: [split, pdf-only]
    resolution: 200
    audiences:
      minister: {copies: true}
      staff: {copies: [watermark, cover], password: letter, beside: false}
    groups:
      all:
        audience: minister
        people:
          - a@example.int
          - {address: b@example.int, copy: 2}
          - c@example.int
      others:
        people:
          - {address: d@example.int, audience: staff, copy: 9}
          - {address: e@example.int, audience: staff}
          - {address: f@example.int, audience: press}
    """


def test_copies_are_numbered_through_all_audiences_around_the_numbers_that_are_given(tmp_path: Path) -> None:
    found = good(tmp_path, COPIES)
    assert [each.copy for each in found.recipients] == [1, 2, 3, 9, 4, None]
    assert found.copies == 9


@pytest.mark.parametrize("locked", ["environment", "letter"])
@pytest.mark.parametrize("written", ["Sommer2025Passwort", "correct horse", "3RD_COPY", "[A, B]", "''"])
def test_a_password_in_the_place_of_a_variable_is_not_repeated(
    tmp_path: Path, written: str, locked: str
) -> None:
    text = (
        SENDER
        + f"audiences: {{staff: {{password: {locked}}}}}\ngroups:\n  all:\n    audience: staff\n    people:\n"
    )
    reading = read(tmp_path, text + f"      - {{address: a@example.int, password: {written}}}\n")
    (error,) = [each for each in reading.findings if "in capitals" in each.message]
    assert error.severity is Severity.ERROR
    words = " ".join(f"{each.message} {each.hint}" for each in reading.findings)
    assert written.strip("'") == "" or written not in words


def test_what_holds_for_an_audiences_files_is_read(tmp_path: Path) -> None:
    found = good(tmp_path, COPIES)
    mailings = found.mailings
    assert mailings["minister"].copies == (Place.COVER, Place.FOOTER)
    assert mailings["staff"].copies == (Place.COVER, Place.WATERMARK)
    assert [mailings[name].password for name in ("minister", "staff", "press")] == [None, Secret.LETTER, None]
    assert [mailings[name].beside for name in ("minister", "staff")] == [True, False]
    assert [mailings[name].each_his_own for name in ("minister", "staff", "press")] == [True, True, False]
    assert (found.too_large, found.resolution) == ((Fit.SPLIT, Fit.PDF_ONLY), 200)


LOCKED = (
    SENDER
    + "audiences: {staff: {password: %s}}\ngroups:\n  all:\n    audience: staff\n    people:\n"
    + "      - {address: a@example.int, password: PASSWORD_A}\n      - b@example.int\n"
)


@pytest.mark.parametrize(
    ("how", "line", "fact"),
    [
        ("environment", 8, "nothing says with what for b@example.int"),
        ("letter", 7, "has a `password:`, and the files of “staff” are not locked with it"),
    ],
)
def test_who_names_a_password_has_his_files_locked_with_it(
    tmp_path: Path, how: str, line: int, fact: str
) -> None:
    (name, at, said) = only(told(read(tmp_path, LOCKED % how)))
    assert (name, at) == ("list.yaml", line)
    assert fact in said


def test_a_password_is_a_variables_name_and_never_the_password_itself(tmp_path: Path) -> None:
    written = LOCKED.replace("PASSWORD_A", "my secret words") % "environment"
    (found, _) = read(tmp_path, written).findings
    assert (found.where and found.where.line, found.severity) == (7, Severity.ERROR)
    assert "the name of an environment variable" in found.message


# --------------------------------------------------------------------------- what the policy lets a subject say

US = PACK.replace("language: en", "language: en\npolicy: us-style\nmarking: UNCLASSIFIED").replace(
    "{}", "{clearance: {level: UNCLASSIFIED, groups: USA}}"
).replace("{formats: [pdf]}", "{formats: [pdf], clearance: {level: UNCLASSIFIED, groups: USA}}")  # fmt: skip


@pytest.mark.parametrize(
    "subject", ['"{marking} · {title}"', '{fr: "{title}", en: "{title} ({marking})"}', '"{{x}} {marking}"']
)
def test_a_subject_tells_no_marking_where_the_policy_lets_none_do_so(tmp_path: Path, subject: str) -> None:
    listed = f"{SENDER}audiences:\n  staff:\n    subject: {subject}\n{GROUPS}"
    where, line, fact = only(told(read(tmp_path, listed, US)))
    assert (where, line) == ("list.yaml", 4)
    assert "the policy us-style lets no subject do so" in fact
    assert told(read(tmp_path, listed, PACK)) == []


def test_a_faulty_subject_is_told_of_as_such(tmp_path: Path) -> None:
    listed = f'{SENDER}audiences:\n  staff:\n    subject: "{{marking"\n{GROUPS}'
    assert all("policy" not in fact for _, _, fact in told(read(tmp_path, listed, US)))
    assert told(read(tmp_path, listed, US)) != []


def test_a_body_may_tell_it_and_a_subject_without_it_is_right(tmp_path: Path) -> None:
    listed = f'{SENDER}audiences:\n  staff: {{subject: "{{title}}", body: "{{marking}}"}}\n{GROUPS}'
    assert told(read(tmp_path, listed, US)) == []


# --------------------------------------------------------------------------- wrong lists


def warned(folder: Path, people: str, *, more: str = "", audiences: str = "") -> list[tuple[int, str | None]]:
    """Line and rule of each warning of a list of these people of the staff. more: other groups."""
    text = f"{SENDER}{audiences}groups:\n  all:\n    audience: staff\n    people:\n{people}{more}"
    return [
        (found.where.line, found.rule)
        for found in read(folder, text).findings
        if found.where is not None and found.severity is Severity.WARNING
    ]


def test_addresses_that_are_one_mailbox_are_told_of(tmp_path: Path) -> None:
    people = "      - anna@example.int\n      - Anna+packs@example.int\n      - ben+a@example.int\n"
    press = "  press:\n    audience: press\n    people: [ben+b@example.int, b.en@example.int]\n"
    assert warned(tmp_path, people, more=press) == [(7, "same-mailbox"), (11, "same-mailbox")]
    meant = press.replace("ben+b@example.int", "{address: ben+b@example.int, also: true}")
    assert warned(tmp_path, people, more=meant) == [(7, "same-mailbox")]


def test_a_name_with_two_domains_is_told_of(tmp_path: Path) -> None:
    people = (
        "      - Anna Example <anna@example.int>\n"
        "      - Protocol <protocol@example.int>\n"
        "      - ANNA  EXAMPLE <anna@mail.example>\n"
        "      - Protocol <protocol@mail.example>\n"
        "      - Anna Example <anna.example@example.int>\n"
    )
    assert warned(tmp_path, people) == [(8, "same-name")]


@pytest.mark.parametrize("domain", ["exаmple.int", "exarnple.int", "*.exarnple.int", "аррӏе.com"])
def test_an_allowed_domain_that_passes_for_another_is_told_of(tmp_path: Path, domain: str) -> None:
    said = f'audiences:\n  staff:\n    only: ["@example.int", "@{domain}"]\n'
    assert warned(tmp_path, "      - anna@example.int\n", audiences=said) == [(4, "look-alike-address")]


def test_allowed_domains_that_are_no_ones_double_are_left_alone(tmp_path: Path) -> None:
    said = 'audiences:\n  staff: {only: ["@example.int", "@*.example.int", "@bücher.example"]}\n  press: {only: ["@example.int"]}\n'
    people = "      - anna@xn--bcher-kva.example\n      - ben@mission.example.int\n"
    assert warned(tmp_path, people, audiences=said) == []


@pytest.mark.parametrize(
    "address",
    [
        "anna@evil-example.int",
        "anna@example.int.evil.example",
        "anna@xexample.int",
        "anna@exаmple.int",
        "anna@xn--exmple-4nf.int",
        "anna%evil.example@example.int",
        "anna@evil.example#@example.int",
        "anna@example.int.",
        '"anna@evil.example"@example.int',
        "Group: anna@example.int;",
        "anna@example.int, eve@evil.example",
        "anna@(example.int)evil.example",
    ],
)
def test_no_address_slips_past_the_domains_that_are_allowed(tmp_path: Path, address: str) -> None:
    said = 'audiences:\n  staff: {only: ["@example.int", "@*.example.int"]}\n'
    people = f"groups:\n  all:\n    audience: staff\n    people:\n      - {{address: '{address}'}}\n"
    assert only(told(read(tmp_path, f"{SENDER}{said}{people}")))[1] == 8


@pytest.mark.parametrize(
    "name",
    [r"Anna\r\nBcc: eve@evil.example", r"Anna\nX: y", r"Anna\u202e", r"Anna\0", r"\u3164", r"Anna\u2028"],
)
def test_no_name_and_no_greeting_ends_a_line_or_hides(tmp_path: Path, name: str) -> None:
    for key in ("name", "greeting"):
        people = f'groups:\n  all:\n    audience: staff\n    people:\n      - {{address: anna@example.int, {key}: "{name}"}}\n'
        assert told(read(tmp_path, SENDER + people)) != []
    assert told(read(tmp_path, f'sender: {{name: "{name}", address: desk@example.int}}\n{GROUPS}')) != []


@pytest.mark.parametrize("words", [r"Pack\u202e", r"Pack\0", "Pack\u202e", "Pack\x1b[2J", "Pack\u2066"])
def test_no_template_turns_round_or_hides(tmp_path: Path, words: str) -> None:
    for key in ("subject", "body"):
        text = f'{SENDER}audiences:\n  staff:\n    {key}: "{words}"\n{GROUPS}'
        assert told(read(tmp_path, text)) != []
