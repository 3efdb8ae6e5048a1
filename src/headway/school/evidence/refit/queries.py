"""Reading refits, their reports and what was decided. Nobody is named but those who decided, so no record is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from headway.core.mastery.models import DEFAULT_MODEL
from headway.core.text import NOTHING, Text, text_from_json, verbatim
from headway.school.evidence.refit.actions import may_decide as may_decide
from headway.school.evidence.refit.actions import standing
from headway.school.evidence.refit.running import SILENT
from headway.school.mastery.models import ModelChange as ModelChange
from headway.school.mastery.models import ModelVersion, Refit
from headway.school.mastery.models import RefitReport as RefitReport
from headway.school.mastery.served import is_well
from headway.school.people.models import Person, RoleName


@dataclass(frozen=True, slots=True)
class Standing:
    """What serves: its ``name``, whether its artefact is whole, by which change it came (None: it ships), the refit under
    way or last (None: never), whether that was broken off or why it failed, the report that waits for a decision or was
    the last one, and what was decided about it. ``back`` says that there is a model to go back to."""

    name: str
    well: bool
    change: ModelChange | None
    refit: Refit | None
    broken_off: bool
    failed: Text
    report: RefitReport | None
    decided: ModelChange | None
    back: bool


def standing_of(now: float) -> Standing:
    """Return how models stand in the district of the open transaction."""
    change = ModelChange.objects.exclude(kind="refused").select_related("by").order_by("-id").first()
    name = change.model if change is not None else DEFAULT_MODEL
    refit = Refit.objects.order_by("-began_at").first()
    broken = refit is not None and refit.state == "running" and refit.seen_at < now - SILENT
    report = RefitReport.objects.order_by("-at").first()
    decided = ModelChange.objects.filter(refit_id=report.refit_id).select_related("by").first() if report else None
    failed = _words(refit.words) if refit is not None and refit.state == "failed" else NOTHING
    back = standing() is not None
    return Standing(name, is_well(name), change, refit, broken, failed, report, decided, back)


def _words(stored: str) -> Text:
    """Why a refit failed; older rows hold plain words."""
    try:
        return text_from_json(json.loads(stored))
    except ValueError:
        return verbatim(stored)


def fitted_at() -> dict[str, float]:
    """Return when each model of the district was fitted (seconds since 1970), by its name."""
    return dict(ModelVersion.objects.values_list("name", "at"))


def history_of(most: int = 50) -> list[ModelChange]:
    """Return what was decided about models, newest first."""
    return list(ModelChange.objects.select_related("by").order_by("-id")[:most])


def reports_of(most: int = 20) -> list[RefitReport]:
    """Return the reports of refits, newest first."""
    return list(RefitReport.objects.order_by("-at")[:most])


def report_of(refit: UUID) -> RefitReport | None:
    """Return the report of one refit."""
    return RefitReport.objects.filter(refit_id=refit).first()


def leader_named(wanted: str) -> Person | None:
    """Return the one active leader with this email, roster identifier or identifier; None for none or several."""
    people = Person.objects.filter(is_active=True, roles__name=RoleName.LEADER).distinct()
    found = [each for each in people if wanted in (each.email, each.sourced_id, str(each.id))]
    return found[0] if len(found) == 1 else None
