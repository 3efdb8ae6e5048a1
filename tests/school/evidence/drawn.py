"""A district in whose log chance gave problems to learners, each with its probability."""

from __future__ import annotations

from uuid import UUID

import numpy as np
from django.db import connection

from headway.school.models import Decision
from headway.school.people.tenancy import in_district
from tests.core.evidence.efficacy.world import THINGS, World, log_of, world
from tests.school.evidence.trial import INSERT, Trial, items_of, make_trial


def make_drawn(began: float) -> Trial:
    """120 learners who were given twelve problems by chance from a moment on; one of them teaches a lot."""
    made = make_trial(learners=120, classes=4, seed=5)
    own = {each.id: each for each in made.curriculum.activities}
    by_item = {item.id: key for key, activity in own.items() for item in activity.items[:1]}
    chosen = [(by_item[item], item, hard, skill) for item, hard, skill in items_of(made) if item in by_item][:THINGS]
    hard = np.array([each[2] for each in chosen])
    w = world()
    answers, draws, learner, at = log_of(World(w.gain, hard - hard.mean(), w.like), 120, 1)
    when = began + answers.at
    with in_district(made.district), connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                made.district, made.curriculum.version, [made.people[n].id for n in answers.learner],
                [chosen[n][1] for n in answers.item], [chosen[n][3] for n in answers.item],
                (answers.right == 1.0).tolist(), when.tolist(),
            ],
        )  # fmt: skip
        order = np.argsort(draws.moment, kind="stable").reshape(len(at), -1)
        Decision.objects.bulk_create(
            _decision(made, made.people[learner[n]].id, began + at[n],
                      [(chosen[draws.thing[r]][0], draws.chance[r], draws.taken[r]) for r in order[n]])
            for n in range(len(at))
        )  # fmt: skip
    return made


def _decision(made: Trial, learner: UUID, at: float, odds: list[tuple[str, float, float]]) -> Decision:
    name, share = next((name, share) for name, share, taken in odds if taken)
    return Decision(
        district_id=made.district, learner_id=learner, after=learner, activity=name, skill="", reason={}, reason_code="x",
        alternatives=[[other, "", 1.0, chance] for other, chance, _ in odds], propensity=share, predicted=0.5, model="m",
        policy="p", curriculum=made.curriculum.version, seed="1", at=at,
    )  # fmt: skip
