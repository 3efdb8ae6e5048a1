"""Activities elsewhere: which addresses may be kept, what may be shown in a frame, what has to be said before sharing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.outside import (
    Outside,
    described,
    faults,
    frame_of,
    host_of,
    minutes_counted,
    plain_address,
)

FULL = Outside(
    "link", "Fractions of a pizza", "https://example.org/pizza", "learn", 6, ("3.NF.A.1",), "en", "CC BY 4.0", "A museum", 20_000,
    True,
)  # fmt: skip
HOSTILE = (
    "javascript:alert(1)", "JaVaScRiPt://example.org/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "file:///etc/passwd", "ftp://example.org/a", "http://example.org/", "//example.org/", "/practice", "example.org", "",
    "https://", "https:///a", "https://localhost/", "https://school/", "https://a.localhost/", "https://printer.local/",
    "https://git.internal/", "https://nas.lan/", "https://1.0.0.127.in-addr.arpa/", "https://127.0.0.1/", "https://10.0.0.1/a",
    "https://8.8.8.8/", "https://2130706433/", "https://0x7f.1/", "https://0x7f000001/", "https://127.1/", "https://[::1]/",
    "https://[::ffff:10.0.0.1]/", "https://user:word@example.org/", "https://example.org@evil.example/", "https://example.org:8443/",
    "https://exam ple.org/", "https://example.org/a b", "https://example.org/\nSet-Cookie: a", "https://example.org/\"onload=x",
    "https://example.org/<script>", "https://example.org\\@evil.example/", "https://-a.example/", "https://a..example/",
    "https://exa%6dple.org/", "https://example.org/" + "a" * 2_000, "https://" + "a" * 64 + ".example/",
    "https://" + "a." * 130 + "org/",
    "https://example.org/\u202egpj.exe", "https://\u2100.example/",
)  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_that_may_not_be_kept(address: str) -> None:
    assert plain_address(address) == ""
    assert "address" in faults(described(replace(FULL, address=address)), 20_001)


def test_an_address_is_kept_in_one_form() -> None:
    assert plain_address("  HTTPS://WWW.Example.ORG:443/A?b=C#d ") == "https://www.example.org/A?b=C#d"
    assert plain_address("https://example.org.") == "https://example.org"
    assert plain_address("https://bücher.example/ä") == "https://xn--bcher-kva.example/ä"
    assert host_of("https://www.example.org/A") == "example.org" and host_of("/tools/1") == ""


@given(
    st.text(max_size=60), st.sampled_from(("", "https://", "https://example.org", "https://example.org/", "https://a."))
)
def test_what_is_kept_stays_as_it_is(text: str, begins: str) -> None:
    kept = plain_address(begins + text)
    assert plain_address(kept) == kept
    assert kept == "" or (
        kept.startswith("https://") and "." in host_of(kept) and not set(' "<>\\\n\r\t\x00') & set(kept)
    )


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0"),
        (
            "https://www.youtube.com/watch?list=1&v=aqz-KE-bpKQ",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0",
        ),
        ("https://youtu.be/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://archive.org/details/BigBuckBunny_328", "https://archive.org/embed/BigBuckBunny_328"),
        (
            "https://commons.wikimedia.org/wiki/File:Big_Buck_Bunny.webm",
            "https://commons.wikimedia.org/wiki/File:Big_Buck_Bunny.webm?embedplayer=yes",
        ),
        ("https://youtube.com.evil.example/watch?v=aqz-KE-bpKQ", ""),
        ("https://evil.example/https://youtu.be/aqz-KE-bpKQ", ""),
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQaaa", ""),
        ("https://www.youtube.com/@somebody", ""),
        ("https://example.org/video.mp4", ""),
    ],
)
def test_only_known_hosts_are_shown_in_a_frame(address: str, frame: str) -> None:
    assert frame_of(address) == frame


def test_what_is_shared_says_its_terms_its_maker_and_its_day() -> None:
    assert faults(FULL, 20_001) == {}
    bare = replace(FULL, licence="", source="", seen=0)
    assert set(faults(bare, 20_001)) == {"licence", "source", "seen"}
    assert faults(replace(bare, shared=False), 20_001) == {}
    wrong = replace(
        FULL,
        kind="game",
        good_for="fun",
        title="",
        minutes=0,
        language="English, mostly",
        seen=20_002,
        skills=("a",) * 6,
    )
    assert set(faults(wrong, 20_001)) == {"kind", "good_for", "title", "minutes", "language", "seen", "skills"}
    assert "title" in faults(replace(FULL, title="a" * 201), 20_001)


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//evil.example/", "/\\evil.example", "javascript:x", "", "/a b", "/a\nb"]
)
def test_a_tool_opens_within_this_site(address: str) -> None:
    tool = replace(FULL, kind="tool", address="/tools/7/open", ref="7")
    assert faults(described(tool), 20_001) == {}
    assert "address" in faults(described(replace(tool, address=address)), 20_001)


@given(st.floats(1.0, 1e9), st.floats(0, 1e7), st.integers(1, 180))
def test_minutes_stay_within_what_it_takes(opened: float, later: float, minutes: int) -> None:
    assert 1 <= minutes_counted(opened, opened + later, minutes) <= max(1, 2 * minutes)
    assert minutes_counted(0.0, later, minutes) == minutes
