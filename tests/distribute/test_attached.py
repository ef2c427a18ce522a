"""Attachments that others would take away, or take for something else."""

from __future__ import annotations

import io
import zipfile

import pytest

from briefpack.distribute.attached import blocked_for, name_fault


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    "name",
    ["A-plan.pdf", "B-Überblick (2).xlsx", "C-план.docx", "D-خطة.pdf", "E-a.b.c.csv", "visit-desk.pdf"],
)
def test_sound_names_are_sound(name: str) -> None:
    assert name_fault(name) is None
    assert blocked_for(name, b"%PDF-1.7") is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("A-annex\u202efdp.exe", "U+202E"),
        ("A-plan\r\nX-Evil: 1.pdf", "U+000D"),
        ("A-plan\0.pdf", "U+0000"),
        ("A-pl\u200ban.pdf", "U+200B"),
        ("A-..\\..\\plan.pdf", "\\"),
        ("A-../plan.pdf", "/"),
        ("A-plan.pdf.", "begins or ends with a dot or a space"),
        ("A-plan.exe ", "begins or ends with a dot or a space"),
        ("", "begins or ends"),
        (f"A-{'é' * 120}.pdf", "more than 200 bytes"),
    ],
)
def test_names_that_mislead_or_get_lost_are_faults(name: str, fault: str) -> None:
    told = name_fault(name)
    assert told is not None
    assert fault in told
    assert told.isprintable()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("A-setup.exe", b"", "can run"),
        ("A-setup.EXE", b"", "can run"),
        ("A-plan.pdf.scr", b"", "can run"),
        ("A-plan.js", b"", "script"),
        ("A-sums.xlsm", b"", "macros"),
        ("A-plan.pdf", b"MZ\x90", "is a program"),
        ("A-plan", b"#!/bin/sh\n", "is a script"),
        ("A-all.zip", archive("deep/in/run.vbs"), "holds run.vbs, which is of a kind that can run"),
        ("A-plan.docx", archive("word/document.xml", "word/vbaProject.bin"), "has macros in it"),
    ],
)
def test_what_servers_take_away_is_known(name: str, content: bytes, why: str) -> None:
    told = blocked_for(name, content)
    assert told is not None
    assert why in told


@pytest.mark.parametrize(
    "content", [archive("word/document.xml"), archive("a.pdf", "b.csv"), b"PK\x03\x04 damaged", b""]
)
def test_what_they_let_through_is_let_through(content: bytes) -> None:
    assert blocked_for("A-all.zip", content) is None
