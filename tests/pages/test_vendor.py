"""Other people's files are the ones that the lock names, whole and unchanged."""

from __future__ import annotations

import json
import re

from tools.vendor import LOCK, ROOT, TARGET, digest


def test_vendored_files_match_the_lock() -> None:
    lock = json.loads(LOCK.read_text())["files"]
    found = {str(p.relative_to(TARGET)): digest(p) for p in TARGET.rglob("*") if p.is_file() and p != LOCK}
    assert found == lock, "run python -m tools.vendor; nothing in vendor/ is edited by hand"


def test_every_vendored_package_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text()
    for label in json.loads(LOCK.read_text())["packages"]:
        assert label.rsplit("@", 1)[0] in notice, f"name {label} and its licence in NOTICE"


def test_style_sheets_fetch_nothing_from_elsewhere() -> None:
    for path in (ROOT / "src/headway/pages/static").rglob("*.css"):
        for url in re.findall(r"url\(([^)]*)\)", path.read_text()):
            assert "//" not in url, f"{path}: {url}"
