"""A finished Word file → the same, which only opens with a password: AES-256 with SHA-512, the agile encryption of [MS-OFFCRYPTO] 2.3.4.10."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.ole_file import Storage, compound_file
from briefpack.copies.password import prepared

_SPINS = 100_000
"""How often a password is hashed, so that guessing takes long: as Office does."""
_SALT, _BLOCK, _KEY, _HASH = 16, 16, 32, 64
"""Bytes."""
_SEGMENT = 4096
"""Bytes that are encrypted with one initial vector ([MS-OFFCRYPTO] 2.3.4.15)."""
_INPUT = b"\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79"
_VALUE = b"\xd7\xaa\x0f\x6d\x30\x61\x34\x4e"
_SECRET = b"\x14\x6e\x0b\xe7\xab\xac\xd0\xd6"
"""What keys are made with, beside the password: for the verifier, its hash, and the key of the file ([MS-OFFCRYPTO] 2.3.4.13)."""
_INTEGRITY_KEY = b"\x5f\xb2\xad\x01\x0c\xb9\xe1\xf6"
_INTEGRITY_VALUE = b"\xa0\x67\x7f\x02\xb2\x2c\x84\x33"
"""The same of what tells whether the file was changed ([MS-OFFCRYPTO] 2.3.4.14)."""
_CIPHER = (
    f'saltSize="{_SALT}" blockSize="{_BLOCK}" keyBits="{8 * _KEY}" hashSize="{_HASH}" '
    'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
)
_SPACE, _TRANSFORM = "StrongEncryptionDataSpace", "StrongEncryptionTransform"
_PACKAGE, _INFO = "EncryptedPackage", "EncryptionInfo"
_ZIP, _OLE = b"PK\3\4", b"\xd0\xcf\x11\xe0"


def lock(content: bytes, password: str) -> bytes:
    """The file encrypted, whole: not even its title can be read without the password. password: see password.prepared.

    It opens in Word 2010 and later. Two runs give different bytes, as they must. Raises CopyError.
    """
    if content.startswith(_OLE):
        raise CopyError("is encrypted already")
    if not content.startswith(_ZIP):
        raise CopyError("is no Word file that can be read")
    drawn = _Drawn(*(secrets.token_bytes(size) for size in (_KEY, _SALT, _SALT, _SALT, _HASH)))
    return _locked(content, drawn, _spun(prepared(password), drawn.own_salt))


def is_lock_of(locked: bytes, content: bytes, password: str) -> bool:
    """Whether a file is what lock makes of a content and a password: what was drawn at random is read from it, and locking with that has to give the same bytes.

    Raises CopyError where the password could not lock anything.
    """
    salts = re.findall(rb'saltValue="([A-Za-z0-9+/=]{1,99})"', locked)
    if len(salts) != len(("of the file", "of the password")):
        return False
    known = prepared(password)
    try:
        salt, own_salt = map(b64decode, salts)
        spun = _spun(known, own_salt)
        key = _decrypted(_told(locked, b"encryptedKeyValue"), _made(spun, _SECRET), own_salt)
        check = _decrypted(_told(locked, b"encryptedVerifierHashInput"), _made(spun, _INPUT), own_salt)
        tag = _decrypted(_told(locked, b"encryptedHmacKey"), key, _vector(salt, _INTEGRITY_KEY))
        return _locked(content, _Drawn(key, salt, own_salt, check, tag), spun) == locked
    except ValueError:
        # What is told is no base64, or of a length that no key and no block has.
        return False


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn at random. key: of the file. salt: of its segments. own_salt: of the password. check: what the password is tried on. tag: what changes are told by."""

    key: bytes
    salt: bytes
    own_salt: bytes
    check: bytes
    tag: bytes


def _locked(content: bytes, drawn: _Drawn, spun: bytes) -> bytes:
    """spun: of the password."""
    package = _encrypted_package(content, drawn.key, drawn.salt)
    info = struct.pack("<HHI", 4, 4, 0x40) + _description(drawn, spun, package).encode()
    streams: Storage = {**_data_spaces(), _INFO: info, _PACKAGE: package}
    return compound_file(streams)


def _told(locked: bytes, name: bytes) -> bytes:
    """A value of the description that a locked file begins with. Raises ValueError where there is none."""
    found = re.search(name + rb'="([A-Za-z0-9+/=]{1,999})"', locked)
    if found is None:
        raise ValueError(name)
    return b64decode(found[1])


def _decrypted(data: bytes, key: bytes, vector: bytes) -> bytes:
    """Raises ValueError where they are of no length that there is."""
    decryptor = Cipher(AES256(key), CBC(vector)).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def _encrypted(data: bytes, key: bytes, vector: bytes) -> bytes:
    """In whole blocks, the last one filled with zeros."""
    encryptor = Cipher(AES256(key), CBC(vector)).encryptor()
    return encryptor.update(data + bytes(-len(data) % _BLOCK)) + encryptor.finalize()


def _vector(salt: bytes, made_with: bytes) -> bytes:
    return hashlib.sha512(salt + made_with).digest()[:_BLOCK]


def _encrypted_package(content: bytes, key: bytes, salt: bytes) -> bytes:
    """Its size, and its content in segments."""
    pieces = [struct.pack("<Q", len(content))]
    for number, at in enumerate(range(0, len(content), _SEGMENT)):
        vector = _vector(salt, struct.pack("<I", number))
        pieces.append(_encrypted(content[at : at + _SEGMENT], key, vector))
    return b"".join(pieces)


def _made(spun: bytes, made_with: bytes) -> bytes:
    """A key that is made of a password; a hash is longer than the key that is made of it."""
    return hashlib.sha512(spun + made_with).digest()[:_KEY]


def _description(drawn: _Drawn, spun: bytes, package: bytes) -> str:
    """How it is encrypted, with the key encrypted by the password ([MS-OFFCRYPTO] 2.3.4.10)."""
    key, salt, own_salt, check, tag = drawn.key, drawn.salt, drawn.own_salt, drawn.check, drawn.tag

    def wrapped(data: bytes, made_with: bytes) -> str:
        return _text(_encrypted(data, _made(spun, made_with), own_salt))

    said = hmac.digest(tag, package, "sha512")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
        'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData {_CIPHER} saltValue="{_text(salt)}"/>'
        f'<dataIntegrity encryptedHmacKey="{_text(_encrypted(tag, key, _vector(salt, _INTEGRITY_KEY)))}" '
        f'encryptedHmacValue="{_text(_encrypted(said, key, _vector(salt, _INTEGRITY_VALUE)))}"/>'
        '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{_SPINS}" {_CIPHER} saltValue="{_text(own_salt)}" '
        f'encryptedVerifierHashInput="{wrapped(check, _INPUT)}" '
        f'encryptedVerifierHashValue="{wrapped(hashlib.sha512(check).digest(), _VALUE)}" '
        f'encryptedKeyValue="{wrapped(key, _SECRET)}"/></keyEncryptor></keyEncryptors></encryption>'
    )


def _spun(password: str, salt: bytes) -> bytes:
    """The hash that keys are made of ([MS-OFFCRYPTO] 2.3.4.11)."""
    found = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for number in range(_SPINS):
        found = hashlib.sha512(struct.pack("<I", number) + found).digest()
    return found


def _text(data: bytes) -> str:
    return b64encode(data).decode()


# --------------------------------------------------------------------------- what the container says of itself


def _data_spaces() -> Storage:
    """That the package is encrypted, and as Office encrypts ([MS-OFFCRYPTO] 2.1 and 2.3.4.1 to 2.3.4.4)."""
    versions = struct.pack("<6H", 1, 0, 1, 0, 1, 0)
    entry = struct.pack("<II", 1, 0) + _named(_PACKAGE) + _named(_SPACE)
    kind = _named("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    transform = struct.pack("<II", 8 + len(kind), 1) + kind
    transform += _named("Microsoft.Container.EncryptionTransform") + versions + struct.pack("<4I", 0, 0, 0, 4)
    return {
        "\6DataSpaces": {
            "Version": _named("Microsoft.Container.DataSpaces") + versions,
            "DataSpaceMap": struct.pack("<III", 8, 1, 4 + len(entry)) + entry,
            "DataSpaceInfo": {_SPACE: struct.pack("<II", 8, 1) + _named(_TRANSFORM)},
            "TransformInfo": {_TRANSFORM: {"\6Primary": transform}},
        }
    }


def _named(words: str) -> bytes:
    """A string with its length, filled to four bytes (UNICODE-LP-P4, [MS-OFFCRYPTO] 2.1.2)."""
    data = words.encode("utf-16-le")
    return struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)
