"""Lengths in points and colours in sRGB, with the units that both writers want them in."""

from __future__ import annotations

from dataclasses import dataclass


class Length(float):
    """A length in points (1/72 inch)."""

    __slots__ = ()

    @classmethod
    def from_mm(cls, value: float) -> Length:
        return cls(value * 72 / 25.4)

    @property
    def mm(self) -> float:
        return self * 25.4 / 72

    @property
    def twips(self) -> int:
        """Twentieths of a point, Word's unit for spacing and indents, rounded."""
        return round(self * 20)

    @property
    def emu(self) -> int:
        """English metric units, 12,700 to a point, the unit of DrawingML."""
        return round(self * 12700)


@dataclass(frozen=True, slots=True)
class Colour:
    """sRGB, 0 to 255 each."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        """Six upper-case digits without a hash, as Word wants them."""
        return f"{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def unit(self) -> tuple[float, float, float]:
        """0 to 1 each, as PDF wants them."""
        return (self.red / 255, self.green / 255, self.blue / 255)

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""

        def linear(channel: int) -> float:
            c = channel / 255
            return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)

    def contrast(self, other: Colour) -> float:
        """Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
        low, high = sorted((self.luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)


WHITE = Colour(255, 255, 255)
