"""The board of a section: who needs somebody, who has earned a good word, and who is ready for what.

Whatever the size of the section it costs three queries: the profiles, raised hands with visits, and plans; three more where
somebody who needs the teacher is on a problem with hints that are held back.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from uuid import UUID

from headway.core.coaching.malrules.rule import misconception_named
from headway.core.curriculum.catalogue import Curriculum
from headway.core.environment.attention import IDLE_MINUTES, MINUTE, Snapshot, here, rank
from headway.core.environment.headline import headline
from headway.core.environment.needs import Need, explain
from headway.core.environment.praise import GoodWord, worth_a_good_word
from headway.core.environment.readiness import Readiness, Standing, path_order, readiness
from headway.core.mastery.detectors.habits import Habits
from headway.core.mastery.kernels import DAY
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.profile.fold import day_number
from headway.core.profile.profile import Profile, Today
from headway.core.profile.views import SkillView, odds_of, skill_views
from headway.core.text import NOTHING, T, Text
from headway.school.curriculum.queries import NoCurriculum, UnknownProblem, curriculum_of, problem_of
from headway.school.environment.held import HeldNow, held_now
from headway.school.environment.signals import Hand, hands_of
from headway.school.mastery.served import models_for
from headway.school.path.queries import plans_of
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.people.models import Person
from headway.school.profile.queries import Kept, profiles_of

MOST_NEEDS = 6
"""As many as a teacher can act on in a few minutes; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Counters:
    """How the class stands. ``working`` gave a sign of life within five minutes, ``away`` none within a lesson;
    ``idle`` and ``need_you`` count the needs of either kind; who is ready for more
    needs nobody."""

    working: int
    reached_goal: int
    need_you: int
    idle: int
    away: int


@dataclass(frozen=True, slots=True)
class Board:
    """A section at one moment. ``needs`` are the most urgent ones but the idle, ``more_needs`` counts the rest, ``idle``
    has those with nothing else to be said of them; ``hands`` holds raised hands, visits and good words by learner;
    ``unreadable`` are learners whose record is damaged; ``last_practice`` is the newest sign of life of the class, 0 for
    none; ``held`` the hints that are held back from those who need somebody."""

    at: float
    counters: Counters
    needs: tuple[Need, ...]
    more_needs: int
    idle: tuple[Need, ...]
    hands: dict[str, Hand]
    good_words: tuple[GoodWord, ...]
    readiness: Readiness
    unreadable: tuple[str, ...]
    curriculum: Curriculum | None
    last_practice: float
    held: dict[str, HeldNow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """One learner as read: what the loop keeps, skill by skill, and the plan in force; ``elsewhere``: they work on another
    subject than the board's."""

    kept: Kept
    views: dict[int, SkillView]
    plan: EffectivePlan
    here: int
    elsewhere: bool = False


def board_of(district: UUID, learners: Sequence[UUID], now: float, *, subject: str = "") -> Board:
    """Return the board of these learners; with a ``subject`` that the district teaches beside others, what they do in it. The
    caller has checked access (``people.access.access_section``)."""
    try:
        curriculum = curriculum_of(district)
    except NoCurriculum:
        return Board(now, Counters(0, 0, 0, 0, len(learners)), (), 0, (), {}, (), Readiness((), -1, ()), (), None, 0.0)
    offset = day_offset(time_zone_of(district), now)
    plans = plans_of(learners, now, offset)
    hands = hands_of(learners, now)
    profiles, damaged = profiles_of(learners)
    seats = {
        learner: _seat(kept, curriculum, plans.get(learner, DEFAULT_PLAN), now, of_subject(curriculum, subject))
        for learner, kept in profiles.items()
    }
    snapshots = [
        _snapshot(learner, seats[learner], hands.get(learner, Hand()), curriculum, day_number(now, offset))
        if learner in seats
        else _only_a_hand(learner, hands[learner], damaged=learner in damaged)
        for learner in learners
        if (learner in seats and not seats[learner].elsewhere) or (learner in hands and hands[learner].asked_at)
    ]
    ranked = rank(snapshots, now)
    pressing = [(snapshot, signal) for snapshot, signal in ranked if signal.code != "idle"]
    needs = tuple(explain(named(snapshot, district), signal, now) for snapshot, signal in pressing[:MOST_NEEDS])
    stuck = {snapshot.learner for snapshot, signal in ranked if signal.code in ("stuck", "quiet")}
    places = {
        UUID(need.learner): seats[UUID(need.learner)].kept.profile.current
        for need in needs
        if UUID(need.learner) in seats
    }
    standings = [_standing(learner, seats.get(learner), stuck) for learner in learners if learner not in damaged]
    return Board(
        at=now,
        counters=_counters(snapshots, [signal.code for _, signal in ranked], len(learners), now),
        needs=needs,
        more_needs=max(len(pressing) - MOST_NEEDS, 0),
        idle=tuple(explain(snapshot, signal, now) for snapshot, signal in ranked if signal.code == "idle"),
        hands={str(learner): hand for learner, hand in hands.items()},
        good_words=tuple(worth_a_good_word(snapshots)),
        readiness=readiness(standings, curriculum, order_of(curriculum), now),
        unreadable=tuple(map(str, damaged)),
        curriculum=curriculum,
        last_practice=max((snapshot.last_at for snapshot in snapshots), default=0.0),
        held={str(learner): held for learner, held in held_now(district, places).items() if held.hints},
    )


@lru_cache(maxsize=8)
def _order(version: str, curriculum: Curriculum) -> tuple[int, ...]:
    del version
    return tuple(path_order(curriculum))


def order_of(curriculum: Curriculum) -> tuple[int, ...]:
    """Return the curriculum's skills in path order; worked out once a version."""
    return _order(curriculum.version, curriculum)


def named(snapshot: Snapshot, district: UUID) -> Snapshot:
    """Put the problem that is open into the snapshot, where it can be said in a few signs."""
    if snapshot.problem == NOTHING and snapshot.activity:
        with suppress(UnknownProblem):
            formula = headline(problem_of(district, snapshot.activity), snapshot.step)
            return replace(snapshot, problem=formula) if formula != NOTHING else snapshot
    return snapshot


@lru_cache(maxsize=32)
def of_subject(curriculum: Curriculum, subject: str) -> frozenset[int] | None:
    """Return the numbers of a subject's skills; None where that is no subject of the curriculum, or its only one."""
    wanted = subject.strip().lower()
    found = frozenset(n for n, skill in enumerate(curriculum.skills) if skill.subject == wanted)
    return found if found and len(found) < len(curriculum.skills) else None


def _seat(
    kept: Kept, curriculum: Curriculum, plan: EffectivePlan, now: float, only: frozenset[int] | None = None
) -> Seat:
    profile = kept.profile
    found = skill_views(profile, curriculum, now, model=plan.model, models=models_for([plan.model]))
    views = {view.number: view for view in found if only is None or view.number in only}
    activity = curriculum.activity(profile.current.activity) if profile.current.activity else None
    skill = activity.skill if activity else profile.behaviour.skill
    number = curriculum.skill_number.get(skill, -1)
    elsewhere = only is not None and number not in only
    return Seat(kept, views, plan, -1 if elsewhere else number, elsewhere)


def _standing(learner: UUID, seat: Seat | None, stuck: set[str]) -> Standing:
    if seat is None:
        return Standing(str(learner), -1, {})
    return Standing(str(learner), seat.here, seat.views, str(learner) in stuck)


def today_of(profile: Profile, day: int) -> Today:
    """Return the counters of this local day: those in the profile may be of an earlier one."""
    return profile.today if profile.today.day == day else Today(day)


def _snapshot(learner: UUID, seat: Seat, hand: Hand, curriculum: Curriculum, day: int) -> Snapshot:
    profile, behaviour, current = seat.kept.profile, seat.kept.profile.behaviour, seat.kept.profile.current
    struggle = curriculum.skill_number.get(behaviour.skill, -1) if behaviour.stuck_since else -1
    number = struggle if struggle >= 0 else seat.here
    view = seat.views.get(number)
    today = today_of(profile, day)
    wrong = misconception_named(behaviour.misconception)
    moved = seat.here >= 0 and number != seat.here
    reached = _reached_today(seat, day)
    spin, slip = odds_of(view, seat.views.values()) if view else (0.0, 0.0)
    return Snapshot(
        learner=str(learner),
        skill=title_of(curriculum, number),
        problem=T("a problem in “{skill}”", skill=title_of(curriculum, seat.here)) if moved else NOTHING,
        misconception=wrong.name if wrong else NOTHING,
        activity=current.activity,
        step=current.step,
        tries=current.attempt - 1,
        hints=current.hints,
        last_at=seat.kept.at,
        wrong=behaviour.wrong,
        wrong_run=behaviour.wrong_run,
        stuck_since=_stuck_since(seat, day),
        rapid_run=behaviour.rapid_run,
        practised=view.n if view else 0,
        recent=view.recent if view else (),
        mastered=bool(view and view.status == "mastered"),
        spin=spin,
        slip=slip,
        habits=behaviour.habits if profile.today.day == day else Habits(alone=behaviour.habits.alone),
        asked_at=hand.asked_at,
        coming_at=hand.coming_at,
        visited_at=hand.visited_at,
        tried=today.tried,
        missed=today.tried - today.right,
        corrected=today.corrected,
        activities=today.activities,
        goal=seat.plan.daily_goal,
        reached=tuple(title_of(curriculum, view.number) for view in reached),
        reached_at=reached[0].mastered_at if reached else 0.0,
        away=today.away / DAY,
    )


def _only_a_hand(learner: UUID, hand: Hand, *, damaged: bool) -> Snapshot:
    """Somebody who raises a hand before the first problem is opened, or whose record cannot be read."""
    return Snapshot(
        learner=str(learner),
        problem=T("a problem that cannot be shown") if damaged else T("their first problem"),
        asked_at=hand.asked_at,
        coming_at=hand.coming_at,
        visited_at=hand.visited_at,
    )


def _stuck_since(seat: Seat, day: int) -> float:
    """When the trouble began. What began on an earlier day goes on with the newest answer: a night is no time of trying."""
    since, at = seat.kept.profile.behaviour.stuck_since, seat.kept.at
    return min(since, at) if not since or day_number(since, seat.plan.day_offset) == day else at


def _reached_today(seat: Seat, day: int) -> list[SkillView]:
    """The skills mastered today, the newest first."""
    offset = seat.plan.day_offset
    found = [view for view in seat.views.values() if view.mastered_at and day_number(view.mastered_at, offset) == day]
    return sorted(found, key=lambda view: (-view.mastered_at, view.number))


def title_of(curriculum: Curriculum, number: int) -> Text:
    """Return a skill's title, to be translated; a plain phrase where there is none."""
    return Text(curriculum.skills[number].title) if number >= 0 else T("an earlier topic")


def _counters(snapshots: list[Snapshot], codes: list[str], size: int, now: float) -> Counters:
    present = [snapshot for snapshot in snapshots if here(snapshot, now)]
    working = sum(now - snapshot.last_at < IDLE_MINUTES * MINUTE for snapshot in present)
    return Counters(
        working=working,
        reached_goal=sum(0 < snapshot.goal <= snapshot.activities for snapshot in snapshots),
        need_you=sum(code not in ("idle", "coming", "ready") for code in codes),
        idle=codes.count("idle"),
        away=size - len(present),
    )


def names_of(people: Sequence[Person]) -> dict[str, str]:
    """Return names for a class board by identifier: given name and initial, in full where two would look the same."""
    short = [person.short_name for person in people]
    return {
        str(person.id): person.name if short.count(name) > 1 else name
        for person, name in zip(people, short, strict=True)
    }
