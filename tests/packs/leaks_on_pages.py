"""Ways to leak in what the pages of a PDF draw: seen or not seen, in every disguise that text can take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import accumulate

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.packs.leaks import (
    File,
    Plant,
    Proof,
    Secret,
    Ways,
    abroad_on_pages,
    in_bytes,
    in_operators,
    on_pages,
    pages_of,
    pieces,
    squeezed,
    words_on_pages,
)
from tests.packs.leaks_in_pdf import changed

WAYS = Ways("pdf")

Draw = Callable[[Pdf, Secret], str]
"""Gives the operators that draw; fonts are /F1 (Helvetica) and /F2 (Times-Bold), on a page that is 595 by 842 points."""


def _helvetica(pdf: Pdf, base: str = "/Helvetica") -> Dictionary:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base), Encoding=Name.WinAnsiEncoding)
    )


def _add_page(
    pdf: Pdf, operators: str, number: int, *, fonts: dict[str, Dictionary] | None = None
) -> Dictionary:
    """A new page before that with this number. It is not in the structure tree, as anything that somebody put there would not be."""
    page = pdf.add_blank_page(page_size=(595, 842))
    del pdf.pages[-1]
    given = fonts or {"/F1": _helvetica(pdf), "/F2": _helvetica(pdf, "/Times-Bold")}
    page.obj.Resources = Dictionary(Font=Dictionary(given))
    page.obj.Contents = pdf.make_stream(operators.encode("latin-1"))
    pdf.pages.insert(number, page)
    return pdf.pages[number].obj


def _drawn(name: str, proof: Proof = on_pages, tells: str = "sentence") -> Callable[[Draw], Plant]:
    """Note a way that draws on a page of its own between the others."""

    def note(draw: Draw) -> Plant:
        def plant(file: File, secret: Secret) -> File:
            return changed(file, lambda pdf: _add_page(pdf, draw(pdf, secret), 3) and None)

        return WAYS(name, proof, tells)(plant)

    return note


def _over(name: str, proof: Proof = on_pages, tells: str = "sentence") -> Callable[[Draw], Plant]:
    """Note a way that draws over what is on a page already."""

    def note(draw: Draw) -> Plant:
        def plant(file: File, secret: Secret) -> File:
            def change(pdf: Pdf) -> None:
                page = pdf.pages[2]
                fonts = page.resources.Font
                fonts["/F1"] = _helvetica(pdf)
                operators = draw(pdf, secret)
                page.contents_add(b"q", prepend=True)
                page.contents_add(b"Q q " + operators.encode("latin-1") + b" Q")

            return changed(file, change)

        return WAYS(name, proof, tells)(plant)

    return note


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _lines(text: str, most: int = 70) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _text(lines: Iterable[str], *, x: float = 60, y: float = 700, size: float = 11, before: str = "") -> str:
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
    return f"BT /F1 {size} Tf {size * 1.3} TL {x} {y} Td {before} {shown} ET"


# --------------------------------------------------------------------------- not seen


@_drawn("on a page that is not of the pack")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(_lines(secret.sentence))


@_over("invisible text")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([secret.sentence], y=30, size=3, before="3 Tr")


@_over("white text")
def _(pdf: Pdf, secret: Secret) -> str:
    return "1 1 1 rg " + _text([secret.sentence], y=30, size=3)


@_drawn("covered text")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(_lines(secret.sentence)) + " 0.2 0.3 0.4 rg 40 500 520 250 re f"


@_over("text that is too small to be seen")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([secret.sentence], y=30, size=0.4)


@_over("text that is drawn by its scale alone")
def _(pdf: Pdf, secret: Secret) -> str:
    return f"BT /F1 1 Tf 0.5 0 0 0.5 60 25 Tm ({_escaped(secret.sentence)}) Tj ET"


@_over("beyond the edge of the paper", in_operators)
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(_lines(secret.sentence), x=60, y=-400)


@_over("text that only clips")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([secret.sentence], y=30, size=3, before="7 Tr")


@_over("text without area", in_bytes)
def _(pdf: Pdf, secret: Secret) -> str:
    return "0 0 0 0 re W n " + _text([secret.sentence], y=30, size=3)


def _cropped(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        page = _add_page(pdf, _text(_lines(secret.sentence), y=750), 3)
        page.CropBox = Array([50, 50, 545, 500])

    return changed(file, change)


WAYS("outside of what is cut out", in_operators)(_cropped)


def _layered(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
        page = _add_page(pdf, f"/OC /L1 BDC {_text(_lines(secret.sentence))} EMC", 3)
        page.Resources.Properties = Dictionary(L1=group)

    return changed(file, change)


WAYS("on a layer that is switched off", in_operators)(_layered)


# --------------------------------------------------------------------------- how lines are broken


@_drawn("hyphenated at the ends of lines")
def _(pdf: Pdf, secret: Secret) -> str:
    lines = []
    rest = secret.sentence
    while len(rest) > 38:
        cut = 36
        # Inside a word, with two letters at least before and behind.
        while not rest[cut - 2 : cut + 2].isalpha():
            cut -= 1
            if cut < 8:
                cut = 36
                break
        inside = rest[cut - 2 : cut + 2].isalpha()
        lines.append(rest[:cut] + ("-" if inside else ""))
        rest = rest[cut:]
    return _text([*lines, rest])


def _hyphened_over_pages(file: File, secret: Secret) -> File:
    words = secret.sentence.split()
    long = max(range(len(words)), key=lambda index: len(words[index]))
    cut = len(words[long]) // 2
    first = " ".join([*words[:long], words[long][:cut] + "-"])
    second = " ".join([words[long][cut:], *words[long + 1 :]])

    def change(pdf: Pdf) -> None:
        _add_page(pdf, _text(_lines(first), y=90), 3)
        _add_page(pdf, _text(_lines(second), y=780), 4)

    return changed(file, change)


def _halves_on_pages(file: File, secret: Secret) -> bool:
    text = squeezed(" ".join(pages_of(file.content)).replace("-", ""))
    words = secret.sentence.split()
    return all(squeezed(" ".join(part)) in text for part in (words[:3], words[-3:]))


WAYS("over two pages, with a hyphen between them", _halves_on_pages)(_hyphened_over_pages)


def _over_pages(file: File, secret: Secret) -> File:
    words = secret.sentence.split()
    half = len(words) // 2

    def change(pdf: Pdf) -> None:
        foot = " BT /F1 8 Tf 280 30 Td (Page 4) Tj ET"
        head = "BT /F1 8 Tf 60 815 Td (A running title) Tj ET "
        _add_page(pdf, _text(_lines(" ".join(words[:half])), y=90) + foot, 3)
        _add_page(pdf, head + _text(_lines(" ".join(words[half:])), y=780), 4)

    return changed(file, change)


WAYS("over two pages, with furniture between them", words_on_pages)(_over_pages)


@_drawn("in two columns", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    lines = _lines(secret.sentence, 30)
    half = (len(lines) + 1) // 2
    return _text(lines[:half], x=60) + " " + _text(lines[half:], x=320)


@_drawn("in a narrow column beside another, line by line in turn", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    shown = []
    for number, line in enumerate(_lines(secret.sentence, 40)):
        y = 700 - 14 * number
        shown.append(f"BT /F1 10 Tf 60 {y} Td ({_escaped(line)}) Tj ET")
        shown.append(f"BT /F1 10 Tf 340 {y} Td (of other things, line {number}) Tj ET")
    return " ".join(shown)


@_drawn("one word a line")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(secret.sentence.split(), y=780)


# --------------------------------------------------------------------------- how letters are drawn


@_drawn("letter by letter, with corrections between them")
def _(pdf: Pdf, secret: Secret) -> str:
    shown = []
    for line in _lines(secret.sentence):
        shown.append("[" + " ".join(f"({_escaped(letter)}) -12" for letter in line) + "] TJ T*")
    return f"BT /F1 10 Tf 14 TL 60 700 Td {' '.join(shown)} ET"


@_drawn("letter by letter, each placed by itself")
def _(pdf: Pdf, secret: Secret) -> str:
    shown = []
    for row, line in enumerate(_lines(secret.sentence, 60)):
        for column, letter in enumerate(line):
            if letter != " ":
                shown.append(f"1 0 0 1 {60 + 7 * column} {700 - 14 * row} Tm ({_escaped(letter)}) Tj")
    return f"BT /F1 10 Tf {' '.join(shown)} ET"


@_drawn("spaces that are gaps")
def _(pdf: Pdf, secret: Secret) -> str:
    shown = []
    for line in _lines(secret.sentence):
        shown.append("[" + " -300 ".join(f"({_escaped(word)})" for word in line.split()) + "] TJ T*")
    return f"BT /F1 10 Tf 14 TL 60 700 Td {' '.join(shown)} ET"


@_drawn("spaced out by the space between letters")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(_lines(secret.sentence, 40), before="6 Tc")


@_drawn("spaced out by blanks")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([" ".join(line) for line in _lines(secret.sentence, 30)])


@_drawn("spaced out, line by line as one word")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(["".join(line.split()) for line in _lines(secret.sentence)])


@_drawn("every word in a text object of its own", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    return " ".join(_words_apart(secret.sentence))


def _words_apart(text: str) -> list[str]:
    shown = []
    for row, line in enumerate(_lines(text, 50)):
        x = 60.0
        for word in line.split():
            shown.append(f"BT /F1 10 Tf {x} {700 - 14 * row} Td ({_escaped(word)}) Tj ET")
            x += 6.6 * len(word) + 5
    return shown


@_drawn("every word by itself, the last one first", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    return " ".join(reversed(_words_apart(secret.sentence)))


@_drawn("the even words first, then the odd ones", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    apart = _words_apart(secret.sentence)
    return " ".join([*apart[::2], *apart[1::2]])


@_drawn("the first words of all lines, then the others", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    lines = [_line_apart(line, 700 - 14 * row) for row, line in enumerate(_lines(secret.sentence, 50))]
    halves = [(line[: len(line) // 2], line[len(line) // 2 :]) for line in lines]
    return " ".join(word for half in zip(*halves, strict=True) for words in half for word in words)


def _line_apart(line: str, y: float, left: float = 60) -> list[str]:
    """Words as near to each other as a typesetter has them, in Courier."""
    starts = accumulate((6 * (len(word) + 1) for word in line.split()), initial=left)
    return [
        f"BT /F1 10 Tf {x} {y} Td ({_escaped(word)}) Tj ET"
        for x, word in zip(starts, line.split(), strict=False)
    ]


@_drawn("in one of two columns, the odd words first", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    beside = " ".join(
        ["There is a column beside it that has been filled with words which say nothing at all."] * 4
    )
    rows = zip(_lines(secret.sentence, 38), _lines(beside, 30), strict=False)
    words = [
        word
        for row, (line, other) in enumerate(rows)
        for word in (*_line_apart(line, 700 - 14 * row), *_line_apart(other, 700 - 14 * row, 330))
    ]
    return " ".join([*words[1::2], *words[::2]])


@_over("letter by letter, every third one first")
def _(pdf: Pdf, secret: Secret) -> str:
    letters = [
        f"BT /F1 4 Tf {20 + 2.4 * place} {22 - 5 * row} Td ({_escaped(letter)}) Tj ET"
        for row, line in enumerate(_lines(secret.sentence, 80))
        for place, letter in enumerate(line)
        if letter != " "
    ]
    return " ".join([*letters[::3], *letters[1::3], *letters[2::3]])


@_drawn("in a font that changes within words")
def _(pdf: Pdf, secret: Secret) -> str:
    shown = []
    for line in _lines(secret.sentence, 60):
        for word in line.split(" "):
            half = len(word) // 2
            shown.append(f"/F1 10 Tf ({_escaped(word[:half])}) Tj /F2 10 Tf ({_escaped(word[half:])} ) Tj")
        shown.append("T*")
    return f"BT 14 TL 60 700 Td {' '.join(shown)} ET"


@_drawn("with operators that begin a line")
def _(pdf: Pdf, secret: Secret) -> str:
    first, *others = _lines(secret.sentence)
    shown = " ".join(f"({_escaped(line)}) '" for line in others)
    return f"BT /F1 10 Tf 14 TL 60 700 Td ({_escaped(first)}) ' {shown} 0 0 (and so on) \" ET"


@_drawn("in hexadecimal digits")
def _(pdf: Pdf, secret: Secret) -> str:
    shown = " ".join(f"<{line.encode('latin-1').hex(' ', 3)}> Tj T*" for line in _lines(secret.sentence))
    return f"BT /F1 10 Tf 14 TL 60 700 Td {shown} ET"


@_drawn("in octal escapes, over broken lines")
def _(pdf: Pdf, secret: Secret) -> str:
    def octal(line: str) -> str:
        return "\\\n".join("".join(f"\\{ord(letter):03o}" for letter in part) for part in line.split("~"))

    shown = " ".join(f"({octal(line)}) Tj T*" for line in _lines(secret.sentence))
    return f"BT /F1 10 Tf 14 TL 60 700 Td {shown} ET"


@_drawn("turned by ninety degrees", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in _lines(secret.sentence))
    return f"BT /F1 10 Tf 14 TL 0 1 -1 0 300 60 Tm {shown} ET"


@_drawn("on its head", words_on_pages)
def _(pdf: Pdf, secret: Secret) -> str:
    shown = " ".join(f"({_escaped(line)}) Tj T*" for line in _lines(secret.sentence))
    return f"BT /F1 10 Tf 14 TL -1 0 0 -1 500 400 Tm {shown} ET"


@_drawn("in capitals")
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(_lines(secret.sentence.upper()))


@_drawn(
    "a third of the sentence",
    lambda file, secret: squeezed(_third(secret)) in squeezed(" ".join(pages_of(file.content))),
)
def _(pdf: Pdf, secret: Secret) -> str:
    return _text(_lines(f"It is said that {_third(secret)}, among other things."))


def _third(secret: Secret) -> str:
    words = secret.sentence.rstrip(".").split()
    third = max(len(words) // 3, 7)
    return " ".join(words[-third:])


@_drawn("with other quotation marks, dashes and spaces")
def _(pdf: Pdf, secret: Secret) -> str:
    words = secret.sentence.split()
    disguised = "\u00a0".join([*words[:4], f"\u0093{words[4]}\u0094", *words[5:8], "\u0096", *words[8:]])
    return _text(_lines(disguised.replace("\u00a0", "\u00a0 "), 80))


# --------------------------------------------------------------------------- fonts of their own


def _mapped_font(pdf: Pdf, codes: dict[int, str], glyphs: Iterable[str] = ()) -> Dictionary:
    """A font whose codes mean what its map to Unicode says. glyphs: names of the glyphs from code 33 on."""
    lines = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{lines}\nendbfchar\nendcmap end end"
    )
    font = _helvetica(pdf)
    if codes:
        font.ToUnicode = pdf.make_stream(cmap.encode())
    names = list(glyphs)
    if names:
        font.Encoding = Dictionary(
            Type=Name.Encoding, Differences=Array([33, *(Name(f"/{name}") for name in names)])
        )
    return font


def _coded(text: str) -> tuple[dict[int, str], str]:
    """Codes that say nothing of the letters they stand for, and the text in them."""
    letters = sorted(set(text))
    codes = {letter: 40 + (7 * number) % 150 + 20 for number, letter in enumerate(letters)}
    assert len(set(codes.values())) == len(letters)
    return {code: letter for letter, code in codes.items()}, text


def _in_codes(file: File, text: str, *, most: int = 60) -> File:
    codes, _ = _coded(text)
    back = {letter: code for code, letter in codes.items()}

    def change(pdf: Pdf) -> None:
        font = _mapped_font(pdf, codes)
        shown = " ".join(
            "<" + "".join(f"{back[letter]:02x}" for letter in line) + "> Tj T*" for line in _lines(text, most)
        )
        _add_page(pdf, f"BT /F1 10 Tf 14 TL 60 700 Td {shown} ET", 3, fonts={"/F1": font})

    return changed(file, change)


WAYS("in a font with codes of its own", on_pages)(lambda file, secret: _in_codes(file, secret.sentence))
WAYS("with ligatures", on_pages)(
    lambda file, secret: _in_codes(
        file,
        secret.sentence.replace("ffi", "\ufb03")
        .replace("fi", "\ufb01")
        .replace("fl", "\ufb02")
        .replace("st", "\ufb06"),
    )
)
WAYS("with soft hyphens and signs without width", on_pages)(
    lambda file, secret: _in_codes(
        file,
        " ".join(
            f"{word[:2]}\u00ad{word[2:4]}\u200b{word[4:]}" if len(word) > 4 else word
            for word in secret.sentence.split()
        ),
    )
)
WAYS("in Cyrillic letters", abroad_on_pages("uk"), "abroad:uk")(
    lambda file, secret: _in_codes(file, secret.abroad["uk"])
)
WAYS("in Arabic letters, as they are read", abroad_on_pages("ar"), "abroad:ar")(
    lambda file, secret: _in_codes(file, secret.abroad["ar"])
)
WAYS("in French, with accents put together from two signs", abroad_on_pages("fr"), "abroad:fr")(
    lambda file, secret: _in_codes(file, _apart(secret.abroad["fr"]))
)


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _glyph_names(file: File, secret: Secret) -> File:
    names = {" ": "space", ".": "period", ",": "comma", "-": "hyphen", "'": "quotesingle"}
    digits = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    names |= {str(number): name for number, name in enumerate(digits)}
    letters = sorted(set(secret.sentence))
    codes = {letter: 33 + number for number, letter in enumerate(letters)}

    def change(pdf: Pdf) -> None:
        font = _mapped_font(pdf, {}, [names.get(letter, letter) for letter in letters])
        shown = " ".join(
            "<" + "".join(f"{codes[letter]:02x}" for letter in line) + "> Tj T*"
            for line in _lines(secret.sentence)
        )
        _add_page(pdf, f"BT /F1 10 Tf 14 TL 60 700 Td {shown} ET", 3, fonts={"/F1": font})

    return changed(file, change)


WAYS("in a font that only names its glyphs", on_pages)(_glyph_names)


def _type3(file: File, secret: Secret) -> File:
    codes, text = _coded(secret.sentence)
    back = {letter: code for code, letter in codes.items()}

    def change(pdf: Pdf) -> None:
        font = _mapped_font(pdf, codes)
        del font.BaseFont
        font.Subtype = Name.Type3
        font.FontBBox, font.FontMatrix = (
            Array([0, 0, 600, 700]),
            Array([Decimal("0.001"), 0, 0, Decimal("0.001"), 0, 0]),
        )
        drawing = pdf.make_stream(b"600 0 0 0 600 700 d1 50 0 500 600 re f")
        font.CharProcs = Dictionary({f"/g{code}": drawing for code in codes})
        font.Encoding = Dictionary(
            Type=Name.Encoding,
            Differences=Array([part for code in codes for part in (code, Name(f"/g{code}"))]),
        )
        font.FirstChar, font.LastChar = 0, 255
        font.Widths = Array([600] * 256)
        shown = " ".join(
            "<" + "".join(f"{back[letter]:02x}" for letter in line) + "> Tj T*" for line in _lines(text, 60)
        )
        _add_page(pdf, f"BT /F1 10 Tf 14 TL 60 700 Td {shown} ET", 3, fonts={"/F1": font})

    return changed(file, change)


WAYS("in a font that is made of drawings", on_pages)(_type3)


def _composite(file: File, secret: Secret) -> File:
    """Two bytes a letter, as most programs write today."""
    letters = sorted(set(secret.sentence))
    codes = {letter: 300 + 11 * number for number, letter in enumerate(letters)}

    def change(pdf: Pdf) -> None:
        lines = "\n".join(f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items())
        cmap = (
            "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(codes)} beginbfchar\n{lines}\nendbfchar endcmap"
        )
        info = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.ABCDEF,
            Flags=4,
            FontBBox=Array([0, 0, 1000, 1000]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
        )
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.ABCDEF,
            CIDSystemInfo=info,
            DW=500,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.ABCDEF,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
        shown = " ".join(
            "<" + "".join(f"{codes[letter]:04x}" for letter in line) + "> Tj T*"
            for line in _lines(secret.sentence)
        )
        _add_page(pdf, f"BT /F1 10 Tf 14 TL 60 700 Td {shown} ET", 3, fonts={"/F1": pdf.make_indirect(font)})

    return changed(file, change)


WAYS("in a font of two bytes a letter", on_pages)(_composite)


# --------------------------------------------------------------------------- where the operators are


def _form(pdf: Pdf, operators: str) -> Dictionary:
    form = pdf.make_stream(operators.encode("latin-1"))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
    form.Resources = Dictionary(Font=Dictionary(F1=_helvetica(pdf)))
    return form


def _in_form(*, used: bool, deep: int = 0) -> Plant:
    def plant(file: File, secret: Secret) -> File:
        def change(pdf: Pdf) -> None:
            form = _form(pdf, _text(_lines(secret.sentence)))
            for _ in range(deep):
                outer = _form(pdf, "/Inner Do")
                outer.Resources.XObject = Dictionary(Inner=form)
                form = outer
            page = _add_page(pdf, "/X1 Do" if used else "", 3)
            page.Resources.XObject = Dictionary(X1=form)

        return changed(file, change)

    return plant


WAYS("in a form that a page draws", on_pages)(_in_form(used=True))
WAYS("in a form in a form in a form", on_pages)(_in_form(used=True, deep=2))
WAYS("in a form that no page draws", in_operators)(_in_form(used=False))


def _pattern(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        tile = _form(pdf, _text([secret.sentence], size=4))
        del tile.Subtype
        tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
        tile.XStep, tile.YStep = 595, 842
        page = _add_page(pdf, "/Pattern cs /P1 scn 0 0 595 842 re f", 3)
        page.Resources.Pattern = Dictionary(P1=tile)

    return changed(file, change)


WAYS("in a pattern", in_bytes)(_pattern)


def _mask(file: File, secret: Secret) -> File:
    def change(pdf: Pdf) -> None:
        group = _form(pdf, _text([secret.sentence], size=4))
        group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=group))
        page = _add_page(pdf, "/G1 gs 0 0 595 842 re f", 3)
        page.Resources.ExtGState = Dictionary(G1=state)

    return changed(file, change)


WAYS("in a mask", in_bytes)(_mask)


def _split_streams(file: File, secret: Secret) -> File:
    words = secret.sentence.split()

    def change(pdf: Pdf) -> None:
        page = _add_page(pdf, "", 3)
        streams = [pdf.make_stream(b"BT /F1 4 Tf 60 700 Td")]
        streams += [pdf.make_stream(f"({_escaped(word)} ) Tj".encode("latin-1")) for word in words]
        page.Contents = Array([*streams, pdf.make_stream(b"ET")])

    return changed(file, change)


WAYS("over many streams of one page", on_pages)(_split_streams)


@_drawn("in a property of marked content", in_bytes)
def _(pdf: Pdf, secret: Secret) -> str:
    return f"/Span << /ActualText ({_escaped(secret.sentence)}) >> BDC BT /F1 9 Tf 60 700 Td (x) Tj ET EMC"


@_drawn(
    "in UTF-16 in a property of marked content",
    lambda file, secret: secret.sentence.encode("utf-16-be").hex() in _hexed(file),
)
def _(pdf: Pdf, secret: Secret) -> str:
    return f"/Span << /ActualText <feff{secret.sentence.encode('utf-16-be').hex()}> >> BDC BT /F1 9 Tf 60 700 Td (x) Tj ET EMC"


def _in_properties(file: File, secret: Secret) -> bool:
    found = (re.findall(rb"/ActualText \((.*?)\) >> BDC", piece) for piece in pieces(file.content))
    return any(squeezed(secret.sentence) in squeezed(b"".join(words).decode("latin-1")) for words in found)


@_drawn("word by word in properties of marked content", _in_properties)
def _(pdf: Pdf, secret: Secret) -> str:
    marked = []
    for number, word in enumerate(secret.sentence.split()):
        marked.append(
            f"/Span << /ActualText ({_escaped(word)} ) >> BDC BT /F1 9 Tf 60 {780 - 12 * number} Td (x) Tj ET EMC"
        )
    return " ".join(marked)


@_drawn("in a comment among the operators", in_bytes)
def _(pdf: Pdf, secret: Secret) -> str:
    return f"q % {secret.sentence}\nQ"


def _hexed(file: File) -> str:
    return "".join(piece.decode("latin-1").lower() for piece in pieces(file.content))


# --------------------------------------------------------------------------- markings


@_over(
    "a banner above the ceiling",
    lambda file, secret: secret.marking in " ".join(pages_of(file.content)),
    "marking",
)
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([secret.marking], x=260, y=822, size=12)


@_over(
    "a portion mark above the ceiling",
    lambda file, secret: f"{secret.portion} The" in " ".join(pages_of(file.content)),
    "portion",
)
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([f"{secret.portion} The minister has been told."], y=26, size=9)


@_drawn(
    "the title of another audience on a page",
    lambda file, secret: squeezed(secret.other) in squeezed(" ".join(pages_of(file.content))),
    "other",
)
def _(pdf: Pdf, secret: Secret) -> str:
    return _text([f"Copy for {secret.other}"])
