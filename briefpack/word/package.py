"""A .docx as a container: parts and relationships kept by python-docx, written as a zip of fixed bytes.

python-docx's default template is not used: it brings 164 styles, compatibility mode 14 and a US page. Its save() is not
used either: it stamps the wall clock into the zip.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.package import Package as Container

CUSTOM_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_PROPERTIES_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)

# The earliest date a zip can hold; the same in every build.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Fast compression: level 6 takes three times as long and makes the file a fifth smaller.
_ZIP_LEVEL = 4
_STORED = ("png", "jpeg")
# Packed already; packing them again would only take time.
_PACKED = (*_STORED, "xlsx")

_DOCUMENT = PackURI("/word/document.xml")


class Package:
    """The parts of one .docx. Relationship ids are handed out in the order of asking, so they are stable."""

    def __init__(self) -> None:
        self._package = Container()
        self._document = Part(_DOCUMENT, CONTENT_TYPE.WML_DOCUMENT_MAIN, b"", self._package)
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._ids = 0
        self._links: dict[str, str] = {}
        self._pictures: dict[bytes, str] = {}
        self._note_links: dict[str, str] = {}
        self._charts = 0
        self._headers = 0
        self._footers = 0

    def _next_id(self) -> str:
        self._ids += 1
        return f"rId{self._ids}"

    def _add(self, name: str, content_type: str, relation: str, content: bytes) -> str:
        new = Part(PackURI(name), content_type, content, self._package)
        relation_id = self._next_id()
        # load_rel and not relate_to: that one looks at every relationship there is for each new one.
        self._document.load_rel(relation, new, relation_id)
        return relation_id

    def add_styles(self, content: bytes) -> None:
        self._add("/word/styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, content)

    def add_numbering(self, content: bytes) -> None:
        self._add("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, content)

    def add_settings(self, content: bytes) -> None:
        self._add("/word/settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, content)

    def add_font_table(self, content: bytes) -> None:
        self._add("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, content)

    def add_theme(self, content: bytes) -> None:
        self._add("/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, content)

    def add_header(self, content: bytes) -> str:
        """Add a header part; gives its relationship id."""
        self._headers += 1
        name = f"/word/header{self._headers}.xml"
        return self._add(name, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER, content)

    def add_footer(self, content: bytes) -> str:
        """Add a footer part; gives its relationship id."""
        self._footers += 1
        name = f"/word/footer{self._footers}.xml"
        return self._add(name, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, content)

    def add_picture(self, content: bytes, file_format: str) -> str:
        """Add a picture's file ("png" or "jpeg"), once however often it is shown; gives its relationship id."""
        known = self._pictures.get(content)
        if known is None:
            name = f"/word/media/image{len(self._pictures) + 1}.{file_format}"
            content_type = {"png": CONTENT_TYPE.PNG, "jpeg": CONTENT_TYPE.JPEG}[file_format]
            known = self._add(name, content_type, RELATIONSHIP_TYPE.IMAGE, content)
            self._pictures[content] = known
        return known

    def add_link(self, url: str) -> str:
        """The relationship id of an external link, the same for equal addresses."""
        known = self._links.get(url)
        if known is None:
            known = self._next_id()
            self._document.load_rel(RELATIONSHIP_TYPE.HYPERLINK, url, known, is_external=True)
            self._links[url] = known
        return known

    def add_note_link(self, url: str) -> str:
        """As add_link, for a link in a footnote."""
        known = self._note_links.get(url)
        if known is None:
            known = self._note_links[url] = f"rId{len(self._note_links) + 1}"
        return known

    def add_footnotes(self, content: bytes) -> None:
        """The part of the footnotes, with the links they have been given."""
        name = PackURI("/word/footnotes.xml")
        new = Part(name, CONTENT_TYPE.WML_FOOTNOTES, content, self._package)
        for url, relation_id in self._note_links.items():
            new.load_rel(RELATIONSHIP_TYPE.HYPERLINK, url, relation_id, is_external=True)
        self._document.load_rel(RELATIONSHIP_TYPE.FOOTNOTES, new, self._next_id())

    def add_chart(self, content: bytes, workbook: bytes) -> str:
        """Add a chart of Word's own and its data, which content must call rId1; gives its relationship id."""
        self._charts += 1
        data = Part(
            PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self._charts}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            workbook,
            self._package,
        )
        chart = Part(
            PackURI(f"/word/charts/chart{self._charts}.xml"), CONTENT_TYPE.DML_CHART, content, self._package
        )
        chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, data, "rId1")
        relation_id = self._next_id()
        self._document.load_rel(RELATIONSHIP_TYPE.CHART, chart, relation_id)
        return relation_id

    def add_properties(self, core: bytes, extended: bytes, custom: bytes | None) -> None:
        """Add the file's properties; custom is None when there are none."""
        parts = [
            ("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, core),
            (
                "/docProps/app.xml",
                CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
                RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
                extended,
            ),
        ]
        if custom is not None:
            parts.append(("/docProps/custom.xml", CUSTOM_PROPERTIES_TYPE, CUSTOM_PROPERTIES_RELATION, custom))
        for name, content_type, relation, content in parts:
            new = Part(PackURI(name), content_type, content, self._package)
            self._package.relate_to(new, relation)

    def names(self) -> tuple[str, ...]:
        """The names of all parts so far, "/word/document.xml"."""
        return tuple(str(part.partname) for part in self._package.iter_parts())

    def add_custom_xml(self, content: bytes, properties: bytes) -> None:
        """Add a part with data of programs, and the part that says what it is."""
        item = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, content, self._package)
        about = Part(
            PackURI("/customXml/itemProps1.xml"),
            CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
            properties,
            self._package,
        )
        item.load_rel(RELATIONSHIP_TYPE.CUSTOM_XML_PROPS, about, "rId1")
        self._document.load_rel(RELATIONSHIP_TYPE.CUSTOM_XML, item, self._next_id())

    def save(self, document: bytes) -> bytes:
        """The finished file, with document as its main part. Equal parts give equal bytes."""
        files: dict[str, bytes] = {PACKAGE_URI.rels_uri.membername: self._package.rels.xml}
        types: Any = CT_Types
        types = types.new()  # python-docx left the methods of this class untyped.
        types.add_default("rels", CONTENT_TYPE.OPC_RELATIONSHIPS)
        types.add_default("xml", CONTENT_TYPE.XML)
        parts = list(self._package.iter_parts())
        for extension in sorted({p.partname.ext for p in parts if p.partname.ext in _STORED}):
            types.add_default(extension, f"image/{extension}")
        for each in sorted(parts, key=lambda p: p.partname):
            if each.partname.ext not in _STORED:
                types.add_override(each.partname, each.content_type)
            files[each.partname.membername] = document if each is self._document else each.blob
            if len(each.rels):
                files[each.partname.rels_uri.membername] = each.rels.xml
        # Readers that stream look for the content types first.
        everything = [("[Content_Types].xml", serialize_part_xml(types)), *files.items()]
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in everything:
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                entry.create_system = 0  # The operating system that wrote the file must not show.
                stored = name.endswith(_PACKED)
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(entry, content, compresslevel=None if stored else _ZIP_LEVEL)
        return target.getvalue()
