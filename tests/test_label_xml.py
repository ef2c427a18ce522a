"""Labels have the form of the public standards: elements, their order, what must be there, and what must not."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefpack.label import Category, CategoryType, Confidentiality, Sensitivity
from briefpack.label_xml import BINDING, LABEL, binding_xml, label_xml, sensitivity_properties

LABEL_SCHEMA = etree.XMLSchema(
    etree.XML(f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:l="{LABEL}" targetNamespace="{LABEL}" elementFormDefault="qualified">
 <xs:simpleType name="Name"><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
 <xs:simpleType name="Kind"><xs:restriction base="xs:string">
  <xs:enumeration value="RESTRICTIVE"/><xs:enumeration value="PERMISSIVE"/><xs:enumeration value="INFORMATIVE"/>
 </xs:restriction></xs:simpleType>
 <xs:element name="originatorConfidentialityLabel"><xs:complexType>
  <xs:sequence>
   <xs:element name="ConfidentialityInformation"><xs:complexType><xs:sequence>
    <xs:element name="PolicyIdentifier"><xs:complexType><xs:simpleContent><xs:extension base="l:Name">
     <xs:attribute name="URI" type="xs:anyURI"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="Classification" type="l:Name"/>
    <xs:element name="Category" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
     <xs:sequence><xs:element name="GenericValue" type="xs:string" maxOccurs="unbounded"/></xs:sequence>
     <xs:attribute name="Type" type="l:Kind" use="required"/><xs:attribute name="TagName" type="xs:string" use="required"/>
    </xs:complexType></xs:element>
   </xs:sequence></xs:complexType></xs:element>
   <xs:element name="CreationDateTime" type="xs:dateTime"/>
  </xs:sequence>
  <xs:attribute name="ReviewDateTime" type="xs:dateTime" use="required"/>
 </xs:complexType></xs:element>
</xs:schema>""")
)
"""The rules of ADatP-4774 (A)(1), Appendix 1, as far as briefpack uses them: what the schema allows and the prose asks for."""

BINDING_SCHEMA = etree.XMLSchema(
    etree.XML(f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{BINDING}" elementFormDefault="qualified">
 <xs:element name="BindingInformation"><xs:complexType><xs:sequence>
  <xs:element name="MetadataBindingContainer"><xs:complexType><xs:sequence>
   <xs:element name="MetadataBinding"><xs:complexType><xs:sequence>
    <xs:element name="Metadata"><xs:complexType><xs:sequence>
     <xs:any namespace="{LABEL}" processContents="lax"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="DataReference" maxOccurs="unbounded"><xs:complexType>
     <xs:attribute name="URI" type="xs:anyURI" use="required"/>
     <xs:anyAttribute namespace="http://www.w3.org/2005/05/xmlmime" processContents="lax"/></xs:complexType></xs:element>
   </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
 </xs:sequence></xs:complexType></xs:element>
</xs:schema>""")
)
"""The same of ADatP-4778 (A)(1), 4.3 to 4.5."""


def checked_binding(text: str | bytes) -> etree._Element:
    """The label in a binding that must be right."""
    root = etree.XML(text)
    BINDING_SCHEMA.assertValid(root)
    label = root.find(f".//{{{BINDING}}}Metadata")[0]
    LABEL_SCHEMA.assertValid(etree.ElementTree(etree.XML(etree.tostring(label))))
    return label


def label(**more: object) -> Confidentiality:
    usual: dict[str, object] = {
        "policy": "NATO",
        "uri": "urn:oid:1.3.26.1.3.1",
        "classification": "SECRET",
        "categories": (
            Category(CategoryType.RESTRICTIVE, "Special", ("ATOMAL",)),
            Category(CategoryType.PERMISSIVE, "Releasable To", ("JPN", "UKR")),
        ),
        "created": datetime(2025, 4, 2, 10, 30),
        "review": datetime(2035, 4, 2, 10, 30),
    }
    return Confidentiality(**(usual | more))  # type: ignore[arg-type]  # the keys are those of Confidentiality


def test_a_label_says_policy_classification_categories_and_times() -> None:
    element = etree.XML(label_xml(label()))
    LABEL_SCHEMA.assertValid(element)
    texts = [(each.tag.rpartition("}")[2], each.text) for each in element.iter() if each.text]
    assert texts == [
        ("PolicyIdentifier", "NATO"),
        ("Classification", "SECRET"),
        ("GenericValue", "ATOMAL"),
        ("GenericValue", "JPN"),
        ("GenericValue", "UKR"),
        ("CreationDateTime", "2025-04-02T10:30:00Z"),
    ]
    assert element.get("ReviewDateTime") == "2035-04-02T10:30:00Z"
    assert element.find(".//{*}PolicyIdentifier").get("URI") == "urn:oid:1.3.26.1.3.1"
    assert element.find(".//{*}Classification").attrib == {}
    assert "URI" not in label_xml(label(uri=""))


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), min_codepoint=33), min_size=1, max_size=20).filter(
        lambda text: text.strip() == text and "\ufffe" not in text and "\uffff" not in text
    )
)
def test_words_of_any_kind_come_through(words: str) -> None:
    made = label(
        policy=words, classification=words, categories=(Category(CategoryType.INFORMATIVE, words, (words,)),)
    )
    element = checked_binding(binding_xml(made, [("", "")]))
    assert element.find(".//{*}Classification").text == words
    assert element.find(".//{*}GenericValue").text == words
    assert element.find(".//{*}Category").get("TagName") == words


def test_a_binding_names_what_it_is_of() -> None:
    text = binding_xml(
        label(), [("pack:///word/document.xml", ""), ("pack:///word/media/image1.png", "image/png")]
    )
    checked_binding(text)
    references = etree.XML(text).findall(".//{*}DataReference")
    assert [dict(each.attrib) for each in references] == [
        {"URI": "pack:///word/document.xml"},
        {
            "URI": "pack:///word/media/image1.png",
            "{http://www.w3.org/2005/05/xmlmime}contentType": "image/png",
        },
    ]


def test_the_schemas_of_these_tests_refuse_what_is_wrong() -> None:
    right = label_xml(label())
    for wrong in (
        right.replace("<slab:Classification>SECRET</slab:Classification>", ""),
        right.replace("RESTRICTIVE", "restrictive"),
        right.replace(' ReviewDateTime="2035-04-02T10:30:00Z"', ""),
        right.replace("2025-04-02T10:30:00Z", "yesterday"),
    ):
        assert not LABEL_SCHEMA.validate(etree.XML(wrong))
    assert not BINDING_SCHEMA.validate(etree.XML(binding_xml(label(), [])))


@pytest.mark.parametrize(
    "name", ["Enabled", "SetDate", "Method", "Name", "SiteId", "ActionId", "ContentBits"]
)
def test_a_sensitivity_label_has_the_properties_that_programs_look_for(name: str) -> None:
    moment = datetime(2025, 4, 2)
    properties = dict(
        sensitivity_properties(Sensitivity("0a", "1b", "Restricted", "Standard", moment, "2c", 3))
    )
    assert properties[f"MSIP_Label_0a_{name}"] == {
        "Enabled": "true",
        "SetDate": "2025-04-02T00:00:00Z",
        "Method": "Standard",
        "Name": "Restricted",
        "SiteId": "1b",
        "ActionId": "2c",
        "ContentBits": "3",
    }[name]  # fmt: skip
    assert len(properties) == 7
