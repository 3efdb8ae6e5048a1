"""A database from before `x served by default: what was decided stays, and all replays."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from headway.core.path import plan
from headway.school.evidence.refit.running import champion_of
from headway.school.path.actions import set_model
from headway.school.path.models import Decision, PlanRow
from headway.school.path.queries import wishes_for
from headway.school.people.tenancy import in_district
from tests.cast import NOON, Cast, make_cast
from tests.school.evidence.refits import practise, replayed


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


@pytest.fixture
def old(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast as an older Headway left them: a pilot's arm lets Ben try another model."""
    with in_district(cast.district.id):
        PlanRow.objects.create(
            district=cast.district, learner=cast["Ben"], source="arm", effect="model", value="elo-1", starts=NOON - 1e4
        )
    with monkeypatch.context() as before:
        before.setattr(plan, "DEFAULT_PLAN", replace(plan.DEFAULT_PLAN, model="gaussian-1"))
        assert practise(cast, NOON) == {"gaussian-1", "elo-1"}
    return cast


def migrated(cast: Cast, name: str = "_mastery_shipped_model") -> PlanRow:
    """Let a migration do its work in one district, as the owner of the tables."""
    ((_, found),) = [pair for pair in MigrationLoader(None).disk_migrations.items() if pair[0][1].endswith(name)]
    code: Any = sys.modules[found.__module__]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        code.remember(cursor, cast.district.id)
    with in_district(cast.district.id):
        return PlanRow.objects.get(source="shipped")


def test_old_decisions_stay_and_new_ones_are_made_by_the_new_default(
    old: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    row = migrated(old)
    assert (row.value, row.starts) == ("gaussian-1", 0.0)
    assert row.ends is not None
    assert row.ends > NOON
    assert replayed(old, capsys)
    assert practise(old, row.ends - 3000.0) == {"gaussian-1", "elo-1"}, "until the moment of the change-over"
    assert practise(old, row.ends + 60.0) == {"gaussian-2", "elo-1"}
    assert replayed(old, capsys)
    with in_district(old.district.id):
        assert not any(any("shipped" in each for each in d.overrides) for d in Decision.objects.all())
        assert [wish.row.source for wish in wishes_for(old["Ben"].id, row.ends + 60.0)] == ["arm"]


def test_a_promoted_model_goes_on_serving(old: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    district = old.district.id
    with in_district(district):
        own = set_model(district=district, model="gaussian-1", by=old["Dana"].id, reason="rolled back", now=NOON + 9e3)
    assert practise(old, own.starts + 60.0) == {"gaussian-1", "elo-1"}
    row = migrated(old)
    assert row.ends is not None
    assert practise(old, row.ends + 60.0) == {"gaussian-1", "elo-1"}
    assert champion_of(district, row.ends + 60.0).name == "gaussian-1"
    assert replayed(old, capsys)


def test_a_district_without_evidence_begins_with_the_new_default(cast: Cast) -> None:
    with pytest.raises(PlanRow.DoesNotExist):
        migrated(cast)
    assert practise(cast, NOON) == {"gaussian-2"}


def test_a_policy_that_decided_by_default_is_remembered_in_the_same_way(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def decided() -> set[str]:
        with in_district(cast.district.id):
            return set(Decision.objects.values_list("policy", flat=True))

    with monkeypatch.context() as before:
        before.setattr(plan, "DEFAULT_PLAN", replace(plan.DEFAULT_PLAN, policy="frontier-2"))
        practise(cast, NOON)
    assert decided() == {"frontier-1"}  # frontier-2 hands over to it where no misconception is in question
    row = migrated(cast, "_path_shipped_policy")
    assert (row.effect, row.value, row.starts) == ("policy", "frontier-2", 0.0)
    assert row.ends is not None
    practise(cast, row.ends + 60.0)
    assert decided() == {"frontier-1", plan.DEFAULT_PLAN.policy}
    assert replayed(cast, capsys)
