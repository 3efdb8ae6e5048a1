"""Moments near and far in one phrase."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.pages.dates import ago_said, day_of, day_said
from headway.school.people.clock import zone


def when(at: float, now: float, time_zone: str) -> str:
    """``12 min ago`` within the hour, ``today at 9:10 a.m.``, then the day; both moments in seconds since 1970."""
    local = zone(time_zone)
    if now - at < 3600:
        return ago_said(at, now)
    if day_of(at, local) == day_of(now, local):
        return _("today at {time}").format(time=date_format(datetime.fromtimestamp(at, local), "TIME_FORMAT"))
    return day_said(at, now, local)


def day(at: float, now: float, time_zone: str) -> str:
    """The day alone: ``today``, ``Monday``, ``12 March``."""
    return day_said(at, now, zone(time_zone))
