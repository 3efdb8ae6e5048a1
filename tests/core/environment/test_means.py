"""What a school has: what may be said, and what follows for the ways of working that ship."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headway.core.environment.instruction.sound import faults as model_faults
from headway.core.environment.means import COSTS, PER, Means, Said, faults, fitted, together
from headway.core.evidence.pilots import costs
from headway.standards.instruction import shipped_models

LINE = Said("budget", "Licence", "12", "licences", "learner")


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (Said("technology", "devices", "16"), ""), (Said("technology", "devices", "16.5"), "value"),
        (Said("technology", "home", "101"), "value"), (Said("technology", "network", "class"), ""),
        (Said("technology", "network", "yes"), "value"), (Said("technology", "robots", "1"), "name"),
        (Said("autonomy", "schedule", "no"), ""), (Said("autonomy", "schedule", "12"), "value"), (LINE, ""),
        (replace(LINE, value="-1"), "value"), (replace(LINE, value="nan"), "value"), (replace(LINE, cost="gifts"), "cost"),
        (replace(LINE, per="day"), "per"), (replace(LINE, years=0.0), "years"), (Said("partner", "Library", words="Tutors"), ""),
        (Said("partner", " "), "name"), (Said("partner", "x" * 301), "name"), (Said("mood", "good"), "kind"),
    ],
)  # fmt: skip
def test_what_may_be_said(row: Said, where: str) -> None:
    assert [field for field, _what in faults(row)] == ([where] if where else [])


def test_nothing_follows_from_what_nobody_said() -> None:
    for model in shipped_models().values():
        assert fitted(model, Means()).model == model
        assert fitted(model, Means()).offered
        assert not fitted(model, Means()).said


def test_a_school_without_a_say_over_its_schedule_has_no_whole_school_rotation() -> None:
    tied = Means((Said("autonomy", "schedule", "no"),))
    assert [key for key, model in shipped_models().items() if not fitted(model, tied).offered] == ["daily-rotation"]
    free = Means((Said("autonomy", "schedule", "yes"),))
    assert all(fitted(model, free).offered for model in shipped_models().values())


def test_plans_begin_with_the_devices_that_there_are() -> None:
    for model in shipped_models().values():
        found = fitted(model, Means((Said("technology", "devices", "9"), Said("technology", "network", "weak"))))
        assert found.model.devices == min(model.devices, 9)
        assert not model_faults(found.model)
        assert len(found.said) == (1 if model.devices <= 9 else 2)


def test_budget_lines_are_cost_lines_each_once() -> None:
    assert (COSTS, PER) == (costs.KINDS, costs.PER)
    two = together([Means((LINE, Said("partner", "Library"))), Means((replace(LINE, value="14"),))])
    assert [(row.name, row.value) for row in two.rows] == [("Licence", "14")]
