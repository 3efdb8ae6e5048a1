"""``headway schedule --school``: classes that share people and rooms are planned together, and repaired together."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from headway.cli import main
from headway.school.environment.days.actions import choose_model, wish
from headway.school.models import DayPlan
from headway.school.people.tenancy import in_district
from headway.standards.instruction import shipped_models
from tests.cast import Cast, make_cast
from tests.clients import signed_in

pytestmark = pytest.mark.timeout(300)  # who comes first compiles the planner's kernels, once a machine: a minute
DATE = "2031-03-04"


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """Two classes; four learners have practised."""
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi", "Eva"):
        cast.answers(name, "oxooo", now - 60)
    yield cast
    cast.close()


def run(cast: Cast, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(
        ["schedule", "--school", "Maple Middle", "--district", str(cast.district.id), "--date", DATE, *words, "--json"]
    )
    return code, json.loads(capsys.readouterr().out)


def test_classes_that_share_are_planned_and_repaired_together(school: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    code, data = run(school, capsys)
    assert code == 1
    assert "no class of Maple Middle works by a model that the school shares" in data["error"]
    model = shipped_models()["daily-rotation"]
    model = replace(model, modalities=tuple(replace(each, smallest=1) for each in model.modalities))
    with in_district(school.district.id):
        for section, by in ((school.a, "Okafor"), (school.b, "Lee")):
            choose_model(section=section, by=school[by], model=model, now=time.time())
    code, data = run(school, capsys)
    assert code == 0
    assert set(data["plan"]) == {str(school.a.id), str(school.b.id)}
    assert data["bound"] >= data["value"] > 0.0
    assert data["gap"] == pytest.approx((data["bound"] - data["value"]) / data["value"])
    for sessions in data["plan"].values():
        busy = Counter((each["block"], each["adult"]) for each in sessions if each["adult"])
        assert max(busy.values(), default=1) == 1
    groups = {(each["block"], each["adult"]): each["seats"] for each in data["plan"][str(school.a.id)] if each["adult"]}
    for each in data["plan"][str(school.b.id)]:  # whoever shares an adult shares the group
        assert groups.get((each["block"], each["adult"]), each["seats"]) == each["seats"]

    with in_district(school.district.id):
        day = DayPlan.objects.latest("began_at").day
        wish(section=school.a, by=school["Okafor"], learner=school["Ana"].id, kind="away", day=day, now=time.time())
    code, again = run(school, capsys, "--away", "Teacher 1", "--closed", "Hall")
    assert code == 0
    assert str(school["Ana"].id) not in again["moved"]
    for sessions in again["plan"].values():
        assert not {"Teacher 1"} & {each["adult"] for each in sessions}
        assert not {"Hall"} & {each["space"] for each in sessions if each["skill"]}
    page = signed_in(school["Lee"]).get(f"/teach/{school.b.id}/day?date={DATE}").content.decode()
    assert school["Eva"].short_name in page
    assert school["Ana"].short_name not in page  # of another class


def test_a_day_or_a_school(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule"]) == 1
    assert "--instance FILE, or a school" in capsys.readouterr().err
