from __future__ import annotations

from pathlib import Path

from briefpack.audit.case import weights_of
from briefpack.audit.expected import expect
from briefpack.audit.repeated import repeated
from briefpack.audit.tree import tree_of
from briefpack.errors import Where
from briefpack.pack import Pack
from tests.select.made import STAFF_ONLY, audience, pack, section, text

HERE = Where(Path("pack/pack.yaml"), 1, 1)
SENTENCE = "The Minister would accept a shorter transition if the interim force stays."


def told(made: Pack) -> list[str]:
    tree = tree_of(made, HERE)
    return [found.message for found in repeated(expect(made, tree, audience("press")), weights_of(tree))]


def test_a_sentence_that_is_withheld_and_given_is_told_with_both_places():
    (message,) = told(pack(section(text(f"First. {SENTENCE}", STAFF_ONLY), text(f"{SENTENCE} Last."))))
    assert message.startswith(
        "press gets this sentence, which is withheld from it at pack/section.yaml:3:1 (for staff only)"
    )


def test_phrases_and_other_sentences_are_not():
    assert (
        told(
            pack(
                section(
                    text(f"{SENTENCE}", STAFF_ONLY),
                    text("The Minister would accept. An interim force stays."),
                )
            )
        )
        == []
    )


def test_where_nothing_is_withheld_nothing_is_repeated():
    assert told(pack(section(text(SENTENCE), text(SENTENCE)))) == []
