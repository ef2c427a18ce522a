"""What is withheld from an audience is nowhere in its files, and nothing tells where and by whom they were made."""

import getpass
import re
import socket
from pathlib import Path

import pytest

from briefpack.verdict import Kind
from tests.conformance.built import Built, squeezed
from tests.conformance.cutting import share
from tests.conformance.packs import MINISTERS, ROOT, SOURCES
from tests.conformance.saying import said_by_manifest, said_by_pdf, said_by_word, written_in_pdf

PACK = SOURCES / "foreign-ministers"
WORD = re.compile(r"\w{4,}")


def _words(texts) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(squeezed(text))}


def _phrases(texts) -> set[tuple[str, ...]]:
    """Every four words that follow one another."""
    found = set()
    for text in texts:
        words = [word.casefold() for word in re.findall(r"\w+", squeezed(text))]
        found |= set(zip(words, words[1:], words[2:], words[3:], strict=False))
    return found


def _own_words(wanted) -> list[str]:
    """Words that the style prints beside the author's."""
    return [word for table in wanted.style.words.values() for word in table.values()]


@pytest.fixture(scope="session", params=MINISTERS)
def withheld(request, output):
    """An audience's files, with the words and phrases of the pack that it does not get."""
    built = Built("foreign-ministers", request.param, output / "foreign-ministers")
    whole, kept = share(PACK, None), share(PACK, built.audience)
    words = _words(whole) - _words(kept) - _words(_own_words(built.expected))
    # The alternative text of every annex page says which page of how many it is, as a withheld annex does of its own.
    phrases = {p for p in _phrases(whole) - _phrases(kept) if (p[0], p[2]) != ("page", "of")}
    return built, words, phrases


def test_every_verdict_is_covered_by_the_words_that_are_looked_for(withheld):
    """What explain calls out is made of phrases that are looked for, unless a kept node says the same."""
    built, words, phrases = withheld
    kept = squeezed(" ".join(share(PACK, built.audience))).casefold()
    missed = []
    for verdict in built.expected.selection.verdicts:
        title = squeezed(re.sub(r"\[\[.*|…$", "", verdict.title)).casefold()
        if verdict.included or title in kept:
            continue
        looked_for = _phrases([title]) & phrases or _words([title]) & words
        if not looked_for and len(title.split()) >= 4:
            missed.append(verdict.title)

    assert any(not verdict.included for verdict in built.expected.selection.verdicts)
    assert len(phrases) > 20
    assert not missed


SAID = {"pdf": said_by_pdf, "word": said_by_word, "manifest": said_by_manifest}


@pytest.fixture(scope="session")
def grammar(output):
    """By kind of file the words that are there whatever the author wrote: those of a pack about something else, and names of our own
    that it may have for words."""
    other = Built("minimal", "desk", output / "minimal")
    own = _words(share(SOURCES / "minimal", "desk"))
    # Kinds of nodes are counted, and styles are called after what they are for, whatever that pack is about.
    beside = {
        "manifest": _words(
            [*(kind.value for kind in Kind), "briefpack:data/policies/plain.yaml"]  # as it names its inputs
        ),
        "word": _words(
            other.word.find(
                "//w:style/@w:styleId | //w:style/w:name/@w:val", other.word.root("word/styles.xml")
            )
        ),
    }
    return {kind: (_words(say(other)) - own) | beside.get(kind, set()) for kind, say in SAID.items()}


@pytest.mark.parametrize("kind", SAID)
def test_withheld_words_are_nowhere_in_the_files(withheld, grammar, kind):
    built, words, _ = withheld

    assert len(words - grammar[kind]) >= len(words) / 2
    assert not _words(SAID[kind](built)) & (words - grammar[kind])


@pytest.mark.parametrize("kind", SAID)
def test_withheld_phrases_are_nowhere_in_the_files(withheld, kind):
    built, _, phrases = withheld

    assert not _phrases(SAID[kind](built)) & phrases


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_phrases_withheld_from_the_press_are_in_the_files_of_the_staff(output, kind):
    """The search can find what it looks for."""
    staff = Built("foreign-ministers", "staff", output / "foreign-ministers")
    withheld = _phrases(share(PACK, "staff")) - _phrases(share(PACK, "press"))

    assert len(_phrases(SAID[kind](staff)) & withheld) > 200


# --------------------------------------------------------------------------- where and by whom


@pytest.mark.parametrize("kind", ["pdf", "word", "manifest"])
def test_no_file_tells_where_and_by_whom_it_was_made(built: Built, kind):
    """No absolute path, no name of a user or a machine."""
    say = {"pdf": written_in_pdf, "word": said_by_word, "manifest": said_by_manifest}[kind]
    forbidden = {str(ROOT), str(Path.home()), str(built.folder), str(built.folder.parent)} - {"/"}
    names = {getpass.getuser(), socket.gethostname()}
    for text in say(built):
        assert not any(place in text for place in forbidden)
        assert not re.search(r"(?<![\w:/.])/(?:home|tmp|root|Users|usr|var|work)/\w", text)
        assert not re.search(r"\b[A-Z]:\\\w", text)
        for name in names:
            # Names of a machine may be short and common words.
            assert len(name) < 5 or not re.search(rf"\b{re.escape(name)}\b", text)


def test_the_whole_manifest_names_no_place_on_this_machine(built: Built):
    text = (built.folder / "manifest.json").read_text(encoding="utf-8")

    assert str(ROOT) not in text
    assert not re.search(r'"(?:/|[A-Za-z]:|\.\.)', text)
