"""LibreOffice opens a file that is locked: with a macro in a profile of its own, since its command line takes no password."""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path

from tests.conftest import need_tool

_MODULE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{code}</script:module>
"""
_CODE = """\
Sub Main
  On Error GoTo Ended
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  how(1).Name = "Password" : how(1).Value = "{password}"
  found = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, how())
  If Not IsNull(found) Then
    Dim into(0) As New com.sun.star.beans.PropertyValue
    into(0).Name = "FilterName" : into(0).Value = "writer_pdf_Export"
    found.storeToURL("{target}", into())
    found.close(True)
  End If
Ended:
  StarDesktop.terminate()
End Sub
"""


def printed(source: Path, password: str, folder: Path) -> Path | None:
    """A PDF of a locked file; None where the password does not open it. folder: empty, for the profile and the PDF."""
    target = folder / f"{source.stem}.pdf"
    code = _CODE.format(password=escape(password), source=source.as_uri(), target=target.as_uri())
    # A profile gets its modules when it is made.
    _run(folder, "--terminate_after_init")
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_MODULE.format(code=code), encoding="utf-8")
    _run(folder, "macro:///Standard.Module1.Main")
    return target if target.exists() else None


def _run(folder: Path, what: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [need_tool("soffice"), profile, "--headless", what], capture_output=True, check=True, timeout=300
    )
