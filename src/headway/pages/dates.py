"""Moments as people say them: today, yesterday, Monday, March 12. On screens and on paper, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from headway.school.people.clock import zone


def date_said(then: date) -> str:
    """A date in full, as on paper: ``March 12, 2026``, ``12 de marzo de 2026``."""
    return date_format(then, get_format("DATE_FORMAT").replace("N", "F"))


def month_day(then: date) -> str:
    """Month and day: ``March 12``, ``12 de marzo``."""
    return date_format(then, "MONTH_DAY_FORMAT")


def short(then: date) -> str:
    """Month and day where there is little room: ``Mar 12``, ``12 de mar``."""
    return date_format(then, get_format("MONTH_DAY_FORMAT").replace("F", "M" if _capital(then) else "b"))


def _capital(then: date) -> bool:
    """Whether the language writes names of days and months with a capital, as English does and Spanish does not."""
    return date_format(then, "F")[:1].isupper()


def near(then: date, today: date) -> str:
    """``today``, ``yesterday``, ``tomorrow``, a weekday within six days, then month and day, with the year if another."""
    days = (today - then).days
    if days == 0:
        return _("today")
    if days in (1, -1):
        return _("yesterday") if days == 1 else _("tomorrow")
    if -7 < days < 7:
        name = date_format(then, "l")
        return name if _capital(then) else name[:1].lower() + name[1:]
    return month_day(then) if then.year == today.year else date_said(then)


def day_said(at: float, now: float, here: ZoneInfo) -> str:
    """The day of a moment, as :func:`near` says it; both moments in seconds since 1970."""
    return near(_date(at, here), _date(now, here))


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
    """The day alone: ``today``, ``Monday``, ``March 12``."""
    return day_said(at, now, zone(time_zone))


def _date(at: float, here: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, here).date()
