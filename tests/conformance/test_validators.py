"""veraPDF passes every pack: PDF/UA-1, and the PDF/A that the file claims."""

import re

import pikepdf
import pytest

from tests.conformance.built import Built


def claims(pdf: pikepdf.Pdf) -> set[str]:
    """The standards that a file's XMP names, as veraPDF calls them."""
    if "/Metadata" not in pdf.Root:
        return set()
    xmp = pdf.Root.Metadata.read_bytes().decode()
    found = {f"ua{part}" for part in re.findall(r"<pdfuaid:part>(\d)</pdfuaid:part>", xmp)}
    for part in re.findall(r"<pdfaid:part>(\d)</pdfaid:part>", xmp):
        (level,) = re.findall(r"<pdfaid:conformance>(\w)</pdfaid:conformance>", xmp)
        found.add(f"{part}{level.lower()}")
    return found


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_the_validator_passes_every_pack(each: Built, verdicts, flavour):
    verdict = verdicts[flavour, each.pack, each.audience]

    assert verdict.passed, verdict
    assert verdict.checks > 100


def test_every_pack_claims_what_it_keeps(each: Built):
    assert claims(each.pikepdf) == {"ua1", "2a"}
