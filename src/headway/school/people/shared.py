"""A device that several people use: a session on it ends when the browser closes, or when nobody has touched it for a while."""

from __future__ import annotations

import time

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

COOKIE = "headway_shared"
MINUTES = (5, 10, 20)
"""How long nobody may touch a shared device; what else stands in the cookie is the middle one."""
IDLE, SEEN = "idle_seconds", "seen_at"
NOTED = 20.0
"""Seconds for which a sign of life need not be written down again."""


def minutes_of(request: HttpRequest) -> int:
    """After how many minutes a session on this device ends; 0 on a device of one's own."""
    word = request.COOKIES.get(COOKIE, "")
    return 0 if not word else int(word) if word in [str(each) for each in MINUTES] else MINUTES[1]


def begin_shared(request: HttpRequest, now: float) -> None:
    """Make the session that has just begun one of a shared device, if this is one."""
    minutes = minutes_of(request)
    if minutes:
        request.session.set_expiry(0)
        request.session[IDLE], request.session[SEEN] = minutes * 60, now


def is_over(session: SessionBase, now: float) -> bool:
    """Whether a session of a shared device was left; if not, that it is in use is noted."""
    idle = session.get(IDLE)
    if not idle:
        return False
    unseen = now - float(session[SEEN])
    if unseen > idle:
        return True
    if unseen > min(NOTED, idle / 4):
        session[SEEN] = now
    return False


def idle_seconds(request: HttpRequest) -> int:
    """After how many seconds without a touch this session ends; 0 where it does not."""
    return int(request.session.get(IDLE, 0))


def end_if_over(request: HttpRequest) -> None:
    """Forget a session that was left on a shared device."""
    if is_over(request.session, time.time()):
        request.session.flush()
