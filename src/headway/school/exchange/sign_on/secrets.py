"""What is kept of short secrets: a hash that needs the server's secret key."""

from __future__ import annotations

import hashlib

from django.conf import settings


def keyed_hash(*parts: str) -> bytes:
    """A hash of short secrets that cannot be tried out by somebody who has the database alone."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"headway-hashes").digest()
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=32, key=key).digest()
