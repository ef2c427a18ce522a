"""`silence`: where it may stand, what it covers, and every way of getting it wrong."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from briefpack.errors import Diagnostic, Severity, Where
from briefpack.reading.read_pack import PackReading, read_pack
from briefpack.rules import Silence, apart

PACK = """\
title: A
audiences:
  desk: {}
sections:
  - s.yaml
"""


def reading(folder: Path, section: str = "title: A\ntext: a\n", pack: str = PACK) -> PackReading:
    (folder / "pack.yaml").write_text(textwrap.dedent(pack), encoding="utf-8")
    (folder / "s.yaml").write_text(textwrap.dedent(section), encoding="utf-8")
    return read_pack(folder)


def silences(folder: Path, section: str, pack: str = PACK) -> tuple[Silence, ...]:
    result = reading(folder, section, pack)
    assert result.pack is not None, result.findings.items
    assert result.pack.silences == result.silences
    return result.silences


def covers(silence: Silence, path: Path, line: int) -> bool:
    return silence.covers(Diagnostic(Severity.WARNING, Where(path, line, 1), "", rule=silence.rule))


def lines(silence: Silence, path: Path) -> list[int]:
    return [line for line in range(1, 40) if covers(silence, path, line)]


# --------------------------------------------------------------------------- where it may stand

SECTION = """\
title: A
kind: brief
objective: a
points:
  - to: b
    points:
      - c
      - text: d
        silence: {long-point: needed}
    silence: {unaddressed-points: meant}
  - e
if_raised:
  - question: f
    line: |
      g

      h
    silence: {capitals: a quotation}
background:
  - text: i
  - table:
      columns: [j, k]
      rows:
        - [l, m]
        - cells: [n, o]
          silence: {name-spelling: an old spelling}
    silence: {no-source: our own count}
  - numbered:
      - text: p
        silence: {wrong-weekday: as it was printed}
silence: {long-brief: agreed with the cabinet}
"""


def test_every_group_that_can_be_limited_can_carry_it_and_it_covers_the_groups_lines(tmp_path: Path) -> None:
    found = {one.rule: lines(one, tmp_path / "s.yaml") for one in silences(tmp_path, SECTION)}
    assert found == {
        "long-point": [8, 9],
        "unaddressed-points": [5, 6, 7, 8, 9, 10],
        "capitals": [13, 14, 15, 16, 17, 18],
        "name-spelling": [25, 26],
        "no-source": [21, 22, 23, 24, 25, 26, 27],
        "wrong-weekday": [29, 30],
        "long-brief": list(range(1, 32)),
    }


def test_an_agenda_carries_it_in_its_days_and_items(tmp_path: Path) -> None:
    text = """\
    title: A
    kind: agenda
    days:
      - silence: {impossible-date: a joke}
        items:
          - time: "9:00"
            item: b
            silence: {agenda-without-brief: for courtesy}
    """
    found = {one.rule: lines(one, tmp_path / "s.yaml") for one in silences(tmp_path, text)}
    assert found == {"impossible-date": [4, 5, 6, 7, 8], "agenda-without-brief": [6, 7, 8]}


def test_it_keeps_its_reason_its_place_and_several_rules(tmp_path: Path) -> None:
    one, other = silences(
        tmp_path, "title: A\ntext: a\nsilence:\n  capitals: as  in\n    the treaty\n  nobody: later\n"
    )
    assert (one.rule, one.reason, one.where) == (
        "capitals",
        "as in the treaty",
        Where(tmp_path / "s.yaml", 4, 3),
    )
    assert other.rule == "nobody"


def test_beside_a_table_it_covers_the_csv_file_as_well(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\nc,d\n", encoding="utf-8")
    text = "title: A\nblocks:\n  - table: {csv: t.csv}\n    silence: {capitals: shouted at us}\n  - b\n"
    (one,) = silences(tmp_path, text)
    assert covers(one, tmp_path / "t.csv", 2)
    assert lines(one, tmp_path / "s.yaml") == [3, 4]


def test_beside_a_section_in_pack_yaml_it_covers_the_sections_file(tmp_path: Path) -> None:
    pack = PACK.replace("  - s.yaml", "  - file: s.yaml\n    silence: {capitals: not ours}")
    (one,) = silences(tmp_path, "title: A\ntext: a\n", pack)
    assert covers(one, tmp_path / "s.yaml", 2)
    assert not covers(one, tmp_path / "pack.yaml", 1)


def test_at_the_top_of_pack_yaml_it_covers_the_whole_pack(tmp_path: Path) -> None:
    (one,) = silences(tmp_path, "title: A\ntext: a\n", PACK + "silence: {capitals: house style}\n")
    assert one.over is None
    assert covers(one, tmp_path / "s.yaml", 2)


def test_an_audience_may_be_called_silence(tmp_path: Path) -> None:
    assert silences(tmp_path, "title: A\ntext: a\n", PACK.replace("desk: {}", "silence: {title: Hush}")) == ()


def test_what_reading_warns_of_is_silenced_where_it_stands(tmp_path: Path) -> None:
    text = """\
    title: A
    blocks:
      - text: PLEASE READ THIS BEFORE THE MEETING
        silence: {capitals: a quotation}
      - text: PLEASE READ THAT BEFORE THE MEETING
    """
    result = reading(tmp_path, text)
    kept, used = apart(result.findings, result.silences)
    assert [(one.rule, one.where.line) for one in kept if one.where] == [("capitals", 5)]
    assert used == set(result.silences)


# --------------------------------------------------------------------------- getting it wrong


@pytest.mark.parametrize(
    ("written", "line", "message", "hint"),
    [
        ("silence: {long-breif: x}", 3, "there is no rule `long-breif`", "did you mean `long-brief`?"),
        ("silence: {xyzzy: x}", 3, "there is no rule `xyzzy`", "`briefpack rules` lists them all"),
        (
            "silence: {style-contrast: x}",
            3,
            "`style-contrast` cannot be silenced in a pack",
            "it warns of this: Text is hard to read",
        ),
        ("silence: {idle-silence: x}", 3, "`idle-silence` cannot be silenced in a pack", "it warns of this"),
        ('silence: {capitals: ""}', 3, "the silence of `capitals` gives no reason", "say in words"),
        ("silence:\n  capitals:", 4, "the silence of `capitals` gives no reason", "say in words"),
        ("silence: {capitals: [a]}", 3, "text is asked for here", "say in words why `capitals`"),
        ("silence: [capitals]", 3, "a group of rules", "write `silence: {rule: reason}`"),
        ("silence: capitals", 3, "a group of rules", "write `silence: {rule: reason}`"),
    ],
)
def test_a_wrong_silence_is_an_error_with_its_place_and_remedy(
    tmp_path: Path, written: str, line: int, message: str, hint: str
) -> None:
    result = reading(tmp_path, f"title: A\ntext: a\n{written}\n")
    assert result.pack is None
    (one,) = result.findings
    assert (one.severity, one.where.line if one.where else None) == (Severity.ERROR, line)
    assert one.message.startswith(message)
    assert (one.hint or "").startswith(hint)


def test_nothing_at_all_silences_nothing(tmp_path: Path) -> None:
    assert silences(tmp_path, "title: A\ntext: a\nsilence:\n") == ()
    assert silences(tmp_path, "title: A\ntext: a\nsilence: {}\n") == ()


def test_an_error_elsewhere_leaves_silences_in_force(tmp_path: Path) -> None:
    result = reading(tmp_path, "title: A\ntext: a\nsilence: {capitals: meant}\nwrong: key\n")
    assert result.pack is None
    assert [one.rule for one in result.silences] == ["capitals"]
