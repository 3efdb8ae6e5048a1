"""The day's limit of time at the screen: when it is spent, nothing more is given until tomorrow."""

from __future__ import annotations

from headway.core.path.plan import EffectivePlan
from headway.core.profile.fold import day_number
from headway.core.profile.profile import Profile


def minutes_today(plan: EffectivePlan, profile: Profile, now: float) -> float:
    """Return the minutes of answering today, as the loop counts them."""
    return profile.today.seconds / 60.0 if profile.today.day == day_number(now, plan.day_offset) else 0.0


def spent(plan: EffectivePlan, profile: Profile, now: float) -> bool:
    """Say whether the day's limit is used up. A problem that is open is finished first; the next one waits."""
    return plan.screen_minutes > 0 and minutes_today(plan, profile, now) >= plan.screen_minutes
