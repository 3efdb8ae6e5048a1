"""Moments as people say them: today, yesterday, Monday, 12 March."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_of(at: float, zone: ZoneInfo) -> date:
    """The local date of a moment in seconds since 1970."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone).date()


def day_said(at: float, now: float, zone: ZoneInfo) -> str:
    """``today``, ``yesterday``, a weekday within the last six days, then day and month, with the year if another."""
    then, today = day_of(at, zone), day_of(now, zone)
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
