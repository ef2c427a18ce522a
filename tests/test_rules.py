"""Every warning has a name that is in the registry, and a silence covers what it stands beside and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefpack
from briefpack.errors import Diagnostic, Severity, Where
from briefpack.rules import RULES, SILENCEABLE, Extent, Silence, Subject, apart, idle

PACKAGE = Path(briefpack.__file__).parent
HANDS_ON = {"errors.py", "reading/checks.py"}
"""Where a warning's rule is only handed on."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(PACKAGE).as_posix(), node


def is_warning(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "Severity.WARNING"


def rule_of(call: ast.Call) -> str | None:
    """The name a call gives, as a literal under rule= or as the first argument of warn()."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
    if isinstance(call.func, ast.Name) and call.func.id == "warn":
        given = call.args[:1]
    name = given[0] if given else None
    return name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else None


def warnings() -> Iterator[tuple[str, ast.Call]]:
    for module, call in calls():
        if module in HANDS_ON:
            continue
        function = call.func
        named = isinstance(function, ast.Attribute) and function.attr == "warning"
        by_hand = any(is_warning(argument) for argument in call.args) and module != "lint/case.py"
        if named or by_hand or (isinstance(function, ast.Name) and function.id == "warn"):
            yield module, call


def test_every_warning_has_a_name_that_is_explained() -> None:
    nameless = [f"{module}:{call.lineno}" for module, call in warnings() if rule_of(call) not in RULES]
    assert nameless == [], "give these warnings a rule= of briefpack/rules.py"


def test_every_name_is_of_a_warning_that_is_given() -> None:
    assert set(RULES) - {rule_of(call) for _, call in warnings()} == set()


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_is_named_in_small_letters_and_explained_in_sentences(rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for words in (rule.about, rule.remedy):
        assert words[0].isupper() or words[0] == "“"
        assert words.endswith(".")


def test_only_what_stands_in_a_pack_can_be_silenced() -> None:
    assert "long-brief" in SILENCEABLE
    assert {RULES[name].subject for name in set(RULES) - set(SILENCEABLE)} == {
        Subject.STYLE,
        Subject.FILE,
        Subject.SILENCE,
    }


# --------------------------------------------------------------------------- silences

FILE = Path("a.yaml")


def warning(line: int, rule: str = "capitals", path: Path = FILE) -> Diagnostic:
    return Diagnostic(Severity.WARNING, Where(path, line, 1), "loud", rule=rule)


def silence(*over: Extent, rule: str = "capitals") -> Silence:
    return Silence(rule, "meant", Where(FILE, 2, 1), over)


def test_a_silence_covers_its_lines_and_its_rule_only() -> None:
    quiet = silence(Extent(FILE, 3, 5))
    kept, used = apart([warning(2), warning(3), warning(5), warning(6), warning(4, "nobody")], [quiet])
    assert [(one.where.line, one.rule) for one in kept if one.where] == [
        (2, "capitals"),
        (6, "capitals"),
        (4, "nobody"),
    ]
    assert used == {quiet}


def test_a_silence_covers_the_files_it_names_from_first_to_last() -> None:
    other = Path("table.csv")
    kept, _ = apart([warning(1, path=other), warning(9999, path=other)], [silence(Extent(other, 0, None))])
    assert kept == ()


def test_an_error_is_never_silenced() -> None:
    error = Diagnostic(Severity.ERROR, Where(FILE, 3, 1), "wrong", rule="capitals")
    whole = Silence("capitals", "meant", Where(FILE, 1, 1), None)
    assert apart([error], [whole]) == ((error,), frozenset())


def test_a_silence_of_the_whole_pack_covers_warnings_without_a_place() -> None:
    whole = Silence("capitals", "meant", Where(FILE, 1, 1), None)
    nowhere = Diagnostic(Severity.WARNING, None, "loud", rule="capitals")
    assert apart([nowhere], [whole]) == ((), {whole})
    assert apart([nowhere], [silence(Extent(FILE, 0, None))])[0] == (nowhere,)


def test_a_silence_that_silenced_nothing_is_told_of_where_it_stands() -> None:
    busy, idler = silence(Extent(FILE, 1, 9)), silence(Extent(FILE, 1, 9), rule="nobody")
    _, used = apart([warning(3)], [busy, idler])
    (one,) = idle([busy, idler], used)
    assert (one.rule, one.severity, one.where) == ("idle-silence", Severity.WARNING, idler.where)
    assert "`nobody`" in one.message


def test_two_silences_over_one_warning_are_both_of_use() -> None:
    inner, outer = silence(Extent(FILE, 3, 3)), silence(Extent(FILE, 1, 9))
    assert apart([warning(3)], [inner, outer])[1] == {inner, outer}
