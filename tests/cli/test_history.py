"""The demo's history goes through the real loop, at school hours, and comes out the same whoever plays it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connections

from headway.cli import main
from headway.cli.history import play_days
from headway.cli.maple import TIME_ZONE
from headway.cli.parts import play_together
from headway.core.path.plan import DEFAULT_PLAN
from headway.school.evidence.queries import replay_district
from headway.school.mastery.models import Evidence
from headway.school.path.models import Decision
from headway.school.people.tenancy import in_district
from headway.school.profile.models import Profile
from tests.maple import QUINN, SECTION, YUSUF, MapleCast, make_maple, maple_files

DAYS = [date(2026, 10, 29), date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 3)]
"""Four school days around the clock change."""


@pytest.fixture(scope="module")
def played(database: str) -> MapleCast:
    cast = make_maple()
    total = sum(play_days(database, maple_files(), [SECTION], DAYS, 7, cast.district))
    with in_district(cast.district):
        assert Evidence.objects.filter(kind="response").count() == total > 300
    return cast


def rows(cast: MapleCast) -> list[tuple[Any, ...]]:
    """What everybody did, by learner, without the district's own identifiers."""
    with in_district(cast.district):
        found = Evidence.objects.order_by("learner__sourced_id", "id")
        return list(
            found.values_list(
                "learner__sourced_id", "event", "activity", "answer", "correct", "hints", "seconds", "now"
            )
        )


def local(now: float) -> datetime:
    return datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(TIME_ZONE))


def test_everything_is_marked_as_simulated(played: MapleCast) -> None:
    with in_district(played.district):
        assert not Evidence.objects.filter(simulated=False).exists()
        assert Decision.objects.count() > 100


def test_it_happens_on_school_days_in_the_section_s_period(played: MapleCast) -> None:
    with in_district(played.district):
        times = [local(t) for t in Evidence.objects.values_list("now", flat=True)]
    assert {t.date() for t in times} == set(DAYS)
    assert all(t.hour == 10 and t.minute < 30 for t in times)


def test_each_learner_s_log_is_in_the_order_of_time(played: MapleCast) -> None:
    with in_district(played.district):
        log: dict[Any, list[float]] = {}
        for learner, now in Evidence.objects.order_by("id").values_list("learner", "now"):
            log.setdefault(learner, []).append(now)
    assert len(log) == 24
    assert all(times == sorted(times) for times in log.values())


def test_the_newcomer_has_no_history(played: MapleCast) -> None:
    with in_district(played.district):
        assert not Evidence.objects.filter(learner=played.id_of(YUSUF)).exists()
        assert not Profile.objects.filter(learner=played.id_of(YUSUF)).exists()


def test_quinn_answers_faster_than_one_can_read(played: MapleCast) -> None:
    with in_district(played.district):
        fast = Evidence.objects.filter(kind="response", seconds__lt=3.0, correct=False)
        counts = Counter(fast.values_list("learner__sourced_id", flat=True))
    assert counts.most_common(2)[0][0] in (QUINN, "s-rico")
    assert counts[QUINN] >= 10


def test_the_same_seed_in_two_processes_gives_the_same(database: str, played: MapleCast) -> None:
    again = make_maple()
    shares: list[float] = []
    made = play_together(
        settings.DATABASE_URL, maple_files(), DAYS[:1], 7, shares.append, parts=2, district=again.district
    )
    assert sum(shares) == pytest.approx(1.0)
    first = [row for row in rows(played) if row[-1] < datetime(2026, 10, 30, tzinfo=UTC).timestamp()]
    mine = [row for row in rows(again) if row[0] in {row[0] for row in first}]
    assert made > len(mine) > 100
    assert mine == first


def test_replay_gives_what_is_stored(played: MapleCast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--json", "--district", str(played.district)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["identical"]
    assert report["profiles_equal"]
    assert report["decisions_equal"]
    assert report["mastery_equal"]
    assert report["events"] > 300
    assert report["profiles"] == 24
    assert report["first_difference"] == ""


CHANGES = {
    "decisions_equal": "UPDATE school_decision SET propensity = propensity / 2 WHERE id = "
    "(SELECT min(id) FROM school_decision WHERE district_id = %s)",
    "profiles_equal": "UPDATE school_profile SET state = set_byte(state, length(state) - 1, 1) WHERE learner_id = "
    "(SELECT learner_id FROM school_profile WHERE district_id = %s ORDER BY learner_id LIMIT 1)",
    "mastery_equal": "DELETE FROM school_masteryentry WHERE id = "
    "(SELECT max(id) FROM school_masteryentry WHERE district_id = %s)",
}


@pytest.mark.parametrize("equal", CHANGES)
def test_replay_finds_what_was_changed_past_the_loop(
    database: str, capsys: pytest.CaptureFixture[str], equal: str
) -> None:
    cast = make_maple()
    sum(play_days(database, maple_files(), [SECTION], DAYS[:1], 7, cast.district))
    with in_district(cast.district, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(CHANGES[equal], [cast.district])
        assert cursor.rowcount == 1
    assert main(["replay", "--json", "--district", str(cast.district)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert not report[equal]
    assert not report["identical"]
    assert report["first_difference"] in report["error"]


def test_replay_of_a_district_that_is_not_there_names_those_that_are(
    played: MapleCast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "--district", "Atlantis"]) == 1
    assert "there is no district 'Atlantis'. There are: " in capsys.readouterr().err


def test_a_process_that_fails_is_heard(played: MapleCast) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nowhere"
    with pytest.raises(RuntimeError, match=r"could not be made:\n(.*\n)*.*OperationalError"):
        play_together(nowhere, maple_files(), DAYS[:1], 7, lambda share: None, parts=1, district=played.district)


def test_a_school_may_go_on_working_while_it_is_replayed(database: str) -> None:
    cast = make_maple()
    sum(play_days(database, maple_files(), [SECTION], DAYS[:3], 7, cast.district))
    went_on: list[int] = []

    def work(done: int) -> None:
        if not went_on:
            went_on.extend(play_days(database, maple_files(), ["c-7-2"], DAYS[:1], 7, cast.district))

    report = replay_district(cast.district, progress=work)
    assert sum(went_on) > 100
    assert report.identical, report.differences
    assert replay_district(cast.district).events > report.events


def test_a_policy_can_be_judged_from_the_log(played: MapleCast, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "evaluate-policy",
        "--district",
        str(played.district),
        "--policy",
        DEFAULT_PLAN.policy,
        "--horizon",
        "2",
        "--json",
    ]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["episodes"] > 50
    assert 0.0 < found["low"] < found["value"] < found["high"] < 2.0
    assert found["support"] > 0.99  # the policy that made the log, so that the estimate is what happened
    assert abs(found["value"] - found["logged"]) < 0.02
