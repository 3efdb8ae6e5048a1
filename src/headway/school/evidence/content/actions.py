"""What people decide about findings: hold an item back, say that it was mended or is fine. Each is one line that stays."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from headway.school.curriculum.actions import publish_curriculum
from headway.school.curriculum.marks import OF_ITEMS, held_items, newest_marks
from headway.school.curriculum.models import ContentMark
from headway.school.evidence.refit.actions import LONGEST_REASON, may_decide
from headway.school.mastery.models import RefitReport
from headway.school.people.access import viewer_of
from headway.school.people.models import District, Person, RoleName
from headway.school.people.tenancy import in_district

VERDICTS = ("held", "mended", "fine")
JUDGES = (RoleName.TEACHER, RoleName.LEADER)
"""Who may say that something is fine or was mended. Holding back, and letting an item go again, is for whoever leads the
whole district: it changes every learner's path."""


class NotMarked(Exception):
    """The mark cannot be written as it is; the message says what to do."""


def mark(*, by: Person, refit: UUID, kind: str, subject: str, verdict: str, reason: str, now: float) -> ContentMark:
    """Write down what somebody made of a finding. From the moment on an item that is held back is chosen no more: a version of
    the curriculum without it is put in force, so every decision still replays under the version that it was made with.

    Raises NotMarked without a reason, for an unknown finding, for somebody who may not, and where nothing would be left to hold.
    """
    if verdict not in VERDICTS:
        raise NotMarked(_("Say what you decide: hold it back, it was mended, or it is fine."))
    if not reason.strip():
        raise NotMarked(_("A reason is missing: say in a few words what you have seen."))
    with in_district(by.district_id):
        District.objects.select_for_update().get(id=by.district_id)
        viewer = viewer_of(by)
        report = RefitReport.objects.filter(refit_id=refit).values_list("content", flat=True).first() or {}
        wanted = (kind, subject)
        if not any((each["kind"], each["subject"]) == wanted for each in report.get("findings", ())):
            raise NotMarked(_("The report has no such finding. Open the page again."))
        before = held_items()
        holds = verdict == "held"
        if holds and not subject.startswith(OF_ITEMS):
            raise NotMarked(_("Only a problem can be held back. Prerequisites and skills are changed with an import."))
        last = newest_marks([subject]).get(subject)
        frees = not holds and last is not None and last.verdict == "held"
        if not viewer.has(*JUDGES) or ((holds or frees) and not may_decide(viewer)):
            raise NotMarked(_("This changes everybody’s path: only somebody who leads the whole district decides it."))
        row = ContentMark.objects.create(
            district_id=by.district_id,
            subject=subject,
            verdict=verdict,
            kind=kind,
            refit=refit,
            by=by,
            reason=reason.strip()[:LONGEST_REASON],
            at=now,
        )
        if held_items() != before:
            publish_curriculum(district=by.district_id)
        return row
