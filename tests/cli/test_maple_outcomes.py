"""What Maple wants and has: written through the actions of people, by its principal, and read by nothing that the loop reads."""

from __future__ import annotations

from datetime import date, timedelta

from headway.cli.outcomes_story import play_outcomes, read_outcomes
from headway.school.evidence.outcomes.queries import aims_of
from headway.school.evidence.queries import replay_district
from headway.school.models import Evidence, OutcomeTake, SchoolMeans, VisionLine
from headway.school.people.tenancy import in_district
from tests.maple import make_maple

LAST = date(2026, 11, 20)


def test_what_maple_wants_is_whole(database: str) -> None:
    maple, row = make_maple(), read_outcomes()
    dates = [LAST - timedelta(days=ago) for ago in range(27, -1, -1) if (LAST - timedelta(days=ago)).weekday() < 5]
    made = play_outcomes(dates, district=maple.district)
    with in_district(maple.district):
        assert len(aims_of()) == len(row["aims"])
        assert SchoolMeans.objects.count() == len(row["means"])
        assert list(VisionLine.objects.order_by("id").values_list("kind", flat=True)) == [
            "vision",
            "gap",
            "theory",
            "design",
        ]
        assert set(OutcomeTake.objects.values_list("measure", flat=True)) == {"credit:", "days:"}, (
            "nobody has answered here"
        )
        assert made == sum(OutcomeTake.objects.values_list("count", flat=True)) > 0
        assert not Evidence.objects.exists()
    assert replay_district(maple.district).identical
