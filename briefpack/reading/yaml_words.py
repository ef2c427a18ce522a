"""libyaml's words about a file that is no YAML → the place and the words that help an author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NO_SPACE = re.compile(r"\s*(?:- )*([\w-]+):(?=[^\s/])")
"""A key whose colon has no space behind it; `https://…` is none."""
_VALUE = re.compile(r"""\s*(?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s"'#\[{*&!|>%@`][^:#]*?):\s+)?(?:- +)*(?=\S)""")
"""What stands before a value on its line: indentation, dashes, a key."""
_LONGEST_KEY = 1024
"""YAML 1.2.2, 7.4: an implicit key is at most 1024 characters long."""

QUOTE = "put the text into quotes"
_CLOSING = {"[": "]", "{": "}"}
_NAMES = {"[": "list", "{": "group"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """problem, context: what libyaml found, and what it was doing. line, column: 1-based place of the problem.

    start: 1-based place where the thing it was reading begins, None when it does not say.
    """

    problem: str
    context: str
    line: int
    column: int
    start: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Explained:
    """What to tell, and where."""

    line: int
    column: int
    message: str
    hint: str


def explain(trouble: Trouble, lines: Sequence[str]) -> Explained:
    """Turn libyaml's words into what an author can act on."""
    problem, context, line, column = trouble.problem, trouble.context, trouble.line, trouble.column
    shown = lines[line - 1] if line <= len(lines) else ""
    here = shown[column - 1 : column]
    start = trouble.start or (line, column)

    def at(place: tuple[int, int], message: str, hint: str) -> Explained:
        # libyaml points behind the end of the file for what is missing there.
        if place[0] > len(lines):
            place = (max(len(lines), 1), len(lines[-1]) + 1 if lines else 1)
        return Explained(*place, message, hint)

    if "tab" in problem or here == "\t" or "\t" in shown[: _indent(shown)]:
        return at(
            (line, shown.find("\t") + 1 or column),
            "a tab is used for indentation",
            "use spaces, two for each level",
        )
    if "mapping values are not allowed" in problem:
        return at(*_second_key(trouble, lines, shown))
    if "unknown escape" in problem or "escape" in context:
        return at(
            (line, column),
            "a backslash in double quotes begins an escape that does not exist",
            "write it twice (\\\\), or use single quotes",
        )
    if "escape code" in problem:
        # JSON writes a sign beyond the first 65,536 as two of these.
        return at(
            (line, column),
            "this escape stands for no character",
            "write the character itself, or \\U and its eight digits",
        )
    if "quoted scalar" in context:
        return at(
            start,
            "a quotation mark is opened here and never closed",
            "close it, or double it inside the text",
        )
    if "flow sequence" in context or "flow mapping" in context:
        mark = "[" if "sequence" in context else "{"
        return at(*_open_bracket(mark, start, (line, column), here))
    if "simple key" in context:
        return at(*_no_key(start, lines))
    if "an alias" in context or "an anchor" in context:
        mark = "*" if "alias" in context else "&"
        return at(start, f"a text cannot begin with {mark}", QUOTE)
    if "mapping keys are not allowed" in problem:
        return at((line, column), "a text cannot begin with ? and a space", QUOTE)
    if "block sequence entries" in problem:
        return at(
            (line, column),
            "a list cannot begin behind a key on the same line",
            "begin it on the next line, or put text that begins with - into quotes",
        )
    if "block scalar" in context:
        return at(
            start,
            f"behind {_char(lines, start)} a text begins on the next line, and not on this one",
            f"move the text to the next line and indent it; or, if {_char(lines, start)} is part of it, {QUOTE}",
        )
    if "directive" in context or here == "%":
        return at(start if "directive" in context else (line, column), "a text cannot begin with %", QUOTE)
    if "cannot start any token" in problem or "expected node content" in problem:
        if here:
            return at((line, column), f"a text cannot begin with {here}", QUOTE)
        return at(start, "something is opened here and never closed", "close it, or delete it")
    if "unexpected ':'" in problem:
        return at((line, column), "a colon stands in a text inside [ ] or { }", QUOTE)
    if "nesting" in problem:
        return at((line, column), "nested deeper than any level that is allowed", "write it flatter")
    if "document start" in problem:
        return at(
            (line, column),
            "the file goes on behind its end (`...` or `---`)",
            "delete the line of dots or dashes",
        )
    if "block mapping" in context or "block collection" in context:
        return at(*_out_of_line(trouble, shown))
    return at(
        (line, column),
        f"this is not well-formed YAML: {problem or context}",
        "check quotes, colons and indentation near here",
    )


_Told = tuple[tuple[int, int], str, str]
_NO_KEY = (
    "this line is neither `key: value` nor part of the text above it",
    "write `key: value`, or indent the line like the rest of its text",
)


def _char(lines: Sequence[str], place: tuple[int, int]) -> str:
    return lines[place[0] - 1][place[1] - 1 : place[1]]


def _second_key(trouble: Trouble, lines: Sequence[str], shown: str) -> _Told:
    """A colon where no key can be."""
    line, column = trouble.line, trouble.column
    before = shown[: column - 1]
    if column > _LONGEST_KEY:
        return (line, 1), "a key is longer than 1024 characters", f"if it is text with a colon in it, {QUOTE}"
    above = lines[line - 2] if line > 1 else ""
    is_first = re.fullmatch(r"\s*(?:- +)*[\w-]+\s*", before) is not None
    if is_first and above.strip():
        glued = _NO_SPACE.match(above)
        if glued:
            return (line - 1, glued.end(1) + 1), *_glued(glued[1])
        if _indent(above) >= _indent(shown):
            return (line - 1, _indent(above) + 1), *_NO_KEY
        return (
            (line, _indent(shown) + 1),
            f"`{before.strip()}` is indented as if it were below the line above, which has a value already",
            "indent it like the keys it belongs to",
        )
    hint = f"{QUOTE}, or write it under `|`"
    if re.search("[“”„‘’«»]", shown):
        hint += "; YAML knows the straight quotes only: \" or '"
    return (
        (line, column),
        "a colon with a space after it begins a key, but this is the middle of a text",
        hint,
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _glued(key: str) -> tuple[str, str]:
    return f"a space is missing behind the colon of `{key}`", f"write `{key}: …`"


def _no_key(start: tuple[int, int], lines: Sequence[str]) -> _Told:
    """A line that was taken for a key, and has no colon."""
    shown = lines[start[0] - 1]
    rest = shown[start[1] - 1 :]
    glued = _NO_SPACE.match(rest)
    if glued:
        return (start[0], start[1] + glued.end(1)), *_glued(glued[1])
    if re.match(r"-[^\s-]", rest):
        return start, "a space is missing behind the dash of a list item", f"write `- {rest[1:21].strip()}…`"
    return start, *_NO_KEY


def _open_bracket(mark: str, start: tuple[int, int], place: tuple[int, int], here: str) -> _Told:
    closing, name = _CLOSING[mark], _NAMES[mark]
    if here and start[0] == place[0]:
        return (
            place,
            f"a comma, or the {closing} that closes the {name}, is missing here",
            f"text in a {name} that has quotes, brackets or `: ` in it must be in quotes as a whole",
        )
    return (
        start,
        f"a {name} is opened with {mark} here and not closed",
        f"close it with {closing}; or, if {mark} is part of a text, {QUOTE}",
    )


def _out_of_line(trouble: Trouble, shown: str) -> _Told:
    """A line that does not fit the group or list it stands in."""
    line, column = trouble.line, trouble.column
    match = _VALUE.match(shown)
    first = match.end() if match else 0
    mark = shown[first : first + 1]
    if first < column - 1:
        # The value began and ended on this line, and something follows it.
        if mark in "[{":
            return (
                (line, first + 1),
                f"this begins with {mark}, which makes it a {_NAMES[mark]}; but text follows behind the {_CLOSING[mark]}",
                QUOTE,
            )
        if mark == "*":
            return (line, first + 1), "a text cannot begin with *", QUOTE
        if mark in "\"'":
            return (
                (line, column),
                "the text goes on behind its closing quotation mark",
                f"put all of it into quotes; write {mark * 2 if mark == chr(39) else chr(92) + mark} for one inside it",
            )
    if shown[column - 1 : column] == ":":
        return (line, column), "there is no key before this colon", "write `key: value`"
    if shown[column - 1 : column] in ("]", "}"):
        return (line, column), f"nothing is open that {shown[column - 1]} could close", "delete it"
    if re.match(r"-[^\s-]", shown[column - 1 :]):
        return (
            (line, column),
            "a space is missing behind the dash of a list item",
            "write `- ` before each item",
        )
    if shown.lstrip().startswith("- ") and "mapping" in trouble.context:
        return (
            (line, column),
            "a list item stands here among keys",
            "indent it below the key that it belongs to, in line with its other items",
        )
    if "collection" in trouble.context:
        return (
            (line, column),
            "this line stands among list items and is none",
            "begin it with `- `, or indent it to where it belongs",
        )
    return (
        (line, column),
        "the indentation of this line fits nothing above it",
        "keys of one group begin in the same column, and so do the lines of a text under | or >",
    )
