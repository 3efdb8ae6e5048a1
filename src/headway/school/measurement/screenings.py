"""Windows and rosters as people see them: a learner their own sitting, teachers their classes', the others their school's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from headway.core.intervention.screening import SEASONS
from headway.school.measurement.models import Measure, ScreeningBank
from headway.school.measurement.models import ScreeningSitting as ScreeningSitting
from headway.school.measurement.models import ScreeningWindow as ScreeningWindow
from headway.school.measurement.queries import own_cuts
from headway.school.people.access import (
    SCHOOL_WIDE,
    NotAllowed,
    Viewer,
    record_access,
    sections_of,
)
from headway.school.people.models import Enrolment, RoleName, School

STATUSES = ("working", "paused", "waiting", "finished", "excused")


@dataclass(frozen=True, slots=True)
class Counted:
    """A window with how many of its roster are where; ``counts`` by status."""

    window: ScreeningWindow
    counts: dict[str, int]

    @property
    def roster(self) -> int:
        """How many learners are to be screened: the excused are not."""
        return sum(self.counts.values()) - self.counts.get("excused", 0)


@dataclass(frozen=True, slots=True)
class Open:
    """A sitting that a learner can work on: how many questions are answered, the problem that waits ("" before the first),
    whether it has begun, whether it may be read aloud, and how large it is shown (1 to 2)."""

    id: UUID
    status: str
    given: int
    activity: str
    begun: bool
    read_aloud: bool
    text_size: float


def open_sitting(learner: UUID) -> Open | None:
    """The sitting that a learner can work on now: in an open window, or a make-up. The newest if there are several."""
    rows = ScreeningSitting.objects.filter(learner_id=learner, status__in=("waiting", "working", "paused"))
    rows = rows.filter(Q(window__closed_at=None) | Q(make_up=True)).select_related("window")
    row = rows.order_by("-window__opened_at").first()
    if row is None:
        return None
    return Open(row.id, row.status, row.given, row.activity, bool(row.state), row.read_aloud, row.text_size)


def just_finished(learner: UUID, since: float) -> bool:
    """Whether a screening was finished since a moment."""
    return ScreeningSitting.objects.filter(learner_id=learner, finished_at__gte=since).exists()


def cut_off(learner: UUID, since: float) -> bool:
    """Whether a window that closed since a moment left a begun sitting of the learner unfinished."""
    rows = ScreeningSitting.objects.filter(learner_id=learner, status__in=("working", "paused"), make_up=False)
    return rows.filter(window__closed_at__gte=since).exclude(state="").exists()


def schools_led(viewer: Viewer) -> list[School]:
    """The schools in which the viewer may open and close windows, by name."""
    schools = viewer.schools(RoleName.LEADER)
    rows = School.objects.order_by("name")
    return list(rows if None in schools else rows.filter(id__in=[school for school in schools if school]))


def cuts_taken_over(viewer: Viewer) -> list[tuple[str, str, list[str]]]:
    """School, season and grades for which a new window takes over cut scores that the school set before."""
    names = {school.id: school.name for school in schools_led(viewer)}
    found = [
        (names[school], season, sorted(cuts, key=lambda grade: (len(grade), grade)))
        for (school, season), cuts in own_cuts(names).items()
    ]
    return sorted(found, key=lambda each: (each[0], SEASONS.index(each[1])))


def windows_of(viewer: Viewer, *, most: int = 60) -> list[Counted]:
    """The windows of the schools that the viewer works in, newest first, with counts of the whole roster."""
    schools = viewer.schools(*SCHOOL_WIDE)
    rows = ScreeningWindow.objects.select_related("school").order_by("-opened_at")
    if None not in schools:
        taught = Enrolment.objects.filter(person=viewer.person, role="teacher").values("section__school")
        rows = rows.filter(Q(school_id__in=schools) | Q(school_id__in=taught))
    found = list(rows[:most])
    counts: dict[UUID, Counter[str]] = {window.id: Counter() for window in found}
    grouped = ScreeningSitting.objects.filter(window__in=found).values_list("window", "status").annotate(n=Count("id"))
    for window, status, number in grouped:
        counts[window][status] = number
    return [Counted(window, dict(counts[window.id])) for window in found]


def access_window(viewer: Viewer, window: UUID, *, lead: bool = False) -> ScreeningWindow:
    """Return a window of a school that the viewer works in; ``lead``: may change. Raises NotAllowed."""
    found = ScreeningWindow.objects.select_related("school").filter(id=window).first()
    if found is not None:
        wide = viewer.schools(RoleName.LEADER) if lead else viewer.schools(*SCHOOL_WIDE)
        if None in wide or found.school_id in wide:
            return found
        if not lead and sections_of(viewer).filter(school_id=found.school_id).exists():
            return found
    raise NotAllowed("There is no such screening among those that you work with.")


def roster_of(viewer: Viewer, window: ScreeningWindow, *, place: str) -> list[ScreeningSitting]:
    """The sittings of a window that the viewer may see, by name; the reads are logged. A teacher sees their classes."""
    rows = ScreeningSitting.objects.filter(window=window).select_related("learner")
    wide = viewer.schools(*SCHOOL_WIDE)
    if None not in wide and window.school_id not in wide:
        mine = Enrolment.objects.filter(section__in=sections_of(viewer).values("id"), role="student").values("person")
        rows = rows.filter(learner__in=mine)
    found = list(rows.order_by("learner__family_name", "learner__given_name", "learner_id"))
    record_access(viewer, [row.learner_id for row in found], purpose="screening", place=place)
    return found


def access_sitting(viewer: Viewer, window: ScreeningWindow, sitting: UUID) -> ScreeningSitting:
    """Return one sitting of a window if the viewer may see it. Raises NotAllowed."""
    for row in roster_of(viewer, window, place="proctor"):
        if row.id == sitting:
            return row
    raise NotAllowed("There is no such sitting among those that you work with.")


def banks() -> list[ScreeningBank]:
    """The imported banks, newest first, without their tables."""
    return list(ScreeningBank.objects.defer("table").order_by("-at"))


def outcome_measures(window: ScreeningWindow) -> list[str]:
    """The names of measures that learners of a window have, for a later outcome to hold its results against."""
    learners = ScreeningSitting.objects.filter(window=window, status="finished").values("learner")
    names = Measure.objects.filter(learner__in=learners).order_by("measure").values_list("measure", flat=True)
    return list(names.distinct())
