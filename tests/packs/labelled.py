"""A pack whose files bear labels, and what stands in them when they are read back by other means."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from tests.conftest import Project

SITE = "72f988bf-86f1-41af-91ab-2d7cd011db47"
IDS = {
    "NATO UNCLASSIFIED": "10000000-0000-4000-8000-000000000001",
    "NATO RESTRICTED": "10000000-0000-4000-8000-000000000002",
}

POLICY = f"""\
extends: nato-style
title: House style
labels:
  confidentiality:
    policy: HOUSE
    uri: urn:oid:2.25.283505922519774543341581604402970826256
    classifications: {{NATO UNCLASSIFIED: UNCLASSIFIED, NATO RESTRICTED: RESTRICTED}}
    categories: {{special: Additional Sensitivity, distribution: Administrative}}
    informative: [distribution]
    review: 5
  sensitivity:
    site: {SITE.upper()}
    levels:
      NATO UNCLASSIFIED: {{id: {IDS["NATO UNCLASSIFIED"]}, name: General}}
      NATO RESTRICTED: {{id: {IDS["NATO RESTRICTED"]}, content_bits: 3}}
"""

PACK = """\
title: Visit of the Ambassador
policy: house
marking: NATO RESTRICTED - STAFF
title_marking: NATO UNCLASSIFIED
labels: [confidentiality, sensitivity]
organisation: Ministry of Example
as_of: 2024-02-29 14:30
sections: [sections/01-programme.yaml]
audiences:
  desk: {title: Desk, clearance: {level: NATO RESTRICTED, groups: [NATO], caveats: [STAFF]}}
  press: {title: Press, clearance: {level: NATO UNCLASSIFIED, groups: [NATO]}}
"""

PROGRAMME = """\
title: The programme
title_marking: NATO UNCLASSIFIED
blocks:
  - text: For everybody.
    marking: NATO UNCLASSIFIED
  - text: Only the desk reads this.
    marking: NATO RESTRICTED - STAFF
"""


def write_labelled(project: Project) -> Path:
    """Make the project's pack one with labels; gives its folder."""
    folder = project.root / "styles" / "policies"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "house.yaml").write_text(POLICY, encoding="utf-8")
    project.write("pack.yaml", PACK)
    project.write("sections/01-programme.yaml", PROGRAMME)
    return project.pack


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def custom_properties(docx: bytes) -> dict[str, str]:
    """The custom properties of a Word file."""
    root = etree.XML(parts_of(docx)["docProps/custom.xml"])
    return {each.get("name"): "".join(each.itertext()) for each in root}
