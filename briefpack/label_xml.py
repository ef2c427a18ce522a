"""A label → its form in public standards: XML by ADatP-4774 and ADatP-4778, and names and values of an MSIP label; pure.

Elements, their order and namespaces are those of the schemas printed in ADatP-4774 (A)(1), Appendix 1, and ADatP-4778 (A)(1), 4.8; what the prose asks for besides
(a time of review, no URI of a classification, GenericValue for all values) is kept as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from briefpack.label import Category, Confidentiality, Sensitivity

LABEL = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"
BINDING = "urn:nato:stanag:4778:bindinginformation:1:0"
_XMIME = "http://www.w3.org/2005/05/xmlmime"


def label_xml(label: Confidentiality) -> str:
    """The element originatorConfidentialityLabel."""
    uri = f' URI="{escape(label.uri)}"' if label.uri else ""
    categories = "".join(map(_category, label.categories))
    return (
        f'<slab:originatorConfidentialityLabel xmlns:slab="{LABEL}" ReviewDateTime="{moment(label.review)}">'
        "<slab:ConfidentialityInformation>"
        f"<slab:PolicyIdentifier{uri}>{_text(label.policy)}</slab:PolicyIdentifier>"
        f"<slab:Classification>{_text(label.classification)}</slab:Classification>"
        f"{categories}"
        "</slab:ConfidentialityInformation>"
        f"<slab:CreationDateTime>{moment(label.created)}</slab:CreationDateTime>"
        "</slab:originatorConfidentialityLabel>"
    )


def binding_xml(label: Confidentiality, bound: Sequence[tuple[str, str]]) -> str:
    """The element BindingInformation. bound: URI and media type ("" for XML) of each thing that the label is of; an empty URI is the whole."""
    references = "".join(
        f'<mb:DataReference URI="{escape(uri)}"{f" xmime:contentType={chr(34)}{media}{chr(34)}" if media else ""}/>'
        for uri, media in bound
    )
    return (
        f'<mb:BindingInformation xmlns:mb="{BINDING}" xmlns:xmime="{_XMIME}"><mb:MetadataBindingContainer><mb:MetadataBinding>'
        f"<mb:Metadata>{label_xml(label)}</mb:Metadata>{references}"
        "</mb:MetadataBinding></mb:MetadataBindingContainer></mb:BindingInformation>"
    )


def sensitivity_properties(label: Sensitivity) -> tuple[tuple[str, str], ...]:
    """Names and values of the properties in which an MSIP label is kept."""
    said = (
        ("Enabled", "true"),
        ("SetDate", moment(label.set_at)),
        ("Method", label.method),
        ("Name", label.name),
        ("SiteId", label.site),
        ("ActionId", label.action),
        ("ContentBits", str(label.content_bits)),
    )
    return tuple((f"MSIP_Label_{label.id}_{name}", value) for name, value in said)


def moment(time: datetime) -> str:
    """An xs:dateTime in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _category(category: Category) -> str:
    values = "".join(f"<slab:GenericValue>{_text(value)}</slab:GenericValue>" for value in category.values)
    return f'<slab:Category Type="{category.type.value}" TagName="{escape(category.tag)}">{values}</slab:Category>'


def _text(words: str) -> str:
    return escape(words, quote=False)
