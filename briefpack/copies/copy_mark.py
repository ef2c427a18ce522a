"""What tells one reader's copy of a file from every other's."""

from __future__ import annotations

from dataclasses import dataclass


class CopyError(Exception):
    """A file that cannot be copied or locked as it was asked for. fact: what is wrong, without the file's name ("is encrypted"). remedy: "" for none."""

    def __init__(self, fact: str, remedy: str = "") -> None:
        super().__init__(fact)
        self.fact = fact
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class CopyMark:
    """number: of the copy, 1-based. of: how many copies there are. name: whose it is. line: the words that are printed ("Copy 3 of 12 — Elena Marković").

    trace: ASCII letters, digits and hyphens, no two copies have the same; it stands in the file's metadata, and a copy whose words are gone is known by it.
    plain: the line with the address in place of the name, for a name that the fonts at hand cannot set; "" where there is no other line.
    """

    number: int
    of: int
    name: str
    line: str
    trace: str
    plain: str = ""

    @property
    def bare(self) -> str:
        """The line that every font can set."""
        return f"{self.number}/{self.of} · {self.trace}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that may be printed, the best one first."""
        return tuple(line for line in (self.line, self.plain, self.bare) if line)
