"""Reading the newest report of what helps later. Counts and effects only: no learner is in it."""

from __future__ import annotations

from dataclasses import dataclass

from headway.school.evidence.efficacy.models import EfficacyReport
from headway.school.evidence.efficacy.working import SILENT


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest report that is done (None: none yet), and the newest run if it is not that one."""

    report: EfficacyReport | None
    run: EfficacyReport | None
    running: bool


def standing(now: float) -> Standing:
    """How it stands. Two queries at most."""
    last = EfficacyReport.objects.select_related("by").order_by("-began_at").first()
    if last is None or last.state == "done":
        return Standing(last, None, running=False)
    done = EfficacyReport.objects.filter(state="done").order_by("-began_at").first()
    return Standing(done, last, running=last.state == "running" and last.seen_at > now - SILENT)
