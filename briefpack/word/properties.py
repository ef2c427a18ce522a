"""What the file says about itself: title, author, dates, and the pack's particulars."""

from __future__ import annotations

from datetime import UTC

from briefpack import __version__
from briefpack.document import Document, Meta
from briefpack.fields import file_title, keywords
from briefpack.word.labels import label_properties
from briefpack.word.xml import escape, quote

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The one format id of custom properties (ECMA-376 part 1, 22.3.2.1); numbers 0 and 1 are taken by the format.
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST = 2


def core_part(document: Document) -> bytes:
    """/docProps/core.xml. The pack's own date is the only date there is."""
    meta = document.meta
    moment = meta.date if meta.date.tzinfo is None else meta.date.astimezone(UTC)
    when = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    said = (
        ("dc:title", file_title(document)),
        ("dc:subject", meta.subtitle),
        ("dc:creator", meta.organisation),
        ("cp:keywords", keywords(document)),
        ("cp:lastModifiedBy", meta.organisation),
    )
    words = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in said if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{words}{dates}<dc:language>{escape(meta.language)}</dc:language></cp:coreProperties>"
    ).encode()


def extended_part(meta: Meta) -> bytes:
    """/docProps/app.xml."""
    company = f"<Company>{escape(meta.organisation)}</Company>" if meta.organisation else ""
    # AppVersion is two numbers, XX.YYYY (ECMA-376 part 1, 22.2.2.3).
    major, minor = ([*__version__.split("."), "0"])[:2]
    return (
        f'{_HEAD}<Properties xmlns="{_EXTENDED}"><Application>briefpack</Application>{company}'
        f"<AppVersion>{int(major):02d}.{int(minor):04d}</AppVersion></Properties>"
    ).encode()


def custom_part(meta: Meta) -> bytes | None:
    """/docProps/custom.xml; None when there is nothing to say."""
    said = (
        ("Reference", meta.reference),
        ("Version", meta.version),
        ("As of", meta.as_of),
        ("Marking", meta.marking),
        ("Audience", meta.audience_title),
    )
    properties = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{quote(name)}">'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(
            ((n, t) for n, t in (*said, *label_properties(meta.label)) if t), _FIRST
        )
    )
    if not properties:
        return None
    return f'{_HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{properties}</Properties>'.encode()
