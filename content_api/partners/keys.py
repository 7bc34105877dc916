"""What a key looks like: `cak_<key id>_<secret><checksum>`.

The prefix lets scanners find a leaked key, the checksum refuses a mistyped one without asking the database, and
the secret is long and random enough that a plain SHA-256 of it can be stored.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass
from hmac import compare_digest

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SECRET_LENGTH = 32  # of 62 symbols: 190 bits
_CHECKSUM_LENGTH = 6
_PATTERN = re.compile(r"cak_([0-9a-f]{12})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})")


@dataclass(frozen=True)
class Key:
    """A key in plain text: what its site sends, and nobody stores."""

    key_id: str
    secret: str

    def __str__(self) -> str:
        return f"cak_{self.key_id}_{self.secret}{_checksum(self.key_id, self.secret)}"

    def __repr__(self) -> str:
        return f"cak_{self.key_id}_…"

    @property
    def secret_sha256(self) -> str:
        """What is stored of the secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def opens(self, secret_sha256: str) -> bool:
        """Tell, in constant time, whether this is the key that was stored."""
        return compare_digest(self.secret_sha256, secret_sha256)


def new_key() -> Key:
    """Return a key that nobody has."""
    secret = "".join(secrets.choice(_BASE62) for _ in range(_SECRET_LENGTH))
    return Key(secrets.token_hex(6), secret)


def read_key(text: str) -> Key | None:
    """Return the key that a text is, or None if it is none or was mistyped."""
    match = _PATTERN.fullmatch(text)
    if match is None or match[3] != _checksum(match[1], match[2]):
        return None
    return Key(match[1], match[2])


def _checksum(key_id: str, secret: str) -> str:
    number = zlib.crc32(f"cak_{key_id}_{secret}".encode())
    digits = ""
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits
