"""The Word files: nothing wrong in them for Word or for one who listens, and the checks that say so can fail."""

import pytest

from tests.conformance.broken_word import MUTATIONS, broken
from tests.conformance.built import Built
from tests.conformance.word_reading import word_faults


def test_nothing_is_wrong_with_the_word_files(each: Built):
    assert word_faults(each.docx) == []


@pytest.mark.parametrize("what", MUTATIONS)
def test_a_broken_word_file_is_refused(small: Built, tmp_path, what):
    word, mutation = MUTATIONS[what]
    path = tmp_path / "broken.docx"
    path.write_bytes(broken(small.docx.read_bytes(), mutation))

    assert [fault for fault in word_faults(path) if word in fault]


def test_the_file_that_is_broken_is_good_before(small: Built, tmp_path):
    """Also when it is only taken apart and put together again."""
    path = tmp_path / "whole.docx"
    path.write_bytes(broken(small.docx.read_bytes(), lambda _: None))

    assert word_faults(path) == word_faults(small.docx) == []
