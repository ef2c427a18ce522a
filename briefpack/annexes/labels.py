"""The label of a pack → what of it goes into the PDF: properties in XMP, described for archives, and entries of the information dictionary. Pure.

A confidentiality label is bound as the XMP profile of ADatP-4778.2 does it: the property bindingInformation holds the XML of the binding, as text. Sensitivity labels stand
where Microsoft's and Adobe's programs put them: in the namespace pdfx, and under the same names in the information dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from briefpack.label import Label
from briefpack.label_xml import binding_xml, sensitivity_properties

XMP_BINDING = "urn:nato:stanag:4778:bindinginformation:1:0:xmp#"
"""ADatP-4778.2 (A)(1), chapter 10."""
XMP_CUSTOM = "http://ns.adobe.com/pdfx/1.3/"
"""Adobe's, of custom properties of the information dictionary."""
_THE_FILE = ("", "")


@dataclass(frozen=True, slots=True)
class Schema:
    """What XMP must say for archives of a namespace that it does not know itself (ISO 19005-2, 6.6.2.3). properties: name, type and description."""

    name: str
    space: str
    prefix: str
    properties: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class XmpLabel:
    """description: RDF to go into the packet. schemas: of its namespaces. info: entries of the information dictionary, without the slash."""

    description: str = ""
    schemas: tuple[Schema, ...] = ()
    info: tuple[tuple[str, str], ...] = ()


def in_xmp(label: Label | None) -> XmpLabel:
    """Nothing for None."""
    said: list[str] = []
    schemas: list[Schema] = []
    info: tuple[tuple[str, str], ...] = ()
    if label is not None and label.confidentiality is not None:
        binding = binding_xml(label.confidentiality, [_THE_FILE])
        said.append(_description("mbxmp", XMP_BINDING, [("bindingInformation", binding)]))
        about = "Confidentiality label of the file by ADatP-4774, bound to it by ADatP-4778"
        schemas.append(
            Schema(
                "Metadata binding (ADatP-4778.2)",
                XMP_BINDING,
                "mbxmp",
                (("bindingInformation", "Text", about),),
            )
        )
    if label is not None and label.sensitivity is not None:
        info = sensitivity_properties(label.sensitivity)
        said.append(_description("pdfx", XMP_CUSTOM, info))
        about = "Sensitivity label of the file"
        schemas.append(
            Schema("Custom properties", XMP_CUSTOM, "pdfx", tuple((name, "Text", about) for name, _ in info))
        )
    return XmpLabel("".join(said), tuple(schemas), info)


def schemas_rdf(schemas: Iterable[Schema]) -> str:
    """The descriptions of namespaces; "" for none."""
    every = "".join(map(_schema, schemas))
    if not every:
        return ""
    return f"""\
 <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag>{every}</rdf:Bag></pdfaExtension:schemas>
 </rdf:Description>
"""


def _schema(schema: Schema) -> str:
    properties = "".join(
        f"""<rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>{name}</pdfaProperty:name>
    <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>{escape(about)}</pdfaProperty:description>
   </rdf:li>"""
        for name, kind, about in schema.properties
    )
    return f"""<rdf:li rdf:parseType="Resource">
   <pdfaSchema:schema>{escape(schema.name)}</pdfaSchema:schema>
   <pdfaSchema:namespaceURI>{schema.space}</pdfaSchema:namespaceURI>
   <pdfaSchema:prefix>{schema.prefix}</pdfaSchema:prefix>
   <pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>
  </rdf:li>"""


def _description(prefix: str, space: str, properties: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"  <{prefix}:{name}>{escape(value)}</{prefix}:{name}>\n" for name, value in properties)
    return f' <rdf:Description rdf:about="" xmlns:{prefix}="{space}">\n{lines} </rdf:Description>\n'
