"""How languages set their signs: quotation marks, dashes, spaces that do not break, ordinals; a table, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NO_BREAK = "\u00a0"
NARROW = "\u202f"
EN_DASH = "\u2013"
EM_DASH = "\u2014"


@dataclass(frozen=True, slots=True)
class Manners:
    """quotes, inner: the marks around quoted words, and around those quoted within them. inside: the space within the outer marks.

    dash: of a parenthesis. spaced: whether it has spaces, of which the first does not break. before: signs that have a space before them, each with
    its space. places: abbreviations that stay with the number behind them. clipped: words that begin with an apostrophe.
    ordinal: pattern of an ordinal in figures whose group "raised" is set small and high, "" where the language has none.
    """

    quotes: tuple[str, str]
    inner: tuple[str, str]
    inside: str = ""
    dash: str = EN_DASH
    spaced: bool = True
    before: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    clipped: frozenset[str] = frozenset()
    ordinal: str = ""


_HIGH = ("“", "”")
_HIGH_SINGLE = ("‘", "’")
_LOW = ("„", "“")
_LOW_SINGLE = ("‚", "‘")
_ANGLED = ("«", "»")
_ANGLED_SINGLE = ("‹", "›")
_RIGHT = ("”", "”")
_RIGHT_SINGLE = ("’", "’")

_ENGLISH_PLACES = ("p.", "pp.", "No.", "no.", "Nos.", "nos.", "Art.", "art.", "Fig.", "fig.", "vol.", "ch.", "para.", "sec.", "§", "§§")  # fmt: skip
_ENGLISH_CLIPPED = frozenset({"tis", "twas", "em", "til", "cause", "n", "round", "bout"})
_ENGLISH_ORDINAL = r"\d+(?P<raised>st|nd|rd|th)"
_FRENCH_PLACES = (
    "p.",
    "pp.",
    "n°",
    "nº",
    "N°",
    "nos",
    "art.",
    "Art.",
    "chap.",
    "fig.",
    "t.",
    "vol.",
    "§",
    "§§",
)
_FRENCH_ORDINAL = r"(?:[1I](?P<first>ers?|res?)|(?:2|II)(?P<second>nde?s?)|(?:\d+|[IVX]+)(?P<raised>es?))"
_PUBLIC_PLACES = ("pág.", "págs.", "p.", "pp.", "n.º", "núm.", "art.", "cap.", "fig.", "vol.", "§")

_FRENCH_SIGNS = {";": NARROW, "!": NARROW, "?": NARROW, ":": NO_BREAK}
_NORDIC_PLACES = ("s.", "nr", "nr.", "art.", "kap.", "fig.", "§")
_SLAVIC_PLACES = ("s.", "str.", "č.", "čl.", "§")

MANNERS: Mapping[str, Manners] = {
    "en": Manners(
        _HIGH, _HIGH_SINGLE, places=_ENGLISH_PLACES, clipped=_ENGLISH_CLIPPED, ordinal=_ENGLISH_ORDINAL
    ),
    "en-us": Manners(
        _HIGH,
        _HIGH_SINGLE,
        dash=EM_DASH,
        spaced=False,
        places=_ENGLISH_PLACES,
        clipped=_ENGLISH_CLIPPED,
        ordinal=_ENGLISH_ORDINAL,
    ),
    "fr": Manners(
        _ANGLED, _HIGH, NO_BREAK, before=_FRENCH_SIGNS, places=_FRENCH_PLACES, ordinal=_FRENCH_ORDINAL
    ),
    "fr-ca": Manners(
        _ANGLED, _HIGH, NO_BREAK, before={":": NO_BREAK}, places=_FRENCH_PLACES, ordinal=_FRENCH_ORDINAL
    ),
    "fr-ch": Manners(
        _ANGLED,
        _ANGLED_SINGLE,
        NARROW,
        before=dict.fromkeys(";!?:", NARROW),
        places=_FRENCH_PLACES,
        ordinal=_FRENCH_ORDINAL,
    ),
    "de": Manners(
        _LOW, _LOW_SINGLE, places=("S.", "Nr.", "Art.", "Abs.", "Abb.", "Kap.", "Bd.", "Ziff.", "§", "§§")
    ),
    "de-ch": Manners(
        _ANGLED, _ANGLED_SINGLE, places=("S.", "Nr.", "Art.", "Abs.", "Abb.", "Kap.", "Bd.", "Ziff.", "§")
    ),
    "es": Manners(_ANGLED, _HIGH, places=_PUBLIC_PLACES),
    "it": Manners(_ANGLED, _HIGH, places=("pag.", "pagg.", "p.", "pp.", "n.", "art.", "cap.", "fig.", "§")),
    "nl": Manners(
        _HIGH,
        _HIGH_SINGLE,
        places=("blz.", "p.", "nr.", "art.", "hfst.", "afb.", "§"),
        clipped=frozenset("sntkmr"),
    ),
    "pl": Manners(("„", "”"), _ANGLED, places=("s.", "str.", "nr", "art.", "ust.", "pkt", "rozdz.", "§")),
    "pt": Manners(_ANGLED, _HIGH, places=_PUBLIC_PLACES),
    "pt-br": Manners(_HIGH, _HIGH_SINGLE, places=_PUBLIC_PLACES),
    "sv": Manners(_RIGHT, _RIGHT_SINGLE, places=_NORDIC_PLACES),
    "uk": Manners(_ANGLED, _LOW, dash=EM_DASH, places=("с.", "ст.", "п.", "гл.", "рис.", "№", "§")),
    "bg": Manners(_LOW, _RIGHT_SINGLE, places=("с.", "стр.", "чл.", "ал.", "№", "§")),
    "cs": Manners(_LOW, _LOW_SINGLE, places=_SLAVIC_PLACES),
    "da": Manners(_RIGHT, _RIGHT_SINGLE, places=_NORDIC_PLACES),
    "el": Manners(_ANGLED, _HIGH, places=("σ.", "σελ.", "αρ.", "§")),
    "et": Manners(_LOW, _ANGLED, places=("lk", "nr", "art.", "§")),
    "fi": Manners(_RIGHT, _RIGHT_SINGLE, places=("s.", "nro", "§")),
    "hr": Manners(("„", "”"), ("‘", "’"), places=("str.", "br.", "čl.", "§")),
    "hu": Manners(("„", "”"), ("»", "«"), places=("o.", "sz.", "§")),
    "lt": Manners(_LOW, _LOW_SINGLE, places=("p.", "nr.", "str.", "§")),
    "lv": Manners(_HIGH, _HIGH_SINGLE, places=("lpp.", "nr.", "§")),
    "nb": Manners(_ANGLED, _HIGH_SINGLE, places=_NORDIC_PLACES),
    "nn": Manners(_ANGLED, _HIGH_SINGLE, places=_NORDIC_PLACES),
    "no": Manners(_ANGLED, _HIGH_SINGLE, places=_NORDIC_PLACES),
    "ro": Manners(("„", "”"), _ANGLED, places=("p.", "pag.", "nr.", "art.", "alin.", "§")),
    "sk": Manners(_LOW, _LOW_SINGLE, places=_SLAVIC_PLACES),
    "sl": Manners(_LOW, _LOW_SINGLE, places=("str.", "št.", "čl.", "§")),
    "tr": Manners(_HIGH, _HIGH_SINGLE, places=("s.", "no.", "md.", "§")),
}
"""By language tag in small letters."""

UNITS = (
    "%", "‰", "°", "°C", "°F", "€", "$", "£", "EUR", "USD", "GBP", "CHF", "PLN", "SEK", "UAH",
    "km", "m", "cm", "mm", "km²", "m²", "km/h", "ha", "t", "kg", "g", "l", "h", "min", "s",
    "W", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "Hz", "kHz", "MHz", "GHz", "kV", "bar",
    "MB", "GB", "TB", "bn", "m³", "bcm", "bbl",
    "million", "billion", "millions", "milliards", "Mio.", "Mrd.", "Millionen", "Milliarden",
)  # fmt: skip
"""What stays with the number before it, in whatever language."""
