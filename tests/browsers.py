"""``python -m tests.browsers``: find the browser that the tests drive, or install one where that is allowed.

Order: ``HEADWAY_BROWSER``, Debian's chromium, Chrome, anything on the PATH, the one that Playwright keeps. As root on a
machine with apt it installs chromium. Under ``CI=true`` a missing browser is a failure; elsewhere browser tests skip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PLACES = ("/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser")
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome", "microsoft-edge")
CACHES = (".cache/ms-playwright", "Library/Caches/ms-playwright")
ADVICE = (
    "The browser tests need Chromium or Chrome. On Debian or Ubuntu: apt-get install chromium. Elsewhere install "
    "Chrome, or run .venv/bin/playwright install chromium. HEADWAY_BROWSER=/path/to/chrome names one that is elsewhere."
)


def find_browser() -> str | None:
    """The path of a browser that can be driven, or None."""
    named = os.environ.get("HEADWAY_BROWSER", "")
    candidates = [named, *PLACES, *(shutil.which(name) or "" for name in NAMES), *_of_playwright()]
    return next((path for path in candidates if path and os.access(path, os.X_OK)), None)


def _of_playwright() -> list[str]:
    kept = [Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"])] if os.environ.get("PLAYWRIGHT_BROWSERS_PATH") else []
    folders = [folder for folder in [*kept, *(Path.home() / place for place in CACHES)] if folder.is_dir()]
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/**/Chromium")
    return [str(path) for folder in folders for pattern in patterns for path in sorted(folder.glob(pattern))]


def install() -> bool:
    """Install Debian's chromium where this process may; True when the command succeeded."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing chromium for the browser tests ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    )
    return all(
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in commands
    )


def main() -> int:
    """0 when a browser is there, or when none is needed; 1 under CI without one."""
    found = find_browser() or (find_browser() if install() else None)
    if found:
        print(f"Browser for the tests: {found}")
        return 0
    print(ADVICE)
    return 1 if os.environ.get("CI", "").lower() == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
