"""Pictures in packages: told by their first bytes, bounded, named by their digest. Anything else is not taken."""

from __future__ import annotations

from hashlib import sha256

LARGEST = 4 * 1024 * 1024
MOST_BYTES = 256 * 1024 * 1024
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


def ending_of(data: bytes) -> str:
    """``png``, ``jpg``, ``gif`` or ``webp`` by the first bytes; "" for all else, and for SVG, which can hold scripts."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((ending for signature, ending in SIGNATURES if data.startswith(signature)), "")


def name_of(data: bytes) -> str:
    """The name that a picture has here, "" where it is none or too large."""
    ending = ending_of(data) if len(data) <= LARGEST else ""
    return f"{sha256(data).hexdigest()}.{ending}" if ending else ""
