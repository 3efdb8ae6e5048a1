"""Maple's extra support: every kind of verdict is there, everything of it is marked as simulated."""

from __future__ import annotations

from datetime import date

from headway.cli.calendar import begins, school_days
from headway.cli.maple import TIME_ZONE
from headway.cli.supports import LEAST_DAYS, play_supports
from headway.school.intervention.cases import circles_of
from headway.school.intervention.evidence import outlook
from headway.school.intervention.models import ProbeScore, SupportSession
from headway.school.models import PlanRow, School
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.maple import make_maple


def test_two_groups_with_every_kind_of_verdict(database: str) -> None:
    cast = make_maple()
    days = school_days(date(2026, 11, 21), 40)
    assert play_supports(days[: LEAST_DAYS - 1], district=cast.district) == 0
    assert play_supports(days, district=cast.district) == 5
    now = begins(days[-1], "6", TIME_ZONE) + 86_400.0
    with in_district(cast.district):
        schools = list(School.objects.all())
        circles = circles_of(day_of(cast.district, now), schools=schools)
        verdicts = {case.learner.sourced_id: case.progress.verdict for circle in circles for case in circle.cases}
        assert verdicts == {
            "s-farah": "on-track",
            "s-marcus": "off-track",
            "s-sam": "more-evidence",
            "s-lucia": "not-delivered",
            "s-6-1-13": "on-track",
        }
        assert all(len(circle.open_days) == 1 for circle in circles)
        moves = outlook(cast.district, [cast.id_of(key) for key in verdicts], now).proposals
        assert [(move.rule, move.to_tier) for move in moves] == [("into-3", 3), ("down", 2)]
        assert not ProbeScore.objects.filter(simulated=False).exists()
        assert not SupportSession.objects.filter(simulated=False).exists()
        pins = PlanRow.objects.filter(learner=cast.id_of("s-farah"), source="tier", effect="pin-skill")
        assert set(pins.values_list("value", flat=True)) == {"5.NF.A.1", "7.NS.A.1.b", "7.NS.A.1.c"}
