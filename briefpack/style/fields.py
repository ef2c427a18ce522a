"""The {fields} that templates may have, by where a template stands."""

from __future__ import annotations

_OF_PACK = (
    "title",
    "subtitle",
    "reference",
    "organisation",
    "owner",
    "place",
    "dates",
    "chair",
    "version",
    "as_of",
    "marking",
)
PACK_FIELDS: tuple[str, ...] = (*_OF_PACK, "watermark", "audience")
"""On the cover and in banners: what is said of the pack as a whole."""
FURNITURE_FIELDS: tuple[str, ...] = (*PACK_FIELDS, "section", "page", "pages")
"""In headers and footers."""
DIVIDER_FIELDS: tuple[str, ...] = ("label", "title", "source", "marking", "pages", "range", "reference")
"""In the quiet line of the page before an annex."""
STAMP_FIELDS: tuple[str, ...] = (
    "marking", "watermark", "label", "annex_page", "page", "reference", "title", "version", "audience",
)  # fmt: skip
"""In what is stamped on annex pages."""
FILE_FIELDS: tuple[str, ...] = (
    "pack", "audience", "title", "reference", "version", "date", "marking", "style",
)  # fmt: skip
"""In the names of files, see file_names."""
MESSAGE_FIELDS: tuple[str, ...] = (*_OF_PACK, "audience", "date")
"""In messages with a pack, besides what they say of reader and sender."""
