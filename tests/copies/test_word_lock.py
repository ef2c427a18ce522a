"""Locked Word files: who opens them, what is still seen of them, and what is refused."""

import io

import msoffcrypto
import olefile
import pytest

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.word_lock import is_lock_of, lock
from briefpack.copies.zip_members import archive, stored
from tests.word.making import opened, say

PASSWORD = "Grüße 12 Ж"  # noqa: S105  it opens nothing else


@pytest.fixture(scope="module")
def plain():
    return opened(say("Only for Elena.")).content


@pytest.fixture(scope="module")
def locked(plain):
    return lock(plain, PASSWORD)


def _unlocked(content, password):
    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    file.load_key(password=password, verify_password=True)
    out = io.BytesIO()
    file.decrypt(out, verify_integrity=True)
    return out.getvalue()


def test_another_program_gets_the_same_bytes_back(plain, locked):
    assert _unlocked(locked, PASSWORD) == plain


@pytest.mark.parametrize("wrong", ["grüße 12 Ж", "Grüße 12"])
def test_another_password_opens_nothing(locked, wrong):
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        _unlocked(locked, wrong)


def test_letters_and_their_accents_typed_apart_are_the_same_password(plain, locked):
    apart = lock(plain, "Gru\u0308ße 12 Ж")

    assert _unlocked(apart, PASSWORD) == plain


@pytest.mark.parametrize("size", [1, 16, 3995, 3996, 3997, 65_537, 9_000_000])
def test_content_of_any_size_comes_back(size):
    content = archive([stored("a", bytes(size))])

    assert _unlocked(lock(content, PASSWORD), PASSWORD) == content


def test_what_was_changed_is_noticed(locked):
    with olefile.OleFileIO(io.BytesIO(locked)) as file:
        start = file.direntries[file._find(["EncryptedPackage"])].isectStart
    at = 512 * (start + 1) + 1000
    changed = locked[:at] + bytes([locked[at] ^ 1]) + locked[at + 1 :]

    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        _unlocked(changed, PASSWORD)


def test_nothing_is_seen_from_outside(plain, locked):
    assert b"word/" not in locked
    assert b"PK\3\4" not in locked
    assert len(locked) < len(plain) + 16_384


def test_no_two_are_alike(plain, locked):
    assert lock(plain, PASSWORD) != locked


def test_it_says_how_it_is_encrypted(locked):
    with olefile.OleFileIO(io.BytesIO(locked), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert file.parsing_issues == []
        info = file.openstream("EncryptionInfo").read()
        assert file.exists("\6DataSpaces/TransformInfo/StrongEncryptionTransform/\6Primary")
    assert info[:8] == b"\4\0\4\0\x40\0\0\0"
    assert info.count(b'keyBits="256"') == 2
    assert b'spinCount="100000"' in info


def test_a_file_is_not_locked_twice(locked):
    with pytest.raises(CopyError, match="is encrypted already"):
        lock(locked, PASSWORD)


def test_another_file_is_refused():
    with pytest.raises(CopyError, match="is no Word file"):
        lock(b"%PDF-1.7", PASSWORD)


@pytest.mark.parametrize("password", ["", "½ pint", "a\u0007b", "x" * 128])
def test_passwords_that_programs_take_differently_are_refused(plain, password):
    with pytest.raises(CopyError, match="password"):
        lock(plain, password)


def test_what_is_inside_can_be_proved_with_the_password(plain, locked):
    assert is_lock_of(locked, plain, PASSWORD)
    assert not is_lock_of(locked, plain, "another one")
    assert not is_lock_of(locked, opened(say("Only for Kwame.")).content, PASSWORD)
    assert not is_lock_of(plain, plain, PASSWORD)


@pytest.mark.parametrize("size", [1, 3996, 65_537])
def test_it_can_be_proved_of_any_size(size):
    content = archive([stored("a", bytes(size))])
    assert is_lock_of(lock(content, PASSWORD), content, PASSWORD)


def test_no_byte_of_it_can_be_another(plain, locked):
    for at in range(0, len(locked), max(1, len(locked) // 40)):
        changed = locked[:at] + bytes([locked[at] ^ 1]) + locked[at + 1 :]
        assert not is_lock_of(changed, plain, PASSWORD), at
    begin = locked.index(b"encryptedKeyValue=")
    for old, new in ((b'Value="', b'Value="===='), (b'Value="', b'Value="AAAA'), (b'Value="', b'Wert="')):
        assert not is_lock_of(locked[:begin] + locked[begin:].replace(old, new, 1), plain, PASSWORD)
