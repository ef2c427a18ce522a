"""What Office documents say of their marking beside their pages: properties, labels of programs, labels by the public standards."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from briefpack.annexes.converting.office_properties import office_properties
from briefpack.annexes.foreign import kind_of_file
from tests.annexes.converting.documents import added, opendocument, word, workbook

CUSTOM = """<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>
<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="3" name="Client"><vt:lpwstr>Someone</vt:lpwstr></property>
</Properties>"""
BINDING = """<mb:BindingInformation xmlns:mb="urn:nato:stanag:4778:bindinginformation:1:0"><mb:MetadataBindingContainer>
<mb:MetadataBinding><mb:Metadata><slab:originatorConfidentialityLabel xmlns:slab="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">
<slab:ConfidentialityInformation><slab:PolicyIdentifier>NATO</slab:PolicyIdentifier><slab:Classification>SECRET</slab:Classification>
</slab:ConfidentialityInformation></slab:originatorConfidentialityLabel></mb:Metadata></mb:MetadataBinding>
</mb:MetadataBindingContainer></mb:BindingInformation>"""


def said(path: Path) -> dict[str, str]:
    return {each.name: each.text for each in office_properties(path, kind_of_file(path))}


def test_core_properties_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "NATO SECRET - plans"
    document.core_properties.subject = "Winter"
    document.core_properties.keywords = "RESTRICTED"
    document.core_properties.category = "SECRET"
    document.core_properties.author = "Nobody"
    document.save(str(tmp_path / "a.docx"))
    assert said(tmp_path / "a.docx") == {
        "title": "NATO SECRET - plans",
        "subject": "Winter",
        "keywords": "RESTRICTED",
        "category": "SECRET",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MSIP_Label_0a1b_Name", "Highly Confidential"),
        ("Classification", "secret"),
        ("Marking", "NATO SECRET"),
    ],
)
def test_custom_properties_that_say_a_marking_are_read(tmp_path: Path, name: str, value: str) -> None:
    path = added(
        word(tmp_path / "a.docx", "Text"), "docProps/custom.xml", CUSTOM.format(name=name, value=value)
    )
    assert said(path)[name] == value
    assert "Client" not in said(path)


def test_a_confidentiality_label_in_the_document_is_read(tmp_path: Path) -> None:
    path = added(word(tmp_path / "a.docx", "Text"), "customXml/item7.xml", BINDING)
    assert said(path)["Classification"] == "SECRET"


def test_opendocument_is_read(tmp_path: Path) -> None:
    path = opendocument(tmp_path / "a.odt", "<text:p>Text</text:p>")
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:title>SECRET</dc:title><meta:keyword>plans</meta:keyword>"
        '<meta:user-defined meta:name="Classification">secret</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    assert said(added(path, "meta.xml", meta)) == {
        "title": "SECRET",
        "keywords": "plans",
        "Classification": "secret",
    }


def test_a_workbook_without_properties_says_nothing(tmp_path: Path) -> None:
    assert said(workbook(tmp_path / "a.xlsx")) == {}


def test_damage_is_nobodys_business_here(tmp_path: Path) -> None:
    path = added(word(tmp_path / "a.docx", "Text"), "docProps/custom.xml", "<Properties><property")
    assert "Classification" not in said(path)
    broken = tmp_path / "b.docx"
    broken.write_bytes(path.read_bytes()[:400])
    assert office_properties(broken, kind_of_file(path)) == ()


def test_entities_are_not_followed(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "SECRET">]><Properties><property name="Classification">&a;</property></Properties>'
    path = added(word(tmp_path / "a.docx", "Text"), "docProps/custom.xml", bomb)
    with zipfile.ZipFile(path) as archive:
        assert "docProps/custom.xml" in archive.namelist()
    assert "Classification" not in said(path)
