"""``--live``: the section practises by itself, through the loop, and leaves Mina to whoever looks."""

from __future__ import annotations

import time

from headway.cli.live import practise
from headway.school.mastery.models import Evidence
from headway.school.people.tenancy import in_district
from tests.maple import MINA, SECTION, make_maple, maple_files


def test_the_section_practises_and_mina_is_left_to_you(database: str) -> None:
    cast = make_maple()
    until = time.monotonic() + 60.0
    sent = practise(
        seed=3,
        district=cast.district,
        hurry=400.0,
        until=lambda responses: responses >= 30 or time.monotonic() > until,
    )
    section = {e.person for e in maple_files().roster.enrolments if e.section == SECTION}
    with in_district(cast.district):
        rows = Evidence.objects.filter(kind="response").values_list("learner__sourced_id", "simulated", "now")
        assert len(rows) == sent >= 30
        assert all(simulated and abs(now - time.time()) < 120 for _, simulated, now in rows)
        learners = {learner for learner, _, _ in rows}
    assert learners <= section - {MINA}
    assert len(learners) >= 8
