"""The settings of one group of keys as values of a Style: lengths in points, colours looked up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeVar

from briefpack.reading.style_layers import KeyPath, Layer, Setting
from briefpack.reading.style_text import Painted, Palette
from briefpack.reading.style_values import Measure
from briefpack.style import Colour, Length

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_BLACK = Colour(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """Looks up keys below path in a layer in which nothing that must be there is missing.

    em: what 1em is here, the size of body. painted: gets every colour that is looked up, by its key, for what is said about them.
    Every method asks for a key by its steps from path, and raises KeyError when a key that must be there is not, TypeError when its
    value is of another kind: the shapes of the schema have seen to both.
    """

    layer: Layer
    palette: Palette
    em: Length
    path: KeyPath = ()
    painted: dict[KeyPath, Painted] = field(default_factory=dict)

    def group(self, key: str) -> Settings:
        """The settings of a group of keys in this one, which may have none."""
        return replace(self, path=(*self.path, key))

    @property
    def is_empty(self) -> bool:
        return not any(True for _ in self.layer.below(self.path))

    def find(self, *steps: str) -> Setting | None:
        """The setting as it was written; None where nobody gives it, or it was taken away."""
        return self.layer.settings.get((*self.path, *steps))

    def take(self, kind: type[T], *steps: str) -> T:
        value = self.layer.settings[*self.path, *steps].value
        if not isinstance(value, kind):
            raise TypeError(f"{'.'.join((*self.path, *steps))} is {value!r}, not {kind.__name__}")
        return value

    def text(self, *steps: str) -> str:
        return self.take(str, *steps)

    def words_or_none(self, *steps: str) -> str:
        """What a template says; nothing when it was taken away."""
        return "" if self.find(*steps) is None else self.text(*steps)

    def texts(self, *steps: str) -> tuple[str, ...]:
        return tuple(str(item) for item in self.take(tuple, *steps))

    def choice(self, kind: type[E], *steps: str) -> E:
        return kind(self.text(*steps))

    def flag(self, *steps: str) -> bool:
        return self.take(bool, *steps)

    def length(self, *steps: str) -> Length:
        """An em is body's size here."""
        return self.take(Measure, *steps).points(em=self.em)

    def colour(self, *steps: str) -> Colour | None:
        """None when the key was taken away, or names an unknown colour (which is reported)."""
        setting = self.find(*steps)
        painted = None if setting is None else self.palette.paint(setting)
        if painted is None:
            return None
        self.painted[*self.path, *steps] = painted
        return painted.colour

    def ink(self, *steps: str) -> Colour:
        """A colour that must be there; black stands in where its name is wrong and the style is refused."""
        return self.colour(*steps) or _BLACK

    def colours(self, *steps: str) -> tuple[Colour, ...]:
        """A list of colours; black stands in where a name is wrong and the style is refused."""
        setting = self.layer.settings[*self.path, *steps]
        painted = (self.palette.paint(replace(setting, value=value)) for value in self.take(tuple, *steps))
        return tuple(_BLACK if each is None else each.colour for each in painted)
