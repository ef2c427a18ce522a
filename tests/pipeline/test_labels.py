"""Labels for programs: in both files, of each audience's own marking, the same every time, and off unless asked for."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable

import pikepdf
import pytest
from lxml import etree

from briefpack.annexes.labels import XMP_BINDING, XMP_CUSTOM
from briefpack.errors import BriefpackError, Severity
from briefpack.label_xml import BINDING
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conftest import Project, Ran, need_tool
from tests.packs.labelled import IDS, SITE, custom_properties, parts_of, write_labelled
from tests.test_label_xml import checked_binding

Cli = Callable[..., Ran]
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXPECTED = {
    "desk": ("RESTRICTED", [("INFORMATIVE", "Administrative", ["STAFF"])], "NATO RESTRICTED", "3"),
    "press": ("UNCLASSIFIED", [], "General", "0"),
}


@pytest.fixture
def built(project: Project) -> dict[str, bytes]:
    build(write_labelled(project), Order())
    return project.outputs()


def packet(pdf: bytes) -> etree._Element:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return etree.XML(opened.Root.Metadata.read_bytes().split(b"?>", 1)[1].rsplit(b"<?xpacket", 1)[0])


def said(label: etree._Element) -> tuple[str, list[tuple[str, str, list[str]]]]:
    categories = [
        (each.get("Type"), each.get("TagName"), [value.text for value in each])
        for each in label.findall(".//{*}Category")
    ]
    return label.findtext(".//{*}Classification"), categories


@pytest.mark.parametrize("audience", EXPECTED)
def test_the_pdf_bears_the_confidentiality_label_of_its_audience(
    built: dict[str, bytes], audience: str
) -> None:
    binding = packet(built[f"{audience}/visit-{audience}.pdf"]).findtext(
        f".//{{{XMP_BINDING}}}bindingInformation"
    )
    label = checked_binding(binding)
    assert said(label) == EXPECTED[audience][:2]
    assert label.findtext(".//{*}PolicyIdentifier") == "HOUSE"
    assert label.findtext(".//{*}CreationDateTime") == "2024-02-29T14:30:00Z"
    assert label.get("ReviewDateTime") == "2029-02-28T14:30:00Z"
    (reference,) = etree.XML(binding).findall(".//{*}DataReference")
    assert reference.get("URI") == ""


@pytest.mark.parametrize("audience", EXPECTED)
def test_the_word_file_bears_the_same_label_bound_to_every_part(
    built: dict[str, bytes], audience: str
) -> None:
    parts = parts_of(built[f"{audience}/visit-{audience}.docx"])
    item = parts["customXml/item1.xml"]
    assert said(checked_binding(item)) == EXPECTED[audience][:2]
    references = {each.get("URI") for each in etree.XML(item).findall(".//{*}DataReference")}
    bound = {
        f"pack:///{name}"
        for name in parts
        if name.startswith(("word/", "docProps/"))
        and not name.endswith((".rels", "fontTable.xml", "theme1.xml", "numbering.xml", "settings.xml"))
    }
    assert references == bound
    assert {"pack:///word/document.xml", "pack:///word/styles.xml", "pack:///docProps/custom.xml"} <= bound
    assert any("header" in name for name in bound)
    assert item.count(b"BindingInformation") == 2


def test_the_custom_part_hangs_on_the_document_as_word_expects(built: dict[str, bytes]) -> None:
    parts = parts_of(built["desk/visit-desk.docx"])
    relations = etree.XML(parts["word/_rels/document.xml.rels"])
    (target,) = (each.get("Target") for each in relations if each.get("Type").endswith("/customXml"))
    assert target == "../customXml/item1.xml"
    (about,) = etree.XML(parts["customXml/_rels/item1.xml.rels"])
    assert about.get("Type").endswith("/customXmlProps")
    assert about.get("Target") == "itemProps1.xml"
    properties = etree.XML(parts["customXml/itemProps1.xml"])
    assert properties.find(".//{*}schemaRef").attrib.values() == [BINDING]
    types = {
        each.get("PartName"): each.get("ContentType") for each in etree.XML(parts["[Content_Types].xml"])
    }
    assert (
        types["/customXml/itemProps1.xml"]
        == "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    )
    assert types["/customXml/item1.xml"] == "application/xml"


@pytest.mark.parametrize("audience", EXPECTED)
def test_both_files_bear_the_sensitivity_label_of_the_level(built: dict[str, bytes], audience: str) -> None:
    name, bits = EXPECTED[audience][2:]
    level = "NATO RESTRICTED" if audience == "desk" else "NATO UNCLASSIFIED"
    start = f"MSIP_Label_{IDS[level]}_"
    word = {
        key: value
        for key, value in custom_properties(built[f"{audience}/visit-{audience}.docx"]).items()
        if key.startswith("MSIP")
    }
    assert {
        key.removeprefix(start): value for key, value in word.items() if not key.endswith("ActionId")
    } == {
        "Enabled": "true",
        "SetDate": "2024-02-29T14:30:00Z",
        "Method": "Standard",
        "Name": name,
        "SiteId": SITE,
        "ContentBits": bits,
    }
    pdf = built[f"{audience}/visit-{audience}.pdf"]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        info = {str(key)[1:]: str(value) for key, value in opened.docinfo.items() if "MSIP" in str(key)}
    in_packet = {each.tag.rpartition("}")[2]: each.text for each in packet(pdf).iter(f"{{{XMP_CUSTOM}}}*")}
    assert info == in_packet == word


def test_nothing_of_a_higher_label_is_in_a_lower_file(built: dict[str, bytes]) -> None:
    for name, content in built.items():
        if name.startswith("press/"):
            texts = (
                parts_of(content).values()
                if name.endswith("docx")
                else [etree.tostring(packet(content)), content]
            )
            for text in texts:
                assert b"RESTRICTED" not in text
                assert IDS["NATO RESTRICTED"].encode() not in text
                assert b"STAFF" not in text


def test_the_same_pack_gives_the_same_labels(project: Project, built: dict[str, bytes]) -> None:
    build(project.pack, Order())
    again = project.outputs()
    assert {name: again[name] for name in again if not name.endswith("json")} == {
        name: built[name] for name in built if not name.endswith("json")
    }
    actions = {
        value
        for name in built
        if name.endswith("docx")
        for key, value in custom_properties(built[name]).items()
        if key.endswith("ActionId")
    }
    assert len(actions) == 2


def test_without_the_key_there_is_no_label(project: Project) -> None:
    folder = write_labelled(project)
    project.change("pack.yaml", "labels: [confidentiality, sensitivity]\n", "")
    build(folder, Order())
    for name, content in project.outputs().items():
        if name.endswith("docx"):
            assert not any(part.startswith("customXml") for part in parts_of(content))
            assert not any("MSIP" in key for key in custom_properties(content))
        elif name.endswith("pdf"):
            text = etree.tostring(packet(content))
            assert b"urn:nato" not in text
            assert b"MSIP" not in text


@pytest.mark.parametrize("kind", ["confidentiality", "sensitivity"])
def test_one_kind_may_be_had_alone(project: Project, kind: str) -> None:
    folder = write_labelled(project)
    project.change("pack.yaml", "[confidentiality, sensitivity]", kind)
    build(folder, Order(audiences=("desk",)))
    outputs = project.outputs()
    text = etree.tostring(packet(outputs["desk/visit-desk.pdf"]))
    assert (b"urn:nato" in text) is (kind == "confidentiality")
    assert (b"MSIP" in text) is (kind == "sensitivity")
    assert ("customXml/item1.xml" in parts_of(outputs["desk/visit-desk.docx"])) is (kind == "confidentiality")


def test_any_policy_can_make_a_confidentiality_label(project: Project) -> None:
    folder = write_labelled(project)
    project.change("pack.yaml", "policy: house", "policy: nato-style")
    project.change("pack.yaml", "[confidentiality, sensitivity]", "confidentiality")
    build(folder, Order(audiences=("desk",)))
    label = checked_binding(parts_of(project.outputs()["desk/visit-desk.docx"])["customXml/item1.xml"])
    assert label.findtext(".//{*}PolicyIdentifier") == "NATO style"
    assert said(label) == ("NATO RESTRICTED", [("RESTRICTIVE", "Distribution", ["STAFF"])])


def test_those_it_may_be_given_to_are_a_category(project: Project) -> None:
    folder = write_labelled(project)
    project.write(
        "sections/01-programme.yaml",
        """\
        title: The programme
        marking: NATO UNCLASSIFIED Releasable to Japan
        blocks: [text: For everybody.]
        """,
    )
    project.change("pack.yaml", "NATO RESTRICTED - STAFF\n", "NATO UNCLASSIFIED Releasable to Japan\n")
    project.change("pack.yaml", "title_marking: NATO UNCLASSIFIED\n", "")
    build(folder, Order(audiences=("press",)))
    label = checked_binding(parts_of(project.outputs()["press/visit-press.docx"])["customXml/item1.xml"])
    ((kind, tag, values),) = said(label)[1]
    assert (kind, tag) == ("PERMISSIVE", "Releasable To")
    assert {"JPN", "NOR", "USA"} <= set(values)
    assert values == sorted(values)


# --------------------------------------------------------------------------- what cannot be labelled


def refused(project: Project) -> str:
    with pytest.raises(BriefpackError) as caught:
        build(project.pack, Order())
    errors = [each for each in caught.value.diagnostics if each.severity is Severity.ERROR]
    (found,) = {each.message: each for each in errors}.values()
    assert found.where is not None
    assert found.hint
    return f"{found.where.line}: {found.message}"


def test_a_level_without_a_label_is_told_at_its_audience(project: Project) -> None:
    write_labelled(project)
    path = project.root / "styles" / "policies" / "house.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f"      NATO RESTRICTED: {{id: {IDS['NATO RESTRICTED']}, content_bits: 3}}\n", "")
    )
    assert (
        refused(project)
        == "10: this audience's pack is NATO RESTRICTED, and the policy house has no sensitivity label for that level"
    )


def test_a_policy_without_sensitivity_labels_is_told_where_they_are_asked_for(project: Project) -> None:
    write_labelled(project)
    project.change("pack.yaml", "policy: house", "policy: nato-style")
    assert refused(project) == "5: the policy nato-style has no sensitivity labels"


def test_a_pack_without_a_policy_has_nothing_to_label(project: Project) -> None:
    write_labelled(project)
    project.write("sections/01-programme.yaml", "title: The programme\nblocks: [text: Words.]\n")
    project.write(
        "pack.yaml",
        "title: T\nlabels: confidentiality\nsections: [sections/01-programme.yaml]\naudiences: {desk: {title: Desk}}\n",
    )
    assert refused(project) == "2: the pack has no policy, so there is no marking to put into a label"


# --------------------------------------------------------------------------- other programs


def test_exiftool_reads_the_labels_of_the_pdf_back(project: Project, built: dict[str, bytes]) -> None:
    tool = need_tool("exiftool")
    path = project.build / "desk" / "visit-desk.pdf"
    assert path.read_bytes() == built["desk/visit-desk.pdf"]
    run = subprocess.run([tool, "-json", "-a", "-G1", path], capture_output=True, check=True)
    (found,) = json.loads(run.stdout)
    start = f"MSIP_Label_{IDS['NATO RESTRICTED']}_"
    assert found[f"PDF:{start}Name"] == found[f"XMP-pdfx:{start}Name"] == "NATO RESTRICTED"
    assert said(checked_binding(found["XMP-mbxmp:BindingInformation"]))[0] == "RESTRICTED"
