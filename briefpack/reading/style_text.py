"""Text roles of a merged style: colours looked up, `like` followed, ems and percentages turned into points."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.document import Align
from briefpack.errors import Where
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.style_fonts import Families
from briefpack.reading.style_layers import Layer, Setting
from briefpack.reading.style_values import Measure
from briefpack.style import TEXT_ROLES, Colour, Font, Length, TextStyle

BODY = "body"
_SPACES = ("before", "after", "left", "right", "first")
_FROM_BODY = (
    "font",
    "size",
    "bold",
    "italic",
    "colour",
    "leading",
    "align",
    "tracking",
    "caps",
    "underline",
    "hyphenate",
)
"""What a role without `like` takes from body. Not its spaces, nor that it keeps with the next."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A colour and the settings that made it so: the key's own, then the named colours it went through."""

    colour: Colour
    settings: tuple[Setting, ...]


class Palette:
    """The named colours of a style."""

    def __init__(self, layer: Layer, report: Report) -> None:
        self._report = report
        self._named = {path[1]: setting for path, setting in layer.below(("colours",))}
        self._circling: set[str] = set()
        for name, setting in self._named.items():
            self._follow(setting, (name,))

    def paint(self, setting: Setting) -> Painted | None:
        """The colour of a key; None when its name is unknown, which is reported."""
        if isinstance(setting.value, str) and setting.value not in self._named:
            self._report.error(
                setting.where,
                f"there is no colour named `{setting.value}`",
                suggestion(setting.value, tuple(self._named), 'write "#rrggbb", or one of the named colours'),
            )
            return None
        return self._walk(setting, ())

    def _follow(self, setting: Setting, way: tuple[str, ...]) -> None:
        """Check one named colour on its own, so that each fault is reported once, where it stands."""
        target = setting.value
        if not isinstance(target, str):
            return
        if target in self._circling:
            return
        if target in way:
            self._circling.update(way)
            self._report.error(
                setting.where,
                f"the colour `{way[0]}` names itself: {' → '.join((*way, target))}",
                'write one as "#rrggbb"',
            )
        elif target not in self._named:
            if len(way) == 1:
                self.paint(setting)
        else:
            self._follow(self._named[target], (*way, target))

    def _walk(self, setting: Setting, way: tuple[Setting, ...]) -> Painted | None:
        if setting in way:
            return None
        match setting.value:
            case Colour() as colour:
                return Painted(colour, (*way, setting))
            case str() as name if name in self._named:
                return self._walk(self._named[name], (*way, setting))
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Role:
    """A finished role, with the settings that gave its colour and its size (for what is said about them)."""

    style: TextStyle
    painted: Painted
    attributes: dict[str, Setting]


class Roles:
    """Turns the settings under `text` into finished roles."""

    def __init__(self, layer: Layer, palette: Palette, families: Families, report: Report) -> None:
        self._palette = palette
        self._families = families
        self._report = report
        self._own: dict[str, dict[str, Setting]] = {role: {} for role in TEXT_ROLES}
        for path, setting in layer.below(("text",)):
            self._own[path[1]][path[2]] = setting
        self._whole: dict[str, dict[str, Setting]] = {}
        self._fonts: dict[Where, Font | None] = {}
        self._colours: dict[Where, Painted | None] = {}
        self._body_size = Length(0)
        self._rounded: set[Where] = set()
        self.used: dict[str, Font] = {}
        """The families that roles name, by name."""

    def build(self) -> dict[str, Role]:
        """Every role that could be finished; what is wrong with the others is reported."""
        like = self._own[BODY].get("like")
        if like is not None:
            self._report.error(
                like.where, "body cannot be like another role", "the others take from it: write its keys out"
            )
            del self._own[BODY]["like"]
        self._body_size = self._size(self._own[BODY], is_body=True)
        roles = {}
        for name in TEXT_ROLES:
            role = self._role(self._attributes(name, ()))
            if role is not None:
                roles[name] = role
        return roles

    @property
    def body_size(self) -> Length:
        return self._body_size

    def _attributes(self, name: str, way: tuple[str, ...]) -> dict[str, Setting]:
        if name in self._whole:
            return self._whole[name]
        own = self._own[name]
        like = own.get("like")
        if name == BODY:
            start: dict[str, Setting] = {}
        elif like is None or not isinstance(like.value, str):
            start = {key: value for key, value in self._own[BODY].items() if key in _FROM_BODY}
        elif like.value in (*way, name):
            self._report.error(
                like.where,
                f"`{like.value}` is like itself: {' → '.join((*way, name, like.value))}",
                "take one `like` away",
            )
            start = {key: value for key, value in self._own[BODY].items() if key in _FROM_BODY}
        else:
            start = self._attributes(like.value, (*way, name))
        whole = {**start, **{key: value for key, value in own.items() if key != "like"}}
        self._whole[name] = whole
        return whole

    def _role(self, attributes: dict[str, Setting]) -> Role | None:
        font_setting, colour_setting = attributes["font"], attributes["colour"]
        if font_setting.where not in self._fonts:
            self._fonts[font_setting.where] = self._families.named(font_setting.text, font_setting.where)
        if colour_setting.where not in self._colours:
            self._colours[colour_setting.where] = self._palette.paint(colour_setting)
        font, painted = self._fonts[font_setting.where], self._colours[colour_setting.where]
        if font is None or painted is None:
            return None
        self.used[font.name] = font
        size = self._size(attributes, is_body=False)
        spaces = {key: self._space(attributes.get(key), size) for key in _SPACES}
        tracking = attributes["tracking"].value
        return Role(
            TextStyle(
                font=font.name,
                size=size,
                bold=attributes["bold"].value is True,
                italic=attributes["italic"].value is True,
                colour=painted.colour,
                leading=_number(attributes["leading"].value),
                align=Align(attributes["align"].text),
                before=spaces["before"],
                after=spaces["after"],
                left=spaces["left"],
                right=spaces["right"],
                first=spaces["first"],
                tracking=tracking.number if isinstance(tracking, Measure) else 0.0,
                caps=attributes["caps"].value is True,
                underline=attributes["underline"].value is True,
                hyphenate=attributes["hyphenate"].value is True,
                keep_with_next="keep_with_next" in attributes and attributes["keep_with_next"].value is True,
            ),
            painted,
            attributes,
        )

    def _size(self, attributes: dict[str, Setting], *, is_body: bool) -> Length:
        setting = attributes["size"]
        measure = setting.value
        if not isinstance(measure, Measure):
            raise TypeError(f"a size is a Measure, not {measure!r}")
        if is_body and measure.unit == "%":
            self._report.error(
                setting.where, "body's size is a percentage of itself", "write a length, such as 11pt"
            )
            return Length(11)
        exact = measure.points(whole=self._body_size)
        # Word's sizes are half points (ISO/IEC 29500-1, 17.3.2.38); with any other the twins would drift apart.
        rounded = Length(round(exact * 2) / 2)
        if measure.unit != "%" and abs(exact - rounded) > 0.01 and setting.where not in self._rounded:
            self._rounded.add(setting.where)
            self._report.warning(
                setting.where,
                f"Word has sizes in half points: {setting.text} becomes {rounded:g}pt",
                f"write {rounded:g}pt",
                rule="style-size",
            )
        return rounded

    @staticmethod
    def _space(setting: Setting | None, size: Length) -> Length:
        if setting is None or not isinstance(setting.value, Measure):
            return Length(0)
        return setting.value.points(em=size)


def _number(value: object) -> float:
    if not isinstance(value, float):
        raise TypeError(f"a number is wanted, not {value!r}")
    return value
