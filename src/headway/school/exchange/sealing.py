"""Secrets that the database keeps, encrypted with the server's secret key; each purpose has a key of its own."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def seal(purpose: str, plain: str) -> bytes:
    """Encrypt. ``purpose`` has at most 16 letters and never changes for what was sealed under it."""
    return _box(purpose).encrypt(plain.encode())


def unseal(purpose: str, sealed: bytes | memoryview[int]) -> str:
    """Decrypt; nothing stays nothing. Raises cryptography's InvalidToken after the server's secret key was changed."""
    return _box(purpose).decrypt(bytes(sealed)).decode() if sealed else ""


def _box(purpose: str) -> Fernet:
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
