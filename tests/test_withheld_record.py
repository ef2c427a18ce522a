from __future__ import annotations

import json

from briefpack.withheld_record import AudienceRecord, Withheld, read_entries, render

GONE = Withheld("section", "Iraq", "sources/a/b.yaml", 1, 8, "above", "RESTRICTED", above=True, inside=3)
EMPTY = Withheld(
    "list", "", "sources/a/b.yaml", 9, 1, "everything in it is withheld", "", above=False, inside=0
)


def test_a_record_can_be_read_again_and_keeps_audiences_that_were_not_built(tmp_path):
    path = tmp_path / "withheld.json"
    records = [AudienceRecord(name, "PUBLIC", "PUBLIC", (GONE, EMPTY)) for name in ("press", "old", "staff")]
    path.write_bytes(render("visit", records, {}, ["press", "old", "staff"]))
    former = read_entries(path)
    assert list(former) == ["press", "old", "staff"]
    again = render("visit", [AudienceRecord("staff", "INTERNAL", "INTERNAL", ())], former, ["staff", "press"])
    content = json.loads(again)
    assert list(content["audiences"]) == ["staff", "press"], (
        "in the pack's order, without those that are no more"
    )
    assert content["audiences"]["staff"]["count"] == 0
    press = content["audiences"]["press"]
    assert (press["count"], press["above_clearance"], press["kinds"]) == (2, 1, {"list": 1, "section": 1})
    assert press["withheld"][0]["reason"] == "above"


def test_what_is_no_record_is_as_good_as_none(tmp_path):
    path = tmp_path / "withheld.json"
    assert read_entries(path) == {}
    for wrong in ("", "[]", '{"schema": 99, "audiences": {}}', '{"schema": 1, "audiences": []}'):
        path.write_text(wrong, encoding="utf-8")
        assert read_entries(path) == {}
