"""Where the read-only test material lies; tests that need it are skipped with a reason where it is absent."""

from pathlib import Path

import pytest

SHARED = next(
    (p for p in (parent / "shared" for parent in Path(__file__).resolve().parents) if (p / "content").is_dir()),
    Path("shared"),
)

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, which is not part of the repository")
