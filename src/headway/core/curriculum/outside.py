"""Activities elsewhere: a page, a video or another provider's tool that a person has chosen for a skill.

Nothing here asks another server. An address is judged by how it is written: it has to lead to a public page by TLS, by a name
with a domain. What a name stands for is not looked up; that a public name points into a private network is the browser's to
refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from headway.core.text import T, Text

KINDS: dict[str, Text] = {"link": T("Page"), "video": T("Video"), "tool": T("Tool")}
GOOD_FOR: dict[str, Text] = {"learn": T("Learn it"), "worked": T("See it worked"), "try": T("Try it")}
"""What an activity is good for."""
LONGEST_TITLE, LONGEST_ADDRESS, LONGEST_WORDS, LONGEST_MINUTES, MOST_SKILLS = 200, 2_000, 300, 180, 5

_ADDRESS = re.compile(
    r"https://([^/?#]*)([^\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\"'<>`{}|^]*)\Z",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\Z")
_INSIDE = re.compile(r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|onion|arpa)\Z")
_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")


@dataclass(frozen=True, slots=True)
class Outside:
    """An activity elsewhere as a person describes it.

    ``kind`` is a key of :data:`KINDS`, ``good_for`` of :data:`GOOD_FOR`; ``address`` is https, for a ``tool`` a path of this
    site that opens it, with the tool's own row as ``ref``. ``minutes`` is what it takes. ``licence`` says its terms, ``source``
    whose it is, ``seen`` the local day (since 1 January 1970; 0 for none) on which somebody looked at it last: all three are
    needed where it is ``shared`` with the school. ``skills`` are keys of the curriculum, the one it helps most first.
    """

    kind: str
    title: str
    address: str
    good_for: str = "learn"
    minutes: int = 5
    skills: tuple[str, ...] = ()
    language: str = "en"
    licence: str = ""
    source: str = ""
    seen: int = 0
    shared: bool = False
    ref: str = ""


def plain_address(text: str) -> str:
    """The address as it is kept, "" where it may not be: https to a name with a domain, no user, no port, no script.

    >>> plain_address(" HTTPS://Example.org/a?b=c "), plain_address("javascript:alert(1)"), plain_address("https://10.0.0.1/")
    ('https://example.org/a?b=c', '', '')
    """
    text = text.strip()
    found = _ADDRESS.match(text) if len(text) <= LONGEST_ADDRESS else None
    if found is None:
        return ""
    host = found[1].lower().removesuffix(":443").removesuffix(".")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    if len(host) > 253 or not _NAME.match(host) or _INSIDE.search(host):
        return ""
    return f"https://{host}{found[2]}"


def host_of(address: str) -> str:
    """The name of the site that an address leads to, without ``www.``; "" for a path of this site."""
    found = _ADDRESS.match(address)
    return found[1].removeprefix("www.") if found else ""


_FRAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/"
            r"|www\.youtube-nocookie\.com/embed/)([\w-]{11})(?![\w-])",
            re.ASCII,
        ),
        "https://www.youtube-nocookie.com/embed/{}?rel=0",
    ),
    (
        re.compile(r"https://(?:www\.)?(?:player\.)?vimeo\.com/(?:video/)?(\d{6,12})(?!\d)", re.ASCII),
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
    (re.compile(r"https://archive\.org/(?:details|embed)/([\w.-]{1,100})(?=[/?#]|\Z)", re.ASCII), "https://archive.org/embed/{}"),
    (
        re.compile(r"https://commons\.wikimedia\.org/wiki/(File:[\w.,()%!~*-]{1,240}\.(?:webm|ogv|mpe?g))(?=[?#]|\Z)", re.ASCII),
        "https://commons.wikimedia.org/wiki/{}?embedplayer=yes",
    ),
)  # fmt: skip


def frame_of(address: str) -> str:
    """The address under which a known host shows a video in a frame without cookies where it has such a one; "" for others.

    >>> frame_of("https://youtu.be/aqz-KE-bpKQ?t=4")
    'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0'
    """
    for pattern, frame in _FRAMES:
        found = pattern.match(address)
        if found:
            return frame.format(found[1])
    return ""


def described(outside: Outside) -> Outside:
    """The same with its words on one line and its address as it is kept (as it was typed where it may not be kept)."""
    tidy = {name: " ".join(getattr(outside, name).split()) for name in ("title", "licence", "source")}
    address = outside.address.strip()
    if outside.kind != "tool":
        address = plain_address(address) or address
    skills = tuple(dict.fromkeys(outside.skills))
    return Outside(
        outside.kind, tidy["title"], address, outside.good_for, outside.minutes, skills, outside.language.strip(),
        tidy["licence"], tidy["source"], outside.seen, outside.shared, outside.ref,
    )  # fmt: skip


def faults(outside: Outside, today: int) -> dict[str, Text]:
    """Field -> what has to be mended before it can be kept; ``today`` is the local day."""
    found: dict[str, Text] = {}
    if outside.kind not in KINDS:
        found["kind"] = T("Choose what it is.")
    if outside.good_for not in GOOD_FOR:
        found["good_for"] = T("Choose what it is good for.")
    if not outside.title:
        found["title"] = T("Give it a title.")
    for name, most in (("title", LONGEST_TITLE), ("licence", LONGEST_WORDS), ("source", LONGEST_WORDS)):
        if len(getattr(outside, name)) > most:
            found[name] = T("Keep it under {n} characters.", n=most)
    if not _address_fits(outside):
        found["address"] = T(
            "Give the full address of a public page. It begins with https:// and has a name, such as https://example.org/page."
        )
    if not 1 <= outside.minutes <= LONGEST_MINUTES:
        found["minutes"] = T("Give the minutes, from 1 to {n}.", n=LONGEST_MINUTES)
    if len(outside.skills) > MOST_SKILLS:
        found["skills"] = T("Choose {n} skills at most.", n=MOST_SKILLS)
    if not LANGUAGE.match(outside.language):
        found["language"] = T("Give the language as a code, such as en or es.")
    if not 0 <= outside.seen <= today:
        found["seen"] = T("Choose a day that is not in the future.")
    return _unshared(outside) | found


def _address_fits(outside: Outside) -> bool:
    if outside.kind == "tool":
        return len(outside.address) <= LONGEST_ADDRESS and _PATH.match(outside.address) is not None
    return bool(outside.address) and plain_address(outside.address) == outside.address


def _unshared(outside: Outside) -> dict[str, Text]:
    """What is missing before it may be shared."""
    if not outside.shared:
        return {}
    found: dict[str, Text] = {}
    if not outside.licence:
        found["licence"] = T("Say under which terms it may be used. The page says so itself, often at its foot.")
    if not outside.source:
        found["source"] = T("Say whose it is: the person or organization that made it.")
    if not outside.seen:
        found["seen"] = T("Say on which day you looked at it.")
    return found


def minutes_counted(opened: float, now: float, minutes: int) -> int:
    """Minutes between opening and "done" (moments in seconds), from 1 to twice the minutes that it takes: a page that stays open
    over night is no work. Without an opening (0) the minutes that it takes.

    >>> minutes_counted(0.0, 600.0, 5), minutes_counted(60.0, 260.0, 5), minutes_counted(60.0, 9e9, 5)
    (5, 4, 10)
    """
    return max(1, min(-int(-(now - opened) // 60), 2 * minutes)) if opened else minutes
