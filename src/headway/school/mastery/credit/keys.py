"""The district's signing key: made when the first credit is granted, kept encrypted with the server's secret key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from headway.school.mastery.credit.models import SigningKey


@dataclass(frozen=True, slots=True)
class Signer:
    """A public key of 32 bytes, and what signs with its secret half."""

    public: bytes
    sign: Callable[[bytes], bytes]


def signer_of(district: UUID, now: float) -> Signer:
    """Return what signs for a district. Where the server's secret key has changed, the stored one cannot be opened any more and
    a new one is made; credentials of the old one go on to verify, because they carry their public key."""
    from cryptography.fernet import InvalidToken  # here and below: only whoever grants credit has to load it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    row = SigningKey.objects.order_by("-id").first()
    if row is not None:
        try:
            key = Ed25519PrivateKey.from_private_bytes(_box().decrypt(bytes(row.secret)))
            return Signer(bytes(row.public), key.sign)
        except InvalidToken:
            pass
    key = Ed25519PrivateKey.generate()
    public: bytes = key.public_key().public_bytes_raw()
    SigningKey.objects.create(
        district_id=district, public=public, secret=_box().encrypt(key.private_bytes_raw()), at=now
    )
    return Signer(public, key.sign)


def public_keys() -> list[bytes]:
    """Return the district's public keys, the newest first."""
    return [bytes(key) for key in SigningKey.objects.order_by("-id").values_list("public", flat=True)]


def _box() -> Any:
    from cryptography.fernet import Fernet

    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"headway-badges").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
