"""What a leader decides about models: promote, refuse, roll back. Each is one line that stays, with who and why."""

from __future__ import annotations

import time
from uuid import UUID

from headway.core.mastery.models import DEFAULT_MODEL
from headway.core.text import T
from headway.school.evidence.refit.reading import has_real_evidence
from headway.school.evidence.refit.report import digest_of
from headway.school.evidence.refit.running import NoRefit, champion_of
from headway.school.mastery.models import ModelChange, RefitReport
from headway.school.mastery.served import is_well
from headway.school.path.actions import set_model
from headway.school.people.access import Viewer, viewer_of
from headway.school.people.models import District, Person, RoleName, School
from headway.school.people.tenancy import in_district

WHY = {
    "not-better": T("This model cannot be promoted: it is not better beyond noise."),
    "harms": T("This model cannot be promoted: a group of learners would be harmed."),
    "too-little": T("This model cannot be promoted: there is too little evidence to compare them."),
}
DECIDED = {
    "promoted": T("This refit has been decided about: its model was promoted."),
    "refused": T("This refit has been decided about: its model was refused."),
}
NO_REASON = T("A reason is missing: say in a few words why. It stays on record.")
LONGEST_REASON = 300


def may_decide(viewer: Viewer) -> bool:
    """Say whether somebody leads the district, or every school of it: a model serves all of them."""
    led = viewer.schools(RoleName.LEADER)
    return None in led or (bool(led) and set(School.objects.values_list("id", flat=True)) <= led)


def promote(*, by: Person, refit: UUID, reason: str = "", now: float | None = None) -> ModelChange:
    """Let the challenger of a refit serve, from a few seconds on, in every process.

    Only when later answers said that it is better and no group is harmed, it was compared with what serves now, nobody
    has refused it, and its artefact is whole. Raises NoRefit otherwise, saying why.
    """
    with in_district(by.district_id):
        report = _open(by, refit)
        if report.verdict != "better":
            raise NoRefit(WHY[report.verdict])
        if digest_of(report.body) != report.digest:
            raise NoRefit(T("The report is not what was written down. Run the refit again."))
        if not is_well(report.challenger):
            raise NoRefit(T("{model} is damaged or gone. Run the refit again.", model=report.challenger))
        if report.simulated and has_real_evidence(by.district_id):
            raise NoRefit(
                T("This model was fitted on simulated answers, and there are children’s now. Run the refit again.")
            )
        before = champion_of(by.district_id, _now(now)).name
        if before != report.champion:
            said = T(
                "{now} serves now; the comparison was with {then}. Run the refit again.",
                now=before,
                then=report.champion,
            )
            raise NoRefit(said)
        return _write(by, "promoted", report.challenger, before, report, reason, _now(now))


def refuse(*, by: Person, refit: UUID, reason: str, now: float | None = None) -> ModelChange:
    """Decide against the challenger of a refit, with a reason; it cannot be promoted afterwards. Raises NoRefit without
    a reason, or when this refit has been decided about."""
    if not reason.strip():
        raise NoRefit(NO_REASON)
    with in_district(by.district_id):
        report = _open(by, refit)
        serving = _serving()
        return _write(by, "refused", serving, serving, report, reason, _now(now))


def roll_back(*, by: Person, reason: str, now: float | None = None) -> ModelChange:
    """Let the model serve again that served before the last promotion. Raises NoRefit without a reason, or when there
    is nothing to go back to."""
    if not reason.strip():
        raise NoRefit(NO_REASON)
    with in_district(by.district_id):
        _allowed(by)
        target = standing()
        if target is None:
            raise NoRefit(T("There is nothing to roll back: the model that ships with Headway serves."))
        while not is_well(target.before):
            earlier = ModelChange.objects.filter(kind="promoted", model=target.before).order_by("-id").first()
            if earlier is None:
                said = T(
                    "The model before, {model}, is damaged or gone, and so is every one before it.", model=target.before
                )
                raise NoRefit(said)
            target = earlier
        return _write(by, "rolled-back", target.before, _serving(), None, reason, _now(now))


def standing() -> ModelChange | None:
    """The promotion through which the present model serves; None when the one that ships does. Inside the district's
    transaction."""
    last = ModelChange.objects.exclude(kind="refused").order_by("-id").first()
    if last is None:
        return None
    return ModelChange.objects.filter(kind="promoted", model=last.model).order_by("-id").first()


def _serving() -> str:
    """The name that the last decision gave; the shipped model's where there was none."""
    last = ModelChange.objects.exclude(kind="refused").order_by("-id").first()
    return last.model if last is not None else DEFAULT_MODEL


def _open(by: Person, refit: UUID) -> RefitReport:
    _allowed(by)
    report = RefitReport.objects.filter(refit_id=refit).first()
    if report is None:
        raise NoRefit(T("There is no such refit, or it is not done yet."))
    decided = ModelChange.objects.filter(refit_id=refit).first()
    if decided is not None:
        raise NoRefit(DECIDED[decided.kind])
    return report


def _allowed(by: Person) -> None:
    """Lock the district against a second decision at the same time. Raises NoRefit for somebody who does not lead it."""
    District.objects.select_for_update().get(id=by.district_id)
    if not may_decide(viewer_of(by)):
        raise NoRefit(T("A model serves the whole district: only somebody who leads all of it decides."))


def _write(
    by: Person, kind: str, model: str, before: str, report: RefitReport | None, reason: str, now: float
) -> ModelChange:
    starts = 0.0
    if kind != "refused":
        why = reason or "a refit on the district's evidence"
        starts = set_model(district=by.district_id, model=model, by=by.id, reason=why, now=now).starts
    return ModelChange.objects.create(
        district_id=by.district_id,
        kind=kind,
        model=model,
        before=before,
        refit_id=report.refit_id if report else None,
        digest=report.digest if report else "",
        by=by,
        reason=reason.strip()[:LONGEST_REASON],
        at=now,
        starts=starts,
    )


def _now(now: float | None) -> float:
    return time.time() if now is None else now
