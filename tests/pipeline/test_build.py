"""Whole builds: what appears, what does not, and what stays when something goes wrong."""

import contextlib
import hashlib
import io
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

import briefpack.pipeline.running
from briefpack.annex import AnnexFile
from briefpack.annexes.cleaners import Cleaners
from briefpack.annexes.foreign import Kind
from briefpack.errors import BriefpackError, ExitCode, Findings
from briefpack.folder_lock import hold
from briefpack.pipeline import build, no_progress
from briefpack.pipeline.audience import Until
from briefpack.pipeline.prepare import EPOCH, Order, prepare
from tests.conftest import Project, Ran

Run = Callable[..., Ran]
FILES = [
    "audit.json",
    "desk/visit-desk.docx",
    "desk/visit-desk.pdf",
    "manifest.json",
    "press/visit-press.pdf",
]


def manifest(project: Project) -> dict[str, object]:
    return json.loads((project.build / "manifest.json").read_text(encoding="utf-8"))


def words_of(pdf: bytes) -> str:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def assert_whole(name: str, content: bytes) -> None:
    """Whatever the file is, it can be read from its first byte to its last."""
    if name.endswith(".pdf"):
        with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
            assert len(document) > 0
        assert content.rstrip().endswith(b"%%EOF")
    elif name.endswith(".docx"):
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    else:
        json.loads(content)


# --------------------------------------------------------------------------- what appears


def test_a_build_makes_every_format_of_every_audience_and_a_manifest(cli: Run, project: Project) -> None:
    ran = cli("build")
    assert (ran.code, ran.err) == (0, "")
    outputs = project.outputs()
    assert list(outputs) == FILES
    for name, content in outputs.items():
        assert_whole(name, content)


def test_the_summary_is_a_plain_table_with_a_line_for_each_file(cli: Run, project: Project) -> None:
    head, *lines = cli("build").out.splitlines()
    assert head.split("  ")[0] == "audience"
    assert [line.split()[:2] for line in lines] == [["desk", "pdf"], ["desk", "docx"], ["press", "pdf"]]
    assert lines[0].split()[3] == "layout"
    assert lines[0].endswith("build/visit/desk/visit-desk.pdf")
    assert "\x1b" not in "".join(lines)


def test_quiet_says_nothing_when_all_is_well(cli: Run, project: Project) -> None:
    assert cli("build", "--quiet") == Ran(0, "", "")


def test_json_lists_every_output(cli: Run, project: Project) -> None:
    answer = json.loads(cli("build", "--json").out)
    assert answer["exit_code"] == 0
    assert [(o["audience"], o["format"]) for o in answer["outputs"]] == [
        ("desk", "pdf"),
        ("desk", "docx"),
        ("press", "pdf"),
    ]
    for output in answer["outputs"]:
        content = Path(output["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (output["size"], output["sha256"])


def test_the_manifest_tells_inputs_outputs_and_what_was_withheld_by_count(cli: Run, project: Project) -> None:
    cli("build")
    told = manifest(project)
    press = told["audiences"]["press"]
    (output,) = press["outputs"]
    content = (project.build / output["path"]).read_bytes()
    assert output["sha256"] == hashlib.sha256(content).hexdigest()
    assert output["size"] == len(content)
    with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
        assert output["pages"] == len(document)
    assert press["withheld"] == {"section": 1, "text": 1}
    inputs = {item["path"]: item["sha256"] for item in press["inputs"]}
    source = project.pack / "sections" / "01-programme.yaml"
    assert (
        inputs["sources/visit/sections/01-programme.yaml"] == hashlib.sha256(source.read_bytes()).hexdigest()
    )
    # Even the name of a file that is not for the press may say too much.
    assert not any("notes" in path for path in inputs)
    assert "desk reads" not in json.dumps(press)


def test_the_manifest_names_no_place_on_this_machine(cli: Run, project: Project) -> None:
    cli("build")
    text = (project.build / "manifest.json").read_text(encoding="utf-8")
    assert str(project.root) not in text
    assert str(Path.home()) not in text
    assert not any(
        item["path"].startswith(("/", "..")) for item in manifest(project)["audiences"]["desk"]["inputs"]
    )


def test_one_audience_and_one_format_can_be_built_alone(cli: Run, project: Project) -> None:
    assert cli("build", "visit", "-a", "desk", "-f", "docx").code == 0
    assert list(project.outputs()) == ["audit.json", "desk/visit-desk.docx", "manifest.json"]


def test_output_may_go_elsewhere(cli: Run, project: Project, tmp_path: Path) -> None:
    assert cli("build", "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "visit" / "press" / "visit-press.pdf").exists()
    assert not project.build.exists()


def test_a_format_that_no_audience_wants_is_a_wrong_command_line(cli: Run, project: Project) -> None:
    ran = cli("build", "-a", "press", "-f", "docx")
    assert ran.code == 2
    assert "docx" in ran.err


def test_what_is_withheld_is_in_no_byte_of_the_press_pack(cli: Run, project: Project) -> None:
    cli("build")
    outputs = project.outputs()
    assert "Only the desk reads this" in words_of(outputs["desk/visit-desk.pdf"])
    assert "Only the desk" not in words_of(outputs["press/visit-press.pdf"])
    assert "Notes for" not in words_of(outputs["press/visit-press.pdf"])


def test_a_worker_is_handed_its_own_audience_s_selection_only(project: Project, tmp_path: Path) -> None:
    prepared = prepare(
        project.pack, Order(), Until.WRITTEN, Findings(), progress=no_progress, cache=tmp_path / "cache"
    )
    handed = {job.audience.name: pickle.dumps(job) for job in prepared.jobs}
    assert b"Only the desk reads this" in handed["desk"]
    assert b"Only the desk" not in handed["press"]
    assert b"A good visit" not in handed["press"]


def test_the_words_of_a_new_project_build(cli: Run, project: Project) -> None:
    assert cli("new", "security-council").code == 0
    ran = cli("build", "security-council", "--strict")
    assert (ran.code, ran.err) == (0, "")


def test_check_says_all_well_and_writes_nothing(cli: Run, project: Project) -> None:
    ran = cli("check")
    assert (ran.code, ran.out, ran.err) == (0, "visit: all well\n", "")
    assert not (project.root / "build").exists()


# --------------------------------------------------------------------------- the same again


def test_the_same_sources_give_the_same_bytes_in_any_process(spawn: Run, project: Project) -> None:
    outputs = []
    for seed in ("1", "2"):
        assert spawn("build", env={"PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}).code == 0
        outputs.append(project.outputs())
        shutil.rmtree(project.root / "build")
    assert outputs[0] == outputs[1]


def test_built_alone_or_beside_others_the_bytes_are_the_same(
    cli: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("build", "--jobs", "1").code == 0
    alone = project.outputs()
    shutil.rmtree(project.root / "build")
    monkeypatch.setattr(briefpack.pipeline.running, "SMALL", 0)
    assert cli("build", "--jobs", "2").code == 0
    assert project.outputs() == alone


WRITER_KILLED = """
    import os, signal, sys
    from pathlib import Path
    import briefpack.pipeline
    from briefpack.pipeline import audience
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.workers import Worker, can_fork
    from briefpack.errors import BriefpackError
    assert can_fork()

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    class Killed(Worker):
        # As where the machine is short of memory, and before it has read anything.
        def __init__(self, _word):
            super().__init__(die)
            self.results.poll(None)

    audience.Worker = Killed
    # More than a pipe holds.
    audience._Maker.pages = lambda *_: bytes(1 << 20)
    try:
        briefpack.pipeline.build(Path(sys.argv[1]), Order(audiences=("desk",), jobs=2))
    except BriefpackError as error:
        print(error)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")
def test_a_writer_of_the_word_file_that_is_killed_ends_the_build(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WRITER_KILLED), str(project.pack)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "a worker process was killed by signal 9 before it was done" in done.stdout


FORKED = """
    import sys
    from pathlib import Path
    import briefpack.pipeline
    import briefpack.pipeline.running
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.workers import can_fork
    briefpack.pipeline.running.SMALL = 0
    briefpack.pipeline.build(Path(sys.argv[1]), Order(audiences=("desk",), jobs=2))
"""


def test_word_and_pdf_written_at_once_are_the_same_as_one_after_the_other(cli: Run, project: Project) -> None:
    assert cli("build", "-a", "desk", "--jobs", "1").code == 0
    alone = project.outputs()
    shutil.rmtree(project.root / "build")
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FORKED), str(project.pack)],
        check=True,
        timeout=300,
    )
    assert project.outputs() == alone


def test_source_date_epoch_dates_the_files(
    cli: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("build")
    by_as_of = project.outputs()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert cli("build").code == 0
    assert project.outputs() != by_as_of
    assert manifest(project)["date"] == "2023-11-14T22:13:20"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    ran = cli("build")
    assert ran.code == 2
    assert "SOURCE_DATE_EPOCH" in ran.err


def test_without_as_of_the_files_are_dated_1980_and_no_date_is_printed(cli: Run, project: Project) -> None:
    project.change("pack.yaml", "as_of: 2025-04-02\n", "")
    assert cli("build").code == 0
    assert manifest(project)["date"] == EPOCH.isoformat()
    assert "1980" not in words_of(project.outputs()["desk/visit-desk.pdf"])
    assert datetime.now().strftime("%Y") not in words_of(project.outputs()["desk/visit-desk.pdf"])


# --------------------------------------------------------------------------- what stays


def test_a_wrong_pack_leaves_the_former_output_byte_for_byte(cli: Run, project: Project) -> None:
    cli("build")
    before = project.outputs()
    project.change("sections/02-notes.yaml", "[[programme]]", "[[programm]]")
    ran = cli("build")
    assert ran.code == 3
    assert "02-notes.yaml:8:" in ran.err
    assert project.outputs() == before


def test_under_strict_a_warning_publishes_nothing_and_ends_in_9(cli: Run, project: Project) -> None:
    cli("build")
    before = project.outputs()
    project.write("sections/02-notes.yaml", "title: Nothing to say\n")
    assert "warning" in cli("check").err
    assert cli("check", "--strict").code == 9
    ran = cli("build", "--strict")
    assert ran.code == 9
    assert "warning[empty-section]:" in ran.err
    assert "--strict" in ran.err
    assert project.outputs() == before
    assert cli("build").code == 0
    assert project.outputs() != before


def test_an_annex_that_is_none_ends_in_5_with_its_place(cli: Run, project: Project) -> None:
    cli("build")
    before = project.outputs()
    project.change(
        "pack.yaml", "audiences:\n  desk", "annexes:\n  - {file: a.pdf, title: A}\naudiences:\n  desk"
    )
    project.write("a.pdf", "This is no PDF.\n")
    ran = cli("build")
    assert ran.code == 5
    assert "sources/visit/pack.yaml:8:" in ran.err
    assert project.outputs() == before


def test_a_missing_tool_ends_in_8(cli: Run, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project.root))
    ran = cli("build", "--word-pages", "libreoffice")
    assert ran.code == 8
    assert "help:" in ran.err
    assert not project.outputs()


def test_a_second_build_of_the_same_pack_ends_in_7(spawn: Run, project: Project) -> None:
    with hold(project.build):
        ran = spawn("build")
    assert ran.code == 7
    assert str(os.getpid()) in ran.err
    assert spawn("build").code == 0


def test_one_audience_s_build_keeps_what_the_manifest_says_of_the_others(cli: Run, project: Project) -> None:
    cli("build")
    before = manifest(project)["audiences"]
    project.change("sections/02-notes.yaml", "A good visit.", "A better visit.")
    cli("build", "-a", "desk")
    after = manifest(project)["audiences"]
    assert after["press"] == before["press"]
    assert after["desk"] != before["desk"]
    (project.build / "press" / "visit-press.pdf").write_bytes(b"changed by hand")
    cli("build", "-a", "desk")
    assert set(manifest(project)["audiences"]) == {"desk"}


def test_a_format_built_alone_keeps_the_other_one_while_the_inputs_are_the_same(
    cli: Run, project: Project
) -> None:
    cli("build")
    cli("build", "-f", "pdf")
    assert [o["format"] for o in manifest(project)["audiences"]["desk"]["outputs"]] == ["docx", "pdf"]
    project.change("sections/02-notes.yaml", "A good visit.", "A better visit.")
    cli("build", "-f", "pdf")
    assert [o["format"] for o in manifest(project)["audiences"]["desk"]["outputs"]] == ["pdf"]


def test_an_output_the_pack_no_longer_has_goes_unless_somebody_changed_it(cli: Run, project: Project) -> None:
    cli("build")
    (project.build / "desk" / "notes.txt").touch()
    project.change("pack.yaml", "desk: {title: Desk}", "desk: {title: Desk, formats: [pdf]}")
    project.change("pack.yaml", "  press: {title: Press, formats: [pdf]}\n", "")
    assert cli("build").code == 0
    assert list(project.outputs()) == ["audit.json", "desk/notes.txt", "desk/visit-desk.pdf", "manifest.json"]
    assert not (project.build / "press").exists()


def test_an_output_changed_by_hand_is_not_taken_away(cli: Run, project: Project) -> None:
    cli("build")
    mine = project.build / "press" / "visit-press.pdf"
    mine.write_bytes(b"with my own notes")
    project.change("pack.yaml", "  press: {title: Press, formats: [pdf]}\n", "")
    assert cli("build").code == 0
    assert mine.read_bytes() == b"with my own notes"


def pdf(words: str) -> bytes:
    """A PDF of one page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, words)
    canvas.save()
    return out.getvalue()


ANNEXES = (
    "annexes:\n  - {file: a.pdf, title: Declaration}\n  - {file: b.pdf, title: Map, audiences: [desk]}\n"
)


def test_annexes_are_bound_into_the_pdf_of_those_who_get_them(cli: Run, project: Project) -> None:
    (project.pack / "a.pdf").write_bytes(pdf("The first annex"))
    (project.pack / "b.pdf").write_bytes(pdf("The second annex"))
    project.change("pack.yaml", "audiences:\n  desk", ANNEXES + "audiences:\n  desk")
    ran = cli("build")
    assert (ran.code, ran.err) == (0, "")
    outputs = project.outputs()
    assert "The second annex" in words_of(outputs["desk/visit-desk.pdf"])
    press = words_of(outputs["press/visit-press.pdf"])
    assert "The first annex" in press
    assert "second annex" not in press
    assert "Map" not in press
    told = manifest(project)["audiences"]["press"]
    assert "sources/visit/b.pdf" not in {item["path"] for item in told["inputs"]}
    with contextlib.closing(pypdfium2.PdfDocument(outputs["press/visit-press.pdf"])) as document:
        assert told["outputs"][0]["pages"] == len(document)


def test_a_check_needs_no_annex_cleaned_that_a_build_has_cleaned(
    cli: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads them where the build keeps them, and leaves all of that as it was."""
    for name in ("a.pdf", "b.pdf"):
        (project.pack / name).write_bytes(pdf(f"The annex {name}"))
    project.change("pack.yaml", "audiences:\n  desk", ANNEXES + "audiences:\n  desk")
    assert cli("build", "-q").code == 0

    def kept() -> dict[str, tuple[bytes, float]]:
        files = (path for path in (project.build / ".cache").rglob("*") if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_mtime) for path in files}

    before = kept()
    assert any(name.endswith(".pdf") for name in before)
    cleaned: list[str] = []
    begin = Cleaners.begin

    def counted(self: Cleaners, file: AnnexFile, kind: Kind, name: str, sha256: str) -> None:
        cleaned.append(name)
        begin(self, file, kind, name, sha256)

    monkeypatch.setattr(Cleaners, "begin", counted)
    assert cli("check", "-q").code == 0
    assert cleaned == []
    assert kept() == before
    shutil.rmtree(project.build)
    assert cli("check", "-q").code == 0
    assert len(cleaned) == 2
    assert not project.build.exists()


def test_copies_of_annexes_the_pack_no_longer_has_are_forgotten(cli: Run, project: Project) -> None:
    (project.pack / "a.pdf").write_bytes(pdf("The first annex"))
    (project.pack / "b.pdf").write_bytes(pdf("The second annex"))
    project.change("pack.yaml", "audiences:\n  desk", ANNEXES + "audiences:\n  desk")
    cli("build")
    cache = project.build / ".cache"
    assert len(list(cache.rglob("*.pdf"))) == 2
    cli("build", "-a", "press")
    assert len(list(cache.rglob("*.pdf"))) == 2
    project.change("pack.yaml", "  - {file: b.pdf, title: Map, audiences: [desk]}\n", "")
    cli("build")
    assert len(list(cache.rglob("*.pdf"))) == 1


def test_what_other_programs_made_of_them_is_forgotten_too(cli: Run, project: Project) -> None:
    (project.pack / "a.pdf").write_bytes(pdf("The first annex"))
    (project.pack / "b.pdf").write_bytes(pdf("The second annex"))
    project.change("pack.yaml", "audiences:\n  desk", ANNEXES + "audiences:\n  desk")
    cli("build")
    cache = next((project.build / ".cache").rglob("*.pdf")).parent
    (folder := cache / "converted").mkdir()
    used = hashlib.sha256((project.pack / "a.pdf").read_bytes()).hexdigest()
    for digest in (used, "f" * 64):
        (folder / f"{digest}-0123456789ab.pdf").touch()
    assert cli("build").code == 0
    assert [path.name[:64] for path in folder.iterdir()] == [used]


def with_files(project: Project, first: str = "", second: str = "") -> None:
    """Two annexes, the second one for the desk alone, with more said of each."""
    (project.pack / "a.pdf").write_bytes(pdf("The first annex"))
    (project.pack / "b.pdf").write_bytes(pdf("The second annex"))
    annexes = ANNEXES.replace("Declaration", f"Declaration{first}").replace("Map,", f"Map{second},")
    project.change("pack.yaml", "audiences:\n  desk", annexes + "audiences:\n  desk")


def test_files_are_put_beside_the_packs_of_those_who_get_the_annex(cli: Run, project: Project) -> None:
    with_files(project, ", beside: true", ", beside: true")
    assert cli("build").code == 0
    outputs = project.outputs()
    beside = [name for name in outputs if "annexes/" in name]
    assert beside == ["desk/annexes/A-a.pdf", "desk/annexes/B-b.pdf", "press/annexes/A-a.pdf"]
    assert outputs["press/annexes/A-a.pdf"] == (project.pack / "a.pdf").read_bytes()
    told = manifest(project)["audiences"]
    assert [item["path"] for entry in ("desk", "press") for item in told[entry]["beside"]] == beside
    for item in told["desk"]["beside"]:
        content = outputs[item["path"]]
        assert (item["size"], item["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_files_beside_a_pack_go_when_they_are_no_longer_wanted(cli: Run, project: Project) -> None:
    with_files(project, ", beside: true", ", beside: true")
    cli("build")
    project.change("pack.yaml", "title: Map, beside: true", "title: Map")
    assert cli("build", "-a", "press").code == 0
    assert "desk/annexes/B-b.pdf" in project.outputs(), "the desk's pack was not built"
    assert cli("build").code == 0
    assert [name for name in project.outputs() if "annexes/" in name] == [
        "desk/annexes/A-a.pdf",
        "press/annexes/A-a.pdf",
    ]
    project.change("pack.yaml", "  press: {title: Press, formats: [pdf]}\n", "")
    assert cli("build").code == 0
    assert [path.name for path in project.build.iterdir() if path.is_dir() and path.name != ".cache"] == [
        "desk"
    ]
    project.change("pack.yaml", "title: Declaration, beside: true", "title: Declaration")
    assert cli("build").code == 0
    assert not (project.build / "desk" / "annexes").exists()


def test_a_file_beside_a_pack_that_somebody_changed_is_not_taken_away(cli: Run, project: Project) -> None:
    with_files(project, ", beside: true")
    cli("build")
    mine = project.build / "desk" / "annexes" / "A-a.pdf"
    mine.write_bytes(b"with my own notes")
    project.change("pack.yaml", "title: Declaration, beside: true", "title: Declaration")
    assert cli("build").code == 0
    assert mine.read_bytes() == b"with my own notes"


def test_a_failed_build_puts_nothing_beside_a_pack(cli: Run, project: Project) -> None:
    with_files(project, ", beside: true")
    project.change("sections/02-notes.yaml", "[[programme]]", "[[nothing]]")
    assert cli("build").code != 0
    assert project.outputs() == {}
    assert not list(project.build.rglob("*.part"))


def test_files_are_embedded_in_the_packs_of_those_who_get_the_annex(cli: Run, project: Project) -> None:
    with_files(project, second=", embed: true")
    assert cli("build").code == 0
    outputs = project.outputs()
    with pikepdf.open(io.BytesIO(outputs["desk/visit-desk.pdf"])) as desk:
        assert [(name, held.get_file().read_bytes()) for name, held in desk.attachments.items()] == [
            ("B-b.pdf", (project.pack / "b.pdf").read_bytes())
        ]
    with pikepdf.open(io.BytesIO(outputs["press/visit-press.pdf"])) as press:
        assert not press.attachments
        assert "/AF" not in press.Root
    assert b"second annex" not in outputs["press/visit-press.pdf"]


def test_a_pack_with_files_claims_the_third_part_of_pdf_a(cli: Run, project: Project) -> None:
    with_files(project, second=", embed: true")
    ran = cli("build")
    told = manifest(project)["audiences"]
    # The annexes' font is not embedded, which stands against PDF/A.
    faults = {name: entry["outputs"][-1]["faults"] for name, entry in told.items()}
    assert all(faults.values())
    assert all("PDF/A-3" in fault for fault in faults["desk"])
    assert all("PDF/A-2" in fault for fault in faults["press"])
    assert "PDF/A-3" in ran.out + ran.err


def test_a_damaged_manifest_is_made_anew(cli: Run, project: Project) -> None:
    cli("build")
    before = project.outputs()
    for damage in (b"", b"{", b"[]", b'{"schema": 1, "audiences": {"desk": {}}}', b"\xff"):
        (project.build / "manifest.json").write_bytes(damage)
        assert cli("build").code == 0
        assert project.outputs() == before


# --------------------------------------------------------------------------- what files are called


def name_files(project: Project, template: str) -> None:
    """Both audiences have a style that calls their files so."""
    (project.root / "styles").mkdir(exist_ok=True)
    (project.root / "styles" / "named.yaml").write_text(f'extends: base\nfile_name: "{template}"\n')
    pack = (project.pack / "pack.yaml").read_text()
    if "named" not in pack:
        project.change("pack.yaml", "{title: Desk", "{style: named, title: Desk")
        project.change("pack.yaml", "{title: Press", "{style: named, title: Press")


def test_a_style_names_the_files_and_what_had_another_name_goes(cli: Run, project: Project) -> None:
    cli("build")
    name_files(project, "{reference} {date} {audience}")
    ran = cli("build")

    assert ran.code == 0, ran.err
    assert list(project.outputs()) == [
        "audit.json",
        "desk/V(25)-2025-04-02-desk.docx",
        "desk/V(25)-2025-04-02-desk.pdf",
        "manifest.json",
        "press/V(25)-2025-04-02-press.pdf",
    ]
    told = manifest(project)["audiences"]
    assert [output["path"] for output in told["desk"]["outputs"]] == [
        "desk/V(25)-2025-04-02-desk.docx",
        "desk/V(25)-2025-04-02-desk.pdf",
    ]


def test_a_file_of_the_old_name_that_somebody_changed_stays(cli: Run, project: Project) -> None:
    cli("build")
    (project.build / "press" / "visit-press.pdf").write_bytes(b"signed")
    name_files(project, "{audience}")
    cli("build")

    assert (project.build / "press" / "visit-press.pdf").read_bytes() == b"signed"
    assert (project.build / "press" / "press.pdf").is_file()
    assert not (project.build / "desk" / "visit-desk.pdf").exists()


def test_one_format_s_build_takes_the_other_one_s_old_name_away(cli: Run, project: Project) -> None:
    cli("build")
    name_files(project, "{audience}")
    cli("build", "-a", "desk", "-f", "pdf")

    # What was left would be an older version of the paper under a name that nothing tells of.
    assert list(project.outputs()) == [
        "audit.json",
        "desk/desk.pdf",
        "manifest.json",
        "press/visit-press.pdf",
    ]


def test_files_of_two_audiences_are_never_called_alike(cli: Run, project: Project) -> None:
    name_files(project, "{reference}")
    ran = cli("build")

    assert ran.code == ExitCode.STYLE
    assert "pack.yaml:9:" in ran.err
    assert "the files of press would be called as those of desk are: V(25)" in ran.err
    assert "put {audience} into `file_name` of the style named" in ran.err


# --------------------------------------------------------------------------- disks and signals


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own at folder; the test is skipped where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("file systems cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_ends_in_6_and_the_last_good_pack_stays(cli: Run, project: Project) -> None:
    with mounted(project.root / "build", "size=2m"):
        assert cli("build").code == 0
        before = project.outputs()
        room = shutil.disk_usage(project.build).free
        (project.root / "build" / "ballast").write_bytes(b"x" * max(0, room - 8192))
        project.change("sections/02-notes.yaml", "A good visit.", "A better visit.")
        ran = cli("build")
        assert ran.code == 6
        assert "no room left" in ran.err
        assert "help: free some space" in ran.err
        assert project.outputs() == before
        assert not list(project.build.rglob("*.part"))


def test_a_limit_on_file_sizes_ends_in_6_and_the_last_good_pack_stays(spawn: Run, project: Project) -> None:
    assert spawn("build").code == 0
    before = project.outputs()
    project.change("sections/02-notes.yaml", "A good visit.", "A better visit.")
    ran = spawn("build", prefix=["sh", "-c", 'ulimit -f 4; exec "$@"', "sh"])
    assert ran.code == 6
    assert project.outputs() == before


def test_a_read_only_target_ends_in_6_and_the_last_good_pack_stays(cli: Run, project: Project) -> None:
    with mounted(project.root / "build", "size=2m"):
        assert cli("build").code == 0
        before = project.outputs()
        subprocess.run(["mount", "-o", "remount,ro", str(project.root / "build")], check=True)
        project.change("sections/02-notes.yaml", "A good visit.", "A better visit.")
        ran = cli("build")
        assert ran.code == 6
        assert "read-only" in ran.err
        assert project.outputs() == before


def test_a_folder_in_the_place_of_an_output_ends_in_6(cli: Run, project: Project) -> None:
    (project.build / "press" / "visit-press.pdf").mkdir(parents=True)
    ran = cli("build")
    assert ran.code == 6
    assert "move the folder away" in ran.err
    assert list(project.outputs()) == []


KILLED = """
    import json, os, shutil, signal, sys
    from pathlib import Path
    from briefpack.pipeline import build
    from briefpack.pipeline.prepare import Order

    pack, notes, output = Path(sys.argv[1]), Path(sys.argv[1], "sections/02-notes.yaml"), Path(sys.argv[2])

    def state():
        return {
            p.relative_to(output).as_posix(): p.read_bytes().hex()
            for p in sorted(output.rglob("*"))
            if p.is_file() and not p.name.startswith(".")
        }

    def killed_at(event):
        # Dies on the way to the given one of its calls that touch the disk.
        left = [event]
        def counting(call):
            def counted(*args, **kwargs):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return call(*args, **kwargs)
            return counted
        os.fsync, os.link, os.replace = counting(os.fsync), counting(os.link), counting(os.replace)
        Path.replace, Path.unlink = counting(Path.replace), counting(Path.unlink)
        build(pack, Order())
        os._exit(0)

    build(pack, Order())
    old = state()
    shutil.copytree(output, output.with_name("old"))
    notes.write_text(notes.read_text().replace("A good visit.", "A better visit."))
    states, event = [], 0
    while True:
        child = os.fork()
        if child == 0:
            killed_at(event)
        _, status = os.waitpid(child, 0)
        states.append(state())
        if not os.WIFSIGNALED(status):
            break
        shutil.rmtree(output)
        shutil.copytree(output.with_name("old"), output)
        event += 1
    print(json.dumps([old, states]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_killed_at_any_touch_of_the_disk_every_file_is_the_old_or_the_new_one(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(project.pack), str(project.build)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    old, states = json.loads(done.stdout)
    new = states[-1]
    assert list(new) == FILES
    assert old != new
    # Staging, linking, renaming and cleaning up four files, and flushing their folders.
    assert len(states) > 15
    for state in states:
        assert list(state) == FILES
        assert all(content in {old[name], new[name]} for name, content in state.items())
        if state["manifest.json"] == new["manifest.json"]:
            # The manifest comes last: where it is new, all is new.
            assert state == new


def test_killed_in_mid_build_the_next_build_is_as_if_nothing_had_been(spawn: Run, project: Project) -> None:
    assert spawn("build").code == 0
    before = project.outputs()
    for wait in (0.4, 0.6, 0.8):
        with subprocess.Popen([sys.executable, "-m", "briefpack", "build", "--quiet"]) as process:
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        for name, content in project.outputs().items():
            assert name.endswith(".part") or content == before[name]
    assert spawn("build").code == 0
    assert project.outputs() == before


def test_ctrl_c_in_mid_build_ends_in_130_and_publishes_nothing(spawn: Run, project: Project) -> None:
    assert spawn("build").code == 0
    # Long enough that the signal comes in the middle of it on any machine.
    paragraphs = "".join(f"  Paragraph {number} of a long report on the visit.\n\n" for number in range(4000))
    for attempt in range(8):
        before = project.outputs()
        project.write("sections/02-notes.yaml", f"title: Notes {attempt}\ntext: |\n{paragraphs}")
        with subprocess.Popen(
            [sys.executable, "-m", "briefpack", "build"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Whoever runs the tests may ignore the signal, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread holds a lock here
        ) as process:
            until = time.monotonic() + 300
            while (project.build / ".lock").read_text().strip() != str(process.pid):
                assert time.monotonic() < until
                time.sleep(0.002)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=300)
        if process.returncode == 0:
            continue  # on a busy machine the signal can come when all is done
        assert (process.returncode, out) == (130, "")
        assert err.splitlines()[-1] == "stopped; nothing was published"
        assert "Traceback" not in err
        assert project.outputs() == before
        return
    pytest.fail("the build was never interrupted in time")


def test_a_failure_while_publishing_takes_back_what_was_placed(
    cli: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("build")
    before = project.outputs()
    project.change("sections/02-notes.yaml", "A good visit.", "A better visit.")
    replace, calls = Path.replace, []

    def fail_the_third(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_the_third)
    with pytest.raises(BriefpackError) as caught:
        build(project.pack, Order())
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert project.outputs() == before
