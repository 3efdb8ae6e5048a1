"""Fact cards in the school: a deck that came in as tables is practised, is remembered, and replays exactly."""

from __future__ import annotations

from headway.school.curriculum.queries import problem_of
from headway.school.curriculum.subjects import save_subject
from headway.school.evidence.queries import replay_district
from headway.school.loop import Receipt
from headway.school.models import PlanRow
from headway.school.people.tenancy import in_district
from headway.standards.subject.shipped import shipped_subject
from tests.school.loop.conftest import NOON, Class

DECK = "en.6.word-parts"


def answered(maple: Class, to: Receipt, now: float, *, right: bool) -> Receipt:
    (key,) = problem_of(maple.district, to.activity).steps[0].answer.keys
    given = key if right else str((int(key) + 1) % 4)
    return maple.one(maple.reply(to, given), now=now)


def test_a_missed_card_comes_again_and_replay_is_exact(maple: Class) -> None:
    save_subject(district=maple.district, subject=shipped_subject("english"))
    with in_district(maple.district):
        PlanRow.objects.create(
            district_id=maple.district, learner_id=maple.learners[0], source="pin", effect="pin-skill", value=DECK,
            starts=NOON - 1,
        )  # fmt: skip
    opened = maple.one(maple.start())
    assert opened.activity.startswith(f"english:{DECK}.")
    now, to = NOON, opened
    for _ in range(3):
        now, to = now + 20.0, answered(maple, to, now + 20.0, right=False)
    seen = {opened.activity}
    while now < NOON + 900.0 and to.activity != opened.activity:
        assert to.activity not in seen
        seen.add(to.activity)
        now, to = now + 60.0, answered(maple, to, now + 60.0, right=True)
    assert to.activity == opened.activity
    assert len(seen) > 5
    assert replay_district(maple.district).identical
