"""Maple's talks: held in the past with the page of that day, prepared by some, and one family asks for the mail."""

from __future__ import annotations

import time
from datetime import date

from headway.cli.calendar import school_days
from headway.cli.talks import play_talks, read_talks
from headway.school.models import PlanRow
from headway.school.path.conferences.queries import last_held, sides_of, talks_of, waiting_of
from headway.school.path.families.choices import wanting
from headway.school.people.tenancy import in_district
from tests.maple import CARMEN, MINA, YUSUF, make_maple


def test_some_were_talked_with_and_the_plan_of_the_past_is_as_it_was(database: str) -> None:
    cast, days = make_maple(), school_days(date(2026, 11, 21), 40)
    assert play_talks([], district=cast.district) == 0
    assert play_talks(days[-6:], district=cast.district) == 1
    cast = make_maple()
    assert play_talks(days, district=cast.district) == len(read_talks()["talks"])
    mina, yusuf = cast.id_of(MINA), cast.id_of(YUSUF)
    with in_district(cast.district):
        (talk,) = talks_of(mina, private=True)
        assert talk.agreed and talk.ended_at > talk.at > talk.packet.since
        assert [side.role for side in sides_of(mina, last_held([talk]))] == ["learner", "family"]
        assert waiting_of([yusuf], open_since=0.0)[yusuf].open is None
        ((person, choice, children),) = wanting()
        assert (person.id, choice.language, [child.id for child in children]) == (cast.id_of(CARMEN), "es", [mina])
        assert choice.at < time.time() and not PlanRow.objects.exists()
