"""The kinds of strings that the specification knows: IRIs, language tags, UUIDs, timestamps, durations."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from headway.standards.xapi.shapes import Invalid, Rule, matching, object_of, text

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20\ud800-\udfff]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MBOX = re.compile(r"mailto:[^\s@<>\"\x00-\x1f\ud800-\udfff]+@[^\s@<>\"\x00-\x1f\ud800-\udfff]+")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+(\s*;.*)?")
_TAG = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?P<extensions>(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*)(?:-x(?:-[a-z\d]{1,8})+)?"
    r"|x(?:-[a-z\d]{1,8})+|i-[a-z\d]{2,8}(?:-[a-z\d]{1,8})*|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de))",
    re.IGNORECASE,
)
_SINGLETON = re.compile(r"-([a-wy-z\d])(?=-)", re.IGNORECASE)
_DURATION = re.compile(
    r"P(?:\d+(?:[.,]\d+)?W|(?=[\dT])(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)"
)
_SECONDS = re.compile(r"(\d+)(?:[.,](\d+))?S$")
_FRACTION_INSIDE = re.compile(r"[.,]\d+[YMDHS]T?\d")
_TIME = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?"
)


def is_language(tag: str) -> bool:
    """Whether a tag is well formed (RFC 5646, 2.1); no extension may come twice.

    >>> is_language("zh-Hans-CN"), is_language("something"), is_language("zh-z-aaa-z-bbb")
    (True, False, False)
    """
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    singletons = _SINGLETON.findall((found["extensions"] or "").lower())
    return len(set(singletons)) == len(singletons)


def is_duration(value: str) -> bool:
    """Whether a string is a duration of ISO 8601:2004, 4.4.3.2; only the smallest part may have a fraction.

    >>> is_duration("PT1H0M0.1S"), is_duration("P4W1D"), is_duration("PA1H0M0S")
    (True, False, False)
    """
    return _DURATION.fullmatch(value) is not None and value[-1] != "T" and _FRACTION_INSIDE.search(value) is None


def to_hundredths(value: str) -> str:
    """A duration without what it has beyond hundredths of a second, which is not compared (2.0, 4.2.7; 1.0.3, part two, 4.6).

    >>> to_hundredths("PT1M1.239S"), to_hundredths("PT1.5S") == to_hundredths("PT1.50S"), to_hundredths("PT1.5H")
    ('PT1M1.23S', True, 'PT1.5H')
    """
    return _SECONDS.sub(lambda found: f"{found[1]}.{(found[2] or '')[:2]:0<2}S", value)


def moment_of(value: Any, where: str) -> datetime:
    """The time that a timestamp names, to the microsecond; without an offset it is read as UTC.

    ISO 8601 in its extended or basic form, or RFC 3339. An offset of minus zero means that nobody knows, and is refused.
    Raises Invalid.
    """
    found = _TIME.fullmatch(value) if type(value) is str else None
    if found is None:
        raise Invalid(where, "must be a time such as 2026-11-22T10:15:00.000Z.")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    zone = offset or "Z"
    if zone[0] == "-" and not zone[1:].replace(":", "").strip("0"):
        raise Invalid(where, "must not have an offset of -00:00: write Z for UTC.")
    if second == "60":  # a leap second has no name of its own here
        second, fraction = "59", "999999"
    try:
        bare = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}.{(fraction or '')[:6]:0<6}"
        digits = zone[1:].replace(":", "")
        tail = "+00:00" if zone in "Zz" else f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"
        return datetime.fromisoformat(bare + tail).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(where, "is a time that no calendar has.") from None


def timestamp(value: Any, where: str) -> None:
    """Rule of a timestamp."""
    moment_of(value, where)


def iso(at: datetime) -> str:
    """A time as this server writes it: UTC, with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


iri: Rule = matching(_IRI.fullmatch, "an IRI with its scheme, such as https://example.org/thing")
uuid: Rule = matching(_UUID.fullmatch, "a UUID in its standard form")
mbox: Rule = matching(_MBOX.fullmatch, "an address such as mailto:ana@example.org")
sha1: Rule = matching(_SHA1.fullmatch, "a SHA-1 sum of 40 hexadecimal digits")
sha2: Rule = matching(_SHA2.fullmatch, "a SHA-2 sum in hexadecimal digits")
mime: Rule = matching(_MIME.fullmatch, "a media type such as text/plain")
language: Rule = matching(is_language, "a language tag of RFC 5646, such as en-US")
duration: Rule = matching(is_duration, "a duration of ISO 8601, such as PT1M30S")


def language_map(value: Any, where: str) -> None:
    """Rule of an object from language tags to strings."""
    for tag, words in object_of(value, where).items():
        language(tag, f"{where} key {tag[:40]!r}")
        text(words, f"{where}.{tag}")


def extensions(value: Any, where: str) -> None:
    """Rule of extensions: IRIs to anything, null too."""
    for key in object_of(value, where):
        iri(key, f"{where} key {key[:80]!r}")
