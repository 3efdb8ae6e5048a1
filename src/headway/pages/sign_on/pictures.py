"""The pictures of the sign-in for young learners: what they are called, and how they are drawn."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "sun": _("sun"),
    "moon": _("moon"),
    "star": _("star"),
    "heart": _("heart"),
    "tree": _("tree"),
    "house": _("house"),
    "fish": _("fish"),
    "boat": _("boat"),
    "flower": _("flower"),
    "cloud": _("cloud"),
    "key": _("key"),
    "cup": _("cup"),
}

_RAYS = "".join(
    f'<path d="M24 3v6" transform="rotate({turn} 24 24)" stroke="#8A5A00" stroke-width="3" stroke-linecap="round"/>'
    for turn in range(0, 360, 45)
)
_PETALS = "".join(
    f'<ellipse cx="24" cy="11" rx="6" ry="8" transform="rotate({turn} 24 21)" fill="#B04A8B"/>'
    for turn in range(0, 360, 72)
)
_DRAWN = {
    "sun": f'<circle cx="24" cy="24" r="11" fill="#F4B740" stroke="#8A5A00" stroke-width="2"/>{_RAYS}',
    "moon": '<path d="M31 5a20 20 0 1 0 12 27A17 17 0 0 1 31 5z" fill="#4B3FA7"/>',
    "star": (
        '<path d="M24 4l6 13 14 2-10 10 2 15-12-7-12 7 2-15L4 19l14-2z" fill="#F4B740" stroke="#8A5A00" stroke-width="2"/>'
    ),
    "heart": '<path d="M24 43C10 32 4 25 4 16a10 10 0 0 1 20-3 10 10 0 0 1 20 3c0 9-6 16-20 27z" fill="#B3261E"/>',
    "tree": '<path d="M24 3l14 18h-7l9 12H8l9-12h-7z" fill="#276B3F"/><path d="M20 33h8v12h-8z" fill="#7A4A20"/>',
    "house": (
        '<path d="M8 23h32v21H8z" fill="#C9803A"/>'
        '<path d="M3 25L24 5l21 20z" fill="#7A2A18"/>'
        '<path d="M20 30h8v14h-8z" fill="#fff"/>'
    ),
    "fish": (
        '<path d="M45 12v24L32 26c-5 8-12 11-18 10C8 35 4 30 2 24c2-6 6-11 12-12 6-1 13 2 18 10z" fill="#1F6FA8"/>'
        '<circle cx="12" cy="21" r="2.500" fill="#fff"/>'
    ),
    "boat": (
        '<path d="M22 4v26H6z" fill="#1F6FA8"/>'
        '<path d="M26 9v21h14z" fill="#5B9BC8"/>'
        '<path d="M3 34h42l-7 10H11z" fill="#7A4A20"/>'
    ),
    "flower": (
        f'<path d="M24 26v20" stroke="#276B3F" stroke-width="4"/>{_PETALS}<circle cx="24" cy="21" r="5" fill="#F4B740"/>'
    ),
    "cloud": (
        '<path d="M13 39a10 10 0 0 1-1-20 13 13 0 0 1 25-1 10.500 10.500 0 0 1-1 21z" fill="#8FB3C9" stroke="#3E6378"/>'
    ),
    "key": (
        '<g fill="none" stroke="#8A5A00" stroke-width="5">'
        '<circle cx="13" cy="24" r="8"/>'
        '<path d="M21 24h24M38 24v9M30 24v7"/>'
        "</g>"
    ),
    "cup": (
        '<path d="M7 13h27v20a9 9 0 0 1-9 9h-9a9 9 0 0 1-9-9z" fill="#0E5A53"/>'
        '<path d="M34 18h4a6 6 0 0 1 0 13h-4" fill="none" stroke="#0E5A53" stroke-width="4"/>'
    ),
}


def drawn(name: str) -> SafeString:
    """A picture as SVG of 48 by 48; its word has to stand beside it, or be told to who cannot see it."""
    return mark_safe(  # noqa: S308 (our own drawings)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" aria-hidden="true">{_DRAWN[name]}</svg>'
    )
