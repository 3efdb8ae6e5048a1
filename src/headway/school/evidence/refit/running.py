"""Running a refit: read, fit, compare, write the report. It changes nothing that serves."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from headway.core.mastery.refit.calibrated import (
    FORMATS,
    SHIPPED,
    Calibration,
    Card,
    Fitted,
    dump,
    family_of,
    name_of,
)
from headway.core.mastery.refit.compare import compare, quarters, sums_of
from headway.core.mastery.refit.estimate import WORK, estimate
from headway.core.mastery.refit.stream import tables_of
from headway.core.path.plan import resolve
from headway.core.text import T, text_to_json, verbatim
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.content.report import content_of
from headway.school.evidence.refit.groups import groups_of
from headway.school.evidence.refit.reading import read_log
from headway.school.evidence.refit.report import body_of, digest_of
from headway.school.mastery.models import ModelVersion, Refit, RefitReport
from headway.school.mastery.served import served, stored
from headway.school.path.models import PlanRow
from headway.school.path.queries import plan_value
from headway.school.people.models import District
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district

SHARE = 0.7
"""Share of the answers, the earliest, that a refit is fitted on; the later ones compare it with what serves."""
STEPS = WORK + 4
SILENT = 120.0
"""Seconds without a sign of life after which a refit counts as broken off."""
LEAST = 200
"""Answers without which nothing is fitted."""


class NoRefit(Refused):
    """There is nothing to fit, or something stands against it; the message says what to do."""

    code = "no-refit"


@dataclass(frozen=True, slots=True)
class Champion:
    """What serves everybody now: its name, and its parameters."""

    name: str
    calibration: Calibration


def champion_of(district: UUID, now: float) -> Champion:
    """Return the model in force. Raises NoRefit where it is none that can be refitted, or is damaged."""
    with in_district(district):
        rows = [plan_value(row) for row in PlanRow.objects.filter(learner=None, effect="model")]
        # A change that is written down but begins in a few seconds counts already.
        latest = max([now, *(row.starts for row in rows if row.ends == 0.0)])
        name = resolve(rows, latest).model
        model = served(name, stored)
    if model.name != name:
        said = T(
            "The model in force, {name}, is damaged and {other} serves instead. Roll back first.",
            name=name,
            other=model.name,
        )
        raise NoRefit(said)
    if isinstance(model, Fitted):
        return Champion(name, model.calibration)
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        said = T(
            "The model in force is {name}; a refit knows {known} and what was fitted from them.", name=name, known=known
        )
        raise NoRefit(said)
    return Champion(name, SHIPPED)


def begin(*, district: UUID, by: UUID | None, now: float) -> UUID:
    """Write down that a refit begins. Raises NoRefit while another one is under way."""
    with in_district(district):
        District.objects.select_for_update().get(id=district)
        if Refit.objects.filter(state="running", seen_at__gt=now - SILENT).exists():
            raise NoRefit(T("A refit is under way in this district: wait until it is done."))
        row = Refit.objects.create(district_id=district, by_id=by, began_at=now, seen_at=now, steps=STEPS)
        return row.id


def run(
    *,
    district: UUID,
    refit: UUID,
    clock: Callable[[], float] = time.time,
    progress: Callable[[int], None] = lambda n: None,
) -> RefitReport:
    """Do the work of a refit that has begun; its row shows how far it is, and why it failed if it does.

    Raises NoRefit when there is too little to fit. Whatever happens, what serves goes on serving.
    """

    def tell(step: int) -> None:
        with in_district(district):
            Refit.objects.filter(id=refit).update(step=step, seen_at=clock())
        progress(step)

    with in_district(district):
        if not Refit.objects.filter(id=refit, state="running").exists():
            raise NoRefit(T("There is no refit under way with this identifier."))
    try:
        report = _work(district, refit, clock, tell)
    except BaseException as problem:
        said = (
            problem.message if isinstance(problem, NoRefit) else verbatim(f"{type(problem).__name__}: {problem}"[:500])
        )
        with in_district(district):
            Refit.objects.filter(id=refit).update(state="failed", words=json.dumps(text_to_json(said)), seen_at=clock())
        raise
    return report


def _work(district: UUID, refit: UUID, clock: Callable[[], float], tell: Callable[[int], None]) -> RefitReport:
    champion, curriculum = champion_of(district, clock()), curriculum_of(district)
    with tempfile.TemporaryDirectory(prefix="headway-refit-") as folder:
        log = read_log(district, curriculum, Path(folder), progress=lambda done: tell(0))
        if len(log.times) < LEAST:
            said = T("The log holds {n} first answers; at least {least} are needed.", n=len(log.times), least=LEAST)
            raise NoRefit(said)
        tell(1)
        cut = float(np.quantile(log.times, SHARE))
        start, fitted = champion.calibration, log.times < cut
        found = estimate(log.chunks, curriculum, until=cut, start=start, progress=lambda done: tell(1 + done))
        card = Card(
            data="the district's evidence log",
            period=(float(log.times.min()), cut),
            learners=len(log.learners),
            responses=int(fitted.sum()),
            simulated=log.simulated,
        )
        data = dump(found, card)
        old, new = tables_of(start, curriculum, family_of(champion.name)), tables_of(found, curriculum)
        sums = sums_of(log.chunks, curriculum, old, new, cut=cut, learners=len(log.learners))
        tell(WORK + 2)
        with in_district(district):
            labels = {"accuracy": quarters(sums), **groups_of(log.learners, clock())}
        comparison = compare(sums, cut, labels)
        name = name_of(data)
        body = body_of(champion.name, name, start, found, card, comparison, curriculum)
        tell(WORK + 3)
        content = content_of(district, log.chunks, log.given, curriculum, new)
        return _keep(district, refit, data, body, content=content, now=clock())


def _keep(
    district: UUID, refit: UUID, data: bytes, body: dict[str, Any], *, content: dict[str, Any], now: float
) -> RefitReport:
    """Write the artefact, the report and the end of the refit, all or nothing."""
    simulated = bool(body["card"]["simulated"])
    with in_district(district):
        ModelVersion.objects.bulk_create(
            [ModelVersion(district_id=district, name=body["challenger"], data=data, simulated=simulated, at=now)],
            ignore_conflicts=True,
        )
        report = RefitReport.objects.create(
            district_id=district,
            refit_id=refit,
            champion=body["champion"],
            challenger=body["challenger"],
            verdict=body["verdict"],
            simulated=simulated,
            body=body,
            content=content,
            digest=digest_of(body),
            at=now,
        )
        Refit.objects.filter(id=refit).update(state="done", step=STEPS, seen_at=now)
        return report
