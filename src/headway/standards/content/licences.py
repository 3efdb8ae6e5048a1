"""What a licence allows, by its name or address: whether its content may be used and changed here without asking anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Standing = Literal["open", "restricted", "unknown"]
"""``open``: may be used, changed and passed on. ``restricted``: not for profit, or not to be changed. ``unknown``: not said."""

RESTRICTED = re.compile(
    r"\b(?:nc|nd|non[- ]?commercial|no[- ]?deriv\w*|all rights reserved|proprietary|copyright)\b", re.I
)
OPEN = re.compile(
    r"\bcc[- ]?0\b|publicdomain|public domain|\bcc[- ]?by\b|creative ?commons|cc attribution|/licenses/by(?:-sa)?/|\bmit\b"
    r"|\bapache\b|\bbsd\b|\bgfdl\b|\bgpl\b|open government",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Licence:
    """``name`` as it was found, ``standing`` what follows from it."""

    name: str
    standing: Standing


def licence_of(found: str) -> Licence:
    """Judge what a package says about its terms; what is not known is not open."""
    name = " ".join(found.split())[:300]
    spaced = name.replace("_", "-")
    if not name:
        return Licence("", "unknown")
    if RESTRICTED.search(spaced.replace("-", " ")) or RESTRICTED.search(spaced):
        return Licence(name, "restricted")
    return Licence(name, "open" if OPEN.search(spaced) else "unknown")
