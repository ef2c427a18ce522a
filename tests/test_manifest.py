"""What the manifest says, and that it can be read again."""

import hashlib
from pathlib import Path

import briefpack
from briefpack.manifest import (
    AudienceEntry,
    Input,
    Manifest,
    Output,
    describe_inputs,
    is_as_published,
    read_audiences,
    read_tools,
    render,
    tool_versions,
)

OUTPUT = Output("pdf", "press/p-press.pdf", 3, hashlib.sha256(b"abc").hexdigest(), 4, "layout")
ENTRY = AudienceEntry(
    "Press — réservé", "press", (OUTPUT,), (Input("sources/p/pack.yaml", "00"),), {"text": 2, "annex": 1}
)


def made(audiences: dict[str, AudienceEntry]) -> Manifest:
    return Manifest("p", "A pack", "2", "2025-04-02T00:00:00", {"b": "2", "a": "1"}, audiences)


def test_what_is_written_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(render(made({"press": ENTRY})))
    assert read_audiences(path) == {"press": ENTRY}


def test_the_bytes_do_not_depend_on_the_order_things_were_found_in() -> None:
    turned = AudienceEntry(ENTRY.title, ENTRY.style, ENTRY.outputs, ENTRY.inputs, {"annex": 1, "text": 2})
    first = render(made({"press": ENTRY, "desk": ENTRY}))
    second = render(made({"desk": turned, "press": turned}))
    assert first == second
    assert "réservé" in first.decode()


def test_a_manifest_that_is_missing_or_of_another_version_is_none(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    assert read_audiences(path) == {}
    path.write_bytes(render(made({"press": ENTRY})).replace(b'"schema": 1', b'"schema": 99'))
    assert read_audiences(path) == {}


def test_an_output_counts_as_published_while_its_bytes_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / OUTPUT.path
    assert not is_as_published(tmp_path, OUTPUT)
    path.parent.mkdir()
    path.write_bytes(b"abc")
    assert is_as_published(tmp_path, OUTPUT)
    path.write_bytes(b"abd")
    assert not is_as_published(tmp_path, OUTPUT)


def test_a_manifest_cannot_make_a_build_touch_files_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    (tmp_path / "victim").write_bytes(b"abc")
    (folder / "link").symlink_to(tmp_path / "victim")
    for name in ("../victim", str(tmp_path / "victim"), "link"):
        assert not is_as_published(folder, Output("pdf", name, 3, OUTPUT.sha256, 4, "layout"))


def test_inputs_are_named_by_project_by_package_or_by_bare_name_and_each_once(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "a.yaml").write_bytes(b"abc")
    (tmp_path / "shared.pdf").write_bytes(b"abc")
    base = Path(briefpack.__file__).parent / "data" / "base.yaml"
    known = {tmp_path / "shared.pdf": "known"}
    inputs = describe_inputs([tmp_path / "shared.pdf", base, project / "a.yaml", base], project, known)
    assert [item.path for item in inputs] == ["a.yaml", "briefpack:data/base.yaml", "elsewhere:shared.pdf"]
    assert [inputs[0].sha256, inputs[2].sha256] == [OUTPUT.sha256, "known"]


def test_the_tools_of_a_build_are_read_and_none_of_what_is_no_manifest(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    assert read_tools(path) == {}
    path.write_bytes(render(made({})))
    assert read_tools(path) == {"a": "1", "b": "2"}
    for content in ("", "[]", "{}", '{"tools": []}'):
        path.write_text(content)
        assert read_tools(path) == {}


def test_the_tools_are_named_with_their_versions() -> None:
    versions = tool_versions()
    assert versions["briefpack"] == briefpack.__version__
    assert {"python", "reportlab", "python-docx", "pypdf", "pikepdf"} <= set(versions)
