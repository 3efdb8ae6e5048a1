"""The loop in one transaction: what a learner does is written whole, once, and the same alone or in company."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from headway.core.curriculum.generators.base import generate
from headway.school.loop import (
    KeyReused,
    NotOpen,
    Receipt,
    Submission,
    UnknownActivity,
    UnknownLearner,
    prepare,
)
from headway.school.models import Decision, Evidence, PlanRow, Profile
from headway.school.people.tenancy import in_district
from tests.school.loop.conftest import NOON, Class, make_class, rows


def key_of(activity: str, step: int = 0) -> str:
    return generate(activity).steps[step].answer.keys[0]


def test_a_learner_starts_answers_and_gets_the_next_problem_with_its_reason(maple: Class) -> None:
    opened = maple.one(maple.start())
    assert opened.activity.startswith("gen:")
    assert str(opened.reason)
    answered = maple.one(maple.reply(opened, key_of(opened.activity)))
    assert answered.correct
    assert answered.moved_on
    assert answered.activity != opened.activity
    assert str(answered.reason)
    assert rows(maple.district) == (2, 2)
    with in_district(maple.district):
        decision = Decision.objects.order_by("id").last()
        assert decision is not None
        assert 0 < decision.propensity <= 1
        assert sum(row[3] for row in decision.alternatives) == pytest.approx(1)


def test_a_wrong_answer_stays_and_counts_the_attempt(maple: Class) -> None:
    opened = maple.one(maple.start())
    wrong = maple.one(maple.reply(opened, "-987654"))
    assert not wrong.correct
    assert not wrong.moved_on
    assert (wrong.activity, wrong.attempt) == (opened.activity, 2)


def test_after_three_wrong_answers_the_problem_is_over(maple: Class) -> None:
    opened = maple.one(maple.start())
    for _ in range(2):
        assert maple.one(maple.reply(opened, "-987654")).activity == opened.activity
    assert maple.one(maple.reply(opened, "-987654")).moved_on


def test_something_unreadable_counts_for_nothing(maple: Class) -> None:
    opened = maple.one(maple.start())
    prepared = prepare(maple.reply(opened, "((("))
    assert prepared.receipt is not None
    assert prepared.receipt.outcome == "unreadable"
    assert rows(maple.district) == (1, 1)


def test_a_retry_has_one_effect_and_the_same_answer(maple: Class) -> None:
    opened = maple.one(maple.start())
    reply = maple.reply(opened, key_of(opened.activity))
    first, second = maple.one(reply), maple.one(reply)
    assert not first.again
    assert second == replace(first, again=True)
    assert rows(maple.district) == (2, 2)


def test_a_reused_key_with_another_body_is_refused(maple: Class) -> None:
    opened = maple.one(maple.start())
    reply = maple.reply(opened, "-987654")
    maple.one(reply)
    assert isinstance(maple.do(replace(reply, answer="-987655"))[0], KeyReused)
    assert rows(maple.district) == (2, 1)


def test_an_answer_to_a_problem_that_is_no_longer_open_is_refused(maple: Class) -> None:
    opened = maple.one(maple.start())
    maple.one(maple.reply(opened, key_of(opened.activity)))
    assert isinstance(maple.do(maple.reply(opened, key_of(opened.activity)))[0], NotOpen)


def test_strangers_are_refused(maple: Class, classes: Callable[[], Class]) -> None:
    oak = classes()
    stranger = replace(maple.start(), learner=oak.learners[0])
    assert isinstance(maple.do(stranger)[0], UnknownLearner)
    assert rows(maple.district) == (0, 0)


def test_a_learner_may_open_a_particular_problem(maple: Class) -> None:
    wanted = maple.one(maple.start()).activity
    assert maple.one(maple.start(activity=wanted)).activity == wanted
    assert isinstance(maple.do(maple.start(activity="oatutor:none"))[0], UnknownActivity)


@pytest.mark.parametrize("ending", ["right", "shown", "three wrong"])
def test_a_problem_whose_answer_is_known_is_not_opened_again(maple: Class, ending: str) -> None:
    opened = maple.one(maple.start())
    if ending == "right":
        maple.one(maple.reply(opened, key_of(opened.activity)))
    elif ending == "shown":
        maple.one(maple.reply(opened, "", shown=True))
    else:
        for _ in range(3):
            maple.one(maple.reply(opened, "-987654"))
    assert isinstance(maple.do(maple.start(activity=opened.activity))[0], NotOpen)
    assert maple.one(maple.start()).activity != opened.activity
    assert maple.one(maple.start(1, activity=opened.activity)).activity == opened.activity


def test_a_refusal_in_a_batch_harms_nobody_else(maple: Class) -> None:
    opened = maple.one(maple.start(0))
    results = maple.do(
        maple.reply(opened, key_of(opened.activity)),
        replace(maple.start(1), learner=uuid.uuid4()),
        maple.start(2),
    )
    assert [type(r) for r in results] == [Receipt, UnknownLearner, Receipt]


def everything(of: Class) -> list[Any]:
    """All that the loop wrote, learner by learner, without the learners' own identifiers."""
    with in_district(of.district):
        return [
            [
                [
                    bytes(p.state).replace(str(learner).encode(), b"")
                    for p in Profile.objects.filter(learner_id=learner)
                ],
                list(Evidence.objects.filter(learner_id=learner).order_by("id").values_list("event", "outcome", "now")),
                list(
                    Decision.objects.filter(learner_id=learner)
                    .order_by("id")
                    .values_list("activity", "propensity", "at")
                ),
            ]
            for learner in of.learners
        ]


def test_a_batch_writes_what_one_by_one_writes(database: str) -> None:
    """The same events in the same order per learner: in batches of three, and singly in two districts."""
    together, alone = make_class(database), make_class(database)
    seed = uuid.uuid4()
    for turn in range(6):
        for of, batched in ((together, True), (alone, False)):
            batch = []
            for n, learner in enumerate(of.learners):
                event = uuid.uuid5(seed, f"{turn}:{n}")
                with in_district(of.district):
                    last = Evidence.objects.filter(learner_id=learner).order_by("-id").first()
                if last is None:
                    batch.append(Submission(of.district, learner, event, "start", at=NOON))
                else:
                    at, step = last.outcome["activity"], last.outcome["step"]
                    answer = key_of(at, step) if (turn + n) % 2 else "-987654"
                    batch.append(Submission(of.district, learner, event, "response", at, step, answer, at=NOON))
            for group in [batch] if batched else [[each] for each in batch]:
                assert all(isinstance(r, Receipt) for r in of.do(*group, now=NOON + 60 * turn))
    assert everything(together) == everything(alone)
    for of in (together, alone):
        of.connection.close()


def test_a_persons_pin_steers_the_next_choice(maple: Class) -> None:
    opened = maple.one(maple.start())
    with in_district(maple.district):
        skill = "3.OA.C.7"
        PlanRow.objects.create(
            district_id=maple.district, learner_id=maple.learners[0], source="pin", effect="pin-skill", value=skill,
            starts=NOON - 1,
        )  # fmt: skip
    after = maple.one(maple.reply(opened, key_of(opened.activity)))
    assert after.activity.startswith(f"gen:{skill}/")
