"""Where the nightly roster lies: a folder that the server's operator names, read by ``headway import oneroster --scheduled``."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

FOLDER = "HEADWAY_ROSTERS"
"""Environment variable with the folder. A server with several districts has a folder in it for each, named by its identifier."""


def scheduled_package(district: UUID) -> Path | None:
    """The newest zip in the district's folder, or the folder itself where it holds tables; None where there is neither."""
    top = os.environ.get(FOLDER, "")
    if not top:
        return None
    own = Path(top) / str(district)
    folder = own if own.is_dir() else Path(top)
    if not folder.is_dir():
        return folder if folder.is_file() else None
    if any((folder / name).is_file() for name in ("users.csv", "manifest.csv")):
        return folder
    zips = [path for path in folder.glob("*.zip") if path.is_file() and not path.is_symlink()]
    return max(zips, key=lambda path: (path.stat().st_mtime, path.name), default=None)
