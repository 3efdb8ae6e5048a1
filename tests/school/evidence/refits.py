"""Refits as tests use them: the command, a report that is written down as the command does, and answers before and after."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from headway.cli import main
from headway.core.mastery.refit.calibrated import Calibration, Card, dump, name_of
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.refit.report import digest_of
from headway.school.evidence.refit.running import begin
from headway.school.mastery.models import ModelChange, ModelVersion, Refit, RefitReport
from headway.school.path.models import Decision
from headway.school.people.tenancy import in_district
from tests.cast import Cast


def refit(*words: str, district: object, code: int = 0, out: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Run the command and return what ``--json`` printed."""
    assert main(["refit", "--json", "--district", str(district), *words]) == code, out.readouterr().err
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def proposed(cast: Cast, *, forget: float = 0.3, verdict: str = "better") -> str:
    """Write down what a refit found, as the command does; its identifier."""
    card = Card("a log", (0.0, 1.0), 3, 40, simulated=False)
    with in_district(cast.district.id):
        items = dict.fromkeys(curriculum_of(cast.district.id).items[::2], 0.8)
        data = dump(Calibration(items=items, skills={"6.EE.A.1": -forget}), card)
        body = {"verdict": verdict, "challenger": name_of(data)}
        key = begin(district=cast.district.id, by=None, now=time.time())
        ModelVersion.objects.create(
            district=cast.district, name=name_of(data), data=data, simulated=False, at=time.time()
        )
        serving = ModelChange.objects.exclude(kind="refused").order_by("-id").values_list("model", flat=True).first()
        RefitReport.objects.create(
            district=cast.district, refit_id=key, champion=serving or "gaussian-2", challenger=name_of(data),
            verdict=verdict, simulated=False, body=body, digest=digest_of(body), at=time.time(),
        )  # fmt: skip
        Refit.objects.filter(id=key).update(state="done")
    return str(key)


def practise(cast: Cast, now: float) -> set[str]:
    """Everybody answers a few; the models that the new decisions name."""
    with in_district(cast.district.id):
        last = Decision.objects.order_by("-id").values_list("id", flat=True).first() or 0
    for n, name in enumerate(("Ana", "Ben", "Chi")):
        cast.answers(name, "oxo" if n % 2 else "oox", now + 600.0 * n)
    with in_district(cast.district.id):
        return set(Decision.objects.filter(id__gt=last).values_list("model", flat=True))


def replayed(cast: Cast, out: pytest.CaptureFixture[str]) -> bool:
    """Whether replaying the whole log gives what is stored."""
    assert main(["replay", "--json", "--district", str(cast.district.id)]) == 0, out.readouterr().err
    return bool(json.loads(out.readouterr().out)["identical"])


def promoted_twice_and_taken_back(cast: Cast, first: dict[str, Any], out: pytest.CaptureFixture[str]) -> None:
    """From a first promotion on: it serves from its moment on, a second one too, both are taken back, all replays."""
    district = cast.district.id
    assert (first["kind"], first["before"]) == ("promoted", "gaussian-2")
    assert practise(cast, first["starts"] - 3000.0) == {"gaussian-2"}
    assert practise(cast, first["starts"] + 60.0) == {first["model"]}
    assert replayed(cast, out)

    second = refit("--accept", proposed(cast, forget=0.5), "--by", "Dana", district=district, out=out)
    assert practise(cast, second["starts"] + 60.0) == {second["model"]} != {first["model"]}
    back = refit("--rollback", "--by", "Dana", "--reason", "too hard", district=district, out=out)
    assert practise(cast, back["starts"] + 60.0) == {first["model"]} == {back["model"]}
    shipped = refit("--rollback", "--by", "Dana", "--reason", "to the start", district=district, out=out)
    assert practise(cast, shipped["starts"] + 60.0) == {"gaussian-2"} == {shipped["model"]}
    refused = refit("--rollback", "--by", "Dana", "--reason", "on", district=district, code=1, out=out)
    assert "nothing to roll back" in refused["error"]
    assert replayed(cast, out)
