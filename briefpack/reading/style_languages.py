"""The label words of a merged style, made complete for every language it names."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.errors import Where
from briefpack.reading.checks import Report
from briefpack.reading.style_layers import Layer, Setting

ENGLISH = "en"
_SHOWN = 6


def complete_words(layer: Layer, report: Report) -> dict[str, dict[str, str]]:
    """Every language complete: a region takes from its language ("fr-BE" from "fr"), a language from English,
    which is warned about, because a reader would meet two languages on a page."""
    own: dict[str, dict[str, Setting]] = {}
    for path, setting in layer.below(("words",)):
        own.setdefault(path[1], {})[path[2]] = setting
    words: dict[str, dict[str, str]] = {}
    # English and other languages without a region come first: the others lean on them.
    for language in sorted(own, key=lambda tag: (tag != ENGLISH, len(tag))):
        keys = own[language]
        parent = words.get(language.split("-", maxsplit=1)[0])
        # English is complete, or the style was refused before; here it says what there is, in the order of its file.
        missing = [key for key in words.get(ENGLISH, ()) if key not in keys]
        if missing and parent is None:
            report.warning(
                _place(layer, language, keys),
                f"the words of language `{language}` are not complete: {len(missing)} are printed in English",
                f"add {', '.join(missing[:_SHOWN])}{' …' if len(missing) > _SHOWN else ''}",
                rule="style-words",
            )
        given = {key: setting.text for key, setting in keys.items()}
        words[language] = {**words.get(ENGLISH, {}), **(parent or {}), **given}
    return words


def _place(layer: Layer, language: str, keys: Mapping[str, Setting]) -> Where:
    """The place that speaks for an incomplete language: where words are taken away, else the last one given."""
    taken = [where for path, where in layer.unset.items() if path[:2] == ("words", language)]
    return taken[-1] if taken else list(keys.values())[-1].where
