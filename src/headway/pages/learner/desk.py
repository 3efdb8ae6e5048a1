"""What lies around the card: today's goal, the path, why this problem, who can help."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from headway.core.path.plan import DEFAULT_PLAN
from headway.core.profile.fold import day_number
from headway.core.profile.profile import Profile
from headway.core.profile.views import SkillView
from headway.core.text import Text
from headway.pages.learner.subjects import SubjectChoice, choices_of
from headway.pages.learner.trail import Stop, trail_of
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.actions import show_good_words
from headway.school.environment.signals import HelpStatus, SaidWord, help_status
from headway.school.loop.queries import reason_of
from headway.school.path.choices import chosen_reason
from headway.school.path.queries import plans_of
from headway.school.path.skills import skills_of
from headway.school.people.clock import day_offset, time_zone_of, zone
from headway.school.people.company import teachers_of
from headway.school.people.models import Person

MOST_STONES = 24


@dataclass(frozen=True, slots=True)
class Goal:
    """Problems finished today against the day's goal. ``stones`` are ``done``, ``now`` or empty, one a problem."""

    done: int
    of: int
    stones: tuple[str, ...]
    reached_now: bool

    @property
    def reached(self) -> bool:
        """Whether today's goal is met."""
        return self.done >= self.of

    @property
    def sun(self) -> int:
        """How high the sun stands over the hills: 0 (not up) to 100 (today's goal is met)."""
        return min(100, round(100 * self.done / self.of))


@dataclass(frozen=True, slots=True)
class Desk:
    """The surroundings of one card; ``skills`` are all that the learner has touched, ``skill`` is that of the card."""

    goal: Goal
    trail: tuple[Stop, ...]
    reason: Text
    helpers: str
    help: HelpStatus
    words: tuple[SaidWord, ...]
    skills: tuple[SkillView, ...]
    subjects: tuple[SubjectChoice, ...] = ()
    lesson: str = ""
    skill: str = ""

    @staticmethod
    def topic_of(district: UUID, activity: str) -> str:
        """The title of the skill that an activity practises."""
        curriculum = curriculum_of(district)
        info = curriculum.activity(activity)
        return _(curriculum.skills[curriculum.skill_number[info.skill]].title) if info else ""


def desk_of(learner: Person, profile: Profile, now: float, *, shown: str, finished: bool) -> Desk:
    """Gather the surroundings. ``shown`` is the activity on the card, ``finished`` that an answer just ended it."""
    time_zone = time_zone_of(learner.district_id)
    offset = day_offset(time_zone, now)
    plan = plans_of([learner.id], now, offset).get(learner.id, DEFAULT_PLAN)
    today = profile.today.activities if profile.today.day == day_number(now, offset) else 0
    curriculum = curriculum_of(learner.district_id)
    skills = skills_of(learner, profile, now, plan=plan, curriculum=curriculum)
    info = curriculum.activity(shown)
    return Desk(
        goal=goal_of(today, plan.daily_goal, finished=finished),
        trail=trail_of(skills, curriculum, now, zone(time_zone), shown=shown),
        reason=_reason(learner, profile.current.activity),
        helpers=_names([person.name for person in teachers_of(learner.id)][:2]),
        help=help_status(learner.id, now),
        words=tuple(show_good_words(learner=learner.id, now=now)),
        skills=skills,
        skill=info.skill if info else "",
        **choices_of(learner, plan),
    )


def _reason(learner: Person, activity: str) -> Text:
    """Why this one is open: the loop's reason, or that the learner chose it."""
    reason = reason_of(learner=learner.id, activity=activity)
    return reason if reason.message else chosen_reason(learner=learner.id, activity=activity) or reason


def goal_of(done: int, of: int, *, finished: bool) -> Goal:
    """Today's goal as stones; ``finished`` says that the last problem was ended just now."""
    of = max(1, min(of, MOST_STONES))
    stones = tuple("done" if n < done else "now" if n == done else "" for n in range(of))
    return Goal(done, of, stones, finished and done == of)


def _names(names: list[str]) -> str:
    if len(names) == 2:
        return _("{one} and {other}").format(one=names[0], other=names[1])
    return names[0] if names else ""
