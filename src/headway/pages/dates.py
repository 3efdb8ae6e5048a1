"""Moments as people say them: today, yesterday, Monday, 12 March."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.school.people.clock import zone


def day_said(at: float, now: float, here: ZoneInfo) -> str:
    """``today``, ``yesterday``, a weekday within the last six days, then day and month, with the year if another."""
    then, today = _date(at, here), _date(now, here)
    days = (today - then).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 7:
        return date_format(then, "l")
    return date_format(then, "j F" if then.year == today.year else "j F Y")


def ago_said(at: float, now: float) -> str:
    """``just now``, minutes or hours ago."""
    minutes = int((now - at) // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return _("{minutes} min ago").format(minutes=minutes)
    return _("{hours} h ago").format(hours=minutes // 60)


def when(at: float, now: float, time_zone: str) -> str:
    """``12 min ago`` within the hour, ``today at 9:10 a.m.``, then the day; both moments in seconds since 1970."""
    here = zone(time_zone)
    if now - at < 3600:
        return ago_said(at, now)
    if _date(at, here) == _date(now, here):
        return _("today at {time}").format(time=date_format(datetime.fromtimestamp(at, here), "TIME_FORMAT"))
    return day_said(at, now, here)


def day(at: float, now: float, time_zone: str) -> str:
    """The day alone: ``today``, ``Monday``, ``12 March``."""
    return day_said(at, now, zone(time_zone))


def _date(at: float, here: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, here).date()
