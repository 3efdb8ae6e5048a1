"""Which imported hints give the key away."""

from __future__ import annotations

import pytest

from headway.standards.oatutor.hints import contains_key, equals_key


@pytest.mark.parametrize(
    ("text", "key", "reveals"),
    [
        ("So it is $$0.5$$.", r"$$\frac{1}{2}$$", True),
        ("That is 2/4 of it.", r"$$\frac{1}{2}$$", True),
        (r"So $$x=\frac{6}{4}$$.", "$$x=1.5$$", True),
        ("Work out $$1-0.5$$.", r"$$\frac{1}{2}$$", False),
        ("Half of 5.", r"$$\frac{1}{2}$$", False),
        ("Add $$2x$$ and 3.", "$$2x+3$$", False),
    ],
)
def test_a_number_in_another_writing_gives_the_key_away(text: str, key: str, reveals: bool) -> None:
    assert equals_key(text, key) is reveals
    assert not contains_key(text, key)
