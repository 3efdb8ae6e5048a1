"""Fields of untrusted JSON objects, of the type that is expected or empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def word(entry: Mapping[str, Any], key: str) -> str:
    """Return a string field; anything else counts as empty."""
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def texts(entry: Mapping[str, Any], key: str) -> list[str]:
    """Return a list of strings; other things in it are left out."""
    value = entry.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
