"""How a screening changes a profile: it moves what we believe of ability, and nothing else.

Each answer is a first answer without help, so it counts like one of practice. It is given under other conditions (chosen
to be half of the time too hard, no word about right or wrong), so it says nothing about struggle, today's goal or
where the learner stands, and by itself grants and takes no mastery.
"""

from __future__ import annotations

from dataclasses import replace

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Response, Screened, Screening
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import Evidence, State, evidence_of
from headway.core.profile.profile import Profile

SKILL_SPREAD = 0.7
"""Variance between one learner's skills: how far a score on unknown content may lie from overall ability."""
SMALLEST = 0.02


def fold_screening(profile: Profile, screening: Screening, curriculum: Curriculum, model: LearnerModel) -> Profile:
    """Return the profile after a screening; the position is not moved.

    Answers to skills that the curriculum knows go through the learner model. When it knows none of them, the result
    itself moves overall ability, by what it adds to the prior that it began from.
    """
    state, known = profile.state, False
    for answer in screening.answers:
        evidence = _evidence(screening, answer, curriculum)
        if evidence is not None:
            state, known = model.update(state, curriculum, evidence), True
    if not known:
        state = _overall(state, screening)
    return replace(profile, state=state)


def _evidence(screening: Screening, answer: Screened, curriculum: Curriculum) -> Evidence | None:
    response = Response(
        screening.id, screening.learner, "", 0, answer.item, answer.skills, "", answer.correct, screening.at,
        seconds=answer.seconds,
    )  # fmt: skip
    found = evidence_of(response, curriculum)
    if found is None or answer.item in curriculum.item_number:
        return found
    return replace(found, difficulty=answer.difficulty)


def _overall(state: State, screening: Screening) -> State:
    """Combine overall ability with the screening's own information, both normal."""
    told = 1.0 / screening.se**2 - 1.0 / screening.prior_variance
    if told <= 0.0:
        return state
    score = (screening.score / screening.se**2 - screening.prior_mean / screening.prior_variance) / told
    noise = 1.0 / told + SKILL_SPREAD
    share = state.overall_variance / (state.overall_variance + noise)
    mean = state.overall_mean + share * (score - state.overall_mean)
    return State(mean, max(state.overall_variance * (1.0 - share), SMALLEST), state.skills, state.memory)
