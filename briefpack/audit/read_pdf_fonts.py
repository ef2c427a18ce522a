"""A font of a PDF → the letters that its codes stand for: by its ToUnicode map, by its encoding, or both where they say different things.

ISO 32000-2: 9.6.5 and annex D (encodings of simple fonts), 9.7.5 (CMaps), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from briefpack.audit.gathering import Allowance, TooMuchError
from briefpack.audit.read_pdf_glyphs import letters_of
from briefpack.audit.read_pdf_objects import PdfFile
from briefpack.audit.read_pdf_syntax import Dict, Name, Value

_UNKNOWN = "\ufffd"
_MOST_CODES = 1 << 17
_BLOCK = re.compile(rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*+)>|(\[)|(\])")
_PREDEFINED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), encoding)
    for pattern, encoding in (
        (r".*-UTF16-[HV]", "utf-16-be"),
        (r".*-UCS2-[HV]|.*-UCS2-HW-[HV]", "utf-16-be"),
        (r"GB.*-EUC-[HV]|GBK.*|GBpc.*", "gbk"),
        (r"B5pc.*|ETen.*|ETenms.*", "big5"),
        (r"HKscs.*", "big5hkscs"),
        (r".*RKSJ.*", "cp932"),
        (r"EUC-[HV]", "euc_jp"),
        (r"KSC.*", "cp949"),
    )
)
"""Predefined CMaps (table 116) and the codecs whose bytes they take."""


@dataclass(frozen=True, slots=True)
class Font:
    """read: the letters of a string; U+FFFD for codes that have none. other: the same by the encoding, where it disagrees with ToUnicode; None where
    it does not. name: as the file has it."""

    name: str
    read: Callable[[bytes], str]
    other: Callable[[bytes], str] | None = None


@dataclass(slots=True)
class CMap:
    """letters: of codes, by their length and number. widths: of codes, in bytes."""

    letters: dict[int, str] = field(default_factory=dict)
    spaces: list[tuple[int, int, int]] = field(default_factory=list)


def no_font(raw: bytes) -> str:
    """The letters of a string whose font is not known: what text would be in most encodings."""
    return raw.decode("cp1252", "replace")


def font_of(entries: Dict, file: PdfFile, allowance: Allowance) -> Font:
    """The font that a dictionary describes. Raises TooMuchError."""
    name = entries.get("BaseFont")
    called = str(name) if isinstance(name, Name) else ""
    told = _to_unicode(entries, file, allowance)
    if entries.get("Subtype") == "Type0":
        return Font(called, _composite(entries, file, allowance, told))
    encoding = _simple(entries, file)
    if told is None:
        return Font(called, _by_table(encoding))
    table = {code: told.letters.get(code, encoding.get(code, _UNKNOWN)) for code in range(256)}
    differs = any(
        code in encoding and code in told.letters and not _alike(encoding[code], told.letters[code])
        for code in range(256)
    )
    other = _by_table({code: encoding.get(code, table[code]) for code in range(256)}) if differs else None
    return Font(called, _by_table(table), other)


def _alike(one: str, other: str) -> bool:
    """Whether two readings of a code are the same to a search; blanks and hyphens do not count."""
    return one == other or _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _to_unicode(entries: Dict, file: PdfFile, allowance: Allowance) -> CMap | None:
    item = file.item(entries.get("ToUnicode"))
    if item is None or item.raw is None:
        return None
    made = read_cmap(file.unpacked(item, allowance).data)
    return made if made.letters else None


def read_cmap(data: bytes) -> CMap:
    """9.10.3, and the code spaces of any CMap."""
    made = CMap()
    for block in _BLOCK.finditer(data):
        tokens = _tokens(block[2])
        match block[1]:
            case b"codespacerange":
                for low, high in _by(2, tokens):
                    if isinstance(low, bytes) and isinstance(high, bytes) and 0 < len(low) <= 4:
                        made.spaces.append(
                            (len(low), int.from_bytes(low, "big"), int.from_bytes(high, "big"))
                        )
            case b"bfchar":
                for code, letters in _by(2, tokens):
                    if isinstance(code, bytes) and isinstance(letters, bytes):
                        made.letters[int.from_bytes(code, "big")] = _utf_16(letters)
            case b"bfrange":
                for low, high, letters in _by(3, tokens):
                    if isinstance(low, bytes) and isinstance(high, bytes):
                        _range(made, int.from_bytes(low, "big"), int.from_bytes(high, "big"), letters)
            case _:
                pass
    return made


def _tokens(data: bytes) -> Iterator[bytes | list[bytes]]:
    held: list[bytes] | None = None
    for found in _HEX.finditer(data):
        if found[2]:
            held = []
        elif found[3]:
            if held is not None:
                yield held
            held = None
        else:
            digits = b"".join(found[1].split())
            value = bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode())
            if held is None:
                yield value
            else:
                held.append(value)


def _by(count: int, tokens: Iterator[bytes | list[bytes]]) -> Iterator[tuple[bytes | list[bytes], ...]]:
    return zip(*[tokens] * count, strict=False)


def _range(made: CMap, low: int, high: int, letters: bytes | list[bytes]) -> None:
    count = min(high - low + 1, _MOST_CODES - len(made.letters))
    if isinstance(letters, list):
        for offset, one in enumerate(letters[: max(0, count)]):
            made.letters[low + offset] = _utf_16(one)
        return
    first = _utf_16(letters)
    if not first:
        return
    head, last = first[:-1], ord(first[-1])
    for offset in range(count):
        code = last + offset
        if code > 0x10FFFF:
            break
        made.letters[low + offset] = head + chr(code)


def _utf_16(raw: bytes) -> str:
    if len(raw) == 1:
        return chr(raw[0])
    return raw.decode("utf-16-be", "replace")


def _by_table(table: dict[int, str]) -> Callable[[bytes], str]:
    """Strings of codes of a byte each."""
    full = {code: table.get(code, _UNKNOWN) for code in range(256)}
    if all(len(letters) == 1 for letters in full.values()):
        as_text = "".join(full.values())
        return lambda raw: codecs.charmap_decode(raw, "replace", as_text)[0]
    single = bytes(code for code, letters in full.items() if len(letters) == 1)
    in_short = "".join(letters if len(letters) == 1 else _UNKNOWN for letters in full.values())

    def read(raw: bytes) -> str:
        # Codes for several letters, as ligatures are, stand in few strings.
        if raw.translate(None, single):
            return "".join([full[code] for code in raw])
        return codecs.charmap_decode(raw, "replace", in_short)[0]

    return read


def _simple(entries: Dict, file: PdfFile) -> dict[int, str]:
    """Letters of codes by the encoding."""
    encoding = file.resolved(entries.get("Encoding"))
    told = encoding if isinstance(encoding, dict) else {}
    base: Value = told.get("BaseEncoding") if isinstance(encoding, dict) else encoding
    made = dict(_BASES.get(str(base), _WIN_ANSI if entries.get("Subtype") == "TrueType" else _STANDARD))
    if entries.get("Subtype") == "Type3":
        made = {}
    code = 0
    for value in file.array(told.get("Differences")):
        if isinstance(value, Name):
            letters = letters_of(value)
            if letters:
                made[code] = letters
            elif value != ".notdef":
                made.pop(code, None)
            code += 1
        elif isinstance(value, int):
            code = value
    return made


def _composite(
    entries: Dict, file: PdfFile, allowance: Allowance, told: CMap | None
) -> Callable[[bytes], str]:
    """Strings of codes of several bytes."""
    encoding = file.resolved(entries.get("Encoding"))
    item = file.item(entries.get("Encoding"))
    spaces: list[tuple[int, int, int]] = []
    if item is not None and item.raw is not None:
        try:
            spaces = read_cmap(file.unpacked(item, allowance).data).spaces
        except TooMuchError:
            spaces = []
    elif isinstance(encoding, Name):
        codec = next((codec for pattern, codec in _PREDEFINED if pattern.fullmatch(encoding)), None)
        if codec is not None and told is None:
            return lambda raw: raw.decode(codec, "replace")
        if codec is not None and codec != "utf-16-be":
            spaces = told.spaces if told is not None else []
    letters = {} if told is None else told.letters
    if not spaces or {width for width, _, _ in spaces} == {2}:
        return _by_pairs(letters)
    return _by_spaces(letters, spaces)


def _by_pairs(letters: dict[int, str]) -> Callable[[bytes], str]:
    def read(raw: bytes) -> str:
        if len(raw) % 2:
            raw += b"\0"
        codes = memoryview(bytes(raw)).cast("H")
        get = letters.get
        return "".join([get((code & 255) << 8 | code >> 8, _UNKNOWN) for code in codes])

    return read


def _by_spaces(letters: dict[int, str], spaces: list[tuple[int, int, int]]) -> Callable[[bytes], str]:
    widest = max(width for width, _, _ in spaces)

    def read(raw: bytes) -> str:
        made = []
        at = 0
        while at < len(raw):
            for width in range(1, widest + 1):
                code = int.from_bytes(raw[at : at + width], "big")
                if any(width == size and low <= code <= high for size, low, high in spaces):
                    break
            else:
                width, code = 1, raw[at]
            made.append(letters.get(code, _UNKNOWN))
            at += width
        return "".join(made)

    return read


def _codec(name: str) -> dict[int, str]:
    made = {}
    for code in range(32, 256):
        try:
            made[code] = bytes([code]).decode(name)
        except UnicodeDecodeError:
            continue
    return made


_WIN_ANSI = _codec("cp1252") | {0xAD: "-", 0xA0: " ", 0x7F: "\u2022"}
_MAC_ROMAN = _codec("mac_roman")
_STANDARD = {code: chr(code) for code in range(32, 127)} | {
    0x27: "\u2019", 0x60: "\u2018", 0xA1: "¡", 0xA2: "¢", 0xA3: "£", 0xA4: "\u2044", 0xA5: "¥", 0xA6: "ƒ", 0xA7: "§", 0xA8: "¤",
    0xA9: "'", 0xAA: "“", 0xAB: "«", 0xAC: "‹", 0xAD: "›", 0xAE: "fi", 0xAF: "fl", 0xB1: "–", 0xB2: "†", 0xB3: "‡", 0xB4: "·",
    0xB6: "¶", 0xB7: "•", 0xB8: "‚", 0xB9: "„", 0xBA: "”", 0xBB: "»", 0xBC: "…", 0xBD: "‰", 0xBF: "¿", 0xE1: "Æ", 0xE3: "ª",
    0xE8: "Ł", 0xE9: "Ø", 0xEA: "Œ", 0xEB: "º", 0xF1: "æ", 0xF5: "ı", 0xF8: "ł", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß",
}  # fmt: skip
_BASES = {"WinAnsiEncoding": _WIN_ANSI, "MacRomanEncoding": _MAC_ROMAN, "StandardEncoding": _STANDARD}
"""Annex D.2. Accents that stand alone say nothing to a search and are left out."""
