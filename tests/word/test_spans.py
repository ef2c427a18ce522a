"""Raised and lowered words, and small capitals whose text stays what it is."""

from briefpack.document import Position, Text
from tests.word.making import opened, say
from tests.word.opened import style_of


def _looks(found, path):
    return found.find(f"//w:p[w:pPr/w:pStyle/@w:val='Normal']/w:r/w:rPr/{path}")


def test_words_are_raised_and_lowered():
    found = opened(
        say((Text("H"), Text("2", position=Position.SUB), Text("O, 2"), Text("nd", position=Position.SUPER)))
    )

    assert found.texts("Normal") == ["H2O, 2nd"]
    assert _looks(found, "w:vertAlign/@w:val") == ["subscript", "superscript"]


def test_small_capitals_are_capitals_of_a_smaller_size():
    found = opened(say((Text("The "), Text("NATO", small_caps=True), Text(" staff"))))

    assert found.texts("Normal") == ["The NATO staff"]
    (size,) = _looks(found, "w:sz/@w:val")
    assert int(size) == round(style_of().text["body"].size * 0.8 * 2)
    assert _looks(found, "w:smallCaps") == []


def test_small_letters_among_small_capitals_keep_their_size():
    found = opened(say((Text("IfSGs", small_caps=True),)))

    assert found.texts("Normal") == ["IfSGs"]
    runs = found.find("//w:p[w:pPr/w:pStyle/@w:val='Normal']/w:r")
    assert [bool(found.find("./w:rPr/w:sz", each)) for each in runs] == [True, False, True, False]


def test_the_size_of_small_capitals_follows_the_role():
    found = opened(say((Text("NATO", small_caps=True),), "secondary"))

    (size,) = found.find("//w:p[w:pPr/w:pStyle/@w:val='Secondary']/w:r/w:rPr/w:sz/@w:val")
    assert int(size) == round(style_of().text["secondary"].size * 0.8 * 2)


def test_small_capitals_keep_their_other_looks():
    found = opened(say((Text("OTAN", strong=True, language="fr", small_caps=True),)))

    assert _looks(found, "w:b")
    assert _looks(found, "w:lang/@w:val") == ["fr"]
