"""What a server does before its first learner comes, so that the first answer is as quick as the thousandth."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np

from headway.core.coaching.checking import check
from headway.core.curriculum.catalogue import Curriculum, compile_curriculum, generated_activities
from headway.core.curriculum.generators.base import generate
from headway.core.events import Response, Start
from headway.core.intervention.screening_bank import screening_design
from headway.core.loop import Turn, step
from headway.core.mastery.gain import expected_gain
from headway.core.mastery.models import MODELS
from headway.core.measurement.adaptive.exposure import fresh
from headway.core.measurement.adaptive.pool import pool_of
from headway.core.measurement.adaptive.simulate import warm
from headway.core.measurement.adaptive.sitting import begin, take
from headway.core.measurement.items import item_bank
from headway.core.path.causes import causes_of, signs
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.path.policy import Situation
from headway.core.path.terrain import allowed_skills
from headway.core.profile.profile import Profile, new_profile
from headway.standards.graph import shipped_graph


def warm_up() -> None:
    """Load the compiled kernels, the templates and the checker by taking two turns with a made-up learner, and a screening.

    What was loaded stays for good, so the garbage collector is told not to look through it again: with hundreds of
    thousands of long-lived objects each full collection would cost a hundred answers.
    """
    curriculum = compile_curriculum(shipped_graph(), generated_activities())
    profile = new_profile("warm-up", grade="6")
    (opened,) = step([Turn(profile, DEFAULT_PLAN, Start("0" * 32, "warm-up", 0.0), 0.0)], curriculum)
    question = generate(opened.activity).steps[0]
    right = check(question.answer, question.answer.keys[0]).correct
    response = Response(
        "1" * 32, "warm-up", opened.activity, 0, question.item, question.skills, question.answer.keys[0], right, 1.0
    )
    (answered,) = step([Turn(opened.profile, DEFAULT_PLAN, response, 1.0)], curriculum)
    _weigh_places(curriculum, profile)
    _look_for_a_cause(curriculum, answered.profile)
    del curriculum
    _screen()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _weigh_places(curriculum: Curriculum, profile: Profile) -> None:
    """Ask once what an activity would bring, as the editor of a day does before each move: compiling it takes ten seconds, in
    which a server would answer nobody."""
    expected_gain(MODELS[DEFAULT_PLAN.model], profile.state, curriculum, np.zeros(1, np.int32), 0.0)


def _look_for_a_cause(curriculum: Curriculum, profile: Profile) -> None:
    """Ask once why a skill fails, as the path does from the third miss on, which nobody has made yet."""
    model = MODELS[DEFAULT_PLAN.model]
    belief = model.belief(profile.state, curriculum, 2.0)
    situation = Situation(profile, DEFAULT_PLAN, curriculum, model, belief, 0, 2.0)
    causes_of(situation, len(curriculum.skills) - 1, signs(situation), allowed_skills(situation))


def _screen() -> None:
    """Take a test of three questions: where nothing is compiled yet, the first learner would wait some seconds for it."""
    names = ["a", "b", "c"]
    pool = pool_of(item_bank(names, [-1.0, 0.0, 1.0], model="2pl", a=1.0), content={"domain": names}, groups=names)
    design = replace(screening_design(pool), exposure=0.5)
    warm(pool, design, takers=2)
    take(pool, design, begin(pool, design, seed=1, exposure=fresh(pool)), lambda _: 1)
