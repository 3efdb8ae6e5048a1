"""How one response changes a profile: ability and mastery through the models of ``core.mastery``, then the counters
of the day and the behaviour that a teacher wants to see."""

from __future__ import annotations

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry, Response
from headway.core.mastery.cards import reviewed
from headway.core.mastery.criterion import judge
from headway.core.mastery.decks import deck_of, judge_deck
from headway.core.mastery.detectors.habits import RAPID, Habits, observe
from headway.core.mastery.kernels import DAY
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import State, evidence_of
from headway.core.profile.profile import Behaviour, Profile, Today
from headway.core.profile.suspicion import suspicion


def day_number(at: float, day_offset: float) -> int:
    """Return the local day's number; ``day_offset`` in seconds is the zone's offset less the hour the day starts."""
    return int((at + day_offset) // DAY)


def fold(
    profile: Profile, response: Response, curriculum: Curriculum, model: LearnerModel, *, day_offset: float = 0.0
) -> tuple[Profile, tuple[MasteryEntry, ...]]:
    """Return the profile after a response, and what it changed in the mastery ledger. The position is not moved."""
    state, cards = profile.state, profile.cards
    entries: tuple[MasteryEntry, ...] = ()
    evidence = evidence_of(response, curriculum)
    if evidence is not None:
        state = model.update(state, curriculum, evidence)
        deck = deck_of(curriculum, response)
        if deck < 0:
            state, entries = judge(state, curriculum, response, evidence.skills, model.name)
        else:
            cards = reviewed(cards, response)
            state, entries = judge_deck(state, cards, profile.cards, curriculum, response, deck)
    after = Profile(
        profile.learner,
        profile.grade,
        profile.interests,
        state,
        profile.current,
        _today(profile, response, day_number(response.at, day_offset)),
        _behaviour(profile, response, day_number(response.at, day_offset), _wrong_run(state, response, curriculum)),
        profile.responses + 1,
        profile.activities,
        profile.recent,
        profile.suspects if is_rapid(response) else suspicion(profile.suspects, response),
        cards,
    )
    return after, entries


def is_rapid(response: Response) -> bool:
    """Say whether a response was a wrong one, faster than the question can be read (0 s means: not known)."""
    return not response.correct and 0.0 < response.seconds < RAPID


def _today(profile: Profile, response: Response, day: int) -> Today:
    today, current, before = profile.today, profile.current, profile.behaviour.last_at
    if day != today.day:
        today = Today(day, away=max(response.at - before, 0.0) if before > 0.0 else 0.0)
    first = response.attempt == 1 and not response.shown
    alone = response.hints == 0 and not response.shown
    return Today(
        day,
        today.responses + 1,
        today.tried + first,
        today.right + (first and response.correct and alone),
        today.activities,
        today.seconds + min(max(response.seconds, 0.0), 600.0),
        today.hints + max(response.hints - (current.hints if response.attempt > 1 else 0), 0),
        today.rapid + is_rapid(response),
        today.corrected + (response.attempt > 1 and response.correct and alone),
        today.away,
    )


def _wrong_run(state: State, response: Response, curriculum: Curriculum) -> int:
    """First attempts wrong in a row on the response's skill, whatever other skills came between."""
    for number in curriculum.skill_numbers(response.skills[:1]).tolist():
        at = int(state.skills["key"].searchsorted(curriculum.keys[number]))
        if at < len(state.skills) and state.skills["key"][at] == curriculum.keys[number]:
            return int(state.skills["wrong_run"][at])
    return 0


def _habits(before: Behaviour, today: Today, response: Response, day: int) -> Habits:
    """A new day begins afresh, but for help: too few second tries are needed in a day to tell."""
    if day != today.day:
        return observe(Habits(alone=before.habits.alone), response, before.last_at)
    usual = today.seconds / today.responses if today.responses else 0.0
    return observe(before.habits, response, before.last_at, usual)


def _behaviour(profile: Profile, response: Response, day: int, run: int) -> Behaviour:
    before, today = profile.behaviour, profile.today
    skill = response.skills[0] if response.skills else before.skill
    stuck, wrong = before.stuck_since, before.wrong
    misconception = before.misconception if skill == before.skill else ""
    if response.correct and not response.shown:
        stuck, wrong, misconception = 0.0, 0, ""
    elif not response.correct:
        stuck, wrong = stuck or response.at, wrong + (not response.shown)
    rapid = is_rapid(response)
    return Behaviour(
        skill,
        run,
        stuck,
        before.rapid_run + 1 if rapid else 0,
        response.misconception or misconception,
        max(before.last_at, response.at),
        wrong,
        _habits(before, today, response, day),
    )
